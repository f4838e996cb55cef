#include "domain/allotting.h"

#include "base/hash.h"
#include "domain/allocating.h"
#include "domain/covers.h"
#include "domain/notice_judgement.h"
#include "domain/share_out.h"

namespace rightsdesk::domain {

namespace {

bool counts(const Book& book, const Notice& notice, AllocationKind kind) {
    const Funding* funding = book.funding(notice.id);
    if (notice.status != NoticeStatus::kAccepted || funding == nullptr || funding->deemed_basic + funding->deemed_over == Shares(0)) return false;
    if (kind == AllocationKind::kPreliminary) return may_be_protect(*book.life(), notice);
    // A notice that lapsed may be paid for by money in suspense after its certificates went back: they are not here to be exercised.
    return is_covered(book, notice.id) && !certificates_went_back(book.life()->terms, notice);
}

Subscription subscription_of(const Book& book, const Notice& notice) {
    const Funding& funding = *book.funding(notice.id);
    Subscription subscription;
    subscription.id = notice.id;
    subscription.received_at = counting_delivery(*book.life(), notice).stamp;
    subscription.basic_entitlement = notice.basic_entitlement;
    subscription.basic = funding.deemed_basic;
    subscription.over = funding.deemed_over;
    subscription.record_holding = record_holding_of(book.life()->terms, notice);
    return subscription;
}

// Whether it counts though its certificates, or its money due with them, are not all there.
bool is_protect(const Book& book, const Notice& notice) {
    if (notice.form != NoticeForm::kGuaranteedDelivery) return false;
    const Funding& funding = *book.funding(notice.id);
    return !is_covered(book, notice.id) || (funding.application == Application::kPending && funding.good_in_time < funding.due);
}

std::vector<Subscription> subscriptions_in(const Book& book, AllocationKind kind) {
    std::vector<Subscription> subscriptions;
    for (const NoticeId& id : book.notice_ids()) {
        const Notice& notice = *book.notice(id);
        if (counts(book, notice, kind)) subscriptions.push_back(subscription_of(book, notice));
    }
    return subscriptions;
}

std::string digest_of(const std::vector<Allotment>& allotments) {
    std::string lines;
    for (const Allotment& line : allotments) {
        lines += line.notice + "," + std::to_string(line.basic.value) + "," + std::to_string(line.over.value) + "," + std::to_string(line.applied.value) + "\n";
    }
    return base::sha256_hex(lines);
}

// Lines of an earlier revision that are not among these.
std::vector<Allotment> lines_to_clear(const Book& book, AllocationKind kind, const std::vector<Allotment>& lines) {
    std::vector<Allotment> cleared;
    if (book.allocation(kind) == nullptr) return cleared;
    std::size_t next = 0;  // the lines are in the book's order
    for (const NoticeId& id : book.notice_ids()) {
        if (next < lines.size() && lines[next].notice == id) ++next;
        else if (book.allotment(kind, id) != nullptr) cleared.push_back({id, kind, {}, {}, {}});
    }
    return cleared;
}

}  // namespace

std::shared_ptr<const WorkedOut> work_out(const Book& book, AllocationKind kind) {
    const Terms& terms = book.life()->terms;
    const std::vector<Subscription> subscriptions = subscriptions_in(book, kind);
    const SharedOut shared = share_out(terms, subscriptions);
    const AllocationOutcome& outcome = shared.outcome;
    auto made = std::make_shared<WorkedOut>();
    Allocation& header = made->header;
    made->lines.reserve(subscriptions.size());
    for (std::size_t at = 0; at < subscriptions.size(); ++at) {
        const AllottedShares& shares = outcome.allotted[at];
        const Money applied((shares.basic + shares.over).value * terms.subscription_price.value);
        made->lines.push_back({subscriptions[at].id, kind, shares.basic, shares.over, applied});
        if (is_protect(book, *book.notice(subscriptions[at].id))) header.protects += shares.basic + shares.over;
    }
    header.kind = kind;
    header.extra_supply = shared.extra_supply;
    header.supply = shared.supply;
    header.standby = shared.standby;
    header.basic_allotted = outcome.basic_allotted;
    header.over_requested = outcome.over_requested;
    header.over_allotted = outcome.over_allotted;
    header.proration = outcome.proration;
    header.rounds = static_cast<std::uint32_t>(outcome.rounds.size());
    header.residual_rule = kResidualRule;
    header.lines = static_cast<std::uint32_t>(made->lines.size());
    header.digest = digest_of(made->lines);
    const std::vector<Allotment> cleared = lines_to_clear(book, kind, made->lines);
    made->lines.insert(made->lines.end(), cleared.begin(), cleared.end());
    return made;
}

bool says_the_same(const Allocation& known, const Allocation& wanted) {
    Allocation same = wanted;
    same.revision = known.revision;
    same.status = known.status;
    same.recorded = known.recorded;
    same.proposal = known.proposal;
    return same == known;
}

bool record_allotting(const Book& book, const WorkedOut& wanted, Part& part) {
    const AllocationKind kind = wanted.header.kind;
    const Allocation* known = book.allocation(kind);
    if (known == nullptr || known->status != AllocationStatus::kStarted || !says_the_same(*known, wanted.header)) {
        Allocation header = wanted.header;
        header.revision = known == nullptr ? 1 : known->revision + 1;
        part.add(AllocationStarted{header});
    }
    const std::uint32_t revision = book.allocation(kind)->revision;
    const auto say = [&](std::uint32_t chunk, std::vector<Allotment> lines) { return AllotmentsRecorded{kind, revision, chunk, std::move(lines)}; };
    return add_in_chunks(wanted.lines, book.allocation(kind)->recorded, part, say) == wanted.lines.size();
}

}  // namespace rightsdesk::domain
