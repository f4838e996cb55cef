// A gateway over a spool on the disk and a desk in memory: what a crash between two steps, a full disk and a folder that
// cannot be written leave.
#include "rightsdesk/gateway_run.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "bus/worlds.h"
#include "client/memory_files.h"
#include "client/served_bus.h"
#include "domain/civil.h"
#include "support/files.h"
#include "wire/wire.h"

namespace rightsdesk::tools {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class GatewayRunTest : public testing::Test {
protected:
    GatewayRunTest() : door(service.open_door("intake", server, bus::directory_of({{fax.public_key, "fax-1"}})).value()) { fs::create_directories(path("in")); }

    [[nodiscard]] std::string path(const std::string& name) const { return folder.file(name); }
    void put(const std::string& name, const std::string& document, const std::string& second = "00") const {
        support::write_file(path("in/" + name), document);
        support::write_file(path("in/" + name + ".json"), R"({"kind": "notice", "address": "a", "stamp": "2002-06-26T10:15:)" + second + R"(Z"})");
    }

    void serve() {
        for (const bus::Request& request : door->receive(1'000)) {
            const auto envelope = wire::decode_envelope(request.bytes).value();
            const std::uint64_t number = envelope.identity.sequence;
            const auto* command = std::get_if<domain::Command>(&envelope.body);
            const auto* notice = std::get_if<domain::SubmitNotice>(command);
            if (notice != nullptr) heard.emplace(number, notice->document.value);
            domain::Receipt receipt;
            receipt.identity = envelope.identity;
            receipt.sequence = number;
            door->answer(request.peer, wire::encode(domain::Reply{envelope.identity, receipt}));
        }
    }

    // A gateway as after a start.
    struct Started {
        Spool spool;
        std::unique_ptr<client::Sender> sender;
        std::unique_ptr<GatewayRun> run = nullptr;
    };
    std::unique_ptr<Started> start() {
        auto sender = client::Sender::open(outside, std::make_unique<client::MemoryFiles>(disk), "fax-1",
                                           {{"intake", {{"intake", server.public_key}}}, {"payment_clearing", {{"nobody", server.public_key}}}}, fax);
        std::unique_ptr<Started> started(new Started{Spool::open(folder.file("")).value(), std::move(sender.value())});
        GatewayEvents events;
        events.receipt = [this](const std::string& name, const client::Settled& settled) { settled_of[name] = settled.number; };
        events.refused = [this](const std::string& name, const std::string& why) { refused[name] = why; };
        events.trouble = [this](const std::string& text) { troubles.push_back(text); };
        GatewaySettings settings{"fax-1", "intake", watermark_every, 0s, 0ms};
        started->run = std::make_unique<GatewayRun>(started->spool, *started->sender, settings, [this] { return now; }, events);
        EXPECT_TRUE(started->run->recover());
        return started;
    }
    static void finish(Started& started) {
        EXPECT_TRUE(bus::eventually([&] {
            EXPECT_TRUE(started.run->step(1ms));
            return started.run->is_idle();
        }));
    }
    [[nodiscard]] std::vector<std::string> files_of(const std::string& part) const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(path(part))) names.push_back(entry.path().filename());
        std::sort(names.begin(), names.end());
        return names;
    }

    bus::Folder folder;
    client::MemoryDisk disk;
    std::shared_ptr<bus::MemoryNetwork> network = std::make_shared<bus::MemoryNetwork>();
    bus::MemoryBus service{network};
    client::ServedBus outside{network, [this] { serve(); }};
    bus::KeyPair server = bus::new_keys();
    bus::KeyPair fax = bus::new_keys();
    std::unique_ptr<bus::Door> door;
    std::map<std::uint64_t, std::string> heard;
    std::map<std::string, std::uint64_t> settled_of;
    std::map<std::string, std::string> refused;
    std::vector<std::string> troubles;
    std::chrono::seconds watermark_every{0};
    domain::Instant now = *domain::parse_instant("2002-06-26T12:00:00Z");
};

TEST_F(GatewayRunTest, moves_a_document_through_its_folders) {
    put("one.txt", "first");
    put("two.txt", "second", "01");
    support::write_file(path("in/three.txt.part"), "still being written");
    const auto gateway = start();
    finish(*gateway);
    EXPECT_EQ(heard, (std::map<std::uint64_t, std::string>{{1, "first"}, {2, "second"}}));
    EXPECT_EQ(files_of("in"), std::vector<std::string>{"three.txt.part"});
    EXPECT_EQ(files_of("sent"), (std::vector<std::string>{"fax-1.1-one.txt", "fax-1.1-one.txt.json", "fax-1.2-two.txt", "fax-1.2-two.txt.json"}));
    EXPECT_EQ(files_of("receipts"), (std::vector<std::string>{"one.txt.receipt.json", "two.txt.receipt.json"}));
    EXPECT_NE(support::text_of_file(path("receipts/two.txt.receipt.json")).find("\"id\": \"fax-1.2\""), std::string::npos);
}

TEST_F(GatewayRunTest, a_document_of_any_name_has_its_receipt) {
    const std::string name = "caf\xE9.txt";  // Latin-1
    put(name, "first");
    const auto gateway = start();
    finish(*gateway);
    EXPECT_EQ(files_of("receipts"), std::vector<std::string>{name + ".receipt.json"});
}

TEST_F(GatewayRunTest, sends_nothing_that_it_could_not_move) {
    put("one.txt", "first");
    const auto gateway = start();
    support::break_folder(path("sent"));
    for (int step = 0; step < 5; ++step) EXPECT_TRUE(gateway->run->step(0ms));
    EXPECT_TRUE(heard.empty());
    ASSERT_EQ(troubles.size(), 1U) << "told once";
    EXPECT_NE(troubles[0].find("nothing more is taken from the spool"), std::string::npos);
    put("two.txt", "second");
    support::mend_folder(path("sent"));
    finish(*gateway);
    EXPECT_EQ(heard.size(), 2U);
}

TEST_F(GatewayRunTest, takes_nothing_while_its_journal_is_full) {
    put("one.txt", "first");
    const auto gateway = start();
    disk.room = 20;
    for (int step = 0; step < 3; ++step) EXPECT_TRUE(gateway->run->step(0ms));
    EXPECT_TRUE(heard.empty());
    EXPECT_EQ(files_of("in").size(), 2U) << "not claimed";
    EXPECT_NE(troubles.at(0).find("is full"), std::string::npos);
    disk.room = 1'000'000;
    finish(*gateway);
    EXPECT_EQ(heard.size(), 1U);
}

TEST_F(GatewayRunTest, asks_again_for_a_receipt_that_it_could_not_write) {
    put("one.txt", "first");
    const auto gateway = start();
    support::break_folder(path("receipts"));
    for (int step = 0; step < 5; ++step) EXPECT_TRUE(gateway->run->step(1ms));
    EXPECT_EQ(heard.size(), 1U);
    EXPECT_TRUE(settled_of.empty());
    support::mend_folder(path("receipts"));
    finish(*gateway);
    EXPECT_EQ(settled_of["one.txt"], 1U);
    EXPECT_EQ(files_of("receipts").size(), 1U);
}

// Every place between the steps at which it can die.
TEST_F(GatewayRunTest, gives_a_document_the_same_number_after_a_crash) {
    for (const int moved : {0, 1, 2}) {
        SCOPED_TRACE(moved);
        heard.clear();
        disk = {};
        for (const char* part : {"in", "sent", "receipts"}) {
            fs::remove_all(path(part));
            fs::create_directories(path(part));
        }
        put("one.txt", "first");
        {
            const auto gateway = start();
            const auto item = gateway->spool.read("one.txt", "fax-1").value();
            ASSERT_TRUE(gateway->sender->submit({"intake", item.command, item.stamp, "one.txt"}));
            ASSERT_TRUE(gateway->sender->keep());
        }
        if (moved > 0) fs::rename(path("in/one.txt"), path("sent/fax-1.1-one.txt"));
        if (moved > 1) fs::rename(path("in/one.txt.json"), path("sent/fax-1.1-one.txt.json"));
        disk.crash();
        const auto gateway = start();
        finish(*gateway);
        EXPECT_EQ(heard, (std::map<std::uint64_t, std::string>{{1, "first"}}));
        EXPECT_EQ(files_of("sent"), (std::vector<std::string>{"fax-1.1-one.txt", "fax-1.1-one.txt.json"}));
        EXPECT_TRUE(files_of("in").empty());
        EXPECT_EQ(files_of("receipts"), std::vector<std::string>{"one.txt.receipt.json"});
    }
}

TEST_F(GatewayRunTest, takes_another_document_of_the_same_name_for_another) {
    put("one.txt", "first");
    {
        const auto gateway = start();
        const auto item = gateway->spool.read("one.txt", "fax-1").value();
        ASSERT_TRUE(gateway->sender->submit({"intake", item.command, item.stamp, "one.txt"}));
        ASSERT_TRUE(gateway->sender->keep());
    }
    put("one.txt", "second");
    const auto gateway = start();
    ASSERT_EQ(troubles.size(), 1U);
    EXPECT_NE(troubles[0].find("its bytes are in the journal"), std::string::npos);
    finish(*gateway);
    EXPECT_EQ(heard, (std::map<std::uint64_t, std::string>{{1, "first"}, {2, "second"}}));
    put("one.txt", "third");
    finish(*gateway);
    EXPECT_EQ(heard.size(), 3U);
    EXPECT_EQ(files_of("receipts"), (std::vector<std::string>{"one.txt.fax-1.2.receipt.json", "one.txt.fax-1.3.receipt.json", "one.txt.receipt.json"}));
}

TEST_F(GatewayRunTest, tells_no_watermark_over_what_has_no_receipt) {
    watermark_every = 1s;
    put("one.txt", "first");
    support::write_file(path("in/alone.txt"), "no sidecar");
    const auto gateway = start();
    finish(*gateway);
    EXPECT_FALSE(gateway->sender->watermark());
    EXPECT_EQ(gateway->run->left_behind(), 1U);
    fs::remove(path("in/alone.txt"));
    gateway->run->ask_for_watermark();
    finish(*gateway);
    EXPECT_EQ(gateway->sender->watermark(), now);
    put("late.txt", "behind it");
    finish(*gateway);
    EXPECT_EQ(heard.size(), 2U) << "it is sent all the same";
    EXPECT_NE(troubles.back().find("late.txt is stamped at or before the watermark told"), std::string::npos);
}

TEST_F(GatewayRunTest, passes_over_what_it_cannot_read) {
    watermark_every = 1s;
    put("a.txt", "");
    fs::remove(path("in/a.txt"));
    fs::create_directory(path("in/a.txt"));  // as good as a bad sector
    put("b.txt", "readable");
    const auto gateway = start();
    EXPECT_TRUE(bus::eventually([&] {
        EXPECT_TRUE(gateway->run->step(1ms));
        return settled_of.contains("b.txt");
    }));
    EXPECT_TRUE(fs::exists(path("in/a.txt.json")));
    EXPECT_NE(troubles.at(0).find("a.txt cannot be read and stays in in/"), std::string::npos);
    EXPECT_FALSE(gateway->run->is_idle());
    EXPECT_FALSE(gateway->sender->watermark());
    fs::remove(path("in/a.txt"));
    put("a.txt", "mended");
    finish(*gateway);
    EXPECT_EQ(heard.size(), 2U);
}

TEST_F(GatewayRunTest, puts_aside_what_it_cannot_send) {
    support::write_file(path("in/a.txt.json"), "{}");
    support::write_file(path("in/b.txt"), std::string(3U * 1024U * 1024U + 1, 'x'));
    support::write_file(path("in/b.txt.json"), R"({"kind": "notice", "address": "a", "stamp": "file"})");
    const auto gateway = start();
    finish(*gateway);
    EXPECT_EQ(refused.size(), 2U);
    EXPECT_EQ(files_of("refused"), (std::vector<std::string>{"a.txt.json", "a.txt.reason.txt", "b.txt", "b.txt.json", "b.txt.reason.txt"}));
    support::write_file(path("in/a.txt.json"), "{}");
    finish(*gateway);
    EXPECT_TRUE(fs::exists(path("refused/a.txt.2.json"))) << "nothing is written over";
    EXPECT_TRUE(heard.empty());
}

}  // namespace
}  // namespace rightsdesk::tools
