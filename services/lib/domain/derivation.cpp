#include "domain/derivation.h"

#include <algorithm>

#include "domain/allocating.h"
#include "domain/certifying.h"
#include "domain/derivation_rules.h"
#include "domain/derived_pools.h"
#include "domain/money_due.h"
#include "domain/money_text.h"
#include "domain/notice_judgement.h"
#include "domain/standing.h"

namespace rightsdesk::domain {

namespace {

DerivedNumber number(std::string name, Shares shares) { return {std::move(name), ColumnUnit::kShares, {shares.value, {0, 1}}}; }
DerivedNumber number(std::string name, Rights rights) { return {std::move(name), ColumnUnit::kRights, {rights.value, {0, 1}}}; }
DerivedNumber number(std::string name, Money money) { return {std::move(name), ColumnUnit::kMoney, {money.value, {0, 1}}}; }
DerivedNumber number(std::string name, std::int64_t count) { return {std::move(name), ColumnUnit::kCount, {count, {0, 1}}}; }
DerivedNumber number(std::string name, const ExactShares& shares) { return {std::move(name), ColumnUnit::kShares, shares}; }
DerivedNumber rate(const TracedRound& round) {
    const std::int64_t whole = round.available.value / round.claims;
    return {"rate", ColumnUnit::kCount, {whole, Ratio{round.available.value % round.claims, round.claims}}};
}

std::string residual_words(const TracedResidual& residual) {
    std::string words = "the share is " + exact_text(residual.share) + "; with whole parts given to everybody " + grouped(residual.left) + " shares are left for " +
                        grouped(residual.fractions) + " fractions: ";
    if (residual.rank == 0) return words + "this holder has no fraction, and the share is whole as it is";
    words += "this holder's is number " + grouped(residual.rank) + " by size, " + (residual.got_one ? "and gets one of them" : "and gets none");
    switch (residual.tie) {
        case ResidualTie::kNone: return words;
        case ResidualTie::kByReceiptStamp: return words + "; an equal fraction was told apart by the earlier receipt stamp";
        case ResidualTie::kById: return words + "; an equal fraction with the same receipt stamp was told apart by notice id";
    }
    return words;
}

class Deriving {
public:
    Deriving(const Book& then, const Book& now, const Notice& notice, const Allocation& allocation)
        : then_(then), now_(now), terms_(then.life()->terms), notice_(notice), allocation_(allocation), standing_(as_it_stood(notice)) {
        made_.notice = notice.id;
        made_.kind = allocation.kind;
        made_.revision = allocation.revision;
    }

    base::Result<Derivation> run() && {
        if (auto read = read_claims(); !read) return tl::unexpected(read.error());
        say_asked();
        say_entitled();
        say_owners();
        say_funded();
        say_deemed();
        say_may_over_subscribe();
        say_counted();
        outcome_ = share_in_pools(terms_, claims_, followed_);
        say_extra_supply();
        if (followed_ < claims_.size()) {
            for (const TracedPool& pool : outcome_.pools) say_pool(pool);
            if (!terms_.over_subscription.enabled) {
                say("pool", "there is no over-subscription: what basic leaves is allotted to nobody", {}, "over_subscription.enabled", "false", "the terms give no such privilege");
            }
            made_.basic = outcome_.allotted[followed_].basic;
            made_.over = outcome_.allotted[followed_].over;
        }
        say_allotted();
        say_refund();
        compare();
        return std::move(made_);
    }

private:
    [[nodiscard]] bool protects_count() const { return allocation_.kind == AllocationKind::kPreliminary; }
    [[nodiscard]] Standing as_it_stood(const Notice& notice) const { return standing_of(then_, notice, {false, protects_count()}); }

    base::Result<> read_claims() {
        for (const NoticeId& id : then_.notice_ids()) {
            const Standing standing = as_it_stood(*then_.notice(id));
            if (!left_out_because(then_, standing, protects_count()).empty()) continue;
            if (id == notice_.id) followed_ = claims_.size();
            claims_.push_back(claim_of(then_, standing));
        }
        followed_ = std::min(followed_, claims_.size());
        return check_allocation(terms_.shares_offered, terms_.over_subscription, claims_);
    }

    void say(std::string step, std::string words, std::vector<DerivedNumber> numbers, std::string clause, std::string value, std::string rule) {
        made_.steps.push_back({std::move(step), std::move(words), std::move(numbers), std::move(clause), std::move(value), std::move(rule)});
    }

    void say_asked() {
        const Funding& funding = standing_.funding;
        say("asked", notice_.content.basic_shares ? "the notice subscribes for these shares; their price is due" : "the notice gives no number of basic shares",
            {number("basic", funding.asked_basic), number("over", funding.asked_over), number("price", terms_.subscription_price), number("due", funding.due)},
            "offering.subscription_price", money_text(terms_.subscription_price), "form: price x (basic + excess shares) is the aggregate to be paid");
    }

    void say_entitled() {
        const std::string ratio = std::to_string(terms_.shares_per_right.numerator) + "/" + std::to_string(terms_.shares_per_right.denominator);
        const Rounding rounding = terms_.entitlement.rounding;
        say("entitled", "the rights held times the shares per right, " + fraction_words(rounding),
            {number("rights", notice_.content.rights_held.value_or(Rights(0))), number("basic_entitlement", notice_.basic_entitlement)}, "offering.shares_per_right",
            ratio, rule_of(rounding) + " (exercise.round_shares = " + to_text(rounding) + ")");
        const auto& least = terms_.entitlement.step_up_to;
        if (!least) return;
        say("stepped_up", notice_.basic_entitlement == *least ? "the entitlement is the least that any holder of rights has, or was stepped up to it" : "the rights come to more than the least",
            {number("least", *least), number("basic_entitlement", notice_.basic_entitlement)}, "exercise.step_up_to", std::to_string(least->value),
            "whoever holds any right is entitled to at least so many shares");
    }

    // Which of a nominee's owners have exercised their basic privilege in full, and so what may be over-subscribed for them.
    void say_owners() {
        if (terms_.over_subscription.nominee == NomineeJudged::kAsOneHolder || (!notice_.owners && standing_.funding.asked_over == Shares(0))) return;
        std::string words = "no owners are certified: the notice is judged as one holder's";
        std::vector<DerivedNumber> numbers;
        if (is_judged_by_owner(notice_)) {
            for (const CertifiedOwner& owner : notice_.owners->owners) {
                const bool in_full = owner.basic == basic_entitlement(terms_, owner.rights);
                owners_in_full_ += in_full ? 1 : 0;
                (in_full ? over_in_full_ : over_not_eligible_) += owner.over;
            }
            const auto all = static_cast<std::int64_t>(notice_.owners->owners.size());
            words = "the nominee certifies its owners (" + notice_.owners->evidence + "): " + grouped(owners_in_full_) + " of " + grouped(all) +
                    " exercise their basic privilege in full, and the " + grouped(over_in_full_.value) + " shares asked over it for these are eligible; the " +
                    grouped(over_not_eligible_.value) + " asked for the others are not";
            numbers = {number("owners", all), number("in_full", owners_in_full_), number("over_in_full", over_in_full_), number("over_not_eligible", over_not_eligible_)};
        } else if (notice_.owners) {
            words = owners_text(*notice_.owners) + "; the notice is judged as one holder's";
        }
        say("owners", words, std::move(numbers), "over_subscription.nominee", to_text(terms_.over_subscription.nominee),
            "only who exercises the basic privilege in full may over-subscribe; for a nominee each beneficial owner that it certifies");
    }

    void say_funded() {
        const Funding& funding = standing_.funding;
        const Deadline due = money_due(then_, notice_);
        const bool with_cover = pays_with_cover(terms_, notice_);
        std::string words = funding.good_in_time >= funding.due ? "the money received in time is enough for what was asked" : "the money received in time is short of what was asked";
        const std::string until = with_cover ? due.civil : "the hour";
        if (funding.good_late > Money(0)) words += "; " + money_text(funding.good_late) + " came after " + until + " and does not count";
        if (standing_.unpaid) words += "; the rest may still come with the certificates";
        say("funded", words, {number("good_in_time", funding.good_in_time), number("good_late", funding.good_late), number("uncollected", funding.uncollected)},
            "guaranteed_delivery.payment_due", to_text(terms_.guaranteed_delivery.payment_due),
            (with_cover ? "payment is due with the certificates: the full price is received by " : "form: the full price is received by ") +
                due.civil + " " + due.zone + "; each method counts as received as [payment] says");
    }

    void say_deemed() {
        const Exercise& exercise = standing_.exercise;
        std::string words = standing_.accepted ? exercise.rule : "nothing is exercised: the notice is " + to_text(notice_.status);
        if (standing_.accepted && standing_.unpaid && protects_count()) words = "as if all its money had come: " + words;
        say("deemed", words, {number("basic", exercise.basic), number("over", exercise.over), number("not_needed", exercise.remainder)}, "exercise.deemed",
            to_text(terms_.deemed_exercise), rule_of(terms_.deemed_exercise));
    }

    // Who may over-subscribe at all: a step for each of the two terms.
    void say_may_over_subscribe() {
        const OverSubscriptionTerms& over = terms_.over_subscription;
        if (!standing_.accepted || !over.enabled) return;
        const Shares most = basic_within_caps(caps_in_shares(terms_), notice_.basic_entitlement, record_holding_of(terms_, notice_));
        const bool in_full = standing_.exercise.basic == most;
        std::string words = in_full ? "the basic privilege is exercised in full" : "the basic privilege is not exercised in full";
        if (over.requires_full_basic && !in_full) words += ": no over-subscription counts";
        say("full_basic", words, {number("basic", standing_.exercise.basic), number("most_basic", most)}, "over_subscription.requires_full_basic", over.requires_full_basic ? "true" : "false",
            over.requires_full_basic ? "only who exercises the basic privilege in full may over-subscribe" : "also who does not exercise the basic privilege in full may over-subscribe");
        const bool eligible = !has_reason(notice_.reasons, Reason::kOverNotEligible);
        say("eligible", eligible ? "the terms let this holder over-subscribe" : "the holder is not on the register of record-date holders: no over-subscription counts", {},
            "over_subscription.eligible", to_text(over.eligible), over.eligible == OverSubscriber::kAnyone ? "whoever exercises rights may over-subscribe" : "only holders of record may over-subscribe");
    }

    void say_extra_supply() {
        const auto& part = terms_.over_subscription.extra_supply;
        if (!part || outcome_.pools.empty()) return;
        const Shares extra = outcome_.pools.front().available - terms_.shares_offered;
        say("extra_supply", extra > Shares(0) ? "over-subscriptions demand more than is offered, and these shares are sold besides" : "what is offered suffices, or basic itself is prorated: nothing is sold besides",
            {number("offered", terms_.shares_offered), number("extra", extra)}, "over_subscription.extra_supply",
            std::to_string(part->numerator) + "/" + std::to_string(part->denominator), "up to this part of the shares offered is sold besides, as far as over-subscriptions demand it");
    }

    void say_counted() {
        const std::string against = left_out_because(then_, standing_, protects_count());
        const CoverClock* clock = then_.cover(notice_.id);
        std::string words = "left out: " + against;
        if (against.empty()) words = standing_.covered ? "covered: its certificates are in, and it counts" : "a protect: its certificates are not in yet, and it counts";
        if (clock != nullptr && clock->covered_rights) words += "; certificates came for " + grouped(clock->covered_rights->value) + " rights, fewer than guaranteed, and it counts for these";
        if (against.empty() && standing_.covered && standing_.unpaid) words = "a protect: its certificates are in, its money not yet, and it counts";
        const std::string rule = protects_count() ? "the preliminary allocation counts guaranteed notices that are not covered yet"
                                                  : "the final allocation drops guaranteed notices whose certificates never came";
        say("counted", words, {}, "guaranteed_delivery.business_days", std::to_string(terms_.guaranteed_delivery.business_days),
            rule + (clock == nullptr ? "" : " (" + clock->clause + ")"));
    }

    void say_pool(const TracedPool& pool) {
        const bool basic = pool.is_basic;
        std::vector<DerivedNumber> numbers = {number("available", pool.available), number("weight", pool.weight), number("total_weight", pool.total_weight),
                                              number("limit", pool.limit)};
        if (basic) {
            say("basic_supply", pool.words, numbers, "offering.shares_offered", std::to_string(terms_.shares_offered.value),
                "basic first: whole, unless the basic shares exercised exceed the shares offered; then pro rata to them");
        } else if (pool.is_extra) {
            say("extra_pool", pool.words, numbers, "over_subscription.extra_supply_eligible", to_text(terms_.over_subscription.extra_supply_eligible),
                "the extra shares are prorated among those eligible for them, on the same basis, after the shares offered were prorated among all who over-subscribe");
        } else {
            say("pool", pool.words, numbers, "over_subscription.basis", to_text(terms_.over_subscription.basis), rule_of(terms_.over_subscription.basis));
        }
        if (basic && !outcome_.basic_prorated) return;
        for (std::size_t at = 0; at < pool.trace.rounds.size(); ++at) say_round(pool, pool.trace.rounds[at], at + 1);
        if (pool.trace.residual) say_residual(pool, *pool.trace.residual);
    }

    void say_round(const TracedPool& pool, const TracedRound& round, std::size_t which) {
        const std::string caps = caps_text(terms_.over_subscription);
        const std::string words = "round " + std::to_string(which) + ": " + grouped(round.available.value) + " shares among " + grouped(round.claimants) + " holders, " +
                                  grouped(round.available.value) + " x " + grouped(round.weight) + " / " + grouped(round.claims) + " = " + exact_text(round.share) + "; " +
                                  (round.is_capped ? "beyond the limit, so the holder gets the limit and the excess goes on to the others"
                                                   : "within the limit" + (round.capped == 0 ? std::string(", and nobody is capped: the last round")
                                                                                           : ", while " + grouped(round.capped) + (round.capped == 1 ? " other is capped, and its excess goes on" : " others are capped, and their excess goes on")));
        say(pool.is_basic ? "basic_round" : "pool_round", words,
            {number("round", static_cast<std::int64_t>(which)), number("available", round.available), number("total_weight", round.claims), number("weight", round.weight), rate(round),
             number("share", round.share), number("limit", round.limit), number("capped", std::int64_t{round.is_capped})},
            caps.empty() ? "over_subscription.basis" : "over_subscription", caps.empty() ? to_text(terms_.over_subscription.basis) : caps,
            "nobody is allotted more than requested" + std::string(caps.empty() ? "" : ", nor more than the caps") +
                "; the excess is reallotted on the same basis until all shares or all requests are exhausted");
    }

    void say_residual(const TracedPool& pool, const TracedResidual& residual) {
        say(pool.is_basic ? "basic_residual" : "pool_residual", residual_words(residual),
            {number("share", residual.share), number("left", Shares(residual.left)), number("fractions", std::int64_t{residual.fractions}),
             number("rank", std::int64_t{residual.rank}), number("residual_share", Shares(residual.got_one ? 1 : 0))},
            "over_subscription.residual", to_text(terms_.over_subscription.residual), kResidualRule);
    }

    void say_allotted() {
        const Money price((made_.basic + made_.over).value * terms_.subscription_price.value);
        std::string words = followed_ < claims_.size() ? "basic and over-subscription shares together, at the subscription price" : "no share: the notice was left out";
        const Proposal* proposal = allocation_.proposal ? now_.proposal(*allocation_.proposal) : nullptr;
        if (proposal != nullptr && !proposal->instruction.empty()) words += "; approved on the issuer's instruction " + proposal->instruction;
        say("allotted", words,
            {number("basic", made_.basic), number("over", made_.over), number("applied", price)}, "offering.subscription_price", money_text(terms_.subscription_price),
            "the money applied is price x shares allotted");
    }

    // What becomes of the good money that is matched to the notice, as things stand now.
    void say_refund() {
        const Funding money = standing_of(now_, *now_.notice(notice_.id)).funding;
        const Money good = money.good_in_time + money.good_late;
        const Money price((made_.basic + made_.over).value * terms_.subscription_price.value);
        std::string words = good >= price ? "good money less the price of the shares allotted goes back" : "money bounced since: the price of the shares allotted is not covered";
        for (const PaymentId& id : now_.payments_of(notice_.id)) {
            if (const Refund* refund = now_.refund(id)) words += "; " + id + ": " + money_text(refund->amount) + " " + to_text(refund->status) + ", " + to_text(refund->cause);
        }
        say("refund", words, {number("good", good), number("applied", price), number("refund", good - price)}, "approvals.refund",
            std::to_string(terms_.approvals.refund), "the remainder is returned without interest or deduction, once so many different people approve");
    }

    void compare() {
        const Allotment* recorded = now_.allotment(allocation_.kind, notice_.id);
        if (recorded != nullptr) {
            made_.recorded_basic = recorded->basic;
            made_.recorded_over = recorded->over;
        }
        const auto differ = [&](const std::string& what, std::int64_t derived, std::int64_t said) {
            if (derived != said) made_.differs.push_back(what + ": derived " + grouped(derived) + ", the log says " + grouped(said));
        };
        differ("basic shares of " + notice_.id, made_.basic.value, made_.recorded_basic.value);
        differ("over-subscription shares of " + notice_.id, made_.over.value, made_.recorded_over.value);
        if (recorded != nullptr) differ("cents applied of " + notice_.id, (made_.basic + made_.over).value * terms_.subscription_price.value, recorded->applied.value);
        if (const Funding* funding = then_.funding(notice_.id); funding != nullptr && standing_.accepted) {
            differ("basic shares deemed of " + notice_.id, standing_.exercise.basic.value, funding->deemed_basic.value);
            differ("over-subscription shares deemed of " + notice_.id, standing_.exercise.over.value, funding->deemed_over.value);
        }
        if (is_judged_by_owner(notice_)) {
            differ("owners in full of " + notice_.id, owners_in_full_, notice_.owners->in_full);
            differ("over-subscription shares eligible of " + notice_.id, over_in_full_.value, notice_.owners->over_in_full.value);
        }
        compare_others(differ);
    }

    // A holder's shares hang on everybody else's: the whole allocation must come out as recorded.
    void compare_others(const auto& differ) {
        Shares basic;
        Shares over;
        std::int64_t others = 0;
        for (std::size_t at = 0; at < claims_.size(); ++at) {
            basic += outcome_.allotted[at].basic;
            over += outcome_.allotted[at].over;
            if (at == followed_) continue;
            const Allotment* recorded = now_.allotment(allocation_.kind, claims_[at].id);
            if (recorded == nullptr || AllottedShares{recorded->basic, recorded->over} != outcome_.allotted[at]) ++others;
        }
        differ("basic shares in all", basic.value, allocation_.basic_allotted.value);
        differ("over-subscription shares in all", over.value, allocation_.over_allotted.value);
        differ("other holders whose shares differ", others, 0);
    }

    const Book& then_;
    const Book& now_;
    const Terms& terms_;
    const Notice& notice_;
    const Allocation& allocation_;
    Standing standing_;  // by what counts in this allocation
    std::int64_t owners_in_full_ = 0;
    Shares over_in_full_;
    Shares over_not_eligible_;
    std::vector<Subscription> claims_;
    std::size_t followed_ = SIZE_MAX;  // index among the claims; their number: left out
    DerivedOutcome outcome_;
    Derivation made_;
};

}  // namespace

base::Result<Derivation> derive_allotment(const Book& then, const Book& now, const NoticeId& notice, AllocationKind kind) {
    const Allocation* allocation = now.allocation(kind);
    if (allocation == nullptr || then.allocation(kind) == nullptr) {
        return base::failure(base::ErrorKind::kNotFound, "there is no " + to_text(kind) + " allocation yet");
    }
    const Notice* found = then.notice(notice);
    if (found == nullptr) return base::failure(base::ErrorKind::kNotFound, "there was no notice " + notice + " when the " + to_text(kind) + " allocation was made");
    return Deriving(then, now, *found, *allocation).run();
}

}  // namespace rightsdesk::domain
