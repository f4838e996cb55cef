// What a service could not decide, what stands still because of it, and its release.
#include "domain/quarantine.h"

#include <gtest/gtest.h>

#include "support/builders.h"

namespace rightsdesk::support {
namespace {

ItemQuarantined quarantined(const std::string& item, const std::string& service, const EntityName& entity, std::uint32_t attempts, std::int64_t at = 0) {
    ItemQuarantined event{item, "no way", {}};
    event.work.emplace();
    event.work->service = service;
    event.work->source = "desk";
    event.work->record = 17;
    event.work->entity = entity;
    event.work->attempts = attempts;
    event.work->at = Instant(at);
    return event;
}

Context as_operator(const std::string& service) {
    Context context;
    context.service = service;
    context.person = "alice";
    return context;
}

Refusal refusal_in(const Decision& decision) { return std::get<CommandRefused>(decision.events.front()).refusal; }

class Quarantine : public testing::Test {
protected:
    void take(const Event& event) { evolve(book, {event}); }
    Book book{"rare-medium-2002"};
};

TEST_F(Quarantine, is_an_item_until_somebody_releases_it) {
    take(quarantined("intake.desk.17", "intake", "notice/fax-1.2", 3));
    EXPECT_EQ(book.quarantined(), std::set<std::string>{"intake.desk.17"});
    EXPECT_EQ(book.item("intake.desk.17")->kind, ItemKind::kUndecidable);
    EXPECT_EQ(frozen_by(book, "intake", "notice/fax-1.2"), book.item("intake.desk.17"));
    EXPECT_EQ(frozen_by(book, "intake", "notice/fax-1.3"), nullptr);
    EXPECT_EQ(frozen_by(book, "payment_clearing", "notice/fax-1.2"), nullptr) << "that service can decide";
    EXPECT_EQ(frozen_by(book, "intake", ""), nullptr);
    EXPECT_EQ(frozen_text(book, "notice/fax-1.2"), std::vector<std::string>{"intake decides nothing about it because of intake.desk.17"});

    const Decision released = release_item(book, {"rare-medium-2002", "intake.desk.17", "mended"}, as_operator("intake"));
    evolve(book, released.events);
    EXPECT_TRUE(book.quarantined().empty());
    EXPECT_EQ(book.item("intake.desk.17")->work->released_by, "alice");
    EXPECT_EQ(refusal_in(release_item(book, {"rare-medium-2002", "intake.desk.17", "again"}, as_operator("intake"))), Refusal::kNothingToDo);
}

TEST_F(Quarantine, a_trial_that_is_taken_back_leaves_no_trace) {
    take(quarantined("intake.desk.17", "intake", "notice/fax-1.2", 3));
    const Book before = book;
    {
        Folding folding(book);
        folding.apply(quarantined("intake.desk.18", "intake", "", 3));
        folding.apply(QuarantineReleased{"intake.desk.17", "notice/fax-1.2", "alice", ""});
        EXPECT_EQ(book.quarantined(), std::set<std::string>{"intake.desk.18"});
        folding.undo();
    }
    EXPECT_EQ(book.quarantined(), before.quarantined());
    EXPECT_EQ(book.entities(), before.entities());
}

TEST_F(Quarantine, what_waits_for_an_entity_goes_with_it_in_the_order_in_which_it_came) {
    take(quarantined("a", "intake", "notice/fax-1.2", 0, 30));
    take(quarantined("b", "intake", "notice/fax-1.2", 0, 20));
    take(quarantined("c", "intake", "notice/fax-1.3", 0, 10));
    take(quarantined("d", "payment_clearing", "notice/fax-1.2", 0, 10));
    take(quarantined("the cause", "intake", "notice/fax-1.2", 3, 5));
    EXPECT_EQ(refusal_in(release_item(book, {"", "a", ""}, as_operator("intake"))), Refusal::kFrozen) << "the cause must go first";
    Names released;
    for (const Event& event : release_item(book, {"", "the cause", ""}, as_operator("intake")).events) released.push_back(std::get<QuarantineReleased>(event).item);
    EXPECT_EQ(released, Names({"the cause", "b", "a"}));
}

TEST_F(Quarantine, is_released_at_its_services_door_alone) {
    take(quarantined("intake.desk.17", "intake", "", 3));
    take(ItemQuarantined{"fax-1.9", "bytes that nobody can read", {}});
    EXPECT_EQ(refusal_in(release_item(book, {"", "intake.desk.17", ""}, as_operator("notification"))), Refusal::kWrongDoor);
    EXPECT_EQ(refusal_in(release_item(book, {"", "fax-1.9", ""}, as_operator("intake"))), Refusal::kUnknownItem) << "nothing could be decided of those";
    EXPECT_EQ(refusal_in(release_item(book, {"", "fax-1.8", ""}, as_operator("intake"))), Refusal::kUnknownItem);
}

TEST_F(Quarantine, commands_and_events_are_about_the_notice_or_payment_that_they_name) {
    EXPECT_EQ(subject_of(Command(RejectNotice{"o", "fax-1.2", ""})), "notice/fax-1.2");
    EXPECT_EQ(subject_of(Command(SubmitNotice{})), "");
    EXPECT_EQ(subject_of(Command(AdvanceWatermark{})), "");
    EXPECT_EQ(subject_of(Event(a_notice().id("fax-1", 2).decided())), "notice/fax-1.2");
    Payment payment;
    payment.id = "bank-1.3";
    PaymentAdvised advised;
    advised.payment = payment;
    EXPECT_EQ(subject_of(Event(advised)), "payment/bank-1.3");
    EXPECT_EQ(subject_of(Event(QuarantineReleased{"x", "notice/fax-1.2", "alice", ""})), "notice/fax-1.2");
    EXPECT_EQ(subject_of(Event(OfferingSettled{})), "");
}

TEST(AcceptedClock, is_the_real_one_and_stays_on_record) {
    Book desk{kDesk};
    EXPECT_EQ(refusal_in(accept_clock(desk, {Instant(7), "why"}, as_operator("deadline_monitor"))), Refusal::kWrongClock);
    evolve(desk, {DeskOpened{DeskClock{ClockMode::kReal, Instant(0)}}});
    evolve(desk, accept_clock(desk, {Instant(7), "why"}, as_operator("deadline_monitor")).events);
    EXPECT_EQ(desk.clock()->accepted, Instant(7));
    Book stepped{kDesk};
    evolve(stepped, {DeskOpened{DeskClock{ClockMode::kStepped, Instant(0)}}});
    EXPECT_EQ(refusal_in(accept_clock(stepped, {Instant(7), "why"}, as_operator("deadline_monitor"))), Refusal::kWrongClock);
}

}  // namespace
}  // namespace rightsdesk::support
