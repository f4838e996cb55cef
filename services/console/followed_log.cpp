#include "console/followed_log.h"

#include "base/hash.h"
#include "store/chain.h"
#include "wire/wire.h"

namespace rightsdesk::console {

domain::EntityName subject_of(const domain::EntityName& entity) {
    const auto slash = entity.find('/');
    if (slash == std::string::npos) return entity;
    const std::string_view kind = std::string_view(entity).substr(0, slash);
    if (kind == "funding" || kind == "cover") return "notice/" + entity.substr(slash + 1);
    if (kind == "allotment") {
        const auto second = entity.find('/', slash + 1);
        return "notice/" + entity.substr(second + 1);
    }
    if (kind == "refund") return "payment/" + entity.substr(slash + 1);
    return entity;
}

base::Result<bool> FollowedLog::take(const store::LogRecord& stored) {
    if (stored.sequence != head_.sequence + 1) return false;
    const std::string name = book_.log() + " record " + std::to_string(stored.sequence);
    if (base::sha256_hex(stored.record.view()) != stored.digest) return base::failure(base::ErrorKind::kCorrupt, name + ": bytes differ from their digest");
    std::string link = store::chain_link(head_.link, stored.sequence, stored.digest);
    if (link != stored.link) return base::failure(base::ErrorKind::kCorrupt, name + ": the chain is broken");
    if (stored.epoch < head_.epoch) return base::failure(base::ErrorKind::kCorrupt, name + ": its epoch goes back");
    auto record = wire::decode_record(stored.record, nullptr);
    if (!record) return base::failure(base::ErrorKind::kCorrupt, name + ": " + record.error().message);
    head_ = {stored.sequence, std::move(link), stored.epoch};
    const bool last = record->position + 1 >= record->of;
    item_.records.push_back({stored.sequence, std::move(*record)});
    if (last) fold();
    return true;
}

void FollowedLog::fold() {
    before_(item_);
    domain::Folding folding(book_);
    for (const FoldedRecord& one : item_.records) folding.apply(one.record.event);
    const auto written = folding.written();
    item_.written.reserve(written.size());
    for (const auto& [entity, version] : written) {
        item_.written.push_back(entity);
        auto& numbers = written_[subject_of(entity)];
        const store::Sequence first = item_.records.front().sequence;
        if (!numbers.empty() && numbers.back() >= first) continue;
        for (const FoldedRecord& one : item_.records) numbers.push_back(one.sequence);
    }
    after_(item_);
    item_ = {};
}

const std::vector<store::Sequence>& FollowedLog::written_by(const domain::EntityName& subject) const {
    static const std::vector<store::Sequence> none;
    const auto found = written_.find(subject);
    return found == written_.end() ? none : found->second;
}

}  // namespace rightsdesk::console
