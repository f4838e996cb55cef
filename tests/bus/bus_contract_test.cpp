// What every bus does. Run against the fake and against ZeroMQ over ipc and tcp.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <ostream>

#include "bus/worlds.h"

namespace rightsdesk::bus {
namespace {

struct Kind {
    const char* name;
    std::unique_ptr<World> (*make)();
    friend void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }
};

template <class W>
std::unique_ptr<World> make_world() {
    return std::make_unique<W>();
}

class BusContract : public testing::TestWithParam<Kind> {
protected:
    std::unique_ptr<World> world = GetParam().make();
    Bus& inside = world->inside();
    Bus& outside = world->outside();
    KeyPair server = new_keys();
    KeyPair alice = new_keys();
    KeyPair bob = new_keys();
    KeyPair stranger = new_keys();
    Directory people = directory_of({{alice.public_key, "alice"}, {bob.public_key, "bob"}});
    std::string endpoint = world->new_endpoint();

    std::unique_ptr<Door> a_door() { return inside.open_door(endpoint, server, people).value(); }
    std::unique_ptr<Feed> a_feed() { return inside.open_feed(endpoint, server, people).value(); }
    std::unique_ptr<Knocker> knock_as(const KeyPair& keys) { return outside.knock({endpoint, server.public_key}, keys).value(); }
    std::unique_ptr<Listener> listen_as(const KeyPair& keys, const std::vector<std::string>& prefixes) {
        return outside.listen({{endpoint, server.public_key}}, keys, prefixes).value();
    }
};

INSTANTIATE_TEST_SUITE_P(Worlds, BusContract,
                         testing::Values(Kind{"memory", make_world<MemoryWorld>}, Kind{"ipc", make_world<IpcWorld>}, Kind{"tcp", make_world<TcpWorld>}),
                         [](const auto& world) { return world.param.name; });

TEST_P(BusContract, a_request_reaches_the_door_and_its_answer_the_one_who_asked) {
    const auto door = a_door();
    const auto knocker = knock_as(alice);
    ASSERT_TRUE(knocker->send(Bytes(std::string("may I?"))));

    const auto requests = receive_all(inside, *door, 1);
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(requests[0].bytes.view(), "may I?");
    door->answer(requests[0].peer, Bytes(std::string("you may")));
    const auto answer = receive_answer(*knocker);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->view(), "you may");
}

TEST_P(BusContract, each_request_bears_the_principal_that_the_directory_gives_its_key) {
    const auto door = a_door();
    const auto knocker_of_alice = knock_as(alice);
    const auto knocker_of_bob = knock_as(bob);
    ASSERT_TRUE(knocker_of_alice->send(Bytes(std::string("from alice"))));
    ASSERT_TRUE(knocker_of_bob->send(Bytes(std::string("from bob"))));

    const auto requests = receive_all(inside, *door, 2);
    ASSERT_EQ(requests.size(), 2U);
    for (const auto& request : requests) EXPECT_EQ(request.bytes.view(), "from " + request.principal);
    EXPECT_NE(requests[0].peer, requests[1].peer);
}

TEST_P(BusContract, answers_go_to_the_peer_named_and_nobody_else) {
    const auto door = a_door();
    const auto knocker_of_alice = knock_as(alice);
    const auto knocker_of_bob = knock_as(bob);
    ASSERT_TRUE(knocker_of_alice->send(Bytes(std::string("?"))));
    ASSERT_TRUE(knocker_of_bob->send(Bytes(std::string("?"))));
    for (const auto& request : receive_all(inside, *door, 2)) door->answer(request.peer, Bytes("for " + request.principal));

    EXPECT_EQ(receive_answer(*knocker_of_bob), Bytes(std::string("for bob")));
    EXPECT_EQ(receive_answer(*knocker_of_alice), Bytes(std::string("for alice")));
    EXPECT_FALSE(knocker_of_bob->receive(0ms));
    EXPECT_FALSE(knocker_of_alice->receive(0ms));
}

TEST_P(BusContract, a_key_that_the_directory_does_not_know_is_refused_and_its_messages_never_arrive) {
    const auto door = a_door();
    const auto intruder = knock_as(stranger);
    (void)intruder->send(Bytes(std::string("let me in")));
    EXPECT_TRUE(eventually([&] { return world->somebody_was_refused(); }));
    const auto knocker = knock_as(alice);
    ASSERT_TRUE(knocker->send(Bytes(std::string("good morning"))));

    const auto requests = receive_all(inside, *door, 1);
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(requests[0].principal, "alice");
    EXPECT_TRUE(door->receive(10).empty());
    EXPECT_FALSE(inside.wait(0ms));
}

TEST_P(BusContract, a_refused_key_is_let_in_once_the_directory_knows_it) {
    std::atomic<bool> known = false;
    const auto late = [&](const std::string& key) -> std::optional<std::string> {
        if (known && key == alice.public_key) return "alice";
        return std::nullopt;
    };
    const auto door = inside.open_door(endpoint, server, late).value();
    const auto knocker = knock_as(alice);
    (void)knocker->send(Bytes(std::string("first")));
    ASSERT_TRUE(eventually([&] { inside.wait(0ms); return world->somebody_was_refused(); }));
    known = true;

    EXPECT_TRUE(eventually([&] {
        (void)knocker->send(Bytes(std::string("again")));
        inside.wait(10ms);
        const auto requests = door->receive(1);
        return !requests.empty() && requests[0].bytes.view() == "again";
    }));
}

TEST_P(BusContract, a_directory_that_knows_everybody_opens_nothing) {
    const auto anybody = [](const std::string&) -> std::optional<std::string> { return "anybody"; };
    const auto door = inside.open_door(endpoint, server, anybody);
    ASSERT_FALSE(door);
    EXPECT_EQ(door.error().kind, base::ErrorKind::kInvalid);
    const auto feed = inside.open_feed(endpoint, server, anybody);
    ASSERT_FALSE(feed);
    EXPECT_EQ(feed.error().kind, base::ErrorKind::kInvalid);
    EXPECT_TRUE(inside.open_door(endpoint, server, people)) << "the failures left the endpoint free";
}

TEST_P(BusContract, a_principal_that_is_empty_is_nobody) {
    const auto careless = [&](const std::string& key) -> std::optional<std::string> {
        if (key == bob.public_key) return "bob";
        return "";
    };
    const auto door = inside.open_door(endpoint, server, careless).value();
    const auto nameless = knock_as(alice);
    (void)nameless->send(Bytes(std::string("who am I?")));
    EXPECT_TRUE(eventually([&] { return world->somebody_was_refused(); }));
    const auto knocker = knock_as(bob);
    ASSERT_TRUE(knocker->send(Bytes(std::string("?"))));
    const auto requests = receive_all(inside, *door, 1);
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(requests[0].principal, "bob");
}

TEST_P(BusContract, each_server_has_a_directory_of_its_own) {
    const auto for_alice = inside.open_door(endpoint, server, directory_of({{alice.public_key, "clerk"}})).value();
    const std::string other = world->new_endpoint();
    const auto for_bob = inside.open_door(other, server, directory_of({{bob.public_key, "auditor"}})).value();
    const auto knocker_of_alice = knock_as(alice);
    const auto knocker_of_bob = outside.knock({other, server.public_key}, bob).value();
    const auto bob_at_the_wrong_door = knock_as(bob);
    (void)bob_at_the_wrong_door->send(Bytes(std::string("wrong")));
    ASSERT_TRUE(eventually([&] { return world->somebody_was_refused(); }));
    ASSERT_TRUE(knocker_of_alice->send(Bytes(std::string("right"))));
    ASSERT_TRUE(knocker_of_bob->send(Bytes(std::string("right"))));

    const auto at_first = receive_all(inside, *for_alice, 1);
    const auto at_second = receive_all(inside, *for_bob, 1);
    ASSERT_EQ(at_first.size(), 1U);
    ASSERT_EQ(at_second.size(), 1U);
    EXPECT_EQ(at_first[0].principal, "clerk");
    EXPECT_EQ(at_second[0].principal, "auditor");
    EXPECT_EQ(at_first[0].bytes.view(), "right");
}

TEST_P(BusContract, a_knocker_that_expects_another_server_tells_it_nothing) {
    const auto door = a_door();
    const auto deceived = outside.knock({endpoint, new_keys().public_key}, alice).value();
    ASSERT_TRUE(deceived->send(Bytes(std::string("secret"))));
    const auto knocker = knock_as(alice);
    ASSERT_TRUE(knocker->send(Bytes(std::string("hello"))));
    const auto requests = receive_all(inside, *door, 1);
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(requests[0].bytes.view(), "hello");
    EXPECT_TRUE(door->receive(10).empty());
}

TEST_P(BusContract, requests_of_a_peer_keep_their_order_and_come_in_batches_up_to_the_limit) {
    const auto door = a_door();
    const auto knocker = knock_as(alice);
    for (int number = 0; number < 500; ++number) ASSERT_TRUE(knocker->send(Bytes(std::to_string(number))));

    int next = 0;
    EXPECT_TRUE(eventually([&] {
        inside.wait(10ms);
        const auto batch = door->receive(7);
        EXPECT_LE(batch.size(), 7U);
        for (const auto& request : batch) EXPECT_EQ(request.bytes.view(), std::to_string(next++));
        return next == 500;
    }));
    EXPECT_TRUE(door->receive(7).empty());
    EXPECT_TRUE(door->receive(0).empty());
}

TEST_P(BusContract, what_was_sent_before_the_door_opened_arrives_when_it_does) {
    const auto knocker = knock_as(alice);
    ASSERT_TRUE(knocker->send(Bytes(std::string("early"))));
    ASSERT_TRUE(knocker->send(Bytes(std::string("bird"))));
    const auto door = a_door();
    const auto requests = receive_all(inside, *door, 2);
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(requests[0].bytes.view(), "early");
    EXPECT_EQ(requests[1].bytes.view(), "bird");
}

TEST_P(BusContract, a_door_that_closes_and_reopens_is_found_again_by_who_sends_again) {
    auto door = a_door();
    const auto knocker = knock_as(alice);
    ASSERT_TRUE(knocker->send(Bytes(std::string("before"))));
    ASSERT_EQ(receive_all(inside, *door, 1).size(), 1U);

    for (int round = 0; round < 3; ++round) {
        door.reset();
        door = a_door();
        const Bytes message("round " + std::to_string(round));
        std::optional<Bytes> answer;
        EXPECT_TRUE(eventually([&] {
            (void)knocker->send(message);
            inside.wait(20ms);
            for (const auto& request : door->receive(100)) door->answer(request.peer, request.bytes);
            for (auto next = knocker->receive(20ms); next; next = knocker->receive(0ms)) answer = next;
            return answer == message;
        }));
    }
}

TEST_P(BusContract, an_answer_to_a_peer_that_went_away_harms_nobody) {
    const auto door = a_door();
    auto leaver = knock_as(bob);
    ASSERT_TRUE(leaver->send(Bytes(std::string("I shall not wait"))));
    const auto left = receive_all(inside, *door, 1);
    ASSERT_EQ(left.size(), 1U);
    leaver.reset();
    for (int time = 0; time < 100; ++time) door->answer(left[0].peer, Bytes(std::string("too late")));
    door->answer("never seen", Bytes(std::string("nobody")));

    const auto knocker = knock_as(alice);
    ASSERT_TRUE(knocker->send(Bytes(std::string("?"))));
    const auto requests = receive_all(inside, *door, 1);
    ASSERT_EQ(requests.size(), 1U);
    door->answer(requests[0].peer, Bytes(std::string("here")));
    EXPECT_EQ(receive_answer(*knocker), Bytes(std::string("here")));
}

TEST_P(BusContract, a_message_at_the_bound_arrives_and_one_above_it_is_not_sent) {
    const auto door = a_door();
    const auto knocker = knock_as(alice);
    const Bytes biggest(std::string(kMaxMessageOctets, 'x'));
    const auto refused = knocker->send(Bytes(biggest.value + "x"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, base::ErrorKind::kInvalid);
    ASSERT_TRUE(knocker->send(biggest));
    const auto requests = receive_all(inside, *door, 1);
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_TRUE(requests[0].bytes == biggest);

    door->answer(requests[0].peer, Bytes(biggest.value + "x"));
    door->answer(requests[0].peer, biggest);
    EXPECT_TRUE(receive_answer(*knocker) == biggest) << "the bigger answer before it was dropped";
}

TEST_P(BusContract, a_queue_that_nobody_empties_refuses_when_full) {
    const auto knocker = knock_as(alice);  // no door
    for (int number = 0; number < kHighWaterMark; ++number) ASSERT_TRUE(knocker->send(Bytes(std::string("x")))) << number;
    const auto refused = knocker->send(Bytes(std::string("one too many")));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, base::ErrorKind::kUnavailable);
}

TEST_P(BusContract, a_listener_hears_the_topics_that_it_asked_for_in_order) {
    const auto feed = a_feed();
    const auto listener = listen_as(alice, {"alert/acme/", "sync/"});
    ASSERT_TRUE(connect_feed(outside, *feed, *listener, "sync/"));
    feed->publish("alert/acme2/high/", Bytes(std::string("another offering")));
    feed->publish("alert/acme/high/", Bytes(std::string("first")));
    feed->publish("alert/", Bytes(std::string("shorter than the prefix")));
    feed->publish("alert/acme/low/", Bytes(std::string("second")));

    const auto heard = hear_all(outside, *listener, 2);
    ASSERT_EQ(heard.size(), 2U);
    EXPECT_EQ(heard[0].topic, "alert/acme/high/");
    EXPECT_EQ(heard[0].bytes.view(), "first");
    EXPECT_EQ(heard[1].topic, "alert/acme/low/");
    EXPECT_EQ(heard[1].bytes.view(), "second");
    EXPECT_TRUE(listener->receive(10).empty());
}

TEST_P(BusContract, the_empty_prefix_hears_all_and_overlapping_prefixes_hear_once) {
    const auto feed = a_feed();
    const auto listener = listen_as(alice, {"", "a", "ab"});
    ASSERT_TRUE(connect_feed(outside, *feed, *listener, "sync"));
    for (const char* topic : {"ab", "zz", ""}) feed->publish(topic, Bytes(std::string(topic)));
    const auto heard = hear_all(outside, *listener, 3);
    ASSERT_EQ(heard.size(), 3U);
    EXPECT_EQ(heard[0].topic, "ab");
    EXPECT_EQ(heard[1].topic, "zz");
    EXPECT_EQ(heard[2].topic, "");
    EXPECT_TRUE(listener->receive(10).empty());
}

TEST_P(BusContract, a_listener_that_joins_late_hears_what_comes_and_not_what_was) {
    const auto feed = a_feed();
    feed->publish("news", Bytes(std::string("old")));
    const auto listener = listen_as(alice, {"news", "sync"});
    ASSERT_TRUE(connect_feed(outside, *feed, *listener, "sync"));  // swallows in order: an old message would come first and not be "connected"
    for (int number = 0; number < 100; ++number) feed->publish("news", Bytes(std::to_string(number)));
    const auto heard = hear_all(outside, *listener, 100);
    ASSERT_EQ(heard.size(), 100U);
    for (int number = 0; number < 100; ++number) EXPECT_EQ(heard[static_cast<std::size_t>(number)].bytes.view(), std::to_string(number));
}

TEST_P(BusContract, a_listener_hears_several_feeds) {
    const auto feed = a_feed();
    const KeyPair other_server = new_keys();
    const std::string other_endpoint = world->new_endpoint();
    const auto other = inside.open_feed(other_endpoint, other_server, people).value();
    const auto listener = outside.listen({{endpoint, server.public_key}, {other_endpoint, other_server.public_key}}, alice, {""}).value();
    ASSERT_TRUE(connect_feed(outside, *feed, *listener, "here"));
    ASSERT_TRUE(connect_feed(outside, *other, *listener, "there"));
}

TEST_P(BusContract, a_stranger_hears_nothing_of_a_feed) {
    const auto feed = a_feed();
    const auto eavesdropper = listen_as(stranger, {""});
    const auto listener = listen_as(bob, {""});
    EXPECT_TRUE(eventually([&] { return world->somebody_was_refused(); }));
    ASSERT_TRUE(connect_feed(outside, *feed, *listener, "sync"));
    feed->publish("news", Bytes(std::string("private")));
    EXPECT_EQ(hear_all(outside, *listener, 1).size(), 1U);
    EXPECT_TRUE(eavesdropper->receive(10).empty());
}

TEST_P(BusContract, a_feed_that_closes_and_reopens_is_heard_again) {
    auto feed = a_feed();
    const auto listener = listen_as(alice, {""});
    ASSERT_TRUE(connect_feed(outside, *feed, *listener, "sync"));
    feed.reset();
    feed = a_feed();
    EXPECT_TRUE(connect_feed(outside, *feed, *listener, "sync"));
}

TEST_P(BusContract, an_endpoint_in_use_is_refused_and_its_owner_not_disturbed) {
    const auto door = a_door();
    for (Bus* bus : {&inside, &outside}) {
        const auto second = bus->open_door(endpoint, server, people);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().kind, base::ErrorKind::kUnavailable);
        const auto feed = bus->open_feed(endpoint, server, people);
        ASSERT_FALSE(feed);
        EXPECT_EQ(feed.error().kind, base::ErrorKind::kUnavailable);
    }
    const auto knocker = knock_as(alice);
    ASSERT_TRUE(knocker->send(Bytes(std::string("still there?"))));
    EXPECT_EQ(receive_all(inside, *door, 1).size(), 1U);
}

TEST_P(BusContract, keys_that_are_none_are_refused_at_once) {
    const KeyPair mixed{alice.public_key, bob.secret_key};
    const Remote remote{endpoint, server.public_key};
    EXPECT_FALSE(inside.open_door(endpoint, mixed, people));
    EXPECT_FALSE(inside.open_feed(endpoint, {"short", "short"}, people));
    EXPECT_FALSE(outside.knock(remote, mixed));
    EXPECT_FALSE(outside.knock({endpoint, "not a key"}, alice));
    EXPECT_FALSE(outside.listen({remote, {endpoint, std::string(40, ' ')}}, alice, {""}));
}

TEST_P(BusContract, wait_is_true_while_something_lies_to_receive_and_false_when_all_is_taken) {
    const auto door = a_door();
    const auto knocker = knock_as(alice);
    EXPECT_FALSE(inside.wait(0ms));
    EXPECT_FALSE(outside.wait(0ms));
    ASSERT_TRUE(knocker->send(Bytes(std::string("?"))));
    EXPECT_TRUE(inside.wait(kPatience));
    EXPECT_TRUE(inside.wait(0ms)) << "waiting takes nothing";
    const auto requests = door->receive(10);
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_FALSE(inside.wait(0ms));
    door->answer(requests[0].peer, Bytes(std::string("!")));
    EXPECT_TRUE(outside.wait(kPatience));
    EXPECT_TRUE(knocker->receive(0ms));
    EXPECT_FALSE(outside.wait(0ms));
}

}  // namespace
}  // namespace rightsdesk::bus
