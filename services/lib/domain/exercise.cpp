#include "domain/exercise.h"

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "domain/money_text.h"

namespace rightsdesk::domain {

namespace {

__extension__ using Wide = __int128;  // products of two 64-bit numbers

// Basic shares that a holder may exercise: the entitlement, or the holder's cap where that is less.
Shares most_basic(const Terms& terms, Shares entitlement) {
    return std::min(entitlement, terms.over_subscription.cap_shares.value_or(entitlement));
}

Money price_as_asked(const Terms& terms, const Asked& asked) {
    const auto due = price_of(terms, asked.basic.value_or(Shares(0)) + asked.over);
    CHECK(due);
    return *due;
}

// The over-subscription request that counts, before money limits it.
Shares over_wanted(const Terms& terms, const Asked& asked, Shares basic) {
    const bool in_full = basic == most_basic(terms, asked.basic_entitlement);  // so is a holder's of no entitlement
    if (!terms.over_subscription.enabled || (terms.over_subscription.requires_full_basic && !in_full)) return Shares(0);
    const auto cap = over_subscription_cap(terms.over_subscription, basic, asked.basic_entitlement);
    switch (terms.deemed_exercise) {
        case DeemedExercise::kMoney: return asked.over;
        case DeemedExercise::kMoneyThenOverSubscription:
            if (!in_full || basic == Shares(0)) return asked.over;
            return std::max(asked.over, cap.value_or(std::max(terms.shares_offered - basic, Shares(0))));
        case DeemedExercise::kCapped: return std::min(asked.over, cap.value_or(asked.over));
    }
    CHECK(false);
}

Application application_of(const Asked& asked, const Exercise& exercise, Shares asked_basic, bool money_short) {
    if (exercise.basic + exercise.over == Shares(0)) return Application::kLapsed;
    if (exercise.over > asked.over) return Application::kDeemedOver;
    if (exercise.basic == asked_basic && exercise.over == asked.over) return Application::kFull;
    return money_short ? Application::kPart : Application::kCapped;
}

// Why the deemed shares are what they are, one clause.
std::string reason_for(const Exercise& exercise) {
    switch (exercise.application) {
        case Application::kFull: return "as asked";
        case Application::kPart: return "the largest whole number of shares that the money buys, basic first";
        case Application::kDeemedOver: return "money beyond the full basic entitlement is deemed an over-subscription up to the holder's maximum";
        case Application::kCapped: return "what was asked is limited by the offering's terms";
        case Application::kLapsed: return "no share is exercised";
        case Application::kPending: break;
    }
    CHECK(false);
}

std::string rule_text(const Terms& terms, const Asked& asked, const Exercise& exercise) {
    return to_text(terms.deemed_exercise) + ": asked " + (asked.basic ? grouped(asked.basic->value) : "no number of") + " basic and " +
           grouped(asked.over.value) + " over-subscription shares, money " + money_text(exercise.money) + ", deemed " +
           grouped(exercise.basic.value) + " and " + grouped(exercise.over.value) + ", " + money_text(exercise.remainder) +
           " not needed: " + reason_for(exercise);
}

}  // namespace

std::optional<Money> price_of(const Terms& terms, Shares shares) {
    const Wide cents = Wide{terms.subscription_price.value} * shares.value;
    if (cents > std::numeric_limits<std::int64_t>::max() || cents < std::numeric_limits<std::int64_t>::min()) return std::nullopt;
    return Money(static_cast<std::int64_t>(cents));
}

std::optional<Shares> over_subscription_cap(const OverSubscriptionTerms& terms, Shares basic, Shares basic_entitlement) {
    if (!terms.cap_shares && !terms.cap_of_basic) return std::nullopt;
    return within_caps(terms, Shares(std::numeric_limits<std::int64_t>::max()), basic, basic_entitlement);
}

Exercise deem_exercise(const Terms& terms, const Asked& asked) {
    CHECK(terms.subscription_price > Money(0));
    CHECK(asked.basic.value_or(Shares(0)) >= Shares(0) && asked.over >= Shares(0) && asked.basic_entitlement >= Shares(0));
    const Shares most = most_basic(terms, asked.basic_entitlement);
    const Shares asked_basic = asked.basic.value_or(most);

    Exercise exercise;
    exercise.money = asked.money ? *asked.money : price_as_asked(terms, asked);
    CHECK(exercise.money >= Money(0));
    const Shares affordable(exercise.money.value / terms.subscription_price.value);
    exercise.basic = std::min({asked_basic, most, affordable});
    exercise.over = std::min(over_wanted(terms, asked, exercise.basic), affordable - exercise.basic);
    exercise.remainder = exercise.money - *price_of(terms, exercise.basic + exercise.over);
    exercise.application = application_of(asked, exercise, asked_basic, affordable.value < Wide{asked_basic.value} + asked.over.value);
    exercise.rule = rule_text(terms, asked, exercise);
    return exercise;
}

}  // namespace rightsdesk::domain
