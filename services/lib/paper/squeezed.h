// How the form's words are compared: without spaces, quotes and hyphens, in small letters, and with one letter for those that
// scans take for each other.
#pragma once

#include <cctype>
#include <cstddef>
#include <string_view>

namespace rightsdesk::paper {

// A hyphen may be the printer's, at the end of a line.
inline bool is_ignored(char letter) { return letter == '"' || letter == '\'' || letter == '`' || letter == '-'; }

// Small letters, and one for those that scans take for each other: O and 0, l, I and 1, S and 5, any brackets.
inline char folded(char letter) {
    const auto small = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    switch (small) {
        case '0': return 'o';
        case '1':
        case 'l': return 'i';
        case '5': return 's';
        case '{':
        case '[': return '(';
        case '}':
        case ']': return ')';
        default: return small;
    }
}

// Calls `take` with every letter that counts, folded, and where it stands; "rn" within a word is an m.
template <class Take>
void each_letter(std::string_view text, Take take) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (std::isspace(static_cast<unsigned char>(text[at])) != 0 || is_ignored(text[at])) continue;
        const bool like_m = at + 1 < text.size() && folded(text[at]) == 'r' && folded(text[at + 1]) == 'n';
        take(like_m ? 'm' : folded(text[at]), at);
        if (like_m) ++at;
    }
}

}  // namespace rightsdesk::paper
