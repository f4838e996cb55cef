// "Subscription Rights Certificate", "basic subscription right": the wording of most bank and biotech offerings of the 2000s. The blocks
// stand one below another.
#pragma once

#include "support/layouts/form_layout.h"

namespace rightsdesk::support {

inline constexpr FormLayout kSubscriptionCertificate = {.name = "subscription_certificate", .what = "subscription rights certificates, blocks one below another", .guarantee_days = 3, .text = R"form(
!NOTICE OF GUARANTEED DELIVERY
!FOR SUBSCRIPTION RIGHTS CERTIFICATES ISSUED BY
!{title}
~8
.This form, or one substantially equivalent to it, must be used to exercise subscription rights (the "Rights") in the rights offering
that {issuer}, {state} corporation (the "Company"), describes in its prospectus dated {prospectus_date} (the "Prospectus"), if a
holder cannot deliver the certificate(s) evidencing the Rights (the "Subscription Rights Certificate(s)") to the Subscription Agent
named below before 5:00 p.m., New York City time, on {expiration_date}, as that time may be extended (the "Expiration Date"). It may
be delivered by hand, or sent by facsimile transmission, first class mail or overnight courier, and the Subscription Agent must
receive it on or before the Expiration Date.

.Payment of the subscription price of {price} per share for each share of the Company's common stock subscribed for, under the basic
subscription right and the over-subscription right alike, must reach the Subscription Agent as the Prospectus says before 5:00 p.m.,
New York City time, on the Expiration Date, even if the Subscription Rights Certificate(s) are delivered later under the guaranteed
delivery procedures.
~6
=The Subscription Agent is: Computershare Trust Company, N.A.
~4
:By Mail: || By Overnight Courier or By Hand:
:P.O. Box 859208, Braintree, MA 02185 || 161 Bay State Drive, Braintree, MA 02184
~4
:Facsimile (eligible institutions only): (781) 380-3388 || To confirm facsimile: (781) 843-1833, ext. 200
~8
^DELIVERY TO AN ADDRESS OR FACSIMILE NUMBER
^OTHER THAN THOSE ABOVE IS NOT A VALID DELIVERY.
~8
.Ladies and Gentlemen:

The undersigned represents that the undersigned is the holder of Subscription Rights Certificate(s) representing {rights_held|12} Rights
and that such certificate(s) cannot be delivered to the Subscription Agent at or before 5:00 p.m., New York City time, on the
Expiration Date. Upon the terms and subject to the conditions of the Prospectus, receipt of which is acknowledged, the undersigned
elects to exercise (i) the basic subscription right to subscribe for {basic_shares|12} shares of common stock and (ii) the
over-subscription right, to the extent that shares not purchased by other holders (the "Excess Shares") are available, to subscribe
for up to {excess_shares|12} Excess Shares, subject to availability and proration.

The undersigned understands that payment of the subscription price of {price} per share must be received by the Subscription Agent at
or before 5:00 p.m., New York City time, on the Expiration Date, and represents that such payment, in the aggregate amount of
{aggregate|14} (check one):
~3
@herewith is being delivered to the Subscription Agent herewith; or
~2
@separately has been delivered separately to the Subscription Agent;
~3
.and is or was delivered in the manner set forth below (check the box that applies, and complete what follows it):
~3
@wire Wire transfer of immediately available funds
>Name of transferor institution: {transferor_institution|*}
>Date of transfer: {transfer_date|*}
>Confirmation number (if available): {confirmation_number|*}
~3
@uncertified_check Uncertified check (such a payment is received when the check has cleared, which may take five business days or more)
~3
@certified_check Certified check
~3
@bank_draft Bank draft (cashier's check)
~3
@money_order Money order
>Name of maker: {maker|*}
>Date of check, draft or money order: {instrument_date|*}
>Check, draft or money order number: {instrument_number|*}
>Bank on which check is drawn or issuer of money order: {drawee|*}
~10
:Signature(s): {signatures|*}
~4
:Name(s): {names|*}
;(Please type or print)
:Address: {address|*}
~4
:Area Code and Telephone Number(s): {telephone|*}
~4
:Subscription Rights Certificate No(s). (if available): {certificates|*}
~16
!GUARANTEE OF DELIVERY
^(Not to be used for Subscription Rights Certificate signature guarantee)
~4
The undersigned, a bank, stockbroker, dealer, savings and loan association, credit union or other eligible guarantor institution, as
Rule 17Ad-15 under the Securities Exchange Act of 1934 defines the term, guarantees that it will deliver to the Subscription Agent the
certificates representing the Rights exercised hereby, with any required signature guarantee and any other required documents, all
within three (3) business days after the date hereof.
~6
:Dated: {dated|*}
~4
:Name of Firm: {firm|*}
~4
:Address: {guarantor_address|*}
~4
:Area Code and Telephone Number: {guarantor_telephone|*}
~4
:Authorized Signature: {signatory|*}
~8
.The institution that completes this form must communicate the guarantee to the Subscription Agent and must deliver the Subscription
Rights Certificate(s) within the period stated above. Failure to do so could result in a financial loss to the institution.
)form"};

}  // namespace rightsdesk::support
