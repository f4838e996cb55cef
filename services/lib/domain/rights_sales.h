// Rights that holders had the agent sell (rules.md section 7: issuers are owed daily counts with "rights sold"). Each sale is an entry under
// its own reference; a mistaken one is taken out of the counts by a reversing entry, and both stay on record. Pure.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

inline constexpr std::size_t kMaxSaleReference = 64;

// Records a sale. A reference counts once: told again the same it is refused kNothingToDo, told otherwise kAlreadyDecided. Refused as well:
// rights that are not above 0, proceeds below 0, a sale after the hour or in the future, no evidence, a reference that is empty or
// longer than kMaxSaleReference, and rights that the terms call not transferable.
Decision record_rights_sale(const Book& book, const RecordRightsSale& command, const Context& context);

// Takes a recorded sale out of the counts: kUnknownItem where there is none, kAlreadyDecided for one that was reversed.
Decision reverse_rights_sale(const Book& book, const ReverseRightsSale& command, const Context& context);

struct RightsUsed {
    Rights sold;         // by the sales that stand
    Money proceeds;      // of those sales that say what they brought
    Rights exercised;    // that the basic shares of accepted notices take, as asked
    Rights issued;       // by the register; 0 where none is imported
};

// `book` must be opened.
RightsUsed rights_used(const Book& book);
Rights rights_sold(const Book& book);
Money sale_proceeds(const Book& book);

// By how much more rights were sold and exercised than were issued; nothing where they were not, none was sold, or no register says how many
// were issued. Whoever bought them may have exercised them, and then they are in both: a person looks.
std::optional<Rights> beyond_issued(const RightsUsed& used);

// "401 rights sold and 600 exercised, 1 more than the 1,000 issued".
std::string rights_words(const RightsUsed& used);

}  // namespace rightsdesk::domain
