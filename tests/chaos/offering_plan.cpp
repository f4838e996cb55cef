#include "chaos/offering_plan.h"

#include <map>
#include <stdexcept>

#include "base/hash.h"
#include "chaos/dice.h"
#include "domain/civil.h"
#include "support/files.h"

namespace rightsdesk::chaos {

namespace {

using namespace domain;  // what is handed over is told in the domain's words
using nlohmann::json;
using support::replaced;

constexpr const char* kZone = "America/New_York";
constexpr std::int64_t kMillisecond = 1'000'000;

Instant instant_of(const std::string& civil) { return resolve(civil, kZone)->instant; }
Date day_of(Instant instant) { return *date_in(instant, kZone); }

struct Slot {
    const char* civil;
    std::int64_t milliseconds;  // beside it
    bool rests;
};
enum : std::size_t {
    kOpening, kFirstPaper, kLastPaperDay = 7, kExtend, kApproveExtension, kBeforeTheHour, kTheHour, kAfterTheHour, kExtendLate, kApproveLate, kPaperMarks,
    kBankMark, kNextDay, kBeforeSecondHour, kSecondHour, kAfterSecondHour, kSecondMarks, kTuesday, kTuesdayCover, kAfterTuesdayCover, kBeforeLastCover,
    kLastCover, kAfterLastCover, kLastMarks, kAllocationByOne, kAllocationByTwo, kRefundsByOne, kRefundsByTwo, kSettling
};
constexpr Slot kSlots[] = {
    {"2002-06-24T09:00:00", 0, false},  {"2002-06-24T11:00:00", 0, true},   {"2002-06-25T10:30:00", 0, false},  {"2002-06-26T09:30:00", 0, false},
    {"2002-06-26T15:00:00", 0, false},  {"2002-06-27T10:00:00", 0, false},  {"2002-06-27T15:30:00", 0, false},  {"2002-06-28T10:00:00", 0, false},
    {"2002-06-28T15:00:00", 0, false},  {"2002-06-28T16:30:00", 0, false},  {"2002-06-28T17:00:00", -1, false}, {"2002-06-28T17:00:00", 0, false},
    {"2002-06-28T17:00:00", 1, false},  {"2002-06-28T17:12:00", 0, false},  {"2002-06-28T17:15:00", 0, false},  {"2002-06-28T17:20:00", 0, false},
    {"2002-06-28T17:25:00", 0, false},  {"2002-07-01T10:00:00", 0, false},  {"2002-07-01T17:00:00", -1, false}, {"2002-07-01T17:00:00", 0, false},
    {"2002-07-01T17:00:00", 1, false},  {"2002-07-01T17:20:00", 0, false},  {"2002-07-02T12:00:00", 0, false},  {"2002-07-02T17:00:00", 0, false},
    {"2002-07-02T17:00:00", 1, false},  {"2002-07-03T17:00:00", -1, false}, {"2002-07-03T17:00:00", 0, false},  {"2002-07-03T17:00:00", 1, false},
    {"2002-07-03T17:30:00", 0, false},  {"2002-07-05T10:00:00", 0, true},   {"2002-07-05T11:00:00", 0, true},   {"2002-07-05T14:00:00", 0, true},
    {"2002-07-05T14:30:00", 0, true},   {"2002-07-08T10:00:00", 0, true}};
static_assert(std::size(kSlots) == kSettling + 1);

Instant slot_time(std::size_t slot) { return Instant(instant_of(kSlots[slot].civil).value + kSlots[slot].milliseconds * kMillisecond); }

// Where an hour is extended to, and when.
enum class Hour : unsigned char { kKept, kExtendedBefore, kExtendedAfter };

struct Site {
    OfferingId id;
    Hour hour = Hour::kKept;
    std::int64_t price = 0;
    std::string fax;
    std::string mail;
    std::string courier;
    std::string account;
    [[nodiscard]] bool extended() const { return hour != Hour::kKept; }
};

// Letters only, and never the same twice: a holder's name.
std::string word_of(std::uint64_t number) {
    std::string word(1, static_cast<char>('A' + number % 26));
    for (std::uint64_t rest = number / 26 + 1; rest > 0; rest /= 26) word += static_cast<char>('a' + rest % 26);
    return word + "berg";
}

class Planner {
public:
    Planner(std::uint64_t seed, int offerings, std::string terms_toml) : dice_(seed), seed_(seed), terms_toml_(std::move(terms_toml)) {
        for (std::size_t slot = 0; slot < std::size(kSlots); ++slot) plan_.rounds.push_back({slot_time(slot), kSlots[slot].rests, {}});
        for (int which = 0; which < offerings; ++which) plan_one(which);
        watermarks();
        for (Round& round : plan_.rounds) {
            for (Message& message : round.messages) {
                message.echoed = dice_.in(20);
                const bool may = std::holds_alternative<SubmitNotice>(message.command) || std::holds_alternative<ConfirmWire>(message.command);
                message.contradicted = may && dice_.in(6);
            }
            dice_.shuffle(round.messages);
        }
    }
    Plan plan() && { return std::move(plan_); }

private:
    // The number under which it will be said.
    std::uint64_t add(std::size_t slot, const std::string& source, ServiceName door, Command command, json facts) {
        const std::uint64_t sequence = ++numbers_[source];
        plan_.rounds.at(slot).messages.push_back({source, sequence, door, std::move(command), std::move(facts)});
        return sequence;
    }

    void plan_one(int which) {
        Site site;
        const std::string digit = std::to_string(which + 1);
        site.id = "chaos-" + std::to_string(seed_) + "-" + digit;
        site.hour = static_cast<Hour>((static_cast<std::uint64_t>(which) + seed_) % 3);
        site.price = dice_.one_of(std::vector<std::int64_t>{200, 337, 1'099});
        site.fax = "+1718555010" + digit;
        site.mail = "5" + digit + " Maiden Lane, New York, NY 10038";
        site.courier = digit + "201 15th Avenue, Brooklyn, NY 11219";
        site.account = "021000018/890-0032-14" + digit;
        plan_.offerings.push_back(site.id);
        basic_ = over_ = 0;
        const auto papers = dice_.between(14, 20);
        for (std::int64_t paper = 0; paper < papers; ++paper) plan_paper(site);
        for (const std::size_t slot : {kBeforeTheHour, kTheHour, kAfterTheHour}) at_the_hour(site, slot);
        if (site.extended()) {
            for (const std::size_t slot : {kNextDay, kBeforeSecondHour, kSecondHour, kAfterSecondHour}) at_the_hour(site, slot);
        }
        unlisted(site);
        stray_certificates(site);
        extend(site);
        decide_by_people(site);
        open(site);
    }

    // As many shares as the basic claims, and some of what is asked over: rounds and fractions.
    void open(const Site& site) {
        const std::int64_t offered = basic_ + over_ * dice_.between(20, 80) / 100 + dice_.between(1, 9);
        std::string text = replaced(terms_toml_, "rare-medium-2002", site.id);
        text = replaced(text, "021000018/890-0032-147", site.account);
        text = replaced(text, "+17185550101", site.fax);
        text = replaced(text, "59 Maiden Lane, New York, NY 10038", site.mail);
        text = replaced(text, "6201 15th Avenue, Brooklyn, NY 11219", site.courier);
        text = replaced(text, "52_615_467", std::to_string(offered));
        text = replaced(text, "\"2.00\"", "\"" + price_text(site) + "\"");
        add(kOpening, "alice", ServiceName::kDeadlineMonitor, OpenOffering{text},
            {{"kind", "open"}, {"offering", site.id}, {"offered", offered}, {"price", site.price}, {"hour", slot_time(kTheHour).value}});
    }

    static std::string price_text(const Site& site) {
        const std::string cents = std::to_string(site.price % 100);
        return std::to_string(site.price / 100) + "." + (cents.size() < 2 ? "0" : "") + cents;
    }

    // ---- paper ----

    struct Paper {
        std::string name;
        NoticeFields fields;
        NoticeId notice;
        Instant stamp;
        std::int64_t cents = 0;
    };

    Paper a_paper(const Site& site, Instant stamp) {
        Paper paper;
        paper.name = "paper-" + std::to_string(++papers_);
        paper.stamp = stamp;
        NoticeFields& fields = paper.fields;
        const std::int64_t basic = dice_.between(100, 5'000);
        const std::int64_t over = dice_.in(70) ? dice_.between(1, 3'000) : 0;
        basic_ += basic;
        over_ += over;
        paper.cents = (basic + over) * site.price;
        fields.issuer = "Rare Medium Group, Inc.";
        fields.prospectus_date = *parse_date("2002-05-28");
        fields.expiration_date = *parse_date("2002-06-28");
        fields.rights_held = Rights(basic);
        fields.basic_shares = Shares(basic);
        fields.excess_shares = Shares(over);
        fields.subscription_price = price_text(site);
        fields.aggregate_cents = Money(paper.cents);
        fields.payment_delivery = PaymentDelivery::kSeparately;
        fields.signatures = {"/s/ Ida " + word_of(papers_)};
        fields.names = {"Ida " + word_of(papers_)};
        fields.address = "12 Elm Street, Albany, NY 12207";
        fields.telephone = "(518) 555-0142";
        fields.certificate_numbers = {"RC-" + std::to_string(seed_) + "-" + std::to_string(papers_)};
        fields.guarantor_name = dice_.one_of(std::vector<std::string>{"Harbor Securities Corp.", "Meridian Clearing LLC", "Granite & Pell", "Dunmore Brokerage, Inc."});
        fields.guarantor_address = "100 Wall Street, New York, NY 10005";
        fields.guarantor_telephone = "(212) 555-0199";
        fields.signatory = "J. Finch";
        // The guarantees of the second hour are dated as those of the first: their covers end with the others'.
        fields.dated = std::min(day_of(stamp), *parse_date("2002-06-28"));
        pay_by_wire(fields, stamp);
        return paper;
    }

    void pay_by_wire(NoticeFields& fields, Instant stamp) {
        fields.payment_method = PaymentMethod::kWire;
        fields.transferor_institution = "Bowery Trust Company";
        fields.transfer_date = day_of(stamp);
        fields.confirmation_number = "20020627L1B7032R" + std::to_string(1'000 + papers_);
    }

    // Handed over in this slot. `site.fax` may be none that is listed.
    void hand_over(const Site& site, std::size_t slot, Paper& paper, const std::string& gateway, bool listed = true) {
        const bool fax = gateway == "fax-1";
        SubmitNotice command;
        command.document = Bytes("the form of " + paper.name + " as " + gateway + " received it");
        command.media_type = "image/tiff";
        command.sha256 = base::sha256_hex(command.document.view());
        command.stamp = paper.stamp;
        command.channel = fax ? Channel::kFax : Channel::kMail;
        command.address = fax ? (listed ? site.fax : "+17185550199") : site.mail;
        command.sender_station = "+12125550199";
        command.delivery = "delivery-" + paper.name + "-" + gateway;
        command.keyed = paper.fields;
        const std::uint64_t number = add(slot, gateway, ServiceName::kIntake, command,
                                         {{"kind", "notice"}, {"offering", listed ? json(site.id) : json("desk")}, {"paper", paper.name}, {"stamp", paper.stamp.value},
                                          {"basic", paper.fields.basic_shares->value}, {"over", paper.fields.excess_shares->value},
                                          {"dated", paper.fields.dated ? json(domain::to_text(*paper.fields.dated)) : json()}});
        paper.notice = gateway + "." + std::to_string(number);
    }

    void plan_paper(const Site& site) {
        const auto slot = static_cast<std::size_t>(dice_.between(kFirstPaper, kLastPaperDay + 1));
        Paper paper = a_paper(site, Instant(slot_time(slot).value - dice_.between(0, 1'200'000) * kMillisecond));
        const auto fate = dice_.below(100);
        if (fate < 8) paper.fields.dated.reset();
        else if (fate < 14) paper.fields.signatures.clear();
        else if (fate < 20) paper.fields.guarantor_name = "Thornbury Private Wealth";
        const bool by_check = dice_.in(35);
        if (by_check) pay_by_check(site, slot, paper);
        const bool twice = fate >= 90;
        hand_over(site, slot, paper, dice_.in(80) || twice ? "fax-1" : "mail-1");
        const Paper first = paper;
        if (!by_check && dice_.in(90)) wire_for(site, slot, paper);
        certificates_for(site, slot, first);
        if (twice) hand_over(site, std::min<std::size_t>(slot + static_cast<std::size_t>(dice_.below(2)), kLastPaperDay + 1), paper, "mail-1");
    }

    // Stamped at this very slot, and handed over then or in the slot of what is late in coming.
    void at_the_hour(const Site& site, std::size_t slot) {
        for (int count = 0; count < 2; ++count) {
            Paper paper = a_paper(site, slot_time(slot));
            const bool later = count == 1 && slot <= kAfterTheHour;
            hand_over(site, later ? kExtendLate : slot, paper, "fax-1");
            if (dice_.in(70)) wire_for(site, slot, paper);
            certificates_for(site, later ? kExtendLate : slot, paper);
        }
    }

    // To a number that nobody lists: at the desk, until a person says whose it is.
    void unlisted(const Site& site) {
        const std::size_t slot = kLastPaperDay - 1;
        Paper paper = a_paper(site, slot_time(slot));
        hand_over(site, slot, paper, "fax-1", false);
        add(slot + 1, "alice", ServiceName::kIntake, AttributeNotice{paper.notice, site.id, "the form says so"},
            {{"kind", "attribute"}, {"offering", site.id}, {"item", paper.notice}});
    }

    // ---- certificates ----

    void certificates_for(const Site& site, std::size_t slot, const Paper& paper) {
        if (!paper.fields.dated) return;
        static const std::map<std::string, std::vector<std::size_t>> kBy = {
            {"2002-06-24", {5, 6}}, {"2002-06-25", {kLastPaperDay, kBeforeTheHour}}, {"2002-06-26", {kNextDay, kBeforeSecondHour, kSecondHour, kAfterSecondHour}},
            {"2002-06-27", {kTuesday, kTuesdayCover, kAfterTuesdayCover}}, {"2002-06-28", {kTuesday, kBeforeLastCover, kLastCover, kAfterLastCover}}};
        const std::size_t chosen = dice_.one_of(kBy.at(domain::to_text(*paper.fields.dated)));
        if (chosen <= slot || dice_.in(10)) return;  // it never comes
        DeliverCertificates command;
        command.offering = site.id;
        command.notice = paper.notice;
        command.stamp = slot_time(chosen);
        command.address = site.courier;
        command.delivery = "courier-" + paper.name;
        command.rights = *paper.fields.rights_held;
        command.certificate_numbers = paper.fields.certificate_numbers;
        command.signature_guarantee = true;
        add(chosen, "mail-1", ServiceName::kIntake, command,
            {{"kind", "certificates"}, {"offering", site.id}, {"notice", paper.notice}, {"stamp", command.stamp.value}, {"rights", command.rights.value}});
    }

    void stray_certificates(const Site& site) {
        DeliverCertificates command;
        command.offering = site.id;
        command.notice = "fax-1.999999";
        command.stamp = slot_time(kFirstPaper);
        command.address = site.courier;
        command.rights = Rights(1);
        add(kFirstPaper + 1, "mail-1", ServiceName::kIntake, command, {{"kind", "certificates"}, {"offering", site.id}, {"notice", command.notice}, {"unknown", true}});
    }

    // ---- money ----

    std::int64_t sum_for(const Paper& paper) {
        const auto fate = dice_.below(100);
        if (fate < 12) return paper.cents - dice_.between(1, paper.cents / 2);
        if (fate < 27) return paper.cents + dice_.between(1, 99'999);
        return paper.cents;
    }

    // Before the bank's watermark that follows the slot.
    std::size_t told_at(std::size_t slot, std::size_t later) {
        const std::size_t last = slot <= kBankMark ? kPaperMarks : kAfterSecondHour;
        return std::min(std::max(slot, slot + later), last);
    }

    void wire_for(const Site& site, std::size_t slot, const Paper& paper) {
        const std::string money = "money-" + std::to_string(++moneys_);
        ConfirmWire wire;
        wire.account = site.account;
        wire.amount = Money(sum_for(paper));
        wire.currency = "USD";
        wire.value_date = day_of(slot_time(slot));
        wire.credited_at = slot_time(slot);
        wire.institution = "Bowery Trust Company";
        wire.debtor = "HOLDER";
        wire.references.imad = *paper.fields.confirmation_number;
        wire.references.servicer_reference = "AST" + std::to_string(moneys_) + "-1";
        wire.references.end_to_end = "NOTPROVIDED";
        wire.message_id = "MT910-" + money + "-1";
        const json facts = {{"kind", "wire"}, {"offering", site.id}, {"money", money}, {"cents", wire.amount.value}, {"credited", wire.credited_at->value}};
        const std::size_t first = told_at(slot, dice_.in(30) ? 1 + dice_.below(2) : 0);
        add(first, "bank-1", ServiceName::kPaymentClearing, wire, facts);
        if (!dice_.in(30)) return;
        wire.references.uetr = "6f1c2e0a-5b7d-4c39-9a14-" + std::to_string(100'000'000'000 + seed_ % 1'000 * 1'000 + moneys_);
        wire.references.servicer_reference = "AST" + std::to_string(moneys_) + "-2";
        wire.message_id = "MT910-" + money + "-2";
        const std::size_t second = told_at(first, dice_.below(2));
        add(second, "bank-1", ServiceName::kPaymentClearing, wire, facts);
        // The third has neither reference of the first: it is known by the second's alone.
        if (!dice_.in(60) || told_at(second, 1) == second) return;
        wire.references.imad.clear();
        wire.references.servicer_reference = "AST" + std::to_string(moneys_) + "-3";
        wire.message_id = "MT910-" + money + "-3";
        add(told_at(second, 1), "bank-1", ServiceName::kPaymentClearing, wire, facts);
    }

    void pay_by_check(const Site& site, std::size_t slot, Paper& paper) {
        const std::string money = "money-" + std::to_string(++moneys_);
        const bool certified = dice_.in(40);
        const auto method = certified ? PaymentMethod::kCertifiedCheck : PaymentMethod::kUncertifiedCheck;
        NoticeFields& fields = paper.fields;
        fields.payment_method = method;
        fields.transferor_institution.reset();
        fields.transfer_date.reset();
        fields.confirmation_number.reset();
        fields.instrument_date = day_of(paper.stamp);
        fields.instrument_number = std::to_string(10'000 + moneys_);
        fields.drawee = "Albany Savings Bank";
        ReceiveInstrument check;
        check.address = site.mail;
        check.channel = Channel::kMail;
        check.stamp = slot_time(slot);
        check.delivery = "envelope-" + money;
        check.method = method;
        check.amount = Money(sum_for(paper));
        check.currency = "USD";
        check.payee = "American Stock Transfer & Trust Company";
        check.maker = "Ida Holder";
        check.drawee = "Albany Savings Bank";
        check.number = *fields.instrument_number;
        check.instrument_date = fields.instrument_date;
        const json facts = {{"offering", site.id}, {"money", money}, {"cents", check.amount.value}, {"method", certified ? "certified_check" : "uncertified_check"}};
        json received = facts;
        received["kind"] = "instrument";
        add(slot, "mail-1", ServiceName::kPaymentClearing, check, received);
        const auto word = dice_.below(100);
        const std::size_t later = told_at(slot + 1, dice_.below(3));
        if (later <= slot || certified || word < 10) return;
        json said = facts;
        if (word < 75) {
            said["kind"] = "clearance";
            add(later, "bank-1", ServiceName::kPaymentClearing, ConfirmClearance{site.account, check.number, check.drawee, check.amount, slot_time(later), "cleared-" + money}, said);
        } else {
            said["kind"] = "bounce";
            ReportBounce bounce;
            bounce.account = site.account;
            bounce.number = check.number;
            bounce.drawee = check.drawee;
            bounce.amount = check.amount;
            bounce.reason = ReturnReason::kStopPayment;
            bounce.returned_at = slot_time(later);
            bounce.message_id = "returned-" + money;
            add(later, "bank-1", ServiceName::kPaymentClearing, bounce, said);
        }
    }

    // ---- people ----

    void extend(const Site& site) {
        if (!site.extended()) return;
        const bool late = site.hour == Hour::kExtendedAfter;
        const json facts = {{"kind", "extend"}, {"offering", site.id}, {"to", slot_time(kSecondHour).value}};
        add(late ? kExtendLate : kExtend, "alice", ServiceName::kDeadlineMonitor, ProposeExtension{site.id, "2002-07-01T17:00:00", "a storm"}, facts);
        approve(site, late ? kApproveLate : kApproveExtension, "bob", ServiceName::kDeadlineMonitor, "extension-1");
    }

    void approve(const Site& site, std::size_t slot, const std::string& who, ServiceName door, const std::string& proposal) {
        add(slot, who, door, Approve{site.id, proposal}, {{"kind", "approve"}, {"offering", site.id}, {"proposal", proposal}});
    }

    void decide_by_people(const Site& site) {
        approve(site, kAllocationByOne, "alice", ServiceName::kPaymentClearing, "allocation-1");
        approve(site, kAllocationByTwo, "bob", ServiceName::kPaymentClearing, "allocation-1");
        approve(site, kRefundsByOne, "alice", ServiceName::kPaymentClearing, "refunds-1");
        approve(site, kRefundsByTwo, "bob", ServiceName::kPaymentClearing, "refunds-1");
        add(kSettling, "alice", ServiceName::kDeadlineMonitor, SettleOffering{site.id, "transfer agent journal 14"}, {{"kind", "settle"}, {"offering", site.id}});
    }

    void watermarks() {
        const auto say = [&](std::size_t slot, const std::string& who, ServiceName door) {
            add(slot, who, door, AdvanceWatermark{slot_time(slot)}, {{"kind", "watermark"}, {"through", slot_time(slot).value}});
        };
        say(kPaperMarks, "fax-1", ServiceName::kIntake);
        say(kPaperMarks, "mail-1", ServiceName::kIntake);
        say(kBankMark, "bank-1", ServiceName::kPaymentClearing);
        for (const std::size_t slot : {kSecondMarks, kLastMarks}) {
            say(slot, "fax-1", ServiceName::kIntake);
            say(slot, "mail-1", ServiceName::kIntake);
            say(slot, "bank-1", ServiceName::kPaymentClearing);
        }
    }

    Dice dice_;
    std::uint64_t seed_;
    std::string terms_toml_;
    Plan plan_;
    std::map<std::string, std::uint64_t> numbers_;
    std::uint64_t papers_ = 0;
    std::uint64_t moneys_ = 0;
    std::int64_t basic_ = 0;
    std::int64_t over_ = 0;
};

}  // namespace

std::size_t Plan::messages() const {
    std::size_t count = 0;
    for (const Round& round : rounds) count += round.messages.size();
    return count;
}

Plan plan_offerings(std::uint64_t seed, int offerings, const std::string& terms_toml) {
    if (offerings < 1 || offerings > 9) throw std::invalid_argument("1 to 9 offerings");
    return Planner(seed, offerings, terms_toml).plan();
}

}  // namespace rightsdesk::chaos
