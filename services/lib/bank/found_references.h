// References that stand in free text, where banks put what their format has no field for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bank/statement.h"

namespace rightsdesk::bank {

// The first Fedwire IMAD in a text: a day (YYYYMMDD), an eight-character source with a letter in it, a sequence of six digits, as a word of its
// own; also written with blanks between the three. Empty when there is none. `glued`: the 22 characters that begin the text, whatever follows
// them and with any sequence of letters and digits, as behind a label such as "FED NO:".
std::string imad_in(std::string_view text);
std::string imad_at_start(std::string_view text);

// The first UETR (RFC 4122: 8-4-4-4-12), in small letters. Empty when there is none.
std::string uetr_in(std::string_view text);

// What stands behind the first of these labels, without blanks around it: to the end of the line, a comma, a semicolon or, where `one_word`, a
// blank. Empty when none is there or nothing stands behind. A label counts at the text's start or behind what is no letter or digit.
// Behind one that ends in '+' ("EREF+") the value begins at once.
std::string behind_label(std::string_view text, const std::vector<std::string>& labels, bool one_word = true);

// Fills what `into` lacks: IMAD and UETR from anywhere in the text.
void find_in_text(References& into, std::string_view text);

}  // namespace rightsdesk::bank
