// One log as one service knows it: the book folded from it, its head, who claimed which identity, and the latest records.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/decision.h"
#include "store/store.h"

namespace rightsdesk::runtime {

// A record with its number, decoded.
struct NumberedRecord {
    store::Sequence sequence = 0;
    std::shared_ptr<const domain::Record> record;
};

struct Claim {
    store::Sequence first = 0;
    std::string payload_hash;
};

// "<source>/<sequence>": the name under which the store knows an identity.
std::string claim_name(const domain::Identity& identity);

class Ledger {
public:
    explicit Ledger(domain::Book& book) : book_(book) {}

    [[nodiscard]] const std::string& log() const { return book_.log(); }
    [[nodiscard]] domain::Book& book() { return book_; }
    [[nodiscard]] const store::Head& head() const { return head_; }
    // False between the records of one item: the book is not to be decided on then.
    [[nodiscard]] bool whole() const { return events_.empty(); }

    // Folds the next record. kConflict when it is not the next; kCorrupt when chain or bytes are not what was committed.
    base::Result<> apply(const store::LogRecord& record);

    // Takes note of an item that this service committed and has folded already: its records are the next after the head.
    void append_own(const std::vector<domain::Record>& records, const std::vector<std::string>& digests);

    [[nodiscard]] const Claim* claim(const std::string& name) const;

    // The decoded record, when it is among the latest; else nothing and the store has it.
    [[nodiscard]] std::optional<NumberedRecord> recent(store::Sequence sequence) const;

private:
    void remember(std::shared_ptr<const domain::Record> record, const std::string& digest);

    domain::Book& book_;
    store::Head head_;
    std::vector<domain::Event> events_;  // of the item being read
    std::unordered_map<std::string, Claim> claims_;
    std::deque<NumberedRecord> recent_;
};

}  // namespace rightsdesk::runtime
