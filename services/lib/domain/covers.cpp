#include "domain/covers.h"

#include <algorithm>
#include <limits>
#include <set>

#include "domain/certificates.h"
#include "domain/civil.h"
#include "domain/deadlines.h"
#include "domain/keying.h"
#include "domain/notice_identity.h"
#include "domain/notice_judgement.h"
#include "domain/parts.h"

namespace rightsdesk::domain {

namespace {

constexpr std::int32_t kCoverReminderMinutes[] = {1'440, 120};  // the smallest lead that has come is the one that is sent
constexpr std::int64_t kMostDaysAhead = 366;                    // a guarantee's date after the expiration: beyond it, nobody waits

// A clock runs for what may count, and needs a day to start from. The day of an undated guarantee is a person's to find; one
// that was let in without it has a clock all the same.
bool clock_may_run(const Life& life, const Notice& notice) {
    if (!may_count(life, notice) || awaits_keying(notice)) return false;  // nobody knows its day yet
    return life.terms.guaranteed_delivery.counted_from != CountedFrom::kNoticeDate || !has_reason(notice.reasons, Reason::kUndated);
}

// Why the deadline cannot be counted from the notice's own date; empty when it can.
std::string against_own_date(const Life& life, const std::optional<Date>& dated) {
    if (!dated) return "the notice bears no date";
    const std::int64_t days_ahead = std::int64_t{dated->value} - civil_date(life.expiration).value;
    const bool usable = days_ahead <= kMostDaysAhead && cover_deadline(life.terms, dated, life.expiration);
    return usable ? "" : "nobody can wait from the notice's own date, " + to_text(*dated);
}

// A direct exercise has no guaranteed-delivery period: what is missing of it is due at the hour, as that stands.
CoverClock clock_at_the_hour(const Life& life, const Notice& notice) {
    CoverClock clock;
    clock.notice = notice.id;
    clock.deadline = life.expiration;
    clock.clause = "a direct exercise is complete at the expiration or not at all";
    clock.missing = cover_progress(life.terms, notice, Instant(0)).missing;
    return clock;
}

std::optional<CoverClock> clock_for(const Life& life, const Notice& notice) {
    if (notice.form == NoticeForm::kDirectExercise) return clock_at_the_hour(life, notice);
    Terms terms = life.terms;
    std::string remark;
    if (terms.guaranteed_delivery.counted_from == CountedFrom::kNoticeDate) remark = against_own_date(life, notice.content.dated);
    if (!remark.empty()) terms.guaranteed_delivery.counted_from = CountedFrom::kExpiration;
    const auto made = cover_deadline(terms, notice.content.dated, life.expiration);
    if (!made) return std::nullopt;
    CoverClock clock;
    clock.notice = notice.id;
    clock.deadline = made->deadline;
    clock.clause = made->clause + (remark.empty() ? "" : "; counted from the expiration because " + remark);
    clock.missing = cover_progress(life.terms, notice, Instant(0)).missing;
    return clock;
}

// The clock set anew where the deadline is another now: by a cured date, or by an extension where the terms count from it.
// Nothing where it stays as it is. A deadline missed under the old date runs again.
std::optional<CoverClock> clock_set_anew(const Life& life, const Notice& notice, const CoverClock& known) {
    if (known.state == CoverState::kComplete && !known.covered_rights) return std::nullopt;
    auto moved = clock_for(life, notice);
    if (!moved || moved->deadline == known.deadline) return std::nullopt;
    moved->missing = known.missing;
    return moved;
}

Decision clocks_moved(const Book& book, const Context& context) {
    return for_notices(book, context, [&](const NoticeId& id) -> std::optional<Event> {
        const CoverClock* known = book.cover(id);
        if (known == nullptr) return std::nullopt;
        const auto moved = clock_set_anew(*book.life(), *book.notice(id), *known);
        return moved ? std::optional<Event>(CoverClockMoved{known->deadline, *moved}) : std::nullopt;
    });
}

// The clock of a notice that was covered and, amended, asks for more than came.
std::optional<CoverClock> clock_reopened(const Life& life, const Notice& notice, const CoverClock& known) {
    if (known.state != CoverState::kComplete || known.covered_rights || cover_progress(life.terms, notice, cover_until(life, known)).completed_at) return std::nullopt;
    return clock_for(life, notice);
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

// In order of id. All others have nothing due: a desk with tens of thousands of notices asks this at every change.
std::set<NoticeId> maybe_due(const Book& book, Instant now) {
    std::set<NoticeId> ids;
    for (const auto& [first, id] : book.running_covers()) {
        if (first > now) break;
        ids.insert(id);
    }
    return ids;
}

// What is due of one notice's running clock.
std::optional<Event> cover_event_due(const Book& book, const Book& desk, const NoticeId& id, Instant now) {
    const Life& life = *book.life();
    const Notice& notice = *book.notice(id);
    const CoverClock& clock = *book.cover(id);
    if (!may_count(life, notice)) return std::nullopt;
    const Instant until = cover_until(life, clock);
    if (now > until && life.stage == Stage::kCounted && watermarks_past(desk, life.terms.gateways, until)) {
        const CoverProgress progress = cover_progress(life.terms, notice, until);
        // What came in time may be on file before it was said that it completes the notice.
        if (progress.completed_at) return CoverCompleted{id, *progress.completed_at, std::nullopt};
        if (counts_as_covered(life.terms, notice, progress)) return CoverCompleted{id, progress.last, progress.rights};
        return CoverDeadlineMissed{id, progress.missing};
    }
    const auto minutes = reminder_due(clock, now);
    return minutes ? std::optional<Event>(CoverReminderDue{id, *minutes, clock.missing}) : std::nullopt;
}

// The rights that a delivery brings beside those before it: none where every number came before, for a certificate counts once
// (rules.md section 5). For how many a person answered that it counts, it counts.
Rights rights_added(const CertificatesReceived& received, std::set<std::string>& seen) {
    const auto numbers = folded_numbers(received.certificate_numbers);
    const bool again = !numbers.empty() && std::includes(seen.begin(), seen.end(), numbers.begin(), numbers.end());
    seen.insert(numbers.begin(), numbers.end());
    if (again) return Rights(0);
    return received.settled ? received.settled->rights.value_or(received.rights) : received.rights;
}

}  // namespace

Rights rights_to_cover(const Terms& terms, const Notice& notice) {
    if (!notice.content.basic_shares) return notice.content.rights_held.value_or(Rights(0));
    const std::int64_t shares = notice.content.basic_shares->value;
    const Ratio ratio = terms.shares_per_right;
    const std::int64_t rights = shares / ratio.numerator * ratio.denominator +
                                (shares % ratio.numerator * ratio.denominator + ratio.numerator - 1) / ratio.numerator;
    // A fraction rounded up, or a small holding stepped up, takes no more rights than there are.
    const std::int64_t held = notice.content.rights_held.value_or(Rights(rights)).value;
    return Rights(std::min(rights, held));
}

CoverProgress cover_progress(const Terms& terms, const Notice& notice, Instant until) {
    std::vector<CertificatesReceived> deliveries;
    for (const CertificatesReceived& received : notice.certificates) {
        if (counts_as_cover(received) && received.stamp <= until) deliveries.push_back(received);
    }
    std::stable_sort(deliveries.begin(), deliveries.end(), [](const auto& left, const auto& right) { return left.stamp < right.stamp; });
    const Rights needed = rights_to_cover(terms, notice);
    Rights rights;
    std::set<std::string> seen;  // certificate numbers
    bool guaranteed = !terms.guaranteed_delivery.signature_guarantee;
    bool documents = true;
    CoverProgress progress;
    for (const CertificatesReceived& received : deliveries) {
        rights += rights_added(received, seen);
        progress.rights = rights;
        progress.last = received.stamp;
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

bool counts_as_covered(const Terms& terms, const Notice& notice, const CoverProgress& progress) {
    if (terms.guaranteed_delivery.short_cover != ShortCover::kAsCovered || notice.form != NoticeForm::kGuaranteedDelivery) return false;
    return progress.missing == std::vector<Missing>{Missing::kRightsShort};
}

std::optional<Shares> shares_covered(const Book& book, const Notice& notice) {
    const CoverClock* clock = book.cover(notice.id);
    if (clock == nullptr || clock->state != CoverState::kComplete || !clock->covered_rights) return std::nullopt;
    return basic_entitlement(book.life()->terms, *clock->covered_rights);
}

bool certificates_went_back(const Terms& terms, const Notice& notice) {
    const auto& all = notice.certificates;
    const bool any = std::any_of(all.begin(), all.end(), [](const CertificatesReceived& received) { return received.returned.has_value(); });
    if (!any) return false;
    const CoverProgress left = cover_progress(terms, notice, Instant(std::numeric_limits<std::int64_t>::max()));
    return !left.completed_at && !counts_as_covered(terms, notice, left);
}

Instant cover_until(const Life& life, const CoverClock& clock) { return std::max(clock.deadline.instant, life.expiration.instant); }

bool may_count(const Life& life, const Notice& notice) {
    switch (notice.status) {
        case NoticeStatus::kAccepted:
        case NoticeStatus::kInQuestion:
        case NoticeStatus::kDefective: return true;
        case NoticeStatus::kLate: return life.stage == Stage::kOpen || life.stage == Stage::kExpired;
        case NoticeStatus::kAwaitingKeying: return holds_up_counting(life, notice);
        case NoticeStatus::kMisdirected:
        case NoticeStatus::kRefused:
        case NoticeStatus::kRejected:
        case NoticeStatus::kLinked:
        case NoticeStatus::kWithdrawn: return false;
    }
    return false;
}

Decision follow_cover(const Book& book, const NoticeId& id) {
    Decision decision;
    const Life* life = book.life();
    const Notice* notice = book.notice(id);
    if (life == nullptr || notice == nullptr || !clock_may_run(*life, *notice)) return decision;
    if (life->stage == Stage::kTabulated || is_over(life->stage)) return decision;
    const CoverClock* known = book.cover(id);
    std::optional<CoverClock> started = known == nullptr ? clock_for(*life, *notice) : clock_set_anew(*life, *notice, *known);
    if (!started && known != nullptr) started = clock_reopened(*life, *notice, *known);
    if (started) {
        decision.add(CoverClockStarted{*started});
        known = &*started;
    }
    if (known == nullptr || (known->state == CoverState::kComplete && !known->covered_rights)) return decision;
    const CoverProgress progress = cover_progress(life->terms, *notice, cover_until(*life, *known));
    const bool over = known->state != CoverState::kRunning;
    if (progress.completed_at) {
        decision.add(CoverCompleted{id, *progress.completed_at, std::nullopt});
    } else if (over && counts_as_covered(life->terms, *notice, progress) && known->covered_rights != progress.rights) {
        decision.add(CoverCompleted{id, progress.last, progress.rights});
    } else if (!over && progress.missing != known->missing) {
        decision.add(CoverIncomplete{id, progress.missing});
    }
    if (!decision.events.empty()) decision.reads = {notice_name(id), life_name()};
    return decision;
}

Decision follow_extension(const Book& book, const Context& context) { return clocks_moved(book, context); }

// Once tabulated, every cover is decided: a closing is taken then for what else counts over it.
Decision follow_closing(const Book& book, const Context& context) {
    return book.life()->stage == Stage::kTabulated || is_over(book.life()->stage) ? Decision{} : clocks_moved(book, context);
}

Instant first_due(const CoverClock& clock) {
    const auto last_sent = std::min_element(clock.reminded.begin(), clock.reminded.end());
    for (const std::int32_t minutes : kCoverReminderMinutes) {
        if (last_sent == clock.reminded.end() || minutes < *last_sent) return Instant(clock.deadline.instant.value - minutes * kNanosecondsPerMinute);
    }
    return clock.deadline.instant;
}

Decision due_cover(const Book& book, const Book& desk, const Context& context) {
    Decision decision;
    const Life* life = book.life();
    if (life == nullptr || life->suspension || life->stage == Stage::kTabulated || is_over(life->stage)) return decision;
    for (const NoticeId& id : maybe_due(book, context.now)) {
        if (decision.events.size() >= context.most_effects) break;  // asked again for the rest
        const auto event = cover_event_due(book, desk, id, context.now);
        if (!event) continue;
        decision.add(*event);
        decision.reads.push_back(notice_name(id));
    }
    if (!decision.events.empty()) decision.reads.push_back(life_name());
    return decision;
}

bool covers_settled(const Book& book) {
    return std::all_of(book.notice_ids().begin(), book.notice_ids().end(), [&](const NoticeId& id) {
        const Notice& notice = *book.notice(id);
        const CoverClock* clock = book.cover(id);
        if (!may_count(*book.life(), notice)) return true;
        if (awaits_keying(notice)) return false;  // what it asks for is not known: nothing final is counted without it
        if (clock == nullptr) return notice.status != NoticeStatus::kAccepted;
        return clock->state != CoverState::kRunning;
    });
}

bool watermarks_past(const Book& desk, const std::vector<std::string>& sources, Instant instant) {
    return std::all_of(sources.begin(), sources.end(), [&](const std::string& source) {
        const Watermark* watermark = desk.watermark(source);
        return watermark != nullptr && watermark->through >= instant;
    });
}

}  // namespace rightsdesk::domain
