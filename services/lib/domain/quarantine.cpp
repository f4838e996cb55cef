#include "domain/quarantine.h"

#include <algorithm>
#include <tuple>

namespace rightsdesk::domain {

namespace {

// By the member that names it, whatever the command or event is.
template <class Named>
EntityName subject_in(const Named& named) {
    if constexpr (requires { EntityName(notice_name(named.notice)); }) {
        return named.notice.empty() ? EntityName() : notice_name(named.notice);
    } else if constexpr (requires { notice_name(named.notice.id); }) {
        return notice_name(named.notice.id);
    } else if constexpr (requires { EntityName(payment_name(named.payment)); }) {
        return named.payment.empty() ? EntityName() : payment_name(named.payment);
    } else if constexpr (requires { payment_name(named.payment.id); }) {
        return payment_name(named.payment.id);
    } else {
        return {};
    }
}

struct NamingSubject {
    // What is released is about what it was about.
    EntityName operator()(const QuarantineReleased& event) const { return event.entity; }
    template <class Other>
    EntityName operator()(const Other& other) const { return subject_in(other); }
};

bool came_before(const UnattributedItem* one, const UnattributedItem* other) {
    return std::tie(one->work->at, one->work->record, one->id) < std::tie(other->work->at, other->work->record, other->id);
}

}  // namespace

EntityName subject_of(const Command& command) { return std::visit(NamingSubject{}, command); }
EntityName subject_of(const Event& event) { return std::visit(NamingSubject{}, event); }

const UnattributedItem* frozen_by(const Book& book, const std::string& service, const EntityName& entity) {
    if (entity.empty()) return nullptr;
    for (const std::string& id : book.quarantined()) {
        const UnattributedItem* item = book.item(id);
        if (item->work->service == service && item->work->entity == entity) return item;
    }
    return nullptr;
}

std::vector<std::string> frozen_text(const Book& book, const EntityName& entity) {
    std::vector<std::string> texts;
    for (const std::string& id : book.quarantined()) {
        const QuarantinedWork& work = *book.item(id)->work;
        if (work.entity == entity && work.attempts > 0) texts.push_back(work.service + " decides nothing about it because of " + id);
    }
    return texts;
}

Decision release_item(const Book& book, const ReleaseItem& command, const Context& context) {
    const UnattributedItem* item = book.item(command.item);
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("ReleaseItem", item_name(command.item), refusal, detail); };
    if (item == nullptr || !item->work) return refused(Refusal::kUnknownItem, command.item);
    if (!item->work->released_by.empty()) return refused(Refusal::kNothingToDo, "released by " + item->work->released_by);
    if (item->work->service != context.service) return refused(Refusal::kWrongDoor, "it is " + item->work->service + "'s");
    std::vector<const UnattributedItem*> waiting;
    for (const std::string& id : book.quarantined()) {
        const UnattributedItem* other = book.item(id);
        if (other == item || item->work->entity.empty() || other->work->service != context.service || other->work->entity != item->work->entity) continue;
        if (other->work->attempts > 0 && item->work->attempts == 0) return refused(Refusal::kFrozen, "it waits for " + id + ": release that");
        if (other->work->attempts == 0) waiting.push_back(other);
    }
    std::sort(waiting.begin(), waiting.end(), came_before);
    waiting.resize(std::min(waiting.size(), kMostReleased - 1));
    Decision decision;
    decision.add(QuarantineReleased{item->id, item->work->entity, context.person, command.why});
    for (const UnattributedItem* other : waiting) decision.add(QuarantineReleased{other->id, other->work->entity, context.person, command.why});
    return decision;
}

Decision accept_clock(const Book& desk, const AcceptClock& command, const Context& context) {
    const DeskClock* clock = desk.clock();
    const auto refused = [](Refusal refusal, const std::string& detail) { return refuse("AcceptClock", clock_name(), refusal, detail); };
    if (clock == nullptr || clock->mode != ClockMode::kReal) return refused(Refusal::kWrongClock, "the desk runs on the stepped clock");
    Decision decision;
    return decision.add(ClockAccepted{command.time, context.person, command.why});
}

}  // namespace rightsdesk::domain
