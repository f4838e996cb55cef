#include "domain/derivation_rules.h"

#include "base/texts.h"
#include "domain/money_text.h"

namespace rightsdesk::domain {

std::string rule_of(DeemedExercise family) {
    switch (family) {
        case DeemedExercise::kMoney: return "basic first; short money buys the largest whole number of shares, and the remainder is returned";
        case DeemedExercise::kMoneyThenOverSubscription:
            return "basic first; short money buys the largest whole number of shares; money beyond the full basic entitlement is deemed an over-subscription up "
                   "to the holder's maximum, and the residue is returned";
        case DeemedExercise::kCapped: return "basic first; a request beyond the entitlement is treated as the maximum permitted";
    }
    return "";
}

std::string rule_of(Basis basis) {
    switch (basis) {
        case Basis::kBasicShares: return "basis A: what basic leaves, pro rata to basic shares purchased (AMF Bowling 1999, Biglari 2014)";
        case Basis::kRequested: return "basis B: what basic leaves, pro rata to over-subscription shares requested (Gyrodyne 2015 and 2024, Biolase 2020)";
        case Basis::kRecordHolding: return "basis C: what basic leaves, pro rata to the record-date holdings of those who over-subscribe (Gabelli 2014 and 2021)";
        case Basis::kTwoPools:
            return "basis D: two pools, record-date holders first, by holding; what they leave, those who bought their rights, by rights held at expiration (Lument 2022)";
        case Basis::kBasicProrated:
            return "basis E: basic itself is prorated where the shares do not suffice; what basic leaves, pro rata to basic shares purchased (Relm, Waverider)";
        case Basis::kLadder: return "basis F: a ladder of priorities, each rung with a basis of its own, what one leaves going to the next (odd lots first)";
    }
    return "";
}

std::string fraction_words(Rounding rounding) {
    switch (rounding) {
        case Rounding::kDown: return "a fraction of a share left out";
        case Rounding::kUp: return "a fraction of a share rounded up";
        case Rounding::kNearest: return "a fraction of a share rounded to the nearest whole share, a half up";
    }
    return "";
}

std::string rule_of(Rounding rounding) {
    switch (rounding) {
        case Rounding::kDown: return "the basic privilege is floor(rights x ratio) shares";
        case Rounding::kUp: return "the basic privilege is rights x ratio shares, any fraction rounded up";
        case Rounding::kNearest: return "the basic privilege is rights x ratio shares, rounded to the nearest, a half up";
    }
    return "";
}

std::string weight_words(Basis basis) {
    switch (basis) {
        case Basis::kBasicShares:
        case Basis::kBasicProrated: return "basic shares allotted";
        case Basis::kRequested: return "over-subscription shares requested";
        case Basis::kRecordHolding: return "shares held on the record date";
        case Basis::kTwoPools:
        case Basis::kLadder: break;  // several pools, each with a weight of its own
    }
    return "";
}

std::string caps_text(const OverSubscriptionTerms& terms) {
    const auto fraction = [](const Ratio& ratio) { return std::to_string(ratio.numerator) + "/" + std::to_string(ratio.denominator); };
    std::vector<std::string> caps;
    if (terms.cap_shares) caps.push_back("cap_shares " + std::to_string(terms.cap_shares->value));
    if (terms.cap_of_offered) caps.push_back("cap_of_offered " + fraction(*terms.cap_of_offered));
    if (terms.cap_money) caps.push_back("cap_money " + money_text(*terms.cap_money));
    if (terms.ownership_limit) caps.push_back("ownership_limit " + std::to_string(terms.ownership_limit->value));
    if (terms.cap_of_basic) caps.push_back("cap_of_basic " + fraction(*terms.cap_of_basic));
    return base::joined(caps, "; ");
}

}  // namespace rightsdesk::domain
