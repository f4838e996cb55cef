// Cells: what stands in the two columns of the form's signature and guarantee blocks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rightsdesk::paper {

struct Cell {
    std::string text;         // tidy
    std::size_t column = 0;   // where it begins in its line
    std::size_t line = 0;
};

// The pieces of a block that say something: apart by line ends, by the form's underscores, or by two spaces and more.
// `first_column`: where the block's first line begins on the page.
std::vector<Cell> cells_of(std::string_view block, std::size_t first_column = 0);

// Whether it reads like a line of an address: a house number, a P.O. box, a floor, or a state with a ZIP code.
bool is_address_like(std::string_view text);

// Where the ZIP code of an address ends in a text that goes on; npos when there is none.
std::size_t end_of_zip(std::string_view text);

// The telephone number in a text: its place and length. Length 0 when there is none.
struct TelephonePlace {
    std::size_t begin = 0;
    std::size_t length = 0;
};
TelephonePlace telephone_in(std::string_view text);

}  // namespace rightsdesk::paper
