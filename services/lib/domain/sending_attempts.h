// What waits to go out: whose turn it is, what became of an attempt, what people do about it, and when they are told that a way stands still.
//
// In the order in which they became ready, way by way and log by log: while the first fails the others wait behind it. Nothing is ever given
// up but by a person: what failed is tried again, later and later, at least every kLongestPause; what the other side refuses as it is stands
// aside, and the others go on.
#pragma once

#include <string>
#include <vector>

#include "domain/decision.h"
#include "domain/ways.h"

namespace rightsdesk::domain {

// What waits to go out by a way, in one log.
struct WayFigures {
    std::uint64_t waiting = 0;
    std::uint64_t limited = 0;  // for the way's limit alone
    std::uint64_t refused = 0;
    std::optional<Instant> oldest_ready_at = {};  // of those that wait and could go
};
WayFigures figures_of(const Book& book, const Way& way, Instant now);
// What went out by a way, that of the desk's own troubles too.
std::uint64_t sent_of(const Book& book, const std::string& way);

inline constexpr std::int64_t kFirstPause = 5 * kNanosecondsPerSecond;
inline constexpr std::int64_t kLongestPause = 5 * kNanosecondsPerMinute;
inline constexpr std::int64_t kLongestAskedPause = 60 * kNanosecondsPerMinute;  // of what the other side asks for
inline constexpr std::size_t kMostResult = 500;                                 // octets of what the other side said

// After so many failed attempts, from 1: 5 s, 10 s, 20 s ... 5 min.
std::int64_t pause_after(std::uint32_t attempts);

// The numbers of those to be tried now, in order: at most `most`, and no more than the way's limit leaves of this minute.
std::vector<std::uint64_t> attempts_due(const Book& book, const Way& way, Instant now, std::size_t most);

// What became of an attempt, as the one who made it says.
struct AttemptEnd {
    std::string way;
    std::uint64_t number = 0;
    std::uint32_t attempt = 0;               // from 1
    SendingOutcome outcome = SendingOutcome::kSent;
    std::string result = {};                 // what the other side said
    std::int64_t asked_pause = 0;            // nanoseconds that it asks us to wait; 0: it does not
};

// Whether the book does not have it yet.
bool is_news(const Book& book, const AttemptEnd& end);
// SendingsAttempted for those of them that are news; nothing when none is.
Decision attempted(const Book& book, const std::vector<AttemptEnd>& ends, const Context& context);

// SendingSettled. Refused: no such sending; it has gone out, or was abandoned; no reason; one that is too long.
Decision settle_sending(const Book& book, const SettleSending& command, const Context& context);

// Alerts: raised for a way that stands still and for what is refused, resolved when that is over. A way that is no longer in the configuration
// is told of as well while something waits for it.
Decision way_alerts_due(const Book& book, const std::vector<Way>& ways, const Context& context);

}  // namespace rightsdesk::domain
