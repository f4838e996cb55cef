#include "console/facts.h"

#include "domain/folded_text.h"
#include "domain/guarantors.h"
#include "domain/keying.h"
#include "domain/standing.h"

namespace rightsdesk::console {

namespace {

using domain::Money;
using domain::NoticeStatus;
using domain::Shares;

bool can_be_saved(NoticeStatus status) {
    return status == NoticeStatus::kDefective || status == NoticeStatus::kInQuestion || status == NoticeStatus::kAwaitingKeying;
}

bool& step_of(NoticeFacts& facts, FunnelStep step) { return facts.in[static_cast<std::size_t>(step)]; }

void take_guarantee(NoticeFacts& facts, const domain::Book& book, const domain::Standing& standing) {
    const domain::Notice& notice = *standing.notice;
    const domain::Terms& terms = book.life()->terms;
    facts.guarantor = notice.content.guarantor_name.value_or("");
    if (notice.form != domain::NoticeForm::kGuaranteedDelivery || facts.guarantor.empty()) return;
    const auto found = domain::find_guarantor(terms, facts.guarantor, notice.content.dated);
    if (found.row != nullptr) facts.guarantor = found.row->name;
    if (found.standing != domain::GuarantorStanding::kUnknown) facts.eligible = found.standing == domain::GuarantorStanding::kEligible;
    if (!standing.accepted) return;
    facts.guarantor_key = domain::folded(facts.guarantor);
    facts.exercised = standing.exercise.basic + standing.exercise.over;
    facts.exposure = domain::price_of(terms, facts.exercised).value_or(Money(0));
    const domain::CoverClock* clock = book.cover(notice.id);
    facts.missed_cover = !standing.covered && clock != nullptr && clock->state == domain::CoverState::kMissed;
    facts.owes_cover = !standing.covered && !facts.missed_cover;
    if (facts.owes_cover && clock != nullptr) facts.cover_due = clock->deadline;
}

}  // namespace

NoticeFacts facts_of(const domain::Book& book, const domain::Notice& notice) {
    NoticeFacts facts;
    const domain::Standing standing = domain::standing_of(book, notice, {false, true});
    facts.status = notice.status;
    facts.basic = notice.content.basic_shares.value_or(Shares(0));
    facts.over = notice.content.excess_shares.value_or(Shares(0));
    facts.due = standing.funding.due;
    facts.good = standing.funding.good_in_time;
    facts.uncollected = standing.funding.uncollected;
    if (!notice.deliveries.empty()) facts.received = notice.deliveries.front().stamp;
    const bool counts = !notice.taken_back && notice.status != NoticeStatus::kLinked;
    step_of(facts, FunnelStep::kReceived) = counts;
    step_of(facts, FunnelStep::kAccepted) = counts && standing.accepted;
    step_of(facts, FunnelStep::kDefective) = counts && can_be_saved(notice.status);
    step_of(facts, FunnelStep::kFunded) = counts && standing.accepted && facts.due > Money(0) && facts.good >= facts.due;
    step_of(facts, FunnelStep::kCovered) = counts && standing.accepted && standing.covered;
    take_guarantee(facts, book, standing);
    return facts;
}

void Facts::refresh(const domain::Book& book, const domain::NoticeId& id) {
    const domain::Notice* notice = book.notice(id);
    if (notice == nullptr || book.life() == nullptr) return;
    const auto known = notices_.find(id);
    if (known != notices_.end()) add(id, known->second, -1);
    NoticeFacts& facts = known == notices_.end() ? notices_[id] : known->second;
    facts = facts_of(book, *notice);
    add(id, facts, 1);
}

const NoticeFacts* Facts::find(const domain::NoticeId& id) const {
    const auto found = notices_.find(id);
    return found == notices_.end() ? nullptr : &found->second;
}

void Facts::add(const domain::NoticeId& id, const NoticeFacts& facts, std::int64_t sign) {
    for (std::size_t at = 0; at < kFunnelSteps; ++at) {
        if (!facts.in[at]) continue;
        const bool as_asked = static_cast<FunnelStep>(at) != FunnelStep::kFunded && static_cast<FunnelStep>(at) != FunnelStep::kCovered;
        StepSum& sum = steps_[at];
        sum.notices += sign;
        sum.basic += Shares(sign * facts.basic.value);
        sum.over += Shares(sign * facts.over.value);
        sum.money += Money(sign * (as_asked ? facts.due : facts.good).value);
    }
    if ((statuses_[facts.status] += sign) == 0) statuses_.erase(facts.status);
    if (!facts.guarantor_key.empty()) add_guarantee(facts, sign);
    const Money missing = facts.short_of();
    if (!facts.in[static_cast<std::size_t>(FunnelStep::kAccepted)] || missing == Money(0)) return;
    if (sign > 0) {
        short_[missing].insert(id);
        return;
    }
    const auto found = short_.find(missing);
    found->second.erase(id);
    if (found->second.empty()) short_.erase(found);
}

void Facts::add_guarantee(const NoticeFacts& facts, std::int64_t sign) {
    GuarantorSum& sum = guarantors_[facts.guarantor_key];
    sum.guarantor = facts.guarantor;
    sum.eligible = facts.eligible;
    sum.notices += sign;
    if (facts.missed_cover) {
        sum.missed += sign;
        sum.missed_money += Money(sign * facts.exposure.value);
    }
    if (facts.owes_cover) {
        sum.uncovered += sign;
        sum.uncovered_shares += Shares(sign * facts.exercised.value);
        sum.exposure += Money(sign * facts.exposure.value);
    }
    if (facts.cover_due) {
        const domain::Instant due = facts.cover_due->instant;
        auto& next = sum.next[due];
        next.first = *facts.cover_due;
        if ((next.second += sign) == 0) sum.next.erase(due);
        CoversDue& covers = covers_[due];
        covers.deadline = *facts.cover_due;
        covers.notices += sign;
        covers.shares += Shares(sign * facts.exercised.value);
        covers.money += Money(sign * facts.exposure.value);
        if (covers.notices == 0) covers_.erase(due);
    }
    if (sum.notices == 0) guarantors_.erase(facts.guarantor_key);
}

std::vector<domain::NoticeId> Facts::short_of(Money money, std::size_t most) const {
    std::vector<domain::NoticeId> ids;
    const auto found = short_.find(money);
    if (found == short_.end()) return ids;
    for (const domain::NoticeId& id : found->second) {
        if (ids.size() == most) break;
        ids.push_back(id);
    }
    return ids;
}

}  // namespace rightsdesk::console
