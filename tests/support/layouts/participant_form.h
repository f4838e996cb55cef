// The broker's own form: a participant of DTC, its protect and its voluntary offering instruction. No holder signs.
#pragma once

#include "support/layouts/form_layout.h"

namespace rightsdesk::support {

inline constexpr FormLayout kParticipantForm = {.name = "participant_form", .what = "a DTC participant's form, with protect and VOI ticket numbers", .guarantee_days = 3, .text = R"form(
!NOTICE OF GUARANTEED DELIVERY
!WITH RESPECT TO RIGHTS OF
!{title}
^(to be completed by a participant of The Depository Trust Company)
~10
.Under the prospectus dated {prospectus_date} of {issuer}, rights may be exercised by this notice, or by one substantially equivalent, if
the rights will not be delivered through the facilities of The Depository Trust Company ("DTC") before 5:00 p.m., New York City time, on
{expiration_date} (the "Expiration Date"). The subscription price is {price} per share.
~6
^To: Mellon Investor Services LLC, as Subscription Agent
^Reorganization Department -- facsimile (201) 296-4293 -- confirm by telephone (201) 296-4860
~10
=1. THE RIGHTS
~4
:Rights to be delivered: {rights_held|*} || DTC protect number: {protect_number|*}
~4
:Basic subscription, shares: {basic_shares|*} || Over-subscription, shares: {excess_shares|*}
~4
:Total payment: {aggregate|*} || VOI ticket number: {voi_ticket|*}
~8
=2. THE PAYMENT
~4
:Delivered (check one): || {box:herewith} with this notice || {box:separately} separately
~4
:Manner (check one): || {box:wire} by wire || {box:certified_check} by certified check
~6
:Sending institution: {transferor_institution|*} || Date of transfer: {transfer_date|*}
~4
:Confirmation number: {confirmation_number|*} ||
~4
:Check, maker: {maker|*} || Date of check: {instrument_date|*}
~4
:Check number: {instrument_number|*} || Drawn on: {drawee|*}
~8
=3. THE CUSTOMER
~4
:Name(s): {names|*} || Account number: {account_number|*}
~10
=4. GUARANTEE OF DELIVERY
~4
.The undersigned participant guarantees that the rights described above will be delivered to the Subscription Agent, by book-entry
through DTC or by certificate, with all other required documents, within three (3) business days after the date hereof.
~10
:Name of Firm: {firm|*} || DTC participant number: {dtc_participant|*}
~6
:Address: {guarantor_address|*} || Contact name: {contact|*}
~6
:Authorized Signature: {signatory|*} || Telephone: {guarantor_telephone|*}
~6
:Title: {capacity|*} || Dated: {dated|*}
~16
.A participant that has exercised through DTC's system need not send this form for the same rights. If the rights are not delivered in
time the participant may be charged with the loss.
)form"};

}  // namespace rightsdesk::support
