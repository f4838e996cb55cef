// Certificates come for a notice: what is on file of them already, and what a person is asked before they count (rules.md section 5:
// "several notices for one certificate", "certificates for another quantity than guaranteed"). Pure.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// Records certificates, whatever the notice's status and the offering's stage (those of a lapsed notice go back: rules.md
// section 5); what they complete is the deadline monitor's to say. A delivery that is on file is refused (is_on_file): it counts once.
//
// At an address that is not listed for their channel they are recorded and cover nothing, which the receipt and an alert say; brought
// to a listed one they are told of again.
//
// A certificate counts once. All numbers brought before for the notice: the delivery repeats that one and adds no rights. It is asked
// about, and does not count before a person answers, where
//   some of its numbers came for the notice before and others did not;
//   a number lies here for another notice, or is named by another and not by this one;
//   it was stamped in time and is handed over when that has passed: more than the terms' stamp_gap_minutes after its stamp, or after its
//   deadline was missed, when every gateway had said that it held no more;
//   the register of holders, where there is one, does not list a number, or gives its holders fewer rights. A number that the notice
//   itself names was asked about with the notice, and rights that were bought since may be on certificates that are new.
Decision deliver_certificates(const Book& book, const DeliverCertificates& command, const Context& context);

// CertificatesSettled: they count, for all their rights or so many, or they do not; all that is asked about of the delivery. Refuses
// kNotPermitted without a person, kTooLate once the offering is tabulated, kAlreadyDecided for a notice that is rejected or withdrawn,
// kNothingToDo where nothing is asked, kValueUnusable without evidence, kAmountUnusable for more
// rights than came.
Decision settle_certificates(const Book& book, const SettleCertificates& command, const Context& context);

}  // namespace rightsdesk::domain
