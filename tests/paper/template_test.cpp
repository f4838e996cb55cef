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
    EXPECT_EQ(set_field(fields, "payment_method", "bank_draft"), Meaning::kValue);
    EXPECT_EQ(value_text(fields, "payment_method"), "bank_draft");
    clear_field(fields, "payment_method");
    EXPECT_EQ(value_text(fields, "payment_method"), std::nullopt);
}

}  // namespace rightsdesk::paper
