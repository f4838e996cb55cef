// Why: every outcome that is not simply "yes" carries its reasons, and the same reason reaches the event, the log, the
// metric and the person. Enumerators are only added at the end: their ordinals are on disk.
#pragma once

#include "domain/types.h"

namespace rightsdesk::domain {

// What can be said against a notice. Weights in weight_of() decide what the notice's status becomes.
RIGHTSDESK_ENUM(Reason,
                kAnotherOffering,          // form: issuer, prospectus date and expiration say which offering it is for
                kUnreadable,               // the document is not a notice of guaranteed delivery that can be read
                kMisdirected,              // form: an address or number other than as set forth is not a valid delivery
                kLate,                     // form: received at or prior to the hour
                kIncompleteFax,            // rules 1: a fax is received when its last page is complete
                kStampGap,                 // the gateway's stamp and our own arrival differ beyond the tolerance: a person asks
                kUndated,                  // form: "after the date hereof"; without a date there is no clock
                kPostDated,                // dated after it was received
                kRightsMissing,            // "representing ... Rights"
                kSharesMissing,            // "subscribe for ... share(s)"
                kHolderUnsigned,           // form: Signature(s); rules 7: all joint holders sign
                kHolderNamesMissing,       // form: Name(s)
                kHolderAddressMissing,     // form: Address
                kHolderTelephoneMissing,   // form: Area Code and Tel. No.(s)
                kGuarantorMissing,         // form: (Name of Firm)
                kGuarantorUnsigned,        // form: (Authorized Signature)
                kGuarantorIneligible,      // on evidence, in the list
                kGuarantorUnknown,         // on no list: a person decides
                kPaymentDeliveryUnclear,   // two boxes or none: herewith or separately
                kPaymentMethodUnclear,     // two boxes or none among the five
                kHerewithByFax,            // paper cannot come with a fax: treated as separate
                kAggregateDiffers,         // price x (basic + excess) is not the aggregate stated
                kPriceDiffers,             // the price on the form is not the terms'
                kBasicBeyondRights,        // basic exceeds rights x ratio
                kOverWithoutFullBasic,     // over-subscription asked though basic is not exercised in full
                kTelephoneUnconfirmed,     // the institution must communicate the guarantee
                kPossibleDuplicate,        // nearly the same notice is on file: never merged nor counted twice silently
                kGuaranteeLapsed,          // its cover deadline fell before the notice was received
                kMethodNotAccepted,        // the terms take no payment by this method
                kGuaranteedDeliveryClosed, // the terms have no guaranteed delivery
                kTelephoneRequired,        // the terms require telephone confirmation, and it is missing
                kNotOnRegister,            // no holder of record, and the rights cannot be transferred
                kTransferee,               // no holder of record: rights bought since, or held through a nominee
                kCertificateUnknown,       // a certificate number that the register does not list
                kRightsBeyondRegister,     // more rights than the holder has of record, in this and the holder's other notices
                kRegisterNameDiffers,      // the certificate is on the register under another name
                kAfterForeignCutOff,       // received after the earlier hour for holders abroad and at army post offices
                kOverNotEligible,          // over-subscription is for holders of record only
                kGuaranteePeriodDiffers,   // rules 1: the form's own period and the prospectus's: keep both, flag a difference
                kSeveralHolders,           // several holders of record have the name, and no certificate says which it is
                kPaymentDetailsMissing,    // form: a wire's transferor institution and date; a check's date, number and drawee or issuer
                kSharesByMoney,            // rules 3: no number of shares, and by the terms it is as many as the money buys
                kAwaitingKeying)           // the page could not be read with certainty: nothing is guessed, a person keys it

// What a person is asked about delivered certificates before they count (rules.md section 5).
RIGHTSDESK_ENUM(CertificateQuestion,
                kPartlyOnFile,         // some of its numbers came for the notice before, others did not: for how many rights is it
                kOfAnotherNotice,      // a number is on file for another notice: it covers one
                kExercisedDirectly,    // a certificate that was exercised with its own election
                kNotOnRegister,        // a number that the register of holders does not list
                kRightsBeyondRegister, // more rights than the register gives the holders of these certificates
                kHandedOverLate)       // stamped in time, and handed over long after that, when its time had passed

RIGHTSDESK_ENUM(Weight, kFlag, kQuestion, kDefect, kLate, kMisdirected, kRefusal, kKeying)

// What a notice is, by the heaviest of its open reasons; rejected by a person, withdrawn by the holder and linked (keyed, it turned out
// to be another notice, which has its delivery) are final.
RIGHTSDESK_ENUM(NoticeStatus, kAccepted, kInQuestion, kDefective, kLate, kMisdirected, kRefused, kRejected,
                kWithdrawn, kAwaitingKeying, kLinked)

// Why a command was not carried out.
RIGHTSDESK_ENUM(Refusal, kNotPermitted, kUnknownOffering, kUnknownNotice, kUnknownPayment, kUnknownProposal, kUnknownItem, kUnknownAlert,
                kOfferingExists, kTermsUnusable, kTooEarly, kTooLate, kNotAllowedByTerms, kBeyondLimit, kSamePerson, kAlreadyDecided,
                kNothingToDo, kAmountUnusable, kCurrencyDiffers, kPayeeDiffers, kBackwards, kNotIdle, kHashDiffers, kWrongClock, kWrongDoor,
                kAlreadyMatched, kValueUnusable, kMethodNotAccepted, kSuspended, kIrrevocable, kInstructionMissing,
                kFrozen, kKeyedOtherwise)

// The evidence by which money was matched to a notice, strongest first (rules 3, "Matching").
RIGHTSDESK_ENUM(Evidence, kConfirmationNumber, kUniqueReference, kInstrumentNumber, kNoticeReference, kExactAmount, kPerson, kSchedule)

// Why money was not matched to one candidate notice.
RIGHTSDESK_ENUM(Unmatched, kAmountDiffers, kInstitutionDiffers, kDateDiffers, kConfirmationDiffers, kInstrumentDiffers, kSeveralCandidates,
                kNoCandidate, kNameOnly, kNoticeNotOpen, kTakenBack)

// ANSI X9.100-188 return reasons, by letter.
RIGHTSDESK_ENUM(ReturnReason, kNotSufficientFunds, kUncollectedFunds, kStopPayment, kClosedAccount, kUnableToLocate, kFrozenAccount, kStaleDated,
                kPostDated, kEndorsementMissing, kEndorsementIrregular, kSignatureMissing, kSignatureIrregular, kNonCashItem, kAlteredItem,
                kUnableToRead, kDoesNotMatchAccount, kRefusedByMaker, kDuplicate, kForgery, kOther)

// The standard's letter, of the reasons that rules.md section 3 names by it: A to H, Y, Z.
std::optional<char> letter_of(ReturnReason reason);
std::string text_with_letter(ReturnReason reason);                             // "not_sufficient_funds (A)"
std::optional<ReturnReason> return_reason_from(const std::string& text);       // by word or by letter, "A" or "a"

Weight weight_of(Reason reason);
NoticeStatus status_from(const std::vector<Reason>& open_reasons);
bool is_final(NoticeStatus status);  // no reason that comes or goes changes it any more

// One line for a person: what it means and what mends it.
const char* explain(Reason reason);
const char* explain(CertificateQuestion question);
const char* explain(Refusal refusal);

}  // namespace rightsdesk::domain
