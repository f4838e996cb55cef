// What the command shows of alerts, and of what people did about them.
#include "telling/alert_text.h"

#include <gtest/gtest.h>

#include <sstream>

#include "domain/civil.h"
#include "support/builders.h"

namespace rightsdesk::telling {
namespace {

using namespace domain;
using support::new_york;

Alert a_bounced_wire() {
    Alert alert;
    alert.number = 17;
    alert.severity = Severity::kCritical;
    alert.kind = "payment_bounced";
    alert.subject = "payment/bank-1.3";
    alert.cause = "bounced/bank-1.3";
    alert.what = "the bank returned bank-1.3";
    alert.next = "tell the holder";
    alert.raised_at = new_york("2002-06-27T09:00:00");
    return alert;
}

TEST(AlertText, says_where_it_stands) {
    Book book("o");
    const Instant now = new_york("2002-06-27T10:00:00");
    evolve(book, {AlertRaised{a_bounced_wire()}});
    const auto standing = [&] { return standing_of(book, *book.alert(17), now); };
    EXPECT_EQ(standing(), "open");
    evolve(book, {AlertsSilenced{Silence{"alert/o/critical/", new_york("2002-06-27T11:00:00"), "bob", "noise", now}}});
    EXPECT_EQ(standing(), "silenced until 2002-06-27T15:00:00Z");
    evolve(book, {AlertAcknowledged{17, "alice", "bob", "", now}});
    EXPECT_EQ(standing(), "bob has it in hand");
    evolve(book, {AlertResolved{17, "it is good", now, true}});
    EXPECT_EQ(standing(), "resolved");
}

TEST(AlertText, shows_who_has_it_and_why_it_is_over) {
    Alert alert = a_bounced_wire();
    alert.acknowledged_by = "alice";
    alert.owner = "bob";
    alert.comment = "he calls them";
    alert.acknowledged_at = new_york("2002-06-27T09:05:00");
    alert.resolved_at = new_york("2002-06-27T09:30:00");
    alert.resolved_because = "presented again";
    std::ostringstream out;
    print_alert(out, "o", alert);
    for (const char* part : {"o #17", "RESOLVED", "acknowledged by alice", "bob since 2002-06-27T13:05:00Z: he calls them", "2002-06-27T13:30:00Z: presented again"}) {
        EXPECT_NE(out.str().find(part), std::string::npos) << part << " is not in\n" << out.str();
    }
    EXPECT_EQ(document_of("o", alert)["topic"], "alert/o/critical/payment_bounced/");
    EXPECT_EQ(document_of("o", alert)["owner"], "bob");
}

TEST(AlertText, shows_one_more_of_a_group_in_a_line) {
    Alert alert = a_bounced_wire();
    alert.group = 12;
    std::ostringstream out;
    print_member(out, "o", alert);
    EXPECT_EQ(out.str(), "o #17  with #12  payment/bank-1.3: the bank returned bank-1.3\n");
}

TEST(AlertText, tells_the_history_with_the_words_that_people_gave) {
    struct AlertHistoryRow {
        Event event;
        const char* told;
        bool concerns;   // number 17, on alert/o/critical/payment_bounced/
    };
    const Instant until = new_york("2002-06-27T11:00:00");
    const std::vector<AlertHistoryRow> rows = {
        {AlertRaised{a_bounced_wire()}, "#17 raised: critical payment_bounced, payment/bank-1.3: the bank returned bank-1.3", true},
        {AlertAcknowledged{17, "alice", "alice", "", {}}, "#17 acknowledged by alice", true},
        {AlertAcknowledged{17, "alice", "bob", "he calls", {}}, "#17 acknowledged by alice, bob has it in hand: he calls", true},
        {AlertAcknowledged{18, "bob"}, "#18 acknowledged by bob", false},
        {AlertReleased{17, {}}, "#17 sent: it was held while the offering was suspended", true},
        {AlertResolved{17, "it is good", {}, true}, "#17 resolved: it is good", true},
        {AlertsSilenced{Silence{"alert/o/critical/", until, "bob", "noise"}}, "alert/o/critical/ silenced by bob until 2002-06-27T15:00:00Z: noise", true},
        {AlertsSilenced{Silence{"alert/o/info/", until, "bob", "noise"}}, "alert/o/info/ silenced by bob until 2002-06-27T15:00:00Z: noise", false},
        {SilenceLifted{"alert/o/critical/", "carol", "it is over", {}}, "the silence of alert/o/critical/ lifted by carol: it is over", true},
    };
    for (const AlertHistoryRow& row : rows) {
        EXPECT_EQ(told_of_alerts(row.event), row.told);
        EXPECT_EQ(concerns_alert(row.event, 17, "alert/o/critical/payment_bounced/"), row.concerns) << row.told;
    }
    EXPECT_FALSE(told_of_alerts(OfferingExpired{}));
}

}  // namespace
}  // namespace rightsdesk::telling
