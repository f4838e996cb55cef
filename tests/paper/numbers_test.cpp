// Counts, amounts and prices as people write them.
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>

#include "paper/number_words.h"
#include "paper/numbers.h"

namespace rightsdesk::paper {
namespace {

TEST(Numbers, Counts) {
    const std::map<std::string, std::int64_t> rows = {
        {"1,000,000", 1'000'000}, {"1000000", 1'000'000}, {"1 000 000", 1'000'000}, {"1.000.000", 1'000'000}, {"300,000.00", 300'000}, {"300, 000", 300'000},
        {"none", 0}, {"NONE", 0}, {"None", 0}, {"0", 0}, {"-0-", 0}, {"zero", 0}, {"nil", 0}, {"**12,500**", 12'500}, {"__400__", 400}, {"400 shares", 400}, {"12,50O", 12'500},
        {"one thousand (1,000)", 1'000}, {"1,000 (one thousand)", 1'000}, {"Twelve Thousand Five Hundred", 12'500}, {"1,000 (see rider)", 1'000}, {"007", 7},
    };
    for (const auto& [text, count] : rows) EXPECT_EQ(read_count(text), count) << text;
}

TEST(Numbers, WhatIsNoCount) {
    for (const std::string text : {"", "all", "1,00", "10,00,000", "1,000.5", "1000 or 2000", "1,2345", "two thousand (1,000)", "1,000 (2,000)", "1,000 (two thousand)", "some (1,000)", "12OO", "1-2",
                                   "-5", "1e6", "9999999999999999999999"}) {
        EXPECT_EQ(read_count(text), std::nullopt) << text;
    }
}

TEST(Numbers, Cents) {
    const std::map<std::string, std::int64_t> rows = {
        {"$1,234,567.00", 123'456'700}, {"1234567", 123'456'700}, {"$1,234,567", 123'456'700}, {"USD 1,234,567.00", 123'456'700}, {"US$ 1,234,567.00", 123'456'700}, {"$ 1 234 567.00", 123'456'700},
        {"$600, 000.00", 60'000'000}, {"$0.05", 5}, {".05", 5}, {"none", 0}, {"-0-", 0}, {"$-0-", 0}, {"1,234,567.00 dollars", 123'456'700}, {"$1,234.5O", 123'450},
        {"One hundred thousand and 50/100 dollars ($100,000.50)", 10'000'050}, {"Two million dollars ($2,000,000.00)", 200'000'000}, {"$100,000 and no/100", 10'000'000},
    };
    for (const auto& [text, cents] : rows) EXPECT_EQ(read_cents(text), cents) << text;
}

TEST(Numbers, WhatIsNoAmount) {
    for (const std::string text : {"", "$", "$1,234.5", "$1,234.567", "1.234.567,00", "$1,23.00", "12,34", "EUR 5.00", "$5.00 $6.00", "One hundred dollars ($200.00)"}) EXPECT_EQ(read_cents(text), std::nullopt) << text;
}

TEST(Numbers, Prices) {
    const std::map<std::string, std::string> rows = {{"$2.00", "2.00"}, {"$0.50", "0.50"}, {".50", "0.50"}, {"2", "2.00"}, {"$12.3456", "12.3456"}, {"3.0625", "3.0625"}, {"$ 2.5", "2.50"}, {"002.00", "2.00"}, {"USD 2.00", "2.00"}};
    for (const auto& [text, price] : rows) EXPECT_EQ(read_price(text), price) << text;
    for (const std::string text : {"", "$", "two", "2.00.1", "2,5", "1/2", "2.1234567"}) EXPECT_EQ(read_price(text), std::nullopt) << text;
}

TEST(Numbers, InWords) {
    const std::map<std::string, std::int64_t> rows = {{"one", 1}, {"Twenty-five thousand", 25'000}, {"one million two hundred thirty-four thousand five hundred and sixty-seven shares", 1'234'567}, {"nine hundred ninety-nine", 999}, {"zero", 0}};
    for (const auto& [text, number] : rows) EXPECT_EQ(read_number_words(text), number) << text;
    for (const std::string text : {"", "and", "thousand", "one one", "twenty thirty", "one thousand two million", "hundred", "one thousand and", "five five hundred", "one thousnad"}) EXPECT_EQ(read_number_words(text), std::nullopt) << text;
}

}  // namespace
}  // namespace rightsdesk::paper
