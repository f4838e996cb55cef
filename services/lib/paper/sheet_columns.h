// The columns that a form's blanks stand in, by its captions and its rules. Inside this room. Pure.
#pragma once

#include <cstdint>
#include <optional>

#include "paper/sheet.h"

namespace rightsdesk::paper {

// Of a sheet's units across; nothing where nobody knows.
struct Column {
    std::optional<std::int32_t> from;
    std::optional<std::int32_t> to;
};

// The column that a caption, from its first word to its last, stands under: to the middle between it and its neighbours. `letter`: how high
// the sheet's letters are.
Column column_of(const Sheet& sheet, std::int32_t letter, const SheetWord& first, const SheetWord& last);

// Captions are shorter than their blanks: the middle between two of them lies beside the gutter, or where a column has no caption, nowhere.
// Puts gutters, where there are any, in their place; returns these alone.
Column narrow_to_gutters(const Sheet& sheet, std::int32_t letter, const SheetWord& first, const SheetWord& last, Column& column);

// How far a page's words and rules reach to the right.
std::int32_t width_of(const Sheet& sheet, std::uint32_t page);

}  // namespace rightsdesk::paper
