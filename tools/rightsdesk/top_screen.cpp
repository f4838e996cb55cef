#include "rightsdesk/top_screen.h"

#include <algorithm>

#include <fmt/format.h>

#include "domain/civil.h"
#include "domain/money_text.h"

namespace rightsdesk::tools {

namespace {

using runtime::Json;

enum class Style { kPlain, kStrong, kFaint, kWarning, kAlarm };

const char* sequence_of(Style style) {
    switch (style) {
        case Style::kPlain: return "";
        case Style::kStrong: return "\x1b[1m";
        case Style::kFaint: return "\x1b[2m";
        case Style::kWarning: return "\x1b[1;33m";
        case Style::kAlarm: return "\x1b[1;7;31m";
    }
    return "";
}

bool begins_a_letter(char octet) { return (static_cast<unsigned char>(octet) & 0xC0U) != 0x80U; }

// Of other people's text: no control character of ASCII or Latin-1 (in UTF-8: C2 80 to C2 9F) is left.
std::string harmless(const std::string& text) {
    std::string shown;
    shown.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto octet = static_cast<unsigned char>(text[at]);
        const bool latin = octet == 0xC2U && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0U;
        if (latin) ++at;
        shown += octet < 0x20U || octet == 0x7FU || latin ? '?' : text[at];
    }
    return shown;
}

// The first letters, as many as fit.
std::string fitted(const std::string& text, std::size_t columns) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (begins_a_letter(text[at]) && letters++ == columns) return text.substr(0, at);
    }
    return text;
}

std::size_t width_of(const std::string& text) { return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_a_letter)); }

std::string padded(const std::string& text, std::size_t columns) {
    const std::string cut = fitted(text, columns);
    return cut + std::string(columns - std::min(columns, width_of(cut)), ' ');
}
std::string right(const std::string& text, std::size_t columns) {
    const std::size_t width = width_of(text);
    return width >= columns ? text : std::string(columns - width, ' ') + text;
}

std::string text_in(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? harmless(found->get<std::string>()) : "";
}
std::int64_t number_in(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number() ? found->get<std::int64_t>() : 0;
}
const Json& part(const Json& object, const char* name) {
    static const Json nothing = Json::object();
    const auto found = object.find(name);
    return found == object.end() ? nothing : *found;
}
std::string money_in(const Json& object, const char* name) { return domain::money_text(domain::Money(number_in(object, name))); }
std::string counted(std::int64_t number, const std::string& one, const std::string& many) { return domain::grouped(number) + " " + (number == 1 ? one : many); }
// "2002-06-28T17:00:00.123" -> "2002-06-28 17:00:00"
std::string civil_text(const std::string& civil) {
    std::string text = civil.substr(0, 19);
    if (text.size() > 10) text[10] = ' ';
    return text;
}
std::string percent(std::int64_t millionths) { return fmt::format("{}.{} %", millionths / 10'000, millionths / 1'000 % 10); }

std::string left_until(const Json& instant, const Json& head) {
    const auto until = instant.is_string() ? domain::parse_instant(instant.get<std::string>()) : tl::unexpected(base::Error{});
    const auto now = domain::parse_instant(text_in(head, "now"));
    return until && now ? time_left(until->value - now->value) : "";
}

class Screen {
public:
    Screen(const ScreenSize& size, bool colour) : size_(size), colour_(colour) {}

    void line(const std::string& text, Style style = Style::kPlain) {
        if (lines_.size() >= size_.rows) return;
        const std::string cut = fitted(text, size_.columns);
        const std::string sequence = colour_ ? sequence_of(style) : "";
        lines_.push_back(sequence.empty() ? cut : sequence + cut + "\x1b[0m");
    }
    void gap() { line(""); }
    [[nodiscard]] std::size_t left() const { return size_.rows - lines_.size(); }
    [[nodiscard]] std::size_t columns() const { return size_.columns; }
    std::vector<std::string> take() { return std::move(lines_); }

private:
    ScreenSize size_;
    bool colour_;
    std::vector<std::string> lines_;
};

void show_head(Screen& screen, const Json& board) {
    const Json& head = part(board, "head");
    const Json& clock = part(board, "clock");
    screen.line(text_in(clock, "issuer") + "  " + text_in(clock, "title"), Style::kStrong);
    screen.line(fmt::format("{} {}   {}   record {}", civil_text(text_in(head, "now_civil")), text_in(head, "zone"), text_in(clock, "stage"), domain::grouped(number_in(head, "sequence"))));
    if (!head.value("stale", true)) return;
    std::string why;
    for (const Json& reason : part(head, "why")) why += (why.empty() ? "" : "; ") + harmless(reason.get<std::string>());
    screen.line("!!! STALE: what you see is OLD. " + why, Style::kAlarm);
}

void show_deadlines(Screen& screen, const Json& board) {
    const Json& head = part(board, "head");
    std::size_t shown = 0;
    for (const Json& deadline : part(part(board, "clock"), "deadlines")) {
        if (deadline.value("past", false) || ++shown > 3) continue;
        screen.line(fmt::format("  {}  {}  {}", right(left_until(part(deadline, "instant"), head), 14), civil_text(text_in(deadline, "civil")), text_in(deadline, "what")),
                    text_in(deadline, "kind") == "expiration" ? Style::kStrong : Style::kPlain);
    }
    if (shown == 0) screen.line("  no deadline lies ahead", Style::kFaint);
}

void show_funnel(Screen& screen, const Json& board) {
    constexpr std::size_t kBar = 20;
    for (const Json& step : part(part(board, "funnel"), "steps")) {
        const auto share = std::clamp<std::int64_t>(number_in(step, "notices_ppm"), 0, 1'000'000);
        const auto filled = static_cast<std::size_t>(share * static_cast<std::int64_t>(kBar) / 1'000'000);
        screen.line(fmt::format("  {} {} {} {}{}  {}", padded(text_in(step, "step"), 10), right(domain::grouped(number_in(step, "notices")), 9), right(percent(share), 8),
                                std::string(filled, '#'), std::string(kBar - filled, '.'), money_in(step, "money_cents")));
    }
}

// Eight heights, each point's of the highest; of too many the last of each few.
std::string sparkline(const std::vector<std::int64_t>& values, std::size_t columns) {
    static const std::vector<std::string> kHeights{"\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588"};
    const std::int64_t highest = std::max<std::int64_t>(1, values.empty() ? 0 : *std::max_element(values.begin(), values.end()));
    const std::size_t shown = std::min(columns, values.size());
    std::string line;
    for (std::size_t at = 0; at < shown; ++at) {
        const std::int64_t value = std::clamp<std::int64_t>(values[(at + 1) * values.size() / shown - 1], 0, highest);
        line += kHeights[static_cast<std::size_t>(value * 7 / highest)];
    }
    return line;
}

void show_proration(Screen& screen, const Json& board) {
    constexpr std::size_t kSpark = 30;
    const Json& projection = part(board, "projection");
    const Json& sure = part(projection, "sure");
    const Json& all = part(projection, "all");
    if (sure.empty() || all.empty()) return;
    screen.line(fmt::format("  proration   {} of the over-subscriptions as things stand, {} if everything outstanding comes", percent(number_in(sure, "over_ppm")), percent(number_in(all, "over_ppm"))));
    std::vector<std::int64_t> values;
    const Json& points = part(projection, "points");
    values.reserve(points.size());
    for (const Json& point : points) values.push_back(number_in(part(point, "all"), "over_ppm"));
    if (values.size() < 2) return;
    const auto since = domain::parse_instant(text_in(points.front(), "at"));
    const std::string zone = text_in(part(board, "head"), "zone");
    screen.line(fmt::format("              {}  up to {}, if everything comes{}", sparkline(values, kSpark), percent(*std::max_element(values.begin(), values.end())),
                            since && !zone.empty() ? "; since " + civil_text(domain::civil_text(*since, zone)) : ""));
}

std::string people_of(const Json& proposal) {
    std::string text = text_in(proposal, "kind") + " proposed by " + text_in(proposal, "proposed_by");
    return text + ", waits for " + counted(number_in(proposal, "missing"), "person", "people") + ": " + text_in(proposal, "words");
}

void show_sums(Screen& screen, const Json& board) {
    const Json& suspense = part(board, "suspense");
    const Json& alerts = part(board, "alerts");
    const std::int64_t nobodys = number_in(alerts, "unacknowledged");
    const std::int64_t critical = number_in(part(alerts, "by_severity"), "critical");
    screen.line(fmt::format("  suspense    {} in {}", money_in(suspense, "money_cents"), counted(number_in(suspense, "total"), "payment", "payments")));
    screen.line(fmt::format("  alerts      {} open, {} critical, {} in nobody's hand", number_in(alerts, "open"), critical, nobodys), critical > 0 && nobodys > 0 ? Style::kWarning : Style::kPlain);
    show_proration(screen, board);
    for (const Json& proposal : part(part(board, "proposals"), "rows")) {
        if (number_in(proposal, "missing") > 0) screen.line("  proposal    " + people_of(proposal), Style::kWarning);
    }
}

// A list's first rows, each as `text` says it, and how many there are besides.
template <class Text>
void show_first(Screen& screen, const std::string& title, const Json& section, std::int64_t total, std::size_t most, const Text& text) {
    screen.line(title, Style::kStrong);
    std::int64_t shown = 0;
    for (const Json& row : part(section, "rows")) {
        if (static_cast<std::size_t>(shown) == most) break;
        screen.line("  " + text(row), text_in(row, "severity") == "critical" && text_in(row, "acknowledged_by").empty() ? Style::kWarning : Style::kPlain);
        ++shown;
    }
    if (shown < total) screen.line(fmt::format("  and {} more", domain::grouped(total - shown)), Style::kFaint);
    if (total == 0) screen.line("  none", Style::kFaint);
}

std::string alert_text(const Json& row, const Json& head) {
    const std::string hand = text_in(row, "owner");
    const std::string left = left_until(part(row, "too_late_at"), head);
    const std::int64_t alike = number_in(row, "group_size");
    return fmt::format("{} {}  {}  {}{}{}", padded(text_in(row, "severity"), 8), right(left.empty() ? "-" : left, 14), padded(hand.empty() ? "nobody's" : hand, 10), text_in(row, "kind"),
                       alike > 1 ? fmt::format(" ({} alike)", domain::grouped(alike)) : "", ": " + text_in(row, "what"));
}

std::string payment_text(const Json& row) {
    std::string text = fmt::format("{}  {}  {} from {}", right(money_in(row, "unmatched_cents"), 16), padded(text_in(row, "status"), 11), text_in(row, "payment"), text_in(row, "institution"));
    const Json& candidates = part(row, "candidates");
    if (!candidates.empty()) text += "; may be for " + text_in(candidates.front(), "notice") + (candidates.size() > 1 ? " or " + counted(static_cast<std::int64_t>(candidates.size()) - 1, "other", "others") : "");
    return text;
}

std::string guarantor_text(const Json& row) {
    const Json& eligible = part(row, "eligible");
    std::string text = fmt::format("{}  {}  {} not covered", right(money_in(row, "exposure_cents"), 16), text_in(row, "guarantor"), counted(number_in(row, "uncovered"), "notice", "notices"));
    if (number_in(row, "missed") > 0) text += fmt::format(", {} missed", domain::grouped(number_in(row, "missed")));
    return text + (!eligible.is_boolean() ? ", on no list" : eligible.get<bool>() ? "" : ", INELIGIBLE");
}

// What a screen with room has beside the exceptions, which keep most of it.
void show_lists(Screen& screen, const Json& board) {
    constexpr std::size_t kOfExceptions = 8, kLists = 3, kMostOfEach = 4;
    if (screen.left() < kOfExceptions + 3 * kLists) return;
    const std::size_t of_each = std::min(kMostOfEach, (screen.left() - kOfExceptions) / kLists - 2);  // beside its head and how many more there are
    const Json& alerts = part(board, "alerts");
    const Json& suspense = part(board, "suspense");
    const Json& guarantors = part(board, "guarantors");
    show_first(screen, "open alerts", alerts, number_in(alerts, "open"), of_each, [&](const Json& row) { return alert_text(row, part(board, "head")); });
    show_first(screen, fmt::format("money in suspense, {}", money_in(suspense, "money_cents")), suspense, number_in(suspense, "total"), of_each, payment_text);
    show_first(screen, fmt::format("guarantors by exposure, {}", money_in(guarantors, "exposure_cents")), guarantors, number_in(guarantors, "total"), of_each, guarantor_text);
    screen.gap();
}

void show_exceptions(Screen& screen, const Json& board) {
    const Json& exceptions = part(board, "exceptions");
    const Json& head = part(board, "head");
    const std::int64_t total = number_in(exceptions, "total");
    screen.line(fmt::format("{} that can still be saved, {}", counted(total, "item", "items"), money_in(exceptions, "money_cents")), Style::kStrong);
    screen.line("      too late in          money  in hand     what it is, whose", Style::kFaint);
    const std::size_t what_columns = (screen.columns() - 46) * 2 / 3;
    std::int64_t shown = 0;
    for (const Json& row : part(exceptions, "rows")) {
        if (screen.left() <= 1) break;
        const std::string hand = text_in(row, "in_hand");
        const std::string mark = text_in(row, "severity") == "critical" ? "! " : "  ";
        screen.line(fmt::format("{}{} {}  {}  {}  {}", mark, right(left_until(part(row, "too_late_at"), head), 15), right(money_in(row, "money_cents"), 14),
                                padded(hand.empty() ? "nobody's" : hand, 10), padded(text_in(row, "subject") + ": " + text_in(row, "what"), what_columns), text_in(row, "guarantor")),
                    text_in(row, "severity") == "critical" && hand.empty() ? Style::kWarning : Style::kPlain);
        ++shown;
    }
    if (shown < total) screen.line(fmt::format("  and {} more: rightsdesk alerts list", domain::grouped(total - shown)), Style::kFaint);
}

}  // namespace

std::string time_left(std::int64_t nanoseconds) {
    constexpr std::int64_t kSecond = 1'000'000'000;
    if (nanoseconds <= 0) return "past";
    const std::int64_t seconds = nanoseconds / kSecond;
    const std::int64_t days = seconds / 86'400;
    const std::string clock = fmt::format("{:02}:{:02}:{:02}", seconds / 3'600 % 24, seconds / 60 % 60, seconds % 60);
    return days == 0 ? clock : fmt::format("{} d {}", days, clock);
}

std::vector<std::string> screen_of(const runtime::Json& board, const ScreenSize& size, bool colour) {
    Screen screen({std::max(size.columns, kSmallestScreen.columns), std::max(size.rows, kSmallestScreen.rows)}, colour);
    show_head(screen, board);
    show_deadlines(screen, board);
    screen.gap();
    show_funnel(screen, board);
    screen.gap();
    show_sums(screen, board);
    screen.gap();
    show_lists(screen, board);
    show_exceptions(screen, board);
    return screen.take();
}

}  // namespace rightsdesk::tools
