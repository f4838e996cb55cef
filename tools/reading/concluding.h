// The end of every reading, of pixels and of text: its order, and its verdict.
#pragma once

#include "reading/page_reading.h"

namespace rightsdesk::reading {

// Puts readings and missing fields in the order of NoticeFields; what is missing twice is so once.
void sort_by_field(PageReading& read);

// Read where nothing is missing; else to be keyed, and why.
void conclude(PageReading& read);

}  // namespace rightsdesk::reading
