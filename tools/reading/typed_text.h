// A notice that was typed, into a mail mostly: the same layouts as for pages, without pixels and without a recogniser.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "paper/form_template.h"
#include "reading/page_reading.h"

namespace rightsdesk::reading {

// UTF-8, columns by spaces. kInvalid: no text, or too large. What spans two columns is another's in part: it is left to a person. Pure, linear
// in the text and the templates.
base::Result<PageReading> read_typed(const std::vector<paper::FormTemplate>& templates, std::string_view text);

}  // namespace rightsdesk::reading
