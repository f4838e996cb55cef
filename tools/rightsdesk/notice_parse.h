// rightsdesk notice parse: the fields of a filled-in form as one JSON document. A stable interface; no service is needed.
#pragma once

#include <iosfwd>
#include <string>

namespace rightsdesk::tools {

// Reads `file` ("-": standard input) and prints {"fields": {...}, "read_from": {...}, "missing": [...]}. 0, or 2 with the
// reason on `err`. A field read from several places (two boxes ticked) has a list in read_from, else a text.
int notice_parse(const std::string& file, std::ostream& out, std::ostream& err);

}  // namespace rightsdesk::tools
