// From what a bank said to what payment clearing is told: wire confirmations, clearances, bounces. Pure; any thread.
//
//   credit, booked, a wire's type or with an IMAD or UETR     ConfirmWire: one for the entry, or one for each of its payments where they make it up
//   credit, booked, a deposit's type                          ConfirmClearance, once it is available and says of which check; never by its posting
//   credit, booked, a type that says a deposit is good        ConfirmClearance
//   debit, booked, a return's type or flagged a reversal      ReportBounce: of the check it names, else of the wire
//   anything else                                             nothing, with the reason: pending, for information, our own debit, our own debit that came back
//
// The same money by several formats counts once, by payment clearing's keys (domain/payment_identity.h). An entry without any reference gets one from
// its message and place, so that the same file twice counts once.
#pragma once

#include <string>
#include <vector>

#include "bank/profile.h"
#include "bank/statement.h"
#include "base/result.h"
#include "domain/commands.h"

namespace rightsdesk::bank {

// Largest amount told of: a thousandth of what 64 bits hold, because payment clearing adds amounts up. A larger one, of a currency with small money,
// is passed over.
inline constexpr std::int64_t kMaxToldMinor = 9'000'000'000'000'000;

struct MoneyMessage {
    domain::Command command;      // ConfirmWire, ConfirmClearance or ReportBounce
    std::string place;            // of the entry
    std::optional<domain::Date> day;  // on which it was booked
};

// An entry of which nothing is told, and why; for a person.
struct PassedOver {
    std::string place;
    std::string why;
    std::int64_t amount_minor = 0;
    std::string currency;
    RIGHTSDESK_DESCRIBE(PassedOver, place, why, amount_minor, currency)
};

// A deposit that the bank lets be used only later: its check has cleared then, unless it comes back before.
struct AvailableLater {
    domain::Date from;
    MoneyMessage message;
};

struct Told {
    std::vector<MoneyMessage> messages;      // in the file's order
    std::vector<AvailableLater> later;       // for whoever can wait: told by the same file once that day has come
    std::vector<PassedOver> passed_over;
};

// Of a day `today` (the desk's): what becomes available later is in `later`. Invalid: a file that deletes what an earlier one said, which a person decides;
// or a profile with a zone that is none.
base::Result<Told> messages_of(const Statement& statement, const Profile& profile, domain::Date today);

// ANSI X9.100-188's letter, NACHA's code or ISO 20022's external return reason, or a bank's words, as the reason they are; kOther for
// what is none of them.
domain::ReturnReason return_reason_of(const std::string& text);

}  // namespace rightsdesk::bank
