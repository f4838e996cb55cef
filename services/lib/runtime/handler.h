// What differs between the services: a Handler. Everything else (door, log, commit, receipts, cursors, feeds, health) is
// the same for all four and lives in desk_service.h. Handlers do no I/O of their own but what they are given.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "domain/decision.h"
#include "domain/receipts.h"
#include "domain/roles.h"

namespace rightsdesk::runtime {

struct Figures;

// Everything folded: the desk's book and one for each offering listed in it.
struct Books {
    domain::Book desk{domain::kDesk};
    std::map<domain::OfferingId, std::unique_ptr<domain::Book>> offerings;

    // Nothing when there is none (or it is listed but not opened yet).
    [[nodiscard]] const domain::Book* offering(const domain::OfferingId& id) const {
        const auto found = offerings.find(id);
        return found == offerings.end() ? nullptr : found->second.get();
    }
    [[nodiscard]] const domain::Book& book(const std::string& log) const;
    [[nodiscard]] std::vector<const domain::Book*> all_offerings() const;
};

template <class Reactions, class Event>
concept ReactingTo = requires(const Reactions& reactions, const Event& event) { reactions(event); };

// What `reactions`, a set of overloads by the event's type, say of an event; those without one are let be.
template <class Reactions>
domain::Decision react_by(const Reactions& reactions, const domain::Event& event) {
    return std::visit(
        [&]<class Event>(const Event& one) -> domain::Decision {
            if constexpr (ReactingTo<Reactions, Event>) return reactions(one);
            else return {};
        },
        event);
}

// Whether there is such an overload for it.
template <class Reactions>
bool reacts_by(const domain::Event& event) {
    static constexpr auto known = []<class... Each>(std::type_identity<std::variant<Each...>>) {
        return std::array<bool, sizeof...(Each)>{ReactingTo<Reactions, Each>...};
    }(std::type_identity<domain::Event::Alternatives>());
    return known[event.index()];
}

// What a handler may look at and ask for.
struct Surroundings {
    const Books& books;
    // The first record of what claimed this identity ("fax-1.17": an item's id) in a log.
    std::function<base::Result<domain::Record>(const std::string& log, const std::string& identity)> record_of;
    // Which registered services are not idle at the heads of the logs, in words; empty when all are.
    std::function<std::vector<std::string>()> waiting_for;
    // The keyed hash that a log stores business keys as. Empty where the log has no key: nothing in it can be recognised then.
    std::function<std::string(const std::string& log, const std::string& text)> hash;
    // Whether a log has taken in all that another has, as far as this service sees both: an offering of the desk or, where the handler
    // follows offerings, the desk of an offering.
    std::function<bool(const std::string& log, const std::string& source)> follows;
};

using Answer = std::variant<domain::Receipt, domain::ClockStatus, domain::AlertPage, domain::HealthStatus>;

// The answer to a question that another service's door takes.
inline Answer wrong_door() {
    domain::Receipt receipt;
    receipt.kind = domain::ReceiptKind::kRefused;
    receipt.status = "refused";
    receipt.reasons = {base::to_text(domain::Refusal::kWrongDoor)};
    receipt.explanation = domain::explain(domain::Refusal::kWrongDoor);
    return receipt;
}

class Handler {
public:
    Handler() = default;
    Handler(const Handler&) = delete;
    Handler& operator=(const Handler&) = delete;
    virtual ~Handler() = default;

    [[nodiscard]] virtual domain::ServiceName name() const = 0;

    // The log in which a command's identity is claimed and whose book it is decided on: by the route that it came in on,
    // never by what its body says of itself; where the route serves several offerings, by what the books say. "desk" where no
    // offering is concerned or known. Asked of commands whose identity nobody claimed yet: a repeat goes where the first went.
    [[nodiscard]] virtual std::string route(const Surroundings& around, const domain::Command& command) const = 0;

    // Whether the route of such a command hangs on what several logs say: they are all read before it is asked.
    [[nodiscard]] virtual bool routes_by_books(const domain::Command&) const { return false; }

    // Whether the desk's log takes in, by cursor, what happens in the offerings' logs; `react` is told of it with the target "desk".
    [[nodiscard]] virtual bool follows_offerings() const { return false; }

    // Two people go on without the replica, or no longer: for what keeps something on two hosts itself.
    virtual void go_without_replica(bool) {}

    // Called before a batch of commands is decided, for what takes hardly longer for all of them than for one. What cannot be
    // prepared is decided all the same.
    virtual void prepare(const std::vector<const domain::Command*>&) {}

    // Decides a command on the book of `log` as it stands. At least one event, or retry_later.
    virtual domain::Decision decide(const Surroundings& around, const std::string& log, const domain::Command& command,
                                    const domain::Context& context) = 0;

    // What this service does in the log `target` because of a record of `source` (the same log, the desk's, or for the desk an
    // offering's). Called
    // once a record in order, though again after a death before the commit; the books may be ahead of the record, so
    // that it decides on what is, not on what the record says. No events: nothing to do.
    virtual domain::Decision react(const Surroundings& around, const std::string& target, const std::string& source, const domain::Record& record,
                                   const domain::Context& context) = 0;

    // Whether a record with such an event, in the log `source`, may be reacted to in any log. The others `react` is not told of. The same
    // for every event of a type.
    [[nodiscard]] virtual bool reacts_to(const std::string&, const domain::Event&) const { return true; }

    // What is due now in a log. Called again until it has no events; must not find the same thing due twice.
    virtual domain::Decision due(const Surroundings& around, const std::string& log, const domain::Context& context) = 0;

    // The process ends in good order: what is under way outside may end, which takes some seconds at most. True: `due` is asked once more for
    // what came of it.
    virtual bool finish() { return false; }

    // Series of its own, about once a second.
    virtual void tell(const Books&, domain::Instant, Figures&) {}

    virtual Answer answer(const Surroundings& around, const domain::Question& question) = 0;
};

}  // namespace rightsdesk::runtime
