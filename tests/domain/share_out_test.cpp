// What an offering has to share, by its own terms: caps of every unit, extra supply, standby purchasers, a minimum, and how many
// shares rights come to (rules.md section 4 and 8).
#include "domain/share_out.h"

#include <gtest/gtest.h>

#include "domain/allocating.h"
#include "domain/exercise.h"
#include "domain/notice_judgement.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

Terms offering_of(std::int64_t shares) {
    Terms terms = sample_terms();
    terms.shares_offered = Shares(shares);
    terms.over_subscription.basis = Basis::kRequested;
    return terms;
}

Subscription asks(const std::string& id, std::int64_t basic, std::int64_t over, std::int64_t held = 0) {
    return Subscription{id, Instant(1), Shares(basic), Shares(basic), Shares(over), Shares(held)};
}

TEST(ShareOut, extra_shares_are_sold_only_as_far_as_they_are_asked_for) {
    Terms terms = offering_of(1'000);
    terms.over_subscription.extra_supply = Ratio{1, 1};
    const SharedOut shared = share_out(terms, {asks("a", 900, 150)});
    EXPECT_EQ(shared.extra_supply, Shares(50));
    EXPECT_EQ(shared.outcome.over_allotted, Shares(150));
    EXPECT_EQ(share_out(terms, {asks("a", 900, 100)}).extra_supply, Shares(0)) << "what is offered suffices";
    EXPECT_EQ(share_out(terms, {asks("a", 1'500, 100)}).extra_supply, Shares(0)) << "basic itself is prorated";
}

// 100 shares, and as many again on demand. 50 basic; of 100 more asked a cap of 60 in all leaves room for 10, which are there: 40 are
// left, and no further share is sold that nobody may have. Nor where the basis gives the one who asks no claim.
TEST(ShareOut, extra_shares_are_not_demanded_by_requests_that_caps_or_the_basis_shut_out) {
    Terms terms = offering_of(100);
    terms.over_subscription.extra_supply = Ratio{1, 1};
    terms.over_subscription.cap_shares = Shares(60);
    terms.standby = {{"A Standby", Shares(1'000)}};
    const SharedOut capped = share_out(terms, {asks("a", 50, 100)});
    EXPECT_EQ(capped.extra_supply, Shares(0));
    EXPECT_EQ(capped.standby[0].shares, Shares(40)) << "what is left of the shares offered";
    terms.over_subscription.cap_shares.reset();
    terms.over_subscription.basis = Basis::kRecordHolding;
    const SharedOut bought = share_out(terms, {asks("a", 50, 100, 0)});
    EXPECT_EQ(bought.extra_supply, Shares(0)) << "held nothing on the record date";
    EXPECT_EQ(share_out(terms, {asks("a", 50, 100, 7)}).extra_supply, Shares(50));
}

// 1,000 shares, and 300 besides for holders of record alone. Basic is 100 of each of four, and leaves 600 for them: A holds 10, B 20 and
// C 30 shares of the record date, D bought its rights and holds none; each asks for 400 more, so that they lack 1,000 of 1,600.
struct ExtraRow {
    Basis basis;
    std::vector<std::int64_t> first;   // of the shares offered: A to D
    std::vector<std::int64_t> extra;   // of the 300
};

TEST(ShareOut, extra_shares_for_holders_of_record_come_after_the_shares_offered_on_every_basis) {
    const ExtraRow rows[] = {
        // 600 in four equal claims: 150 each; 300 in three: 100 each.
        {Basis::kBasicShares, {150, 150, 150, 150}, {100, 100, 100, 0}},
        {Basis::kRequested, {150, 150, 150, 150}, {100, 100, 100, 0}},
        {Basis::kBasicProrated, {150, 150, 150, 150}, {100, 100, 100, 0}},
        // 600 x 10/60, 20/60, 30/60, and nothing for D; then A, B and C lack 300, 200 and 100: of 300 they get 50, 100 and 150, C capped at 100,
        // and its 50 go on 1 to 2: 16 2/3 and 33 1/3, whole 67 and 133.
        {Basis::kRecordHolding, {100, 200, 300, 0}, {67, 133, 100, 0}},
        // D, in the second pool, gets what the first leaves: nothing.
        {Basis::kTwoPools, {100, 200, 300, 0}, {67, 133, 100, 0}},
        // Holders of at most 10 first: D and A by request, 300 each of 600; of the extra A gets the 100 that it lacks, B and C the rest.
        {Basis::kLadder, {300, 0, 0, 300}, {100, 100, 100, 0}},
    };
    for (const ExtraRow& row : rows) {
        Terms terms = offering_of(1'000);
        terms.over_subscription.basis = row.basis;
        if (row.basis == Basis::kLadder) terms.over_subscription.ladder = {{Shares(10), Basis::kRequested}, {std::nullopt, Basis::kBasicShares}};
        const std::vector<Subscription> four = {asks("a", 100, 400, 10), asks("b", 100, 400, 20), asks("c", 100, 400, 30), asks("d", 100, 400, 0)};
        const SharedOut offered = share_out(terms, four);
        terms.over_subscription.extra_supply = Ratio{3, 10};
        terms.over_subscription.extra_supply_eligible = OverSubscriber::kHoldersOfRecord;
        const SharedOut shared = share_out(terms, four);
        EXPECT_EQ(shared.extra_supply, Shares(300)) << to_text(row.basis);
        EXPECT_EQ(shared.supply, Shares(1'300)) << to_text(row.basis);
        EXPECT_EQ(shared.outcome.over_allotted, Shares(900)) << to_text(row.basis);
        EXPECT_EQ(shared.outcome.proration, offered.outcome.proration) << to_text(row.basis) << ": of the shares offered";
        for (std::size_t at = 0; at < four.size(); ++at) {
            EXPECT_EQ(offered.outcome.allotted[at].over, Shares(row.first[at])) << to_text(row.basis) << " " << four[at].id;
            EXPECT_EQ(shared.outcome.allotted[at].over, Shares(row.first[at] + row.extra[at])) << to_text(row.basis) << " " << four[at].id;
        }
    }
}

TEST(ShareOut, extra_shares_for_holders_of_record_are_no_more_than_these_may_have) {
    Terms terms = offering_of(1'000);
    terms.over_subscription.extra_supply = Ratio{1, 1};
    terms.over_subscription.extra_supply_eligible = OverSubscriber::kHoldersOfRecord;
    // 200 left for 300 and 500: 75 and 125; the holder of record lacks 225 of its request.
    EXPECT_EQ(share_out(terms, {asks("a", 400, 300, 5), asks("d", 400, 500)}).extra_supply, Shares(225));
    EXPECT_EQ(share_out(terms, {asks("d", 400, 800)}).extra_supply, Shares(0)) << "nobody is eligible";
    EXPECT_EQ(share_out(terms, {asks("a", 1'500, 300, 5)}).extra_supply, Shares(0)) << "basic itself is prorated";
    terms.over_subscription.cap_shares = Shares(500);
    const SharedOut capped = share_out(terms, {asks("a", 400, 300, 5), asks("d", 400, 500)});
    EXPECT_EQ(capped.extra_supply, Shares(0)) << "100 each are there, and no more within the cap";
    terms.over_subscription.cap_shares = Shares(520);
    EXPECT_EQ(share_out(terms, {asks("a", 400, 300, 5), asks("d", 400, 500)}).outcome.allotted[0].over, Shares(120)) << "to the cap: 80 of what is offered, and 40";
}

// PVF Capital's numbers of 26 March 2010: what 14,706,247 basic shares leave, with two purchasers.
TEST(ShareOut, standby_purchasers_take_what_is_left_in_the_order_of_the_terms) {
    Terms terms = offering_of(14'706'247 + 2'436'610);
    terms.standby = {{"First Standby", Shares(2'000'000)}, {"Second Standby", Shares(1'000'000)}};
    const SharedOut shared = share_out(terms, {asks("a", 14'706'247, 0)});
    ASSERT_EQ(shared.standby.size(), 2U);
    EXPECT_EQ(shared.standby[0].shares, Shares(2'000'000));
    EXPECT_EQ(shared.standby[1].shares, Shares(436'610));
}

struct CapRow {
    const char* story;
    std::function<void(Terms&)> cap;
    std::int64_t basic;
    std::int64_t over;
};

// A holder of 300 shares with a basic entitlement of 400 asks for 2,000 more of 10,000 at $2.00.
TEST(Caps, of_every_unit_leave_what_they_say) {
    const CapRow rows[] = {
        {"no cap", [](Terms&) {}, 400, 2'000},
        {"a tenth of the shares offered", [](Terms& terms) { terms.over_subscription.cap_of_offered = Ratio{1, 10}; }, 400, 600},
        {"$1,500.99 in all", [](Terms& terms) { terms.over_subscription.cap_money = Money(150'099); }, 400, 350},
        {"to own at most 1,200", [](Terms& terms) { terms.over_subscription.ownership_limit = Shares(1'200); }, 400, 500},
        {"to own at most 650", [](Terms& terms) { terms.over_subscription.ownership_limit = Shares(650); }, 350, 0},
        {"to own at most what it owns", [](Terms& terms) { terms.over_subscription.ownership_limit = Shares(300); }, 0, 0},
        {"the least of several", [](Terms& terms) {
             terms.over_subscription.cap_of_offered = Ratio{1, 10};
             terms.over_subscription.cap_money = Money(140'000);
             terms.over_subscription.cap_shares = Shares(800);
         }, 400, 300},
        {"a multiple of the basic entitlement", [](Terms& terms) { terms.over_subscription.cap_of_basic = Ratio{5, 4}; }, 400, 500},
    };
    for (const CapRow& row : rows) {
        Terms terms = offering_of(10'000);
        terms.deemed_exercise = DeemedExercise::kMoney;
        row.cap(terms);
        const AllottedShares allotted = share_out(terms, {asks("a", 400, 2'000, 300)}).outcome.allotted[0];
        EXPECT_EQ(allotted.basic, Shares(row.basic)) << row.story;
        EXPECT_EQ(allotted.over, Shares(row.over)) << row.story;
        terms.deemed_exercise = DeemedExercise::kCapped;
        const Exercise exercise = deem_exercise(terms, Asked{Shares(400), Shares(2'000), Shares(400), std::nullopt, Shares(300)});
        EXPECT_EQ(exercise.basic, Shares(row.basic)) << row.story << ", deemed";
        EXPECT_EQ(exercise.over, Shares(row.over)) << row.story << ", deemed";
    }
}

TEST(Entitlement, is_rounded_and_stepped_up_as_the_terms_say) {
    Terms terms = sample_terms();
    terms.shares_per_right = Ratio{1, 7};
    const auto entitled = [&](std::int64_t rights) { return basic_entitlement(terms, Rights(rights)).value; };
    EXPECT_EQ(entitled(13), 1);
    terms.entitlement.rounding = Rounding::kUp;
    EXPECT_EQ(entitled(13), 2);
    EXPECT_EQ(entitled(14), 2);
    terms.entitlement.rounding = Rounding::kNearest;
    EXPECT_EQ(entitled(10), 1);
    EXPECT_EQ(entitled(11), 2);
    terms.shares_per_right = Ratio{1, 2};
    EXPECT_EQ(entitled(1), 1) << "a half is rounded up";
    terms.shares_per_right = Ratio{1, 3};
    terms.entitlement = EntitlementTerms{Rounding::kDown, Shares(1)};
    EXPECT_EQ(entitled(2), 1) << "holders of fewer than three may subscribe for one";
    EXPECT_EQ(entitled(9), 3);
    EXPECT_EQ(entitled(0), 0) << "without rights there is no step";
}

TEST(Minimum, below_it_no_allocation_takes_effect_and_people_are_told_what_to_do) {
    Terms terms = sample_terms();
    terms.minimum_shares = Shares(1'001);
    WholeDesk desk(terms);
    desk.submit(a_notice());
    desk.say(a_wire(2'000));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-27T14:00:00"));
    desk.at("2002-06-28T17:00:00").count().tabulate();
    EXPECT_EQ(refusal_of(desk.approve("allocation-1", "alice")), Refusal::kNotAllowedByTerms);
    bool told = false;
    for (std::uint64_t number = 1; number <= desk.book().last_alert(); ++number) {
        told = told || (desk.book().alert(number)->kind == "minimum_missed" && !desk.book().alert(number)->resolved_at);
    }
    EXPECT_TRUE(told);
    desk.propose_termination("alice");
    desk.approve("termination-1", "bob");
    EXPECT_EQ(desk.book().proposal("refunds-1")->total, Money(200'000));
}

TEST(Minimum, counts_what_standby_purchasers_take) {
    Terms terms = sample_terms();
    terms.minimum_shares = Shares(1'001);
    terms.standby = {{"A Standby", Shares(1)}};
    WholeDesk desk(terms);
    desk.submit(a_notice());
    desk.say(a_wire(2'000));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-27T14:00:00"));
    desk.at("2002-06-28T17:00:00").count().tabulate();
    EXPECT_EQ(subscribed_in_all(*desk.book().allocation(AllocationKind::kFinal)), Shares(1'001));
    EXPECT_EQ(refusal_of(desk.approve("allocation-1", "alice")), std::nullopt);
}

}  // namespace
}  // namespace rightsdesk::support
