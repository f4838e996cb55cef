// What people do about alerts: somebody has one in hand and says so; a topic is kept quiet, for a reason and for a while.
#include "domain/silencing.h"

#include <gtest/gtest.h>

#include "domain/alert_kinds.h"
#include "support/builders.h"

namespace rightsdesk::support {
namespace {

class AnsweredAlerts : public testing::Test {
protected:
    AnsweredAlerts() {
        alert_.number = 1;
        alert_.severity = Severity::kCritical;
        alert_.kind = "item_quarantined";
        alert_.cause = "quarantine/fax-1.17";
        evolve(book_, {AlertRaised{alert_}});
    }
    static Context at(const std::string& person, const std::string& time) { return context(person, 1, new_york("2002-06-28T" + time)); }
    [[nodiscard]] const Alert& alert() const { return *book_.alert(1); }
    Names acknowledge(const std::string& person, const std::string& owner, const std::string& comment) {
        return names_of(run(book_, acknowledge_alert(book_, {kDesk, 1, owner, comment}, at(person, "16:01:00"))));
    }

    Book book_ = desk_book();
    Alert alert_;
};

TEST_F(AnsweredAlerts, somebody_has_it_in_hand_since_when_and_what_is_said_of_it) {
    EXPECT_EQ(owner_of(alert()), "");
    ASSERT_EQ(acknowledge("alice", "", "the sender is asked"), Names{"AlertAcknowledged"});
    EXPECT_EQ(alert().acknowledged_by, "alice");
    EXPECT_EQ(owner_of(alert()), "alice");
    EXPECT_EQ(alert().comment, "the sender is asked");
    EXPECT_EQ(alert().acknowledged_at, new_york("2002-06-28T16:01:00"));
    EXPECT_EQ(refusal_of(acknowledge_alert(book_, {kDesk, 1}, at("bob", "16:02:00"))), Refusal::kAlreadyDecided);
    EXPECT_EQ(refusal_of(acknowledge_alert(book_, {kDesk, 99}, at("bob", "16:02:00"))), Refusal::kUnknownAlert);
    EXPECT_EQ(refusal_of(acknowledge_alert(book_, {kDesk, 1, "bob", std::string(kMostWordsOfPeople + 1, 'x')}, at("bob", "16:02:00"))), Refusal::kValueUnusable);
}

TEST_F(AnsweredAlerts, one_in_hand_is_handed_over_by_naming_another_owner) {
    ASSERT_EQ(acknowledge("alice", "carol", ""), Names{"AlertAcknowledged"});
    EXPECT_EQ(owner_of(alert()), "carol");
    EXPECT_EQ(refusal_of(acknowledge_alert(book_, {kDesk, 1, "carol", "again"}, at("bob", "16:02:00"))), Refusal::kAlreadyDecided);
    ASSERT_EQ(acknowledge("carol", "bob", "the night shift"), Names{"AlertAcknowledged"});
    EXPECT_EQ(owner_of(alert()), "bob");
    EXPECT_EQ(alert().acknowledged_by, "carol");
}

TEST_F(AnsweredAlerts, one_of_before_owners_were_kept_is_in_the_hands_of_who_acknowledged_it) {
    evolve(book_, {AlertAcknowledged{1, "bob"}, AlertResolved{1, "it went", Instant(7)}});
    EXPECT_EQ(owner_of(alert()), "bob");
    EXPECT_FALSE(alert().acknowledged_at);
    EXPECT_EQ(alert().resolved_because, "") << "what was folded of such a record stays as it was";
}

TEST_F(AnsweredAlerts, a_topic_is_kept_quiet_for_a_reason_until_an_instant_that_lies_ahead) {
    const Instant now = new_york("2002-06-28T16:01:00");
    const Instant until = new_york("2002-06-28T17:00:00");
    const Context alice = at("alice", "16:01:00");
    EXPECT_EQ(refusal_of(silence_alerts(book_, {kDesk, "alert/other/", until, "noise"}, alice)), Refusal::kValueUnusable) << "another log's";
    EXPECT_EQ(refusal_of(silence_alerts(book_, {kDesk, "alert/desk/critical/", now, "noise"}, alice)), Refusal::kValueUnusable);
    EXPECT_EQ(refusal_of(silence_alerts(book_, {kDesk, "alert/desk/critical/", until, ""}, alice)), Refusal::kValueUnusable) << "no reason";
    EXPECT_EQ(refusal_of(silence_alerts(book_, {kDesk, "alert/desk/critical/", until, std::string(kMostWordsOfPeople + 1, 'x')}, alice)), Refusal::kValueUnusable);
    EXPECT_FALSE(is_silenced(book_, alert(), now));
    ASSERT_EQ(names_of(run(book_, silence_alerts(book_, {kDesk, "alert/desk/critical/", until, "the sender mends it"}, alice))), Names{"AlertsSilenced"});
    ASSERT_TRUE(is_silenced(book_, alert(), now));
    EXPECT_EQ(*silence_of(book_, alert(), now), (Silence{"alert/desk/critical/", until, "alice", "the sender mends it", now}));
    EXPECT_EQ(silences_in_force(book_, now).size(), 1U);
    EXPECT_FALSE(is_silenced(book_, alert(), until)) << "and then it is told again";
    EXPECT_TRUE(silences_in_force(book_, until).empty());
}

// It is told without the store: a silence on record would be one that nobody keeps.
TEST_F(AnsweredAlerts, a_trouble_of_the_desk_itself_is_not_said_to_be_silenced) {
    const Instant until = new_york("2002-06-28T17:00:00");
    for (const AlertKindRow& row : alert_kinds()) {
        const std::string prefix = "alert/desk/critical/" + base::to_text(row.kind) + "/";
        const auto decision = silence_alerts(book_, {kDesk, prefix, until, "noise"}, at("alice", "16:01:00"));
        if (row.nature == AlertNature::kHealth) EXPECT_EQ(refusal_of(decision), Refusal::kValueUnusable) << prefix;
        else EXPECT_EQ(names_of(decision), Names{"AlertsSilenced"}) << prefix;
    }
    EXPECT_EQ(refusal_of(silence_alerts(book_, {kDesk, "alert/desk/critical/store_unreachable", until, "noise"}, at("alice", "16:01:00"))), Refusal::kValueUnusable);
}

TEST_F(AnsweredAlerts, a_silence_is_lifted_once_and_may_be_made_anew) {
    const Instant until = new_york("2002-06-28T17:00:00");
    const LiftSilence lifting{kDesk, "alert/desk/", "it is mended"};
    EXPECT_EQ(refusal_of(lift_silence(book_, lifting, at("bob", "16:01:00"))), Refusal::kNothingToDo);
    run(book_, silence_alerts(book_, {kDesk, "alert/desk/", until, "noise"}, at("alice", "16:01:00")));
    EXPECT_EQ(refusal_of(lift_silence(book_, lifting, at("bob", "17:00:00"))), Refusal::kNothingToDo) << "it is over";
    ASSERT_EQ(names_of(run(book_, lift_silence(book_, lifting, at("bob", "16:02:00")))), Names{"SilenceLifted"});
    EXPECT_FALSE(is_silenced(book_, alert(), new_york("2002-06-28T16:03:00")));
    EXPECT_EQ(book_.silence("alert/desk/")->lifted_by, "bob");
    EXPECT_EQ(refusal_of(lift_silence(book_, lifting, at("bob", "16:03:00"))), Refusal::kNothingToDo);
    run(book_, silence_alerts(book_, {kDesk, "alert/desk/", until, "noise again"}, at("alice", "16:04:00")));
    EXPECT_TRUE(is_silenced(book_, alert(), new_york("2002-06-28T16:05:00")));
}

}  // namespace
}  // namespace rightsdesk::support
