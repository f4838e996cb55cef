// The past of a log: its book folded decision by decision, and stopped where one wants to look. A decision's records were
// committed as one, so no book ever stood between them; nor does one here. Reads only, and checks chain and digests on the
// way.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "domain/book.h"
#include "runtime/ledger.h"
#include "store/store.h"
#include "wire/seal.h"

namespace rightsdesk::telling {

// The records of one decision.
struct LoggedItem {
    store::Sequence first = 0;
    store::Sequence last = 0;
    domain::Instant at;                      // when it was decided
    std::vector<domain::Record> records;
    std::vector<std::string> digests;        // theirs
    std::string link;                        // of the last
};

// Folds the log of `book`, which must be empty, from its first record. `wanted` is asked before each item is folded, and
// ends the fold with false; `folded` is told after. Personal parts stay sealed but where `key`, the log's, opens them. kCorrupt when chain or bytes are
// not what was committed.
base::Result<> fold_items(store::Store& store, domain::Book& book, const std::function<bool(const LoggedItem&)>& wanted,
                          const std::function<void(const LoggedItem&)>& folded, const wire::SealKey* key = nullptr);

// Until where: a record's number, or an instant, that itself included.
struct Until {
    std::optional<store::Sequence> sequence;
    std::optional<domain::Instant> time;
};

// The same in pieces: what the log has got since, each time; after an error from the last whole decision on.
class FoldedItems {
public:
    // `book`: empty; it outlives this.
    explicit FoldedItems(domain::Book& book) : ledger_(book), log_(book.log()) {}

    base::Result<> go_on(store::Store& store, const std::function<bool(const LoggedItem&)>& wanted, const std::function<void(const LoggedItem&)>& folded,
                         const wire::SealKey* key = nullptr);

private:
    runtime::Ledger ledger_;
    std::string log_;
};

// "120", or ISO 8601 with Z or an offset: "2002-06-28T17:00:00-04:00". Invalid when it is neither.
base::Result<Until> parse_until(const std::string& text);

// An offering as it stood.
struct Past {
    domain::Book book;
    store::Sequence sequence = 0;            // the last record folded
    domain::Instant at;                      // when that was decided
    store::Sequence head = 0;                // the log's last record
    std::optional<std::pair<store::Sequence, store::Sequence>> left_out;  // the decision, first to last record, that `until` falls into
};

// Up to the last whole decision that is not beyond `until`: for a time, before the first decision taken after it. Invalid,
// saying what is allowed, when there is none, or the number is beyond the log's last.
base::Result<Past> fold_until(store::Store& store, const std::string& log, const Until& until);

// The book as it stood when the latest allocation of a kind was started, all its lines folded in. NotFound when there is none.
base::Result<domain::Book> fold_to_allocation(store::Store& store, const std::string& log, domain::AllocationKind kind);

}  // namespace rightsdesk::telling
