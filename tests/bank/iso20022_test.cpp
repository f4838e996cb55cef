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

TEST(Iso20022, ASummaryThatDiffersIsFoundAndToldOf) {
    const Statement statement = must_read(with(kNotification, "<Sum>20001.00", "<Sum>20001.01"));
    ASSERT_EQ(statement.findings.size(), 1U);
    EXPECT_EQ(statement.findings[0].kind, FindingKind::kSummary);
    EXPECT_NE(why_not_taken(statement, generic_profile()), nullptr);
    Profile careless = generic_profile();
    careless.tolerated = {FindingKind::kSummary};
    EXPECT_EQ(why_not_taken(statement, careless), nullptr);
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
    EXPECT_NE(refused("Ccy=\"USD\">20000.00</Amt><Cdt", "Ccy=\"dollar\">20000.00</Amt><Cdt"), "");
}

}  // namespace
}  // namespace rightsdesk::bank
