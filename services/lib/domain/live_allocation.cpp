#include "domain/live_allocation.h"

#include <algorithm>

#include "base/check.h"
#include "domain/natural_order.h"
#include "domain/share_out.h"
#include "domain/standing.h"

namespace rightsdesk::domain {

namespace {

LiveLine live_line(const Terms& terms, const Standing& standing, const AllottedShares& allotted) {
    const std::optional<Money> applied = price_of(terms, allotted.basic + allotted.over);
    CHECK(applied && *applied <= standing.exercise.money);
    LiveLine line;
    line.id = standing.notice->id;
    line.basic_requested = standing.funding.asked_basic;
    line.over_requested = standing.funding.asked_over;
    line.deemed_basic = standing.exercise.basic;
    line.deemed_over = standing.exercise.over;
    line.basic_allotted = allotted.basic;
    line.over_allotted = allotted.over;
    line.money = standing.exercise.money;
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

base::Result<LiveAllocation> allocate_live(const Book& book, const LiveChoice& choice) {
    std::vector<NoticeId> ids(book.notice_ids().begin(), book.notice_ids().end());
    std::sort(ids.begin(), ids.end(), natural_less);
    std::vector<Standing> standings;
    std::vector<const Standing*> all;
    standings.reserve(ids.size());
    all.reserve(ids.size());
    for (const NoticeId& id : ids) standings.push_back(standing_of(book, *book.notice(id), supposed_by(choice)));
    for (const Standing& standing : standings) all.push_back(&standing);
    return allocate_live(book, choice, all);
}

base::Result<LiveAllocation> allocate_live(const Book& book, const LiveChoice& choice, const std::vector<const Standing*>& standings) {
    const Terms& terms = book.life()->terms;
    LiveAllocation live;
    live.choice = choice;
    std::vector<const Standing*> counted;
    std::vector<Subscription> claims;
    counted.reserve(standings.size());
    claims.reserve(standings.size());
    for (const Standing* standing : standings) {
        if (const std::string why = left_out_because(book, *standing, choice.with_protects); !why.empty()) {
            live.left_out.push_back({standing->notice->id, why});
            continue;
        }
        claims.push_back(claim_of(book, *standing));
        counted.push_back(standing);
    }
    if (auto usable = check_allocation(terms.shares_offered, terms.over_subscription, claims); !usable) return tl::unexpected(usable.error());
    const SharedOut shared = share_out(terms, claims);
    live.lines.reserve(counted.size());
    for (std::size_t at = 0; at < counted.size(); ++at) live.lines.push_back(live_line(terms, *counted[at], shared.outcome.allotted[at]));
    live.totals = live_totals(shared.supply, shared.outcome, live.lines);
    return live;
}

}  // namespace rightsdesk::domain
