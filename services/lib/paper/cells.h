// Cells: what stands in the two columns of the form's signature and guarantee blocks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "paper/page.h"

namespace rightsdesk::paper {

struct Cell {
    std::string text;         // tidy
    std::string raw;          // with its own spaces
    std::size_t column = 0;   // where it begins in its line
    std::size_t line = 0;     // of the block, from 0
    bool after_blank = false;   // the form's line, left empty, stands before it in its line
    bool before_blank = false;  // the form's line goes on behind it
};

// The pieces of a part of the page that say something: apart by line ends, by the form's underscores, or by five spaces and
// more (a ragged scan puts up to four between words).
std::vector<Cell> cells_of(const Page& page, Span block);

// Whether it reads like a line of an address: a house number, a P.O. box, a floor, or a state with a ZIP code.
bool is_address_like(std::string_view text);

// Where the ZIP code of an address ends in a text; npos when there is none.
std::size_t end_of_zip(std::string_view text);

// The lines of an address in one, apart by ", ".
std::string address_of(const std::vector<std::string>& lines);

// The telephone number in a text, with its extension: its place and length. Length 0 when there is none.
struct TelephonePlace {
    std::size_t begin = 0;
    std::size_t length = 0;
};
TelephonePlace telephone_in(std::string_view text);

}  // namespace rightsdesk::paper
