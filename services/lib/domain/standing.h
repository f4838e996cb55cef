// What one notice amounts to at this moment, read from its payments and its cover clock, whatever was decided before: the
// common ground of what-if allocations, derivations and the counts that an issuer is owed. Pure; safe from every thread.
#pragma once

#include "domain/allocation.h"
#include "domain/book.h"
#include "domain/exercise.h"

namespace rightsdesk::domain {

struct Standing {
    const Notice* notice = nullptr;  // of the book that was asked; holds until its next evolve
    bool accepted = false;
    bool covered = false;            // certificates and all that belongs to them are in
    bool unpaid = false;             // its money, due with the certificates, may still come (money_is_awaited), and is not all there
    Funding funding;                 // in cents, from the payments as they are now
    Exercise exercise;               // what that money makes of what was asked; nothing where the notice is not accepted

    [[nodiscard]] bool exercises() const { return exercise.basic + exercise.over > Shares(0); }
};

// What is taken to be there besides the money that is.
struct Supposed {
    bool uncollected = false;        // the bank confirms, in time, all money that it has not confirmed yet
    bool awaited = false;            // money that may still come with the certificates comes: the notice exercises what it asks for
};

// `book` must be opened.
Standing standing_of(const Book& book, const Notice& notice, Supposed supposed = {});

// The claim with which it enters an allocation.
Subscription claim_of(const Book& book, const Standing& standing);

// Why it enters no allocation, for a person; empty when it does. `protects_count`: an uncovered one enters as well
// (rules.md section 4: counted in a preliminary allocation, dropped from the final one).
std::string left_out_because(const Book& book, const Standing& standing, bool protects_count);

}  // namespace rightsdesk::domain
