#include "domain/exercise.h"

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "domain/money_text.h"

namespace rightsdesk::domain {

namespace {

__extension__ using Wide = __int128;  // products of two 64-bit numbers

// One exercise being deemed: the terms, with another price or family where that is wanted.
struct Deeming {
    const Terms& terms;
    Money price;
    DeemedExercise family = DeemedExercise::kMoney;
    OverSubscriptionTerms caps;  // in shares

    // Basic shares that a holder may exercise: the entitlement, or the holder's cap where that is less.
    [[nodiscard]] Shares most_basic(const Asked& asked) const { return basic_within_caps(caps, asked.basic_entitlement, asked.record_holding); }
};

std::optional<Money> cost_of(Money price, Shares shares) {
    const Wide cents = Wide{price.value} * shares.value;
    if (cents > std::numeric_limits<std::int64_t>::max() || cents < std::numeric_limits<std::int64_t>::min()) return std::nullopt;
    return Money(static_cast<std::int64_t>(cents));
}

Money price_as_asked(const Deeming& rules, const Asked& asked) {
    const auto due = cost_of(rules.price, asked.basic.value_or(Shares(0)) + asked.over);
    CHECK(due);
    return *due;
}

// The over-subscription request that counts, before money limits it.
Shares over_wanted(const Deeming& rules, const Asked& asked, Shares basic) {
    const bool in_full = basic == rules.most_basic(asked);  // so is a holder's of no entitlement
    if (!rules.caps.enabled || !asked.may_over_subscribe) return Shares(0);
    const auto cap = over_subscription_cap(rules.caps, basic, asked.basic_entitlement, asked.record_holding);
    if (asked.over_of_owners_in_full) {
        const Shares eligible = std::min(asked.over, *asked.over_of_owners_in_full);
        return rules.family == DeemedExercise::kCapped ? std::min(eligible, cap.value_or(eligible)) : eligible;
    }
    if (rules.caps.requires_full_basic && !in_full) return Shares(0);
    switch (rules.family) {
        case DeemedExercise::kMoney: return asked.over;
        case DeemedExercise::kMoneyThenOverSubscription:
            if (!in_full || basic == Shares(0)) return asked.over;
            return std::max(asked.over, cap.value_or(std::max(rules.terms.shares_offered - basic, Shares(0))));
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

std::string rule_text(const Deeming& rules, const Asked& asked, const Exercise& exercise) {
    return to_text(rules.family) + ": asked " + (asked.basic ? grouped(asked.basic->value) : "no number of") + " basic and " +
           grouped(asked.over.value) + " over-subscription shares, money " + money_text(exercise.money) + ", deemed " +
           grouped(exercise.basic.value) + " and " + grouped(exercise.over.value) + ", " + money_text(exercise.remainder) +
           " not needed: " + reason_for(exercise) +
           (asked.over_of_owners_in_full ? "; of the over-subscription " + grouped(asked.over_of_owners_in_full->value) + " shares are asked for owners whose basic is in full" : "") +
           (asked.covered ? "; its certificates are good for " + grouped(asked.covered->value) + " basic shares" : "");
}

}  // namespace

std::optional<Money> price_of(const Terms& terms, Shares shares) { return cost_of(terms.subscription_price, shares); }

bool money_decides(const Terms& terms) {
    switch (terms.deemed_exercise) {
        case DeemedExercise::kMoney:
        case DeemedExercise::kMoneyThenOverSubscription: return true;
        case DeemedExercise::kCapped: return false;
    }
    return false;
}

OverSubscriptionTerms caps_in_shares(const Terms& terms) {
    OverSubscriptionTerms caps = terms.over_subscription;
    const auto at_most = [&](Shares shares) { caps.cap_shares = std::min(shares, caps.cap_shares.value_or(shares)); };
    if (caps.cap_of_offered) {
        CHECK(caps.cap_of_offered->denominator > 0);
        at_most(Shares(static_cast<std::int64_t>(Wide{terms.shares_offered.value} * caps.cap_of_offered->numerator / caps.cap_of_offered->denominator)));
    }
    if (caps.cap_money) at_most(Shares(caps.cap_money->value / terms.subscription_price.value));
    return caps;
}

std::optional<Shares> over_subscription_cap(const OverSubscriptionTerms& terms, Shares basic, Shares basic_entitlement, Shares record_holding) {
    if (!terms.cap_shares && !terms.cap_of_basic && !terms.ownership_limit) return std::nullopt;
    return within_caps(terms, Shares(std::numeric_limits<std::int64_t>::max()), basic, basic_entitlement, record_holding);
}

Exercise deem_exercise(const Terms& terms, const Asked& asked) { return deem_exercise(terms, terms.subscription_price, terms.deemed_exercise, asked); }

Exercise deem_exercise(const Terms& terms, Money price, DeemedExercise family, const Asked& asked) {
    CHECK(price > Money(0) && terms.subscription_price > Money(0));
    CHECK(asked.basic.value_or(Shares(0)) >= Shares(0) && asked.over >= Shares(0) && asked.basic_entitlement >= Shares(0));
    const Deeming rules{terms, price, family, caps_in_shares(terms)};
    const Shares most = rules.most_basic(asked);
    const Shares asked_basic = asked.basic.value_or(most);

    Exercise exercise;
    exercise.money = asked.money ? *asked.money : price_as_asked(rules, asked);
    CHECK(exercise.money >= Money(0));
    const Shares affordable(exercise.money.value / price.value);
    exercise.basic = std::min({asked_basic, most, affordable, asked.covered.value_or(most)});
    exercise.over = std::min(over_wanted(rules, asked, exercise.basic), affordable - exercise.basic);
    exercise.remainder = exercise.money - *cost_of(price, exercise.basic + exercise.over);
    exercise.application = application_of(asked, exercise, asked_basic, affordable.value < Wide{asked_basic.value} + asked.over.value);
    exercise.rule = rule_text(rules, asked, exercise);
    return exercise;
}

}  // namespace rightsdesk::domain
