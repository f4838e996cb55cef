// The sample offering's notices, read as they lie in tools/sample/notices: what stands on the paper, field by field.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "domain/civil.h"
#include "paper/form.h"

namespace rightsdesk::paper {
namespace {

namespace fs = std::filesystem;
using domain::NoticeFields;

const fs::path kNotices = fs::path(RIGHTSDESK_SOURCE_DIR) / "tools/sample/notices";

// What a person reads on one notice. "" where nothing is to be read.
struct KeyedNotice {
    std::string file;
    std::int64_t rights_held;
    std::int64_t basic_shares;
    std::int64_t excess_shares;
    std::int64_t aggregate_cents;
    std::string payment_delivery;
    std::string payment_method;
    std::string number;  // of the wire's confirmation, or of the check, draft or money order
    std::string dated;
    std::string name;
    std::string guarantor_name;
};

void PrintTo(const KeyedNotice& row, std::ostream* out) { *out << row.file; }

const std::vector<KeyedNotice>& sample_notices() {
    static const std::vector<KeyedNotice> all = {
        {"at-the-hour", 10'000, 10'000, 2'500, 2'500'000, "separately", "wire", "20020628D1QCST1R000007", "2002-06-28", "Coastline Partners LP", "Fairmont Securities"},
        {"bank-draft", 60'000, 60'000, 40'000, 20'000'000, "separately", "bank_draft", "BD-88213", "2002-06-24", "Tobias Lindqvist", "Dunmore Brokerage, Inc."},
        {"basic-certified-check", 120'000, 120'000, 0, 24'000'000, "separately", "certified_check", "004417", "2002-06-25", "Eleanor Whitcombe", "Dunmore Brokerage, Inc."},
        {"check-clears-in-time", 25'000, 25'000, 5'000, 6'000'000, "separately", "uncertified_check", "1182", "2002-06-21", "Hugh Pemberton", "Lakeshore Credit Union"},
        {"check-clears-next-morning", 30'000, 30'000, 0, 6'000'000, "separately", "uncertified_check", "553", "2002-06-27", "Ida Fontaine", "Dunmore Brokerage"},
        {"faxed-and-mailed.fax", 40'000, 40'000, 20'000, 12'000'000, "separately", "wire", "20020626H1QHVS1R000002", "2002-06-26", "Abel and Ruth Kessler", "Dunmore Brokerage, Inc."},
        {"faxed-and-mailed.mail", 40'000, 40'000, 20'000, 12'000'000, "separately", "wire", "20020626H1QHVS1R000002", "2002-06-26", "Abel and Ruth Kessler", "Dunmore Brokerage, Inc."},
        {"granite-nominee", 12'600'000, 12'600'000, 7'000'000, 3'920'000'000, "separately", "wire", "", "2002-06-27", "Granite Nominee Partnership", "Granite & Pell"},
        {"harbor-nominee", 18'400'000, 18'400'000, 9'000'000, 5'480'000'000, "separately", "wire", "20020627B1QGC01R000041", "2002-06-26", "Cede & Harbor, as nominee", "Harbor Securities Corp."},
        {"ineligible-guarantor", 9'000, 9'000, 0, 1'800'000, "separately", "wire", "20020626D1QCST1R000031", "2002-06-26", "Desmond Fry", "Blackwater Fund Services"},
        {"meridian-nominee", 14'250'000, 14'250'000, 8'500'000, 4'550'000'000, "separately", "wire", "20020627C1QMER1R000112", "2002-06-26", "Meridian Nominees", "Meridian Clearing LLC"},
        {"money-order", 400, 400, 100, 100'000, "herewith", "money_order", "MO 77120934", "2002-06-26", "Rosa Delgado", "Lakeshore Credit Union"},
        {"never-covered", 3'500'000, 3'500'000, 1'500'000, 1'000'000'000, "separately", "wire", "20020627G1QGRA1R000021", "2002-06-27", "Tamarack Growth Fund", "Granite & Pell"},
        {"no-signature-guarantee", 75'000, 75'000, 25'000, 20'000'000, "separately", "wire", "20020626P1QPIN1R000027", "2002-06-26", "Wendell Price", "Fairmont Securities"},
        {"one-millisecond-late", 15'000, 15'000, 0, 3'000'000, "separately", "wire", "20020628D1QCST1R000008", "2002-06-28", "Victor Aldana", "Fairmont Securities"},
        {"overpaid", 20'000, 20'000, 0, 4'000'000, "separately", "wire", "20020627C1QMER1R000140", "2002-06-27", "Curtis Yamada", "Meridian Clearing LLC"},
        {"saved-by-extension", 33'000, 33'000, 0, 6'600'000, "separately", "wire", "20020628P1QPIN1R000033", "2002-06-28", "Sylvia Brandeis", "Dunmore Brokerage, Inc."},
        {"two-boxes", 6'000, 6'000, 2'000, 1'600'000, "separately", "", "7781", "2002-06-26", "Anselm Brody", "Fairmont Securities"},
        {"undated", 8'000, 8'000, 0, 1'600'000, "separately", "certified_check", "30991", "", "Gordon Achebe", "Dunmore Brokerage, Inc."},
        {"underpaid", 50'000, 50'000, 30'000, 16'000'000, "separately", "wire", "20020627H1QHVS1R000015", "2002-06-27", "Beatrix Holm", "Lakeshore Credit Union"},
        {"unknown-guarantor", 11'000, 11'000, 4'000, 3'000'000, "separately", "wire", "20020627D1QCST1R000044", "2002-06-27", "Lillian Marsh", "Osprey & Daughters"},
        {"unlisted-fax-number", 5'000, 5'000, 1'000, 1'200'000, "separately", "wire", "20020627P1QPIN1R000003", "2002-06-27", "Noel Brandt", "Fairmont Securities"},
        {"unsigned", 7'000, 7'000, 3'000, 2'000'000, "separately", "wire", "20020626P1QPIN1R000019", "2002-06-26", "Marguerite Oyelaran", "Lakeshore Credit Union"},
        {"wire-before-notice", 22'000, 22'000, 11'000, 6'600'000, "separately", "wire", "20020624D1QCST1R000012", "2002-06-25", "Opal Reyes", "Lakeshore Credit Union"},
    };
    return all;
}

Reading reading_of(const std::string& file) {
    std::ifstream input(kNotices / (file + ".txt"), std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(input), {});
    const auto reading = parse_form(text);
    EXPECT_TRUE(reading.has_value()) << file << ": " << (reading ? "" : reading.error().message);
    return reading ? *reading : Reading{};
}

template <class E>
std::string word_of(const std::optional<E>& value) {
    return value ? base::to_text(*value) : "";
}

class SampleNotice : public testing::TestWithParam<KeyedNotice> {};

TEST_P(SampleNotice, IsReadAsAPersonReadsIt) {
    const KeyedNotice& row = GetParam();
    const NoticeFields fields = reading_of(row.file).fields;
    EXPECT_EQ(fields.issuer, "Rare Medium Group, Inc.");
    EXPECT_EQ(fields.prospectus_date, domain::date_of(2002, 5, 28));
    EXPECT_EQ(fields.expiration_date, domain::date_of(2002, 6, 28));
    EXPECT_EQ(fields.subscription_price, "2.00");
    EXPECT_EQ(fields.rights_held, domain::Rights(row.rights_held));
    EXPECT_EQ(fields.basic_shares, domain::Shares(row.basic_shares));
    EXPECT_EQ(fields.excess_shares, domain::Shares(row.excess_shares));
    EXPECT_EQ(fields.aggregate_cents, domain::Money(row.aggregate_cents));
    EXPECT_EQ(word_of(fields.payment_delivery), row.payment_delivery);
    EXPECT_EQ(word_of(fields.payment_method), row.payment_method);
    EXPECT_EQ(fields.confirmation_number.value_or(fields.instrument_number.value_or("")), row.number);
    EXPECT_EQ(fields.dated ? domain::to_text(*fields.dated) : "", row.dated);
    EXPECT_EQ(fields.names, std::vector<std::string>{row.name});
    EXPECT_EQ(fields.guarantor_name, row.guarantor_name);
}

INSTANTIATE_TEST_SUITE_P(All, SampleNotice, testing::ValuesIn(sample_notices()), [](const auto& row) {
    std::string name = row.param.file;
    for (char& letter : name) letter = letter == '-' || letter == '.' ? '_' : letter;
    return name;
});

TEST(SampleNotices, EachHasItsRow) {
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(kNotices)) files += entry.path().extension() == ".txt" ? 1 : 0;
    EXPECT_EQ(files, sample_notices().size());
}

// Both texts are kept, so that the person who decides sees what was ticked.
TEST(SampleNotices, TwoTickedBoxesAreNoMethodAndBothAreShown) {
    const Reading reading = reading_of("two-boxes");
    EXPECT_FALSE(reading.fields.payment_method.has_value());
    EXPECT_EQ(reading.read_from.at("payment_method"), (std::vector<std::string>{"|X| Wire transfer of funds", "|X| Certified check"}));
    EXPECT_NE(std::find(reading.missing.begin(), reading.missing.end(), "payment_method"), reading.missing.end());
}

TEST(SampleNotices, UncertifiedIsTheMethodThoughCertifiedStandsInIt) {
    EXPECT_EQ(reading_of("check-clears-next-morning").read_from.at("payment_method"), std::vector<std::string>{"|X| Uncertified check"});
}

TEST(SampleNotices, TheUndatedIsUndatedAndTheUnsignedUnsigned) {
    const Reading undated = reading_of("undated");
    EXPECT_FALSE(undated.fields.dated.has_value());
    EXPECT_EQ(undated.read_from.count("dated"), 0U);
    const Reading unsigned_one = reading_of("unsigned");
    EXPECT_TRUE(unsigned_one.fields.signatures.empty());
    EXPECT_EQ(unsigned_one.fields.signatory, "Karen Novak");
}

}  // namespace
}  // namespace rightsdesk::paper
