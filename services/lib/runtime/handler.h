// What differs between the services: a Handler. Everything else (door, log, commit, receipts, cursors, feeds, health) is
// the same for all four and lives in desk_service.h. Handlers do no I/O of their own but what they are given.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "domain/decision.h"
#include "domain/receipts.h"
#include "domain/roles.h"

namespace rightsdesk::runtime {

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
};

// What a handler may look at and ask for.
struct Surroundings {
    const Books& books;
    // The first record of what claimed this identity ("fax-1.17": an item's id) in a log.
    std::function<base::Result<domain::Record>(const std::string& log, const std::string& identity)> record_of;
    // Which registered services are not idle at the heads of the logs, in words; empty when all are.
    std::function<std::vector<std::string>()> waiting_for;
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
    // never by what its body says of itself. "desk" where no offering is concerned or known.
    [[nodiscard]] virtual std::string route(const Books& books, const domain::Command& command) const = 0;

    // Called before a batch of commands is decided, for what takes hardly longer for all of them than for one. What cannot be
    // prepared is decided all the same.
    virtual void prepare(const std::vector<const domain::Command*>&) {}

    // Decides a command on the book of `log` as it stands. At least one event, or retry_later.
    virtual domain::Decision decide(const Surroundings& around, const std::string& log, const domain::Command& command,
                                    const domain::Context& context) = 0;

    // What this service does in the log `target` because of a record of `source` (the same log, or the desk's). Called
    // once a record in order, though again after a death before the commit; the books may be ahead of the record, so
    // that it decides on what is, not on what the record says. No events: nothing to do.
    virtual domain::Decision react(const Surroundings& around, const std::string& target, const std::string& source, const domain::Record& record,
                                   const domain::Context& context) = 0;

    // What is due now in a log. Called again until it has no events; must not find the same thing due twice.
    virtual domain::Decision due(const Surroundings& around, const std::string& log, const domain::Context& context) = 0;

    virtual Answer answer(const Surroundings& around, const domain::Question& question) = 0;
};

}  // namespace rightsdesk::runtime
