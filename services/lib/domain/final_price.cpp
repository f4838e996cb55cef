#include "domain/final_price.h"

namespace rightsdesk::domain {

bool awaits_price(const Life& life) { return life.terms.price.kind == PriceKind::kEstimated && !life.estimated_price; }

bool may_pay_bill(const Life& life, Instant at) { return life.bill_until && at <= life.bill_until->instant; }

Money billed_to(const Life& life, const Asked& asked) {
    const Money price = life.terms.subscription_price;
    if (!life.bill_until || !life.estimated_price || price <= *life.estimated_price) return Money(0);
    const Exercise before = deem_exercise(life.terms, *life.estimated_price, life.terms.deemed_exercise, asked);
    return Money((price - *life.estimated_price).value * (before.basic + before.over).value);
}

Exercise deem_at_price(const Life& life, const Asked& asked) {
    if (!life.estimated_price || life.terms.subscription_price >= *life.estimated_price) return deem_exercise(life.terms, asked);
    const Terms& terms = life.terms;
    if (terms.price.lower == LowerPrice::kBuyMore) return deem_exercise(terms, terms.subscription_price, DeemedExercise::kMoneyThenOverSubscription, asked);
    const Exercise before = deem_exercise(terms, *life.estimated_price, terms.deemed_exercise, asked);
    Exercise now = deem_exercise(terms, terms.subscription_price, DeemedExercise::kMoney, asked);
    if (now.basic + now.over >= before.basic + before.over) return now;
    // What the money was deemed to be at the estimate stands; it costs less now.
    now.basic = before.basic;
    now.over = before.over;
    now.remainder = now.money - *price_of(terms, now.basic + now.over);
    now.application = before.application;
    now.rule = before.rule + "; at the estimated price, the difference returned";
    return now;
}

}  // namespace rightsdesk::domain
