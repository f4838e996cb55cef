// Not ours: a tender offer's notice has the same title, a firm, a guarantee and a period, and tenders shares instead of exercising rights.
#pragma once

#include "support/layouts/form_layout.h"

namespace rightsdesk::support {

inline constexpr FormLayout kTenderOffer = {.name = "tender_offer", .what = "a tender offer's notice of guaranteed delivery, which is not ours", .ours = false, .text = R"form(
!NOTICE OF GUARANTEED DELIVERY
^to
!TENDER SHARES OF COMMON STOCK
^of
!{title}
^pursuant to the Offer to Purchase dated {prospectus_date}
~8
This Notice of Guaranteed Delivery, or one substantially equivalent to this form, must be used to accept the Offer (as defined below) if
certificates for shares of common stock of {issuer}, {state} corporation, are not immediately available, if the procedure for book-entry
transfer cannot be completed on a timely basis, or if time will not permit all required documents to reach the Depositary prior to
12:00 midnight, New York City time, on {expiration_date}. Such form may be delivered by hand, or transmitted by facsimile or mail, to the
Depositary. See Section 3 of the Offer to Purchase.
~4
^The Depositary for the Offer is:
!The Bank of New York
~4
:By Mail: || By Facsimile: || By Hand or Overnight Courier:
:P.O. Box 11248 || (212) 815-6433 || 101 Barclay Street
:New York, NY 10286-1248 || confirm (212) 815-6212 || New York, NY 10286
~8
^Delivery of this notice to an address other than as set forth above does not constitute a valid delivery.
~6
.Ladies and Gentlemen:

The undersigned hereby tenders to the Purchaser, upon the terms and subject to the conditions set forth in the Offer to Purchase and the
related Letter of Transmittal (which together constitute the "Offer"), receipt of which is hereby acknowledged, {tendered_shares|12}
shares of common stock of the Company pursuant to the guaranteed delivery procedure set forth in the Offer to Purchase.
~8
:Certificate Nos. (if available): {certificates|*} || Name(s) of Record Holder(s): {names|*}
~4
:Account Number: {account_number|*} || Address: {address|*}
~4
:Dated: {dated|*} || Area Code and Tel. No.: {telephone|*}
~4
: || Signature(s): {signatures|*}
~14
!GUARANTEE
^(Not to be used for signature guarantee)
~4
The undersigned, a participant in the Security Transfer Agents Medallion Program or another eligible guarantor institution, guarantees
the delivery to the Depositary of certificates for the shares tendered hereby, in proper form for transfer, or a confirmation of their
book-entry transfer, together with a properly completed and duly executed Letter of Transmittal and any other required documents, all
within three (3) New York Stock Exchange trading days of the date hereof.
~10
:Name of Firm: {firm|*} || {signatory|*}
; || (Authorized Signature)
:Address: {guarantor_address|*} || Title: {capacity|*}
~4
:Area Code and Tel. No.: {guarantor_telephone|*} ||
~10
^DO NOT SEND CERTIFICATES FOR SHARES WITH THIS NOTICE.
)form"};

}  // namespace rightsdesk::support
