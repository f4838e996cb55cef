// Certificates as papers: which are on file, and who sent them (rules.md section 5: "cover by another participant than the
// protecting one"). Whether they cover a notice is said in covers.h, which does not ask who sent them.
#pragma once

#include <string>
#include <vector>

#include "domain/book.h"

namespace rightsdesk::domain {

// Whether the same receipt was told of before. Who sent them is no part of it: told again with the firm beside it, it is
// the same paper.
bool is_on_file(const Notice& notice, const CertificatesReceived& received);

// Whether they came, as far as it is said, from another firm than the notice's guarantor; compared as guarantors are, by the
// list's names and aliases. A notice without a guarantor, a direct exercise among them, has no other.
bool is_from_another(const Terms& terms, const Notice& notice, const CertificatesReceived& received);

// The other firms that certificates came from, at listed addresses and at or before `until`, each once, as first written.
std::vector<std::string> other_firms_covering(const Terms& terms, const Notice& notice, Instant until);

}  // namespace rightsdesk::domain
