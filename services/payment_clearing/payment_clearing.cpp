#include "payment_clearing/payment_clearing.h"

#include "domain/allocating.h"
#include "domain/clearing.h"
#include "domain/dated_money.h"
#include "domain/listed_addresses.h"
#include "domain/matching_by_person.h"
#include "domain/refunding.h"
#include "domain/terminating.h"
#include "domain/watermarks.h"

namespace rightsdesk::payment_clearing {

using namespace domain;  // the handler is told in the domain's words

namespace {

std::string offering_of_account(const Book& desk, const std::string& account) {
    for (const OfferingId& id : desk.offering_ids()) {
        if (desk.offering(id)->account == account) return id;
    }
    return kDesk;
}

// The log that a command belongs to, by its route.
struct Routing {
    const runtime::Books& books;

    std::string operator()(const ConfirmWire& command) const { return offering_of_account(books.desk, command.account); }
    std::string operator()(const ReceiveInstrument& command) const {
        return offering_of_address(books.desk, command.channel, command.address).value_or(kDesk);
    }
    std::string operator()(const ConfirmClearance& command) const { return offering_of_account(books.desk, command.account); }
    std::string operator()(const ReportBounce& command) const { return offering_of_account(books.desk, command.account); }
    std::string operator()(const MatchPayment& command) const { return known(command.offering); }
    std::string operator()(const UnmatchPayment& command) const { return known(command.offering); }
    std::string operator()(const MatchBySchedule& command) const { return known(command.offering); }
    std::string operator()(const RepresentInstrument& command) const { return known(command.offering); }
    std::string operator()(const SettleReceipt& command) const { return known(command.offering); }
    std::string operator()(const ReportRefund& command) const { return known(command.offering); }
    std::string operator()(const ProposeAllocation& command) const { return known(command.offering); }
    std::string operator()(const Approve& command) const { return known(command.offering); }
    template <class Other>
    std::string operator()(const Other&) const { return kDesk; }

    [[nodiscard]] std::string known(const OfferingId& id) const { return books.offering(id) == nullptr ? std::string(kDesk) : id; }
};

// In an offering's log.
struct Deciding {
    const Book& book;
    const Context& context;

    Decision operator()(const ConfirmWire& command) const { return confirm_wire(book, command, context.new_id(), context); }
    Decision operator()(const ReceiveInstrument& command) const { return receive_instrument(book, command, context.new_id(), context); }
    Decision operator()(const ConfirmClearance& command) const { return confirm_clearance(book, command, context); }
    Decision operator()(const ReportBounce& command) const { return report_bounce(book, command, context); }
    Decision operator()(const MatchPayment& command) const { return match_by_person(book, command, context); }
    Decision operator()(const UnmatchPayment& command) const { return unmatch_payment(book, command, context); }
    Decision operator()(const MatchBySchedule& command) const { return match_by_schedule(book, command, context); }
    Decision operator()(const RepresentInstrument& command) const { return represent_instrument(book, command, context); }
    Decision operator()(const SettleReceipt& command) const { return settle_receipt(book, command, context); }
    Decision operator()(const ReportRefund& command) const { return report_refund(book, command); }
    Decision operator()(const ProposeAllocation& command) const { return propose_again(book, command, context); }
    Decision operator()(const Approve& command) const { return approve_in_clearing(book, command, context); }
    template <class Other>
    Decision operator()(const Other&) const {
        return refuse(std::string(Other::kTypeName), "", Refusal::kWrongDoor, "this is payment clearing's");
    }
};

// In the desk's log: watermarks, and what no offering's account or address takes.
struct DecidingAtDesk {
    const runtime::Surroundings& around;
    const Context& context;

    Decision operator()(const AdvanceWatermark& command) const { return advance_watermark(around.books.desk, command.through, context); }
    Decision operator()(const ConfirmWire& command) const { return unattributed("account " + command.account + " is no offering's", command); }
    Decision operator()(const ReceiveInstrument& command) const {
        return unattributed(command.address + " is listed by no offering, or by several, for " + to_text(command.channel), command);
    }
    Decision operator()(const AttributePayment& command) const {
        const auto refused = [&](Refusal refusal, const std::string& detail) {
            return refuse("AttributePayment", item_name(command.item), refusal, detail);
        };
        const UnattributedItem* item = around.books.desk.item(command.item);
        if (item == nullptr || item->kind != ItemKind::kPayment) return refused(Refusal::kUnknownItem, command.item);
        if (item->attributed_to) return refused(Refusal::kAlreadyDecided, "it was attributed to " + *item->attributed_to);
        if (around.books.offering(command.offering) == nullptr) return refused(Refusal::kUnknownOffering, command.offering);
        const auto record = around.record_of(kDesk, command.item);
        const auto* held = record ? std::get_if<PaymentUnattributed>(&record->event) : nullptr;
        Decision decision;
        if (held == nullptr) {
            decision.retry_later = record ? "the item's record is of another kind" : record.error().message;
            return decision;
        }
        return decision.add(PaymentAttributed{command.item, command.offering, command.why, held->payment});
    }
    Decision operator()(const MatchPayment& command) const { return no_offering("MatchPayment", command.offering); }
    Decision operator()(const UnmatchPayment& command) const { return no_offering("UnmatchPayment", command.offering); }
    Decision operator()(const MatchBySchedule& command) const { return no_offering("MatchBySchedule", command.offering); }
    Decision operator()(const RepresentInstrument& command) const { return no_offering("RepresentInstrument", command.offering); }
    Decision operator()(const SettleReceipt& command) const { return no_offering("SettleReceipt", command.offering); }
    Decision operator()(const ReportRefund& command) const { return no_offering("ReportRefund", command.offering); }
    Decision operator()(const ProposeAllocation& command) const { return no_offering("ProposeAllocation", command.offering); }
    Decision operator()(const Approve& command) const { return no_offering("Approve", command.offering); }
    Decision operator()(const ConfirmClearance& command) const { return no_offering("ConfirmClearance", "account " + command.account); }
    Decision operator()(const ReportBounce& command) const { return no_offering("ReportBounce", "account " + command.account); }
    template <class Other>
    Decision operator()(const Other&) const {
        return refuse(std::string(Other::kTypeName), "", Refusal::kWrongDoor, "this is payment clearing's");
    }

    [[nodiscard]] Decision unattributed(const std::string& why, std::variant<ConfirmWire, ReceiveInstrument> payment) const {
        Decision decision;
        return decision.add(PaymentUnattributed{context.new_id(), why, std::move(payment)});
    }
    [[nodiscard]] static Decision no_offering(const std::string& command, const std::string& detail) {
        return refuse(command, "", Refusal::kUnknownOffering, detail);
    }
};

// What follows in an offering's log from what happened there.
struct Reacting {
    const Book& book;
    const Context& context;

    Decision operator()(const NoticeDecided& event) const { return match_waiting(book, event.notice.id); }
    Decision operator()(const NoticeRedecided& event) const { return match_waiting(book, event.notice); }
    Decision operator()(const NoticeAmended& event) const { return match_waiting(book, event.notice); }
    Decision operator()(const OfferingExtended&) const { return fund_again(book, context); }
    Decision operator()(const CoverClockStarted& event) const { return fund_by_clock(book, event.clock.notice); }
    Decision operator()(const CoverClockMoved& event) const { return fund_by_clock(book, event.clock.notice); }
    Decision operator()(const FinalPriceSet&) const { return follow_final_price(book, context); }
    // Money that a bank told of by the date only may be on no last day any more.
    Decision operator()(const ClosingAdded& event) const { return event.bill_until ? fund_again(book, context) : Decision{}; }
    Decision operator()(const OfferingTerminated&) const { return return_all_money(book, context); }
    Decision operator()(const PaymentGood& event) const { return return_good_money(book, event.payment, context); }
    Decision operator()(const OfferingCounted&) const { return count_exercises(book, context); }
    Decision operator()(const OfferingTabulated&) const { return allocate_finally(book, context); }
    Decision operator()(const ProposalMade& event) const {
        if (event.proposal.kind == ProposalKind::kAllocation) return prepare_allocation(book, event.proposal.id, context);
        return event.proposal.kind == ProposalKind::kRefunds ? prepare_refunds(book, event.proposal.id, context) : Decision{};
    }
    Decision operator()(const AllocationApproved&) const { return apply_allotments(book, context); }
    Decision operator()(const ProposalApproved& event) const {
        return event.kind == ProposalKind::kRefunds && event.complete ? approve_refunds(book, event.proposal, context) : Decision{};
    }
    Decision operator()(const OfferingSettled& event) const { return pay_refunds(book, event.reference, context); }
    template <class Other>
    Decision operator()(const Other&) const { return {}; }
};

Decision take_attributed(const Book& book, const PaymentAttributed& event, const Context& context) {
    if (book.life() == nullptr || book.payment(event.item) != nullptr) return {};
    if (const auto* wire = std::get_if<ConfirmWire>(&event.payment)) return confirm_wire(book, *wire, event.item, context);
    return receive_instrument(book, std::get<ReceiveInstrument>(event.payment), event.item, context);
}

}  // namespace

std::string PaymentClearing::route(const runtime::Books& books, const Command& command) const { return std::visit(Routing{books}, command); }

Decision PaymentClearing::decide(const runtime::Surroundings& around, const std::string& log, const Command& command, const Context& context) {
    if (log == kDesk) return std::visit(DecidingAtDesk{around, context}, command);
    const Book& book = around.books.book(log);
    if (book.life() == nullptr) {
        Decision later;
        later.retry_later = log + " is being opened";
        return later;
    }
    return std::visit(Deciding{book, context}, command);
}

Decision PaymentClearing::react(const runtime::Surroundings& around, const std::string& target, const std::string& source, const Record& record,
                                const Context& context) {
    if (target == kDesk) return {};
    const Book& book = around.books.book(target);
    if (source != kDesk) return std::visit(Reacting{book, context}, record.event);
    const auto* attributed = std::get_if<PaymentAttributed>(&record.event);
    if (attributed == nullptr || attributed->offering != target) return {};
    return take_attributed(book, *attributed, context);
}

Decision PaymentClearing::due(const runtime::Surroundings& around, const std::string& log, const Context& context) {
    return log == kDesk ? Decision{} : due_in_clearing(around.books.book(log), around.books.desk, context);
}

runtime::Answer PaymentClearing::answer(const runtime::Surroundings&, const Question&) {
    return runtime::wrong_door();
}

}  // namespace rightsdesk::payment_clearing
