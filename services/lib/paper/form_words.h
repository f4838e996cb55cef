// The form's own words (Exhibit 99.2), between which it is filled in. Spaces and quotes do not matter.
#pragma once

#include <cstddef>
#include <string_view>

namespace rightsdesk::paper {

inline constexpr std::size_t kWidestBlank = 600;    // octets between two pieces of the form's words, its own lines included

namespace words {

inline constexpr std::string_view kIssuedBy = "issued by";
inline constexpr std::string_view kThisForm = "this form, or one substantially";
inline constexpr std::string_view kProspectusDated = "described in the Prospectus dated";
inline constexpr std::string_view kTheProspectus = "(the Prospectus)";
inline constexpr std::string_view kProspectusOf = "(the Prospectus) of";
inline constexpr std::string_view kCorporation = "corporation (";
inline constexpr std::string_view kNewYorkTimeOn = "New York City time, on";
inline constexpr std::string_view kUnlessExtended = "unless such time is extended";
inline constexpr std::string_view kRepresenting = "Rights Certificate(s) representing";
inline constexpr std::string_view kRightsAndThat = "Rights and that such";
inline constexpr std::string_view kToSubscribeFor = "Privilege to subscribe for";
inline constexpr std::string_view kShares = "share(s) of Common Stock";
inline constexpr std::string_view kUpTo = "for an aggregate of up to";
inline constexpr std::string_view kExcessShares = "Excess Shares, subject to";
inline constexpr std::string_view kPriceOf = "payment of the Subscription Price of";
inline constexpr std::string_view kPerShare = "per share for each share";
inline constexpr std::string_view kAggregate = "in the aggregate amount of";
inline constexpr std::string_view kEither = "either (check appropriate";
inline constexpr std::string_view kHerewith = "is being delivered to the Subscription Agent herewith";
inline constexpr std::string_view kSeparately = "has been delivered separately to the Subscription Agent";
inline constexpr std::string_view kInTheManner = "in the manner set forth below";
inline constexpr std::string_view kWire = "Wire transfer of funds";
inline constexpr std::string_view kTransferor = "Name of transferor institution";
inline constexpr std::string_view kTransferDate = "Date of transfer";
inline constexpr std::string_view kConfirmation = "Confirmation number (if available)";
inline constexpr std::string_view kUncertified = "Uncertified check";
inline constexpr std::string_view kUncertifiedUntil = "payment clears by such date";
inline constexpr std::string_view kCertified = "Certified check";
inline constexpr std::string_view kBankDraft = "Bank draft (cashier";
inline constexpr std::string_view kMoneyOrder = "Money order";
inline constexpr std::string_view kMaker = "Name of maker";
inline constexpr std::string_view kInstrumentDate = "Date of check, draft or money order";
inline constexpr std::string_view kInstrumentNumber = "Check, draft or money order number";
inline constexpr std::string_view kDrawee = "Bank on which check is drawn or issuer of money order";
inline constexpr std::string_view kSignatures = "Signature(s)";
inline constexpr std::string_view kAddress = "Address";
inline constexpr std::string_view kNames = "Name(s)";
inline constexpr std::string_view kTypeOrPrint = "(Please type or print)";
inline constexpr std::string_view kTelephone = "Area Code and Tel. No.(s)";
inline constexpr std::string_view kCertificates = "Rights Certificate No(s).";
inline constexpr std::string_view kIfAvailable = "(if available)";
inline constexpr std::string_view kGuarantee = "GUARANTEE OF DELIVERY (Not To Be Used";
inline constexpr std::string_view kGuaranteeTitle = "GUARANTEE OF DELIVERY";
inline constexpr std::string_view kDateHereof = "business days after the date hereof";
inline constexpr std::string_view kWithin = "within";
inline constexpr std::string_view kDated = "Dated";
inline constexpr std::string_view kGuarantorAddress = "Address";
inline constexpr std::string_view kNameOfFirm = "Name of Firm";
inline constexpr std::string_view kGuarantorTelephone = "Area Code and Telephone Number";
inline constexpr std::string_view kAuthorizedSignature = "Authorized Signature";
inline constexpr std::string_view kInstitution = "The institution which completes this form";

}  // namespace words

}  // namespace rightsdesk::paper
