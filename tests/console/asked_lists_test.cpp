// Lists that a board asks for: every exception, alerts that are over, groups, what was sold, what stands still.
#include "console/an_offering.h"

namespace rightsdesk::support {
namespace {

class Asked : public AnOffering {
protected:
    [[nodiscard]] console::DeskView view() const { return {desk_, open_, health_, lines_}; }
    [[nodiscard]] Json exceptions(const console::Query& query, std::string_view now = "2002-06-27T12:00:00") const {
        const auto page = exceptions_page(board_, new_york(now), query);
        EXPECT_TRUE(page) << page.error().message;
        return page ? *page : Json();
    }
    [[nodiscard]] Json alerts(const console::Query& query) const {
        const auto page = alerts_page(board_, view(), query);
        EXPECT_TRUE(page) << page.error().message;
        return page ? *page : Json();
    }
    static std::vector<int> numbers_in(const Json& page, const char* member) {
        std::vector<int> numbers;
        for (const Json& row : page["rows"]) numbers.push_back(row[member].get<int>());
        return numbers;
    }
};

TEST_F(Asked, every_exception_can_be_reached_a_page_at_a_time_in_the_order_of_the_board) {
    for (std::uint64_t number = 1; number <= 250; ++number) {
        take(AlertRaised{an_alert(number, "notice/fax-1." + std::to_string(number), "notice_defective", number % 2 == 0 ? "2002-06-28T17:00:00" : "2002-06-28T09:00:00")});
    }
    const Json shown = section(Section::kExceptions);
    ASSERT_EQ(shown["rows"].size(), console::kShownExceptions);
    std::vector<int> reached;
    std::string after;
    for (Json page = exceptions({{"limit", "100"}}); ; page = exceptions({{"limit", "100"}, {"after", after}})) {
        EXPECT_EQ(page["total"], 250);
        for (const int number : numbers_in(page, "alert")) reached.push_back(number);
        if (page["next"].is_null()) break;
        after = page["next"].get<std::string>();
    }
    ASSERT_EQ(reached.size(), 250U);
    EXPECT_EQ(std::set<int>(reached.begin(), reached.end()).size(), 250U);
    for (std::size_t at = 0; at < console::kShownExceptions; ++at) EXPECT_EQ(shown["rows"][at]["alert"], reached[at]);
    EXPECT_EQ(exceptions({}, "2002-06-28T10:00:00")["total"], 125) << "what is too late is none";
    EXPECT_TRUE(exceptions({{"after", "250"}})["rows"].empty());
    EXPECT_TRUE(exceptions({{"after", "9999"}})["next"].is_null());
}

TEST_F(Asked, exceptions_are_found_by_kind_hand_severity_and_words) {
    take(a_notice().id("fax-1", 1).for_shares(10).undated().with_reasons({Reason::kUndated}).decided());
    take(AlertRaised{an_alert(1, "notice/fax-1.1", "notice_defective", "2002-06-28T17:00:00")});
    take(AlertRaised{an_alert(2, "payment/bank-1.9", "payment_unmatched", "2002-06-28T17:00:00")});
    take(AlertAcknowledged{2, "alice", "", "", new_york("2002-06-27T12:00:00")});
    EXPECT_EQ(numbers_in(exceptions({{"kind", "payment_unmatched"}}), "alert"), std::vector<int>{2});
    EXPECT_EQ(numbers_in(exceptions({{"hand", "nobody"}}), "alert"), std::vector<int>{1});
    EXPECT_EQ(numbers_in(exceptions({{"hand", "somebody"}}), "alert"), std::vector<int>{2});
    EXPECT_EQ(numbers_in(exceptions({{"search", "BANK"}}), "alert"), std::vector<int>{2});
    const std::string guarantor = exceptions({})["rows"][0]["guarantor"].get<std::string>();
    EXPECT_EQ(numbers_in(exceptions({{"search", guarantor.substr(0, 5)}}), "alert"), std::vector<int>{1});
    EXPECT_TRUE(exceptions({{"severity", "critical"}})["rows"].empty());
    EXPECT_EQ(exceptions({{"kind", "payment_unmatched"}})["kinds"], (Json{{"notice_defective", 1}, {"payment_unmatched", 1}})) << "what else there is to choose";
    EXPECT_FALSE(exceptions_page(board_, new_york("2002-06-27T12:00:00"), {{"hand", "mine"}}));
    EXPECT_FALSE(exceptions_page(board_, new_york("2002-06-27T12:00:00"), {{"limit", "0"}}));
}

TEST_F(Asked, alerts_that_are_over_are_listed_with_what_resolved_them_and_groups_with_their_members) {
    for (std::uint64_t number = 1; number <= 6; ++number) {
        Alert alert = an_alert(number, "notice/fax-1." + std::to_string(number), "notice_defective", "2002-06-28T17:00:00");
        alert.group = number <= 4 ? 1 : 5;
        take(AlertRaised{alert});
    }
    take(AlertResolved{2, "cured", new_york("2002-06-27T12:30:00"), true});
    const Json over = alerts({{"open", "0"}});
    EXPECT_EQ(numbers_in(over, "number"), std::vector<int>{2});
    EXPECT_EQ(over["total"], 1);
    EXPECT_EQ(over["rows"][0]["resolved_because"], "cured");
    EXPECT_EQ(numbers_in(alerts({{"open", "1"}, {"group", "1"}}), "number"), (std::vector<int>{4, 3, 1}));
    EXPECT_EQ(numbers_in(alerts({{"group", "1"}}), "number"), (std::vector<int>{4, 3, 2, 1}));
    EXPECT_EQ(numbers_in(alerts({{"open", "1"}}), "number"), (std::vector<int>{6, 5, 4, 3, 1}));
    EXPECT_EQ(alerts({})["total"], 6);
    EXPECT_FALSE(alerts_page(board_, view(), {{"open", "2"}}));
    EXPECT_FALSE(alerts_page(board_, view(), {{"group", "first"}}));
}

TEST_F(Asked, rights_that_were_sold_are_listed_and_what_was_reversed_counts_no_more) {
    const auto sale = [](const std::string& reference, std::int64_t rights, std::string_view at) {
        RightsSale sold;
        sold.reference = reference;
        sold.rights = Rights(rights);
        sold.proceeds = Money(rights * 12);
        sold.sold_at = sold.at = new_york(at);
        sold.evidence = "confirmation of the broker";
        sold.by = "alice";
        return RightsSold{sold};
    };
    take(sale("BR-1", 1'000, "2002-06-14T11:20:00"));
    take(sale("BR-2", 500, "2002-06-15T11:20:00"));
    take(RightsSaleReversed{"BR-1", {"another issue", "bob", new_york("2002-06-16T09:00:00")}});
    const auto page = rights_sales_page(board_, {});
    ASSERT_TRUE(page);
    EXPECT_EQ((*page)["total"], 2);
    EXPECT_EQ((*page)["rights"], 500);
    EXPECT_EQ((*page)["proceeds_cents"], 6'000);
    EXPECT_EQ((*page)["rows"][0]["reference"], "BR-2") << "the newest first";
    EXPECT_EQ((*page)["rows"][1]["reversed_by"], "bob");
}

TEST_F(Asked, what_stands_still_of_what_goes_outside_is_there_and_what_waits_its_turn_is_not) {
    const auto sending = [](std::uint64_t number) {
        Sending made;
        made.way = "mail-desk";
        made.number = number;
        made.to = "desk@agent.example";
        made.intended_at = new_york("2002-06-27T12:00:00");
        made.items = {{number, SendingNews::kRaised}};
        return made;
    };
    take(SendingsIntended{{sending(1), sending(2), sending(3)}, {}});
    EXPECT_EQ(sendings_page(board_, view())["total"], 0);
    SendingAttempt failed;
    failed.way = "mail-desk";
    failed.number = 2;
    failed.attempt = 1;
    failed.outcome = SendingOutcome::kFailed;
    failed.result = "connection refused";
    failed.next_attempt_at = new_york("2002-06-27T12:05:00");
    take(SendingsAttempted{{failed}});
    const Json page = sendings_page(board_, view());
    ASSERT_EQ(page["rows"].size(), 1U) << page;
    EXPECT_EQ(page["rows"][0]["number"], 2);
    EXPECT_EQ(page["rows"][0]["result"], "connection refused");
    EXPECT_EQ(page["ways"][0]["waiting"], 3);
}

// As everybody outside was told of it: by its key.
TEST_F(Asked, what_went_out_without_the_store_is_named_and_counted_as_it_was_told) {
    Sending sent;
    sent.way = "mail-desk";
    sent.number = 1;
    sent.status = SendingStatus::kSent;
    sent.key = "desk/mail-desk/5/2002-06-27T16:00:00Z";
    sent.attempted_at = new_york("2002-06-27T12:00:01");
    sent.items = {{0, SendingNews::kRaised}};
    sent.troubles = {{}};
    Sending refused = sent;
    refused.number = 2;
    refused.status = SendingStatus::kRefused;
    refused.key = "desk/mail-desk/6/2002-06-27T16:01:00Z";
    take(SendingsIntended{{sent, refused}, {}});
    const Json page = sendings_page(board_, view());
    EXPECT_EQ(page["ways"][0]["sent"], 1);
    ASSERT_EQ(page["rows"].size(), 1U) << page;
    EXPECT_EQ(page["rows"][0]["id"], refused.key);
}

TEST_F(Asked, what_a_service_could_not_decide_is_named_with_whose_it_is) {
    ItemQuarantined held;
    held.item = "intake.rare-medium-2002.17";
    held.why = "it failed three times";
    held.work.emplace();
    held.work->service = "intake";
    held.work->entity = "notice/fax-1.1";
    held.work->attempts = 3;
    held.work->at = new_york("2002-06-27T12:00:00");
    take(held);
    const Json desk = section(Section::kDesk);
    EXPECT_EQ(desk["quarantined"], 1);
    ASSERT_EQ(desk["quarantine"].size(), 1U);
    EXPECT_EQ(desk["quarantine"][0]["service"], "intake");
    EXPECT_EQ(desk["quarantine"][0]["log"], sample_terms().id);
    EXPECT_EQ(desk["quarantine"][0]["entity"], "notice/fax-1.1");
}

}  // namespace
}  // namespace rightsdesk::support
