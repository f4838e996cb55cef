// Money of which the bank tells a date only (rules.md section 1, "when money came": "a message with a date only proves the day: booked
// before the last day is timely, on it is a question for a person unless the terms say"): who answers, who is told, and what follows.
// One notice for 1,000 shares at $2.00, dated 26 June; the hour is Friday 28 June 2002 at 5:00 p.m., its cover deadline Monday 1 July.
#include "domain/dated_money.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "domain/books.h"
#include "domain/contract_reports.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

constexpr const char* kDatedWire = "bank-1.1";
constexpr const char* kLastDay = "2002-06-28";
constexpr const char* kBankSays = "advice of credit by fax of 2002-07-01";

ConfirmWire wire_told_of(const char* date) {
    ConfirmWire wire = a_wire(2'000);
    wire.credited_at.reset();
    wire.value_date = day(date);
    return wire;
}

// A notice, and its wire as the bank told of it on the evening of that day.
WholeDesk paid_on_some_hour_of(const char* date, const Terms& terms = sample_terms()) {
    WholeDesk desk(terms);
    desk.submit(a_notice());
    desk.at(std::string(date) + "T20:00:00").say(wire_told_of(date));
    return desk;
}

const Alert* receipt_alert(const WholeDesk& desk, const PaymentId& payment = kDatedWire) { return desk.book().alert(desk.book().open_alert_of("receipt/" + payment)); }

std::size_t receipt_alerts(const WholeDesk& desk) {
    const auto tells = [](const Event& event) {
        const auto* raised = std::get_if<AlertRaised>(&event);
        return raised != nullptr && raised->alert.kind == "receipt_time_unknown";
    };
    return static_cast<std::size_t>(std::count_if(desk.log().begin(), desk.log().end(), tells));
}

const Funding& funding_so_far(const WholeDesk& desk) { return *desk.book().funding("fax-1.1"); }

Terms due_with_certificates() {
    Terms terms = sample_terms();
    terms.guaranteed_delivery.payment_due = PaymentDue::kCover;
    return terms;
}

// ---- a person says when it came ----

TEST(DatedMoney, is_in_time_or_late_as_a_person_settles_it) {
    struct {
        const char* story;
        Terms terms;
        const char* date;
        const char* settled;
        std::int64_t in_time, late;  // dollars
    } const rows[] = {
        {"the first instant of the last day", sample_terms(), kLastDay, "2002-06-28T00:00:00", 2'000, 0},
        {"on the stroke of the hour", sample_terms(), kLastDay, "2002-06-28T17:00:00", 2'000, 0},
        {"a nanosecond after it", sample_terms(), kLastDay, "2002-06-28T17:00:00.000000001", 0, 2'000},
        {"the last day in New York, the next in Greenwich", sample_terms(), kLastDay, "2002-06-28T19:59:59", 0, 2'000},
        {"the day of the hour, where money may come with the certificates", due_with_certificates(), kLastDay, "2002-06-28T19:00:00", 2'000, 0},
        {"on the stroke of the cover deadline", due_with_certificates(), "2002-07-01", "2002-07-01T17:00:00", 2'000, 0},
        {"a nanosecond after that", due_with_certificates(), "2002-07-01", "2002-07-01T17:00:00.000000001", 0, 2'000},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk = paid_on_some_hour_of(row.date, row.terms);
        ASSERT_EQ(funding_so_far(desk).uncollected, Money(200'000));
        const Instant received = new_york(row.settled);
        const Decision decision = desk.settle_receipt(kDatedWire, received, kBankSays, "alice");
        EXPECT_EQ(names_of(decision), Names({"PaymentGood", "NoticeFunded"}));
        EXPECT_EQ(desk.book().payment(kDatedWire)->received_at, received);
        EXPECT_EQ(funding_so_far(desk).good_in_time, Money(row.in_time * 100));
        EXPECT_EQ(funding_so_far(desk).good_late, Money(row.late * 100));
        EXPECT_EQ(imbalance(books_of(desk.book())), "");
    }
}

TEST(DatedMoney, the_record_says_who_settled_it_and_on_what_evidence) {
    WholeDesk desk = paid_on_some_hour_of(kLastDay);
    const Decision decision = desk.settle_receipt(kDatedWire, new_york("2002-06-28T16:12:00"), kBankSays, "alice");
    EXPECT_EQ(find_event<PaymentGood>(decision)->rule, "wire: deemed received at credit, 2002-06-28T16:12:00 as settled by alice: advice of credit by fax of 2002-07-01");
}

TEST(DatedMoney, a_wire_without_any_date_is_settled_on_whatever_day) {
    ConfirmWire wire = wire_told_of(kLastDay);
    wire.value_date.reset();
    WholeDesk desk;
    desk.submit(a_notice());
    desk.at("2002-07-01T10:00:00").say(wire);
    ASSERT_NE(receipt_alert(desk), nullptr);
    EXPECT_EQ(refusal_of(desk.settle_receipt(kDatedWire, new_york("2002-07-01T10:00:01"), kBankSays, "alice")), Refusal::kValueUnusable);
    desk.settle_receipt(kDatedWire, new_york("2002-06-27T15:00:00"), kBankSays, "alice");
    EXPECT_EQ(funding_so_far(desk).good_in_time, Money(200'000));
}

// A higher final price bills the rest until Wednesday 3 July (section 3): that is a last day as well.
TEST(DatedMoney, the_day_of_a_bills_end_is_a_question_too) {
    Terms terms = sample_terms();
    terms.price = PriceTerms{PriceKind::kEstimated, LowerPrice::kRefund, HigherPrice::kBill, 3};
    WholeDesk desk(terms);
    desk.submit(a_notice());
    desk.say(a_wire(2'000, "IMAD-BY-THE-HOUR"), "bank-2");
    desk.match("bank-2.1", "fax-1.1", std::nullopt, "alice");
    desk.at("2002-06-28T17:00:00").propose_final_price(Money(250), "alice");  // 1,000 shares at $0.50 more: $500
    desk.approve("final_price-1", "bob");
    ASSERT_TRUE(desk.book().life()->bill_until);
    desk.at("2002-07-03T20:00:00").say(wire_told_of("2002-07-03"));
    EXPECT_EQ(desk.book().payment(kDatedWire)->status, PaymentStatus::kUncollected);
    desk.settle_receipt(kDatedWire, new_york("2002-07-03T17:00:00"), kBankSays, "alice");
    EXPECT_EQ(funding_so_far(desk).good_in_time, Money(250'000));
    EXPECT_EQ(funding_so_far(desk).good_late, Money(150'000)) << "more than was billed";
}

TEST(DatedMoney, only_what_the_bank_left_open_is_settled) {
    const Instant in_time = new_york("2002-06-28T16:00:00");
    struct {
        const char* story;
        PaymentId payment;
        Instant received;
        const char* evidence;
        Refusal refusal;
    } const rows[] = {
        {"a payment that is not there", "bank-1.9", in_time, kBankSays, Refusal::kUnknownPayment},
        {"a wire whose time the bank told", "bank-1.2", in_time, kBankSays, Refusal::kAlreadyDecided},
        {"a check that has not cleared", "mail-1.1", in_time, kBankSays, Refusal::kNothingToDo},
        {"a check that came back", "mail-1.2", in_time, kBankSays, Refusal::kNothingToDo},
        {"the last instant of the day before", kDatedWire, new_york("2002-06-27T23:59:59.999999999"), kBankSays, Refusal::kValueUnusable},
        {"the first of the day after", kDatedWire, new_york("2002-06-29T00:00:00"), kBankSays, Refusal::kValueUnusable},
        {"the same day in Greenwich, the day before in New York", kDatedWire, new_york("2002-06-27T20:30:00"), kBankSays, Refusal::kValueUnusable},
        {"a nanosecond from now", kDatedWire, new_york("2002-06-28T20:00:00.000000001"), kBankSays, Refusal::kValueUnusable},
        {"without evidence", kDatedWire, in_time, "", Refusal::kValueUnusable},
    };
    WholeDesk desk = paid_on_some_hour_of(kLastDay);
    desk.say(a_wire(77, "IMAD-OF-NOBODY"));
    desk.say(a_check(50, "2001"));
    const ReceiveInstrument returned = a_check(60, "2002");
    desk.say(returned);
    desk.say(bounce_of(returned, ReturnReason::kStopPayment, "2002-06-28T15:00:00"));
    for (const auto& row : rows) {
        EXPECT_EQ(refusal_of(desk.settle_receipt(row.payment, row.received, row.evidence, "alice")), row.refusal) << row.story;
    }
    EXPECT_EQ(desk.book().payment(kDatedWire)->status, PaymentStatus::kUncollected);
    EXPECT_EQ(refusal_of(desk.settle_receipt(kDatedWire, in_time, kBankSays, "alice")), std::nullopt);
    EXPECT_EQ(refusal_of(desk.settle_receipt(kDatedWire, in_time, kBankSays, "bob")), Refusal::kAlreadyDecided) << "once";
}

// ---- the same of a check that cleared (section 1: "a check's clearance has its time by the same rule") ----

WholeDesk paid_by_a_check_cleared_on(const char* date) {
    WholeDesk desk;
    const ReceiveInstrument check = a_check(2'000, "1044");
    desk.submit(a_notice().paid_by(check.method, check.number, check.drawee));
    desk.say(check);
    desk.at(std::string(date) + "T20:00:00").say(clearance_on(check, date));
    return desk;
}

TEST(DatedClearance, proves_the_day_and_on_the_last_one_nothing) {
    struct {
        const char* date;
        PaymentStatus status;
        std::int64_t in_time, late, uncollected;  // dollars
    } const rows[] = {
        {"2002-06-27", PaymentStatus::kGood, 2'000, 0, 0},
        {kLastDay, PaymentStatus::kUncollected, 0, 0, 2'000},
        {"2002-06-29", PaymentStatus::kGood, 0, 2'000, 0},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.date);
        const WholeDesk desk = paid_by_a_check_cleared_on(row.date);
        EXPECT_EQ(desk.book().payment("mail-1.1")->status, row.status);
        EXPECT_EQ(funding_so_far(desk).good_in_time, Money(row.in_time * 100));
        EXPECT_EQ(funding_so_far(desk).good_late, Money(row.late * 100));
        EXPECT_EQ(funding_so_far(desk).uncollected, Money(row.uncollected * 100));
        EXPECT_EQ(receipt_alert(desk, "mail-1.1") != nullptr, row.status == PaymentStatus::kUncollected);
        EXPECT_EQ(imbalance(books_of(desk.book())), "");
    }
}

TEST(DatedClearance, says_a_time_or_a_day) {
    WholeDesk desk;
    const ReceiveInstrument check = a_check(2'000, "1044");
    desk.say(check);
    ConfirmClearance neither = clearance_on(check, kLastDay);
    neither.cleared_on.reset();
    EXPECT_EQ(refusal_of(desk.say(neither)), Refusal::kValueUnusable);
    ConfirmClearance both = clearance_of(check, "2002-06-28T16:59:00");
    both.cleared_on = day(kLastDay);
    desk.say(both);
    EXPECT_EQ(desk.book().payment("mail-1.1")->received_at, new_york("2002-06-28T16:59:00")) << "the time decides";
}

TEST(DatedClearance, is_answered_by_a_person_the_bank_an_extension_or_a_return) {
    const ReceiveInstrument check = a_check(2'000, "1044");
    struct {
        const char* story;
        std::function<void(WholeDesk&)> answer;
        PaymentStatus status;
        std::int64_t in_time;  // dollars
    } const rows[] = {
        {"a person: in time", [](WholeDesk& desk) { desk.settle_receipt("mail-1.1", new_york("2002-06-28T17:00:00"), kBankSays, "alice"); }, PaymentStatus::kGood, 2'000},
        {"a person: late", [](WholeDesk& desk) { desk.settle_receipt("mail-1.1", new_york("2002-06-28T17:00:00.1"), kBankSays, "alice"); }, PaymentStatus::kGood, 0},
        {"the bank, with a time", [&](WholeDesk& desk) { desk.say(clearance_of(check, "2002-06-28T11:00:00")); }, PaymentStatus::kGood, 2'000},
        {"an extension",
         [](WholeDesk& desk) {
             desk.propose_extension("2002-07-03T17:00:00", "alice");
             desk.approve("extension-1", "bob");
         },
         PaymentStatus::kGood, 2'000},
        {"a return", [&](WholeDesk& desk) { desk.say(bounce_of(check, ReturnReason::kNotSufficientFunds, "2002-06-28T19:00:00")); }, PaymentStatus::kBounced, 0},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk = paid_by_a_check_cleared_on(kLastDay);
        row.answer(desk);
        EXPECT_EQ(desk.book().payment("mail-1.1")->status, row.status);
        EXPECT_EQ(funding_so_far(desk).good_in_time, Money(row.in_time * 100));
        EXPECT_EQ(receipt_alert(desk, "mail-1.1"), nullptr);
        EXPECT_EQ(receipt_alerts(desk), 1U);
    }
}

// Section 3: a check that came back may be presented again, "a new, later clearing": what was told of the first says nothing of it.
TEST(DatedClearance, a_check_presented_again_waits_for_a_clearance_of_its_own) {
    const ReceiveInstrument check = a_check(2'000, "1044");
    WholeDesk desk = paid_by_a_check_cleared_on(kLastDay);
    desk.say(bounce_of(check, ReturnReason::kNotSufficientFunds, "2002-06-28T19:00:00"));
    desk.represent("mail-1.1", "alice");
    EXPECT_EQ(refusal_of(desk.settle_receipt("mail-1.1", new_york("2002-06-28T16:00:00"), kBankSays, "alice")), Refusal::kNothingToDo);
    desk.say(clearance_on(check, kLastDay));
    EXPECT_NE(receipt_alert(desk, "mail-1.1"), nullptr);
}

TEST(DatedClearance, of_a_check_that_had_come_back_un_bounces_it) {
    const ReceiveInstrument check = a_check(2'000, "1044");
    WholeDesk desk = paid_by_a_check_cleared_on(kLastDay);
    desk.say(bounce_of(check, ReturnReason::kNotSufficientFunds, "2002-06-28T19:00:00"));
    desk.say(clearance_on(check, kLastDay));
    EXPECT_EQ(desk.book().payment("mail-1.1")->status, PaymentStatus::kUncollected);
    EXPECT_EQ(desk.book().open_alert_of("bounced/mail-1.1"), 0U);
    EXPECT_EQ(imbalance(books_of(desk.book())), "");
}

// ---- what follows is what follows from all good money ----

TEST(DatedMoney, settled_before_the_tabulation_it_counts_in_the_final_allocation) {
    for (const char* settled : {"2002-06-28T16:00:00", "2002-06-28T18:00:00"}) {
        WholeDesk desk = paid_on_some_hour_of(kLastDay);
        desk.count();
        ASSERT_EQ(funding_so_far(desk).application, Application::kLapsed);
        desk.settle_receipt(kDatedWire, new_york(settled), kBankSays, "alice");
        desk.say(certificates_for("fax-1.1", 1'000, "2002-07-01T12:00:00"));
        desk.tabulate();
        const bool in_time = std::string(settled) < "2002-06-28T17";
        EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1") != nullptr, in_time) << settled;
        desk.settle_everything();
        const MoneyBooks books = books_of(desk.book());
        EXPECT_EQ(in_time ? books.applied : books.refunded, Money(200'000)) << settled;
        EXPECT_EQ(imbalance(books), "") << settled;
    }
}

TEST(DatedMoney, settled_after_a_termination_it_goes_back) {
    WholeDesk desk = paid_on_some_hour_of(kLastDay);
    desk.propose_termination("alice");
    desk.approve("termination-1", "bob");
    ASSERT_EQ(books_of(desk.book()).refundable, Money(0));
    desk.settle_receipt(kDatedWire, new_york("2002-06-28T16:00:00"), kBankSays, "alice");
    EXPECT_EQ(books_of(desk.book()).refundable, Money(200'000));
    EXPECT_EQ(desk.book().proposal("refunds-1")->total, Money(200'000));
}

// ---- who is told ----

TEST(DatedMoney, somebody_is_told_once_and_again_when_the_hour_has_passed) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.at("2002-06-28T15:00:00").say(wire_told_of(kLastDay));
    ASSERT_NE(receipt_alert(desk), nullptr);
    EXPECT_EQ(receipt_alert(desk)->severity, Severity::kWarning);
    EXPECT_EQ(receipt_alert(desk)->too_late_at, new_york("2002-06-28T17:00:00"));
    EXPECT_NE(receipt_alert(desk)->next.find("rightsdesk payment settle-receipt bank-1.1 --received-at ... --evidence ... --as YOU"), std::string::npos);
    ConfirmWire again = wire_told_of(kLastDay);
    again.message_id = "camt.053-1";
    desk.say(again);
    EXPECT_EQ(receipt_alerts(desk), 1U) << "another message with a date only tells nothing new";
    desk.at("2002-06-28T17:00:01");
    ASSERT_NE(receipt_alert(desk), nullptr);
    EXPECT_EQ(receipt_alert(desk)->severity, Severity::kCritical);
    EXPECT_EQ(receipt_alert(desk)->too_late_at, new_york("2002-07-01T17:00:00")) << "the final allocation waits for the covers";
    EXPECT_EQ(receipt_alerts(desk), 2U);
    desk.count();
    EXPECT_EQ(receipt_alerts(desk), 2U);
}

TEST(DatedMoney, nobody_is_told_of_a_day_that_proves_enough) {
    for (const char* date : {"2002-06-27", "2002-06-29"}) {
        const WholeDesk desk = paid_on_some_hour_of(date);
        EXPECT_EQ(desk.book().payment(kDatedWire)->status, PaymentStatus::kGood) << date;
        EXPECT_EQ(receipt_alerts(desk), 0U) << date;
    }
}

TEST(DatedMoney, what_answers_the_question_resolves_its_alert) {
    struct {
        const char* story;
        std::function<void(WholeDesk&)> answer;
        std::int64_t in_time;  // dollars
    } const rows[] = {
        {"a person", [](WholeDesk& desk) { desk.settle_receipt(kDatedWire, new_york("2002-06-28T18:00:00"), kBankSays, "alice"); }, 0},
        {"another message of it, with a time", [](WholeDesk& desk) { desk.say(a_wire(2'000, kSampleImad, "2002-06-28T16:30:00")); }, 2'000},
        {"an extension that makes its day no last one",
         [](WholeDesk& desk) {
             desk.propose_extension("2002-07-03T17:00:00", "alice");
             desk.approve("extension-1", "bob");
         },
         2'000},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk = paid_on_some_hour_of(kLastDay);
        ASSERT_NE(receipt_alert(desk), nullptr);
        row.answer(desk);
        EXPECT_EQ(receipt_alert(desk), nullptr);
        EXPECT_EQ(receipt_alerts(desk), 1U);
        EXPECT_EQ(funding_so_far(desk).good_in_time, Money(row.in_time * 100));
    }
}

TEST(DatedMoney, an_extension_to_a_later_hour_of_the_same_day_leaves_the_question) {
    WholeDesk desk = paid_on_some_hour_of(kLastDay);
    desk.propose_extension("2002-06-28T23:00:00", "alice");
    desk.approve("extension-1", "bob");
    ASSERT_NE(receipt_alert(desk), nullptr);
    EXPECT_EQ(receipt_alert(desk)->severity, Severity::kWarning) << "the hour has not passed any more";
    EXPECT_EQ(receipt_alert(desk)->too_late_at, new_york("2002-06-28T23:00:00"));
}

// A closing moves the cover deadline from Monday to Tuesday: Monday is an ordinary day of its money.
TEST(DatedMoney, a_cover_deadline_that_moves_away_answers_it) {
    WholeDesk desk = paid_on_some_hour_of("2002-07-01", due_with_certificates());
    ASSERT_NE(receipt_alert(desk), nullptr);
    desk.propose_closing(day("2002-07-01"), "alice");
    desk.approve("closing-1", "bob");
    EXPECT_EQ(receipt_alert(desk), nullptr);
    EXPECT_EQ(funding_so_far(desk).good_in_time, Money(200'000));
}

TEST(DatedMoney, the_exceptions_report_calls_it_by_its_name) {
    const WholeDesk desk = paid_on_some_hour_of(kLastDay);
    const Table table = exceptions_report(desk.book());
    const auto is_of_it = [](const TableRow& row) { return row[0] == TableCell(std::string(kDatedWire)); };
    const auto row = std::find_if(table.rows.begin(), table.rows.end(), is_of_it);
    ASSERT_NE(row, table.rows.end());
    EXPECT_EQ((*row)[1], TableCell(std::string("receipt_time_unknown")));
    EXPECT_EQ((*row)[2], TableCell(std::string(kLastDay)));
}

}  // namespace
}  // namespace rightsdesk::support
