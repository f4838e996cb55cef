#include "terms/exact_numbers.h"

#include <gtest/gtest.h>

namespace rightsdesk::terms {
namespace {

TEST(ExactNumbers, PricesAreWholeCents) {
    EXPECT_EQ(parse_price("2.00")->value, 200);
    EXPECT_EQ(parse_price("2")->value, 200);
    EXPECT_EQ(parse_price("2.5")->value, 250);
    EXPECT_EQ(parse_price("0.01")->value, 1);
    EXPECT_EQ(parse_price("1000000.00")->value, 100'000'000);
    for (const char* text : {"", "0", "0.00", "-2.00", "+2.00", "$2.00", "2,00", "1,000.00", ".5", "2.", "2.005", "2.000", "1000000.01", "1e3", " 2.00", "9999999999999999999"}) {
        EXPECT_FALSE(parse_price(text).has_value()) << text;
    }
    EXPECT_NE(parse_price("2.005").error().message.find("whole cents"), std::string::npos);
}

TEST(ExactNumbers, RatiosAreReducedFractions) {
    EXPECT_EQ(parse_ratio("1").value(), (domain::Ratio{1, 1}));
    EXPECT_EQ(parse_ratio("1/7").value(), (domain::Ratio{1, 7}));
    EXPECT_EQ(parse_ratio("2/14").value(), (domain::Ratio{1, 7}));
    EXPECT_EQ(parse_ratio("0.41155").value(), (domain::Ratio{8'231, 20'000}));
    EXPECT_EQ(parse_ratio("1.50").value(), (domain::Ratio{3, 2}));
    EXPECT_EQ(parse_ratio("1/1105").value(), (domain::Ratio{1, 1'105}));
    for (const char* text : {"", "0", "0/7", "7/0", "1/", "/7", "1/7/2", "-1/7", "1.5/2", "1 / 7", "0.0000000001", "3000000001", "one"}) {
        EXPECT_FALSE(parse_ratio(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace rightsdesk::terms
