// What kind a letter is, in ASCII whatever the locale. Inside this room.
#pragma once

namespace rightsdesk::bank {

inline bool is_digit(char sign) { return sign >= '0' && sign <= '9'; }
inline bool is_capital(char sign) { return sign >= 'A' && sign <= 'Z'; }
inline bool is_letter(char sign) { return is_capital(sign) || (sign >= 'a' && sign <= 'z'); }
inline bool is_alphanumeric(char sign) { return is_digit(sign) || is_letter(sign); }

}  // namespace rightsdesk::bank
