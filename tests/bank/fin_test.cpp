// SWIFT's messages, with their blocks and without.
#include "bank/reading.h"
#include "bank/samples.h"

namespace rightsdesk::bank {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// Block 4 alone, as a bank's file has it without the network's blocks.
std::string bare(const std::string& text) {
    const std::size_t begin = text.find("{4:\r\n") + 5;
    return text.substr(begin, text.find("-}") - begin) + "-\r\n";
}

TEST(Mt940, SaysWhatTheBankBooked) {
    const Statement statement = must_read(kMt940);
    EXPECT_EQ(statement.format, "mt940");
    EXPECT_EQ(statement.message_id, "ST-1");
    EXPECT_EQ(statement.account, "4400-1");
    EXPECT_EQ(statement.currency, "USD");
    ASSERT_EQ(statement.entries.size(), 2U);
    const Entry& wire = statement.entries[0];
    EXPECT_EQ(wire.amount_minor, 2'000'000);
    EXPECT_EQ(wire.status, kBooked);
    EXPECT_EQ(wire.value_date, day("2002-06-28"));
    EXPECT_EQ(wire.booking_date, day("2002-06-28"));
    EXPECT_EQ(wire.type, "NTRF");
    EXPECT_EQ(wire.references.end_to_end, "E2E-9");
    EXPECT_EQ(wire.references.servicer, "HS-77");
    // The bank's line ended within it.
    EXPECT_EQ(wire.references.imad, "20020628B1Q8021C000123");
    EXPECT_EQ(wire.debtor, "HARBOR SECURITIES");
    EXPECT_EQ(wire.additional, "HARBOR SECURITIES");
    EXPECT_TRUE(statement.findings.empty());
}

TEST(Mt940, ACreditTakenBackIsADebit) {
    const Entry back = must_read(kMt940).entries.at(1);
    EXPECT_EQ(back.amount_minor, -5'025);
    EXPECT_TRUE(back.reversal);
    EXPECT_EQ(back.return_reason, "AC04");
    EXPECT_EQ(back.references.end_to_end, "");
    Profile opposite = generic_profile();
    opposite.reversal_sign = ReversalSign::kOpposite;
    EXPECT_EQ(must_read(kMt940, opposite).entries.at(1).amount_minor, 5'025);
}

TEST(Mt940, BareTextAndBlocksSayTheSame) {
    const Statement blocks = must_read(kMt940);
    const Statement text = must_read(bare(kMt940));
    ASSERT_EQ(text.entries.size(), blocks.entries.size());
    EXPECT_EQ(text.entries[0].references, blocks.entries[0].references);
    EXPECT_EQ(must_read(replaced(bare(kMt940), "-\r\n", "")).entries.size(), 2U) << "a file that ends without a line";
    EXPECT_EQ(must_read(bare(kMt940) + bare(kMt940)).statements.size(), 2U);
    EXPECT_EQ(must_read("CITIUS33\r\n940\r\nHARBUS33\r\n" + bare(kMt940)).entries.size(), 2U);
    EXPECT_EQ(must_read("\x01\r\n" + bare(kMt940)).entries.size(), 2U);
    EXPECT_EQ(must_read(replaced(kMt940, "-}", "-")).entries.size(), 2U) << "blocks, ended as bare text is";
}

TEST(Mt940, TheBalancesAreChecked) {
    const Statement statement = must_read(replaced(kMt940, "USD20049,75", "USD20049,76"));
    ASSERT_EQ(statement.findings.size(), 1U);
    EXPECT_EQ(statement.findings[0].kind, FindingKind::kBalance);
}

TEST(Mt940, MarksFundsCodesAndDatesAsBanksWriteThem) {
    const auto first = [](const std::string& line) { return must_read(replaced(kMt940, ":61:0206280628C20000,NTRFE2E-9//HS-77", ":61:" + line)).entries.at(0); };
    EXPECT_EQ(first("0206280628DR20000,NTRFE2E-9").amount_minor, -2'000'000) << "R is a funds code, not a reversal";
    EXPECT_FALSE(first("0206280628DR20000,NTRFE2E-9").reversal);
    EXPECT_EQ(first("0206280628CD20000,5NTRFE2E-9").amount_minor, 2'000'050);
    EXPECT_EQ(first("020628    C20000,NTRFNONREF//").booking_date, day("2002-06-28"));
    EXPECT_EQ(first("020628C20000,NTRFNONREF").references.servicer, "");
    EXPECT_EQ(first("0206280628EC20000,NTRFNONREF").status, kPending);
    EXPECT_EQ(first("0206280628RD20000,NTRFNONREF").amount_minor, 2'000'000) << "our own debit came back";
    EXPECT_EQ(first("0212310101C20000,NTRFNONREF").booking_date, day("2003-01-01")) << "booked in the year after";
    EXPECT_EQ(first("0302300301C20000,NTRFNONREF").value_date, day("2003-02-28")) << "thirty days a month";
}

TEST(Mt940, WhatIsWrongIsNamedByLineAndField) {
    EXPECT_EQ(refusal_of(replaced(kMt940, "C20000,NTRF", "X20000,NTRF")), "line 6, :61:: 'X20000,NTR' stands where C, D, RC or RD should");
    EXPECT_EQ(refusal_of(replaced(kMt940, ":62F:C020628USD20049,75\r\n", "")),
              "line 1: an MT940 without a closing balance (:62F: or :62M:); it was cut off: ask the bank for it again");
    EXPECT_NE(refusal_of(replaced(kMt940, "0206280628C", "0206310628C")), "") << "31 June";
    EXPECT_NE(refusal_of(replaced(kMt940, "C20000,", "C2,000,")), "");
    EXPECT_NE(refusal_of(replaced(kMt940, ":25:4400-1\r\n", "")), "");
    EXPECT_NE(refusal_of(replaced(kMt940, "-}", "")), "") << "a block that does not end";
    EXPECT_NE(refusal_of(replaced(kMt940, "O940", "O950")), "") << "a message of another type";
}

// The wire of the sample with another :61: (the first line of it) and :86:.
Entry with_information(const std::string& line, const std::string& information) {
    const std::size_t begin = kMt940.find(":61:");
    const std::size_t end = kMt940.find(":61:", begin + 1);
    const Statement statement = must_read(kMt940.substr(0, begin) + ":61:" + line + "\r\n" + information + kMt940.substr(end));
    return statement.entries.empty() ? Entry{} : statement.entries.front();
}

TEST(Mt940, AWordInPlaceOfAReferenceIsNone) {
    struct Row {
        const char* word;
        const char* information;
        const char* end_to_end;
        const char* batch;
    };
    for (const Row& row : {Row{"EREF", ":86:/EREF/E-7//CNTP/NL1/INGBNL2A/H. SECURITIES///REMI/USTD//X/\r\n", "E-7", ""}, Row{"MARF", ":86:/MARF/M-1/EREF/E-8/REMI/X\r\n", "E-8", ""},
                           Row{"PREF", ":86:/PREF/B-3//REMI/USTD//TOTAL/\r\n", "", "B-3"}, Row{"KREF+", ":86:166?00X?20EREF+E-9?21KREF+K-1\r\n", "E-9", ""},
                           Row{"KREF", ":86:X\r\n", "", ""}, Row{"NONREF", ":86:X\r\n", "", ""}, Row{"EREF1", ":86:X\r\n", "EREF1", ""}}) {
        const Entry entry = with_information("0206280628C20000,NTRF" + std::string(row.word) + "//HS-77", row.information);
        EXPECT_EQ(entry.references.end_to_end, row.end_to_end) << row.word;
        EXPECT_EQ(entry.references.batch, row.batch) << row.word;
        EXPECT_EQ(entry.references.servicer, "HS-77");
    }
}

TEST(Mt940, TwoSlashesEndACodesValue) {
    const Entry back = with_information("0206280628RC20000,NRTIEREF//HS-77", ":86:/RTRN/MS03//EREF/E-7//CNTP/NL1/INGBNL2A/ABN/AMSTERDAM//REMI/USTD//X/\r\n");
    EXPECT_EQ(back.return_reason, "MS03");
    EXPECT_EQ(back.references.end_to_end, "E-7");
    EXPECT_EQ(back.debtor, "ABN") << "the third of four places, though it looks like a code";
    EXPECT_EQ(back.debtor_agent, "INGBNL2A");
    EXPECT_EQ(with_information("0206280628RC20000,NRTIEREF//HS-77", ":86:/RTRN/AC04/ CHECK 1001\r\n").return_reason, "AC04");
}

TEST(Mt940, AGermanReferenceGoesOnInTheNextSubfield) {
    struct Row {
        const char* information;
        const char* end_to_end;
    };
    for (const Row& row : {Row{"166?00X?20EREF+SETTLEMENT-2002-06-28-?21017 ?22SVWZ+RIGHTS", "SETTLEMENT-2002-06-28-017"}, Row{"166?00X?20EREF+ORDER 17 / 28?21SVWZ+RIGHTS", "ORDER 17 / 28"},
                           Row{"166?00X?20EREF+ORDER-17 KREF+K-1 SV?21WZ+RIGHTS", "ORDER-17"}, Row{"166?00X?20SVWZ+RIGHTS EREF+ORDER-17?21?32H. SECURITIES", "ORDER-17"},
                           Row{"166?00X?20SVWZ+A?60EREF+ORDER-?6117?32H. SECURITIES", "ORDER-17"}, Row{"166>00X>20EREF+ORDER-17>21SVWZ+A>32H. SECURITIES", "ORDER-17"},
                           Row{"166?00X?20EREF+ SVWZ+RIGHTS", ""}, Row{"166?00X?20EREF+?21SVWZ+RIGHTS", ""}, Row{"166-20 RIGHTS, EREF+ORDER-17 OF MAY", "ORDER-17"}}) {
        EXPECT_EQ(with_information("0206280628C20000,NTRFNONREF", ":86:" + std::string(row.information) + "\r\n").references.end_to_end, row.end_to_end) << row.information;
    }
}

TEST(Mt940, AGermanNameIsInTwoSubfields) {
    const auto debtor = [](const std::string& information) { return with_information("0206280628C20000,NTRFNONREF", ":86:166" + information + "\r\n").debtor; };
    EXPECT_EQ(debtor("?00X?32HARBOR?33SECURITIES"), "HARBOR SECURITIES");
    EXPECT_EQ(debtor("?00X?32THE HARBOR SECURITIES COMPA?33NY OF NEW YORK"), "THE HARBOR SECURITIES COMPANY OF NEW YORK") << "27 characters are a full subfield";
    EXPECT_EQ(debtor("~00X~30CITIUS33~32HARBOR"), "HARBOR") << "a bank with a mark of its own";
}

TEST(Mt940, WhatBanksAddToAStatementLine) {
    const Entry blank = with_information("0206280628C20000, NTRFE2E-9//HS-77", "");
    EXPECT_EQ(blank.type, "NTRF");
    EXPECT_EQ(blank.references.end_to_end, "E2E-9");
    const Entry name = with_information("0206280628C20000,N0440121470966      H. SECURITIES\r\nNEW YORK", "");
    EXPECT_EQ(name.references.end_to_end, "0121470966");
    EXPECT_EQ(name.additional, "H. SECURITIES\nNEW YORK");
    const Entry both = with_information("0206280628C20000,NCOMNONREF          //CIOB220117990193/IACC/D3/", "");
    EXPECT_EQ(both.references.end_to_end, "");
    EXPECT_EQ(both.references.servicer, "CIOB220117990193");
    EXPECT_EQ(both.additional, "/IACC/D3/");
    EXPECT_EQ(with_information("0206280628C20000,NTRFNONREF//20020628B1Q8021C000123", "").references.imad, "20020628B1Q8021C000123") << "longer than the field";
}

TEST(Mt940, AllFieldsOfInformationBehindALineAreItsOwn) {
    const Entry wire = with_information("0206280628C20000,NTRFNONREF", ":86:RIGHTS OF\r\n:86:RARE MEDIUM EREF: E-7\r\n:86:20020628B1Q8021C000123\r\n");
    EXPECT_EQ(wire.remittance, "RIGHTS OF\nRARE MEDIUM EREF: E-7\n20020628B1Q8021C000123");
    EXPECT_EQ(wire.references.end_to_end, "E-7");
    EXPECT_EQ(wire.references.imad, "20020628B1Q8021C000123");
}

TEST(Mt940, ALineOfInformationMayLookLikeAField) {
    const Entry wire = with_information("0206280628C20000,NTRFNONREF", ":86:166?00X?20SVWZ+PAID 2002-06-28T16\r\n:26:37 O'CLOCK?32HARBOR\r\n");
    EXPECT_EQ(wire.remittance, "166?00X?20SVWZ+PAID 2002-06-28T16\n:26:37 O'CLOCK?32HARBOR");
    EXPECT_EQ(wire.debtor, "HARBOR");
}

TEST(Mt940, OfADebitTheOtherPartyIsNotTheDebtor) {
    const auto debtor = [](const std::string& line, const std::string& information) { return with_information("0206280628" + line, ":86:" + information + "\r\n").debtor; };
    EXPECT_EQ(debtor("C20000,NTRFNONREF", "/NAME/HARBOR/REMI/X"), "HARBOR");
    EXPECT_EQ(debtor("D20000,NTRFNONREF", "/BENM//NAME/HARBOR/REMI/X"), "") << "we paid";
    EXPECT_EQ(debtor("D20000,NTRFNONREF", "177?00X?30CITIUS33?32HARBOR"), "");
    EXPECT_EQ(debtor("D20000,NRTINONREF", "/RTRN/AC04/NAME/HARBOR"), "HARBOR") << "what it paid went back";
    EXPECT_EQ(debtor("RC20000,NTRFNONREF", "/NAME/HARBOR"), "HARBOR");
    EXPECT_EQ(debtor("RD20000,NTRFNONREF", "/NAME/HARBOR"), "") << "what we paid it came back";
    EXPECT_EQ(with_information("0206280628D20000,NTRFNONREF", ":86:177?00X?30CITIUS33?32HARBOR\r\n").debtor_agent, "");
}

TEST(Mt942, CountsAndSumsAreHeld) {
    const Statement statement = must_read(kMt942);
    EXPECT_EQ(statement.format, "mt942");
    EXPECT_EQ(statement.currency, "USD");
    ASSERT_EQ(statement.entries.size(), 1U);
    EXPECT_EQ(statement.entries[0].status, kBooked);
    EXPECT_EQ(statement.entries[0].references.servicer, "HS-77");
    EXPECT_NE(refusal_of(replaced(kMt942, ":90C:1USD20000,", ":90C:1USD20000,01")), "");
    EXPECT_NE(refusal_of(replaced(kMt942, ":90D:0USD0,", ":90D:1USD0,")), "");
    Profile miscounts = generic_profile();
    miscounts.tolerated = {FindingKind::kSums};
    EXPECT_EQ(must_read(replaced(kMt942, ":90C:1USD", ":90C:2USD"), miscounts).findings.size(), 1U);
    Profile lists_pending = generic_profile();
    lists_pending.interim_status = kPending;
    EXPECT_EQ(must_read(kMt942, lists_pending).entries.at(0).status, kPending);
    EXPECT_EQ(must_read(replaced(kMt942, ":34F:USD0,\n", "")).currency, "USD") << "by its sums";
    EXPECT_NE(refusal_of(replaced(replaced(replaced(kMt942, ":34F:USD0,\n", ""), ":90D:0USD0,\n", ""), ":90C:1USD20000,\n", "")), "");
}

TEST(Mt942, BelowItsFloorEntriesAreCountedOnly) {
    const auto refusal = [](const std::string& floor, const std::string& debits, const std::string& credits) {
        return refusal_of(replaced(replaced(replaced(kMt942, ":34F:USD0,", ":34F:USD" + floor), ":90D:0USD0,", ":90D:" + debits), ":90C:1USD20000,", ":90C:" + credits));
    };
    EXPECT_EQ(refusal("10000,", "5USD2500,", "00003USD21500,"), "");
    EXPECT_EQ(refusal("D10000,", "5USD2500,", "1USD20000,"), "");
    EXPECT_NE(refusal("D10000,", "5USD2500,", "3USD21500,"), "") << "no floor for credits";
    EXPECT_EQ(refusal("D10000,\n:34F:USDC10000,", "5USD2500,", "3USD21500,"), "");
    EXPECT_NE(refusal("10000,", "0USD0,", "1USD19999,99"), "") << "less than the message has";
    EXPECT_NE(refusal("10000,", "0USD0,", "0USD20000,"), "");
    EXPECT_NE(refusal("0,", "0USD0,", "3USD21500,"), "");
}

TEST(Mt942, ExpectedEntriesMayBeCountedOrNot) {
    const std::string expected = replaced(kMt942, ":86:FAX-1.5\n", ":86:FAX-1.5\n:61:0206280628EC70,NTRFNONREF\n");
    EXPECT_EQ(must_read(expected).entries.size(), 2U);
    EXPECT_EQ(must_read(replaced(expected, ":90C:1USD20000,", ":90C:2USD20070,")).entries.size(), 2U);
    EXPECT_NE(refusal_of(replaced(expected, ":90C:1USD20000,", ":90C:1USD70,")), "");
    Profile lists_pending = generic_profile();
    lists_pending.interim_status = kPending;
    EXPECT_NE(refusal_of(replaced(expected, ":90C:1USD20000,", ":90C:0USD0,"), lists_pending), "");
}

TEST(Mt942, SumsAloneAreNotComparedWithNothing) {
    const std::string line = ":61:0206280628C20000,NTRFE2E-9//HS-77\n:86:FAX-1.5\n";
    EXPECT_TRUE(must_read(replaced(kMt942, line, "")).entries.empty());
    EXPECT_NE(refusal_of(replaced(replaced(kMt942, line, ""), "1USD20000,", "1USDx")), "");
}

TEST(Mt910, AConfirmationOfCreditIsBookedAtItsTime) {
    const Statement statement = must_read(kMt910);
    EXPECT_EQ(statement.format, "mt910");
    EXPECT_EQ(statement.message_id, "HS-77");
    EXPECT_EQ(statement.account, "4400-1");
    ASSERT_EQ(statement.entries.size(), 1U);
    const Entry& wire = statement.entries[0];
    EXPECT_EQ(wire.amount_minor, 2'000'000);
    EXPECT_EQ(wire.status, kBooked);
    EXPECT_EQ(wire.booked_at, domain::parse_instant("2002-06-28T19:12:00Z").value());
    EXPECT_EQ(wire.references.servicer, "HS-77");
    EXPECT_EQ(wire.references.end_to_end, "E2E-9");
    EXPECT_EQ(wire.references.imad, "20020628B1Q8021C000123");
    EXPECT_EQ(wire.references.uetr, "8a562c67-ca16-48ba-b074-65581be6f001");
    EXPECT_EQ(wire.debtor, "HARBOR SECURITIES");
    EXPECT_EQ(wire.debtor_agent, "CITIUS33");
}

TEST(Mt103, ABundleWithAcknowledgements) {
    const Statement statement = must_read(kMt103);
    EXPECT_EQ(statement.format, "mt103");
    ASSERT_EQ(statement.entries.size(), 2U);
    EXPECT_EQ(statement.entries[0].amount_minor, 2'000'000);
    EXPECT_EQ(statement.entries[0].status, kForInformation) << "an instruction is no booking";
    EXPECT_EQ(statement.entries[0].references.end_to_end, "FAX-1.5");
    EXPECT_EQ(statement.entries[1].amount_minor, 150);
    EXPECT_EQ(statement.statements.at(1).account, "4400-2");
    EXPECT_EQ(statement.statements.at(1).message_id, "C-2");
    EXPECT_EQ(must_read(replaced(kMt103, "-}$", "-}{\n$")).entries.size(), 2U) << "the next one's brace, left behind";
    EXPECT_NE(refusal_of(replaced(kMt103, "-}$", "-}{1:\n$")), "");
    EXPECT_NE(refusal_of(replaced(kMt103, "{451:0}", "{451:1}")), "") << "the network refused it";
    EXPECT_NE(refusal_of(replaced(kMt103, ":32A:020628USD1,5\n", "")), "");
}

TEST(Mt103, AReferenceOfTheRemittanceEndsAtTwoSlashes) {
    struct Row {
        const char* remittance;
        const char* end_to_end;
    };
    for (const Row& row : {Row{"/ROC/FAX 1.5//RFB/X1", "FAX 1.5"}, Row{"/RFB/INV 1234", "INV 1234"}, Row{"/ROC/FAX-1.5///URI/Invoice 5", "FAX-1.5"},
                           Row{"/INV/a/FAX-15//1234-567///ROC/FAX-1\nU87", "FAX-1U87"}, Row{"/ROC/FAX-1.5\nTHANK YOU", "FAX-1.5"}, Row{"/INV/a/FAX-15//1234-567", "a/FAX-15"}, Row{"/ROC/", ""}}) {
        EXPECT_EQ(must_read(replaced(kMt103, ":70:/RFB/FAX-1.5", ":70:" + std::string(row.remittance))).entries.at(0).references.end_to_end, row.end_to_end) << row.remittance;
    }
}

TEST(Mt103, ThePartyByWhateverItsOptionWrites) {
    const auto debtor = [](const std::string& party) { return must_read(replaced(kMt103, ":50K:/998877\nHARBOR SECURITIES", party)).entries.at(0).debtor; };
    EXPECT_EQ(debtor(":50F:/998877\n1/HARBOR\n1/SECURITIES\n2/BROAD STREET"), "HARBOR SECURITIES");
    EXPECT_EQ(debtor(":50F:NIDN/US/12123123\n1/HARBOR\n3/US/NEW YORK"), "HARBOR");
    EXPECT_EQ(debtor(":50K:/998877\n//HARBOR SECURITIES"), "HARBOR SECURITIES");
    EXPECT_EQ(debtor(":50K:HARBOR SECURITIES"), "HARBOR SECURITIES");
}

TEST(Fin, WhatMayStandOnceDoesNotStandTwice) {
    EXPECT_EQ(refusal_of(replaced(kMt103, ":32A:020628USD1,5\n", ":32A:020628USD1,5\n:32A:020628USD2,5\n")), "line 16, :32A:: the message has this field already (line 15, :32A:); ask the bank which is meant");
    EXPECT_NE(refusal_of(replaced(kMt910, ":25:4400-1\n", ":25:4400-1\n:25P:4400-2\n")), "");
    EXPECT_NE(refusal_of(replaced(kMt940, ":62F:C020628USD20049,75\r\n", ":62F:C020628USD20049,75\r\n:62M:C020628USD99,\r\n")), "");
    EXPECT_NE(refusal_of(replaced(kMt942, ":90C:1USD20000,\n", ":90C:1USD20000,\n:90C:1USD20000,\n")), "");
    EXPECT_EQ(refusal_of(replaced(kMt940, ":62F:C020628USD", ":62F:C020628EUR")),
              "line 12, :62F:: a balance in EUR of an account in USD; a statement is in one currency: ask the bank for it again");
}

TEST(Mt103, WhatTheStandardAsksForIsThere) {
    for (const char* field : {":23B:CRED\n", ":50K:/998877\nHARBOR SECURITIES\n", ":71A:OUR\n"}) EXPECT_NE(refusal_of(replaced(kMt103, field, "")), "") << field;
    EXPECT_EQ(refusal_of(replaced(kMt103, "USD20000,", "USD20000")), "line 4, :32A:: '020628USD20000' has an amount without a comma; ask the bank for it again");
}

TEST(Fin, LatinLettersArePutIntoUtf8) {
    EXPECT_EQ(must_read(replaced(kMt942, "FAX-1.5", "M\xFCLLER")).entries.at(0).remittance, "M\xC3\xBCLLER");
}

}  // namespace
}  // namespace rightsdesk::bank
