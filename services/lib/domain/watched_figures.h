// What whoever watches the desk asks of a book every few seconds, cheaper than a report: money that waits, deadlines that are near or
// overdue, alerts that stand. Pure.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>

#include "domain/book.h"

namespace rightsdesk::domain {

struct SuspenseFigures {
    Money amount;                // as MoneyBooks has it
    std::uint64_t payments = 0;  // with money matched to no notice, good or not yet collected
};
// As long as there are payments that wait.
SuspenseFigures suspense_of(const Book& book);

// Of deadlines that the desk still waits for. While an offering is suspended nothing of it is overdue.
struct DeadlineFigures {
    std::uint64_t expirations_pending = 0;
    std::uint64_t expirations_overdue = 0;
    std::uint64_t covers_pending = 0;
    std::uint64_t covers_overdue = 0;
    std::optional<Instant> nearest = {};  // that lies ahead
};
// As long as there are running covers.
DeadlineFigures deadlines_at(const Book& book, Instant now);

// The alerts of one log that nothing has resolved. It remembers which, so that a look costs those and what is new. One that was resolved
// never stands again: what comes back is a new alert.
class StandingAlerts {
public:
    struct Figures {
        std::map<Severity, std::uint64_t> standing;        // of each severity
        std::map<Severity, std::uint64_t> unacknowledged;
    };
    // `book`: the same each time. Not while something is folded into it on trial.
    Figures look(const Book& book);

private:
    std::set<std::uint64_t> standing_;
    std::uint64_t seen_ = 0;
};

}  // namespace rightsdesk::domain
