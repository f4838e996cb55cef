// Sixty kills and more over real processes, and what the checker says of it; and that the checker says something when what it reads
// has been changed behind the suite's back. That it sees faults of the suite is what tools/chaos --faults is for.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "chaos/play.h"
#include "support/files.h"
#include "support/scale.h"

namespace rightsdesk::chaos {
namespace {

namespace files = std::filesystem;

// A folder of the test's own, gone with it unless the test failed.
class Folder {
public:
    Folder() {
        std::string path = (files::temp_directory_path() / "rightsdesk-played-XXXXXX").string();
        if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder for the test");
        path_ = path;
    }
    ~Folder() {
        if (!testing::Test::HasFailure()) files::remove_all(path_);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] files::path of(const std::string& name) const { return path_ / name; }

private:
    files::path path_;
};

PlayEnd play_seed(std::uint64_t seed, int kills, const files::path& into) {
    PlayOptions options;
    options.seed = seed;
    options.kills = kills;
    options.into = into;
    options.desk.binaries = RIGHTSDESK_BINARY_DIR;
    return play(options);
}

struct Verdict {
    int code = 0;
    std::string text;
};

Verdict judge(const files::path& played) {
    const files::path out = played.string() + ".verdict";
    support::ChildProcess checker({RIGHTSDESK_PYTHON, std::string(RIGHTSDESK_SOURCE_DIR) + "/tests/chaos/checker.py", played.string()}, out.string(), out.string());
    const int code = checker.wait();
    return {code, support::text_of_file(out)};
}

// What each process wrote last: of a play that stood still.
std::string last_words(const files::path& played) {
    constexpr std::size_t kShown = 1'500;
    std::string words;
    for (const auto& entry : files::directory_iterator(played / "log")) {
        const std::string text = support::text_of_file(entry.path());
        if (!text.empty()) words += "\n---- " + entry.path().filename().string() + "\n" + text.substr(text.size() - std::min(text.size(), kShown));
    }
    return words;
}

TEST(UnderFire, nothing_is_lost_nothing_doubled_no_cent_off_and_nothing_early) {
    const Folder folder;
    const int seeds = support::counted(2, 8);
    int kills = 0;
    for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(seeds); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed) + ", in " + folder.of(std::to_string(seed)).string());
        const auto end = play_seed(seed, 30, folder.of(std::to_string(seed)));
        kills += end.kills;
        EXPECT_TRUE(end.finished) << end.why << last_words(folder.of(std::to_string(seed)));
        EXPECT_EQ(end.differs, "");
        const auto verdict = judge(folder.of(std::to_string(seed)));
        EXPECT_EQ(verdict.code, 0) << verdict.text;
    }
    EXPECT_GE(kills, seeds * 30);
}

// ---- the checker sees what was changed ----

class Checker : public testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = new Folder;
        static_assert(as_deployed(4));
        ASSERT_TRUE(play_seed(4, 0, folder_->of("undisturbed")).finished);
        const auto verdict = judge(folder_->of("undisturbed"));
        ASSERT_EQ(verdict.code, 0) << verdict.text;
    }
    static void TearDownTestSuite() {
        delete folder_;
        folder_ = nullptr;
    }

    // A copy of the play, to be spoilt.
    static files::path a_copy() {
        const files::path copy = folder_->of(testing::UnitTest::GetInstance()->current_test_info()->name());
        files::copy(folder_->of("undisturbed"), copy, files::copy_options::recursive);
        return copy;
    }
    static files::path stored_in(const files::path& played) { return played / "appendonlydir/appendonly.aof.1.incr.aof"; }

    static void expect_found(const files::path& played, const std::string& rule) {
        const auto verdict = judge(played);
        EXPECT_EQ(verdict.code, 1) << verdict.text;
        EXPECT_NE(("\n" + verdict.text).find("\n" + rule + ": "), std::string::npos) << verdict.text;
    }

    static inline Folder* folder_ = nullptr;
};

TEST_F(Checker, misses_a_commit_that_is_gone) {
    const auto played = a_copy();
    const std::string text = support::text_of_file(stored_in(played));
    const std::string begin = "*1\r\n$5\r\nMULTI\r\n";
    const std::size_t within = text.find("\r\nXADD\r\n", text.size() / 2);
    const std::size_t start = text.rfind(begin, within);
    const std::size_t end = text.find(begin, within);
    ASSERT_TRUE(within != std::string::npos && start != std::string::npos && end != std::string::npos);
    support::write_file(stored_in(played), text.substr(0, start) + text.substr(end));
    expect_found(played, "numbers");
}

TEST_F(Checker, sees_a_changed_byte) {
    const auto played = a_copy();
    std::string text = support::text_of_file(stored_in(played));
    const std::size_t at = text.rfind("transfer agent journal 14");
    ASSERT_NE(at, std::string::npos);
    text[at] = 'T';
    support::write_file(stored_in(played), text);
    expect_found(played, "digest");
}

TEST_F(Checker, sees_what_nobody_sent) {
    const auto played = a_copy();
    std::ifstream whole(folder_->of("undisturbed") / "journal/bob.jsonl");
    std::string kept;
    for (std::string line; std::getline(whole, line);) {
        if (line.find("\"said\":2,") == std::string::npos) kept += line + "\n";
    }
    support::write_file(played / "journal/bob.jsonl", kept);
    expect_found(played, "unsent");
}

TEST_F(Checker, sees_a_message_without_a_receipt) {
    const auto played = a_copy();
    const std::string line = R"({"said":999,"source":"fax-1","door":"intake","sha256":"","facts":{"kind":"notice","offering":"chaos-4-1","paper":"paper-999"}})";
    support::write_file(played / "journal/fax-1.jsonl", support::text_of_file(played / "journal/fax-1.jsonl") + line + "\n");
    expect_found(played, "lost");
}

// ---- the same of the product's own gateway ----

files::path receipt_of_some_document(const files::path& played) {
    files::path first;
    for (const auto& entry : files::directory_iterator(played / "gateway/spool/receipts")) {
        if (first.empty() || entry.path() < first) first = entry.path();
    }
    return first;
}

TEST_F(Checker, sees_a_changed_byte_in_a_gateways_journal) {
    const auto played = a_copy();
    const files::path journal = played / "gateway/journal/00000001.journal";
    std::string text = support::text_of_file(journal);
    const std::size_t at = text.find("certificates-");
    ASSERT_NE(at, std::string::npos);
    text[at] = 'C';
    support::write_file(journal, text);
    expect_found(played, "journal");
}

// The last of its receipts is cut off with all that follows.
TEST_F(Checker, sees_that_a_gateways_journal_has_forgotten) {
    const auto played = a_copy();
    const files::path journal = played / "gateway/journal/00000001.journal";
    files::resize_file(journal, files::file_size(journal) - 100);
    expect_found(played, "lost");
}

TEST_F(Checker, sees_a_document_without_a_receipt) {
    const auto played = a_copy();
    files::remove(receipt_of_some_document(played));
    expect_found(played, "lost");
}

TEST_F(Checker, sees_a_document_with_two_receipts) {
    const auto played = a_copy();
    const files::path receipt = receipt_of_some_document(played);
    files::copy(receipt, support::replaced(receipt.string(), ".receipt.json", ".mail-1.999.receipt.json"));
    expect_found(played, "doubled");
}

TEST_F(Checker, sees_a_receipt_that_is_not_the_journals) {
    const auto played = a_copy();
    const files::path receipt = receipt_of_some_document(played);
    support::write_file(receipt, support::replaced(support::text_of_file(receipt), "\"kind\": \"accepted\"", "\"kind\": \"refused\""));
    expect_found(played, "receipt");
}

TEST_F(Checker, sees_what_a_gateway_was_not_given) {
    const auto played = a_copy();
    std::ifstream whole(folder_->of("undisturbed") / "journal/mail-1.jsonl");
    std::string kept, line;
    std::getline(whole, line);  // the first is left out
    while (std::getline(whole, line)) kept += line + "\n";
    support::write_file(played / "journal/mail-1.jsonl", kept);
    expect_found(played, "unsent");
}

TEST_F(Checker, misses_an_alert_that_was_not_shown) {
    const auto played = a_copy();
    const std::string text = support::text_of_file(played / "alerts/live.jsonl");
    support::write_file(played / "alerts/live.jsonl", text.substr(0, text.find('\n') + 1));
    expect_found(played, "alert");
}

}  // namespace
}  // namespace rightsdesk::chaos
