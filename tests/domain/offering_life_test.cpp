// An offering is listed, opened, waits for its sources; and the desk's time, which moves forward when everybody is ready.
#include "domain/offering_life.h"

#include <gtest/gtest.h>

#include "domain/civil.h"
#include "domain/watermarks.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

TEST(OfferingLife, an_offering_has_its_id_and_addresses_for_itself) {
    const Terms first = sample_terms();
    struct TakenRow {
        const char* sentence;
        std::function<void(Terms&)> change;
        const char* told;  // nothing: it can be listed
    };
    const std::vector<TakenRow> rows = {
        {"the same id", [](Terms& terms) { terms.account = "2", terms.channels.clear(); }, "offering rare-medium-2002 is open already"},
        {"the same account", [](Terms& terms) { terms.id = "other", terms.channels.clear(); }, nullptr},
        {"the same fax number", [](Terms& terms) { terms.id = "other", terms.account = "2"; }, "offering rare-medium-2002 lists +17185550101 already"},
        {"the same street for another channel", [](Terms& terms) { terms.id = "other", terms.account = "2", terms.channels = {{Channel::kTelegram, kSampleMail}}; }, nullptr},
        {"nothing in common", [](Terms& terms) { terms.id = "other", terms.account = "2", terms.channels = {{Channel::kFax, "+17185550999"}}; }, nullptr},
    };
    const Book desk = desk_book({first});
    for (const TakenRow& row : rows) {
        Terms terms = first;
        row.change(terms);
        const Decision decision = list_offering(desk, OpenOffering{"the terms"}, terms);
        if (row.told == nullptr) {
            ASSERT_EQ(names_of(decision), Names{"OfferingListed"}) << row.sentence;
            EXPECT_EQ(find_event<OfferingListed>(decision)->offering, (ListedOffering{terms.id, "the terms", terms.account, terms.channels})) << row.sentence;
            const std::vector<OfferingId> sharing = terms.account == first.account ? std::vector<OfferingId>{first.id} : std::vector<OfferingId>{};
            EXPECT_EQ(find_event<OfferingListed>(decision)->shares_account_with, sharing) << row.sentence;
        } else {
            ASSERT_EQ(refusal_of(decision), Refusal::kOfferingExists) << row.sentence;
            EXPECT_EQ(find_event<CommandRefused>(decision)->detail, row.told);
        }
    }
}

TEST(OfferingLife, is_opened_once) {
    Book book("rare-medium-2002");
    ASSERT_EQ(names_of(run(book, open_listed(book, sample_terms(), "the terms"))), Names{"OfferingOpened"});
    EXPECT_EQ(book.life()->expiration.civil, "2002-06-28T17:00:00");
    EXPECT_TRUE(open_listed(book, sample_terms(), "the terms").events.empty());
}

// architecture.md, "Time": the stepped time moves only forward, and only when every service is idle; a real clock is not stepped.
TEST(OfferingLife, the_stepped_time_waits_for_everybody_and_never_goes_back) {
    const Book desk = desk_book();
    const Instant now = desk.clock()->time;
    EXPECT_EQ(names_of(step_time(desk, StepTime{now + Instant(1)}, {})), Names{"TimeStepped"});
    EXPECT_EQ(names_of(step_time(desk, StepTime{now}, {})), Names{"TimeStepped"});
    EXPECT_EQ(refusal_of(step_time(desk, StepTime{now - Instant(1)}, {})), Refusal::kBackwards);
    const Decision waiting = step_time(desk, StepTime{now + Instant(1)}, {"intake at desk: 3 of 4", "notification"});
    EXPECT_TRUE(waiting.events.empty());
    EXPECT_EQ(waiting.retry_later, "waiting for intake at desk: 3 of 4; notification;");
    EXPECT_EQ(refusal_of(step_time(Book(kDesk), StepTime{now}, {})), Refusal::kWrongClock);
    Book real(kDesk);
    evolve(real, {DeskOpened{DeskClock{ClockMode::kReal, Instant(0)}}});
    EXPECT_EQ(refusal_of(step_time(real, StepTime{now}, {})), Refusal::kWrongClock);
}

TEST(OfferingLife, is_settled_when_everything_is_approved_and_once) {
    Terms terms = sample_terms();
    terms.deemed_exercise = DeemedExercise::kMoney;  // the $100 too much go back
    WholeDesk desk(terms);
    desk.submit(a_notice());
    desk.say(a_wire(2'100));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T12:00:00"));
    EXPECT_EQ(refusal_of(desk.settle("carol")), Refusal::kTooEarly) << "open";
    desk.count().tabulate();
    EXPECT_EQ(refusal_of(desk.settle("carol")), Refusal::kTooEarly) << "proposed";
    desk.approve("allocation-1", "alice");
    desk.approve("allocation-1", "bob");
    const Decision refunds_open = desk.settle("carol");
    EXPECT_EQ(refusal_of(refunds_open), Refusal::kTooEarly);
    EXPECT_EQ(find_event<CommandRefused>(refunds_open)->detail, "refunds-1 is not approved");
    desk.approve("refunds-1", "alice");
    desk.approve("refunds-1", "bob");
    EXPECT_EQ(names_of(desk.settle("carol")), Names{"OfferingSettled"});
    EXPECT_EQ(refusal_of(desk.settle("carol")), Refusal::kAlreadyDecided);
}

TEST(OfferingLife, one_person_extends_alone_where_the_terms_say_so) {
    Terms terms = sample_terms();
    terms.approvals.extension = 1;
    WholeDesk desk(terms);
    EXPECT_EQ(names_of(desk.propose_extension("2002-07-01T17:00:00", "alice")), Names({"ProposalMade", "ProposalApproved", "OfferingExtended"}));
    EXPECT_EQ(desk.book().life()->expiration.civil, "2002-07-01T17:00:00");
    EXPECT_EQ(desk.book().life()->extensions.front().approved_by, Names{"alice"});
}

TEST(OfferingLife, the_same_extension_is_not_proposed_twice_and_another_supersedes_it) {
    WholeDesk desk;
    desk.propose_extension("2002-07-01T17:00:00", "alice");
    EXPECT_EQ(refusal_of(desk.propose_extension("2002-07-01T17:00:00", "bob")), Refusal::kAlreadyDecided);
    EXPECT_EQ(names_of(desk.propose_extension("2002-07-02T17:00:00", "bob")), Names({"ProposalMade", "ProposalSuperseded"}));
    EXPECT_EQ(refusal_of(desk.approve("extension-1", "carol")), Refusal::kAlreadyDecided);
}

// The open alert of a kind: what it says and how grave it is; empty where there is none.
std::string open_owed(const WholeDesk& desk, const std::string& kind) {
    for (std::uint64_t number = 1; number <= desk.book().last_alert(); ++number) {
        const Alert& alert = *desk.book().alert(number);
        if (alert.kind == kind && !alert.resolved_at) return to_text(alert.severity) + ", by " + civil_text(*alert.too_late_at, "America/New_York");
    }
    return "";
}

// Rules.md section 7: owed "by 3:30 p.m. on the business day after expiration", here Monday 1 July, and "confirmations within five business
// days": over the 4th, Monday 8 July.
TEST(OfferingLife, what_is_owed_after_the_hour_and_not_done_is_said_before_it_is_due_and_after) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.at("2002-07-01T13:29:59");
    EXPECT_EQ(open_owed(desk, "shares_report_due"), "");
    desk.at("2002-07-01T13:30:00");
    EXPECT_EQ(open_owed(desk, "shares_report_due"), "warning, by 2002-07-01T15:30:00");
    desk.at("2002-07-01T15:30:00.000000001");
    EXPECT_EQ(open_owed(desk, "shares_report_due"), "critical, by 2002-07-01T15:30:00");
    desk.at("2002-07-02T09:00:00").watermarks();
    EXPECT_EQ(open_owed(desk, "shares_report_due"), "") << "it is counted";
    desk.at("2002-07-08T14:59:59");
    EXPECT_EQ(open_owed(desk, "confirmations_due"), "");
    desk.at("2002-07-08T15:00:00");
    EXPECT_EQ(open_owed(desk, "confirmations_due"), "warning, by 2002-07-08T17:00:00");
    desk.tabulate();
    EXPECT_EQ(open_owed(desk, "confirmations_due"), "critical, by 2002-07-08T17:00:00");
    desk.settle_everything();
    EXPECT_EQ(open_owed(desk, "confirmations_due"), "");
}

TEST(OfferingLife, what_is_owed_is_not_said_where_it_is_done_in_time_or_never_comes) {
    WholeDesk counted;
    counted.count().at("2002-07-01T16:00:00");
    EXPECT_EQ(open_owed(counted, "shares_report_due"), "");
    WholeDesk extended;
    extended.at("2002-06-28T17:00:00").propose_extension("2002-07-02T17:00:00", "alice");
    extended.approve("extension-1", "bob");
    extended.at("2002-07-01T16:00:00");
    EXPECT_EQ(open_owed(extended, "shares_report_due"), "") << "due on the 3rd now";
    WholeDesk terminated;
    terminated.propose_termination("alice");
    terminated.approve("termination-1", "bob");
    terminated.at("2002-07-10T09:00:00");
    EXPECT_EQ(open_owed(terminated, "confirmations_due"), "");
}

TEST(OfferingLife, a_watermark_never_goes_back) {
    Book desk = desk_book();
    const Instant noon = new_york("2002-06-03T12:00:00");
    EXPECT_EQ(names_of(run(desk, advance_watermark(desk, noon, context("fax-1", 1, noon)))), Names{"WatermarkAdvanced"});
    EXPECT_EQ(refusal_of(advance_watermark(desk, noon - Instant(1), context("fax-1", 2, noon))), Refusal::kBackwards);
}

}  // namespace
}  // namespace rightsdesk::support
