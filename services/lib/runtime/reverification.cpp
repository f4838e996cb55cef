#include "runtime/reverification.h"

#include <algorithm>

namespace rightsdesk::runtime {

Reverification::Reverification(store::Store& store, std::vector<Known> logs) : store_(store) {
    for (Known& known : logs) {
        std::erase_if(known.heads, [](const store::Head& head) { return head.sequence == 0; });
        std::sort(known.heads.begin(), known.heads.end(), [](const store::Head& one, const store::Head& other) { return one.sequence < other.sequence; });
        const store::Head from = known.heads.empty() ? store::Head{} : known.heads.front();
        recent_.push_back({store::ChainWalk(store, known.log, from), {known.heads.begin(), known.heads.end()}, true});
        if (from.sequence > 0) rest_.push_back({store::ChainWalk(store, known.log), {from}, false});
    }
}

base::Result<> Reverification::step(std::size_t limit) {
    while (limit > 0 && !done()) {
        std::deque<Walk>& walks = recent_.empty() ? rest_ : recent_;
        const auto ended = advance(walks.front(), limit);
        if (!ended) return tl::unexpected(ended.error());
        if (*ended) walks.pop_front();
    }
    return {};
}

// True when the walk has come to its end.
base::Result<bool> Reverification::advance(Walk& walk, std::size_t& limit) {
    const auto gone = [&](const std::string& what) {
        return base::failure(base::ErrorKind::kCorrupt, "log " + walk.walk.log() + ", record " + std::to_string(walk.ahead.front().sequence) + ": " + what);
    };
    // A walk that starts in the middle trusts the place it starts from: that must be there itself.
    if (!walk.started && walk.walk.at().sequence > 0) {
        if (const auto there = store::must_contain(store_, walk.walk.log(), walk.walk.at()); !there) return tl::unexpected(there.error());
    }
    walk.started = true;
    std::size_t most = limit;
    if (!walk.ahead.empty()) most = std::min<std::size_t>(most, walk.ahead.front().sequence - walk.walk.at().sequence);
    std::size_t checked = 0;
    if (most > 0) {
        const auto step = walk.walk.step(most);
        if (!step) return tl::unexpected(step.error());
        checked = *step;
        if (checked == 0) {
            if (walk.ahead.empty()) return true;
            return gone("it is gone: the log ends with record " + std::to_string(walk.walk.at().sequence));
        }
    }
    limit -= std::min(limit, std::max<std::size_t>(checked, 1));
    records_ += checked;
    while (!walk.ahead.empty() && walk.ahead.front().sequence == walk.walk.at().sequence) {
        if (walk.ahead.front().link != walk.walk.at().link) return gone("it is another than was there before");
        walk.ahead.pop_front();
    }
    return walk.ahead.empty() && !walk.to_the_end;
}

}  // namespace rightsdesk::runtime
