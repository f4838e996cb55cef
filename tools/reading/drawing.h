// A document's pages as pictures for people: what a board shows of a PDF. Each is as it came, so that the places that a reading
// tells of lie on it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"
#include "reading/reading.h"

namespace rightsdesk::reading {

inline constexpr std::uint32_t kMostDrawnAcross = 1'728;  // pixels: a fax's, on which small print can be read

// Of as many pages as there are: who draws them bounds how many are drawn.
Limits limits_of_drawing();

// kInvalid: no such file, damaged, locked, or beyond a limit, saying which.
base::Result<std::uint32_t> count_pages(std::span<const std::byte> document, const Limits& limits = limits_of_drawing());

// A page as PNG, grey; `number` from 1. kInvalid: as above, no such page, or one that cannot be drawn.
base::Result<std::string> draw_page(std::span<const std::byte> document, std::uint32_t number, const Limits& limits = limits_of_drawing());

}  // namespace rightsdesk::reading
