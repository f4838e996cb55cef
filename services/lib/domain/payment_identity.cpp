#include "domain/payment_identity.h"

#include <algorithm>

#include "domain/folded_text.h"

namespace rightsdesk::domain {

namespace {

constexpr std::string PaymentReferences::*kWireReferences[] = {&PaymentReferences::imad, &PaymentReferences::uetr,
                                                               &PaymentReferences::servicer_reference};

bool is_among(const Payment& payment, Standings among) { return (payment.status == PaymentStatus::kTakenBack) == (among == Standings::kTakenBack); }

// Which of those that `id_of` knows shares most keys; of equals the oldest.
template <class IdOf>
std::optional<SharedKeys> closest(const Book& book, const std::vector<std::string>& hashed_keys, IdOf id_of) {
    std::vector<SharedKeys> hits;  // oldest first
    for (const std::string& key : hashed_keys) {
        for (const EntityName& name : book.with_key(key)) {
            const std::string* id = id_of(*book.entity(name));
            if (id == nullptr) continue;
            const auto known = std::find_if(hits.begin(), hits.end(), [&](const SharedKeys& hit) { return hit.id == *id; });
            if (known == hits.end()) hits.push_back({*id, 1});
            else ++known->keys;
        }
    }
    const auto most = std::max_element(hits.begin(), hits.end(), [](const SharedKeys& left, const SharedKeys& right) { return left.keys < right.keys; });
    return most == hits.end() ? std::nullopt : std::optional(*most);
}

}  // namespace

bool is_reference(const std::string& reference) {
    const std::string text = folded(reference);
    return !text.empty() && text != "notprovided" && text != "nonref" && text != "not provided";
}

std::vector<std::string> wire_keys(const ConfirmWire& wire) {
    std::vector<std::string> keys;
    const std::string money = wire.account + "|" + wire.currency + "|" + std::to_string(wire.amount.value) + "|" +
                              (wire.value_date ? std::to_string(wire.value_date->value) : "");
    for (const auto reference : kWireReferences) {
        if (is_reference(wire.references.*reference)) keys.push_back("wire|" + wire.references.*reference + "|" + money);
    }
    return keys;
}

std::optional<ConfirmWire> wire_told_of(const ReportBounce& bounce) {
    if (!bounce.wire) return std::nullopt;
    ConfirmWire wire;
    wire.account = bounce.account;
    wire.amount = bounce.amount;
    wire.currency = bounce.wire->currency;
    wire.value_date = bounce.wire->value_date;
    wire.references = bounce.wire->references;
    wire.message_id = bounce.message_id;
    return wire;
}

std::vector<std::string> instrument_keys(const std::string& number, const std::string& drawee, Money amount) {
    if (!is_reference(number)) return {};
    return {"instrument|" + folded(number) + "|" + folded(drawee) + "|" + std::to_string(amount.value)};
}

std::optional<PaymentId> same_money(const Book& book, const std::vector<std::string>& hashed_keys, Standings among) {
    for (const std::string& key : hashed_keys) {
        for (const EntityName& name : book.with_key(key)) {
            const auto* payment = std::get_if<Payment>(book.entity(name));
            if (payment != nullptr && is_among(*payment, among)) return payment->id;
        }
    }
    return std::nullopt;
}

std::optional<PaymentId> same_wire(const Book& book, const std::vector<std::string>& hashed_keys, const PaymentReferences& references) {
    const auto closest = closest_wire(book, hashed_keys, references, Standings::kStanding);
    return closest ? std::optional(closest->id) : std::nullopt;
}

std::optional<SharedKeys> closest_wire(const Book& book, const std::vector<std::string>& hashed_keys, const PaymentReferences& references, Standings among) {
    return closest(book, hashed_keys, [&](const Entity& entity) -> const std::string* {
        const auto* payment = std::get_if<Payment>(&entity);
        return payment != nullptr && is_among(*payment, among) && references_agree(payment->references, references) ? &payment->id : nullptr;
    });
}

std::optional<SharedKeys> closest_item(const Book& desk, const std::vector<std::string>& hashed_keys, const PaymentReferences& references) {
    return closest(desk, hashed_keys, [&](const Entity& entity) -> const std::string* {
        const auto* item = std::get_if<UnattributedItem>(&entity);
        return item != nullptr && item->money && references_agree(item->money->references, references) ? &item->id : nullptr;
    });
}

bool references_agree(const PaymentReferences& known, const PaymentReferences& further) {
    for (const auto reference : kWireReferences) {
        if (reference == &PaymentReferences::servicer_reference) continue;  // each message has one of its own
        if (is_reference(known.*reference) && is_reference(further.*reference) && known.*reference != further.*reference) return false;
    }
    return true;
}

PaymentReferences joined(const PaymentReferences& known, const PaymentReferences& further) {
    PaymentReferences all = known;
    for (const auto reference : {&PaymentReferences::imad, &PaymentReferences::uetr, &PaymentReferences::servicer_reference,
                                 &PaymentReferences::end_to_end, &PaymentReferences::instrument_number, &PaymentReferences::notice_reference}) {
        if (!is_reference(all.*reference)) all.*reference = further.*reference;
    }
    return all;
}

}  // namespace rightsdesk::domain
