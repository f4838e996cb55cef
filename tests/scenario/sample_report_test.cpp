// The report of the sample offering, case by case, against the rules: what a person works out from the forms, the bank's
// messages and the calendar. Money in whole dollars; the price is $2.00.
//
// The over-subscription is prorated by basic shares (basis A). Final: 52,615,467 offered less 45,654,400 basic of those
// covered leave 6,961,067 shares for over-subscribers with 45,501,400 basic shares: 0.15298577... a share. Only fax-1.16 asks
// for less than its part (1,000 of 3,059): it is filled, and 6,960,067 over 45,481,400 is what all others get, fractions
// thrown together at the end. Preliminary, with the protects of fax-1.11 and fax-1.18: 3,386,067 over 49,076,400.
#include <gtest/gtest.h>

#include "base/texts.h"
#include "support/sample.h"

namespace rightsdesk {
namespace {

using domain::NoticeStatus;

struct Row {
    std::string id;
    NoticeStatus status;
    std::string why;
    std::string cover;
    std::int64_t in_time, late;
    std::int64_t deemed_basic, deemed_over;
    std::int64_t preliminary_basic, preliminary_over;
    std::int64_t basic, over;
    std::int64_t applied, refunded;
};

const std::vector<Row> kRows = {
    {"fax-1.1", NoticeStatus::kAccepted, "telephone_unconfirmed", "complete 2002-06-26T12:10:00", 60'000, 0, 25'000, 5'000, 25'000, 1'725, 25'000, 3'826, 57'652, 2'348},  // its check cleared on the 27th, in time
    {"fax-1.2", NoticeStatus::kAccepted, "telephone_unconfirmed", "complete 2002-06-27T17:00:00", 200'000, 0, 60'000, 40'000, 60'000, 4'140, 60'000, 9'182, 138'364, 61'636},  // bank draft: received on receipt; certificates on day 3 at 5 p.m.
    {"fax-1.3", NoticeStatus::kAccepted, "telephone_unconfirmed", "complete 2002-06-28T16:35:00", 66'000, 0, 22'000, 11'000, 22'000, 1'518, 22'000, 3'367, 50'734, 15'266},  // its wire came the day before it
    {"fax-1.4", NoticeStatus::kAccepted, "telephone_unconfirmed", "complete 2002-06-28T16:30:00", 240'000, 0, 120'000, 0, 120'000, 0, 120'000, 0, 240'000, 0},  // certified check, basic only
    {"fax-1.5", NoticeStatus::kAccepted, "", "complete 2002-07-01T15:00:00", 54'800'000, 0, 18'400'000, 9'000'000, 18'400'000, 1'269'666, 18'400'000, 2'815'772, 42'431'544, 12'368'456},  // a nominee, confirmed by telephone
    {"fax-1.6", NoticeStatus::kAccepted, "telephone_unconfirmed", "complete 2002-07-01T17:00:00", 45'500'000, 0, 14'250'000, 8'500'000, 14'250'000, 983'301, 14'250'000, 2'180'693, 32'861'386, 12'638'614},  // one wire told of by two messages; day 3 at 5 p.m. sharp
    {"fax-1.7", NoticeStatus::kRejected, "guarantor_ineligible, telephone_unconfirmed", "not waited for", 18'000, 0, 9'000, 0, 0, 0, 0, 0, 0, 18'000},  // ineligible guarantor, rejected by a person
    {"fax-1.8", NoticeStatus::kAccepted, "telephone_unconfirmed, holder_unsigned (waived)", "complete 2002-07-01T11:00:00", 20'000, 0, 7'000, 3'000, 7'000, 483, 7'000, 1'071, 16'142, 3'858},  // unsigned, waived by two
    {"fax-1.9", NoticeStatus::kAccepted, "telephone_unconfirmed", "complete 2002-07-01T14:30:00", 120'000, 0, 40'000, 20'000, 40'000, 2'760, 40'000, 6'121, 92'242, 27'758},  // faxed and mailed: one notice
    {"fax-1.10", NoticeStatus::kAccepted, "telephone_unconfirmed", "complete 2002-07-01T11:05:00", 16'000, 0, 6'000, 2'000, 6'000, 414, 6'000, 918, 13'836, 2'164},  // two boxes ticked: the money settles it
    {"fax-1.11", NoticeStatus::kAccepted, "telephone_unconfirmed", "missed 2002-07-01T17:00:00: signature_guarantee", 200'000, 0, 75'000, 25'000, 75'000, 5'175, 0, 0, 0, 200'000},  // certificates without the signature guarantee
    {"fax-1.12", NoticeStatus::kAccepted, "telephone_unconfirmed", "complete 2002-07-02T17:00:00", 39'200'000, 0, 12'600'000, 7'000'000, 12'600'000, 869'445, 12'600'000, 1'928'191, 29'056'382, 10'143'618},  // a nominee, no confirmation number: matched by amount, institution and date
    {"fax-1.13", NoticeStatus::kDefective, "undated, telephone_unconfirmed", "no clock", 16'000, 0, 8'000, 0, 0, 0, 0, 0, 0, 16'000},  // undated, never cured
    {"fax-1.14", NoticeStatus::kAccepted, "telephone_unconfirmed, guarantor_unknown (cured)", "complete 2002-07-02T10:00:00", 30'000, 0, 11'000, 4'000, 11'000, 759, 11'000, 1'683, 25'366, 4'634},  // guarantor on no list: a person answered
    {"fax-1.15", NoticeStatus::kAccepted, "telephone_unconfirmed", "complete 2002-07-02T10:20:00", 159'985, 0, 50'000, 29'992, 50'000, 3'450, 50'000, 7'652, 115'304, 44'681},  // short by a bank fee of $15.00: 79,992 shares and $1.00
    {"fax-1.16", NoticeStatus::kAccepted, "telephone_unconfirmed", "complete 2002-07-02T10:40:00", 42'000, 0, 20'000, 1'000, 20'000, 1'000, 20'000, 1'000, 42'000, 0},  // $2,000.00 over: deemed an over-subscription of 1,000
    {"fax-1.17", NoticeStatus::kMisdirected, "misdirected, telephone_unconfirmed", "no clock", 12'000, 0, 5'000, 1'000, 0, 0, 0, 0, 0, 12'000},  // to a number that is not listed
    {"fax-1.18", NoticeStatus::kAccepted, "telephone_unconfirmed", "missed 2002-07-02T17:00:00: certificates signature_guarantee", 10'000'000, 0, 3'500'000, 1'500'000, 3'500'000, 241'513, 0, 0, 0, 10'000'000},  // never covered
    {"fax-1.19", NoticeStatus::kAccepted, "telephone_unconfirmed", "missed 2002-07-02T17:00:00: certificates signature_guarantee", 0, 60'000, 0, 0, 0, 0, 0, 0, 0, 60'000},  // its check cleared the next morning: no good money in time
    {"fax-1.20", NoticeStatus::kAccepted, "telephone_unconfirmed", "complete 2002-07-03T16:50:00", 66'000, 0, 33'000, 0, 33'000, 0, 33'000, 0, 66'000, 0},  // saved by the extension
    {"fax-1.21", NoticeStatus::kAccepted, "telephone_unconfirmed", "complete 2002-07-03T12:00:00", 25'000, 0, 10'000, 2'500, 10'000, 690, 10'000, 1'530, 23'060, 1'940},  // at 17:00:00.000
    {"fax-1.22", NoticeStatus::kLate, "late, telephone_unconfirmed", "not waited for", 30'000, 0, 15'000, 0, 0, 0, 0, 0, 0, 30'000},  // one millisecond later
    {"mail-1.5", NoticeStatus::kAccepted, "telephone_unconfirmed", "complete 2002-07-01T11:10:00", 1'000, 0, 400, 100, 400, 28, 400, 61, 922, 78},  // money order, herewith
};

const domain::Report& played_report() {
    static const domain::Report report = [] {
        support::SuiteInProcess suite;
        suite.play(support::sample_timeline());
        return domain::report_of(*suite.book(support::kSample));
    }();
    return report;
}

domain::Money dollars(std::int64_t whole) { return domain::Money(whole * 100); }

TEST(SampleReport, has_a_line_for_each_notice_and_no_other) {
    std::vector<std::string> expected;
    std::vector<std::string> found;
    for (const Row& row : kRows) expected.push_back(row.id);
    for (const auto& line : played_report().notices) found.push_back(line.id);
    EXPECT_EQ(found, expected);
}

TEST(SampleReport, is_what_a_person_works_out_notice_by_notice) {
    ASSERT_EQ(played_report().notices.size(), kRows.size());
    for (std::size_t at = 0; at < kRows.size(); ++at) {
        const Row& row = kRows[at];
        const domain::NoticeLine& line = played_report().notices[at];
        SCOPED_TRACE(row.id);
        EXPECT_EQ(line.status, row.status);
        EXPECT_EQ(base::joined(line.why, ", "), row.why);
        EXPECT_EQ(line.cover, row.cover);
        EXPECT_EQ(line.paid_in_time, dollars(row.in_time));
        EXPECT_EQ(line.paid_late, dollars(row.late));
        EXPECT_EQ(line.deemed_basic.value, row.deemed_basic);
        EXPECT_EQ(line.deemed_over.value, row.deemed_over);
        EXPECT_EQ(line.preliminary_basic.value, row.preliminary_basic);
        EXPECT_EQ(line.preliminary_over.value, row.preliminary_over);
        EXPECT_EQ(line.basic.value, row.basic);
        EXPECT_EQ(line.over.value, row.over);
        EXPECT_EQ(line.applied, dollars(row.applied));
        EXPECT_EQ(line.refunded, dollars(row.refunded));
    }
}

// The wire that no notice answers for goes back whole; every dollar that came in is in one of the two columns.
TEST(SampleReport, totals_are_the_lines_and_the_money_that_nobody_claimed) {
    std::int64_t basic = 0, over = 0, applied = 0, refunded = 7'777;
    for (const Row& row : kRows) basic += row.basic, over += row.over, applied += row.applied, refunded += row.refunded;
    const domain::ReportTotals& totals = played_report().totals;
    EXPECT_EQ(totals.basic.value, basic);
    EXPECT_EQ(totals.over.value, over);
    EXPECT_EQ(totals.basic.value + totals.over.value, 52'615'467);
    EXPECT_EQ(totals.applied, dollars(applied));
    EXPECT_EQ(totals.refunded, dollars(refunded));
    EXPECT_EQ(played_report().books.advised, dollars(applied + refunded));
    EXPECT_EQ(totals.proration, (domain::Ratio{6'961'067, 45'501'400}));
}

}  // namespace
}  // namespace rightsdesk
