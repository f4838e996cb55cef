// One account, several offerings: whose money is it? (rules.md section 3, "Which offering".)
#include "domain/whereabouts.h"

#include <gtest/gtest.h>

#include <functional>

#include "domain/several_offerings.h"

namespace rightsdesk::support {
namespace {

struct NamedRow {
    const char* sentence;
    std::function<void(ConfirmWire&)> change;
    const char* log;
    const char* why;  // at the desk
};

// fax-1.1 is Rare Medium's, fax-1.2 Orchard's; the wire's confirmation number is stated by neither.
TEST(Whereabouts, of_a_wire_into_an_account_of_two_offerings_are_given_by_what_it_names) {
    const std::vector<NamedRow> rows = {
        {"nothing", [](ConfirmWire&) {}, kDesk, "account 021000018/890-0032-147 is of orchard-reit-2002, rare-medium-2002, and its references name none of them"},
        {"a notice in the remittance text", [](ConfirmWire& wire) { wire.remittance = "RIGHTS OFFERING/fax-1.2."; }, kOrchard, ""},
        {"a notice as its end-to-end reference", [](ConfirmWire& wire) { wire.references.end_to_end = "fax-1.1"; }, kRareMedium, ""},
        {"a notice as the bank feed read it", [](ConfirmWire& wire) { wire.references.notice_reference = "fax-1.2"; }, kOrchard, ""},
        {"an offering in the remittance text", [](ConfirmWire& wire) { wire.remittance = "for rare-medium-2002"; }, kRareMedium, ""},
        {"an offering in capitals", [](ConfirmWire& wire) { wire.references.end_to_end = "ORCHARD-REIT-2002"; }, kOrchard, ""},
        {"the offering and a notice of it", [](ConfirmWire& wire) { wire.remittance = "orchard-reit-2002 fax-1.2"; }, kOrchard, ""},
        {"half an id", [](ConfirmWire& wire) { wire.remittance = "rare-medium"; }, kDesk, "name none of them"},
        {"a notice that nobody has", [](ConfirmWire& wire) { wire.remittance = "fax-1.77"; }, kDesk, "name none of them"},
        {"two notices", [](ConfirmWire& wire) { wire.remittance = "fax-1.1 and fax-1.2"; }, kDesk, "its references name several: orchard-reit-2002, rare-medium-2002"},
        {"an offering, and a notice of the other", [](ConfirmWire& wire) { wire.remittance = "rare-medium-2002 fax-1.2"; }, kDesk, "name several"},
        {"another account", [](ConfirmWire& wire) { wire.account = "7", wire.remittance = "fax-1.1"; }, kDesk, "account 7 is no offering's"},
    };
    SeveralOfferings two;
    run(two.book(kRareMedium), a_notice().id("fax-1", 1).decided());
    run(two.book(kOrchard), a_notice().id("fax-1", 2).decided());
    for (const NamedRow& row : rows) {
        ConfirmWire wire = a_wire(2'000, "20020627L1B7032R000999");
        row.change(wire);
        const Whereabouts where = whereabouts_of(two.books(), wire);
        EXPECT_EQ(where.log, row.log) << row.sentence;
        EXPECT_NE(where.why.find(row.why), std::string::npos) << row.sentence << ": " << where.why;
        EXPECT_EQ(where.why.empty(), where.log != kDesk) << row.sentence;
    }
}

TEST(Whereabouts, a_notice_that_states_the_confirmation_number_tells_too) {
    SeveralOfferings two;
    run(two.book(kOrchard), a_notice().id("fax-1", 2).decided());  // states kSampleImad
    EXPECT_EQ(whereabouts_of(two.books(), a_wire(2'000)).log, kOrchard);
    run(two.book(kRareMedium), a_notice().id("fax-1", 1).decided());
    EXPECT_EQ(whereabouts_of(two.books(), a_wire(2'000)).log, kDesk) << "two state it";
    ConfirmWire naming = a_wire(2'000);
    naming.remittance = "fax-1.1";
    EXPECT_EQ(whereabouts_of(two.books(), naming).log, kRareMedium) << "what it names itself is stronger";
}

// Rules.md section 3: "a debit flagged reversal took a credit back".
TEST(Whereabouts, a_wire_that_the_bank_takes_back_is_where_the_wire_is) {
    SeveralOfferings two;
    run(two.book(kOrchard), a_notice().id("fax-1", 2).decided());
    const ConfirmWire wire = a_wire(2'000);
    const Whereabouts unknown = whereabouts_of(two.books(), recall_of(wire, "2002-06-27T15:00:00"));
    EXPECT_EQ(unknown.log, kDesk);
    EXPECT_NE(unknown.why.find("none of them has the wire"), std::string::npos) << unknown.why;
    two.tell(wire);
    EXPECT_EQ(whereabouts_of(two.books(), recall_of(wire, "2002-06-27T15:00:00")).log, kOrchard) << "though it names none of them";
    EXPECT_TRUE(has_wire(two.books(), kOrchard, wire));
    EXPECT_FALSE(has_wire(two.books(), kRareMedium, wire));
}

TEST(Whereabouts, an_account_of_one_offering_needs_no_name) {
    SeveralOfferings two;
    two.desk = desk_book({sample_terms()});
    EXPECT_EQ(whereabouts_of(two.books(), a_wire(2'000)).log, kRareMedium);
}

TEST(Whereabouts, a_second_message_of_a_wire_goes_where_the_first_went) {
    SeveralOfferings two;
    ConfirmWire first = a_wire(2'000);
    first.references.uetr = "8a562c67";
    first.remittance = "orchard-reit-2002";
    two.tell(first);
    ConfirmWire second = a_wire(2'000, "");
    second.references.uetr = "8a562c67";
    second.message_id = "camt.054-9";
    EXPECT_EQ(names_of(two.tell(second)).front(), "PaymentLinked") << "it names nobody itself";
    second.remittance = "rare-medium-2002";
    EXPECT_EQ(names_of(two.tell(second)).front(), "PaymentLinked") << "and this names another";
    EXPECT_EQ(two.advised(kOrchard), 2'000);
    EXPECT_EQ(two.advised(kRareMedium), 0);
    ConfirmWire other = a_wire(3'000, "");
    other.references.uetr = "8a562c67";
    other.remittance = "rare-medium-2002";
    two.tell(other);
    EXPECT_EQ(two.advised(kRareMedium), 3'000) << "another amount is other money";
    EXPECT_EQ(two.broken, "");
}

// Instruments come by their address, whoever has the account that they are deposited in.
TEST(Whereabouts, the_banks_word_goes_to_the_offering_that_has_the_instrument) {
    SeveralOfferings two;
    ReceiveInstrument check = a_check(2'000, "1044");
    check.address = "40 Wall Street, New York, NY 10005";
    two.tell(check, "mail-1");
    EXPECT_EQ(whereabouts_of(two.books(), clearance_of(check, "2002-06-27T15:00:00")).log, kOrchard);
    EXPECT_EQ(whereabouts_of(two.books(), bounce_of(check, ReturnReason::kClosedAccount, "2002-06-27T15:00:00")).log, kOrchard);
    const ReceiveInstrument unknown = a_check(2'000, "7");
    const Whereabouts nowhere = whereabouts_of(two.books(), clearance_of(unknown, "2002-06-27T15:00:00"));
    EXPECT_EQ(nowhere.log, kDesk);
    EXPECT_NE(nowhere.why.find("none of them has instrument 7"), std::string::npos) << nowhere.why;
    two.tell(a_check(2'000, "1044"), "mail-1");  // the same number, bank and amount for Rare Medium
    const Whereabouts both = whereabouts_of(two.books(), clearance_of(check, "2002-06-27T15:00:00"));
    EXPECT_EQ(both.log, kDesk);
    EXPECT_NE(both.why.find("known to several: orchard-reit-2002, rare-medium-2002"), std::string::npos) << both.why;
}

TEST(Whereabouts, what_waits_at_the_desk_is_decided_by_a_person) {
    SeveralOfferings two;
    const ReceiveInstrument check = a_check(2'000, "1044");
    const Decision held = two.tell(clearance_of(check, "2002-06-27T15:00:00"));
    ASSERT_EQ(names_of(held), Names{"PaymentUnattributed"});
    EXPECT_EQ(refusal_of(two.attribute("bank-1.1", kOrchard)), Refusal::kUnknownPayment) << "the instrument comes first";
    two.tell(check, "mail-1");
    EXPECT_EQ(names_of(two.attribute("bank-1.1", kRareMedium)), Names{"PaymentAttributed"});
    EXPECT_EQ(two.book(kRareMedium).payment("mail-1.1")->status, PaymentStatus::kGood);
}

}  // namespace
}  // namespace rightsdesk::support
