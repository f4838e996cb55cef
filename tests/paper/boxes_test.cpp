// Boxes as people and scans draw them, before their words and behind them.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "paper/boxes.h"
#include "paper/options.h"

namespace rightsdesk::paper {
namespace {

struct Row {
    std::string text;  // up to the option's words
    BoxState state;
};

TEST(Boxes, TheBoxBeforeTheWords) {
    const std::vector<Row> rows = {
        {"|_|  ", BoxState::kEmpty},          {"[ ] ", BoxState::kEmpty},       {"( )", BoxState::kEmpty},         {"___ ", BoxState::kEmpty},
        {"[] ", BoxState::kEmpty},            {"|  | ", BoxState::kEmpty},      {"l_l  ", BoxState::kEmpty},       {"|X|  ", BoxState::kTicked},
        {"[x] ", BoxState::kTicked},          {"(X) ", BoxState::kTicked},      {"_X_ ", BoxState::kTicked},       {"_x_", BoxState::kTicked},
        {"|_X_| ", BoxState::kTicked},        {"|X | ", BoxState::kTicked},     {"[ X ] ", BoxState::kTicked},     {"( x ) ", BoxState::kTicked},
        {"X ", BoxState::kTicked},            {"XX ", BoxState::kTicked},       {"[XX] ", BoxState::kTicked},      {"IXI ", BoxState::kTicked},
        {"X |_|   ", BoxState::kTicked},      {"x [ ] ", BoxState::kTicked},    {"X] ", BoxState::kTicked},        {"|X ", BoxState::kTicked},
        {"\n   |X|\n   ", BoxState::kTicked}, {"[?] ", BoxState::kUnclear},     {"|o| ", BoxState::kUnclear},      {"the words before ", BoxState::kNone},
        {"or ", BoxState::kNone},             {"", BoxState::kNone},            {"2 boxes (see rider) ", BoxState::kNone},
        {"paid by wire X |_| ", BoxState::kEmpty},  // whose tick that is cannot be said from here
    };
    for (const Row& row : rows) EXPECT_EQ(last_box(row.text).state, row.state) << "'" << row.text << "'";
}

TEST(Boxes, TheBoxBehindTheWords) {
    EXPECT_EQ(first_box("  |X|\n").state, BoxState::kTicked);
    EXPECT_EQ(first_box(" [ ] ").state, BoxState::kEmpty);
    EXPECT_EQ(first_box(" (x) and more").state, BoxState::kTicked);
    EXPECT_EQ(first_box(" of funds are words").state, BoxState::kUnclear);  // "of" may be what a scan made of a box: no tick in any case
}

TEST(Boxes, WhereItStands) {
    const Box box = last_box("Smith  X |_| ");
    EXPECT_EQ(box.begin, 9U);
    EXPECT_EQ(box.end, 12U);
    EXPECT_EQ(without_last_box("20020626___  [X] "), "20020626___");
}

// ---- options ----

Choice choice_of(const std::string& text) {
    const Page page(text);
    return read_options(page, {{"Wire transfer of funds", 0}, {"Uncertified check", 1}, {"Certified check", 2}}, {0, page.size()});
}

TEST(Options, OneTickIsAChoice) {
    EXPECT_EQ(choice_of("|_| Wire transfer of funds\n|X| Uncertified check\n|_| Certified check\n").value, 1U);
    EXPECT_EQ(choice_of("|_| Wire transfer of funds\n|_| Uncertified check\n|X| Certified check\n").value, 2U);
    EXPECT_EQ(choice_of("Wire transfer of funds [x]\nUncertified check [ ]\nCertified check [ ]\n").value, 0U);
    EXPECT_EQ(choice_of("\u2610 Wire transfer of funds\n\u2612 Uncertified check\n\u2610 Certified check\n").value, 1U);
}

TEST(Options, NoneTwoOrAnUnclearOneAreNone) {
    EXPECT_FALSE(choice_of("|_| Wire transfer of funds\n|_| Uncertified check\n|_| Certified check\n").value);
    const Choice two = choice_of("|X| Wire transfer of funds\n|X| Uncertified check\n|_| Certified check\n");
    EXPECT_FALSE(two.value);
    EXPECT_EQ(two.texts, (std::vector<std::string>{"|X| Wire transfer of funds", "|X| Uncertified check"}));
    EXPECT_FALSE(choice_of("|X| Wire transfer of funds\n|?| Uncertified check\n|_| Certified check\n").value);
    // An option that is not there may be the ticked one.
    EXPECT_FALSE(choice_of("|X| Wire transfer of funds\n|_| Certified check\n").value);
}

}  // namespace
}  // namespace rightsdesk::paper
