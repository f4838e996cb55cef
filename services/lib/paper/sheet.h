// A sheet: the words of a document with the places that they stand at, and the printed lines to write on. A recogniser makes
// one of pixels, `sheet_of` one of plain text; templates are read from either.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rightsdesk::paper {

struct SheetWord {
    std::string text;
    std::uint32_t page = 1;
    std::int32_t left = 0;  // in the sheet's units, y growing downwards
    std::int32_t top = 0;
    std::int32_t right = 0;
    std::int32_t bottom = 0;
    std::uint32_t line = 0;    // of the document: words of one line, from left to right, have the same
    std::uint32_t source = 0;  // the word of the document that it was, or a part of
};

struct SheetRule {
    std::uint32_t page = 1;
    std::int32_t left = 0;
    std::int32_t right = 0;
    std::int32_t y = 0;
};

struct Sheet {
    std::vector<SheetWord> words;   // in the order of reading
    std::vector<SheetRule> rules;   // from the top
    std::int32_t letter = 0;        // how high a capital is
};

inline constexpr std::int32_t kColumnWidth = 10;  // of a sheet made of text: units a letter
inline constexpr std::int32_t kLineHeight = 24;   // and units a line
inline constexpr std::int32_t kTextLetter = 16;

// Underscores become rules. What fax machines print beside the form is left out. Linear in the text.
Sheet sheet_of(std::string_view text);

// The words as lines of text, columns kept, rules as underscores; pages parted by a form feed.
std::string text_of(const Sheet& sheet);

}  // namespace rightsdesk::paper
