// The deadlines that terms make: cover deadlines on awkward days, limits of extensions, and the whole list.
#include "domain/deadlines.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "domain/calendar.h"
#include "domain/civil.h"
#include "support/dates.h"

namespace rightsdesk::domain {
namespace {

using support::kNewYork;
using support::on;
Deadline in_new_york(const char* civil) { return resolve(civil, kNewYork).value(); }

// The sample offering's terms, as far as they make deadlines.
Terms terms_expiring(const char* civil) {
    Terms terms;
    terms.id = "rare-medium-2002";
    terms.expiration = in_new_york(civil);
    terms.extension = ExtensionTerms{true, on("2002-07-31"), "09:00 next business day"};
    return terms;
}
Terms sample() { return terms_expiring("2002-06-28T17:00:00"); }

std::string cover(const Terms& terms, const char* notice_date) {
    const auto made = cover_deadline(terms, on(notice_date), terms.expiration);
    return made ? instant_text(made->deadline.instant) : made.error().message;
}

struct CoverRow {
    const char* dated;
    CalendarKind calendar;
    int days;
    const char* due;
    const char* says;
};

TEST(CoverDeadline, DayNAtFive) {
    const CoverRow rows[] = {
        {"2002-06-27", CalendarKind::kNyse, 3, "2002-07-02T21:00:00Z", "form: three business days after the date hereof; Thursday to Tuesday"},
        {"2002-06-28", CalendarKind::kNyse, 3, "2002-07-03T21:00:00Z", "dated on the last day"},
        {"2002-07-01", CalendarKind::kNyse, 3, "2002-07-05T21:00:00Z", "the Fourth lies between; an early close on the fifth moves nothing"},
        {"2002-06-29", CalendarKind::kNyse, 3, "2002-07-03T21:00:00Z", "dated on a Saturday: Monday is the first day"},
        {"2002-06-10", CalendarKind::kNyse, 3, "2002-06-13T21:00:00Z", "dated weeks before: before the expiration itself (rules.md section 5)"},
        {"2002-06-27", CalendarKind::kNyse, 2, "2002-07-01T21:00:00Z", "two days, as later offerings have it"},
        {"2002-06-27", CalendarKind::kNyse, 1, "2002-06-28T21:00:00Z", "one day"},
        {"2002-06-27", CalendarKind::kNyse, 0, "2002-06-27T21:00:00Z", "none: the notice's own day"},
        {"2001-09-10", CalendarKind::kNyse, 3, "2001-09-19T21:00:00Z", "an exchange closure inside the period"},
        {"2001-09-10", CalendarKind::kFed, 3, "2001-09-13T21:00:00Z", "and the banks open all the while"},
        {"2001-09-10", CalendarKind::kBoth, 3, "2001-09-19T21:00:00Z", "both"},
        {"2001-09-10", CalendarKind::kEither, 3, "2001-09-13T21:00:00Z", "either"},
        {"2002-03-27", CalendarKind::kNyse, 3, "2002-04-02T22:00:00Z", "over Good Friday; still winter time"},
        {"2002-04-04", CalendarKind::kNyse, 3, "2002-04-09T21:00:00Z", "over the day on which the clocks go forward"},
        {"2002-10-24", CalendarKind::kNyse, 3, "2002-10-29T22:00:00Z", "over the day on which they go back"},
        {"2002-10-11", CalendarKind::kBoth, 1, "2002-10-15T21:00:00Z", "Columbus Day closes both"},
        {"2002-10-11", CalendarKind::kEither, 1, "2002-10-14T21:00:00Z", "and not either"},
    };
    for (const CoverRow& row : rows) {
        Terms terms = sample();
        terms.calendar.kind = row.calendar;
        terms.guaranteed_delivery.business_days = row.days;
        EXPECT_EQ(cover(terms, row.dated), row.due) << row.dated << ": " << row.says;
    }
}

TEST(CoverDeadline, CountedFromTheNoticeItStaysWithAnExtension) {
    const Terms terms = sample();
    const auto before = cover_deadline(terms, on("2002-06-27"), terms.expiration);
    const auto after = cover_deadline(terms, on("2002-06-27"), in_new_york("2002-07-12T17:00:00"));
    EXPECT_EQ(before.value(), after.value());
}

TEST(CoverDeadline, CountedFromTheExpirationItMovesWithAnExtension) {
    Terms terms = sample();
    terms.guaranteed_delivery.counted_from = CountedFrom::kExpiration;
    EXPECT_EQ(cover(terms, "2002-06-10"), "2002-07-03T21:00:00Z");
    const auto moved = cover_deadline(terms, std::nullopt, in_new_york("2002-07-12T17:00:00"));
    ASSERT_TRUE(moved.has_value());
    EXPECT_EQ(moved->deadline.civil, "2002-07-17T17:00:00");
    EXPECT_NE(moved->clause.find("3 business days"), std::string::npos) << moved->clause;
    EXPECT_NE(moved->clause.find("2002-07-12"), std::string::npos) << moved->clause;
}

TEST(CoverDeadline, CountedFromAFixedDate) {
    Terms terms = sample();
    terms.guaranteed_delivery.counted_from = CountedFrom::kFixedDate;
    terms.guaranteed_delivery.fixed_date = on("2002-07-02");
    EXPECT_EQ(cover(terms, "2002-06-10"), "2002-07-08T21:00:00Z");  // 3, 5 and 8 July
    terms.guaranteed_delivery.business_days = 0;
    EXPECT_EQ(cover(terms, "2002-06-10"), "2002-07-02T21:00:00Z");
}

TEST(CoverDeadline, TheTermsOwnHourAndZone) {
    Terms terms = sample();
    terms.guaranteed_delivery.time = "11:00:00";
    EXPECT_EQ(cover(terms, "2002-06-27"), "2002-07-02T15:00:00Z");
    terms.expiration = resolve("2002-06-28T17:00:00", "America/Los_Angeles").value();
    EXPECT_EQ(cover(terms, "2002-06-27"), "2002-07-02T18:00:00Z");
}

TEST(CoverDeadline, NoneForAnUndatedNoticeOrWithoutGuaranteedDelivery) {
    Terms terms = sample();
    const auto undated = cover_deadline(terms, std::nullopt, terms.expiration);
    ASSERT_FALSE(undated.has_value());
    EXPECT_EQ(undated.error().kind, base::ErrorKind::kNotFound);
    terms.guaranteed_delivery.enabled = false;
    const auto disabled = cover_deadline(terms, on("2002-06-27"), terms.expiration);
    ASSERT_FALSE(disabled.has_value());
    EXPECT_EQ(disabled.error().kind, base::ErrorKind::kNotFound);
}

struct ExtensionRow {
    const char* to;
    const char* now;
    std::size_t objections;
    const char* says;
};

TEST(Extension, WithinTheTermsLimits) {
    const Terms terms = sample();
    const ExtensionRow rows[] = {
        {"2002-07-03T17:00:00", "2002-06-28T20:00:00Z", 0, "proposed before the hour"},
        {"2002-07-03T17:00:00", "2002-06-29T12:00:00Z", 0, "after the hour, before 9:00 on the next business day, a Monday"},
        {"2002-07-03T17:00:00", "2002-07-01T13:00:00Z", 0, "at 9:00 to the nanosecond"},
        {"2002-07-03T17:00:00", "2002-07-01T13:00:00.000000001Z", 1, "a nanosecond later"},
        {"2002-07-31T17:00:00", "2002-06-28T20:00:00Z", 0, "to the last date itself"},
        {"2002-08-01T09:00:00", "2002-06-28T20:00:00Z", 1, "past the last date"},
        {"2002-06-28T17:00:00", "2002-06-28T20:00:00Z", 1, "to where it is already"},
        {"2002-06-28T16:00:00", "2002-06-28T12:00:00Z", 1, "to before it"},
        {"2002-06-28T18:00:00", "2002-06-28T23:00:00Z", 1, "to an hour that has passed"},
        {"2002-08-01T17:00:00", "2002-08-02T23:00:00Z", 3, "everything that stands against it is said at once"},
    };
    for (const ExtensionRow& row : rows) {
        const auto objections = objections_to_extension(terms, terms.expiration, in_new_york(row.to), parse_instant(row.now).value());
        EXPECT_EQ(objections.size(), row.objections) << row.says << (objections.empty() ? "" : ": " + objections.front());
    }
}

// "At most seven business days" (rules.md section 2), in all: 1, 2, 3, 5, 8, 9 and 10 July, over the Fourth.
TEST(Extension, ByAtMostSoManyBusinessDaysInAll) {
    Terms terms = sample();
    terms.extension.most_business_days = 7;
    const Instant before = terms.expiration.instant;
    const auto objections = [&](const char* from, const char* to) { return objections_to_extension(terms, in_new_york(from), in_new_york(to), before).size(); };
    EXPECT_EQ(objections("2002-06-28T17:00:00", "2002-07-10T17:00:00"), 0U);
    EXPECT_EQ(objections("2002-06-28T17:00:00", "2002-07-11T09:00:00"), 1U);
    EXPECT_EQ(objections("2002-07-09T17:00:00", "2002-07-11T17:00:00"), 1U) << "a second extension has no seven days of its own";
    terms.extension.last_date = on("2002-07-08");
    EXPECT_EQ(objections("2002-06-28T17:00:00", "2002-07-09T17:00:00"), 1U) << "the earlier of two limits";
}

TEST(Extension, TheHourOfTheAnnouncementMovesWithTheExpiration) {
    const Terms terms = sample();
    const auto made = announcement_deadline(terms, in_new_york("2002-07-03T17:00:00"));
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(made->deadline.civil, "2002-07-05T09:00:00");  // over the Fourth
}

TEST(Extension, WithoutAnHourForTheAnnouncementOnlyUpToTheHour) {
    Terms terms = sample();
    terms.extension.announce_by.reset();
    const Deadline to = in_new_york("2002-07-03T17:00:00");
    EXPECT_TRUE(objections_to_extension(terms, terms.expiration, to, terms.expiration.instant).empty());
    EXPECT_EQ(objections_to_extension(terms, terms.expiration, to, Instant(terms.expiration.instant.value + 1)).size(), 1U);
}

TEST(Extension, NotWhereTheTermsAllowNone) {
    Terms terms = sample();
    terms.extension = ExtensionTerms{};
    const auto objections = objections_to_extension(terms, terms.expiration, in_new_york("2002-07-03T17:00:00"), parse_instant("2002-06-28T20:00:00Z").value());
    ASSERT_EQ(objections.size(), 1U);
    EXPECT_EQ(objections.front(), "the terms allow no extension");
}

TEST(Extension, WordsOfTheAnnouncement) {
    EXPECT_EQ(parse_announce_by("09:00 next business day").value(), (AnnounceBy{"09:00:00", 1}));
    EXPECT_EQ(parse_announce_by("20:00:00 same day").value(), (AnnounceBy{"20:00:00", 0}));
    for (const char* text : {"", "09:00", "9 a.m. next business day", "25:00 next business day", "09:00 the day after"}) EXPECT_FALSE(parse_announce_by(text).has_value()) << text;
}

std::vector<std::string> lines(const Terms& terms, std::optional<Date> notice_date) {
    std::vector<std::string> told;
    const auto deadlines = all_deadlines(terms, notice_date).value();
    for (const StatedDeadline& stated : deadlines) {
        EXPECT_FALSE(stated.clause.empty()) << stated.kind;
        EXPECT_EQ(resolve(stated.deadline.civil, stated.deadline.zone).value(), stated.deadline) << stated.kind;
        told.push_back(stated.deadline.civil + " " + stated.kind);
    }
    return told;
}

TEST(AllDeadlines, OfTheSampleOffering) {
    const std::vector<std::string> expected = {
        "2002-06-27T17:00:00 reminder",      "2002-06-28T13:00:00 reminder",      "2002-06-28T16:00:00 reminder",
        "2002-06-28T16:55:00 reminder",      "2002-06-28T17:00:00 expiration",    "2002-06-28T17:00:00 payment",
        "2002-07-01T09:00:00 extension_announcement",                             "2002-07-01T15:30:00 shares_report",
        "2002-07-02T17:00:00 cover",         "2002-07-08T17:00:00 confirmations", "2002-07-31T17:00:00 extension_last",
    };
    EXPECT_EQ(lines(sample(), on("2002-06-27")), expected);
}

TEST(AllDeadlines, PaymentWithTheCertificates) {
    Terms terms = sample();
    terms.guaranteed_delivery.payment_due = PaymentDue::kCover;
    const auto told = lines(terms, on("2002-06-27"));
    EXPECT_NE(std::find(told.begin(), told.end(), "2002-07-02T17:00:00 payment"), told.end());
    EXPECT_EQ(std::find(told.begin(), told.end(), "2002-06-28T17:00:00 payment"), told.end());
    const auto early = lines(terms, on("2002-06-10"));
    EXPECT_NE(std::find(early.begin(), early.end(), "2002-06-28T17:00:00 payment"), early.end()) << "a guarantee takes no time away";
}

TEST(AllDeadlines, OnlyThoseThatTheTermsMake) {
    Terms terms = sample();
    terms.extension = ExtensionTerms{};
    terms.reminder_minutes.clear();
    const std::vector<std::string> expected = {"2002-06-28T17:00:00 expiration", "2002-06-28T17:00:00 payment", "2002-07-01T15:30:00 shares_report",
                                               "2002-07-08T17:00:00 confirmations"};
    EXPECT_EQ(lines(terms, std::nullopt), expected);
}

TEST(AllDeadlines, AReminderAcrossTheChangeOfTheClocksIsStillADayBefore) {
    Terms terms = terms_expiring("2002-10-27T17:00:00");
    terms.extension = ExtensionTerms{};
    terms.reminder_minutes = {1440};
    const auto deadlines = all_deadlines(terms, std::nullopt).value();
    EXPECT_EQ(deadlines.front().deadline.civil, "2002-10-26T18:00:00");
}

}  // namespace
}  // namespace rightsdesk::domain
