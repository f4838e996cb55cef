#include "bank/bai2.h"

#include <algorithm>
#include <array>

#include "bank/bai2_records.h"
#include "bank/building.h"
#include "bank/found_references.h"
#include "bank/letters.h"

namespace rightsdesk::bank {

namespace {

base::Error at_record(const BaiRecord& record, const base::Error& error) { return {error.kind, record.place() + ": " + error.message}; }

std::optional<int> small_number(const std::string& text) {
    constexpr std::size_t kMostDigits = 6;
    if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    // Banks fill a count with zeros: "00000002".
    const std::string digits = text.substr(std::min(text.find_first_not_of('0'), text.size() - 1));
    return digits.size() > kMostDigits ? std::nullopt : std::optional(std::stoi(digits));
}

// What a type code says of the account: 100 to 399 and 920 to 959 credit it, 400 to 699 and 960 to 999 debit it; 7nn (loans), 890 and
// the rest tell of no movement.
enum class Movement : unsigned char { kCredits, kDebits, kNone };
Movement movement_of(int type) {
    if ((type >= 100 && type <= 399) || (type >= 920 && type <= 959)) return Movement::kCredits;
    if ((type >= 400 && type <= 699) || (type >= 960 && type <= 999)) return Movement::kDebits;
    return Movement::kNone;
}

// Types of balances, and the totals of all credits and of all debits: as an entry they would be the same money again.
bool is_of_account(int type) { return type < 100 || type == 100 || type == 400; }

// Types of entries that take back another: returned items, reversals, rejected payments. 567 is the fee for one, and none.
constexpr std::array<int, 18> kReversals{123, 252, 255, 257, 258, 261, 266, 268, 395, 423, 552, 555, 557, 558, 561, 566, 568, 695};
// Checks, whose customer's reference is the check's number.
constexpr std::array<int, 5> kChecks{475, 555, 255, 395, 695};

// NACHA's code ("R01") or "NSF", as a word of its own: banks write it at the end of a return's text.
std::string return_code_in(std::string_view text) {
    constexpr std::size_t kLength = 3;
    for (std::size_t at = 0; at + kLength <= text.size(); ++at) {
        const std::string_view word = text.substr(at, kLength);
        const bool apart = (at == 0 || !is_alphanumeric(text[at - 1])) && (at + kLength == text.size() || !is_alphanumeric(text[at + kLength]));
        const bool is_code = word == "NSF" || (word[0] == 'R' && is_digit(word[1]) && is_digit(word[2]));
        if (apart && is_code) return std::string(word);
    }
    return {};
}

template <class Types>
bool is_among(const Types& types, int type) { return std::find(types.begin(), types.end(), type) != types.end(); }

struct Counted {
    std::int64_t total = 0;
    std::size_t parts = 0;        // accounts of a group, groups of a file
    std::size_t records = 0;
};

class BaiReader {
public:
    explicit BaiReader(const Profile& profile) : profile_(profile), building_("bai2", profile) {}

    base::Result<Statement> read(const std::vector<BaiRecord>& records) {
        if (records.empty() || records.front().code != 1) return base::invalid("line 1: a BAI2 file begins with record 01");
        for (const BaiRecord& record : records) {
            if (const auto taken = take(record); !taken) return tl::unexpected(taken.error());
        }
        if (!file_ended_) return base::invalid("record 99 is missing: the file was cut off; ask the bank for it again");
        return building_.finish();
    }

private:
    base::Result<> take(const BaiRecord& record) {
        if (file_ended_) return base::invalid(record.place() + ": it stands behind the file's end (99)");
        file_.records += record.records();
        group_.records += record.records();
        account_.records += record.records();
        switch (record.code) {
            case 1: return begin_file(record);
            case 2: return begin_group(record);
            case 3: return begin_account(record);
            case 16: return take_entry(record);
            case 49: return end_account(record);
            case 98: return end_group(record);
            case 99: return end_file(record);
            default: return base::invalid(record.place() + ": a record of no kind that BAI2 has");
        }
    }

    // 01,sender,receiver,date,time,file id,...
    base::Result<> begin_file(const BaiRecord& record) {
        if (file_began_) return base::invalid(record.place() + ": a second file header");
        file_began_ = true;
        BaiFields fields(record);
        const std::string sender = fields.next();
        fields.next();
        const std::string date = fields.next();
        const std::string time = fields.next();
        const std::string id = fields.next();
        if (const auto day = parse_compact_day(date); !day) return tl::unexpected(at_record(record, day.error()));
        message_id_ = sender + "." + date + "." + time + "." + id;
        return {};
    }

    // 02,receiver,originator,status,as-of date,as-of time,currency,modifier
    base::Result<> begin_group(const BaiRecord& record) {
        if (!file_began_ || in_group_) return base::invalid(record.place() + ": a group begins here, where the one before has no trailer (98)");
        in_group_ = true;
        group_ = {0, 0, record.records()};
        BaiFields fields(record);
        fields.next();
        originator_ = fields.next();
        const std::string status = fields.next();
        const auto day = parse_compact_day(fields.next());
        if (!day) return tl::unexpected(at_record(record, day.error()));
        fields.next();
        const std::string currency = fields.next();
        const std::string modifier = fields.next();
        constexpr std::string_view kStatuses = "1234";
        if (!status.empty() && (status.size() != 1 || kStatuses.find(status.front()) == std::string_view::npos)) {
            return base::invalid(record.place() + ": '" + status.substr(0, 10) + "' is no status of a group (1 new, 2 deletion, 3 correction, 4 test)");
        }
        if (day->put_right) building_.find(FindingKind::kDate, record.place(), "the as-of date is no day of the calendar; read as the month's last");
        as_of_ = day->date;
        deletes_ = status == "2";
        test_only_ = status == "4";
        // The standard's default: where neither account nor group names one.
        group_currency_ = currency.empty() ? "USD" : currency;
        interim_ = modifier == "1" || modifier == "3";
        return {};
    }

    // 03,account,currency,{type,amount,items,funds}...
    base::Result<> begin_account(const BaiRecord& record) {
        if (!in_group_ || in_account_) return base::invalid(record.place() + ": an account begins here, where the one before has no trailer (49), or outside of a group");
        in_account_ = true;
        account_ = {0, 0, record.records()};
        BaiFields fields(record);
        AccountReport report;
        report.message_id = message_id_;
        report.account = fields.next();
        report.currency = fields.next();
        if (report.currency.empty()) report.currency = group_currency_;
        report.servicer = originator_;
        report.test_only = test_only_;
        report.deletes = deletes_;
        if (report.account.empty()) return base::invalid(record.place() + ": an account without its number");
        if (!decimals_of(report.currency)) return base::invalid(record.place() + ": '" + report.currency.substr(0, 10) + "' is no currency");
        if (auto begun = building_.begin(std::move(report)); !begun) return begun;
        return read_summaries(record, fields);
    }

    base::Result<> read_summaries(const BaiRecord& record, BaiFields& fields) {
        while (!fields.done()) {
            const std::string type = fields.next();
            if (type.empty()) continue;
            const std::string amount = fields.next();
            fields.next();
            if (const auto funds = read_funds(record, fields); !funds) return tl::unexpected(funds.error());
            if (amount.empty()) continue;
            const auto minor = parse_signed_minor(amount);
            if (!minor) return tl::unexpected(at_record(record, minor.error()));
            if (!add_up(account_.total, *minor)) return base::invalid(record.place() + ": the amounts come to more than any total taken");
            if (type.size() == 3 && type.front() == '0') building_.report().balances.push_back({balance_type(type), *minor, building_.report().currency, as_of_});
        }
        return {};
    }

    static std::string balance_type(const std::string& code) {
        if (code == "010") return "opening";
        if (code == "015") return "closing";
        if (code == "040") return "opening_available";
        if (code == "045") return "closing_available";
        return code;
    }

    // The funds type with what belongs to it: when the money may be used.
    base::Result<std::vector<Availability>> read_funds(const BaiRecord& record, BaiFields& fields) {
        std::vector<Availability> available;
        const std::string type = fields.next();
        if (type.empty() || type == "Z") return available;
        if (type == "0" || type == "1" || type == "2") {
            available.push_back({std::nullopt, type.front() - '0', std::nullopt});
            return available;
        }
        if (type == "V") {
            const std::string written = fields.next();
            fields.next();
            if (written.empty()) return available;
            const auto day = parse_compact_day(written);
            if (!day) return tl::unexpected(at_record(record, day.error()));
            available.push_back({std::nullopt, std::nullopt, day->date});
            return available;
        }
        if (type == "S") return read_parts(record, fields, {0, 1, 2});
        if (type == "D") return read_distributed(record, fields);
        return base::invalid(record.place() + ": '" + type.substr(0, 10) + "' is no funds type (0, 1, 2, S, V, D, Z)");
    }

    base::Result<std::vector<Availability>> read_parts(const BaiRecord& record, BaiFields& fields, const std::vector<int>& days) {
        std::vector<Availability> available;
        for (const int day : days) {
            const std::string amount = fields.next();
            if (amount.empty()) continue;
            const auto minor = parse_signed_minor(amount);
            if (!minor) return tl::unexpected(at_record(record, minor.error()));
            available.push_back({*minor, day, std::nullopt});
        }
        return available;
    }

    base::Result<std::vector<Availability>> read_distributed(const BaiRecord& record, BaiFields& fields) {
        constexpr int kMostParts = 1'000;
        const auto count = small_number(fields.next());
        if (!count || *count > kMostParts) return base::invalid(record.place() + ": a funds type D without the number of its parts, or with more than " + std::to_string(kMostParts));
        std::vector<Availability> available;
        for (int part = 0; part < *count; ++part) {
            const auto days = small_number(fields.next());
            const auto minor = parse_signed_minor(fields.next());
            if (!days || !minor) return base::invalid(record.place() + ": a part of funds type D without its days or amount");
            available.push_back({*minor, *days, std::nullopt});
        }
        return available;
    }

    // 16,type,amount,funds type,bank's reference,customer's reference,text
    base::Result<> take_entry(const BaiRecord& record) {
        if (!in_account_) return base::invalid(record.place() + ": an entry outside of an account");
        BaiFields fields(record);
        const std::string type = fields.next();
        const auto code = small_number(type);
        if (type.size() != 3 || !code) return base::invalid(record.place() + ": '" + type.substr(0, 10) + "' is no type code of three digits");
        if (is_of_account(*code)) return base::invalid(record.place() + ": type " + type + " tells of the whole account, so it stands in record 03, and not in one of an entry");
        const std::string amount = fields.next();
        // 890 is a text without an amount.
        const auto minor = amount.empty() && movement_of(*code) == Movement::kNone ? base::Result<std::int64_t>(0) : parse_signed_minor(amount);
        if (!minor) return tl::unexpected(at_record(record, minor.error()));
        if (*minor < 0) return base::invalid(record.place() + ": " + amount.substr(0, 40) + " has a sign, and by the standard the type says which way an entry's amount goes; ask the bank which is meant");
        if (!add_up(account_.total, *minor)) return base::invalid(record.place() + ": the amounts come to more than any total taken");
        auto funds = read_funds(record, fields);
        if (!funds) return tl::unexpected(funds.error());
        if (auto held = hold_parts(record, *funds, *minor); !held) return held;
        Entry entry;
        entry.place = record.place();
        entry.type = type;
        const Movement movement = movement_of(*code);
        const bool debits = movement == Movement::kDebits;
        entry.amount_minor = debits ? -*minor : *minor;
        entry.direction = debits ? kDebit : kCredit;
        entry.status = movement == Movement::kNone ? kForInformation : interim_ ? profile_.interim_status : std::string(kBooked);
        entry.booking_date = as_of_;
        for (const Availability& one : *funds) {
            if (one.date) entry.value_date = one.date;
            else if (funds->size() == 1 && one.days == 0) entry.value_date = as_of_;
        }
        entry.available = std::move(*funds);
        entry.reversal = is_among(kReversals, *code);
        entry.references.servicer = fields.next();
        entry.references.end_to_end = fields.next();
        entry.remittance = fields.rest();
        read_texts(entry, *code);
        return building_.add(std::move(entry));
    }

    void read_texts(Entry& entry, int code) {
        read_labels(profile_, entry.remittance, entry);
        find_in_text(entry.references, entry.remittance);
        for (const std::string* reference : {&entry.references.servicer, &entry.references.end_to_end}) find_in_text(entry.references, *reference);
        if (entry.reversal && entry.return_reason.empty()) entry.return_reason = return_code_in(entry.remittance);
        const std::string& number = entry.references.end_to_end;
        const bool digits = !number.empty() && number.find_first_not_of("0123456789") == std::string::npos;
        if (entry.references.check_number.empty() && digits && is_among(kChecks, code)) entry.references.check_number = number;
    }

    // 49,control total,records
    base::Result<> end_account(const BaiRecord& record) {
        if (!in_account_) return base::invalid(record.place() + ": the end of an account, and none has begun");
        in_account_ = false;
        ++group_.parts;
        BaiFields fields(record);
        if (auto held = hold(record, fields.next(), account_.total, "the amounts of the account", group_.total); !held) return held;
        return hold_count(record, fields.next(), account_.records, "records in the account");
    }

    // 98,control total,accounts,records
    base::Result<> end_group(const BaiRecord& record) {
        if (!in_group_ || in_account_) return base::invalid(record.place() + ": the end of a group, where no group is or its account has no trailer (49)");
        in_group_ = false;
        ++file_.parts;
        BaiFields fields(record);
        if (auto held = hold(record, fields.next(), group_.total, "the control totals of the accounts", file_.total); !held) return held;
        if (auto held = hold_count(record, fields.next(), group_.parts, "accounts in the group"); !held) return held;
        return hold_count(record, fields.next(), group_.records, "records in the group");
    }

    // 99,control total,groups,records
    base::Result<> end_file(const BaiRecord& record) {
        if (in_group_ || !file_began_) return base::invalid(record.place() + ": the end of the file, where a group has no trailer (98)");
        file_ended_ = true;
        BaiFields fields(record);
        std::int64_t nowhere = 0;
        if (auto held = hold(record, fields.next(), file_.total, "the control totals of the groups", nowhere); !held) return held;
        if (auto held = hold_count(record, fields.next(), file_.parts, "groups in the file"); !held) return held;
        return hold_count(record, fields.next(), file_.records, "records in the file");
    }

    // What a trailer states is what the one above it adds up.
    base::Result<> hold(const BaiRecord& record, const std::string& stated, std::int64_t found, const char* of_what, std::int64_t& above) {
        // An account without amounts may have no total either.
        const auto total = stated.empty() && found == 0 ? base::Result<std::int64_t>(0) : parse_signed_minor(stated);
        if (!total) return tl::unexpected(at_record(record, total.error()));
        if (!add_up(above, *total)) return base::invalid(record.place() + ": the control totals come to more than any total taken");
        if (*total == found) return {};
        return miscounted(record, "the control total is " + stated.substr(0, 40) + ", " + of_what + " come to " + minor_text(found));
    }

    // What is available at once and what later (funds types S and D) is all of the amount.
    base::Result<> hold_parts(const BaiRecord& record, const std::vector<Availability>& parts, std::int64_t amount) {
        std::int64_t sum = 0;
        for (const Availability& one : parts) {
            if (!one.amount_minor) return {};
            if (!add_up(sum, *one.amount_minor)) return base::invalid(record.place() + ": the parts of the amount come to more than any sum taken");
        }
        if (parts.empty() || sum == amount) return {};
        return miscounted(record, "the amount is " + minor_text(amount) + ", its parts by the day on which they are available come to " + minor_text(sum));
    }

    base::Result<> hold_count(const BaiRecord& record, const std::string& stated, std::size_t found, const char* of_what) {
        const auto count = small_number(stated);
        if (!count) return base::invalid(record.place() + ": '" + stated.substr(0, 20) + "' is no number of " + of_what);
        if (static_cast<std::size_t>(*count) == found) return {};
        return miscounted(record, "it says " + stated + " " + of_what + ", there are " + std::to_string(found));
    }

    base::Result<> miscounted(const BaiRecord& record, const std::string& what) {
        if (refuses_to_read(profile_, FindingKind::kTrailer)) {
            return base::invalid(record.place() + ": " + what + "; if this bank miscounts, say so in its profile (tolerate = [\"trailer\"])");
        }
        building_.find(FindingKind::kTrailer, record.place(), what);
        return {};
    }

    const Profile& profile_;
    Building building_;
    std::string message_id_;
    std::string originator_;
    std::string group_currency_;
    domain::Date as_of_;
    bool deletes_ = false;
    bool test_only_ = false;
    bool interim_ = false;
    bool file_began_ = false;
    bool file_ended_ = false;
    bool in_group_ = false;
    bool in_account_ = false;
    Counted file_;
    Counted group_;
    Counted account_;
};

}  // namespace

base::Result<Statement> read_bai2(std::string_view text, const Profile& profile) {
    const auto records = split_bai2(text);
    if (!records) return tl::unexpected(records.error());
    return BaiReader(profile).read(*records);
}

std::string bai2_sender(std::string_view text) {
    constexpr std::string_view kHeader = "01,";
    if (text.substr(0, kHeader.size()) != kHeader) return {};
    text.remove_prefix(kHeader.size());
    return std::string(text.substr(0, std::min<std::size_t>(text.find_first_of(",/\r\n"), 60)));
}

}  // namespace rightsdesk::bank
