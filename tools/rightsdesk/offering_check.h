// rightsdesk offering check TERMS.toml: the terms in words, or each mistake in them. Needs no service.
#pragma once

#include <ostream>
#include <string>

namespace rightsdesk::tools {

// Writes a line for each term to `out` ("key  words"; with `json` one document, {"offering", "terms": [{"key", "words"}],
// "deadlines": [...]}, the deadlines as `rightsdesk deadlines` gives them) and returns 0. When the terms cannot be used:
// each mistake with file, line, key and what is allowed on `err`, nothing on `out`, and 2.
int check_offering(const std::string& terms_file, bool json, std::ostream& out, std::ostream& err);

}  // namespace rightsdesk::tools
