#include "runtime/ledger.h"

#include <algorithm>

#include "base/check.h"
#include "base/hash.h"
#include "store/chain.h"
#include "wire/wire.h"

namespace rightsdesk::runtime {

namespace {

constexpr std::size_t kMaxRecent = 4'096;

}  // namespace

std::string claim_name(const domain::Identity& identity) { return identity.source + "/" + std::to_string(identity.sequence); }

void ClaimedIdentities::note(std::string_view name, const std::string& log) {
    const auto [known, added] = logs_.emplace(name, &log);
    if (!added && log == domain::kDesk) known->second = &log;
}

const std::string* ClaimedIdentities::log_of(const std::string& name) const {
    const auto found = logs_.find(name);
    return found == logs_.end() ? nullptr : found->second;
}

base::Result<> Ledger::apply(const store::LogRecord& record) {
    if (record.sequence != head_.sequence + 1) {
        return base::failure(base::ErrorKind::kConflict, log() + ": record " + std::to_string(record.sequence) + " does not follow " +
                                                             std::to_string(head_.sequence));
    }
    const std::string name = log() + " record " + std::to_string(record.sequence);
    if (base::sha256_hex(record.record.view()) != record.digest) return base::failure(base::ErrorKind::kCorrupt, name + ": bytes differ from their digest");
    std::string link = store::chain_link(head_.link, record.sequence, record.digest);
    if (link != record.link) {
        return base::failure(base::ErrorKind::kCorrupt, name + ": the chain is broken");
    }
    if (record.epoch == 0 || record.epoch < head_.epoch) {
        return base::failure(base::ErrorKind::kCorrupt, name + ": its epoch is " + std::to_string(record.epoch) + ", after " + std::to_string(head_.epoch));
    }
    if (record.sequence == expected_.sequence && record.link != expected_.link) {
        return base::failure(base::ErrorKind::kCorrupt, name + ": is another than the one whose head the auditor signed");
    }
    auto decoded = wire::decode_record(record.record, nullptr);
    if (!decoded) return base::failure(base::ErrorKind::kCorrupt, name + ": " + decoded.error().message);
    head_.epoch = record.epoch;
    auto shared = std::make_shared<const domain::Record>(std::move(*decoded));
    item_.push_back(shared);
    if (shared->position + 1 >= shared->of) {
        domain::Folding folding(book_);
        for (const auto& one : item_) folding.apply(one->event);
        item_.clear();
    }
    remember(std::move(shared), std::move(link));
    return {};
}

base::Result<> Ledger::at_end() const {
    if (head_.sequence >= expected_.sequence) return {};
    return base::failure(base::ErrorKind::kCorrupt, log() + " record " + std::to_string(head_.sequence + 1) + ": is gone; the auditor signed the head of record " +
                                                        std::to_string(expected_.sequence) + " (runbook, \"A log is damaged\")");
}

const std::string& Ledger::append_own(domain::Record record, const std::string& digest) {
    CHECK(whole());
    remember(std::make_shared<const domain::Record>(std::move(record)), store::chain_link(head_.link, head_.sequence + 1, digest));
    return head_.link;
}

void Ledger::remember(std::shared_ptr<const domain::Record> record, std::string link) {
    ++head_.sequence;
    head_.link = std::move(link);
    if (record->position == 0 && !record->payload_hash.empty()) {
        const auto claim = claims_.emplace(claim_name(record->cause), Claim{head_.sequence, record->payload_hash}).first;
        if (claimed_ != nullptr) claimed_->note(claim->first, log());
    }
    // A release concerns whoever had set it aside, whatever else its handler reacts to.
    const bool concerning = !concerns_ || std::holds_alternative<domain::QuarantineReleased>(record->event) || concerns_(record->event);
    if (concerning) concerning_.push_back({head_.sequence, record});
    if (concerning_.size() > kMaxRecent) {
        all_concerning_after_ = concerning_.front().sequence;
        concerning_.pop_front();
    }
    recent_.push_back({head_.sequence, std::move(record)});
    if (recent_.size() > kMaxRecent) recent_.pop_front();
}

const Claim* Ledger::claim(const std::string& name) const {
    const auto found = claims_.find(name);
    return found == claims_.end() ? nullptr : &found->second;
}

std::optional<std::vector<NumberedRecord>> Ledger::concerning_after(store::Sequence after, std::size_t limit) const {
    if (after < all_concerning_after_) return std::nullopt;
    const auto first = std::upper_bound(concerning_.begin(), concerning_.end(), after,
                                        [](store::Sequence number, const NumberedRecord& one) { return number < one.sequence; });
    const auto found = std::min<std::size_t>(limit, concerning_.end() - first);
    return std::vector<NumberedRecord>(first, first + found);
}

std::optional<NumberedRecord> Ledger::recent(store::Sequence sequence) const {
    if (recent_.empty() || sequence < recent_.front().sequence || sequence > recent_.back().sequence) return std::nullopt;
    return recent_[sequence - recent_.front().sequence];
}

}  // namespace rightsdesk::runtime
