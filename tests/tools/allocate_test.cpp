// `rightsdesk allocate`, as it is called: two files in, one JSON document or one reason out.
#include "rightsdesk/allocate.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace rightsdesk::tools {
namespace {

constexpr const char* kHeader = "id,received_at,basic_entitlement,basic_requested,over_requested,record_holding,funds\n";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

class AllocateTest : public testing::Test {
protected:
    AllocateTest() {
        std::filesystem::create_directories(folder_);
        offer(1'000, "2.00", "requested");
    }
    ~AllocateTest() override { std::filesystem::remove_all(folder_); }

    // Terms of this many shares at this price on this basis; the rest is the sample offering's.
    void offer(std::int64_t shares, const std::string& price, const std::string& basis, const std::string& family = "money_then_over_subscription",
               const std::string& over_subscription = "") {
        std::ostringstream toml;
        toml << R"([offering]
id = "sample"
issuer = "Rare Medium Group, Inc."
title = "Rights Certificates"
agent = "American Stock Transfer & Trust Company"
prospectus_date = "2002-05-28"
shares_per_right = "1"
currency = "USD"
payee = "American Stock Transfer & Trust Company"
account = "021000018/890-0032-147"
shares_offered = )" << shares << "\nsubscription_price = \"" << price << R"("
[expiration]
at = "2002-06-28T17:00:00"
zone = "America/New_York"
inclusive = true
extension = { allowed = true, last_date = "2002-07-31", announce_by = "09:00 next business day" }
[calendar]
business_days = "nyse"
closings = []
[guaranteed_delivery]
enabled = true
business_days = 3
counted_from = "notice_date"
time = "17:00:00"
payment_due = "expiration"
telephone_confirmation = "warn"
[channels]
fax = ["+17185550101"]
[payment]
wire = "credit"
uncertified_check = "clearance"
certified_check = "receipt"
bank_draft = "receipt"
money_order = "receipt"
[exercise]
deemed = ")" << family << R"("
round_shares = "down"
[over_subscription]
enabled = true
requires_full_basic = true
basis = ")" << basis << R"("
residual = "largest_remainder"
)" << over_subscription << R"([sources]
gateways = ["fax-1"]
bank_feeds = ["bank-1"]
[approvals]
extension = 2
allocation = 2
refund = 2
waiver = 2
)";
        write(terms_, toml.str());
    }

    int run(const std::string& csv) {
        write(csv_, csv);
        out_.str("");
        err_.str("");
        return allocate(terms_, csv_, out_, err_);
    }

    // The answer to these rows.
    nlohmann::json answer(const std::string& rows, const std::string& header = kHeader) {
        EXPECT_EQ(run(header + rows), 0) << err_.str();
        EXPECT_EQ(err_.str(), "");
        return nlohmann::json::parse(out_.str());
    }

    // The reason why this file is unusable, without its path.
    std::string reason(const std::string& csv) {
        EXPECT_EQ(run(csv), 2);
        EXPECT_EQ(out_.str(), "") << "nothing on standard output";
        const std::string text = err_.str();
        return text.starts_with(csv_) ? text.substr(csv_.size(), text.size() - csv_.size() - 1) : text;
    }

    static void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

    std::string folder_ = std::filesystem::temp_directory_path() / ("allocate_test." + std::to_string(getpid()));
    std::string terms_ = folder_ + "/terms.toml";
    std::string csv_ = folder_ + "/subscriptions.csv";
    std::ostringstream out_;
    std::ostringstream err_;
};

// Gyrodyne LLC, 7 March 2024: the published totals (rules.md section 8).
TEST_F(AllocateTest, gyrodyne_ties_to_the_cent) {
    offer(625'000, "8.00", "requested");
    const auto json = answer("A,2024-03-01T15:00:00Z,200000,200000,400000,,\n"
                             "B,2024-03-01T15:00:00Z,100000,100000,200000,,\n"
                             "C,2024-03-01T15:00:00Z,53164,53164,78476,,\n");
    EXPECT_EQ(json["totals"], nlohmann::json::parse(R"({"supply": 625000, "basic_allotted": 353164, "over_requested": 678476, "over_allotted": 271836,
                                                        "applied_cents": 500000000, "refunded_cents": 325312000})"));
    EXPECT_EQ(json["proration"], nlohmann::json::parse(R"({"numerator": 67959, "denominator": 169619})"));
}

TEST_F(AllocateTest, the_document_is_what_the_interface_says) {
    EXPECT_EQ(answer("b,2002-06-28T20:59:59Z,400,400,900,0,\na,2002-06-28T17:00:00.000000001-04:00,200,100,0,0,500.01\n"), nlohmann::json::parse(R"({
        "subscriptions": [
            {"id": "b", "basic_allotted": 400, "over_allotted": 500, "applied_cents": 180000, "refunded_cents": 80000},
            {"id": "a", "basic_allotted": 100, "over_allotted": 0, "applied_cents": 20000, "refunded_cents": 30001}],
        "totals": {"supply": 1000, "basic_allotted": 500, "over_requested": 900, "over_allotted": 500, "applied_cents": 200000, "refunded_cents": 110001},
        "proration": {"numerator": 5, "denominator": 9}})"));
}

TEST_F(AllocateTest, money_decides_by_the_terms_family) {
    const std::string rows = "A,2002-06-28T21:00:00Z,100,100,0,,300.00\n";  // $100 more than the full basic: 50 shares
    EXPECT_EQ(answer(rows)["subscriptions"][0]["over_allotted"], 50);
    offer(1'000, "2.00", "requested", "money");
    EXPECT_EQ(answer(rows)["subscriptions"][0]["over_allotted"], 0);
    EXPECT_EQ(answer(rows)["subscriptions"][0]["refunded_cents"], 10'000);
}

TEST_F(AllocateTest, short_money_is_basic_first_and_its_rest_comes_back) {
    const auto json = answer("A,2002-06-28T21:00:00Z,100,100,50,,150.99\n");
    EXPECT_EQ(json["subscriptions"][0]["basic_allotted"], 75);
    EXPECT_EQ(json["subscriptions"][0]["refunded_cents"], 99);
    EXPECT_EQ(json["totals"]["over_requested"], 50) << "as asked";
}

TEST_F(AllocateTest, columns_come_in_any_order_and_lines_end_either_way) {
    const auto json = answer("\"Smith, \"\"J\"\"\",,10,5,5,2002-06-28T21:00:00Z,0\r\n\r\nB,30.0,10,10,5,2002-06-28T21:00:00Z,0\r\n",
                             "\xEF\xBB\xBFid,funds,basic_entitlement,basic_requested,over_requested,received_at,record_holding\r\n");
    EXPECT_EQ(json["subscriptions"][0]["id"], "Smith, \"J\"");
    EXPECT_EQ(json["subscriptions"][0]["over_allotted"], 0) << "basic is not exercised in full";
    EXPECT_EQ(json["subscriptions"][0]["refunded_cents"], 1'000);
    EXPECT_EQ(json["subscriptions"][1]["over_allotted"], 5);
}

TEST_F(AllocateTest, a_tie_goes_to_the_earlier_instant_whatever_its_zone) {
    offer(1, "2.00", "requested");
    const auto json = answer("A,2002-06-28T21:00:00.000000001Z,0,0,1,,\nB,2002-06-28T17:00:00-04:00,0,0,1,,\n");
    EXPECT_EQ(json["subscriptions"][0]["over_allotted"], 0);
    EXPECT_EQ(json["subscriptions"][1]["over_allotted"], 1);
}

TEST_F(AllocateTest, an_offering_that_nobody_subscribes_to) {
    const auto json = answer("");
    EXPECT_TRUE(json["subscriptions"].empty());
    EXPECT_EQ(json["totals"]["supply"], 1'000);
    EXPECT_EQ(json["proration"], nlohmann::json::parse(R"({"numerator": 0, "denominator": 1})"));
}

TEST_F(AllocateTest, an_unusable_file_is_named_with_line_and_column) {
    const std::string header = kHeader;
    const std::string good = "A,2002-06-28T21:00:00Z,100,100,0,0,\n";
    const std::string shares = "must be a whole number of shares, digits only, from 0 to 1000000000000";
    const std::string money = "must be US dollars like \"1234.50\" or \"1234\", without sign or separators, or empty where paid in full";
    EXPECT_EQ(reason(header + good + good), ":3: id: was \"A\", as on line 2; each id must be there once");
    EXPECT_EQ(reason(header + replaced(good, "A", "")), ":2: id: was \"\"; must not be empty");
    EXPECT_EQ(reason(header + replaced(good, "100,100", "-1,100")), ":2: basic_entitlement: was \"-1\"; " + shares);
    EXPECT_EQ(reason(header + replaced(good, "100,100", "100,1.5")), ":2: basic_requested: was \"1.5\"; " + shares);
    EXPECT_EQ(reason(header + replaced(good, "100,0,", "100,,")), ":2: over_requested: was \"\"; " + shares);
    EXPECT_EQ(reason(header + replaced(good, "0,\n", "1000000000001,\n")), ":2: record_holding: was \"1000000000001\"; " + shares);
    EXPECT_EQ(reason(header + replaced(good, "0,\n", "0,1.234\n")), ":2: funds: was \"1.234\"; " + money);
    EXPECT_EQ(reason(header + replaced(good, "0,\n", "0,-5.00\n")), ":2: funds: was \"-5.00\"; " + money);
    EXPECT_EQ(reason(header + replaced(good, "2002-06-28T21:00:00Z", "28 June")),
              ":2: received_at: was \"28 June\"; must be ISO 8601 with a zone, like \"2002-06-28T21:00:00.000000001Z\" or \"2002-06-28T17:00:00-04:00\"");
    EXPECT_EQ(reason(header + "A,2002-06-28T21:00:00Z,100\n"), ":2: 3 fields; must be 7, one for each column");
    EXPECT_EQ(reason(header + "\"A,2002\n"), ":2: a quoted field is not closed");
    EXPECT_EQ(reason(header + "\"A\"B,2002\n"), ":2: text after a closing quote");
    EXPECT_EQ(reason(header + "A\"B,2002\n"), ":2: a quote inside a field that does not begin with one");
    EXPECT_EQ(reason(header + "\xFF" + good.substr(1)), ":2: id: was \"\xFF\"; must be UTF-8");
    EXPECT_EQ(reason(""), ":1: is empty; must have the header id,received_at,basic_entitlement,basic_requested,over_requested,record_holding,funds");
    EXPECT_EQ(reason(replaced(header, "funds", "fund")),
              ":1: funds: no such column; the header must have id,received_at,basic_entitlement,basic_requested,over_requested,record_holding,funds");
    EXPECT_EQ(reason(replaced(header, "id,", "id,id,")), ":1: id: the column is there twice");
    EXPECT_EQ(reason(replaced(header, "id,", "id,cap,")),
              ":1: unknown column \"cap\"; the columns are id,received_at,basic_entitlement,basic_requested,over_requested,record_holding,funds "
              "and, where it is wanted, over_of_owners_in_full");
}

// 1,000 shares and 500 besides for holders of record alone: 200 left over for 400 each, 100 each; then A, who held some, gets the 300 that it lacks.
TEST_F(AllocateTest, extra_shares_go_to_holders_of_record_where_the_terms_say_so) {
    offer(1'000, "2.00", "requested", "money", "extra_supply = \"0.5\"\nextra_supply_eligible = \"holders_of_record\"\n");
    const std::string rows = "A,2002-06-28T21:00:00Z,400,400,400,7,\nB,2002-06-28T21:00:00Z,400,400,400,0,\n";
    const auto json = answer(rows);
    EXPECT_EQ(json["subscriptions"][0]["over_allotted"], 400);
    EXPECT_EQ(json["subscriptions"][1]["over_allotted"], 100);
    EXPECT_EQ(json["totals"]["supply"], 1'300);
    EXPECT_EQ(json["proration"], nlohmann::json::parse(R"({"numerator": 1, "denominator": 4})")) << "of the shares offered";
    EXPECT_EQ(reason(std::string(kHeader) + replaced(rows, ",7,", ",,")),
              ":2: record_holding: was empty; must be given for who over-subscribes, because the terms go by it (0: none)");
}

// A nominee subscribes for 900 of 1,000 and 300 more; owners in full ask for 200 of these, as it certifies. The rest is not eligible.
TEST_F(AllocateTest, a_nominee_is_judged_by_its_owners_where_the_terms_say_so) {
    const std::string header = replaced(kHeader, "funds\n", "funds,over_of_owners_in_full\n");
    const std::string row = "A,2002-06-28T21:00:00Z,1000,900,300,,,200\nB,2002-06-28T21:00:00Z,1000,900,300,,,\n";
    offer(5'000, "2.00", "requested");
    EXPECT_EQ(reason(header + row), ":2: over_of_owners_in_full: is given, and over_subscription.nominee is as_one_holder; must be empty");
    out_.str("");
    offer(5'000, "2.00", "requested", "money", "nominee = \"per_beneficial_owner\"\n");
    const auto json = answer(row, header);
    EXPECT_EQ(json["subscriptions"][0]["over_allotted"], 200);
    EXPECT_EQ(json["subscriptions"][0]["refunded_cents"], 20'000);
    EXPECT_EQ(json["subscriptions"][1]["over_allotted"], 0) << "nothing is certified: judged as one holder";
    EXPECT_EQ(reason(header + replaced(row, ",200\n", ",301\n")), ":2: over_of_owners_in_full: is more than over_requested");
}

TEST_F(AllocateTest, a_record_holding_must_be_given_where_the_terms_prorate_by_it) {
    offer(1'000, "2.00", "record_holding");
    EXPECT_EQ(reason(std::string(kHeader) + "A,2002-06-28T21:00:00Z,100,100,50,,\n"),
              ":2: record_holding: was empty; must be given for who over-subscribes, because the terms go by it (0: none)");
    EXPECT_EQ(answer("A,2002-06-28T21:00:00Z,100,100,0,,\n")["totals"]["basic_allotted"], 100);
}

TEST_F(AllocateTest, sums_beyond_the_arithmetic_are_refused_not_wrapped) {
    offer(1'000, "1000000.00", "requested");
    EXPECT_EQ(reason(std::string(kHeader) + "A,2002-06-28T21:00:00Z,1000000000000,1000000000000,0,,\n"),
              ":2: funds: was empty, paid in full; but the price of what is requested is beyond what can be counted");
}

TEST_F(AllocateTest, a_ladder_without_rungs_is_a_mistake_in_the_terms) {
    offer(1'000, "2.00", "ladder");
    EXPECT_NE(reason(kHeader).find("over_subscription.basis: was \"ladder\""), std::string::npos);
}

TEST_F(AllocateTest, files_that_are_not_there) {
    EXPECT_EQ(allocate(terms_, folder_ + "/none.csv", out_, err_), 2);
    EXPECT_EQ(err_.str(), folder_ + "/none.csv: cannot be opened\n");
    EXPECT_EQ(allocate(folder_ + "/none.toml", csv_, out_, err_), 2);
    EXPECT_EQ(allocate(terms_, folder_, out_, err_), 2) << "a folder";
    EXPECT_EQ(out_.str(), "");
}

}  // namespace
}  // namespace rightsdesk::tools
