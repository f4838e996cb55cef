// Many messages through a journal and a window: over a bus and a disk in memory, where every crash is set.
#include "client/sender.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "bus/worlds.h"
#include "client/memory_files.h"
#include "client/served_bus.h"
#include "support/scale.h"
#include "wire/wire.h"

namespace rightsdesk::client {
namespace {

using base::ErrorKind;
using bus::Request;
using domain::Instant;
using domain::Receipt;
using domain::ReceiptKind;
using domain::Reply;
using namespace std::chrono_literals;

Outgoing telling(std::int64_t stamp, const std::string& label = "") {
    return {"intake", domain::Command(domain::RejectNotice{"an-offering", "fax-1." + std::to_string(stamp), "for the test"}), Instant(stamp), label};
}

// A desk with two instances of one door: decides each number once, and gives the same bytes for a repeat.
class SenderInMemory : public testing::Test {
protected:
    SenderInMemory() {
        for (const char* endpoint : {"first", "second"}) doors[endpoint] = service.open_door(endpoint, server, people).value();
    }

    base::Result<std::unique_ptr<Sender>> try_open(const SenderLimits& limits = {}) {
        return Sender::open(outside, std::make_unique<MemoryFiles>(disk), "fax-1", {{"intake", {{"first", server.public_key}, {"second", server.public_key}}}}, fax, limits);
    }
    std::unique_ptr<Sender> opened(const SenderLimits& limits = {}) { return try_open(limits).value(); }

    void serve() {
        std::size_t answers = 0;
        for (auto& [endpoint, door] : doors) {
            for (const Request& request : door->receive(10'000)) {
                const auto envelope = wire::decode_envelope(request.bytes).value();
                const std::uint64_t number = envelope.identity.sequence;
                if (on_request) on_request(number, request.bytes);
                ++heard[endpoint];
                const auto [known, fresh] = bodies.try_emplace(number, request.bytes);
                EXPECT_EQ(known->second, request.bytes) << "number " << number << " came with other bytes";
                if (is_mute || (mute_first && endpoint == "first")) continue;
                if (answers++ >= answers_a_time) {
                    door->answer(request.peer, wire::encode(reply(number, ReceiptKind::kRetryLater)));
                    ++told_later;
                    continue;
                }
                decided.insert(number);
                if (const auto* watermark = std::get_if<domain::Command>(&envelope.body)) {
                    if (const auto* told = std::get_if<domain::AdvanceWatermark>(watermark)) watermarks[number] = told->through;
                }
                door->answer(request.peer, wire::encode(reply(number, ReceiptKind::kAccepted)));
            }
        }
    }
    static Reply reply(std::uint64_t number, ReceiptKind kind) {
        Receipt receipt;
        receipt.identity = {"fax-1", number};
        receipt.kind = kind;
        receipt.sequence = number;
        receipt.explanation = kind == ReceiptKind::kRetryLater ? "too much at once" : "";
        return {receipt.identity, receipt};
    }

    // Turns until nothing is unsettled; the settled by number.
    static std::map<std::uint64_t, Settled> finish(Sender& sender) {
        std::map<std::uint64_t, Settled> all;
        EXPECT_TRUE(bus::eventually([&] {
            const auto turned = sender.turn(5ms);
            for (const Settled& settled : turned.value()) EXPECT_TRUE(all.emplace(settled.number, settled).second) << settled.number << " was settled twice";
            return sender.status().unsettled == 0;
        })) << sender.status().last_problem;
        return all;
    }
    // What the disk would have if the machine died now.
    std::vector<std::uint64_t> unsettled_on_disk() {
        MemoryDisk copy = disk;
        copy.crash();
        std::vector<std::uint64_t> numbers;
        const auto journal = Journal::look(std::make_unique<MemoryFiles>(copy)).value();
        for (const auto& [number, message] : journal->unsettled()) numbers.push_back(number);
        return numbers;
    }

    MemoryDisk disk;
    std::shared_ptr<bus::MemoryNetwork> network = std::make_shared<bus::MemoryNetwork>();
    bus::MemoryBus service{network};
    ServedBus outside{network, [this] { serve(); }};
    bus::KeyPair server = bus::new_keys();
    bus::KeyPair fax = bus::new_keys();
    bus::Directory people = bus::directory_of({{fax.public_key, "fax-1"}});
    std::map<std::string, std::unique_ptr<bus::Door>> doors;
    std::map<std::string, std::size_t> heard;
    std::map<std::uint64_t, bus::Bytes> bodies;
    std::set<std::uint64_t> decided;
    std::map<std::uint64_t, Instant> watermarks;
    std::function<void(std::uint64_t, const bus::Bytes&)> on_request;
    std::size_t answers_a_time = 1'000'000;
    std::size_t told_later = 0;
    bool is_mute = false;
    bool mute_first = false;
};

TEST_F(SenderInMemory, settles_many_with_few_synchronisations) {
    const auto sender = opened();
    const std::size_t before = disk.syncs;
    for (int at = 1; at <= 1'000; ++at) ASSERT_TRUE(sender->submit(telling(at, "fax-" + std::to_string(at))));
    const auto settled = finish(*sender);
    ASSERT_EQ(settled.size(), 1'000U);
    for (const auto& [number, each] : settled) {
        EXPECT_EQ(each.label, "fax-" + std::to_string(number));
        EXPECT_EQ(each.receipt.sequence, number);
        EXPECT_EQ(each.reply, wire::encode(reply(number, ReceiptKind::kAccepted)));
        EXPECT_GE(each.settled_after, each.answered_after);
    }
    EXPECT_LE(disk.syncs - before, 10U);
    EXPECT_TRUE(unsettled_on_disk().empty());
}

TEST_F(SenderInMemory, sends_nothing_before_it_is_on_the_disk) {
    on_request = [this](std::uint64_t number, const bus::Bytes& bytes) {
        MemoryDisk copy = disk;
        copy.crash();
        const auto journal = Journal::open(std::make_unique<MemoryFiles>(copy), "fax-1").value();
        ASSERT_TRUE(journal->unsettled().contains(number)) << number << " came before it was on the disk";
        ASSERT_EQ(journal->read(number).value(), bytes);
    };
    const auto sender = opened({.window = 8});
    for (int at = 1; at <= 60; ++at) {
        ASSERT_TRUE(sender->submit(telling(at)));
        if (at % 7 == 0) {
            ASSERT_TRUE(sender->turn(0ms));
        }
    }
    finish(*sender);
    EXPECT_EQ(decided.size(), 60U);
}

TEST_F(SenderInMemory, calls_nothing_settled_before_its_receipt_is_on_the_disk) {
    const auto sender = opened();
    for (int at = 1; at <= 20; ++at) ASSERT_TRUE(sender->submit(telling(at)));
    ASSERT_TRUE(sender->turn(0ms)->empty()) << "answered, but not on the disk";
    EXPECT_EQ(decided.size(), 20U);
    EXPECT_EQ(unsettled_on_disk().size(), 20U);
    EXPECT_EQ(sender->turn(0ms)->size(), 20U);
    EXPECT_TRUE(unsettled_on_disk().empty());
}

TEST_F(SenderInMemory, keeps_its_bounds_while_nobody_answers) {
    is_mute = true;
    const auto sender = opened({.unsettled = 50, .window = 10});
    for (int at = 1; at <= 50; ++at) ASSERT_TRUE(sender->submit(telling(at)));
    EXPECT_FALSE(sender->has_room());
    const auto refused = sender->submit(telling(51));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
    for (int turn = 0; turn < 5; ++turn) ASSERT_TRUE(sender->turn(0ms));
    EXPECT_EQ(heard["first"] + heard["second"], 10U) << "the window";
    is_mute = false;
    finish(*sender);
    EXPECT_EQ(decided.size(), 50U);
    EXPECT_TRUE(sender->has_room());
}

TEST_F(SenderInMemory, bounds_what_waits_by_its_octets) {
    const auto sender = opened({.unsettled_octets = 2'000});
    std::size_t taken = 0;
    while (sender->has_room()) {
        ASSERT_TRUE(sender->submit(telling(static_cast<std::int64_t>(++taken))));
        ASSERT_LT(taken, 50U);
    }
    EXPECT_GT(taken, 2U);
    EXPECT_LT(sender->status().unsettled_octets, 3'000U);
}

TEST_F(SenderInMemory, slows_down_when_asked_to_and_takes_it_for_no_answer) {
    answers_a_time = 5;
    const auto sender = opened({.window = 64});
    for (int at = 1; at <= 200; ++at) ASSERT_TRUE(sender->submit(telling(at)));
    std::size_t smallest = 64;
    std::size_t settled = 0;
    ASSERT_TRUE(bus::eventually([&] {
        settled += sender->turn(5ms).value().size();
        smallest = std::min(smallest, sender->status().window);
        return sender->status().unsettled == 0;
    }));
    EXPECT_EQ(settled, 200U);
    EXPECT_LT(smallest, 64U);
    EXPECT_GE(smallest, kSmallestWindow);
    EXPECT_EQ(sender->status().retries_later, told_later);
    EXPECT_GT(told_later, 0U);
    EXPECT_LT(told_later, 400U) << "it does not insist";
}

TEST_F(SenderInMemory, goes_to_the_next_instance_with_the_same_bytes) {
    mute_first = true;
    const auto sender = opened();
    for (int at = 1; at <= 30; ++at) ASSERT_TRUE(sender->submit(telling(at)));
    EXPECT_EQ(finish(*sender).size(), 30U);
    EXPECT_EQ(heard["first"], 30U);
    EXPECT_EQ(heard["second"], 30U);
    EXPECT_EQ(sender->status().resent, 30U);
}

TEST_F(SenderInMemory, sends_again_when_answers_are_lost) {
    network->drop_answers(true);
    const auto sender = opened();
    for (int at = 1; at <= 30; ++at) ASSERT_TRUE(sender->submit(telling(at)));
    ASSERT_TRUE(sender->turn(0ms));
    EXPECT_EQ(decided.size(), 30U);
    network->drop_answers(false);
    EXPECT_EQ(finish(*sender).size(), 30U);
    EXPECT_TRUE(sender->turn(0ms)->empty()) << "a second answer settles nothing";
}

TEST_F(SenderInMemory, files_no_receipt_that_could_not_be_handed_over) {
    const auto sender = opened();
    bool refuses = true;
    std::size_t handed = 0;
    sender->hand_over_to([&](const std::vector<Settled>& answers) -> base::Result<> {
        if (refuses) return base::unavailable("the folder for receipts is full");
        handed += answers.size();
        return {};
    });
    for (int at = 1; at <= 10; ++at) ASSERT_TRUE(sender->submit(telling(at)));
    for (int turn = 0; turn < 3; ++turn) EXPECT_TRUE(sender->turn(1ms)->empty());
    EXPECT_EQ(unsettled_on_disk().size(), 10U);
    EXPECT_EQ(sender->status().last_problem, "the folder for receipts is full");
    refuses = false;
    EXPECT_EQ(finish(*sender).size(), 10U);
    EXPECT_EQ(handed, 10U);
}

TEST_F(SenderInMemory, takes_up_where_it_died) {
    {
        is_mute = true;
        const auto sender = opened();
        for (int at = 1; at <= 20; ++at) ASSERT_TRUE(sender->submit(telling(at)));
        ASSERT_TRUE(sender->turn(0ms));
        for (int at = 21; at <= 25; ++at) ASSERT_TRUE(sender->submit(telling(at)));
    }
    disk.crash();
    is_mute = false;
    const auto sender = opened();
    EXPECT_EQ(sender->next_number(), 21U) << "what was not synchronised was not sent, and its numbers are free";
    EXPECT_EQ(finish(*sender).size(), 20U);
    EXPECT_EQ(decided.size(), 20U);
}

TEST_F(SenderInMemory, refuses_what_it_cannot_send) {
    const auto sender = opened();
    EXPECT_EQ(sender->submit({"nowhere", telling(1).command}).error().kind, ErrorKind::kInvalid);
    domain::SubmitNotice large;
    large.document = base::Bytes(std::string(bus::kMaxMessageOctets, 'x'));
    EXPECT_EQ(sender->submit({"intake", domain::Command(large)}).error().kind, ErrorKind::kInvalid);
    EXPECT_FALSE(sender->journal().unsynced());
    EXPECT_EQ(sender->next_number(), 1U);
    ASSERT_TRUE(sender->submit(telling(1)));
    EXPECT_EQ(sender->submit_encoded({1, "intake", bus::Bytes(std::string("other"))}).error().kind, ErrorKind::kConflict);
}

TEST_F(SenderInMemory, says_that_the_disk_is_full_and_loses_nothing) {
    const auto sender = opened();
    ASSERT_TRUE(sender->submit(telling(1)));
    disk.room = 10;
    for (int turn = 0; turn < 3; ++turn) {
        const auto turned = sender->turn(0ms);
        ASSERT_FALSE(turned);
        EXPECT_EQ(turned.error().kind, ErrorKind::kUnavailable);
    }
    EXPECT_TRUE(decided.empty()) << "nothing is sent that is not on the disk";
    disk.room = 100'000;
    EXPECT_EQ(finish(*sender).size(), 1U);
}

TEST_F(SenderInMemory, tells_a_watermark_when_everything_before_it_has_its_receipt) {
    const auto sender = opened();
    EXPECT_FALSE(sender->watermark_due()) << "nothing was declared";
    ASSERT_TRUE(sender->submit(telling(100)));
    ASSERT_TRUE(sender->submit(telling(300)));
    sender->declare(Instant(200));
    EXPECT_EQ(sender->watermark_due(), Instant(99)) << "100 has no receipt";
    finish(*sender);
    EXPECT_EQ(sender->watermark_due(), Instant(200));
    const std::uint64_t number = sender->advance_watermark("intake").value();
    EXPECT_FALSE(sender->watermark_due());
    finish(*sender);
    EXPECT_EQ(watermarks[number], Instant(200));
    sender->declare(Instant(150));
    EXPECT_FALSE(sender->watermark_due()) << "it never goes back";
    const auto behind = sender->submit(telling(200));
    ASSERT_FALSE(behind);
    EXPECT_EQ(behind.error().kind, ErrorKind::kConflict);
    Outgoing known = telling(200);
    known.behind_watermark = true;
    EXPECT_TRUE(sender->submit(known));
}

// Whatever happens: each number one body, each settled message decided, none of what was kept lost, and no watermark
// ahead of a receipt or behind another.
TEST_F(SenderInMemory, keeps_its_promises_over_crashes_at_random_moments) {
    const unsigned seeds = support::counted(20U, 200U);
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        disk = {};
        bodies.clear();
        decided.clear();
        watermarks.clear();
        std::map<std::uint64_t, std::int64_t> kept;    // number to stamp: what is on the disk
        std::map<std::uint64_t, std::int64_t> fresh;   // not yet
        std::set<std::uint64_t> settled;
        std::int64_t stamp = 1'000;
        std::int64_t declared = 0;
        std::optional<Instant> told;
        auto sender = opened({.unsettled = 40, .window = 8, .journal = {.segment_octets = 2'000}});
        const auto turned = [&](const base::Result<std::vector<Settled>>& turn) {
            if (!turn) return;
            kept.merge(fresh);
            for (const Settled& each : *turn) {
                settled.insert(each.number);
                EXPECT_TRUE(decided.contains(each.number));
            }
        };
        for (int step = 0; step < 150; ++step) {
            network->drop_answers(random() % 4 == 0);
            answers_a_time = random() % 3 == 0 ? 2 : 1'000;
            const auto act = random() % 10;
            if (act < 4) {
                stamp += static_cast<std::int64_t>(random() % 3);
                if (const auto number = sender->submit(telling(std::max(stamp, declared + 1)))) fresh[*number] = std::max(stamp, declared + 1);
            } else if (act < 7) {
                turned(sender->turn(0ms));
            } else if (act == 7) {
                declared = std::max(declared, stamp - static_cast<std::int64_t>(random() % 5));
                sender->declare(Instant(declared));
                const auto due = sender->watermark_due();
                if (due) {
                    EXPECT_TRUE(!told || *due > *told);
                    for (const auto& [number, at] : kept) EXPECT_TRUE(at > due->value || !sender->journal().unsettled().contains(number)) << number;
                    for (const auto& [number, at] : fresh) EXPECT_GT(at, due->value) << number;
                    const auto number = sender->advance_watermark("intake");
                    if (number && sender->keep()) {
                        kept.merge(fresh);
                        told = due;
                        kept[*number] = INT64_MAX;
                    }
                }
            } else if (act == 8) {
                disk.syncs_fail = random() % 2 == 0;
                turned(sender->turn(0ms));
                disk.syncs_fail = false;
            } else if (random() % 3 == 0) {
                sender.reset();
                disk.crash(random() % 300);
                sender = opened({.unsettled = 40, .window = 8, .journal = {.segment_octets = 2'000}});
                EXPECT_EQ(sender->watermark().value_or(Instant()), told.value_or(Instant()));
                for (const auto& [number, message] : sender->journal().unsettled()) {
                    if (fresh.contains(number)) kept[number] = fresh[number];  // torn off behind it
                }
                fresh.clear();
                for (const auto& [number, at] : kept) {
                    if (sender->journal().unsettled().contains(number)) continue;
                    settled.insert(number);
                    EXPECT_TRUE(decided.contains(number)) << number;
                }
                sender->declare(Instant(declared));
            }
        }
        network->drop_answers(false);
        answers_a_time = 1'000;
        ASSERT_TRUE(bus::eventually([&] {
            turned(sender->turn(5ms));
            return sender->status().unsettled == 0;
        }));
        for (const auto& [number, at] : kept) EXPECT_TRUE(decided.contains(number)) << number << " was kept and never came";
        Instant before(INT64_MIN);
        for (const auto& [number, through] : watermarks) {
            EXPECT_LT(before, through);
            before = through;
        }
    }
}

TEST(SenderOverSockets, settles_many) {
    bus::IpcWorld world;
    bus::Folder folder;
    const auto server = bus::new_keys();
    const auto fax = bus::new_keys();
    const std::string endpoint = world.new_endpoint();
    const auto door = world.inside().open_door(endpoint, server, bus::directory_of({{fax.public_key, "fax-1"}})).value();
    const auto sender = Sender::open(world.outside(), DirectoryFiles::open_folder(folder.file("journal")).value(), "fax-1", {{"intake", {{endpoint, server.public_key}}}}, fax).value();
    constexpr std::size_t kMany = 3'000;
    std::size_t submitted = 0;
    std::size_t settled = 0;
    EXPECT_TRUE(bus::eventually([&] {
        while (submitted < kMany && sender->has_room()) EXPECT_TRUE(sender->submit(telling(static_cast<std::int64_t>(++submitted))));
        settled += sender->turn(1ms).value().size();
        for (const Request& request : door->receive(1'000)) {
            Receipt receipt;
            receipt.identity = wire::decode_envelope(request.bytes).value().identity;
            door->answer(request.peer, wire::encode(Reply{receipt.identity, receipt}));
        }
        return settled == kMany;
    })) << settled << " of " << submitted << ", " << sender->status().last_problem;
}

}  // namespace
}  // namespace rightsdesk::client
