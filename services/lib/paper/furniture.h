// What fax machines and printers put on a page beside the form: the line at its top, the number at its foot.
#pragma once

#include <string_view>

namespace rightsdesk::paper {

// Whether a line is the sender's line of a fax ("06/26/2002 15:31 FAX 212 555 0199   P.002/003", "FROM HARBOR SECURITIES
// 212 555 0199   PAGE 1/2") or a page's number ("- 2 -", "Page 2 of 3"). A bare number is not: it may be filled in.
bool is_page_furniture(std::string_view line);

}  // namespace rightsdesk::paper
