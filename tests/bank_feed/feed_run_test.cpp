// The feed over a bus and a journal in memory and a folder on the disk: a crash at every moment, and what the desk was told.
#include "bank_feed/feed_run.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "bank/reader.h"
#include "bus/worlds.h"
#include "client/memory_files.h"
#include "client/served_bus.h"
#include "domain/civil.h"
#include "support/files.h"
#include "support/folder.h"
#include "wire/wire.h"

namespace rightsdesk::bank_feed {
namespace {

using client::MemoryDisk;
using domain::Command;
using domain::ConfirmClearance;
using domain::ConfirmWire;
using domain::ReportFileSetAside;
using domain::ReportFileTaken;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

struct Crash {};

// A BAI2 file of these records 16; `wrong`: its control total is.
std::string file_of(const std::vector<std::pair<std::string, int>>& entries, bool wrong = false) {
    int total = 0;
    std::string text = "01,HARBOR,AGENT,020628,1700,7,80,1,2/\n02,AGENT,021000021,1,020628,1700,USD,2/\n03,4400-1,,,,,/\n";
    for (const auto& [entry, amount] : entries) {
        text += entry + "/\n";
        total += amount;
    }
    const std::string sum = std::to_string(total + (wrong ? 1 : 0));
    const auto count = [&](std::size_t more) { return std::to_string(entries.size() + more); };
    return text + "49," + sum + "," + count(2) + "/\n98," + sum + ",1," + count(4) + "/\n99," + sum + ",1," + count(6) + "/\n";
}
std::string wires_of(const std::vector<int>& numbers) {
    std::vector<std::pair<std::string, int>> entries;
    entries.reserve(numbers.size());
    for (const int number : numbers) entries.emplace_back("16,195,100000,0,HS-" + std::to_string(number) + ",,WIRE IN", 100'000);
    return file_of(entries);
}

class Feeding : public testing::Test {
protected:
    Feeding() { door = service.open_door("clearing", server, people).value(); }

    void put(const std::string& name, const std::string& text) const {
        fs::create_directories(folder / "in");
        support::write_file(folder / ("in/" + name), text);
    }
    // A feed from its start until nothing is left to do, or the crash.
    void work(std::size_t crash_after = static_cast<std::size_t>(-1)) {
        moments_left = crash_after;
        std::optional<DropFolder> drop;
        std::unique_ptr<client::Sender> sender;
        disk.on_sync = [this] { moment(); };
        try {
            drop.emplace(DropFolder::open(folder.path(), 0ms).value());
            sender = client::Sender::open(outside, std::make_unique<client::MemoryFiles>(disk), "bank-1", {{"payment_clearing", {{"clearing", server.public_key}}}}, bank, sender_limits()).value();
            FeedSettings settings;
            settings.source = "bank-1";
            settings.watermark_every = 3'600s;
            settings.watermark_behind = 0s;
            settings.rescan = 0ms;
            FeedRun run(
                *drop, *sender, settings, [](std::string_view) { return base::Result<bank::Profile>(bank::generic_profile()); }, [this] { return std::optional(now); },
                [this](const runtime::Json& line) {
                    said.push_back(line);
                    moment();
                });
            ASSERT_TRUE(run.recover());
            const auto until_idle = [&run] {
                return bus::eventually([&run] {
                    EXPECT_TRUE(run.step(1ms));
                    return run.is_idle();
                });
            };
            ASSERT_TRUE(until_idle());
            run.ask_for_watermark();  // as --once does at its end
            ASSERT_TRUE(until_idle());
            left_aside = run.set_aside();
        } catch (const Crash&) {
            crashed = true;
        }
        disk.on_sync = nullptr;
    }
    // One moment at which a crash may come.
    void moment() {
        if (moments_left-- == 0) throw Crash{};
        ++moments;
    }
    void serve() {
        for (const bus::Request& request : door->receive(10'000)) {
            const auto envelope = wire::decode_envelope(request.bytes).value();
            const auto [known, fresh] = told.try_emplace(envelope.identity.sequence, std::get<Command>(envelope.body));
            EXPECT_TRUE(known->second == std::get<Command>(envelope.body)) << "one number, two messages";
            domain::Receipt receipt;
            receipt.identity = envelope.identity;
            receipt.kind = domain::ReceiptKind::kAccepted;
            receipt.sequence = envelope.identity.sequence;
            door->answer(request.peer, wire::encode(domain::Reply{receipt.identity, receipt}));
            if (!crashed) moment();
        }
    }
    template <class Message>
    [[nodiscard]] std::vector<Message> messages() const {
        std::vector<Message> found;
        for (const auto& [number, command] : told) {
            if (const auto* message = std::get_if<Message>(&command)) found.push_back(*message);
        }
        return found;
    }
    [[nodiscard]] std::set<std::string> names_in(const char* part) const {
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder / part)) names.insert(entry.path().filename().string());
        return names;
    }
    void forget() {
        disk = MemoryDisk();
        told.clear();
        said.clear();
        moments = 0;
        crashed = false;
        for (const char* part : {"in", "done", "set-aside", "waiting"}) fs::remove_all(folder / part);
    }

    support::Folder folder{"feed"};
    MemoryDisk disk;
    std::shared_ptr<bus::MemoryNetwork> network = std::make_shared<bus::MemoryNetwork>();
    bus::MemoryBus service{network};
    client::ServedBus outside{network, [this] { serve(); }};
    bus::KeyPair server = bus::new_keys();
    bus::KeyPair bank = bus::new_keys();
    bus::Directory people = bus::directory_of({{bank.public_key, "bank-1"}});
    std::unique_ptr<bus::Door> door;
    domain::Instant now = domain::parse_instant("2002-06-28T18:00:00-04:00").value();
    std::map<std::uint64_t, Command> told;
    std::vector<runtime::Json> said;
    std::size_t moments_left = 0;
    std::size_t moments = 0;
    std::size_t left_aside = 0;
    bool crashed = false;
};

TEST_F(Feeding, tells_what_the_files_say_then_the_watermark) {
    put("a.bai", wires_of({1, 2}));
    put("b.bai", wires_of({3}));
    work();
    EXPECT_EQ(messages<ConfirmWire>().size(), 3U);
    EXPECT_EQ(names_in("done").size(), 4U);
    EXPECT_TRUE(names_in("in").empty());
    ASSERT_EQ(messages<domain::AdvanceWatermark>().size(), 1U);
    EXPECT_EQ(messages<domain::AdvanceWatermark>()[0].through, now);
}

TEST_F(Feeding, a_crash_at_any_moment_loses_nothing_and_doubles_nothing) {
    const auto put_all = [&] {
        put("a.bai", wires_of({1, 2, 3}));
        put("b.bai", file_of({{"16,195,100000,0,HS-9,,WIRE", 100'000}}, true));
        put("c.bai", wires_of({4}));
    };
    put_all();
    work();
    const std::size_t in_all = moments;
    ASSERT_GT(in_all, 10U);
    for (std::size_t moment = 0; moment < in_all; ++moment) {
        // What of the last, unfinished writing is left: nothing, a piece, all of it.
        for (const std::size_t torn : {std::size_t{0}, std::size_t{200}, std::size_t{1'000'000}}) {
            SCOPED_TRACE("moment " + std::to_string(moment) + ", torn " + std::to_string(torn));
            forget();
            put_all();
            work(moment);
            ASSERT_TRUE(crashed);
            disk.crash(torn);
            crashed = false;
            work();
            std::multiset<std::string> references;
            for (const ConfirmWire& wire : messages<ConfirmWire>()) references.insert(wire.references.servicer_reference);
            ASSERT_EQ(references, (std::multiset<std::string>{"HS-1", "HS-2", "HS-3", "HS-4"}));
            ASSERT_EQ(messages<ReportFileSetAside>().size(), 1U);
            ASSERT_EQ(names_in("set-aside"), (std::set<std::string>{"b.bai", "b.bai.reason.json"}));
            ASSERT_EQ(names_in("done").size(), 4U);
            ASSERT_TRUE(names_in("in").empty());
            ASSERT_TRUE(messages<domain::AdvanceWatermark>().empty()) << "it waits for what is set aside";
        }
    }
}

TEST_F(Feeding, one_bad_entry_sets_the_whole_file_aside_and_its_end_is_told) {
    const std::string good = wires_of({1, 2});
    std::string bad = good;
    bad.replace(bad.find("16,195,100000,0,HS-2"), 6, "16,19X");
    put("june.bai", bad);
    work();
    EXPECT_TRUE(messages<ConfirmWire>().empty()) << "nothing of it";
    ASSERT_EQ(messages<ReportFileSetAside>().size(), 1U);
    EXPECT_EQ(messages<ReportFileSetAside>()[0].file, "june.bai");
    EXPECT_NE(messages<ReportFileSetAside>()[0].why.find("line 5, record 16"), std::string::npos) << messages<ReportFileSetAside>()[0].why;
    EXPECT_EQ(left_aside, 1U);
    EXPECT_NE(support::text_of_file(folder / "set-aside/june.bai.reason.json").find("line 5"), std::string::npos);
    fs::remove(folder / "set-aside/june.bai");
    put("june.bai", good);
    work();
    EXPECT_EQ(messages<ConfirmWire>().size(), 2U);
    ASSERT_EQ(messages<ReportFileTaken>().size(), 1U);
    EXPECT_TRUE(names_in("set-aside").empty());
    EXPECT_EQ(messages<domain::AdvanceWatermark>().size(), 1U);
}

TEST_F(Feeding, a_deposit_is_told_on_the_day_that_it_becomes_available) {
    put("deposit.bai", file_of({{"16,175,500000,V,020701,,,,CHKN: 1007", 500'000}, {"16,195,100000,0,HS-1,,WIRE", 100'000}}));
    work();
    EXPECT_EQ(messages<ConfirmWire>().size(), 1U);
    EXPECT_TRUE(messages<ConfirmClearance>().empty());
    EXPECT_EQ(names_in("waiting").size(), 1U);
    now = domain::parse_instant("2002-06-30T23:59:00-04:00").value();
    work();
    EXPECT_TRUE(messages<ConfirmClearance>().empty());
    now = domain::parse_instant("2002-07-01T00:00:00-04:00").value();
    work();
    ASSERT_EQ(messages<ConfirmClearance>().size(), 1U);
    EXPECT_EQ(messages<ConfirmClearance>()[0].number, "1007");
    EXPECT_EQ(messages<ConfirmClearance>()[0].cleared_on, domain::parse_date("2002-07-01").value());
    EXPECT_EQ(messages<ConfirmWire>().size(), 1U) << "and nothing else of the file again";
    EXPECT_TRUE(names_in("waiting").empty());
}

TEST_F(Feeding, a_full_journal_takes_nothing_and_loses_nothing) {
    put("a.bai", wires_of({1}));
    disk.room = 100;
    auto drop = DropFolder::open(folder.path(), 0ms).value();
    const auto opened = client::Sender::open(outside, std::make_unique<client::MemoryFiles>(disk), "bank-1", {{"payment_clearing", {{"clearing", server.public_key}}}}, bank, sender_limits());
    if (opened) {
        moments_left = static_cast<std::size_t>(-1);
        FeedSettings settings;
        settings.source = "bank-1";
        settings.rescan = 0ms;
        FeedRun run(
            drop, **opened, settings, [](std::string_view) { return base::Result<bank::Profile>(bank::generic_profile()); }, [this] { return std::optional(now); },
            [this](const runtime::Json& line) { said.push_back(line); });
        ASSERT_TRUE(run.recover());
        for (int turn = 0; turn < 5; ++turn) EXPECT_TRUE(run.step(1ms));
        EXPECT_TRUE(told.empty());
        EXPECT_EQ(names_in("in"), std::set<std::string>{"a.bai"}) << "it stays until its messages are on the disk";
        disk.room = 1'000'000;
        ASSERT_TRUE(bus::eventually([&] {
            EXPECT_TRUE(run.step(1ms));
            return run.is_idle();
        }));
        EXPECT_EQ(messages<ConfirmWire>().size(), 1U);
    } else {
        EXPECT_EQ(opened.error().kind, base::ErrorKind::kUnavailable);
    }
}

}  // namespace
}  // namespace rightsdesk::bank_feed
