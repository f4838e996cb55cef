// What optical character recognition takes for one another: for hints, never for evidence. Two references that are equal only so may be one
// that was misread; amount and date must agree beside it (issue "Real feeds", Banks).
#pragma once

#include <string>
#include <string_view>

namespace rightsdesk::domain {

// Letters and digits alone, in capitals, with 0 for O and Q, 1 for I and L, 8 for B, 5 for S.
inline std::string with_confused_letters_folded(std::string_view text) {
    std::string made;
    made.reserve(text.size());
    for (char sign : text) {
        if (sign >= 'a' && sign <= 'z') sign = static_cast<char>(sign - ('a' - 'A'));
        switch (sign) {
            case 'O':
            case 'Q': sign = '0'; break;
            case 'I':
            case 'L': sign = '1'; break;
            case 'B': sign = '8'; break;
            case 'S': sign = '5'; break;
            default: break;
        }
        if ((sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9')) made += sign;
    }
    return made;
}

}  // namespace rightsdesk::domain
