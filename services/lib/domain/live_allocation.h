// What the allocation would be now: a what-if while the offering is open, from the same book and by the same engine as the
// real one. It decides nothing and records nothing. Pure; safe from every thread.
#pragma once

#include <memory>

#include "base/result.h"
#include "domain/book.h"
#include "domain/standing.h"

namespace rightsdesk::domain {

// Nothing chosen: covered notices and good funds alone, which is what could be issued if nothing more came.
struct LiveChoice {
    bool with_protects = false;     // notices whose certificates, or money due with them, are not there yet count as well
    bool with_uncollected = false;  // money that the bank has not confirmed yet counts as good and in time
    RIGHTSDESK_DESCRIBE(LiveChoice, with_protects, with_uncollected)
};

struct LiveLine {
    NoticeId id;
    Shares basic_requested;  // as asked, and beside it as the money makes it
    Shares over_requested;
    Shares deemed_basic;
    Shares deemed_over;
    Shares basic_allotted;
    Shares over_allotted;
    Money money;             // that was counted, in cents: of a protect also what is due with its certificates
    Money applied;           // price x shares allotted
    Money refunded;          // the rest of the money counted
    RIGHTSDESK_DESCRIBE(LiveLine, id, basic_requested, over_requested, deemed_basic, deemed_over, basic_allotted, over_allotted, money, applied, refunded)
};

struct LeftOut {
    NoticeId notice;
    std::string why;
    RIGHTSDESK_DESCRIBE(LeftOut, notice, why)
};

struct LiveTotals {
    Shares supply;
    Shares basic_allotted;
    Shares over_requested;   // as asked, funded or not
    Shares over_claimed;     // as deemed: the claims that enter the over-subscription
    Shares over_allotted;
    Shares unsubscribed;
    Money applied;
    Money refunded;
    Ratio proration;         // of the over-subscription's first round, reduced; 0/1 when nothing is claimed or left
    std::uint32_t rounds = 0;
    RIGHTSDESK_DESCRIBE(LiveTotals, supply, basic_allotted, over_requested, over_claimed, over_allotted, unsubscribed, applied, refunded, proration,
                        rounds)
};

struct LiveAllocation {
    LiveChoice choice;
    std::vector<LiveLine> lines;      // those that count, by natural order of id
    std::vector<LeftOut> left_out;    // all others, with the reason
    LiveTotals totals;
    RIGHTSDESK_DESCRIBE(LiveAllocation, choice, lines, left_out, totals)
};

// Invalid where the terms or the claims are none that `allocate` takes. `book` must be opened.
base::Result<LiveAllocation> allocate_live(const Book& book, const LiveChoice& choice);

// What `choice` takes to be there besides what is.
Supposed supposed_by(const LiveChoice& choice);

// What one notice brings into it, which holds without the book.
struct LiveClaim {
    std::string left_out;       // why it does not count; empty: it does
    Subscription claim;         // the id always, the rest where it counts
    Shares asked_basic, asked_over;
    Money money;
};
// `standing`: as standing_of the book gives it with supposed_by(choice).
LiveClaim live_claim_of(const Book& book, const Standing& standing, const LiveChoice& choice);

// The same from claims that were kept, for who asks again and again, or in a thread without the book: every notice's, by natural order of id.
base::Result<LiveAllocation> allocate_live(const Terms& terms, const LiveChoice& choice, const std::vector<std::shared_ptr<const LiveClaim>>& claims);

}  // namespace rightsdesk::domain
