// Batches as sentences: batch("offering-1", {an_item().claiming("fax-1/1", "a").saying("NoticeAccepted")}).
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "store/store.h"

namespace rightsdesk::store {

class ItemBuilder {
public:
    ItemBuilder claiming(std::string identity, const std::string& payload) const {
        return with([&](Item& item) { item.identities.push_back({std::move(identity), base::sha256_hex(payload)}); });
    }
    ItemBuilder indexing(std::string key, std::string entity, std::optional<std::string> expected = {}) const {
        return with([&](Item& item) { item.index.push_back({std::move(key), std::move(expected), std::move(entity)}); });
    }
    ItemBuilder reading(std::string entity, Version version) const {
        return with([&](Item& item) { item.reads.push_back({std::move(entity), version}); });
    }
    ItemBuilder writing(std::string entity, Version expected, const std::string& state) const {
        return with([&](Item& item) { item.writes.push_back({std::move(entity), expected, Bytes(state)}); });
    }
    ItemBuilder saying(const std::string& record) const {
        return with([&](Item& item) { item.events.push_back({Bytes(record)}); });
    }
    ItemBuilder moving(std::string consumer, std::string source, Sequence expected, Sequence next) const {
        return with([&](Item& item) { item.cursor = CursorMove{std::move(consumer), std::move(source), expected, next}; });
    }
    ItemBuilder at_head(Sequence sequence) const {
        return with([&](Item& item) { item.head = sequence; });
    }
    ItemBuilder after_all() const {
        return with([&](Item& item) { item.after_all = true; });
    }
    operator Item() const { return item_; }

private:
    template <class Change>
    ItemBuilder with(Change change) const {
        ItemBuilder next = *this;
        change(next.item_);
        return next;
    }
    Item item_;
};

inline ItemBuilder an_item() { return {}; }
inline Batch batch(std::string log, std::vector<Item> items) { return {std::move(log), 1, std::move(items)}; }

// What a call gave; throws its error, which fails the test.
template <class T>
T value_of(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
}

// "committed 1..2", "duplicate of 1", "conflict with 1", "stale: ..."
inline std::string to_text(const ItemResult& result) {
    switch (result.outcome) {
        case ItemOutcome::kCommitted: return "committed " + std::to_string(result.first) + ".." + std::to_string(result.last);
        case ItemOutcome::kDuplicate: return "duplicate of " + std::to_string(result.first);
        case ItemOutcome::kConflict: return "conflict with " + std::to_string(result.first);
        case ItemOutcome::kStale: return "stale: " + result.detail;
    }
    return "?";
}

// The results' texts, or the error's.
inline std::vector<std::string> to_texts(const Result<std::vector<ItemResult>>& results) {
    if (!results) return {"error: " + results.error().message};
    std::vector<std::string> texts;
    for (const ItemResult& result : *results) texts.push_back(to_text(result));
    return texts;
}

}  // namespace rightsdesk::store
