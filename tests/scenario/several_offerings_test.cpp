// Two offerings with one account, over the whole suite in one process: wires go where they say, what says nothing waits at the desk, is given
// to an offering, taken back and given to the other; services die in between, and every cent counts once.
#include <gtest/gtest.h>

#include "domain/books.h"
#include "support/builders.h"
#include "support/files.h"
#include "support/suite_in_process.h"

namespace rightsdesk {
namespace {

using domain::ServiceName;
using support::SuiteInProcess;

const std::string kFirst = "rare-medium-2002";
const std::string kSecond = "orchard-reit-2002";

class TwoOnOneAccount : public testing::Test {
protected:
    void SetUp() override {
        suite.step_to(support::new_york("2002-06-03T09:00:00"));
        const std::string terms = support::text_of_file(std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml");
        std::string other = support::replaced(terms, "\"" + kFirst + "\"", "\"" + kSecond + "\"");
        other = support::replaced(other, "+17185550101", "+17185550202");
        for (const char* street : {"59 Maiden Lane", "6201 15th Avenue"}) {
            for (std::size_t at = other.find(street); at != std::string::npos; at = other.find(street)) other.replace(at, std::string(street).size(), "40 Wall Street");
        }
        ASSERT_EQ(open(terms).kind, domain::ReceiptKind::kAccepted);
        const auto second = open(other);
        ASSERT_EQ(second.kind, domain::ReceiptKind::kAccepted) << second.explanation;
        EXPECT_NE(second.explanation.find("its account is also of " + kFirst), std::string::npos) << second.explanation;
        suite.settle();
    }
    void TearDown() override {
        for (const std::string& log : {std::string(domain::kDesk), kFirst, kSecond}) EXPECT_EQ(suite.verify(log), "") << log;
        for (const std::string& log : {kFirst, kSecond}) EXPECT_EQ(imbalance(domain::books_of(*suite.book(log))), "") << log;
    }

    domain::Receipt open(const std::string& terms) { return suite.send("alice", ++number, ServiceName::kDeadlineMonitor, domain::OpenOffering{terms}); }
    domain::Receipt say(const domain::ConfirmWire& wire) { return settled(suite.send("bank-1", ++number, ServiceName::kPaymentClearing, wire)); }
    domain::Receipt give(const std::string& item, const std::string& offering) {
        return settled(suite.send("alice", ++number, ServiceName::kPaymentClearing, domain::AttributePayment{item, offering, "the sender says so"}));
    }
    domain::Receipt take_back(const std::string& item) {
        return settled(suite.send("alice", ++number, ServiceName::kPaymentClearing, domain::TakeBackPayment{item, "the sender meant the other"}));
    }
    domain::Receipt settled(domain::Receipt receipt) {
        suite.settle();
        return receipt;
    }
    std::int64_t advised(const std::string& log) { return domain::books_of(*suite.book(log)).advised.value / 100; }

    static domain::ConfirmWire wire_naming(const std::string& remittance, const std::string& message = "MT910") {
        domain::ConfirmWire wire = support::a_wire(2'000, "20020603L1B7032R000142", "2002-06-03T08:00:00");
        wire.remittance = remittance;
        wire.message_id = message;
        wire.references.servicer_reference = message;
        return wire;
    }

    SuiteInProcess suite;
    std::uint64_t number = 100;
};

TEST_F(TwoOnOneAccount, a_wire_goes_where_it_says_and_its_like_after_it) {
    EXPECT_EQ(say(wire_naming("FOR " + kSecond)).log, kSecond);
    const auto again = say(wire_naming("", "camt.054"));
    EXPECT_EQ(again.log, kSecond);
    EXPECT_EQ(again.status, "linked");
    EXPECT_EQ(advised(kSecond), 2'000);
    EXPECT_EQ(advised(kFirst), 0);
}

// Its repeat is answered from where it went, though its like has been attributed elsewhere since.
TEST_F(TwoOnOneAccount, a_repeat_gets_its_first_receipt_wherever_the_money_is_now) {
    const auto first = say(wire_naming(""));
    EXPECT_EQ(first.log, domain::kDesk);
    EXPECT_EQ(first.status, "unattributed");
    const std::string item = "bank-1." + std::to_string(number);
    const auto repeat = [&, sent = number] { return suite.send("bank-1", sent, ServiceName::kPaymentClearing, wire_naming("")); };
    ASSERT_EQ(give(item, kFirst).status, "attributed");
    EXPECT_EQ(repeat(), first);
    const auto later = say(wire_naming("", "camt.053"));
    EXPECT_EQ(later.log, kFirst);
    const auto later_repeat = [&, sent = number] { return suite.send("bank-1", sent, ServiceName::kPaymentClearing, wire_naming("", "camt.053")); };
    ASSERT_EQ(take_back(item).status, "taken_back");
    ASSERT_EQ(give(item, kSecond).status, "attributed");
    EXPECT_EQ(repeat(), first);
    EXPECT_EQ(later_repeat(), later) << "it would be routed to the other today";
    EXPECT_EQ(advised(kFirst), 0);
    EXPECT_EQ(advised(kSecond), 2'000);
}

TEST_F(TwoOnOneAccount, taken_back_and_given_to_the_other_whoever_dies_when) {
    for (const std::size_t every : {3U, 7U, 11U, 29U}) {
        SCOPED_TRACE("a service dies every " + std::to_string(every) + " turns");
        std::size_t turns = 0;
        suite.between_turns = [&] {
            if (++turns % every == 0) suite.die_and_return(turns / every % suite.services());
        };
        domain::ConfirmWire wire = wire_naming("");
        wire.references.imad += std::to_string(every);
        wire.references.servicer_reference.clear();
        ASSERT_EQ(say(wire).status, "unattributed");
        const std::string item = "bank-1." + std::to_string(number);
        const std::int64_t before = advised(kSecond);
        ASSERT_EQ(give(item, kFirst).status, "attributed");
        EXPECT_EQ(advised(kFirst), 2'000);
        ASSERT_EQ(take_back(item).status, "taken_back");
        EXPECT_EQ(advised(kFirst), 0);
        ASSERT_EQ(give(item, kSecond).status, "attributed");
        wire.message_id = "camt.054";
        EXPECT_EQ(say(wire).log, kSecond);
        EXPECT_EQ(advised(kFirst), 0);
        EXPECT_EQ(advised(kSecond), before + 2'000);
        suite.between_turns = [] {};
    }
}

TEST_F(TwoOnOneAccount, what_a_further_message_names_does_not_move_it) {
    EXPECT_EQ(say(wire_naming("FOR " + kSecond)).log, kSecond);
    EXPECT_EQ(say(wire_naming("FOR " + kFirst, "camt.053")).status, "linked") << "whatever it names";
    EXPECT_EQ(advised(kFirst) + advised(kSecond), 2'000);
}

// Both are routed before either is decided: the one whose route the other has changed is asked for again.
TEST_F(TwoOnOneAccount, messages_of_one_wire_that_come_together_count_once) {
    std::int64_t wires = 0;
    for (const std::vector<std::string>& names : std::vector<std::vector<std::string>>{{kSecond, ""}, {"", kSecond}, {kFirst, kSecond}, {"", ""}, {"", kFirst, kSecond}}) {
        SCOPED_TRACE(base::joined(names, " | "));
        ++wires;
        std::vector<domain::Command> messages;
        for (std::size_t at = 0; at < names.size(); ++at) {
            domain::ConfirmWire wire = wire_naming(names[at], "message " + std::to_string(at) + " of wire " + std::to_string(wires));
            wire.references.imad += std::to_string(wires);
            messages.emplace_back(wire);
        }
        const auto receipts = suite.send_together("bank-1", number + 1, ServiceName::kPaymentClearing, messages);
        number += messages.size();
        suite.settle();
        for (const domain::Receipt& receipt : receipts) EXPECT_EQ(receipt.kind, domain::ReceiptKind::kAccepted) << receipt.explanation;
        const auto desk = suite.book(domain::kDesk);
        std::int64_t waiting = 0;
        for (const std::string& item : desk->item_ids()) waiting += desk->item(item)->attributed_to ? 0 : 1;
        EXPECT_EQ(advised(kFirst) + advised(kSecond) + waiting * 2'000, wires * 2'000);
    }
}

TEST_F(TwoOnOneAccount, a_notice_is_taken_back_and_decided_in_the_other) {
    domain::SubmitNotice notice = support::a_notice().submission();
    notice.document = base::Bytes(std::string("a form that a person keys"));
    notice.sha256 = base::sha256_hex(notice.document.view());
    notice.media_type = "image/tiff";
    notice.stamp = support::new_york("2002-06-03T08:30:00");
    notice.address = "+17185559999";
    const auto came = settled(suite.send("fax-1", ++number, ServiceName::kIntake, notice));
    ASSERT_EQ(came.status, "unattributed") << came.explanation;
    const std::string item = "fax-1." + std::to_string(number);
    const auto tell = [&](const domain::Command& command) { return settled(suite.send("alice", ++number, ServiceName::kIntake, command)).status; };
    ASSERT_EQ(tell(domain::AttributeNotice{item, kFirst, "its form"}), "attributed");
    ASSERT_NE(suite.book(kFirst)->notice(item), nullptr);
    ASSERT_EQ(tell(domain::TakeBackNotice{item, "the form names the other"}), "taken_back");
    EXPECT_TRUE(suite.book(kFirst)->notice(item)->taken_back);
    ASSERT_EQ(tell(domain::AttributeNotice{item, kSecond, "its form"}), "attributed");
    const auto book = suite.book(kSecond);
    ASSERT_NE(book->notice(item), nullptr);
    EXPECT_EQ(book->notice(item)->deliveries.front().stamp, notice.stamp);
}

}  // namespace
}  // namespace rightsdesk
