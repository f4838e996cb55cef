// The deemed exercise: asked X, money Y, deemed Z, rule R (rules.md section 3). Price $2.00 and an entitlement of 1,000
// basic shares throughout, so that $2,000.00 is the full basic.
#include "domain/exercise.h"

#include <gtest/gtest.h>

#include "support/builders.h"

namespace rightsdesk::domain {
namespace {

constexpr auto kFamily1 = DeemedExercise::kMoney;
constexpr auto kFamily2 = DeemedExercise::kMoneyThenOverSubscription;
constexpr auto kFamily3 = DeemedExercise::kCapped;
constexpr std::int64_t kPaidInFull = -1;

Terms terms_of(DeemedExercise family) {
    Terms terms = support::sample_terms();
    terms.shares_offered = Shares(5'000);
    terms.subscription_price = Money(200);
    terms.deemed_exercise = family;
    return terms;
}

Asked asking(std::int64_t basic, std::int64_t over, std::int64_t cents) {
    return Asked{Shares(basic), Shares(over), Shares(1'000), cents == kPaidInFull ? std::nullopt : std::optional(Money(cents))};
}

struct ExerciseRow {
    const char* story;
    DeemedExercise family;
    std::int64_t basic, over, cents;       // asked, and the money that is there
    std::int64_t deemed_basic, deemed_over, remainder;
    Application application;
};

TEST(Exercise, the_money_decides) {
    using enum Application;
    const ExerciseRow rows[] = {
        {"paid to the cent: as asked", kFamily1, 1'000, 300, 260'000, 1'000, 300, 0, kFull},
        {"no money stated: paid in full for what was asked", kFamily1, 1'000, 300, kPaidInFull, 1'000, 300, 0, kFull},
        {"less than the entitlement may be asked", kFamily1, 400, 0, 80'000, 400, 0, 0, kFull},
        {"short: basic first", kFamily1, 1'000, 300, 150'000, 750, 0, 0, kPart},
        {"short in the over-subscription only", kFamily1, 1'000, 300, 220'000, 1'000, 100, 0, kPart},
        {"no half share: the remainder goes back", kFamily1, 1'000, 0, 150'199, 750, 0, 199, kPart},
        {"a bank's fee of $15 costs eight shares, and a dollar goes back", kFamily1, 1'000, 0, 198'500, 992, 0, 100, kPart},
        {"less than one share buys none", kFamily1, 1'000, 0, 199, 0, 0, 199, kLapsed},
        {"no money, no exercise", kFamily1, 1'000, 300, 0, 0, 0, 0, kLapsed},
        {"overpaid: family 1 returns what was not asked for", kFamily1, 1'000, 300, 300'000, 1'000, 300, 40'000, kFull},
        {"overpaid: family 2 deems it an over-subscription", kFamily2, 1'000, 0, 300'000, 1'000, 500, 0, kDeemedOver},
        {"and the residue below a share goes back", kFamily2, 1'000, 0, 300'150, 1'000, 500, 150, kDeemedOver},
        {"even where the holder asked for less over-subscription", kFamily2, 1'000, 300, 300'000, 1'000, 500, 0, kDeemedOver},
        {"at most all shares offered, less the basic: 5,000 - 1,000", kFamily2, 1'000, 0, 1'200'000, 1'000, 4'000, 200'000, kDeemedOver},
        {"but what was asked and paid remains the claim", kFamily2, 1'000, 4'500, 1'100'000, 1'000, 4'500, 0, kFull},
        {"family 2, short: as family 1", kFamily2, 1'000, 300, 150'199, 750, 0, 199, kPart},
        {"family 2 makes nobody exercise more of the basic", kFamily2, 400, 0, 300'000, 400, 0, 220'000, kFull},
        {"basic beyond the entitlement is cut, its money goes back", kFamily1, 1'200, 0, 240'000, 1'000, 0, 40'000, kCapped},
        {"or becomes an over-subscription", kFamily2, 1'200, 0, 240'000, 1'000, 200, 0, kDeemedOver},
        {"or is the maximum permitted", kFamily3, 1'200, 0, 240'000, 1'000, 0, 40'000, kCapped},
        {"no over-subscription unless basic is exercised in full", kFamily1, 999, 300, kPaidInFull, 999, 0, 60'000, kCapped},
        {"in no family: the money does not make the basic full", kFamily2, 999, 300, kPaidInFull, 999, 0, 60'000, kCapped},
        {"family 3 is short as family 1 is", kFamily3, 1'000, 300, 220'100, 1'000, 100, 100, kPart},
    };
    for (const ExerciseRow& row : rows) {
        SCOPED_TRACE(row.story);
        const Exercise exercise = deem_exercise(terms_of(row.family), asking(row.basic, row.over, row.cents));
        EXPECT_EQ(exercise.basic, Shares(row.deemed_basic));
        EXPECT_EQ(exercise.over, Shares(row.deemed_over));
        EXPECT_EQ(exercise.remainder, Money(row.remainder));
        EXPECT_EQ(exercise.application, row.application) << to_text(exercise.application);
    }
}

TEST(Exercise, without_a_number_the_money_says_how_many) {
    const Asked unspecified{std::nullopt, Shares(0), Shares(1'000), Money(150'100)};
    EXPECT_EQ(deem_exercise(terms_of(kFamily1), unspecified).basic, Shares(750));
    const Asked ample{std::nullopt, Shares(0), Shares(1'000), Money(260'000)};
    EXPECT_EQ(deem_exercise(terms_of(kFamily1), ample).over, Shares(0)) << "family 1 returns the rest";
    EXPECT_EQ(deem_exercise(terms_of(kFamily1), ample).remainder, Money(60'000));
    EXPECT_EQ(deem_exercise(terms_of(kFamily2), ample).over, Shares(300)) << "family 2 deems it an over-subscription";
}

TEST(Exercise, a_cap_is_the_holders_maximum) {
    Terms terms = terms_of(kFamily2);
    terms.over_subscription.cap_of_basic = Ratio{1, 4};  // 250 of 1,000
    EXPECT_EQ(deem_exercise(terms, asking(1'000, 0, 300'000)).over, Shares(250));
    EXPECT_EQ(deem_exercise(terms, asking(1'000, 0, 300'000)).remainder, Money(50'000));
    terms.over_subscription.cap_shares = Shares(1'100);  // basic and over together: leaves 100
    EXPECT_EQ(deem_exercise(terms, asking(1'000, 0, 300'000)).over, Shares(100)) << "the lesser of two caps";
}

TEST(Exercise, beyond_a_cap_family_3_cuts_the_claim_and_family_1_leaves_it_to_the_allocation) {
    Terms terms = terms_of(kFamily3);
    terms.over_subscription.cap_of_basic = Ratio{1, 4};
    const Exercise cut = deem_exercise(terms, asking(1'000, 600, kPaidInFull));
    EXPECT_EQ(cut.over, Shares(250));
    EXPECT_EQ(cut.remainder, Money(70'000));
    EXPECT_EQ(cut.application, Application::kCapped);
    terms.deemed_exercise = kFamily1;
    EXPECT_EQ(deem_exercise(terms, asking(1'000, 600, kPaidInFull)).over, Shares(600));
}

TEST(Exercise, a_cap_below_the_entitlement_is_the_full_basic_of_its_holder) {
    Terms terms = terms_of(kFamily2);
    terms.over_subscription.cap_shares = Shares(600);
    const Exercise exercise = deem_exercise(terms, asking(1'000, 300, kPaidInFull));
    EXPECT_EQ(exercise.basic, Shares(600));
    EXPECT_EQ(exercise.over, Shares(300)) << "a claim that the allocation caps at nothing";
}

TEST(Exercise, terms_may_allow_over_subscription_without_full_basic_or_not_at_all) {
    Terms terms = terms_of(kFamily2);
    terms.over_subscription.requires_full_basic = false;
    const Exercise partial = deem_exercise(terms, asking(400, 100, 120'000));
    EXPECT_EQ(partial.over, Shares(100)) << "as asked; nothing is deemed beyond it";
    EXPECT_EQ(partial.remainder, Money(20'000));
    terms.over_subscription.enabled = false;
    EXPECT_EQ(deem_exercise(terms, asking(1'000, 100, 300'000)).over, Shares(0));
    EXPECT_EQ(deem_exercise(terms, asking(1'000, 100, 300'000)).remainder, Money(100'000));
}

TEST(Exercise, a_holder_without_entitlement_may_ask_but_is_deemed_nothing_more) {
    const Asked asked{Shares(0), Shares(50), Shares(0), Money(20'000)};
    EXPECT_EQ(deem_exercise(terms_of(kFamily2), asked).over, Shares(50));
    EXPECT_EQ(deem_exercise(terms_of(kFamily2), asked).remainder, Money(10'000));
}

TEST(Exercise, the_record_reads_asked_money_deemed_rule) {
    EXPECT_EQ(deem_exercise(terms_of(kFamily2), asking(1'000, 0, 300'150)).rule,
              "money_then_over_subscription: asked 1,000 basic and 0 over-subscription shares, money $3,001.50, deemed 1,000 and 500, $1.50 not "
              "needed: money beyond the full basic entitlement is deemed an over-subscription up to the holder's maximum");
}

TEST(Exercise, no_number_is_too_large_for_the_arithmetic) {
    const std::int64_t huge = std::numeric_limits<std::int64_t>::max();
    EXPECT_FALSE(price_of(terms_of(kFamily1), Shares(huge)));
    const Asked absurd{Shares(huge), Shares(huge), Shares(1'000), Money(220'000)};
    EXPECT_EQ(deem_exercise(terms_of(kFamily1), absurd).basic, Shares(1'000));
    EXPECT_EQ(deem_exercise(terms_of(kFamily1), absurd).over, Shares(100));
}

}  // namespace
}  // namespace rightsdesk::domain
