// The list of record-date holders as a file: what can be read, each mistake with its line, and the parts that it is sent in.
#include "terms/register_file.h"

#include <gtest/gtest.h>

#include <sstream>

namespace rightsdesk::terms {
namespace {

using domain::HolderPlace;
using domain::Rights;
using domain::Shares;

const std::string kColumns = "holder,name,address,country,rights,certificates\n";

base::Result<std::unique_ptr<domain::RegisterIndex>> read_list(const std::string& text, std::size_t part_octets = 1'000'000) {
    RegisterReader reader("holders.csv");
    for (const std::string_view part : register_parts(text, part_octets)) {
        std::istringstream input{std::string(part)};
        if (const auto read = reader.read(input); !read) return tl::unexpected(read.error());
    }
    return reader.finish();
}

TEST(RegisterFile, is_read_with_its_columns_in_any_order) {
    const auto index = read_list(
        "rights,holder,certificates,shares,country,name,address\n"
        "1000,A-1,RC-1;RC-2,400,US,Ida M. Holder,\"12 Elm Street\nAlbany, NY\"\n"
        "\n"
        "70,A-2,,,CH,Urs Fern,Bern\n");
    ASSERT_FALSE(index) << "shares may not be empty where the column is there";
    EXPECT_EQ(index.error().message, "holders.csv:5: shares: was \"\"; must be a whole number from 0 to 1000000000000");

    const auto good = read_list(
        "\xEF\xBB\xBFrights,holder,certificates,shares,country,name,address\r\n"
        "1000,A-1, RC-1 ; RC-2 ;,400,US,Ida M. Holder,\"12 Elm Street\nAlbany, NY\"\r\n"
        "70,A-2,,0,CH,Urs Fern,Bern\r\n");
    ASSERT_TRUE(good) << good.error().message;
    EXPECT_EQ((*good)->holders(), 2U);
    EXPECT_EQ((*good)->rights(), Rights(1'070));
    const auto ida = (*good)->find({"rc 2"}, {"Ida M. Holder"});
    EXPECT_EQ(ida.lines, std::vector<std::uint32_t>{2});
    EXPECT_EQ(ida.shares, Shares(400));
    const auto urs = (*good)->find({}, {"FERN, Urs"});
    EXPECT_EQ(urs.lines, std::vector<std::uint32_t>{4}) << "the address above it has two lines";
    EXPECT_EQ(urs.place, HolderPlace::kAbroad);
}

TEST(RegisterFile, has_as_many_shares_as_rights_where_it_does_not_say) {
    const auto index = read_list(kColumns + "A-1,Ida Holder,,,1000,RC-1\n");
    ASSERT_TRUE(index) << index.error().message;
    EXPECT_EQ((*index)->find({"RC-1"}, {}).shares, Shares(1'000));
    EXPECT_EQ((*index)->holder_on(2), "A-1");
}

TEST(RegisterFile, every_mistake_is_named_with_its_line) {
    struct MistakenList {
        std::string text;
        std::vector<std::string> told;
    };
    const std::vector<MistakenList> rows = {
        {"", {"holders.csv: is empty; must have the header holder,name,address,country,rights,certificates"}},
        {kColumns, {"holders.csv: there is no holder in it"}},
        {"holder,name,rights\n", {"holders.csv:1: the column address is missing; must have the header"}},
        {"holder,name,address,country,rights,certificates,price\n", {"holders.csv:1: \"price\" is no column of it"}},
        {"holder,holder,name,address,country,rights,certificates\n", {"holders.csv:1: the column holder is there twice"}},
        {kColumns + "A-1,Ida,,US,1000\n,Jo,,US,7,\nA-3,,,US,7,\nA-4,Lu,,US,0,\nA-5,Lu,,US,1.5,\n",
         {"holders.csv:2: 5 fields; must be 6", "holders.csv:3: holder: must not be empty", "holders.csv:4: name: must not be empty",
          "holders.csv:5: rights: was \"0\"; must be a whole number from 1 to 1000000000000", "holders.csv:6: rights: was \"1.5\""}},
        {kColumns + "A-1,Ida,,US,5,\"RC\n", {"holders.csv:2: a quoted field is not closed"}},
        {kColumns + "A-1,Ida,,US,5,\nA-2,Jo,,US,5,\nA-1,Lu,,US,5,\n", {"holders.csv: line 4: holder: was \"A-1\", as on line 2; each must be there once"}},
        {kColumns + "A-1,Ida,,US,5,RC-1\nA-2,Jo,,US,5,RC-2;rc1\n", {"holders.csv: line 3: certificates: \"rc1\" is on line 2 already"}},
    };
    for (const MistakenList& row : rows) {
        const auto index = read_list(row.text);
        ASSERT_FALSE(index) << row.text;
        for (const std::string& told : row.told) EXPECT_NE(index.error().message.find(told), std::string::npos) << told << "\nis not in\n" << index.error().message;
    }
}

TEST(RegisterFile, gives_up_where_there_are_too_many_mistakes) {
    std::string text = kColumns;
    for (int line = 0; line < 1'000; ++line) text += "A,B,,US,none,\n";
    const auto index = read_list(text);
    ASSERT_FALSE(index);
    const std::string& told = index.error().message;
    EXPECT_EQ(static_cast<std::size_t>(std::count(told.begin(), told.end(), '\n')), kMaxRegisterMistakes) << "the last one is not followed by another";
}

TEST(RegisterFile, reads_alike_in_one_piece_and_in_parts_of_any_size) {
    std::string text = kColumns;
    for (int holder = 1; holder <= 40; ++holder) {
        const std::string number = std::to_string(holder);
        text += "A-" + number + ",\"Holder, \"\"No.\"\" " + number + "\",\"1 Road\n\nTown\",US," + number + ",RC-" + number + "\n";
    }
    const auto whole = read_list(text);
    ASSERT_TRUE(whole) << whole.error().message;
    for (const std::size_t octets : {std::size_t{1}, std::size_t{60}, std::size_t{137}, std::size_t{1'000}, text.size() - 1, text.size()}) {
        std::string together;
        for (const std::string_view part : register_parts(text, octets)) {
            together += part;
            // One record is at most 56 octets.
            EXPECT_LE(part.size(), std::max(octets, std::size_t{60}));
        }
        EXPECT_EQ(together, text) << "nothing is left out or there twice";
        const auto index = read_list(text, octets);
        ASSERT_TRUE(index) << octets << ": " << index.error().message;
        EXPECT_EQ((*index)->holders(), 40U);
        EXPECT_EQ((*index)->rights(), (*whole)->rights());
        EXPECT_EQ((*index)->find({"RC-40"}, {}).lines, (*whole)->find({"RC-40"}, {}).lines) << octets;
    }
}

TEST(RegisterFile, tells_how_far_it_is) {
    std::string text = kColumns;
    for (int holder = 0; holder < 250'000; ++holder) text += std::to_string(holder) + ",N,,,1,\n";
    std::vector<std::uint64_t> told;
    RegisterReader reader("holders.csv", [&](std::uint64_t lines) { told.push_back(lines); });
    std::istringstream input(text);
    ASSERT_TRUE(reader.read(input));
    EXPECT_EQ(told, (std::vector<std::uint64_t>{100'000, 200'000}));
    EXPECT_EQ(reader.finish().value()->holders(), 250'000U);
}

}  // namespace
}  // namespace rightsdesk::terms
