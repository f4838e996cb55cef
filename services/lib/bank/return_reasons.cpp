// Why money came back, by the codes of three standards and the words that banks use.
#include <array>
#include <utility>

#include "bank/money.h"
#include "domain/reasons.h"

namespace rightsdesk::bank {

namespace {

using R = domain::ReturnReason;

struct ReasonRow {
    std::string_view code;
    R reason;
};

// NACHA Operating Rules, appendix four; ISO 20022 ExternalReturnReason1Code; X9.100-188 has letters (domain/reasons.h knows those that rules.md names).
constexpr std::array<ReasonRow, 36> kByCode{{{"R01", R::kNotSufficientFunds},
                                             {"R02", R::kClosedAccount},
                                             {"R03", R::kUnableToLocate},
                                             {"R04", R::kUnableToLocate},
                                             {"R07", R::kRefusedByMaker},
                                             {"R08", R::kStopPayment},
                                             {"R09", R::kUncollectedFunds},
                                             {"R10", R::kRefusedByMaker},
                                             {"R16", R::kFrozenAccount},
                                             {"R20", R::kUnableToLocate},
                                             {"R24", R::kDuplicate},
                                             {"R29", R::kRefusedByMaker},
                                             {"AC01", R::kUnableToLocate},
                                             {"AC03", R::kUnableToLocate},
                                             {"AC04", R::kClosedAccount},
                                             {"AC06", R::kFrozenAccount},
                                             {"AM04", R::kNotSufficientFunds},
                                             {"AM05", R::kDuplicate},
                                             {"DUPL", R::kDuplicate},
                                             {"DS02", R::kStopPayment},
                                             {"CUST", R::kRefusedByMaker},
                                             {"FRAD", R::kForgery},
                                             {"FR01", R::kForgery},
                                             {"MD06", R::kRefusedByMaker},
                                             {"MD01", R::kRefusedByMaker},
                                             {"NOAS", R::kRefusedByMaker},
                                             {"SL01", R::kStopPayment},
                                             {"I", R::kEndorsementMissing},
                                             {"J", R::kEndorsementIrregular},
                                             {"K", R::kSignatureMissing},
                                             {"L", R::kSignatureIrregular},
                                             {"M", R::kNonCashItem},
                                             {"N", R::kAlteredItem},
                                             {"O", R::kUnableToRead},
                                             {"T", R::kDoesNotMatchAccount},
                                             {"S", R::kRefusedByMaker}}};

constexpr std::array<ReasonRow, 18> kByWords{{{"UNCOLLECTED", R::kUncollectedFunds},
                                              {"NSF", R::kNotSufficientFunds},
                                              {"NOT SUFFICIENT", R::kNotSufficientFunds},
                                              {"INSUFFICIENT", R::kNotSufficientFunds},
                                              {"STOP", R::kStopPayment},
                                              {"CLOSED", R::kClosedAccount},
                                              {"LOCATE", R::kUnableToLocate},
                                              {"NO ACCOUNT", R::kUnableToLocate},
                                              {"PAYEE DOES NOT EXIST", R::kUnableToLocate},
                                              {"FROZEN", R::kFrozenAccount},
                                              {"BLOCKED", R::kFrozenAccount},
                                              {"STALE", R::kStaleDated},
                                              {"POST DATED", R::kPostDated},
                                              {"POSTDATED", R::kPostDated},
                                              {"REFER TO MAKER", R::kRefusedByMaker},
                                              {"DUPLICATE", R::kDuplicate},
                                              {"FORGE", R::kForgery},
                                              {"ALTERED", R::kAlteredItem}}};

std::string in_capitals(std::string text) {
    for (char& sign : text) {
        if (sign >= 'a' && sign <= 'z') sign = static_cast<char>(sign - ('a' - 'A'));
        if (sign == '-' || sign == '_') sign = ' ';
    }
    return text;
}

}  // namespace

domain::ReturnReason return_reason_of(const std::string& text) {
    const std::string code = in_capitals(text);
    for (const ReasonRow& row : kByCode) {
        if (code == row.code) return row.reason;
    }
    if (const auto reason = domain::return_reason_from(text)) return *reason;
    for (const ReasonRow& row : kByWords) {
        if (code.find(row.code) != std::string::npos) return row.reason;
    }
    return R::kOther;
}

}  // namespace rightsdesk::bank
