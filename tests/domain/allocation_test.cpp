// Allocations worked by hand (rules.md sections 4 and 8). What always holds is in allocation_property_test.cpp.
#include "domain/allocation.h"

#include <gtest/gtest.h>

#include "domain/allocation_builders.h"

namespace rightsdesk::domain {
namespace {

using List = std::vector<std::int64_t>;

// $1.0 m available; A holds 2, B 3, C 5; they ask $1.0 m, $0.6 m, $0.2 m (rules.md section 8, public forum, Australia).
TEST(Allocation, the_australian_example) {
    const auto outcome = allocate(Shares(1'000'000), pro_rata_to(Basis::kRecordHolding),
                                  {holder("A").over(1'000'000).holding(2), holder("B").over(600'000).holding(3), holder("C").over(200'000).holding(5)});
    // Round 1: 1.0 m : 10 = 0.1 m each: A 0.2, B 0.3, C 0.5, of which C wants 0.2. Round 2: 0.8 m : 5 = 0.16 m each.
    EXPECT_EQ(over_of(outcome), (List{320'000, 480'000, 200'000}));
    EXPECT_EQ(outcome.proration, (Ratio{100'000, 1}));
    const std::vector<ProrationRound> rounds = {{Shares(1'000'000), 10, 3, 1}, {Shares(800'000), 5, 2, 0}};
    EXPECT_EQ(outcome.rounds, rounds);
}

// 625,000 offered, 353,164 basic, 678,476 asked over it, 271,836 allotted, gross $5,000,000 at $8.00 (rules.md section 8).
// The totals are published; how they fell on holders is not, so three are made up.
TEST(Allocation, gyrodyne_2024_ties_to_its_published_totals) {
    const auto outcome = allocate(Shares(625'000), pro_rata_to(Basis::kRequested),
                                  {holder("A").basic(200'000).over(400'000), holder("B").basic(100'000).over(200'000), holder("C").basic(53'164).over(78'476)});
    EXPECT_EQ(outcome.basic_allotted, Shares(353'164));
    EXPECT_EQ(outcome.over_requested, Shares(678'476));
    EXPECT_EQ(outcome.over_allotted, Shares(271'836));
    EXPECT_EQ((outcome.basic_allotted + outcome.over_allotted).value * 800, 500'000'000) << "cents";
    EXPECT_EQ(outcome.proration, (Ratio{67'959, 169'619})) << "271,836 / 678,476, both divided by 4";
    // 400,000 x 271,836 / 678,476 = 160,262.70; 200,000: 80,131.35; 78,476: 31,441.94. Two shares more: C, then A.
    EXPECT_EQ(over_of(outcome), (List{160'263, 80'131, 31'442}));
}

TEST(Allocation, each_basis_weighs_claims_in_its_own_way) {
    const std::vector<Subscription> holders = {holder("A").basic(100).over(50).holding(3), holder("B").basic(300).over(150).holding(1)};
    struct Row {
        Basis basis;
        List over;
        Ratio proration;
    };
    const Row rows[] = {
        {Basis::kBasicShares, {20, 60}, {1, 5}},      // 80 : (100 + 300)
        {Basis::kRequested, {20, 60}, {2, 5}},        // 80 : (50 + 150)
        {Basis::kRecordHolding, {50, 30}, {20, 1}},   // 80 : 4 gives A 60, capped at 50; the other 30 go to B
        {Basis::kTwoPools, {50, 30}, {20, 1}},        // both held on the record date
        {Basis::kBasicProrated, {20, 60}, {1, 5}},    // as by basic shares
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(to_text(row.basis));
        const auto outcome = allocate(Shares(480), pro_rata_to(row.basis), holders);
        EXPECT_EQ(over_of(outcome), row.over);
        EXPECT_EQ(outcome.proration, row.proration);
    }
}

struct WorkedRow {
    const char* basis;
    std::int64_t supply;
    OverSubscriptionTerms terms;
    std::vector<Subscription> holders;
    List basic, over;
};

// One case worked by hand for each basis of rules.md section 4. P, Q and R exercise 300, 200 and 100 basic shares of 1,000, so that 400
// are left, wherever the row does not say otherwise.
TEST(Allocation, a_case_of_each_basis_holder_by_holder) {
    OverSubscriptionTerms ladder = pro_rata_to(Basis::kLadder);
    ladder.ladder = {{Shares(99), Basis::kRequested}, {std::nullopt, Basis::kBasicShares}};
    const WorkedRow rows[] = {
        // 400 over 600 basic: P 200, of which it wants 150; Q 133.33; R 66.67. P's other 50 and what Q and R have, 250 in all, as 2 : 1: Q
        // 166.67, R 83.33. The share left over is Q's.
        {"A, basic shares purchased", 1'000, pro_rata_to(Basis::kBasicShares),
         {holder("P").basic(300).over(150), holder("Q").basic(200).over(300), holder("R").basic(100).over(100)}, {300, 200, 100}, {150, 167, 83}},
        // 400 over 550 asked: P 109.09, Q 218.18, R 72.73. Down to 399; the share left over is R's.
        {"B, over-subscription shares requested", 1'000, pro_rata_to(Basis::kRequested),
         {holder("P").basic(300).over(150), holder("Q").basic(200).over(300), holder("R").basic(100).over(100)}, {300, 200, 100}, {109, 218, 73}},
        // 400 over 3,000 held: P 120, Q 200, R 80, of which it wants 50. Then 350 as 900 : 1,500: P 131.25, Q 218.75.
        {"C, record-date holding", 1'000, pro_rata_to(Basis::kRecordHolding),
         {holder("P").basic(300).over(150).holding(900), holder("Q").basic(200).over(300).holding(1'500),
          holder("R").basic(100).over(50).holding(600)},
         {300, 200, 100}, {131, 219, 50}},
        // 800 less 600 basic are 200. First those of record, as 900 : 600: P 120, of which it wants 60, and Q all of its 100. The other 40
        // among those who bought their rights, as 60 : 40: S 24, T 16, of which it wants 10; the other 6 are S's.
        {"D, record-date holders, then other rights holders", 800, pro_rata_to(Basis::kTwoPools),
         {holder("P").basic(300).over(60).holding(900), holder("Q").basic(200).over(100).holding(600), holder("S").basic(60).over(40),
          holder("T").basic(40).over(10)},
         {300, 200, 60, 40}, {60, 100, 30, 10}},
        // 451 for 600 basic: P 225.5, Q 150.33, R 75.17. Down to 450; the share left over is P's, and nothing is left to over-subscribe.
        {"E, basic itself prorated", 451, pro_rata_to(Basis::kBasicProrated),
         {holder("P").basic(300).over(150), holder("Q").basic(200).over(300), holder("R").basic(100).over(100)}, {226, 150, 75}, {0, 0, 0}},
        // 1,800 less 1,605 basic are 195. Odd lots first: P 40 and Q 55 round up to 100 shares each. The other 100 by basic shares, as
        // 500 : 1,000: R 33.33, S 66.67.
        {"F, a ladder: odd lots, then by basic shares", 1'800, ladder,
         {holder("P").basic(60).over(40).holding(60), holder("Q").basic(45).over(55).holding(45), holder("R").basic(500).over(400).holding(1'000),
          holder("S").basic(1'000).over(900).holding(2'000)},
         {60, 45, 500, 1'000}, {40, 55, 33, 67}},
    };
    for (const WorkedRow& row : rows) {
        SCOPED_TRACE(row.basis);
        const auto outcome = allocate(Shares(row.supply), row.terms, row.holders);
        EXPECT_EQ(basic_of(outcome), row.basic);
        EXPECT_EQ(over_of(outcome), row.over);
        EXPECT_EQ((outcome.basic_allotted + outcome.over_allotted).value, row.supply) << "not a share is left over";
    }
}

// D (Lument 2022): record-date holders first; what they leave, among those who bought their rights.
TEST(Allocation, two_pools_serve_record_date_holders_first) {
    const std::vector<Subscription> holders = {holder("A").basic(100).over(60).holding(300), holder("B").basic(50).over(90).holding(100), holder("C").basic(30).over(40),
                                               holder("D").basic(10).over(40)};
    // 200 left: A 150 capped at 60, B 50 and then all of its 90; of the other 50, C : D as 30 : 10, 37.5 and 12.5; C has the
    // larger remainder by id.
    EXPECT_EQ(over_of(allocate(Shares(390), pro_rata_to(Basis::kTwoPools), holders)), (List{60, 90, 38, 12}));
    // 80 left: all of it in the first pool, 60 and 20.
    const auto outcome = allocate(Shares(270), pro_rata_to(Basis::kTwoPools), holders);
    EXPECT_EQ(over_of(outcome), (List{60, 20, 0, 0}));
    EXPECT_EQ(outcome.proration, (Ratio{1, 5})) << "80 shares over 400 held";
}

// E (Relm, Waverider): the registered shares do not suffice for basic itself.
TEST(Allocation, basic_is_prorated_where_the_shares_do_not_suffice) {
    const auto outcome = allocate(Shares(100), pro_rata_to(Basis::kBasicProrated), {holder("A").basic(150).over(50), holder("B").basic(50)});
    EXPECT_EQ(basic_of(outcome), (List{75, 25}));
    EXPECT_EQ(over_of(outcome), (List{0, 0}));
    EXPECT_TRUE(outcome.basic_prorated);
    EXPECT_EQ(over_of(allocate(Shares(230), pro_rata_to(Basis::kBasicProrated), {holder("A").basic(150).over(50), holder("B").basic(50).over(20)})), (List{23, 7}))
        << "30 left as 150 : 50, 22.5 and 7.5; the tie goes by id";
}

// F (Malaysia, Singapore): odd lots are rounded up first, then the others by holding, then everybody by request.
TEST(Allocation, a_ladder_serves_rung_after_rung) {
    OverSubscriptionTerms terms = pro_rata_to(Basis::kLadder);
    terms.ladder = {{Shares(99), Basis::kRequested}, {std::nullopt, Basis::kRecordHolding}};
    const std::vector<Subscription> holders = {holder("A").over(40).holding(60), holder("B").over(500).holding(1'000), holder("C").over(100).holding(3'000)};
    // 200: A 40; the other 160 as 1,000 : 3,000, C 120 capped at 100, the rest to B. A has what it asked for.
    EXPECT_EQ(over_of(allocate(Shares(200), terms, holders)), (List{40, 60, 100}));
    // 30: all of it to the odd lot.
    EXPECT_EQ(over_of(allocate(Shares(30), terms, holders)), (List{30, 0, 0}));
}

TEST(Allocation, who_does_not_over_subscribe_does_not_weigh) {
    const auto outcome = allocate(Shares(490), pro_rata_to(Basis::kBasicShares), {holder("A").basic(100).over(500), holder("B").basic(300)});
    EXPECT_EQ(over_of(outcome), (List{90, 0}));
    EXPECT_EQ(outcome.proration, (Ratio{9, 10})) << "90 left over the 100 basic shares of the one who over-subscribes";
}

TEST(Allocation, the_excess_is_reallotted_as_often_as_it_takes) {
    const auto outcome = allocate(Shares(100), pro_rata_to(Basis::kRecordHolding),
                                  {holder("A").over(5).holding(1), holder("B").over(30).holding(1), holder("C").over(90).holding(1), holder("D").over(1).holding(1)});
    // 25 each: A and D capped; 94 left, 47 each: B capped; 64 left for C.
    EXPECT_EQ(over_of(outcome), (List{5, 30, 64, 1}));
    const std::vector<ProrationRound> rounds = {{Shares(100), 4, 4, 2}, {Shares(94), 2, 2, 1}, {Shares(64), 1, 1, 0}};
    EXPECT_EQ(outcome.rounds, rounds);
}

TEST(Allocation, enough_for_all_fills_all) {
    const auto outcome = allocate(Shares(1'000), pro_rata_to(Basis::kRequested), {holder("A").basic(100).over(50), holder("B").basic(100).over(150)});
    EXPECT_EQ(over_of(outcome), (List{50, 150}));
    EXPECT_EQ(outcome.proration, (Ratio{4, 1})) << "800 available over claims of 200: not capped at 1";
}

TEST(Allocation, nothing_left_or_nobody_asking) {
    const auto nothing_left = allocate(Shares(200), pro_rata_to(Basis::kRequested), {holder("A").basic(200).over(50)});
    EXPECT_EQ(over_of(nothing_left), (List{0}));
    EXPECT_EQ(nothing_left.proration, (Ratio{0, 1}));
    const auto nobody_asks = allocate(Shares(200), pro_rata_to(Basis::kRequested), {holder("A").basic(100)});
    EXPECT_EQ(nobody_asks.proration, (Ratio{0, 1}));
    EXPECT_TRUE(nobody_asks.rounds.empty());
    EXPECT_TRUE(allocate(Shares(200), pro_rata_to(Basis::kRequested), {}).allotted.empty());
}

// Exact fractions through all rounds, whole shares once, at the end, by largest remainder.
TEST(Allocation, the_last_shares_go_to_the_largest_remainders) {
    // 10 : 7 of 3, 2, 2 = 4.29, 2.86, 2.86.
    EXPECT_EQ(over_of(allocate(Shares(10), pro_rata_to(Basis::kRecordHolding),
                               {holder("A").over(9).holding(3), holder("B").over(9).holding(2), holder("C").over(9).holding(2)})),
              (List{4, 3, 3}));
}

TEST(Allocation, ties_go_to_the_earliest_stamp_then_to_the_id) {
    const auto tied = [](std::int64_t a, std::int64_t b, std::int64_t c) {
        return over_of(allocate(Shares(4), pro_rata_to(Basis::kRecordHolding),
                                {holder("A").over(9).holding(1).at(a), holder("B").over(9).holding(1).at(b), holder("C").over(9).holding(1).at(c)}));
    };
    EXPECT_EQ(tied(3, 2, 3), (List{1, 2, 1})) << "a nanosecond earlier";
    EXPECT_EQ(tied(2, 2, 2), (List{2, 1, 1})) << "the same stamp: by id";
}

TEST(Allocation, rounding_comes_after_the_rounds_not_in_each) {
    // 7 : 3 = 2.33 each, A wants 1; then 6 : 2 = 3 each. Rounded in round 1 the spare share would have gone to A's place.
    EXPECT_EQ(over_of(allocate(Shares(7), pro_rata_to(Basis::kRecordHolding),
                               {holder("A").over(1).holding(1), holder("B").over(5).holding(1), holder("C").over(5).holding(1)})),
              (List{1, 3, 3}));
}

TEST(Allocation, a_remainder_never_pushes_anyone_over_the_request) {
    // 5 : 2 = 2.5 each; A asked for just 3 and may be rounded up to it, C asked for 1 and is full.
    EXPECT_EQ(over_of(allocate(Shares(6), pro_rata_to(Basis::kRecordHolding),
                               {holder("A").over(3).holding(1), holder("B").over(9).holding(1), holder("C").over(1).holding(1)})),
              (List{3, 2, 1}));
}

TEST(Allocation, caps_work_as_requests_do) {
    OverSubscriptionTerms terms = pro_rata_to(Basis::kRequested);
    terms.cap_of_basic = Ratio{1, 2};
    const std::vector<Subscription> holders = {holder("A").basic(100).over(500), holder("B").basic(300).over(500)};
    EXPECT_EQ(over_of(allocate(Shares(600), terms, holders)), (List{50, 150})) << "over within half the basic entitlement";
    EXPECT_EQ(over_of(allocate(Shares(560), terms, holders)), (List{50, 110})) << "80 each; what A may not have goes to B";
    terms.cap_shares = Shares(120);
    EXPECT_EQ(over_of(allocate(Shares(600), terms, holders)), (List{20, 0})) << "basic and over together within 120";
    EXPECT_EQ(basic_of(allocate(Shares(600), terms, holders)), (List{100, 120}));
}

TEST(Allocation, no_claim_on_the_basis_no_share_in_it) {
    const auto outcome = allocate(Shares(100), pro_rata_to(Basis::kRecordHolding), {holder("A").over(30).holding(5), holder("B").over(90)});
    EXPECT_EQ(over_of(outcome), (List{30, 0})) << "B bought rights after the record date";
}

TEST(Allocation, without_over_subscription_only_basic_is_allotted) {
    OverSubscriptionTerms terms = pro_rata_to(Basis::kRequested);
    terms.enabled = false;
    EXPECT_EQ(over_of(allocate(Shares(200), terms, {holder("A").basic(100).over(50)})), (List{0}));
}

TEST(Allocation, basic_beyond_the_supply_is_prorated_by_basic_requested) {
    const auto outcome = allocate(Shares(100), pro_rata_to(Basis::kBasicShares), {holder("A").basic(100).over(50), holder("B").basic(50), holder("C").basic(50)});
    EXPECT_EQ(basic_of(outcome), (List{50, 25, 25}));
    EXPECT_EQ(over_of(outcome), (List{0, 0, 0}));
    EXPECT_TRUE(outcome.basic_prorated);
    EXPECT_FALSE(allocate(Shares(200), pro_rata_to(Basis::kBasicShares), {holder("A").basic(200)}).basic_prorated);
}

TEST(Allocation, the_largest_numbers_are_exact) {
    const std::int64_t most = kMaxShares;
    const auto outcome = allocate(Shares(most), pro_rata_to(Basis::kRecordHolding),
                                  {holder("A").over(most).holding(most), holder("B").over(most).holding(most - 1), holder("C").over(most).holding(1)});
    // most x most / 2 most = most/2; most x (most-1) / 2 most = most/2 - 1/2; C: 1/2. B and C tie: by id.
    EXPECT_EQ(over_of(outcome), (List{most / 2, most / 2, 0}));
    EXPECT_EQ(outcome.over_allotted, Shares(most));
}

TEST(Allocation, two_hundred_thousand_rounds_take_no_longer_than_one) {
    std::vector<Subscription> holders;  // limits 1, 2, 4 ... would be few; these are capped one after another
    for (std::int64_t at = 1; at <= 200'000; ++at) holders.push_back(holder(std::to_string(at)).over(at).holding(1));
    const auto outcome = allocate(Shares(200'000LL * 200'001 / 2 - 1), pro_rata_to(Basis::kRecordHolding), holders);
    EXPECT_EQ(outcome.over_allotted, Shares(200'000LL * 200'001 / 2 - 1));
    EXPECT_EQ(outcome.allotted.back().over, Shares(199'999)) << "one share short, and the largest request bears it";
}

TEST(CheckAllocation, refuses_what_cannot_be_allotted) {
    const auto requested = pro_rata_to(Basis::kRequested);
    const auto message = [](Shares supply, const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions) {
        const auto checked = check_allocation(supply, terms, subscriptions);
        return checked ? std::string("usable") : checked.error().message;
    };
    EXPECT_EQ(message(Shares(1), requested, {holder("A").over(1), holder("B").over(1)}), "usable");
    EXPECT_EQ(message(Shares(1), pro_rata_to(Basis::kLadder), {}), "the over-subscription basis is a ladder, and it has no rung");
    EXPECT_EQ(message(Shares(1), requested, {holder("A"), holder("B"), holder("A")}), "subscription A: the id is there twice");
    EXPECT_EQ(message(Shares(1), requested, {holder("")}), "a subscription has no id");
    EXPECT_EQ(message(Shares(1), requested, {holder("A").over(-1)}), "subscription A: -1 shares; from 0 to 1000000000000 are allowed");
    EXPECT_EQ(message(Shares(1), requested, {holder("A").holding(kMaxShares + 1)}),
              "subscription A: 1000000000001 shares; from 0 to 1000000000000 are allowed");
    EXPECT_EQ(message(Shares(-1), requested, {}), "a supply of -1 shares; from 0 to 1000000000000 are allowed");
}

}  // namespace
}  // namespace rightsdesk::domain
