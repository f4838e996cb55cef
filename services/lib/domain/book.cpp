#include "domain/book.h"

#include <algorithm>

#include "base/check.h"
#include "domain/covers.h"

namespace rightsdesk::domain {

EntityName life_name() { return "life"; }
EntityName notice_name(const NoticeId& id) { return "notice/" + id; }
EntityName payment_name(const PaymentId& id) { return "payment/" + id; }
EntityName funding_name(const NoticeId& id) { return "funding/" + id; }
EntityName allocation_name(AllocationKind kind) { return "allocation/" + to_text(kind); }
EntityName allotment_name(AllocationKind kind, const NoticeId& id) { return "allotment/" + to_text(kind) + "/" + id; }
EntityName refund_name(const PaymentId& id) { return "refund/" + id; }
EntityName cover_name(const NoticeId& id) { return "cover/" + id; }
EntityName proposal_name(const ProposalId& id) { return "proposal/" + id; }
EntityName alert_name(std::uint64_t number) { return "alert/" + std::to_string(number); }
EntityName silence_name(const std::string& prefix) { return "silence/" + prefix; }
EntityName clock_name() { return "clock"; }
EntityName replica_name() { return "replica"; }
EntityName offering_name(const OfferingId& id) { return "offering/" + id; }
EntityName watermark_name(const std::string& source) { return "watermark/" + source; }
EntityName watermark_proposal_name(const std::string& source) { return "watermark_proposal/" + source; }
EntityName item_name(const std::string& id) { return "item/" + id; }
EntityName register_name() { return "register"; }
EntityName sale_name(const std::string& reference) { return "sale/" + reference; }

EntityName sending_name(const std::string& way, std::uint64_t number) { return "sending/" + way + "/" + std::to_string(number); }

std::string alert_topic(const std::string& log, const Alert& alert) {
    return "alert/" + log + "/" + to_text(alert.severity) + "/" + alert.kind + "/";
}

namespace {

template <class T>
const T* find(const Book& book, const EntityName& name) {
    const Entity* entity = book.entity(name);
    return entity == nullptr ? nullptr : std::get_if<T>(entity);
}

template <class Map>
typename Map::mapped_type value_or_zero(const Map& map, const typename Map::key_type& key) {
    const auto found = map.find(key);
    return found == map.end() ? typename Map::mapped_type{} : found->second;
}

// Money of a payment that no notice has yet.
Money unmatched_part(const Payment& payment) {
    Money rest = payment.amount;
    for (const Match& match : payment.matches) rest -= match.amount;
    return rest;
}

const std::vector<std::string>& keys_of(const Entity& entity) {
    static const std::vector<std::string> kNone;
    if (const auto* notice = std::get_if<Notice>(&entity)) return notice->keys;
    if (const auto* payment = std::get_if<Payment>(&entity)) return payment->keys;
    const auto* item = std::get_if<UnattributedItem>(&entity);
    return item != nullptr && item->money ? item->money->keys : kNone;
}

bool awaits_acknowledgement(const Alert& alert) {
    return alert.acknowledge_by && !alert.resolved_at && !alert.held_since && alert.acknowledged_by.empty() && alert.escalated_by == 0;
}

std::vector<std::string> keys_beyond(const std::vector<std::string>& keys, const std::vector<std::string>& known) {
    std::vector<std::string> further;
    for (const std::string& key : keys) {
        if (std::find(known.begin(), known.end(), key) == known.end()) further.push_back(key);
    }
    return further;
}

}  // namespace

const Entity* Book::entity(const EntityName& name) const {
    const auto found = entities_.find(name);
    return found == entities_.end() ? nullptr : &found->second;
}
const Life* Book::life() const { return find<Life>(*this, life_name()); }
const Notice* Book::notice(const NoticeId& id) const { return find<Notice>(*this, notice_name(id)); }
const Payment* Book::payment(const PaymentId& id) const { return find<Payment>(*this, payment_name(id)); }
const Funding* Book::funding(const NoticeId& id) const { return find<Funding>(*this, funding_name(id)); }
const Allocation* Book::allocation(AllocationKind kind) const { return find<Allocation>(*this, allocation_name(kind)); }
const Allotment* Book::allotment(AllocationKind kind, const NoticeId& id) const { return find<Allotment>(*this, allotment_name(kind, id)); }
const Refund* Book::refund(const PaymentId& id) const { return find<Refund>(*this, refund_name(id)); }
const CoverClock* Book::cover(const NoticeId& id) const { return find<CoverClock>(*this, cover_name(id)); }
const Proposal* Book::proposal(const ProposalId& id) const { return find<Proposal>(*this, proposal_name(id)); }
const Alert* Book::alert(std::uint64_t number) const { return find<Alert>(*this, alert_name(number)); }
const Silence* Book::silence(const std::string& prefix) const { return find<Silence>(*this, silence_name(prefix)); }
const ReplicaStanding* Book::replica() const { return find<ReplicaStanding>(*this, replica_name()); }
const DeskClock* Book::clock() const { return find<DeskClock>(*this, clock_name()); }
const ListedOffering* Book::offering(const OfferingId& id) const { return find<ListedOffering>(*this, offering_name(id)); }
const Watermark* Book::watermark(const std::string& source) const { return find<Watermark>(*this, watermark_name(source)); }
const WatermarkProposal* Book::watermark_proposal(const std::string& source) const {
    const auto* proposal = find<WatermarkProposal>(*this, watermark_proposal_name(source));
    return proposal == nullptr || proposal->by.empty() ? nullptr : proposal;
}
const UnattributedItem* Book::item(const std::string& id) const { return find<UnattributedItem>(*this, item_name(id)); }

const HolderRegister* Book::holder_register() const { return find<HolderRegister>(*this, register_name()); }
const RightsSale* Book::sale(const std::string& reference) const { return find<RightsSale>(*this, sale_name(reference)); }

const Sending* Book::sending(const std::string& way, std::uint64_t number) const { return find<Sending>(*this, sending_name(way, number)); }

const WaySendings& Book::sendings_on(const std::string& way) const {
    static const WaySendings kNone;
    const auto found = sendings_.find(way);
    return found == sendings_.end() ? kNone : found->second;
}

std::uint64_t Book::last_alert_on(const std::string& topic) const { return value_or_zero(last_on_topic_, topic); }
std::uint64_t Book::open_alert_of(const std::string& cause) const { return value_or_zero(open_cause_, cause); }
std::uint64_t Book::version(const EntityName& name) const { return value_or_zero(versions_, name); }

const std::vector<EntityName>& Book::with_key(const std::string& key) const {
    static const std::vector<EntityName> kNone;
    const auto found = keys_.find(key);
    return found == keys_.end() ? kNone : found->second;
}

const std::set<PaymentId>& Book::payments_of(const NoticeId& id) const {
    static const std::set<PaymentId> kNone;
    const auto found = payments_of_.find(id);
    return found == payments_of_.end() ? kNone : found->second;
}

const MoneyIndex& Book::money_index() const {
    if (!money_index_) {
        money_index_.emplace();
        for (const NoticeId& id : notices_) money_index_->put(*notice(id));
        for (const PaymentId& id : unmatched_) money_index_->put(*payment(id));
    }
    return *money_index_;
}

// ---- the indexes beside the entities: each entity is taken out as it was and put in as it is ----

void Folding::index(const EntityName& name) {
    const auto found = book_.entities_.find(name);
    if (found == book_.entities_.end()) return;
    // Thousands may share a key: who has it already is not looked for.
    const auto add_keys = [&](const std::vector<std::string>& keys) {
        for (std::size_t& added = book_.keys_added_[name]; added < keys.size(); ++added) {
            auto& entities = book_.keys_[keys[added]];
            if (entities.empty() || entities.back() != name) entities.push_back(name);
        }
    };
    const Entity& entity = found->second;
    if (const auto* notice = std::get_if<Notice>(&entity)) {
        book_.notices_.insert(notice->id);
        add_keys(notice->keys);
        if (book_.money_index_) book_.money_index_->put(*notice);
    } else if (const auto* payment = std::get_if<Payment>(&entity)) {
        book_.payments_.insert(payment->id);
        add_keys(payment->keys);
        for (const Match& match : payment->matches) book_.payments_of_[match.notice].insert(payment->id);
        if (book_.money_index_) book_.money_index_->put(*payment);
        if (may_be_matched(*payment) && unmatched_part(*payment) > Money(0)) book_.unmatched_.insert(payment->id);
    } else if (const auto* clock = std::get_if<CoverClock>(&entity)) {
        if (clock->state == CoverState::kRunning) book_.running_covers_.emplace(first_due(*clock), clock->notice);
    } else if (const auto* proposal = std::get_if<Proposal>(&entity)) {
        book_.proposals_.insert(proposal->id);
    } else if (const auto* offering = std::get_if<ListedOffering>(&entity)) {
        book_.offerings_.insert(offering->id);
    } else if (const auto* item = std::get_if<UnattributedItem>(&entity)) {
        book_.items_.insert(item->id);
        if (item->work && item->work->released_by.empty()) book_.quarantined_.insert(item->id);
        add_keys(keys_of(entity));
    } else if (const auto* silence = std::get_if<Silence>(&entity)) {
        book_.silences_.insert(silence->prefix);
    } else if (const auto* sale = std::get_if<RightsSale>(&entity)) {
        book_.sales_.insert(sale->reference);
    } else if (const auto* alert = std::get_if<Alert>(&entity)) {
        if (!alert->resolved_at) book_.open_cause_[alert->cause] = alert->number;
        if (!alert->resolved_at && alert->held_since) book_.held_alerts_.insert(alert->number);
        if (awaits_acknowledgement(*alert)) book_.unacknowledged_alerts_.emplace(*alert->acknowledge_by, alert->number);
        book_.last_alert_ = std::max(book_.last_alert_, alert->number);
        auto& last = book_.last_on_topic_[alert_topic(book_.log(), *alert)];
        last = std::max(last, alert->number);
    } else if (const auto* sending = std::get_if<Sending>(&entity)) {
        index_sending(*sending);
    }
}

void Folding::index_sending(const Sending& sending) {
    WaySendings& way = book_.sendings_[sending.way];
    way.last = std::max(way.last, sending.number);
    if (sending.status == SendingStatus::kWaiting) way.waiting.emplace(sending.ready_at, sending.number);
    // What went out without the store is on record since, and is of no limit here.
    if (sending.status == SendingStatus::kSent && sending.attempted_at && sending.troubles.empty()) way.sent.emplace(*sending.attempted_at, sending.number);
    if (sending.status == SendingStatus::kRefused) way.refused.insert(sending.number);
    if (!sending.key.empty()) way.keys.insert(sending.key);
    for (const SendingItem& item : sending.items) {
        if (!begins(item.news) || item.alert == 0) continue;
        std::uint64_t& last = way.told[item.alert];
        last = std::max(last, sending.number);
    }
}

void Folding::unindex_sending(const Sending& sending) {
    WaySendings& way = book_.sendings_[sending.way];
    way.waiting.erase({sending.ready_at, sending.number});
    if (sending.attempted_at) way.sent.erase({*sending.attempted_at, sending.number});
    way.refused.erase(sending.number);
    way.keys.erase(sending.key);
    for (const SendingItem& item : sending.items) {
        const auto told = way.told.find(item.alert);
        if (begins(item.news) && told != way.told.end() && told->second == sending.number) way.told.erase(told);
    }
}

void Folding::drop_keys(const EntityName& name, const std::vector<std::string>& keys) {
    for (const std::string& key : keys) {
        auto& entities = book_.keys_[key];
        std::erase(entities, name);
        if (entities.empty()) book_.keys_.erase(key);
    }
}

// Keys stay where they are: an entity's only grow, and who had one first stays first.
void Folding::unindex(const EntityName& name) {
    const auto found = book_.entities_.find(name);
    if (found == book_.entities_.end()) return;
    const Entity& entity = found->second;
    if (const auto* payment = std::get_if<Payment>(&entity)) {
        for (const Match& match : payment->matches) book_.payments_of_[match.notice].erase(payment->id);
        book_.unmatched_.erase(payment->id);
    } else if (const auto* clock = std::get_if<CoverClock>(&entity)) {
        book_.running_covers_.erase({first_due(*clock), clock->notice});
    } else if (const auto* item = std::get_if<UnattributedItem>(&entity)) {
        book_.quarantined_.erase(item->id);
    } else if (const auto* alert = std::get_if<Alert>(&entity)) {
        const auto open = book_.open_cause_.find(alert->cause);
        if (open != book_.open_cause_.end() && open->second == alert->number) book_.open_cause_.erase(open);
        book_.held_alerts_.erase(alert->number);
        if (alert->acknowledge_by) book_.unacknowledged_alerts_.erase({*alert->acknowledge_by, alert->number});
    } else if (const auto* sending = std::get_if<Sending>(&entity)) {
        unindex_sending(*sending);
    }
}

Entity& Folding::touch(const EntityName& name) {
    const auto found = book_.entities_.find(name);
    if (!before_.contains(name)) {
        before_.emplace(name, found == book_.entities_.end() ? std::nullopt : std::optional<Entity>(found->second));
        ++book_.versions_[name];
    }
    return book_.entities_[name];
}

std::vector<std::pair<EntityName, std::uint64_t>> Folding::written() const {
    std::vector<std::pair<EntityName, std::uint64_t>> names;
    names.reserve(before_.size());
    for (const auto& [name, before] : before_) names.emplace_back(name, book_.versions_.at(name) - 1);
    return names;
}

void Folding::undo() {
    for (auto& [name, before] : before_) {
        unindex(name);
        drop_keys(name, keys_beyond(keys_of(book_.entities_.at(name)), before ? keys_of(*before) : std::vector<std::string>()));
        if (before) {
            if (const auto added = book_.keys_added_.find(name); added != book_.keys_added_.end()) added->second = keys_of(*before).size();
            book_.entities_[name] = std::move(*before);
            --book_.versions_[name];
            index(name);
        } else {
            forget(name);
        }
    }
    before_.clear();
}

// Takes a created entity out again, with every trace of it.
void Folding::forget(const EntityName& name) {
    const auto found = book_.entities_.find(name);
    CHECK(found != book_.entities_.end());
    const Entity entity = std::move(found->second);
    book_.entities_.erase(found);
    book_.versions_.erase(name);
    book_.keys_added_.erase(name);
    if (const auto* notice = std::get_if<Notice>(&entity)) {
        book_.notices_.erase(notice->id);
        if (book_.money_index_) book_.money_index_->drop_notice(notice->id);
    } else if (const auto* payment = std::get_if<Payment>(&entity)) {
        book_.payments_.erase(payment->id);
        if (book_.money_index_) book_.money_index_->drop_payment(payment->id);
    } else if (const auto* proposal = std::get_if<Proposal>(&entity)) {
        book_.proposals_.erase(proposal->id);
    } else if (const auto* offering = std::get_if<ListedOffering>(&entity)) {
        book_.offerings_.erase(offering->id);
    } else if (const auto* item = std::get_if<UnattributedItem>(&entity)) {
        book_.items_.erase(item->id);
        book_.quarantined_.erase(item->id);
    } else if (const auto* silence = std::get_if<Silence>(&entity)) {
        book_.silences_.erase(silence->prefix);
    } else if (const auto* sale = std::get_if<RightsSale>(&entity)) {
        book_.sales_.erase(sale->reference);
    } else if (const auto* alert = std::get_if<Alert>(&entity)) {
        book_.last_alert_ = std::min(book_.last_alert_, alert->number - 1);
        auto& last = book_.last_on_topic_[alert_topic(book_.log(), *alert)];
        if (last >= alert->number) last = std::min(last, alert->previous_on_topic);  // of several, whichever goes first
        if (last == 0) book_.last_on_topic_.erase(alert_topic(book_.log(), *alert));
    } else if (const auto* sending = std::get_if<Sending>(&entity)) {
        WaySendings& way = book_.sendings_[sending->way];
        way.last = std::min(way.last, sending->number - 1);
        if (way.last == 0) book_.sendings_.erase(sending->way);
    }
}

// A nominee's payment may have thousands of matches, one event each: only what is new is indexed.
void Folding::add_match(const EntityName& name, const Match& match) {
    CHECK(book_.entities_.contains(name));
    auto& payment = std::get<Payment>(touch(name));
    payment.matches.push_back(match);
    payment.candidates.clear();
    std::erase(payment.not_for, match.notice);
    book_.payments_of_[match.notice].insert(payment.id);
    if (unmatched_part(payment) <= Money(0)) book_.unmatched_.erase(payment.id);
    if (book_.money_index_) book_.money_index_->drop_payment(payment.id);
}

bool is_covered(const Book& book, const NoticeId& id) {
    const CoverClock* clock = book.cover(id);
    return clock != nullptr && clock->state == CoverState::kComplete;
}

Stage stage_of(const Book& book) {
    const Life* life = book.life();
    if (life == nullptr) return Stage::kOpen;
    const Allocation* allocation = book.allocation(AllocationKind::kFinal);
    if (life->stage != Stage::kTabulated || allocation == nullptr) return life->stage;
    switch (allocation->status) {
        case AllocationStatus::kStarted:
        case AllocationStatus::kComputed: return Stage::kTabulated;
        case AllocationStatus::kProposed: return Stage::kProposed;
        case AllocationStatus::kApproved: return Stage::kApproved;
    }
    return life->stage;
}

void evolve(Book& book, const std::vector<Event>& events) {
    Folding folding(book);
    for (const Event& event : events) folding.apply(event);
}

}  // namespace rightsdesk::domain
