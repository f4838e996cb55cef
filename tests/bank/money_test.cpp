// From what a bank said to what payment clearing is told: row by row, and the same money by every format once.
#include "bank/money.h"

#include "bank/reading.h"
#include "bank/samples.h"
#include "domain/payment_identity.h"

namespace rightsdesk::bank {
namespace {

using domain::ConfirmClearance;
using domain::ConfirmWire;
using domain::ReportBounce;

const domain::Date kToday = day("2002-06-28");

Told told_by(const std::string& text, const Profile& profile = generic_profile(), domain::Date today = kToday) {
    auto told = messages_of(must_read(text, profile), profile, today);
    EXPECT_TRUE(told.has_value()) << (told ? "" : told.error().message);
    return told ? std::move(*told) : Told{};
}

template <class Message>
const Message& the_only(const Told& told) {
    EXPECT_EQ(told.messages.size(), 1U);
    static const Message kNone{};
    const auto* message = told.messages.empty() ? nullptr : std::get_if<Message>(&told.messages.front().command);
    EXPECT_NE(message, nullptr);
    return message == nullptr ? kNone : *message;
}

// A file of one BAI2 entry, its trailers counted.
std::string bai2_of(const std::string& entry, const std::string& amount) {
    return "01,HARBOR,AGENT,020628,1700,7,80,1,2/\n02,AGENT,021000021,1,020628,1700,USD,2/\n03,4400-1,,,,,/\n" + entry + "/\n49," + amount + ",3/\n98," + amount + ",1,5/\n99," + amount + ",1,7/\n";
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(Money, AWireIsConfirmedWithAllThatTheBankSaid) {
    const Told told = told_by(kNotification);
    const auto& wire = the_only<ConfirmWire>(told);
    EXPECT_EQ(wire.account, "4400-1");
    EXPECT_EQ(wire.amount, domain::Money(2'000'000));
    EXPECT_EQ(wire.currency, "USD");
    EXPECT_EQ(wire.value_date, day("2002-06-28"));
    EXPECT_EQ(wire.credited_at, domain::parse_instant("2002-06-28T19:12:00Z").value());
    EXPECT_EQ(wire.institution, "Harbor Securities") << "a BIC is no name that a notice states";
    EXPECT_EQ(wire.references.imad, "20020628B1Q8021C000123");
    EXPECT_EQ(wire.references.servicer_reference, "HS-77");
    EXPECT_EQ(wire.message_id, "N-1");
    EXPECT_EQ(wire.remittance, "fax-1.5 rights of Rare Medium");
    ASSERT_EQ(told.passed_over.size(), 1U);
    EXPECT_NE(told.passed_over[0].why.find("pending"), std::string::npos);
}

TEST(Money, AnAmountBeyondWhatIsAddedUpIsPassedOver) {
    EXPECT_EQ(the_only<ConfirmWire>(told_by(bai2_of("16,195,9000000000000000,0,HS-77,,/", "9000000000000000"))).amount, domain::Money(9'000'000'000'000'000));
    const Told told = told_by(bai2_of("16,195,9000000000000001,0,HS-77,,/", "9000000000000001"));
    EXPECT_TRUE(told.messages.empty());
    ASSERT_EQ(told.passed_over.size(), 1U);
    EXPECT_EQ(told.passed_over[0].why, "an amount larger than any that is told of");
}

TEST(Money, OneWireByEveryFormatHasAKeyInCommon) {
    Profile books_transfers = generic_profile();
    books_transfers.transfer_status = kBooked;
    const auto of = [&](const std::string& text) {
        const Told told = told_by(text, books_transfers);
        const auto found = std::find_if(told.messages.begin(), told.messages.end(), [](const MoneyMessage& one) { return std::holds_alternative<ConfirmWire>(one.command); });
        EXPECT_NE(found, told.messages.end());
        return found == told.messages.end() ? std::vector<std::string>() : domain::wire_keys(std::get<ConfirmWire>(found->command));
    };
    const std::vector<std::string> known = of(kNotification);
    for (const std::string& text : {kTransfer, kMt940, kMt942, kMt910, kBai2}) {
        const std::vector<std::string> keys = of(text);
        const bool shared = std::any_of(keys.begin(), keys.end(), [&](const std::string& key) { return std::find(known.begin(), known.end(), key) != known.end(); });
        EXPECT_TRUE(shared) << text.substr(0, 60);
    }
}

TEST(Money, AnInstructionIsNoBookingUnlessTheProfileSaysSo) {
    EXPECT_TRUE(told_by(kTransfer).messages.empty());
    EXPECT_EQ(told_by(kTransfer).passed_over.size(), 1U);
    EXPECT_TRUE(told_by(kMt103).messages.empty());
    Profile books_transfers = generic_profile();
    books_transfers.transfer_status = kBooked;
    EXPECT_EQ(told_by(kTransfer, books_transfers).messages.size(), 1U);
    EXPECT_EQ(told_by(kMt103, books_transfers).messages.size(), 2U);
}

TEST(Money, ADepositIsGoodByAvailabilityNeverByItsPosting) {
    // Posted, and nothing more.
    EXPECT_TRUE(told_by(bai2_of("16,175,500000,Z,,,CHKN: 1007 DABA: HARBORBANK", "500000")).messages.empty());
    // Available at once, with its number.
    const Told now = told_by(bai2_of("16,175,500000,0,,,CHKN: 1007, DABA: FIRST HARBOR BANK", "500000"));
    const auto& clearance = the_only<ConfirmClearance>(now);
    EXPECT_EQ(clearance.number, "1007");
    EXPECT_EQ(clearance.drawee, "FIRST HARBOR BANK");
    EXPECT_EQ(clearance.amount, domain::Money(500'000));
    EXPECT_EQ(clearance.cleared_on, kToday);
    EXPECT_EQ(clearance.cleared_at, domain::Instant(0)) << "the bank told the day only";
    // Available on a day that has not come: then, and not before.
    const std::string later = bai2_of("16,175,500000,V,020701,,,,CHKN: 1007", "500000");
    EXPECT_TRUE(told_by(later).messages.empty());
    ASSERT_EQ(told_by(later).later.size(), 1U);
    EXPECT_EQ(told_by(later).later[0].from, day("2002-07-01"));
    EXPECT_EQ(told_by(later, generic_profile(), day("2002-07-01")).messages.size(), 1U);
    // In business days of the bank's, or only in part: its later word says.
    EXPECT_TRUE(told_by(bai2_of("16,175,500000,1,,,CHKN: 1007", "500000")).messages.empty());
    EXPECT_TRUE(told_by(bai2_of("16,175,500000,S,100000,400000,0,,,CHKN: 1007", "500000")).messages.empty());
    // Several checks in one deposit: nobody knows which.
    EXPECT_TRUE(told_by(bai2_of("16,175,500000,0,,,DEPOSIT OF 3", "500000")).messages.empty());
}

TEST(Money, TheLaterConfirmationClears) {
    Profile profile = generic_profile();
    profile.types.cleared = {"174"};
    EXPECT_EQ(the_only<ConfirmClearance>(told_by(bai2_of("16,174,500000,Z,,,CHKN: 1007", "500000"), profile)).cleared_on, kToday);
}

TEST(Money, AReturnedCheckBouncesForTheBanksReason) {
    const auto bounce = the_only<ReportBounce>(told_by(bai2_of("16,555,500000,Z,R-1,1007,CHECK RETURNED, Reason: \"R02\"", "500000")));
    EXPECT_EQ(bounce.number, "1007");
    EXPECT_EQ(bounce.amount, domain::Money(500'000));
    EXPECT_EQ(bounce.reason, domain::ReturnReason::kClosedAccount);
    EXPECT_FALSE(bounce.wire);
    EXPECT_EQ(bounce.returned_at, domain::parse_instant("2002-06-28T00:00:00-04:00").value()) << "a day begins in the bank's zone";
}

TEST(Money, AWireThatIsTakenBackIsKnownByItsReferences) {
    const std::string back = changed(changed(kNotification, "<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>"), "<NbOfNtries>1</NbOfNtries>", "<NbOfNtries>0</NbOfNtries>");
    const auto bounce = the_only<ReportBounce>(told_by(back));
    ASSERT_TRUE(bounce.wire);
    EXPECT_EQ(bounce.wire->references.imad, "20020628B1Q8021C000123");
    EXPECT_EQ(domain::wire_keys(*domain::wire_told_of(bounce)), domain::wire_keys(the_only<ConfirmWire>(told_by(kNotification))));
}

TEST(Money, OurOwnDebitThatCameBackIsNoSubscription) {
    const Told told = told_by(bai2_of("16,257,60000,Z,R-1,028000020000335,ACH RETURN", "60000"));
    EXPECT_TRUE(told.messages.empty());
    EXPECT_EQ(told_by(bai2_of("16,495,100,Z,W-1,,OUTGOING WIRE", "100")).messages.size(), 0U);
    EXPECT_EQ(told_by(bai2_of("16,142,100,Z,W-1,,ACH", "100")).passed_over.at(0).why.find("neither a wire nor a deposit"), std::string("a credit of type '142', which the profile calls ").size());
}

TEST(Money, WithoutAReferenceThePlaceInTheMessageIsOne) {
    const std::string bare = bai2_of("16,195,2000000,,,,WIRE IN", "2000000");
    const auto first = the_only<ConfirmWire>(told_by(bare));
    EXPECT_EQ(domain::wire_keys(first), domain::wire_keys(the_only<ConfirmWire>(told_by(bare)))) << "the same file again";
    EXPECT_NE(domain::wire_keys(first), domain::wire_keys(the_only<ConfirmWire>(told_by(changed(bare, "1700,7,", "1700,8,"))))) << "another file";
    EXPECT_EQ(domain::wire_keys(first).size(), 1U);
}

TEST(Money, PaymentsOfABatchAreToldApartWhereTheyMakeItUp) {
    std::string batch = changed(kNotification, "<Amt Ccy=\"USD\">20000.00</Amt>\n     <RltdPties>", "<Amt Ccy=\"USD\">15000.00</Amt>\n     <RltdPties>");
    batch = changed(batch, "</TxDtls></NtryDtls>", "</TxDtls><TxDtls><Refs><UETR>8a562c67-ca16-48ba-b074-65581be6f002</UETR></Refs><Amt Ccy=\"USD\">5000.00</Amt></TxDtls></NtryDtls>");
    const Told apart = told_by(batch);
    ASSERT_EQ(apart.messages.size(), 2U);
    EXPECT_EQ(std::get<ConfirmWire>(apart.messages[0].command).amount, domain::Money(1'500'000));
    EXPECT_EQ(std::get<ConfirmWire>(apart.messages[1].command).references.uetr, "8a562c67-ca16-48ba-b074-65581be6f002");
    const Told together = told_by(changed(batch, "<Amt Ccy=\"USD\">5000.00</Amt></TxDtls>", "<Amt Ccy=\"USD\">4000.00</Amt></TxDtls>"));
    EXPECT_EQ(the_only<ConfirmWire>(together).amount, domain::Money(2'000'000)) << "they do not make it up";
}

TEST(Money, ATestIsNothingAndADeletionIsAPersons) {
    const std::string wire = bai2_of("16,195,2000000,,HS-77,,WIRE IN", "2000000");
    EXPECT_TRUE(told_by(changed(wire, "021000021,1,", "021000021,4,")).messages.empty());
    EXPECT_FALSE(messages_of(must_read(changed(wire, "021000021,1,", "021000021,2,")), generic_profile(), kToday));
}

TEST(Money, ReasonsOfThreeStandardsAndInWords) {
    using R = domain::ReturnReason;
    for (const auto& [text, reason] : {std::pair{"R01", R::kNotSufficientFunds}, std::pair{"r02", R::kClosedAccount}, std::pair{"A", R::kNotSufficientFunds}, std::pair{"Y", R::kDuplicate},
                                       std::pair{"AC04", R::kClosedAccount}, std::pair{"AM04", R::kNotSufficientFunds}, std::pair{"NSF", R::kNotSufficientFunds},
                                       std::pair{"Uncollected funds", R::kUncollectedFunds}, std::pair{"STOP-PAYMENT", R::kStopPayment}, std::pair{"Payee does not exist", R::kUnableToLocate},
                                       std::pair{"stale_dated", R::kStaleDated}, std::pair{"", R::kOther}, std::pair{"ZZ99", R::kOther}}) {
        EXPECT_EQ(return_reason_of(text), reason) << text;
    }
}

}  // namespace
}  // namespace rightsdesk::bank
