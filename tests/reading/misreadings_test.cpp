// What is put right, and what is left to be doubted.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "reading/misreadings.h"

namespace rightsdesk::reading {

TEST(Misreadings, ArePutRightWhereNothingElseCanHaveStoodThere) {
    struct Row {
        std::string field, read, stood;
    };
    const std::vector<Row> rows = {
        {"telephone", "/216/555-8046", "(216)555-8046"},
        {"telephone", "(778/555-2420", "(778)555-2420"},
        {"telephone", "4711/555-7695", "(711)555-7695"},
        {"telephone", "\u00a3448(555-9578", "(448)555-9578"},
        {"telephone", "._/645/ 555-8258", "(645) 555-8258"},
        {"telephone", "+1756 555-4943", "+1 756 555-4943"},
        {"telephone", "500/555-1673", "500/555-1673"},
        {"issuer", "Northern Light Company. a New York", "Northern Light Company, a New York"},
        {"guarantor_name", "Dunmore Brokerage, inc.", "Dunmore Brokerage, Inc."},
        {"rights_held", "five hundred thousand /500,000/", "five hundred thousand (500,000)"},
        {"basic_shares", "**6,540,000%*", "6,540,000"},
        {"basic_shares", "67,500", "67,500"},
        {"aggregate_cents", "U8$68,400.00", "US$68,400.00"},
        {"dated", "Jume 29 2002", "june 29 2002"},
        {"dated", "April\nSth, 2002", "April\n5th, 2002"},
        {"dated", "Q5-27-02", "05-27-02"},
        {"dated", "Mav 7, 2002", "Mav 7, 2002"},  // May or Mar: nobody can tell
        {"names", "Cede [| Co.", "Cede & Co."},
        {"signatures", "Isf John Smith", "/s/ John Smith"},
        {"signatory", "Ann-Marie 0\u2019Dell", "Ann-Marie O'Dell"},
        {"drawee", "Bank 0f the West", "Bank of the West"},
        {"guarantor_name", "Dunmore Brokerage, Inc..", "Dunmore Brokerage, Inc."},
        {"guarantor_name", "ist Source Bank", "1st Source Bank"},
        {"guarantor_address", "9 8S. Wacker Dr.", "9 S. Wacker Dr."},
        {"guarantor_address", "9 8. Wacker Dr.", "9 S. Wacker Dr."},
        {"guarantor_address", "9S. Wacker Dr.", "9 S. Wacker Dr."},
        {"confirmation_number", "2OO20626H 1QHVS 1RO0O0O5", "20020626H1QHVS1R000005"},
        {"confirmation_number", "nia", "n/a"},
        {"certificate_numbers", "Nos. 1001 [| 1002", "Nos. 1001 & 1002"},
        {"basic_shares", "1820 000", "1820000"},
        {"excess_shares", "1,000 /one thousand/", "1,000 (one thousand)"},
        {"instrument_date", "2-Jun---2002", "2-Jun-2002"},
        {"guarantor_telephone", "(692)555---5243", "(692)555-5243"},
        {"instrument_number", "BD-88213 -", "BD-88213"},
        {"confirmation_number", "): 20020626H1QHVS 1R000005 |", "20020626H1QHVS1R000005"},
        {"basic_shares", "1.820 000", "1820000"},
        {"basic_shares", "1 820 000", "1820000"},
        {"basic_shares", "100 200", "100200"},
        {"rights_held", "66 +300", "66,300"},
        {"excess_shares", "9s840,000", "9,840,000"},
        {"excess_shares", "95840000", "95840000"},  // a comma, or a 5: only the shape tells
        {"aggregate_cents", "US$29 ,560,000", "US$29,560,000"},
        {"aggregate_cents", "$ 5,520,398.00 .", "$ 5,520,398.00"},
        {"aggregate_cents", "$18,621,010,", "$18,621,010"},
        {"aggregate_cents", "$ 5,.520.398.00 .", "$ 5,520,398.00"},
        {"aggregate_cents", "$5,520,.398.00", "$5,520,398.00"},
        {"aggregate_cents", "$62,150.603", "$62,150,603"},
        {"aggregate_cents", "S22,552,220.00", "$22,552,220.00"},
        {"aggregate_cents", "$7.50", "$7.50"},
        {"excess_shares", "5 .", "5"},
        {"excess_shares", "0 . .. .", "0"},
        {"excess_shares", "-0-", "-0-"},
        {"expiration_date", "the Lith day of April, 2002", "the 11th day of April, 2002"},
        {"rights_held", "2.660.000", "2660000"},
        {"rights_held", "2.660", "2.660"},
        {"address", "9 S. Wacker Dr.\nChicago, iL 60606", "9 S. Wacker Dr.\nChicago, IL 60606"},
        {"address", "400 W. 12th St.\nAustin; TX 78701", "400 W. 12th St.\nAustin, TX 78701"},
        {"guarantor_telephone", "11 605 555-0491", "+1 605 555-0491"},
        {"guarantor_telephone", "!1.605 555-0491", "+1 605 555-0491"},
        {"guarantor_telephone", "605 555-0491", "605 555-0491"},
        {"telephone", "283-555-1333 ext 12", "283-555-1333 ext. 12"},
        {"telephone", "283-555-1333 ext. 12", "283-555-1333 ext. 12"},
        {"subscription_price", "$12.3456", "$12.3456"},
        {"prospectus_date", "May ist, 2002", "May 1st, 2002"},
        {"address", "1Elm Rad., Apt. 4B\nSalem, MA 01970", "1 Elm Rd., Apt. 4B\nSalem, MA 01970"},
        {"address", "4B Elm Ra., 1st Floor\nSalem, MA 01970", "4B Elm Rd., 1st Floor\nSalem, MA 01970"},
        {"transfer_date", "\" 04/30/02", "04/30/02"},
        {"transfer_date", "the 24th dav of May, 2002", "the 24th day of May, 2002"},
        {"telephone", "(354)555-1425,", "(354)555-1425"},
        {"signatory", "/s/). P. Dunmore", "/s/J. P. Dunmore"},
        {"signatory", "Is/Ann-Marie O'Dell", "/s/Ann-Marie O'Dell"},
        {"signatory", "/e/ Luis Ortega", "/s/ Luis Ortega"},
        {"signatures", "/s/. Prudence Field, Trustee", "/s/ Prudence Field, Trustee"},
        {"signatory", "By, Karen Novak", "By: Karen Novak"},
        {"signatory", "By: /a/ J. P. Dunmore", "By: /s/ J. P. Dunmore"},
        {"names", "By: /a/ J. P. Dunmore", "By: /a/ J. P. Dunmore"},
        {"signatory", "/s(J, P. Dunmore", "/s/J. P. Dunmore"},
        {"issuer", "Lindqvist & Field Holdings, Ine.", "Lindqvist & Field Holdings, Inc."},
        {"address", "400 W, 12th St.\nAustin, TX 78701", "400 W. 12th St.\nAustin, TX 78701"},
        {"address", "77 Lake Ave, Reno, NV. 89501", "77 Lake Ave, Reno, NV 89501"},
        {"address", "c/o Smith [| Sons\nTulsa, OK 74103", "c/o Smith & Sons\nTulsa, OK 74103"},
        {"confirmation_number", "20020626H1QOHVS1R000000", "20020626H1QHVS1R000000"},
        {"confirmation_number", "20020626H1QHVS1RO000006", "20020626H1QHVS1R000006"},
        {"certificate_numbers", "RC1001,RC 1002", "RC1001,RC1002"},
        {"certificate_numbers", "RC 1001,RC 1002", "RC 1001,RC 1002"},
        {"certificate_numbers", "RC1001.RC1002", "RC1001,RC1002"},
        {"certificate_numbers", "Rc-1001; RC-1002", "RC-1001; RC-1002"},
    };
    for (const Row& row : rows) EXPECT_EQ(mended(row.field, row.read), row.stood) << row.field;
}

TEST(Misreadings, SignsOfSignersAndTelephones) {
    EXPECT_EQ(mended("signatory", "/s/ 3d. P. Dunmore, Vice President"), "/s/ J. P. Dunmore, Vice President");
    EXPECT_EQ(mended("signatory", "/s/ d. P. Dunmore"), "/s/ J. P. Dunmore");
    EXPECT_EQ(mended("guarantor_telephone", ". 555-2765"), "555-2765");
}

TEST(Misreadings, LettersOfWhichOnlyOneMakesAWordAreThose) {
    const std::set<std::string> words = {"Hudson", "Harbor", "Hillcrest", "Illinois", "Ortega", "Iraq", "Irag"};
    const auto mend = [&](const std::string& text) { return with_known_letters(text, [&](const std::string& word) { return words.contains(word); }); };
    EXPECT_EQ(mend("Iludson Valley Savings Bank"), "Hudson Valley Savings Bank");
    EXPECT_EQ(mend("Ilarbor Center\n55 Water Street"), "Harbor Center\n55 Water Street");
    EXPECT_EQ(mend("Llillcrest Farm"), "Hillcrest Farm");
    EXPECT_EQ(mend("Tlillcrest Farm"), "Hillcrest Farm");
    EXPECT_EQ(mend("Tillcrest Farm"), "Tillcrest Farm") << "a name of its own";
    EXPECT_EQ(mend("/s/ Luis Orteqa"), "/s/ Luis Ortega");
    EXPECT_EQ(mend("Iraq"), "Iraq");
    EXPECT_EQ(mend("Siddiqi"), "Siddiqi") << "names are in no dictionary";
    EXPECT_EQ(mend("Illinois"), "Illinois");
    EXPECT_EQ(mend("Llewellyn & Ilona Hart"), "Llewellyn & Ilona Hart") << "names are in no dictionary";
}

}  // namespace rightsdesk::reading
