#include "rightsdesk/verification.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "domain/books.h"
#include "runtime/ledger.h"
#include "store/chain.h"
#include "store/whole_log.h"
#include "wire/wire.h"

namespace rightsdesk::tools {

namespace {

const std::vector<std::string>& business_keys_of(const domain::Entity& entity) {
    static const std::vector<std::string> kNone;
    if (const auto* notice = std::get_if<domain::Notice>(&entity)) return notice->keys;
    if (const auto* payment = std::get_if<domain::Payment>(&entity)) return payment->keys;
    const auto* item = std::get_if<domain::UnattributedItem>(&entity);
    return item != nullptr && item->money ? item->money->keys : kNone;
}

class Verifying {
public:
    Verifying(store::Store& store, const std::string& log, const std::vector<heads::SignedHead>& signed_heads) : store_(store), book_(log), ledger_(book_) {
        result_.log = log;
        for (const heads::SignedHead& head : signed_heads) signed_links_.emplace(head.sequence, head.link);
    }

    // What is compared beside the log was read after it, and the desk may have gone on meanwhile. What differs then is looked at again with
    // what has come: damage stays.
    base::Result<Verification> run() && {
        for (int look = 0; look < kMostLooks; ++look) {
            const std::set<std::string> before(problems_.begin(), problems_.end());
            problems_.clear();
            if (const auto read = take(fold()); !read) return tl::unexpected(read.error());
            if (!problems_.empty()) break;  // the log itself is damaged: the rest would only repeat it
            if (const auto compared = compare_all(); !compared) return tl::unexpected(compared.error());
            if (look > 0) std::erase_if(problems_, [&](const std::string& problem) { return !before.contains(problem); });
            if (problems_.empty() || !has_gone_on()) break;
        }
        problems_.resize(std::min(problems_.size(), kMaxProblems));
        result_.problems = std::move(problems_);
        return std::move(result_);
    }

private:
    static constexpr int kMostLooks = 20;

    base::Result<> compare_all() {
        for (const auto step : {&Verifying::compare_head, &Verifying::compare_identities, &Verifying::compare_states, &Verifying::compare_index, &Verifying::compare_cursors}) {
            if (const auto compared = take((this->*step)()); !compared) return compared;
        }
        if (const std::string against = domain::imbalance(domain::books_of(book_)); !against.empty()) wrong("the books: " + against);
        return {};
    }

    bool has_gone_on() {
        const auto head = store_.head(result_.log);
        return head && head->sequence > ledger_.head().sequence;
    }

    void wrong(const std::string& what) { problems_.push_back(what); }

    // Stored bytes that are not what they should be are what we are looking for.
    base::Result<> take(base::Result<> step) {
        if (step || step.error().kind != base::ErrorKind::kCorrupt) return step;
        wrong(step.error().message);
        return {};
    }

    base::Result<> fold() {
        bool sound = true;
        const auto read = store::read_to_end(store_, result_.log, ledger_.head().sequence, [&](const store::LogRecord& record) -> base::Result<bool> {
            sound = apply(record) && compare_signed(record);
            if (sound) note(*ledger_.recent(record.sequence)->record);
            return sound;
        });
        if (!read) return tl::unexpected(read.error());
        if (!sound) return {};
        if (!ledger_.whole()) wrong(result_.log + " record " + std::to_string(ledger_.head().sequence) + ": the last item is not whole");
        if (!signed_links_.empty() && signed_links_.rbegin()->first > ledger_.head().sequence) {
            wrong(result_.log + " record " + std::to_string(ledger_.head().sequence + 1) + ": is gone; the auditor signed the head of record " +
                  std::to_string(signed_links_.rbegin()->first));
        }
        return {};
    }

    bool apply(const store::LogRecord& record) {
        const auto applied = ledger_.apply(record);
        if (applied) ++result_.records;
        else wrong(applied.error().message);
        return applied.has_value();
    }

    bool compare_signed(const store::LogRecord& record) {
        const auto signed_link = signed_links_.find(record.sequence);
        if (signed_link == signed_links_.end()) return true;
        ++result_.signed_heads;
        if (signed_link->second == record.link) return true;
        wrong(result_.log + " record " + std::to_string(record.sequence) + ": this record, or one before it, is another than the auditor signed");
        return false;
    }

    // What identities and cursors must say if this record is there.
    void note(const domain::Record& record) {
        const store::Sequence sequence = ledger_.head().sequence;
        if (record.position == 0 && !record.payload_hash.empty()) {
            ++result_.identities;
            const std::string name = runtime::claim_name(record.cause);
            if (ledger_.claim(name)->first != sequence) {
                wrong("identity " + name + " of record " + std::to_string(sequence) + " was used before, by record " + std::to_string(ledger_.claim(name)->first));
            }
        }
        // What a service did upon a record of a log: its cursor there stands at that record, or right before it where parts are to come.
        const bool upon_a_record = record.cause.source == domain::kDesk || record.cause.source == result_.log || book_.offering_ids().contains(record.cause.source);
        if (record.payload_hash.empty() && record.cause.sequence > 0 && upon_a_record) {
            store::Sequence& reached = reached_[record.service + "/" + record.cause.source];
            reached = std::max(reached, record.cause.sequence - 1);
        }
    }

    base::Result<> compare_identities() {
        const auto stored = store_.load_identities(result_.log);
        if (!stored) return tl::unexpected(stored.error());
        for (const auto& [name, claim] : *stored) {
            const runtime::Claim* known = ledger_.claim(name);
            if (known == nullptr) {
                wrong("identity " + name + " is claimed for record " + std::to_string(claim.first) + ", which does not say so");
            } else if (known->first != claim.first || known->payload_hash != claim.second) {
                wrong("identity " + name + " is claimed for record " + std::to_string(claim.first) + ", and record " + std::to_string(known->first) +
                      " is its first, or the payload hash differs");
            }
        }
        for (const auto& [name, claim] : ledger_.claims()) {
            if (!stored->contains(name)) wrong("identity " + name + " of record " + std::to_string(claim.first) + " is not claimed");
        }
        return {};
    }

    base::Result<> compare_head() {
        const auto head = store_.head(result_.log);
        if (!head) return tl::unexpected(head.error());
        // Before the first record there may be a head already: a service's place in another log, which makes no record, was written first.
        const bool same_epoch = ledger_.head().sequence == 0 || head->epoch == ledger_.head().epoch;
        if (head->sequence != ledger_.head().sequence || head->link != ledger_.head().link || !same_epoch) {
            wrong("the stored head (record " + std::to_string(head->sequence) + ", epoch " + std::to_string(head->epoch) + ") is not that of the last record, " +
                  std::to_string(ledger_.head().sequence) + ", or has another link");
        }
        return {};
    }

    base::Result<> compare_states() {
        const auto states = store_.load_states(result_.log);
        if (!states) return tl::unexpected(states.error());
        std::set<std::string> stored;
        for (const auto& [name, state] : *states) {
            stored.insert(name);
            const domain::Entity* entity = book_.entity(name);
            if (entity == nullptr) {
                wrong(name + " is stored and no event made it");
                continue;
            }
            if (state.version != book_.version(name)) {
                wrong(name + " has version " + std::to_string(state.version) + ", its events make " + std::to_string(book_.version(name)));
            }
            if (base::sha256_hex(state.state.view()) != state.digest) wrong(name + ": its bytes differ from their digest");
            if (wire::encode_state(*entity) != state.state) wrong(name + " is not the fold of its events");
        }
        std::set<domain::EntityName> missing;
        for (const auto& [name, entity] : book_.entities()) {
            if (!stored.contains(name)) missing.insert(name);
        }
        for (const domain::EntityName& name : missing) wrong(name + " was made by events and is not stored");
        result_.entities = stored.size();
        return {};
    }

    base::Result<> compare_index() {
        const auto index = store_.load_index(result_.log);
        if (!index) return tl::unexpected(index.error());
        for (const auto& [key, entity] : *index) {
            const auto& holders = book_.with_key(key);
            if (holders.empty() || holders.front() != entity) wrong("business key " + key + " points to " + entity + ", which does not have it first");
        }
        // Not each: the keys that a comparison with the register adds to a notice are not stored. But one that has any has its first.
        for (const auto& [name, entity] : book_.entities()) {
            const auto& keys = business_keys_of(entity);
            if (!keys.empty() && !index->contains(keys.front())) wrong("business key " + keys.front() + " of " + name + " is not stored");
        }
        return {};
    }

    base::Result<> compare_cursors() {
        const auto cursors = store_.load_cursors(result_.log);
        if (!cursors) return tl::unexpected(cursors.error());
        for (const auto& [name, place] : *cursors) {
            const auto head = store_.head(name.substr(name.find('/') + 1));
            if (!head) return tl::unexpected(head.error());
            if (place > head->sequence) wrong("cursor " + name + " is at " + std::to_string(place) + ", beyond its log's head");
        }
        for (const auto& [name, reached] : reached_) {
            const auto cursor = cursors->find(name);
            const store::Sequence at = cursor == cursors->end() ? 0 : cursor->second;
            if (at < reached) wrong("cursor " + name + " is at " + std::to_string(at) + ", and there are effects of records up to " + std::to_string(reached));
        }
        return {};
    }

    store::Store& store_;
    domain::Book book_;
    runtime::Ledger ledger_;
    std::map<store::Sequence, std::string> signed_links_;
    std::map<std::string, store::Sequence> reached_;  // by cursor: what it has handled, as effects tell
    std::vector<std::string> problems_;  // of this look
    Verification result_;
};

}  // namespace

base::Result<Verification> verify_log(store::Store& store, const std::string& log, const std::vector<heads::SignedHead>& signed_heads) {
    return Verifying(store, log, signed_heads).run();
}

}  // namespace rightsdesk::tools
