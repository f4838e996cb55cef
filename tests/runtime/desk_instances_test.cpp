// Two instances of a service: who acts on a log, who takes over, and that one which stood still does no harm.
#include <gtest/gtest.h>

#include "parts.h"

namespace rightsdesk::runtime {
namespace {

constexpr std::size_t kInstanceParts = 4;

// Four silences for each notice, one a part; what it remembers it does not look up again.
Decision silence_from_memory(const Surroundings& around, const std::string& target, const std::string& source, const Record& record, const Context& context) {
    const auto* decided = std::get_if<NoticeDecided>(&record.event);
    if (decided == nullptr || source != target) return {};
    const NoticeId& notice = decided->notice.id;
    const auto remembered = parts_remembered(context);
    std::size_t said = remembered.value_or(0);
    while (!remembered && said < kInstanceParts && around.books.book(target).silence(part_name(notice, said)) != nullptr) ++said;
    if (said == kInstanceParts) return {};
    return say_part(notice, said, kInstanceParts, context);
}

class DeskInstances : public testing::Test {
protected:
    void SetUp() override {
        world.open_desk({kOffering});
        pair_up(intake, ServiceName::kIntake);
        pair_up(clearing, ServiceName::kPaymentClearing);
        ASSERT_TRUE(intake[0]->start());
    }

    void pair_up(std::vector<std::unique_ptr<Instance>>& pair, ServiceName name) {
        for (const char* instance : {"1", "2"}) {
            pair.push_back(std::make_unique<Instance>(world, name, instance));
            pair.back()->settings.instances = {"1", "2"};
            pair.back()->settings.feeds.push_back(world.feed_of(name, instance == std::string("1") ? "2" : "1"));
        }
    }
    void start_clearing(const decltype(TestHandler::reacting)& reacting) {
        for (const auto& instance : clearing) {
            instance->handler.reacting = reacting;
            ASSERT_TRUE(instance->start());
        }
        share();
    }
    // A second intake that hears of nothing; what `needs_first` says it refuses while it does not know the first notice.
    void start_deaf_intake(const std::function<bool(const Context&)>& needs_first) {
        intake[1]->settings.feeds.clear();
        intake[1]->handler.deciding = [needs_first](const Surroundings& around, const std::string& log, const Command& command, const Context& context) {
            const bool unknown = log == kOffering && around.books.book(log).notice("fax-1.1") == nullptr;
            return unknown && needs_first(context) ? refuse("SubmitNotice", "notice/fax-1.1", Refusal::kUnknownNotice, "fax-1.1") : TestHandler::decide_simply(around, log, command, context);
        };
        ASSERT_TRUE(intake[1]->start());
        ASSERT_TRUE(intake[1]->settle());
    }
    // Time in which free leases are taken, by whoever comes.
    void share() {
        for (int round = 0; round < 4; ++round) {
            for (const auto& instance : clearing) ASSERT_TRUE(instance->settle());
            world.clock.advance(kLeaseLook);
        }
    }
    void submit(std::uint64_t number, const std::string& instance = "1") {
        Knocking fax(world, "fax-1", ServiceName::kIntake, instance);
        fax.send(number, notice_for(kOffering, "form " + std::to_string(number)));
        ASSERT_TRUE(intake[instance == "1" ? 0 : 1]->settle());
        ASSERT_EQ(fax.receipt()->status, "accepted");
    }
    [[nodiscard]] std::size_t holder_of(const std::string& log) const {
        for (std::size_t at = 0; at < clearing.size(); ++at) {
            if (believes_to_hold(*clearing[at], log)) return at;
        }
        return clearing.size();
    }
    static bool believes_to_hold(const Instance& instance, const std::string& log) {
        const Names held = instance.service().holds();
        return std::find(held.begin(), held.end(), log) != held.end();
    }
    [[nodiscard]] Names silenced() const { return silenced_in(world); }
    static Names all_parts_of(const std::string& notice) { return parts_of(notice, kInstanceParts); }

    DeskWorld world;
    std::vector<std::unique_ptr<Instance>> intake, clearing;
};

TEST_F(DeskInstances, one_of_them_acts_on_a_log_and_the_other_only_reads_it) {
    std::vector<int> reacted(2);
    for (std::size_t at = 0; at < 2; ++at) {
        clearing[at]->handler.reacting = [&reacted, at](const Surroundings&, const std::string&, const std::string&, const Record&, const Context&) {
            ++reacted[at];
            return Decision{};
        };
        ASSERT_TRUE(clearing[at]->start());
    }
    share();
    const std::size_t holder = holder_of(kOffering);
    ASSERT_LT(holder, 2U);
    reacted = {0, 0};
    submit(1);
    share();
    EXPECT_GT(reacted[holder], 0);
    EXPECT_EQ(reacted[1 - holder], 0);
    EXPECT_NE(clearing[1 - holder]->book(kOffering).notice("fax-1.1"), nullptr);
}

TEST_F(DeskInstances, share_the_logs_while_both_live) {
    DeskWorld many;
    Names offerings;
    for (int number = 0; number < 12; ++number) offerings.push_back("offering-" + std::to_string(number));
    many.open_desk(offerings);
    std::vector<std::unique_ptr<Instance>> both;
    for (const char* instance : {"1", "2"}) {
        both.push_back(std::make_unique<Instance>(many, ServiceName::kNotification, instance));
        both.back()->settings.instances = {"1", "2"};
        ASSERT_TRUE(both.back()->start());
    }
    for (int round = 0; round < 4; ++round) {
        for (const auto& instance : both) ASSERT_TRUE(instance->settle());
        many.clock.advance(kLeaseLook);
    }
    const std::size_t first = both[0]->service().holds().size();
    const std::size_t second = both[1]->service().holds().size();
    EXPECT_EQ(first + second, offerings.size() + 1) << "each has one that acts on it";
    EXPECT_GT(first, 2U);
    EXPECT_GT(second, 2U);
}

TEST_F(DeskInstances, the_other_goes_on_at_once_where_one_stopped_in_good_order) {
    start_clearing(silence_from_memory);
    const std::size_t holder = holder_of(kOffering);
    ASSERT_LT(holder, 2U);
    ASSERT_TRUE(clearing[holder]->stop());
    submit(1);
    Instance& other = *clearing[1 - holder];
    for (int looks = 0; looks < 2; ++looks) {
        world.clock.advance(kLeaseLook);
        ASSERT_TRUE(other.settle());
    }
    EXPECT_EQ(silenced(), all_parts_of("fax-1.1"));
}

TEST_F(DeskInstances, the_other_goes_on_when_the_lease_of_a_dead_one_has_ended) {
    start_clearing(silence_from_memory);
    const std::size_t holder = holder_of(kOffering);
    ASSERT_LT(holder, 2U);
    submit(1);
    ASSERT_TRUE(clearing[holder]->turn()) << "it does a part, and then no more";
    Instance& other = *clearing[1 - holder];
    world.clock.advance(kLeaseRenewal);
    ASSERT_TRUE(other.settle());
    EXPECT_EQ(silenced(), Names{part_name("fax-1.1", 0)}) << "its lease stands";
    world.clock.advance(kLease);
    for (int looks = 0; looks < 2; ++looks) {
        ASSERT_TRUE(other.settle());
        world.clock.advance(kLeaseLook);
    }
    EXPECT_EQ(silenced(), all_parts_of("fax-1.1"));
}

// It stands still between any two of its parts, for longer than its lease, the other does a part or all of the rest, and then it goes on
// with what it remembers.
TEST_F(DeskInstances, one_that_stood_still_in_an_effect_does_nothing_of_it_twice) {
    start_clearing(silence_from_memory);
    std::uint64_t number = 0;
    for (const int turns_of_other : {1, 2, 10}) {
        for (const bool in_mid_turn : {false, true}) {
            SCOPED_TRACE(std::to_string(turns_of_other) + (in_mid_turn ? " in mid turn" : " between turns"));
            share();
            const std::size_t holder = holder_of(kOffering);
            ASSERT_LT(holder, 2U);
            Instance& still = *clearing[holder];
            Instance& other = *clearing[1 - holder];
            const std::size_t before = silenced().size();
            submit(++number);
            ASSERT_TRUE(still.turn());
            const auto stand_still = [&] {
                world.clock.advance(kLease);
                for (int looks = 0; looks < 2; ++looks) {
                    ASSERT_TRUE(other.turn());
                    world.clock.advance(kLeaseLook);
                }
                for (int turn = 1; turn < turns_of_other; ++turn) ASSERT_TRUE(other.turn());
            };
            if (in_mid_turn) still.store.before_commit = stand_still;
            if (!in_mid_turn) stand_still();
            for (int round = 0; round < 10; ++round) {
                ASSERT_TRUE(still.turn());
                ASSERT_TRUE(other.turn());
            }
            Names all = silenced();
            all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(before));
            std::sort(all.begin(), all.end());
            EXPECT_EQ(all, all_parts_of("fax-1." + std::to_string(number)));
        }
    }
}

// As a preliminary allocation at a final price: once it is whole, nothing in the book tells it from one to be begun.
Decision silence_anew(const Surroundings& around, const std::string& target, const std::string& source, const Record& record, const Context& context) {
    const Decision rest = silence_from_memory(around, target, source, record, context);
    const auto* decided = std::get_if<NoticeDecided>(&record.event);
    return decided == nullptr || source != target || !rest.events.empty() ? rest : say_part(decided->notice.id, 0, kInstanceParts, context);
}

// Its own clock stood as well, so it believes in its lease; and it has heard of all that the other did, but not that the cursor moved.
TEST_F(DeskInstances, one_that_slept_after_its_first_part_does_not_begin_again_what_the_other_did) {
    start_clearing(silence_anew);
    const std::size_t holder = holder_of(kOffering);
    ASSERT_LT(holder, 2U);
    Instance& still = *clearing[holder];
    Instance& other = *clearing[1 - holder];
    world.clock.advance(kLeaseRenewal);
    ASSERT_TRUE(still.settle()) << "its lease is renewed";
    submit(1);
    ASSERT_TRUE(still.turn());
    ASSERT_EQ(silenced(), Names{part_name("fax-1.1", 0)});
    world.logs->time = [this] { return std::chrono::floor<std::chrono::milliseconds>(world.clock.passed) + kLease; };
    for (int looks = 0; looks < 2; ++looks) {
        world.clock.advance(kLeaseLook);
        ASSERT_TRUE(other.settle());
    }
    ASSERT_EQ(silenced(), all_parts_of("fax-1.1"));
    ASSERT_TRUE(believes_to_hold(still, kOffering));
    ASSERT_TRUE(still.settle());
    EXPECT_EQ(silenced(), all_parts_of("fax-1.1"));
}

// The notice has its receipt, and what belongs to it comes in at the door that has not heard of it yet: a refusal would be for good.
TEST_F(DeskInstances, one_that_has_not_heard_of_a_notice_does_not_refuse_what_needs_it) {
    start_deaf_intake([](const Context&) { return true; });
    submit(1);
    submit(2, "2");
    EXPECT_EQ(world.events(kOffering), (Names{"NoticeDecided", "NoticeDecided"}));
}

// In one commit with another that does not hold: the log is as long by then as that one would have made it.
TEST_F(DeskInstances, a_refusal_is_not_taken_for_resting_on_what_did_not_hold_before_it) {
    start_deaf_intake([](const Context& context) { return context.identity.sequence == 3; });
    submit(1);
    Knocking fax(world, "fax-1", ServiceName::kIntake, "2");
    fax.send(2, notice_for(kOffering, "form 1"));  // its key is taken
    fax.send(3, notice_for(kOffering, "form 3"));
    ASSERT_TRUE(intake[1]->settle());
    const Names events = world.events(kOffering);
    EXPECT_EQ(std::count(events.begin(), events.end(), "CommandRefused"), 0);
    EXPECT_EQ(fax.receipt()->status, "accepted");
    EXPECT_EQ(fax.receipt()->status, "accepted");
}

// What it names is free whatever became of the notice that it was decided on.
TEST_F(DeskInstances, what_was_decided_on_an_item_that_does_not_hold_does_not_hold_either) {
    start_deaf_intake([](const Context&) { return false; });
    intake[1]->handler.deciding = [](const Surroundings& around, const std::string& log, const Command& command, const Context& context) {
        const auto knows = [&](const char* notice) { return around.books.book(log).notice(notice) != nullptr; };
        if (knows("fax-1.2")) return say_part("fax-1.2", 0, 1, context);
        if (knows("fax-1.1") && context.identity.sequence == 2) return refuse("SubmitNotice", "", Refusal::kUnknownNotice, "fax-1.1");
        return TestHandler::decide_simply(around, log, command, context);
    };
    submit(1);
    Knocking fax(world, "fax-1", ServiceName::kIntake, "2");
    fax.send(2, notice_for(kOffering, "form 1"));  // its key is taken, and then it is refused
    fax.send(3, notice_for(kOffering, "form 3"));
    ASSERT_TRUE(intake[1]->settle());
    EXPECT_EQ(world.events(kOffering), (Names{"NoticeDecided", "CommandRefused", "NoticeDecided"}));
}

TEST_F(DeskInstances, a_repeat_at_the_other_door_gets_the_same_bytes) {
    ASSERT_TRUE(intake[1]->start());
    Knocking first(world, "fax-1", ServiceName::kIntake, "1");
    Knocking second(world, "fax-1", ServiceName::kIntake, "2");
    const auto bytes = first.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake[0]->settle());
    second.send(bytes);
    ASSERT_TRUE(intake[1]->settle());
    const auto receipt = first.answer();
    ASSERT_TRUE(receipt);
    EXPECT_EQ(second.answer(), receipt);
    EXPECT_EQ(world.head(kOffering), 1U);
}

// Both have it at once, and the second is decided before the first is committed.
TEST_F(DeskInstances, the_same_message_at_both_doors_at_once_is_one_item) {
    ASSERT_TRUE(intake[1]->start());
    Knocking first(world, "fax-1", ServiceName::kIntake, "1");
    Knocking second(world, "fax-1", ServiceName::kIntake, "2");
    second.send(first.send(1, notice_for(kOffering)));
    intake[0]->store.before_commit = [&] { ASSERT_TRUE(intake[1]->turn()); };
    ASSERT_TRUE(intake[0]->settle());
    const auto receipt = first.answer();
    ASSERT_TRUE(receipt);
    EXPECT_EQ(second.answer(), receipt);
    EXPECT_EQ(world.head(kOffering), 1U);
}

TEST_F(DeskInstances, two_doors_that_write_one_log_together_lose_nothing) {
    ASSERT_TRUE(intake[1]->start());
    Knocking first(world, "fax-1", ServiceName::kIntake, "1");
    world.hold_key("fax-2", {Role::kFaxGateway});
    Knocking third(world, "fax-2", ServiceName::kIntake, "2");
    for (std::uint64_t number = 1; number <= 20; ++number) {
        first.send(number, notice_for(kOffering, "first " + std::to_string(number)));
        third.send(number, notice_for(kOffering, "third " + std::to_string(number)));
    }
    intake[0]->store.before_commit = [&] { ASSERT_TRUE(intake[1]->turn()); };
    ASSERT_TRUE(intake[0]->settle());
    for (int number = 1; number <= 20; ++number) {
        EXPECT_EQ(first.receipt()->status, "accepted");
        EXPECT_EQ(third.receipt()->status, "accepted");
    }
    EXPECT_EQ(world.head(kOffering), 40U);
}

// One of them does not know yet that an offering was listed. It must not record that there is none while the other takes the same
// message into it.
TEST_F(DeskInstances, a_command_for_an_offering_just_listed_is_decided_once) {
    ASSERT_TRUE(intake[1]->start());
    for (const auto& instance : intake) ASSERT_TRUE(instance->settle());
    Knocking first(world, "fax-1", ServiceName::kIntake, "1");
    Knocking second(world, "fax-1", ServiceName::kIntake, "2");
    const store::Sequence desk = world.head(kDesk);
    second.send(first.send(1, notice_for("second-offering")));
    intake[0]->store.before_commit = [&] {
        Instance monitor(world, ServiceName::kDeadlineMonitor);
        ASSERT_TRUE(monitor.start());
        Knocking alice(world, "alice", ServiceName::kDeadlineMonitor);
        alice.send(9, OpenOffering{"second-offering"});
        ASSERT_TRUE(monitor.settle());
        ASSERT_TRUE(intake[1]->settle());
    };
    ASSERT_TRUE(intake[0]->settle());
    const auto one = first.receipt();
    const auto other = second.receipt();
    ASSERT_TRUE(one && other);
    if (one->kind == ReceiptKind::kRetryLater) {
        first.send(1, notice_for("second-offering"));
        ASSERT_TRUE(intake[0]->settle());
        EXPECT_EQ(first.receipt(), other);
    } else {
        EXPECT_EQ(*one, *other);
    }
    EXPECT_EQ(world.events(kDesk, desk), Names{"OfferingListed"}) << "and no refusal";
    EXPECT_EQ(world.head("second-offering"), 1U);
}

TEST(DeskInstancesFirst, two_deadline_monitors_at_once_make_one_desk) {
    DeskWorld world;
    Instance one(world, ServiceName::kDeadlineMonitor, "1");
    Instance other(world, ServiceName::kDeadlineMonitor, "2");
    one.store.before_commit = [&] { ASSERT_TRUE(other.start()); };
    ASSERT_TRUE(one.start());
    EXPECT_EQ(world.events(kDesk), Names{"DeskOpened"});
}

// The feeds are not open yet when it comes: it is read from the log.
TEST(DeskInstancesFirst, what_somebody_says_while_a_desk_is_made_is_folded) {
    DeskWorld world;
    Instance monitor(world, ServiceName::kDeadlineMonitor);
    monitor.store.before_commit = [&] {
        store::Item item;
        const Record said{"intake", Instant(1), {"fax-1", 1}, "", "fax-1", "", 0, 1, CommandRefused{"Approve", "", Refusal::kNotPermitted, "", {}}};
        item.events.push_back({wire::encode_record(said, nullptr)});
        ASSERT_TRUE(store::MemoryStore(world.logs).commit({kDesk, 1, {item}}));
    };
    ASSERT_TRUE(monitor.start());
    EXPECT_EQ(world.events(kDesk), Names({"CommandRefused", "DeskOpened"}));
    EXPECT_NE(monitor.book(kDesk).clock(), nullptr);
}

TEST(DeskInstancesFirst, the_clock_waits_for_whoever_acts_and_not_for_one_that_stands_still) {
    DeskWorld world;
    Instance monitor(world, ServiceName::kDeadlineMonitor);
    Names waiting;
    monitor.record_waiting(waiting);
    monitor.settings.registered = {"deadline_monitor", "intake"};
    monitor.settings.feeds = {world.feed_of(ServiceName::kIntake, "1"), world.feed_of(ServiceName::kIntake, "2")};
    ASSERT_TRUE(monitor.start());
    std::vector<std::unique_ptr<Instance>> both;
    for (const char* instance : {"1", "2"}) {
        both.push_back(std::make_unique<Instance>(world, ServiceName::kIntake, instance));
        both.back()->settings.instances = {"1", "2"};
        ASSERT_TRUE(both.back()->start());
    }
    const auto pass = [&](const std::vector<Instance*>& living, std::chrono::milliseconds time) {
        for (std::chrono::milliseconds passed{0}; passed < time; passed += kLeaseLook) {
            world.clock.advance(kLeaseLook);
            for (Instance* instance : living) ASSERT_TRUE(instance->settle());
        }
    };
    pass({&monitor, both[0].get(), both[1].get()}, 3s);
    EXPECT_EQ(waiting, Names{});
    const std::size_t holder = both[0]->service().holds().empty() ? 1 : 0;
    ASSERT_EQ(both[holder]->service().holds(), Names{kDesk});

    Knocking fax(world, "fax-1", ServiceName::kIntake, holder == 0 ? "2" : "1");
    fax.send(1, watermark("2002-06-27T10:00:00"));
    Instance& other = *both[1 - holder];
    pass({&monitor, &other}, 2'500ms);  // less than a lease, and long enough for the clock to ask again
    EXPECT_EQ(fax.receipt()->status, "advanced") << "its door serves all the while";
    EXPECT_EQ(waiting, Names{"intake at desk: 1 of 2"}) << "the one that acts stands still";
    pass({&monitor, &other}, kLease + 1s);
    EXPECT_EQ(waiting, Names{}) << "the other has taken over";
}

}  // namespace
}  // namespace rightsdesk::runtime
