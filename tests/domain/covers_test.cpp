// Covers: what completes a guaranteed notice, until when, and whose certificates nobody waits for. The sample's notice is
// dated Wednesday 26 June 2002, so that its certificates are due on Monday 1 July at 5:00 p.m. (rules.md sections 1 and 5).
#include "domain/covers.h"

#include <gtest/gtest.h>

#include <limits>

#include "domain/derivation.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

using MissingParts = std::vector<Missing>;

struct Brought {
    std::string_view stamp;
    std::int64_t rights;
    bool signature_guarantee = true;
    std::vector<std::string> missing_documents = {};
    const char* address = kSampleCourier;
    const char* delivery = "";
};

struct CoverStory {
    const char* story;
    std::vector<Brought> brought;
    CoverState state;
    MissingParts missing;
};

TEST(Covers, nothing_is_due_of_a_clock_before_its_next_reminder_or_its_deadline) {
    constexpr std::int64_t kMinute = 60'000'000'000;
    const Instant deadline(100'000 * kMinute);
    const auto first_with = [&](std::vector<std::int32_t> reminded) {
        CoverClock clock;
        clock.deadline.instant = deadline;
        clock.reminded = std::move(reminded);
        return first_due(clock).value / kMinute;
    };
    EXPECT_EQ(first_with({}), 98'560) << "a day before";
    EXPECT_EQ(first_with({1'440}), 99'880) << "two hours before";
    EXPECT_EQ(first_with({1'440, 120}), 100'000);
    EXPECT_EQ(first_with({120}), 100'000) << "the day before was no longer worth saying";
}

TEST(Covers, what_came_by_five_on_the_third_business_day_covers) {
    using enum CoverState;
    using enum Missing;
    const auto half = [](const char* delivery) { return Brought{"2002-07-01T10:00:00", 500, true, {}, kSampleCourier, delivery}; };
    const CoverStory rows[] = {
        {"on the stroke of five on day three", {{"2002-07-01T17:00:00", 1'000}}, kComplete, {}},
        {"a nanosecond after five", {{"2002-07-01T17:00:00.000000001", 1'000}}, kMissed, {kCertificates, kSignatureGuarantee}},
        {"the next morning", {{"2002-07-02T09:00:00", 1'000}}, kMissed, {kCertificates, kSignatureGuarantee}},
        {"nothing ever", {}, kMissed, {kCertificates, kSignatureGuarantee}},
        {"certificates without the signature guarantee", {{"2002-07-01T10:00:00", 1'000, false}}, kMissed, {kSignatureGuarantee}},
        {"the signature guarantee by a second courier", {{"2002-07-01T10:00:00", 1'000, false}, {"2002-07-01T16:00:00", 0, true}}, kComplete, {}},
        {"the signature guarantee a day late", {{"2002-07-01T10:00:00", 1'000, false}, {"2002-07-02T10:00:00", 0, true}}, kMissed, {kSignatureGuarantee}},
        {"fewer rights than guaranteed", {{"2002-07-01T10:00:00", 999}}, kMissed, {kRightsShort}},
        {"the rest by a second courier", {{"2002-07-01T10:00:00", 400}, {"2002-07-01T11:00:00", 600}}, kComplete, {}},
        {"more rights than guaranteed", {{"2002-07-01T10:00:00", 5'000}}, kComplete, {}},
        {"a document missing", {{"2002-07-01T10:00:00", 1'000, true, {"letter of transmittal"}}}, kMissed, {kOtherDocuments}},
        {"the same parcel told of twice", {half("parcel-1"), half("parcel-1")}, kMissed, {kRightsShort}},
        {"two parcels alike", {half("parcel-1"), half("parcel-2")}, kComplete, {}},
        {"the document follows", {{"2002-07-01T10:00:00", 1'000, true, {"letter of transmittal"}}, {"2002-07-01T12:00:00", 0}}, kComplete, {}},
        {"to an address that is not listed", {{"2002-07-01T10:00:00", 1'000, true, {}, "1 Elsewhere Road"}}, kMissed, {kCertificates, kSignatureGuarantee}},
    };
    for (const CoverStory& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        desk.submit(a_notice());
        for (const Brought& brought : row.brought) {
            DeliverCertificates command = certificates_for("fax-1.1", brought.rights, brought.stamp);
            command.signature_guarantee = brought.signature_guarantee;
            command.missing_documents = brought.missing_documents;
            command.address = brought.address;
            command.delivery = brought.delivery;
            desk.say(command);
        }
        desk.count().tabulate();
        const CoverClock& clock = *desk.book().cover("fax-1.1");
        EXPECT_EQ(clock.deadline.civil, "2002-07-01T17:00:00");
        EXPECT_EQ(clock.state, row.state) << to_text(clock.state);
        EXPECT_EQ(clock.missing, row.missing);
        EXPECT_EQ(desk.book().life()->stage, Stage::kTabulated);
    }
}

// "certificates for another quantity than guaranteed" (rules.md section 5): 999 of 1,000 rights, by the terms' short_cover.
TEST(Covers, for_fewer_rights_drop_a_notice_or_count_as_the_terms_say) {
    for (const bool counts : {false, true}) {
        SCOPED_TRACE(counts);
        Terms terms = sample_terms();
        terms.guaranteed_delivery.short_cover = counts ? ShortCover::kAsCovered : ShortCover::kDrop;
        WholeDesk desk(terms);
        desk.submit(a_notice().and_excess(500));
        desk.say(a_wire(3'000));
        desk.say(certificates_for("fax-1.1", 999, "2002-07-01T10:00:00"));
        EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kRunning) << "the rest may still come";
        desk.count().tabulate();
        const CoverClock& clock = *desk.book().cover("fax-1.1");
        EXPECT_EQ(clock.state, counts ? CoverState::kComplete : CoverState::kMissed);
        EXPECT_EQ(clock.covered_rights, counts ? std::optional(Rights(999)) : std::nullopt);
        EXPECT_EQ(desk.book().open_alert_of("short/fax-1.1") != 0, counts);
        const Allotment* allotment = desk.book().allotment(AllocationKind::kFinal, "fax-1.1");
        ASSERT_EQ(allotment != nullptr, counts);
        const auto derivation = derive_allotment(desk.book(), desk.book(), "fax-1.1", AllocationKind::kFinal);
        ASSERT_TRUE(derivation);
        EXPECT_EQ(derivation->differs, Names());
        if (!counts) continue;
        EXPECT_EQ(allotment->basic, Shares(999));
        EXPECT_EQ(allotment->over, Shares(0)) << "basic is not exercised in full (section 4)";
        EXPECT_NE(desk.book().funding("fax-1.1")->rule.find("good for 999 basic shares"), std::string::npos) << desk.book().funding("fax-1.1")->rule;
        desk.settle_everything();
        EXPECT_EQ(desk.book().payment("bank-1.1")->refunded, Money(100'200)) << "a share and 500 at $2.00";
    }
}

TEST(Covers, for_fewer_rights_and_without_a_signature_guarantee_are_missed_all_the_same) {
    Terms terms = sample_terms();
    terms.guaranteed_delivery.short_cover = ShortCover::kAsCovered;
    WholeDesk desk(terms);
    desk.submit(a_notice());
    DeliverCertificates bare = certificates_for("fax-1.1", 999, "2002-07-01T10:00:00");
    bare.signature_guarantee = false;
    desk.say(bare);
    desk.submit(a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"}));
    desk.say(certificates_for("fax-1.2", 5'000, "2002-07-01T10:00:00"));
    desk.count().tabulate();
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kMissed);
    EXPECT_EQ(desk.book().cover("fax-1.2")->covered_rights, std::nullopt) << "more rights count for what was guaranteed";
}

// The form is no signature guarantee: two separate checks (rules.md section 1), of which terms may drop the one.
TEST(Covers, a_signature_guarantee_is_waited_for_where_the_terms_require_it) {
    for (const bool required : {true, false}) {
        Terms terms = sample_terms();
        terms.guaranteed_delivery.signature_guarantee = required;
        WholeDesk desk(terms);
        desk.submit(a_notice());
        DeliverCertificates without_one = certificates_for("fax-1.1", 1'000, "2002-07-01T10:00:00");
        without_one.signature_guarantee = false;
        desk.say(without_one);
        EXPECT_EQ(desk.book().cover("fax-1.1")->state, required ? CoverState::kRunning : CoverState::kComplete);
        EXPECT_EQ(desk.book().cover("fax-1.1")->missing, required ? MissingParts{Missing::kSignatureGuarantee} : MissingParts{});
    }
}

TEST(Covers, certificates_by_the_hour_are_an_ordinary_timely_exercise_though_the_guarantee_lapsed_before) {
    WholeDesk desk;
    desk.submit(a_notice().dated("2002-06-10").received("2002-06-11T10:00:00"));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T17:00:00"));
    EXPECT_EQ(desk.book().cover("fax-1.1")->deadline.civil, "2002-06-13T17:00:00");
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kComplete);
}

TEST(Covers, a_deadline_is_missed_only_when_every_gateway_has_said_what_it_holds_until_then) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.count().at("2002-07-12T09:00:00");
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kRunning) << "mail-1 may still hold certificates stamped in time";
    desk.say(certificates_for("fax-1.1", 1'000, "2002-07-01T16:59:00"));
    ASSERT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kRunning) << "the stamp is a question by now";
    desk.settle_certificates("fax-1.1", desk.book().notice("fax-1.1")->certificates.at(0).delivery, true);
    desk.watermarks();
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kComplete);
}

TEST(Covers, certificates_on_file_count_before_anybody_said_that_they_complete_the_notice) {
    Book book = open_book();
    run(book, a_notice().decided());
    run(book, follow_cover(book, "fax-1.1"));
    CertificatesReceived received;
    received.stamp = new_york("2002-07-01T10:00:00");
    received.rights = Rights(1'000);
    received.signature_guarantee = true;
    run(book, CertificatesDelivered{"fax-1.1", received});
    run(book, OfferingCounted{{}, new_york("2002-06-29T09:00:00")});
    Book desk = desk_book();
    for (const char* gateway : {"fax-1", "mail-1"}) run(desk, WatermarkAdvanced{{gateway, new_york("2002-07-03T09:00:00")}});
    EXPECT_EQ(names_of(due_cover(book, desk, context("clock", 1, new_york("2002-07-03T09:00:00")))), Names{"CoverCompleted"});
}

// The preliminary allocation follows the count at once, and must not find a protect that is over by then.
TEST(Covers, that_are_over_at_the_count_are_decided_with_it) {
    WholeDesk desk;
    desk.submit(a_notice().dated("2002-06-24").received("2002-06-24T12:00:00"));
    desk.at("2002-06-28T17:00:01");
    ASSERT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kRunning) << "its deadline has passed, and its sources have not said so";
    std::vector<Names> commits;
    desk.before_each = [&](Book&, const std::vector<Event>& events) {
        Names& names = commits.emplace_back();
        for (const Event& event : events) names.emplace_back(base::type_name(event));
    };
    desk.watermarks();
    EXPECT_NE(std::find(commits.begin(), commits.end(), Names{"OfferingCounted", "CoverDeadlineMissed"}), commits.end());
}

// ---- whose certificates nobody waits for ----

TEST(Covers, of_a_notice_that_cannot_count_none_is_missed_and_nobody_is_told_so) {
    struct {
        const char* story;
        NoticeBuilder notice;
        bool rejected;
        NoticeStatus status;
    } const rows[] = {
        {"rejected by a person", a_notice(), true, NoticeStatus::kRejected},
        {"a guarantor that is not eligible, finally rejected", a_notice().guaranteed_by("Cedar Street Brokers LLC"), true, NoticeStatus::kRejected},
        {"for another offering", a_notice().where([](NoticeFields& fields) { fields.issuer = "Common Duck Corporation"; }), false, NoticeStatus::kRefused},
        {"to a number that is not listed", a_notice().by_fax("+17185550999"), false, NoticeStatus::kMisdirected},
        {"late, and the offering is counted", a_notice().received("2002-06-28T17:00:01"), false, NoticeStatus::kLate},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        desk.submit(row.notice);
        if (row.rejected) desk.reject("fax-1.1", "alice");
        ASSERT_EQ(desk.book().notice("fax-1.1")->status, row.status);
        desk.count().tabulate();
        EXPECT_EQ(desk.book().life()->stage, Stage::kTabulated) << "it must not hold up the others";
        const CoverClock* clock = desk.book().cover("fax-1.1");
        EXPECT_TRUE(clock == nullptr || clock->state == CoverState::kRunning);
        EXPECT_EQ(desk.book().open_alert_of("missed/fax-1.1"), 0U);
        EXPECT_EQ(desk.book().open_alert_of("cover/fax-1.1"), 0U);
    }
}

TEST(Covers, a_late_notice_that_an_extension_brings_in_is_waited_for) {
    WholeDesk desk;
    desk.submit(a_notice().dated("2002-06-28").received("2002-06-28T17:00:01"));
    desk.at("2002-06-28T18:00:00").propose_extension("2002-07-05T17:00:00", "alice");
    desk.approve("extension-1", "bob");
    ASSERT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
    desk.at("2002-07-08T09:00:00").watermarks();
    desk.at("2002-07-12T09:00:00").watermarks();
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kMissed) << "due 3 July, waited for until the hour as extended";
    EXPECT_NE(desk.book().open_alert_of("missed/fax-1.1"), 0U);
}

TEST(Covers, a_misdirected_notice_that_reaches_a_listed_number_is_waited_for) {
    WholeDesk desk;
    desk.submit(a_notice().id("fax-1", 1).by_fax("+17185550999"));
    EXPECT_EQ(desk.book().cover("fax-1.1"), nullptr);
    desk.submit(a_notice().id("fax-1", 2).received("2002-06-28T12:00:00"));
    ASSERT_NE(desk.book().cover("fax-1.1"), nullptr);
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kRunning);
}

// ---- dates from which nobody can wait ----

TEST(Covers, a_notice_let_in_without_a_usable_date_is_counted_from_the_expiration_and_holds_nothing_up) {
    struct {
        const char* story;
        NoticeBuilder notice;
        Reason let_in_by_waiving;
        const char* clause_says;
    } const rows[] = {
        {"beyond the zone database", a_notice().dated("2041-01-02"), Reason::kPostDated, "2041-01-02"},
        {"within it, and absurd all the same", a_notice().dated("2035-01-02"), Reason::kPostDated, "2035-01-02"},
        {"beyond every calendar", a_notice().where([](NoticeFields& fields) { fields.dated = Date(std::numeric_limits<std::int32_t>::max()); }),
         Reason::kPostDated, "nobody can wait"},
        {"before every calendar", a_notice().where([](NoticeFields& fields) { fields.dated = Date(std::numeric_limits<std::int32_t>::min()); }),
         Reason::kGuaranteeLapsed, "nobody can wait"},
        {"no date at all", a_notice().undated(), Reason::kUndated, "bears no date"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        desk.submit(row.notice);
        desk.propose_waiver("fax-1.1", row.let_in_by_waiving, "alice");
        desk.approve("waiver-1", "bob");
        ASSERT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
        ASSERT_NE(desk.book().cover("fax-1.1"), nullptr);
        EXPECT_EQ(desk.book().cover("fax-1.1")->deadline.civil, "2002-07-03T17:00:00");
        EXPECT_NE(desk.book().cover("fax-1.1")->clause.find(row.clause_says), std::string::npos) << desk.book().cover("fax-1.1")->clause;
        desk.count().tabulate();
        EXPECT_EQ(desk.book().life()->stage, Stage::kTabulated);
        EXPECT_NE(desk.book().open_alert_of("missed/fax-1.1"), 0U);
    }
}

TEST(Covers, an_undated_notice_has_no_clock_until_its_date_is_supplied) {
    WholeDesk desk;
    desk.submit(a_notice().undated());
    EXPECT_EQ(desk.book().cover("fax-1.1"), nullptr);
    desk.at("2002-06-28T11:00:00").cure("fax-1.1", Reason::kUndated, "2002-06-27", "alice");
    ASSERT_NE(desk.book().cover("fax-1.1"), nullptr);
    EXPECT_EQ(desk.book().cover("fax-1.1")->deadline.civil, "2002-07-02T17:00:00");
}

TEST(Covers, a_newly_dated_guarantee_is_waited_for_by_its_new_date) {
    WholeDesk desk;
    desk.submit(a_notice().dated("2002-06-03").received("2002-06-27T10:00:00"));
    ASSERT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kDefective);
    desk.at("2002-06-28T11:00:00").cure("fax-1.1", Reason::kGuaranteeLapsed, "2002-06-28", "alice");
    EXPECT_EQ(desk.book().cover("fax-1.1")->deadline.civil, "2002-07-03T17:00:00");
    desk.count().say(certificates_for("fax-1.1", 1'000, "2002-07-03T16:00:00"));
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kComplete);
}

TEST(Covers, a_deadline_missed_under_a_wrong_date_runs_again_under_the_right_one) {
    WholeDesk desk;
    desk.submit(a_notice().dated("2002-06-28").received("2002-06-27T10:00:00"));
    desk.submit(a_notice().id("fax-1", 2).certificates({"RC-7"}).named({"Noah B. Other"}).for_shares(70).dated("2002-06-26"));
    desk.submit(a_notice().id("fax-1", 3).certificates({"RC-8"}).named({"Mary C. Third"}).for_shares(80).dated("2002-07-11"));
    desk.count().at("2002-07-04T09:00:00").watermarks();
    ASSERT_EQ(desk.book().life()->stage, Stage::kCounted) << "the post-dated one's certificates may still come";
    ASSERT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kMissed);
    desk.cure("fax-1.1", Reason::kPostDated, "2002-07-03", "alice");
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kRunning);
    EXPECT_EQ(desk.book().cover("fax-1.1")->deadline.civil, "2002-07-09T17:00:00");
    EXPECT_EQ(desk.book().open_alert_of("missed/fax-1.1"), 0U);
}

TEST(Covers, where_the_terms_count_from_the_expiration_the_deadline_moves_with_it_and_else_it_does_not) {
    for (const bool from_expiration : {true, false}) {
        SCOPED_TRACE(from_expiration ? "from the expiration" : "from the notice's date");
        Terms terms = sample_terms();
        if (from_expiration) terms.guaranteed_delivery.counted_from = CountedFrom::kExpiration;
        WholeDesk desk(terms);
        desk.submit(a_notice());
        EXPECT_EQ(desk.book().cover("fax-1.1")->deadline.civil, from_expiration ? "2002-07-03T17:00:00" : "2002-07-01T17:00:00");
        desk.propose_extension("2002-07-10T17:00:00", "alice");
        desk.approve("extension-1", "bob");
        EXPECT_EQ(desk.book().cover("fax-1.1")->deadline.civil, from_expiration ? "2002-07-15T17:00:00" : "2002-07-01T17:00:00");
    }
}

TEST(Covers, rights_to_cover_are_what_the_basic_shares_take_rounded_up) {
    struct {
        const char* story;
        Ratio shares_per_right;
        std::int64_t basic, held, rights;
    } const rows[] = {
        {"one for one", {1, 1}, 1'000, 1'000, 1'000},
        {"two rights a share", {1, 2}, 500, 1'000, 1'000},
        {"three rights a share, part of the holding", {1, 3}, 5, 1'000, 15},
        {"a fraction that does not come out even", {41'155, 100'000}, 411, 1'000, 999},
        {"never more than the notice says it holds", {1, 2}, 600, 1'000, 1'000},
        {"two shares a right, an odd number", {2, 1}, 7, 10, 4},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        Terms terms = sample_terms();
        terms.shares_per_right = row.shares_per_right;
        Notice notice;
        notice.content.basic_shares = Shares(row.basic);
        notice.content.rights_held = Rights(row.held);
        EXPECT_EQ(rights_to_cover(terms, notice), Rights(row.rights));
    }
}

}  // namespace
}  // namespace rightsdesk::support
