// A sender that stays with its message until there is an answer: over the fake, where every step is set, and over real
// sockets, where keys count.
#include "client/door_client.h"

#include <atomic>
#include <thread>

#include "bus/worlds.h"
#include "client/served_bus.h"
#include "domain/commands.h"
#include "wire/wire.h"

namespace rightsdesk::client {
namespace {

using bus::Bytes;
using bus::KeyPair;
using bus::Request;
using domain::Identity;
using domain::Receipt;
using domain::ReceiptKind;
using domain::Reply;
using namespace std::chrono_literals;

domain::Envelope envelope(std::uint64_t sequence) {
    return {{"fax-1", sequence}, "", domain::Command(domain::AdvanceWatermark{domain::Instant(static_cast<std::int64_t>(sequence))})};
}

Reply receipt(const Identity& identity, ReceiptKind kind, const std::string& explanation = "") {
    Receipt made;
    made.identity = identity;
    made.kind = kind;
    made.explanation = explanation;
    return {identity, made};
}

ReceiptKind kind_of(const base::Result<Reply>& reply) { return std::get<Receipt>(reply.value().body).kind; }

class DoorClientInMemory : public testing::Test {
protected:
    DoorClientInMemory() {
        for (const char* endpoint : {"first", "second"}) doors[endpoint] = service.open_door(endpoint, server, people).value();
    }

    DoorClient connected(const std::vector<std::string>& endpoints) {
        std::vector<bus::Remote> remotes;
        remotes.reserve(endpoints.size());
        for (const std::string& endpoint : endpoints) remotes.push_back({endpoint, server.public_key});
        return DoorClient::connect(outside, remotes, fax).value();
    }

    // What each door received is in `heard`; `answers` says what it does then.
    void serve() {
        for (auto& [endpoint, door] : doors) {
            for (const Request& request : door->receive(100)) {
                heard.push_back(endpoint);
                messages.push_back(request.bytes);
                if (answering) answering(endpoint, *door, request);
            }
        }
    }

    std::shared_ptr<bus::MemoryNetwork> network = std::make_shared<bus::MemoryNetwork>();
    bus::MemoryBus service{network};
    ServedBus outside{network, [this] { serve(); }};
    KeyPair server = bus::new_keys();
    KeyPair fax = bus::new_keys();
    bus::Directory people = bus::directory_of({{fax.public_key, "fax-1"}});
    std::map<std::string, std::unique_ptr<bus::Door>> doors;
    std::vector<std::string> heard;
    std::vector<Bytes> messages;
    std::function<void(const std::string&, bus::Door&, const Request&)> answering;
};

TEST_F(DoorClientInMemory, an_answer_ends_the_asking) {
    answering = [](const std::string&, bus::Door& door, const Request& request) {
        door.answer(request.peer, wire::encode(receipt({"fax-1", 1}, ReceiptKind::kAccepted)));
    };
    DoorClient client = connected({"first"});
    EXPECT_EQ(kind_of(client.ask(envelope(1), bus::kPatience)), ReceiptKind::kAccepted);
    EXPECT_EQ(heard.size(), 1U);
    EXPECT_EQ(messages[0], wire::encode(envelope(1)));
}

TEST_F(DoorClientInMemory, silence_is_answered_with_the_same_bytes_until_there_is_an_answer) {
    answering = [this](const std::string&, bus::Door& door, const Request& request) {
        if (heard.size() == 3) door.answer(request.peer, wire::encode(receipt({"fax-1", 1}, ReceiptKind::kAccepted)));
    };
    DoorClient client = connected({"first"});
    EXPECT_EQ(kind_of(client.ask(envelope(1), bus::kPatience)), ReceiptKind::kAccepted);
    ASSERT_EQ(messages.size(), 3U);
    for (const Bytes& bytes : messages) EXPECT_EQ(bytes, messages[0]);
}

TEST_F(DoorClientInMemory, a_silent_door_is_left_for_the_next_and_the_one_that_answered_is_asked_again) {
    answering = [](const std::string& endpoint, bus::Door& door, const Request& request) {
        const auto asked = wire::decode_envelope(request.bytes)->identity;
        if (endpoint == "second") door.answer(request.peer, wire::encode(receipt(asked, ReceiptKind::kAccepted)));
    };
    DoorClient client = connected({"first", "second"});
    EXPECT_EQ(kind_of(client.ask(envelope(1), bus::kPatience)), ReceiptKind::kAccepted);
    EXPECT_EQ(kind_of(client.ask(envelope(2), bus::kPatience)), ReceiptKind::kAccepted);
    EXPECT_EQ(heard, (std::vector<std::string>{"first", "second", "second"}));
}

TEST_F(DoorClientInMemory, retry_later_is_waited_out_with_the_same_bytes) {
    answering = [this](const std::string&, bus::Door& door, const Request& request) {
        door.answer(request.peer, wire::encode(receipt({"fax-1", 1}, heard.size() < 4 ? ReceiptKind::kRetryLater : ReceiptKind::kAccepted)));
    };
    DoorClient client = connected({"first"});
    EXPECT_EQ(kind_of(client.ask(envelope(1), bus::kPatience)), ReceiptKind::kAccepted);
    EXPECT_EQ(heard.size(), 4U);
    EXPECT_EQ(messages.back(), messages.front());
}

TEST_F(DoorClientInMemory, when_patience_ends_the_outcome_is_unknown_and_the_last_reason_is_told) {
    answering = [](const std::string&, bus::Door& door, const Request& request) {
        door.answer(request.peer, wire::encode(receipt({"fax-1", 1}, ReceiptKind::kRetryLater, "the store does not answer")));
    };
    DoorClient client = connected({"first"});
    const auto reply = client.ask(envelope(1), 50ms);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().kind, base::ErrorKind::kUnavailable);
    EXPECT_EQ(reply.error().message, "the store does not answer");
}

TEST_F(DoorClientInMemory, where_nobody_is_the_answer_is_that_nobody_answered) {
    DoorClient client = connected({"nowhere"});
    const auto reply = client.ask(envelope(1), 50ms);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().kind, base::ErrorKind::kUnavailable);
    EXPECT_EQ(reply.error().message, "no door answered");
}

TEST_F(DoorClientInMemory, answers_to_other_messages_and_noise_are_let_go) {
    answering = [](const std::string&, bus::Door& door, const Request& request) {
        door.answer(request.peer, Bytes(std::string("noise")));
        door.answer(request.peer, wire::encode(receipt({"fax-1", 7}, ReceiptKind::kConflict)));
        door.answer(request.peer, wire::encode(receipt({"fax-2", 1}, ReceiptKind::kConflict)));
        door.answer(request.peer, wire::encode(receipt({"fax-1", 1}, ReceiptKind::kAccepted)));
    };
    DoorClient client = connected({"first"});
    EXPECT_EQ(kind_of(client.ask(envelope(1), bus::kPatience)), ReceiptKind::kAccepted);
}

TEST_F(DoorClientInMemory, a_late_answer_to_a_resent_message_is_not_taken_for_the_next_ones) {
    answering = [](const std::string&, bus::Door& door, const Request& request) {
        const auto asked = wire::decode_envelope(request.bytes)->identity;
        for (int times = 0; times < 2; ++times) door.answer(request.peer, wire::encode(receipt(asked, ReceiptKind::kAccepted)));
    };
    DoorClient client = connected({"first"});
    for (std::uint64_t sequence = 1; sequence <= 5; ++sequence) {
        const auto reply = client.ask(envelope(sequence), bus::kPatience);
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->identity, (Identity{"fax-1", sequence}));
    }
}

TEST_F(DoorClientInMemory, bytes_that_the_door_cannot_decode_are_answered_too) {
    const Bytes newer(std::string("a message of a later version"));
    answering = [](const std::string&, bus::Door& door, const Request& request) {
        door.answer(request.peer, wire::encode(receipt(domain::undecodable_identity(request.principal, request.bytes), ReceiptKind::kQuarantined)));
    };
    DoorClient client = connected({"first"});
    EXPECT_EQ(kind_of(client.ask_encoded(newer, {"fax-1", 1}, bus::kPatience)), ReceiptKind::kQuarantined);
}

TEST_F(DoorClientInMemory, a_message_above_the_bound_is_refused_at_once) {
    DoorClient client = connected({"first"});
    const auto reply = client.ask_encoded(Bytes(std::string(bus::kMaxMessageOctets + 1, 'x')), {"fax-1", 1}, bus::kPatience);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().kind, base::ErrorKind::kInvalid);
}

TEST_F(DoorClientInMemory, a_key_pair_that_is_none_does_not_connect) {
    EXPECT_FALSE(DoorClient::connect(outside, {{"first", server.public_key}}, {fax.public_key, bus::new_keys().secret_key}));
    EXPECT_FALSE(DoorClient::connect(outside, {{"first", "short"}}, fax));
}

// ---- over ZeroMQ ----

// A door in a thread of its own, which accepts everything; ends with the test.
class LivingDoor {
public:
    LivingDoor(const std::string& endpoint, const KeyPair& server, const bus::Directory& people) : thread_([this, endpoint, server, people] { run(endpoint, server, people); }) {
        while (!open_ && !failed_) std::this_thread::yield();
    }
    ~LivingDoor() {
        ending_ = true;
        thread_.join();
    }
    LivingDoor(const LivingDoor&) = delete;
    LivingDoor& operator=(const LivingDoor&) = delete;

    [[nodiscard]] bool open() const { return open_; }
    [[nodiscard]] int heard() const { return heard_; }

private:
    void run(const std::string& endpoint, const KeyPair& server, const bus::Directory& people) {
        bus::ZmqBus bus;
        const auto door = bus.open_door(endpoint, server, people);
        if (!door) {
            failed_ = true;
            return;
        }
        open_ = true;
        while (!ending_) {
            bus.wait(10ms);
            for (const Request& request : (*door)->receive(100)) {
                ++heard_;
                (*door)->answer(request.peer, wire::encode(receipt(wire::decode_envelope(request.bytes)->identity, ReceiptKind::kAccepted, request.principal)));
            }
        }
    }

    std::atomic<bool> open_{false}, failed_{false}, ending_{false};
    std::atomic<int> heard_{0};
    std::thread thread_;
};

class DoorClientOverZmq : public testing::Test {
protected:
    bus::Folder folder;
    std::string endpoint = "ipc://" + folder.file("door");
    KeyPair server = bus::new_keys();
    KeyPair fax = bus::new_keys();
    bus::Directory people = bus::directory_of({{fax.public_key, "fax-1"}});
    bus::ZmqBus outside;
};

TEST_F(DoorClientOverZmq, messages_are_answered_one_after_the_other_to_the_principal_that_the_key_proves) {
    const LivingDoor door(endpoint, server, people);
    ASSERT_TRUE(door.open());
    auto client = DoorClient::connect(outside, {{endpoint, server.public_key}}, fax);
    ASSERT_TRUE(client) << client.error().message;
    for (std::uint64_t sequence = 1; sequence <= 20; ++sequence) {
        const auto reply = client->ask(envelope(sequence), bus::kPatience);
        ASSERT_TRUE(reply) << reply.error().message;
        EXPECT_EQ(reply->identity, (Identity{"fax-1", sequence}));
        EXPECT_EQ(std::get<Receipt>(reply->body).explanation, "fax-1");
    }
}

TEST_F(DoorClientOverZmq, a_door_that_opens_late_or_again_is_found) {
    auto client = DoorClient::connect(outside, {{endpoint, server.public_key}}, fax);
    ASSERT_TRUE(client) << client.error().message;
    EXPECT_FALSE(client->ask(envelope(1), 50ms)) << "nobody is there yet";
    for (std::uint64_t opening = 0; opening < 2; ++opening) {
        const LivingDoor door(endpoint, server, people);
        ASSERT_TRUE(door.open());
        const auto reply = client->ask(envelope(1 + opening), bus::kPatience);
        ASSERT_TRUE(reply) << reply.error().message;
    }
}

TEST_F(DoorClientOverZmq, of_two_doors_the_living_one_answers) {
    const LivingDoor door(endpoint, server, people);
    ASSERT_TRUE(door.open());
    auto client = DoorClient::connect(outside, {{"ipc://" + folder.file("nobody"), server.public_key}, {endpoint, server.public_key}}, fax);
    ASSERT_TRUE(client);
    EXPECT_TRUE(client->ask(envelope(1), bus::kPatience));
}

TEST_F(DoorClientOverZmq, a_server_that_does_not_hold_the_key_expected_hears_nothing) {
    const LivingDoor impostor(endpoint, bus::new_keys(), people);
    ASSERT_TRUE(impostor.open());
    auto client = DoorClient::connect(outside, {{endpoint, server.public_key}}, fax);
    ASSERT_TRUE(client);
    const auto reply = client->ask(envelope(1), 700ms);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().kind, base::ErrorKind::kUnavailable);
    EXPECT_EQ(impostor.heard(), 0);
}

TEST_F(DoorClientOverZmq, a_client_whose_key_nobody_knows_gets_no_answer) {
    const LivingDoor door(endpoint, server, people);
    ASSERT_TRUE(door.open());
    auto client = DoorClient::connect(outside, {{endpoint, server.public_key}}, bus::new_keys());
    ASSERT_TRUE(client);
    const auto reply = client->ask(envelope(1), 700ms);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().kind, base::ErrorKind::kUnavailable);
    EXPECT_EQ(door.heard(), 0);
}

}  // namespace
}  // namespace rightsdesk::client
