#include "terms/share_terms.h"

#include "terms/exact_numbers.h"
#include "terms/keeping.h"

namespace rightsdesk::terms {

using namespace domain;  // terms are read into the domain's words

namespace {

constexpr std::size_t kMaxRungs = 16;

LadderRung read_rung(Section& section) {
    LadderRung rung;
    rung.holding_up_to = shares_of(section, "holding_up_to");
    keep(rung.basis, section.one_of<Basis>("basis", {Basis::kBasicShares, Basis::kRequested, Basis::kRecordHolding}));
    section.finish();
    return rung;
}

}  // namespace

void read_exercise(Section section, Terms& terms) {
    keep(terms.deemed_exercise, section.one_of<DeemedExercise>("deemed"));
    keep(terms.entitlement.rounding, section.one_of<Rounding>("round_shares"));
    terms.entitlement.step_up_to = shares_of(section, "step_up_to");
    keep(terms.withdrawal, section.one_of<Withdrawal>("withdrawal"));
    section.finish();
}

void read_over_subscription(Section section, OverSubscriptionTerms& over) {
    keep(over.enabled, section.flag("enabled"));
    keep(over.requires_full_basic, section.flag("requires_full_basic"));
    keep(over.basis, section.one_of<Basis>("basis"));
    keep(over.residual, section.one_of<Residual>("residual"));
    over.cap_shares = shares_of(section, "cap_shares");
    over.cap_of_basic = section.parsed("cap_of_basic", parse_ratio);
    over.cap_of_offered = section.parsed("cap_of_offered", parse_ratio);
    over.ownership_limit = shares_of(section, "ownership_limit");
    over.cap_money = section.parsed("cap_money", parse_price);
    over.extra_supply = section.parsed("extra_supply", parse_ratio);
    keep(over.extra_supply_eligible, section.one_of<OverSubscriber>("extra_supply_eligible"));
    keep(over.eligible, section.one_of<OverSubscriber>("eligible"));
    keep(over.nominee, section.one_of<NomineeJudged>("nominee"));
    for (Section& row : section.sections("ladder", kMaxRungs)) over.ladder.push_back(read_rung(row));
    section.finish();
}

StandbyTerms read_standby(Section& section) {
    StandbyTerms standby;
    require(section, "purchaser", standby.purchaser, section.text("purchaser"), "must be who takes what is left");
    require(section, "up_to", standby.up_to, shares_of(section, "up_to"), "must be the most shares that it takes");
    section.finish();
    return standby;
}

}  // namespace rightsdesk::terms
