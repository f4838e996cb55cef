// Certificates that come for a notice, by their numbers: each counts once, for one notice (rules.md section 5: "several notices for one
// certificate", "certificates for another quantity than guaranteed"; section 7: "quantity that differs from the register").
// The sample's notice is for 1,000 rights, dated 26 June 2002: its certificates are due on Monday 1 July at 5:00 p.m.
#include "domain/certificate_delivery.h"

#include <gtest/gtest.h>

#include "domain/contract_reports.h"
#include "domain/covers.h"
#include "domain/receipts.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

using Questions = std::vector<CertificateQuestion>;

DeliverCertificates numbered(const NoticeId& notice, std::int64_t rights, std::vector<std::string> numbers, const std::string& delivery,
                             std::string_view stamp = "2002-06-27T15:00:00") {
    DeliverCertificates command = certificates_for(notice, rights, stamp);
    command.certificate_numbers = std::move(numbers);
    command.delivery = delivery;
    return command;
}

const CertificatesReceived& last_for(const WholeDesk& desk, const NoticeId& notice) { return desk.book().notice(notice)->certificates.back(); }

bool is_complete(const WholeDesk& desk, const NoticeId& notice) { return desk.book().cover(notice)->state == CoverState::kComplete; }

const Alert* asked_of_a_person(const WholeDesk& desk, const NoticeId& notice, const std::string& delivery) {
    return desk.book().alert(desk.book().open_alert_of("certificates/" + notice + "/" + delivery));
}

TEST(CertificateNumbers, told_of_again_count_once) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(numbered("fax-1.1", 500, {"RC-1001"}, "parcel-1"));
    const Decision again = desk.say(numbered("fax-1.1", 500, {"rc 1001"}, "parcel-2", "2002-06-27T16:00:00"));
    EXPECT_FALSE(is_complete(desk, "fax-1.1")) << "500 rights are here, not 1,000";
    EXPECT_EQ(last_for(desk, "fax-1.1").repeats, "parcel-1");
    EXPECT_EQ(last_for(desk, "fax-1.1").questions, Questions());
    Record record;
    record.event = again.events.front();
    EXPECT_EQ(receipt_of(record, "rare-medium-2002", 1).explanation, "the same certificates came with delivery parcel-1: they count once");
    desk.say(numbered("fax-1.1", 500, {"RC-1002"}, "parcel-3"));
    EXPECT_TRUE(is_complete(desk, "fax-1.1")) << "the other half, by its own number";
}

TEST(CertificateNumbers, without_a_delivery_id_the_same_paper_is_on_file) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(numbered("fax-1.1", 500, {}, ""));
    EXPECT_EQ(refusal_of(desk.say(numbered("fax-1.1", 500, {}, ""))), Refusal::kNothingToDo);
    EXPECT_EQ(refusal_of(desk.say(numbered("fax-1.1", 500, {}, "", "2002-06-27T15:00:01"))), std::nullopt) << "a second later is another";
}

TEST(CertificateNumbers, a_repeat_brings_the_signature_guarantee_and_the_earliest_of_them_counts) {
    WholeDesk desk;
    desk.submit(a_notice());
    DeliverCertificates bare = numbered("fax-1.1", 1'000, {"RC-1001"}, "parcel-1");
    bare.signature_guarantee = false;
    desk.say(bare);
    desk.say(numbered("fax-1.1", 1'000, {"RC-1001"}, "parcel-2", "2002-06-27T16:00:00"));
    ASSERT_TRUE(is_complete(desk, "fax-1.1"));
    EXPECT_EQ(desk.book().cover("fax-1.1")->completed_at, new_york("2002-06-27T16:00:00"));
}

TEST(CertificateNumbers, some_of_which_came_before_are_a_persons_question) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(numbered("fax-1.1", 500, {"RC-1001"}, "parcel-1"));
    desk.say(numbered("fax-1.1", 800, {"RC-1001", "RC-1002"}, "parcel-2"));
    EXPECT_EQ(last_for(desk, "fax-1.1").questions, Questions{CertificateQuestion::kPartlyOnFile});
    EXPECT_FALSE(is_complete(desk, "fax-1.1"));
    EXPECT_EQ(refusal_of(desk.settle_certificates("fax-1.1", "parcel-2", true, Rights(801))), Refusal::kAmountUnusable);
    desk.settle_certificates("fax-1.1", "parcel-2", true, Rights(499));
    EXPECT_FALSE(is_complete(desk, "fax-1.1")) << "500 and 499";
    desk.say(numbered("fax-1.1", 1, {"RC-1003"}, "parcel-3"));
    EXPECT_TRUE(is_complete(desk, "fax-1.1"));
}

// Each row: a second notice, fax-1.2, has the certificate of the delivery for fax-1.1.
TEST(CertificateNumbers, on_file_for_another_notice_are_a_persons_question) {
    using enum CertificateQuestion;
    const auto other = [](std::vector<std::string> numbers) {
        return a_notice().id("fax-1", 2).named({"Noah B. Other"}).guaranteed_by("Bowery Trust Company").certificates(std::move(numbers));
    };
    struct {
        const char* story;
        std::function<void(WholeDesk&)> before;
        Questions asked;
    } const rows[] = {
        {"it is nobody else's", [](WholeDesk&) {}, {}},
        {"it came for the other", [&](WholeDesk& desk) { desk.submit(other({"RC-9"})); desk.say(numbered("fax-1.2", 1'000, {"RC-1001"}, "parcel-0")); }, {kOfAnotherNotice}},
        {"the other names it too: two brokers may number alike", [&](WholeDesk& desk) { desk.submit(other({"RC-1001"})); }, {}},
        {"the other names it too, and it came for the other",
         [&](WholeDesk& desk) { desk.submit(other({"RC-1001"})); desk.say(numbered("fax-1.2", 1'000, {"RC-1001"}, "parcel-0")); }, {kOfAnotherNotice}},
        {"it was exercised directly", [](WholeDesk& desk) { desk.say(an_exercise(1'000, 0, "RC-1001")); }, {kExercisedDirectly}},
        {"it came for the other, which was rejected",
         [&](WholeDesk& desk) { desk.submit(other({"RC-9"})); desk.say(numbered("fax-1.2", 1'000, {"RC-1001"}, "parcel-0")); desk.reject("fax-1.2", "alice"); }, {}},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        desk.submit(a_notice());
        row.before(desk);
        const Decision decision = desk.say(numbered("fax-1.1", 1'000, {"RC-1001"}, "parcel-1"));
        EXPECT_EQ(last_for(desk, "fax-1.1").questions, row.asked);
        EXPECT_EQ(is_complete(desk, "fax-1.1"), row.asked.empty());
        const Alert* alert = asked_of_a_person(desk, "fax-1.1", "parcel-1");
        ASSERT_EQ(alert != nullptr, !row.asked.empty());
        if (alert == nullptr) continue;
        EXPECT_EQ(alert->kind, "certificates_in_question");
        EXPECT_NE(alert->what.find(last_for(desk, "fax-1.1").on_file_for.at(0)), std::string::npos) << alert->what;
        EXPECT_NE(alert->next.find("rightsdesk certificates settle fax-1.1 --delivery parcel-1"), std::string::npos) << alert->next;
        EXPECT_EQ(alert->too_late_at, new_york("2002-07-01T17:00:00"));
        Record record;
        record.event = decision.events.front();
        EXPECT_EQ(receipt_of(record, "rare-medium-2002", 1).reasons, Names{to_text(row.asked.front())});
        desk.settle_certificates("fax-1.1", "parcel-1", true);
        EXPECT_TRUE(is_complete(desk, "fax-1.1"));
        EXPECT_EQ(asked_of_a_person(desk, "fax-1.1", "parcel-1"), nullptr) << "answered";
    }
}

TEST(CertificateNumbers, named_by_another_notice_and_not_by_this_one_are_asked_about) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.submit(a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"}));
    desk.say(numbered("fax-1.1", 1'000, {"RC-2"}, "parcel-1"));
    EXPECT_EQ(last_for(desk, "fax-1.1").questions, Questions{CertificateQuestion::kOfAnotherNotice});
    EXPECT_EQ(last_for(desk, "fax-1.1").on_file_for, Names{"fax-1.2"});
}

TEST(CertificateNumbers, that_came_for_a_notice_are_not_exercised_directly_unasked) {
    WholeDesk desk;
    desk.submit(a_notice().certificates({}));
    desk.say(numbered("fax-1.1", 1'000, {"RC-7"}, "parcel-1"));
    desk.say(an_exercise(1'000, 0, "RC-7"));
    EXPECT_EQ(desk.book().notice("mail-1.2")->possible_duplicate_of, "fax-1.1");
    EXPECT_EQ(desk.book().notice("mail-1.2")->status, NoticeStatus::kInQuestion);
}

TEST(CertificateNumbers, are_looked_up_in_the_register) {
    using enum CertificateQuestion;
    const auto stranger = a_notice().named({"Vera Direct"}).certificates({"RC-77"});
    struct {
        const char* story;
        RightsTransfer transfer;
        NoticeBuilder notice;
        std::vector<std::string> numbers;
        std::int64_t rights;
        Questions asked;
    } const rows[] = {
        {"as the register has it", RightsTransfer::kTransferable, a_notice(), {"RC-1001"}, 1'000, {}},
        {"more rights than its holder has", RightsTransfer::kTransferable, a_notice(), {"RC-1001"}, 1'001, {kRightsBeyondRegister}},
        {"a number that it does not have, of a holder of record", RightsTransfer::kTransferable, a_notice(), {"RC-78"}, 1'000, {kNotOnRegister}},
        {"one that it has and one that it has not", RightsTransfer::kTransferable, a_notice(), {"RC-1001", "RC-78"}, 1'000, {kNotOnRegister}},
        {"no number was read", RightsTransfer::kTransferable, a_notice(), {}, 5'000, {}},
        {"rights that were bought are on new certificates", RightsTransfer::kTransferable, stranger, {"RC-78"}, 1'000, {}},
        {"rights that cannot be bought", RightsTransfer::kNotTransferable, stranger, {"RC-78"}, 1'000, {kNotOnRegister}},
        {"the notice named it and was asked about it", RightsTransfer::kNotTransferable, stranger, {"RC-77"}, 1'000, {}},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        Terms terms = sample_terms();
        terms.rights_transfer = row.transfer;
        WholeDesk desk(terms);
        desk.import_register(a_register({{"1001", "Ida M. Holder", "US", 1'000, {"RC-1001"}}}));
        desk.submit(row.notice);
        desk.say(numbered("fax-1.1", row.rights, row.numbers, "parcel-1"));
        EXPECT_EQ(last_for(desk, "fax-1.1").questions, row.asked);
    }
}

// "A stamp in time that is handed over late goes to a person" (rules.md section 1, "receipt": the stamp decides, and our own is kept
// beside it). Due at 5:00 p.m. on 1 July; the tolerance is 30 minutes.
TEST(CertificatesInQuestion, are_those_stamped_in_time_and_handed_over_when_that_had_passed) {
    struct {
        const char* story;
        const char* stamp;
        const char* handed_over;
        bool asked;
    } const rows[] = {
        {"as they were stamped", "2002-07-01T16:59:00", "2002-07-01T16:59:00", false},
        {"long after, and still in time", "2002-06-27T10:00:00", "2002-07-01T17:00:00", false},
        {"after the deadline, within the tolerance", "2002-07-01T16:59:00", "2002-07-01T17:29:00", false},
        {"after the deadline, beyond the tolerance", "2002-07-01T16:59:00", "2002-07-01T17:29:01", true},
        {"late by their stamp: nothing to ask", "2002-07-01T17:00:01", "2002-07-01T18:30:00", false},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        desk.submit(a_notice());
        desk.at(row.handed_over).say(numbered("fax-1.1", 1'000, {"RC-1001"}, "parcel-1", row.stamp));
        EXPECT_EQ(last_for(desk, "fax-1.1").arrived, new_york(row.handed_over));
        EXPECT_EQ(last_for(desk, "fax-1.1").questions, row.asked ? Questions{CertificateQuestion::kHandedOverLate} : Questions());
        EXPECT_EQ(asked_of_a_person(desk, "fax-1.1", "parcel-1") != nullptr, row.asked);
        if (!row.asked) continue;
        EXPECT_FALSE(is_complete(desk, "fax-1.1"));
        EXPECT_EQ(asked_of_a_person(desk, "fax-1.1", "parcel-1")->too_late_at, std::nullopt) << "the deadline has passed";
        desk.settle_certificates("fax-1.1", "parcel-1", true);
        EXPECT_TRUE(is_complete(desk, "fax-1.1"));
    }
}

TEST(CertificatesInQuestion, complete_a_cover_that_was_missed_once_a_person_says_that_the_stamp_holds) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(a_wire(2'000));
    NoticeBuilder other = a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"}).dated("2002-06-27");  // until 2 July
    desk.submit(other);
    desk.count().at("2002-07-02T09:00:00").watermarks();
    ASSERT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kMissed);
    desk.say(numbered("fax-1.1", 1'000, {"RC-1001"}, "parcel-1", "2002-07-01T16:59:00"));
    EXPECT_EQ(last_for(desk, "fax-1.1").questions, Questions{CertificateQuestion::kHandedOverLate}) << "every gateway had said that it held no more";
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kMissed);
    EXPECT_NE(desk.book().open_alert_of("missed/fax-1.1"), 0U);
    desk.settle_certificates("fax-1.1", "parcel-1", true);
    EXPECT_TRUE(is_complete(desk, "fax-1.1"));
    EXPECT_EQ(desk.book().open_alert_of("missed/fax-1.1"), 0U);
    desk.tabulate();
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->basic, Shares(1'000));
}

// Form: "delivery to an address other than as set forth does not constitute a valid delivery" (rules.md section 1, "wrong address").
TEST(CertificatesElsewhere, cover_nothing_and_the_sender_and_a_person_are_told) {
    WholeDesk desk;
    desk.submit(a_notice());
    DeliverCertificates command = numbered("fax-1.1", 1'000, {"RC-1001"}, "parcel-1");
    command.address = kSampleMail;  // a courier's parcel at the mail address
    const Decision decision = desk.say(command);
    Record record;
    record.event = decision.events.front();
    const Receipt receipt = receipt_of(record, "rare-medium-2002", 1);
    EXPECT_EQ(receipt.kind, ReceiptKind::kDefective);
    EXPECT_EQ(receipt.status, "certificates_recorded");
    EXPECT_EQ(receipt.reasons, Names{"misdirected"});
    EXPECT_FALSE(is_complete(desk, "fax-1.1"));
    const Alert* alert = asked_of_a_person(desk, "fax-1.1", "parcel-1");
    ASSERT_NE(alert, nullptr);
    EXPECT_EQ(alert->kind, "certificates_misdirected");
    command.address = kSampleCourier;
    desk.say(command);
    EXPECT_TRUE(is_complete(desk, "fax-1.1")) << "the same numbers, where they belong: no repeat";
    EXPECT_EQ(asked_of_a_person(desk, "fax-1.1", "parcel-1"), nullptr);
}

TEST(CertificatesInQuestion, that_do_not_count_leave_the_cover_missed) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(a_wire(2'000));
    desk.say(an_exercise(1'000, 0, "RC-1001"));
    desk.say(numbered("fax-1.1", 1'000, {"RC-1001"}, "parcel-1"));
    const auto kinds = [&] {
        Names found;
        const Table table = exceptions_report(desk.book());
        for (const auto& row : table.rows) found.push_back(std::get<std::string>(row.at(1)));
        return found;
    };
    const Names asked = kinds();
    EXPECT_NE(std::find(asked.begin(), asked.end(), "certificates_in_question"), asked.end());
    desk.settle_certificates("fax-1.1", "parcel-1", false);
    EXPECT_FALSE(last_for(desk, "fax-1.1").settled->counts);
    EXPECT_EQ(last_for(desk, "fax-1.1").settled->by, "alice");
    EXPECT_EQ(desk.book().cover("fax-1.1")->missing, (std::vector<Missing>{Missing::kCertificates, Missing::kSignatureGuarantee}));
    EXPECT_EQ(refusal_of(desk.settle_certificates("fax-1.1", "parcel-1", true)), Refusal::kNothingToDo) << "answered once";
}

TEST(CertificatesInQuestion, are_settled_by_a_person_on_evidence_and_in_time) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(an_exercise(1'000, 0, "RC-1001"));
    desk.say(numbered("fax-1.1", 1'000, {"RC-1001"}, "parcel-1"));
    EXPECT_EQ(refusal_of(desk.settle_certificates("fax-1.9", "parcel-1", true)), Refusal::kUnknownNotice);
    EXPECT_EQ(refusal_of(desk.settle_certificates("fax-1.1", "parcel-9", true)), Refusal::kNothingToDo);
    EXPECT_EQ(refusal_of(desk.settle_certificates("fax-1.1", "parcel-1", true, {}, "")), Refusal::kValueUnusable);
    EXPECT_EQ(refusal_of(desk.settle_certificates("fax-1.1", "parcel-1", false, Rights(1))), Refusal::kValueUnusable);
    const SettleCertificates command{"rare-medium-2002", "fax-1.1", "parcel-1", true, {}, "a call"};
    EXPECT_EQ(refusal_of(settle_certificates(desk.book(), command, desk.as("mail-1"))), Refusal::kNotPermitted);
    EXPECT_FALSE(settle_certificates(Book("rare-medium-2002"), command, desk.as("alice")).retry_later.empty());
    desk.count().tabulate();
    EXPECT_EQ(refusal_of(desk.settle_certificates("fax-1.1", "parcel-1", true)), Refusal::kTooLate);
}

}  // namespace
}  // namespace rightsdesk::support
