// Money that comes back: instruments presented again, refunds that the bank reports, and what is owed to us when money that was used
// bounces (rules.md section 3, "Returned checks" and "The books").
#include <gtest/gtest.h>

#include <functional>

#include "domain/books.h"
#include "domain/report.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

constexpr const char* kCheck = "mail-1.1";

const Alert* open_alert_on(const WholeDesk& desk, const std::string& cause) {
    const std::uint64_t number = desk.book().open_alert_of(cause);
    return number == 0 ? nullptr : desk.book().alert(number);
}

// A notice for 1,000 shares, paid by the uncertified check 1044 of $2,000.
WholeDesk paid_by_check(const ReceiveInstrument& check) {
    WholeDesk desk;
    desk.submit(a_notice().paid_by(check.method, check.number, check.drawee));
    desk.say(check);
    return desk;
}

// Rules.md section 3: "Returned checks carry ANSI X9.100-188 reasons: A not sufficient funds, B uncollected, C stop payment, D closed, E unable to
// locate, F frozen, G stale, H post-dated, ... Y duplicate, Z forgery".
TEST(ReturnedMoney, has_the_reasons_letter_beside_its_word) {
    const std::pair<const char*, ReturnReason> rows[] = {
        {"A", ReturnReason::kNotSufficientFunds}, {"B", ReturnReason::kUncollectedFunds}, {"C", ReturnReason::kStopPayment}, {"D", ReturnReason::kClosedAccount},
        {"E", ReturnReason::kUnableToLocate},     {"F", ReturnReason::kFrozenAccount},    {"G", ReturnReason::kStaleDated},  {"H", ReturnReason::kPostDated},
        {"Y", ReturnReason::kDuplicate},          {"Z", ReturnReason::kForgery},
    };
    for (const auto& [letter, reason] : rows) {
        EXPECT_EQ(return_reason_from(letter), reason) << letter;
        EXPECT_EQ(return_reason_from(to_text(reason)), reason) << letter;
        EXPECT_EQ(text_with_letter(reason), to_text(reason) + " (" + letter + ")");
    }
    EXPECT_EQ(return_reason_from("z"), ReturnReason::kForgery);
    EXPECT_EQ(text_with_letter(ReturnReason::kOther), "other");
    for (const char* unknown : {"", "I", "AA", "1", "nsf"}) EXPECT_EQ(return_reason_from(unknown), std::nullopt) << unknown;
}

// A bank rarely says of a deposit on whom it was drawn.
TEST(ReturnedMoney, is_found_without_its_drawee_where_number_and_amount_are_one_instruments) {
    const ReceiveInstrument check = a_check(2'000, "1044");
    WholeDesk desk = paid_by_check(check);
    ConfirmClearance cleared = clearance_of(check, "2002-06-27T11:00:00");
    cleared.drawee.clear();
    ConfirmClearance other = cleared;
    other.amount = Money(199'999);
    EXPECT_EQ(refusal_of(desk.say(other)), Refusal::kUnknownPayment);
    ASSERT_EQ(names_of(desk.say(cleared)).front(), "PaymentGood");
    ReportBounce back = bounce_of(check, ReturnReason::kClosedAccount, "2002-06-27T15:00:00");
    back.drawee.clear();
    EXPECT_EQ(names_of(desk.say(back)).front(), "PaymentBounced");
    // Two of that number and amount: a person says which.
    ReceiveInstrument another = a_check(2'000, "1044");
    another.drawee = "Pine Bank";
    desk.say(another);
    EXPECT_EQ(refusal_of(desk.say(cleared)), Refusal::kUnknownPayment);
}

// Rules.md section 3: "a return un-receives the money and re-decides everything that leaned on it"; "a debit flagged reversal took a credit
// back".
TEST(Recall, of_a_wire_unreceives_it) {
    WholeDesk desk;
    desk.submit(a_notice());
    const ConfirmWire wire = a_wire(2'000);
    desk.say(wire);
    ASSERT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(200'000));
    EXPECT_EQ(names_of(desk.say(recall_of(wire, "2002-06-27T15:00:00"))), Names({"PaymentBounced", "NoticeFunded"}));
    EXPECT_EQ(desk.book().payment("bank-1.1")->status, PaymentStatus::kBounced);
    EXPECT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(0));
    EXPECT_EQ(imbalance(books_of(desk.book())), "");
    ASSERT_NE(open_alert_on(desk, "bounced/bank-1.1"), nullptr);
    EXPECT_EQ(refusal_of(desk.say(recall_of(wire, "2002-06-27T16:00:00"))), Refusal::kAlreadyDecided);
    EXPECT_EQ(refusal_of(desk.represent("bank-1.1", "alice")), Refusal::kNothingToDo) << "a wire is sent anew";
    desk.say(a_wire(2'000, "20020628L1B7032R000777"));
    EXPECT_EQ(desk.book().payment("bank-1.4")->status, PaymentStatus::kGood) << "another wire is other money";
}

TEST(Recall, never_tells_to_present_the_wire_again) {
    for (const ReturnReason reason : {ReturnReason::kNotSufficientFunds, ReturnReason::kUncollectedFunds, ReturnReason::kOther}) {
        WholeDesk desk;
        desk.submit(a_notice());
        desk.say(a_wire(2'000));
        ReportBounce recall = recall_of(a_wire(2'000), "2002-06-27T15:00:00");
        recall.reason = reason;
        desk.say(recall);
        const Alert* alert = open_alert_on(desk, "bounced/bank-1.1");
        ASSERT_NE(alert, nullptr);
        EXPECT_EQ(alert->next.find("represent"), std::string::npos) << to_text(reason) << ": " << alert->next;
    }
}

TEST(Recall, of_another_wire_is_refused) {
    const std::vector<std::pair<const char*, std::function<void(ReportBounce&)>>> rows = {
        {"another reference", [](ReportBounce& recall) { recall.wire->references.imad = "20020627L1B7032R000999"; }},
        {"another amount", [](ReportBounce& recall) { recall.amount = Money(1); }},
        {"another value date", [](ReportBounce& recall) { recall.wire->value_date = day("2002-06-20"); }},
        {"another currency", [](ReportBounce& recall) { recall.wire->currency = "CAD"; }},
        {"no reference", [](ReportBounce& recall) { recall.wire->references = {}; }},
    };
    for (const auto& [sentence, change] : rows) {
        WholeDesk desk;
        desk.submit(a_notice());
        desk.say(a_wire(2'000));
        ReportBounce recall = recall_of(a_wire(2'000), "2002-06-27T15:00:00");
        change(recall);
        EXPECT_EQ(refusal_of(desk.say(recall)), Refusal::kUnknownPayment) << sentence;
        EXPECT_EQ(desk.book().payment("bank-1.1")->status, PaymentStatus::kGood) << sentence;
    }
}

TEST(Representing, is_for_reasons_a_and_b_alone) {
    for (const std::string& word : base::enum_texts<ReturnReason>()) {
        const ReturnReason reason = *base::enum_from_text<ReturnReason>(word);
        const ReceiveInstrument check = a_check(2'000, "1044");
        WholeDesk desk = paid_by_check(check);
        desk.say(bounce_of(check, reason, "2002-06-27T15:00:00"));
        const bool again = word == "not_sufficient_funds" || word == "uncollected_funds";
        EXPECT_EQ(refusal_of(desk.represent(kCheck, "alice")), again ? std::nullopt : std::optional(Refusal::kNothingToDo)) << word;
        EXPECT_EQ(desk.book().payment(kCheck)->status, again ? PaymentStatus::kUncollected : PaymentStatus::kBounced) << word;
    }
}

TEST(Representing, a_later_clearance_makes_it_good_and_another_return_bounces_it) {
    const ReceiveInstrument check = a_check(2'000, "1044");
    WholeDesk desk = paid_by_check(check);
    const auto funding = [&] { return *desk.book().funding("fax-1.1"); };
    ASSERT_EQ(funding().uncollected, Money(200'000));
    desk.say(bounce_of(check, ReturnReason::kNotSufficientFunds, "2002-06-27T15:00:00"));
    EXPECT_EQ(funding().uncollected, Money(0));
    ASSERT_NE(open_alert_on(desk, "bounced/mail-1.1"), nullptr);
    EXPECT_NE(open_alert_on(desk, "bounced/mail-1.1")->next.find("payment represent mail-1.1"), std::string::npos);

    EXPECT_EQ(names_of(desk.at("2002-06-28T09:00:00").represent(kCheck, "alice")), Names({"PaymentRepresented", "NoticeFunded"}));
    EXPECT_EQ(funding().uncollected, Money(200'000));
    EXPECT_EQ(open_alert_on(desk, "bounced/mail-1.1"), nullptr);
    desk.say(bounce_of(check, ReturnReason::kUncollectedFunds, "2002-06-28T11:00:00"));
    EXPECT_EQ(desk.book().payment(kCheck)->status, PaymentStatus::kBounced);
    EXPECT_NE(open_alert_on(desk, "bounced/mail-1.1"), nullptr) << "it is a bounce of its own";

    desk.represent(kCheck, "alice");
    desk.say(clearance_of(check, "2002-06-28T16:00:00"));
    EXPECT_EQ(desk.book().payment(kCheck)->status, PaymentStatus::kGood);
    EXPECT_EQ(desk.book().payment(kCheck)->returned, std::nullopt);
    EXPECT_EQ(funding().good_in_time, Money(200'000));
    EXPECT_EQ(open_alert_on(desk, "bounced/mail-1.1"), nullptr);
}

TEST(Representing, a_clearance_that_nobody_announced_makes_it_good_as_well) {
    const ReceiveInstrument check = a_check(2'000, "1044");
    WholeDesk desk = paid_by_check(check);
    desk.say(bounce_of(check, ReturnReason::kNotSufficientFunds, "2002-06-27T15:00:00"));
    desk.say(clearance_of(check, "2002-06-28T16:00:00"));
    EXPECT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(200'000));
}

TEST(Representing, money_of_nobody_waits_in_suspense_again) {
    const ReceiveInstrument check = a_check(77, "2001");
    WholeDesk desk;
    desk.say(check);
    ASSERT_NE(open_alert_on(desk, "unmatched/mail-1.1"), nullptr);
    desk.say(bounce_of(check, ReturnReason::kNotSufficientFunds, "2002-06-27T15:00:00"));
    EXPECT_EQ(open_alert_on(desk, "unmatched/mail-1.1"), nullptr) << "there is no money to match";
    desk.represent(kCheck, "alice");
    EXPECT_TRUE(desk.book().unmatched_payments().contains(kCheck));
    EXPECT_NE(open_alert_on(desk, "unmatched/mail-1.1"), nullptr);
}

TEST(Representing, is_refused) {
    const ReceiveInstrument check = a_check(2'000, "1044");
    WholeDesk desk = paid_by_check(check);
    EXPECT_EQ(refusal_of(desk.represent("mail-1.9", "alice")), Refusal::kUnknownPayment);
    EXPECT_EQ(refusal_of(desk.represent(kCheck, "alice")), Refusal::kNothingToDo) << "it has not come back";
    desk.say(bounce_of(check, ReturnReason::kNotSufficientFunds, "2002-06-27T15:00:00"));
    const RepresentInstrument tomorrow{desk.book().log(), kCheck, Instant(desk.now().value + 86'400'000'000'000)};
    EXPECT_EQ(refusal_of(represent_instrument(desk.book(), tomorrow, desk.as("alice"))), Refusal::kValueUnusable);
}

// 1,000 shares allotted to a notice that paid $2,000, and $77 and $33 of nobody, whose refunds are approved: bank-1.2 and bank-1.3.
WholeDesk refunds_approved() {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(a_wire(2'000));
    desk.say(a_wire(77, "IMAD-OF-NOBODY"));
    desk.say(a_wire(33, "IMAD-OF-NO-ONE"));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T10:00:00"));
    desk.count().tabulate();
    for (const char* person : {"alice", "bob"}) desk.approve("allocation-1", person);
    for (const char* person : {"alice", "bob"}) desk.approve("refunds-1", person);
    return desk;
}

TEST(Refunds, go_back_the_way_the_money_came_and_are_reported_one_by_one) {
    WholeDesk desk = refunds_approved();
    ASSERT_EQ(desk.book().refund("bank-1.2")->channel, PaymentMethod::kWire);
    EXPECT_EQ(names_of(desk.refund_paid("bank-1.2", "FW-1")), Names({"RefundReported"}));
    EXPECT_EQ(desk.book().payment("bank-1.2")->refunded, Money(7'700));
    EXPECT_EQ(desk.book().payment("bank-1.3")->refunded, Money(0));
    desk.settle("carol");
    EXPECT_EQ(desk.book().refund("bank-1.2")->reference, "FW-1") << "it is not paid twice";
    EXPECT_EQ(desk.book().refund("bank-1.3")->status, RefundStatus::kPaid) << "the settlement pays what nobody reported";
    EXPECT_EQ(desk.book().refund("bank-1.3")->reference, "TA-77");
    EXPECT_EQ(books_of(desk.book()).refunded, Money(11'000));
}

// rules.md section 3: of every cent something becomes; money that clears when everything is allotted can only go back.
TEST(Refunds, money_that_is_good_after_the_allocation_goes_back_whole) {
    WholeDesk desk;
    const ReceiveInstrument check = a_check(77, "1044");
    const ReceiveInstrument later = a_check(88, "1045");
    desk.submit(a_notice());
    desk.say(a_wire(2'000));
    desk.say(check);
    desk.say(later);
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T12:00:00"));
    desk.count().tabulate();
    desk.approve("allocation-1", "alice");
    desk.approve("allocation-1", "bob");
    ASSERT_EQ(desk.book().proposal("refunds-1"), nullptr) << "nothing else was good";
    desk.say(clearance_of(check, "2002-07-12T09:30:00"));
    ASSERT_NE(desk.book().proposal("refunds-1"), nullptr);
    EXPECT_EQ(desk.book().proposal("refunds-1")->total, Money(7'700));
    EXPECT_EQ(desk.book().refund("mail-1.1")->cause, RefundCause::kUnmatched);
    desk.approve("refunds-1", "alice");
    desk.approve("refunds-1", "bob");
    desk.settle("carol");
    desk.say(clearance_of(later, "2002-07-12T10:00:00"));
    EXPECT_EQ(desk.book().proposal("refunds-2")->total, Money(8'800)) << "also when the offering is settled";
    desk.approve("refunds-2", "alice");
    desk.approve("refunds-2", "bob");
    desk.refund_paid("mail-1.2", "check 78 of ours");
    const Report report = report_of(desk.book());
    EXPECT_EQ(report.totals.refunded, Money(7'700 + 8'800));
    EXPECT_EQ(report.books.suspense + report.books.held, Money(0));
    EXPECT_EQ(report.does_not_tie, Names());
}

TEST(Refunds, the_channel_is_the_payments_own) {
    WholeDesk desk;
    desk.say(a_check(50, "2001", PaymentMethod::kMoneyOrder));
    desk.count().tabulate();
    for (const char* person : {"alice", "bob"}) desk.approve("allocation-1", person);
    EXPECT_EQ(desk.book().refund(kCheck)->channel, PaymentMethod::kMoneyOrder);
}

TEST(Refunds, one_that_failed_stays_visible_until_it_is_paid) {
    WholeDesk desk = refunds_approved();
    desk.refund_failed("bank-1.2", "account closed");
    EXPECT_EQ(desk.book().payment("bank-1.2")->refundable, Money(7'700));
    const Alert* alert = open_alert_on(desk, "refund/bank-1.2");
    ASSERT_NE(alert, nullptr);
    EXPECT_EQ(alert->kind, "refund_failed");
    EXPECT_NE(alert->what.find("$77.00"), std::string::npos) << alert->what;
    desk.settle("carol");
    EXPECT_EQ(desk.book().refund("bank-1.2")->status, RefundStatus::kFailed);
    const Report report = report_of(desk.book());
    EXPECT_EQ(report.totals.refunds_failed, Money(7'700));
    EXPECT_EQ(report.payments[1].refund, "failed: account closed");
    EXPECT_EQ(report.does_not_tie, Names());

    desk.refund_paid("bank-1.2", "FW-2");
    EXPECT_EQ(desk.book().payment("bank-1.2")->refunded, Money(7'700));
    EXPECT_EQ(open_alert_on(desk, "refund/bank-1.2"), nullptr);
    EXPECT_EQ(report_of(desk.book()).totals.refunds_failed, Money(0));
    EXPECT_EQ(report_of(desk.book()).does_not_tie, Names());
}

TEST(Refunds, one_that_was_paid_may_come_back) {
    WholeDesk desk = refunds_approved();
    desk.settle("carol");
    desk.refund_failed("bank-1.3", "the check was returned to us");
    EXPECT_EQ(desk.book().payment("bank-1.3")->refundable, Money(3'300));
    EXPECT_EQ(desk.book().payment("bank-1.3")->refunded, Money(0));
    EXPECT_EQ(imbalance(books_of(desk.book())), "");
}

TEST(Refunds, a_report_is_refused) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(a_wire(2'000));
    desk.say(a_wire(77, "IMAD-OF-NOBODY"));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T10:00:00"));
    desk.count().tabulate();
    for (const char* person : {"alice", "bob"}) desk.approve("allocation-1", person);
    EXPECT_EQ(refusal_of(desk.refund_paid("bank-1.9", "FW-1")), Refusal::kUnknownPayment);
    EXPECT_EQ(refusal_of(desk.refund_paid("bank-1.1", "FW-1")), Refusal::kNothingToDo) << "all of it bought shares";
    EXPECT_EQ(refusal_of(desk.refund_paid("bank-1.2", "FW-1")), Refusal::kTooEarly) << "nobody has approved it";
    for (const char* person : {"alice", "bob"}) desk.approve("refunds-1", person);
    EXPECT_EQ(refusal_of(desk.refund_paid("bank-1.2", "")), Refusal::kValueUnusable);
    EXPECT_EQ(refusal_of(desk.refund_failed("bank-1.2", "")), Refusal::kValueUnusable);
    desk.refund_paid("bank-1.2", "FW-1");
    EXPECT_EQ(refusal_of(desk.refund_paid("bank-1.2", "FW-9")), Refusal::kAlreadyDecided);
    EXPECT_EQ(desk.book().refund("bank-1.2")->reference, "FW-1");
}

// 1,000 shares are offered; a certified check of $2,500 buys them, and $500 are to be refunded.
WholeDesk allotted_on_a_check(const ReceiveInstrument& check) {
    Terms terms = sample_terms();
    terms.shares_offered = Shares(1'000);
    WholeDesk desk(terms);
    desk.submit(a_notice().paid_by(check.method, check.number, check.drawee));
    desk.say(check);
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T10:00:00"));
    desk.count().tabulate();
    for (const char* person : {"alice", "bob"}) desk.approve("allocation-1", person);
    for (const char* person : {"alice", "bob"}) desk.approve("refunds-1", person);
    return desk;
}

TEST(Owed, a_bounce_after_the_allocation_is_a_receivable_of_what_bought_shares) {
    const ReceiveInstrument check = a_check(2'500, "1044", PaymentMethod::kCertifiedCheck);
    WholeDesk desk = allotted_on_a_check(check);
    ASSERT_EQ(desk.book().payment(kCheck)->applied, Money(200'000));
    desk.say(bounce_of(check, ReturnReason::kNotSufficientFunds, "2002-07-12T10:00:00"));
    const Alert* alert = open_alert_on(desk, "owed/mail-1.1");
    ASSERT_NE(alert, nullptr);
    EXPECT_EQ(alert->kind, "payment_owed");
    EXPECT_EQ(alert->severity, Severity::kCritical);
    EXPECT_NE(alert->what.find("$2,000.00 is owed to us"), std::string::npos) << alert->what;
    EXPECT_NE(alert->whom.find("fax-1.1"), std::string::npos) << alert->whom;
    desk.settle("carol");
    EXPECT_EQ(desk.book().refund(kCheck)->status, RefundStatus::kApproved) << "the money is not there to be returned";
    const Report report = report_of(desk.book());
    EXPECT_EQ(report.totals.owed, Money(200'000));
    EXPECT_EQ(report.books.owed, Money(200'000));
    EXPECT_EQ(report.books.refundable, Money(0));
    EXPECT_EQ(report.does_not_tie, Names());
}

TEST(Owed, a_bounce_after_the_settlement_is_one_of_the_refund_as_well_until_the_money_is_good_again) {
    const ReceiveInstrument check = a_check(2'500, "1044", PaymentMethod::kCertifiedCheck);
    WholeDesk desk = allotted_on_a_check(check);
    desk.settle("carol");
    desk.say(bounce_of(check, ReturnReason::kUncollectedFunds, "2002-07-12T10:00:00"));
    EXPECT_EQ(report_of(desk.book()).totals.owed, Money(250'000));
    EXPECT_NE(open_alert_on(desk, "owed/mail-1.1")->what.find("$500.00 had been refunded"), std::string::npos);
    desk.represent(kCheck, "alice");
    EXPECT_EQ(report_of(desk.book()).totals.owed, Money(250'000)) << "it has not cleared";
    EXPECT_EQ(report_of(desk.book()).does_not_tie, Names());
    desk.say(clearance_of(check, "2002-07-12T15:00:00"));
    EXPECT_EQ(report_of(desk.book()).totals.owed, Money(0));
    EXPECT_EQ(open_alert_on(desk, "owed/mail-1.1"), nullptr);
    EXPECT_EQ(report_of(desk.book()).does_not_tie, Names());
}

// rules.md section 1: two boxes or none ticked are "a defect unless the money settles it"; section 3: a return "re-decides everything that
// leaned on it".
TEST(ReturnedMoney, settles_no_boxes_any_more_until_it_is_presented_again) {
    WholeDesk desk;
    const ReceiveInstrument check = a_check(2'000, "1044");
    const auto unclear = [] { return std::vector<Reason>({Reason::kPaymentDeliveryUnclear, Reason::kTelephoneUnconfirmed}); };
    desk.submit(a_notice().paid_by(check.method, check.number, check.drawee).where([](NoticeFields& fields) { fields.payment_delivery.reset(); }));
    ASSERT_EQ(desk.book().notice("fax-1.1")->reasons, unclear());
    desk.say(check);
    ASSERT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
    desk.say(bounce_of(check, ReturnReason::kNotSufficientFunds, "2002-06-27T15:00:00"));
    EXPECT_EQ(desk.book().notice("fax-1.1")->reasons, unclear());
    desk.represent("mail-1.1", "alice");
    EXPECT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
}

TEST(ReturnedMoney, leaves_boxes_settled_where_other_money_is_matched) {
    WholeDesk desk;
    const ReceiveInstrument check = a_check(1'000, "1044");
    desk.submit(a_notice().where([](NoticeFields& fields) { fields.payment_delivery.reset(); }));
    desk.say(check);
    desk.match("mail-1.1", "fax-1.1", std::nullopt, "alice");
    desk.say(a_wire(1'000, "IMAD-OTHER"));
    desk.match("bank-1.1", "fax-1.1", std::nullopt, "alice");
    desk.say(bounce_of(check, ReturnReason::kStopPayment, "2002-06-27T15:00:00"));
    EXPECT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
}

}  // namespace
}  // namespace rightsdesk::support
