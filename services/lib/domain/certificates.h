// Certificates as papers: which are on file, who sent them, and which go back (rules.md section 5: "cover by another
// participant than the protecting one"; "Certificates of a lapsed notice go back, recorded"). Whether they cover a notice is
// said in covers.h, which does not ask who sent them.
#pragma once

#include <string>
#include <vector>

#include "domain/decision.h"

namespace rightsdesk::domain {

// Whether the same receipt was told of before. Who sent them is no part of it: told again with the firm beside it, it is
// the same paper; nor is whether it went back meanwhile.
bool is_on_file(const Notice& notice, const CertificatesReceived& received);

// Whether a person is asked about them and has not answered.
bool is_in_question(const CertificatesReceived& received);

// Whether they cover, as far as papers go: they lie here, came to a listed address, and nothing is asked about them or a person has
// said that they count.
bool counts_as_cover(const CertificatesReceived& received);

// Whether they came, as far as it is said, from another firm than the notice's guarantor; compared as guarantors are, by the
// list's names and aliases. A notice without a guarantor, a direct exercise among them, has no other.
bool is_from_another(const Terms& terms, const Notice& notice, const CertificatesReceived& received);

// The other firms that certificates came from, at listed addresses and at or before `until`, each once, as first written.
std::vector<std::string> other_firms_covering(const Terms& terms, const Notice& notice, Instant until);

// ---- going back ----

// Whether nothing makes it count any more, as far as the offering's life says: it is rejected, withdrawn or refused; late or
// misdirected, and the offering counted; lapsed for want of money; not accepted or not covered when the offering was tabulated;
// or the offering is terminated. `book` must be opened.
bool no_longer_counts(const Book& book, const Notice& notice);

// Whether certificates of this delivery lie here.
bool lie_here(const Notice& notice, const std::string& delivery);

// The deliveries of its certificates, each once, in order of their coming; gone back or not.
std::vector<std::string> certificate_deliveries(const Notice& notice);

struct ToReturn {
    NoticeId notice;
    std::string delivery;
};

// The deliveries that lie here for notices that no longer count. `book` must be opened.
std::vector<ToReturn> certificates_to_return(const Book& book);

// CertificatesReturned: all that lies here of the delivery went back. Refuses kTooEarly while the notice may still count,
// kNotAllowedByTerms where it does, kValueUnusable without a reference or for a delivery that brought it no certificates,
// kAlreadyDecided for one that went back.
Decision return_certificates(const Book& book, const ReturnCertificates& command, const Context& context);

}  // namespace rightsdesk::domain
