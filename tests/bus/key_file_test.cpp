#include "bus/key_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "bus/worlds.h"

namespace rightsdesk::bus {
namespace {

class KeyFileTest : public testing::Test {
protected:
    Folder folder;
    std::string path = folder.file("operator.key");
    KeyPair pair = new_keys();

    void write(const std::string& text, mode_t mode = 0600) {
        std::ofstream(path) << text;
        ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    }
    [[nodiscard]] mode_t mode() const {
        struct stat status{};
        EXPECT_EQ(::stat(path.c_str(), &status), 0);
        return status.st_mode & 0777U;
    }
};

TEST_F(KeyFileTest, a_saved_pair_is_loaded_as_it_was_and_only_its_owner_may_read_it) {
    ASSERT_TRUE(save_key_pair(path, pair));
    EXPECT_EQ(mode(), 0600U);
    const auto loaded = load_key_pair(path);
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->public_key, pair.public_key);
    EXPECT_EQ(loaded->secret_key, pair.secret_key);
    EXPECT_EQ(load_public_key(path), pair.public_key);
}

TEST_F(KeyFileTest, a_key_is_never_overwritten) {
    ASSERT_TRUE(save_key_pair(path, pair));
    const auto again = save_key_pair(path, new_keys());
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, base::ErrorKind::kConflict);
    EXPECT_EQ(load_key_pair(path)->secret_key, pair.secret_key);
    EXPECT_FALSE(save_public_key(path, pair.public_key));
}

TEST_F(KeyFileTest, a_public_key_file_can_be_given_away_and_holds_no_pair) {
    ASSERT_TRUE(save_public_key(path, pair.public_key));
    EXPECT_EQ(mode(), 0644U);
    EXPECT_EQ(load_public_key(path), pair.public_key);
    EXPECT_FALSE(load_key_pair(path));
}

TEST_F(KeyFileTest, a_secret_that_others_may_use_is_refused) {
    ASSERT_TRUE(save_key_pair(path, pair));
    for (const mode_t open : {0640U, 0604U, 0620U}) {
        ASSERT_EQ(::chmod(path.c_str(), open), 0);
        const auto loaded = load_key_pair(path);
        ASSERT_FALSE(loaded) << open;
        EXPECT_EQ(loaded.error().kind, base::ErrorKind::kInvalid);
        EXPECT_NE(loaded.error().message.find("chmod 600"), std::string::npos);
        EXPECT_FALSE(load_public_key(path));
    }
}

TEST_F(KeyFileTest, a_missing_file_is_not_found) {
    const auto loaded = load_key_pair(path);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().kind, base::ErrorKind::kNotFound);
}

TEST_F(KeyFileTest, a_file_of_another_form_is_refused_without_repeating_its_secret) {
    const std::string public_line = "public = " + pair.public_key + "\n";
    const std::string secret_line = "secret = " + pair.secret_key + "\n";
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"", "empty"},
        {public_line, "no secret"},
        {secret_line, "no public"},
        {public_line + public_line + secret_line, "two public keys"},
        {public_line + secret_line + "more = 1\n", "an unknown line"},
        {public_line + "secret = " + pair.secret_key.substr(1) + "\n", "too short"},
        {public_line + "secret = " + pair.secret_key + " \n", "a trailing space"},
        {public_line + "secret = " + std::string(40, '"') + "\n", "not Z85"},
        {"public = " + new_keys().public_key + "\n" + secret_line, "not a pair"},
        {public_line + secret_line + std::string(2'000, '\n'), "too long"},
    };
    for (const auto& [text, why] : cases) {
        write(text);
        const auto loaded = load_key_pair(path);
        ASSERT_FALSE(loaded) << why;
        EXPECT_EQ(loaded.error().kind, base::ErrorKind::kInvalid) << why;
        EXPECT_EQ(loaded.error().message.find(pair.secret_key.substr(1)), std::string::npos) << why;
    }
}

TEST_F(KeyFileTest, what_is_not_a_pair_is_not_saved) {
    EXPECT_FALSE(save_key_pair(path, {pair.public_key, new_keys().secret_key}));
    EXPECT_FALSE(save_public_key(path, "short"));
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(KeyFileTest, a_folder_that_does_not_exist_is_said) {
    EXPECT_FALSE(save_key_pair(folder.file("missing/key"), pair));
}

}  // namespace
}  // namespace rightsdesk::bus
