#include "domain/sending_intents.h"

#include <algorithm>
#include <map>

#include "domain/silencing.h"

namespace rightsdesk::domain {

namespace {

// One way's, as the decision leaves them so far.
class IntendingOnWay {
public:
    IntendingOnWay(const Book& book, const Way& way, Instant now) : book_(book), way_(way), now_(now), last_(book.sendings_on(way.name).last) {
        find_collecting();
        recent_ = recently_intended();
    }

    void intend(const SendingItem& item, bool may_wait, SendingsIntended& event, const std::string& by = {}, const std::string& why = {}) {
        const bool beyond = recent_ >= way_.per_minute && way_.beyond == BeyondLimit::kCollect;
        const bool collected = item.news != SendingNews::kTest && (may_wait || beyond || is_in_collecting(item.alert) || begins_later(item.alert));
        if (collected && collecting_ != 0 && (items_ < kMostCollected || is_in_collecting(item.alert))) return join(item, event);
        Sending sending;
        sending.way = way_.name;
        sending.number = ++last_;
        sending.type = way_.type;
        sending.to = way_.to;
        sending.items = {item};
        sending.intended_at = now_;
        sending.ready_at = Instant(now_.value + (collected ? kCollectedFor : 0));
        sending.by = by;
        sending.why = why;
        ++recent_;
        if (begins(item.news)) told_here_.insert(item.alert);
        if (collected) {
            collecting_ = sending.number;
            items_ = 1;
            members_ = {item.alert};
        }
        event.sendings.push_back(std::move(sending));
    }

    // The last that says that the alert is wrong; null where none did.
    [[nodiscard]] const Sending* last_of(std::uint64_t alert) const {
        const auto& told = book_.sendings_on(way_.name).told;
        const auto found = told.find(alert);
        return found == told.end() ? nullptr : book_.sending(way_.name, found->second);
    }

    // Whether the alert's beginning went, or is to go, by this way.
    [[nodiscard]] bool was_told(std::uint64_t alert) const { return told_here_.contains(alert) || book_.sendings_on(way_.name).told.contains(alert); }

private:
    void join(const SendingItem& item, SendingsIntended& event) {
        ++items_;
        members_.insert(item.alert);
        if (begins(item.news)) told_here_.insert(item.alert);
        event.joined.push_back({way_.name, collecting_, item});
    }

    [[nodiscard]] bool is_in_collecting(std::uint64_t alert) const { return alert != 0 && members_.contains(alert); }

    // Its end does not go before its beginning.
    [[nodiscard]] bool begins_later(std::uint64_t alert) const {
        const auto& told = book_.sendings_on(way_.name).told;
        const auto beginning = told.find(alert);
        return beginning != told.end() && book_.sending(way_.name, beginning->second)->ready_at > now_;
    }

    // The one that takes in more: the last that does, while its minute lasts and nobody has tried or abandoned it.
    void find_collecting() {
        const auto& waiting = book_.sendings_on(way_.name).waiting;
        for (auto at = waiting.rbegin(); at != waiting.rend() && at->first > now_; ++at) {
            const Sending& sending = *book_.sending(way_.name, at->second);
            if (sending.attempts > 0) continue;
            collecting_ = sending.number;
            items_ = sending.items.size();
            for (const SendingItem& item : sending.items) members_.insert(item.alert);
            return;
        }
    }

    [[nodiscard]] std::int32_t recently_intended() const {
        std::int32_t count = 0;
        for (std::uint64_t number = last_; number > 0 && count < way_.per_minute; --number) {
            const Sending* sending = book_.sending(way_.name, number);
            if (sending != nullptr && !sending->troubles.empty()) continue;  // it went out without the store
            if (sending == nullptr || sending->intended_at.value + kNanosecondsPerMinute <= now_.value) break;
            ++count;
        }
        return count;
    }

    const Book& book_;
    const Way& way_;
    Instant now_;
    std::uint64_t last_;
    std::int32_t recent_ = 0;
    std::uint64_t collecting_ = 0;
    std::size_t items_ = 0;                 // of the one that collects
    std::set<std::uint64_t> members_;       // alerts in it
    std::set<std::uint64_t> told_here_;     // by this decision
};

class Intending {
public:
    Intending(const Book& book, const std::vector<Way>& ways, Instant now) : book_(book), now_(now) {
        on_ways_.reserve(ways.size());
        for (const Way& way : ways) on_ways_.emplace_back(&way, IntendingOnWay(book, way, now));
    }

    void operator()(const AlertRaised& event) {
        if (!event.alert.held_since && event.alert.silenced.empty()) begin(event.alert, SendingNews::kRaised);
    }
    void operator()(const AlertReleased& event) {
        const Alert* alert = book_.alert(event.number);
        if (alert != nullptr && !is_silenced(book_, *alert, now_)) begin(*alert, SendingNews::kReleased);
    }
    void operator()(const AlertAcknowledged& event) { go_on(event.number, SendingNews::kAcknowledged); }
    void operator()(const AlertResolved& event) { go_on(event.number, SendingNews::kResolved); }
    template <class Other>
    void operator()(const Other&) {}

    void add_to(Decision& decision) && {
        if (!intended_.sendings.empty() || !intended_.joined.empty()) decision.add(std::move(intended_));
    }

private:
    void begin(const Alert& alert, SendingNews news) {
        for (auto& [way, intending] : on_ways_) {
            const bool wanted = way->news.contains(news) || way->news.contains(SendingNews::kRaised);
            if (!wanted || !takes(*way, book_.log(), alert, now_)) continue;
            const bool later_of_group = way->grouped && alert.group != 0 && alert.group != alert.number;
            intending.intend({alert.number, news}, later_of_group, intended_);
        }
    }
    void go_on(std::uint64_t number, SendingNews news) {
        for (auto& [way, intending] : on_ways_) {
            if (way->news.contains(news) && intending.was_told(number)) intending.intend({number, news}, way->grouped, intended_);
        }
    }

    const Book& book_;
    Instant now_;
    std::vector<std::pair<const Way*, IntendingOnWay>> on_ways_;
    SendingsIntended intended_;
};

bool is_of_alerts(const Event& event) {
    return std::holds_alternative<AlertRaised>(event) || std::holds_alternative<AlertReleased>(event) || std::holds_alternative<AlertAcknowledged>(event) ||
           std::holds_alternative<AlertResolved>(event);
}

}  // namespace

void add_sendings(const Book& book, const std::vector<Way>& ways, const Context& context, Decision& decision) {
    if (ways.empty() || std::none_of(decision.events.begin(), decision.events.end(), is_of_alerts)) return;
    Intending intending(book, ways, context.now);
    for (const Event& event : decision.events) std::visit(intending, event);
    std::move(intending).add_to(decision);
}

Decision standing_due(const Book& book, const std::vector<Way>& ways, const Context& context, const std::vector<std::uint64_t>& alerts, std::int64_t after) {
    SendingsIntended event;
    for (const Way& way : ways) {
        IntendingOnWay intending(book, way, context.now);
        const bool wanted = way.news.contains(SendingNews::kRaised) || way.news.contains(SendingNews::kStanding);
        for (const std::uint64_t number : alerts) {
            const Alert& alert = *book.alert(number);
            const Sending* last = intending.last_of(number);
            const bool waits = last != nullptr && last->status == SendingStatus::kWaiting;
            const Instant told_at = last == nullptr ? alert.raised_at : last->intended_at;
            if (!wanted || waits || told_at.value + after > context.now.value || !takes(way, book.log(), alert, context.now)) continue;
            intending.intend({number, SendingNews::kStanding}, way.grouped, event);
        }
    }
    Decision decision;
    if (!event.sendings.empty() || !event.joined.empty()) decision.add(std::move(event));
    return decision;
}

Decision test_way(const Book& desk, const std::vector<Way>& ways, const TestWay& command, const Context& context) {
    const Way* way = find_way(ways, command.way);
    if (way == nullptr) return refuse("TestWay", way_subject(command.way), Refusal::kValueUnusable, "there is no way of that name in the configuration");
    if (command.why.size() > kMostWordsOfPeople) return refuse("TestWay", way_subject(command.way), Refusal::kValueUnusable, "why is too long");
    SendingsIntended event;
    IntendingOnWay(desk, *way, context.now).intend({0, SendingNews::kTest}, false, event, context.person, command.why);
    Decision decision;
    return decision.add(std::move(event));
}

}  // namespace rightsdesk::domain
