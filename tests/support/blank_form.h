// The form as it is printed (Exhibit 99.2), with a mark at each blank: {name}, or {name|width} where it is a line of so many
// underscores; {box:name} is a check box. Lines that begin with "%" part it: exhibit, plain, prose, table, block, last.
#pragma once

#include <string_view>

namespace rightsdesk::support {

inline constexpr std::string_view kBlankForm = R"form(%exhibit
Exhibit 99.2

%plain

                       NOTICE OF GUARANTEED DELIVERY
                                    FOR
                            RIGHTS CERTIFICATES
                                 ISSUED BY
                          {title}

%prose
         This form, or one substantially equivalent hereto, must be used to
exercise Rights pursuant to the Rights Offering described in the Prospectus
dated {prospectus_date} (the "Prospectus") of {issuer}, {state}
corporation ("{short}"), if a holder of Rights cannot deliver the
certificate(s) evidencing the Rights (the "Rights Certificate(s)"), to the
Subscription Agent listed below (the "Subscription Agent") at or prior to
5:00 p.m., New York City time, on {expiration_date}, unless such time is extended
by {short} as described in the Prospectus (as it may be extended, the
"Expiration Date"). Such form must be delivered by hand or sent by
telegram, facsimile transmission, first class mail or overnight courier to
the Subscription Agent, and must be received by the Subscription Agent on
or prior to the Expiration Date. See "The Rights Offering -- Method of
Subscription -- Exercise of Rights" in the Prospectus.

         Payment of the Subscription Price of {price} per share for each share of
{short}'s Common Stock subscribed for upon exercise of such Rights must
be received by the Subscription Agent in the manner specified in the
Prospectus at or prior to 5:00 p.m., New York City time, on the Expiration
Date even if the Rights Certificate(s) evidencing such Rights is (are)
being delivered pursuant to the Guaranteed Delivery Procedures thereof. See
"The Rights Offering -- Method of Subscription -- Exercise of Rights" in
the Prospectus.

%plain
                         The Subscription Agent is:
                  American Stock Transfer & Trust Company


%table
<TABLE>
<CAPTION>

<S>                                       <C>                                   <C>
If by Mail or Telegram:                   If by Hand:                            If by Overnight Courier:








Confirm by Telephone:                     Facsimile Transmission:                Telephone Number for Information:

</TABLE>

%plain
  DELIVERY OF THIS INSTRUMENT TO AN ADDRESS OTHER THAN AS SET FORTH ABOVE
       OR TRANSMISSION OF THIS INSTRUMENT VIA FACSIMILE OTHER THAN AS
           SET FORTH ABOVE DOES NOT CONSTITUTE A VALID DELIVERY.




                           Ladies and Gentlemen:


%prose
         The undersigned hereby represents that the undersigned is the
holder of Rights Certificate(s) representing    {rights_held}    Rights and
that such Rights Certificate(s) cannot be delivered to the Subscription
Agent at or before 5:00 p.m., New York City time, on the Expiration Date.
Upon the terms and subject to the conditions set forth in the Prospectus,
receipt of which is hereby acknowledged, the undersigned hereby elects to
exercise (i) the Basic Subscription Privilege to subscribe for   {basic_shares}   share(s)
of Common Stock with respect to each of Rights represented by such
Rights Certificate(s) and (ii) the Over-Subscription Privilege relating to
such Rights, to the extent that shares of Common Stock that are not
otherwise purchased pursuant to the exercise of Rights (the "Excess
Shares") are available therefor, for an aggregate of up to   {excess_shares}   Excess
Shares, subject to availability and proration.

         The undersigned understands that payment of the Subscription Price
of {price} per share for each share of Common Stock subscribed for pursuant to
the Basic Subscription Privilege and the Over-Subscription Privilege must
be received by the Subscription Agent at or before 5:00 p.m., New York City
time, on the Expiration Date and represents that such payment, in the
aggregate amount of {aggregate} either (check appropriate box):

%block
         {box:herewith}      is being delivered to the Subscription Agent herewith

                                     or

         {box:separately}      has been delivered separately to the Subscription Agent

in the manner set forth below (check appropriate box and complete information
relating thereto):

         {box:wire}      Wire transfer of funds
                  Name of transferor institution:{transferor_institution|30}
                  Date of transfer:{transfer_date|44}
                  Confirmation number (if available): {confirmation_number|25}

         {box:uncertified_check}      Uncertified check (Payment by uncertified check will not
                  be deemed to have been received by the Subscription Agent
                  until such check has cleared. Holders paying by such
                  means are urged to make payment sufficiently in advance
                  of the Expiration Date to ensure that such payment clears
                  by such date.)

         {box:certified_check}      Certified check

         {box:bank_draft}      Bank draft (cashier's check)

         {box:money_order}      Money order
                  Name of maker:{maker|47}
                  Date of check, draft or money order:{instrument_date|25}
                  Check, draft or money order number:{instrument_number|26}
                  Bank on which check is drawn or issuer of
                    money order:{drawee|47}


%block
Signature(s) {signatures|27}      Address{address1|26}

Name(s) {names|32}             {address2|26}
           (Please type or print)
                                             Area Code and Tel. No.(s){telephone|9}

Rights Certificate No(s). (if available) {certificates|20}





%plain
                           GUARANTEE OF DELIVERY
        (Not To Be Used For Rights Certificate Signature Guarantee)

%prose
         The undersigned, a member firm of a registered national securities
exchange or of the National Association of Securities Dealers, Inc., or a
commercial bank or trust company having an office or correspondent in the
United States, or a bank, stockbroker, savings and loan association or
credit union with membership in an approved signature guarantee medallion
program, pursuant to Rule 17Ad-15 of the Securities Exchange Act of 1934,
as amended, guarantees that the undersigned will deliver to the
Subscription Agent the certificates representing the Rights being exercised
hereby, with any required signature guarantee and any other required
documents, all within three (3) business days after the date hereof.

%block
{guarantor_address1|32}        Dated:{dated|33}
{guarantor_address2|32}
{guarantor_address3|32}        {firm|39}
         (Address)                                    (Name of Firm)

{guarantor_telephone|32}        {signatory|39}
 (Area Code and Telephone Number)                (Authorized Signature)

%last
         The institution which completes this form must communicate the
guarantee to the Subscription Agent and must deliver the Rights
Certificate(s) to the Subscription Agent within the time period shown in
this prospectus. Failure to do so could result in a financial loss to such
institution.
)form";

}  // namespace rightsdesk::support
