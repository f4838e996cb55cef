// After the store was started again: are its logs still those from which this service acknowledged? Each log is walked from the
// lowest place that is known to be right (the auditor's signed head, or what the service has folded) to its end before anything
// is acknowledged; what lies before that place afterwards, in pieces. Folds nothing.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "store/chain_walk.h"

namespace rightsdesk::runtime {

class Reverification {
public:
    // What is known of a log: records that were there, by number. Those of number 0 say nothing.
    struct Known {
        std::string log;
        std::vector<store::Head> heads;
    };

    Reverification(store::Store& store, std::vector<Known> logs);

    // Checks up to `limit` records more. kCorrupt: the first that is not what was committed, or that is gone.
    base::Result<> step(std::size_t limit);

    // From the known places on all is right: acknowledging may go on.
    [[nodiscard]] bool recent_is_right() const { return recent_.empty(); }
    [[nodiscard]] bool done() const { return recent_.empty() && rest_.empty(); }
    [[nodiscard]] std::size_t records() const { return records_; }

private:
    struct Walk {
        store::ChainWalk walk;
        std::deque<store::Head> ahead;  // to be met on the way, lowest first
        bool to_the_end = false;        // else to the last of them
        bool started = false;
    };
    base::Result<bool> advance(Walk& walk, std::size_t& limit);

    store::Store& store_;
    std::deque<Walk> recent_;
    std::deque<Walk> rest_;
    std::size_t records_ = 0;
};

}  // namespace rightsdesk::runtime
