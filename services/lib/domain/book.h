// The book: everything folded from one log. An offering's book holds its life, notices, payments and alerts; the desk's
// holds offerings, watermarks and what is not attributed. `evolve` is the only way to change one.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "domain/events.h"
#include "domain/money_index.h"

namespace rightsdesk::domain {

using EntityName = std::string;  // "notice/fax-1.17": the kind in lower case, a slash, the id

EntityName life_name();                                    // "life"
EntityName notice_name(const NoticeId& id);                // "notice/<id>"
EntityName payment_name(const PaymentId& id);              // "payment/<id>"
EntityName funding_name(const NoticeId& id);               // "funding/<notice id>"
EntityName allocation_name(AllocationKind kind);           // "allocation/final"
EntityName allotment_name(AllocationKind kind, const NoticeId& id);  // "allotment/final/<notice id>"
EntityName refund_name(const PaymentId& id);               // "refund/<payment id>"
EntityName cover_name(const NoticeId& id);                 // "cover/<notice id>"
EntityName proposal_name(const ProposalId& id);            // "proposal/<id>"
EntityName alert_name(std::uint64_t number);               // "alert/<number>"
EntityName silence_name(const std::string& prefix);        // "silence/<prefix>"
EntityName clock_name();                                   // "clock"
EntityName replica_name();                                 // "replica"
EntityName offering_name(const OfferingId& id);            // "offering/<id>"
EntityName watermark_name(const std::string& source);      // "watermark/<source>"
EntityName watermark_proposal_name(const std::string& source);  // "watermark_proposal/<source>"
EntityName item_name(const std::string& id);               // "item/<id>"
EntityName register_name();                                // "register"
EntityName sale_name(const std::string& reference);        // "sale/<reference>"
EntityName sending_name(const std::string& way, std::uint64_t number);  // "sending/<way>/<number>"

std::string alert_topic(const std::string& log, const Alert& alert);  // "alert/<log>/<severity>/<kind>/"

// The sendings of one way, beside the entities.
struct WaySendings {
    std::uint64_t last = 0;                                       // number
    std::set<std::pair<Instant, std::uint64_t>> waiting = {};     // by when each is ready
    std::set<std::pair<Instant, std::uint64_t>> sent = {};        // by when
    std::set<std::uint64_t> refused = {};
    std::map<std::uint64_t, std::uint64_t> told = {};             // by alert: the last sending that says that it is wrong
    std::set<std::string> keys = {};                              // of those that went out without the store
};

class Book {
public:
    explicit Book(std::string log) : log_(std::move(log)) {}

    [[nodiscard]] const std::string& log() const { return log_; }
    [[nodiscard]] bool is_desk() const { return log_ == kDesk; }

    // Nothing when there is none. Pointers hold until the next evolve.
    [[nodiscard]] const Life* life() const;
    [[nodiscard]] const Notice* notice(const NoticeId& id) const;
    [[nodiscard]] const Payment* payment(const PaymentId& id) const;
    [[nodiscard]] const Funding* funding(const NoticeId& id) const;
    [[nodiscard]] const Allocation* allocation(AllocationKind kind) const;
    [[nodiscard]] const Allotment* allotment(AllocationKind kind, const NoticeId& id) const;
    [[nodiscard]] const Refund* refund(const PaymentId& id) const;
    [[nodiscard]] const CoverClock* cover(const NoticeId& id) const;
    [[nodiscard]] const Proposal* proposal(const ProposalId& id) const;
    [[nodiscard]] const Alert* alert(std::uint64_t number) const;
    [[nodiscard]] const Silence* silence(const std::string& prefix) const;
    [[nodiscard]] const DeskClock* clock() const;
    [[nodiscard]] const ReplicaStanding* replica() const;  // nothing until somebody proposed to go on without it
    [[nodiscard]] const ListedOffering* offering(const OfferingId& id) const;
    [[nodiscard]] const Watermark* watermark(const std::string& source) const;
    [[nodiscard]] const WatermarkProposal* watermark_proposal(const std::string& source) const;  // one that waits; else nothing
    [[nodiscard]] const UnattributedItem* item(const std::string& id) const;
    [[nodiscard]] const HolderRegister* holder_register() const;
    [[nodiscard]] const RightsSale* sale(const std::string& reference) const;
    [[nodiscard]] const Sending* sending(const std::string& way, std::uint64_t number) const;
    [[nodiscard]] const Entity* entity(const EntityName& name) const;

    // In order of id; for payments and notices that is no order of time.
    [[nodiscard]] const std::set<NoticeId>& notice_ids() const { return notices_; }
    [[nodiscard]] const std::set<PaymentId>& payment_ids() const { return payments_; }
    [[nodiscard]] const std::set<ProposalId>& proposal_ids() const { return proposals_; }
    [[nodiscard]] const std::set<OfferingId>& offering_ids() const { return offerings_; }
    [[nodiscard]] const std::set<std::string>& item_ids() const { return items_; }
    // Items that a service could not decide and that nobody has released.
    [[nodiscard]] const std::set<std::string>& quarantined() const { return quarantined_; }
    [[nodiscard]] const std::set<std::string>& silence_prefixes() const { return silences_; }
    [[nodiscard]] const std::set<std::string>& sale_references() const { return sales_; }
    [[nodiscard]] std::uint64_t last_alert() const { return last_alert_; }
    // The last alert on a topic ("alert/<log>/<severity>/<kind>/"), 0 when none; the open alert of a cause, 0 when none.
    [[nodiscard]] std::uint64_t last_alert_on(const std::string& topic) const;
    [[nodiscard]] std::uint64_t open_alert_of(const std::string& cause) const;
    // Open alerts that nobody has acknowledged nor been told of again, by the instant at which that is due.
    [[nodiscard]] const std::set<std::pair<Instant, std::uint64_t>>& unacknowledged_alerts() const { return unacknowledged_alerts_; }
    // Open alerts that are held while the offering is suspended.
    [[nodiscard]] const std::set<std::uint64_t>& held_alerts() const { return held_alerts_; }

    // What goes outside, by way; of a way that never sent, nothing.
    [[nodiscard]] const std::map<std::string, WaySendings>& sendings() const { return sendings_; }
    [[nodiscard]] const WaySendings& sendings_on(const std::string& way) const;

    // The entities that a hashed business key belongs to, oldest first.
    [[nodiscard]] const std::vector<EntityName>& with_key(const std::string& key) const;
    // The payments that are matched, at least in part, to a notice.
    [[nodiscard]] const std::set<PaymentId>& payments_of(const NoticeId& id) const;
    // Payments with money not yet matched to a notice, and neither bounced nor taken back.
    [[nodiscard]] const std::set<PaymentId>& unmatched_payments() const { return unmatched_; }
    // Made when it is first asked for, and kept from then on.
    [[nodiscard]] const MoneyIndex& money_index() const;
    // The running cover clocks by the first instant at which anything can be due of them (first_due in covers.h).
    [[nodiscard]] const std::set<std::pair<Instant, NoticeId>>& running_covers() const { return running_covers_; }

    [[nodiscard]] std::uint64_t version(const EntityName& name) const;  // 0: does not exist
    // In no order.
    [[nodiscard]] const std::unordered_map<EntityName, Entity>& entities() const { return entities_; }

private:
    friend class Folding;
    std::string log_;
    std::unordered_map<EntityName, Entity> entities_;
    std::unordered_map<EntityName, std::uint64_t> versions_;
    std::set<std::string> notices_, payments_, proposals_, offerings_, items_, quarantined_, silences_, sales_;
    std::unordered_map<std::string, std::vector<EntityName>> keys_;
    std::unordered_map<EntityName, std::size_t> keys_added_;  // how many of an entity's keys are in there: they only grow, at their end
    std::map<NoticeId, std::set<PaymentId>> payments_of_;
    std::set<PaymentId> unmatched_;
    std::set<std::pair<Instant, NoticeId>> running_covers_;
    std::map<std::string, std::uint64_t> last_on_topic_, open_cause_;
    std::uint64_t last_alert_ = 0;
    std::set<std::uint64_t> held_alerts_;
    std::set<std::pair<Instant, std::uint64_t>> unacknowledged_alerts_;
    std::map<std::string, WaySendings> sendings_;
    mutable std::optional<MoneyIndex> money_index_;
};

// Whether a notice's cover is complete.
bool is_covered(const Book& book, const NoticeId& id);

// Where an offering is in its life, its final allocation's status included. kOpen when there is no life yet.
Stage stage_of(const Book& book);

// Folds one item's events into a book. Several events of one item raise an entity's version once. Until `keep` the fold
// can be taken back, which is how a service tries a decision before its commit is known to hold.
class Folding {
public:
    explicit Folding(Book& book) : book_(book) {}
    Folding(const Folding&) = delete;
    Folding& operator=(const Folding&) = delete;
    ~Folding() = default;

    void apply(const Event& event);

    // Entities written so far, sorted, with the version each had before.
    [[nodiscard]] std::vector<std::pair<EntityName, std::uint64_t>> written() const;

    // Restores the book to what it was. Foldings are undone in the opposite order of their making.
    void undo();

private:
    class Applying;
    Entity& touch(const EntityName& name);
    template <class T>
    T& make(const EntityName& name);
    template <class T>
    T& get(const EntityName& name);
    void index(const EntityName& name);
    void unindex(const EntityName& name);
    void drop_keys(const EntityName& name, const std::vector<std::string>& keys);
    void forget(const EntityName& name);
    void index_sending(const Sending& sending);
    void unindex_sending(const Sending& sending);
    void add_match(const EntityName& name, const Match& match);

    Book& book_;
    std::map<EntityName, std::optional<Entity>> before_;
    std::vector<EntityName> changed_;  // by the event being applied: to be indexed again
};

// Applies the events of one item for good.
void evolve(Book& book, const std::vector<Event>& events);

}  // namespace rightsdesk::domain
