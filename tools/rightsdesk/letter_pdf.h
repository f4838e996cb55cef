// A letter as PDF, US Letter, text that can be searched and copied.
#pragma once

#include "base/result.h"
#include "telling/letter_template.h"

namespace rightsdesk::tools {

// The document's octets. kUnavailable where cairo refuses.
base::Result<std::string> pdf_of(const telling::WrittenLetter& letter);

}  // namespace rightsdesk::tools
