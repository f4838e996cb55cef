// The price is not known while the offering is open: an estimated one is paid, and the difference settled later.
#pragma once

#include "support/layouts/form_layout.h"

namespace rightsdesk::support {

inline constexpr FormLayout kEstimatedPrice = {.name = "estimated_price", .what = "an estimated subscription price is paid", .guarantee_days = 3, .text = R"form(
!NOTICE OF GUARANTEED DELIVERY
!OF SHARES OF COMMON STOCK OF
!{title}
!SUBSCRIBED FOR PURSUANT TO THE RIGHTS OFFER
~8
.This form, or one substantially equivalent, may be used to subscribe for shares of {issuer} (the "Company") in the offer that the
Company's prospectus dated {prospectus_date} describes, by a holder whose Subscription Certificate(s) will not reach the Subscription
Agent by 5:00 p.m., New York City time, on {expiration_date}, unless extended (the "Expiration Date").
~4
^The Subscription Agent for the offer is: The Colbent Corporation
~4
:By Mail: || By Overnight Courier: || By Facsimile:
:P.O. Box 859208 || 40 Campanelli Drive || (781) 380-3388
:Braintree, MA 02185-9208 || Braintree, MA 02184 || confirm (781) 843-1833
~8
^Delivery other than to an address or number set forth above is not valid.
~6
Because the subscription price will be fixed only on the Expiration Date, payment is made at the estimated subscription price of
{price} per share (the "Estimated Subscription Price"). Any additional amount will be billed, and any excess refunded, after the price is
determined.

The undersigned, the holder of Subscription Certificate(s) representing {rights_held|12} Rights, exercises the Rights to subscribe for
{basic_shares|12} shares in the primary subscription, and requests up to {excess_shares|12} shares in the over-subscription, subject to
allotment. Payment at the Estimated Subscription Price for all of them, in the aggregate amount of {aggregate|14}, either (check one box):
~3
@herewith is being delivered to the Subscription Agent herewith
~2
@separately has been delivered separately to the Subscription Agent
~3
.and is made by (check one box, and complete the lines that belong to it):
~3
@wire Wire transfer
>Name of transferor institution: {transferor_institution|*}
>Date of transfer: {transfer_date|*}
>Confirmation number: {confirmation_number|*}
~3
@uncertified_check Personal check
~2
@certified_check Certified check
~2
@bank_draft Bank draft
~2
@money_order Money order
>Name of maker: {maker|*}
>Date of check, draft or money order: {instrument_date|*}
>Check, draft or money order number: {instrument_number|*}
>Drawn on: {drawee|*}
~12
!SUBSCRIBER
~4
:Name(s) {names|*} || Signature(s) {signatures|*}
~4
:Address {address|*} || Telephone {telephone|*}
~4
:Subscription Certificate No(s). {certificates|*} ||
~12
!GUARANTEE
~4
.The undersigned, being a member firm of a national securities exchange, a commercial bank or a trust company, guarantees that the
Subscription Certificate(s) for the Rights exercised above, with every other required document, will be delivered to the Subscription
Agent within three (3) business days after the date hereof.
~8
:Name of Firm {firm|*} || Authorized Signature {signatory|*}
~6
:Address {guarantor_address1|*} || Title {capacity|*}
~6
:{guarantor_address2|*} || Date {dated|*}
~6
:{guarantor_address3|*} || Telephone {guarantor_telephone|*}
)form"};

}  // namespace rightsdesk::support
