// What can stand for a field by its form, and what cannot.
#include <gtest/gtest.h>

#include <string>

#include "reading/well_formed.h"

namespace rightsdesk::reading {

TEST(WellFormed, WhatCannotBeIsNoReading) {
    EXPECT_FALSE(is_well_formed("confirmation_number", "20020626H1QHVS1RO000005"));  // 23 letters
    EXPECT_TRUE(is_well_formed("confirmation_number", "20020626H1QHVS1R000005"));
    EXPECT_FALSE(is_well_formed("confirmation_number", "20020626H1OHVS1R000005")) << "a Q, or an O";
    EXPECT_TRUE(is_well_formed("confirmation_number", "FT-4711"));
    EXPECT_FALSE(is_well_formed("telephone", "+1 614555-2374")) << "a blank lost";
    EXPECT_TRUE(is_well_formed("telephone", "6145552374"));
    EXPECT_FALSE(is_well_formed("telephone", "1 397 555-5165")) << "a plus lost";
    EXPECT_TRUE(is_well_formed("telephone", "+1 614 555-2374"));
    EXPECT_FALSE(is_well_formed("drawee", "Si"));
    EXPECT_FALSE(is_well_formed("signatory", "/s/ d. P. Dunmore"));
    EXPECT_TRUE(is_well_formed("signatory", "/s/ J. P. Dunmore"));
    EXPECT_FALSE(is_well_formed("excess_shares", "497,")) << "it goes on";
    EXPECT_FALSE(is_well_formed("address", "One, Liberty Plaza, New York, NY 10006")) << "a speck";
    EXPECT_FALSE(is_well_formed("basic_shares", "0400")) << "a figure lost";
    EXPECT_TRUE(is_well_formed("excess_shares", "0"));
    EXPECT_FALSE(is_well_formed("guarantor_address", "9 S. Wacker, Dr., Suite 1400, Chicago, IL 60606")) << "a speck";
    EXPECT_TRUE(is_well_formed("guarantor_address", "9 S. Wacker Dr., Suite 1400, Chicago, IL 60606"));
    EXPECT_TRUE(is_well_formed("aggregate_cents", "$5,496.50,")) << "as the sentence does";
    EXPECT_FALSE(is_well_formed("certificate_numbers", "1001; RC-1002"));
    EXPECT_TRUE(is_well_formed("certificate_numbers", "RC-1001; RC-1002"));
    EXPECT_TRUE(is_well_formed("certificate_numbers", "RC-1001 to 1004"));
    EXPECT_TRUE(is_well_formed("certificate_numbers", "1001 and 1002"));
    EXPECT_FALSE(is_well_formed("guarantor_address", "9 8. Wacker Dr.\nChicago, IL 60606"));
    EXPECT_TRUE(is_well_formed("address", "c/o Smith & Sons\nTulsa, OK 74103"));
    EXPECT_FALSE(is_well_formed("guarantor_address", "9 S. Wacker Dr.")) << "where does it go on?";
    EXPECT_FALSE(is_well_formed("guarantor_address", "One Canada Square\nLondon E14 SAB"));
    EXPECT_TRUE(is_well_formed("guarantor_address", "One Canada Square\nLondon E14 5AB"));
    EXPECT_TRUE(is_well_formed("signatory", "By: Luis Ortega"));
    EXPECT_TRUE(is_well_formed("signatures", "John Smith; Mary Smith"));
    EXPECT_TRUE(is_well_formed("telephone", "+1 786 555-4795"));
    EXPECT_FALSE(is_well_formed("telephone", "41 786 555-4795"));
    EXPECT_FALSE(is_well_formed("guarantor_telephone", "766-555.4000"));
    EXPECT_FALSE(is_well_formed("telephone", "737 555.0614"));
    EXPECT_TRUE(is_well_formed("telephone", "737.555.0614"));
    EXPECT_TRUE(is_well_formed("telephone", "555-3619"));
    EXPECT_FALSE(is_well_formed("guarantor_telephone", "383) 555-4236"));
    EXPECT_TRUE(is_well_formed("guarantor_telephone", "(383) 555-4236"));
    EXPECT_FALSE(is_well_formed("telephone", "5555-3619"));
    EXPECT_TRUE(is_well_formed("telephone", "449-555-6611 ext. 12"));
    EXPECT_FALSE(is_well_formed("telephone", "49-555-6611 ext. 12"));
    EXPECT_TRUE(is_well_formed("guarantor_address", "12 Rue de la Paix\n75002 Paris"));
    EXPECT_TRUE(is_well_formed("guarantor_address", "12 Rue de la Paix, 75002 Paris"));
    for (const std::string town : {"Albany, NY 12207", "Woodstock, Vermont 05091", "London E14 5AB", "75002 Paris"}) EXPECT_FALSE(is_well_formed("address", town)) << town;
    EXPECT_TRUE(is_well_formed("address", "Hillcrest Farm, Woodstock, Vermont 05091"));
    EXPECT_FALSE(is_well_formed("guarantor_address", "100 Wall Street\nNew. York, NY 10005")) << "a speck";
    EXPECT_TRUE(is_well_formed("address", "1 Elm Rd., Apt. 4B\nSalem, MA 01970"));
    EXPECT_FALSE(is_well_formed("guarantor_name", "Lakeshore Credit Union."));
    EXPECT_FALSE(is_well_formed("guarantor_address", "9 S. Wacker Dr.. Suite 1400, Chicago, IL 60606"));
    EXPECT_TRUE(is_well_formed("guarantor_name", "J.P. Morgan Securities Inc."));
    EXPECT_FALSE(is_well_formed("names", "John Smith I Mary Smith"));
    EXPECT_FALSE(is_well_formed("issuer", "of Northern Light Company."));
    EXPECT_FALSE(is_well_formed("issuer", "Acme Cor;"));
    EXPECT_FALSE(is_well_formed("issuer", "Lindqvist & Field Holdings, Inc,."));
    EXPECT_FALSE(is_well_formed("names", "Acme Holdings, Inc,."));
    EXPECT_TRUE(is_well_formed("issuer", "Acme Corp."));
    EXPECT_FALSE(is_well_formed("names", "Cede J Co."));
    EXPECT_FALSE(is_well_formed("transferor_institution", "First National Bank E Trust"));
    EXPECT_TRUE(is_well_formed("signatory", "By: /s/ J P Dunmore"));
    EXPECT_TRUE(is_well_formed("names", "John I. Smith III"));
    EXPECT_FALSE(is_well_formed("instrument_number", "Prudence Field, Trustee"));
    EXPECT_TRUE(is_well_formed("instrument_number", "BD-88213"));
    EXPECT_FALSE(is_well_formed("signatures", "R. & Appleby"));
    EXPECT_FALSE(is_well_formed("signatures", "R. J, Appleby"));
    EXPECT_FALSE(is_well_formed("guarantor_name", "Citibank, N.a."));
    EXPECT_TRUE(is_well_formed("guarantor_name", "Citibank, N.A."));
    EXPECT_TRUE(is_well_formed("names", "Carol J. Appleby & Sons"));
}

}  // namespace rightsdesk::reading
