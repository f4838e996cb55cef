// What the auditor signed: only its own word counts, it is on the disk, and there is never too much of it.
#include "heads/head_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/files.h"
#include "support/folder.h"

namespace rightsdesk::heads {
namespace {

namespace fs = std::filesystem;
using support::text_of_file;
using support::write_file;

struct HeadFilesTest : testing::Test {
    HeadFilesTest() {
        fs::create_directory(folder / "heads");
        if (!SigningKey::make(secret(), folder.file("pub"))) throw std::runtime_error("no key for the test");
    }

    [[nodiscard]] std::string secret() const { return folder.file("key"); }
    [[nodiscard]] HeadFiles files() const { return {folder.file("heads"), VerifyingKey::load(folder.file("pub")).value()}; }
    [[nodiscard]] SignedHead head(std::uint64_t sequence, const std::string& log = "desk") const {
        SignedHead made{log, 1, sequence, std::string(39, 'a') + std::to_string(sequence % 10), "2002-06-28T17:00:00Z", ""};
        SigningKey::load(secret())->sign(made);
        return made;
    }

    support::Folder folder{"heads"};
};

TEST_F(HeadFilesTest, a_head_is_a_line_that_only_the_auditor_can_write) {
    const VerifyingKey key = VerifyingKey::load(folder.file("pub")).value();
    const SignedHead good = head(17);
    EXPECT_TRUE(key.has_signed(good));
    EXPECT_EQ(from_line(to_line(good)), good);
    EXPECT_TRUE(SigningKey::load(secret())->verifying().has_signed(good));

    // Every bit of the line: what can be read no more, or is not signed.
    const std::string line = to_line(good);
    for (std::size_t at = 0; at < line.size(); ++at) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string flipped = line;
            flipped[at] = static_cast<char>(static_cast<unsigned char>(flipped[at]) ^ (1U << bit));
            const auto read = from_line(flipped);
            EXPECT_FALSE(read && key.has_signed(*read)) << "bit " << bit << " of letter " << at;
        }
    }
}

TEST_F(HeadFilesTest, the_latest_and_all_are_read_back_by_log) {
    EXPECT_EQ(files().last("desk").value(), std::nullopt);
    EXPECT_TRUE(files().logs()->empty());
    for (const std::uint64_t sequence : {1U, 5U, 9U}) ASSERT_TRUE(files().append(head(sequence)));
    ASSERT_TRUE(files().append(head(3, "rare-medium-2002")));
    EXPECT_EQ(files().last("desk").value()->sequence, 9U);
    EXPECT_EQ(files().all("desk").value().size(), 3U);
    EXPECT_EQ(files().logs().value(), (std::vector<std::string>{"desk", "rare-medium-2002"}));
}

TEST_F(HeadFilesTest, a_line_torn_by_a_crash_is_no_head_and_the_next_one_stands) {
    ASSERT_TRUE(files().append(head(1)));
    std::ofstream(folder / "heads/desk.heads", std::ios::app) << to_line(head(2)).substr(0, 60);
    EXPECT_EQ(files().last("desk").value()->sequence, 1U);
    ASSERT_TRUE(files().append(head(3)));
    EXPECT_EQ(files().last("desk").value()->sequence, 3U);
    EXPECT_EQ(files().all("desk").value().size(), 2U);
}

TEST_F(HeadFilesTest, what_the_auditor_did_not_sign_is_damage) {
    SignedHead forged = head(7);
    forged.sequence = 8;
    std::ofstream(folder / "heads/desk.heads") << to_line(head(7)) << "\n" << to_line(forged) << "\n";
    for (const auto kind : {files().last("desk").error().kind, files().all("desk").error().kind}) EXPECT_EQ(kind, base::ErrorKind::kCorrupt);
    // The head of one log is none of another.
    ASSERT_TRUE(files().append(head(1, "other")));
    fs::rename(folder / "heads/other.heads", folder / "heads/desk.heads");
    EXPECT_FALSE(files().last("desk"));
}

TEST_F(HeadFilesTest, two_files_a_log_at_most) {
    const SignedHead first = head(1);
    const std::string line = to_line(first) + "\n";
    std::string full;
    while (full.size() < kMaxFileOctets) full += line;
    write_file(folder / "heads/desk.heads", full);
    ASSERT_TRUE(files().append(head(2)));
    EXPECT_EQ(fs::file_size(folder / "heads/desk.heads.1"), full.size());
    EXPECT_LT(fs::file_size(folder / "heads/desk.heads"), 400U);
    EXPECT_EQ(files().last("desk").value()->sequence, 2U);
    EXPECT_EQ(files().logs().value(), std::vector<std::string>{"desk"});
    write_file(folder / "heads/desk.heads", full);
    ASSERT_TRUE(files().append(head(3)));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder / "heads"), fs::directory_iterator()), 2);
    // Right after the change the latest is in the older file.
    fs::remove(folder / "heads/desk.heads");
    EXPECT_EQ(files().last("desk").value()->sequence, 1U);
}

TEST_F(HeadFilesTest, a_damaged_log_is_marked_with_the_reason) {
    EXPECT_TRUE(files().damaged()->empty());
    ASSERT_TRUE(files().mark_damaged("desk", "log desk, record 7: its bytes do not have its digest"));
    EXPECT_EQ(files().damaged().value(), (std::map<std::string, std::string>{{"desk", "log desk, record 7: its bytes do not have its digest"}}));
}

TEST_F(HeadFilesTest, what_cannot_be_read_is_not_taken_for_what_is_not_there) {
    ASSERT_TRUE(files().append(head(1)));
    // A folder in its place: the system refuses to read it, whoever asks.
    fs::rename(folder / "heads/desk.heads", folder / "elsewhere");
    fs::create_directory(folder / "heads/desk.heads");
    for (const auto kind : {files().last("desk").error().kind, files().all("desk").error().kind}) EXPECT_EQ(kind, base::ErrorKind::kUnavailable);
    EXPECT_EQ(files().logs().value(), std::vector<std::string>{"desk"});
    fs::create_directory(folder / "heads/desk.damaged");
    EXPECT_EQ(files().damaged()->count("desk"), 1U) << "that it is there says enough";
    fs::rename(folder / "heads", folder / "away");
    write_file(folder / "heads", "not a folder");
    for (const auto kind : {files().logs().error().kind, files().damaged().error().kind}) EXPECT_EQ(kind, base::ErrorKind::kUnavailable);
    fs::remove(folder / "heads");
    EXPECT_TRUE(files().logs()->empty() && files().damaged()->empty()) << "nothing was signed yet";
}

TEST_F(HeadFilesTest, one_auditor_at_a_time) {
    const std::string where = folder.file("heads");
    {
        const auto lock = HeadLock::take(where);
        ASSERT_TRUE(lock);
        EXPECT_EQ(HeadLock::take(where).error().kind, base::ErrorKind::kUnavailable);
    }
    EXPECT_TRUE(HeadLock::take(where));
}

TEST_F(HeadFilesTest, keys_are_never_overwritten_and_the_secret_is_its_owners) {
    EXPECT_EQ(SigningKey::make(secret(), folder.file("pub")).error().kind, base::ErrorKind::kConflict);
    EXPECT_EQ(fs::status(secret()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    fs::permissions(secret(), fs::perms::group_read, fs::perm_options::add);
    EXPECT_EQ(SigningKey::load(secret()).error().kind, base::ErrorKind::kInvalid);
    EXPECT_EQ(VerifyingKey::load(folder.file("nowhere")).error().kind, base::ErrorKind::kNotFound);
    write_file(folder / "pub", "public = 17\n");
    EXPECT_EQ(VerifyingKey::load(folder.file("pub")).error().kind, base::ErrorKind::kInvalid);
}

}  // namespace
}  // namespace rightsdesk::heads
