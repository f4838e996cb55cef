#include "terms/explanation.h"

#include <string_view>

#include "base/texts.h"
#include "domain/civil.h"
#include "domain/deadlines.h"
#include "domain/money_text.h"

namespace rightsdesk::terms {

using namespace domain;  // terms are explained in the domain's words

namespace {

// Enumerators and flags as people say them. No default: a new one does not compile until it has words.

std::string words_of(CalendarKind kind) {
    switch (kind) {
        case CalendarKind::kNyse: return "days on which the New York Stock Exchange is open";
        case CalendarKind::kFed: return "days on which the Federal Reserve banks are open";
        case CalendarKind::kBoth: return "days on which both the New York Stock Exchange and the Federal Reserve banks are open";
        case CalendarKind::kEither: return "days on which the New York Stock Exchange or the Federal Reserve banks are open";
        case CalendarKind::kCustom: return "Mondays to Fridays, the closings listed excepted";
    }
    return "";
}

std::string words_of(DeemedReceived deemed) {
    switch (deemed) {
        case DeemedReceived::kCredit: return "deemed received when the bank credits it";
        case DeemedReceived::kClearance: return "deemed received when it has cleared";
        case DeemedReceived::kReceipt: return "deemed received on receipt";
        case DeemedReceived::kRefused: return "not accepted";
    }
    return "";
}

std::string words_of(PaymentMethod method) {
    switch (method) {
        case PaymentMethod::kWire: return "a wire transfer";
        case PaymentMethod::kUncertifiedCheck: return "an uncertified check";
        case PaymentMethod::kCertifiedCheck: return "a certified check";
        case PaymentMethod::kBankDraft: return "a bank draft (cashier's check)";
        case PaymentMethod::kMoneyOrder: return "a money order";
    }
    return "";
}

std::string words_of(DeemedExercise family) {
    switch (family) {
        case DeemedExercise::kMoney: return "short or unspecified: the largest whole number of shares that the money buys; the remainder is returned";
        case DeemedExercise::kMoneyThenOverSubscription:
            return "short or unspecified: the largest whole number of shares that the money buys; money beyond the full basic entitlement is deemed an "
                   "over-subscription up to the holder's maximum, and the residue is returned";
        case DeemedExercise::kCapped: return "a request beyond the entitlement is treated as the maximum permitted; money as far as it goes";
    }
    return "";
}

std::string words_of(Basis basis) {
    switch (basis) {
        case Basis::kBasicShares: return "pro rata to the basic shares purchased";
        case Basis::kRequested: return "pro rata to the over-subscription shares requested";
        case Basis::kRecordHolding: return "pro rata to the record-date holdings of those who over-subscribe";
        case Basis::kTwoPools: return "record-date holders first, by holding; then those who bought their rights, by rights held at expiration";
        case Basis::kBasicProrated: return "pro rata to the basic shares purchased; basic itself is prorated where the shares do not suffice";
        case Basis::kLadder: return "rung after rung, each on a basis of its own";
    }
    return "";
}

std::string listed(const std::vector<std::string>& texts, const std::string& none) { return texts.empty() ? none : base::joined(texts); }

std::string days(std::int32_t count) { return std::to_string(count) + (count == 1 ? " business day" : " business days"); }
std::string people(std::int32_t count) { return std::to_string(count) + (count == 1 ? " person" : " different people"); }
std::string fraction(const Ratio& ratio) {
    return grouped(ratio.numerator) + (ratio.denominator == 1 ? "" : "/" + grouped(ratio.denominator));
}

class Explanation {
public:
    std::vector<ExplainedTerm> explained;

    void say(const std::string& key, const std::string& words) { explained.push_back({section_ + key, words}); }
    void in(std::string_view section) { section_ = std::string(section) + "."; }

private:
    std::string section_;
};

void explain_offering(const Terms& terms, Explanation& to) {
    to.in("offering");
    to.say("id", "the desk knows the offering as " + terms.id);
    to.say("issuer", "the issuer is " + terms.issuer + "; a form that names another is refused");
    if (!terms.title.empty()) to.say("title", "what is delivered later: " + terms.title);
    if (!terms.agent.empty()) to.say("agent", "the subscription agent is " + terms.agent);
    to.say("prospectus_date", terms.prospectus_date ? "the prospectus is dated " + to_text(*terms.prospectus_date) + "; a form that names another date is another offering's"
                                                    : "no prospectus date is stated, and none on a form is checked");
    to.say("shares_offered", grouped(terms.shares_offered.value) + " shares are offered");
    to.say("shares_per_right", "one right buys " + fraction(terms.shares_per_right) + " share");
    to.say("rights_per_share", fraction(terms.rights_per_share.value_or(Ratio{1, 1})) + " right was issued for a share held on the record date: without a register a notice's rights say what was held");
    const bool estimated = terms.price.kind == PriceKind::kEstimated;
    to.say("subscription_price", (estimated ? "a share is estimated to cost " : "a share costs ") + money_text(terms.subscription_price));
    to.say("minimum_shares", terms.minimum_shares ? "unless " + grouped(terms.minimum_shares->value) + " shares are subscribed for in all, nothing is allotted and all money is returned"
                                                  : "there is no minimum");
    to.say("currency", "payments are in " + terms.currency);
    if (!terms.payee.empty()) to.say("payee", "checks, drafts and money orders are made out to " + terms.payee);
    to.say("rights", terms.rights_transfer == RightsTransfer::kTransferable
                         ? "rights may be transferred: who is not on the register of record-date holders may have bought them"
                         : "rights may not be transferred: who is not on the register of record-date holders is a question for a person");
    to.say("account", "credits of account " + terms.account + " belong to this offering; where others use it as well, those that name this one");
}

void explain_expiration(const Terms& terms, Explanation& to) {
    to.in("expiration");
    to.say("at", "the hour is " + terms.expiration.civil + " in " + terms.expiration.zone + ", which is " + instant_text(terms.expiration.instant));
    to.say("inclusive", terms.expiration_inclusive ? "what is received at that very instant is in time" : "what is received at that very instant is late");
    const ExtensionTerms& extension = terms.extension;
    to.say("extension.allowed", extension.allowed ? "the issuer may extend the offering" : "the offering may not be extended");
    if (extension.allowed) {
        to.say("extension.last_date", extension.last_date ? "not beyond " + to_text(*extension.last_date) : "no last date is stated");
        if (extension.most_business_days) to.say("extension.most_business_days", "by at most " + days(*extension.most_business_days) + " in all");
        to.say("extension.announce_by", extension.announce_by ? "an extension is announced by " + *extension.announce_by + ", also after the hour"
                                                              : "an extension is announced before the hour");
    }
    std::vector<std::string> leads;
    for (const std::int32_t minutes : terms.reminder_minutes) leads.push_back(grouped(minutes));
    to.say("reminders_minutes", "operations are reminded " + listed(leads, "no") + " minutes before the hour");
}

void explain_calendar(const Terms& terms, Explanation& to) {
    to.in("calendar");
    to.say("business_days", "business days are " + words_of(terms.calendar.kind));
    std::vector<std::string> closings;
    for (const Date closing : terms.calendar.closings) closings.push_back(to_text(closing));
    to.say("closings", "closed besides: " + listed(closings, "no day"));
}

std::string counted_from_words(const GuaranteedDeliveryTerms& delivery) {
    const std::string that_day = delivery.business_days == 0 ? ", which is itself the last day" : ", which is not counted";
    switch (delivery.counted_from) {
        case CountedFrom::kNoticeDate: return "counted from the notice's own date" + that_day + "; an undated notice has no clock";
        case CountedFrom::kExpiration: return "counted from the day of expiration as it stands" + that_day;
        case CountedFrom::kFixedDate: return "counted from " + to_text(delivery.fixed_date.value_or(Date(0))) + that_day;
    }
    return "";
}

void explain_guaranteed_delivery(const Terms& terms, Explanation& to) {
    const GuaranteedDeliveryTerms& delivery = terms.guaranteed_delivery;
    to.in("guaranteed_delivery");
    to.say("enabled", delivery.enabled ? "notices of guaranteed delivery are taken" : "no notice of guaranteed delivery is taken");
    if (!delivery.enabled) return;
    to.say("business_days", "certificates follow within " + days(delivery.business_days));
    to.say("counted_from", counted_from_words(delivery));
    to.say("time", "on that day at or prior to " + delivery.time + " in " + terms.expiration.zone);
    to.say("payment_due", delivery.payment_due == PaymentDue::kExpiration ? "payment in full is due at the hour, though the certificates come later"
                                                                         : "payment is due with the certificates, or at the hour where that is later; "
                                                                           "certificates that come without a guarantee are paid by the hour");
    to.say("telephone_confirmation", delivery.telephone_confirmation == TelephoneConfirmation::kRequire
                                         ? "the guarantor must confirm by telephone: without it the notice is defective"
                                         : "the guarantor should confirm by telephone: without it there is a warning");
    to.say("signature_guarantee", delivery.signature_guarantee ? "certificates without a signature guarantee do not complete a delivery"
                                                               : "certificates need no signature guarantee");
    to.say("short_cover", delivery.short_cover == ShortCover::kDrop ? "a notice whose certificates come for fewer rights than guaranteed is dropped"
                                                                    : "a notice whose certificates come for fewer rights than guaranteed counts for the shares "
                                                                      "that they are good for");
}

void explain_foreign(const Terms& terms, Explanation& to) {
    to.in("foreign");
    const auto cut_off = foreign_cut_off(terms, terms.expiration);
    if (!cut_off) return to.say("on", "no earlier hour for holders abroad and at army and fleet post offices");
    const std::string how = terms.foreign.on ? "" : ", " + days(*terms.foreign.business_days) + " before the expiration as it stands";
    to.say(terms.foreign.on ? "on" : "business_days", "holders whom the register shows abroad or at an army or fleet post office must be in by " + cut_off->deadline.civil + how);
}

void explain_channels(const Terms& terms, Explanation& to) {
    to.in("channels");
    for (std::size_t ordinal = 0; ordinal < base::enum_texts<Channel>().size(); ++ordinal) {
        const auto channel = static_cast<Channel>(ordinal);
        std::vector<std::string> addresses;
        for (const ListedAddress& listed : terms.channels) {
            if (listed.channel == channel) addresses.push_back(listed.address);
        }
        to.say(to_text(channel), addresses.empty() ? "no address is listed: nothing is validly delivered by " + to_text(channel)
                                                   : "valid delivery by " + to_text(channel) + " is to " + listed(addresses, ""));
    }
}

void explain_payment(const Terms& terms, Explanation& to) {
    to.in("payment");
    for (const MethodTerms& row : terms.payment) {
        to.say(to_text(row.method), words_of(row.method) + " is " + words_of(row.deemed_received) +
                                        (row.from == PaymentUser::kGuarantors ? ", and is taken from eligible guarantors only" : ""));
    }
    to.say("drawn_on", terms.drawn_on == DrawnOn::kUsBanks ? "checks, drafts and money orders must be drawn on a bank in the United States: one that is said to be drawn abroad is not taken"
                                                           : "checks, drafts and money orders may be drawn on a bank anywhere");
}

void explain_price(const Terms& terms, Explanation& to) {
    to.in("price");
    if (terms.price.kind == PriceKind::kFixed) return to.say("kind", "the price is fixed");
    to.say("kind", "the price is an estimate; the final one is set after the hour, and nothing is allotted before");
    to.say("lower", terms.price.lower == LowerPrice::kRefund ? "if it is lower, the difference is returned" : "if it is lower, the difference buys more, as an over-subscription");
    if (terms.price.higher == HigherPrice::kReduce) return to.say("higher", "if it is higher, the money buys fewer shares");
    to.say("higher", "if it is higher, the shortfall is billed, and may be paid within " + days(terms.price.bill_days));
}

std::string words_of(Rounding rounding) {
    switch (rounding) {
        case Rounding::kDown: return "a fraction of a share that rights come to is left out";
        case Rounding::kUp: return "a fraction of a share that rights come to is rounded up";
        case Rounding::kNearest: return "a fraction of a share that rights come to is rounded to the nearest whole share, a half up";
    }
    return "";
}

void explain_exercise(const Terms& terms, Explanation& to) {
    to.in("exercise");
    to.say("deemed", words_of(terms.deemed_exercise));
    to.say("round_shares", words_of(terms.entitlement.rounding));
    if (const auto& least = terms.entitlement.step_up_to) to.say("step_up_to", "whoever holds any right is entitled to at least " + grouped(least->value) + " shares");
    to.say("withdrawal", terms.withdrawal == Withdrawal::kIrrevocable ? "an exercise is irrevocable, but for a window that a suspension opens" : "an exercise may be withdrawn until the hour");
}

void explain_over_subscription(const Terms& terms, Explanation& to) {
    const OverSubscriptionTerms& over = terms.over_subscription;
    to.in("over_subscription");
    to.say("enabled", over.enabled ? "holders may over-subscribe" : "there is no over-subscription");
    if (!over.enabled) return;
    to.say("requires_full_basic", over.requires_full_basic ? "only who exercises the basic privilege in full may" : "also who does not exercise the basic privilege in full may");
    to.say("eligible", over.eligible == OverSubscriber::kAnyone ? "whoever exercises rights may" : "only holders of record may: who is not on the register of record-date holders may not");
    to.say("nominee", over.nominee == NomineeJudged::kAsOneHolder ? "a nominee's notice is judged as one holder's, whoever it is for"
                                                                  : "a nominee that certifies its beneficial owners is judged by each of them: those may whose own basic privilege is exercised in full; "
                                                                    "one that does not is judged as one holder");
    to.say("basis", "shares that basic leaves are allotted " + words_of(over.basis) + "; nobody gets more than requested, and the excess is reallotted");
    for (const LadderRung& rung : over.ladder) {
        to.say("ladder", (rung.holding_up_to ? "holders of at most " + grouped(rung.holding_up_to->value) + " shares" : std::string("everybody")) + ": " + words_of(rung.basis));
    }
    to.say("residual", "the last whole shares go to the largest remainders; ties by earliest receipt stamp, then by id");
    if (over.cap_shares) to.say("cap_shares", "nobody gets more than " + grouped(over.cap_shares->value) + " shares, basic and over-subscription together");
    if (over.cap_of_basic) to.say("cap_of_basic", "nobody gets more over-subscription shares than " + fraction(*over.cap_of_basic) + " of the basic entitlement");
    if (over.cap_of_offered) to.say("cap_of_offered", "nobody gets more than " + fraction(*over.cap_of_offered) + " of the shares offered, basic and over-subscription together");
    if (over.ownership_limit) to.say("ownership_limit", "nobody is made to own more than " + grouped(over.ownership_limit->value) + " shares, those of the record date included");
    if (over.cap_money) to.say("cap_money", "nobody gets shares for more than " + money_text(*over.cap_money) + ", basic and over-subscription together");
    if (over.extra_supply) to.say("extra_supply", "when over-subscriptions demand it, up to " + fraction(*over.extra_supply) + " of the shares offered are sold besides");
    if (over.extra_supply) {
        to.say("extra_supply_eligible", over.extra_supply_eligible == OverSubscriber::kAnyone
                                            ? "they go to all who over-subscribe, prorated together with the shares offered"
                                            : "they go to holders of record alone who over-subscribe, on the same basis, after the shares offered are prorated among all");
    }
}

void explain_standby(const Terms& terms, Explanation& to) {
    for (const StandbyTerms& standby : terms.standby) {
        to.explained.push_back({"standby", standby.purchaser + " takes up to " + grouped(standby.up_to.value) + " of the shares that are left after the allocation"});
    }
}

void explain_people(const Terms& terms, Explanation& to) {
    to.in("sources");
    to.say("gateways", "the count waits for the watermarks of " + listed(terms.gateways, "no gateway"));
    to.say("bank_feeds", "and of " + listed(terms.bank_feeds, "no bank feed"));
    to.say("stamp_gap_minutes", "a stamp more than " + grouped(terms.stamp_gap_minutes) + " minutes before its arrival is a question for a person");
    to.in("approvals");
    to.say("extension", "an extension needs " + people(terms.approvals.extension));
    to.say("allocation", "an allocation needs " + people(terms.approvals.allocation));
    to.say("refund", "refunds need " + people(terms.approvals.refund));
    to.say("waiver", "a waiver needs " + people(terms.approvals.waiver));
    to.say("suspension", "a suspension, and its end, needs " + people(terms.approvals.suspension));
    to.say("termination", "a termination needs " + people(terms.approvals.termination));
    to.say("closing", "a further closed day needs " + people(terms.approvals.closing));
    to.say("instruction", terms.approvals.instruction ? "the approval that completes an extension, a termination, an allocation or refunds names the issuer's signed instruction"
                                                      : "an approval may name the issuer's signed instruction, and need not");
    if (terms.price.kind == PriceKind::kEstimated) to.say("final_price", "the final price needs " + people(terms.approvals.final_price));
}

void explain_guarantors(const Terms& terms, Explanation& to) {
    for (const GuarantorTerms& guarantor : terms.guarantors) {
        std::string words = guarantor.name + (guarantor.eligible ? " may guarantee: " + guarantor.eligible_as : " may not guarantee");
        if (guarantor.valid_from) words += ", from " + to_text(*guarantor.valid_from);
        if (guarantor.valid_to) words += ", to " + to_text(*guarantor.valid_to);
        to.explained.push_back({"guarantor", words + " (" + guarantor.source + ")"});
    }
    if (terms.guarantors.empty()) to.explained.push_back({"guarantor", "no guarantor is listed: each is a question for a person"});
}

}  // namespace

std::vector<ExplainedTerm> explain_terms(const Terms& terms) {
    Explanation explanation;
    explain_offering(terms, explanation);
    explain_expiration(terms, explanation);
    explain_calendar(terms, explanation);
    explain_guaranteed_delivery(terms, explanation);
    explain_foreign(terms, explanation);
    explain_channels(terms, explanation);
    explain_payment(terms, explanation);
    explain_price(terms, explanation);
    explain_exercise(terms, explanation);
    explain_over_subscription(terms, explanation);
    explain_standby(terms, explanation);
    explain_people(terms, explanation);
    explain_guarantors(terms, explanation);
    return std::move(explanation.explained);
}

}  // namespace rightsdesk::terms
