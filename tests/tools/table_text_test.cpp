// One table, three writers: they say the same figures, each in its own way.
#include "telling/table_text.h"

#include <gtest/gtest.h>

#include <sstream>

#include "telling/past.h"

namespace rightsdesk::telling {
namespace {

struct WrittenRow {
    std::string subject;
    domain::Shares shares;
    domain::Money amount;
    RIGHTSDESK_DESCRIBE(WrittenRow, subject, shares, amount)
};

domain::Table a_table() {
    auto table = domain::table_of("sample", "A sample", std::vector<WrittenRow>{{"fax-1.1", domain::Shares(1'234), domain::Money(5)}, {"a \"b\", c", domain::Shares(6), domain::Money(-123'456)}});
    table.totals = totals_of(table);
    return table;
}

TEST(TableText, is_rfc_4180_with_dollars_as_csv) {
    std::ostringstream out;
    write_csv(out, a_table());
    EXPECT_EQ(out.str(), "subject,shares,amount\r\nfax-1.1,1234,0.05\r\n\"a \"\"b\"\", c\",6,-1234.56\r\n");
}

TEST(TableText, has_whole_cents_named_so_as_json) {
    const auto document = table_document(a_table());
    EXPECT_EQ(document["rows"][1]["amount_cents"], -123'456);
    EXPECT_EQ(document["totals"]["amount_cents"], -123'451);
    EXPECT_EQ(document["totals"]["shares"], 1'240);
}

TEST(TableText, lines_up_for_people_and_says_what_does_not_tie) {
    domain::Table table = a_table();
    table.does_not_tie = {"cents"};
    std::ostringstream out;
    print_table(out, table);
    EXPECT_EQ(out.str(), "A sample\n\nsubject   shares      amount\nfax-1.1    1,234       $0.05\na \"b\", c       6  -$1,234.56\n"
                         "total      1,240  -$1,234.51\nDOES NOT TIE: cents\n");
}

TEST(Until, is_a_number_or_an_instant_with_an_offset_and_nothing_else) {
    EXPECT_EQ(parse_until("120")->sequence, 120U);
    EXPECT_TRUE(parse_until("2002-06-28T17:00:00-04:00")->time);
    for (const char* text : {"", "0", "-3", "12x", "2002-06-28", "2002-06-28T17:00:00", "yesterday"}) {
        const auto parsed = parse_until(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().kind, base::ErrorKind::kInvalid) << text;
    }
}

}  // namespace
}  // namespace rightsdesk::telling
