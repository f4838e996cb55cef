// `rightsdesk deadlines`, as it is called: terms and a date in, one JSON document or the reasons out.
#include "rightsdesk/deadlines.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace rightsdesk::tools {
namespace {

const std::string kSampleOffering = std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml";

struct Answer {
    int exit = 0;
    std::string out;
    std::string err;
};

Answer asked(const std::string& terms_file, const std::string& notice_date) {
    std::ostringstream out;
    std::ostringstream err;
    const int exit = deadlines(terms_file, notice_date, out, err);
    return Answer{exit, out.str(), err.str()};
}

// The entries of one kind.
std::vector<nlohmann::json> of_kind(const Answer& answer, const std::string& kind) {
    std::vector<nlohmann::json> found;
    const auto document = nlohmann::json::parse(answer.out);
    for (const auto& entry : document.at("deadlines")) {
        if (entry.at("kind") == kind) found.push_back(entry);
    }
    return found;
}

// The sample terms with one text replaced, in a file of their own.
class ChangedTerms {
public:
    ChangedTerms(const std::string& what, const std::string& by) {
        std::ifstream file(kSampleOffering);
        std::ostringstream read;
        read << file.rdbuf();
        std::string text = read.str();
        EXPECT_NE(text.find(what), std::string::npos) << what;
        text.replace(text.find(what), what.size(), by);
        std::ofstream(path_) << text;
    }
    ~ChangedTerms() { std::filesystem::remove(path_); }
    ChangedTerms(const ChangedTerms&) = delete;
    ChangedTerms& operator=(const ChangedTerms&) = delete;
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_ = std::filesystem::temp_directory_path() / ("deadlines-test-" + std::to_string(getpid()) + ".toml");
};

TEST(DeadlinesCommand, OneDocumentWithEveryDeadline) {
    const Answer answer = asked(kSampleOffering, "2002-06-27");
    ASSERT_EQ(answer.exit, 0) << answer.err;
    EXPECT_EQ(answer.err, "");
    const auto cover = of_kind(answer, "cover");
    ASSERT_EQ(cover.size(), 1U);
    EXPECT_EQ(cover[0].at("civil"), "2002-07-02T17:00:00");
    EXPECT_EQ(cover[0].at("zone"), "America/New_York");
    EXPECT_EQ(cover[0].at("utc"), "2002-07-02T21:00:00Z");
    EXPECT_NE(cover[0].at("clause").get<std::string>().find("3 business days"), std::string::npos);
    EXPECT_EQ(cover[0].size(), 5U);
    EXPECT_EQ(of_kind(answer, "expiration").at(0).at("utc"), "2002-06-28T21:00:00Z");
    EXPECT_EQ(of_kind(answer, "payment").size(), 1U);
}

struct Row {
    const char* calendar;
    const char* date;
    const char* cover;
    const char* says;
};

TEST(DeadlinesCommand, TheCoverDeadlineByTheTermsCalendar) {  // rules.md section 6, day three
    const Row rows[] = {
        {"\"nyse\"", "2001-09-10", "2001-09-19T21:00:00Z", "four days closed"},
        {"\"fed\"", "2001-09-10", "2001-09-13T21:00:00Z", "the banks open"},
        {"\"nyse\"", "2018-12-04", "2018-12-10T22:00:00Z", "a day of mourning; winter time"},
        {"\"fed\"", "2025-10-10", "2025-10-16T21:00:00Z", "Columbus Day"},
        {"\"nyse\"", "2026-07-01", "2026-07-07T21:00:00Z", "the Fourth on a Saturday"},
        {"\"both\"", "2026-07-01", "2026-07-07T21:00:00Z", "both"},
        {"\"either\"", "2026-07-01", "2026-07-06T21:00:00Z", "either"},
        {"[\"2002-06-28\"]", "2002-06-27", "2002-07-03T21:00:00Z", "a list of closings of its own"},
        {"[\"2002-06-28\"]", "2002-07-03", "2002-07-08T21:00:00Z", "which is all it has: the Fourth is not on it"},
    };
    for (const Row& row : rows) {
        const ChangedTerms terms("business_days = \"nyse\"", std::string("business_days = ") + row.calendar);
        const Answer answer = asked(terms.path(), row.date);
        ASSERT_EQ(answer.exit, 0) << row.says << answer.err;
        ASSERT_EQ(of_kind(answer, "cover").size(), 1U) << row.says;
        EXPECT_EQ(of_kind(answer, "cover")[0].at("utc"), row.cover) << row.says;
    }
}

TEST(DeadlinesCommand, AnUndatedNoticeHasNoCoverDeadline) {
    const Answer answer = asked(kSampleOffering, "");
    ASSERT_EQ(answer.exit, 0) << answer.err;
    EXPECT_TRUE(of_kind(answer, "cover").empty());
}

TEST(DeadlinesCommand, UnusableInputSaysWhyAndWritesNothing) {
    const ChangedTerms wrong("zone = \"America/New_York\"", "zone = \"America/Gotham\"");
    const std::pair<std::pair<std::string, std::string>, std::string> rows[] = {
        {{kSampleOffering, "27 June"}, "--notice-date"},
        {{kSampleOffering, "2002-02-30"}, "--notice-date"},
        {{kSampleOffering, "1984-12-31"}, "1985-01-01"},
        {{kSampleOffering, "2037-12-31"}, "2037"},
        {{kSampleOffering + ".none", "2002-06-27"}, "cannot be read"},
        {{wrong.path(), "2002-06-27"}, "America/Gotham"},
    };
    for (const auto& [input, reason] : rows) {
        const Answer answer = asked(input.first, input.second);
        EXPECT_EQ(answer.exit, 2) << reason;
        EXPECT_EQ(answer.out, "") << reason;
        EXPECT_NE(answer.err.find(reason), std::string::npos) << answer.err;
    }
}

}  // namespace
}  // namespace rightsdesk::tools
