// Instruments that count on receipt, and when their stamp is a question (rules.md section 1: "certified check, bank draft (cashier's
// check), money order, wire: received on receipt"; "the receipt stamp decides"; "wrong address: not a valid delivery").
// One notice for 1,000 shares at $2.00; the hour is Friday 28 June 2002 at 5:00 p.m., the tolerance 30 minutes.
#include <gtest/gtest.h>

#include "domain/contract_reports.h"
#include "domain/dated_money.h"
#include "domain/receipts.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

constexpr const char* kCertified = "mail-1.1";

ReceiveInstrument certified_check(std::string_view stamp) { return a_check(2'000, "1044", PaymentMethod::kCertifiedCheck, stamp); }

WholeDesk awaiting_a_certified_check() {
    WholeDesk desk;
    desk.submit(a_notice().paid_by(PaymentMethod::kCertifiedCheck, "1044", "Albany Savings Bank"));
    return desk;
}

const Alert* doubt_alert(const WholeDesk& desk) { return desk.book().alert(desk.book().open_alert_of(std::string("receipt/") + kCertified)); }

TEST(DoubtedReceipt, of_a_stamp_in_time_that_is_handed_over_when_that_had_passed) {
    struct {
        const char* story;
        const char* stamp;
        const char* handed_over;
        bool doubted;
    } const rows[] = {
        {"as it was stamped", "2002-06-28T16:59:00", "2002-06-28T16:59:00", false},
        {"a day after its stamp, and still in time", "2002-06-27T09:00:00", "2002-06-28T17:00:00", false},
        {"after the hour, within the tolerance", "2002-06-28T16:59:00", "2002-06-28T17:29:00", false},
        {"after the hour, beyond the tolerance", "2002-06-28T16:59:00", "2002-06-28T17:29:01", true},
        {"late by its own stamp", "2002-06-28T17:00:01", "2002-06-28T19:00:00", false},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk = awaiting_a_certified_check();
        const Decision decision = desk.at(row.handed_over).say(certified_check(row.stamp));
        const Payment& payment = *desk.book().payment(kCertified);
        EXPECT_EQ(payment.doubt.has_value(), row.doubted);
        EXPECT_EQ(payment.status, row.doubted ? PaymentStatus::kUncollected : PaymentStatus::kGood);
        ASSERT_EQ(doubt_alert(desk) != nullptr, row.doubted);
        if (!row.doubted) continue;
        EXPECT_EQ(doubt_alert(desk)->severity, Severity::kCritical);
        EXPECT_NE(doubt_alert(desk)->what.find("handed over when that had passed"), std::string::npos) << doubt_alert(desk)->what;
        EXPECT_NE(doubt_alert(desk)->next.find("rightsdesk payment settle-receipt mail-1.1"), std::string::npos);
        Record record;
        record.event = decision.events.front();
        EXPECT_EQ(receipt_of(record, "rare-medium-2002", 1).reasons, Names{"handed_over_late"});
        EXPECT_EQ(desk.book().funding("fax-1.1")->uncollected, Money(200'000));
        desk.settle_receipt(kCertified, new_york(row.stamp), "the mail room's log of that day", "alice");
        EXPECT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(200'000));
        EXPECT_EQ(doubt_alert(desk), nullptr);
    }
}

TEST(DoubtedReceipt, after_the_count_of_anything_in_time_and_the_final_allocation_has_it_once_it_is_settled) {
    WholeDesk desk = awaiting_a_certified_check();
    desk.count();
    const PaymentId after_count = "mail-1.2";  // the first number was the watermark's
    desk.say(certified_check("2002-06-28T16:59:00"));
    EXPECT_EQ(desk.book().payment(after_count)->status, PaymentStatus::kUncollected);
    const Table table = exceptions_report(desk.book());
    const bool told = std::any_of(table.rows.begin(), table.rows.end(), [](const auto& row) { return std::get<std::string>(row.at(2)) == "handed_over_late"; });
    EXPECT_TRUE(told);
    EXPECT_EQ(refusal_of(desk.settle_receipt(after_count, new_york("2002-06-28T16:59:00"), "", "alice")), Refusal::kValueUnusable);
    desk.settle_receipt(after_count, new_york("2002-06-28T17:10:00"), "the mail room's log: it came with the late post", "alice");
    EXPECT_EQ(desk.book().payment(after_count)->received_at, new_york("2002-06-28T17:10:00"));
}

TEST(DoubtedReceipt, at_an_address_of_another_channel) {
    WholeDesk desk = awaiting_a_certified_check();
    ReceiveInstrument elsewhere = certified_check("2002-06-27T09:30:00");
    elsewhere.channel = Channel::kCourier;  // a courier's envelope at the mail address
    desk.say(elsewhere);
    EXPECT_EQ(desk.book().payment(kCertified)->status, PaymentStatus::kUncollected);
    ASSERT_NE(doubt_alert(desk), nullptr);
    EXPECT_NE(doubt_alert(desk)->what.find("not listed for its channel"), std::string::npos) << doubt_alert(desk)->what;
    desk.at("2002-06-27T12:00:00").settle_receipt(kCertified, new_york("2002-06-27T11:00:00"), "carried to Brooklyn at eleven", "alice");
    EXPECT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(200'000));
}

TEST(DoubtedReceipt, not_of_what_counts_at_its_clearance) {
    WholeDesk desk;
    desk.submit(a_notice().paid_by(PaymentMethod::kUncertifiedCheck, "1044", "Albany Savings Bank"));
    ReceiveInstrument check = a_check(2'000, "1044", PaymentMethod::kUncertifiedCheck, "2002-06-28T16:00:00");
    check.channel = Channel::kCourier;
    desk.at("2002-06-28T20:00:00").say(check);
    EXPECT_EQ(desk.book().payment(kCertified)->doubt, std::nullopt) << "the bank's word is its time";
    EXPECT_EQ(doubt_alert(desk), nullptr);
}

TEST(DoubtedReceipt, goes_with_a_return) {
    WholeDesk desk = awaiting_a_certified_check();
    const ReceiveInstrument check = certified_check("2002-06-28T16:59:00");
    desk.at("2002-06-28T18:00:00").say(check);
    desk.say(bounce_of(check, ReturnReason::kStopPayment, "2002-06-28T18:00:00"));
    EXPECT_EQ(desk.book().payment(kCertified)->doubt, std::nullopt);
    EXPECT_EQ(refusal_of(desk.settle_receipt(kCertified, new_york("2002-06-28T16:59:00"), "a log", "alice")), Refusal::kNothingToDo);
}

}  // namespace
}  // namespace rightsdesk::support
