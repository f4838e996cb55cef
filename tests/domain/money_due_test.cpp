// When the money of a notice is due: by the hour, or with its certificates where the terms say so. The sample's notice is dated
// Wednesday 26 June 2002: its certificates, and its money with them, are due on Monday 1 July at 5:00 p.m.; the hour is 28 June.
#include "domain/money_due.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "domain/contract_reports.h"
#include "domain/derivation.h"
#include "domain/live_allocation.h"
#include "domain/random_commands.h"
#include "domain/report.h"

namespace rightsdesk::support {
namespace {

constexpr const char* kDueWithCover = "2002-07-01T17:00:00";
constexpr std::string_view kCreditedOnTime = "2002-07-01T16:00:00";

Terms paid_with_certificates() {
    Terms terms = sample_terms();
    terms.guaranteed_delivery.payment_due = PaymentDue::kCover;
    return terms;
}

NoticeBuilder another_notice() {
    NoticeBuilder notice = a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"});
    return notice.for_shares(500).paid_by_wire("Pine Bank", "2002-06-27", "IMAD-2");
}

ConfirmWire wire_for_another(std::string_view credited) {
    ConfirmWire wire = a_wire(1'000, "IMAD-2", credited);
    wire.institution = "Pine Bank";
    return wire;
}

Funding funding(const WholeDesk& desk, const NoticeId& id = "fax-1.1") { return *desk.book().funding(id); }

const Alert* open_alert(const WholeDesk& desk, const std::string& cause) { return desk.book().alert(desk.book().open_alert_of(cause)); }

// Watermarks take numbers too, so that a payment's is not known before it comes.
PaymentId payment_of(const WholeDesk& desk, const NoticeId& id = "fax-1.1") {
    CHECK(!desk.book().payments_of(id).empty());
    return *desk.book().payments_of(id).begin();
}

Shares allotted(const Book& book, AllocationKind kind, const NoticeId& id) {
    const Allotment* allotment = book.allotment(kind, id);
    return allotment == nullptr ? Shares(0) : allotment->basic + allotment->over;
}

// ---- in time ----

TEST(MoneyDue, with_the_certificates_to_the_nanosecond_and_never_before_the_hour) {
    struct {
        const char* story;
        NoticeBuilder notice;
        PaymentDue terms;
        std::string_view credited;
        bool in_time;
    } const rows[] = {
        {"by the hour", a_notice(), PaymentDue::kCover, "2002-06-28T17:00:00", true},
        {"after the hour, before the certificates are due", a_notice(), PaymentDue::kCover, "2002-06-28T17:00:00.000000001", true},
        {"on the stroke of the cover deadline", a_notice(), PaymentDue::kCover, "2002-07-01T17:00:00", true},
        {"a nanosecond after it", a_notice(), PaymentDue::kCover, "2002-07-01T17:00:00.000000001", false},
        {"certificates due before the hour, money at the hour", a_notice().dated("2002-06-10"), PaymentDue::kCover, "2002-06-28T17:00:00", true},
        {"and a nanosecond after it", a_notice().dated("2002-06-10"), PaymentDue::kCover, "2002-06-28T17:00:00.000000001", false},
        {"no clock: a nanosecond after the hour", a_notice().undated(), PaymentDue::kCover, "2002-06-28T17:00:00.000000001", false},
        {"due at the hour, paid at it", a_notice(), PaymentDue::kExpiration, "2002-06-28T17:00:00", true},
        {"due at the hour, paid a nanosecond after it", a_notice(), PaymentDue::kExpiration, "2002-06-28T17:00:00.000000001", false},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        Terms terms = sample_terms();
        terms.guaranteed_delivery.payment_due = row.terms;
        WholeDesk desk(terms);
        desk.submit(row.notice);
        desk.at(row.credited).say(a_wire(2'000, kSampleImad, row.credited));
        EXPECT_EQ(funding(desk).good_in_time, Money(row.in_time ? 200'000 : 0));
        EXPECT_EQ(funding(desk).good_late, Money(row.in_time ? 0 : 200'000));
    }
}

TEST(MoneyDue, by_the_hour_of_certificates_that_come_without_a_guarantee) {
    for (const bool in_time : {true, false}) {
        WholeDesk desk(paid_with_certificates());
        desk.say(an_exercise(1'000, 0, "RC-7"));
        const std::string_view credited = in_time ? "2002-06-28T17:00:00" : "2002-06-28T17:00:00.000000001";
        desk.at(credited).say(a_wire(2'000, "IMAD-RC-7", credited));
        EXPECT_EQ(funding(desk, "mail-1.1").good_in_time, Money(in_time ? 200'000 : 0));
        desk.count();
        EXPECT_EQ(funding(desk, "mail-1.1").application, in_time ? Application::kFull : Application::kLapsed);
        EXPECT_EQ(desk.book().life()->stage, Stage::kTabulated) << "no money is waited for";
    }
}

TEST(MoneyDue, at_the_hour_exclusively_where_the_terms_say_before_it) {
    Terms terms = paid_with_certificates();
    terms.expiration_inclusive = false;
    WholeDesk desk(terms);
    desk.submit(a_notice().dated("2002-06-10").received("2002-06-11T10:00:00"));
    const Notice& notice = *desk.book().notice("fax-1.1");
    EXPECT_FALSE(money_in_time(desk.book(), notice, new_york("2002-06-28T17:00:00")));
    EXPECT_TRUE(money_in_time(desk.book(), notice, new_york("2002-06-28T16:59:59.999999999")));
}

// A day proves what its time would, but where money becomes late on it.
TEST(MoneyDue, a_wire_with_a_date_only_is_a_persons_question_on_a_last_day) {
    struct {
        const char* story;
        PaymentDue terms;
        const char* value_date;
        PaymentStatus status;
        std::int64_t in_time;
    } const rows[] = {
        {"before the day of the hour", PaymentDue::kCover, "2002-06-27", PaymentStatus::kGood, 200'000},
        {"on the day of the hour", PaymentDue::kCover, "2002-06-28", PaymentStatus::kUncollected, 0},
        {"between it and the cover deadline's", PaymentDue::kCover, "2002-06-29", PaymentStatus::kGood, 200'000},
        {"on the cover deadline's", PaymentDue::kCover, "2002-07-01", PaymentStatus::kUncollected, 0},
        {"after it", PaymentDue::kCover, "2002-07-02", PaymentStatus::kGood, 0},
        {"after the hour, where it is due then", PaymentDue::kExpiration, "2002-06-29", PaymentStatus::kGood, 0},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        Terms terms = sample_terms();
        terms.guaranteed_delivery.payment_due = row.terms;
        WholeDesk desk(terms);
        desk.submit(a_notice());
        ConfirmWire wire = a_wire(2'000);
        wire.credited_at.reset();
        wire.value_date = day(row.value_date);
        desk.at(std::string(row.value_date) + "T20:00:00").say(wire);
        EXPECT_EQ(desk.book().payment("bank-1.1")->status, row.status);
        EXPECT_EQ(funding(desk).good_in_time, Money(row.in_time));
    }
}

// ---- the count and the end ----

// Two notices that are not paid at the count; the first pays with its certificates, the second only brings certificates.
WholeDesk counted_unpaid() {
    WholeDesk desk(paid_with_certificates());
    desk.submit(a_notice().and_excess(500));
    desk.submit(another_notice());
    desk.count();
    return desk;
}

void bring_certificates(WholeDesk& desk) {
    desk.at(kCreditedOnTime).say(certificates_for("fax-1.1", 1'000, "2002-07-01T16:00:00"));
    desk.say(certificates_for("fax-1.2", 500, "2002-07-01T16:00:00"));
}

TEST(MoneyDue, at_the_count_what_may_still_be_paid_is_a_protect_for_what_it_asks) {
    const WholeDesk desk = counted_unpaid();
    EXPECT_EQ(allotted(desk.book(), AllocationKind::kPreliminary, "fax-1.1"), Shares(1'500));
    EXPECT_EQ(allotted(desk.book(), AllocationKind::kPreliminary, "fax-1.2"), Shares(500));
    EXPECT_EQ(desk.book().allocation(AllocationKind::kPreliminary)->protects, Shares(2'000));
    EXPECT_EQ(funding(desk).application, Application::kPending);
    EXPECT_EQ(funding(desk).deemed_over, Shares(500));
    EXPECT_NE(funding(desk).rule.find(kDueWithCover), std::string::npos) << funding(desk).rule;
    EXPECT_EQ(desk.book().open_alert_of("lapsed/fax-1.1"), 0U);
}

TEST(MoneyDue, in_the_end_by_the_money_that_came_in_time) {
    struct {
        const char* story;
        std::string_view credited;
        std::int64_t dollars;
        std::int64_t shares;
        Application application;
    } const rows[] = {
        {"all of it with the certificates", "2002-07-01T16:00:00", 3'000, 1'500, Application::kFull},
        {"part of it", "2002-07-01T16:00:00", 2'200, 1'100, Application::kPart},
        {"at the deadline", "2002-07-01T17:00:00", 3'000, 1'500, Application::kFull},
        {"a nanosecond late", "2002-07-01T17:00:00.000000001", 3'000, 0, Application::kLapsed},
        {"too much buys more", "2002-07-01T16:00:00", 3'100, 1'550, Application::kDeemedOver},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk = counted_unpaid();
        bring_certificates(desk);
        desk.at(row.credited).say(a_wire(row.dollars, kSampleImad, row.credited));
        EXPECT_EQ(desk.book().life()->stage, Stage::kCounted);
        EXPECT_EQ(desk.book().payment(payment_of(desk))->refundable, Money(0)) << "nothing is returned before it is due";
        desk.tabulate();
        EXPECT_EQ(funding(desk).application, row.application) << to_text(funding(desk).application);
        EXPECT_EQ(allotted(desk.book(), AllocationKind::kFinal, "fax-1.1"), Shares(row.shares));
        EXPECT_EQ(funding(desk, "fax-1.2").application, Application::kLapsed) << "its certificates came, its money never did";
        EXPECT_EQ(allotted(desk.book(), AllocationKind::kFinal, "fax-1.2"), Shares(0));
        EXPECT_NE(desk.book().open_alert_of("lapsed/fax-1.2"), 0U);
        desk.settle_everything();
        EXPECT_EQ(report_of(desk.book()).does_not_tie, Names());
        EXPECT_EQ(holders_report(desk.book()).does_not_tie, Names());
        const Refund* refund = desk.book().refund(payment_of(desk));
        if (row.shares == 0) EXPECT_EQ(refund->cause, RefundCause::kLateMoney);
        else EXPECT_EQ(refund, nullptr) << "every cent of it bought shares";
    }
}

TEST(MoneyDue, money_that_came_without_its_certificates_goes_back) {
    WholeDesk desk = counted_unpaid();
    desk.at(kCreditedOnTime).say(a_wire(3'000, kSampleImad, kCreditedOnTime));
    desk.say(certificates_for("fax-1.2", 500, "2002-07-01T16:00:00"));
    desk.say(wire_for_another(kCreditedOnTime));
    desk.tabulate().settle_everything();
    EXPECT_EQ(desk.book().refund(payment_of(desk))->cause, RefundCause::kUncovered);
    EXPECT_EQ(allotted(desk.book(), AllocationKind::kFinal, "fax-1.2"), Shares(500));
}

TEST(MoneyDue, what_the_bank_takes_back_after_the_count_may_be_paid_again) {
    WholeDesk desk(paid_with_certificates());
    desk.submit(a_notice().paid_by(PaymentMethod::kUncertifiedCheck, "1044", "Albany Savings Bank"));
    const ReceiveInstrument check = a_check(2'000, "1044");
    desk.say(check);
    desk.say(clearance_of(check, "2002-06-28T11:00:00"));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T12:00:00"));
    desk.count();
    EXPECT_EQ(desk.book().allocation(AllocationKind::kPreliminary)->protects, Shares(0)) << "covered and paid";
    desk.say(bounce_of(check, ReturnReason::kNotSufficientFunds, "2002-06-29T10:00:00"));
    EXPECT_EQ(funding(desk).good_in_time, Money(0));
    EXPECT_EQ(open_alert(desk, "bounced/mail-1.1")->too_late_at, new_york(kDueWithCover));
    desk.at(kCreditedOnTime).say(a_wire(2'000, kSampleImad, kCreditedOnTime));
    desk.match(*desk.book().unmatched_payments().begin(), "fax-1.1", std::nullopt, "alice");
    desk.tabulate();
    EXPECT_EQ(allotted(desk.book(), AllocationKind::kFinal, "fax-1.1"), Shares(1'000));
}

// ---- waiting ----

TEST(MoneyDue, is_waited_for_until_every_source_has_said_what_it_holds_though_the_certificates_are_there) {
    WholeDesk desk(paid_with_certificates());
    desk.submit(a_notice());
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-27T12:00:00"));
    desk.count();
    ASSERT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kComplete);
    EXPECT_EQ(desk.book().life()->stage, Stage::kCounted);
    EXPECT_EQ(desk.at(kDueWithCover).watermarks().book().life()->stage, Stage::kCounted) << "a wire credited now is in time";
    EXPECT_EQ(desk.at("2002-07-01T17:00:00.000000001").book().life()->stage, Stage::kTabulated) << "and now nothing is missing";
    struct {
        const char* story;
        std::string_view now, mail, bank;
        bool settled;
    } const rows[] = {
        {"not due yet", "2002-07-01T17:00:00", "2002-07-01T17:00:00", "2002-07-01T17:00:00", false},
        {"past it, and all watermarks at it", "2002-07-01T17:00:01", "2002-07-01T17:00:00", "2002-07-01T17:00:00", true},
        {"a wire may still be handed over", "2002-07-02T09:00:00", "2002-07-02T09:00:00", "2002-07-01T16:59:59", false},
        {"a certified check may", "2002-07-02T09:00:00", "2002-07-01T16:59:59", "2002-07-02T09:00:00", false},
    };
    for (const auto& row : rows) {
        Book sources = desk_book({paid_with_certificates()});
        run(sources, WatermarkAdvanced{{"fax-1", new_york(row.now)}});
        run(sources, WatermarkAdvanced{{"mail-1", new_york(row.mail)}});
        run(sources, WatermarkAdvanced{{"bank-1", new_york(row.bank)}});
        EXPECT_EQ(money_settled(desk.book(), sources, new_york(row.now)), row.settled) << row.story;
    }
}

TEST(MoneyDue, of_a_notice_that_cannot_count_is_not_waited_for) {
    WholeDesk desk(paid_with_certificates());
    desk.submit(a_notice());
    desk.reject("fax-1.1", "alice");
    EXPECT_EQ(last_money_due(desk.book()), std::nullopt);
    desk.count();
    EXPECT_EQ(desk.book().life()->stage, Stage::kTabulated);
}

// ---- clocks that move ----

TEST(MoneyDue, moves_with_a_closing) {
    WholeDesk desk = counted_unpaid();
    desk.at("2002-07-02T11:00:00").say(a_wire(3'000, kSampleImad, "2002-07-02T10:00:00"));
    EXPECT_EQ(funding(desk).good_late, Money(300'000));
    desk.propose_closing(day("2002-07-01"), "alice");
    desk.approve("closing-1", "bob");
    EXPECT_EQ(desk.book().cover("fax-1.1")->deadline.civil, "2002-07-02T17:00:00");
    EXPECT_EQ(funding(desk).good_in_time, Money(300'000));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-07-02T12:00:00"));
    desk.tabulate();
    EXPECT_EQ(allotted(desk.book(), AllocationKind::kFinal, "fax-1.1"), Shares(1'500));
}

TEST(MoneyDue, moves_with_a_cured_date_to_either_side) {
    WholeDesk desk(paid_with_certificates());
    desk.submit(a_notice().dated("2002-06-28").received("2002-06-27T10:00:00"));  // post-dated: due on 3 July
    desk.count().at("2002-07-02T11:00:00").say(a_wire(2'000, kSampleImad, "2002-07-02T10:00:00"));
    EXPECT_EQ(funding(desk).good_in_time, Money(200'000));
    desk.cure("fax-1.1", Reason::kPostDated, "2002-06-26", "alice");
    ASSERT_EQ(desk.book().cover("fax-1.1")->deadline.civil, kDueWithCover);
    EXPECT_EQ(funding(desk).good_late, Money(200'000));
    EXPECT_EQ(funding(desk).good_in_time, Money(0));
}

TEST(MoneyDue, moves_with_an_extension_where_the_terms_count_from_it_and_is_never_before_the_new_hour) {
    for (const bool from_expiration : {true, false}) {
        SCOPED_TRACE(from_expiration ? "from the expiration" : "from the notice's date");
        Terms terms = paid_with_certificates();
        if (from_expiration) terms.guaranteed_delivery.counted_from = CountedFrom::kExpiration;
        WholeDesk desk(terms);
        desk.submit(a_notice());
        desk.propose_extension("2002-07-10T17:00:00", "alice");
        desk.approve("extension-1", "bob");
        EXPECT_EQ(money_due(desk.book(), *desk.book().notice("fax-1.1")).civil, from_expiration ? "2002-07-15T17:00:00" : "2002-07-10T17:00:00");
        EXPECT_EQ(money_is_awaited(desk.book(), *desk.book().notice("fax-1.1")), from_expiration);
    }
}

// ---- what people are told ----

TEST(MoneyDue, alerts_say_when_it_is_due) {
    WholeDesk desk(paid_with_certificates());
    desk.submit(a_notice());
    desk.say(a_wire(1'500));
    const Alert* underpaid = open_alert(desk, "funding/fax-1.1");
    ASSERT_NE(underpaid, nullptr);
    EXPECT_EQ(underpaid->too_late_at, new_york(kDueWithCover));
    EXPECT_NE(underpaid->next.find(kDueWithCover), std::string::npos) << underpaid->next;
    EXPECT_EQ(underpaid->next.find("the hour"), std::string::npos) << underpaid->next;
    desk.count();
    EXPECT_NE(desk.book().open_alert_of("funding/fax-1.1"), 0U) << "it may still be paid";
    desk.at("2002-07-01T15:30:00");
    EXPECT_NE(open_alert(desk, "cover/fax-1.1")->what.find("$500.00 of its money"), std::string::npos) << open_alert(desk, "cover/fax-1.1")->what;
    desk.say(certificates_for("fax-1.1", 1'000, "2002-07-01T16:00:00"));
    desk.tabulate();
    EXPECT_EQ(desk.book().open_alert_of("funding/fax-1.1"), 0U);
}

TEST(MoneyDue, a_lapse_is_taken_back_when_a_moved_clock_leaves_time_to_pay) {
    WholeDesk desk(paid_with_certificates());
    desk.submit(a_notice().dated("2002-06-10").received("2002-06-11T10:00:00"));  // certificates were due on 13 June, money is at the hour
    desk.say(certificates_for("fax-1.1", 500, "2002-06-27T12:00:00"));
    desk.submit(another_notice());  // holds the end up
    desk.count();
    ASSERT_EQ(funding(desk, "fax-1.2").application, Application::kPending);
    ASSERT_EQ(desk.book().funding("fax-1.1")->application, Application::kLapsed);
    ASSERT_NE(desk.book().open_alert_of("lapsed/fax-1.1"), 0U);
    CoverClock clock = *desk.book().cover("fax-1.1");
    const Deadline before = clock.deadline;
    clock.deadline = new_york_deadline("2002-07-02T17:00:00");
    Book book = desk.book();
    run(book, CoverClockMoved{before, clock});
    run(book, fund_by_clock(book, "fax-1.1"));
    EXPECT_EQ(book.funding("fax-1.1")->application, Application::kPending);
    EXPECT_EQ(book.funding("fax-1.1")->deemed_basic, Shares(1'000));
    run(book, CoverClockMoved{clock.deadline, *desk.book().cover("fax-1.1")});
    run(book, fund_by_clock(book, "fax-1.1"));
    EXPECT_EQ(book.funding("fax-1.1")->application, Application::kLapsed) << "and the other way round";
}

TEST(MoneyDue, what_if_allocations_take_it_for_paid_with_the_protects_only) {
    const WholeDesk desk = counted_unpaid();
    const auto without = allocate_live(desk.book(), {});
    const auto with = allocate_live(desk.book(), {true, false});
    ASSERT_TRUE(without && with);
    EXPECT_EQ(without->lines.size(), 0U);
    EXPECT_EQ(without->left_out.front().why, std::string("its money is due with its certificates, ") + kDueWithCover);
    EXPECT_EQ(with->totals.basic_allotted, desk.book().allocation(AllocationKind::kPreliminary)->basic_allotted);
    EXPECT_EQ(with->totals.over_allotted, desk.book().allocation(AllocationKind::kPreliminary)->over_allotted);
}

TEST(MoneyDue, the_derivation_says_the_same_as_the_log) {
    WholeDesk desk = counted_unpaid();
    const Book then = desk.book();
    bring_certificates(desk);
    desk.say(a_wire(3'000, kSampleImad, kCreditedOnTime));
    desk.tabulate();
    for (const char* notice : {"fax-1.1", "fax-1.2"}) {
        for (const AllocationKind kind : {AllocationKind::kPreliminary, AllocationKind::kFinal}) {
            const auto derived = derive_allotment(kind == AllocationKind::kPreliminary ? then : desk.book(), desk.book(), notice, kind);
            ASSERT_TRUE(derived) << derived.error().message;
            EXPECT_EQ(derived->differs, Names()) << notice << " " << to_text(kind);
            const auto is_funded = [](const DerivationStep& step) { return step.step == "funded"; };
            const auto funded = std::find_if(derived->steps.begin(), derived->steps.end(), is_funded);
            EXPECT_EQ(funded->value, "cover");
            EXPECT_NE(funded->rule.find(kDueWithCover), std::string::npos) << funded->rule;
        }
    }
}

TEST(MoneyDue, the_count_reports_what_is_asked_for) {
    const WholeDesk desk = counted_unpaid();
    const Table table = count_report(desk.book());
    EXPECT_EQ(table.does_not_tie, Names());
    const auto is_wanted = [](const TableColumn& column) { return column.name == "shares_subscribed"; };
    const auto at = std::find_if(table.columns.begin(), table.columns.end(), is_wanted);
    EXPECT_EQ(std::get<std::int64_t>(table.rows[0][static_cast<std::size_t>(at - table.columns.begin())]), 2'000);
}

// ---- any story ----

// The notices of which, while their money is awaited, the book says something else than it amounts to.
Names funded_otherwise(const Book& book) {
    Names otherwise;
    for (const NoticeId& id : book.notice_ids()) {
        const Funding* known = book.funding(id);
        if (known != nullptr && money_is_awaited(book, *book.notice(id)) && !(*known == applied_funding(book, id))) otherwise.push_back(id);
    }
    return otherwise;
}

TEST(MoneyDueProperty, no_story_acts_on_money_before_it_is_due_nor_forgets_what_came_in_time) {
    int lapsed = 0, ended = 0;
    const auto play_a_life = [&] {
        WholeDesk desk(paid_with_certificates());
        desk.before_each = [&](Book& book, const std::vector<Event>& events) {
            for (const Event& event : events) {
                if (std::holds_alternative<OfferingTabulated>(event)) {
                    RC_ASSERT(last_money_due(book).value_or(Instant(0)) < desk.now());
                    RC_ASSERT(funded_otherwise(book) == Names());
                }
                const auto* applied = std::get_if<PaymentApplied>(&event);
                if (applied == nullptr || applied->funding.application != Application::kLapsed) continue;
                const Notice& notice = *book.notice(applied->funding.notice);
                if (notice.status == NoticeStatus::kAccepted) RC_ASSERT(money_due(book, notice).instant <= desk.now());
                ++lapsed;
            }
            const auto is_proposal = [](const Event& event) { return std::holds_alternative<AllocationProposed>(event); };
            if (std::none_of(events.begin(), events.end(), is_proposal)) return;
            Book after = book;
            evolve(after, events);
            for (const NoticeId& id : after.notice_ids()) {
                if (after.notice(id)->status == NoticeStatus::kAccepted) RC_ASSERT(*after.funding(id) == applied_funding(after, id));
            }
            ++ended;
        };
        desk.at("2002-06-26T09:00:00");  // two days before the hour: most of the story is about what comes after it
        RandomCommands(desk).play();
    };
    const auto all_met = [&] { return lapsed > 0 && ended > 0; };
    EXPECT_TRUE(rc::check("late, never early", [&] { play_until(all_met, play_a_life); }));
    EXPECT_GT(lapsed, 0) << "no story had a notice without money: the property says little";
    EXPECT_GT(ended, 0) << "no story came to a final allocation: the property says little";
}

}  // namespace
}  // namespace rightsdesk::support
