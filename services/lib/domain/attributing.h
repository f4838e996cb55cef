// Attributing: what becomes of money that is no offering's, at the desk and in the offering that it is given to, and how that is taken
// back (rules.md section 3, "Which offering"). Two logs are concerned and one commit names one: what the desk says of an attribution the
// offering takes in by cursor; what the offering says of one taken back the desk takes in by cursor. Notices: intake.h.
#pragma once

#include "domain/whereabouts.h"

namespace rightsdesk::domain {

// ---- in the desk's log ----

// A message about money that no offering has, or several: it waits for a person under the command's id. `why`: Whereabouts::why.
Decision hold_at_desk(const MoneyMessage& message, const std::string& why, const Context& context);

// A further message of money that is an open item: linked, and counted once. Where it names one offering from which a person did not take
// the money, that has it from here on. `first`: the item's first message.
Decision link_at_desk(const AllBooks& books, const UnattributedItem& item, const MoneyMessage& first, const MoneyMessage& further, const Context& context);

// A person says whose it is. `first`: as above; absent where the item holds no money. Refused: a wire that another offering counts already, and
// the bank's word on an instrument that the offering does not have.
Decision attribute_payment(const AllBooks& books, const AttributePayment& command, const std::optional<MoneyMessage>& first);

// What an offering's log says of an attribution taken back: the item is open again. Nothing for one that was undone.
Decision undo_attribution(const Book& desk, const OfferingId& offering, const NoticeTakenBack& event);
Decision undo_attribution(const Book& desk, const OfferingId& offering, const PaymentTakenBack& event);

// ---- in the offering's log ----

// Takes attributed money in, under the item's id and with its own times; once for each attribution.
Decision take_attributed_payment(const Book& book, const PaymentAttributed& event, Instant arrived, const Context& context);

// The money leaves the books: its matches are undone, and what funded their notices is counted anew. Refused once the allocation is
// approved or the offering is over, for money of which a part was applied, refunded or is to be refunded, for money that the bank took
// back, and for what is no payment of its own here: a further message of one, or the bank's word on one. `item`: the desk's, attributed
// to this offering, which has taken in all that the desk has for it; `first`: as above.
Decision take_back_payment(const Book& book, const UnattributedItem& item, const MoneyMessage& first, const TakeBackPayment& command, const Context& context);

}  // namespace rightsdesk::domain
