#include "mail_gateway/maildir.h"

#include <gtest/gtest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>

#include "domain/civil.h"
#include "mail_gateway/keepers.h"
#include "support/files.h"
#include "support/folder.h"

namespace rightsdesk::mail_gateway {
namespace {

namespace fs = std::filesystem;

class MaildirTest : public testing::Test {
protected:
    MaildirTest() {
        for (const char* part : {"tmp", "new", "cur"}) fs::create_directories(folder / part);
        settings.folder = folder.path();
        settings.address = "notices@agent.example";
        settings.message_octets = 1'000;
    }
    void deliver(const std::string& name, const std::string& message, std::int64_t second = 1'025'100'900) const {
        support::write_file(folder / ("tmp/" + name), message);
        const timespec written[2] = {{second, 0}, {second, 0}};
        ASSERT_EQ(::utimensat(AT_FDCWD, (folder / ("tmp/" + name)).c_str(), written, 0), 0);
        fs::rename(folder / ("tmp/" + name), folder / ("new/" + name));
    }
    [[nodiscard]] std::vector<std::string> in(const std::string& part) const {
        std::vector<std::string> names;
        for (const auto& file : fs::directory_iterator(folder / part)) names.push_back(file.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }

    support::Folder folder;
    MaildirSettings settings;
    RememberingKeeper keeper;
};

TEST_F(MaildirTest, keeps_what_is_new_the_oldest_first_and_marks_it_seen) {
    deliver("2.b.host", "second", 1'025'100'901);
    deliver("9.a.host", "first", 1'025'100'900);
    support::write_file(folder / "tmp/half", "half a mess");
    const auto look = Maildir(settings).take(keeper).value();
    EXPECT_EQ(look.kept, 2U);
    ASSERT_EQ(keeper.kept.size(), 2U);
    EXPECT_EQ(keeper.kept[0].message, "first");
    EXPECT_EQ(keeper.kept[0].recipients, std::vector<std::string>{"notices@agent.example"});
    EXPECT_EQ(domain::instant_text(*keeper.kept[0].stamp), "2002-06-26T14:15:00Z");
    EXPECT_FALSE(keeper.kept[0].mail_room);
    EXPECT_TRUE(in("new").empty());
    EXPECT_EQ(in("cur"), (std::vector<std::string>{"2.b.host:2,S", "9.a.host:2,S"}));
    EXPECT_EQ(in("tmp"), std::vector<std::string>{"half"}) << "the mail server's";
}

TEST_F(MaildirTest, leaves_what_cannot_be_kept_now) {
    deliver("1", "x");
    keeper.refuses = base::Error{base::ErrorKind::kUnavailable, "no disk"};
    EXPECT_FALSE(Maildir(settings).take(keeper));
    EXPECT_EQ(in("new"), std::vector<std::string>{"1"});
    keeper.refuses.reset();
    EXPECT_EQ(Maildir(settings).take(keeper)->kept, 1U);
}

TEST_F(MaildirTest, tells_what_is_too_large_and_goes_on) {
    deliver("1", std::string(1'001, 'x'));
    deliver("2", "y");
    const auto look = Maildir(settings).take(keeper).value();
    EXPECT_EQ(look.kept, 1U);
    ASSERT_EQ(look.left_behind.size(), 1U);
    EXPECT_EQ(look.left_behind[0].substr(0, 30), "1: it has more than 1000 octet");
    EXPECT_EQ(in("new"), std::vector<std::string>{"1"});
}

// As after a crash between the keeping and the moving.
TEST_F(MaildirTest, keeps_once_what_it_had_not_moved) {
    deliver("1", "x");
    ASSERT_TRUE(Maildir(settings).take(keeper));
    fs::rename(folder / "cur/1:2,S", folder / "new/1");
    const auto look = Maildir(settings).take(keeper).value();
    EXPECT_EQ(look.known, 1U);
    EXPECT_EQ(keeper.kept.size(), 1U);
    EXPECT_TRUE(in("new").empty());
}

TEST_F(MaildirTest, writes_over_nothing) {
    deliver("1", "x");
    support::write_file(folder / "cur/1:2,S", "an older one of that name");
    ASSERT_TRUE(Maildir(settings).take(keeper));
    EXPECT_EQ(support::text_of_file(folder / "cur/1:2,S"), "an older one of that name");
    EXPECT_EQ(support::text_of_file(folder / "cur/2-1:2,S"), "x");
}

TEST_F(MaildirTest, takes_files_only) {
    fs::create_symlink("/etc/passwd", folder / "new/link");
    fs::create_directory(folder / "new/folder");
    ASSERT_EQ(::mkfifo((folder / "new/pipe").c_str(), 0600), 0);
    deliver(".hidden", "x");
    EXPECT_EQ(Maildir(settings).take(keeper)->kept, 0U);
    EXPECT_TRUE(keeper.kept.empty());
}

TEST_F(MaildirTest, takes_so_many_at_a_look) {
    settings.messages_a_look = 2;
    for (int each = 1; each <= 3; ++each) deliver(std::to_string(each), "message " + std::to_string(each));
    const auto look = Maildir(settings).take(keeper).value();
    EXPECT_EQ(look.kept, 2U);
    EXPECT_TRUE(look.more);
    EXPECT_FALSE(Maildir(settings).take(keeper)->more);
    EXPECT_EQ(keeper.kept.size(), 3U);
}

TEST_F(MaildirTest, is_refused_where_there_is_none) {
    EXPECT_TRUE(Maildir(settings).check());
    settings.folder += "/elsewhere";
    EXPECT_EQ(Maildir(settings).check().error().kind, base::ErrorKind::kInvalid);
}

}  // namespace
}  // namespace rightsdesk::mail_gateway
