// The open alerts of a log in the order in which they are shown, kept so: ten thousand of them cost a board no more than the hundred it sees.
#pragma once

#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "domain/book.h"

namespace rightsdesk::console {

// The worst first, then soonest too late, then newest.
struct AlertPlace {
    int severity = 0;            // below 0: the worse the less
    domain::Instant too_late;    // the last instant there is where nothing becomes too late
    std::int64_t newest = 0;
    std::uint64_t number = 0;
    std::uint64_t group = 0;
    auto operator<=>(const AlertPlace&) const = default;
};

AlertPlace place_of(const domain::Alert& alert);

struct ShownAlert {
    AlertPlace place;
    std::size_t group_size = 1;  // open ones; more than one where it stands for its group
};

// Belongs to one thread.
class AlertList {
public:
    // As it is in the book now: open, resolved, acknowledged.
    void refresh(const domain::Alert& alert);

    [[nodiscard]] const std::set<std::uint64_t>& open() const { return open_; }
    [[nodiscard]] std::size_t unacknowledged() const { return open_.size() - acknowledged_.size(); }
    [[nodiscard]] std::size_t of(domain::Severity severity) const { return counts_[static_cast<std::size_t>(severity)]; }
    // At most `most`, of each group of three and more the first.
    [[nodiscard]] std::vector<ShownAlert> first(std::size_t most) const;

private:
    std::set<std::uint64_t> open_, acknowledged_;
    std::map<std::uint64_t, AlertPlace> places_;
    std::set<AlertPlace> order_;
    std::map<std::uint64_t, std::size_t> groups_;
    std::array<std::size_t, 3> counts_{};
};

}  // namespace rightsdesk::console
