// A store that answers few records at a time, as one does where they are large (Store::read_log).
#pragma once

#include <algorithm>

#include "support/passing_store.h"

namespace rightsdesk::support {

class ShortPages final : public PassingStore {
public:
    ShortPages(std::unique_ptr<store::Store> inner, std::size_t longest) : PassingStore(std::move(inner)), longest_(longest) {}

    store::Result<std::vector<store::LogRecord>> read_log(const std::string& log, store::Sequence after_this, std::size_t limit) override {
        return PassingStore::read_log(log, after_this, std::min(limit, longest_));
    }

private:
    std::size_t longest_;
};

}  // namespace rightsdesk::support
