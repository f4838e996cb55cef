#include "bank/mt940.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "bank/fin_parts.h"
#include "bank/found_references.h"
#include "bank/letters.h"
#include "base/texts.h"

namespace rightsdesk::bank {

namespace {

base::Result<domain::Date> fin_day(Building& building, const FinField& field, base::Result<ReadDay> read, std::string_view written) {
    if (!read) return tl::unexpected(at_field(field, read.error()));
    if (read->put_right) building.find(FindingKind::kDate, field.place(), "'" + std::string(written) + "' is no day of the calendar; read as the month's last");
    return read->date;
}

// :60F:C110522EUR3236,28
base::Result<> read_fin_balance(Building& building, const FinField& field) {
    constexpr std::size_t kMostBalances = 1'000;
    constexpr std::size_t kHead = 10;
    const std::string& text = field.first();
    if (text.size() < kHead || (text[0] != 'C' && text[0] != 'D')) return base::invalid(field.place() + ": '" + text.substr(0, 40) + "' is no balance: C or D, YYMMDD, currency, amount");
    const auto day = fin_day(building, field, parse_compact_day(text.substr(1, 6)), text.substr(1, 6));
    if (!day) return tl::unexpected(day.error());
    const std::string currency = text.substr(7, 3);
    const auto amount = parse_amount(text.substr(kHead), ',', currency);
    if (!amount) return tl::unexpected(at_field(field, amount.error()));
    Balance balance;
    balance.type = field.tag;
    if (field.tag[0] == '6' && field.tag[1] == '0') balance.type = "opening";
    if (field.tag[0] == '6' && field.tag[1] == '2') balance.type = "closing";
    if (field.tag == "64") balance.type = "closing_available";
    if (field.tag == "65") balance.type = "forward_available";
    balance.amount_minor = text[0] == 'D' ? -*amount : *amount;
    balance.currency = currency;
    balance.date = *day;
    AccountReport& report = building.report();
    if (report.currency.empty()) report.currency = currency;
    if (report.currency != currency) return base::invalid(field.place() + ": a balance in " + currency + " of an account in " + report.currency + "; a statement is in one currency: ask the bank for it again");
    if (report.balances.size() >= kMostBalances) return base::invalid(field.place() + ": more than " + std::to_string(kMostBalances) + " balances in one message");
    report.balances.push_back(std::move(balance));
    return {};
}

// What :61: has in place of a reference: there is none, or it is in :86: behind a code of this name.
bool stands_elsewhere(const std::string& reference) {
    constexpr std::array<std::string_view, 8> kWords{"NONREF", "EREF", "EREF+", "PREF", "MARF", "KREF", "KREF+", "MREF+"};
    return std::find(kWords.begin(), kWords.end(), reference) != kWords.end();
}

// The mark of a statement line: C, D, RC (a credit taken back: the account loses), RD, EC, ED (expected).
struct Mark {
    bool debit = false;
    bool reversal = false;
    bool expected = false;
};

class StatementLine {
public:
    StatementLine(const FinField& field, const Profile& profile) : field_(field), profile_(profile), rest_(field.first()) {}

    base::Result<Entry> read(Building& building) {
        Entry entry;
        entry.place = field_.place();
        if (auto done = read_days(building, entry); !done) return tl::unexpected(done.error());
        const auto mark = read_mark();
        if (!mark) return tl::unexpected(mark.error());
        // The third letter of the currency, or nothing of meaning; some banks write a blank.
        if (!rest_.empty() && is_capital(rest_.front())) rest_.remove_prefix(1);
        if (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
        const std::size_t end = std::min(rest_.find_first_not_of("0123456789,"), rest_.size());
        const auto amount = parse_amount(rest_.substr(0, end), ',', building.report().currency);
        if (!amount) return tl::unexpected(at_field(field_, amount.error()));
        rest_.remove_prefix(end);
        // "D12,35 NRTI": not in the standard, and written by several banks.
        rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
        entry.reversal = mark->reversal;
        entry.direction = mark->debit ? kDebit : kCredit;
        entry.amount_minor = mark->debit ? -*amount : *amount;
        entry.status = mark->expected ? kPending : kBooked;
        read_type_and_references(entry);
        return entry;
    }

private:
    base::Result<> read_days(Building& building, Entry& entry) {
        const auto value = fin_day(building, field_, parse_compact_day(rest_.substr(0, 6)), rest_.substr(0, 6));
        if (!value) return tl::unexpected(value.error());
        entry.value_date = *value;
        rest_.remove_prefix(6);
        if (!rest_.empty() && is_digit(rest_.front())) {
            const auto booked = fin_day(building, field_, parse_month_day(rest_.substr(0, 4), *value), rest_.substr(0, 4));
            if (!booked) return tl::unexpected(booked.error());
            entry.booking_date = *booked;
            rest_.remove_prefix(4);
        }
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
        // The entry date is optional; without it the entry was booked on its value date.
        if (!entry.booking_date) entry.booking_date = entry.value_date;
        return {};
    }

    base::Result<Mark> read_mark() {
        Mark mark;
        if (!rest_.empty() && (rest_.front() == 'R' || rest_.front() == 'E') && rest_.size() > 1 && (rest_[1] == 'C' || rest_[1] == 'D')) {
            mark.reversal = rest_.front() == 'R';
            mark.expected = rest_.front() == 'E';
            rest_.remove_prefix(1);
        }
        if (rest_.empty() || (rest_.front() != 'C' && rest_.front() != 'D')) {
            return base::invalid(field_.place() + ": '" + std::string(rest_.substr(0, 10)) + "' stands where C, D, RC or RD should");
        }
        mark.debit = rest_.front() == 'D';
        // RC takes a credit back. A bank whose profile says so writes the mark of the booking itself behind the R.
        if (mark.reversal && profile_.reversal_sign == ReversalSign::kStandard) mark.debit = !mark.debit;
        rest_.remove_prefix(1);
        return mark;
    }

    // "NTRFNONREF//MB170119012058": type, the owner's reference, the servicer's; on the second line further details.
    void read_type_and_references(Entry& entry) {
        constexpr std::size_t kTypeLength = 4;
        const std::string_view type = rest_.substr(0, kTypeLength);
        if (type.size() == kTypeLength && is_capital(type.front()) && std::all_of(type.begin() + 1, type.end(), [](char sign) { return is_digit(sign) || is_capital(sign) || sign == ' '; })) {
            entry.type = std::string(type);
            rest_.remove_prefix(kTypeLength);
        }
        // An IMAD is longer than the 16 characters that a reference has here; a bank may write one all the same.
        find_in_text(entry.references, rest_);
        const std::size_t parted = rest_.find("//");
        const std::string owner = reference_of(rest_.substr(0, parted), entry);
        if (!stands_elsewhere(owner)) entry.references.end_to_end = owner;
        if (parted != std::string_view::npos) entry.references.servicer = reference_of(rest_.substr(parted + 2), entry);
        if (stands_elsewhere(entry.references.servicer)) entry.references.servicer.clear();
        for (std::size_t at = 1; at < field_.lines.size(); ++at) append_words(entry.additional, trimmed(field_.lines[at]), '\n');
    }

    // A reference has 16 characters; what a bank writes behind them ("0121470966      W. P. JANSEN") is none of it.
    static std::string reference_of(std::string_view text, Entry& entry) {
        constexpr std::size_t kLongest = 16;
        if (text.size() > kLongest) append_words(entry.additional, trimmed(text.substr(kLongest)), '\n');
        return trimmed(text.substr(0, kLongest));
    }

    const FinField& field_;
    const Profile& profile_;
    std::string_view rest_;
};

// Whether the other party that :86: names is who paid: of a credit, and of a debit that takes one back. Of our own payments it is who was paid,
// also where one came back to us.
bool names_debtor(const Profile& profile, const Entry& entry) {
    const bool came_back = entry.reversal || !entry.return_reason.empty() || is_type(profile.types.returns, entry.type);
    return (entry.direction == kCredit) != came_back;
}

void read_information(const Profile& profile, const FinField& field, Entry& entry) {
    const std::string text = text_of(field);
    append_words(entry.remittance, text, '\n');
    const Structured information = structured(field);
    if (entry.references.end_to_end.empty()) entry.references.end_to_end = information.end_to_end;
    if (entry.references.batch.empty()) entry.references.batch = information.batch;
    if (entry.return_reason.empty()) entry.return_reason = information.return_reason;
    if (names_debtor(profile, entry)) {
        if (entry.debtor.empty()) entry.debtor = information.name;
        if (entry.debtor_agent.empty()) entry.debtor_agent = information.agent;
    }
    // Also as it was before the bank broke its lines, which it does within words.
    const std::string unbroken = joined_lines(field);
    read_labels(profile, text, entry);
    find_in_text(entry.references, text);
    find_in_text(entry.references, unbroken);
}

base::Result<> begin_report(Building& building, const FinMessage& message) {
    AccountReport report;
    const FinField* reference = message.field("20");
    const FinField* account = message.field("25a");
    if (reference != nullptr) report.message_id = trimmed(reference->first());
    if (account != nullptr) report.account = trimmed(account->first());
    if (const FinField* number = message.field("28a"); number != nullptr) report.id = trimmed(number->first());
    const bool whole = reference != nullptr && account != nullptr;
    if (!whole && message.field("61") != nullptr) {
        return base::invalid("line " + std::to_string(message.line) + ": entries without the message's :20: and :25:, so nobody knows whose they are");
    }
    if (!whole) building.find(FindingKind::kFragment, "line " + std::to_string(message.line), "a part of a message: it has no " + std::string(reference == nullptr ? ":20:" : ":25:"));
    return building.begin(std::move(report));
}

// What the entries of one side come to, with those that are only expected (EC, ED) and without: banks count either way.
struct SideTotal {
    std::size_t count = 0;
    std::int64_t sum = 0;
    bool holds = true;

    void add(const Entry& entry) {
        ++count;
        holds = holds && add_up(sum, std::abs(entry.amount_minor));
    }
};
struct InterimSide {
    SideTotal all;
    SideTotal booked;
};
struct InterimTotals {
    InterimSide debits;
    InterimSide credits;

    void add(const Entry& entry) {
        InterimSide& side = entry.direction == kDebit ? debits : credits;
        side.all.add(entry);
        if (entry.status == kBooked) side.booked.add(entry);
    }
};

// :61: with the :86: behind it, of which some banks write several, a line in each.
base::Result<InterimTotals> read_entries(Building& building, const FinMessage& message, const Profile& profile, bool interim) {
    InterimTotals totals;
    const auto is_information = [&message](std::size_t at) { return at < message.fields.size() && message.fields[at].tag == "86"; };
    for (std::size_t at = 0; at < message.fields.size(); ++at) {
        const FinField& field = message.fields[at];
        if (field.tag != "61") continue;
        auto entry = StatementLine(field, profile).read(building);
        if (!entry) return tl::unexpected(entry.error());
        totals.add(*entry);
        if (interim && entry->status == kBooked) entry->status = profile.interim_status;
        find_in_text(entry->references, entry->additional);
        for (std::size_t further = at + 1; is_information(further); ++further) read_information(profile, message.fields[further], *entry);
        if (entry->remittance.empty()) entry->remittance = entry->additional;
        if (auto added = building.add(std::move(*entry)); !added) return tl::unexpected(added.error());
    }
    return totals;
}

// :34F:USD10000, for both sides, or :34F:USDD5000, and :34F:USDC10000, for each. Entries below the floor are counted and not told of one by one.
bool has_floor(const FinMessage& message, bool debits) {
    constexpr std::size_t kCurrency = 3;
    return std::any_of(message.fields.begin(), message.fields.end(), [debits](const FinField& field) {
        if (field.tag != "34F" || field.first().size() <= kCurrency) return false;
        const std::string_view text = std::string_view(field.first()).substr(kCurrency);
        const bool of_other_side = text.front() == (debits ? 'C' : 'D');
        return !of_other_side && text.find_first_of("123456789") != std::string_view::npos;
    });
}

bool sum_fits(std::int64_t count, std::int64_t sum, const SideTotal& found, bool has_more) {
    const auto found_count = static_cast<std::int64_t>(found.count);
    if (!found.holds) return false;
    return has_more ? count >= found_count && sum >= found.sum : count == found_count && sum == found.sum;
}

// :90C:3PLN0,03 against what the message has. One without entries tells of the sums alone, which some banks send by choice.
base::Result<> check_sum(Building& building, const FinMessage& message, const char* tag, const InterimSide& found, bool debits) {
    const FinField* field = message.field(tag);
    if (field == nullptr) return {};
    const std::string& text = field->first();
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto count = base::whole_number(std::string_view(text).substr(0, digits));
    if (!count || text.size() < digits + 3) return base::invalid(field->place() + ": '" + text.substr(0, 40) + "' is no count, currency and sum");
    const auto stated = parse_amount(text.substr(digits + 3), ',', text.substr(digits, 3));
    if (!stated) return tl::unexpected(at_field(*field, stated.error()));
    if (message.field("61") == nullptr) return {};
    const bool has_more = has_floor(message, debits);
    if (sum_fits(*count, *stated, found.all, has_more) || sum_fits(*count, *stated, found.booked, has_more)) return {};
    const std::string what = "it says " + text.substr(0, 40) + ", the message has " + std::to_string(found.all.count) + " entries of " + minor_text(found.all.sum) + (has_more ? " above its floor (:34F:)" : "");
    if (refuses_to_read(building.profile(), FindingKind::kSums)) {
        return base::invalid(field->place() + ": " + what + "; if this bank miscounts, say so in its profile (tolerate = [\"sums\"])");
    }
    building.find(FindingKind::kSums, field->place(), what);
    return {};
}

}  // namespace

base::Result<> read_mt940(Building& building, const FinMessage& message, const Profile& profile) {
    // A fragment, which has no :20:, may be lines of several messages; it is told of as such.
    const bool is_message = message.field("20") != nullptr;
    const auto held = is_message ? hold_once(message, {"20", "21", "25a", "28a", "60a", "62a", "64"}) : base::Result<>();
    if (!held) return held;
    if (auto begun = begin_report(building, message); !begun) return begun;
    for (const FinField& field : message.fields) {
        const bool is_balance = field.tag.size() >= 2 && field.tag[0] == '6' && std::string_view("0245").find(field.tag[1]) != std::string_view::npos;
        if (!is_balance) continue;
        if (auto done = read_fin_balance(building, field); !done) return done;
    }
    const std::string place = "line " + std::to_string(message.line);
    if (message.field("60a") == nullptr && is_message) return base::invalid(place + ": an MT940 without an opening balance (:60F: or :60M:)");
    if (message.field("62a") == nullptr && is_message) {
        return base::invalid(place + ": an MT940 without a closing balance (:62F: or :62M:); it was cut off: ask the bank for it again");
    }
    if (const auto read = read_entries(building, message, profile, false); !read) return tl::unexpected(read.error());
    building.check_balance(place);
    return {};
}

base::Result<> read_mt942(Building& building, const FinMessage& message, const Profile& profile) {
    if (auto held = hold_once(message, {"20", "21", "25a", "28a", "13D", "90C", "90D"}); !held) return held;
    if (auto begun = begin_report(building, message); !begun) return begun;
    // :34F:PLN0 or :34F:PLND0, the floor below which entries are not told of one by one; it names the currency, or the sums do (:90C:3PLN0,03).
    for (const char* tag : {"34F", "90C", "90D"}) {
        const FinField* field = message.field(tag);
        if (field == nullptr || !building.report().currency.empty()) continue;
        const std::string& text = field->first();
        const std::string currency = text.substr(std::min(text.find_first_not_of("0123456789"), text.size()), 3);
        if (decimals_of(currency)) building.report().currency = currency;
    }
    if (building.report().currency.empty()) return base::invalid("line " + std::to_string(message.line) + ": an MT942 without its currency (:34F:, :90C: or :90D:)");
    if (message.field("28C") == nullptr || message.field("13D") == nullptr) {
        building.find(FindingKind::kFragment, "line " + std::to_string(message.line), "an MT942 without :28C: or :13D:");
    }
    const auto totals = read_entries(building, message, profile, true);
    if (!totals) return tl::unexpected(totals.error());
    if (auto done = check_sum(building, message, "90D", totals->debits, true); !done) return done;
    return check_sum(building, message, "90C", totals->credits, false);
}

}  // namespace rightsdesk::bank
