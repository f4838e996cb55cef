// A mail gateway over a folder on the disk and a desk in memory: every place at which it can die, a full disk, a folder that
// cannot be written, and what it tells of all that.
#include "mail_gateway/mail_run.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "bus/worlds.h"
#include "client/memory_files.h"
#include "client/served_bus.h"
#include "domain/civil.h"
#include "mail_gateway/message_identity.h"
#include "mail_gateway/scripted_pages.h"
#include "support/files.h"
#include "support/filled_form.h"
#include "support/mails.h"
#include "wire/wire.h"

namespace rightsdesk::mail_gateway {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using support::a_mail;

// In this process.
class DirectReader final : public MailReader {
public:
    base::Result<MimeMail> read(const std::string& message) override {
        if (absent) return base::unavailable("no reader now");
        return read_mime(message);
    }
    bool absent = false;
};

class MailRunTest : public testing::Test {
protected:
    MailRunTest() {
        for (const std::string name : {"intake", "payment_clearing"}) doors.push_back(service.open_door(name, server, bus::directory_of({{mail_key.public_key, "mail-1"}})).value());
        for (const char* part : {"tmp", "new", "cur"}) fs::create_directories(path("maildir/") + part);
    }
    [[nodiscard]] std::string path(const std::string& name) const { return folder.file(name); }

    void serve() {
        for (const auto& door : doors) {
            for (const bus::Request& request : door->receive(1'000)) {
                const auto envelope = wire::decode_envelope(request.bytes).value();
                const auto* command = std::get_if<domain::Command>(&envelope.body);
                const auto [first, anew] = heard.emplace(envelope.identity.sequence, *command);
                EXPECT_TRUE(anew || first->second == *command) << envelope.identity.sequence << " was used for two commands";
                domain::Receipt receipt;
                receipt.identity = envelope.identity;
                receipt.sequence = envelope.identity.sequence;
                door->answer(request.peer, wire::encode(domain::Reply{envelope.identity, receipt}));
            }
        }
    }

    // A gateway as after a start.
    struct Started {
        std::unique_ptr<Intray> intray;
        std::unique_ptr<client::Sender> sender;
        std::unique_ptr<MailRun> run = nullptr;
    };
    std::unique_ptr<Started> start() {
        auto sender = client::Sender::open(outside, std::make_unique<client::MemoryFiles>(disk), "mail-1",
                                           {{"intake", {{"intake", server.public_key}}}, {"payment_clearing", {{"payment_clearing", server.public_key}}}}, mail_key, mail_sender_limits());
        std::unique_ptr<Started> started(new Started{std::move(Intray::open(path("mail-1"), [this] { return now; }).value()), std::move(sender.value())});
        MailEvents events;
        events.taken = [this](const std::string&, const MailItems&) { ++taken; };
        events.receipt = [this](const std::string& name, const client::Settled& settled) { receipts[name] = settled.number; };
        events.aside = [this](const std::string& name, const std::string& why) { aside[name] = why; };
        events.trouble = [this](const std::string& text) { troubles.push_back(text); };
        MaildirSettings maildir{path("maildir"), "notices@agent.example"};
        maildir.message_octets = 1'000'000;
        MailRunSettings settings{"mail-1", watermark_every, 0s, 0ms};
        started->run = std::make_unique<MailRun>(MailRun::Parts{*started->intray, *started->sender, reader, pages}, std::vector<Maildir>{Maildir(maildir)}, settings, events);
        EXPECT_TRUE(started->run->recover());
        return started;
    }
    static void finish(Started& started) {
        EXPECT_TRUE(bus::eventually([&] {
            EXPECT_TRUE(started.run->step(1ms));
            return started.run->is_idle();
        }));
    }
    static std::string keep(Started& started, const std::string& message, bool mail_room = false) {
        Arrival arrival{"lmtp", mail_room, "ops@broker.example", {"notices@agent.example"}};
        arrival.message = message;
        EXPECT_TRUE(started.intray->keep(std::move(arrival)));
        return message_name(message, mail_room);
    }
    static std::string message_name(const std::string& message, bool mail_room);
    [[nodiscard]] std::size_t files_in(const std::string& part) const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(path(part)), fs::directory_iterator()));
    }

    bus::Folder folder;
    client::MemoryDisk disk;
    std::shared_ptr<bus::MemoryNetwork> network = std::make_shared<bus::MemoryNetwork>();
    bus::MemoryBus service{network};
    client::ServedBus outside{network, [this] { serve(); }};
    bus::KeyPair server = bus::new_keys();
    bus::KeyPair mail_key = bus::new_keys();
    std::vector<std::unique_ptr<bus::Door>> doors;
    std::map<std::uint64_t, domain::Command> heard;
    std::map<std::string, std::uint64_t> receipts;
    std::map<std::string, std::string> aside;
    std::vector<std::string> troubles;
    std::size_t taken = 0;
    DirectReader reader;
    ScriptedPages pages;
    std::chrono::seconds watermark_every{0};
    std::optional<domain::Instant> now = *domain::parse_instant("2002-06-26T15:00:00Z");
};

std::string MailRunTest::message_name(const std::string& message, bool mail_room) { return message_id_of(message, mail_room); }

const std::string kEnvelope = a_mail().from_the_mail_room("2002-06-26T10:15:00-04:00", "envelope-7").tiff("notice.tif").tiff("second.tif", support::a_tiff("2")).pdf("third.pdf").made();

TEST_F(MailRunTest, takes_a_message_from_its_acknowledgement_to_its_receipts) {
    const auto gateway = start();
    const std::string id = keep(*gateway, a_mail().text(support::fill_form(7).text).pdf("x.pdf").made());
    finish(*gateway);
    EXPECT_EQ(heard.size(), 2U);
    EXPECT_EQ(receipts, (std::map<std::string, std::uint64_t>{{id + ".1", 1}, {id + ".2", 2}}));
    EXPECT_EQ(files_in("mail-1/received"), 0U);
    EXPECT_TRUE(fs::exists(path("mail-1/taken/" + id + ".mail")));
    EXPECT_EQ(files_in("mail-1/receipts"), 2U);
    const auto record = nlohmann::json::parse(support::text_of_file(path("mail-1/taken/" + id + ".json")));
    EXPECT_EQ(record.at("items").at(1).at("id"), "mail-1.2");
    EXPECT_EQ(record.at("parts").size(), 2U);
    EXPECT_EQ(record.at("claimed").at("sender"), "ops@broker.example");
    EXPECT_EQ(gateway->run->left_behind(), 0U);
}

TEST_F(MailRunTest, takes_a_maildir_and_the_same_message_once) {
    const auto gateway = start();
    const std::string message = a_mail().pdf("x.pdf").made();
    keep(*gateway, "Received: by lmtp\r\n" + message);
    support::write_file(path("maildir/new/1.x"), "Received: by maildir\n" + message);
    finish(*gateway);
    EXPECT_EQ(heard.size(), 1U);
    EXPECT_EQ(files_in("maildir/cur"), 1U);
}

// The journal has some items of a message, or all, and the message is still in received/, or already moved: dead between any two steps.
TEST_F(MailRunTest, sends_each_item_once_wherever_it_dies) {
    for (const std::size_t journalled : {0U, 1U, 2U, 3U}) {
        for (const bool durable : {true, false}) {
            SCOPED_TRACE(std::to_string(journalled) + (durable ? " durable" : " not durable"));
            heard.clear();
            receipts.clear();
            disk = {};
            fs::remove_all(path("mail-1"));
            std::string id;
            {
                const auto gateway = start();
                id = keep(*gateway, kEnvelope, true);
                const ReceivedMail mail = gateway->intray->load(id).value();
                const MailItems items = items_of(mail, read_mime(mail.message), pages, "mail-1");
                ASSERT_EQ(items.items.size(), 3U);
                for (std::size_t each = 0; each < journalled; ++each) {
                    const MailItem& item = items.items[each];
                    ASSERT_TRUE(gateway->sender->submit({base::to_text(item.sent.door), item.sent.command, item.sent.stamp, id + "." + item.name}));
                }
                if (durable) {
                    ASSERT_TRUE(gateway->sender->keep());
                }
            }
            disk.crash();
            const auto gateway = start();
            finish(*gateway);
            EXPECT_EQ(heard.size(), 3U);
            EXPECT_EQ(receipts.size(), 3U);
            std::set<std::string> documents;
            for (const auto& [number, command] : heard) documents.insert(std::get<domain::SubmitNotice>(command).document.value);
            EXPECT_EQ(documents.size(), 3U);
            EXPECT_EQ(files_in("mail-1/received"), 0U);
            EXPECT_EQ(gateway->sender->next_number(), 4U) << "no number was given out for nothing";
        }
    }
}

TEST_F(MailRunTest, sends_nothing_that_it_could_not_move) {
    const auto gateway = start();
    keep(*gateway, kEnvelope, true);
    support::break_folder(path("mail-1/taken"));
    for (int step = 0; step < 5; ++step) EXPECT_TRUE(gateway->run->step(0ms));
    EXPECT_TRUE(heard.empty());
    ASSERT_EQ(troubles.size(), 1U) << "told once";
    support::mend_folder(path("mail-1/taken"));
    finish(*gateway);
    EXPECT_EQ(heard.size(), 3U);
    EXPECT_EQ(taken, 1U);
}

TEST_F(MailRunTest, takes_nothing_while_its_journal_is_full) {
    const auto gateway = start();
    keep(*gateway, kEnvelope, true);
    disk.room = 20;
    for (int step = 0; step < 3; ++step) EXPECT_TRUE(gateway->run->step(0ms));
    EXPECT_TRUE(heard.empty());
    EXPECT_EQ(files_in("mail-1/taken"), 0U);
    disk.room = 1'000'000;
    finish(*gateway);
    EXPECT_EQ(heard.size(), 3U);
}

TEST_F(MailRunTest, asks_again_for_a_receipt_that_it_could_not_write) {
    const auto gateway = start();
    keep(*gateway, a_mail().pdf("x.pdf").made());
    support::break_folder(path("mail-1/receipts"));
    for (int step = 0; step < 5; ++step) EXPECT_TRUE(gateway->run->step(1ms));
    EXPECT_EQ(heard.size(), 1U);
    EXPECT_TRUE(receipts.empty());
    support::mend_folder(path("mail-1/receipts"));
    finish(*gateway);
    EXPECT_EQ(receipts.size(), 1U);
}

TEST_F(MailRunTest, waits_for_its_reader_and_answers_meanwhile) {
    const auto gateway = start();
    reader.absent = true;
    keep(*gateway, kEnvelope, true);
    for (int step = 0; step < 10; ++step) EXPECT_TRUE(gateway->run->step(0ms));
    EXPECT_EQ(troubles, std::vector<std::string>{"no message is taken: no reader now"});
    reader.absent = false;
    finish(*gateway);
    EXPECT_EQ(heard.size(), 3U);
}

TEST_F(MailRunTest, puts_aside_what_is_damaged_or_too_large_and_holds_the_watermark) {
    watermark_every = 1s;
    const auto gateway = start();
    const std::string id = keep(*gateway, a_mail("damaged").pdf("x.pdf").made());
    support::write_file(path("mail-1/received/" + id + ".mail"), "{}\n");
    const std::string large = keep(*gateway, a_mail("large").pdf("x.pdf", support::a_pdf(std::string(4'000'000, 'x'))).made());
    support::write_file(path("maildir/new/huge"), std::string(1'000'001, 'x'));
    finish(*gateway);
    EXPECT_EQ(aside.size(), 3U);
    EXPECT_TRUE(aside.contains("huge"));
    EXPECT_TRUE(fs::exists(path("mail-1/aside/" + id + ".mail")));
    EXPECT_TRUE(fs::exists(path("mail-1/aside/" + large + ".1")));
    gateway->run->ask_for_watermark();
    for (int step = 0; step < 5; ++step) EXPECT_TRUE(gateway->run->step(0ms));
    EXPECT_TRUE(heard.empty()) << "no watermark";
    EXPECT_EQ(gateway->run->left_behind(), 3U);
}

TEST_F(MailRunTest, tells_the_watermark_once_all_has_its_receipt) {
    watermark_every = 3'600s;
    const auto gateway = start();
    keep(*gateway, a_mail().pdf("x.pdf").made());
    finish(*gateway);
    EXPECT_TRUE(bus::eventually([&] {
        EXPECT_TRUE(gateway->run->step(1ms));
        return heard.size() == 2U;
    }));
    const auto& watermark = std::get<domain::AdvanceWatermark>(heard.rbegin()->second);
    EXPECT_EQ(watermark.through, *now);
    EXPECT_TRUE(std::holds_alternative<domain::SubmitNotice>(heard.begin()->second));
}

TEST_F(MailRunTest, sends_what_is_stamped_behind_the_watermark_and_tells_it) {
    watermark_every = 3'600s;
    const auto gateway = start();
    finish(*gateway);
    EXPECT_TRUE(bus::eventually([&] {
        EXPECT_TRUE(gateway->run->step(1ms));
        return gateway->sender->watermark().has_value();
    }));
    keep(*gateway, kEnvelope, true);  // stamped by the mail room an hour ago
    finish(*gateway);
    EXPECT_EQ(heard.size(), 4U);
    bool told = false;
    for (const std::string& text : troubles) told = told || text.find("--watermark-behind is too short") != std::string::npos;
    EXPECT_TRUE(told);
}

}  // namespace
}  // namespace rightsdesk::mail_gateway
