// Money at the desk: counted once however many messages tell of it, given to an offering, and taken back from it.
#include "domain/attributing.h"

#include <gtest/gtest.h>

#include "domain/allocating.h"
#include "domain/matching_by_person.h"
#include "domain/several_offerings.h"

namespace rightsdesk::support {
namespace {

constexpr const char* kItem = "bank-1.1";  // the first message of the bank

ConfirmWire told_again(std::int64_t dollars, const std::string& message, const std::string& remittance = "") {
    ConfirmWire wire = a_wire(dollars);
    wire.message_id = message;
    wire.references.servicer_reference = message;
    wire.remittance = remittance;
    return wire;
}

TEST(AtTheDesk, a_later_message_of_money_that_waits_is_linked_and_counts_once) {
    SeveralOfferings two;
    ASSERT_EQ(names_of(two.tell(a_wire(2'000))), Names{"PaymentUnattributed"});
    const Decision linked = two.tell(told_again(2'000, "camt.053-7"));
    ASSERT_EQ(names_of(linked), Names{"ItemLinked"});
    EXPECT_EQ(two.desk.item_ids().size(), 1U);
    EXPECT_EQ(two.desk.item(kItem)->money->messages, Names({std::string("MT910-") + kSampleImad, "camt.053-7"}));
    ASSERT_EQ(names_of(two.attribute(kItem, kOrchard)), Names{"PaymentAttributed"});
    EXPECT_EQ(two.advised(kOrchard), 2'000);
    // A third, after it was attributed: by a reference that only the second bore.
    ConfirmWire third = a_wire(2'000, "");
    third.references.servicer_reference = "camt.053-7";
    third.message_id = "BAI2-4";
    EXPECT_EQ(names_of(two.tell(third)), Names{"PaymentLinked"});
    EXPECT_EQ(two.advised(kOrchard) + two.advised(kRareMedium), 2'000);
    EXPECT_EQ(two.desk.item_ids().size(), 1U);
}

TEST(AtTheDesk, a_later_message_that_names_an_offering_attributes_it) {
    SeveralOfferings two;
    two.tell(a_wire(2'000));
    const Decision linked = two.tell(told_again(2'000, "camt.053-7", "FOR ORCHARD-REIT-2002"));
    ASSERT_EQ(names_of(linked), Names({"ItemLinked", "PaymentAttributed"}));
    EXPECT_EQ(find_event<PaymentAttributed>(linked)->why, "message camt.053-7 of the same money names it");
    EXPECT_EQ(two.advised(kOrchard), 2'000);
    EXPECT_EQ(two.desk.item(kItem)->attributed_to, kOrchard);
}

TEST(AtTheDesk, the_notice_that_only_a_later_message_names_is_paid) {
    SeveralOfferings two;
    run(two.book(kOrchard), a_notice().id("fax-1", 2).paid_by_wire("Bowery Trust Company", "2002-06-27", "another wire").decided());
    two.tell(a_wire(2'000, "20020627L1B7032R000999"));
    ConfirmWire naming = told_again(2'000, "camt.053-7", "fax-1.2");
    naming.references.imad = "20020627L1B7032R000999";
    two.tell(naming);
    EXPECT_EQ(two.book(kOrchard).payments_of("fax-1.2"), std::set<PaymentId>{kItem});
}

TEST(AtTheDesk, a_credit_time_that_only_a_later_message_has_makes_it_good) {
    SeveralOfferings two;
    ConfirmWire dated = a_wire(2'000, kSampleImad, "2002-06-28T11:00:00");
    dated.credited_at.reset();  // on the day of the hour
    two.tell(dated);
    ConfirmWire timed = dated;
    timed.message_id = "camt.054-9";
    timed.credited_at = new_york("2002-06-28T16:59:00");
    two.tell(timed);
    two.attribute(kItem, kRareMedium);
    EXPECT_EQ(two.book(kRareMedium).payment(kItem)->received_at, new_york("2002-06-28T16:59:00"));
}

TEST(AtTheDesk, what_another_offering_counts_is_not_attributed) {
    SeveralOfferings two;
    ConfirmWire stranger = a_wire(2'000);
    two.firsts.emplace("bank-1.9", stranger);
    Context early = two.as("bank-1");
    early.identity.sequence = 9;
    Decision kept = hold_at_desk(stranger, "of before keys were kept", early);
    std::get<PaymentUnattributed>(kept.events.front()).money.reset();
    two.take(kDesk, kept);
    ConfirmWire again = told_again(2'000, "camt.053-7", kOrchard);
    two.tell(again);
    EXPECT_EQ(two.advised(kOrchard), 2'000);
    EXPECT_EQ(refusal_of(two.attribute("bank-1.9", kRareMedium)), Refusal::kAlreadyDecided);
    EXPECT_EQ(names_of(two.attribute("bank-1.9", kOrchard)), Names{"PaymentAttributed"});
    EXPECT_EQ(two.advised(kOrchard), 2'000) << "linked there";
    EXPECT_EQ(refusal_of(two.take_back("bank-1.9")), Refusal::kNothingToDo) << "that money is Orchard's by another message";
}

TEST(AtTheDesk, what_is_attributed_to_an_offering_that_is_being_opened_waits_for_it) {
    SeveralOfferings two;
    const Book unopened(kOrchard);
    EXPECT_FALSE(take_attributed_payment(unopened, {kItem, kOrchard, "", a_wire(2'000)}, Instant(0), two.as("desk")).retry_later.empty());
}

// ---- taking back ----

class TakenBack : public testing::Test {
protected:
    void SetUp() override {
        run(two.book(kRareMedium), a_notice().id("fax-1", 1).decided());
        ConfirmWire wire = a_wire(2'000);
        wire.account = "7";  // nobody's
        two.tell(wire);
        two.attribute(kItem, kRareMedium);
        ASSERT_EQ(two.book(kRareMedium).payments_of("fax-1.1"), std::set<PaymentId>{kItem}) << "it states the wire's number";
        ASSERT_EQ(two.book(kRareMedium).funding("fax-1.1")->good_in_time, Money(200'000));
    }
    void TearDown() override { EXPECT_EQ(two.broken, "") << "the books tie after every event"; }

    SeveralOfferings two;
};

TEST_F(TakenBack, it_leaves_the_books_and_its_notice_is_unpaid) {
    const Decision decision = two.take_back(kItem);
    EXPECT_EQ(names_of(decision), Names({"PaymentTakenBack", "PaymentMatchUndone", "NoticeFunded"}));
    const Book& book = two.book(kRareMedium);
    EXPECT_EQ(book.payment(kItem)->status, PaymentStatus::kTakenBack);
    EXPECT_EQ(book.funding("fax-1.1")->good_in_time, Money(0));
    EXPECT_EQ(two.advised(kRareMedium), 0);
    EXPECT_TRUE(book.unmatched_payments().empty());
    const UnattributedItem& item = *two.desk.item(kItem);
    EXPECT_FALSE(item.attributed_to);
    EXPECT_EQ(item.taken_back_from, std::vector<OfferingId>{kRareMedium});
}

TEST_F(TakenBack, another_offering_takes_it_with_its_original_stamp) {
    two.take_back(kItem);
    two.now = new_york("2002-06-29T10:00:00");  // after the hour
    ASSERT_EQ(names_of(two.attribute(kItem, kOrchard)), Names{"PaymentAttributed"});
    const Payment& payment = *two.book(kOrchard).payment(kItem);
    EXPECT_EQ(payment.status, PaymentStatus::kGood);
    EXPECT_EQ(payment.received_at, new_york("2002-06-27T11:00:00"));
    EXPECT_EQ(payment.references.notice_reference, "") << "what was found in the other's books is not carried over";
    EXPECT_EQ(two.advised(kOrchard), 2'000);
    EXPECT_EQ(two.advised(kRareMedium), 0);
}

TEST_F(TakenBack, the_same_offering_may_have_it_again) {
    two.take_back(kItem);
    ASSERT_EQ(names_of(two.attribute(kItem, kRareMedium)), Names{"PaymentAttributed"});
    EXPECT_EQ(two.book(kRareMedium).funding("fax-1.1")->good_in_time, Money(200'000));
    EXPECT_EQ(two.advised(kRareMedium), 2'000);
    EXPECT_EQ(names_of(two.take_back(kItem)).front(), "PaymentTakenBack") << "and be rid of it again";
    EXPECT_EQ(two.advised(kRareMedium), 0);
    EXPECT_EQ(two.desk.item(kItem)->attributions, 2U);
}

TEST_F(TakenBack, a_further_message_follows_the_money) {
    ConfirmWire second = a_wire(2'000);
    second.account = "7";
    second.references.servicer_reference = "camt.054-9";
    second.message_id = "camt.054-9";
    EXPECT_EQ(names_of(two.tell(second)), Names{"PaymentLinked"}) << "to where it is attributed";
    two.take_back(kItem);
    ConfirmWire third = a_wire(2'000, "");
    third.account = "7";
    third.references.servicer_reference = "camt.054-9";  // known in Rare Medium's books only
    third.message_id = "camt.053-1";
    EXPECT_EQ(names_of(two.tell(third)), Names{"ItemLinked"}) << "it waits at the desk";
    two.attribute(kItem, kOrchard);
    third.message_id = "BAI2-1";
    EXPECT_EQ(names_of(two.tell(third)), Names{"PaymentLinked"});
    EXPECT_EQ(two.advised(kOrchard), 2'000);
    EXPECT_EQ(two.advised(kRareMedium), 0);
}

TEST_F(TakenBack, a_message_that_names_the_offering_it_was_taken_from_does_not_give_it_back) {
    two.take_back(kItem);
    ConfirmWire naming = a_wire(2'000);
    naming.account = "7";
    naming.message_id = "camt.053-1";
    evolve(two.desk, {OfferingListed{ListedOffering{kRareMedium, "", "7", {}}}});  // the account is Rare Medium's after all
    EXPECT_EQ(names_of(two.tell(naming)), Names{"ItemLinked"}) << "only a person does";
    EXPECT_EQ(names_of(two.attribute(kItem, kRareMedium)), Names{"PaymentAttributed"});
}

TEST_F(TakenBack, twice_is_refused_and_told_twice_is_one) {
    two.consuming = false;
    const Decision decision = two.take_back(kItem);
    EXPECT_EQ(refusal_of(two.take_back(kItem)), Refusal::kAlreadyDecided);
    const auto event = *find_event<PaymentTakenBack>(decision);
    EXPECT_EQ(names_of(two.take(kDesk, undo_attribution(two.desk, kRareMedium, event))), Names{"AttributionUndone"});
    EXPECT_TRUE(undo_attribution(two.desk, kRareMedium, event).events.empty());
    two.attribute(kItem, kRareMedium);
    EXPECT_TRUE(undo_attribution(two.desk, kRareMedium, event).events.empty()) << "nor when it was attributed there again";
}

// It was taken back, came to the same offering once more by a message that had no reference in common with it, and was attributed there again.
TEST_F(TakenBack, what_was_linked_when_it_was_attributed_again_is_the_other_messages_money) {
    two.take_back(kItem);
    ConfirmWire other = a_wire(2'000);
    other.account = "7";
    const Context late = two.as("bank-1");
    two.take(kRareMedium, confirm_wire(two.book(kRareMedium), other, late.new_id(), late));
    const Decision again = two.attribute(kItem, kRareMedium);
    ASSERT_EQ(names_of(again), Names{"PaymentAttributed"});
    EXPECT_EQ(two.advised(kRareMedium), 2'000) << "it counts once";
    EXPECT_EQ(refusal_of(two.take_back(kItem)), Refusal::kNothingToDo);
}

TEST_F(TakenBack, nothing_is_done_with_it_where_it_was) {
    two.take_back(kItem);
    const Book& book = two.book(kRareMedium);
    EXPECT_EQ(refusal_of(match_by_person(book, {kRareMedium, kItem, "fax-1.1", {}, "why"}, two.as("alice"))), Refusal::kNothingToDo);
    EXPECT_EQ(refusal_of(match_by_schedule(book, {kRareMedium, kItem, {{"fax-1.1", Money(1)}}, "why"}, two.as("alice"))), Refusal::kNothingToDo);
    EXPECT_EQ(refusal_of(unmatch_payment(book, {kRareMedium, kItem, "fax-1.1", "why"}, two.as("alice"))), Refusal::kNothingToDo);
    EXPECT_TRUE(match_waiting(book, "fax-1.1").events.empty());
}

struct UsedRow {
    const char* sentence;
    std::vector<Event> events;
    Refusal refusal;
};

TEST_F(TakenBack, not_what_is_used_already) {
    Allocation approved;
    approved.kind = AllocationKind::kFinal;
    approved.status = AllocationStatus::kApproved;
    Refund refund;
    refund.payment = kItem;
    const std::vector<UsedRow> rows = {
        {"it bought shares", {MoneyApplied{0, {{kItem, Money(1), Money(0)}}}}, Refusal::kTooLate},
        {"it goes back", {MoneyApplied{0, {{kItem, Money(0), Money(200'000)}}}}, Refusal::kTooLate},
        {"a refund of it is proposed", {RefundsRecorded{0, {refund}}}, Refusal::kTooLate},
        {"the allocation is approved", {OfferingTabulated{}, AllocationStarted{approved}}, Refusal::kTooLate},
        {"the offering is settled", {OfferingSettled{}}, Refusal::kTooLate},
        {"the offering is terminated", {OfferingTerminated{}}, Refusal::kTooLate},
        {"the bank took it back", {PaymentBounced{kItem, ReturnReason::kOther, {}}}, Refusal::kNothingToDo},
    };
    for (const UsedRow& row : rows) {
        Book book = two.book(kRareMedium);
        evolve(book, row.events);
        const auto decision = take_back_payment(book, *two.desk.item(kItem), two.firsts.at(kItem), {kItem, "why"}, two.as("alice"));
        EXPECT_EQ(refusal_of(decision), row.refusal) << row.sentence;
    }
    EXPECT_EQ(refusal_of(take_back_payment(two.book(kRareMedium), *two.desk.item(kItem), two.firsts.at(kItem), {kItem, ""}, two.as("alice"))), Refusal::kValueUnusable);
}

// ---- what the bank said of it meanwhile ----

// It came to a street that nobody lists, and is item mail-1.1.
ReceiveInstrument attributed_check(SeveralOfferings& two) {
    ReceiveInstrument check = a_check(2'000, "1044");
    check.address = "a street that nobody lists";
    two.tell(check, "mail-1");
    two.attribute("mail-1.1", kRareMedium);
    return check;
}

TEST(TakenBackInstrument, that_it_cleared_is_not_forgotten) {
    SeveralOfferings two;
    const ReceiveInstrument check = attributed_check(two);
    two.tell(clearance_of(check, "2002-06-27T15:00:00"));
    ASSERT_EQ(two.book(kRareMedium).payment("mail-1.1")->received_at, new_york("2002-06-27T15:00:00"));
    two.take_back("mail-1.1");
    two.attribute("mail-1.1", kOrchard);
    EXPECT_EQ(two.book(kOrchard).payment("mail-1.1")->status, PaymentStatus::kGood);
    EXPECT_EQ(two.book(kOrchard).payment("mail-1.1")->received_at, new_york("2002-06-27T15:00:00"));
    EXPECT_EQ(two.broken, "");
    EXPECT_EQ(whereabouts_of(two.books(), bounce_of(check, ReturnReason::kOther, "2002-06-28T09:00:00")).log, kOrchard);
}

TEST(TakenBackInstrument, nor_that_it_cleared_on_a_day_that_decides_nothing) {
    SeveralOfferings two;
    const ReceiveInstrument check = attributed_check(two);
    two.tell(clearance_on(check, "2002-06-28"));
    two.take_back("mail-1.1");
    EXPECT_EQ(names_of(two.attribute("mail-1.1", kOrchard)), Names{"PaymentAttributed"});
    EXPECT_EQ(two.book(kOrchard).payment("mail-1.1")->cleared_on, day("2002-06-28"));
    EXPECT_EQ(two.broken, "");
}

// The offering's terms did not take it: nothing of it is in its books, and it can be another's all the same.
TEST(TakenBackInstrument, what_the_offering_refused_is_free_again) {
    SeveralOfferings two;
    ConfirmWire wire = a_wire(2'000);
    wire.account = "7";
    wire.currency = "EUR";
    two.tell(wire);
    two.attribute(kItem, kRareMedium);
    ASSERT_EQ(two.book(kRareMedium).payment(kItem), nullptr);
    EXPECT_EQ(names_of(two.take_back(kItem)), Names{"PaymentTakenBack"});
    EXPECT_FALSE(two.desk.item(kItem)->attributed_to);
}

}  // namespace
}  // namespace rightsdesk::support
