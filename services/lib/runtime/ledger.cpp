#include "runtime/ledger.h"

#include "base/check.h"
#include "base/hash.h"
#include "store/chain.h"
#include "wire/wire.h"

namespace rightsdesk::runtime {

namespace {

constexpr std::size_t kMaxRecent = 4'096;

}  // namespace

std::string claim_name(const domain::Identity& identity) { return identity.source + "/" + std::to_string(identity.sequence); }

base::Result<> Ledger::apply(const store::LogRecord& record) {
    if (record.sequence != head_.sequence + 1) {
        return base::failure(base::ErrorKind::kConflict, log() + ": record " + std::to_string(record.sequence) + " does not follow " +
                                                             std::to_string(head_.sequence));
    }
    const std::string name = log() + " record " + std::to_string(record.sequence);
    if (base::sha256_hex(record.record.view()) != record.digest) return base::failure(base::ErrorKind::kCorrupt, name + ": bytes differ from their digest");
    if (store::chain_link(head_.link, record.sequence, record.digest) != record.link) {
        return base::failure(base::ErrorKind::kCorrupt, name + ": the chain is broken");
    }
    auto decoded = wire::decode_record(record.record, nullptr);
    if (!decoded) return base::failure(base::ErrorKind::kCorrupt, name + ": " + decoded.error().message);
    head_.epoch = record.epoch;
    auto shared = std::make_shared<const domain::Record>(std::move(*decoded));
    events_.push_back(shared->event);
    if (shared->position + 1 >= shared->of) {
        domain::evolve(book_, events_);
        events_.clear();
    }
    remember(std::move(shared), record.digest);
    return {};
}

void Ledger::append_own(const std::vector<domain::Record>& records, const std::vector<std::string>& digests) {
    CHECK(records.size() == digests.size() && whole());
    for (std::size_t at = 0; at < records.size(); ++at) remember(std::make_shared<const domain::Record>(records[at]), digests[at]);
}

void Ledger::remember(std::shared_ptr<const domain::Record> record, const std::string& digest) {
    ++head_.sequence;
    head_.link = store::chain_link(head_.link, head_.sequence, digest);
    if (record->position == 0 && !record->payload_hash.empty()) {
        claims_.emplace(claim_name(record->cause), Claim{head_.sequence, record->payload_hash});
    }
    recent_.push_back({head_.sequence, std::move(record)});
    if (recent_.size() > kMaxRecent) recent_.pop_front();
}

const Claim* Ledger::claim(const std::string& name) const {
    const auto found = claims_.find(name);
    return found == claims_.end() ? nullptr : &found->second;
}

std::optional<NumberedRecord> Ledger::recent(store::Sequence sequence) const {
    if (recent_.empty() || sequence < recent_.front().sequence || sequence > recent_.back().sequence) return std::nullopt;
    return recent_[sequence - recent_.front().sequence];
}

}  // namespace rightsdesk::runtime
