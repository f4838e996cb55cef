// BAI2: records, continuations, funds types, trailers.
#include "bank/reading.h"
#include "bank/samples.h"

namespace rightsdesk::bank {
namespace {

std::string put(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(Bai2, SaysWhatStandsOnEachAccount) {
    const Statement statement = must_read(kBai2);
    EXPECT_EQ(statement.format, "bai2");
    EXPECT_EQ(statement.message_id, "HARBOR.020628.1700.7");
    EXPECT_EQ(statement.account, "4400-1");
    EXPECT_EQ(statement.currency, "USD");
    ASSERT_EQ(statement.entries.size(), 3U);
    ASSERT_EQ(statement.statements.size(), 2U);
    EXPECT_EQ(statement.statements[1].account, "4400-2");
    EXPECT_EQ(statement.statements[1].currency, "EUR");
    EXPECT_EQ(statement.statements[0].balances.size(), 2U);
    const Entry& wire = statement.entries[0];
    EXPECT_EQ(wire.amount_minor, 2'000'000);
    EXPECT_EQ(wire.type, "195");
    EXPECT_EQ(wire.booking_date, day("2002-06-28"));
    EXPECT_EQ(wire.value_date, day("2002-06-28"));
    EXPECT_EQ(wire.references.servicer, "HS-77");
    EXPECT_EQ(wire.references.end_to_end, "E2E-9");
    EXPECT_EQ(wire.references.imad, "20020628B1Q8021C000123");
    EXPECT_EQ(wire.debtor, "HARBOR SECURITIES/NEW YORK") << "a slash within a text ends nothing";
}

TEST(Bai2, FundsTypesSayWhenMoneyMayBeUsed) {
    const Statement statement = must_read(kBai2);
    const auto& parts = statement.entries.at(1).available;
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[1].amount_minor, 2'000);
    EXPECT_EQ(parts[1].days, 1);
    EXPECT_EQ(statement.entries.at(2).available.at(0).date, day("2002-06-28"));
    const Statement distributed = must_read(put(kBai2, "S,1000,2000,7000,D-1", "D,2,0,1000,3,9000,D-1"));
    ASSERT_EQ(distributed.entries.at(1).available.size(), 2U);
    EXPECT_EQ(distributed.entries.at(1).available[1].days, 3);
    EXPECT_EQ(distributed.entries.at(1).references.servicer, "D-1");
    EXPECT_TRUE(must_read(put(kBai2, "S,1000,2000,7000,D-1", "Z,D-1")).entries.at(1).available.empty());
    EXPECT_NE(refusal_of(put(kBai2, "S,1000,2000,7000,D-1", "Q,D-1")), "");
    EXPECT_NE(refusal_of(put(kBai2, "S,1000,2000,7000,D-1", "D,99999,0,1000")), "");
}

TEST(Bai2, AReturnedCheckHasItsNumberAndReason) {
    const Entry back = must_read(kBai2).entries.at(2);
    EXPECT_EQ(back.amount_minor, -25);
    EXPECT_TRUE(back.reversal);
    EXPECT_EQ(back.references.check_number, "1007");
    EXPECT_EQ(back.return_reason, "NSF");
}

TEST(Bai2, ReturnsAreToldByTheirTypeAndReasonByTheirText) {
    struct Row {
        const char* type;
        const char* text;
        bool reversal;
        const char* reason;
        const char* check_number;
    };
    for (const Row& row : {Row{"566", "RETURN ITEM R01", true, "R01", ""}, Row{"568", "ADJUSTMENT", true, "", ""}, Row{"423", "EDIBANX RETURN R03.", true, "R03", ""}, Row{"123", "X", true, "", ""},
                           Row{"555", "RETURNED DEPOSITED ITEM NSF", true, "NSF", "1007"}, Row{"557", "ACH RETURN XR01 R011", true, "", ""}, Row{"567", "RETURN ITEM FEE NSF", false, "", ""},
                           Row{"566", "RTN REASON: REFER TO MAKER, CHK SER# 4711", true, "REFER TO MAKER", "4711"}, Row{"475", "CHECK PAID R01", false, "", "1007"}}) {
        const std::string record = "16," + std::string(row.type) + ",25,V,020628,,R-1,1007," + row.text + "/";
        const Entry back = must_read(put(kBai2, "16,555,25,V,020628,,R-1,1007,CHECK RETURNED, Reason: \"NSF\"/", record)).entries.at(2);
        EXPECT_EQ(back.reversal, row.reversal) << row.type;
        EXPECT_EQ(back.return_reason, row.reason) << row.text;
        EXPECT_EQ(back.references.check_number, row.check_number) << row.text;
    }
}

TEST(Bai2, FieldsMayGoOnInAContinuation) {
    const Statement statement = must_read(put(put(put(put(kBai2, "S,1000,2000,7000,D-1,,", "S,1000,2000,7000/\n88,D-1,,"), "49,6050025,7", "49,6050025,8"), "98,6050025,2,11", "98,6050025,2,12"), "99,6050025,1,13", "99,6050025,1,14"));
    EXPECT_EQ(statement.entries.at(1).references.servicer, "D-1");
    EXPECT_EQ(statement.entries.at(1).remittance, "DEPOSIT OF 3 CHECKS");
}

TEST(Bai2, RecordsMayShareALine) {
    std::string joined = kBai2;
    for (std::size_t at = joined.find("/\n"); at != std::string::npos; at = joined.find("/\n")) joined.replace(at, 2, "/   ");
    const Statement statement = must_read(joined);
    EXPECT_EQ(statement.entries.size(), 3U);
    EXPECT_EQ(statement.entries[0].references, must_read(kBai2).entries[0].references);
}

// The sample as a tape has it: every record filled with blanks to the length that record 01 states, and no line ends.
std::string on_tape(const std::string& text, std::size_t length) {
    std::string tape;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        const std::string record = text.substr(at, end - at);
        tape += record + std::string(length - record.size(), ' ');
        at = end + 1;
    }
    return tape;
}

TEST(Bai2, RecordsOfOneLengthNeedNoLines) {
    const std::string plain = on_tape(kBai2, 80);
    EXPECT_TRUE(must_read(plain).entries.at(0).references == must_read(kBai2).entries.at(0).references);
    EXPECT_EQ(must_read(plain).entries.size(), 3U);
    // Without a "/" at its end, and full.
    const std::string full = put(kBai2, "DEPOSIT OF 3 CHECKS/", "DEPOSIT OF 3 CHECKS/ 16,OF " + std::string(18, 'X'));
    EXPECT_EQ(must_read(on_tape(full, 80)).entries.at(1).remittance.substr(0, 26), "DEPOSIT OF 3 CHECKS/ 16,OF");
    EXPECT_EQ(must_read(on_tape(put(kBai2, "HARBOR SECURITIES/NEW", "H\xC4RBOR/NEW"), 80)).entries.at(0).debtor, "H\xC3\x84RBOR/NEW YORK") << "an octet that is no ASCII";
    EXPECT_EQ(must_read(on_tape(put(put(kBai2, "YORK\n", "YORK/\n"), "000123\n", "000123/\n"), 90)).entries.size(), 3U) << "the length stated is not the file's, its records end all the same";
    const std::string nothing = "01,HARBOR,AGENT,020628,1700,7,999,1,2/ 02,AGENT,021000021,1,020628,1700,USD,2/ 03,4400-1,,,,,/ 49,0,2/ 98,0,1,4/ 99,0,1,6/";
    EXPECT_EQ(must_read(nothing).statements.size(), 1U) << "shorter than one record";
}

TEST(Bai2, TotalsAndCountsAreHeldUnlessTheBankMiscounts) {
    const std::string wrong_total = put(kBai2, "49,6050025,7", "49,6050026,7");
    EXPECT_EQ(refusal_of(wrong_total),
              "line 9, record 49: the control total is 6050026, the amounts of the account come to 6050025; if this bank miscounts, say so in its profile (tolerate = [\"trailer\"])");
    for (const auto& [from, to] : {std::pair{"49,6050025,7", "49,6050025,6"}, std::pair{"98,6050025,2,11", "98,6050025,3,11"}, std::pair{"98,6050025,2,11", "98,6050025,2,10"},
                                   std::pair{"98,6050025,2,11", "98,6050026,2,11"}, std::pair{"99,6050025,1,13", "99,6050025,2,13"}, std::pair{"99,6050025,1,13", "99,6050025,1,12"},
                                   std::pair{"99,6050025,1,13", "99,1,1,13"}}) {
        EXPECT_NE(refusal_of(put(kBai2, from, to)), "") << to;
    }
    EXPECT_EQ(must_read(put(put(put(kBai2, "49,6050025,7", "49,6050025,00000007"), "98,6050025,2,11", "98,6050025,0000002,0000011"), "1,13", "00001,00013")).findings.size(), 0U) << "zeros in front";
    EXPECT_EQ(must_read(put(kBai2, "49,0,2", "49,,2")).entries.size(), 3U) << "nothing on the account, and no total";
    EXPECT_NE(refusal_of(put(kBai2, "49,6050025,7", "49,,7")), "");
    Profile miscounts = generic_profile();
    miscounts.tolerated = {FindingKind::kTrailer};
    const Statement statement = must_read(wrong_total, miscounts);
    EXPECT_EQ(statement.entries.size(), 3U);
    EXPECT_GE(statement.findings.size(), 1U);
}

TEST(Bai2, TheOrderOfRecordsIsHeld) {
    EXPECT_NE(refusal_of(put(kBai2, "49,6050025,7/\n", "")), "");
    EXPECT_NE(refusal_of(put(kBai2, "99,6050025,1,13/\n", "")), "") << "cut off";
    EXPECT_NE(refusal_of(put(kBai2, "02,AGENT", "16,AGENT")), "");
    EXPECT_NE(refusal_of(kBai2 + "16,195,1,,,,/\n"), "");
    EXPECT_NE(refusal_of("00,0004,1/2/345,06/0321,0829,001,80,1,2/"), "");
    EXPECT_NE(refusal_of(put(kBai2, "16,195,2000000", "16,195,2000000.00")), "");
    EXPECT_NE(refusal_of(put(kBai2, "16,195,2000000", "16,195,99999999999999999999")), "");
    EXPECT_NE(refusal_of(put(kBai2, "16,195", "16,19")), "");
}

TEST(Bai2, AFileOfATestOrADeletionSaysSo) {
    EXPECT_TRUE(must_read(put(kBai2, "021000021,1,", "021000021,4,")).statements.at(0).test_only);
    EXPECT_TRUE(must_read(put(kBai2, "021000021,1,", "021000021,2,")).statements.at(0).deletes);
    Profile pending = generic_profile();
    pending.interim_status = kPending;
    EXPECT_EQ(must_read(put(kBai2, "1700,USD,2/", "1700,USD,3/"), pending).entries.at(0).status, kPending);
    EXPECT_EQ(must_read(kBai2, pending).entries.at(0).status, kBooked);
}

TEST(Bai2, WhatTheStandardRulesOutIsRefused) {
    EXPECT_EQ(refusal_of(put(kBai2, "16,195,2000000", "16,195,-2000000")),
              "line 5, record 16: -2000000 has a sign, and by the standard the type says which way an entry's amount goes; ask the bank which is meant");
    EXPECT_EQ(refusal_of(put(kBai2, "021000021,1,", "021000021,9,")), "line 2, record 02: '9' is no status of a group (1 new, 2 deletion, 3 correction, 4 test)");
    EXPECT_EQ(must_read(put(kBai2, "021000021,1,", "021000021,,")).entries.size(), 3U);
    for (const char* type : {"100", "400", "015", "040"}) EXPECT_NE(refusal_of(put(kBai2, "16,195", std::string("16,") + type)), "") << type;
}

TEST(Bai2, ThePartsOfAnAmountMakeIt) {
    const std::string wrong = put(kBai2, "S,1000,2000,7000", "S,1000,2000,7001");
    EXPECT_EQ(refusal_of(wrong), "line 7, record 16: the amount is 10000, its parts by the day on which they are available come to 10001; if this bank miscounts, say so in its profile (tolerate = [\"trailer\"])");
    EXPECT_NE(refusal_of(put(kBai2, "S,1000,2000,7000", "D,2,0,1000,3,8000")), "");
    EXPECT_EQ(must_read(put(kBai2, "S,1000,2000,7000", "S,,3000,7000")).entries.size(), 3U);
    EXPECT_EQ(must_read(put(kBai2, "S,1000,2000,7000", "S,,,")).entries.size(), 3U) << "none is stated";
    Profile miscounts = generic_profile();
    miscounts.tolerated = {FindingKind::kTrailer};
    EXPECT_EQ(must_read(wrong, miscounts).findings.size(), 1U);
}

TEST(Bai2, ItsSenderChoosesTheProfile) {
    EXPECT_EQ(sender_of(kBai2), "HARBOR");
    EXPECT_EQ(sender_of(kMt940), "");
}

}  // namespace
}  // namespace rightsdesk::bank
