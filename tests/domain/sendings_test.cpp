// What is to go outside because of alerts, in which order and how often it is tried, and what people are told of a way that stands still.
#include <gtest/gtest.h>

#include "domain/sending_attempts.h"
#include "domain/sending_intents.h"
#include "support/builders.h"

namespace rightsdesk::support {
namespace {

using Numbers = std::vector<std::uint64_t>;

class Sendings : public testing::Test {
protected:
    Sendings() {
        ways_[0].name = "mail";
        ways_[0].to = "desk@example.com";
        ways_[0].news = {SendingNews::kRaised, SendingNews::kAcknowledged, SendingNews::kResolved};
    }
    Way& way() { return ways_[0]; }
    [[nodiscard]] Context now() const { return context("alice", 1, now_); }
    void pass(std::int64_t seconds) { now_ = Instant(now_.value + seconds * kNanosecondsPerSecond); }

    // Decided about alerts, with what goes out because of it; into the book.
    Decision decide(Event event) {
        Decision decision;
        decision.add(std::move(event));
        add_sendings(book_, ways_, now(), decision);
        return run(book_, decision);
    }
    Alert an_alert(std::uint64_t number) {
        Alert alert;
        alert.number = number;
        alert.severity = Severity::kWarning;
        alert.kind = "payment_unmatched";
        alert.subject = "payment/bank-1." + std::to_string(number);
        alert.cause = "unmatched/bank-1." + std::to_string(number);
        alert.what = "money waits";
        alert.raised_at = now_;
        alert.group = number;
        return alert;
    }
    void raise(std::uint64_t number) { decide(AlertRaised{an_alert(number)}); }
    void resolve(std::uint64_t number) { decide(AlertResolved{number, "matched", now_, true}); }

    // What is intended so far: "1: 1 raised; 2: 1 resolved".
    [[nodiscard]] std::string intended() const {
        std::string text;
        for (std::uint64_t number = 1; number <= book_.sendings_on("mail").last; ++number) {
            text += (number == 1 ? "" : "; ") + std::to_string(number) + ":";
            for (const SendingItem& item : book_.sending("mail", number)->items) text += " " + std::to_string(item.alert) + " " + to_text(item.news);
        }
        return text;
    }
    [[nodiscard]] Numbers due() const { return attempts_due(book_, ways_[0], now_, 100); }
    void end(std::uint64_t number, SendingOutcome outcome, const std::string& said = "", std::int64_t asked_pause = 0) {
        run(book_, attempted(book_, {{"mail", number, sending(number).attempts + 1, outcome, said, asked_pause}}, now()));
    }
    [[nodiscard]] const Sending& sending(std::uint64_t number) const { return *book_.sending("mail", number); }

    Book book_ = desk_book();
    std::vector<Way> ways_{1};
    Instant now_ = new_york("2002-06-28T10:00:00");
};

TEST_F(Sendings, an_alert_goes_out_when_it_is_raised_taken_in_hand_and_resolved) {
    raise(1);
    decide(AlertAcknowledged{1, "alice", "bob", "", now_});
    resolve(1);
    EXPECT_EQ(intended(), "1: 1 raised; 2: 1 acknowledged; 3: 1 resolved");
    EXPECT_EQ(sending(1).to, "desk@example.com");
}

TEST_F(Sendings, only_what_a_way_asks_for) {
    way().news = {SendingNews::kRaised};
    raise(1);
    resolve(1);
    EXPECT_EQ(intended(), "1: 1 raised");
}

TEST_F(Sendings, what_is_silenced_does_not_go_out_and_nor_does_its_end) {
    Alert alert = an_alert(1);
    alert.silenced = "alert/desk/";
    decide(AlertRaised{alert});
    resolve(1);
    EXPECT_EQ(intended(), "");
}

TEST_F(Sendings, who_was_told_is_told_of_its_end_though_it_is_silenced_by_then) {
    raise(1);
    evolve(book_, {AlertsSilenced{Silence{"alert/desk/", new_york("2002-06-28T18:00:00"), "bob", "noise", now_}}});
    resolve(1);
    EXPECT_EQ(intended(), "1: 1 raised; 2: 1 resolved");
}

TEST_F(Sendings, what_is_held_goes_out_when_it_is_released) {
    Alert alert = an_alert(1);
    alert.held_since = now_;
    decide(AlertRaised{alert});
    EXPECT_EQ(intended(), "");
    decide(AlertReleased{1, now_, std::nullopt});
    EXPECT_EQ(intended(), "1: 1 released");
}

TEST_F(Sendings, those_beyond_the_limit_are_collected_for_a_minute_and_an_end_stays_behind_its_beginning) {
    way().per_minute = 2;
    for (const std::uint64_t number : {1, 2, 3, 4}) raise(number);
    resolve(3);
    EXPECT_EQ(intended(), "1: 1 raised; 2: 2 raised; 3: 3 raised 4 raised 3 resolved");
    EXPECT_EQ(due(), Numbers({1, 2}));
    end(1, SendingOutcome::kSent);
    end(2, SendingOutcome::kSent);
    pass(59);
    EXPECT_EQ(due(), Numbers{});
    pass(1);
    EXPECT_EQ(due(), Numbers{3});
    raise(5);
    EXPECT_EQ(due(), Numbers({3, 4})) << "a minute later there is room again";
}

TEST_F(Sendings, ten_thousand_at_once_are_few_and_none_is_missing) {
    way().per_minute = 10;
    for (std::uint64_t number = 1; number <= 10'000; ++number) raise(number);
    std::size_t told = 0;
    const std::uint64_t last = book_.sendings_on("mail").last;
    for (std::uint64_t number = 1; number <= last; ++number) told += sending(number).items.size();
    EXPECT_EQ(told, 10'000U);
    EXPECT_EQ(last, 10U + (10'000U - 10U + kMostCollected - 1) / kMostCollected);
}

TEST_F(Sendings, where_each_goes_by_itself_what_is_beyond_the_limit_waits_its_turn) {
    way().per_minute = 2;
    way().beyond = BeyondLimit::kWait;
    for (const std::uint64_t number : {1, 2, 3}) raise(number);
    EXPECT_EQ(due(), Numbers({1, 2}));
    end(1, SendingOutcome::kSent);
    end(2, SendingOutcome::kSent);
    EXPECT_EQ(due(), Numbers{});
    pass(60);
    EXPECT_EQ(due(), Numbers{3});
}

TEST_F(Sendings, of_a_group_the_first_goes_by_itself_and_the_others_together) {
    way().grouped = true;
    raise(1);
    for (const std::uint64_t number : {2, 3}) {
        Alert alert = an_alert(number);
        alert.group = 1;
        decide(AlertRaised{alert});
    }
    raise(4);
    EXPECT_EQ(intended(), "1: 1 raised; 2: 2 raised 3 raised; 3: 4 raised");
    EXPECT_EQ(due(), Numbers({1, 3})) << "what is of no group waits for none";
}

TEST_F(Sendings, one_that_fails_is_tried_again_later_and_later_and_the_others_wait_behind_it) {
    raise(1);
    raise(2);
    end(1, SendingOutcome::kFailed, "no answer");
    EXPECT_EQ(sending(1).result, "no answer");
    EXPECT_EQ(due(), Numbers{});
    pass(5);
    EXPECT_EQ(due(), Numbers({1, 2}));
    end(1, SendingOutcome::kFailed);
    pass(9);
    EXPECT_EQ(due(), Numbers{});
    pass(1);
    EXPECT_EQ(due(), Numbers({1, 2}));
    std::int64_t longest = 0;
    for (const std::uint32_t attempts : {1U, 2U, 7U, 1'000'000U}) longest = std::max(longest, pause_after(attempts));
    EXPECT_EQ(longest, kLongestPause);
    end(1, SendingOutcome::kFailed, "HTTP 429", 1'800 * kNanosecondsPerSecond);
    pass(1'799);
    EXPECT_EQ(due(), Numbers{}) << "the other side said when";
    pass(1);
    end(1, SendingOutcome::kSent);
    EXPECT_EQ(due(), Numbers{2});
    EXPECT_TRUE(attempted(book_, {{"mail", 1, 4, SendingOutcome::kSent}}, now()).events.empty()) << "what the book has is no news";
}

TEST_F(Sendings, one_that_is_refused_stands_aside_until_a_person_decides) {
    raise(1);
    raise(2);
    end(1, SendingOutcome::kRefused, "550 no such user\r\nX: y");
    EXPECT_EQ(sending(1).result, "550 no such user  X: y");
    EXPECT_EQ(due(), Numbers{2});
    run(book_, way_alerts_due(book_, ways_, now()));
    EXPECT_NE(book_.open_alert_of("refused/mail"), 0U);
    EXPECT_EQ(refusal_of(settle_sending(book_, {kDesk, "mail", 1, true, ""}, now())), Refusal::kValueUnusable);
    EXPECT_EQ(refusal_of(settle_sending(book_, {kDesk, "mail", 9, true, "why"}, now())), Refusal::kUnknownItem);
    run(book_, settle_sending(book_, {kDesk, "mail", 1, true, "the user is there now"}, now()));
    EXPECT_EQ(due(), Numbers({1, 2}));
    end(1, SendingOutcome::kRefused);
    run(book_, settle_sending(book_, {kDesk, "mail", 1, false, "it is told otherwise"}, now()));
    EXPECT_EQ(due(), Numbers{2});
    run(book_, way_alerts_due(book_, ways_, now()));
    EXPECT_EQ(book_.open_alert_of("refused/mail"), 0U);
    EXPECT_EQ(refusal_of(settle_sending(book_, {kDesk, "mail", 1, true, "why"}, now())), Refusal::kNothingToDo);
}

TEST_F(Sendings, a_way_that_stands_still_is_told_of_once_and_it_is_told_when_it_goes_again) {
    raise(1);
    end(1, SendingOutcome::kFailed, "no answer");
    pass(599);
    EXPECT_TRUE(way_alerts_due(book_, ways_, now()).events.empty());
    pass(1);
    Decision decision = way_alerts_due(book_, ways_, now());
    add_sendings(book_, ways_, now(), decision);
    EXPECT_EQ(names_of(decision), Names{"AlertRaised"}) << "not by this way itself";
    run(book_, decision);
    EXPECT_TRUE(way_alerts_due(book_, ways_, now()).events.empty()) << "once";
    end(1, SendingOutcome::kSent);
    EXPECT_EQ(names_of(run(book_, way_alerts_due(book_, ways_, now()))), Names{"AlertResolved"});
}

TEST_F(Sendings, a_way_can_be_tried_with_a_word_of_no_alert) {
    EXPECT_EQ(refusal_of(test_way(book_, ways_, {"pigeon", ""}, now())), Refusal::kValueUnusable);
    run(book_, test_way(book_, ways_, {"mail", "after the move"}, now()));
    EXPECT_EQ(intended(), "1: 0 test");
    EXPECT_EQ(sending(1).by, "alice");
}

TEST_F(Sendings, a_decision_that_is_taken_back_leaves_no_trace) {
    raise(1);
    Decision decision;
    decision.add(AlertRaised{an_alert(2)}).add(AlertResolved{1, "matched", now_, true});
    add_sendings(book_, ways_, now(), decision);
    Folding folding(book_);
    for (const Event& event : decision.events) folding.apply(event);
    EXPECT_EQ(book_.sendings_on("mail").last, 3U);
    folding.undo();
    EXPECT_EQ(intended(), "1: 1 raised");
    EXPECT_EQ(due(), Numbers{1});
    EXPECT_EQ(book_.sendings_on("mail").told.size(), 1U);
}

}  // namespace
}  // namespace rightsdesk::support
