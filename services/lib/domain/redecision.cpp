#include "domain/redecision.h"

#include <algorithm>

#include "domain/notice_judgement.h"

namespace rightsdesk::domain {

NoticeRedecided redecided(const Notice& notice, RedecisionCause cause, std::string detail, std::vector<Reason> reasons_after) {
    NoticeRedecided event;
    event.notice = notice.id;
    event.cause = cause;
    event.detail = std::move(detail);
    event.before = notice.status;
    event.reasons_before = notice.reasons;
    event.reasons_after = in_order(std::move(reasons_after));
    event.after = is_final(notice.status) ? notice.status : status_from(event.reasons_after);
    return event;
}

std::vector<Reason> reasons_once(const Notice& notice, const std::vector<Reason>& before, const std::vector<Reason>& after) {
    auto reasons = without(notice.reasons, without(before, after));
    const auto brought = without(without(after, before), notice.waived);
    reasons.insert(reasons.end(), brought.begin(), brought.end());
    return in_order(std::move(reasons));
}

std::vector<Reason> reasons_with(const Life& life, const Notice& notice, const NoticeContent& content) {
    const Delivery& delivery = counting_delivery(life, notice);
    return reasons_once(notice, judge_content(life, notice.content, delivery, notice.on_register), judge_content(life, content, delivery, notice.on_register));
}

bool is_better(const std::vector<Reason>& ours, const std::vector<Reason>& theirs) {
    const NoticeStatus our_status = status_from(ours);
    const NoticeStatus their_status = status_from(theirs);
    if (our_status != their_status) return our_status < their_status;  // the lightest comes first
    return ours.size() < theirs.size() && std::includes(theirs.begin(), theirs.end(), ours.begin(), ours.end());
}

}  // namespace rightsdesk::domain
