// The books: of every cent, advised = uncollected + good + bounced, and good + owed to us = suspense + held + applied +
// refundable + refunded, after every event of whatever happens (rules.md sections 3 and 8).
#include "domain/books.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "domain/random_commands.h"
#include "domain/report.h"
#include "domain/watched_figures.h"

namespace rightsdesk::support {
namespace {

TEST(BooksProperty, both_equations_hold_after_every_item_of_any_story) {
    int settled = 0;
    std::map<std::string, int> told = {{"PaymentBounced", 0}, {"PaymentMatchUndone", 0}, {"PaymentRepresented", 0}, {"RefundReported", 0}, {"PaymentTakenBack", 0}};
    const auto play_a_life = [&] {
        WholeDesk desk(some_terms());
        desk.after_each = [](const Book& book) {
            const MoneyBooks books = books_of(book);
            RC_ASSERT(imbalance(books) == "");
            Money amounts;
            for (const PaymentId& id : book.payment_ids()) {
                const Payment& payment = *book.payment(id);
                if (payment.status != PaymentStatus::kTakenBack) amounts += payment.amount;  // that is another offering's
            }
            RC_ASSERT(books.advised == amounts);
            RC_ASSERT(suspense_of(book).amount == books.suspense);
        };
        RandomCommands(desk).play();
        for (const Event& event : desk.log()) {
            if (const auto asked = told.find(std::string(base::type_name(event))); asked != told.end()) ++asked->second;
        }
        if (stage_of(desk.book()) == Stage::kSettled) ++settled;
    };
    const auto all_met = [&] { return settled > 0 && std::all_of(told.begin(), told.end(), [](const auto& event) { return event.second > 0; }); };
    EXPECT_TRUE(rc::check("the books tie", [&] { play_until(all_met, play_a_life); }));
    EXPECT_GT(settled, 0) << "no story went to the end: the property says little";
    for (const auto& [event, times] : told) EXPECT_GT(times, 0) << event;
}

// Money is told of once however many messages tell of it: the wires of a story have few references, and so few amounts.
TEST(BooksProperty, no_story_pays_out_more_than_came_in) {
    const bool always = rc::check("applied and refunded never exceed what was ever good", [&] {
        WholeDesk desk(some_terms());
        std::map<PaymentId, bool> ever_good;
        desk.after_each = [&](const Book& book) {
            for (const PaymentId& id : book.payment_ids()) {
                const Payment& payment = *book.payment(id);
                if (payment.status == PaymentStatus::kGood) ever_good[id] = true;
                RC_ASSERT(payment.applied + payment.refundable + payment.refunded <= (ever_good[id] ? payment.amount : Money(0)));
            }
        };
        RandomCommands(desk).play();
    });
    EXPECT_TRUE(always);
}

TEST(BooksProperty, whenever_an_allocation_is_approved_the_report_ties) {
    int approved = 0;
    const auto play_a_life = [&] {
        WholeDesk desk(some_terms());
        desk.after_each = [&](const Book& book) {
            if (stage_of(book) != Stage::kApproved && stage_of(book) != Stage::kSettled) return;
            const Report report = report_of(book);
            RC_ASSERT(report.does_not_tie == std::vector<std::string>());
            if (report.being_recorded.empty()) ++approved;
        };
        RandomCommands(desk).play();
    };
    EXPECT_TRUE(rc::check("a report of an approved allocation ties", [&] { play_until([&] { return approved > 0; }, play_a_life); }));
    EXPECT_GT(approved, 0) << "no story came to an approval: the property says little";
}

}  // namespace
}  // namespace rightsdesk::support
