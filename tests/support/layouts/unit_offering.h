// Units of a share and a warrant. What the notice counts as its shares are units here.
#pragma once

#include "support/layouts/form_layout.h"

namespace rightsdesk::support {

inline constexpr FormLayout kUnitOffering = {.name = "unit_offering", .what = "units of a share and a warrant", .guarantee_days = 3, .text = R"form(
!NOTICE OF GUARANTEED DELIVERY
^relating to the exercise of
!RIGHTS TO PURCHASE UNITS
^of
!{title}
~8
This form, or a form substantially equivalent to this form, must be used to exercise the rights to purchase units (the "Units"), each
consisting of one share of common stock and one warrant, that {issuer}, {state} corporation (the "Company"), distributed under its
prospectus dated {prospectus_date} (the "Prospectus"), if the holder cannot deliver the rights certificate(s) to the Rights Agent listed
below at or prior to 5:00 p.m., Eastern time, on {expiration_date} (the "Expiration Date"), unless the Company extends that time. It must
be delivered by hand or sent by facsimile, mail or overnight courier to the Rights Agent at or prior to the Expiration Date.
~4
^The Rights Agent is:
!Continental Stock Transfer & Trust Company
^17 Battery Place, 8th Floor, New York, New York 10004
^Facsimile: (212) 616-7610     To confirm receipt: (212) 509-4000, ext. 536
~6
^Transmission other than as set forth above is no valid delivery.
~8
Ladies and Gentlemen: The undersigned is the holder of rights certificate(s) representing {rights_held|12} Rights, which cannot be
delivered to the Rights Agent at or before 5:00 p.m., Eastern time, on the Expiration Date. Upon the terms and subject to the conditions
set forth in the Prospectus, receipt of which is hereby acknowledged, the undersigned elects to exercise (i) the basic subscription
privilege to purchase {basic_shares|12} Units and (ii) the over-subscription privilege to purchase up to {excess_shares|12} additional Units,
subject to availability and proration.

The undersigned understands that payment of the full subscription price of {price} per Unit, for all Units subscribed for under both
privileges, must be received by the Rights Agent at or before 5:00 p.m., Eastern time, on the Expiration Date, and represents that such
payment, in the aggregate amount of {aggregate|14}, either (check one):
~4
@herewith is being delivered to the Rights Agent herewith
~2
@separately has been delivered separately to the Rights Agent
~4
.in the manner set forth below (check one and complete):
~4
@wire Wire transfer of funds
>Name of transferor institution: {transferor_institution|*}
>Date of transfer: {transfer_date|*}
>Confirmation number (if available): {confirmation_number|*}
~4
@certified_check Certified check
~4
@bank_draft Cashier's check or bank draft
~4
@money_order Money order
>Name of maker: {maker|*}
>Date of check, draft or money order: {instrument_date|*}
>Check, draft or money order number: {instrument_number|*}
>Bank on which check is drawn or issuer of money order: {drawee|*}
~14
:Signature(s) {signatures|*} || Address {address1|*}
~6
:Name(s) {names|*} || {address2|*}
;(Please type or print) ||
: || Area Code and Tel. No. {telephone|*}
~4
:Rights Certificate No(s). {certificates|*} ||
~18
!GUARANTEE OF DELIVERY
^(Not to be used for a signature guarantee)
~4
The undersigned, a member firm of a registered national securities exchange or a commercial bank or trust company having an office or
correspondent in the United States, or another eligible guarantor institution under Rule 17Ad-15 of the Securities Exchange Act of 1934,
guarantees that it will deliver to the Rights Agent the certificates representing the Rights being exercised hereby, with any required
signature guarantee and any other required documents, all within three (3) business days after the date hereof.
~8
:{firm|*} || Dated: {dated|*}
;(Name of Firm) ||
:{signatory|*} || {guarantor_address1|*}
;(Authorized Signature) ||
:{capacity|*} || {guarantor_address2|*}
;(Title) ||
: || {guarantor_address3|*}
; || (Address)
: || {guarantor_telephone|*}
; || (Area Code and Telephone Number)
)form"};

}  // namespace rightsdesk::support
