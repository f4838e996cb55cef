#include "notification/going_out.h"

#include <algorithm>

namespace rightsdesk::notification {

using namespace domain;  // as the handler is

namespace {

Outgoing outgoing_of(const Book& book, const WaySettings& way, const Sending& sending, Instant now) {
    const std::string& log = book.log();
    const std::vector<Told> told = told_by(book, sending);
    Outgoing outgoing{log, sending.way, sending.number, sending.attempts + 1, {}};
    switch (way.way.type) {
        case WayType::kMail: outgoing.body = mail_of(way, log, sending, told, now); break;
        case WayType::kWebhook:
            outgoing.body = webhook_of(log, sending, told);
            outgoing.headers = webhook_headers(way, log, sending, outgoing.body, now);
            break;
        case WayType::kAlertmanager:
            outgoing.body = alertmanager_of(way, log, told, now);
            outgoing.headers = alertmanager_headers(way);
            break;
    }
    return outgoing;
}

}  // namespace

Decision GoingOut::due(const Book& book, const Context& context) {
    std::vector<AttemptEnd> news;
    for (const AttemptEnd& end : outside_->ended(book.log())) {
        if (is_news(book, end)) {
            news.push_back(end);
            continue;
        }
        ++attempts_[end.way][end.outcome];  // it is on record, so that none is counted twice
        outside_->forget(book.log(), end);
    }
    if (!news.empty()) return attempted(book, news, context);
    for (const WaySettings& way : settings_) {
        if (outside_->has(book.log(), way.way.name)) continue;
        hand_over(book, way, context.now);
        if (way.way.type == WayType::kAlertmanager) tell_what_stands(book, way, context.now);
    }
    return {};
}

void GoingOut::count(const Book& book, Instant now, CountsByWay& counts) const {
    for (const Way& way : ways_) {
        const WayFigures figures = figures_of(book, way, now);
        WayCounts& of_way = counts[way.name];
        of_way.waiting += figures.waiting;
        of_way.limited += figures.limited;
        of_way.refused += figures.refused;
        if (figures.oldest_ready_at) of_way.oldest_seconds = std::max(of_way.oldest_seconds, static_cast<double>((now - *figures.oldest_ready_at).value) / 1e9);
    }
}

void GoingOut::count_attempts(CountsByWay& counts) const {
    for (const auto& [way, ended] : attempts_) {
        for (const auto& [outcome, count] : ended) counts[way].attempts[outcome] += count;
    }
}

void GoingOut::hand_over(const Book& book, const WaySettings& way, Instant now) {
    const std::vector<std::uint64_t> numbers = attempts_due(book, way.way, now, kMostAtOnce);
    if (numbers.empty()) return;
    std::vector<Outgoing> line;
    line.reserve(numbers.size());
    for (const std::uint64_t number : numbers) line.push_back(outgoing_of(book, way, *book.sending(way.way.name, number), now));
    outside_->take(std::move(line));
}

// An Alertmanager forgets what it is not told of again. That is no sending of its own: nothing new is said, and a failure shows in the next.
void GoingOut::tell_what_stands(const Book& book, const WaySettings& way, Instant now) {
    const WaySendings& sendings = book.sendings_on(way.way.name);
    if (!sendings.waiting.empty() || sendings.told.empty()) return;
    const auto [told_at, first] = told_standing_at_.try_emplace({book.log(), way.way.name}, now);
    if (!first && now.value - told_at->second.value < way.resend_seconds * kNanosecondsPerSecond) return;
    told_at->second = now;
    std::vector<Outgoing> line;
    std::vector<Told> standing;
    const auto close = [&] {
        if (!standing.empty()) line.push_back({book.log(), way.way.name, 0, 0, alertmanager_of(way, book.log(), standing, now), alertmanager_headers(way)});
        standing.clear();
    };
    for (const auto& [number, sending] : sendings.told) {
        const Alert* alert = book.alert(number);
        if (alert == nullptr || alert->resolved_at) continue;
        standing.push_back({SendingNews::kRaised, *alert});
        if (standing.size() == kMostStandingAtOnce) close();
    }
    close();
    if (!line.empty()) outside_->take(std::move(line));
}

}  // namespace rightsdesk::notification
