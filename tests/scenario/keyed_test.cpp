// Notices that a page reader is not sure of, over the whole suite in one process and on the stepped clock: a person keys them when the
// hour has passed, and the fax's own stamp decides.
#include <gtest/gtest.h>

#include "base/hash.h"
#include "paper/form.h"
#include "support/builders.h"
#include "support/filled_form.h"
#include "support/short_timeline.h"
#include "support/suite_in_process.h"

namespace rightsdesk {
namespace {

using domain::NoticeStatus;
using domain::ServiceName;
using support::SuiteInProcess;

const std::string kKeyedOffering = "rare-medium-2002";
const std::string kListedFirm = "Harbor Securities Corp.";

domain::SubmitNotice blurred(std::string_view stamp) {
    return support::a_notice().guaranteed_by(kListedFirm).received(stamp).undated().to_be_keyed({"dated"}).submission();
}

domain::KeyNotice keyed(const std::string& notice) {
    domain::KeyNotice command{kKeyedOffering, notice, {}, {}};
    command.fields.dated = support::day("2002-06-27");
    return command;
}

TEST(Keyed, at_6_30_pm_what_came_at_4_58_counts_and_what_came_a_second_late_is_late) {
    SuiteInProcess suite;
    std::size_t turns = 0;
    suite.between_turns = [&] {
        if (++turns % 40 == 0) suite.die_and_return(turns / 40 % suite.services());
    };
    suite.play(support::short_timeline(""));
    suite.step_to(support::new_york("2002-06-28T16:58:30"));
    EXPECT_EQ(suite.send("fax-1", 1, ServiceName::kIntake, blurred("2002-06-28T16:58:00")).status, "awaiting_keying");
    suite.step_to(support::new_york("2002-06-28T17:00:05"));
    domain::SubmitNotice second = blurred("2002-06-28T17:00:01");
    second.keyed->names = {"Otto Other"};
    second.keyed->certificate_numbers = {"RC-2002"};
    EXPECT_EQ(suite.send("fax-1", 2, ServiceName::kIntake, second).status, "awaiting_keying");
    suite.step_to(support::new_york("2002-06-28T18:30:00"));
    EXPECT_EQ(suite.send("alice", 11, ServiceName::kIntake, keyed("fax-1.1")).status, "accepted");
    EXPECT_EQ(suite.send("alice", 12, ServiceName::kIntake, keyed("fax-1.2")).status, "late");
    suite.settle();
    const auto book = suite.book(kKeyedOffering);
    EXPECT_EQ(book->notice("fax-1.1")->status, NoticeStatus::kAccepted);
    EXPECT_EQ(book->notice("fax-1.1")->content.guarantor_name, kListedFirm) << "read with certainty, and kept sealed until it was keyed";
    EXPECT_EQ(book->notice("fax-1.2")->status, NoticeStatus::kLate);
    EXPECT_EQ(suite.verify(kKeyedOffering), "");
}

TEST(Keyed, the_fax_and_its_readable_copy_by_mail_are_one_notice) {
    SuiteInProcess suite;
    suite.play(support::short_timeline(""));
    suite.step_to(support::new_york("2002-06-28T16:58:30"));
    (void)suite.send("fax-1", 1, ServiceName::kIntake, blurred("2002-06-28T16:58:00"));
    suite.step_to(support::new_york("2002-06-28T17:30:00"));
    const auto mailed = support::a_notice().guaranteed_by(kListedFirm).id("mail-1", 1).by_mail().dated("2002-06-27").received("2002-06-28T17:30:00").submission();
    EXPECT_EQ(suite.send("mail-1", 1, ServiceName::kIntake, mailed).status, "late");
    EXPECT_EQ(suite.send("alice", 11, ServiceName::kIntake, keyed("fax-1.1")).status, "linked");
    EXPECT_EQ(suite.send("bob", 11, ServiceName::kIntake, keyed("fax-1.1")).status, "linked") << "the same again";
    suite.settle();
    const auto book = suite.book(kKeyedOffering);
    EXPECT_EQ(book->notice("mail-1.1")->status, NoticeStatus::kAccepted);
    EXPECT_EQ(book->notice("mail-1.1")->deliveries.size(), 2U);
    EXPECT_EQ(domain::report_of(*book).totals.accepted, 1U);
    EXPECT_NE(suite.report(kKeyedOffering).find("2, 1 accepted"), std::string::npos);
    EXPECT_EQ(suite.verify(kKeyedOffering), "");
}

TEST(Keyed, what_came_on_a_number_of_nobody_is_attributed_first_and_then_keyed) {
    SuiteInProcess suite;
    suite.play(support::short_timeline(""));
    suite.step_to(support::new_york("2002-06-27T10:00:00"));
    domain::SubmitNotice notice = blurred("2002-06-27T10:00:00");
    notice.address = "+19995550100";
    EXPECT_EQ(suite.send("fax-1", 1, ServiceName::kIntake, notice).status, "unattributed");
    EXPECT_EQ(suite.send("alice", 10, ServiceName::kIntake, domain::AttributeNotice{"fax-1.1", kKeyedOffering, "the sender says so"}).kind, domain::ReceiptKind::kAccepted);
    suite.settle();
    EXPECT_EQ(suite.book(kKeyedOffering)->notice("fax-1.1")->status, NoticeStatus::kAwaitingKeying);
    (void)suite.send("alice", 11, ServiceName::kIntake, keyed("fax-1.1"));
    suite.settle();
    const auto book = suite.book(kKeyedOffering);
    EXPECT_EQ(book->notice("fax-1.1")->status, NoticeStatus::kMisdirected);
    EXPECT_EQ(book->notice("fax-1.1")->content.basic_shares, domain::Shares(1'000)) << "what the gateway was certain of is in the desk's record";
    EXPECT_EQ(suite.verify(kKeyedOffering), "");
}

// A typed notice on another layout: what its own words mean there, the form's reader does not know.
TEST(Keyed, a_typed_notice_that_was_read_by_its_layout_is_not_read_once_more_as_the_form) {
    SuiteInProcess suite;
    suite.play(support::short_timeline(""));
    suite.step_to(support::new_york("2002-06-27T10:00:00"));
    domain::SubmitNotice typed = blurred("2002-06-27T10:00:00");
    typed.media_type = "text/plain";
    typed.document = base::Bytes(support::fill_form(7).text);
    typed.sha256 = base::sha256_hex(typed.document.view());
    typed.reading->layout = "unit_offering";
    typed.keyed->rights_held.reset();
    ASSERT_TRUE(paper::parse_form(typed.document.view())->fields.rights_held);
    EXPECT_EQ(suite.send("fax-1", 1, ServiceName::kIntake, typed).status, "awaiting_keying");
    (void)suite.send("alice", 11, ServiceName::kIntake, keyed("fax-1.1"));
    suite.settle();
    const auto book = suite.book(kKeyedOffering);
    EXPECT_FALSE(book->notice("fax-1.1")->content.rights_held);
    EXPECT_EQ(book->notice("fax-1.1")->content.basic_shares, domain::Shares(1'000));
    EXPECT_EQ(suite.verify(kKeyedOffering), "");
}

TEST(Keyed, after_every_service_has_died_what_was_read_is_still_there) {
    SuiteInProcess suite;
    suite.play(support::short_timeline(""));
    suite.step_to(support::new_york("2002-06-27T10:00:00"));
    (void)suite.send("fax-1", 1, ServiceName::kIntake, blurred("2002-06-27T10:00:00"));
    for (std::size_t service = 0; service < suite.services(); ++service) suite.die_and_return(service);
    const domain::Receipt receipt = suite.send("alice", 11, ServiceName::kIntake, keyed("fax-1.1"));
    EXPECT_EQ(receipt.status, "accepted") << receipt.explanation;
    EXPECT_EQ(suite.verify(kKeyedOffering), "");
}

}  // namespace
}  // namespace rightsdesk
