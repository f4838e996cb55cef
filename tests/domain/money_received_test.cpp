// When money counts as received, by each of the five methods, and what a return un-receives (rules.md section 1: "payment", "when money
// came" and the rows of the methods; section 3: "Returned checks" and "The books"). One notice for 1,000 shares at $2.00; the hour is
// Friday 28 June 2002 at 5:00 p.m.
#include <gtest/gtest.h>

#include <functional>

#include "domain/books.h"
#include "domain/covers.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

constexpr const char* kTheHour = "2002-06-28T17:00:00";
constexpr const char* kJustAfter = "2002-06-28T17:00:00.000000001";

NoticeBuilder notice_paid_by(PaymentMethod method) {
    return method == PaymentMethod::kWire ? a_notice() : a_notice().paid_by(method, "1044", "Albany Savings Bank");
}

ConfirmWire wire_dated(std::string_view iso) {
    ConfirmWire wire = a_wire(2'000);
    wire.credited_at.reset();
    wire.value_date = day(iso);
    return wire;
}

struct WorthRow {
    const char* story;
    PaymentMethod method;
    std::function<void(WholeDesk&)> money;
    std::int64_t in_time, late, uncollected;  // dollars
    std::function<void(Terms&)> terms = [](Terms&) {};
};

// Every message arrives on Monday 1 July, after the hour: what it says decides, not when it came.
TEST(MoneyReceived, the_terms_and_the_bank_say_when_not_the_message) {
    using enum PaymentMethod;
    const auto wire_at = [](const char* credited) { return [=](WholeDesk& desk) { desk.say(a_wire(2'000, kSampleImad, credited)); }; };
    const auto dated = [](const char* iso) { return [=](WholeDesk& desk) { desk.say(wire_dated(iso)); }; };
    const auto paper = [](PaymentMethod method, const char* stamp) {
        return [=](WholeDesk& desk) { desk.say(a_check(2'000, "1044", method, stamp)); };
    };
    const auto cleared = [](PaymentMethod method, const char* at) {
        return [=](WholeDesk& desk) {
            const ReceiveInstrument check = a_check(2'000, "1044", method);
            desk.say(check);
            desk.say(clearance_of(check, at));
        };
    };
    const std::vector<WorthRow> rows = {
        {"a wire credited at the hour", kWire, wire_at(kTheHour), 2'000, 0, 0},
        {"a nanosecond after it", kWire, wire_at(kJustAfter), 0, 2'000, 0},
        {"at the hour, where the terms say before it", kWire, wire_at(kTheHour), 0, 2'000, 0,
         [](Terms& terms) { terms.expiration_inclusive = false; }},
        {"a date only, the day before the last", kWire, dated("2002-06-27"), 2'000, 0, 0},
        {"a date only, the last day: it proves nothing", kWire, dated("2002-06-28"), 0, 0, 2'000},
        {"a date only, after the last day", kWire, dated("2002-06-29"), 0, 2'000, 0},
        {"an uncertified check that cleared at the hour", kUncertifiedCheck, cleared(kUncertifiedCheck, kTheHour), 2'000, 0, 0},
        {"one that was here in time and cleared a nanosecond late", kUncertifiedCheck, cleared(kUncertifiedCheck, kJustAfter), 0, 2'000, 0},
        {"one that has not cleared", kUncertifiedCheck, paper(kUncertifiedCheck, "2002-06-27T09:30:00"), 0, 0, 2'000},
        {"a certified check at the hour", kCertifiedCheck, paper(kCertifiedCheck, kTheHour), 2'000, 0, 0},
        {"a nanosecond after it", kCertifiedCheck, paper(kCertifiedCheck, kJustAfter), 0, 2'000, 0},
        {"a certified check where the terms wait for clearance", kCertifiedCheck, paper(kCertifiedCheck, "2002-06-27T09:30:00"), 0, 0, 2'000,
         [](Terms& terms) { terms.payment[2].deemed_received = DeemedReceived::kClearance; }},
        {"a bank draft at the hour", kBankDraft, paper(kBankDraft, kTheHour), 2'000, 0, 0},
        {"a nanosecond after it", kBankDraft, paper(kBankDraft, kJustAfter), 0, 2'000, 0},
        {"a money order at the hour", kMoneyOrder, paper(kMoneyOrder, kTheHour), 2'000, 0, 0},
        {"a nanosecond after it", kMoneyOrder, paper(kMoneyOrder, kJustAfter), 0, 2'000, 0},
    };
    for (const WorthRow& row : rows) {
        SCOPED_TRACE(row.story);
        Terms terms = sample_terms();
        row.terms(terms);
        WholeDesk desk(terms);
        desk.submit(notice_paid_by(row.method));
        row.money(desk.at("2002-06-28T17:20:00"));
        const Funding* funding = desk.book().funding("fax-1.1");
        ASSERT_NE(funding, nullptr);
        EXPECT_EQ(funding->good_in_time, Money(row.in_time * 100));
        EXPECT_EQ(funding->good_late, Money(row.late * 100));
        EXPECT_EQ(funding->uncollected, Money(row.uncollected * 100));
    }
}

// Section 2: extension moves the instant for everything on file.
TEST(MoneyReceived, an_extension_moves_the_hour_for_money_on_file) {
    const std::vector<std::pair<const char*, ConfirmWire>> rows = {
        {"credited an hour after the old hour", a_wire(2'000, kSampleImad, "2002-06-28T18:00:00")},
        {"with a date only, the old last day", wire_dated("2002-06-28")},
    };
    for (const auto& [story, wire] : rows) {
        SCOPED_TRACE(story);
        WholeDesk desk;
        desk.submit(a_notice());
        desk.at("2002-06-28T18:30:00").say(wire);
        ASSERT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(0));
        desk.propose_extension("2002-07-03T17:00:00", "alice");
        desk.approve("extension-1", "bob");
        EXPECT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(200'000));
        EXPECT_EQ(imbalance(books_of(desk.book())), "");
    }
}

// Section 1, "payment": price x (basic + excess) against the aggregate stated is flagged, and the money received decides. At $2.00:
// $2,500.00 are 1,000 basic and 250 more; $2,600.00 are 1,000 and the 300 asked for.
TEST(MoneyReceived, a_wrong_aggregate_is_flagged_and_the_money_decides) {
    for (const auto& [dollars, over] : {std::pair(2'500, 250), std::pair(2'600, 300)}) {
        WholeDesk desk;
        desk.submit(a_notice().and_excess(300).where([](NoticeFields& fields) { fields.aggregate_cents = Money(250'000); }));
        desk.say(a_wire(dollars));
        desk.count();
        const auto& reasons = desk.book().notice("fax-1.1")->reasons;
        EXPECT_EQ(std::count(reasons.begin(), reasons.end(), Reason::kAggregateDiffers), 1);
        EXPECT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
        EXPECT_EQ(desk.book().funding("fax-1.1")->deemed_basic, Shares(1'000));
        EXPECT_EQ(desk.book().funding("fax-1.1")->deemed_over, Shares(over));
    }
}

// Section 1, "delivery of payment": a notice may come before, with or after its money; "herewith" on a fax is treated as separate.
TEST(MoneyReceived, a_notice_comes_before_with_or_after_its_money) {
    NoticeBuilder by_fax = notice_paid_by(PaymentMethod::kCertifiedCheck);
    by_fax.where([](NoticeFields& fields) { fields.payment_delivery = PaymentDelivery::kHerewith; });
    NoticeBuilder by_mail = by_fax;
    by_mail.by_mail();
    const ReceiveInstrument check = a_check(2'000, "1044", PaymentMethod::kCertifiedCheck);
    const auto pays = [&](const NoticeBuilder& notice, bool money_first) {
        WholeDesk desk;
        if (money_first) desk.say(check);
        desk.submit(notice);
        if (!money_first) desk.say(check);
        EXPECT_TRUE(desk.book().unmatched_payments().empty());
        return desk.book().funding("fax-1.1")->good_in_time;
    };
    EXPECT_EQ(pays(by_mail, true), Money(200'000)) << "money first";
    EXPECT_EQ(pays(by_mail, false), Money(200'000)) << "in one envelope, or notice first";
    EXPECT_EQ(pays(by_fax, false), Money(200'000)) << "herewith on a fax: it comes separately";
}

// ---- a return re-decides everything that leaned on it ----

// Paid by an uncertified check that cleared, and covered.
struct ClearedCheck {
    ClearedCheck() {
        desk.submit(notice_paid_by(PaymentMethod::kUncertifiedCheck));
        desk.say(check);
        desk.say(clearance_of(check, "2002-06-28T11:00:00"));
        desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T10:00:00"));
        // Keeps the covers running past the count, so that there is a time between it and tabulation.
        desk.submit(a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"}).paid_by_wire("Pine Bank", "2002-06-27", "IMAD-2"));
    }
    void bounce() { desk.say(bounce_of(check, ReturnReason::kNotSufficientFunds, "2002-06-29T08:00:00")); }

    WholeDesk desk;
    ReceiveInstrument check = a_check(2'000, "1044");
};

TEST(Returned, before_the_hour_the_notice_has_no_money) {
    ClearedCheck told;
    ASSERT_EQ(told.desk.book().funding("fax-1.1")->good_in_time, Money(200'000));
    told.bounce();
    EXPECT_EQ(told.desk.book().funding("fax-1.1")->good_in_time, Money(0));
    EXPECT_EQ(told.desk.book().payment("mail-1.1")->received_at, std::nullopt);
}

TEST(Returned, after_the_count_it_is_not_allotted_finally) {
    ClearedCheck told;
    told.desk.count();
    ASSERT_EQ(told.desk.book().allotment(AllocationKind::kPreliminary, "fax-1.1")->basic, Shares(1'000));
    told.bounce();
    told.desk.tabulate();
    EXPECT_EQ(told.desk.book().allotment(AllocationKind::kFinal, "fax-1.1"), nullptr);
    EXPECT_EQ(told.desk.book().funding("fax-1.1")->application, Application::kLapsed);
}

TEST(Returned, an_allocation_proposed_on_it_cannot_be_approved) {
    ClearedCheck told;
    told.desk.count().tabulate();
    ASSERT_EQ(told.desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->basic, Shares(1'000));
    told.bounce();
    EXPECT_EQ(refusal_of(told.desk.approve("allocation-1", "bob")), Refusal::kTooLate);
    told.desk.propose_allocation("alice");
    EXPECT_EQ(told.desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->basic, Shares(0));
}

// ---- where every cent is, step by step ----

void expect_books(const char* step, const Book& book, const MoneyBooks& expected) {
    const MoneyBooks books = books_of(book);
    EXPECT_EQ(books, expected) << step;
    EXPECT_EQ(imbalance(books), "") << step;
}

// 1,000 shares are offered at $2.00. A check of $2,500.00 pays for all of them, so that $500.00 go back; $77.00 are nobody's.
TEST(Books, tell_of_one_check_from_the_mail_room_to_the_bounce_after_the_settlement) {
    Terms terms = sample_terms();
    terms.shares_offered = Shares(1'000);
    WholeDesk desk(terms);
    const ReceiveInstrument check = a_check(2'500, "1044");
    MoneyBooks books;
    desk.say(check);
    books.advised = books.uncollected = Money(250'000);
    expect_books("a check that came before its notice", desk.book(), books);
    desk.say(clearance_of(check, "2002-06-27T15:00:00"));
    books.uncollected = Money(0);
    books.good = books.suspense = Money(250'000);
    expect_books("it cleared, and nobody claims it", desk.book(), books);
    desk.submit(notice_paid_by(PaymentMethod::kUncertifiedCheck));
    books.suspense = Money(0);
    books.held = Money(250'000);
    expect_books("held for its notice", desk.book(), books);
    desk.say(a_wire(77, "IMAD-OF-NOBODY"));
    books.advised = books.good = Money(257'700);
    books.suspense = Money(7'700);
    expect_books("a wire that is nobody's", desk.book(), books);
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T10:00:00"));
    desk.count().tabulate();
    for (const char* person : {"alice", "bob"}) desk.approve("allocation-1", person);
    books.suspense = books.held = Money(0);
    books.applied = Money(200'000);
    books.refundable = Money(57'700);
    expect_books("1,000 x $2.00 bought shares; $500.00 and $77.00 go back", desk.book(), books);
    for (const char* person : {"alice", "bob"}) desk.approve("refunds-1", person);
    desk.settle("carol");
    books.refundable = Money(0);
    books.refunded = Money(57'700);
    expect_books("the refunds are paid", desk.book(), books);
    desk.say(bounce_of(check, ReturnReason::kStopPayment, "2002-07-12T10:00:00"));
    books.good = Money(7'700);
    books.bounced = Money(250'000);
    books.owed = Money(250'000);
    expect_books("the check bounces: $2,000.00 of shares and $500.00 refunded are owed to us", desk.book(), books);
}

// rules.md section 3, family 1: "short or unspecified: the largest whole number of shares the money buys; the remainder returned".
TEST(MoneyReceived, buys_as_many_shares_as_it_can_where_no_number_is_stated) {
    Terms terms = sample_terms();
    terms.deemed_exercise = DeemedExercise::kMoney;
    WholeDesk desk(terms);
    desk.submit(a_notice().where([](NoticeFields& fields) {
        fields.basic_shares.reset();
        fields.aggregate_cents.reset();
    }));
    ASSERT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
    ConfirmWire wire = a_wire(1'001);  // $2.00 a share: 500 and a dollar
    desk.say(wire);
    EXPECT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(100'100)) << "found by its confirmation number";
    EXPECT_EQ(desk.book().open_alert_of("funding/fax-1.1"), 0U) << "neither short nor too much";
    EXPECT_EQ(rights_to_cover(terms, *desk.book().notice("fax-1.1")), Rights(1'000)) << "all, for nobody knows how many";
    desk.say(certificates_for("fax-1.1", 1'000, "2002-07-01T10:00:00"));
    desk.count().tabulate();
    desk.settle_everything();
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->basic, Shares(500));
    EXPECT_EQ(desk.book().payment("bank-1.1")->refunded, Money(100));
}

}  // namespace
}  // namespace rightsdesk::support
