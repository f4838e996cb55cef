// Receipts and answers: what a door says to whoever knocked.
#pragma once

#include "domain/events.h"

namespace rightsdesk::domain {

RIGHTSDESK_ENUM(ReceiptKind, kAccepted, kDefective, kDuplicate, kRefused, kConflict, kQuarantined, kRetryLater)

// For a repeat the door sends the original receipt, byte for byte.
struct Receipt {
    Identity identity;
    ReceiptKind kind = ReceiptKind::kAccepted;
    std::string log;                   // where its first event is
    Sequence sequence = 0;             // that event's number; 0: nothing was recorded (retry later)
    std::string subject;               // "notice/fax-1.17"
    std::string status;                // "accepted", "late", ... of the subject
    std::vector<std::string> reasons;  // as text, with what mends each in `explanation`
    std::string explanation;
    RIGHTSDESK_DESCRIBE(Receipt, identity, kind, log, sequence, subject, status, reasons, explanation)
};

struct ClockStatus {
    DeskClock clock;
    bool idle = false;
    std::vector<std::string> waiting_for;  // "payment_clearing at rare-medium-2002: 41 of 44"
    RIGHTSDESK_DESCRIBE(ClockStatus, clock, idle, waiting_for)
};

struct AlertPage {
    std::string log;
    std::vector<Alert> alerts;
    bool more = false;
    RIGHTSDESK_DESCRIBE(AlertPage, log, alerts, more)
};

struct HealthStatus {
    std::string service;
    std::string instance;
    bool healthy = false;
    std::vector<std::string> problems;
    std::vector<std::string> holds = {};  // the logs that this instance consumes and acts on in time
    RIGHTSDESK_DESCRIBE(HealthStatus, service, instance, healthy, problems, holds)
};

struct Reply {
    Identity identity;  // of the envelope answered
    std::variant<Receipt, ClockStatus, AlertPage, HealthStatus> body;
    RIGHTSDESK_DESCRIBE(Reply, identity, body)
};

// The receipt that the first event of an item stands for: a pure function, so that a repeat gets the same bytes.
Receipt receipt_of(const Record& first, const std::string& log, Sequence sequence);

// What bytes that cannot be decoded are recorded and answered under: their sender, who alone knows what identity they had,
// finds its message by it.
Identity undecodable_identity(const std::string& principal, const Bytes& message);

// The first 60 bits of a SHA-256 in hex: the number of what has none of its own.
std::uint64_t number_from_hash(const std::string& sha256_hex);

// ---- what goes out on feeds ----

struct Published {       // one committed record
    std::string log;
    std::uint64_t epoch = 0;
    Sequence sequence = 0;
    std::string digest;
    std::string link;
    Bytes record;
    RIGHTSDESK_DESCRIBE(Published, log, epoch, sequence, digest, link, record)
};

struct PublishedRecords {  // topic "event/<log>/": committed one after the other, a hint; the log is the truth
    std::vector<Published> records;
    RIGHTSDESK_DESCRIBE(PublishedRecords, records)
};

struct PublishedHead {   // topic "head/<log>/", four times a second
    std::string log;
    std::uint64_t epoch = 0;
    Sequence sequence = 0;
    RIGHTSDESK_DESCRIBE(PublishedHead, log, epoch, sequence)
};

struct Position {
    std::string log;
    Sequence head = 0;      // folded up to here
    Sequence handled = 0;   // reacted to up to here
    std::string target = {};  // the log that what follows from it goes to
    RIGHTSDESK_DESCRIBE(Position, log, head, handled, target)
};

struct Idle {            // topic "idle/": nothing left to do at these positions, which are those of the logs that the instance holds
    std::string service;
    std::string instance;
    Instant now;            // the service's own
    std::vector<Position> positions;
    RIGHTSDESK_DESCRIBE(Idle, service, instance, now, positions)
};

struct PublishedAlert {  // topic "alert/<log>/<severity>/<kind>/"
    std::string log;
    Alert alert;
    RIGHTSDESK_DESCRIBE(PublishedAlert, log, alert)
};

struct AlertHead {       // topic "alerthead/<log>/", four times a second
    std::string log;
    std::uint64_t last = 0;
    RIGHTSDESK_DESCRIBE(AlertHead, log, last)
};

}  // namespace rightsdesk::domain
