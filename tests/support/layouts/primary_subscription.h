// Primary subscription and over-subscription, as funds offer them: numbered lines with the figures, the firm's block in columns.
#pragma once

#include "support/layouts/form_layout.h"

namespace rightsdesk::support {

inline constexpr FormLayout kPrimarySubscription = {.name = "primary_subscription", .what = "primary subscription and over-subscription, numbered lines", .guarantee_days = 2, .text = R"form(
!{title}
~4
!NOTICE OF GUARANTEED DELIVERY
!FOR SHARES SUBSCRIBED FOR UNDER THE PRIMARY SUBSCRIPTION
!AND THE OVER-SUBSCRIPTION PRIVILEGE
~8
.As set forth in the prospectus dated {prospectus_date} of {issuer} (the "Fund"), this form or one substantially equivalent hereto may
be used as a means of effecting subscription and payment for all shares of the Fund's common stock subscribed for under the Primary
Subscription and the Over-Subscription Privilege. The form may be delivered by hand, overnight courier, mail or facsimile to the
Subscription Agent, and must be received before 5:00 p.m., New York City time, on {expiration_date} (the "Expiration Date").
~6
^The Subscription Agent is:
!Equiserve Trust Company, N.A.
~4
:By First Class Mail: || By Facsimile: || By Overnight Courier or Hand:
:P.O. Box 43025 || (781) 575-2901 || 150 Royall Street
:Providence, RI 02940-3025 || Confirm: (781) 575-3816 || Canton, MA 02021
~6
^Delivery of this instrument to an address, or its transmission to a facsimile number,
^other than as set forth above does not constitute a valid delivery.
~8
.The subscription price is {price} per share. The undersigned, the holder of record of the rights described below, exercises them as
follows and understands that the whole subscription price must be received by the Subscription Agent before the Expiration Date:
~6
:1. Rights held, as represented by the Subscription Certificate(s): {rights_held|*}
~3
:2. Primary Subscription -- number of shares requested: {basic_shares|*}
~3
:3. Over-Subscription Privilege -- number of shares requested: {excess_shares|*}
~3
:4. Aggregate subscription price for lines 2 and 3: {aggregate|*}
~3
:5. Subscription Certificate number(s), if available: {certificates|*}
~6
.Payment (check one box in each row):
~3
:{box:herewith} enclosed with this notice || {box:separately} sent separately
~2
:{box:wire} wire transfer || {box:uncertified_check} personal check || {box:certified_check} certified check
~2
:{box:bank_draft} cashier's check || {box:money_order} money order ||
~6
:Wire: sending bank {transferor_institution|*} || date sent {transfer_date|*}
~2
:Wire: Federal reference number {confirmation_number|*} ||
~2
:Check or money order: maker {maker|*} || dated {instrument_date|*}
~2
:Check or money order: number {instrument_number|*} || drawn on {drawee|*}
~12
:{signatures|*} || {names|*}
;Signature(s) of subscriber(s) || Name(s), typed or printed
~2
:{address|*} || {telephone|*}
;Address || Area Code and Telephone Number
~14
!GUARANTEE OF DELIVERY
~4
.The undersigned, a member firm of the New York Stock Exchange, Inc. or a bank or trust company which is a member of an approved
signature guarantee medallion program, guarantees delivery to the Subscription Agent of a properly completed and signed Subscription
Certificate evidencing the rights exercised above, with any other required documents, all within two (2) business days after the date
hereof.
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
