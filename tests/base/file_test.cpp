// Files: what was written is there whole, and what cannot be read is not taken for what is not there.
#include "base/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace rightsdesk::base {
namespace {

namespace fs = std::filesystem;

struct FileTest : testing::Test {
    FileTest() {
        std::string path = (fs::temp_directory_path() / "rightsdesk-file-XXXXXX").string();
        if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder for the test");
        folder = path;
    }
    ~FileTest() override { fs::remove_all(folder); }
    [[nodiscard]] std::string file(const std::string& name) const { return (folder / name).string(); }

    fs::path folder;
};

TEST_F(FileTest, is_replaced_whole_and_nothing_is_left_beside_it) {
    EXPECT_EQ(read_file(file("a")).value(), std::nullopt);
    const std::string large(200'000, 'x');
    ASSERT_TRUE(replace_file(file("a"), large));
    EXPECT_EQ(read_file(file("a")).value(), large);
    ASSERT_TRUE(replace_file(file("a"), std::string("\0\n", 2)));
    EXPECT_EQ(read_file(file("a")).value(), std::string("\0\n", 2));
    EXPECT_EQ(fs::status(file("a")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    ASSERT_TRUE(rename_file(file("a"), file("b")));
    EXPECT_EQ(names_in(folder.string()).value(), std::vector<std::string>{"b"});
}

TEST_F(FileTest, what_the_system_refuses_is_told_with_its_place) {
    fs::create_directory(file("folder"));
    EXPECT_EQ(read_file(file("folder")).error().kind, ErrorKind::kUnavailable);
    ASSERT_TRUE(replace_file(file("a"), "text"));
    EXPECT_EQ(names_in(file("a")).error().kind, ErrorKind::kUnavailable);
    EXPECT_EQ(names_in(file("nowhere")).value(), std::nullopt);
    const auto refused = replace_file(file("nowhere/a"), "text");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find(file("nowhere/a")), std::string::npos) << refused.error().message;
    EXPECT_FALSE(sync_folder(file("a")));
    const FileDescriptor looks_only(::open(file("a").c_str(), O_RDONLY | O_CLOEXEC));
    EXPECT_FALSE(write_whole(looks_only, "more"));
}

TEST_F(FileTest, one_holds_a_lock_until_it_lets_go) {
    {
        const auto held = hold_lock(file("lock"));
        ASSERT_TRUE(held) << held.error().message;
        ASSERT_TRUE(held->has_value());
        const auto another = hold_lock(file("lock"));
        ASSERT_TRUE(another) << another.error().message;
        EXPECT_FALSE(another->has_value());
    }
    EXPECT_TRUE(hold_lock(file("lock"))->has_value());
    const auto refused = hold_lock(file("nowhere/lock"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
    EXPECT_NE(refused.error().message.find(file("nowhere/lock")), std::string::npos) << refused.error().message;
}

TEST(File, lies_in_the_folder_before_its_last_slash) {
    EXPECT_EQ(folder_of("var/a"), "var");
    EXPECT_EQ(folder_of("a"), ".");
}

}  // namespace
}  // namespace rightsdesk::base
