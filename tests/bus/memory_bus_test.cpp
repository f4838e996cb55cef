// The switches and bounds of the fake.
#include "bus/memory_bus.h"

#include <gtest/gtest.h>

#include "bus/worlds.h"

namespace rightsdesk::bus {
namespace {

class MemoryBusTest : public testing::Test {
protected:
    MemoryWorld world;
    KeyPair server = new_keys();
    KeyPair alice = new_keys();
    Directory people = directory_of({{alice.public_key, "alice"}});
    Remote remote{"somewhere", server.public_key};
};

TEST_F(MemoryBusTest, nothing_published_arrives_while_feeds_are_dropped) {
    const auto feed = world.inside().open_feed("somewhere", server, people).value();
    const auto listener = world.outside().listen({remote}, alice, {""}).value();
    world.network().drop_feeds(true);
    feed->publish("topic", Bytes(std::string("lost")));
    world.network().drop_feeds(false);
    feed->publish("topic", Bytes(std::string("heard")));
    const auto heard = listener->receive(10);
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(heard[0].bytes.view(), "heard");
}

TEST_F(MemoryBusTest, no_answer_arrives_while_answers_are_dropped) {
    const auto door = world.inside().open_door("somewhere", server, people).value();
    const auto knocker = world.outside().knock(remote, alice).value();
    ASSERT_TRUE(knocker->send(Bytes(std::string("?"))));
    const auto peer = door->receive(1).at(0).peer;
    world.network().drop_answers(true);
    door->answer(peer, Bytes(std::string("lost")));
    EXPECT_FALSE(knocker->receive(0ms));
    world.network().drop_answers(false);
    door->answer(peer, Bytes(std::string("came")));
    EXPECT_EQ(knocker->receive(0ms), Bytes(std::string("came")));
}

TEST_F(MemoryBusTest, a_slow_listener_loses_what_is_beyond_the_high_water_mark) {
    const auto feed = world.inside().open_feed("somewhere", server, people).value();
    const auto listener = world.outside().listen({remote}, alice, {""}).value();
    for (int number = 0; number < kHighWaterMark + 5; ++number) feed->publish("topic", Bytes(std::to_string(number)));
    const auto heard = listener->receive(2 * kHighWaterMark);
    ASSERT_EQ(heard.size(), static_cast<std::size_t>(kHighWaterMark));
    EXPECT_EQ(heard.back().bytes.view(), std::to_string(kHighWaterMark - 1));
}

TEST_F(MemoryBusTest, what_a_closing_door_had_not_received_is_lost) {
    auto door = world.inside().open_door("somewhere", server, people).value();
    const auto knocker = world.outside().knock(remote, alice).value();
    ASSERT_TRUE(knocker->send(Bytes(std::string("lost"))));
    ASSERT_TRUE(world.inside().wait(0ms));
    door.reset();
    door = world.inside().open_door("somewhere", server, people).value();
    EXPECT_TRUE(door->receive(10).empty());
    ASSERT_TRUE(knocker->send(Bytes(std::string("again"))));
    EXPECT_EQ(door->receive(10).size(), 1U);
}

TEST_F(MemoryBusTest, a_bus_waits_only_for_what_it_made_itself) {
    const auto door = world.inside().open_door("somewhere", server, people).value();
    const auto knocker = world.outside().knock(remote, alice).value();
    ASSERT_TRUE(knocker->send(Bytes(std::string("?"))));
    EXPECT_FALSE(world.outside().wait(0ms));
    EXPECT_TRUE(world.inside().wait(0ms));
}

}  // namespace
}  // namespace rightsdesk::bus
