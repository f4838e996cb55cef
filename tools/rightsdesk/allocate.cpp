#include "rightsdesk/allocate.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "domain/exercise.h"
#include "domain/share_out.h"
#include "rightsdesk/subscriptions_file.h"
#include "terms/terms_file.h"

namespace rightsdesk::tools {

namespace {

using domain::Exercise;
using domain::Money;
using domain::Shares;
using Json = nlohmann::ordered_json;
__extension__ using Wide = __int128;

struct Input {
    domain::Terms terms;
    std::vector<SubscriptionRow> rows;
    std::vector<Money> funds;                        // of each row
    std::vector<domain::Subscription> subscriptions; // of each row
};

// Whether what a holder gets depends on the record-date holding.
bool by_holding(const domain::OverSubscriptionTerms& terms) {
    const auto is_or_has = [](const domain::LadderRung& rung) { return rung.holding_up_to || rung.basis == domain::Basis::kRecordHolding; };
    const bool extra_by_record = terms.extra_supply && terms.extra_supply_eligible == domain::OverSubscriber::kHoldersOfRecord;
    return terms.basis == domain::Basis::kRecordHolding || terms.basis == domain::Basis::kTwoPools || terms.ownership_limit || extra_by_record ||
           std::any_of(terms.ladder.begin(), terms.ladder.end(), is_or_has);
}

// What the terms make of one row.
base::Result<Exercise> exercise_of(const domain::Terms& terms, const SubscriptionRow& row) {
    const auto due = price_of(terms, row.basic_requested + row.over_requested);
    if (!due && !row.funds) return base::invalid("funds: was empty, paid in full; but the price of what is requested is beyond what can be counted");
    if (by_holding(terms.over_subscription) && row.over_requested > Shares(0) && !row.record_holding) {
        return base::invalid("record_holding: was empty; must be given for who over-subscribes, because the terms go by it (0: none)");
    }
    const bool by_owner = terms.over_subscription.nominee == domain::NomineeJudged::kPerBeneficialOwner;
    if (row.over_of_owners_in_full && !by_owner) {
        return base::invalid("over_of_owners_in_full: is given, and over_subscription.nominee is as_one_holder; must be empty");
    }
    if (row.over_of_owners_in_full > row.over_requested) return base::invalid("over_of_owners_in_full: is more than over_requested");
    domain::Asked asked{row.basic_requested, row.over_requested, row.basic_entitlement, row.funds, row.record_holding.value_or(Shares(0))};
    asked.over_of_owners_in_full = row.over_of_owners_in_full;
    return deem_exercise(terms, asked);
}

base::Result<> exercise_all(Input& input, const std::string& name) {
    Wide money = 0;
    Wide over_requested = 0;
    for (const SubscriptionRow& row : input.rows) {
        const std::string where = name + ":" + std::to_string(row.line) + ": ";
        const auto exercise = exercise_of(input.terms, row);
        if (!exercise) return base::invalid(where + exercise.error().message);
        over_requested += row.over_requested.value;
        if (over_requested > domain::kMaxTotalShares) return base::invalid(where + "over_requested: all up to here together are beyond what can be counted");
        money += exercise->money.value;
        if (money > std::numeric_limits<std::int64_t>::max()) return base::invalid(where + "funds: all up to here together are beyond what can be counted");
        input.funds.push_back(exercise->money);
        input.subscriptions.push_back({row.id, row.received_at, row.basic_entitlement, exercise->basic, exercise->over, row.record_holding.value_or(Shares(0))});
    }
    const auto usable = check_allocation(input.terms.shares_offered, input.terms.over_subscription, input.subscriptions);
    return usable ? usable : base::invalid(name + ": " + usable.error().message);
}

base::Result<Input> read_input(const std::string& terms_file, const std::string& csv_file) {
    auto terms = terms::load_terms(terms_file);
    if (!terms) return tl::unexpected(terms.error());
    if (const auto usable = check_allocation(terms->shares_offered, terms->over_subscription, {}); !usable) {
        return base::invalid(terms_file + ": " + usable.error().message);
    }
    std::ifstream csv(csv_file, std::ios::binary);
    if (!csv) return base::invalid(csv_file + ": cannot be opened");
    auto rows = read_subscriptions(csv, csv_file);
    if (!rows) return tl::unexpected(rows.error());
    Input input{std::move(*terms), std::move(*rows), {}, {}};
    if (const auto exercised = exercise_all(input, csv_file); !exercised) return tl::unexpected(exercised.error());
    return input;
}

// One line a subscription, written as it comes: ten million are not held as JSON.
void write(const Input& input, const domain::SharedOut& shared, std::ostream& out) {
    const domain::AllocationOutcome& outcome = shared.outcome;
    Money all_applied;
    Money all_refunded;
    Shares over_requested;
    out << R"({"subscriptions": [)";
    for (std::size_t at = 0; at < input.rows.size(); ++at) {
        const domain::AllottedShares& allotted = outcome.allotted[at];
        const auto applied = price_of(input.terms, allotted.basic + allotted.over);
        CHECK(applied && *applied <= input.funds[at]);
        const Money refunded = input.funds[at] - *applied;
        out << (at == 0 ? "\n  " : ",\n  ")
            << Json{{"id", input.rows[at].id}, {"basic_allotted", allotted.basic.value}, {"over_allotted", allotted.over.value},
                    {"applied_cents", applied->value}, {"refunded_cents", refunded.value}};
        all_applied += *applied;
        all_refunded += refunded;
        over_requested += input.rows[at].over_requested;
    }
    const Json totals{{"supply", shared.supply.value}, {"basic_allotted", outcome.basic_allotted.value},
                      {"over_requested", over_requested.value}, {"over_allotted", outcome.over_allotted.value},
                      {"applied_cents", all_applied.value}, {"refunded_cents", all_refunded.value}};
    const Json proration{{"numerator", outcome.proration.numerator}, {"denominator", outcome.proration.denominator}};
    out << "\n],\n\"totals\": " << totals << ",\n\"proration\": " << proration << "}\n";
}

}  // namespace

int allocate(const std::string& terms_file, const std::string& csv_file, std::ostream& out, std::ostream& err) {
    const auto input = read_input(terms_file, csv_file);
    if (!input) {
        err << input.error().message << "\n";
        return 2;
    }
    write(*input, domain::share_out(input->terms, input->subscriptions), out);
    out.flush();
    if (out) return 0;
    err << "the answer could not be written\n";
    return 1;
}

}  // namespace rightsdesk::tools
