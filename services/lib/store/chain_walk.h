// A walk along a log as it is stored, from a place that is known to be right, every digest and link checked: verification that
// needs no book, in pieces as large as the caller has time for.
#pragma once

#include "store/store.h"

namespace rightsdesk::store {

class ChainWalk {
public:
    ChainWalk(Store& store, std::string log, Head from = {}) : store_(store), log_(std::move(log)), at_(std::move(from)) {}

    // Checks the next records, at most `limit`; how many there were, 0 at the end of the log. kCorrupt names the first that is
    // not what was committed, and the walk stays before it.
    Result<std::size_t> step(std::size_t limit);

    [[nodiscard]] const std::string& log() const { return log_; }
    [[nodiscard]] const Head& at() const { return at_; }

private:
    Store& store_;
    std::string log_;
    Head at_;
};

// kCorrupt, naming the record, unless `known` lies in the log as it is stored: its record is there, whole, with this link.
Result<> must_contain(Store& store, const std::string& log, const Head& known);

}  // namespace rightsdesk::store
