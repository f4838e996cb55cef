// Effects on very many entities: in parts, each small enough for a commit, and to the same end however small they are.
#include <gtest/gtest.h>

#include <set>

#include "domain/allotting.h"
#include "domain/books.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

constexpr int kHolders = 9;

NoticeBuilder nth_notice(int number) {
    const std::string text = std::to_string(number);
    return a_notice().id("fax-1", static_cast<std::uint64_t>(number)).named({"Holder " + text}).certificates({"RC-" + text}).for_shares(100).and_excess(50)
        .paid_by_wire("Bowery Trust Company", "2002-06-27", "IMAD-" + text);
}

// Holders in full, one of them a day late and saved by an extension, and money of nobody's: something of every effect.
void open_with_holders(WholeDesk& desk, int holders) {
    for (int number = 1; number <= holders; ++number) {
        desk.submit(nth_notice(number));
        desk.say(a_wire(400, "IMAD-" + std::to_string(number)));
        desk.say(certificates_for("fax-1." + std::to_string(number), 100, "2002-06-27T12:00:00"));
    }
    desk.at("2002-06-28T17:30:00");
    for (int number = holders + 1; number <= holders + 3; ++number) desk.submit(nth_notice(number).received("2002-06-28T17:30:00"));
    desk.propose_extension("2002-07-01T17:00:00", "alice");
    desk.approve("extension-1", "bob");
    desk.propose_closing(day("2002-07-05"), "alice");
    desk.approve("closing-1", "bob");
}

void close_and_settle(WholeDesk& desk) {
    desk.at("2002-07-02T09:00:00").watermarks();
    desk.at("2002-07-15T09:00:00").watermarks();
    desk.settle_everything();
}

// Everything but alerts, whose numbers are in the order of what was recorded first.
std::map<EntityName, Entity> entities_of(const WholeDesk& desk) {
    std::map<EntityName, Entity> entities;
    for (const auto& [name, entity] : desk.book().entities()) {
        if (!name.starts_with("alert/")) entities.emplace(name, entity);
    }
    return entities;
}

Terms for_parts() {
    Terms terms = sample_terms();
    terms.shares_offered = Shares(1'200);  // fewer than are asked for
    terms.guaranteed_delivery.counted_from = CountedFrom::kExpiration;
    return terms;
}

TEST(Parts, an_offering_ends_the_same_however_small_they_are) {
    WholeDesk whole(for_parts());
    open_with_holders(whole, kHolders);
    close_and_settle(whole);
    ASSERT_EQ(whole.book().life()->stage, Stage::kSettled);
    ASSERT_EQ(whole.parts(), 0U);
    for (const std::size_t most : {1U, 2U, 5U}) {
        for (const bool forgetful : {false, true}) {
            WholeDesk desk(for_parts());
            desk.most_effects = most;
            desk.forgetful = forgetful;
            open_with_holders(desk, kHolders);
            close_and_settle(desk);
            EXPECT_GT(desk.parts(), 5U);
            EXPECT_EQ(entities_of(desk), entities_of(whole)) << most << (forgetful ? ", restarted between them" : "");
        }
    }
}

TEST(Parts, none_changes_more_than_it_may) {
    WholeDesk desk(for_parts());
    desk.most_effects = 4;
    std::size_t largest = 0;
    std::size_t items = 0;
    desk.before_each = [&](Book& book, const std::vector<Event>& events) {
        Folding folding(book);
        for (const Event& event : events) folding.apply(event);
        if (book.life() != nullptr && book.life()->stage != Stage::kOpen) largest = std::max(largest, folding.written().size()), ++items;
        folding.undo();
    };
    open_with_holders(desk, 40);
    close_and_settle(desk);
    EXPECT_EQ(desk.book().life()->stage, Stage::kSettled);
    // The fourth may be a chunk of four lines, and the closing events come on top.
    EXPECT_LE(largest, 10U);
    EXPECT_GT(items, 100U);
}

TEST(Parts, the_books_balance_between_any_two) {
    WholeDesk desk(for_parts());
    desk.most_effects = 1;
    desk.after_each = [](const Book& book) {
        ASSERT_EQ(imbalance(books_of(book)), "");
    };
    open_with_holders(desk, kHolders);
    close_and_settle(desk);
    EXPECT_EQ(desk.book().life()->stage, Stage::kSettled);
}

TEST(Parts, an_allocation_is_a_header_numbered_chunks_and_what_closes_it) {
    WholeDesk desk(for_parts());
    desk.most_effects = 4;
    open_with_holders(desk, kHolders);
    close_and_settle(desk);
    std::vector<std::uint32_t> chunks;
    std::uint32_t lines = 0;
    bool closed = false;
    for (const Event& event : desk.log()) {
        if (const auto* started = std::get_if<AllocationStarted>(&event); started != nullptr && started->allocation.kind == AllocationKind::kFinal) {
            EXPECT_TRUE(chunks.empty()) << "one header";
            EXPECT_EQ(started->allocation.lines, 9U);
        }
        if (const auto* recorded = std::get_if<AllotmentsRecorded>(&event); recorded != nullptr && recorded->kind == AllocationKind::kFinal) {
            EXPECT_FALSE(closed);
            chunks.push_back(recorded->chunk);
            lines += static_cast<std::uint32_t>(recorded->allotments.size());
        }
        closed = closed || std::holds_alternative<AllocationProposed>(event);
    }
    EXPECT_EQ(chunks, (std::vector<std::uint32_t>{0, 1, 2}));
    EXPECT_EQ(lines, desk.book().allocation(AllocationKind::kFinal)->recorded);
    EXPECT_TRUE(closed);
}

// A proposal half recorded: decided by hand, as a service would be between two commits.
struct HalfPrepared : testing::Test {
    WholeDesk desk{for_parts()};
    Context context = desk.as("payment_clearing");

    void SetUp() override {
        open_with_holders(desk, kHolders);
        desk.at("2002-07-02T09:00:00").watermarks();
        desk.at("2002-07-15T09:00:00").watermarks();
        ASSERT_EQ(stage_of(desk.book()), Stage::kProposed);
        context = desk.as("payment_clearing");
        context.most_effects = 3;
        book = desk.book();
        evolve(book, propose_again(book, ProposeAllocation{book.log(), "again"}, desk.as("carol")).events);
        const Decision first = prepare_allocation(book, "allocation-2", context);
        EXPECT_TRUE(first.more);
        evolve(book, first.events);
    }
    Decision finish() {
        Decision part;
        for (part = prepare_allocation(book, "allocation-2", context); part.more; part = prepare_allocation(book, "allocation-2", context)) evolve(book, part.events);
        evolve(book, part.events);
        return part;
    }
    Book book{desk.book()};
};

TEST_F(HalfPrepared, cannot_be_approved_and_the_one_before_neither) {
    const Decision early = approve_in_clearing(book, Approve{book.log(), "allocation-2"}, desk.as("alice"));
    EXPECT_EQ(early.retry_later, "allocation-2 is still being prepared");
    EXPECT_EQ(refusal_of(approve_in_clearing(book, Approve{book.log(), "allocation-1"}, desk.as("alice"))), Refusal::kAlreadyDecided);
    finish();
    EXPECT_EQ(names_of(approve_in_clearing(book, Approve{book.log(), "allocation-2"}, desk.as("alice"))), Names({"ProposalApproved"}));
}

TEST_F(HalfPrepared, goes_on_with_what_is_not_recorded) {
    const std::uint32_t revision = book.allocation(AllocationKind::kFinal)->revision;
    finish();
    EXPECT_EQ(book.allocation(AllocationKind::kFinal)->revision, revision) << "the same header";
    EXPECT_EQ(book.allocation(AllocationKind::kFinal)->status, AllocationStatus::kProposed);
    EXPECT_TRUE(finish().events.empty()) << "and is done once";
}

TEST_F(HalfPrepared, begins_anew_where_the_records_make_another_by_now) {
    const std::uint32_t revision = book.allocation(AllocationKind::kFinal)->revision;
    evolve(book, unmatch_payment(book, UnmatchPayment{book.log(), "bank-1.1", "fax-1.1", "their letter"}, desk.as("alice")).events);
    finish();
    EXPECT_EQ(book.allocation(AllocationKind::kFinal)->revision, revision + 1);
    EXPECT_EQ(book.allotment(AllocationKind::kFinal, "fax-1.1")->basic, Shares(0));
    const Decision approved = approve_in_clearing(book, Approve{book.log(), "allocation-2"}, desk.as("alice"));
    EXPECT_EQ(names_of(approved), Names({"ProposalApproved"})) << "it is what the records make";
}

TEST(Parts, an_offering_is_not_settled_while_money_is_on_its_way) {
    WholeDesk desk(for_parts());
    open_with_holders(desk, kHolders);
    desk.at("2002-07-02T09:00:00").watermarks();
    desk.at("2002-07-15T09:00:00").watermarks();
    desk.approve("allocation-1", "alice");
    // The second approval, and nothing that follows from it yet.
    Book book = desk.book();
    evolve(book, approve_in_clearing(book, Approve{book.log(), "allocation-1"}, desk.as("bob")).events);
    const SettleOffering settle{book.log(), "TA-77"};
    EXPECT_EQ(settle_offering(book, settle, desk.as("carol")).retry_later, "the money of bank-1.1 is still being applied");
    evolve(book, apply_allotments(book, desk.as("payment_clearing")).events);
    EXPECT_EQ(settle_offering(book, settle, desk.as("carol")).retry_later, "refunds-1 is still being prepared");
    evolve(book, prepare_refunds(book, "refunds-1", desk.as("payment_clearing")).events);
    EXPECT_EQ(refusal_of(settle_offering(book, settle, desk.as("carol"))), Refusal::kTooEarly) << "not approved";
    for (const char* person : {"alice", "bob"}) evolve(book, approve_in_clearing(book, Approve{book.log(), "refunds-1"}, desk.as(person)).events);
    EXPECT_EQ(settle_offering(book, settle, desk.as("carol")).retry_later, "the refund of bank-1.1 is still being recorded");
    evolve(book, approve_refunds(book, "refunds-1", desk.as("payment_clearing")).events);
    EXPECT_EQ(names_of(settle_offering(book, settle, desk.as("carol"))), Names({"OfferingSettled"}));
}

}  // namespace
}  // namespace rightsdesk::support
