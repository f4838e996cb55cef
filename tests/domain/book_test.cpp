// The book: what a decision tried is taken back without a trace, and an item raises a version once.
#include "domain/book.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "domain/covers.h"
#include "domain/random_commands.h"

namespace rightsdesk::support {
namespace {

// All that anybody can see of a book.
struct Seen {
    std::map<EntityName, Entity> entities;
    std::map<EntityName, std::uint64_t> versions;
    std::set<std::string> notices, payments, proposals, offerings, items, silences, unmatched;
    std::map<std::string, std::vector<EntityName>> by_key;
    std::map<NoticeId, std::set<PaymentId>> payments_of;
    std::set<std::pair<Instant, NoticeId>> running_covers;
    std::map<std::string, std::uint64_t> last_on, open_of;
    std::uint64_t last_alert = 0;
    std::set<std::uint64_t> held_alerts;
    std::set<std::pair<Instant, std::uint64_t>> unacknowledged_alerts;
    bool operator==(const Seen&) const = default;
};

// `elsewhere`: a book that knows at least as much, whose keys, topics and causes are asked for.
Seen seen(const Book& book, const Book& elsewhere) {
    Seen all;
    all.entities.insert(book.entities().begin(), book.entities().end());
    all.notices = book.notice_ids();
    all.payments = book.payment_ids();
    all.proposals = book.proposal_ids();
    all.offerings = book.offering_ids();
    all.items = book.item_ids();
    all.silences = book.silence_prefixes();
    all.unmatched = book.unmatched_payments();
    all.running_covers = book.running_covers();
    all.last_alert = book.last_alert();
    all.held_alerts = book.held_alerts();
    all.unacknowledged_alerts = book.unacknowledged_alerts();
    for (const auto& [name, entity] : elsewhere.entities()) {
        all.versions[name] = book.version(name);
        if (const auto* notice = std::get_if<Notice>(&entity)) {
            for (const std::string& key : notice->keys) all.by_key[key] = book.with_key(key);
            all.payments_of[notice->id] = book.payments_of(notice->id);
        } else if (const auto* payment = std::get_if<Payment>(&entity)) {
            for (const std::string& key : payment->keys) all.by_key[key] = book.with_key(key);
        } else if (const auto* alert = std::get_if<Alert>(&entity)) {
            const std::string topic = alert_topic(book.log(), *alert);
            all.last_on[topic] = book.last_alert_on(topic);
            all.open_of[alert->cause] = book.open_alert_of(alert->cause);
        }
    }
    return all;
}

TEST(Folding, undone_leaves_no_trace_whatever_was_decided) {
    const bool always = rc::check("undo restores the book exactly", [] {
        WholeDesk desk;
        desk.before_each = [](Book& book, const std::vector<Event>& events) {
            Book folded = book;
            evolve(folded, events);
            const Seen before = seen(book, folded);
            Folding folding(book);
            for (const Event& event : events) folding.apply(event);
            const Seen during = seen(book, folded);
            folding.undo();
            RC_ASSERT(during == seen(folded, folded));
            RC_ASSERT(seen(book, folded) == before);
        };
        RandomCommands(desk).play();
    });
    EXPECT_TRUE(always);
}

TEST(Folding, knows_exactly_the_covers_that_run) {
    const bool always = rc::check("running covers are those of the clocks that run", [] {
        WholeDesk desk;
        desk.after_each = [&](const Book& book) {
            std::set<std::pair<Instant, NoticeId>> running;
            for (const auto& [name, entity] : book.entities()) {
                const auto* clock = std::get_if<CoverClock>(&entity);
                if (clock != nullptr && clock->state == CoverState::kRunning) running.emplace(first_due(*clock), clock->notice);
            }
            RC_ASSERT(book.running_covers() == running);
        };
        RandomCommands(desk).play();
    });
    EXPECT_TRUE(always);
}

TEST(Folding, an_item_raises_each_version_once_and_touches_nothing_else) {
    const bool always = rc::check("versions rise once an item", [] {
        WholeDesk desk;
        std::map<EntityName, std::uint64_t> versions;
        desk.before_each = [&](Book& book, const std::vector<Event>& events) {
            Folding folding(book);
            for (const Event& event : events) folding.apply(event);
            const auto written = folding.written();
            RC_ASSERT(std::is_sorted(written.begin(), written.end()));
            for (const auto& [name, before] : written) {
                RC_ASSERT(before == versions[name]);
                RC_ASSERT(book.version(name) == before + 1);
                ++versions[name];
            }
            folding.undo();
        };
        desk.after_each = [&](const Book& book) {
            RC_ASSERT(book.entities().size() <= versions.size() + 1);  // the life was opened before anybody looked
            for (const auto& [name, version] : versions) {
                if (name != life_name()) RC_ASSERT(book.version(name) == version);
            }
        };
        versions[life_name()] = 1;
        RandomCommands(desk).play();
    });
    EXPECT_TRUE(always);
}

TEST(Folding, the_same_log_folds_to_the_same_book) {
    const bool always = rc::check("a book is the fold of its log", [] {
        WholeDesk desk;
        Book again(desk.book().log());
        evolve(again, {OfferingOpened{sample_terms(), "as in the test"}});
        desk.before_each = [&](Book&, const std::vector<Event>& events) { evolve(again, events); };
        RandomCommands(desk).play();
        RC_ASSERT(seen(again, desk.book()) == seen(desk.book(), desk.book()));
    });
    EXPECT_TRUE(always);
}

TEST(Folding, several_alerts_on_one_topic_are_taken_back_together) {
    Book book = open_book();
    const auto raised = [](std::uint64_t number) {
        Alert alert;
        alert.number = number;
        alert.previous_on_topic = number - 1;
        alert.kind = "expiration_near";
        alert.cause = "cause " + std::to_string(number);
        return AlertRaised{alert};
    };
    for (std::uint64_t number = 1; number <= 7; ++number) run(book, raised(number));
    const std::string topic = alert_topic(book.log(), *book.alert(7));
    for (const std::uint64_t most : {9U, 11U}) {
        SCOPED_TRACE(most);
        Folding folding(book);
        for (std::uint64_t number = 8; number <= most; ++number) folding.apply(raised(number));
        EXPECT_EQ(book.last_alert_on(topic), most);
        folding.undo();
        EXPECT_EQ(book.last_alert_on(topic), 7U);
        EXPECT_EQ(book.last_alert(), 7U);
        EXPECT_EQ(book.alert(8), nullptr);
    }
}

TEST(Folding, who_had_a_key_first_stays_first) {
    Book book = open_book();
    Payment payment;
    payment.amount = Money(100);
    payment.keys = {"#k"};
    payment.id = "bank-1.9";
    run(book, PaymentAdvised{payment, "", {}});
    payment.id = "bank-1.10";
    Folding folding(book);
    folding.apply(PaymentAdvised{payment, "", {}});
    EXPECT_EQ(book.with_key("#k"), Names({"payment/bank-1.9", "payment/bank-1.10"}));
    folding.undo();
    EXPECT_EQ(book.with_key("#k"), Names{"payment/bank-1.9"});
}

}  // namespace
}  // namespace rightsdesk::support
