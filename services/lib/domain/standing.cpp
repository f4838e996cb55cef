#include "domain/standing.h"

#include "base/texts.h"
#include "domain/allocating.h"
#include "domain/clearing.h"
#include "domain/covers.h"
#include "domain/money_due.h"
#include "domain/notice_judgement.h"

namespace rightsdesk::domain {

Standing standing_of(const Book& book, const Notice& notice, Supposed supposed) {
    Standing standing;
    standing.notice = &notice;
    standing.accepted = notice.status == NoticeStatus::kAccepted;
    standing.covered = is_covered(book, notice.id);
    standing.funding = funding_of(book, notice.id);
    const bool awaited = money_is_awaited(book, notice);
    standing.unpaid = awaited && standing.funding.good_in_time < standing.funding.due;
    if (!standing.accepted) return standing;
    Money money = standing.funding.good_in_time + (supposed.uncollected ? standing.funding.uncollected : Money(0));
    if (supposed.awaited && awaited) money = money_expected(standing.funding, money);
    standing.exercise = exercise_with(book, notice, money);
    return standing;
}

Subscription claim_of(const Book& book, const Standing& standing) {
    const Notice& notice = *standing.notice;
    Subscription claim;
    claim.id = notice.id;
    claim.received_at = counting_delivery(*book.life(), notice).stamp;
    claim.basic_entitlement = notice.basic_entitlement;
    claim.basic = standing.exercise.basic;
    claim.over = standing.exercise.over;
    claim.record_holding = record_holding_of(book.life()->terms, notice);
    return claim;
}

std::string left_out_because(const Book& book, const Standing& standing, bool protects_count) {
    const Notice& notice = *standing.notice;
    if (!standing.accepted) {
        std::vector<std::string> reasons;
        for (const Reason reason : notice.reasons) {
            if (weight_of(reason) != Weight::kFlag) reasons.push_back(to_text(reason));
        }
        return "the notice is " + to_text(notice.status) + (reasons.empty() ? "" : ": " + base::joined(reasons));
    }
    if (!standing.exercises()) {
        if (standing.funding.uncollected > Money(0)) return "its money is not good yet";
        return standing.unpaid ? "its money is due with its certificates, " + money_due(book, notice).civil : "no good money in time buys a share";
    }
    if (standing.covered && !protects_count && certificates_went_back(book.life()->terms, notice)) {
        return "its certificates went back to whom they came from";
    }
    if (standing.covered || (protects_count && may_be_protect(*book.life(), notice))) return "";
    const CoverClock* clock = book.cover(notice.id);
    if (clock == nullptr) return "its certificates are not there, and no clock waits for them";
    return clock->state == CoverState::kMissed ? "its certificates were missed, due " + clock->deadline.civil : "its certificates are due " + clock->deadline.civil;
}

}  // namespace rightsdesk::domain
