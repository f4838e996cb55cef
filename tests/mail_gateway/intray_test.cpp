#include "mail_gateway/intray.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "domain/civil.h"
#include "support/files.h"
#include "support/folder.h"

namespace rightsdesk::mail_gateway {
namespace {

namespace fs = std::filesystem;

domain::Instant at(const std::string& text) { return domain::parse_instant(text).value(); }

class IntrayTest : public testing::Test {
protected:
    std::unique_ptr<Intray> open(const IntrayLimits& limits = {}) {
        return Intray::open(folder.file("mail-1"), [this] { return now; }, limits).value();
    }
    static Arrival arrival(const std::string& message) {
        Arrival made{"lmtp", false, "ops@broker.example", {"notices@agent.example"}};
        made.message = message;
        return made;
    }

    support::Folder folder;
    std::optional<domain::Instant> now = at("2002-06-26T14:15:00Z");
};

TEST_F(IntrayTest, keeps_a_message_as_it_came) {
    const auto intray = open();
    const std::string octets("Subject: x\r\n\r\n\0\xff\n{\"id\": 1}\n", 30);
    ASSERT_EQ(intray->keep(arrival(octets)).value(), Keeping::kKept);
    const auto ids = intray->list().value();
    ASSERT_EQ(ids.size(), 1U);
    const ReceivedMail mail = intray->load(ids[0]).value();
    EXPECT_EQ(mail.message, octets);
    EXPECT_EQ(mail.stamp, *now);
    EXPECT_EQ(mail.sender, "ops@broker.example");
    EXPECT_EQ(mail.recipients, std::vector<std::string>{"notices@agent.example"});
    EXPECT_FALSE(mail.mail_room);
    EXPECT_EQ(fs::status(folder.file("mail-1/received/" + ids[0] + ".mail")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(IntrayTest, knows_a_message_again_wherever_it_is) {
    auto intray = open();
    const std::string message = "Subject: x\r\n\r\nx\r\n";
    ASSERT_EQ(intray->keep(arrival(message)).value(), Keeping::kKept);
    now = at("2002-06-26T15:00:00Z");
    EXPECT_EQ(intray->keep(arrival("Received: again\r\n" + message)).value(), Keeping::kKnown);
    const std::string id = intray->list().value().at(0);
    EXPECT_EQ(intray->load(id).value().stamp, at("2002-06-26T14:15:00Z")) << "the first stamp stands";
    ASSERT_TRUE(intray->move_to_taken(id, "{}\n"));
    EXPECT_TRUE(intray->list().value().empty());
    EXPECT_EQ(intray->keep(arrival(message)).value(), Keeping::kKnown);
    intray.reset();
    EXPECT_EQ(open()->keep(arrival(message)).value(), Keeping::kKnown);
}

TEST_F(IntrayTest, moves_once_however_often_it_is_told) {
    const auto intray = open();
    ASSERT_TRUE(intray->keep(arrival("x")));
    const std::string id = intray->list().value().at(0);
    ASSERT_TRUE(intray->move_to_taken(id, "{}\n"));
    EXPECT_TRUE(intray->move_to_taken(id, "{}\n"));
    EXPECT_FALSE(intray->move_to_taken(std::string(64, '0'), "{}\n"));
}

TEST_F(IntrayTest, stamps_with_the_earlier_of_its_own_time_and_now) {
    const auto intray = open();
    Arrival early = arrival("early");
    early.stamp = at("2002-06-26T09:00:00Z");
    Arrival late = arrival("from the future");
    late.stamp = at("2031-01-01T00:00:00Z");
    ASSERT_TRUE(intray->keep(early));
    ASSERT_TRUE(intray->keep(late));
    std::vector<domain::Instant> stamps;
    const auto ids = intray->list().value();
    for (const std::string& id : ids) stamps.push_back(intray->load(id)->stamp);
    std::sort(stamps.begin(), stamps.end());
    EXPECT_EQ(stamps, (std::vector<domain::Instant>{*early.stamp, *now}));
}

TEST_F(IntrayTest, keeps_nothing_while_the_time_is_not_known) {
    const auto intray = open();
    now.reset();
    const auto kept = intray->keep(arrival("x"));
    ASSERT_FALSE(kept);
    EXPECT_TRUE(kept.error().worth_retrying());
    EXPECT_TRUE(intray->list()->empty());
    EXPECT_FALSE(intray->stamped_up_to());
}

TEST_F(IntrayTest, pushes_back_when_too_much_waits) {
    IntrayLimits limits;
    limits.waiting = 2;
    auto intray = open(limits);
    ASSERT_TRUE(intray->keep(arrival("a")));
    ASSERT_TRUE(intray->keep(arrival("b")));
    EXPECT_EQ(intray->keep(arrival("c")).error().kind, base::ErrorKind::kUnavailable);
    EXPECT_EQ(intray->keep(arrival("b")).value(), Keeping::kKnown) << "what is kept is acknowledged all the same";
    ASSERT_TRUE(intray->move_to_taken(intray->list()->at(0), "{}\n"));
    EXPECT_TRUE(intray->keep(arrival("c")));
    intray.reset();
    intray = open(limits);
    EXPECT_FALSE(intray->keep(arrival("d"))) << "it counts what it finds";
}

TEST_F(IntrayTest, tells_a_damaged_file_and_puts_it_aside) {
    const auto intray = open();
    ASSERT_TRUE(intray->keep(arrival("Subject: x\r\n\r\nx")));
    const std::string id = intray->list()->at(0);
    const std::string file = folder.file("mail-1/received/" + id + ".mail");
    support::write_file(file, support::text_of_file(file) + "y");
    EXPECT_EQ(intray->load(id).error().kind, base::ErrorKind::kCorrupt);
    ASSERT_TRUE(intray->put_mail_aside(id, "damaged"));
    EXPECT_EQ(intray->aside().value(), 1U);
    EXPECT_EQ(support::text_of_file(folder.file("mail-1/aside/" + id + ".mail.reason.txt")), "damaged\n");
    EXPECT_TRUE(intray->list()->empty());
    EXPECT_EQ(intray->keep(arrival("Subject: x\r\n\r\nx")).value(), Keeping::kKept) << "a good copy is welcome";
}

TEST_F(IntrayTest, belongs_to_one_process) {
    const auto intray = open();
    const auto second = Intray::open(folder.file("mail-1"), [] { return std::nullopt; });
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().message.find("another mail gateway works here"), std::string::npos);
}

TEST_F(IntrayTest, says_that_the_disk_refuses) {
    const auto intray = open();
    fs::remove_all(folder.file("mail-1/received"));
    support::write_file(folder.file("mail-1/received"), "no folder");
    const auto kept = intray->keep(arrival("x"));
    ASSERT_FALSE(kept);
    EXPECT_TRUE(kept.error().worth_retrying());
}

}  // namespace
}  // namespace rightsdesk::mail_gateway
