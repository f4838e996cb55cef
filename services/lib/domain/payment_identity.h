// Which money is the same money: one wire arrives by several messages, each with other references (rules.md section 3,
// "Same money, several messages").
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// Whether a reference says anything: empty ones and "NOTPROVIDED" match nothing.
bool is_reference(const std::string& reference);

// One key for each reference that the payment bears, with account, currency, amount and value date; plain text.
std::vector<std::string> wire_keys(const ConfirmWire& wire);

// Number, drawee (folded) and amount: a check is the same check by these.
std::vector<std::string> instrument_keys(const std::string& number, const std::string& drawee, Money amount);

// The payment on file that one of the hashed keys belongs to; nothing when none.
std::optional<PaymentId> same_money(const Book& book, const std::vector<std::string>& hashed_keys);

// The wire on file that shares most of the hashed keys, of those whose references do not contradict; of equals the oldest. One key alone
// does not tell: two wires may bear one UETR.
std::optional<PaymentId> same_wire(const Book& book, const std::vector<std::string>& hashed_keys, const PaymentReferences& references);

// Whether `further` may be the same wire as `known`: no reference that both bear differs.
bool references_agree(const PaymentReferences& known, const PaymentReferences& further);

// `known` with what `further` adds.
PaymentReferences joined(const PaymentReferences& known, const PaymentReferences& further);

}  // namespace rightsdesk::domain
