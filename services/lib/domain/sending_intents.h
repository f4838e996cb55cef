// What is to go outside because of what is decided about alerts: recorded in the same commit, so that neither is there without the other.
//
// An alert's beginning goes by the ways that take it, at once, or from its release where it is held; not where it is silenced. What becomes of
// it (acknowledged, resolved) goes where its beginning went, whatever the hour and whether it is silenced by then: who was told that something
// is wrong is told that it is right. What is more than a way's limit, or of a group, is collected: one sending that takes in more for a minute.
#pragma once

#include <vector>

#include "domain/decision.h"
#include "domain/ways.h"

namespace rightsdesk::domain {

inline constexpr std::int64_t kCollectedFor = kNanosecondsPerMinute;
inline constexpr std::size_t kMostCollected = 200;  // in one sending; then another collects

// SendingsIntended, after all that the decision has, for what it says of alerts; nothing where it concerns no way.
void add_sendings(const Book& book, const std::vector<Way>& ways, const Context& context, Decision& decision);

// SendingsIntended: of alerts that stand, told again by each way that takes them now and has not told of them for `after` nanoseconds, nor has
// something of them waiting; also by one that was not taken when they were raised.
Decision standing_due(const Book& book, const std::vector<Way>& ways, const Context& context, const std::vector<std::uint64_t>& alerts, std::int64_t after);

// SendingsIntended: a word to try a way. Refused: no such way.
Decision test_way(const Book& desk, const std::vector<Way>& ways, const TestWay& command, const Context& context);

}  // namespace rightsdesk::domain
