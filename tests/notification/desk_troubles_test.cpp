// The desk's own troubles, as they are heard and told outside: when they begin, when they are over, by which ways, how often.
#include "domain/desk_troubles.h"

#include <gtest/gtest.h>

#include "domain/sending_attempts.h"
#include "domain/sending_intents.h"
#include "support/builders.h"

namespace rightsdesk::support {
namespace {

// As a process publishes it (runtime/health).
Alert a_trouble_of(const std::string& service, const std::string& trouble, Severity severity = Severity::kCritical) {
    Alert alert;
    alert.kind = trouble.substr(0, trouble.find('/'));
    alert.severity = severity;
    alert.subject = "service/" + service;
    alert.cause = trouble + "/" + service;
    alert.what = service + ": it is so";
    alert.next = "mend it";
    return alert;
}

class DeskTroubles : public testing::Test {
protected:
    DeskTroubles() { ways_[0].name = "hook"; }

    void lives(const std::string& process, int signs = 1) {
        for (int sign = 0; sign < signs; ++sign) heard_.lives(process);
    }
    void decide() {
        const Decision decision = troubles_due(book_, heard_, ways_, context("notification", 1, now_));
        evolve(book_, decision.events);
    }
    void pass_minutes(std::int64_t minutes) { now_ = Instant(now_.value + minutes * kNanosecondsPerMinute); }
    // All that waits goes out.
    void send(const std::string& way = "hook") {
        std::vector<AttemptEnd> ends;
        for (const auto& [ready, number] : book_.sendings_on(way).waiting) ends.push_back({way, number, book_.sending(way, number)->attempts + 1, SendingOutcome::kSent, "taken"});
        evolve(book_, attempted(book_, ends, context("notification", 1, now_)).events);
    }
    // "store_unreachable raised, store_unreachable resolved".
    [[nodiscard]] std::string told(const std::string& way = "hook") const {
        std::string text;
        for (std::uint64_t number = 1; number <= book_.sendings_on(way).last; ++number) {
            for (const SendingItem& item : book_.sending(way, number)->items) text += (text.empty() ? "" : ", ") + book_.alert(item.alert)->kind + " " + to_text(item.news);
        }
        return text;
    }

    Book book_{kDesk};
    std::vector<Way> ways_{1};
    HeardTroubles heard_{{"intake", "intake-2", "payment_clearing", "deadline_monitor", "notification"}};
    Instant now_ = new_york("2026-06-26T10:00:00");
};

TEST_F(DeskTroubles, go_out_at_once_and_once_though_several_processes_tell_of_them_again_and_again) {
    for (int round = 0; round < 3; ++round) {
        for (const char* service : {"intake", "payment_clearing", "notification"}) heard_.told(service, a_trouble_of(service, "store_unreachable"));
        decide();
    }
    EXPECT_EQ(told(), "store_unreachable raised");
}

TEST_F(DeskTroubles, are_several_where_they_are_about_different_things) {
    heard_.told("intake", a_trouble_of("intake", "disk_nearly_full//var/documents"));
    heard_.told("intake", a_trouble_of("intake", "disk_nearly_full//var/redis"));
    decide();
    EXPECT_EQ(told(), "disk_nearly_full raised, disk_nearly_full raised");
}

TEST_F(DeskTroubles, are_over_when_each_process_that_told_of_them_has_been_heard_without_them) {
    heard_.told("intake", a_trouble_of("intake", "store_unreachable"));
    heard_.told("notification", a_trouble_of("notification", "store_unreachable"));
    decide();
    lives("intake", kSignsWithout);
    lives("payment_clearing", 10 * kSignsWithout);
    decide();
    EXPECT_EQ(told(), "store_unreachable raised") << "notification has not been heard without it";
    lives("notification", kSignsWithout - 1);
    decide();
    EXPECT_EQ(told(), "store_unreachable raised");
    lives("notification");
    decide();
    EXPECT_EQ(told(), "store_unreachable raised, store_unreachable resolved");
}

TEST_F(DeskTroubles, are_not_over_because_whoever_told_of_them_fell_silent) {
    heard_.told("intake", a_trouble_of("intake", "store_unreachable"));
    decide();
    pass_minutes(10);
    decide();
    EXPECT_EQ(told(), "store_unreachable raised");
}

TEST_F(DeskTroubles, that_are_told_between_two_signs_of_life_stand) {
    for (int round = 0; round < 3 * kSignsWithout; ++round) {
        lives("intake");
        heard_.told("intake", a_trouble_of("intake", "replica_missing"));
        decide();
    }
    EXPECT_EQ(told(), "replica_missing raised");
}

TEST_F(DeskTroubles, that_come_again_are_told_again) {
    for (int round = 0; round < 2; ++round) {
        heard_.told("intake", a_trouble_of("intake", "clock_stepped"));
        decide();
        lives("intake", kSignsWithout);
        decide();
    }
    EXPECT_EQ(told(), "clock_stepped raised, clock_stepped resolved, clock_stepped raised, clock_stepped resolved");
}

TEST_F(DeskTroubles, that_stand_are_told_again_every_half_hour_where_they_are_critical) {
    heard_.told("intake", a_trouble_of("intake", "store_unreachable"));
    heard_.told("intake", a_trouble_of("intake", "disk_slow", Severity::kWarning));
    decide();
    send();
    pass_minutes(29);
    decide();
    EXPECT_EQ(told(), "disk_slow raised, store_unreachable raised");
    pass_minutes(1);
    decide();
    decide();
    EXPECT_EQ(told(), "disk_slow raised, store_unreachable raised, store_unreachable standing");
    pass_minutes(31);
    decide();
    EXPECT_EQ(told(), "disk_slow raised, store_unreachable raised, store_unreachable standing") << "what has not gone out yet is not told again behind it";
    send();
    decide();
    EXPECT_EQ(told(), "disk_slow raised, store_unreachable raised, store_unreachable standing, store_unreachable standing");
}

TEST_F(DeskTroubles, take_the_ways_of_their_kind_severity_log_and_hour) {
    ways_.assign(6, Way{});
    for (std::size_t at = 0; at < ways_.size(); ++at) ways_[at].name = std::string(1, static_cast<char>('a' + at));
    ways_[0].kinds = {"store_unreachable"};
    ways_[1].kinds = {"payment_bounced"};
    ways_[2].severities = {Severity::kWarning};
    ways_[3].logs = {"rare-medium-2002"};
    ways_[4].hours = {19 * 60, 7 * 60, {}};
    ways_[5].news = {SendingNews::kResolved};
    heard_.told("intake", a_trouble_of("intake", "store_unreachable"));
    decide();
    EXPECT_EQ(told("a"), "store_unreachable raised");
    for (const char* way : {"b", "c", "d", "e", "f"}) EXPECT_EQ(told(way), "") << way;
}

TEST_F(DeskTroubles, that_stand_into_the_night_are_told_by_the_way_of_the_night_which_hears_of_their_end) {
    ways_.emplace_back().name = "night";
    ways_[0].hours = {7 * 60, 19 * 60, {}};
    ways_[1].hours = {19 * 60, 7 * 60, {}};
    now_ = new_york("2026-06-26T18:45:00");
    heard_.told("intake", a_trouble_of("intake", "store_unreachable"));
    decide();
    send();
    EXPECT_EQ(told("night"), "");
    pass_minutes(30);
    decide();
    EXPECT_EQ(told("hook"), "store_unreachable raised") << "its day is over";
    EXPECT_EQ(told("night"), "store_unreachable standing");
    lives("intake", kSignsWithout);
    decide();
    EXPECT_EQ(told("hook"), "store_unreachable raised, store_unreachable resolved");
    EXPECT_EQ(told("night"), "store_unreachable standing, store_unreachable resolved");
}

TEST_F(DeskTroubles, beyond_the_limit_of_a_way_are_collected) {
    ways_[0].per_minute = 2;
    for (const char* disk : {"/1", "/2", "/3", "/4", "/5"}) heard_.told("intake", a_trouble_of("intake", std::string("disk_nearly_full/") + disk));
    decide();
    EXPECT_EQ(book_.sendings_on("hook").last, 3U);
    EXPECT_EQ(book_.sending("hook", 3)->items.size(), 3U);
    EXPECT_EQ(figures_of(book_, ways_[0], now_).limited, 1U);
}

TEST_F(DeskTroubles, go_out_under_a_key_that_no_other_sending_has) {
    heard_.told("intake", a_trouble_of("intake", "store_unreachable"));
    decide();
    const std::string key = book_.sending("hook", 1)->key;
    EXPECT_EQ(sending_id(kDesk, *book_.sending("hook", 1)), key);
    EXPECT_EQ(key, "desk/hook/1/2026-06-26T14:00:00Z");
    book_ = Book(kDesk);  // the file was lost
    pass_minutes(1);
    decide();
    EXPECT_NE(book_.sending("hook", 1)->key, key);
}

TEST_F(DeskTroubles, that_stood_when_an_earlier_process_ended_stand_until_whoever_told_of_them_is_heard_without_them) {
    heard_.told("intake-2", a_trouble_of("intake", "store_unreachable"));
    decide();
    heard_ = HeardTroubles({"intake", "intake-2"});
    heard_.go_on_from(book_);
    lives("intake", 2 * kSignsWithout);
    decide();
    EXPECT_EQ(told(), "store_unreachable raised");
    lives("intake-2", kSignsWithout);
    decide();
    EXPECT_EQ(told(), "store_unreachable raised, store_unreachable resolved");
}

TEST_F(DeskTroubles, of_a_process_that_is_no_longer_configured_are_over) {
    heard_.told("intake-2", a_trouble_of("intake", "store_unreachable"));
    decide();
    heard_ = HeardTroubles({"intake"});
    heard_.go_on_from(book_);
    decide();
    EXPECT_EQ(told(), "store_unreachable raised, store_unreachable resolved");
}

TEST_F(DeskTroubles, come_on_record_once_with_what_they_told_and_are_of_no_limit_there) {
    heard_.told("intake", a_trouble_of("intake", "store_unreachable"));
    decide();
    Book desk{kDesk};
    const auto record = [&] {
        const Decision decision = recorded_sendings(desk, {&book_}, context("notification", 1, now_), 10);
        evolve(desk, decision.events);
        return decision.events.size();
    };
    EXPECT_EQ(record(), 0U) << "it waits still";
    send();
    lives("intake", kSignsWithout);
    decide();
    send();
    EXPECT_EQ(record(), 1U);
    EXPECT_EQ(record(), 0U);
    ASSERT_EQ(desk.sendings_on("hook").last, 2U);
    const Sending& first = *desk.sending("hook", 1);
    EXPECT_EQ(first.key, book_.sending("hook", 1)->key);
    EXPECT_EQ(first.status, SendingStatus::kSent);
    ASSERT_EQ(first.troubles.size(), 1U);
    EXPECT_EQ(first.troubles[0].kind, "store_unreachable");
    EXPECT_FALSE(first.troubles[0].resolved_at) << "it was not over when this was told";
    EXPECT_TRUE(desk.sending("hook", 2)->troubles.at(0).resolved_at);
    Way way = ways_[0];
    way.per_minute = 1;
    EXPECT_EQ(test_way(desk, {way}, {"hook", ""}, context("alice", 1, now_)).events.size(), 1U);
    evolve(desk, test_way(desk, {way}, {"hook", ""}, context("alice", 1, now_)).events);
    EXPECT_EQ(attempts_due(desk, way, now_, 10), std::vector<std::uint64_t>{3});
}

TEST_F(DeskTroubles, whose_sending_was_refused_are_on_record_as_refused_and_may_be_tried_again_there) {
    heard_.told("intake", a_trouble_of("intake", "store_unreachable"));
    decide();
    evolve(book_, attempted(book_, {{"hook", 1, 1, SendingOutcome::kRefused, "HTTP 400"}}, context("notification", 1, now_)).events);
    Book desk{kDesk};
    const Instant stepped = new_york("2002-06-28T10:00:00");  // the desk's time may be another than that of the seat
    evolve(desk, recorded_sendings(desk, {&book_}, context("notification", 1, stepped), 10).events);
    EXPECT_EQ(desk.sendings_on("hook").refused.size(), 1U);
    evolve(desk, settle_sending(desk, {kDesk, "hook", 1, true, "mended"}, context("alice", 1, stepped)).events);
    EXPECT_EQ(attempts_due(desk, ways_[0], stepped, 10), std::vector<std::uint64_t>{1});
}

}  // namespace
}  // namespace rightsdesk::support
