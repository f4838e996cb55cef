#include "payment_clearing/payment_clearing.h"

#include "domain/allocating.h"
#include "domain/attributing.h"
#include "domain/clearing.h"
#include "domain/dated_money.h"
#include "domain/feed_files.h"
#include "domain/matching_by_person.h"
#include "domain/refunding.h"
#include "domain/terminating.h"
#include "domain/watermarks.h"

namespace rightsdesk::payment_clearing {

using namespace domain;  // the handler is told in the domain's words

namespace {

AllBooks all_books(const runtime::Surroundings& around) {
    return {around.books.desk, [&books = around.books](const OfferingId& id) { return books.offering(id); }, around.hash};
}

// The log that a command belongs to, by its route.
struct Routing {
    const runtime::Surroundings& around;

    std::string operator()(const ConfirmWire& command) const { return whereabouts_of(all_books(around), command).log; }
    std::string operator()(const ReceiveInstrument& command) const { return whereabouts_of(all_books(around), command).log; }
    std::string operator()(const ConfirmClearance& command) const { return whereabouts_of(all_books(around), command).log; }
    std::string operator()(const ReportBounce& command) const { return whereabouts_of(all_books(around), command).log; }
    // To the offering that has the item.
    std::string operator()(const TakeBackPayment& command) const {
        const UnattributedItem* item = around.books.desk.item(command.item);
        return item == nullptr || !item->attributed_to ? std::string(kDesk) : known(*item->attributed_to);
    }
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

    [[nodiscard]] std::string known(const OfferingId& id) const { return around.books.offering(id) == nullptr ? std::string(kDesk) : id; }
};

// An item's first message: the desk's record of its identity. An error to be retried, or nothing where the item holds no money.
base::Result<std::optional<MoneyMessage>> first_message(const runtime::Surroundings& around, const std::string& item) {
    const UnattributedItem* known = around.books.desk.item(item);
    if (known == nullptr || known->kind != ItemKind::kPayment) return std::nullopt;
    const auto record = around.record_of(kDesk, item);
    if (!record) return tl::unexpected(record.error());
    const auto* held = std::get_if<PaymentUnattributed>(&record->event);
    return held == nullptr ? std::nullopt : std::optional(held->payment);
}

// Decides a message about money where it belongs as the books stand now: an item of the same batch, or another instance, may have moved it
// since it was routed. Then its sender is asked to send it again.
template <class Message, class Decide>
Decision where_it_belongs(const runtime::Surroundings& around, const std::string& log, const Message& message, Decide decide) {
    const Whereabouts where = whereabouts_of(all_books(around), message);
    if (where.log != log) return try_later("the same money is in " + where.log + " now: send it again");
    const Payment* known = log == kDesk ? nullptr : around.books.book(log).payment(where.known_as);
    const bool stands = known != nullptr && known->status != PaymentStatus::kTakenBack;
    if (log != kDesk && !where.known_as.empty() && !stands && !around.follows(log, kDesk)) return try_later(log + " has not taken in " + where.known_as + " yet: send it again in a moment");
    return decide(where);
}

// In an offering's log.
struct Deciding {
    const runtime::Surroundings& around;
    const Book& book;
    const Context& context;

    Decision operator()(const ConfirmWire& command) const {
        return where_it_belongs(around, book.log(), command, [&](const Whereabouts& where) { return confirm_wire(book, command, context.new_id(), context, where.known_as); });
    }
    Decision operator()(const ReceiveInstrument& command) const {
        return where_it_belongs(around, book.log(), command, [&](const Whereabouts&) { return receive_instrument(book, command, context.new_id(), context.now, context); });
    }
    Decision operator()(const ConfirmClearance& command) const {
        return where_it_belongs(around, book.log(), command, [&](const Whereabouts&) { return confirm_clearance(book, command, context); });
    }
    Decision operator()(const ReportBounce& command) const {
        return where_it_belongs(around, book.log(), command, [&](const Whereabouts&) { return report_bounce(book, command, context); });
    }
    Decision operator()(const TakeBackPayment& command) const {
        const UnattributedItem* item = around.books.desk.item(command.item);
        if (item == nullptr || item->attributed_to != book.log()) return try_later("it is not with " + book.log() + " any more: send it again");
        if (!around.follows(book.log(), kDesk)) return try_later(book.log() + " has not taken in all that was attributed to it: send it again in a moment");
        const auto first = first_message(around, command.item);
        if (!first) return try_later(first.error().message);
        if (!*first) return refuse("TakeBackPayment", item_name(command.item), Refusal::kUnknownItem, command.item + " is no payment");
        return take_back_payment(book, *item, **first, command, context);
    }
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
    Decision operator()(const ProposeWatermark& command) const {
        return propose_watermark(around.books.desk, command, sources_waited_for(around.books.all_offerings(), &Terms::bank_feeds), context);
    }
    Decision operator()(const ApproveWatermark& command) const { return approve_watermark(around.books.desk, command, context); }
    Decision operator()(const WithdrawWatermark& command) const { return withdraw_watermark(around.books.desk, command, context); }
    Decision operator()(const ReportFileSetAside& command) const { return report_file_set_aside(command, context); }
    Decision operator()(const ReportFileTaken& command) const { return report_file_taken(command, context); }
    Decision operator()(const ConfirmWire& command) const { return at_desk(command); }
    Decision operator()(const ReceiveInstrument& command) const { return at_desk(command); }
    Decision operator()(const ConfirmClearance& command) const { return at_desk(command); }
    Decision operator()(const ReportBounce& command) const { return at_desk(command); }
    Decision operator()(const AttributePayment& command) const {
        const auto first = first_message(around, command.item);
        if (!first) return try_later(first.error().message);
        if (is_being_taken_back(command.item)) return try_later(command.item + " is being taken back: send it again in a moment");
        return attribute_payment(all_books(around), command, *first);
    }
    Decision operator()(const TakeBackPayment& command) const {
        const UnattributedItem* item = around.books.desk.item(command.item);
        const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("TakeBackPayment", item_name(command.item), refusal, detail); };
        if (item == nullptr || item->kind != ItemKind::kPayment) return refused(Refusal::kUnknownItem, command.item);
        if (item->attributed_to && around.books.offering(*item->attributed_to) != nullptr) return try_later("it is with " + *item->attributed_to + " now: send it again");
        return refused(Refusal::kNothingToDo, "it waits, and is no offering's");
    }
    Decision operator()(const MatchPayment& command) const { return no_offering("MatchPayment", command.offering); }
    Decision operator()(const UnmatchPayment& command) const { return no_offering("UnmatchPayment", command.offering); }
    Decision operator()(const MatchBySchedule& command) const { return no_offering("MatchBySchedule", command.offering); }
    Decision operator()(const RepresentInstrument& command) const { return no_offering("RepresentInstrument", command.offering); }
    Decision operator()(const SettleReceipt& command) const { return no_offering("SettleReceipt", command.offering); }
    Decision operator()(const ReportRefund& command) const { return no_offering("ReportRefund", command.offering); }
    Decision operator()(const ProposeAllocation& command) const { return no_offering("ProposeAllocation", command.offering); }
    Decision operator()(const Approve& command) const { return no_offering("Approve", command.offering); }
    template <class Other>
    Decision operator()(const Other&) const {
        return refuse(std::string(Other::kTypeName), "", Refusal::kWrongDoor, "this is payment clearing's");
    }

    // It waits for a person; further money that waits already is linked to it.
    template <class Message>
    [[nodiscard]] Decision at_desk(const Message& message) const {
        return where_it_belongs(around, kDesk, message, [&](const Whereabouts& where) {
            const UnattributedItem* item = around.books.desk.item(where.known_as);
            if (item == nullptr) return hold_at_desk(message, where.why, context);
            const auto first = first_message(around, item->id);
            if (!first) return try_later(first.error().message);
            if (!*first) return try_later("the record of item " + item->id + " is of another kind");
            return link_at_desk(all_books(around), *item, **first, message, context);
        });
    }
    // Its offering has let it go, and the desk has not heard of it yet.
    [[nodiscard]] bool is_being_taken_back(const std::string& id) const {
        const UnattributedItem* item = around.books.desk.item(id);
        if (item == nullptr || !item->attributed_to || around.books.offering(*item->attributed_to) == nullptr) return false;
        const Payment* payment = around.books.book(*item->attributed_to).payment(id);
        return payment != nullptr && payment->status == PaymentStatus::kTakenBack && !around.follows(kDesk, *item->attributed_to);
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
    Decision operator()(const NoticeKeyed& event) const { return match_waiting(book, event.notice.id); }
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
};

}  // namespace

std::string PaymentClearing::route(const runtime::Surroundings& around, const Command& command) const { return std::visit(Routing{around}, command); }

bool PaymentClearing::routes_by_books(const Command& command) const {
    return std::holds_alternative<ConfirmWire>(command) || std::holds_alternative<ReceiveInstrument>(command) ||
           std::holds_alternative<ConfirmClearance>(command) || std::holds_alternative<ReportBounce>(command);
}

Decision PaymentClearing::decide(const runtime::Surroundings& around, const std::string& log, const Command& command, const Context& context) {
    if (log == kDesk) return std::visit(DecidingAtDesk{around, context}, command);
    const Book& book = around.books.book(log);
    if (book.life() == nullptr) return being_opened(book);
    return std::visit(Deciding{around, book, context}, command);
}

bool PaymentClearing::reacts_to(const std::string& source, const Event& event) const {
    if (std::holds_alternative<PaymentTakenBack>(event)) return true;
    return source == kDesk ? std::holds_alternative<PaymentAttributed>(event) : runtime::reacts_by<Reacting>(event);
}

Decision PaymentClearing::react(const runtime::Surroundings& around, const std::string& target, const std::string& source, const Record& record,
                                const Context& context) {
    if (target == kDesk) {
        const auto* undone = std::get_if<PaymentTakenBack>(&record.event);
        return undone == nullptr ? Decision{} : undo_attribution(around.books.desk, source, *undone);
    }
    const Book& book = around.books.book(target);
    if (source != kDesk) return runtime::react_by(Reacting{book, context}, record.event);
    const auto* attributed = std::get_if<PaymentAttributed>(&record.event);
    if (attributed == nullptr || attributed->offering != target) return {};
    const auto first = around.record_of(kDesk, attributed->item);
    if (!first) return try_later("the record of " + attributed->item + ": " + first.error().message);
    return take_attributed_payment(book, *attributed, first->at, context);
}

Decision PaymentClearing::due(const runtime::Surroundings& around, const std::string& log, const Context& context) {
    return log == kDesk ? Decision{} : due_in_clearing(around.books.book(log), around.books.desk, context);
}

runtime::Answer PaymentClearing::answer(const runtime::Surroundings&, const Question&) {
    return runtime::wrong_door();
}

}  // namespace rightsdesk::payment_clearing
