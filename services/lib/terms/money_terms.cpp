#include "terms/money_terms.h"

#include "terms/keeping.h"

namespace rightsdesk::terms {

using namespace domain;  // terms are read into the domain's words

namespace {

constexpr std::int64_t kMaxBillDays = 60;

// What the form itself says where the terms are silent: wires, certified checks, drafts and money orders on receipt (a wire by
// the bank's credit), uncertified checks once cleared.
DeemedReceived by_the_form(PaymentMethod method) {
    switch (method) {
        case PaymentMethod::kWire: return DeemedReceived::kCredit;
        case PaymentMethod::kUncertifiedCheck: return DeemedReceived::kClearance;
        case PaymentMethod::kCertifiedCheck:
        case PaymentMethod::kBankDraft:
        case PaymentMethod::kMoneyOrder: return DeemedReceived::kReceipt;
    }
    return DeemedReceived::kRefused;
}

}  // namespace

void read_payment(Section section, Terms& terms) {
    Section from = section.section("from");
    for (std::size_t ordinal = 0; ordinal < base::enum_texts<PaymentMethod>().size(); ++ordinal) {
        const auto method = static_cast<PaymentMethod>(ordinal);
        MethodTerms row{method, section.one_of<DeemedReceived>(to_text(method)).value_or(by_the_form(method)), PaymentUser::kAnyone};
        keep(row.from, from.one_of<PaymentUser>(to_text(method)));
        terms.payment.push_back(row);
    }
    from.finish();
    keep(terms.drawn_on, section.one_of<DrawnOn>("drawn_on"));
    section.finish();
}

void read_price(Section section, PriceTerms& price) {
    keep(price.kind, section.one_of<PriceKind>("kind"));
    keep(price.lower, section.one_of<LowerPrice>("lower"));
    keep(price.higher, section.one_of<HigherPrice>("higher"));
    keep(price.bill_days, section.whole("bill_days", 1, kMaxBillDays));
    section.finish();
}

}  // namespace rightsdesk::terms
