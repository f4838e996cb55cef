#include "rightsdesk/verification.h"

#include <set>

#include "base/hash.h"
#include "domain/books.h"
#include "rightsdesk/suite_access.h"
#include "runtime/ledger.h"
#include "store/chain.h"
#include "wire/wire.h"

namespace rightsdesk::tools {

namespace {

class Verifying {
public:
    Verifying(store::Store& store, const std::string& log) : store_(store), book_(log), ledger_(book_) { result_.log = log; }

    base::Result<Verification> run() && {
        if (const auto read = fold(); !read) return tl::unexpected(read.error());
        if (!result_.problems.empty()) return std::move(result_);  // the log itself is damaged: the rest would only repeat it
        for (const auto step : {&Verifying::compare_head, &Verifying::compare_states, &Verifying::compare_index, &Verifying::compare_cursors}) {
            if (const auto compared = (this->*step)(); !compared) return tl::unexpected(compared.error());
        }
        if (const std::string against = domain::imbalance(domain::books_of(book_)); !against.empty()) wrong("the books: " + against);
        return std::move(result_);
    }

private:
    void wrong(const std::string& what) {
        if (result_.problems.size() < kMaxProblems) result_.problems.push_back(what);
    }

    base::Result<> fold() {
        for (;;) {
            const auto records = store_.read_log(result_.log, ledger_.head().sequence, kPage);
            if (!records) return tl::unexpected(records.error());
            for (const store::LogRecord& record : *records) {
                if (const auto applied = ledger_.apply(record); !applied) {
                    wrong(applied.error().message);
                    return {};
                }
                ++result_.records;
                if (const auto compared = compare_identity(record.sequence); !compared) return compared;
            }
            if (records->size() < kPage) break;
        }
        if (!ledger_.whole()) wrong("the last item is not whole");
        return {};
    }

    base::Result<> compare_identity(store::Sequence sequence) {
        const auto recent = ledger_.recent(sequence);
        const domain::Record& record = *recent->record;
        if (record.position != 0 || record.payload_hash.empty()) return {};
        ++result_.identities;
        const std::string name = runtime::claim_name(record.cause);
        const auto stored = store_.find_identity(result_.log, name);
        if (!stored) return tl::unexpected(stored.error());
        if (!*stored) {
            wrong("identity " + name + " of record " + std::to_string(sequence) + " is not claimed");
        } else if ((*stored)->first != sequence || (*stored)->second != record.payload_hash) {
            wrong("identity " + name + " is claimed for record " + std::to_string((*stored)->first) + ", not " + std::to_string(sequence));
        }
        return {};
    }

    base::Result<> compare_head() {
        const auto head = store_.head(result_.log);
        if (!head) return tl::unexpected(head.error());
        if (head->sequence != ledger_.head().sequence || head->link != ledger_.head().link) wrong("the stored head is not the last record's");
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
        return {};
    }

    store::Store& store_;
    domain::Book book_;
    runtime::Ledger ledger_;
    Verification result_;
};

}  // namespace

base::Result<Verification> verify_log(store::Store& store, const std::string& log) { return Verifying(store, log).run(); }

}  // namespace rightsdesk::tools
