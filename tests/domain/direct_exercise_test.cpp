// A certificate delivered with its election: an exercise without a guarantee, beside those that have one.
#include "domain/direct_exercise.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "domain/report.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

constexpr const char* kExercise = "mail-1.1";

Missing only_missing(const CoverClock& clock) {
    EXPECT_EQ(clock.missing.size(), 1U);
    return clock.missing.front();
}

TEST(DirectExercise, is_complete_at_once_and_needs_nobodys_guarantee) {
    WholeDesk desk;
    const Decision decision = desk.say(an_exercise(1'000, 500, "RC-7"));
    EXPECT_EQ(names_of(decision), Names({"NoticeDecided"}));
    const Notice& notice = *desk.book().notice(kExercise);
    EXPECT_EQ(notice.form, NoticeForm::kDirectExercise);
    EXPECT_EQ(notice.status, NoticeStatus::kAccepted);
    EXPECT_EQ(notice.reasons, std::vector<Reason>());
    EXPECT_EQ(notice.basic_entitlement, Shares(1'000));
    EXPECT_TRUE(notice.deliveries.front().listed);
    EXPECT_EQ(notice.certificates.front().rights, Rights(1'000));
    const CoverClock& cover = *desk.book().cover(kExercise);
    EXPECT_EQ(cover.state, CoverState::kComplete);
    EXPECT_EQ(cover.completed_at, new_york("2002-06-27T12:00:00"));
    EXPECT_EQ(desk.book().last_alert(), 0U) << "nobody need do anything";
    EXPECT_EQ(find_event<NoticeDecided>(decision)->sealed.personal.names, Names({"Vera Direct"}));
}

TEST(DirectExercise, has_the_reasons_that_apply) {
    struct ReasonRow {
        const char* sentence;
        std::function<void(ExerciseDirectly&)> change;
        std::vector<Reason> reasons;
        NoticeStatus status;
    };
    const std::vector<ReasonRow> rows = {
        {"not signed by all", [](auto& c) { c.signed_by_all = false; }, {Reason::kHolderUnsigned}, NoticeStatus::kDefective},
        {"no names", [](auto& c) { c.names = {" - "}; }, {Reason::kHolderNamesMissing}, NoticeStatus::kDefective},
        {"no number of shares: as many as the money buys", [](auto& c) { c.basic_shares = Shares(0); }, {Reason::kSharesByMoney}, NoticeStatus::kAccepted},
        {"no rights", [](auto& c) { c.rights = Rights(0); }, {Reason::kRightsMissing}, NoticeStatus::kDefective},
        {"basic beyond the rights", [](auto& c) { c.basic_shares = Shares(1'001); }, {Reason::kBasicBeyondRights}, NoticeStatus::kAccepted},
        {"over-subscription without the full basic", [](auto& c) { c.basic_shares = Shares(999); c.excess_shares = Shares(1); }, {Reason::kOverWithoutFullBasic},
         NoticeStatus::kAccepted},
        {"to an address that is not listed", [](auto& c) { c.address = "1 Elsewhere"; }, {Reason::kMisdirected}, NoticeStatus::kMisdirected},
        {"after the hour", [](auto& c) { c.stamp = new_york("2002-06-28T17:00:00.000000001"); }, {Reason::kLate}, NoticeStatus::kLate},
        {"at the hour", [](auto& c) { c.stamp = new_york("2002-06-28T17:00:00"); }, {}, NoticeStatus::kAccepted},
        {"by a method that the terms refuse", [](auto& c) { c.payment_method = PaymentMethod::kMoneyOrder; }, {Reason::kMethodNotAccepted}, NoticeStatus::kDefective},
        {"without a word of how it is paid", [](auto& c) { c.payment_method.reset(); c.confirmation_number.reset(); }, {}, NoticeStatus::kAccepted},
    };
    Terms terms = sample_terms();
    terms.payment[4].deemed_received = DeemedReceived::kRefused;  // money orders
    for (const ReasonRow& row : rows) {
        WholeDesk desk(terms);
        ExerciseDirectly command = an_exercise(1'000, 0, "RC-7");
        row.change(command);
        desk.say(command);
        EXPECT_EQ(desk.book().notice(kExercise)->reasons, row.reasons) << row.sentence;
        EXPECT_EQ(desk.book().notice(kExercise)->status, row.status) << row.sentence;
        const Alert* alert = desk.book().alert(desk.book().open_alert_of("notice/mail-1.1"));
        EXPECT_EQ(alert != nullptr, row.status != NoticeStatus::kAccepted) << row.sentence;
        if (alert == nullptr) continue;
        EXPECT_EQ(alert->whom, "the holder of mail-1.1") << row.sentence;
        EXPECT_EQ(alert->next.find("guarantor"), std::string::npos) << alert->next;
    }
}

TEST(DirectExercise, handed_over_long_after_its_stamp_is_a_persons_question) {
    const Book book = open_book();
    const auto reasons_at = [&](std::string_view now) {
        return find_event<NoticeDecided>(exercise_directly(book, an_exercise(1'000, 0, "RC-7"), context("mail-1", 1, new_york(now))))->notice.reasons;
    };
    EXPECT_EQ(reasons_at("2002-06-27T12:30:00"), std::vector<Reason>());
    EXPECT_EQ(reasons_at("2002-06-27T12:30:01"), std::vector<Reason>({Reason::kStampGap}));
}

TEST(DirectExercise, what_is_missing_may_follow_until_the_hour) {
    WholeDesk desk;
    ExerciseDirectly command = an_exercise(1'000, 0, "RC-7");
    command.signature_guarantee = false;
    desk.say(command);
    EXPECT_EQ(desk.book().cover(kExercise)->deadline.civil, "2002-06-28T17:00:00");
    EXPECT_EQ(only_missing(*desk.book().cover(kExercise)), Missing::kSignatureGuarantee);
    const Alert* alert = desk.book().alert(desk.book().open_alert_of("cover/mail-1.1"));
    ASSERT_NE(alert, nullptr);
    EXPECT_EQ(alert->whom, "its holder");
    desk.at("2002-06-28T17:00:00").say(certificates_for(kExercise, 0, "2002-06-28T17:00:00"));
    EXPECT_EQ(desk.book().cover(kExercise)->state, CoverState::kComplete);
    EXPECT_EQ(desk.book().open_alert_of("cover/mail-1.1"), 0U);
}

TEST(DirectExercise, is_not_waited_for_after_the_hour_and_is_no_protect) {
    WholeDesk desk;
    ExerciseDirectly command = an_exercise(1'000, 0, "RC-7");
    command.missing_documents = {"power of attorney"};
    desk.say(command);
    desk.say(a_wire(2'000, "IMAD-RC-7"));
    desk.submit(a_notice());  // a guarantee of 2002-06-26: certificates until 1 July
    desk.say(a_wire(2'000));
    desk.count();
    EXPECT_EQ(desk.book().cover(kExercise)->state, CoverState::kMissed);
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kRunning);
    EXPECT_EQ(desk.book().allotment(AllocationKind::kPreliminary, kExercise), nullptr);
    EXPECT_EQ(desk.book().allocation(AllocationKind::kPreliminary)->protects, Shares(1'000)) << "the guaranteed notice's";
    desk.say(certificates_for(kExercise, 0, "2002-07-01T10:00:00"));
    desk.tabulate();
    desk.settle_everything();
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, kExercise), nullptr);
    EXPECT_EQ(desk.book().payments_of(kExercise), std::set<PaymentId>({"bank-1.1"}));
    EXPECT_EQ(desk.book().refund("bank-1.1")->cause, RefundCause::kUncovered);
}

TEST(DirectExercise, goes_with_an_extension) {
    WholeDesk desk;
    ExerciseDirectly incomplete = an_exercise(1'000, 0, "RC-7");
    incomplete.signature_guarantee = false;
    desk.say(incomplete);
    desk.at("2002-06-28T17:10:00").say(an_exercise(500, 0, "RC-8", "2002-06-28T17:10:00"));
    ASSERT_EQ(desk.book().notice("mail-1.2")->status, NoticeStatus::kLate);
    desk.propose_extension("2002-07-03T17:00:00", "alice");
    desk.approve("extension-1", "bob");
    EXPECT_EQ(desk.book().cover(kExercise)->deadline.civil, "2002-07-03T17:00:00");
    EXPECT_EQ(desk.book().cover(kExercise)->state, CoverState::kRunning);
    EXPECT_EQ(desk.book().notice("mail-1.2")->status, NoticeStatus::kAccepted) << "late, and saved";
    EXPECT_EQ(desk.book().cover("mail-1.2")->state, CoverState::kComplete);
}

TEST(DirectExercise, one_certificate_exercised_twice_is_a_persons_question) {
    const auto possible = [](const WholeDesk& desk, const NoticeId& id) { return desk.book().notice(id)->possible_duplicate_of; };
    WholeDesk guaranteed_first;
    guaranteed_first.submit(a_notice().certificates({"RC-1001", "RC-7"}));
    guaranteed_first.say(an_exercise(300, 0, "rc 7"));
    EXPECT_EQ(possible(guaranteed_first, kExercise), "fax-1.1");
    EXPECT_EQ(guaranteed_first.book().notice(kExercise)->status, NoticeStatus::kInQuestion);

    WholeDesk direct_first;
    direct_first.say(an_exercise(300, 0, "RC-7"));
    direct_first.submit(a_notice().certificates({"RC-1001", "RC-7"}));
    EXPECT_EQ(possible(direct_first, "fax-1.1"), kExercise);
    direct_first.say(an_exercise(300, 0, "RC-7"));
    EXPECT_EQ(possible(direct_first, "mail-1.2"), kExercise);
    direct_first.say(an_exercise(300, 0, "RC-9"));
    EXPECT_EQ(possible(direct_first, "mail-1.3"), std::nullopt);
    direct_first.cure("mail-1.2", Reason::kPossibleDuplicate, "", "alice");
    EXPECT_EQ(direct_first.book().notice("mail-1.2")->status, NoticeStatus::kAccepted);
}

TEST(DirectExercise, its_money_is_found_like_everybodys) {
    WholeDesk desk;
    desk.say(an_exercise(1'000, 0, "RC-7"));
    desk.say(a_wire(2'000, "IMAD-RC-7"));
    EXPECT_EQ(desk.book().funding(kExercise)->good_in_time, Money(200'000));
    ExerciseDirectly by_check = an_exercise(500, 0, "RC-8");
    by_check.payment_method = PaymentMethod::kCertifiedCheck;
    by_check.confirmation_number.reset();
    by_check.instrument_number = "1044";
    desk.say(by_check);
    desk.say(a_check(1'000, "1044", PaymentMethod::kCertifiedCheck));
    EXPECT_EQ(desk.book().funding("mail-1.2")->good_in_time, Money(100'000));
}

TEST(DirectExercise, is_refused) {
    WholeDesk desk;
    const auto with = [&](auto change) {
        ExerciseDirectly command = an_exercise(1'000, 0, "RC-7");
        change(command);
        return refusal_of(desk.say(command));
    };
    EXPECT_EQ(with([](auto& c) { c.rights = Rights(-1); }), Refusal::kAmountUnusable);
    EXPECT_EQ(with([](auto& c) { c.basic_shares = Shares(std::numeric_limits<std::int64_t>::max()); }), Refusal::kAmountUnusable);
    EXPECT_EQ(with([](auto& c) { c.excess_shares = Shares(-1); }), Refusal::kAmountUnusable);
    EXPECT_EQ(with([](auto& c) { c.channel = Channel::kFax; }), Refusal::kValueUnusable);
    EXPECT_TRUE(desk.book().notice_ids().empty());
    EXPECT_FALSE(exercise_directly(Book("rare-medium-2002"), an_exercise(1, 0, "RC-7"), desk.as("mail-1")).retry_later.empty());
    desk.say(an_exercise(1'000, 0, "RC-7"));
    const NoticeId id = *desk.book().notice_ids().begin();
    EXPECT_EQ(refusal_of(confirm_by_telephone(desk.book(), {desk.book().log(), id, "J. Finch", desk.now()}, desk.as("alice"))), Refusal::kNothingToDo);
}

// 1,500 shares are offered for 1,000 basic of a guaranteed notice and 300 of a direct exercise; 200 are left for 400 and 100 asked, pro
// rata to basic shares: 154 (153.8) and 46 (46.2).
TEST(DirectExercise, is_allotted_beside_a_guaranteed_notice) {
    Terms terms = sample_terms();
    terms.shares_offered = Shares(1'500);
    WholeDesk desk(terms);
    desk.submit(a_notice().and_excess(400));
    desk.say(a_wire(2'800));
    desk.say(an_exercise(300, 100, "RC-7"));
    desk.say(a_wire(800, "IMAD-RC-7"));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-07-01T10:00:00"));
    desk.count().tabulate();
    desk.settle_everything();
    ASSERT_NE(desk.book().allotment(AllocationKind::kFinal, kExercise), nullptr);
    const Allotment& guaranteed = *desk.book().allotment(AllocationKind::kFinal, "fax-1.1");
    const Allotment& direct = *desk.book().allotment(AllocationKind::kFinal, kExercise);
    EXPECT_EQ(guaranteed.basic, Shares(1'000));
    EXPECT_EQ(guaranteed.over, Shares(154));
    EXPECT_EQ(direct.basic, Shares(300));
    EXPECT_EQ(direct.over, Shares(46));
    const Report report = report_of(desk.book());
    EXPECT_EQ(report.does_not_tie, Names());
    EXPECT_EQ(report.notices[1].form, NoticeForm::kDirectExercise);
    EXPECT_EQ(report.totals.covered, 2U);
}

}  // namespace
}  // namespace rightsdesk::support
