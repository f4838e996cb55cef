// The page under the fields: words that a scan misread, what fax machines add, values above their lines, columns.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "paper/cells.h"
#include "paper/furniture.h"
#include "paper/labelled.h"
#include "paper/misread.h"
#include "paper/page.h"
#include "paper/plain_text.h"
#include "paper/written_above.h"

namespace rightsdesk::paper {
namespace {

std::string found(const std::string& text, const std::string& words) {
    const Page page(text);
    const auto span = page.find(words);
    return span ? page.between(span->begin, span->end) : "";
}

TEST(Page, FindsTheFormsWordsHoweverTheyAreSetAndMisread) {
    EXPECT_EQ(found("the  Name of\n  maker: x", "name of maker"), "Name of\n  maker");
    EXPECT_EQ(found("Narne of rnaker: x", "Name of maker"), "Narne of rnaker");
    EXPECT_EQ(found("(Name 0f Firm)", "Name of Firm"), "Name 0f Firm");
    EXPECT_EQ(found("AddreS5: x", "Address"), "AddreS5");
    EXPECT_EQ(found("Date of check, dratt or money order: x", "Date of check, draft or money order"), "Date of check, dratt or money order");
    EXPECT_EQ(found("a sub-\nscription", "subscription"), "sub-\nscription");
    EXPECT_EQ(found("Adress", "Address"), "");  // short words are found as printed only
}

TEST(Misread, TheFirstPlaceThatFitsAndNoOther) {
    const auto span = find_misread("xxsubscriptoinagentxxsubscriptionagent", "subscriptionagent", 2);
    ASSERT_TRUE(span.has_value());
    EXPECT_EQ(span->begin, 2U);
    EXPECT_EQ(span->end, 19U);
    EXPECT_FALSE(find_misread("something else", "subscriptionagent", 2).has_value());
    EXPECT_FALSE(find_misread("", "words", 1).has_value());
    EXPECT_FALSE(find_misread("words", "", 1).has_value());
}

TEST(Furniture, FaxLinesAndPageNumbers) {
    for (const std::string line : {"06/26/2002 15:31 FAX 212 555 0199   P.002/003", "FROM HARBOR SECURITIES 212 555 0199   PAGE 1/2", "- 2 -", "Page 2 of 3", "  p. 2", "JUN-26-2002 15:31   HARBOR   212 555 0199   P.01"}) {
        EXPECT_TRUE(is_page_furniture(line)) << line;
    }
    for (const std::string line : {"", "400", "2", "Dated: June 26, 2002", "P.O. Box 119", "Name of maker: Paige 2", "-0-", "Suite 1400, Page Building"}) EXPECT_FALSE(is_page_furniture(line)) << line;
}

TEST(PlainText, WhatWordProcessorsPut) {
    EXPECT_EQ(plain_text("a\r\nb\rc\fd"), "a\nb\nc\nd");
    EXPECT_EQ(plain_text("a\tb"), "a       b");
    EXPECT_EQ(plain_text("\u201cx\u201d \u2612 \u2610"), "\"x\" [X] [ ]");
    EXPECT_EQ(plain_text("Jos\xE9"), "Jos\xE9");
}

std::string moved(std::string text) {
    move_onto_lines(text);
    return text;
}

TEST(WrittenAbove, ValuesAreMovedOntoTheirLines) {
    EXPECT_EQ(moved("               John Smith\nName of maker:_______________"), "                         \nName of maker:_John Smith____");
    EXPECT_EQ(moved("31 Milk Street           May 28, 2002\n______________     Dated:_____________"), "                                     \n31 Milk Street     Dated:May 28, 2002_");
}

TEST(WrittenAbove, WhatIsNotStays) {
    for (const std::string text : {"Name of maker: John\nDate of check:_______________",              // begins over no line
                                   "Bank: First\n               National\nName of maker:_______________",  // the rest of the bank's name
                                   "          Address\nName of maker:_______________",               // a label
                                   "               John Smith\nName of maker: Mary______",               // its line is not empty
                                   "   John Smith    \n\n_______________"}) {
        EXPECT_EQ(moved(text), text);
    }
}

TEST(Cells, PiecesOfALine) {
    const Page page("John   Smith____   12 Main St____\n________________        Boston, MA 02109\nAnn Lee       4 Elm St\n");
    const auto cells = cells_of(page, {0, page.size()});
    std::vector<std::string> texts;
    for (const Cell& cell : cells) texts.push_back(std::to_string(cell.line) + ":" + cell.text + (cell.after_blank ? " after" : "") + (cell.before_blank ? " before" : ""));
    EXPECT_EQ(texts, (std::vector<std::string>{"0:John Smith before", "0:12 Main St before", "1:Boston, MA 02109 after", "2:Ann Lee", "2:4 Elm St"}));
}

TEST(Cells, AddressesAndTelephones) {
    EXPECT_TRUE(is_address_like("12 Main Street"));
    EXPECT_TRUE(is_address_like("Boston, MA 02109-1234"));
    EXPECT_FALSE(is_address_like("John Smith"));
    for (const std::string text : {"(212) 555-0100", "212-555-0100", "212.555.0100", "+1 212 555 0100", "1-212-555-0100", "2125550100", "212/555-0100", "212-555-0100 ext. 12"}) {
        const TelephonePlace place = telephone_in("call " + text);
        EXPECT_EQ(place.begin, 5U) << text;
        EXPECT_EQ(place.length, text.size()) << text;
    }
    EXPECT_EQ(telephone_in("12345").length, 0U);
    EXPECT_EQ(address_of({"12 Main Street,", "Boston, MA 02109"}), "12 Main Street, Boston, MA 02109");
}

// ---- labelled blanks ----

// Each blank's text, tidied; "?" before it where it may be a neighbour's.
std::vector<std::string> blanks_of(const std::string& text) {
    const Page page(text);
    const auto maker = page.find("Maker");
    const auto date = page.find("Date", maker->end);
    const auto bank = page.find("Drawn on", date->end);
    std::vector<std::string> blanks;
    for (const auto& blank : read_labelled(page, {maker, date, bank}, {page.find("Order")->end, page.size()})) blanks.push_back((blank->certain ? "" : "?") + tidy(blank->text));
    return blanks;
}

TEST(Labelled, EachLabelHasItsOwn) {
    const std::vector<std::string> all = {": John Smith", ": 6/26/02", ": First Bank"};
    EXPECT_EQ(blanks_of("Order\nMaker: John Smith____\nDate: 6/26/02___\nDrawn on: First Bank___\n"), all);
    EXPECT_EQ(blanks_of("Order\nMaker: John\n  Smith____\nDate: 6/26/02___\nDrawn on: First\n Bank___\n"), all);
    EXPECT_EQ(blanks_of("Order\nMaker:\nJohn Smith\nDate:\n6/26/02\nDrawn on:\nFirst Bank\n"), all);
    EXPECT_EQ(blanks_of("Order Maker: John Smith Date: 6/26/02 Drawn on: First Bank"), all);
}

TEST(Labelled, WhatMayBeANeighboursIsUncertain) {
    EXPECT_EQ(blanks_of("Order\nMaker:____\n6/26/02\nDate:____\nDrawn on:____\n")[0], "?: 6/26/02");
    EXPECT_EQ(blanks_of("Order\nMaker: John Smith____ 6/26/02\nDate:____\nDrawn on:____\n")[0], "?: John Smith 6/26/02");
    EXPECT_EQ(blanks_of("Order\nJohn Smith\nMaker:\n6/26/02\nDate:\nFirst Bank\nDrawn on:\n"), (std::vector<std::string>{"?: 6/26/02", "?: First Bank", ":"}));
}

}  // namespace
}  // namespace rightsdesk::paper
