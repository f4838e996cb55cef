#include "domain/covers.h"

#include <algorithm>

#include "domain/deadlines.h"

namespace rightsdesk::domain {

namespace {

constexpr std::int64_t kNanosecondsPerMinute = 60'000'000'000;
constexpr std::int32_t kCoverReminderMinutes[] = {1'440, 120};  // the smallest lead that has come is the one that is sent

bool clock_may_run(const Notice& notice) {
    switch (notice.status) {
        case NoticeStatus::kAccepted:
        case NoticeStatus::kInQuestion:
        case NoticeStatus::kDefective:
        case NoticeStatus::kLate: return notice.content.dated.has_value();
        case NoticeStatus::kMisdirected:
        case NoticeStatus::kRefused:
        case NoticeStatus::kRejected: return false;
    }
    return false;
}

std::optional<CoverClock> clock_for(const Life& life, const Notice& notice) {
    const auto made = cover_deadline(life.terms, notice.content.dated, life.expiration);
    if (!made) return std::nullopt;
    CoverClock clock;
    clock.notice = notice.id;
    clock.deadline = made->deadline;
    clock.clause = made->clause;
    clock.missing = cover_progress(life.terms, notice, Instant(0)).missing;
    return clock;
}

std::optional<std::int32_t> reminder_due(const CoverClock& clock, Instant now) {
    std::optional<std::int32_t> due;
    for (const std::int32_t minutes : kCoverReminderMinutes) {
        if (now.value >= clock.deadline.instant.value - minutes * kNanosecondsPerMinute) due = minutes;
    }
    if (!due || now > clock.deadline.instant) return std::nullopt;
    const bool sent = std::any_of(clock.reminded.begin(), clock.reminded.end(), [&](std::int32_t minutes) { return minutes <= *due; });
    return sent ? std::nullopt : due;
}

}  // namespace

Rights rights_to_cover(const Terms& terms, const Notice& notice) {
    const std::int64_t shares = notice.content.basic_shares.value_or(Shares(0)).value;
    const Ratio ratio = terms.shares_per_right;
    const std::int64_t rights = shares / ratio.numerator * ratio.denominator +
                                (shares % ratio.numerator * ratio.denominator + ratio.numerator - 1) / ratio.numerator;
    const std::int64_t held = notice.content.rights_held.value_or(Rights(rights)).value;
    return Rights(std::min(rights, held));
}

CoverProgress cover_progress(const Terms& terms, const Notice& notice, Instant until) {
    std::vector<CertificatesReceived> deliveries;
    for (const CertificatesReceived& received : notice.certificates) {
        if (received.listed && received.stamp <= until) deliveries.push_back(received);
    }
    std::stable_sort(deliveries.begin(), deliveries.end(), [](const auto& left, const auto& right) { return left.stamp < right.stamp; });
    const Rights needed = rights_to_cover(terms, notice);
    Rights rights;
    bool guaranteed = !terms.guaranteed_delivery.signature_guarantee;
    bool documents = true;
    CoverProgress progress;
    for (const CertificatesReceived& received : deliveries) {
        rights += received.rights;
        guaranteed = guaranteed || received.signature_guarantee;
        documents = received.missing_documents.empty();  // the latest delivery says what is still missing
        if (rights >= needed && guaranteed && documents) {
            progress.completed_at = received.stamp;
            return progress;
        }
    }
    if (rights == Rights(0)) {
        progress.missing.push_back(Missing::kCertificates);
    } else if (rights < needed) {
        progress.missing.push_back(Missing::kRightsShort);
    }
    if (!guaranteed) progress.missing.push_back(Missing::kSignatureGuarantee);
    if (!documents) progress.missing.push_back(Missing::kOtherDocuments);
    return progress;
}

Instant cover_until(const Life& life, const CoverClock& clock) { return std::max(clock.deadline.instant, life.expiration.instant); }

Decision follow_cover(const Book& book, const NoticeId& id) {
    Decision decision;
    const Life* life = book.life();
    const Notice* notice = book.notice(id);
    if (life == nullptr || notice == nullptr || !clock_may_run(*notice)) return decision;
    if (life->stage == Stage::kTabulated || life->stage == Stage::kSettled) return decision;
    const CoverClock* known = book.cover(id);
    std::optional<CoverClock> started;
    if (known == nullptr) {
        started = clock_for(*life, *notice);
        if (!started) return decision;
        decision.add(CoverClockStarted{*started});
        known = &*started;
    }
    if (known->state != CoverState::kRunning) return decision;
    const CoverProgress progress = cover_progress(life->terms, *notice, cover_until(*life, *known));
    if (progress.completed_at) {
        decision.add(CoverCompleted{id, *progress.completed_at});
    } else if (progress.missing != known->missing) {
        decision.add(CoverIncomplete{id, progress.missing});
    }
    if (!decision.events.empty()) decision.reads = {notice_name(id), life_name()};
    return decision;
}

Decision follow_extension(const Book& book) {
    Decision decision;
    for (const NoticeId& id : book.notice_ids()) {
        const CoverClock* known = book.cover(id);
        if (known == nullptr || known->state != CoverState::kRunning) continue;
        auto moved = clock_for(*book.life(), *book.notice(id));
        if (!moved || moved->deadline == known->deadline) continue;
        moved->missing = known->missing;
        decision.add(CoverClockStarted{*moved});
    }
    if (!decision.events.empty()) decision.reads = {life_name()};
    return decision;
}

Decision due_cover(const Book& book, const Book& desk, const Context& context) {
    Decision decision;
    const Life* life = book.life();
    if (life == nullptr || life->stage == Stage::kTabulated || life->stage == Stage::kSettled) return decision;
    for (const NoticeId& id : book.notice_ids()) {
        const CoverClock* clock = book.cover(id);
        if (clock == nullptr || clock->state != CoverState::kRunning) continue;
        const Instant until = cover_until(*life, *clock);
        const bool counted = life->stage == Stage::kCounted;
        if (context.now > until && counted && watermarks_past(desk, life->terms.gateways, until)) {
            decision.add(CoverDeadlineMissed{id, cover_progress(life->terms, *book.notice(id), until).missing});
            decision.reads = {notice_name(id), life_name()};
            return decision;
        }
        if (const auto minutes = reminder_due(*clock, context.now)) {
            decision.add(CoverReminderDue{id, *minutes, clock->missing});
            decision.reads = {notice_name(id)};
            return decision;
        }
    }
    return decision;
}

bool covers_settled(const Book& book) {
    return std::all_of(book.notice_ids().begin(), book.notice_ids().end(), [&](const NoticeId& id) {
        const CoverClock* clock = book.cover(id);
        switch (book.notice(id)->status) {
            case NoticeStatus::kAccepted: return clock != nullptr && clock->state != CoverState::kRunning;
            case NoticeStatus::kInQuestion:
            case NoticeStatus::kDefective: return clock == nullptr || clock->state != CoverState::kRunning;
            case NoticeStatus::kLate:
            case NoticeStatus::kMisdirected:
            case NoticeStatus::kRefused:
            case NoticeStatus::kRejected: return true;
        }
        return true;
    });
}

bool watermarks_past(const Book& desk, const std::vector<std::string>& sources, Instant instant) {
    return std::all_of(sources.begin(), sources.end(), [&](const std::string& source) {
        const Watermark* watermark = desk.watermark(source);
        return watermark != nullptr && watermark->through >= instant;
    });
}

}  // namespace rightsdesk::domain
