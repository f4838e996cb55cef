// Ways out: by which way, to whom, and of which alerts. They are data, from the configuration (notification's ways.toml), and an argument of
// the decisions: the log says what was intended, whatever they say later.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "domain/book.h"
#include "domain/civil.h"

namespace rightsdesk::domain {

inline constexpr std::size_t kMostWays = 16;

// What becomes of what is more than a way's limit.
RIGHTSDESK_ENUM(BeyondLimit,
                kWait,       // each goes by itself, later
                kCollect)    // it goes together with others, a minute later at most

// When a way is taken: by the clocks of New York, from `from` until before `to`, in minutes of the day; beyond midnight where `from` is later.
struct WayHours {
    std::int32_t from = 0;
    std::int32_t to = 24 * 60;
    std::set<Weekday> days = {};             // on which `from` lies; empty: all
    RIGHTSDESK_DESCRIBE(WayHours, from, to)
};

struct Way {
    std::string name;                        // [a-z0-9-]{1,20}; kept in the log
    WayType type = WayType::kMail;
    std::string to;                          // as the log keeps it: addresses of mail, a host; no secret
    std::set<std::string> kinds = {};        // empty: all; so with the next two
    std::set<Severity> severities = {};
    std::set<std::string> logs = {};         // offerings, and "desk"
    std::set<SendingNews> news = {SendingNews::kRaised, SendingNews::kResolved};
    WayHours hours = {};
    std::int32_t per_minute = 60;            // of each log
    BeyondLimit beyond = BeyondLimit::kCollect;
    bool grouped = false;                    // of a group the first goes by itself, the others collected
    std::int32_t stands_still_after = 10;    // minutes that something waits, until people are told
};

// Whether an alert's beginning goes out by this way when it is raised at `now`. Not an alert that says of this way itself that it stands still.
bool takes(const Way& way, const std::string& log, const Alert& alert, Instant now);
bool is_within(const WayHours& hours, Instant now);

// Null where there is none of that name.
const Way* find_way(const std::vector<Way>& ways, const std::string& name);

std::string way_subject(const std::string& way);  // "way/<name>", of the alerts about it

// "rare-medium-2002/mail-desk/17": what a repeat is recognised by.
std::string sending_id(const std::string& log, const std::string& way, std::uint64_t number);
// The same, or its key.
std::string sending_id(const std::string& log, const Sending& sending);

}  // namespace rightsdesk::domain
