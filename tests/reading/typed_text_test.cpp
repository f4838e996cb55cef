// Notices that were typed into a mail, on the layouts of other offerings: the same templates, without a picture.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "paper/field_meaning.h"
#include "reading/templates_folder.h"
#include "reading/typed_text.h"
#include "support/typed_form.h"

namespace rightsdesk::reading {
namespace {

const std::map<std::string, std::string> kTyped = {
    {"title", "RARE MEDIUM GROUP, INC."},
    {"issuer", "Rare Medium Group, Inc."},
    {"short", "Rare Medium"},
    {"state", "a Delaware"},
    {"prospectus_date", "May 28, 2002"},
    {"expiration_date", "June 28, 2002"},
    {"price", "$2.00"},
    {"rights_held", "1,200"},
    {"basic_shares", "1,200"},
    {"excess_shares", "300"},
    {"aggregate", "$3,000.00"},
    {"certificates", "RM-10417"},
    {"confirmation_number", "20020627B1Q8021C000417"},
    {"transferor_institution", "Harbor Trust Company"},
    {"transfer_date", "June 27, 2002"},
    {"names", "Ida M. Holder"},
    {"signatures", "Ida M. Holder"},
    {"telephone", "(212) 555-0146"},
    {"address", "14 Court Street, Brooklyn, NY 11201"},
    {"address1", "14 Court Street"},
    {"address2", "Brooklyn, NY 11201"},
    {"firm", "Harbor Securities LLC"},
    {"dated", "June 27, 2002"},
    {"signatory", "Ruth Clerk"},
    {"capacity", "Vice President"},
    {"guarantor_telephone", "(212) 555-0199"},
    {"guarantor_address", "5 Pier Street, New York, NY 10004"},
    {"guarantor_address1", "5 Pier Street"},
    {"guarantor_address2", "New York, NY 10004"},
    {"contact", "Ruth Clerk"},
    {"dtc_participant", "0417"},
    {"protect_number", "P-118"},
};

// The same as fields, as paper::value_text writes them.
const std::map<std::string, std::string> kRead = {
    {"rights_held", "1200"},
    {"basic_shares", "1200"},
    {"excess_shares", "300"},
    {"aggregate_cents", "300000"},
    {"dated", "2002-06-27"},
    {"transfer_date", "2002-06-27"},
    {"confirmation_number", "20020627B1Q8021C000417"},
    {"transferor_institution", "Harbor Trust Company"},
    {"guarantor_name", "Harbor Securities LLC"},
    {"signatory", "Ruth Clerk"},
    {"names", "Ida M. Holder\n"},
    {"telephone", "(212) 555-0146"},
    {"payment_method", "wire"},
    {"payment_delivery", "herewith"},
};

base::Result<PageReading> read_text(const std::string& text) {
    static const auto layouts = load_templates(std::string(RIGHTSDESK_SOURCE_DIR) + "/deploy/templates").value();
    return read_typed(layouts, text);
}

}  // namespace

TEST(TypedText, is_read_by_the_layout_that_its_words_are_of_and_nothing_in_it_is_taken_for_another) {
    for (const char* name : {"subscription_certificate", "primary_subscription", "unit_offering", "estimated_price", "participant_form", "payment_guaranteed"}) {
        SCOPED_TRACE(name);
        const std::string text = support::typed(*support::layout_named(name), kTyped, {"herewith", "wire"});
        const auto read = read_text(text);
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(read->layout, name) << text;
        EXPECT_NE(read->verdict, Verdict::kNotANotice);
        EXPECT_NE(read->verdict, Verdict::kNotOurs);
        // What is not certain is left to a person; what is there is what was typed.
        std::size_t there = 0;
        for (const auto& [field, wanted] : kRead) {
            const auto value = paper::value_text(read->fields, field);
            if (!value) continue;
            ++there;
            EXPECT_EQ(*value, wanted) << field;
        }
        EXPECT_GE(there, 8U) << text;
    }
}

TEST(TypedText, of_a_tender_is_not_ours) {
    for (const char* name : {"tender_offer", "exchange_offer"}) {
        const auto read = read_text(support::typed(*support::layout_named(name), kTyped, {}));
        ASSERT_TRUE(read);
        EXPECT_EQ(read->verdict, Verdict::kNotOurs) << name << ": " << read->reason;
    }
}

TEST(TypedText, that_is_no_notice_is_said_to_be_none) {
    const auto letter = read_text("Dear Sirs,\n\nplease send us the prospectus.\n");
    ASSERT_TRUE(letter);
    EXPECT_EQ(letter->verdict, Verdict::kNotANotice);
    EXPECT_FALSE(read_text("   \n").has_value());
    EXPECT_FALSE(read_text(std::string(300'000, 'x')).has_value());
}

}  // namespace rightsdesk::reading
