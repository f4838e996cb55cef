// The form itself (Exhibit 99.2, ../blank_form.h), set as a printer sets it.
#pragma once

#include "support/layouts/form_layout.h"

namespace rightsdesk::support {

inline constexpr FormLayout kFormItself = {.name = "form_itself", .what = "the form itself, Exhibit 99.2 of the prospectus", .guarantee_days = 3, .text = R"form(
!NOTICE OF GUARANTEED DELIVERY
!FOR
!RIGHTS CERTIFICATES
!ISSUED BY
!{title}
~8
This form, or one substantially equivalent hereto, must be used to exercise Rights pursuant to the Rights Offering described in
the Prospectus dated {prospectus_date} (the "Prospectus") of {issuer}, {state} corporation ("{short}"), if a holder of Rights cannot
deliver the certificate(s) evidencing the Rights (the "Rights Certificate(s)"), to the Subscription Agent listed below (the
"Subscription Agent") at or prior to 5:00 p.m., New York City time, on {expiration_date}, unless such time is extended by {short} as
described in the Prospectus (as it may be extended, the "Expiration Date"). Such form must be delivered by hand or sent by
telegram, facsimile transmission, first class mail or overnight courier to the Subscription Agent, and must be received by the
Subscription Agent on or prior to the Expiration Date. See "The Rights Offering -- Method of Subscription -- Exercise of Rights" in
the Prospectus.

Payment of the Subscription Price of {price} per share for each share of {short}'s Common Stock subscribed for upon exercise of such
Rights must be received by the Subscription Agent in the manner specified in the Prospectus at or prior to 5:00 p.m., New York
City time, on the Expiration Date even if the Rights Certificate(s) evidencing such Rights is (are) being delivered pursuant to the
Guaranteed Delivery Procedures thereof. See "The Rights Offering -- Method of Subscription -- Exercise of Rights" in the
Prospectus.
~6
^The Subscription Agent is:
!American Stock Transfer & Trust Company
~6
:If by Mail or Telegram: || If by Hand: || If by Overnight Courier:
~34
:Confirm by Telephone: || Facsimile Transmission: || Telephone Number for Information:
~12
^DELIVERY OF THIS INSTRUMENT TO AN ADDRESS OTHER THAN AS SET FORTH ABOVE
^OR TRANSMISSION OF THIS INSTRUMENT VIA FACSIMILE OTHER THAN AS
^SET FORTH ABOVE DOES NOT CONSTITUTE A VALID DELIVERY.
~12
^Ladies and Gentlemen:
~6
The undersigned hereby represents that the undersigned is the holder of Rights Certificate(s) representing {rights_held|12} Rights
and that such Rights Certificate(s) cannot be delivered to the Subscription Agent at or before 5:00 p.m., New York City time, on
the Expiration Date. Upon the terms and subject to the conditions set forth in the Prospectus, receipt of which is hereby
acknowledged, the undersigned hereby elects to exercise (i) the Basic Subscription Privilege to subscribe for {basic_shares|12}
share(s) of Common Stock with respect to each of Rights represented by such Rights Certificate(s) and (ii) the Over-Subscription
Privilege relating to such Rights, to the extent that shares of Common Stock that are not otherwise purchased pursuant to the
exercise of Rights (the "Excess Shares") are available therefor, for an aggregate of up to {excess_shares|12} Excess Shares, subject
to availability and proration.

The undersigned understands that payment of the Subscription Price of {price} per share for each share of Common Stock subscribed for
pursuant to the Basic Subscription Privilege and the Over-Subscription Privilege must be received by the Subscription Agent at or
before 5:00 p.m., New York City time, on the Expiration Date and represents that such payment, in the aggregate amount of
{aggregate|14} either (check appropriate box):
~4
@herewith is being delivered to the Subscription Agent herewith
~2
^or
~2
@separately has been delivered separately to the Subscription Agent
~4
.in the manner set forth below (check appropriate box and complete information relating thereto):
~4
@wire Wire transfer of funds
>Name of transferor institution: {transferor_institution|*}
>Date of transfer: {transfer_date|*}
>Confirmation number (if available): {confirmation_number|*}
~4
@uncertified_check Uncertified check (Payment by uncertified check will not be deemed to have been received by the Subscription
Agent until such check has cleared. Holders paying by such means are urged to make payment sufficiently in advance of the
Expiration Date to ensure that such payment clears by such date.)
~4
@certified_check Certified check
~4
@bank_draft Bank draft (cashier's check)
~4
@money_order Money order
>Name of maker: {maker|*}
>Date of check, draft or money order: {instrument_date|*}
>Check, draft or money order number: {instrument_number|*}
>Bank on which check is drawn or issuer of money order: {drawee|*}
~16
:Signature(s) {signatures|*} || Address {address1|*}
~6
:Name(s) {names|*} || {address2|*}
;(Please type or print) ||
: || Area Code and Tel. No.(s) {telephone|*}
~4
:Rights Certificate No(s). (if available) {certificates|*} ||
~20
!GUARANTEE OF DELIVERY
^(Not To Be Used For Rights Certificate Signature Guarantee)
~4
The undersigned, a member firm of a registered national securities exchange or of the National Association of Securities Dealers,
Inc., or a commercial bank or trust company having an office or correspondent in the United States, or a bank, stockbroker,
savings and loan association or credit union with membership in an approved signature guarantee medallion program, pursuant to
Rule 17Ad-15 of the Securities Exchange Act of 1934, as amended, guarantees that the undersigned will deliver to the Subscription
Agent the certificates representing the Rights being exercised hereby, with any required signature guarantee and any other
required documents, all within three (3) business days after the date hereof.
~10
:{guarantor_address1|*} || Dated: {dated|*}
:{guarantor_address2|*} ||
:{guarantor_address3|*} || {firm|*}
;(Address) || (Name of Firm)
~6
:{guarantor_telephone|*} || {signatory|*}
;(Area Code and Telephone Number) || (Authorized Signature)
~10
The institution which completes this form must communicate the guarantee to the Subscription Agent and must deliver the Rights
Certificate(s) to the Subscription Agent within the time period shown in this prospectus. Failure to do so could result in a
financial loss to such institution.
)form"};

}  // namespace rightsdesk::support
