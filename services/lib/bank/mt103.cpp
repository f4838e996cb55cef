#include "bank/mt103.h"

#include <utility>

#include "bank/fin_parts.h"
#include "bank/found_references.h"
#include "domain/civil.h"

namespace rightsdesk::bank {

namespace {

base::Result<const FinField*> required(const FinMessage& message, const char* tag, const char* what) {
    const FinField* field = message.field(tag);
    if (field == nullptr) return base::invalid("line " + std::to_string(message.line) + ": an MT" + message.type + " without " + what + " (:" + tag + ":)");
    return field;
}

// :32A:190425USD3700,
base::Result<> read_amount(Building& building, const FinField& field, Entry& entry) {
    constexpr std::size_t kHead = 9;
    const std::string& text = field.first();
    if (text.size() < kHead) return base::invalid(field.place() + ": '" + text + "' is no date, currency and amount");
    const auto day = parse_compact_day(text.substr(0, 6));
    if (!day) return tl::unexpected(at_field(field, day.error()));
    if (day->put_right) building.find(FindingKind::kDate, field.place(), "'" + text.substr(0, 6) + "' is no day of the calendar; read as the month's last");
    // SWIFT writes the comma also where no decimals follow; without it digits may have been lost.
    if (text.find(',', kHead) == std::string::npos) return base::invalid(field.place() + ": '" + text.substr(0, 40) + "' has an amount without a comma; ask the bank for it again");
    const std::string currency = text.substr(6, 3);
    const auto amount = parse_amount(text.substr(kHead), ',', currency);
    if (!amount) return tl::unexpected(at_field(field, amount.error()));
    entry.value_date = day->date;
    entry.currency = currency;
    entry.amount_minor = *amount;
    entry.direction = kCredit;
    return {};
}

// :13D:0206281512-0400, the time of the entry with its offset.
void read_time(const FinMessage& message, Entry& entry) {
    const FinField* field = message.field("13D");
    if (field == nullptr) return;
    const std::string& text = field->first();
    constexpr std::size_t kWhole = 15;
    if (text.size() < kWhole) return;
    const auto day = parse_compact_day(text.substr(0, 6));
    if (!day || day->put_right) return;
    const auto instant = domain::parse_instant(domain::to_text(day->date) + "T" + text.substr(6, 2) + ":" + text.substr(8, 2) + ":00" + text.substr(10, 3) + ":" + text.substr(13, 2));
    if (instant) entry.booked_at = *instant;
}

void read_texts(const FinMessage& message, const Profile& profile, Entry& entry) {
    if (const FinField* remittance = message.field("70"); remittance != nullptr) {
        entry.remittance = text_of(*remittance);
        find_in_text(entry.references, joined_lines(*remittance));
    }
    if (const FinField* to_receiver = message.field("72"); to_receiver != nullptr) {
        entry.additional = text_of(*to_receiver);
        find_in_text(entry.references, joined_lines(*to_receiver));
    }
    for (const std::string& text : {entry.remittance, entry.additional}) {
        read_labels(profile, text, entry);
        find_in_text(entry.references, text);
    }
}

base::Result<Entry> read_payment(Building& building, const FinMessage& message, const Profile& profile) {
    Entry entry;
    const auto amount = required(message, "32A", "a date, currency and amount");
    if (!amount) return tl::unexpected(amount.error());
    entry.place = (*amount)->place();
    if (auto done = read_amount(building, **amount, entry); !done) return tl::unexpected(done.error());
    entry.debtor = party_of(message.field("50a")).name;
    const Party agent = party_of(message.field("52a"));
    entry.debtor_agent = agent.name.empty() ? agent.account : agent.name;
    entry.references.uetr = uetr_in(message.uetr);
    read_texts(message, profile, entry);
    return entry;
}

base::Result<> add_payment(Building& building, const FinMessage& message, const std::string& account, Entry entry) {
    AccountReport report;
    report.message_id = trimmed(message.field("20")->first());
    report.account = account;
    report.currency = entry.currency;
    if (auto begun = building.begin(std::move(report)); !begun) return begun;
    return building.add(std::move(entry));
}

}  // namespace

// A transfer as the banks pass it on: it says what is paid to the account of :59:, not that it is booked there.
base::Result<> read_mt103(Building& building, const FinMessage& message, const Profile& profile) {
    if (auto held = hold_once(message, {"20", "23B", "32A", "50a", "52a", "59a", "70", "71A", "72"}); !held) return held;
    const auto reference = required(message, "20", "the sender's reference");
    if (!reference) return tl::unexpected(reference.error());
    const auto beneficiary = required(message, "59a", "a beneficiary");
    if (!beneficiary) return tl::unexpected(beneficiary.error());
    for (const auto& [tag, what] : {std::pair{"23B", "a kind of operation"}, std::pair{"50a", "an ordering customer"}, std::pair{"71A", "a word on who bears the charges"}}) {
        if (const auto there = required(message, tag, what); !there) return tl::unexpected(there.error());
    }
    auto entry = read_payment(building, message, profile);
    if (!entry) return tl::unexpected(entry.error());
    entry->status = profile.transfer_status;
    entry->type = "MT103";
    entry->references.instruction = trimmed((*reference)->first());
    // "/ROC/" is the ordering customer's own reference, "/RFB/" the beneficiary's.
    const FinField* remittance = message.field("70");
    for (const char* code : {"/ROC/", "/RFB/", "/INV/"}) {
        if (remittance != nullptr && entry->references.end_to_end.empty()) entry->references.end_to_end = payment_reference(*remittance, code);
    }
    return add_payment(building, message, party_of(*beneficiary).account, std::move(*entry));
}

base::Result<> read_mt910(Building& building, const FinMessage& message, const Profile& profile) {
    if (auto held = hold_once(message, {"20", "21", "25a", "13D", "32A", "50a", "52a", "56a", "72"}); !held) return held;
    const auto reference = required(message, "20", "the bank's reference");
    if (!reference) return tl::unexpected(reference.error());
    const auto account = required(message, "25a", "an account");
    if (!account) return tl::unexpected(account.error());
    auto entry = read_payment(building, message, profile);
    if (!entry) return tl::unexpected(entry.error());
    entry->status = kBooked;
    entry->type = "MT910";
    entry->booking_date = entry->value_date;
    read_time(message, *entry);
    entry->references.servicer = trimmed((*reference)->first());
    if (const FinField* related = message.field("21"); related != nullptr && trimmed(related->first()) != "NONREF") {
        entry->references.end_to_end = trimmed(related->first());
        if (entry->references.imad.empty()) entry->references.imad = imad_in(entry->references.end_to_end);
    }
    return add_payment(building, message, trimmed((*account)->first()), std::move(*entry));
}

}  // namespace rightsdesk::bank
