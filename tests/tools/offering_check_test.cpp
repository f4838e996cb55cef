// What `rightsdesk offering check` says of good terms and of bad ones.
#include "rightsdesk/offering_check.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace rightsdesk::tools {
namespace {

const std::string kSample = std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml";

struct Said {
    int code;
    std::string out;
    std::string err;
};

Said check(const std::string& file, bool json = false) {
    std::ostringstream out, err;
    const int code = check_offering(file, json, out, err);
    return {code, out.str(), err.str()};
}

TEST(OfferingCheck, says_good_terms_in_words_and_their_deadlines) {
    const Said said = check(kSample);
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_NE(said.out.find("the terms of rare-medium-2002 can be used"), std::string::npos);
    EXPECT_NE(said.out.find("offering.shares_offered"), std::string::npos);
    EXPECT_NE(said.out.find("2002-06-28T17:00:00  expiration"), std::string::npos);
}

TEST(OfferingCheck, as_json_is_one_document) {
    const auto document = nlohmann::json::parse(check(kSample, true).out);
    EXPECT_EQ(document["offering"], "rare-medium-2002");
    EXPECT_GT(document["terms"].size(), 40U);
    EXPECT_FALSE(document["deadlines"].empty());
}

TEST(OfferingCheck, names_each_mistake_with_its_line) {
    const auto file = std::filesystem::temp_directory_path() / "rightsdesk-offering-check.toml";
    std::ofstream(file) << "[offering]\nid = \"Desk!\"\n[calendar]\nbusiness_days = \"nyze\"\n";
    const Said said = check(file.string());
    std::filesystem::remove(file);
    EXPECT_EQ(said.code, 2);
    EXPECT_TRUE(said.out.empty());
    EXPECT_NE(said.err.find(".toml:2: offering.id"), std::string::npos) << said.err;
    EXPECT_NE(said.err.find(".toml:4: calendar.business_days: was \"nyze\""), std::string::npos) << said.err;
}

TEST(OfferingCheck, a_file_that_is_not_there) { EXPECT_EQ(check("/nowhere.toml").code, 2); }

}  // namespace
}  // namespace rightsdesk::tools
