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
                kTest)          // of no alert: a person tries the way

// Whether an alert is told of for the first time by it.
constexpr bool begins(SendingNews news) { return news == SendingNews::kRaised || news == SendingNews::kReleased; }

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
    RIGHTSDESK_DESCRIBE(Sending, way, number, type, to, items, intended_at, ready_at, status, attempts, attempted_at, next_attempt_at, result, by, why)
};

}  // namespace rightsdesk::domain
