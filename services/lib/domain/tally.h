// The daily tally that an issuer is owed while the offering is open, and after (rules.md section 7): counts of the day and in
// all, per business date. Each day's figures are read from the book as it stood when that day closed, so the last row's
// cumulative ones are those of the book that the allocation is made from. Pure.
//
// A thing belongs to the day on which the desk recorded it; the receipt stamp decides whether it is in time, and a report
// of yesterday does not change because a gateway hands something over today.
#pragma once

#include <optional>
#include <vector>

#include "domain/book.h"
#include "domain/table.h"

namespace rightsdesk::domain {

struct TallyFigures {
    std::uint32_t notices = 0;       // received, whatever they are worth
    std::uint32_t guaranteed = 0;    // of them accepted, with a guarantee behind each
    std::uint32_t direct_exercises = 0;  // of them accepted: the certificates came with the election, nobody guarantees anything
    std::uint32_t partial = 0;       // of the accepted, those asking for less than their basic entitlement
    Shares basic_requested;          // by accepted notices, as asked
    Shares over_requested;
    Shares basic_paid;               // as good money in time makes it (exercise.h)
    Shares over_paid;
    std::uint32_t covered = 0;       // accepted notices of either form whose certificates are in
    Shares covered_basic;            // of the shares paid
    Shares covered_over;
    std::uint32_t uncovered = 0;
    Shares uncovered_basic;
    Shares uncovered_over;
    Money received;                  // funds advised = good + uncleared + returned
    Money good;
    Money uncleared;
    Money returned;
    Money deficient;                 // what accepted notices are short of their price, in good money in time
    Shares left_by_basic;            // shares offered less those subscribed in the basic privilege
    Shares unsubscribed;             // less those of the over-subscription as well, never below 0
    Rights rights_sold;              // that holders had the agent sell, less what was reversed (rights_sales.h)
    Money sale_proceeds;             // of those sales that say what they brought
    std::uint32_t awaiting_keying = 0;  // of the notices received: what they ask for is not known yet
    RIGHTSDESK_DESCRIBE(TallyFigures, notices, guaranteed, direct_exercises, partial, basic_requested, over_requested, basic_paid, over_paid, covered, covered_basic,
                        covered_over, uncovered, uncovered_basic, uncovered_over, received, good, uncleared, returned, deficient, left_by_basic,
                        unsubscribed, rights_sold, sale_proceeds, awaiting_keying)
};

// To date, as the book stands. Once there is a final allocation, subscribed is what it allots. `book` must be opened.
TallyFigures tally_of(const Book& book);

// The business date, in the offering's zone and by its calendar, that an instant's work belongs to: that civil day, or the
// next business day after it.
Date business_date(const Life& life, Instant at);

struct TallyDay {
    Date date;
    TallyFigures to_date;
};

// Is told the book before each decision of its log, and closes a day when the next one begins.
class TallyKeeper {
public:
    // `at`: when the decision that comes next was taken.
    void before(const Book& book, Instant at);
    // The log has ended; the day of its last decision closes with the book as it is.
    [[nodiscard]] std::vector<TallyDay> finish(const Book& book) &&;

private:
    std::optional<Date> open_;
    std::optional<Instant> before_opening_;  // while there is no life, no calendar says which date it is
    std::vector<TallyDay> days_;
};

// A row for each business date from the first to the last, also those on which nothing came. Each figure is followed by its
// running total, "<name>_to_date"; what is left and what is short can go down. `book`: the one that the last day closed with.
Table tally_table(const Book& book, const std::vector<TallyDay>& days);

}  // namespace rightsdesk::domain
