// One log as one service knows it: the book folded from it, its head, who claimed which identity, and the latest records.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
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

// Which log has claimed an identity, over all ledgers of a service: one question, however many offerings there are. The desk's
// log goes before the others, for it may hold what an offering was given afterwards. The ledgers outlive their use.
class ClaimedIdentities {
public:
    void note(std::string_view name, const std::string& log);
    // Nothing where no log has it.
    [[nodiscard]] const std::string* log_of(const std::string& name) const;

private:
    std::unordered_map<std::string_view, const std::string*> logs_;
};

class Ledger {
public:
    using Concerns = std::function<bool(const domain::Event&)>;

    // `claimed`, where there is one, outlives it and hears of every identity. What `concerns` its owner is kept apart; without it all does.
    explicit Ledger(domain::Book& book, ClaimedIdentities* claimed = nullptr, Concerns concerns = {})
        : book_(book), claimed_(claimed), concerns_(std::move(concerns)) {}

    [[nodiscard]] const std::string& log() const { return book_.log(); }
    [[nodiscard]] domain::Book& book() { return book_; }
    [[nodiscard]] const store::Head& head() const { return head_; }
    // False between the records of one item: the book is not to be decided on then.
    [[nodiscard]] bool whole() const { return item_.empty(); }

    // The record of `head` must come by with its link, or have come; else `apply` of it, or of the log's end, is kCorrupt.
    void expect(const store::Head& head) { expected_ = head; }
    // kCorrupt when what is expected has not come by: nothing more is in the log.
    [[nodiscard]] base::Result<> at_end() const;

    // Folds the next record. kConflict when it is not the next; kCorrupt when chain or bytes are not what was committed.
    base::Result<> apply(const store::LogRecord& record);

    // Takes note of a record that this service committed and has folded already: it is the next after the head. Returns its link.
    const std::string& append_own(domain::Record record, const std::string& digest);

    [[nodiscard]] const std::unordered_map<std::string, Claim>& claims() const { return claims_; }
    [[nodiscard]] const Claim* claim(const std::string& name) const;

    // The decoded record, when it is among the latest; else nothing and the store has it.
    [[nodiscard]] std::optional<NumberedRecord> recent(store::Sequence sequence) const;

    // The first records after a number that concern the owner, at most `limit`; those between need not be looked at. Nothing where more
    // than the kept ones may lie there, and the store has them.
    [[nodiscard]] std::optional<std::vector<NumberedRecord>> concerning_after(store::Sequence after, std::size_t limit) const;

private:
    void remember(std::shared_ptr<const domain::Record> record, std::string link);

    domain::Book& book_;
    ClaimedIdentities* claimed_;
    store::Head head_;
    store::Head expected_;  // number 0: nothing
    std::vector<std::shared_ptr<const domain::Record>> item_;  // being read
    std::unordered_map<std::string, Claim> claims_;
    std::deque<NumberedRecord> recent_;
    Concerns concerns_;
    std::deque<NumberedRecord> concerning_;       // the latest, and all of them
    store::Sequence all_concerning_after_ = 0;    // after this number
};

}  // namespace rightsdesk::runtime
