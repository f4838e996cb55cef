// What each event does to the entities. One overload an event; a new event does not compile until it is said here.
#include <algorithm>

#include "base/check.h"
#include "domain/book.h"
#include "domain/notice_judgement.h"

namespace rightsdesk::domain {

namespace {

template <class T>
void insert_sorted(std::vector<T>& values, T value) {
    const auto at = std::lower_bound(values.begin(), values.end(), value);
    if (at == values.end() || *at != value) values.insert(at, value);
}

void add_further(std::vector<std::string>& keys, const std::vector<std::string>& further) {
    for (const std::string& key : further) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    }
}

}  // namespace

template <class T>
T& Folding::make(const EntityName& name) {
    unindex(name);
    Entity& entity = touch(name);
    entity = T{};
    return std::get<T>(entity);
}

template <class T>
T& Folding::get(const EntityName& name) {
    CHECK(book_.entities_.contains(name));
    unindex(name);
    return std::get<T>(touch(name));
}

class Folding::Applying {
public:
    explicit Applying(Folding& folding) : folding_(folding) {}

    // Records that change no entity.
    void operator()(const CommandRefused&) {}
    void operator()(const IdentityConflicted&) {}
    void operator()(const ItemQuarantined& event) {
        auto& item = make<UnattributedItem>(item_name(event.item));
        item = UnattributedItem{event.item, event.work ? ItemKind::kUndecidable : ItemKind::kUndecodable, event.why, std::nullopt};
        item.work = event.work;
    }
    void operator()(const QuarantineReleased& event) { get<UnattributedItem>(item_name(event.item)).work->released_by = event.by; }

    // ---- intake ----
    void operator()(const NoticeDecided& event) { make<Notice>(notice_name(event.notice.id)) = event.notice; }
    void operator()(const NoticeKeyed& event) {
        if (!event.again) make<Notice>(notice_name(event.notice.id)) = event.notice;
    }
    void operator()(const DeliveryLinked& event) { get<Notice>(notice_name(event.notice)).deliveries.push_back(event.delivery); }
    void operator()(const NoticeRedecided& event) {
        auto& notice = get<Notice>(notice_name(event.notice));
        notice.status = event.after;
        notice.reasons = event.reasons_after;
        if (event.cause == RedecisionCause::kAttribution) notice.taken_back = false;  // given to this offering again
    }
    void operator()(const DefectCured& event) {
        auto& notice = get<Notice>(notice_name(event.notice));
        notice.content = event.content;
        const Life* life = folding_.book_.life();
        if (life != nullptr && notice.content.rights_held) notice.basic_entitlement = basic_entitlement(life->terms, *notice.content.rights_held);
        insert_sorted(notice.cured, event.reason);
    }
    void operator()(const NoticeConfirmed& event) {
        auto& notice = get<Notice>(notice_name(event.notice));
        notice.confirmed_by_telephone = true;
        notice.confirmed_at = event.at;
    }
    void operator()(const CertificatesDelivered& event) {
        auto& notice = get<Notice>(notice_name(event.notice));
        notice.certificates.push_back(event.received);
        add_further(notice.keys, event.keys);
    }
    void operator()(const CertificatesSettled& event) {
        for (CertificatesReceived& received : get<Notice>(notice_name(event.notice)).certificates) {
            const bool asked = received.delivery == event.delivery && !received.questions.empty() && !received.returned;
            if (asked && !received.settled) received.settled = event.settlement;
        }
    }
    void operator()(const CertificatesReturned& event) {
        for (CertificatesReceived& received : get<Notice>(notice_name(event.notice)).certificates) {
            if (received.delivery == event.delivery && !received.returned) received.returned = CertificatesSentBack{event.reference, event.at};
        }
    }
    void operator()(const NoticeRejected& event) { get<Notice>(notice_name(event.notice)).status = NoticeStatus::kRejected; }
    void operator()(const NoticeTakenBack& event) { get<Notice>(notice_name(event.notice)).taken_back = true; }
    void operator()(const NoticeWithdrawn& event) { get<Notice>(notice_name(event.notice)).status = NoticeStatus::kWithdrawn; }
    void operator()(const RegisterPartKept&) {}
    void operator()(const RegisterImported& event) { make<HolderRegister>(register_name()) = event.imported; }
    void operator()(const RegisterCompared& event) {
        for (const ComparedNotice& compared : event.notices) {
            auto& notice = get<Notice>(notice_name(compared.notice));
            notice.on_register = compared.finding;
            if (compared.possible_duplicate_of) notice.possible_duplicate_of = compared.possible_duplicate_of;
            add_further(notice.keys, compared.keys);
        }
    }
    void operator()(const RightsSold& event) { make<RightsSale>(sale_name(event.sale.reference)) = event.sale; }
    void operator()(const RightsSaleReversed& event) { get<RightsSale>(sale_name(event.reference)).reversed = event.reversal; }
    void operator()(const NoticeAmended& event) { get<Notice>(notice_name(event.notice)).content = event.after; }
    void operator()(const OwnersCertified& event) { get<Notice>(notice_name(event.notice)).owners = event.certification; }
    void operator()(const CertificationVoided& event) {
        auto& owners = get<Notice>(notice_name(event.notice)).owners;
        if (owners) owners->void_because = event.why;
    }
    void operator()(const DefectWaived& event) { insert_sorted(get<Notice>(notice_name(event.notice)).waived, event.reason); }

    // ---- proposals ----
    void operator()(const ProposalMade& event) { make<Proposal>(proposal_name(event.proposal.id)) = event.proposal; }
    void operator()(const ProposalApproved& event) {
        auto& proposal = get<Proposal>(proposal_name(event.proposal));
        proposal.approved_by.push_back(event.by);
        if (!event.instruction.empty()) proposal.instruction = event.instruction;
        if (event.complete) proposal.status = ProposalStatus::kApproved;
    }
    void operator()(const ProposalSuperseded& event) { get<Proposal>(proposal_name(event.proposal)).status = ProposalStatus::kSuperseded; }

    // ---- payment clearing ----
    void operator()(const PaymentAdvised& event) { make<Payment>(payment_name(event.payment.id)) = event.payment; }
    void operator()(const PaymentLinked& event) {
        auto& payment = get<Payment>(payment_name(event.payment));
        payment.messages.push_back(event.message);
        payment.references = event.references;
        add_further(payment.keys, event.keys);
    }
    void operator()(const PaymentGood& event) {
        auto& payment = get<Payment>(payment_name(event.payment));
        payment.status = PaymentStatus::kGood;
        payment.received_at = event.received_at;
    }
    void operator()(const PaymentBounced& event) {
        auto& payment = get<Payment>(payment_name(event.payment));
        payment.status = PaymentStatus::kBounced;
        payment.returned = event.reason;
        payment.received_at.reset();
        payment.cleared_on.reset();
        payment.doubt.reset();
    }
    void operator()(const PaymentMatched& event) { folding_.add_match(payment_name(event.payment), event.match); }
    void operator()(const PaymentMatchUndone& event) {
        auto& payment = get<Payment>(payment_name(event.payment));
        std::erase_if(payment.matches, [&](const Match& match) { return match.notice == event.notice; });
        insert_sorted(payment.not_for, event.notice);
    }
    // Money that the offering had refused is in no book of it, and its attribution is taken back all the same.
    void operator()(const PaymentTakenBack& event) {
        if (!folding_.book_.entities_.contains(payment_name(event.payment))) return;
        auto& payment = get<Payment>(payment_name(event.payment));
        payment.status = PaymentStatus::kTakenBack;
        payment.received_at.reset();
        payment.candidates.clear();
    }
    void operator()(const PaymentRepresented& event) {
        auto& payment = get<Payment>(payment_name(event.payment));
        payment.status = PaymentStatus::kUncollected;
        payment.returned.reset();
    }
    void operator()(const ClearanceDated& event) {
        auto& payment = get<Payment>(payment_name(event.payment));
        payment.status = PaymentStatus::kUncollected;  // it may have come back before: that it cleared, it was presented again
        payment.returned.reset();
        payment.cleared_on = event.cleared_on;
        payment.messages.push_back(event.message);
    }
    void operator()(const PaymentUnmatched& event) { get<Payment>(payment_name(event.payment)).candidates = event.candidates; }
    void operator()(const NoticeFunded& event) { make<Funding>(funding_name(event.funding.notice)) = event.funding; }
    void operator()(const PaymentApplied& event) { make<Funding>(funding_name(event.funding.notice)) = event.funding; }
    void operator()(const AllocationStarted& event) { make<Allocation>(allocation_name(event.allocation.kind)) = event.allocation; }
    void operator()(const AllotmentsRecorded& event) {
        for (const Allotment& allotment : event.allotments) make<Allotment>(allotment_name(event.kind, allotment.notice)) = allotment;
        get<Allocation>(allocation_name(event.kind)).recorded += static_cast<std::uint32_t>(event.allotments.size());
    }
    void operator()(const AllocationComputed&) {
        get<Allocation>(allocation_name(AllocationKind::kPreliminary)).status = AllocationStatus::kComputed;
    }
    void operator()(const AllocationProposed& event) {
        auto& allocation = get<Allocation>(allocation_name(AllocationKind::kFinal));
        allocation.status = AllocationStatus::kProposed;
        allocation.proposal = event.proposal;
        get<Proposal>(proposal_name(event.proposal)).status = ProposalStatus::kOpen;
    }
    void operator()(const AllocationApproved&) {
        get<Allocation>(allocation_name(AllocationKind::kFinal)).status = AllocationStatus::kApproved;
    }
    void operator()(const MoneyApplied& event) {
        for (const MoneyPart& part : event.parts) {
            auto& payment = get<Payment>(payment_name(part.payment));
            payment.applied = part.applied;
            payment.refundable = part.refundable;
        }
    }
    void operator()(const RefundsStarted& event) { get<Proposal>(proposal_name(event.proposal)).total = event.total; }
    void operator()(const RefundsRecorded& event) {
        for (const Refund& refund : event.refunds) make<Refund>(refund_name(refund.payment)) = refund;
    }
    void operator()(const RefundsProposed& event) { get<Proposal>(proposal_name(event.proposal)).status = ProposalStatus::kOpen; }
    void operator()(const RefundsApproved& event) {
        for (const PaymentId& id : event.payments) get<Refund>(refund_name(id)).status = RefundStatus::kApproved;
    }
    void operator()(const RefundsPaid& event) {
        for (const PaymentId& id : event.payments) refund_is(id, RefundStatus::kPaid, event.reference);
    }
    void operator()(const RefundReported& event) { refund_is(event.payment, event.status, event.reference); }

    // ---- deadline monitor ----
    void operator()(const OfferingOpened& event) {
        auto& life = make<Life>(life_name());
        life.terms = event.terms;
        life.expiration = event.terms.expiration;
    }
    void operator()(const OfferingExtended& event) {
        auto& life = get<Life>(life_name());
        life.expiration = event.extension.after;
        life.extensions.push_back(event.extension);
        life.reminded.clear();
        life.stage = Stage::kOpen;  // an extension announced after the hour opens the offering again
        life.expired_at.reset();
    }
    void operator()(const ReminderDue& event) { get<Life>(life_name()).reminded.push_back(event.minutes); }
    void operator()(const OwedReminderDue& event) { get<Life>(life_name()).owed_reminded.push_back(event.reminder); }
    void operator()(const OfferingExpired& event) {
        auto& life = get<Life>(life_name());
        life.stage = Stage::kExpired;
        life.expired_at = event.deadline.instant;
    }
    void operator()(const OfferingCounted& event) {
        auto& life = get<Life>(life_name());
        life.stage = Stage::kCounted;
        life.counted_at = event.at;
    }
    void operator()(const CoverClockStarted& event) { make<CoverClock>(cover_name(event.clock.notice)) = event.clock; }
    void operator()(const CoverReminderDue& event) { get<CoverClock>(cover_name(event.notice)).reminded.push_back(event.minutes); }
    void operator()(const CoverIncomplete& event) { get<CoverClock>(cover_name(event.notice)).missing = event.missing; }
    void operator()(const CoverCompleted& event) {
        auto& clock = get<CoverClock>(cover_name(event.notice));
        clock.state = CoverState::kComplete;
        clock.completed_at = event.at;
        clock.covered_rights = event.rights;
        clock.missing.clear();
    }
    void operator()(const CoverDeadlineMissed& event) {
        auto& clock = get<CoverClock>(cover_name(event.notice));
        clock.state = CoverState::kMissed;
        clock.missing = event.missing;
    }
    void operator()(const OfferingTabulated& event) {
        auto& life = get<Life>(life_name());
        life.stage = Stage::kTabulated;
        life.tabulated_at = event.at;
    }
    void operator()(const OfferingSettled& event) {
        auto& life = get<Life>(life_name());
        life.stage = Stage::kSettled;
        life.settled_at = event.at;
    }

    void operator()(const OfferingSuspended& event) { get<Life>(life_name()).suspension = event.suspension; }
    void operator()(const OfferingResumed&) { get<Life>(life_name()).suspension.reset(); }
    void operator()(const OfferingTerminated& event) {
        auto& life = get<Life>(life_name());
        life.stage = Stage::kTerminated;
        life.terminated_at = event.at;
        life.suspension.reset();
    }
    void operator()(const ClosingAdded& event) {
        auto& life = get<Life>(life_name());
        insert_sorted(life.terms.calendar.closings, event.day);
        if (event.bill_until) life.bill_until = event.bill_until;
    }
    void operator()(const CoverClockMoved& event) { make<CoverClock>(cover_name(event.clock.notice)) = event.clock; }
    void operator()(const FinalPriceSet& event) {
        auto& life = get<Life>(life_name());
        life.estimated_price = event.estimated;
        life.terms.subscription_price = event.price;
        life.bill_until = event.bill_until;
    }

    // ---- notification ----
    void operator()(const AlertRaised& event) {
        make<Alert>(alert_name(event.alert.number)) = event.alert;
        const EntityName escalated = alert_name(event.alert.escalates);
        if (folding_.book_.entities_.contains(escalated)) get<Alert>(escalated).escalated_by = event.alert.number;
    }
    void operator()(const AlertResolved& event) {
        auto& alert = get<Alert>(alert_name(event.number));
        alert.resolved_at = event.at;
        if (event.kept) alert.resolved_because = event.why;
    }
    void operator()(const AlertAcknowledged& event) {
        auto& alert = get<Alert>(alert_name(event.number));
        alert.acknowledged_by = event.by;
        alert.owner = event.owner;
        alert.comment = event.comment;
        alert.acknowledged_at = event.at;
    }
    void operator()(const AlertReleased& event) {
        auto& alert = get<Alert>(alert_name(event.number));
        alert.held_since.reset();
        alert.acknowledge_by = event.acknowledge_by;
    }
    void operator()(const AlertsSilenced& event) { make<Silence>(silence_name(event.silence.prefix)) = event.silence; }
    void operator()(const SilenceLifted& event) {
        auto& silence = get<Silence>(silence_name(event.prefix));
        silence.lifted_at = event.at;
        silence.lifted_by = event.by;
    }

    void operator()(const SendingsIntended& event) {
        for (const Sending& sending : event.sendings) make<Sending>(sending_name(sending.way, sending.number)) = sending;
        for (const SendingJoined& joined : event.joined) get<Sending>(sending_name(joined.way, joined.number)).items.push_back(joined.item);
    }
    void operator()(const SendingsAttempted& event) {
        for (const SendingAttempt& attempt : event.attempts) {
            auto& sending = get<Sending>(sending_name(attempt.way, attempt.number));
            sending.attempts = attempt.attempt;
            sending.attempted_at = attempt.at;
            sending.result = attempt.result;
            sending.next_attempt_at = attempt.next_attempt_at;
            if (attempt.outcome == SendingOutcome::kSent) sending.status = SendingStatus::kSent;
            if (attempt.outcome == SendingOutcome::kRefused && sending.status == SendingStatus::kWaiting) sending.status = SendingStatus::kRefused;
        }
    }
    void operator()(const SendingSettled& event) {
        auto& sending = get<Sending>(sending_name(event.way, event.number));
        sending.status = event.retried ? SendingStatus::kWaiting : SendingStatus::kAbandoned;
        sending.next_attempt_at.reset();
        sending.by = event.by;
        sending.why = event.why;
    }

    // ---- the desk ----
    void operator()(const DeskOpened& event) { make<DeskClock>(clock_name()) = event.clock; }
    void operator()(const ClockAccepted& event) { get<DeskClock>(clock_name()).accepted = event.time; }
    void operator()(const TimeStepped& event) { get<DeskClock>(clock_name()).time = event.to; }
    void operator()(const OfferingListed& event) { make<ListedOffering>(offering_name(event.offering.id)) = event.offering; }
    void operator()(const WithoutReplicaProposed& event) {
        const ReplicaStanding* before = folding_.book_.replica();
        ReplicaStanding standing = before == nullptr ? ReplicaStanding{} : *before;
        standing.proposed_by = event.by;
        standing.why = event.why;
        make<ReplicaStanding>(replica_name()) = standing;
    }
    void operator()(const ReplicaWaived& event) { make<ReplicaStanding>(replica_name()) = {true, "", event.why, event.people, event.at}; }
    void operator()(const ReplicaRequired& event) { make<ReplicaStanding>(replica_name()) = {false, "", event.why, {}, event.at}; }
    void operator()(const EpochRaised&) {}
    void operator()(const FileSetAside&) {}
    void operator()(const FileTaken&) {}
    void operator()(const WatermarkAdvanced& event) { make<Watermark>(watermark_name(event.watermark.source)) = event.watermark; }
    void operator()(const WatermarkProposed& event) { make<WatermarkProposal>(watermark_proposal_name(event.proposal.source)) = event.proposal; }
    void operator()(const WatermarkWithdrawn& event) { get<WatermarkProposal>(watermark_proposal_name(event.source)).by.clear(); }
    void operator()(const WatermarkDeclared& event) {
        make<Watermark>(watermark_name(event.watermark.source)) = event.watermark;
        get<WatermarkProposal>(watermark_proposal_name(event.watermark.source)).by.clear();
    }
    void operator()(const NoticeUnattributed& event) { unattributed(event.item, ItemKind::kNotice, event.why); }
    void operator()(const PaymentUnattributed& event) { unattributed(event.item, ItemKind::kPayment, event.why).money = event.money; }
    void operator()(const ItemLinked& event) { get<UnattributedItem>(item_name(event.item)).money = event.money; }
    void operator()(const NoticeAttributed& event) { attributed(event.item, event.offering); }
    void operator()(const PaymentAttributed& event) { attributed(event.item, event.offering); }
    void operator()(const AttributionUndone& event) {
        auto& item = get<UnattributedItem>(item_name(event.item));
        item.attributed_to.reset();
        insert_sorted(item.taken_back_from, event.offering);
        if (item.kind != ItemKind::kPayment) return;
        if (!item.money) item.money.emplace();
        item.money->references = event.references;
        if (event.received_at) item.money->received_at = event.received_at;
        if (event.cleared_on) item.money->cleared_on = event.cleared_on;
    }

private:
    template <class T>
    T& make(const EntityName& name) { return folding_.make<T>(remember(name)); }
    template <class T>
    T& get(const EntityName& name) { return folding_.get<T>(remember(name)); }
    const EntityName& remember(const EntityName& name) {
        folding_.changed_.push_back(name);
        return name;
    }
    // Money that was paid out and came back is refundable again.
    void refund_is(const PaymentId& id, RefundStatus status, const std::string& reference) {
        auto& refund = get<Refund>(refund_name(id));
        auto& payment = get<Payment>(payment_name(id));
        const Money moved = (status == RefundStatus::kPaid ? refund.amount : Money(0)) - (refund.status == RefundStatus::kPaid ? refund.amount : Money(0));
        payment.refundable -= moved;
        payment.refunded += moved;
        refund.status = status;
        refund.reference = reference;
    }
    UnattributedItem& unattributed(const std::string& id, ItemKind kind, const std::string& why) {
        auto& item = make<UnattributedItem>(item_name(id));
        item = UnattributedItem{id, kind, why, std::nullopt};
        return item;
    }
    void attributed(const std::string& id, const OfferingId& offering) {
        auto& item = get<UnattributedItem>(item_name(id));
        item.attributed_to = offering;
        ++item.attributions;
    }

    Folding& folding_;
};

void Folding::apply(const Event& event) {
    changed_.clear();
    std::visit(Applying(*this), event);
    for (const EntityName& name : changed_) index(name);
}

}  // namespace rightsdesk::domain
