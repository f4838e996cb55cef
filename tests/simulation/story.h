// The story of one offering, from a seed: its terms, and who says what, when. Opened, subscribed for by a few holders, through the hour, the
// count, the covers and the allocation to settlement; now and then extended, suspended, ended early.
//
// What one wave holds may be said in any order and ends the same: its messages are of different holders and different money. What rests on
// something said before is in a later wave.
#pragma once

#include <algorithm>
#include <map>
#include <sstream>
#include <tuple>

#include "base/hash.h"
#include "domain/civil.h"
#include "domain/commands.h"
#include "domain/natural_order.h"
#include "simulation/random.h"
#include "support/builders.h"
#include "wire/wire.h"

namespace rightsdesk::simulation {

using namespace rightsdesk::domain;  // NOLINT: told in the domain's words

inline constexpr const char* kOffering = "rare-medium-2002";

// One message, as its sender keeps and sends it again.
struct Message {
    std::string source;
    std::uint64_t number = 0;
    ServiceName door = ServiceName::kIntake;
    base::Bytes bytes;
    std::string hash;          // of them
    std::string what;          // for the trace
    bool apart = false;        // from a connection of its own: its answer bears another's identity
    bool of_refunds = false;   // an approval of the refunds that are proposed by then, whichever proposal that is
};

struct Wave {
    Instant at;
    bool rested = false;       // said only once everything that came before has had its effects: people look before they act
    std::vector<Message> messages;
};

struct Story {
    std::uint64_t seed = 0;
    std::string terms;
    std::vector<Wave> waves;
    std::vector<Instant> looks;     // instants at which the time stops though nobody says anything
    std::map<NoticeId, Instant> stamps;  // of notices and exercises, as their gateways stamped them

    [[nodiscard]] std::size_t messages() const {
        std::size_t all = 0;
        for (const Wave& wave : waves) all += wave.messages.size();
        return all;
    }
};

namespace told {

inline constexpr std::int64_t kMinute = 60'000'000'000;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;

// Terms that differ in what the rules differ in.
struct Drawn {
    std::int64_t cents = 200;
    std::int64_t offered = 300;
    bool cover_pays = false;
    bool estimated = false;
    std::vector<std::string> faxes = {"fax-1"};
    std::vector<std::string> banks = {"bank-1"};
    std::string toml;
};

inline std::string money_text(std::int64_t cents) {
    const std::string odd = std::to_string(cents % 100);
    return std::to_string(cents / 100) + "." + (odd.size() == 1 ? "0" : "") + odd;
}

inline std::string list_of(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "\"" : ", \"") + name + "\"";
    return "[" + text + "]";
}

inline Drawn draw_terms(Random& random) {
    Drawn drawn;
    drawn.cents = random.one_of<std::int64_t>({1, 100, 200, 333, 1'299});
    drawn.offered = random.between(40, 900);
    drawn.cover_pays = random.one_in(4);
    drawn.estimated = random.one_in(10);
    if (random.one_in(2)) drawn.faxes.push_back("fax-2");
    if (random.one_in(2)) drawn.banks.push_back("bank-2");
    std::vector<std::string> gateways = drawn.faxes;
    gateways.push_back("mail-1");
    const std::string basis = random.word({"basic_shares", "basic_shares", "requested", "requested", "record_holding", "two_pools", "basic_prorated", "ladder"});
    std::ostringstream text;
    text << "[offering]\nid = \"" << kOffering << "\"\nissuer = \"Rare Medium Group, Inc.\"\ntitle = \"Rights Certificates\"\n"
         << "prospectus_date = \"2002-05-28\"\nshares_offered = " << drawn.offered << "\nshares_per_right = \"1\"\nsubscription_price = \"" << money_text(drawn.cents)
         << "\"\npayee = \"American Stock Transfer & Trust Company\"\naccount = \"" << support::kSampleAccount << "\"\n";
    if (random.one_in(12)) text << "minimum_shares = " << random.between(1, drawn.offered) << "\n";
    text << "[expiration]\nat = \"2002-06-28T17:00:00\"\nzone = \"America/New_York\"\ninclusive = " << random.word({"true", "true", "false"})
         << "\nextension = { allowed = true, last_date = \"2002-07-31\", announce_by = \"09:00 next business day\" }\nreminders_minutes = [1440, 60]\n"
         << "[calendar]\nbusiness_days = \"nyse\"\n[guaranteed_delivery]\nbusiness_days = " << random.between(1, 5) << "\ncounted_from = \""
         << random.word({"notice_date", "expiration"}) << "\"\npayment_due = \"" << (drawn.cover_pays ? "cover" : "expiration") << "\"\nsignature_guarantee = "
         << random.word({"true", "false"}) << "\nshort_cover = \"" << random.word({"drop", "as_covered"}) << "\"\n"
         << "[channels]\nfax = [\"" << support::kSampleFax << "\"]\nmail = [\"" << support::kSampleMail << "\"]\ncourier = [\"" << support::kSampleCourier << "\"]\n"
         << "[payment]\nwire = \"credit\"\nuncertified_check = \"clearance\"\ncertified_check = \"receipt\"\n";
    if (drawn.estimated) text << "[price]\nkind = \"estimated\"\nlower = \"" << random.word({"refund", "buy_more"}) << "\"\nhigher = \"reduce\"\n";
    text << "[exercise]\ndeemed = \"money_then_over_subscription\"\nwithdrawal = \"" << random.word({"irrevocable", "until_expiration"}) << "\"\n"
         << "[over_subscription]\nrequires_full_basic = " << random.word({"true", "true", "false"}) << "\nbasis = \"" << basis << "\"\n";
    if (random.one_in(6)) text << "cap_shares = " << random.between(20, 200) << "\n";
    if (random.one_in(6)) text << "cap_of_basic = \"" << random.word({"1/2", "1", "3/2"}) << "\"\n";
    if (random.one_in(6)) text << "extra_supply = \"1/5\"\n";
    if (basis == "ladder") text << "[[over_subscription.ladder]]\nholding_up_to = 30\nbasis = \"requested\"\n[[over_subscription.ladder]]\nbasis = \"basic_shares\"\n";
    text << "[sources]\ngateways = " << list_of(gateways) << "\nbank_feeds = " << list_of(drawn.banks) << "\nstamp_gap_minutes = 30\n"
         << "[[guarantor]]\nname = \"Alder & Finch Securities, Inc.\"\neligible_as = \"member of an exchange\"\nsource = \"sample\"\n"
         << "[[guarantor]]\nname = \"Cedar Street Brokers LLC\"\neligible = false\nsource = \"sample\"\n";
    if (random.one_in(8)) text << "[[standby]]\npurchaser = \"Elm Partners\"\nup_to = " << random.between(1, 500) << "\n";
    drawn.toml = text.str();
    return drawn;
}

// What is said at one instant, in ranks; equal ranks in any order.
struct Planned {
    Instant at;
    int rank = 0;
    Message message;
};

inline constexpr int kGateways = 0;   // notices, wires, instruments: first heard of here
inline constexpr int kFollowing = 1;  // certificates, clearances: of something heard of before
inline constexpr int kReturns = 2;    // after a look too: a bank takes days for one
inline constexpr int kPeople = 10;    // one after the other, each after a look
inline constexpr int kWatermarks = 1'000'000;

class Teller {
public:
    explicit Teller(std::uint64_t seed) : random_(seed, "story"), terms_(draw_terms(random_)) {
        story_.seed = seed;
        story_.terms = terms_.toml;
    }

    Story tell() && {
        say(opening(), kPeople, "alice", ServiceName::kDeadlineMonitor, OpenOffering{terms_.toml});
        draw_hour();
        const std::int64_t holders = random_.between(2, 7);
        for (std::int64_t holder = 1; holder <= holders; ++holder) subscribe(holder);
        stray_money();
        disturb_desk();
        change_life();
        close();
        return std::move(in_waves());
    }

private:
    static Instant opening() { return support::new_york("2002-06-03T09:00:00"); }
    [[nodiscard]] Instant hour() const { return hour_; }
    static Instant later(Instant from, std::int64_t nanoseconds) { return Instant(from.value + nanoseconds); }

    // The hour as it will stand in the end. Extended in time or, by nine o'clock of the next business day, afterwards.
    void draw_hour() {
        const Instant first = support::new_york("2002-06-28T17:00:00");
        hour_ = first;
        if (!random_.one_in(4)) return;
        const std::string to = random_.word({"2002-07-01T17:00:00", "2002-07-03T17:00:00"});
        const Instant proposed = random_.one_of({later(first, -26 * kHour), later(first, -kMinute), later(first, 12 * kMinute)});
        say(proposed, next_person(), "alice", ServiceName::kDeadlineMonitor, ProposeExtension{kOffering, to, "demand"});
        say(later(proposed, random_.one_in(2) ? 0 : kMinute / 2), next_person(), "bob", ServiceName::kDeadlineMonitor, Approve{kOffering, "extension-1"});
        hour_ = support::new_york(to);
        story_.looks.push_back(first);
    }

    // ---- who says what ----

    void say(Instant at, int rank, const std::string& source, ServiceName door, const Command& command) {
        say_as(at, rank, source, ++numbers_[source], door, command);
    }
    void say_as(Instant at, int rank, const std::string& source, std::uint64_t number, ServiceName door, const Command& command, bool apart = false) {
        Message message{source, number, door, wire::encode(Envelope{{source, number}, "", command}), "", std::string(base::type_name(command)), apart};
        add(at, rank, std::move(message));
    }
    void add(Instant at, int rank, Message message) {
        message.hash = base::sha256_hex(message.bytes.view());
        planned_.push_back({at, rank, std::move(message)});
    }
    int next_person() { return kPeople + ++people_; }

    // ---- instants ----

    // Some business hour before the hour.
    Instant before_hour() { return later(hour(), -random_.one_of<std::int64_t>({4 * kDay + 5 * kHour, 2 * kDay + 6 * kHour, kDay + 2 * kHour, 7 * kHour, 3 * kHour, 20 * kMinute})); }
    // At the hour, to the nanosecond; handed over a little later.
    Instant around_hour() { return later(hour(), random_.one_of<std::int64_t>({-1'000'000'000, -1, 0, 0, 1, 1'000'000'000, 3 * kMinute})); }
    [[nodiscard]] Instant handed_over_late() const { return later(hour(), 10 * kMinute); }

    // ---- a holder: a notice or an exercise, its money, its certificates ----

    void subscribe(std::int64_t holder) {
        const std::string name = std::to_string(holder);
        const std::int64_t basic = random_.between(1, 120);
        const std::int64_t excess = random_.one_in(3) ? 0 : random_.between(1, 150);
        const std::int64_t due = (basic + excess) * terms_.cents;
        const bool at_the_hour = random_.one_in(4);
        const Instant stamp = at_the_hour ? around_hour() : later(before_hour(), -random_.between(0, 20) * kMinute);
        const Instant given = at_the_hour ? handed_over_late() : Instant(before(stamp));
        if (random_.one_in(6)) return exercise(name, basic, excess, due, stamp, given);
        const bool by_check = random_.one_in(4);
        const bool certified = random_.one_in(2);
        support::NoticeBuilder notice = a_notice_of(name, basic, excess);
        if (by_check) notice.paid_by(certified ? PaymentMethod::kCertifiedCheck : PaymentMethod::kUncertifiedCheck, "10" + name, "Albany Savings Bank");
        const std::string fax = random_.from(terms_.faxes);
        const std::uint64_t number = ++numbers_[fax];
        notice.id(fax, number);
        const bool undated = random_.one_in(8);
        const bool unsigned_by_holder = random_.one_in(8);
        if (undated) notice.undated();
        if (unsigned_by_holder) notice.unsigned_by_holder();
        if (random_.one_in(10)) notice.guaranteed_by(random_.word({"Cedar Street Brokers LLC", "Nobody & Sons"}));
        SubmitNotice command = notice.submission();
        command.media_type = "image/tiff";  // keyed by the gateway: the reading of paper is not what is simulated
        command.stamp = stamp;
        say_as(given, kGateways, fax, number, ServiceName::kIntake, command);
        story_.stamps[notice.notice_id()] = stamp;
        pay(name, notice.notice_id(), due, by_check, certified);
        cover(notice.notice_id(), basic, given);
        if (random_.one_in(8)) again_by_mail(command, given);
        change_notice(notice.notice_id(), basic, excess, undated, unsigned_by_holder, given);
    }
    // When a gateway hands over what it stamped: at the slot's end, minutes later.
    static std::int64_t before(Instant stamp) { return stamp.value + 20 * kMinute - (stamp.value % (20 * kMinute)); }

    support::NoticeBuilder a_notice_of(const std::string& name, std::int64_t basic, std::int64_t excess) {
        support::NoticeBuilder notice = support::a_notice().for_shares(basic).and_excess(excess).named({"Holder " + name}).certificates({"RC-" + name});
        notice.dated(random_.word({"2002-06-24", "2002-06-26", "2002-06-27", "2002-06-28"})).paid_by_wire("Bowery Trust Company", "2002-06-27", "IMAD-" + name);
        notice.where([&](NoticeFields& fields) {
            fields.subscription_price = money_text(terms_.cents);
            fields.aggregate_cents = Money((basic + excess) * terms_.cents);
        });
        return notice;
    }

    void exercise(const std::string& name, std::int64_t basic, std::int64_t excess, std::int64_t due, Instant stamp, Instant given) {
        ExerciseDirectly command = support::an_exercise(basic, excess, "RC-" + name);
        command.offering = kOffering;
        command.stamp = stamp;
        command.confirmation_number = "IMAD-" + name;
        command.names = {"Holder " + name};
        const std::uint64_t number = ++numbers_["mail-1"];
        say_as(given, kGateways, "mail-1", number, ServiceName::kIntake, command);
        story_.stamps["mail-1." + std::to_string(number)] = stamp;
        pay(name, "mail-1." + std::to_string(number), due, false, false);
    }

    // The same paper by another channel: one notice, two deliveries.
    void again_by_mail(SubmitNotice command, Instant given) {
        command.channel = Channel::kMail;
        command.address = support::kSampleMail;
        command.delivery = "again-" + command.delivery;
        command.stamp = given;
        say(given, kFollowing, "mail-1", ServiceName::kIntake, command);
    }

    void pay(const std::string& name, const NoticeId& notice, std::int64_t due, bool by_check, bool certified) {
        if (random_.one_in(12)) return;  // never
        std::int64_t cents = due;
        if (random_.one_in(6)) cents = std::max<std::int64_t>(1, due + random_.between(-due / 2, due / 4) + 7);
        const bool at_the_hour = random_.one_in(6);
        const Instant received = at_the_hour ? around_hour() : before_hour();
        const Instant told = at_the_hour ? handed_over_late() : received;
        if (by_check) return pay_by_check(name, notice, cents, certified, received, told);
        ConfirmWire wire = support::a_wire(1, "IMAD-" + name);
        wire.amount = Money(cents);
        wire.credited_at = received;
        const std::string bank = random_.from(terms_.banks);
        say(told, kGateways, bank, ServiceName::kPaymentClearing, wire);
        if (random_.one_in(6)) {  // told of again by another message: it counts once
            wire.message_id = "MT940-" + name;
            say(later(told, random_.one_in(2) ? 0 : kHour), kFollowing, random_.from(terms_.banks), ServiceName::kPaymentClearing, wire);
        }
        if (random_.one_in(14)) {
            ReportBounce recall{wire.account, "", "", wire.amount, ReturnReason::kOther, later(told, 2 * kHour), "recalled-" + name};
            recall.wire = ReturnedWire{wire.currency, wire.value_date, wire.references};
            say(later(told, 2 * kHour), kReturns, bank, ServiceName::kPaymentClearing, recall);
        }
    }

    void pay_by_check(const std::string& name, const NoticeId& notice, std::int64_t cents, bool certified, Instant received, Instant told) {
        ReceiveInstrument check = support::a_check(1, "10" + name, certified ? PaymentMethod::kCertifiedCheck : PaymentMethod::kUncertifiedCheck);
        check.amount = Money(cents);
        check.stamp = received;
        check.notice_reference = random_.one_in(2) ? notice : "";
        const std::uint64_t number = ++numbers_["mail-1"];
        say_as(told, kGateways, "mail-1", number, ServiceName::kPaymentClearing, check);
        const Instant cleared = later(told, random_.one_of<std::int64_t>({0, 2 * kHour, 26 * kHour}));
        if (random_.one_in(4)) {
            const ReportBounce bounce{support::kSampleAccount, check.number, check.drawee, check.amount, ReturnReason::kNotSufficientFunds, cleared, "returned-" + name};
            say(cleared, kReturns, "bank-1", ServiceName::kPaymentClearing, bounce);
            if (random_.one_in(2)) return;
            say(cleared, next_person(), "carol", ServiceName::kPaymentClearing, RepresentInstrument{kOffering, "mail-1." + std::to_string(number), cleared});
        }
        if (certified && random_.one_in(2)) return;
        const Instant at = later(cleared, kHour);
        say(at, kFollowing, "bank-1", ServiceName::kPaymentClearing, ConfirmClearance{support::kSampleAccount, check.number, check.drawee, check.amount, at, "cleared-" + name});
    }

    void cover(const NoticeId& notice, std::int64_t rights, Instant given) {
        if (random_.one_in(8)) return;  // it stays uncovered
        // To the nanosecond at five o'clock of a day on which covers may be due, or somewhen.
        const Instant five = support::new_york(random_.word({"2002-07-01T17:00:00", "2002-07-02T17:00:00", "2002-07-03T17:00:00", "2002-07-05T17:00:00"}));
        const bool sharp = random_.one_in(2);
        const Instant stamp = sharp ? later(five, random_.one_of<std::int64_t>({-1, 0, 1})) : later(given, random_.one_of<std::int64_t>({0, kHour, kDay}));
        const Instant at = std::max(given, sharp ? later(five, 5 * kMinute) : stamp);
        const std::int64_t first = random_.one_in(5) && rights > 1 ? rights / 2 : rights;
        certificates(notice, first, stamp, at, 1);
        if (first < rights && random_.one_in(2)) certificates(notice, rights - first, later(at, kHour), later(at, kHour), 2);
    }
    void certificates(const NoticeId& notice, std::int64_t rights, Instant stamp, Instant at, int parcel) {
        DeliverCertificates command = support::certificates_for(notice, rights, "2002-06-27T12:00:00");
        command.offering = kOffering;
        command.stamp = std::max(stamp, later(at, -20 * kMinute));
        command.delivery = "parcel-" + notice + "-" + std::to_string(parcel);
        command.signature_guarantee = !random_.one_in(8);
        say(at, kFollowing, "mail-1", ServiceName::kIntake, command);
    }

    // ---- what people do with a notice ----

    void change_notice(const NoticeId& notice, std::int64_t basic, std::int64_t excess, bool undated, bool unsigned_by_holder, Instant given) {
        const Instant at = later(given, random_.one_of<std::int64_t>({0, kHour}));
        const std::string person = random_.word({"alice", "bob", "carol"});
        const auto by = [&](const Command& command) { say(at, next_person(), person, ServiceName::kIntake, command); };
        if (undated && random_.one_in(2)) by(CureDefect{kOffering, notice, Reason::kUndated, "2002-06-26", "letter", at});
        if (unsigned_by_holder && random_.one_in(2)) {
            say(at, next_person(), "alice", ServiceName::kIntake, ProposeWaiver{kOffering, notice, Reason::kHolderUnsigned, "the issuer agrees"});
            say(at, next_person(), random_.word({"bob", "bob", "alice"}), ServiceName::kIntake, Approve{kOffering, "waiver-" + std::to_string(++waivers_)});
        }
        if (random_.one_in(6)) by(ConfirmByTelephone{kOffering, notice, "Maria Chen", at});
        if (random_.one_in(10)) by(AmendNotice{kOffering, notice, Shares(std::max<std::int64_t>(1, basic / 2)), Shares(excess), "letter", at});
        if (random_.one_in(12)) by(WithdrawNotice{kOffering, notice, "letter", at});
        if (random_.one_in(20)) by(RejectNotice{kOffering, notice, "the issuer's word"});
    }

    // Money of nobody; a person may find whose it is.
    void stray_money() {
        if (!random_.one_in(3)) return;
        ConfirmWire wire = support::a_wire(1, "IMAD-OF-NOBODY");
        wire.amount = Money(random_.between(1, 90'000) * 10 + 3);
        wire.institution = "Nowhere Bank";
        wire.credited_at = before_hour();
        const std::uint64_t number = ++numbers_["bank-1"];
        say_as(*wire.credited_at, kGateways, "bank-1", number, ServiceName::kPaymentClearing, wire);
        if (random_.one_in(2) || story_.stamps.empty()) return;
        const NoticeId notice = story_.stamps.begin()->first;
        const PaymentId payment = "bank-1." + std::to_string(number);
        const Instant at = later(*wire.credited_at, 2 * kHour);
        say(at, next_person(), "carol", ServiceName::kPaymentClearing, MatchPayment{kOffering, payment, notice, std::nullopt, "by telephone"});
        if (random_.one_in(2)) say(later(at, kHour), next_person(), "carol", ServiceName::kPaymentClearing, UnmatchPayment{kOffering, payment, notice, "mistaken"});
    }

    // What is no good message: bytes that are none, somebody else's business, another's door, a number used twice.
    void disturb_desk() {
        const Instant at = before_hour();
        if (random_.one_in(8)) add(at, kFollowing, {"fax-1", 0, ServiceName::kIntake, base::Bytes("no message at all " + std::to_string(random_.next())), "", "rubbish", true});
        if (random_.one_in(8)) say(at, kFollowing, "fax-1", ServiceName::kIntake, OpenOffering{"[offering]"});
        if (random_.one_in(8)) say(at, kFollowing, "bank-1", ServiceName::kIntake, AdvanceWatermark{at});
        if (random_.one_in(8)) say(at, kFollowing, "alice", ServiceName::kIntake, SettleOffering{kOffering, "at the wrong door"});
        if (random_.one_in(6)) say_as(at, next_person(), "alice", 1, ServiceName::kDeadlineMonitor, SettleOffering{kOffering, "under a used number"}, true);
        if (random_.one_in(4)) say(at, kFollowing, "fax-1", ServiceName::kIntake, AdvanceWatermark{later(at, -kHour)});
    }

    // ---- the offering's life ----

    void change_life() {
        if (random_.one_in(8)) {
            const Instant at = later(hour(), -6 * kHour);
            life(at, "alice", ProposeSuspension{kOffering, "", "the price fell"}, "suspension-1");
            life(later(at, kHour), "alice", ProposeResumption{kOffering, "it recovered"}, "resumption-1");
        }
        if (random_.one_in(8)) life(later(hour(), -5 * kHour), "carol", ProposeClosing{kOffering, support::day("2002-07-02"), "a hurricane"}, "closing-1");
        if (random_.one_in(16)) life(later(hour(), random_.one_in(2) ? -90 * kMinute : kDay), "alice", ProposeTermination{kOffering, "the issuer withdraws"}, "termination-1");
        if (terms_.estimated) {
            const Money price(std::max<std::int64_t>(1, terms_.cents + random_.between(-terms_.cents / 2, terms_.cents / 2)));
            life(later(hour(), 20 * kHour), "carol", ProposeFinalPrice{kOffering, price, "five-day average"}, "final_price-1");
        }
    }
    void life(Instant at, const std::string& person, const Command& command, const ProposalId& proposal) {
        say(at, next_person(), person, ServiceName::kDeadlineMonitor, command);
        say(at, next_person(), "bob", ServiceName::kDeadlineMonitor, Approve{kOffering, proposal});
    }

    // Everything stamped up to here is handed over.
    void watermarks(Instant at) {
        for (const std::string& fax : terms_.faxes) say(at, kWatermarks, fax, ServiceName::kIntake, AdvanceWatermark{at});
        say(at, kWatermarks, "mail-1", ServiceName::kIntake, AdvanceWatermark{at});
        for (const std::string& bank : terms_.banks) say(at, kWatermarks, bank, ServiceName::kPaymentClearing, AdvanceWatermark{at});
    }

    void close() {
        for (const std::int64_t around : {-kMinute, std::int64_t{-1}, std::int64_t{0}}) {
            if (random_.one_in(2)) story_.looks.push_back(later(hour(), around));
        }
        watermarks(later(hour(), 30 * kMinute));
        if (random_.one_in(2)) watermarks(later(hour(), 3 * kDay));
        const Instant end = later(hour(), 14 * kDay - 8 * kHour);
        watermarks(end);
        const auto clearing = [&](const std::string& person, const Command& command) { say(end, kWatermarks + next_person(), person, ServiceName::kPaymentClearing, command); };
        const auto approve = [&](const ProposalId& id) {
            clearing("alice", Approve{kOffering, id});
            clearing(random_.one_in(6) ? "alice" : "bob", Approve{kOffering, id});
            clearing("carol", Approve{kOffering, id});
            if (id == "refunds-1") {
                for (std::size_t back = 1; back <= 3; ++back) planned_[planned_.size() - back].message.of_refunds = true;
            }
        };
        if (random_.one_in(6)) {
            clearing("carol", ProposeAllocation{kOffering, "again"});
            approve("allocation-2");
        }
        approve("allocation-1");
        approve("refunds-1");
        say(end, kWatermarks + next_person(), "carol", ServiceName::kDeadlineMonitor, SettleOffering{kOffering, "TA-77"});
        if (random_.one_in(2)) clearing("carol", ReportRefund{kOffering, "bank-1.1", random_.one_in(2), "FW-7001"});
    }

    // ---- in order ----

    Story& in_waves() {
        std::stable_sort(planned_.begin(), planned_.end(), [](const Planned& left, const Planned& right) { return std::tie(left.at, left.rank) < std::tie(right.at, right.rank); });
        const Planned* last = nullptr;
        for (Planned& planned : planned_) {
            if (last == nullptr || last->at != planned.at || last->rank != planned.rank) story_.waves.push_back({planned.at, planned.rank >= kReturns, {}});
            story_.waves.back().messages.push_back(std::move(planned.message));
            last = &planned;
        }
        std::sort(story_.looks.begin(), story_.looks.end());
        return story_;
    }

    Random random_;
    Drawn terms_;
    Story story_;
    Instant hour_;
    std::vector<Planned> planned_;
    std::map<std::string, std::uint64_t> numbers_;
    int people_ = 0;
    int waivers_ = 0;
};

}  // namespace told

inline Story story_of(std::uint64_t seed) { return told::Teller(seed).tell(); }

}  // namespace rightsdesk::simulation
