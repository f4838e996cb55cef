// The firm guarantees the payment too: nothing is enclosed, so there are no boxes for how it was delivered.
#pragma once

#include "support/layouts/form_layout.h"

namespace rightsdesk::support {

inline constexpr FormLayout kPaymentGuaranteed = {.name = "payment_guaranteed", .what = "certificates and payment both guaranteed by the firm", .guarantee_days = 3, .text = R"form(
!NOTICE OF GUARANTEED DELIVERY
^for
!SUBSCRIPTION RIGHTS
^to subscribe for shares of common stock of
!{title}
~8
This form, or one substantially equivalent, must be used to exercise subscription rights offered by {issuer} (the "Company") under the
prospectus dated {prospectus_date} if the time is not enough to deliver the subscription rights certificate and the payment to the
Subscription Agent by 5:00 p.m., New York City time, on {expiration_date} (the "Expiration Date"). The guarantor below undertakes to
deliver both.
~4
^Subscription Agent: Registrar and Transfer Company
^10 Commerce Drive, Cranford, New Jersey 07016 -- Facsimile (908) 497-2311
~8
.The undersigned holds certificates for {rights_held|12} subscription rights and, at the subscription price of {price} per share,

.(1) subscribes for {basic_shares|12} shares under the basic subscription privilege, and

.(2) requests, subject to availability, {excess_shares|12} shares under the over-subscription privilege,

.for a total subscription price of {aggregate|14}. No payment accompanies this notice: it is guaranteed below, and will be made by

~3
@wire wire transfer to the account of the Subscription Agent
~2
@certified_check certified check
~2
@bank_draft bank draft or cashier's check
~14
:{signatures|*} || {names|*}
;(Signature(s) of holder) || (Name(s) of holder, printed)
~2
:{address1|*} || {telephone|*}
;(Street) || (Telephone)
~2
:{address2|*} || {certificates|*}
;(City, State, Zip Code) || (Rights certificate number(s), if known)
~16
!GUARANTEE OF DELIVERY AND PAYMENT
^(not a guarantee of signatures)
~4
The undersigned, a bank, broker, dealer, credit union or savings association that is an eligible guarantor institution, guarantees to
the Company and to the Subscription Agent that the certificates for the rights exercised above, in proper form, and payment in full of
the total subscription price stated above will both be received by the Subscription Agent within three (3) business days after the date
hereof.
~12
:{firm|*} || {guarantor_address1|*}
;(Name of Firm) ||
:{signatory|*} || {guarantor_address2|*}
;(Authorized Signature) ||
:{contact|*} || {guarantor_address3|*}
;(Name of person to contact) || (Address)
:Dated: {dated|*} || Telephone: {guarantor_telephone|*}
)form"};

}  // namespace rightsdesk::support
