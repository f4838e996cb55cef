// Effects in parts: a commit each, the cursor with the last, over deaths, other instances and commands in between. And decisions
// that rest on the whole log.
#include <gtest/gtest.h>

#include "parts.h"

namespace rightsdesk::runtime {
namespace {

constexpr std::size_t kParts = 5;

// Five silences for each notice, one a part. What is said already is found in the book, or is remembered.
Decision silence_in_parts(const Surroundings& around, const std::string& target, const std::string&, const Record& record, const Context& context) {
    const auto* decided = std::get_if<NoticeDecided>(&record.event);
    if (decided == nullptr) return {};
    const NoticeId& notice = decided->notice.id;
    std::size_t said = parts_remembered(context).value_or(0);
    while (said < kParts && around.books.book(target).silence(part_name(notice, said)) != nullptr) ++said;
    if (said == kParts) return {};
    return say_part(notice, said, kParts, context);
}

class DeskParts : public DeskTest {
protected:
    void submit(std::uint64_t number) {
        fax.send(number, notice_for(kOffering, "form " + std::to_string(number)));
        ASSERT_TRUE(intake.settle());
    }
    [[nodiscard]] Names silenced() const { return silenced_in(world); }
    static Names of(const std::string& notice) { return parts_of(notice, kParts); }
    [[nodiscard]] store::Sequence cursor() {
        return world.logs->logs[kOffering].cursors[std::string("payment_clearing/") + kOffering];
    }
};

TEST_F(DeskParts, come_one_in_a_turn_and_the_cursor_moves_with_the_last) {
    submit(1);
    Instance clearing(world, ServiceName::kPaymentClearing);
    clearing.handler.reacting = silence_in_parts;
    ASSERT_TRUE(clearing.start());
    for (std::size_t part = 1; part <= kParts; ++part) {
        EXPECT_EQ(cursor(), 0U) << part;
        ASSERT_TRUE(clearing.turn());
        EXPECT_EQ(silenced().size(), part);
    }
    EXPECT_GE(cursor(), 1U);
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(silenced(), of("fax-1.1"));
}

TEST_F(DeskParts, are_whole_before_the_next_record_is_reacted_to) {
    submit(1);
    submit(2);
    Instance clearing(world, ServiceName::kPaymentClearing);
    clearing.handler.reacting = silence_in_parts;
    ASSERT_TRUE(clearing.start());
    ASSERT_TRUE(clearing.settle());
    Names both = of("fax-1.1");
    for (const std::string& name : of("fax-1.2")) both.push_back(name);
    EXPECT_EQ(silenced(), both);
}

TEST_F(DeskParts, let_the_door_be_served_between_them) {
    submit(1);
    Instance clearing(world, ServiceName::kPaymentClearing);
    clearing.handler.reacting = silence_in_parts;
    ASSERT_TRUE(clearing.start());
    ASSERT_TRUE(clearing.turn());
    Knocking bank(world, "bank-1", ServiceName::kPaymentClearing);
    bank.send(1, watermark("2002-06-27T10:00:00"));
    ASSERT_TRUE(clearing.turn());
    EXPECT_EQ(bank.receipt()->status, "advanced");
    EXPECT_LT(silenced().size(), kParts) << "the effect is not at its end yet";
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(silenced(), of("fax-1.1"));
}

TEST_F(DeskParts, go_on_after_a_death_between_any_two) {
    submit(1);
    for (std::size_t part = 0; part < kParts; ++part) {
        Instance clearing(world, ServiceName::kPaymentClearing);
        clearing.handler.reacting = silence_in_parts;
        ASSERT_TRUE(clearing.start());
        ASSERT_TRUE(clearing.turn());
    }
    Instance clearing(world, ServiceName::kPaymentClearing);
    clearing.handler.reacting = silence_in_parts;
    ASSERT_TRUE(clearing.start());
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(silenced(), of("fax-1.1"));
}

TEST_F(DeskParts, are_said_once_by_two_instances) {
    Instance one(world, ServiceName::kPaymentClearing, "1");
    Instance other(world, ServiceName::kPaymentClearing, "2");
    for (Instance* clearing : {&one, &other}) {
        clearing->handler.reacting = silence_in_parts;
        ASSERT_TRUE(clearing->start());
    }
    submit(1);
    one.store.before_commit = [&] {
        world.clock.advance(kLease);  // it stands still for so long
        ASSERT_TRUE(other.turn());
    };
    ASSERT_TRUE(one.settle());
    ASSERT_TRUE(other.settle());
    EXPECT_EQ(silenced(), of("fax-1.1"));
}

TEST_F(DeskParts, are_as_large_as_the_settings_say) {
    submit(1);
    Instance clearing(world, ServiceName::kPaymentClearing);
    clearing.settings.most_effects = 7;
    std::size_t told = 0;
    clearing.handler.reacting = [&](const Surroundings&, const std::string&, const std::string&, const Record&, const Context& context) {
        told = context.most_effects;
        return Decision{};
    };
    ASSERT_TRUE(clearing.start());
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(told, 7U);
}

// Entities are counted, and a commit is bounded in octets and operations too: notices of many deliveries are heavier than most.
TEST_F(DeskParts, are_made_smaller_where_a_commit_does_not_take_them) {
    submit(1);
    Instance clearing(world, ServiceName::kPaymentClearing);
    std::vector<std::size_t> tried;
    clearing.handler.reacting = [&](const Surroundings& around, const std::string& target, const std::string&, const Record& record, const Context& context) {
        Decision decision;
        if (!std::holds_alternative<NoticeDecided>(record.event) || around.books.book(target).silence("done") != nullptr) return decision;
        tried.push_back(context.most_effects);
        decision.add(AlertsSilenced{Silence{"done", Instant(1), "clearing"}});
        for (std::size_t read = 0; read < 20 * context.most_effects; ++read) decision.reads.push_back("notice/fax-9." + std::to_string(read));
        return decision;
    };
    ASSERT_TRUE(clearing.start());
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(silenced(), Names{"done"});
    EXPECT_EQ(tried, (std::vector<std::size_t>{10'000, 5'000, 2'500}));
}

// It counted the notices, and another comes in before its commit: it counts again.
TEST_F(DeskParts, what_rests_on_the_whole_log_is_decided_again_when_anything_comes_between) {
    submit(1);
    Instance monitor(world, ServiceName::kDeadlineMonitor);
    monitor.handler.falling_due = [](const Surroundings& around, const std::string& log, const Context&) {
        Decision decision;
        if (log == kDesk || around.books.book(log).silence("counted") != nullptr) return decision;
        decision.add(AlertsSilenced{Silence{"counted", Instant(static_cast<std::int64_t>(around.books.book(log).notice_ids().size())), "monitor"}});
        decision.rests_on_all = true;
        return decision;
    };
    ASSERT_TRUE(monitor.start());
    monitor.store.before_commit = [&] { submit(2); };
    ASSERT_TRUE(monitor.settle());
    EXPECT_EQ(monitor.book(kOffering).silence("counted")->until, Instant(2));
}

// Several in one batch: each knows of those before it.
TEST_F(DeskParts, what_rests_on_the_whole_log_stands_behind_what_was_said_in_its_batch) {
    intake.handler.deciding = [](const Surroundings& around, const std::string& log, const Command& command, const Context& context) {
        Decision decision = TestHandler::decide_simply(around, log, command, context);
        decision.rests_on_all = true;
        return decision;
    };
    for (std::uint64_t number = 1; number <= 3; ++number) fax.send(number, notice_for(kOffering, "form " + std::to_string(number)));
    ASSERT_TRUE(intake.settle());
    for (int number = 1; number <= 3; ++number) EXPECT_EQ(fax.receipt()->status, "accepted");
    EXPECT_EQ(std::count(world.steps.begin(), world.steps.end(), "commit rare-medium-2002 3"), 1) << "one commit, at the first attempt";
}

}  // namespace
}  // namespace rightsdesk::runtime
