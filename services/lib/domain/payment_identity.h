// Which money is the same money: one wire arrives by several messages, each with other references (rules.md section 3,
// "Same money, several messages").
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// Whether a reference says anything: empty ones and "NOTPROVIDED" match nothing.
bool is_reference(const std::string& reference);

// One key for each reference that the payment bears, with account, currency, amount and value date; plain text.
std::vector<std::string> wire_keys(const ConfirmWire& wire);

// The wire that the bank takes back, as its confirmation would tell of it; nothing of an instrument.
std::optional<ConfirmWire> wire_told_of(const ReportBounce& bounce);

// Number, drawee (folded) and amount: a check is the same check by these.
std::vector<std::string> instrument_keys(const std::string& number, const std::string& drawee, Money amount);

// Payments on file are looked for among those that stand, or among those that were taken back: these are another offering's now.
enum class Standings : unsigned char { kStanding, kTakenBack };

// The payment on file that one of the hashed keys belongs to; nothing when none.
std::optional<PaymentId> same_money(const Book& book, const std::vector<std::string>& hashed_keys, Standings among = Standings::kStanding);

// The wire on file that shares most of the hashed keys, of those whose references do not contradict; of equals the oldest. One key alone
// does not tell: two wires may bear one UETR.
std::optional<PaymentId> same_wire(const Book& book, const std::vector<std::string>& hashed_keys, const PaymentReferences& references);

// The same, and how many keys it shares.
struct SharedKeys {
    std::string id;
    int keys = 0;
};
std::optional<SharedKeys> closest_wire(const Book& book, const std::vector<std::string>& hashed_keys, const PaymentReferences& references, Standings among);
// Of the desk's items; hashed with the desk's key.
std::optional<SharedKeys> closest_item(const Book& desk, const std::vector<std::string>& hashed_keys, const PaymentReferences& references);

// Whether `further` may be the same wire as `known`: no reference that both bear differs.
bool references_agree(const PaymentReferences& known, const PaymentReferences& further);

// `known` with what `further` adds.
PaymentReferences joined(const PaymentReferences& known, const PaymentReferences& further);

}  // namespace rightsdesk::domain
