#include "store/store.h"

#include "store/silence.h"

namespace rightsdesk::store {

std::vector<Result<std::vector<ItemResult>>> Store::commit_several(const std::vector<Batch>& batches, const std::function<void()>& meanwhile) {
    if (meanwhile) meanwhile();
    std::vector<Result<std::vector<ItemResult>>> all;
    all.reserve(batches.size());
    Silence silence([this](const std::string& log, const std::string& other) { return lie_together(log, other); });
    for (const Batch& batch : batches) all.push_back(silence.or_else(batch, [this](const Batch& one) { return commit(one); }));
    return all;
}

}  // namespace rightsdesk::store
