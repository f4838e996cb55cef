// What people do about a notice's reasons: cure a defect (supply what was missing), answer a question (with evidence),
// waive a defect (the issuer's right, uniform, by two people: rules.md section 7), reject the notice.
//
//   flags        need nothing done
//   questions    answered with evidence, any time before tabulation; or waived
//   defects      cured by what is received at or before the hour; or waived any time before tabulation
//   late         neither: only an extension reaches it (rules.md section 2)
//   misdirected  neither: "does not constitute a valid delivery" (form), until it reaches a listed address
//   refusals     neither
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// DefectCured with the content as it is then, and NoticeRedecided; what the cure brings up anew (a guarantor on no list, a
// date too old; rights that are more than the register gives the holder in all) is among the reasons after. An open waiver of the same reason is superseded. `value`, by reason:
//   undated, post dated, guarantee lapsed   the guarantee's date, "2002-06-27" (post dated: may be left out)
//   rights missing                          "1000"
//   shares missing                          "1000", or "1000+500" with over-subscription shares
//   guarantor missing, ineligible           a firm's name
//   payment delivery, payment method,       "herewith", "separately"; "wire", "certified_check", ...
//   method not accepted
//   several holders                         the line of the register on which the holder is, one of those of its finding
//   others                                  none: the evidence mends it. Personal values are not repeated in the log.
// The evidence is never empty.
Decision cure_defect(const Book& book, const CureDefect& command, const Context& context);

// ProposalMade, with the comparable notices beside it: those refused, rejected or defective for the same reason. Where the
// terms need one person only, the waiver follows at once.
Decision propose_waiver(const Book& book, const ProposeWaiver& command, const Context& context);

// ProposalApproved and, when enough different people agree, DefectWaived and NoticeRedecided.
Decision approve_waiver(const Book& book, const Approve& command, const Context& context);

// NoticeRejected and NoticeRedecided. Final; open waivers are superseded.
Decision reject_notice(const Book& book, const RejectNotice& command, const Context& context);

// The same of a notice that may be rejected, whoever asks for it. `book` must be opened.
Decision reject_here(const Book& book, const Notice& notice, const std::string& why, const std::string& person);

}  // namespace rightsdesk::domain
