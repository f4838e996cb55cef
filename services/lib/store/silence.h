// What did not answer is not asked again: of batches committed one after the other, those that lie together with one that was
// kUnavailable are so too, unsent. The store room's own.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "store/store.h"

namespace rightsdesk::store {

class Silence {
public:
    using LieTogether = std::function<bool(const std::string& log, const std::string& other)>;
    explicit Silence(LieTogether lie_together) : lie_together_(std::move(lie_together)) {}

    template <class Commit>
    Result<std::vector<ItemResult>> or_else(const Batch& batch, Commit commit) {
        for (const auto& [log, error] : silent_) {
            if (lie_together_(log, batch.log)) return tl::unexpected(error);
        }
        auto result = commit(batch);
        if (!result && result.error().kind == base::ErrorKind::kUnavailable) silent_.emplace_back(batch.log, result.error());
        return result;
    }

private:
    LieTogether lie_together_;
    std::vector<std::pair<std::string, base::Error>> silent_;
};

}  // namespace rightsdesk::store
