#include "domain/reasons.h"

#include <algorithm>

namespace rightsdesk::domain {

std::optional<char> letter_of(ReturnReason reason) {
    switch (reason) {
        case ReturnReason::kNotSufficientFunds: return 'A';
        case ReturnReason::kUncollectedFunds: return 'B';
        case ReturnReason::kStopPayment: return 'C';
        case ReturnReason::kClosedAccount: return 'D';
        case ReturnReason::kUnableToLocate: return 'E';
        case ReturnReason::kFrozenAccount: return 'F';
        case ReturnReason::kStaleDated: return 'G';
        case ReturnReason::kPostDated: return 'H';
        case ReturnReason::kDuplicate: return 'Y';
        case ReturnReason::kForgery: return 'Z';
        case ReturnReason::kEndorsementMissing:
        case ReturnReason::kEndorsementIrregular:
        case ReturnReason::kSignatureMissing:
        case ReturnReason::kSignatureIrregular:
        case ReturnReason::kNonCashItem:
        case ReturnReason::kAlteredItem:
        case ReturnReason::kUnableToRead:
        case ReturnReason::kDoesNotMatchAccount:
        case ReturnReason::kRefusedByMaker:
        case ReturnReason::kOther: break;
    }
    return std::nullopt;
}

std::string text_with_letter(ReturnReason reason) {
    const auto letter = letter_of(reason);
    return to_text(reason) + (letter ? std::string(" (") + *letter + ")" : "");
}

std::optional<ReturnReason> return_reason_from(const std::string& text) {
    if (const auto word = base::enum_from_text<ReturnReason>(text)) return word;
    if (text.size() != 1) return std::nullopt;
    const char letter = text[0] >= 'a' && text[0] <= 'z' ? static_cast<char>(text[0] - 'a' + 'A') : text[0];
    for (std::size_t ordinal = 0; ordinal < base::enum_texts<ReturnReason>().size(); ++ordinal) {
        const auto reason = static_cast<ReturnReason>(ordinal);
        if (letter_of(reason) == letter) return reason;
    }
    return std::nullopt;
}

Weight weight_of(Reason reason) {
    switch (reason) {
        case Reason::kAnotherOffering:
        case Reason::kUnreadable:
        case Reason::kGuaranteedDeliveryClosed: return Weight::kRefusal;
        case Reason::kMisdirected: return Weight::kMisdirected;
        case Reason::kLate:
        case Reason::kAfterForeignCutOff: return Weight::kLate;
        case Reason::kIncompleteFax:
        case Reason::kUndated:
        case Reason::kRightsMissing:
        case Reason::kSharesMissing:
        case Reason::kHolderUnsigned:
        case Reason::kHolderNamesMissing:
        case Reason::kHolderAddressMissing:
        case Reason::kHolderTelephoneMissing:
        case Reason::kGuarantorMissing:
        case Reason::kGuarantorUnsigned:
        case Reason::kGuarantorIneligible:
        case Reason::kPaymentDeliveryUnclear:
        case Reason::kPaymentMethodUnclear:
        case Reason::kMethodNotAccepted:
        case Reason::kGuaranteeLapsed: return Weight::kDefect;
        case Reason::kStampGap:
        case Reason::kPostDated:
        case Reason::kGuarantorUnknown:
        case Reason::kNotOnRegister:
        case Reason::kCertificateUnknown:
        case Reason::kRightsBeyondRegister:
        case Reason::kRegisterNameDiffers:
        case Reason::kSeveralHolders:
        case Reason::kPossibleDuplicate: return Weight::kQuestion;
        case Reason::kHerewithByFax:
        case Reason::kAggregateDiffers:
        case Reason::kPriceDiffers:
        case Reason::kBasicBeyondRights:
        case Reason::kOverWithoutFullBasic:
        case Reason::kTransferee:
        case Reason::kOverNotEligible:
        case Reason::kGuaranteePeriodDiffers:
        case Reason::kPaymentDetailsMissing:
        case Reason::kSharesByMoney:
        case Reason::kTelephoneUnconfirmed: return Weight::kFlag;
        case Reason::kTelephoneRequired: return Weight::kDefect;
        case Reason::kAwaitingKeying: return Weight::kKeying;
    }
    return Weight::kDefect;
}

NoticeStatus status_from(const std::vector<Reason>& open_reasons) {
    Weight heaviest = Weight::kFlag;
    for (const Reason reason : open_reasons) heaviest = std::max(heaviest, weight_of(reason));
    switch (heaviest) {
        case Weight::kFlag: return NoticeStatus::kAccepted;
        case Weight::kQuestion: return NoticeStatus::kInQuestion;
        case Weight::kDefect: return NoticeStatus::kDefective;
        case Weight::kLate: return NoticeStatus::kLate;
        case Weight::kMisdirected: return NoticeStatus::kMisdirected;
        case Weight::kRefusal: return NoticeStatus::kRefused;
        case Weight::kKeying: return NoticeStatus::kAwaitingKeying;
    }
    return NoticeStatus::kDefective;
}

bool is_final(NoticeStatus status) {
    return status == NoticeStatus::kRejected || status == NoticeStatus::kWithdrawn || status == NoticeStatus::kLinked;
}

const char* explain(Reason reason) {
    switch (reason) {
        case Reason::kAnotherOffering: return "the form is for another offering (issuer, prospectus date or expiration differ): tell the sender which agent to send it to";
        case Reason::kUnreadable: return "the document cannot be read as a notice of guaranteed delivery: ask the sender for a legible copy before the hour";
        case Reason::kMisdirected: return "it came to an address or number that is not listed for its channel: no valid delivery until it reaches a listed one";
        case Reason::kLate: return "it was received after the hour: it counts only if the offering is extended to its stamp";
        case Reason::kIncompleteFax: return "the last page of the fax is missing: ask the sender to send it again before the hour";
        case Reason::kStampGap: return "the gateway's receipt stamp and our arrival differ by more than the tolerance: a person decides which holds";
        case Reason::kUndated: return "the guarantee bears no date, so its clock cannot run: the guarantor must supply the date";
        case Reason::kPostDated: return "the guarantee is dated after it was received: ask the guarantor for the right date";
        case Reason::kRightsMissing: return "the number of rights is missing: the holder must supply it";
        case Reason::kSharesMissing: return "the number of shares subscribed for is missing: the holder must supply it";
        case Reason::kHolderUnsigned: return "a holder's signature is missing";
        case Reason::kHolderNamesMissing: return "the holder's printed name is missing";
        case Reason::kHolderAddressMissing: return "the holder's address is missing";
        case Reason::kHolderTelephoneMissing: return "the holder's telephone number is missing";
        case Reason::kGuarantorMissing: return "the name of the guaranteeing firm is missing";
        case Reason::kGuarantorUnsigned: return "the guarantor's authorized signature is missing";
        case Reason::kGuarantorIneligible: return "the guarantor is on the list as not eligible: another guarantor is needed";
        case Reason::kGuarantorUnknown: return "the guarantor is on no list: a person decides, and records the standard it meets";
        case Reason::kPaymentDeliveryUnclear: return "neither or both of 'herewith' and 'separately' are ticked: the money settles it, or the holder";
        case Reason::kPaymentMethodUnclear: return "none or several of the five ways to pay are ticked: the money settles it, or the holder";
        case Reason::kHerewithByFax: return "payment 'herewith' cannot come with a fax: it is treated as sent separately";
        case Reason::kAggregateDiffers: return "the aggregate stated is not the price times the shares: the money received decides";
        case Reason::kPriceDiffers: return "the price on the form is not the offering's: the offering's price holds";
        case Reason::kBasicBeyondRights: return "more basic shares than the rights give: basic is limited to the entitlement";
        case Reason::kOverWithoutFullBasic: return "over-subscription without exercising basic in full: it does not count unless basic is in full; where the terms judge a nominee by owner, for the owners of whom it is";
        case Reason::kTelephoneUnconfirmed: return "the guarantor has not confirmed by telephone: call the firm";
        case Reason::kPossibleDuplicate: return "nearly the same notice is on file: a person decides whether they are one";
        case Reason::kGuaranteeLapsed: return "the guarantee's own deadline had passed when it was received: a newly dated guarantee is needed";
        case Reason::kMethodNotAccepted: return "the terms take no payment by this method: the holder must pay otherwise before the hour";
        case Reason::kGuaranteedDeliveryClosed: return "this offering has no guaranteed delivery: certificates must be delivered by the hour";
        case Reason::kTelephoneRequired: return "the terms require telephone confirmation of the guarantee: call the firm before the hour";
        case Reason::kNotOnRegister: return "neither certificate nor name is on the register, and rights cannot be transferred: a person decides what shows the right";
        case Reason::kTransferee: return "neither certificate nor name is on the register: rights bought since the record date, or held through a nominee";
        case Reason::kCertificateUnknown: return "a certificate number is not on the register: a person asks which it is";
        case Reason::kRightsBeyondRegister: return "more rights than the register gives the holder, in this notice or with the holder's others: a person decides";
        case Reason::kRegisterNameDiffers: return "the register has the certificate under another name: a person decides whether it is the holder's";
        case Reason::kAfterForeignCutOff: return "received after the earlier hour for holders abroad and at army and fleet post offices";
        case Reason::kOverNotEligible: return "only holders of record may over-subscribe: the over-subscription does not count";
        case Reason::kGuaranteePeriodDiffers: return "the form's own period for the certificates is not the offering's: the terms' period holds";
        case Reason::kSeveralHolders: return "several holders on the register have this name, and no certificate says which it is: a person says on which line";
        case Reason::kPaymentDetailsMissing: return "the notice does not give all details of its payment (of a wire the institution and date; of a check the date, number and drawee): the money may not be found by itself";
        case Reason::kSharesByMoney: return "no number of shares is stated: it is taken for as many as the money buys";
        case Reason::kAwaitingKeying: return "the page could not be read with certainty: a person keys it from the picture, and it is judged by when it came";
    }
    return "";
}

const char* explain(CertificateQuestion question) {
    switch (question) {
        case CertificateQuestion::kPartlyOnFile: return "some of the certificates came before and others did not: a person says how many rights are new";
        case CertificateQuestion::kOfAnotherNotice: return "a certificate is on file for another notice: a person says which of them it covers";
        case CertificateQuestion::kExercisedDirectly: return "a certificate was exercised directly, with its own election: a person says which holds";
        case CertificateQuestion::kNotOnRegister: return "a certificate number is not on the register of holders: a person asks which it is";
        case CertificateQuestion::kRightsBeyondRegister: return "more rights than the register gives the holders of these certificates: a person decides";
        case CertificateQuestion::kHandedOverLate: return "stamped in time, and handed over when that had passed: a person decides whether the stamp holds";
    }
    return "";
}

const char* explain(Refusal refusal) {
    switch (refusal) {
        case Refusal::kNotPermitted: return "the sender's roles do not allow this: ask whoever keeps the keys";
        case Refusal::kUnknownOffering: return "there is no such offering: `rightsdesk offering list` shows those open";
        case Refusal::kUnknownNotice: return "there is no such notice: `rightsdesk notice list` shows them";
        case Refusal::kUnknownPayment: return "there is no such payment: `rightsdesk payment list` shows them";
        case Refusal::kUnknownProposal: return "there is no such proposal, or it is decided at another door";
        case Refusal::kUnknownItem: return "there is no such item on the desk: `rightsdesk desk list` shows them";
        case Refusal::kUnknownAlert: return "there is no alert of that number";
        case Refusal::kOfferingExists: return "an offering of that id, account or address is open already";
        case Refusal::kTermsUnusable: return "the terms cannot be used as they are";
        case Refusal::kTooEarly: return "it is too early in the offering's life for this";
        case Refusal::kTooLate: return "it is too late in the offering's life for this";
        case Refusal::kNotAllowedByTerms: return "the offering's terms do not allow this";
        case Refusal::kBeyondLimit: return "it goes beyond a limit that the terms state";
        case Refusal::kSamePerson: return "the same person has spoken already: another operator must approve";
        case Refusal::kAlreadyDecided: return "this has been decided already";
        case Refusal::kNothingToDo: return "nothing is left to do here";
        case Refusal::kAmountUnusable: return "the amount is not positive, or more than is there";
        case Refusal::kCurrencyDiffers: return "the money is not in the offering's currency";
        case Refusal::kPayeeDiffers: return "the instrument is not drawn to the offering's payee";
        case Refusal::kBackwards: return "a watermark or the time never goes back";
        case Refusal::kNotIdle: return "not every service is idle";
        case Refusal::kHashDiffers: return "the document's SHA-256 is not the one stated: send the document again";
        case Refusal::kWrongClock: return "the suite runs on the real clock: time cannot be stepped";
        case Refusal::kWrongDoor: return "another service decides this";
        case Refusal::kAlreadyMatched: return "the money is matched already";
        case Refusal::kValueUnusable: return "the value given cannot be used";
        case Refusal::kMethodNotAccepted: return "the terms take no payment by this method";
        case Refusal::kSuspended: return "the offering is suspended: it must be resumed first";
        case Refusal::kIrrevocable: return "an exercise is irrevocable by the terms, and no suspension leaves withdrawal open";
        case Refusal::kInstructionMissing: return "the terms need a signed instruction of the issuer: name it";
        case Refusal::kFrozen: return "it stands still because of work in quarantine: rightsdesk desk list; rightsdesk desk release";
        case Refusal::kKeyedOtherwise: return "it was keyed before, with other values: cure, amend or reject it instead";
    }
    return "";
}

}  // namespace rightsdesk::domain
