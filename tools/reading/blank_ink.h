// Whether something is written on a blank, whatever it says. Inside this room.
#pragma once

#include <vector>

#include "paper/template_reading.h"
#include "reading/clean_page.h"

namespace rightsdesk::reading {

bool has_ink(const CleanPage& page, const paper::SheetArea& blank);

// Whether more than a line, or dashes for "nothing", is on a blank: a value that no look found there is not known to be none.
bool has_letters_on(const CleanPage& page, const paper::SheetArea& blank);

// Whether something is written on a field's blanks that no word covers: then a part of the value was not seen.
bool has_ink_beside(const std::vector<CleanPage>& pages, const paper::TemplateReading& form, const paper::FieldPlace& place);

}  // namespace rightsdesk::reading
