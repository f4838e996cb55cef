#include "domain/sending_attempts.h"

#include <algorithm>
#include <iterator>

#include "domain/alert_raising.h"
#include "domain/silencing.h"

namespace rightsdesk::domain {

namespace {

constexpr std::uint32_t kMostDoublings = 16;
constexpr std::int64_t kMinutesUntilTold = 10;  // of a way that the configuration no longer has

std::int64_t sent_within_a_minute(const WaySendings& sendings, Instant now) {
    const auto first = sendings.sent.upper_bound({Instant(now.value - kNanosecondsPerMinute), UINT64_MAX});
    return std::distance(first, sendings.sent.end());
}

// Letters that can be shown, on one line.
std::string bounded_result(const std::string& text) {
    std::string cleaned = text.substr(0, kMostResult);
    for (char& letter : cleaned) {
        if (static_cast<unsigned char>(letter) < 0x20 || static_cast<unsigned char>(letter) >= 0x7f) letter = ' ';
    }
    return cleaned;
}

class TellingOfWays : public AlertRaising {
public:
    using AlertRaising::AlertRaising;

    void about_standing(const std::string& name, const WaySendings& sendings, std::int64_t minutes) {
        const auto first = sendings.waiting.begin();
        const bool stands = first != sendings.waiting.end() && first->first.value + minutes * kNanosecondsPerMinute <= context_.now.value;
        if (!stands) return resolve("way/" + name, "what waited has gone out, or was abandoned");
        if (is_open("way/" + name)) return;
        const Sending& sending = *book_.sending(name, first->second);
        raise("way/" + name, way_subject(name),
              {AlertKind::kWayStandsStill,
               std::to_string(sendings.waiting.size()) + " of " + book_.log() + " wait to go out by " + name + ", the first since " + instant_text(sending.ready_at) +
                   (sending.result.empty() ? "" : "; its other side says: " + sending.result),
               "the engineer on call", "rightsdesk sendings list " + name + "; they go out by themselves once the other side takes them; rightsdesk sendings retry " + name + " --why ... --as YOU tries at once"});
    }
    void about_refused(const std::string& name, const WaySendings& sendings) {
        if (sendings.refused.empty()) return resolve("refused/" + name, "none is refused any more");
        if (is_open("refused/" + name)) return;
        const Sending& sending = *book_.sending(name, *sendings.refused.begin());
        raise("refused/" + name, way_subject(name),
              {AlertKind::kSendingRefused, "the other side of " + name + " refuses " + sending_id(book_.log(), sending) + ": " + sending.result,
               "the engineer on call",
               "rightsdesk sendings show " + name + " " + std::to_string(sending.number) + " --offering " + book_.log() + "; after the fix: sendings retry, or sendings abandon"});
    }
};

}  // namespace

std::int64_t pause_after(std::uint32_t attempts) {
    std::int64_t pause = kFirstPause;
    for (std::uint32_t done = 1; done < std::min(attempts, kMostDoublings) && pause < kLongestPause; ++done) pause *= 2;
    return std::min(pause, kLongestPause);
}

std::vector<std::uint64_t> attempts_due(const Book& book, const Way& way, Instant now, std::size_t most) {
    std::vector<std::uint64_t> numbers;
    const WaySendings& sendings = book.sendings_on(way.name);
    const std::int64_t left = way.per_minute - sent_within_a_minute(sendings, now);
    for (const auto& [ready, number] : sendings.waiting) {
        if (ready > now || numbers.size() >= most || static_cast<std::int64_t>(numbers.size()) >= left) break;
        const Sending& sending = *book.sending(way.name, number);
        if (sending.next_attempt_at && *sending.next_attempt_at > now) break;
        numbers.push_back(number);
    }
    return numbers;
}

WayFigures figures_of(const Book& book, const Way& way, Instant now) {
    const WaySendings& sendings = book.sendings_on(way.name);
    WayFigures figures{sendings.waiting.size(), 0, sendings.refused.size()};
    if (sendings.waiting.empty()) return figures;
    const auto& [ready, first] = *sendings.waiting.begin();
    if (ready <= now) figures.oldest_ready_at = ready;
    const auto collecting = sendings.waiting.upper_bound({now, UINT64_MAX});
    figures.limited = static_cast<std::uint64_t>(std::distance(collecting, sendings.waiting.end()));
    if (book.sending(way.name, first)->next_attempt_at) return figures;  // the others wait behind one that failed
    const auto ready_ones = static_cast<std::int64_t>(figures.waiting - figures.limited);
    const std::int64_t left = std::max<std::int64_t>(0, way.per_minute - sent_within_a_minute(sendings, now));
    figures.limited += static_cast<std::uint64_t>(std::max<std::int64_t>(0, ready_ones - left));
    return figures;
}

std::uint64_t sent_of(const Book& book, const std::string& way) {
    std::uint64_t sent = 0;
    for (std::uint64_t number = 1; number <= book.sendings_on(way).last; ++number) {
        const Sending* sending = book.sending(way, number);
        if (sending != nullptr && sending->status == SendingStatus::kSent) ++sent;
    }
    return sent;
}

bool is_news(const Book& book, const AttemptEnd& end) {
    const Sending* sending = book.sending(end.way, end.number);
    if (sending == nullptr || sending->attempts + 1 != end.attempt) return false;
    return sending->status == SendingStatus::kWaiting || sending->status == SendingStatus::kAbandoned;
}

Decision attempted(const Book& book, const std::vector<AttemptEnd>& ends, const Context& context) {
    SendingsAttempted event;
    for (const AttemptEnd& end : ends) {
        if (!is_news(book, end)) continue;
        SendingAttempt attempt{end.way, end.number, end.attempt, context.now, end.outcome, bounded_result(end.result), std::nullopt};
        if (end.outcome == SendingOutcome::kFailed) {
            const std::int64_t asked = std::min(end.asked_pause, kLongestAskedPause);
            attempt.next_attempt_at = Instant(context.now.value + std::max(asked, pause_after(end.attempt)));
        }
        event.attempts.push_back(std::move(attempt));
    }
    Decision decision;
    if (!event.attempts.empty()) decision.add(std::move(event));
    return decision;
}

Decision settle_sending(const Book& book, const SettleSending& command, const Context& context) {
    const std::string name = sending_name(command.way, command.number);
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("SettleSending", name, refusal, detail); };
    const Sending* sending = book.sending(command.way, command.number);
    if (sending == nullptr) return refused(Refusal::kUnknownItem, "there is no such sending in " + book.log());
    if (sending->status == SendingStatus::kSent || sending->status == SendingStatus::kAbandoned) return refused(Refusal::kNothingToDo, "it is " + base::to_text(sending->status));
    if (command.why.empty()) return refused(Refusal::kValueUnusable, "it needs a reason");
    if (command.why.size() > kMostWordsOfPeople) return refused(Refusal::kValueUnusable, "why is too long");
    Decision decision;
    return decision.add(SendingSettled{command.way, command.number, command.retry, context.person, command.why, context.now});
}

Decision way_alerts_due(const Book& book, const std::vector<Way>& ways, const Context& context) {
    TellingOfWays telling(book, context);
    for (const auto& [name, sendings] : book.sendings()) {
        const Way* way = find_way(ways, name);
        telling.about_standing(name, sendings, way == nullptr ? kMinutesUntilTold : way->stands_still_after);
        telling.about_refused(name, sendings);
    }
    return std::move(telling).decision();
}

}  // namespace rightsdesk::domain
