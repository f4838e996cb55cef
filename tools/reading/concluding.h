// The end of every reading, of pixels and of text: its order, and its verdict.
#pragma once

#include <string>

#include "reading/page_reading.h"

namespace rightsdesk::reading {

// Sets a field that was doubtful from one of its readings; leaves it where that means nothing.
void make_certain(const std::string& field, const std::string& text, PageReading& read);

// Puts readings and missing fields in the order of NoticeFields; what is missing twice is so once.
void sort_by_field(PageReading& read);

// Read where nothing is missing; else to be keyed, and why.
void conclude(PageReading& read);

}  // namespace rightsdesk::reading
