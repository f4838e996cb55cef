#include "reading/sums.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "paper/field_meaning.h"
#include "reading/concluding.h"

namespace rightsdesk::reading {

namespace {

constexpr std::array<std::string_view, 4> kSummed = {"aggregate_cents", "basic_shares", "excess_shares", "subscription_price"};
constexpr int kPriceDecimals = 6;  // at most
constexpr std::size_t kLongestPrice = 16;

__extension__ using Product = __int128;

// A decimal text in millionths of a dollar; nothing where it has more decimals.
std::optional<std::int64_t> millionths(const std::string& price) {
    if (price.empty() || price.size() > kLongestPrice) return std::nullopt;
    std::int64_t units = 0;
    int decimals = -1;
    for (const char letter : price) {
        if (letter == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (letter < '0' || letter > '9' || decimals == kPriceDecimals) return std::nullopt;
        units = units * 10 + (letter - '0');
        if (decimals >= 0) ++decimals;
    }
    for (decimals = std::max(decimals, 0); decimals < kPriceDecimals; ++decimals) units *= 10;
    return units;
}

// Every reading of a number, by what it means: of the looks and of the network.
std::map<std::string, std::string> readings_of(const std::string& field, const Ballot& ballot) {
    std::map<std::string, std::string> readings = ballot.texts;
    for (const Witness& witness : ballot.witnesses) {
        if (const auto meaning = meaning_of(field, witness.text)) readings.emplace(*meaning, witness.text);
    }
    return readings;
}

// The one reading with which the sum comes out.
std::optional<std::string> text_that_adds_up(const domain::NoticeFields& fields, const std::string& field, const Ballot& ballot) {
    std::optional<std::string> found;
    for (const auto& [value, text] : readings_of(field, ballot)) {
        domain::NoticeFields tried = fields;
        if (paper::set_field(tried, field, text) != paper::Meaning::kValue || !adds_up(tried)) continue;
        if (found) return std::nullopt;
        found = text;
    }
    return found;
}

void doubt(const std::string& field, const std::string& other, PageReading& read) {
    paper::clear_field(read.fields, field);
    read.missing.push_back(field);
    for (domain::ReadField& reading : read.readings) {
        if (reading.field == field) reading.candidates = {reading.text, other};
    }
}

}  // namespace

bool adds_up(const domain::NoticeFields& fields) {
    if (!fields.aggregate_cents || !fields.basic_shares || !fields.subscription_price) return false;
    const auto price = millionths(*fields.subscription_price);
    if (!price || *price == 0) return false;
    const Product shares = Product{fields.basic_shares->value} + (fields.excess_shares ? fields.excess_shares->value : 0);
    constexpr Product kCent = 10'000;  // millionths of a dollar
    const Product apart = shares * *price - Product{fields.aggregate_cents->value} * kCent;
    return shares > 0 && apart < kCent && apart > -kCent;
}

void settle_sums(const std::map<std::string, Ballot>& ballots, PageReading& read) {
    std::vector<std::string> uncertain;
    for (const std::string_view field : kSummed) {
        if (std::find(read.missing.begin(), read.missing.end(), field) != read.missing.end()) uncertain.emplace_back(field);
    }
    if (uncertain.size() > 1 || (uncertain.empty() && adds_up(read.fields))) return;
    for (const auto& [field, ballot] : ballots) {
        if (std::find(kSummed.begin(), kSummed.end(), field) == kSummed.end()) continue;
        if (!uncertain.empty() && field != uncertain.front()) continue;
        const auto text = text_that_adds_up(read.fields, field, ballot);
        if (!text) continue;
        if (uncertain.empty()) doubt(field, *text, read);
        else make_certain(field, *text, read);
    }
}

}  // namespace rightsdesk::reading
