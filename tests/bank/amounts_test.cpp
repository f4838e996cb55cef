// Amounts exactly, days as the calendar has them, references in free text.
#include "bank/amounts.h"
#include "bank/found_references.h"
#include "bank/reading.h"

namespace rightsdesk::bank {
namespace {

TEST(Amounts, AreWholeNumbersOfTheCurrencysSmallestUnit) {
    struct Row {
        const char* text;
        char point;
        const char* currency;
        std::int64_t minor;
    };
    for (const Row& row : {Row{"200000", '.', "SEK", 20'000'000}, Row{"8.850", '.', "EUR", 885}, Row{"3700,", ',', "USD", 370'000}, Row{"1417,8", ',', "USD", 141'780},
                           Row{"00,12", ',', "EUR", 12}, Row{"2700", '.', "JPY", 2'700}, Row{"2700.00000", '.', "JPY", 2'700}, Row{"1.234", '.', "KWD", 1'234}, Row{"100", '.', "UYI", 100},
                           Row{".5", '.', "USD", 50}, Row{"0", '.', "USD", 0}, Row{"9999999999999999.99", '.', "IDR", 999'999'999'999'999'999}}) {
        const auto amount = parse_amount(row.text, row.point, row.currency);
        ASSERT_TRUE(amount) << row.text;
        EXPECT_EQ(*amount, row.minor) << row.text;
    }
    for (const auto& [text, currency] : {std::pair{"", "USD"}, std::pair{".", "USD"}, std::pair{"1.005", "USD"}, std::pair{"0.5", "JPY"}, std::pair{"12..34", "EUR"},
                                         std::pair{"-1", "USD"}, std::pair{"+1", "USD"}, std::pair{"1e3", "USD"}, std::pair{"1 000", "USD"}, std::pair{"1,000.00", "USD"},
                                         std::pair{"10000000000000000.00", "USD"}, std::pair{"99999999999999999999999999", "USD"}, std::pair{"1", "US"}, std::pair{"1", "usd"}}) {
        EXPECT_FALSE(parse_amount(text, '.', currency)) << text;
    }
}

TEST(Amounts, SumsThatDoNotFitAreTold) {
    std::int64_t sum = INT64_MAX - 1;
    EXPECT_TRUE(add_up(sum, 1));
    EXPECT_FALSE(add_up(sum, 1));
    EXPECT_EQ(sum, INT64_MAX);
}

TEST(Amounts, ACountMayHaveZerosInFront) {
    for (const auto& [text, number] : {std::pair{"2", 2U}, std::pair{"0002", 2U}, std::pair{"0", 0U}, std::pair{"000", 0U}}) EXPECT_TRUE(is_number(text, number)) << text;
    for (const auto& [text, number] : {std::pair{"", 0U}, std::pair{"20", 2U}, std::pair{"+2", 2U}, std::pair{"2x", 2U}}) EXPECT_FALSE(is_number(text, number)) << text;
}

TEST(Days, AreOfTheCalendarOrOfThirtyToTheMonth) {
    EXPECT_EQ(parse_compact_day("160229")->date, day("2016-02-29"));
    EXPECT_EQ(parse_compact_day("160230")->date, day("2016-02-29"));
    EXPECT_TRUE(parse_compact_day("160230")->put_right);
    EXPECT_EQ(parse_compact_day("150229")->date, day("2015-02-28"));
    EXPECT_EQ(parse_compact_day("991231")->date, day("1999-12-31"));
    EXPECT_EQ(parse_compact_day("20991231")->date, day("2099-12-31"));
    for (const char* wrong : {"160231", "160431", "161301", "160100", "16022", "1602291", "16-2-9", ""}) EXPECT_FALSE(parse_compact_day(wrong)) << wrong;
    EXPECT_EQ(parse_month_day("1231", day("2003-01-02"))->date, day("2002-12-31"));
    EXPECT_FALSE(parse_iso_time("2002-02-30"));
    EXPECT_FALSE(parse_iso_time("2002-02-03x"));
    EXPECT_FALSE(parse_iso_time("28.06.2002"));
    EXPECT_EQ(parse_iso_time("2002-06-28+02:00")->date, day("2002-06-28"));
    for (const char* wrong : {"2002-06-28+9x:zz", "2002-06-28+15:00", "2002-06-28+02:60", "2002-06-28z", "2002-06-28+0200"}) EXPECT_FALSE(parse_iso_time(wrong)) << wrong;
    EXPECT_EQ(parse_iso_time("2002-06-28T23:30:00-04:00")->date, day("2002-06-28")) << "the day as the bank wrote it";
    EXPECT_EQ(parse_iso_time("2002-06-28T24:00:00Z")->date, day("2002-06-28"));
    EXPECT_EQ(parse_iso_time("2002-06-28T24:00:00.000-04:00")->instant, domain::parse_instant("2002-06-29T04:00:00Z").value()) << "the end of a day";
    EXPECT_FALSE(parse_iso_time("2002-06-28T24:00:00.5Z"));
    EXPECT_FALSE(parse_iso_time("2002-06-28T24:00:01Z"));
    EXPECT_FALSE(parse_iso_time("2002-06-28T23:30:00")->instant) << "without an offset nobody knows the instant";
}

TEST(References, AnImadIsFoundAsAWord) {
    EXPECT_EQ(imad_in("REF IMAD 20020628B1Q8021C000123 END"), "20020628B1Q8021C000123");
    EXPECT_EQ(imad_in("20020628 B1Q8021C 000123"), "20020628B1Q8021C000123");
    EXPECT_EQ(imad_in("2002062812345678000123"), "") << "22 digits are an account";
    EXPECT_EQ(imad_in("20021328B1Q8021C000123"), "") << "no such month";
    EXPECT_EQ(imad_in("X20020628B1Q8021C000123"), "");
    EXPECT_EQ(imad_in("20020628B1Q8021C0001234"), "");
    EXPECT_EQ(imad_at_start("20100831L1B77D1CDSDSDJSIO15608310954FT01"), "20100831L1B77D1CDSDSDJ");
}

TEST(References, AUetrIsFoundInAnyCase) {
    EXPECT_EQ(uetr_in("uetr 8A562C67-CA16-48BA-B074-65581BE6F001."), "8a562c67-ca16-48ba-b074-65581be6f001");
    EXPECT_EQ(uetr_in("8A562C67-CA16-48BA-B074-65581BE6F0011"), "");
}

TEST(References, ALabelStandsBeforeItsValue) {
    EXPECT_EQ(behind_label("CREF: 12\nEREF: AB-1, X", {"EREF:"}), "AB-1");
    EXPECT_EQ(behind_label("XEREF: 12", {"EREF:"}), "") << "within another word";
    EXPECT_EQ(behind_label("ORG:=HARBOR SECURITIES\nX", {"ORG:"}, false), "HARBOR SECURITIES");
    EXPECT_EQ(behind_label("EREF:", {"EREF:"}), "");
}

}  // namespace
}  // namespace rightsdesk::bank
