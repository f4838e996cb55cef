#include "domain/attributing.h"

#include <algorithm>
#include <map>

#include "domain/clearing.h"
#include "domain/dated_money.h"
#include "domain/payment_identity.h"

namespace rightsdesk::domain {

namespace {

std::vector<std::string> keys_of_message(const MoneyMessage& message, const Context& context) {
    std::vector<std::string> keys;
    if (const auto* wire = std::get_if<ConfirmWire>(&message)) keys = wire_keys(*wire);
    if (const auto* instrument = std::get_if<ReceiveInstrument>(&message)) keys = instrument_keys(instrument->number, instrument->drawee, instrument->amount);
    for (std::string& key : keys) key = context.hash_key(key);
    return keys;
}

std::string name_of_message(const MoneyMessage& message) {
    const auto* instrument = std::get_if<ReceiveInstrument>(&message);
    if (instrument != nullptr) return instrument->delivery;
    return std::visit([]<class Message>(const Message& one) -> std::string {
        if constexpr (requires { one.message_id; }) return one.message_id;
        return {};
    }, message);
}

// What an item's money is known by when only this message told of it.
ItemMoney money_of(const MoneyMessage& message, const Context& context) {
    ItemMoney money;
    money.keys = keys_of_message(message, context);
    money.messages = {name_of_message(message)};
    if (const auto* wire = std::get_if<ConfirmWire>(&message)) money.references = wire->references;
    return money;
}

std::vector<IndexEntry> entries_for(const std::vector<std::string>& keys, const std::string& item) {
    std::vector<IndexEntry> entries;
    entries.reserve(keys.size());
    for (const std::string& key : keys) entries.push_back({key, item_name(item)});
    return entries;
}

// The first message with what further ones said.
MoneyMessage with_all_said(MoneyMessage first, const std::optional<ItemMoney>& money) {
    auto* wire = std::get_if<ConfirmWire>(&first);
    if (wire == nullptr || !money) return first;
    wire->references = joined(wire->references, money->references);
    if (!wire->credited_at) wire->credited_at = money->credited_at;
    if (!money->remittance.empty()) wire->remittance += (wire->remittance.empty() ? "" : " ") + money->remittance;
    return first;
}

PaymentAttributed attribution_of(const UnattributedItem& item, const std::optional<ItemMoney>& money, const MoneyMessage& first, const OfferingId& offering,
                                 const std::string& why) {
    PaymentAttributed event{item.id, offering, why, with_all_said(first, money), item.attributions + 1};
    if (money) {
        event.received_at = money->received_at;
        event.cleared_on = money->cleared_on;
    }
    return event;
}

bool is_word_on_money(const MoneyMessage& message) { return std::holds_alternative<ConfirmClearance>(message) || std::holds_alternative<ReportBounce>(message); }

// What the bank's word is on and the offering does not have; empty where it has it, or the message is money itself.
std::string missing_in(const AllBooks& books, const OfferingId& offering, const MoneyMessage& message) {
    const auto instrument = [&](const auto& word) {
        const bool there = has_instrument(books, offering, word.number, word.drawee, word.amount);
        return there ? std::string() : "instrument " + word.number + " of " + word.drawee;
    };
    if (const auto* clearance = std::get_if<ConfirmClearance>(&message)) return instrument(*clearance);
    const auto* bounce = std::get_if<ReportBounce>(&message);
    if (bounce == nullptr) return {};
    const auto wire = wire_told_of(*bounce);
    if (!wire) return instrument(*bounce);
    return has_wire(books, offering, *wire) ? "" : "wire with these references";
}

Decision undone(const Book& desk, const OfferingId& offering, const std::string& id, std::uint32_t attribution, const AttributionUndone& event) {
    const UnattributedItem* item = desk.item(id);
    if (item == nullptr || item->attributed_to != offering || item->attributions != attribution) return {};
    Decision decision;
    return decision.add(event);
}

// When it was received, where more than the first message says so: it cleared, a further message had the time, or a person settled it.
std::optional<Instant> settled_at(const Book& book, const Payment& payment, const MoneyMessage& first) {
    if (payment.status != PaymentStatus::kGood) return std::nullopt;
    std::optional<Instant> by_itself;
    if (const auto* wire = std::get_if<ConfirmWire>(&first)) by_itself = credit_time(book, wire->credited_at, wire->value_date);
    if (const auto* instrument = std::get_if<ReceiveInstrument>(&first)) by_itself = instrument->stamp;
    return payment.received_at == by_itself ? std::nullopt : payment.received_at;
}

// Why the money cannot leave the books; empty when it can.
std::string use_of(const Book& book, const Payment& payment) {
    const Stage stage = stage_of(book);
    if (stage == Stage::kApproved || is_over(stage)) return "the offering is " + to_text(stage);
    if (payment.applied + payment.refundable + payment.refunded != Money(0)) return "it is applied or goes back, at least in part";
    const Refund* refund = book.refund(payment.id);
    return refund == nullptr ? "" : "its refund is " + to_text(refund->status);
}

}  // namespace

Decision hold_at_desk(const MoneyMessage& message, const std::string& why, const Context& context) {
    Decision decision;
    ItemMoney money = money_of(message, context);
    decision.keys = entries_for(money.keys, context.new_id());
    return decision.add(PaymentUnattributed{context.new_id(), why, message, std::move(money)});
}

Decision link_at_desk(const AllBooks& books, const UnattributedItem& item, const MoneyMessage& first, const MoneyMessage& further, const Context& context) {
    ItemMoney money = item.money.value_or(ItemMoney{});
    std::vector<std::string> added = keys_of_message(further, context);
    std::erase_if(added, [&](const std::string& key) { return std::find(money.keys.begin(), money.keys.end(), key) != money.keys.end(); });
    money.keys.insert(money.keys.end(), added.begin(), added.end());
    money.messages.push_back(name_of_message(further));
    const auto* wire = std::get_if<ConfirmWire>(&further);
    if (wire != nullptr) {
        money.references = joined(money.references, wire->references);
        if (!money.credited_at) money.credited_at = wire->credited_at;
        if (!wire->remittance.empty()) money.remittance += (money.remittance.empty() ? "" : " ") + wire->remittance;
    }
    Decision decision;
    decision.keys = entries_for(added, item.id);
    decision.add(ItemLinked{item.id, name_of_message(further), money});
    const MoneyMessage all = with_all_said(first, money);
    const auto* told = std::get_if<ConfirmWire>(&all);
    if (told == nullptr) return decision;
    const std::vector<OfferingId> named = offerings_named(books, *told);
    if (named.size() != 1 || std::binary_search(item.taken_back_from.begin(), item.taken_back_from.end(), named.front())) return decision;
    decision.reads = {offering_name(named.front())};
    return decision.add(attribution_of(item, money, first, named.front(), "message " + name_of_message(further) + " of the same money names it"));
}

Decision attribute_payment(const AllBooks& books, const AttributePayment& command, const std::optional<MoneyMessage>& first) {
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("AttributePayment", item_name(command.item), refusal, detail); };
    const UnattributedItem* item = books.desk.item(command.item);
    if (item == nullptr || item->kind != ItemKind::kPayment || !first) return refused(Refusal::kUnknownItem, command.item);
    if (item->attributed_to) return refused(Refusal::kAlreadyDecided, "it was attributed to " + *item->attributed_to + ": rightsdesk desk take-back first");
    const Book* offering = books.offering(command.offering);
    if (offering == nullptr) return refused(Refusal::kUnknownOffering, command.offering);
    const PaymentAttributed event = attribution_of(*item, item->money, *first, command.offering, command.why);
    if (const auto* wire = std::get_if<ConfirmWire>(&event.payment)) {
        if (const auto other = counted_elsewhere(books, *wire, command.offering)) return refused(Refusal::kAlreadyDecided, *other + " counts the same wire");
    }
    if (const std::string missing = missing_in(books, command.offering, event.payment); !missing.empty()) {
        return refused(Refusal::kUnknownPayment, command.offering + " has no " + missing + ": that comes first");
    }
    Decision decision;
    decision.reads = {offering_name(command.offering)};
    return decision.add(event);
}

Decision undo_attribution(const Book& desk, const OfferingId& offering, const NoticeTakenBack& event) {
    return undone(desk, offering, event.notice, event.attribution, AttributionUndone{event.notice, offering, event.why, event.by, {}, {}, {}});
}

Decision undo_attribution(const Book& desk, const OfferingId& offering, const PaymentTakenBack& event) {
    return undone(desk, offering, event.payment, event.attribution,
                  AttributionUndone{event.payment, offering, event.why, event.by, event.references, event.received_at, event.cleared_on});
}

Decision take_attributed_payment(const Book& book, const PaymentAttributed& event, Instant arrived, const Context& context) {
    if (book.life() == nullptr) return being_opened(book);
    const Payment* known = book.payment(event.item);
    if (known != nullptr && (known->status != PaymentStatus::kTakenBack || event.attribution <= 1)) return {};
    if (const auto* clearance = std::get_if<ConfirmClearance>(&event.payment)) return confirm_clearance(book, *clearance, context);
    if (const auto* bounce = std::get_if<ReportBounce>(&event.payment)) return report_bounce(book, *bounce, context);
    const auto* wire = std::get_if<ConfirmWire>(&event.payment);
    const Decision taken = wire != nullptr ? confirm_wire(book, *wire, event.item, context)
                                           : receive_instrument(book, std::get<ReceiveInstrument>(event.payment), event.item, arrived, context);
    Decision decision;
    decision.reads = taken.reads;
    decision.keys = taken.keys;
    Trial trial(book);
    for (const Event& one : taken.events) trial.add(decision, one);
    const Payment* payment = book.payment(event.item);
    if (payment == nullptr || payment->status != PaymentStatus::kUncollected) return decision;
    // What the bank or a person said of it while other books had it.
    const auto cleared = event.received_at ? event.received_at : credit_time(book, std::nullopt, event.cleared_on);
    if (cleared) trial.add(decision, PaymentGood{event.item, *cleared, rule_text(payment->method, deemed_received(book.life()->terms, payment->method))});
    else if (event.cleared_on) trial.add(decision, ClearanceDated{event.item, *event.cleared_on, "as it was known before it was attributed here"});
    say_funded_all(book, trial, decision, event.item);
    return decision;
}

Decision take_back_payment(const Book& book, const UnattributedItem& item, const MoneyMessage& first, const TakeBackPayment& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("TakeBackPayment", item_name(command.item), refusal, detail); };
    if (book.life() == nullptr) return being_opened(book);
    if (command.why.empty()) return refused(Refusal::kValueUnusable, "say why");
    if (is_word_on_money(first)) return refused(Refusal::kNothingToDo, "it is the bank's word on other money, and none of its own");
    PaymentTakenBack event{item.id, item.attributions, command.why, context.person, item.money.value_or(ItemMoney{}).references, {}, {}};
    Decision decision;
    decision.reads = {life_name(), allocation_name(AllocationKind::kFinal)};
    const Payment* payment = book.payment(item.id);
    const bool gone = payment != nullptr && payment->status == PaymentStatus::kTakenBack;
    if (payment == nullptr || gone) {
        const auto keys = keys_of_message(first, context);
        const auto same = std::holds_alternative<ConfirmWire>(first) ? same_wire(book, keys, event.references) : same_money(book, keys);
        if (same) return refused(Refusal::kNothingToDo, "it tells of " + *same + ", which " + book.log() + " has by another message");
        if (gone) return refused(Refusal::kAlreadyDecided, "it was taken back");
        return decision.add(event);  // the offering's terms did not take it
    }
    if (payment->status == PaymentStatus::kBounced) return refused(Refusal::kNothingToDo, "the bank took it back: no money is left to be given to another");
    if (const std::string use = use_of(book, *payment); !use.empty()) return refused(Refusal::kTooLate, use);
    const std::string named = event.references.notice_reference;  // what was found here is a notice of this offering
    event.references = joined(event.references, payment->references);
    event.references.notice_reference = named;
    event.received_at = settled_at(book, *payment, first);
    event.cleared_on = payment->cleared_on;
    std::map<NoticeId, Money> matched;
    for (const Match& match : payment->matches) matched[match.notice] += match.amount;
    Trial trial(book);
    trial.add(decision, event);
    for (const auto& [notice, amount] : matched) {
        trial.add(decision, PaymentMatchUndone{item.id, notice, amount, context.person, command.why});
        decision.reads.push_back(notice_name(notice));
        say_funded(book, trial, decision, notice);
    }
    return decision;
}

}  // namespace rightsdesk::domain
