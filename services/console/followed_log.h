// One log as the board follows it: chain checked, book folded item by item, and which records wrote which notice and payment.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "domain/book.h"
#include "store/store.h"

namespace rightsdesk::console {

// A record that was folded.
struct FoldedRecord {
    store::Sequence sequence = 0;
    domain::Record record;   // its personal part sealed
};

// The records of one decision, and the entities that they wrote.
struct FoldedItem {
    std::vector<FoldedRecord> records;
    std::vector<domain::EntityName> written;
};

// Belongs to one thread.
class FollowedLog {
public:
    // `before` is told of an item before it is folded, `after` afterwards.
    using Watch = std::function<void(const FoldedItem&)>;
    FollowedLog(const std::string& log, Watch before, Watch after) : book_(log), before_(std::move(before)), after_(std::move(after)) {}

    [[nodiscard]] const domain::Book& book() const { return book_; }
    [[nodiscard]] const store::Head& head() const { return head_; }

    // Folds a record. False: it is not the next one, and nothing is changed: one that came before, or there is a gap. kCorrupt where chain or
    // bytes are not what was committed: it is followed no further.
    base::Result<bool> take(const store::LogRecord& record);

    // The numbers of the records that wrote it, ascending: "notice/fax-1.5" with its cover, funding and allotments, "payment/bank-1.9"
    // with its refund, an alert, a proposal.
    [[nodiscard]] const std::vector<store::Sequence>& written_by(const domain::EntityName& subject) const;

private:
    void fold();
    domain::Book book_;
    store::Head head_;
    FoldedItem item_;
    Watch before_, after_;
    std::unordered_map<domain::EntityName, std::vector<store::Sequence>> written_;
};

// Whose matter an entity is: "cover/fax-1.5", "allotment/final/fax-1.5" -> "notice/fax-1.5"; "refund/bank-1.9" -> "payment/bank-1.9"; else itself.
domain::EntityName subject_of(const domain::EntityName& entity);

}  // namespace rightsdesk::console
