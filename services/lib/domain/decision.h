// Decisions: what a pure function makes of a state and a command, an event or the time.
#pragma once

#include <functional>
#include <memory>

#include "domain/book.h"

namespace rightsdesk::domain {

class RegisterIndex;

// How far an effect on very many has come, from one of its parts to the next (parts.h). It lives in memory and only saves time:
// without it, after a restart, what is recorded already is found in the book.
struct Unfinished {
    Unfinished() = default;
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    virtual ~Unfinished() = default;
};

inline constexpr std::size_t kMostEffects = 10'000;

// What a decision may know besides the books. Everything in it is an argument: decisions read no clock and hold no key.
struct Context {
    Instant now;
    Identity identity;         // of the command
    std::string principal;     // who sent it, as proved
    std::string person;        // the operator: the principal, or whom it acts for; empty where no person is involved
    std::string service;       // who decides
    // The keyed hash, in hex, that business keys are stored as.
    std::function<std::string(const std::string&)> hash_key;

    // The offering's register of record-date holders; null where none is imported, and then notices are not checked against one.
    const RegisterIndex* holders = nullptr;

    // Of what follows from a record or from the time: at most about so many entities are changed in one commit.
    std::size_t most_effects = kMostEffects;
    std::shared_ptr<const Unfinished> unfinished = {};  // as the part before left it

    // The id of what this command makes: "<source>.<sequence>".
    [[nodiscard]] std::string new_id() const { return identity.source + "." + std::to_string(identity.sequence); }
};

struct IndexEntry {
    std::string key;  // hashed
    EntityName entity;
};

// The events, in order; for a command at least one, and the first is what its receipt says. Entities that were looked at
// and must not have changed are in `reads` (those written need not be).
struct Decision {
    std::vector<Event> events;
    std::vector<EntityName> reads;
    std::vector<IndexEntry> keys;  // new business keys; one that is in the book already is left out
    bool rests_on_all = false;     // on more than `reads` could name: nothing may have come into the log since
    bool more = false;             // a reaction's first part: committed by itself, and the reaction is decided again for the rest
    std::shared_ptr<const Unfinished> unfinished = {};  // where the rest goes on
    std::string retry_later;       // not empty: nothing can be decided now; the sender is told why and sends it again

    Decision& add(Event event) {
        events.push_back(std::move(event));
        return *this;
    }
};

// Nothing can be decided now: the sender is told why, and sends it again.
Decision try_later(std::string why);

// An offering that is listed and has no life yet: the sender is asked to try again.
Decision being_opened(const Book& book);

// A decision that refuses a command, and records it: on all that the log holds, for it is never decided again.
Decision refuse(const std::string& command, const std::string& subject, Refusal refusal, std::string detail);

}  // namespace rightsdesk::domain
