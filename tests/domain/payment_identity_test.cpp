// The same money told of by several messages counts once; money that only looks alike counts twice (rules.md section 3, "Same money,
// several messages").
#include "domain/payment_identity.h"

#include <gtest/gtest.h>

#include <functional>

#include "domain/books.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

constexpr const char* kUetr = "8a562c67-ca16-48ba-b074-65581be6f001";  // all the Fed's sample messages share one
constexpr const char* kOtherImad = "20020627MMQFMPNJ000042";

// As MT910 tells of it: $2,000.00 of 27 June.
ConfirmWire told_first() {
    ConfirmWire wire = a_wire(2'000);
    wire.references.uetr = kUetr;
    wire.references.servicer_reference = "AST-0627-1";
    return wire;
}

struct AgainRow {
    const char* story;
    std::function<void(ConfirmWire&)> change;  // of what the second message says
    std::int64_t advised;                      // dollars, by both
};

TEST(SameMoney, a_wire_told_of_again_counts_once) {
    const auto bears = [](const char* imad, const char* uetr, const char* servicer) {
        return [=](ConfirmWire& wire) { wire.references = {imad, uetr, servicer, "", "", ""}; };
    };
    const std::vector<AgainRow> rows = {
        {"the same in all", [](ConfirmWire&) {}, 2'000},
        {"the confirmation number alone", bears(kSampleImad, "", ""), 2'000},
        {"the UETR alone", bears("", kUetr, ""), 2'000},
        {"the servicer's reference alone", bears("", "", "AST-0627-1"), 2'000},
        {"another servicer's reference beside the confirmation number", bears(kSampleImad, "", "camt.053-77"), 2'000},
        {"another confirmation number under the UETR that all share: never on one key alone", bears(kOtherImad, kUetr, ""), 4'000},
        {"NOTPROVIDED matches nothing", bears("NOTPROVIDED", "NOTPROVIDED", "NOTPROVIDED"), 4'000},
        {"no reference matches nothing", bears("", "", ""), 4'000},
        {"another amount is other money", [](ConfirmWire& wire) { wire.amount = Money(200'001); }, 4'000},
        {"another value date is other money", [](ConfirmWire& wire) { wire.value_date = day("2002-06-26"); }, 4'000},
    };
    for (const AgainRow& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        desk.submit(a_notice());
        desk.say(told_first());
        ConfirmWire again = told_first();
        again.message_id = "camt.054-9";
        row.change(again);
        desk.say(again);
        EXPECT_EQ(books_of(desk.book()).advised.value / 100, row.advised);
        EXPECT_EQ(desk.book().payment_ids().size(), row.advised == 2'000 ? 1U : 2U);
        EXPECT_EQ(desk.book().payment("bank-1.1")->messages.size(), row.advised == 2'000 ? 2U : 1U);
    }
}

// The same where nothing but NOTPROVIDED stands on both.
TEST(SameMoney, two_wires_that_bear_no_reference_are_two) {
    WholeDesk desk;
    ConfirmWire wire = a_wire(2'000, "NOTPROVIDED");
    desk.say(wire);
    desk.say(wire);
    EXPECT_EQ(books_of(desk.book()).advised, Money(400'000));
}

// MT910 bears the UETR, camt.054 the UETR and the servicer's reference, camt.053 that reference alone: a key for each it bears.
TEST(SameMoney, each_message_adds_the_reference_that_the_next_is_known_by) {
    WholeDesk desk;
    for (const auto& [uetr, servicer] : {std::pair(kUetr, ""), std::pair(kUetr, "AST-1"), std::pair("", "AST-1")}) {
        ConfirmWire wire = a_wire(2'000, "");
        wire.references.uetr = uetr;
        wire.references.servicer_reference = servicer;
        desk.say(wire);
    }
    ASSERT_EQ(desk.book().payment_ids().size(), 1U);
    const Payment& payment = *desk.book().payment("bank-1.1");
    EXPECT_EQ(payment.messages.size(), 3U);
    EXPECT_EQ(payment.references.uetr, kUetr);
    EXPECT_EQ(payment.references.servicer_reference, "AST-1");
}

// Two wires of one day and amount under one UETR, told of with a date only, the last day. The statement that brings the second one's credit
// time bears its servicer's reference: it is the second that becomes good.
TEST(SameMoney, under_a_shared_uetr_the_message_is_of_the_wire_with_which_it_shares_most) {
    WholeDesk desk;
    const auto told = [&](const char* imad, const char* servicer, bool credited) {
        ConfirmWire wire = a_wire(2'000, imad, "2002-06-28T16:00:00");
        wire.references.uetr = kUetr;
        wire.references.servicer_reference = servicer;
        if (!credited) wire.credited_at.reset();
        desk.say(wire);
    };
    told(kSampleImad, "AST-1", false);
    told(kOtherImad, "AST-2", false);
    told("", "AST-2", true);
    EXPECT_EQ(desk.book().payment("bank-1.1")->status, PaymentStatus::kUncollected);
    EXPECT_EQ(desk.book().payment("bank-1.2")->status, PaymentStatus::kGood);
}

struct CheckRow {
    const char* story;
    std::function<void(ReceiveInstrument&)> change;
    std::size_t payments;
};

TEST(SameMoney, a_check_is_the_same_by_number_drawee_and_amount) {
    const std::vector<CheckRow> rows = {
        {"in a second envelope", [](ReceiveInstrument& check) { check.delivery = "envelope-9"; }, 1},
        {"the drawee written otherwise", [](ReceiveInstrument& check) { check.drawee = "ALBANY SAVINGS BANK."; }, 1},
        {"another number", [](ReceiveInstrument& check) { check.number = "1045"; }, 2},
        {"another drawee", [](ReceiveInstrument& check) { check.drawee = "Pine Bank"; }, 2},
        {"another amount", [](ReceiveInstrument& check) { check.amount = Money(200'100); }, 2},
    };
    for (const CheckRow& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        ReceiveInstrument check = a_check(2'000, "1044");
        desk.say(check);
        row.change(check);
        desk.say(check);
        EXPECT_EQ(desk.book().payment_ids().size(), row.payments);
    }
}

}  // namespace
}  // namespace rightsdesk::support
