// When the money of a notice is due (rules.md section 3: "Payment under a guaranteed delivery is due at expiration (2002 style) or
// with the certificates (funds)"). Pure; safe from every thread.
#pragma once

#include "domain/book.h"

namespace rightsdesk::domain {

// Whether the money of this notice may come with its certificates: a guarantee's, where the terms say so. A direct exercise has
// no guarantee behind it and is paid by the hour.
bool pays_with_cover(const Terms& terms, const Notice& notice);

// The last moment at which its money is in time: its cover deadline as that stands, where it pays with its certificates and that
// is later than the hour; else the hour. While no clock runs for it, the hour. `book` must be opened.
Deadline money_due(const Book& book, const Notice& notice);

// Whether money for this notice, deemed received at `at`, is there when it is due: by the hour, or with its certificates.
bool money_in_time(const Book& book, const Notice& notice, Instant at);

// Good money of one payment for one notice.
struct MoneyForNotice {
    const Payment* payment = nullptr;  // of the book that was asked; holds until its next evolve
    Money amount;
    Money in_time;                     // of it; the rest is late and goes back
};

// All of a notice's, what was received first first. In time is what is there when it is due; and of what comes later, by the day until
// which a higher final price bills the shortfall (rules.md section 3), so much as was billed (final_price.h) and no more.
std::vector<MoneyForNotice> good_money_for(const Book& book, const Notice& notice);

// Whether its money may come after the hour and is not judged yet. It is judged when the offering is tabulated, which waits for
// all such money (money_settled): nothing is said to be missing before. Until then it is a protect, taken for what it asks for.
bool money_is_awaited(const Book& book, const Notice& notice);

// When the last money that may come after the hour is due, of notices that count or may yet count; nothing where none may.
std::optional<Instant> last_money_due(const Book& book);

// Whether that is past, and every gateway (of checks) and bank feed holds receipts for all it stamped until then: no money in time
// can still be handed over. `desk` holds the watermarks.
bool money_settled(const Book& book, const Book& desk, Instant now);

}  // namespace rightsdesk::domain
