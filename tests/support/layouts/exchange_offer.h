// Not ours either: an exchange of notes, by principal amount. It has the title, a guarantee of delivery and a period.
#pragma once

#include "support/layouts/form_layout.h"

namespace rightsdesk::support {

inline constexpr FormLayout kExchangeOffer = {.name = "exchange_offer", .what = "an exchange offer's notice of guaranteed delivery, which is not ours", .ours = false, .text = R"form(
!NOTICE OF GUARANTEED DELIVERY
^with respect to
!9 3/4% SENIOR NOTES DUE 2009
^of
!{title}
~8
.This form, or one substantially equivalent hereto, must be used by any holder of the 9 3/4% Senior Notes due 2009 (the "Old Notes") of
{issuer}, {state} corporation, who wishes to tender Old Notes in the exchange offer made by the prospectus dated {prospectus_date} and
whose certificates are not immediately available, or who cannot complete the procedure for book-entry transfer, before 5:00 p.m., New York
City time, on {expiration_date} (the "Expiration Date").
~4
^To: The Bank of New York, as Exchange Agent
^Corporate Trust Operations, 101 Barclay Street, 7 East, New York, New York 10286
^Facsimile (212) 815-6339 -- confirm by telephone (212) 815-3738
~8
.Delivery of this instrument to an address, or by facsimile to a number, other than the above does not constitute a valid delivery.

.Ladies and Gentlemen:

The undersigned hereby tenders for exchange to the issuer, upon the terms and subject to the conditions set forth in the prospectus and the
related letter of transmittal, receipt of which is hereby acknowledged, the principal amount of Old Notes indicated below, under the
guaranteed delivery procedures described in the prospectus.
~8
:Principal amount of Old Notes tendered: {principal|*}
~4
:Certificate numbers (if available): {certificates|*}
~4
:Account number at the book-entry transfer facility: {account_number|*}
~10
:{names|*} || {signatures|*}
;Name(s) of registered holder(s) || Signature(s)
~2
:{address|*} || {telephone|*}
;Address || Area Code and Telephone Number
~14
!GUARANTEE OF DELIVERY
^(not to be used for signature guarantees)
~4
The undersigned, an eligible institution within the meaning of Rule 17Ad-15 under the Securities Exchange Act of 1934, guarantees that the
Old Notes tendered hereby, in proper form for transfer, or a confirmation of their book-entry transfer, with a letter of transmittal and
any other required documents, will be received by the Exchange Agent within three (3) business days after the Expiration Date.
~10
:{firm|*} || {signatory|*}
;Name of Firm || Authorized Signature
~2
:{guarantor_address|*} || {capacity|*}
;Address || Title
~2
:{guarantor_telephone|*} || {dated|*}
;Area Code and Telephone Number || Date
)form"};

}  // namespace rightsdesk::support
