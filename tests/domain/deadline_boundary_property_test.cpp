// Deadlines to the nanosecond, on any day and in any zone, and what the clocks do twice a year (rules.md sections 1, 2 and 8).
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "domain/civil.h"
#include "domain/covers.h"
#include "domain/money_due.h"
#include "domain/notice_changes.h"
#include "domain/notice_judgement.h"
#include "support/builders.h"
#include "support/dates.h"

namespace rightsdesk::support {
namespace {

constexpr std::int64_t kHourInNanoseconds = 3'600'000'000'000;

// Any hour of any day from 1970 to 2037 that the clocks of the zone show.
Deadline any_deadline() {
    for (;;) {
        const std::string zone = *rc::gen::element<std::string>("America/New_York", "America/Los_Angeles", "Europe/London", "Asia/Kolkata", "UTC");
        const Date day(*rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int32_t>(0, 24'800)));
        const std::string time = *rc::gen::element<std::string>("17:00:00", "11:00:00", "01:30:00", "02:30:00", "23:59:59", "00:00:00");
        if (const auto deadline = resolve(day, time, zone)) return *deadline;
    }
}

TEST(DeadlineBoundary, is_the_deadlines_own_nanosecond_for_notices_and_money) {
    const bool always = rc::check("at or prior to includes the hour, before does not, and a nanosecond decides", [] {
        Life life = *open_book().life();
        life.expiration = any_deadline();
        const Instant hour = life.expiration.instant;
        for (const bool inclusive : {true, false}) {
            life.terms.expiration_inclusive = inclusive;
            Terms terms = life.terms;
            terms.expiration = life.expiration;
            const Book book = open_book(terms);
            const Notice notice = a_notice().decided().notice;
            const auto holds = [&](const auto& in_time_at) { return in_time_at(Instant(hour.value - 1)) && in_time_at(hour) == inclusive && !in_time_at(Instant(hour.value + 1)); };
            RC_ASSERT(holds([&](Instant at) { return in_time(life, at); }));
            RC_ASSERT(holds([&](Instant at) { return money_in_time(book, notice, at); }));
        }
    });
    EXPECT_TRUE(always);
}

// The certificates' deadline is "at or prior to", whatever the terms say of the hour; and the last instant of a window to withdraw.
TEST(DeadlineBoundary, is_the_deadlines_own_nanosecond_for_certificates_and_withdrawals) {
    const bool always = rc::check("certificates and withdrawals at the deadline count, and not a nanosecond later", [] {
        const Terms terms = sample_terms();
        const Deadline deadline = any_deadline();
        const auto covered_by = [&](std::int64_t nanoseconds_after) {
            Notice notice = a_notice().decided().notice;
            CertificatesReceived received;
            received.stamp = Instant(deadline.instant.value + nanoseconds_after);
            received.rights = Rights(1'000);
            received.signature_guarantee = true;
            notice.certificates = {received};
            return cover_progress(terms, notice, deadline.instant).completed_at.has_value();
        };
        RC_ASSERT(covered_by(-1) && covered_by(0) && !covered_by(1));
        Life life = *open_book().life();
        life.suspension = Suspension{Instant(deadline.instant.value - kHourInNanoseconds), deadline, "", {}};
        RC_ASSERT(may_withdraw(life, deadline.instant));
        RC_ASSERT(!may_withdraw(life, Instant(deadline.instant.value + 1)));
    });
    EXPECT_TRUE(always);
}

// The n-th Sunday of a month, 1-based; the last where n is 0.
Date sunday(int year, unsigned month, int n) {
    Date day = date_of(year, month, n == 0 ? 31 : 1);  // the clocks' months of which the last Sunday is asked have 31 days
    for (; weekday(day) != Weekday::kSunday; day = Date(day.value + (n == 0 ? -1 : 1))) {}
    return n < 2 ? day : Date(day.value + 7 * (n - 1));
}

// Clocks go forward on the first Sunday of April and back on the last of October from 1987 to 2006, and from 2007 on the second of March
// and the first of November (Uniform Time Act as amended in 1986; Energy Policy Act of 2005). From 5:00 p.m. to 5:00 p.m. the next day
// are 23 hours over the one and 25 over the other, and 24 over every other day.
TEST(DaylightSaving, five_in_the_afternoon_is_five_in_the_afternoon_on_every_day) {
    for (int year = 1987; year <= 2036; ++year) {
        const Date forward = year < 2007 ? sunday(year, 4, 1) : sunday(year, 3, 2);
        const Date back = year < 2007 ? sunday(year, 10, 0) : sunday(year, 11, 1);
        for (Date day = date_of(year, 1, 1); year_of(day) == year; day = next_day(day)) {
            const Instant five = resolve(day, "17:00:00", kNewYork).value().instant;
            const Instant five_the_day_before = resolve(Date(day.value - 1), "17:00:00", kNewYork).value().instant;
            const std::int64_t hours = day == forward ? 23 : day == back ? 25 : 24;
            ASSERT_EQ(five.value - five_the_day_before.value, hours * kHourInNanoseconds) << to_text(day);
            const std::int64_t utc_hour = five.value / kHourInNanoseconds % 24;
            ASSERT_EQ(utc_hour, day >= forward && day < back ? 21 : 22) << to_text(day);
            ASSERT_EQ(date_in(five, kNewYork), day);
        }
    }
}

}  // namespace
}  // namespace rightsdesk::support
