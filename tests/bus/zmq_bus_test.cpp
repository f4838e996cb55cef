// What only the real bus can get wrong.
#include "bus/zmq_bus.h"

#include <gtest/gtest.h>
#include <sys/un.h>

#include <fstream>
#include <zmq.hpp>

#include "bus/worlds.h"
#include "bus/zmq_monitor.h"
#include "bus/zmq_options.h"
#include "bus/zmq_probe.h"

namespace rightsdesk::bus {
namespace {

class ZmqBusTest : public testing::Test {
protected:
    Folder folder;
    std::string endpoint = "ipc://" + folder.file("door");
    KeyPair server = new_keys();
    KeyPair alice = new_keys();
    Directory people = directory_of({{alice.public_key, "alice"}});
    Remote remote{endpoint, server.public_key};
};

// A peer that does not keep to this room's habits.
struct RawPeer {
    zmq::context_t context;
    zmq::socket_t socket;

    RawPeer(zmq::socket_type type) : socket(context, type) { socket.set(zmq::sockopt::linger, 0); }
    void knock(const Remote& remote, const KeyPair& own) {
        set_client_security(socket, own, remote.server_public_key);
        socket.connect(remote.endpoint);
    }
    void send(std::string_view octets, zmq::send_flags flags = zmq::send_flags::none) { socket.send(zmq::buffer(octets), flags); }
};

TEST_F(ZmqBusTest, the_probe_finds_a_curve_server_without_zap_out) {
    for (const bool feed : {false, true}) {
        RawPeer careless(feed ? zmq::socket_type::pub : zmq::socket_type::router);
        careless.socket.set(zmq::sockopt::curve_server, true);
        careless.socket.set(zmq::sockopt::curve_secretkey, server.secret_key);
        careless.socket.bind(endpoint);
        zmq::context_t context;
        const auto proven = prove_strangers_are_refused(context, feed ? zmq::socket_type::sub : zmq::socket_type::dealer, endpoint, server.public_key, kPatience);
        ASSERT_FALSE(proven);
        EXPECT_EQ(proven.error().kind, base::ErrorKind::kInvalid);
        careless.socket.close();
        careless.context.close();
    }
}

TEST_F(ZmqBusTest, the_probe_does_not_take_silence_for_a_proof) {
    zmq::context_t context;
    const auto proven = prove_strangers_are_refused(context, zmq::socket_type::dealer, endpoint, server.public_key, 50ms);
    ASSERT_FALSE(proven);
    EXPECT_EQ(proven.error().kind, base::ErrorKind::kUnavailable);
}

TEST_F(ZmqBusTest, the_domain_is_enforced_a_server_whose_zap_handler_is_missing_lets_nobody_in) {
    RawPeer orphan(zmq::socket_type::router);
    set_server_security(orphan.socket, server, "some-domain");
    orphan.socket.bind(endpoint);
    zmq::context_t context;
    const auto proven = prove_strangers_are_refused(context, zmq::socket_type::dealer, endpoint, server.public_key, 500ms);
    ASSERT_FALSE(proven);
    EXPECT_EQ(proven.error().kind, base::ErrorKind::kUnavailable) << "neither let in nor told off by a handler: " << proven.error().message;
}

TEST_F(ZmqBusTest, the_socket_file_of_a_dead_owner_is_replaced) {
    const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    folder.file("door").copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(dead, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ::close(dead);
    ASSERT_TRUE(std::filesystem::is_socket(folder.file("door")));

    ZmqBus bus;
    const auto door = bus.open_door(endpoint, server, people);
    ASSERT_TRUE(door) << door.error().message;
    const auto knocker = bus.knock(remote, alice).value();
    ASSERT_TRUE(knocker->send(Bytes(std::string("?"))));
    EXPECT_EQ(receive_all(bus, **door, 1).size(), 1U);
}

TEST_F(ZmqBusTest, a_living_owner_that_holds_no_lock_is_not_pushed_out) {
    const int living = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    folder.file("door").copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(living, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(living, 5), 0);
    ZmqBus bus;
    const auto door = bus.open_door(endpoint, server, people);
    ASSERT_FALSE(door);
    EXPECT_EQ(door.error().kind, base::ErrorKind::kUnavailable);
    ::close(living);
}

TEST_F(ZmqBusTest, a_file_that_is_not_a_socket_is_left_alone) {
    std::ofstream(folder.file("door")) << "precious";
    ZmqBus bus;
    const auto door = bus.open_door(endpoint, server, people);
    ASSERT_FALSE(door);
    EXPECT_EQ(door.error().kind, base::ErrorKind::kInvalid);
    EXPECT_EQ(std::filesystem::file_size(folder.file("door")), 8U);
}

TEST_F(ZmqBusTest, a_closed_door_leaves_no_socket_file) {
    ZmqBus bus;
    auto door = bus.open_door(endpoint, server, people).value();
    EXPECT_TRUE(std::filesystem::exists(folder.file("door")));
    door.reset();
    EXPECT_FALSE(std::filesystem::exists(folder.file("door")));
}

TEST_F(ZmqBusTest, endpoints_that_cannot_be_served_are_refused_with_a_reason) {
    ZmqBus bus;
    const auto reason = [&](const std::string& bad) {
        const auto door = bus.open_door(bad, server, people);
        const auto knocker = bus.knock({bad, server.public_key}, alice);
        EXPECT_FALSE(door || knocker) << bad;
        return door || knocker ? "" : knocker.error().message;
    };
    EXPECT_NE(reason("ipc:///" + std::string(107, 'x')).find("shorter directory"), std::string::npos) << "108 octets are one too many";
    EXPECT_NE(reason("inproc://door").find("ipc://path or tcp://host:port"), std::string::npos) << "libzmq applies no CURVE to inproc";
    EXPECT_NE(reason("ipc://*").find("path"), std::string::npos);
    EXPECT_NE(reason("tcp://localhost").find("host:port"), std::string::npos);
    EXPECT_FALSE(bus.open_door("ipc://" + folder.file("missing/door"), server, people));
}

TEST_F(ZmqBusTest, a_message_of_other_than_one_frame_is_thrown_away_and_counted) {
    ZmqBus bus;
    const auto door = bus.open_door(endpoint, server, people).value();
    RawPeer peer(zmq::socket_type::dealer);
    peer.knock(remote, alice);
    peer.send("", zmq::send_flags::sndmore);
    peer.send("as a REQ would");
    peer.send("one frame");
    const auto requests = receive_all(bus, *door, 1);
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(requests[0].bytes.view(), "one frame");
    EXPECT_EQ(bus.counts().malformed, 1U);
    peer.socket.close();
}

TEST_F(ZmqBusTest, a_message_above_the_bound_costs_its_sender_the_connection) {
    ZmqBus bus;
    const auto door = bus.open_door(endpoint, server, people).value();
    RawPeer peer(zmq::socket_type::dealer);
    SocketMonitor monitor(peer.context, peer.socket, ZMQ_EVENT_DISCONNECTED);
    peer.knock(remote, alice);
    peer.send(std::string(kMaxMessageOctets + 1'000, 'x'));
    EXPECT_TRUE(monitor.next(kPatience));
    EXPECT_TRUE(door->receive(10).empty());
}

TEST_F(ZmqBusTest, a_peer_that_takes_anothers_routing_id_does_not_get_its_answers) {
    const KeyPair mallory = new_keys();
    ZmqBus bus;
    const auto door = bus.open_door(endpoint, server, directory_of({{alice.public_key, "alice"}, {mallory.public_key, "mallory"}})).value();
    RawPeer first(zmq::socket_type::dealer);
    first.socket.set(zmq::sockopt::routing_id, "branch-1");
    first.socket.set(zmq::sockopt::rcvtimeo, 20'000);
    first.knock(remote, alice);
    first.send("?");
    const auto requests = receive_all(bus, *door, 1);
    ASSERT_EQ(requests.size(), 1U);

    RawPeer thief(zmq::socket_type::dealer);
    thief.socket.set(zmq::sockopt::routing_id, "branch-1");
    SocketMonitor monitor(thief.context, thief.socket, ZMQ_EVENT_HANDSHAKE_SUCCEEDED);
    thief.knock(remote, mallory);
    thief.send("?");
    ASSERT_TRUE(monitor.next(kPatience));
    EXPECT_TRUE(door->receive(10).empty());
    door->answer(requests[0].peer, Bytes(std::string("for alice")));
    zmq::message_t answer;
    ASSERT_TRUE(first.socket.recv(answer));
    EXPECT_EQ(answer.to_string_view(), "for alice");
}

TEST_F(ZmqBusTest, keys_let_in_and_refused_are_counted) {
    ZmqBus bus;
    const auto door = bus.open_door(endpoint, server, people).value();
    EXPECT_EQ(bus.counts().keys_refused, 1U) << "the probe";
    const auto knocker = bus.knock(remote, alice).value();
    ASSERT_TRUE(knocker->send(Bytes(std::string("?"))));
    EXPECT_EQ(receive_all(bus, *door, 1).size(), 1U);
    EXPECT_EQ(bus.counts().keys_admitted, 1U);
}

TEST_F(ZmqBusTest, what_a_bus_made_may_outlive_it) {
    auto bus = std::make_unique<ZmqBus>();
    const auto door = bus->open_door(endpoint, server, people).value();
    const auto knocker = bus->knock(remote, alice).value();
    bus.reset();
    ASSERT_TRUE(knocker->send(Bytes(std::string("?"))));
    EXPECT_TRUE(eventually([&] {
        for (const auto& request : door->receive(1)) door->answer(request.peer, Bytes(std::string("!")));
        return knocker->receive(10ms).has_value();
    }));
}

}  // namespace
}  // namespace rightsdesk::bus
