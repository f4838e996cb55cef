// A notice that was attributed to the wrong offering leaves it, with its certificates to go back, and is decided in another by its own stamp.
#include <gtest/gtest.h>

#include "domain/alerting.h"
#include "domain/attributing.h"
#include "domain/certificate_delivery.h"
#include "domain/certificates.h"
#include "domain/contract_reports.h"
#include "domain/notice_cures.h"
#include "domain/notice_judgement.h"
#include "domain/several_offerings.h"

namespace rightsdesk::support {
namespace {

constexpr const char* kStray = "fax-1.5";

class NoticeTakenBackTest : public testing::Test {
protected:
    void SetUp() override {
        run(two.desk, submit_to_desk(two.desk, notice.submission(), notice.context()));
        kept = notice.submission();
        attribute(kRareMedium);
        ASSERT_EQ(two.book(kRareMedium).notice(kStray)->status, NoticeStatus::kMisdirected);
    }

    // The desk's decision, and what the offering makes of it.
    Decision attribute(const OfferingId& offering) {
        const Decision said = run(two.desk, attribute_notice(two.desk, {kStray, offering, "its form says so"}, kept));
        const auto* event = find_event<NoticeAttributed>(said);
        return event == nullptr ? said : run(two.book(offering), take_attributed(two.book(offering), *event, kept.keyed, new_york("2002-06-27T10:00:01"), two.as("desk")));
    }
    Decision take_back(const std::string& why = "the number was the other issue's") {
        const OfferingId from = *two.desk.item(kStray)->attributed_to;
        const Decision said = take_back_notice(two.book(from), *two.desk.item(kStray), {kStray, why}, two.as("alice"));
        if (const auto* event = find_event<NoticeTakenBack>(said)) {
            run(two.book(from), said);
            run(two.desk, undo_attribution(two.desk, from, *event));
        }
        return said;
    }
    [[nodiscard]] std::vector<std::string> exceptions_of(const OfferingId& id) {
        std::vector<std::string> kinds;
        for (const TableRow& row : exceptions_report(two.book(id)).rows) kinds.push_back(std::get<std::string>(row[0]) + " " + std::get<std::string>(row[1]));
        return kinds;
    }

    SeveralOfferings two;
    NoticeBuilder notice = a_notice().id("fax-1", 5).by_fax("+17185559999");
    SubmitNotice kept;
};

TEST_F(NoticeTakenBackTest, it_is_rejected_where_it_was_and_its_item_is_open) {
    EXPECT_EQ(names_of(take_back()), Names({"NoticeTakenBack", "NoticeRejected", "NoticeRedecided"}));
    const Notice& left = *two.book(kRareMedium).notice(kStray);
    EXPECT_EQ(left.status, NoticeStatus::kRejected);
    EXPECT_TRUE(left.taken_back);
    EXPECT_FALSE(two.desk.item(kStray)->attributed_to);
    EXPECT_EQ(two.desk.item(kStray)->taken_back_from, std::vector<OfferingId>{kRareMedium});
    EXPECT_EQ(exceptions_of(kRareMedium), Names{std::string(kStray) + " notice_taken_back"});
    EXPECT_EQ(refusal_of(take_back_notice(two.book(kRareMedium), *two.desk.item(kStray), {kStray, "again"}, two.as("alice"))), Refusal::kAlreadyDecided);
}

TEST_F(NoticeTakenBackTest, another_offering_decides_it_by_its_own_stamp) {
    take_back();
    two.now = new_york("2002-06-29T09:00:00");
    attribute(kOrchard);
    const Notice& there = *two.book(kOrchard).notice(kStray);
    EXPECT_EQ(there.deliveries.front().stamp, kept.stamp);
    EXPECT_FALSE(has_reason(there.reasons, Reason::kLate));
    EXPECT_FALSE(there.possible_duplicate_of);
    EXPECT_EQ(two.desk.item(kStray)->attributed_to, kOrchard);
}

TEST_F(NoticeTakenBackTest, its_certificates_go_back) {
    run(two.book(kRareMedium), deliver_certificates(two.book(kRareMedium), certificates_for(kStray, 1'000, "2002-06-27T11:00:00"), two.as("mail-1")));
    EXPECT_TRUE(certificates_to_return(two.book(kRareMedium)).empty());
    const Decision decision = take_back();
    ASSERT_EQ(certificates_to_return(two.book(kRareMedium)).size(), 1U);
    Record record;
    std::string told;
    for (const Event& event : decision.events) {
        record.event = event;
        for (const Event& said : alerts_for(two.book(kRareMedium), record, two.as("notification")).events) {
            if (const auto* raised = std::get_if<AlertRaised>(&said)) told = raised->alert.kind;
        }
    }
    EXPECT_EQ(told, "certificates_to_return");
}

TEST_F(NoticeTakenBackTest, the_same_offering_may_have_it_again_with_what_came_for_it) {
    run(two.book(kRareMedium), deliver_certificates(two.book(kRareMedium), certificates_for(kStray, 1'000, "2002-06-27T11:00:00"), two.as("mail-1")));
    take_back();
    EXPECT_EQ(names_of(attribute(kRareMedium)), Names{"NoticeRedecided"});
    const Notice& again = *two.book(kRareMedium).notice(kStray);
    EXPECT_EQ(again.status, NoticeStatus::kMisdirected) << "as it had been";
    EXPECT_FALSE(again.taken_back);
    EXPECT_EQ(again.certificates.size(), 1U);
    EXPECT_EQ(names_of(take_back()).front(), "NoticeTakenBack");
}

TEST_F(NoticeTakenBackTest, one_that_a_person_had_rejected_is_another_offerings_too) {
    run(two.book(kRareMedium), reject_notice(two.book(kRareMedium), {kRareMedium, kStray, "not our issuer"}, two.as("bob")));
    EXPECT_EQ(names_of(take_back()), Names{"NoticeTakenBack"});
    attribute(kOrchard);
    EXPECT_NE(two.book(kOrchard).notice(kStray), nullptr);
}

TEST_F(NoticeTakenBackTest, what_a_holder_withdrew_stays_withdrawn) {
    run(two.book(kRareMedium), NoticeWithdrawn{kStray, "letter", new_york("2002-06-27T12:00:00")});
    take_back();
    attribute(kRareMedium);
    EXPECT_EQ(two.book(kRareMedium).notice(kStray)->status, NoticeStatus::kWithdrawn);
}

TEST_F(NoticeTakenBackTest, not_without_a_reason_and_not_what_was_linked) {
    EXPECT_EQ(refusal_of(take_back("")), Refusal::kValueUnusable);
    Book book = open_book();
    run(book, a_notice().id("fax-1", 1).decided());  // and the stray one was a further delivery of that
    EXPECT_EQ(refusal_of(take_back_notice(book, *two.desk.item(kStray), {kStray, "why"}, two.as("alice"))), Refusal::kNothingToDo);
}

TEST_F(NoticeTakenBackTest, a_notice_that_counts_when_the_offering_is_tabulated_stays) {
    Book book = two.book(kRareMedium);
    NoticeRedecided accepted;
    accepted.notice = kStray;
    evolve(book, {accepted, CoverClockStarted{CoverClock{kStray, {}, "", CoverState::kComplete, {}, {}, {}}}, OfferingTabulated{}});
    EXPECT_EQ(refusal_of(take_back_notice(book, *two.desk.item(kStray), {kStray, "why"}, two.as("alice"))), Refusal::kTooLate);
    Book dead = two.book(kRareMedium);
    evolve(dead, {OfferingTabulated{}});
    EXPECT_EQ(names_of(take_back_notice(dead, *two.desk.item(kStray), {kStray, "why"}, two.as("alice"))).front(), "NoticeTakenBack") << "it counts for nothing here";
}

TEST_F(NoticeTakenBackTest, its_like_that_comes_again_is_no_duplicate_of_it) {
    take_back();
    const NoticeBuilder ours = a_notice().id("fax-1", 9);
    run(two.book(kRareMedium), submit_notice(two.book(kRareMedium), ours.submission(), ours.submission().keyed, ours.context()));
    EXPECT_FALSE(two.book(kRareMedium).notice("fax-1.9")->possible_duplicate_of);
}

}  // namespace
}  // namespace rightsdesk::support
