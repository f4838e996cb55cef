// What goes outside from one instance of notification: whose turn it is is handed to the transport, and what became of it comes back as events.
// The book says what is intended; what is under way is the transport's memory, and is tried again after a death.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "notification/bodies.h"
#include "notification/outside.h"

namespace rightsdesk::notification {

inline constexpr std::size_t kMostAtOnce = 64;       // of one log and way
inline constexpr std::size_t kMostStandingAtOnce = 200;  // in one request to an Alertmanager

// Of one way, for whoever watches: over all logs.
struct WayCounts {
    std::map<domain::SendingOutcome, std::uint64_t> attempts = {};  // that ended, by this process
    std::uint64_t waiting = 0;
    std::uint64_t limited = 0;
    std::uint64_t refused = 0;
    double oldest_seconds = 0;  // since the oldest that waits was ready
};
using CountsByWay = std::map<std::string, WayCounts>;

class GoingOut {
public:
    GoingOut() : GoingOut({}, std::make_unique<NoOutside>()) {}
    GoingOut(std::vector<WaySettings> settings, std::unique_ptr<Outside> outside)
        : settings_(std::move(settings)), ways_(ways_of(settings_)), outside_(std::move(outside)) {}

    [[nodiscard]] const std::vector<domain::Way>& ways() const { return ways_; }

    // For the log of a book that this instance acts for: what has ended, as events; where nothing has, hands over what is to be tried now. All
    // that the book has is committed, so nothing is tried before its intent is durable.
    domain::Decision due(const domain::Book& book, const domain::Context& context);

    // Adds what waits in a book; and the attempts, which are of no book.
    void count(const domain::Book& book, domain::Instant now, CountsByWay& counts) const;
    void count_attempts(CountsByWay& counts) const;

    // Whether there is anything outside.
    bool finish() {
        outside_->finish();
        return !settings_.empty();
    }

private:
    void hand_over(const domain::Book& book, const WaySettings& way, domain::Instant now);
    void tell_what_stands(const domain::Book& book, const WaySettings& way, domain::Instant now);

    std::vector<WaySettings> settings_;
    std::vector<domain::Way> ways_;
    std::unique_ptr<Outside> outside_;
    std::map<std::string, std::map<domain::SendingOutcome, std::uint64_t>> attempts_;  // by way: that ended
    std::map<std::pair<std::string, std::string>, domain::Instant> told_standing_at_;  // by log and way: an Alertmanager
};

}  // namespace rightsdesk::notification
