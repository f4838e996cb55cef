// What an issuer is owed of the records beside the daily tally (rules.md section 7): the count on the morning after,
// entitlements and payments per holder, guarantor exposure and breaches, refunds, exceptions. Each is a table from the same
// book as the allocation, and says what in it does not tie to that. Money in cents. Pure. `book` must be opened.
#pragma once

#include "domain/book.h"
#include "domain/table.h"

namespace rightsdesk::domain {

// By 3:30 p.m. on the business day after expiration: the shares subscribed, the number of guarantees received and the shares
// unsubscribed. One row. `book`: as it stood when the preliminary allocation was made; before the count any other, and a
// note says that it is not counted.
Table count_report(const Book& book);

// One row a notice: a notice is one holder's. Refunds are what goes back of the good money matched to it, once the final
// allocation is approved.
Table holders_report(const Book& book);

// One row a guarantor, by the name under which it is listed: the certificates still owed and what they stand for at the
// subscription price, and the covers missed.
Table guarantors_report(const Book& book);

// One row a refund, and their total.
Table refunds_report(const Book& book);

// Everything that did not simply go through: notices that do not count and why, waivers, possible duplicates, short, late and
// surplus money, covers missed, certificates that go back or went, payments returned, not cleared or matched to nobody.
Table exceptions_report(const Book& book);

}  // namespace rightsdesk::domain
