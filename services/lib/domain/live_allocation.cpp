#include "domain/live_allocation.h"

#include <algorithm>

#include "base/check.h"
#include "domain/natural_order.h"
#include "domain/share_out.h"
#include "domain/standing.h"

namespace rightsdesk::domain {

namespace {

LiveLine live_line(const Terms& terms, const LiveClaim& claim, const AllottedShares& allotted) {
    const std::optional<Money> applied = price_of(terms, allotted.basic + allotted.over);
    CHECK(applied && *applied <= claim.money);
    LiveLine line;
    line.id = claim.claim.id;
    line.basic_requested = claim.asked_basic;
    line.over_requested = claim.asked_over;
    line.deemed_basic = claim.claim.basic;
    line.deemed_over = claim.claim.over;
    line.basic_allotted = allotted.basic;
    line.over_allotted = allotted.over;
    line.money = claim.money;
    line.applied = *applied;
    line.refunded = line.money - line.applied;
    return line;
}

LiveTotals live_totals(Shares supply, const AllocationOutcome& outcome, const std::vector<LiveLine>& lines) {
    LiveTotals totals;
    totals.supply = supply;
    totals.basic_allotted = outcome.basic_allotted;
    totals.over_claimed = outcome.over_requested;
    totals.over_allotted = outcome.over_allotted;
    totals.unsubscribed = supply - outcome.basic_allotted - outcome.over_allotted;
    totals.proration = outcome.proration;
    totals.rounds = static_cast<std::uint32_t>(outcome.rounds.size());
    for (const LiveLine& line : lines) {
        totals.over_requested += line.over_requested;
        totals.applied += line.applied;
        totals.refunded += line.refunded;
    }
    return totals;
}

}  // namespace

Supposed supposed_by(const LiveChoice& choice) { return {choice.with_uncollected, choice.with_protects}; }

LiveClaim live_claim_of(const Book& book, const Standing& standing, const LiveChoice& choice) {
    LiveClaim live;
    live.left_out = left_out_because(book, standing, choice.with_protects);
    if (live.left_out.empty()) live.claim = claim_of(book, standing);
    live.claim.id = standing.notice->id;
    live.asked_basic = standing.funding.asked_basic;
    live.asked_over = standing.funding.asked_over;
    live.money = standing.exercise.money;
    return live;
}

base::Result<LiveAllocation> allocate_live(const Book& book, const LiveChoice& choice) {
    std::vector<NoticeId> ids(book.notice_ids().begin(), book.notice_ids().end());
    std::sort(ids.begin(), ids.end(), natural_less);
    std::vector<std::shared_ptr<const LiveClaim>> claims;
    claims.reserve(ids.size());
    for (const NoticeId& id : ids) claims.push_back(std::make_shared<const LiveClaim>(live_claim_of(book, standing_of(book, *book.notice(id), supposed_by(choice)), choice)));
    return allocate_live(book.life()->terms, choice, claims);
}

base::Result<LiveAllocation> allocate_live(const Terms& terms, const LiveChoice& choice, const std::vector<std::shared_ptr<const LiveClaim>>& claims) {
    LiveAllocation live;
    live.choice = choice;
    std::vector<const LiveClaim*> counted;
    std::vector<Subscription> subscriptions;
    counted.reserve(claims.size());
    subscriptions.reserve(claims.size());
    for (const auto& claim : claims) {
        if (!claim->left_out.empty()) {
            live.left_out.push_back({claim->claim.id, claim->left_out});
            continue;
        }
        subscriptions.push_back(claim->claim);
        counted.push_back(claim.get());
    }
    if (auto usable = check_allocation(terms.shares_offered, terms.over_subscription, subscriptions); !usable) return tl::unexpected(usable.error());
    const SharedOut shared = share_out(terms, subscriptions);
    live.lines.reserve(counted.size());
    for (std::size_t at = 0; at < counted.size(); ++at) live.lines.push_back(live_line(terms, *counted[at], shared.outcome.allotted[at]));
    live.totals = live_totals(shared.supply, shared.outcome, live.lines);
    return live;
}

}  // namespace rightsdesk::domain
