// Shares at their price are the amount.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "paper/field_meaning.h"
#include "reading/sums.h"

namespace rightsdesk::reading {

namespace {

// Of what all looks at a number say, and of what the network reads.
Ballot said(const std::string& field, const std::vector<std::string>& looks, const std::string& witness = {}) {
    Ballot ballot;
    for (const std::string& look : looks) {
        if (const auto meaning = meaning_of(field, look)) {
            ++ballot.votes[*meaning];
            ballot.texts.emplace(*meaning, look);
        }
    }
    if (!witness.empty()) ballot.witnesses = {{witness, 0.6}};
    return ballot;
}

PageReading read_of(const std::map<std::string, std::string>& certain, const std::vector<std::string>& missing) {
    PageReading read;
    for (const auto& [field, text] : certain) {
        EXPECT_EQ(paper::set_field(read.fields, field, text), paper::Meaning::kValue) << field;
        read.readings.push_back({field, text, 1'000, {}, {}});
    }
    for (const std::string& field : missing) read.readings.push_back({field, "?", 0, {}, {"?"}});
    read.missing = missing;
    return read;
}

bool is_missing(const PageReading& read, const std::string& field) { return std::find(read.missing.begin(), read.missing.end(), field) != read.missing.end(); }

}  // namespace

TEST(Sums, ComeOutToTheCent) {
    struct Row {
        std::string basic, excess, price, amount;
        bool comes_out;
    };
    const std::vector<Row> rows = {
        {"1,000", "250", "$2.00", "$2,500.00", true},    {"1,000", "250", "$2.00", "$2,500.01", false}, {"100", "1", "$12.3456", "$1,246.90", true},
        {"100", "1", "$12.3456", "$1,246.91", true},     {"100", "1", "$12.3456", "$1,246.92", false},  {"9,000,000,000", "0", "$99.99", "$899,910,000,000", true},
    };
    for (const Row& row : rows) {
        const PageReading read = read_of({{"basic_shares", row.basic}, {"excess_shares", row.excess}, {"subscription_price", row.price}, {"aggregate_cents", row.amount}}, {});
        EXPECT_EQ(adds_up(read.fields), row.comes_out) << row.amount;
    }
    EXPECT_FALSE(adds_up({})) << "what is not there comes out to nothing";
    EXPECT_TRUE(adds_up(read_of({{"basic_shares", "10"}, {"subscription_price", "2"}, {"aggregate_cents", "$20"}}, {}).fields)) << "no excess shares";
}

TEST(Sums, TheOneReadingThatMakesThemComeOutIsCertain) {
    const std::map<std::string, std::string> certain = {{"basic_shares", "1,000"}, {"excess_shares", "250"}, {"subscription_price", "$2.00"}};
    PageReading read = read_of(certain, {"aggregate_cents"});
    settle_sums({{"aggregate_cents", said("aggregate_cents", {"$25,000", "$2,500"})}}, read);
    EXPECT_TRUE(read.missing.empty());
    ASSERT_TRUE(read.fields.aggregate_cents);
    EXPECT_EQ(read.fields.aggregate_cents->value, 250'000);
    EXPECT_EQ(read.readings.back().text, "$2,500");
    EXPECT_TRUE(read.readings.back().candidates.empty());
    PageReading by_witness = read_of(certain, {"aggregate_cents"});
    settle_sums({{"aggregate_cents", said("aggregate_cents", {}, "$2,500.00")}}, by_witness);
    EXPECT_TRUE(by_witness.missing.empty());
    PageReading none = read_of(certain, {"aggregate_cents"});
    settle_sums({{"aggregate_cents", said("aggregate_cents", {"$25,000", "$2,600"})}}, none);
    EXPECT_TRUE(is_missing(none, "aggregate_cents")) << "nobody read it";
}

TEST(Sums, OfTwoDoubtfulFiguresNeitherBearsTheOtherOut) {
    PageReading read = read_of({{"basic_shares", "1,000"}, {"subscription_price", "$2.00"}}, {"aggregate_cents", "excess_shares"});
    settle_sums({{"aggregate_cents", said("aggregate_cents", {"$2,500"})}, {"excess_shares", said("excess_shares", {"250"})}}, read);
    EXPECT_EQ(read.missing.size(), 2U);
}

TEST(Sums, AFigureOfWhichAnotherReadingWouldComeOutIsDoubted) {
    const std::map<std::string, std::string> all = {{"basic_shares", "19,000"}, {"subscription_price", "$2.00"}, {"aggregate_cents", "$438,000"}};
    PageReading read = read_of(all, {});
    settle_sums({{"basic_shares", said("basic_shares", {"19,000", "19,000", "219,000"})}}, read);
    EXPECT_TRUE(is_missing(read, "basic_shares"));
    EXPECT_FALSE(read.fields.basic_shares);
    PageReading wrong_sum = read_of(all, {});
    settle_sums({{"basic_shares", said("basic_shares", {"19,000", "19,000"})}}, wrong_sum);
    EXPECT_TRUE(wrong_sum.missing.empty()) << "somebody cannot multiply: that is not the reader's to say";
}

}  // namespace rightsdesk::reading
