// What happened to what belongs to no offering yet: it came to the desk, was given to an offering, and perhaps taken back from it. The
// rest of what happens is in events.h, which includes this. Writing service in brackets.
#pragma once

#include <variant>

#include "domain/commands.h"

namespace rightsdesk::domain {

// ---- the desk's log ----

struct NoticeUnattributed {      // [intake] came in on a number or address that no offering lists
    std::string item;
    std::string why;
    SubmitNotice notice;         // without the document's bytes: they are kept under their SHA-256
    RIGHTSDESK_DESCRIBE(NoticeUnattributed, item, why, notice)
};

// What banks and the mail room say of money.
using MoneyMessage = std::variant<ConfirmWire, ReceiveInstrument, ConfirmClearance, ReportBounce>;

struct PaymentUnattributed {     // [payment clearing] came into an account that no offering has or several have, and nothing says whose it is
    std::string item;
    std::string why;
    MoneyMessage payment;
    std::optional<ItemMoney> money = {};
    RIGHTSDESK_DESCRIBE(PaymentUnattributed, item, why, payment, money)
};

struct ItemLinked {              // [payment clearing] another message of money that is an item: it counts once
    std::string item;
    std::string message;
    ItemMoney money;             // with what this message added
    RIGHTSDESK_DESCRIBE(ItemLinked, item, message, money)
};

struct NoticeAttributed {        // [intake] consumed into the offering by cursor, once
    std::string item;
    OfferingId offering;
    std::string why;
    SubmitNotice notice;
    std::uint32_t attribution = 0;  // which of the item's, from 1; 0: of before they were counted
    RIGHTSDESK_DESCRIBE(NoticeAttributed, item, offering, why, notice, attribution)
};

struct PaymentAttributed {       // [payment clearing] with what further messages added to it
    std::string item;
    OfferingId offering;
    std::string why;
    MoneyMessage payment;
    std::uint32_t attribution = 0;
    std::optional<Instant> received_at = {};  // as in ItemMoney
    std::optional<Date> cleared_on = {};
    RIGHTSDESK_DESCRIBE(PaymentAttributed, item, offering, why, payment, attribution, received_at, cleared_on)
};

struct AttributionUndone {       // [intake, payment clearing] as an offering's log says, consumed from there by cursor, once: the item is open again
    std::string item;
    OfferingId offering;
    std::string why;
    std::string by;
    PaymentReferences references;
    std::optional<Instant> received_at;
    std::optional<Date> cleared_on;
    RIGHTSDESK_DESCRIBE(AttributionUndone, item, offering, why, by, references, received_at, cleared_on)
};

// ---- an offering's log ----

struct NoticeTakenBack {         // [intake] its attribution to this offering was a mistake; it is rejected here, with its certificates to go back
    NoticeId notice;
    std::uint32_t attribution = 0;
    std::string why;
    std::string by;
    RIGHTSDESK_DESCRIBE(NoticeTakenBack, notice, attribution, why, by)
};

struct PaymentTakenBack {        // [payment clearing] the same of money: it is in none of this offering's books any more
    PaymentId payment;
    std::uint32_t attribution = 0;
    std::string why;
    std::string by;
    PaymentReferences references;            // of all messages that told of it here
    std::optional<Instant> received_at;      // good since then, where more than its first message says so
    std::optional<Date> cleared_on;
    RIGHTSDESK_DESCRIBE(PaymentTakenBack, payment, attribution, why, by, references, received_at, cleared_on)
};

}  // namespace rightsdesk::domain
