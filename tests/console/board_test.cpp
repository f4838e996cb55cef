// What a board shows of a log, and what it sends.
#include <gtest/gtest.h>

#include "base/hash.h"
#include "console/asked_pages.h"
#include "console/command_body.h"
#include "console/doors.h"
#include "console/sections.h"
#include "store/chain.h"
#include "support/builders.h"
#include "wire/wire.h"

namespace rightsdesk::support {
namespace {

using console::Board;
using console::Section;
using runtime::Json;

// A log as it would be in the store, by hand.
class Log {
public:
    store::LogRecord next(Event event) {
        Record record;
        record.service = "test";
        record.at = new_york("2002-06-27T12:00:00");
        record.cause = {"test", ++head_.sequence};
        record.event = std::move(event);
        store::LogRecord stored;
        stored.record = wire::encode_record(record, &key_);
        stored.sequence = head_.sequence;
        stored.epoch = 1;
        stored.digest = base::sha256_hex(stored.record.view());
        stored.link = head_.link = store::chain_link(head_.link, stored.sequence, stored.digest);
        return stored;
    }

private:
    wire::SealKey key_ = wire::make_seal_key();
    store::Head head_;
};

class AnOffering : public testing::Test {
protected:
    AnOffering() { take(OfferingOpened{sample_terms(), ""}); }

    void take(Event event) {
        const auto taken = board_.take(log_.next(std::move(event)));
        ASSERT_TRUE(taken) << taken.error().message;
        ASSERT_TRUE(*taken);
    }
    Json section(Section section, std::string_view now = "2002-06-27T12:00:00") const {
        return section_json(section, board_, {desk_, open_, health_, lines_}, new_york(now));
    }
    static Json step(const Json& funnel, std::size_t at) { return funnel["steps"][at]; }
    static Alert an_alert(std::uint64_t number, const std::string& subject, const std::string& kind, std::string_view too_late) {
        Alert alert;
        alert.number = number;
        alert.severity = Severity::kWarning;
        alert.kind = kind;
        alert.subject = subject;
        alert.cause = subject + kind;
        alert.raised_at = new_york("2002-06-27T12:00:00");
        if (!too_late.empty()) alert.too_late_at = new_york(too_late);
        return alert;
    }
    static Payment a_payment(std::int64_t dollars) {
        Payment payment;
        payment.id = "bank-1.1";
        payment.status = PaymentStatus::kGood;
        payment.amount = Money(dollars * 100);
        payment.currency = "USD";
        payment.received_at = new_york("2002-06-27T11:00:00");
        return payment;
    }

    Log log_;
    Board board_{sample_terms().id};
    Book desk_{kDesk};
    console::AlertList open_;
    std::vector<Alert> health_;
    std::vector<Json> lines_;
};

TEST_F(AnOffering, the_funnel_moves_as_notices_come_and_money_is_matched) {
    take(a_notice().id("fax-1", 1).for_shares(1'000).decided());
    take(a_notice().id("fax-1", 2).for_shares(500).undated().with_reasons({Reason::kUndated}).decided());
    Json funnel = section(Section::kFunnel);
    EXPECT_EQ(step(funnel, 0)["notices"], 2);
    EXPECT_EQ(step(funnel, 1)["basic_shares"], 1'000);
    EXPECT_EQ(step(funnel, 2)["notices"], 1);
    EXPECT_EQ(step(funnel, 3)["notices"], 0);
    EXPECT_EQ(funnel["statuses"], (Json{{"accepted", 1}, {"defective", 1}}));

    take(PaymentAdvised{a_payment(2'000), "", {}});
    EXPECT_EQ(section(Section::kSuspense)["money_cents"], 200'000);
    const Json candidate = section(Section::kSuspense)["rows"][0]["candidates"][0];
    EXPECT_EQ(candidate["notice"], "fax-1.1") << "exactly that much is missing of it";
    EXPECT_EQ(candidate["amount_cents"], 200'000);

    take(PaymentMatched{"bank-1.1", {"fax-1.1", Money(200'000), Evidence::kPerson, "alice"}});
    EXPECT_EQ(section(Section::kSuspense)["total"], 0);
    funnel = section(Section::kFunnel);
    EXPECT_EQ(step(funnel, 3)["notices"], 1);
    EXPECT_EQ(step(funnel, 3)["money_cents"], 200'000);
    EXPECT_EQ(section(Section::kGuarantors)["exposure_cents"], 200'000) << "its certificates are still owed";
}

TEST_F(AnOffering, what_was_given_to_it_by_hand_is_shown_so_that_it_can_be_taken_back) {
    const SubmitNotice came{};
    evolve(desk_, {NoticeUnattributed{"fax-1.7", "no open offering lists it", came}, NoticeUnattributed{"fax-1.8", "no open offering lists it", came},
                   NoticeUnattributed{"fax-1.9", "no open offering lists it", came}});
    evolve(desk_, {NoticeAttributed{"fax-1.8", sample_terms().id, "its form says so", came}, NoticeAttributed{"fax-1.9", "another-2002", "its form says so", came}});
    const Json shown = section(Section::kDesk)["unattributed"];
    EXPECT_EQ(shown["total"], 1);
    EXPECT_EQ(shown["rows"][0]["item"], "fax-1.7");
    ASSERT_EQ(shown["given"].size(), 1U) << "what another offering has is not this board's";
    EXPECT_EQ(shown["given"][0]["item"], "fax-1.8");
}

TEST_F(AnOffering, exceptions_are_sorted_by_time_then_money_and_go_when_it_is_too_late) {
    take(a_notice().id("fax-1", 1).for_shares(10).undated().with_reasons({Reason::kUndated}).decided());
    take(a_notice().id("fax-1", 2).for_shares(1'000).undated().with_reasons({Reason::kUndated}).decided());
    take(AlertRaised{an_alert(1, "notice/fax-1.1", "notice_defective", "2002-06-28T17:00:00")});
    take(AlertRaised{an_alert(2, "notice/fax-1.2", "notice_defective", "2002-06-28T17:00:00")});
    take(AlertRaised{an_alert(3, "notice/fax-1.1", "cover_due", "2002-06-28T09:00:00")});
    take(AlertRaised{an_alert(4, "notice/fax-1.1", "cover_missed", "")});
    Json exceptions = section(Section::kExceptions);
    ASSERT_EQ(exceptions["total"], 3) << "what is on record only is none";
    EXPECT_EQ(exceptions["rows"][0]["kind"], "cover_due");
    EXPECT_EQ(exceptions["rows"][1]["notice"], "fax-1.2") << "at the same hour the one with more money";
    EXPECT_EQ(exceptions["rows"][1]["reasons"][0]["word"], "undated");
    const auto page = notice_page(board_, {desk_, open_, health_, lines_}, "fax-1.2");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->page["exceptions"][0]["money_cents"], exceptions["rows"][1]["money_cents"]) << "its own page says the same";
    EXPECT_EQ(section(Section::kExceptions, "2002-06-28T12:00:00")["total"], 2);
    EXPECT_EQ(section(Section::kExceptions, "2002-06-28T17:00:01")["total"], 0);

    take(AlertAcknowledged{2, "alice", "bob", "", new_york("2002-06-27T12:00:00")});
    EXPECT_EQ(section(Section::kExceptions)["rows"][1]["in_hand"], "bob");
    take(AlertResolved{2, "cured", new_york("2002-06-27T12:00:00"), true});
    exceptions = section(Section::kExceptions);
    EXPECT_EQ(exceptions["total"], 2);
    EXPECT_EQ(section(Section::kAlerts)["open"], 3);
}

TEST_F(AnOffering, ten_thousand_alerts_are_counted_one_by_one_and_shown_as_a_group) {
    for (std::uint64_t number = 1; number <= 10'000; ++number) {
        Alert alert = an_alert(number, "notice/fax-1." + std::to_string(number), "notice_defective", "2002-06-28T17:00:00");
        alert.group = 1;
        take(AlertRaised{alert});
    }
    const Json alerts = section(Section::kAlerts);
    EXPECT_EQ(alerts["open"], 10'000);
    ASSERT_EQ(alerts["rows"].size(), 1U);
    EXPECT_EQ(alerts["rows"][0]["group_size"], 10'000);
    EXPECT_LE(section(Section::kExceptions)["rows"].size(), console::kShownExceptions);
    const auto page = alerts_page(board_, {desk_, open_, health_, lines_}, {{"open", "1"}, {"before", "5000"}, {"limit", "3"}});
    ASSERT_TRUE(page);
    EXPECT_EQ((*page)["rows"][0]["number"], 4'999) << "and every one can be looked up";
}

TEST_F(AnOffering, what_changes_every_notice_is_looked_at_a_slice_at_a_time_where_there_are_many) {
    const std::size_t many = console::kFewNotices + 1;
    for (std::uint64_t number = 1; number <= many; ++number) take(a_notice().id("fax-1", number).for_shares(10).decided());
    EXPECT_EQ(step(section(Section::kFunnel), 1)["money_cents"], many * 2'000);
    take(FinalPriceSet{"price-1", Money(200), Money(300), {}});
    EXPECT_EQ(board_.to_look_at_again(), many) << "who waits for the next record does not wait for all of them";
    board_.look_again(many - 10);
    EXPECT_EQ(board_.to_look_at_again(), 10);
    take(a_notice().id("fax-1", many + 1).for_shares(10).decided());
    EXPECT_EQ(step(section(Section::kFunnel), 0)["notices"], many + 1) << "what comes meanwhile counts at once";
    board_.look_again(many);
    EXPECT_EQ(board_.to_look_at_again(), 0);
    EXPECT_EQ(step(section(Section::kFunnel), 1)["money_cents"], (many + 1) * 3'000);
}

TEST_F(AnOffering, a_projection_is_made_without_the_board_and_is_what_its_book_gives) {
    for (std::uint64_t number = 1; number <= 12; ++number) take(a_notice().id("fax-1", number).for_shares(10).decided());
    take(PaymentAdvised{a_payment(20), "", {}});
    take(PaymentMatched{"bank-1.1", {"fax-1.11", Money(2'000), Evidence::kPerson, "alice"}});
    ASSERT_TRUE(board_.projection_due(std::chrono::nanoseconds(0)));
    auto made = console::make_projection(board_.ask_projection());
    EXPECT_FALSE(board_.projection_due(std::chrono::nanoseconds(0))) << "until something changes";
    board_.take_projection(std::move(made), std::chrono::nanoseconds(0), std::chrono::nanoseconds(0), std::chrono::nanoseconds(0));
    const auto live = allocate_live(board_.book(), {true, true});
    ASSERT_TRUE(live);
    ASSERT_EQ(live->lines.size(), 1U);
    ASSERT_NE(board_.projected_line("fax-1.11"), nullptr);
    EXPECT_EQ(board_.projected_line("fax-1.11")->applied, live->lines.front().applied);
    EXPECT_EQ(board_.projected_line("fax-1.2"), nullptr);
    ASSERT_NE(board_.projected_out("fax-1.2"), nullptr);
    EXPECT_EQ(board_.projected_out("fax-1.2")->why, live->left_out[1].why);
}

TEST_F(AnOffering, what_is_looked_for_comes_a_page_at_a_time) {
    for (std::uint64_t number = 1; number <= 12; ++number) take(a_notice().id("fax-1", number).for_shares(10).decided());
    const auto first = notices_page(board_, {{"limit", "5"}});
    ASSERT_TRUE(first);
    EXPECT_EQ((*first)["rows"][4]["notice"], "fax-1.5");
    const auto last = notices_page(board_, {{"limit", "5"}, {"after", "10"}});
    ASSERT_TRUE(last);
    EXPECT_EQ((*last)["rows"].back()["notice"], "fax-1.12");
    EXPECT_TRUE((*last)["next"].is_null());
    EXPECT_EQ((*notices_page(board_, {{"search", "FAX-1.1"}}))["total"], 4);
    EXPECT_FALSE(notices_page(board_, {{"limit", "0"}}));
    EXPECT_FALSE(notices_page(board_, {{"sort", "colour"}}));
}

TEST_F(AnOffering, a_log_that_is_not_what_was_committed_is_followed_no_further) {
    const auto skipped = log_.next(a_notice().id("fax-1", 1).decided());
    const auto after_gap = log_.next(a_notice().id("fax-1", 2).decided());
    const auto gap = board_.take(after_gap);
    ASSERT_TRUE(gap);
    EXPECT_FALSE(*gap) << "what is between is read from the store";
    auto forged = skipped;
    forged.record = after_gap.record;
    EXPECT_EQ(board_.take(forged).error().kind, base::ErrorKind::kCorrupt);
    forged = skipped;
    forged.link = std::string(40, '0');
    EXPECT_EQ(board_.take(forged).error().kind, base::ErrorKind::kCorrupt);
    EXPECT_TRUE(board_.take(skipped));
}

TEST(BoardCommands, say_every_mistake_and_go_to_the_door_whose_matter_they_are) {
    const Instant now = new_york("2002-06-27T12:00:00");
    const std::string id = R"("id": "0123456789abcdef")";
    const auto cure = console::read_command("cure-defect", "{" + id + R"(, "offering": "o", "notice": "fax-1.1", "reason": "undated", "value": "2002-06-26", "evidence": "letter"})", now);
    ASSERT_TRUE(cure) << cure.error().message;
    EXPECT_EQ(std::get<CureDefect>(cure->command).at, now) << "where it is not said";
    EXPECT_EQ(cure->door, ServiceName::kIntake);
    const auto match = console::read_command("match-payment", "{" + id + R"(, "offering": "o", "payment": "b.1", "notice": "f.1", "amount_cents": 5, "why": ""})", now);
    ASSERT_TRUE(match) << match.error().message;
    EXPECT_EQ(std::get<MatchPayment>(match->command).amount, Money(5));
    const auto key = console::read_command("key-notice", "{" + id + R"(, "offering": "o", "notice": "f.1", "fields": {"dated": "2002-06-26", "aggregate_cents": 200, "names": ["A"]}, "blank": []})", now);
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ(std::get<KeyNotice>(key->command).fields.aggregate_cents, Money(200));
    for (const auto& [proposal, door] : {std::pair("extension-1", ServiceName::kDeadlineMonitor), std::pair("waiver-2", ServiceName::kIntake), std::pair("refunds-1", ServiceName::kPaymentClearing)}) {
        const auto approval = console::read_command("approve", "{" + id + R"(, "offering": "o", "proposal": ")" + proposal + "\"}", now);
        ASSERT_TRUE(approval) << approval.error().message;
        EXPECT_EQ(approval->door, door);
    }
    EXPECT_EQ(console::role_for("approve"), runtime::OperatorRole::kApprover);
    EXPECT_EQ(console::read_command("submit-notice", "{}", now).error().kind, base::ErrorKind::kNotFound) << "boards hand in no paper";
    const auto bad = console::read_command("match-payment", "{" + id + R"(, "offering": 1, "payment": "b.1", "amount_cents": -5, "why": "", "colour": "red"})", now);
    ASSERT_FALSE(bad);
    for (const char* named : {"offering", "notice is missing", "amount_cents", "colour"}) EXPECT_NE(bad.error().message.find(named), std::string::npos) << bad.error().message;
    EXPECT_FALSE(console::read_command("settle-offering", R"({"id": "short", "offering": "o", "reference": "r"})", now));
    EXPECT_NE(console::number_of("alice", "0123456789abcdef"), console::number_of("bob", "0123456789abcdef")) << "two people's clicks are two commands";
}

}  // namespace
}  // namespace rightsdesk::support
