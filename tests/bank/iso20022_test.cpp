// ISO 20022: the same message in any version, namespace and envelope.
#include <array>

#include "bank/reading.h"
#include "bank/samples.h"

namespace rightsdesk::bank {
namespace {

std::string with(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
    return text;
}

TEST(Iso20022, SaysOfAWireWhatTheBankSaid) {
    const Statement statement = must_read(kNotification);
    EXPECT_EQ(statement.format, "camt.054");
    EXPECT_EQ(statement.version, "camt.054.001.08");
    EXPECT_EQ(statement.message_id, "N-1");
    EXPECT_EQ(statement.account, "4400-1");
    EXPECT_EQ(statement.currency, "USD");
    ASSERT_EQ(statement.entries.size(), 2U);
    const Entry& wire = statement.entries[0];
    EXPECT_EQ(wire.amount_minor, 2'000'000);
    EXPECT_EQ(wire.direction, kCredit);
    EXPECT_EQ(wire.status, kBooked);
    EXPECT_EQ(wire.booking_date, day("2002-06-28"));
    EXPECT_EQ(wire.value_date, day("2002-06-28"));
    EXPECT_EQ(wire.booked_at, domain::parse_instant("2002-06-28T19:12:00Z").value());
    EXPECT_EQ(wire.references.end_to_end, "E2E-9");
    EXPECT_EQ(wire.references.uetr, "8a562c67-ca16-48ba-b074-65581be6f001");
    EXPECT_EQ(wire.references.servicer, "HS-77");
    EXPECT_EQ(wire.references.imad, "20020628B1Q8021C000123");
    EXPECT_EQ(wire.references.instruction, "I-9");
    EXPECT_EQ(wire.debtor, "Harbor Securities");
    EXPECT_EQ(wire.debtor_agent, "CITIUS33");
    EXPECT_EQ(wire.remittance, "fax-1.5 rights of Rare Medium");
    EXPECT_EQ(wire.type, "PMNT/RCDT/FEDW");
    ASSERT_EQ(wire.available.size(), 1U);
    EXPECT_EQ(wire.available[0].date, day("2002-07-01"));
    EXPECT_TRUE(statement.findings.empty());
}

TEST(Iso20022, AReversalIsPendingAndHasItsReason) {
    const Entry reversal = must_read(kNotification).entries.at(1);
    EXPECT_EQ(reversal.amount_minor, -100);
    EXPECT_EQ(reversal.status, kPending);
    EXPECT_TRUE(reversal.reversal);
    EXPECT_EQ(reversal.return_reason, "AM04");
    EXPECT_FALSE(reversal.booking_date);
}

TEST(Iso20022, ABankMayFlagAReversalTheOtherWay) {
    Profile profile = generic_profile();
    profile.reversal_sign = ReversalSign::kOpposite;
    EXPECT_EQ(must_read(kNotification, profile).entries.at(1).amount_minor, 100);
    EXPECT_EQ(must_read(kNotification, profile).entries.at(0).amount_minor, 2'000'000);
}

TEST(Iso20022, AnyNamespaceAnyPrefixAnyEnvelope) {
    const Statement plain = must_read(kNotification);
    const std::string bare = with(kNotification, " xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"", "");
    EXPECT_TRUE(must_read(bare).entries == plain.entries);
    std::string prefixed = with(with(kNotification, "</", "<@"), "<", "<b:");
    prefixed = with(with(with(prefixed, "<b:@", "</b:"), "<b:?xml", "<?xml"), "xmlns=", "xmlns:b=");
    EXPECT_TRUE(must_read(prefixed).entries == plain.entries) << prefixed;
    const std::string body = bare.substr(bare.find("<Document"));
    const Statement wrapped = must_read("<soap:Envelope xmlns:soap='urn:s'><soap:Body>" + with(body, "\n", "") + "</soap:Body></soap:Envelope>");
    EXPECT_EQ(wrapped.entries.size(), plain.entries.size());
    EXPECT_EQ(wrapped.message_id, "N-1");
}

TEST(Iso20022, ReportsAndStatementsOfAllVersionsReadAlike) {
    for (int version = 2; version <= 11; ++version) {
        const std::string number = (version < 10 ? "0" : "") + std::to_string(version);
        for (const auto& [format, message, account] : {std::array{"camt.052", "BkToCstmrAcctRpt", "Rpt"}, std::array{"camt.053", "BkToCstmrStmt", "Stmt"}}) {
            std::string text = with(with(kNotification, "BkToCstmrDbtCdtNtfctn", message), "Ntfctn", account);
            text = with(text, "camt.054.001.08", std::string(format) + ".001." + number);
            // Until version 07 a party had no Pty, an agent a BIC, a status no Cd.
            if (version < 8) text = with(with(with(with(text, "<Pty>", ""), "</Pty>", ""), "<Sts><Cd>", "<Sts>"), "</Cd></Sts>", "</Sts>");
            if (version < 4) text = with(text, "BICFI", "BIC");
            const Statement statement = must_read(text);
            EXPECT_EQ(statement.version, std::string(format) + ".001." + number);
            ASSERT_EQ(statement.entries.size(), 2U);
            EXPECT_EQ(statement.entries[0].debtor, "Harbor Securities");
            EXPECT_EQ(statement.entries[0].debtor_agent, "CITIUS33");
            EXPECT_EQ(statement.entries[0].status, kBooked);
        }
    }
}

TEST(Iso20022, ATransferOfFedwireIsNoBooking) {
    const Statement statement = must_read(kTransfer);
    EXPECT_EQ(statement.format, "pacs.008");
    EXPECT_EQ(statement.message_id, "F-1");
    EXPECT_EQ(statement.account, "4400-1");
    ASSERT_EQ(statement.entries.size(), 1U);
    const Entry& wire = statement.entries[0];
    EXPECT_EQ(wire.amount_minor, 2'000'000);
    EXPECT_EQ(wire.status, kForInformation);
    EXPECT_EQ(wire.value_date, day("2002-06-28"));
    EXPECT_EQ(wire.references.imad, "20020628B1Q8021C000123");
    EXPECT_EQ(wire.debtor_agent, "021000089");
    EXPECT_EQ(wire.remittance, "fax-1.5");
}

TEST(Iso20022, SeveralPaymentsInOneEntryAreItsTransactions) {
    const std::string second = "</TxDtls><TxDtls><Refs><EndToEndId>E2E-10</EndToEndId></Refs><Amt Ccy=\"USD\">5</Amt></TxDtls></NtryDtls>\n   </Ntry>\n   <Ntry>";
    const std::string text = with(kNotification, "</TxDtls></NtryDtls>\n   </Ntry>\n   <Ntry>", second);
    const Statement statement = must_read(text);
    ASSERT_EQ(statement.entries.size(), 2U);
    ASSERT_EQ(statement.entries[0].transactions.size(), 2U);
    EXPECT_EQ(statement.entries[0].references.end_to_end, "E2E-9");
    EXPECT_EQ(statement.entries[0].transactions[1].references.end_to_end, "E2E-10");
    EXPECT_EQ(statement.entries[0].transactions[1].amount_minor, 500);
}

TEST(Iso20022, AnImadMayStandInAnyReference) {
    const std::string imad = "20020628B1Q8021C000123";
    const std::string bare = with(kNotification, "<ClrSysRef>" + imad + "</ClrSysRef>", "");
    for (const auto& [from, to] : {std::pair<std::string, std::string>{"<AcctSvcrRef>HS-77", "<AcctSvcrRef>" + imad}, {"<InstrId>I-9", "<InstrId>" + imad},
                                   {"<EndToEndId>E2E-9", "<EndToEndId>" + imad}, {"<Refs><InstrId>", "<Refs><MsgId>" + imad + "</MsgId><InstrId>"}}) {
        EXPECT_EQ(must_read(with(bare, from, to)).entries.at(0).references.imad, imad) << from;
    }
    EXPECT_EQ(must_read(with(kNotification, "<InstrId>I-9", "<InstrId>20020627B1Q8021C000999")).entries.at(0).references.imad, imad) << "the clearing's word before the others'";
    const std::string transfer = with(kTransfer, "<BizMsgIdr>" + imad, "<BizMsgIdr>B-1");
    for (const auto& [from, to] : {std::pair{"<InstrId>I-9", "<InstrId>"}, std::pair{"<EndToEndId>E2E-9", "<EndToEndId>"}}) {
        EXPECT_EQ(must_read(with(transfer, from, to + imad)).entries.at(0).references.imad, imad) << from;
    }
    EXPECT_EQ(must_read(with(kTransfer, "<InstrId>I-9", "<InstrId>20020627B1Q8021C000999")).entries.at(0).references.imad, imad);
}

TEST(Iso20022, APaymentInABatchMayGoTheOtherWay) {
    const std::string fee = "<CdtDbtInd>CRDT</CdtDbtInd></TxDtls><TxDtls><Amt Ccy=\"USD\">5</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls></NtryDtls>\n   </Ntry>\n   <Ntry>";
    const std::string text = with(kNotification, "</TxDtls></NtryDtls>\n   </Ntry>\n   <Ntry>", fee);
    const auto payments = must_read(text).entries.at(0).transactions;
    ASSERT_EQ(payments.size(), 2U);
    EXPECT_EQ(payments[0].amount_minor, 2'000'000);
    EXPECT_EQ(payments[1].amount_minor, -500);
    EXPECT_NE(refusal_of(with(text, "DBIT</CdtDbtInd></TxDtls>", "OUT</CdtDbtInd></TxDtls>")), "");
    Profile opposite = generic_profile();
    opposite.reversal_sign = ReversalSign::kOpposite;
    const std::string reversed = with(kNotification, "<TxDtls><RtrInf>", "<TxDtls><Amt Ccy=\"USD\">1</Amt><CdtDbtInd>DBIT</CdtDbtInd><RtrInf>");
    EXPECT_EQ(must_read(reversed).entries.at(1).transactions.at(0).amount_minor, -100);
    EXPECT_EQ(must_read(reversed, opposite).entries.at(1).transactions.at(0).amount_minor, 100) << "as the entry's";
}

TEST(Iso20022, WhereTheEntryHasNoTypeItsPaymentsHave) {
    const std::string code = "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>FEDW</SubFmlyCd></Fmly></Domn></BkTxCd>";
    const std::string text = with(with(kNotification, code, "<BkTxCd/>"), "<TxDtls>\n     <Refs>", "<TxDtls>" + code + "<Refs>");
    EXPECT_EQ(must_read(text).entries.at(0).type, "PMNT/RCDT/FEDW");
    const std::string check = "</TxDtls><TxDtls>" + with(with(code, "RCDT", "RCHQ"), "FEDW", "CCHQ") + "</TxDtls></NtryDtls>\n   </Ntry>\n   <Ntry>";
    EXPECT_EQ(must_read(with(text, "</TxDtls></NtryDtls>\n   </Ntry>\n   <Ntry>", check)).entries.at(0).type, "") << "a wire and a check in one";
}

TEST(Iso20022, TheCreditorsReferenceAndACountrysVersion) {
    const std::string text = with(kNotification, "<Ustrd>fax-1.5 rights of Rare Medium</Ustrd>", "<Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>");
    EXPECT_EQ(must_read(text).entries.at(0).references.creditor, "RF18539007547034");
    EXPECT_EQ(must_read(with(kTransfer, "<Ustrd>fax-1.5</Ustrd>", "<Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>")).entries.at(0).references.creditor, "RF18539007547034");
    EXPECT_EQ(must_read(with(kNotification, "urn:iso:std:iso:20022:tech:xsd:camt.054.001.08", "ISO:camt.054.001.08:APC:STUZZA:payments:003")).version, "camt.054.001.08");
}

TEST(Iso20022, ASummaryThatDiffersIsFoundAndToldOf) {
    const Statement statement = must_read(with(kNotification, "<Sum>20001.00", "<Sum>20001.01"));
    ASSERT_EQ(statement.findings.size(), 1U);
    EXPECT_EQ(statement.findings[0].kind, FindingKind::kSummary);
    EXPECT_NE(why_not_taken(statement, generic_profile()), nullptr);
    Profile careless = generic_profile();
    careless.tolerated = {FindingKind::kSummary};
    EXPECT_EQ(why_not_taken(statement, careless), nullptr);
}

TEST(Iso20022, ANetSumIsCheckedInEitherForm) {
    const auto findings = [](const std::string& net) { return must_read(with(kNotification, "<Sum>20001.00</Sum>", "<Sum>20001.00</Sum>" + net)).findings; };
    EXPECT_TRUE(findings("<TtlNetNtry><Amt>19999.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></TtlNetNtry>").empty());
    EXPECT_TRUE(findings("<TtlNetNtryAmt>19999</TtlNetNtryAmt><CdtDbtInd>CRDT</CdtDbtInd>").empty());
    for (const char* wrong : {"<TtlNetNtry><Amt>19999.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></TtlNetNtry>", "<TtlNetNtryAmt>20001</TtlNetNtryAmt><CdtDbtInd>CRDT</CdtDbtInd>", "<TtlNetNtryAmt>x</TtlNetNtryAmt>"}) {
        ASSERT_EQ(findings(wrong).size(), 1U) << wrong;
        EXPECT_EQ(findings(wrong)[0].kind, FindingKind::kSummary);
    }
}

TEST(Iso20022, ABatchsSumIsChecked) {
    const std::string fee = "</TxDtls><TxDtls><Amt Ccy=\"USD\">5</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls></NtryDtls>\n   </Ntry>\n   <Ntry>";
    const auto findings = [&fee](const std::string& total) {
        return must_read(with(with(kNotification, "</TxDtls></NtryDtls>\n   </Ntry>\n   <Ntry>", fee), "<NtryDtls><TxDtls>\n", "<NtryDtls><Btch><NbOfTxs>2</NbOfTxs>" + total + "</Btch><TxDtls>\n")).findings;
    };
    EXPECT_TRUE(findings("<TtlAmt Ccy=\"USD\">19995.00</TtlAmt>").empty());
    EXPECT_TRUE(findings("<TtlAmt Ccy=\"USD\">20005.00</TtlAmt>").empty()) << "a bank that adds up what goes either way";
    EXPECT_TRUE(findings("<TtlAmt Ccy=\"EUR\">1.00</TtlAmt>").empty()) << "no rate is known";
    ASSERT_EQ(findings("<TtlAmt Ccy=\"USD\">20000.00</TtlAmt>").size(), 1U);
    EXPECT_EQ(findings("<TtlAmt Ccy=\"USD\">20000.00</TtlAmt>")[0].kind, FindingKind::kBatch);
}

TEST(Iso20022, WhatATransfersHeaderStatesIsChecked) {
    const auto findings = [](const std::string& stated) { return must_read(with(kTransfer, "<NbOfTxs>1</NbOfTxs>", "<NbOfTxs>1</NbOfTxs>" + stated)).findings; };
    EXPECT_TRUE(findings("<CtrlSum>20000</CtrlSum><TtlIntrBkSttlmAmt Ccy=\"USD\">20000.00</TtlIntrBkSttlmAmt>").empty());
    for (const char* wrong : {"<CtrlSum>20000.01</CtrlSum>", "<TtlIntrBkSttlmAmt Ccy=\"USD\">1</TtlIntrBkSttlmAmt>", "<TtlIntrBkSttlmAmt Ccy=\"EUR\">20000.00</TtlIntrBkSttlmAmt>"}) {
        ASSERT_EQ(findings(wrong).size(), 1U) << wrong;
        EXPECT_EQ(findings(wrong)[0].kind, FindingKind::kSummary);
    }
}

TEST(Iso20022, ACountMayHaveZerosInFront) {
    const std::string counted = with(with(kNotification, "<NbOfNtries>2<", "<NbOfNtries>0002<"), "<NtryDtls><TxDtls>\n", "<NtryDtls><Btch><NbOfTxs>01</NbOfTxs></Btch><TxDtls>\n");
    EXPECT_TRUE(must_read(counted).findings.empty());
    EXPECT_TRUE(must_read(with(kTransfer, "<NbOfTxs>1<", "<NbOfTxs>0001<")).findings.empty());
    EXPECT_EQ(must_read(with(kTransfer, "<NbOfTxs>1<", "<NbOfTxs>0010<")).findings.size(), 1U);
}

TEST(Iso20022, WhatMayStandOnceDoesNotStandTwice) {
    for (const auto& [from, to] : {std::pair{"<CdtDbtInd>CRDT", "<Amt Ccy=\"USD\">5</Amt><CdtDbtInd>CRDT"}, std::pair{"<CdtDbtInd>CRDT", "<CdtDbtInd>DBIT</CdtDbtInd><CdtDbtInd>CRDT"},
                                   std::pair{"</Ntfctn>", "<Acct><Id><IBAN>DE1</IBAN></Id></Acct></Ntfctn>"}, std::pair{"     <Amt Ccy", "<Amt Ccy=\"USD\">1</Amt><Amt Ccy"},
                                   std::pair{"</GrpHdr>", "</GrpHdr><GrpHdr><MsgId>N-2</MsgId></GrpHdr>"}, std::pair{"<TxsSummry>", "<TxsSummry/><TxsSummry>"}}) {
        EXPECT_NE(refusal_of(with(kNotification, from, to)), "") << to;
    }
    EXPECT_EQ(refusal_of(with(kTransfer, "<IntrBkSttlmDt>", "<IntrBkSttlmAmt Ccy=\"USD\">1</IntrBkSttlmAmt><IntrBkSttlmDt>")),
              "line 5, IntrBkSttlmAmt: a second IntrBkSttlmAmt in one CdtTrfTxInf; ask the bank which is meant");
}

std::string balance(const std::string& type, const std::string& currency, const std::string& amount) {
    return "<Bal><Tp><CdOrPrtry><Cd>" + type + "</Cd></CdOrPrtry></Tp><Amt Ccy=\"" + currency + "\">" + amount + "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2002-06-28</Dt></Dt></Bal>";
}

TEST(Iso20022, TheBalancesAreChecked) {
    const auto findings = [](const std::string& balances) { return must_read(with(kNotification, "<TxsSummry>", balances + "<TxsSummry>")).findings; };
    EXPECT_TRUE(findings(balance("OPBD", "USD", "10") + balance("CLBD", "USD", "20010")).empty());
    EXPECT_EQ(findings(balance("OPBD", "USD", "10") + balance("CLBD", "USD", "20011")).size(), 1U);
    EXPECT_TRUE(findings(balance("PRCD", "USD", "10") + balance("CLBD", "USD", "20010")).empty()) << "what the statement before closed with";
    EXPECT_EQ(findings(balance("PRCD", "USD", "10") + balance("CLBD", "USD", "20011")).size(), 1U);
    EXPECT_TRUE(findings(balance("PRCD", "USD", "5") + balance("OPBD", "USD", "10") + balance("CLBD", "USD", "20010")).empty());
    ASSERT_EQ(findings(balance("OPBD", "USD", "10") + balance("CLBD", "EUR", "20010")).size(), 1U);
    EXPECT_EQ(findings(balance("OPBD", "USD", "10") + balance("CLBD", "EUR", "20010"))[0].what, "the opening balance is in USD, the closing balance in EUR");
    EXPECT_TRUE(findings(balance("OPBD", "USD", "10") + balance("CLBD", "EUR", "1") + balance("CLBD", "USD", "20010")).empty());
}

TEST(Iso20022, WhatXmlAllowsIsRead) {
    EXPECT_EQ(must_read("\xEF\xBB\xBF\r\n" + kNotification).entries.size(), 2U) << "a blank line behind the mark";
    EXPECT_EQ(must_read("\n" + kNotification).entries.size(), 2U);
    EXPECT_EQ(must_read(with(kNotification, ">1</Amt>", ">+1.00</Amt>")).entries.at(1).amount_minor, -100);
    EXPECT_NE(refusal_of(with(kNotification, ">1</Amt>", ">+-1</Amt>")), "");
    EXPECT_EQ(must_read(with(kNotification, "28T15:12:00-04:00</DtTm></BookgDt>", "28T24:00:00</DtTm></BookgDt>")).entries.at(0).booking_date, day("2002-06-28"));
}

TEST(Iso20022, ValuesThatCannotBeReadAreRefusedWithTheirLine) {
    const auto refused = [](const std::string& from, const std::string& to) { return refusal_of(with(kNotification, from, to)); };
    EXPECT_EQ(refused(">20000.00</Amt><Cdt", ">12..34</Amt><Cdt"), "line 10, Amt: '12..34' is no amount: digits, with one '.' at most");
    EXPECT_EQ(refused(">20000.00</Amt><Cdt", ">20000.001</Amt><Cdt"), "line 10, Amt: '20000.001' is finer than USD has decimals (2)");
    EXPECT_NE(refused(">20000.00</Amt><Cdt", ">-1</Amt><Cdt"), "");
    EXPECT_NE(refused(">20000.00</Amt><Cdt", ">99999999999999999999</Amt><Cdt"), "");
    EXPECT_NE(refused("<Dt>2002-06-28", "<Dt>2002-02-30"), "");
    EXPECT_NE(refused("CRDT</CdtDbtInd>", "CREDIT</CdtDbtInd>"), "");
    EXPECT_NE(refused("<MsgId>N-1</MsgId>", ""), "");
    EXPECT_NE(refused("<Othr><Id>4400-1</Id></Othr>", ""), "");
    EXPECT_EQ(refused("<RvslInd>true", "<RvslInd>yes"), "line 23, Ntry: RvslInd is 'yes'; it must be true or false");
    EXPECT_EQ(refused("<RvslInd>true", "<RvslInd>1"), "");
    EXPECT_NE(refused("Ccy=\"USD\">20000.00</Amt><Cdt", "Ccy=\"dollar\">20000.00</Amt><Cdt"), "");
}

}  // namespace
}  // namespace rightsdesk::bank
