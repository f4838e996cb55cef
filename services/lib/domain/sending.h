// Sendings: what goes outside because of alerts, by mail, webhook or to an Alertmanager. What is intended is recorded before it is tried, so
// none is lost; what a crash in the act makes go twice has the same log, way and number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/types.h"

namespace rightsdesk::domain {

RIGHTSDESK_ENUM(WayType, kMail, kWebhook, kAlertmanager)

// What is told of an alert.
RIGHTSDESK_ENUM(SendingNews, kRaised,
                kReleased,      // it was held while the offering was suspended, and is told of now
                kAcknowledged, kResolved,
                kTest,          // of no alert: a person tries the way
                kStanding)      // what was told stands still: of the desk's own troubles

// Whether it says that something is wrong: who was told so is told that it is over.
constexpr bool begins(SendingNews news) { return news == SendingNews::kRaised || news == SendingNews::kReleased || news == SendingNews::kStanding; }

RIGHTSDESK_ENUM(SendingStatus, kWaiting, kSent,
                kRefused,       // the other side will not take it as it is: a person decides
                kAbandoned)     // by a person

RIGHTSDESK_ENUM(SendingOutcome, kSent,
                kFailed,        // it is tried again
                kRefused)

struct SendingItem {
    std::uint64_t alert = 0;                 // its number in this log; 0: none
    SendingNews news = SendingNews::kRaised;
    RIGHTSDESK_DESCRIBE(SendingItem, alert, news)
};

// A trouble of the desk itself, which has no number: what a sending told of it.
struct ToldTrouble {
    std::string kind;                        // of the table, which has its severity
    std::string subject;                     // "service/intake": who told of it first
    std::string what;
    std::string whom;
    std::string next;
    Instant raised_at;
    std::optional<Instant> resolved_at;
    std::string resolved_because;
    RIGHTSDESK_DESCRIBE(ToldTrouble, kind, subject, what, whom, next, raised_at, resolved_at, resolved_because)
};

struct Sending {                             // notification
    std::string way;
    std::uint64_t number = 0;                // dense for a way and log from 1
    WayType type = WayType::kMail;
    std::string to;                          // whom, as the configuration said when it was intended; no secret
    std::vector<SendingItem> items;          // in the order in which they happened
    Instant intended_at;
    Instant ready_at;                        // later than intended_at: until then more is collected into it
    SendingStatus status = SendingStatus::kWaiting;
    std::uint32_t attempts = 0;              // that ended
    std::optional<Instant> attempted_at;     // the last
    std::optional<Instant> next_attempt_at;  // not before; absent: when its turn comes
    std::string result;                      // what the other side said last
    std::string by;                          // who asked for a test, retried or abandoned it
    std::string why;
    std::string key = {};                    // of the desk's own troubles: the id that it went out with, which was made without the store
    std::vector<ToldTrouble> troubles = {};  // on record: what its items told of, in their order
    RIGHTSDESK_DESCRIBE(Sending, way, number, type, to, items, intended_at, ready_at, status, attempts, attempted_at, next_attempt_at, result, by, why, key, troubles)
};

}  // namespace rightsdesk::domain
