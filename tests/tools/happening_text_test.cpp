// What `notice show` and `payment show` say of each event (architecture.md: an extension or a closing re-decides, "before and after").
#include "telling/happening_text.h"

#include <gtest/gtest.h>

#include "support/builders.h"

namespace rightsdesk::support {
namespace {

TEST(HappeningText, says_before_and_after_and_how_much) {
    CoverClock moved;
    moved.notice = "fax-1.7";
    moved.deadline = new_york_deadline("2002-07-02T17:00:00");
    Funding funding;
    funding.due = Money(200'000);
    funding.good_in_time = Money(150'000);
    funding.good_late = Money(50'000);
    Sending mailed;
    mailed.way = "ops";
    mailed.number = 12;
    struct TextRow {
        Event event;
        std::string text;
    };
    const std::vector<TextRow> rows = {
        {NoticeRedecided{"fax-1.7", RedecisionCause::kCure, "by alice", NoticeStatus::kDefective, NoticeStatus::kAccepted, {Reason::kUndated, Reason::kHolderUnsigned}, {}},
         "defective (undated, holder_unsigned) to accepted, by cure"},
        {CoverClockMoved{new_york_deadline("2002-07-01T17:00:00"), moved}, "2002-07-01T17:00:00 America/New_York to 2002-07-02T17:00:00 America/New_York"},
        {PaymentMatched{"bank-1.3", Match{"fax-1.7", Money(150'000), Evidence::kPerson, "alice"}}, "$1,500.00 to fax-1.7, by person"},
        {PaymentBounced{"mail-1.4", ReturnReason::kNotSufficientFunds, new_york("2002-06-28T09:00:00")}, "not_sufficient_funds (A)"},
        {NoticeFunded{funding}, "due $2,000.00, $1,500.00 in time, $500.00 late, $0.00 uncollected"},
        {CoverDeadlineMissed{"fax-1.7", {Missing::kCertificates}}, "missing: certificates"},
        {SendingsIntended{{mailed}, {{"pager", 4, {9, SendingNews::kRaised}}}}, "ops 12, with pager 4"},
        {SendingsAttempted{{{"ops", 12, 2, new_york("2002-06-28T09:00:00"), SendingOutcome::kFailed, "421 later", {}}}}, "ops 12 failed at attempt 2"},
        {SendingSettled{"ops", 12, false, "alice", "told by telephone", new_york("2002-06-28T09:00:00")}, "ops 12 abandoned, by alice"},
        {NoticeRejected{"fax-1.7", "forged by Ida M. Holder", "alice"}, ""},
    };
    for (const TextRow& row : rows) EXPECT_EQ(telling::text_of(row.event), row.text);
}

TEST(HappeningText, has_nothing_personal) {
    const std::string text = telling::text_of(a_notice().decided());
    EXPECT_EQ(text.find("Holder"), std::string::npos) << text;
    EXPECT_EQ(text.substr(0, 8), "accepted");
}

}  // namespace
}  // namespace rightsdesk::support
