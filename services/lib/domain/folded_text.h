// Folding: two ways of writing the same name or address come out alike, and no more than that. Conservative on purpose:
// "Inc." and "Incorporated" stay different (an alias in the list of guarantors says that they are one).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rightsdesk::domain {

// Lower case, "&" as "and", dots and apostrophes dropped, other punctuation and spaces as one space:
// "ALDER & FINCH  SECURITIES, INC." and "Alder and Finch Securities Inc" are both "alder and finch securities inc".
// Octets beyond ASCII are kept as they are.
std::string folded(std::string_view text);

// The words of folded(text).
std::vector<std::string> folded_words(std::string_view text);

// Letters and digits alone, in lower case: "+1 (718) 555-0101" and "+17185550101" are one number. For addresses.
std::string folded_address(std::string_view address);

// How many letters must be changed, added or dropped to make one text of the other; `limit` + 1 when more than `limit`.
std::size_t letters_apart(std::string_view left, std::string_view right, std::size_t limit);

}  // namespace rightsdesk::domain
