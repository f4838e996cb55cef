// A nominee's certification of its owners, as `rightsdesk notice owners` reads it.
#include "rightsdesk/owners_file.h"

#include <gtest/gtest.h>

#include <sstream>

namespace rightsdesk::tools {
namespace {

using domain::Rights;
using domain::Shares;

base::Result<std::vector<domain::CertifiedOwner>> owners_in(const std::string& text) {
    std::istringstream input(text);
    return read_owners(input, "owners.csv");
}

TEST(OwnersFile, has_an_owner_on_each_line) {
    const auto owners = owners_in("owner,rights,basic,over\r\nA-1,500,500,200\r\n0042,200,100,0\r\n");
    ASSERT_TRUE(owners) << owners.error().message;
    EXPECT_EQ(*owners, (std::vector<domain::CertifiedOwner>{{"A-1", Rights(500), Shares(500), Shares(200)}, {"0042", Rights(200), Shares(100), Shares(0)}}));
    const auto turned = owners_in("over,owner,basic,rights\n200,A-1,500,600\n");
    ASSERT_TRUE(turned) << turned.error().message;
    EXPECT_EQ(turned->front(), (domain::CertifiedOwner{"A-1", Rights(600), Shares(500), Shares(200)}));
}

TEST(OwnersFile, says_where_it_is_wrong) {
    const std::string header = "owner,rights,basic,over\n";
    const std::string reference = "a reference is a number of the nominee's, never a name: 1 to 24 letters, digits and . - / _ #, a digit among them";
    struct MistakenOwners {
        std::string text;
        std::string message;
    };
    const MistakenOwners rows[] = {
        {"", "owners.csv:1: is empty; must have the header owner,rights,basic,over"},
        {"owner,rights,basic\n", "owners.csv:1: must have the header owner,rights,basic,over"},
        {"owner,rights,basic,over,name\n", "owners.csv:1: must have the header owner,rights,basic,over"},
        {header, "owners.csv:2: there is no owner in it"},
        {header + "A-1,500,500\n", "owners.csv:2: 3 fields; must be 4, an owner, its rights and its shares"},
        {header + ",500,500,0\n", "owners.csv:2: owner: was \"\"; " + reference},
        {header + "Ida M. Holder,500,500,0\n", "owners.csv:2: owner: was \"Ida M. Holder\"; " + reference},
        {header + "Holder,500,500,0\n", "owners.csv:2: owner: was \"Holder\"; " + reference},
        {header + "A-1,0,0,0\n", "owners.csv:2: rights: was \"0\"; must be a whole number, digits only, from 1 to 1000000000000"},
        {header + "A-1,500,-1,0\n", "owners.csv:2: basic: was \"-1\"; must be a whole number, digits only, from 0 to 1000000000000"},
        {header + "A-1,500,500,1e3\n", "owners.csv:2: over: was \"1e3\"; must be a whole number, digits only, from 0 to 1000000000000"},
        {header + "A-1,500,500,0\nA-2,1,1,0\nA-1,1,1,0\n", "owners.csv:4: owner: was \"A-1\", as on line 2; each must be there once"},
        {header + "\"A-1,500\n", "owners.csv:2: a quoted field is not closed"},
    };
    for (const MistakenOwners& row : rows) {
        const auto owners = owners_in(row.text);
        ASSERT_FALSE(owners) << row.text;
        EXPECT_EQ(owners.error().message, row.message);
    }
}

TEST(OwnersFile, tells_every_mistake_on_a_line_of_its_own) {
    const auto owners = owners_in("owner,rights,basic,over\nA-1,x,500,y\nA-2,1,1,0\nA-3,1\n");
    ASSERT_FALSE(owners);
    EXPECT_EQ(owners.error().message, "owners.csv:2: rights: was \"x\"; must be a whole number, digits only, from 1 to 1000000000000\n"
                                      "owners.csv:2: over: was \"y\"; must be a whole number, digits only, from 0 to 1000000000000\n"
                                      "owners.csv:4: 2 fields; must be 4, an owner, its rights and its shares");
}

TEST(OwnersFile, has_no_more_owners_than_a_notice_can) {
    std::string text = "owner,rights,basic,over\n";
    for (std::size_t number = 1; number <= domain::kMaxCertifiedOwners; ++number) text += std::to_string(number) + ",1,1,0\n";
    EXPECT_TRUE(owners_in(text));
    EXPECT_EQ(owners_in(text + "1001,1,1,0\n").error().message, "owners.csv:1002: more than 1000 owners");
}

}  // namespace
}  // namespace rightsdesk::tools
