#include "terms/contradictions.h"

#include <algorithm>
#include <limits>
#include <set>

#include "domain/calendar.h"
#include "domain/civil.h"
#include "domain/deadlines.h"

namespace rightsdesk::terms {

using namespace domain;  // terms are compared in the domain's words

namespace {

void check_dates(const Terms& terms, Section& file) {
    const Date expires = civil_date(terms.expiration);
    const std::string expiration = "the expiration, " + to_text(expires);
    Section section = file.section("expiration");
    if (terms.prospectus_date && *terms.prospectus_date > expires) {
        file.section("offering").mistake("prospectus_date", "was " + to_text(*terms.prospectus_date) + "; must not be after " + expiration);
    }
    if (terms.extension.last_date && *terms.extension.last_date < expires) {
        section.section("extension").mistake("last_date", "was " + to_text(*terms.extension.last_date) + "; must not be before " + expiration);
    }
    const GuaranteedDeliveryTerms& delivery = terms.guaranteed_delivery;
    if (delivery.enabled && delivery.fixed_date && *delivery.fixed_date < expires) {
        file.section("guaranteed_delivery").mistake("counted_from", "was " + to_text(*delivery.fixed_date) + "; must not be before " + expiration);
    }
    if (terms.calendar.kind != CalendarKind::kCustom && to_text(expires) < kCalendarKnownFrom) {
        section.mistake("at", "was " + terms.expiration.civil + "; holidays are known from " + kCalendarKnownFrom + ": give calendar.business_days as a list");
    }
}

void check_delivery(const Terms& terms, Section& file) {
    if (!terms.guaranteed_delivery.enabled && terms.guaranteed_delivery.payment_due == PaymentDue::kCover) {
        file.section("guaranteed_delivery")
            .mistake("payment_due", "was \"cover\", and guaranteed_delivery.enabled is false: no certificates follow; must be expiration");
    }
    if (terms.gateways.empty()) file.section("sources").mistake("gateways", "was an empty list; at least one must hand over what comes in");
    if (terms.guaranteed_delivery.enabled && terms.channels.empty()) {
        file.section("channels").mistake("fax", "no channel lists an address, and guaranteed_delivery is enabled: no notice could be delivered; list one in fax, hand, mail, courier or telegram");
    }
}

// Limits on what may never be.
void check_extension(const Terms& terms, Section& file) {
    if (terms.extension.allowed) return;
    Section extension = file.section("expiration").section("extension");
    for (const char* key : {"last_date", "announce_by", "most_business_days"}) {
        if (extension.has(key)) extension.mistake(key, "is stated, and extension.allowed is false: the offering may not be extended; must be left out, or allowed be true");
    }
}

// An instrument that names no payee, or another, is refused: without one in the terms every instrument is.
void check_payment(const Terms& terms, Section& file) {
    Section payment = file.section("payment");
    const auto taken = [](const MethodTerms& row) { return row.deemed_received != DeemedReceived::kRefused; };
    if (std::none_of(terms.payment.begin(), terms.payment.end(), taken)) payment.mistake("wire", "was \"refused\", and so is every other method: nobody could pay; at least one must be taken");
    const bool instruments = std::any_of(terms.payment.begin(), terms.payment.end(), [&](const MethodTerms& row) { return taken(row) && row.method != PaymentMethod::kWire; });
    if (instruments && terms.payee.empty()) {
        file.section("offering").missing("payee", "must be whom checks, drafts and money orders are made out to, or payment refuse all of them: one that names no such payee is refused");
    }
    const bool any_eligible = std::any_of(terms.guarantors.begin(), terms.guarantors.end(), [](const GuarantorTerms& row) { return row.eligible; });
    for (const MethodTerms& row : terms.payment) {
        if (taken(row) && row.from == PaymentUser::kGuarantors && !any_eligible) {
            payment.section("from").mistake(to_text(row.method), "was \"guarantors\", and no [[guarantor]] is eligible: nobody could pay so; must be anyone, or list one");
        }
    }
}

// A proposal names no instruction, only an approval does.
void check_approvals(const Terms& terms, Section& file) {
    if (terms.approvals.instruction && terms.approvals.extension < 2) {
        file.section("approvals").mistake("extension", "was 1, and approvals.instruction is true: no approval follows that could name the issuer's instruction; must be 2 or more");
    }
}

// With whatever may be sold besides; an extra supply is at most as much again.
void check_amount(const Terms& terms, Section& file) {
    const std::int64_t times = terms.over_subscription.extra_supply ? 2 : 1;
    if (terms.shares_offered.value > std::numeric_limits<std::int64_t>::max() / times / terms.subscription_price.value) {
        file.section("offering").mistake("shares_offered", "times subscription_price is more cents than can be counted");
    }
}

// What everybody stands on leaves nothing to those after it: either all requests are served there, or all shares are gone. By another
// basis than requests it passes over whoever has none of what it goes by, and they may have a rung of their own.
void check_rungs(const std::vector<LadderRung>& ladder, Section& over) {
    for (std::size_t at = 0; at + 1 < ladder.size(); ++at) {
        if (ladder[at].holding_up_to) continue;
        const bool serves_all = ladder[at].basis == Basis::kRequested || ladder[at].basis == ladder[at + 1].basis;
        if (serves_all) {
            over.mistake("ladder", "has a rung for everybody by " + to_text(ladder[at].basis) + ", and another after it that nobody ever comes to; must be the last");
            return;
        }
    }
}

void check_ladder(const Terms& terms, Section& file) {
    Section over = file.section("over_subscription");
    if (terms.over_subscription.basis == Basis::kLadder && terms.over_subscription.ladder.empty()) {
        over.mistake("basis", "was \"ladder\", and no [[over_subscription.ladder]] follows: give at least one rung");
    }
    if (terms.over_subscription.basis != Basis::kLadder && !terms.over_subscription.ladder.empty()) {
        over.mistake("ladder", "has rungs, and basis is " + to_text(terms.over_subscription.basis) + "; must be ladder, or have no rung");
    }
    check_rungs(terms.over_subscription.ladder, over);
}

void check_price(const Terms& terms, Section& file) {
    Section price = file.section("price");
    for (const char* key : {"lower", "higher", "bill_days"}) {
        if (terms.price.kind == PriceKind::kFixed && price.has(key)) price.mistake(key, "is stated, and price.kind is fixed: a fixed price never differs; must be left out, or kind be estimated");
    }
    const bool bills = terms.price.higher == HigherPrice::kBill;
    if (terms.price.kind == PriceKind::kEstimated && bills && terms.price.bill_days == 0) price.missing("bill_days", "must be the business days in which a shortfall may be paid");
    if (!bills && price.has("bill_days")) price.mistake("bill_days", "is stated, and price.higher is reduce: nothing is billed; must be left out, or higher be bill");
    if (terms.price.lower == LowerPrice::kBuyMore && !terms.over_subscription.enabled) {
        price.mistake("lower", "was \"buy_more\", and over_subscription.enabled is false: beyond the basic entitlement nothing more can be bought; must be refund");
    }
}

// Those of the caps that bind basic shares as well may be there all the same, and so may the residual rule: basic may be prorated.
void check_no_over_subscription(const Terms& terms, Section& file) {
    Section over = file.section("over_subscription");
    for (const char* key : {"requires_full_basic", "basis", "ladder", "cap_of_basic"}) {
        if (over.has(key)) over.mistake(key, "is stated, and over_subscription.enabled is false: there is nothing to share out; must be left out, or enabled be true");
    }
    Section exercise = file.section("exercise");
    if (terms.deemed_exercise == DeemedExercise::kMoneyThenOverSubscription && exercise.has("deemed")) {
        exercise.mistake("deemed", "was \"money_then_over_subscription\", and over_subscription.enabled is false: no money is deemed an over-subscription; must be money or capped");
    }
}

// The second pool is of those who bought their rights.
void check_two_pools(const Terms& terms, Section& over) {
    const bool of_record = terms.over_subscription.eligible == OverSubscriber::kHoldersOfRecord;
    if (!of_record && terms.rights_transfer == RightsTransfer::kTransferable) return;
    over.mistake("basis", std::string("was \"two_pools\", and ") + (of_record ? "over_subscription.eligible is holders_of_record" : "offering.rights is not_transferable") +
                              ": the pool of those who bought their rights is always empty; must be another basis, as record_holding");
}

// The most that may be sold besides what is offered.
std::int64_t extra_shares(const Terms& terms) {
    const auto& part = terms.over_subscription.extra_supply;
    if (!part || part->numerator > part->denominator) return part ? terms.shares_offered.value : 0;
    __extension__ using Wide = __int128;  // the product of two 64-bit numbers
    return static_cast<std::int64_t>(Wide{terms.shares_offered.value} * part->numerator / part->denominator);
}

void check_shares(const Terms& terms, Section& file) {
    Section over = file.section("over_subscription");
    const auto exceeds_one = [](const std::optional<Ratio>& part) { return part && part->numerator > part->denominator; };
    if (exceeds_one(terms.over_subscription.cap_of_offered)) over.mistake("cap_of_offered", "is more than all shares offered; must be a part like \"0.1\" or \"1/5\"");
    if (exceeds_one(terms.over_subscription.extra_supply)) over.mistake("extra_supply", "is more than as many shares again as are offered; must be a part like \"0.25\"");
    if (over.has("nominee") && !terms.over_subscription.enabled) over.mistake("nominee", "is stated, and over_subscription.enabled is false: nobody may over-subscribe");
    else if (terms.over_subscription.nominee == NomineeJudged::kPerBeneficialOwner && !terms.over_subscription.requires_full_basic) {
        over.mistake("nominee", "was \"per_beneficial_owner\", and requires_full_basic is false: no owner's basic need be exercised in full; must be as_one_holder");
    }
    if (over.has("eligible") && !terms.over_subscription.enabled) over.mistake("eligible", "is stated, and over_subscription.enabled is false: nobody may over-subscribe");
    if (over.has("extra_supply_eligible") && !terms.over_subscription.extra_supply) {
        over.mistake("extra_supply_eligible", "is stated, and there is no extra_supply: nothing is sold besides; must be left out, or extra_supply be a part like \"0.25\"");
    }
    if (terms.over_subscription.extra_supply && !terms.over_subscription.enabled) {
        over.mistake("extra_supply", "is stated, and over_subscription.enabled is false: only over-subscriptions can demand it");
    }
    if (!terms.over_subscription.enabled) check_no_over_subscription(terms, file);
    if (terms.over_subscription.enabled && terms.over_subscription.basis == Basis::kTwoPools) check_two_pools(terms, over);
    const std::int64_t most = terms.shares_offered.value + extra_shares(terms);
    if (terms.minimum_shares && terms.minimum_shares->value > most) {
        file.section("offering").mistake("minimum_shares", "was " + std::to_string(terms.minimum_shares->value) + "; so many can never be subscribed for: " +
                                                               std::to_string(most) + " are there at most");
    }
    if (terms.entitlement.step_up_to && *terms.entitlement.step_up_to > terms.shares_offered) {
        file.section("exercise").mistake("step_up_to", "was " + std::to_string(terms.entitlement.step_up_to->value) + "; must not be more than the shares offered");
    }
}

// The earlier hour is earlier, whatever day it is counted to.
void check_foreign(const Terms& terms, Section& file) {
    const auto cut_off = foreign_cut_off(terms, terms.expiration);
    if (!cut_off || cut_off->deadline.instant < terms.expiration.instant) return;
    file.section("foreign").mistake(terms.foreign.on ? "on" : "business_days", "makes the hour for holders abroad " + cut_off->deadline.civil + "; must be before the expiration, " + terms.expiration.civil);
}

void check_guarantors(const Terms& terms, Section& file) {
    std::set<std::string> names;
    for (const GuarantorTerms& guarantor : terms.guarantors) {
        if (!names.insert(guarantor.name).second) file.mistake("guarantor", "\"" + guarantor.name + "\" is listed twice");
    }
}

// Whatever else no clock can show: an announcement or a report at an hour that a zone skips.
void check_deadlines(const Terms& terms, Section& file) {
    const auto deadlines = all_deadlines(terms, std::nullopt);
    if (!deadlines) file.mistake("expiration", deadlines.error().message);
}

}  // namespace

void find_contradictions(const Terms& terms, Section& file) {
    check_dates(terms, file);
    check_extension(terms, file);
    check_delivery(terms, file);
    check_payment(terms, file);
    check_approvals(terms, file);
    check_amount(terms, file);
    check_ladder(terms, file);
    check_price(terms, file);
    check_shares(terms, file);
    check_foreign(terms, file);
    check_guarantors(terms, file);
    check_deadlines(terms, file);
}

}  // namespace rightsdesk::terms
