#include "console/board.h"

#include <algorithm>
#include <limits>

#include "domain/matching.h"

namespace rightsdesk::console {

namespace {

using domain::Instant;
using domain::Money;

constexpr std::size_t kKeptHappened = 50;
constexpr int kProjectionShare = 20;  // it takes at most one part of so many of the time

constexpr domain::LiveChoice kSure{};
constexpr domain::LiveChoice kAll{true, true};

bool is_of(const std::string& entity, std::string_view kind) { return entity.starts_with(kind); }

Projected projected(const domain::LiveAllocation& allocation, Instant at, store::Sequence sequence) {
    return {at, sequence, allocation.totals, allocation.lines.size(), allocation.left_out.size()};
}

}  // namespace

bool is_exception(const domain::Alert& alert) {
    if (alert.resolved_at) return false;
    for (const char* on_record : {"notice_refused", "notice_lapsed", "cover_missed", "cover_short", "covered_by_another"}) {
        if (alert.kind == on_record) return false;
    }
    return is_of(alert.subject, "notice/") || is_of(alert.subject, "payment/") || is_of(alert.subject, "refund/") || is_of(alert.subject, "item/");
}

Board::Board(const domain::OfferingId& offering)
    : log_(offering, [this](const FoldedItem& item) { before(item); }, [this](const FoldedItem& item) { after(item); }) {
    changed_.fill(true);
}

std::string Board::zone() const { return book().life() == nullptr ? "America/New_York" : book().life()->expiration.zone; }

domain::Table Board::tally() const {
    domain::TallyKeeper keeper = tally_;
    return domain::tally_table(book(), std::move(keeper).finish(book()));
}

// A day that closes adds up every notice: of a large offering nobody asks for that here.
void Board::before(const FoldedItem& item) {
    if (book().notice_ids().size() <= kTalliedAtOnce) tally_.before(book(), item.records.front().record.at);
}

void Board::after(const FoldedItem& item) {
    at_ = item.records.back().record.at;
    bool all = false;
    for (const domain::EntityName& entity : item.written) {
        if (is_of(entity, "life")) {
            all = true;
        } else if (is_of(entity, "notice/") || is_of(entity, "cover/") || is_of(entity, "funding/") || is_of(entity, "allotment/")) {
            refresh_notice(subject_of(entity).substr(7));
        } else if (is_of(entity, "payment/") || is_of(entity, "refund/")) {
            refresh_payment(subject_of(entity).substr(8));
        } else if (is_of(entity, "alert/")) {
            refresh_alert(std::stoull(entity.substr(6)));
        } else if (is_of(entity, "silence/")) {
            change(Section::kAlerts);
        } else if (is_of(entity, "proposal/") || is_of(entity, "allocation/")) {
            change(Section::kProposals);
        }
    }
    if (all) refresh_all();
    for (const FoldedRecord& one : item.records) happened_.push_back(one);
    while (happened_.size() > kKeptHappened) happened_.pop_front();
    change(Section::kHappened);
    change(Section::kHead);
}

void Board::refresh_sums(const domain::NoticeId& id) {
    const domain::Notice* notice = book().notice(id);
    if (notice == nullptr || book().life() == nullptr) return;
    facts_.refresh(book(), id);
    const auto claim = [&](const domain::LiveChoice& choice) {
        return std::make_shared<const domain::LiveClaim>(domain::live_claim_of(book(), domain::standing_of(book(), *notice, domain::supposed_by(choice)), choice));
    };
    claims_[id] = {claim(kSure), claim(kAll)};
}

// The hour, the price, a stage: every notice may be another. One that comes meanwhile is looked at as it is then.
void Board::refresh_all() {
    again_.assign(book().notice_ids().begin(), book().notice_ids().end());
    again_at_ = 0;
    if (is_small()) look_again(kFewNotices);
    changed_.fill(true);
    projection_due_ = true;
}

void Board::look_again(std::size_t most) {
    if (to_look_at_again() == 0) return;
    for (const std::size_t end = std::min(again_.size(), again_at_ + most); again_at_ < end; ++again_at_) refresh_sums(again_[again_at_]);
    if (to_look_at_again() == 0) {
        again_ = {};
        again_at_ = 0;
        changed_.fill(true);
    }
    for (const Section section : {Section::kHead, Section::kClock, Section::kFunnel, Section::kGuarantors}) change(section);
    projection_due_ = true;
}

void Board::refresh_notice(const domain::NoticeId& id) {
    refresh_sums(id);
    place_exceptions_of("notice/" + id);
    projection_due_ = true;
    for (const Section section : {Section::kClock, Section::kFunnel, Section::kGuarantors, Section::kSuspense}) change(section);
}

void Board::refresh_payment(const domain::PaymentId& id) {
    const domain::Payment* payment = book().payment(id);
    if (payment == nullptr) return;
    const Money waits = domain::may_be_matched(*payment) ? domain::unmatched_amount(*payment) : Money(0);
    Money& before = in_suspense_[id];
    if (before != waits) {
        if (before > Money(0)) suspense_.erase({-before, id});
        if (waits > Money(0)) suspense_.insert({-waits, id});
        suspense_sum_ += waits - before;
        before = waits;
    }
    if (waits == Money(0)) in_suspense_.erase(id);
    change(Section::kSuspense);
    place_exceptions_of("payment/" + id);
    auto& notices = matched_[id];
    std::set<domain::NoticeId> concerned = notices;
    notices.clear();
    for (const domain::Match& match : payment->matches) notices.insert(match.notice);
    concerned.insert(notices.begin(), notices.end());
    for (const domain::NoticeId& notice : concerned) refresh_notice(notice);
}

void Board::refresh_alert(std::uint64_t number) {
    const domain::Alert* alert = book().alert(number);
    if (alert == nullptr) return;
    change(Section::kAlerts);
    change(Section::kExceptions);
    alerts_.refresh(*alert);
    if (const auto placed = placed_.find(number); placed != placed_.end()) {
        exceptions_.erase(placed->second.first);
        exceptions_money_ -= placed->second.first.money;
        alerts_of_[placed->second.second].erase(number);
        placed_.erase(placed);
    }
    if (!is_exception(*alert)) return;
    const ExceptionPlace place{alert->too_late_at.value_or(Instant(std::numeric_limits<std::int64_t>::max())), money_of(alert->subject), number};
    exceptions_.insert(place);
    exceptions_money_ += place.money;
    const domain::EntityName subject = subject_of(alert->subject);
    placed_[number] = {place, subject};
    alerts_of_[subject].insert(number);
}

// Their money may be another.
void Board::place_exceptions_of(const domain::EntityName& subject) {
    const auto found = alerts_of_.find(subject);
    if (found == alerts_of_.end()) return;
    const std::set<std::uint64_t> numbers = found->second;
    if (numbers.empty()) alerts_of_.erase(found);
    for (const std::uint64_t number : numbers) refresh_alert(number);
}

Money Board::money_of(const domain::EntityName& subject) const {
    const domain::EntityName name = subject_of(subject);
    if (is_of(name, "notice/")) {
        const NoticeFacts* facts = facts_.find(name.substr(7));
        return facts == nullptr ? Money(0) : std::max(facts->due, facts->good);
    }
    if (!is_of(name, "payment/")) return Money(0);
    const domain::Payment* payment = book().payment(name.substr(8));
    if (payment == nullptr) return Money(0);
    const Money waits = domain::unmatched_amount(*payment);
    return waits > Money(0) ? waits : payment->amount;
}

std::pair<std::set<ExceptionPlace>::const_iterator, std::set<ExceptionPlace>::const_iterator> Board::exceptions(Instant now) const {
    return {exceptions_.lower_bound({now, Money(std::numeric_limits<std::int64_t>::max()), 0}), exceptions_.end()};
}

std::pair<std::size_t, Money> Board::exceptions_sum(Instant now) const {
    std::size_t count = exceptions_.size();
    Money money = exceptions_money_;
    for (auto at = exceptions_.begin(), end = exceptions(now).first; at != end; ++at) {
        --count;
        money -= at->money;
    }
    return {count, money};
}

std::vector<std::uint64_t> Board::exceptions_of(const domain::EntityName& subject) const {
    const auto found = alerts_of_.find(subject);
    if (found == alerts_of_.end()) return {};
    return {found->second.begin(), found->second.end()};
}

ProjectionAsked Board::ask_projection() {
    projection_due_ = false;
    ProjectionAsked asked{book().life()->terms, {}, {}, at_, log_.head().sequence};
    asked.sure.reserve(claims_.size());
    asked.all.reserve(claims_.size());
    for (const auto& [id, claims] : claims_) {
        asked.sure.push_back(claims.sure);
        asked.all.push_back(claims.all);
    }
    return asked;
}

ProjectionMade make_projection(const ProjectionAsked& asked) {
    const auto sure = domain::allocate_live(asked.terms, kSure, asked.sure);
    auto all = domain::allocate_live(asked.terms, kAll, asked.all);
    if (!sure || !all) return {};
    const ProjectedPoint point{projected(*sure, asked.at, asked.sequence), projected(*all, asked.at, asked.sequence)};
    return {point, std::move(*all)};
}

void Board::take_projection(ProjectionMade made, std::chrono::nanoseconds now, std::chrono::nanoseconds took, std::chrono::nanoseconds pause) {
    project_next_ = now + std::max(pause, took * kProjectionShare);
    if (!made.point) return;
    keep_point(*made.point);
    projected_ = std::move(made.all);
    change(Section::kProjection);
}

const domain::LiveLine* Board::projected_line(const domain::NoticeId& id) const {
    const auto found = std::lower_bound(projected_.lines.begin(), projected_.lines.end(), id, [](const domain::LiveLine& line, const std::string& name) { return domain::natural_less(line.id, name); });
    return found == projected_.lines.end() || found->id != id ? nullptr : &*found;
}

const domain::LeftOut* Board::projected_out(const domain::NoticeId& id) const {
    const auto found = std::lower_bound(projected_.left_out.begin(), projected_.left_out.end(), id, [](const domain::LeftOut& out, const std::string& name) { return domain::natural_less(out.notice, name); });
    return found == projected_.left_out.end() || found->notice != id ? nullptr : &*found;
}

// One an instant, the latest of it. Where there are too many every second one goes, never the last.
void Board::keep_point(const ProjectedPoint& point) {
    if (!points_.empty() && points_.back().sure.at == point.sure.at) points_.pop_back();
    points_.push_back(point);
    if (points_.size() <= kKeptPoints) return;
    std::vector<ProjectedPoint> kept;
    kept.reserve(points_.size() / 2 + 1);
    for (std::size_t at = points_.size() % 2 == 0 ? 1 : 0; at < points_.size(); at += 2) kept.push_back(points_[at]);
    points_ = std::move(kept);
}

}  // namespace rightsdesk::console
