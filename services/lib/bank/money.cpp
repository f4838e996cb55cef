#include "bank/money.h"

#include <algorithm>
#include <cstdlib>

#include "bank/amounts.h"
#include "bank/building.h"
#include "bank/letters.h"
#include "domain/civil.h"
#include "domain/payment_identity.h"

namespace rightsdesk::bank {

namespace {

using domain::Money;

// Where a bank is named by a code (a BIC, a routing number) the debtor is whom a notice would name.
bool is_bank_code(const std::string& text) {
    constexpr std::size_t kShortBic = 8;
    constexpr std::size_t kRouting = 9;
    constexpr std::size_t kLongBic = 11;
    if (text.size() != kShortBic && text.size() != kRouting && text.size() != kLongBic) return false;
    return std::all_of(text.begin(), text.end(), [](char sign) { return is_capital(sign) || is_digit(sign); });
}

std::string institution_of(const std::string& agent, const std::string& debtor) {
    const bool named = !agent.empty() && !is_bank_code(agent);
    return named || debtor.empty() ? agent : debtor;
}

// On whom a check is drawn, by the name that the mail room would read on it; a code is none.
std::string drawee_of(const std::string& agent) { return is_bank_code(agent) ? std::string() : agent; }

std::string said(const std::string& reference) { return domain::is_reference(reference) ? reference : std::string(); }

domain::PaymentReferences payment_references(const References& references) {
    domain::PaymentReferences made;
    made.imad = said(references.imad);
    made.uetr = said(references.uetr);
    made.servicer_reference = said(references.servicer);
    made.end_to_end = said(references.end_to_end);
    made.instrument_number = said(references.check_number);
    return made;
}

class Telling {
public:
    Telling(const Statement& statement, const Profile& profile, domain::Date today) : statement_(statement), profile_(profile), today_(today) {}

    base::Result<Told> tell() {
        for (const Entry& entry : statement_.entries) {
            const AccountReport& report = statement_.statements.at(entry.statement);
            if (report.deletes) return base::invalid(entry.place + ": the file takes back what an earlier one said (BAI2 group status 2); a person decides what of it stands");
            if (auto told = tell_entry(entry, report); !told) return tl::unexpected(told.error());
        }
        return std::move(told_);
    }

private:
    base::Result<> tell_entry(const Entry& entry, const AccountReport& report) {
        ++ordinal_;
        const bool debit = entry.direction == kDebit;
        const bool is_return = is_type(profile_.types.returns, entry.type);
        if (report.test_only) return pass_over(entry, "the bank's test: it says that none of it happened");
        if (entry.status == kPending) return pass_over(entry, "pending: the bank has not booked it");
        if (entry.status != kBooked) return pass_over(entry, "it tells of money and books none (" + (entry.status.empty() ? "no status" : entry.status) + ")");
        if (entry.amount_minor == 0) return pass_over(entry, "an amount of zero");
        if (std::abs(entry.amount_minor) > kMaxToldMinor) return pass_over(entry, "an amount larger than any that is told of");
        if (!debit && (entry.reversal || is_return)) return pass_over(entry, "a payment of the account's own that came back; no subscription");
        if (debit && (entry.reversal || is_return)) return tell_return(entry, report);
        if (debit) return pass_over(entry, "a debit of the account");
        if (is_type(profile_.types.cleared, entry.type)) return tell_cleared(entry, report);
        if (is_type(profile_.types.deposits, entry.type)) return tell_deposit(entry, report);
        if (is_type(profile_.types.wires, entry.type) || !entry.references.imad.empty() || !entry.references.uetr.empty()) return tell_wire(entry, report);
        return pass_over(entry, "a credit of type '" + entry.type + "', which the profile calls neither a wire nor a deposit; if it is one, add it there and give the file again");
    }

    // One for each payment where all are in the account's currency and make up the entry; else one for the entry.
    base::Result<> tell_wire(const Entry& entry, const AccountReport& report) {
        std::int64_t sum = 0;
        const auto& payments = entry.transactions;
        const bool apart = payments.size() > 1 && std::all_of(payments.begin(), payments.end(), [&](const Transaction& one) {
                               return one.amount_minor && *one.amount_minor > 0 && one.currency == entry.currency && add_up(sum, *one.amount_minor);
                           }) && sum == entry.amount_minor;
        if (!apart) {
            domain::ConfirmWire wire = wire_of(entry, report);
            wire.amount = Money(entry.amount_minor);
            wire.references = references_or_place(entry.references, report, 0);
            wire.institution = institution_of(entry.debtor_agent, entry.debtor);
            wire.debtor = entry.debtor;
            wire.remittance = entry.remittance;
            append_words(wire.remittance, entry.additional);
            return tell(std::move(wire), entry);
        }
        for (std::size_t at = 0; at < payments.size(); ++at) {
            const Transaction& payment = payments[at];
            domain::ConfirmWire wire = wire_of(entry, report);
            wire.amount = Money(*payment.amount_minor);
            wire.references = references_or_place(payment.references, report, at + 1);
            wire.institution = institution_of(payment.debtor_agent, payment.debtor);
            wire.debtor = payment.debtor;
            wire.remittance = payment.remittance;
            if (auto told = tell(std::move(wire), entry); !told) return told;
        }
        return {};
    }

    static domain::ConfirmWire wire_of(const Entry& entry, const AccountReport& report) {
        domain::ConfirmWire wire;
        wire.account = report.account;
        wire.currency = entry.currency;
        wire.value_date = entry.value_date ? entry.value_date : entry.booking_date;
        wire.credited_at = entry.booked_at;
        wire.message_id = report.message_id;
        return wire;
    }

    // Without a reference that money is known by, its place in the message is one: the same for the same file.
    [[nodiscard]] domain::PaymentReferences references_or_place(const References& references, const AccountReport& report, std::size_t payment) const {
        domain::PaymentReferences made = payment_references(references);
        if (made.imad.empty() && made.uetr.empty() && made.servicer_reference.empty()) {
            made.servicer_reference = "#" + report.message_id + "/" + report.id + "/" + std::to_string(ordinal_) + (payment > 0 ? "." + std::to_string(payment) : "");
        }
        return made;
    }

    base::Result<> tell_cleared(const Entry& entry, const AccountReport& report) {
        if (entry.references.check_number.empty()) return pass_over(entry, "the bank's word that a deposit is good, and not of which check");
        return tell(clearance_of(entry, report, entry.booking_date), entry);
    }

    base::Result<> tell_deposit(const Entry& entry, const AccountReport& report) {
        if (entry.available.empty()) return pass_over(entry, "a deposit that was posted; it is good when the bank says that it is available or cleared");
        if (entry.references.check_number.empty()) return pass_over(entry, "a deposit of checks, and not of which; each is good by the bank's word on it");
        // All of it must be there; and days from the booking are the bank's business days, which nobody here knows: only "at once" is a day.
        std::optional<domain::Date> from;
        for (const Availability& one : entry.available) {
            const std::optional<domain::Date> day = one.date ? one.date : one.days == 0 ? entry.booking_date : std::nullopt;
            if (!day) return pass_over(entry, "a deposit that is available in some business days of the bank's; its later word says when");
            from = from ? std::max(*from, *day) : *day;
        }
        MoneyMessage message{clearance_of(entry, report, from), entry.place, entry.booking_date};
        if (*from > today_) told_.later.push_back({*from, std::move(message)});
        else told_.messages.push_back(std::move(message));
        return {};
    }

    static domain::ConfirmClearance clearance_of(const Entry& entry, const AccountReport& report, const std::optional<domain::Date>& day) {
        domain::ConfirmClearance clearance;
        clearance.account = report.account;
        clearance.number = entry.references.check_number;
        clearance.drawee = drawee_of(entry.debtor_agent);
        clearance.amount = Money(entry.amount_minor);
        clearance.message_id = report.message_id;
        // The time of the posting is no time of clearance, unless the bank's word is of the clearance itself.
        if (entry.booked_at && entry.available.empty()) clearance.cleared_at = *entry.booked_at;
        clearance.cleared_on = day;
        return clearance;
    }

    base::Result<> tell_return(const Entry& entry, const AccountReport& report) {
        domain::ReportBounce bounce;
        bounce.account = report.account;
        bounce.amount = Money(-entry.amount_minor);
        bounce.reason = return_reason_of(entry.return_reason);
        bounce.message_id = report.message_id;
        if (entry.booked_at) {
            bounce.returned_at = *entry.booked_at;
        } else {
            const auto day = entry.booking_date ? entry.booking_date : entry.value_date;
            if (!day) return pass_over(entry, "a return without its day");
            const auto begins = domain::resolve(*day, "00:00:00", profile_.zone);
            if (!begins) return tl::unexpected(begins.error());
            bounce.returned_at = begins->instant;
        }
        if (!entry.references.check_number.empty()) {
            bounce.number = entry.references.check_number;
            bounce.drawee = drawee_of(entry.debtor_agent);
        } else {
            bounce.wire = domain::ReturnedWire{entry.currency, entry.value_date ? entry.value_date : entry.booking_date, payment_references(entry.references)};
            const domain::PaymentReferences& known_by = bounce.wire->references;
            if (known_by.imad.empty() && known_by.uetr.empty() && known_by.servicer_reference.empty()) {
                return pass_over(entry, "a return of " + minor_text(-entry.amount_minor) + " that names neither a check nor a wire; a person finds what came back: rightsdesk payment bounce");
            }
        }
        return tell(std::move(bounce), entry);
    }

    base::Result<> tell(domain::Command command, const Entry& entry) {
        told_.messages.push_back({std::move(command), entry.place, entry.booking_date});
        return {};
    }
    base::Result<> pass_over(const Entry& entry, const std::string& why) {
        told_.passed_over.push_back({entry.place, why, entry.amount_minor, entry.currency});
        return {};
    }

    const Statement& statement_;
    const Profile& profile_;
    domain::Date today_;
    Told told_;
    std::size_t ordinal_ = 0;
};

}  // namespace

base::Result<Told> messages_of(const Statement& statement, const Profile& profile, domain::Date today) { return Telling(statement, profile, today).tell(); }

}  // namespace rightsdesk::bank
