// Templates over plain text: the same rules that read a fax read a notice in the body of a mail.
#include <gtest/gtest.h>

#include <string>

#include "paper/field_meaning.h"
#include "paper/template_reading.h"

namespace rightsdesk::paper {

namespace {

FormTemplate a_template() {
    return {.name = "short",
            .title = "a short form",
            .evidence = {"NOTICE OF GUARANTEED DELIVERY", "Name of Firm", "shares in the primary"},
            .against = {"Offer to Purchase"},
            .printed = {},
            .sections = {{"holder", {"SUBSCRIBER"}}, {"guarantee", {"GUARANTEE OF"}}},
            .fields = {{.field = "basic_shares", .stands = Stands::kBetween, .words = {"to subscribe for"}, .until = {"shares in the primary"}},
                       {.field = "names", .words = {"Name(s)"}, .section = "holder"},
                       {.field = "telephone", .words = {"Telephone"}, .section = "holder"},
                       {.field = "guarantor_telephone", .words = {"Telephone"}, .section = "guarantee"},
                       {.field = "guarantor_name", .stands = Stands::kAbove, .words = {"(Name of Firm)"}, .section = "guarantee"}},
            .choices = {}};
}

constexpr std::string_view kText =
    "NOTICE OF GUARANTEED DELIVERY\n"
    "exercises the Rights to subscribe for 12,500 shares in\n"
    "the primary subscription\n"
    "\n"
    "SUBSCRIBER\n"
    "Name(s) John Smith______________      Telephone 212-555-0100______\n"
    "\n"
    "GUARANTEE OF DELIVERY\n"
    "\n"
    "Harbor Securities Corp._________      Telephone 718-555-0199______\n"
    "        (Name of Firm)\n";

// A sheet of words of twenty units a letter, each a letter high.
struct DrawnSheet {
    Sheet sheet;

    explicit DrawnSheet(std::int32_t letter) { sheet.letter = letter; }

    void add(const std::string& text, std::int32_t left, std::int32_t bottom, std::uint32_t line) {
        const auto width = 20 * static_cast<std::int32_t>(text.size());
        sheet.words.push_back({text, 1, left, bottom - sheet.letter, left + width, bottom, line, static_cast<std::uint32_t>(sheet.words.size())});
    }
};

std::string text_for(const TemplateReading& reading, const std::string& field) {
    for (const FieldPlace& place : reading.fields) {
        if (place.field == field) return place.text;
    }
    return "(not found)";
}

}  // namespace

TEST(Template, FieldsStandBetweenBehindAndAbove) {
    const TemplateReading reading = read_by_template(a_template(), sheet_of(kText));
    EXPECT_EQ(text_for(reading, "basic_shares"), "12,500");
    EXPECT_EQ(text_for(reading, "names"), "John Smith");
    EXPECT_EQ(text_for(reading, "telephone"), "212-555-0100");
    EXPECT_EQ(text_for(reading, "guarantor_telephone"), "718-555-0199");
    EXPECT_EQ(text_for(reading, "guarantor_name"), "Harbor Securities Corp.");
    EXPECT_TRUE(reading.unfound.empty());
}

TEST(Template, EvidenceIsTheShareOfItsWords) {
    EXPECT_EQ(evidence_for(a_template(), sheet_of(kText)), 1'000U);
    EXPECT_EQ(evidence_for(a_template(), sheet_of("NOTICE OF GUARANTEED DELIVERY\n")), 333U);
    EXPECT_EQ(evidence_for(a_template(), sheet_of(std::string(kText) + "Offer to Purchase\n")), 0U);
}

TEST(Template, ALabelThatIsNotThereIsTold) {
    FormTemplate form = a_template();
    form.fields.push_back({.field = "drawee", .words = {"Bank on which check is drawn"}});
    const TemplateReading reading = read_by_template(form, sheet_of(kText));
    EXPECT_EQ(reading.unfound, std::vector<std::string>{"drawee"});
}

TEST(Template, ASectionWhoseFirstWordsAreLostBeginsSomewhereBehindTheLastOne) {
    std::string text(kText);
    text.replace(text.find("SUBSCRIBER"), 10, "xxxxxxxxxx");
    const TemplateReading reading = read_by_template(a_template(), sheet_of(text));
    EXPECT_EQ(text_for(reading, "names"), "John Smith");
    EXPECT_EQ(text_for(reading, "telephone"), "212-555-0100");
    EXPECT_EQ(text_for(reading, "guarantor_telephone"), "718-555-0199");
}

TEST(Template, ACaptionsBracketsAreAnyBrackets) {
    std::string text(kText);
    text.replace(text.find("(Name of Firm)"), 14, "{Name of Firm]");
    EXPECT_EQ(text_for(read_by_template(a_template(), sheet_of(text)), "guarantor_name"), "Harbor Securities Corp.");
}

TEST(Template, AFieldOfTwoPartsOfWhichOneIsNotFoundIsTorn) {
    FormTemplate form = a_template();
    form.sections.clear();
    form.fields = {{.field = "address", .words = {"Street and number"}}, {.field = "address", .words = {"City and state"}}};
    const std::string city = "City and state Albany, NY 12207\n";
    EXPECT_TRUE(read_by_template(form, sheet_of("Street and number 12 Main Street\n" + city)).torn.empty());
    EXPECT_EQ(read_by_template(form, sheet_of("xxxxxx xxx xxxxxx 12 Main Street\n" + city)).torn, std::vector<std::string>{"address"});
}

TEST(Template, AValuesFiguresCloseBehindALabelAreItsOwn) {
    std::string text(kText);
    text.replace(text.find("for 12,500 shares"), 17, "for26 shares");
    EXPECT_EQ(text_for(read_by_template(a_template(), sheet_of(text)), "basic_shares"), "26");
    text.replace(text.find("for26 shares"), 12, "for2 60 shares");
    EXPECT_EQ(text_for(read_by_template(a_template(), sheet_of(text)), "basic_shares"), "2 60");
}

TEST(Template, AMisreadLabelTakesNoFigureOfTheValueBehindIt) {
    FormTemplate form = a_template();
    form.fields = {{.field = "rights_held", .stands = Stands::kBetween, .words = {"Rights Certificate(s) representing"}, .until = {"Rights and that such"}}};
    for (const std::string label : {"Rights Certificate(s) representin", "Rights Certificate(s) represent ng", "Rights Certificate(s) representlug"}) {
        const std::string text = "the undersigned is the holder of " + label + " 260 Rights and that such Rights\n";
        EXPECT_EQ(text_for(read_by_template(form, sheet_of(text)), "rights_held"), "260") << label;
    }
}

TEST(Template, ALabelsOwnFigureIsNoValues) {
    FormTemplate form = a_template();
    form.fields = {{.field = "aggregate_cents", .words = {"Aggregate price for lines 2 and 3"}}};
    for (const std::string label : {"Aggregate price for lines 2 and 3:", "Aggregate price for lines 2 and 3"}) {
        EXPECT_EQ(text_for(read_by_template(form, sheet_of(label + " $5,496.50\n")), "aggregate_cents"), "$5,496.50") << label;
    }
}

TEST(Template, ALabelThatStandsAgainReadBetterIsStillThisBlanks) {
    FormTemplate form = a_template();
    form.fields = {{.field = "expiration_date", .stands = Stands::kBetween, .words = {"New York City time, on"}, .until = {"unless such time is extended"}}};
    const std::string text =
        "NOTICE OF GUARANTEED DELIVERY\nat or prior to 5:00 p.m., New York City ume, on 05-10-02, unless such\ntime is extended by Acme.\n"
        "to 5:00 p.m., New York City time, on the Expiration Date even if the certificates\n";
    EXPECT_EQ(text_for(read_by_template(form, sheet_of(text)), "expiration_date"), "05-10-02,");
}

TEST(Template, WordsThatFollowEachOtherHaveNoBlankBetweenThem) {
    FormTemplate form = a_template();
    form.fields = {{.field = "expiration_date", .stands = Stands::kBetween, .words = {"Eastern time, on"}, .until = {"(the \"Expiration Date\")"}}};
    const std::string text =
        "at or prior to 5:00 p.m., Eastern ume, on May 20, 2002 (the \"Expiration Date\"), unless the Company extends that time.\n"
        "before 5:00 p.m., Eastern time, on the Expiration Date. Upon the terms\n";
    EXPECT_EQ(text_for(read_by_template(form, sheet_of(text)), "expiration_date"), "May 20, 2002");
}

TEST(Template, AnOptionIsKnownBetweenItsNeighbours) {
    FormTemplate form = a_template();
    form.sections.clear();
    form.choices = {{.field = "payment_method",
                     .options = {{"wire", {"wire transfer"}}, {"uncertified_check", {"personal check"}}, {"certified_check", {"certified check"}}, {"bank_draft", {"cashier's check"}}}}};
    const auto options_of = [&](const std::string& line) {
        std::string found;
        for (const OptionPlace& option : read_by_template(form, sheet_of(line + "\n")).options) found += option.value + " ";
        return found;
    };
    EXPECT_EQ(options_of("[ ] wire transfer   [ ] personal check   [ ] certified check   [ ] cashier's check"), "wire uncertified_check certified_check bank_draft ");
    EXPECT_EQ(options_of("[ ] wire transfer   [ ] pcrscna] chcck   [ ] certified check   [ ] cashier's check"), "wire uncertified_check certified_check bank_draft ");
    EXPECT_EQ(options_of("[ ] wire transfer   [ ] personal check   [ ] certified check   [ ] casltcr's chcck"), "wire uncertified_check certified_check bank_draft ");
    EXPECT_EQ(options_of("[ ] wire transfer   [ ] pcrscna] chcck   [ ] ccr1l|led chcck   [ ] cashier's check"), "wire bank_draft ") << "which is which?";
}

// A page on which the fax lost the rule under the second of three lines.
TEST(Template, ALineWhoseRuleIsLostIsReadAllTheSame) {
    FormTemplate form = a_template();
    form.sections.clear();
    form.fields = {{.field = "guarantor_address", .stands = Stands::kAbove, .words = {"(Address)"}, .lines = 3}};
    Sheet sheet;
    sheet.letter = 30;
    std::uint32_t line = 0;
    const auto add = [&](const std::string& text, std::int32_t left, std::int32_t bottom) {
        sheet.words.push_back({text, 1, left, bottom - 30, left + 20 * static_cast<std::int32_t>(text.size()), bottom, line, static_cast<std::uint32_t>(sheet.words.size())});
    };
    add("hereof.", 200, 1'000);
    ++line;
    for (const std::string word : {"Harbor", "Center"}) add(word, word == "Harbor" ? 220 : 380, 1'120);
    ++line;
    for (const std::string word : {"55", "Water"}) add(word, word == "55" ? 220 : 300, 1'192);
    ++line;
    for (const std::string word : {"Boston,", "MA"}) add(word, word == "MA" ? 400 : 220, 1'264);
    ++line;
    add("(Address)", 450, 1'310);
    sheet.rules = {{1, 200, 900, 1'125}, {1, 200, 900, 1'269}};
    EXPECT_EQ(text_for(read_by_template(form, sheet), "guarantor_address"), "Harbor Center\n55 Water\nBoston, MA");
}

// A page that lies so little crooked that nothing is turned: the right column's line is a hair lower than the left one's.
TEST(Template, ACaptionsBlankIsTheLineOverItAndNotItsNeighbours) {
    FormTemplate form = a_template();
    form.sections.clear();
    form.fields = {{.field = "signatory", .stands = Stands::kAbove, .words = {"(Authorized Signature)"}}};
    DrawnSheet drawn(30);
    drawn.add("Luis", 270, 1'085, 1);
    drawn.add("Ortega", 380, 1'085, 1);
    drawn.add("Canada", 1'450, 1'086, 1);
    drawn.add("Square", 1'620, 1'086, 1);
    drawn.add("(Authorized", 530, 1'146, 2);
    drawn.add("Signature)", 780, 1'146, 2);
    drawn.sheet.rules = {{1, 192, 1'212, 1'088}, {1, 1'306, 2'325, 1'089}};
    EXPECT_EQ(text_for(read_by_template(form, drawn.sheet), "signatory"), "Luis Ortega");
    drawn.sheet.rules = {{1, 192, 480, 1'088}};
    EXPECT_EQ(text_for(read_by_template(form, drawn.sheet), "signatory"), "Luis Ortega") << "a piece of the line, not over its caption";
}

// A standard fax lost the line behind the label, and nothing is written there.
TEST(Template, ALineWithACaptionUnderItIsNoLabelsOverIt) {
    FormTemplate form = a_template();
    form.sections.clear();
    form.fields = {{.field = "instrument_number", .words = {"Check number"}}, {.field = "signatures", .stands = Stands::kAbove, .words = {"Signature(s) of holder"}}};
    DrawnSheet drawn(30);
    drawn.add("Check", 200, 1'000, 1);
    drawn.add("number", 320, 1'000, 1);
    drawn.add("Prudence", 220, 1'100, 2);
    drawn.add("Field", 400, 1'100, 2);
    drawn.add("Signature(s)", 300, 1'160, 3);
    drawn.add("of", 560, 1'160, 3);
    drawn.add("holder", 620, 1'160, 3);
    drawn.sheet.rules = {{1, 200, 900, 1'105}};
    const TemplateReading reading = read_by_template(form, drawn.sheet);
    EXPECT_EQ(text_for(reading, "instrument_number"), "");
    EXPECT_EQ(text_for(reading, "signatures"), "Prudence Field");
}

// A value with the dots of its torn line, which the recogniser took for a bracket.
TEST(Template, AMarkAsWideAsAWordIsNoLabels) {
    FormTemplate form = a_template();
    form.sections.clear();
    form.fields = {{.field = "excess_shares", .stands = Stands::kBetween, .words = {"and requests up to"}, .until = {"shares in the over-subscription"}}};
    for (const std::int32_t width : {12, 235}) {
        Sheet sheet;
        sheet.letter = 30;
        std::int32_t left = 1'400;
        for (const std::string word : {"and", "requests", "up", "to", ")", "shares", "in", "the", "over-subscription"}) {
            const std::int32_t wide = word == ")" ? width : 20 * static_cast<std::int32_t>(word.size());
            sheet.words.push_back({word, 1, left, 1'222, left + wide, 1'252, 1, static_cast<std::uint32_t>(sheet.words.size())});
            left += wide + 24;
        }
        EXPECT_EQ(text_for(read_by_template(form, sheet), "excess_shares"), width == 12 ? "" : ")") << width;
    }
}

TEST(Template, WordsWithoutWidthAreReadOnce) {
    FormTemplate form = a_template();
    form.sections.clear();
    form.fields = {{.field = "names", .words = {"Name(s)"}}};
    Sheet sheet;
    sheet.letter = 30;
    sheet.words = {{"Name(s)", 1, 100, 970, 220, 1'000, 1, 0}, {"A", 1, 240, 970, 240, 1'000, 1, 1}, {"B", 1, 240, 970, 240, 1'000, 1, 2}};
    EXPECT_EQ(text_for(read_by_template(form, sheet), "names"), "A B");
}

TEST(Template, ALabelsWordThatIsVeryWideHasTheValueInIt) {
    FormTemplate form = a_template();
    form.sections.clear();
    form.fields = {{.field = "excess_shares", .stands = Stands::kBetween, .words = {"to subscribe for up to"}, .until = {"Excess Shares, subject"}}};
    for (const std::int32_t width : {60, 175}) {
        Sheet sheet;
        sheet.letter = 29;
        std::int32_t left = 800;
        for (const std::string word : {"to", "subscribe", "for", "up", "to.", "Excess", "Shares,", "subject"}) {
            const std::int32_t wide = word == "to." ? width : 20 * static_cast<std::int32_t>(word.size());
            sheet.words.push_back({word, 1, left, 1'790, left + wide, 1'821, 1, static_cast<std::uint32_t>(sheet.words.size())});
            left += wide + (word == "to." ? 240 : 20);
        }
        const TemplateReading reading = read_by_template(form, sheet);
        ASSERT_EQ(reading.fields.size(), 1U);
        ASSERT_EQ(reading.fields.front().blanks.size(), 1U);
        const SheetWord& last = sheet.words[4];
        EXPECT_EQ(reading.fields.front().blanks.front().left, width == 60 ? last.right : last.left + 95) << width;
    }
}

TEST(Template, AValueTooLongForItsLineStandsBelowIt) {
    FormTemplate form = a_template();
    form.sections.clear();
    form.fields = {{.field = "excess_shares", .words = {"Over-subscription, shares:"}}};
    DrawnSheet drawn(29);
    drawn.add("Over-subscription,", 1'321, 994, 1);
    drawn.add("shares:", 1'752, 994, 1);
    drawn.add("500,000", 1'371, 1'054, 2);
    drawn.add("(five", 1'576, 1'054, 2);
    EXPECT_EQ(text_for(read_by_template(form, drawn.sheet), "excess_shares"), "500,000 (five");
}

// The fax tore the rules of three rows, each a little further on than the one above.
TEST(Template, ColumnsArePartedWhereRulesEndAndNotWhereTheyAreTorn) {
    FormTemplate form = a_template();
    form.sections.clear();
    form.fields = {{.field = "guarantor_address", .stands = Stands::kAbove, .words = {"(Address)"}, .lines = 3}};
    DrawnSheet drawn(32);
    drawn.add("Harbor", 1'330, 2'412, 1);
    drawn.add("Center", 1'470, 2'412, 1);
    drawn.add("55", 1'330, 2'540, 2);
    drawn.add("Water", 1'400, 2'540, 2);
    drawn.add("Boston,", 1'330, 2'668, 3);
    drawn.add("MA", 1'500, 2'668, 3);
    drawn.add("(Contact)", 600, 2'728, 4);
    drawn.add("(Address)", 1'750, 2'728, 4);
    drawn.sheet.rules = {{1, 198, 1'218, 2'416}, {1, 1'311, 1'454, 2'416}, {1, 1'613, 2'330, 2'416}, {1, 199, 1'219, 2'544},  {1, 1'311, 1'493, 2'544},
                   {1, 1'653, 2'330, 2'544}, {1, 198, 1'218, 2'672}, {1, 1'311, 1'535, 2'672}, {1, 1'692, 2'331, 2'672}};
    EXPECT_EQ(text_for(read_by_template(form, drawn.sheet), "guarantor_address"), "Harbor Center\n55 Water\nBoston, MA");
    // Dirt joined the last row's; words of the left column stand there too.
    drawn.sheet.rules.resize(6);
    drawn.sheet.rules.push_back({1, 198, 2'331, 2'672});
    drawn.add("Dana", 300, 2'668, 3);
    drawn.add("Whitlock", 400, 2'668, 3);
    EXPECT_EQ(text_for(read_by_template(form, drawn.sheet), "guarantor_address"), "Harbor Center\n55 Water\nBoston, MA");
}

// As tesseract read them of faxes in standard mode.
TEST(Template, AShortCaptionOfWhichLittleIsLeftIsKnownBesideItsNeighbour) {
    FormTemplate form = a_template();
    form.fields.push_back({.field = "guarantor_address", .stands = Stands::kAbove, .words = {"(Address)"}, .section = "guarantee"});
    for (const std::string caption : {"(Name of Funi)", "{Name of Parm)", "(Nanie of Fim)", "(Namie of Fun)"}) {
        const std::string block =
            "NOTICE OF GUARANTEED DELIVERY\nSUBSCRIBER\nName(s) John Smith______________\n\nGUARANTEE OF DELIVERY\n\n"
            "88 Market Street______________      Dunmore Brokerage, Inc._______\n"
            "     (Address)                          " + caption + "\n";
        const TemplateReading reading = read_by_template(form, sheet_of(block));
        EXPECT_EQ(text_for(reading, "guarantor_name"), "Dunmore Brokerage, Inc.") << caption;
        EXPECT_EQ(text_for(reading, "guarantor_address"), "88 Market Street") << caption;
    }
    const std::string bracket_lost =
        "NOTICE OF GUARANTEED DELIVERY\nSUBSCRIBER\nAddress 5 Main Street______\n\nGUARANTEE OF DELIVERY\n\n88 Market Street______________      Dunmore Brokerage, Inc._______\n     {Address)                          (Name of Firm)\n";
    form.fields.push_back({.field = "address", .words = {"Address"}, .section = "holder"});
    EXPECT_EQ(text_for(read_by_template(form, sheet_of(bracket_lost)), "guarantor_address"), "88 Market Street");
    const std::string nothing_like_it =
        "NOTICE OF GUARANTEED DELIVERY\nGUARANTEE OF DELIVERY\n\n88 Market Street______________      Dunmore Brokerage, Inc._______\n     (Address)                          (Title)\n";
    EXPECT_EQ(text_for(read_by_template(form, sheet_of(nothing_like_it)), "guarantor_name"), "(not found)");
}

// A number as a typewriter put it, somewhat above the line, of which the fax left some dots.
TEST(Template, WhatStandsRaisedOverItsLineIsTheBlanks) {
    Sheet sheet;
    sheet.letter = 30;
    const auto add = [&](std::string text, std::int32_t left, std::int32_t bottom, std::uint32_t line) {
        const auto width = static_cast<std::int32_t>(text.size()) * 20;
        sheet.words.push_back({std::move(text), 1, left, bottom - 30, left + width, bottom, line, 0});
    };
    add("360", 620, 980, 1);
    add("subscribe", 200, 1'000, 2);
    add("for", 400, 1'000, 2);
    add("----", 700, 1'000, 2);
    add("shares", 900, 1'000, 2);
    add("now", 1'060, 1'000, 2);
    FormTemplate form = a_template();
    form.fields = {{.field = "basic_shares", .stands = Stands::kBetween, .words = {"subscribe for"}, .until = {"shares now"}}};
    EXPECT_EQ(text_for(read_by_template(form, sheet), "basic_shares"), "360");
}

// The caption's last mark is not sought in the line below it.
TEST(Template, APointInTheNextLineIsNoPartOfACaption) {
    const std::string text =
        "NOTICE OF GUARANTEED DELIVERY\nGUARANTEE OF DELIVERY\n\n"
        "                                     1st Source Bank_______\n"
        "                                     (Name of Firm)\n"
        ". 555-2765\n";
    EXPECT_EQ(text_for(read_by_template(a_template(), sheet_of(text)), "guarantor_name"), "1st Source Bank");
}

// Each as faxes in standard mode had it.
TEST(Template, AMisreadLabelTakesNeitherAValueNorAnothersPlace) {
    FormTemplate form = a_template();
    form.fields = {{.field = "excess_shares", .stands = Stands::kBetween, .words = {"are available therefor, for"}, .until = {"Excess Shares, subject"}},
                   {.field = "transferor_institution", .words = {"Name of transferor institution"}},
                   {.field = "transfer_date", .words = {"Date of transfer"}},
                   {.field = "dated", .words = {"Dated", "Dated:"}}};
    form.printed = {"for an aggregate of up to"};
    const TemplateReading reading = read_by_template(form, sheet_of("shares are available therefor, for 497,000 an aggregate of up to Excess Shares, subject to\n"
                                                                    "Name of transferor institution Hudson Valley Savings Bank____\n"
                                                                    "Dale of transler 6/10/2002____\n"
                                                                    "business days after the date hereof.\n"
                                                                    "Nated: June 8 2002____\n"));
    EXPECT_EQ(text_for(reading, "excess_shares"), "497,000");
    EXPECT_EQ(text_for(reading, "transferor_institution"), "Hudson Valley Savings Bank");
    EXPECT_EQ(text_for(reading, "transfer_date"), "6/10/2002");
    EXPECT_EQ(text_for(reading, "dated"), "June 8 2002");
}

// A speck behind a label, which passes for its point, and a section whose first words came behind others of their row.
TEST(Template, WhatHangsOnALabelDoesNotMoveIt) {
    Sheet sheet;
    sheet.letter = 30;
    sheet.rules = {{1, 1'000, 1'400, 1'043}};
    const auto add = [&](std::string text, std::int32_t left, std::int32_t top, std::int32_t bottom, std::uint32_t line) {
        const auto width = static_cast<std::int32_t>(text.size()) * 20;
        sheet.words.push_back({std::move(text), 1, left, top, left + width, bottom, line, 0});
    };
    add("Telephone", 800, 1'000, 1'030, 1);
    add(".", 990, 980, 985, 1);
    add("555-0100", 1'040, 1'000, 1'030, 1);
    add("GUARANTEE", 100, 1'000, 1'040, 2);
    add("OF", 300, 1'000, 1'030, 2);
    FormTemplate form = a_template();
    form.sections = {{"guarantee", {"GUARANTEE OF"}}};
    form.fields = {{.field = "guarantor_telephone", .words = {"Telephone"}, .section = "guarantee"}};
    EXPECT_EQ(text_for(read_by_template(form, sheet), "guarantor_telephone"), "555-0100");
}

TEST(FieldMeaning, OneDoorToAllReaders) {
    domain::NoticeFields fields;
    EXPECT_EQ(set_field(fields, "basic_shares", "one thousand (1,000)"), Meaning::kValue);
    EXPECT_EQ(fields.basic_shares, domain::Shares(1'000));
    EXPECT_EQ(set_field(fields, "excess_shares", "none"), Meaning::kValue);
    EXPECT_EQ(fields.excess_shares, domain::Shares(0));
    EXPECT_EQ(set_field(fields, "rights_held", "one thousand (2,000)"), Meaning::kUnclear);
    EXPECT_EQ(set_field(fields, "confirmation_number", "n/a"), Meaning::kNothing);
    EXPECT_EQ(set_field(fields, "issuer", "May 28, 2002 of Acme Corp., a Delaware"), Meaning::kValue);
    EXPECT_EQ(fields.issuer, "Acme Corp.");
    for (const char* torn : {"June & 2002 of Acme Corp.", "of Acme Corp., a Delaware"}) {
        EXPECT_EQ(set_field(fields, "issuer", torn), Meaning::kValue);
        EXPECT_EQ(fields.issuer, "Acme Corp.") << torn;
    }
    EXPECT_EQ(set_field(fields, "issuer", "Bank of the West"), Meaning::kValue);
    EXPECT_EQ(fields.issuer, "Bank of the West");
    EXPECT_EQ(set_field(fields, "payment_method", "bank_draft"), Meaning::kValue);
    EXPECT_EQ(value_text(fields, "payment_method"), "bank_draft");
    clear_field(fields, "payment_method");
    EXPECT_EQ(value_text(fields, "payment_method"), std::nullopt);
}

}  // namespace rightsdesk::paper
