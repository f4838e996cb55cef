#include "domain/notice_judgement.h"

#include <algorithm>
#include <iterator>
#include <type_traits>

#include "base/check.h"
#include "base/texts.h"
#include "domain/civil.h"
#include "domain/deadlines.h"
#include "domain/exercise.h"
#include "domain/folded_text.h"
#include "domain/guarantors.h"
#include "domain/holder_register.h"

namespace rightsdesk::domain {

namespace {

__extension__ using Wide = __int128;  // products of two 64-bit numbers

constexpr std::size_t kIssuerLettersApart = 2;  // a misread letter or two in a scanned issuer's name

template <class T>
bool is_given(const std::optional<T>& field) { return field.has_value(); }
template <class T>
bool is_given(const std::vector<T>& field) { return !field.empty(); }

// Copies the members of `from` to the members of `to` that have the same name and type, where `from` gives them.
template <class From, class To>
void copy_given(const From& from, To& to) {
    From::visit_members(from, [&](std::string_view name, const auto& source) {
        To::visit_members(to, [&](std::string_view other_name, auto& target) {
            if constexpr (std::is_same_v<std::decay_t<decltype(source)>, std::decay_t<decltype(target)>>) {
                if (name == other_name && is_given(source)) target = source;
            }
        });
    });
}

// Where the zone database cannot say (a stamp beyond its reach), the day in UTC.
Date utc_day(Instant stamp) {
    constexpr std::int64_t kNanosecondsPerDay = 86'400 * kNanosecondsPerSecond;
    const std::int64_t days = stamp.value / kNanosecondsPerDay - (stamp.value % kNanosecondsPerDay < 0 ? 1 : 0);
    return Date(static_cast<std::int32_t>(days));
}

// ---- which offering is it for (rules.md section 1, "form") ----

std::string without_legal_form(const std::string& name) {
    static const std::vector<std::string> kForms = {"inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "plc", "lp"};
    auto words = folded_words(name);
    while (words.size() > 1 && std::find(kForms.begin(), kForms.end(), words.back()) != kForms.end()) words.pop_back();
    return base::joined(words, "");
}

bool is_expiration_date(const Life& life, Date date) {
    const auto names_it = [&](const Deadline& deadline) { return civil_date(deadline) == date; };
    return names_it(life.expiration) || names_it(life.terms.expiration) ||
           std::any_of(life.extensions.begin(), life.extensions.end(), [&](const Extension& extension) { return names_it(extension.after); });
}

// Contradicted by any of the three that say which offering it is for. A letter or two misread in the issuer's name is no
// contradiction where a printed date agrees.
bool is_for_another_offering(const Life& life, const NoticeContent& content) {
    bool date_agrees = false;
    if (content.prospectus_date && life.terms.prospectus_date) {
        if (*content.prospectus_date != *life.terms.prospectus_date) return true;
        date_agrees = true;
    }
    if (content.expiration_date) {
        if (!is_expiration_date(life, *content.expiration_date)) return true;
        date_agrees = true;
    }
    if (!content.issuer || folded(*content.issuer).empty()) return false;
    const std::size_t apart = letters_apart(without_legal_form(*content.issuer), without_legal_form(life.terms.issuer), kIssuerLettersApart);
    return apart > (date_agrees ? kIssuerLettersApart : 0);
}

// ---- the amounts ----

// The cents of an exact decimal text of dollars; nothing when it is none or has parts of a cent.
std::optional<std::int64_t> cents_of(const std::string& dollars) {
    std::int64_t cents = 0;
    int decimals = -1;  // digits after the point; -1 before it
    bool digits = false;
    for (const char character : dollars) {
        if (character == '.' && decimals < 0) {
            decimals = 0;
        } else if (character < '0' || character > '9') {
            return std::nullopt;
        } else if (decimals >= 2) {
            if (character != '0') return std::nullopt;
        } else {
            if (cents > 1'000'000'000'000'000) return std::nullopt;
            cents = cents * 10 + (character - '0');
            digits = true;
            if (decimals >= 0) ++decimals;
        }
    }
    if (!digits) return std::nullopt;
    for (int place = std::max(decimals, 0); place < 2; ++place) cents *= 10;
    return cents;
}

bool aggregate_differs(const Terms& terms, const NoticeContent& content) {
    if (!content.aggregate_cents || !content.basic_shares) return false;
    const Wide shares = Wide{content.basic_shares->value} + content.excess_shares.value_or(Shares(0)).value;
    return shares * terms.subscription_price.value != content.aggregate_cents->value;
}

void judge_quantities(const Terms& terms, const NoticeContent& content, std::vector<Reason>& reasons) {
    const bool has_rights = content.rights_held && content.rights_held->value > 0;
    const bool has_shares = content.basic_shares && content.basic_shares->value > 0;
    if (!has_rights) reasons.push_back(Reason::kRightsMissing);
    if (!content.basic_shares && money_decides(terms)) reasons.push_back(Reason::kSharesByMoney);
    else if (!has_shares) reasons.push_back(Reason::kSharesMissing);
    if (aggregate_differs(terms, content)) reasons.push_back(Reason::kAggregateDiffers);
    if (content.subscription_price && cents_of(*content.subscription_price) != terms.subscription_price.value) {
        reasons.push_back(Reason::kPriceDiffers);
    }
    if (!has_rights || !content.basic_shares) return;
    const Shares entitlement = basic_entitlement(terms, *content.rights_held);
    if (*content.basic_shares > entitlement) reasons.push_back(Reason::kBasicBeyondRights);
    const bool asks_over = content.excess_shares && content.excess_shares->value > 0;
    if (asks_over && terms.over_subscription.requires_full_basic && *content.basic_shares < entitlement) {
        reasons.push_back(Reason::kOverWithoutFullBasic);
    }
}

// ---- the guarantee ----

// The last paragraph of the form refers to the prospectus's own period, which the terms state (rules.md section 1, "guarantee").
// Terms that name a fixed day have no number of days to compare with.
bool period_differs(const Terms& terms, const NoticeContent& content) {
    const GuaranteedDeliveryTerms& guarantee = terms.guaranteed_delivery;
    if (!content.guarantee_days || !guarantee.enabled || guarantee.counted_from == CountedFrom::kFixedDate) return false;
    return *content.guarantee_days != guarantee.business_days;
}

void judge_date(const Life& life, const NoticeContent& content, const Delivery& delivery, std::vector<Reason>& reasons) {
    if (!content.dated) {
        reasons.push_back(Reason::kUndated);
        return;
    }
    if (*content.dated > day_received(life, delivery.stamp)) reasons.push_back(Reason::kPostDated);
    const auto cover = cover_deadline(life.terms, content.dated, life.expiration);
    const bool long_past = !is_within_reach(*content.dated) && content.dated->value < 0;
    if (long_past || (cover && cover->deadline.instant < delivery.stamp)) reasons.push_back(Reason::kGuaranteeLapsed);
}

void judge_guarantor(const Life& life, const NoticeContent& content, const Delivery& delivery, std::vector<Reason>& reasons) {
    if (!content.guarantor_name || folded(*content.guarantor_name).empty()) {
        reasons.push_back(Reason::kGuarantorMissing);
        return;
    }
    const Date day = content.dated.value_or(day_received(life, delivery.stamp));
    switch (find_guarantor(life.terms, *content.guarantor_name, day).standing) {
        case GuarantorStanding::kEligible: break;
        case GuarantorStanding::kIneligible: reasons.push_back(Reason::kGuarantorIneligible); break;
        case GuarantorStanding::kUnknown: reasons.push_back(Reason::kGuarantorUnknown); break;
    }
}

// ---- the payment ----

bool is_accepted(const Terms& terms, PaymentMethod method) {
    return std::any_of(terms.payment.begin(), terms.payment.end(), [&](const MethodTerms& row) {
        return row.method == method && row.deemed_received != DeemedReceived::kRefused;
    });
}

bool says_something(const std::optional<std::string>& text) { return text && !folded_address(*text).empty(); }

// The five methods have each their own details (form); the confirmation number is only given if available, and a maker is personal.
bool lacks_details(const NoticeContent& content) {
    if (!content.payment_method) return false;
    if (*content.payment_method == PaymentMethod::kWire) return !says_something(content.transferor_institution) || !content.transfer_date;
    return !content.instrument_date || !says_something(content.instrument_number) || !says_something(content.drawee);
}

bool carries_no_paper(Channel channel) { return channel == Channel::kFax || channel == Channel::kTelegram; }

void judge_payment(const Terms& terms, const NoticeContent& content, const Delivery& delivery, std::vector<Reason>& reasons) {
    if (!content.payment_delivery) reasons.push_back(Reason::kPaymentDeliveryUnclear);
    if (!content.payment_method) reasons.push_back(Reason::kPaymentMethodUnclear);
    else if (!is_accepted(terms, *content.payment_method)) reasons.push_back(Reason::kMethodNotAccepted);
    const bool paper = content.payment_method && *content.payment_method != PaymentMethod::kWire;
    if (content.payment_delivery == PaymentDelivery::kHerewith && paper && carries_no_paper(delivery.channel)) {
        reasons.push_back(Reason::kHerewithByFax);
    }
    if (lacks_details(content)) reasons.push_back(Reason::kPaymentDetailsMissing);
}

// ---- what is personal: only whether it is there ----

auto saying_something(const std::vector<std::string>& texts) {
    return std::count_if(texts.begin(), texts.end(), [](const std::string& text) { return !folded_address(text).empty(); });
}
bool says_something(const std::vector<std::string>& texts) { return saying_something(texts) > 0; }

void judge_signatures(const NoticeFields& fields, std::vector<Reason>& reasons) {
    // All joint holders sign (rules.md section 7): two names take two signatures, or a person's word that one is for both.
    const auto signatures = saying_something(fields.signatures);
    if (signatures == 0 || signatures < saying_something(fields.names)) reasons.push_back(Reason::kHolderUnsigned);
    if (!says_something(fields.names)) reasons.push_back(Reason::kHolderNamesMissing);
    if (!says_something(fields.address)) reasons.push_back(Reason::kHolderAddressMissing);
    if (!says_something(fields.telephone)) reasons.push_back(Reason::kHolderTelephoneMissing);
    if (!says_something(fields.signatory)) reasons.push_back(Reason::kGuarantorUnsigned);
}

// ---- the delivery ----

bool stamp_is_in_question(const Life& life, const Delivery& delivery, bool on_file = false) {
    const Wide gap = Wide{delivery.arrived.value} - delivery.stamp.value;
    if ((gap < 0 ? -gap : gap) > life.terms.stamp_gap_minutes * kNanosecondsPerMinute) return true;
    // Counted means that every gateway had handed over all it stamped by the hour: this one was not among it.
    return !on_file && life.stage != Stage::kOpen && life.stage != Stage::kExpired && in_time(life, delivery.stamp);
}

void judge_delivery(const Life& life, const Arrival& arrival, std::vector<Reason>& reasons) {
    if (!life.terms.guaranteed_delivery.enabled) reasons.push_back(Reason::kGuaranteedDeliveryClosed);
    if (!arrival.delivery.listed) reasons.push_back(Reason::kMisdirected);
    if (!in_time(life, arrival.delivery.stamp)) reasons.push_back(Reason::kLate);
    if (!arrival.complete) reasons.push_back(Reason::kIncompleteFax);
    if (stamp_is_in_question(life, arrival.delivery, arrival.on_file)) reasons.push_back(Reason::kStampGap);
}

// Whether there is anything of a notice of guaranteed delivery in what was read.
bool is_a_notice(const NoticeFields& fields) {
    return fields.issuer || fields.rights_held || fields.basic_shares || fields.guarantor_name || !fields.names.empty();
}

}  // namespace

bool in_time(const Life& life, Instant stamp) {
    return stamp < life.expiration.instant || (life.terms.expiration_inclusive && stamp == life.expiration.instant);
}

bool confirmed_in_time(const Life& life, const Notice& notice) {
    if (!notice.confirmed_by_telephone) return false;
    const bool required = life.terms.guaranteed_delivery.telephone_confirmation == TelephoneConfirmation::kRequire;
    return !required || !notice.confirmed_at || in_time(life, *notice.confirmed_at);
}

Date day_received(const Life& life, Instant stamp) { return date_in(stamp, life.expiration.zone).value_or(utc_day(stamp)); }

Shares basic_entitlement(const Terms& terms, Rights rights) {
    const Ratio ratio = terms.shares_per_right;
    CHECK(ratio.denominator > 0);
    if (rights <= Rights(0)) return {};
    const Wide exact = Wide{rights.value} * ratio.numerator;
    Wide shares = exact / ratio.denominator;
    const Wide over = exact % ratio.denominator;
    switch (terms.entitlement.rounding) {
        case Rounding::kDown: break;
        case Rounding::kUp: shares += over > 0 ? 1 : 0; break;
        case Rounding::kNearest: shares += 2 * over >= ratio.denominator ? 1 : 0; break;
    }
    const Shares entitled(static_cast<std::int64_t>(shares));
    return terms.entitlement.step_up_to ? std::max(entitled, *terms.entitlement.step_up_to) : entitled;
}

NoticeContent content_of(const NoticeFields& fields) {
    NoticeContent content;
    copy_given(fields, content);
    return content;
}

NoticeFields merged_fields(const NoticeFields& keyed, const NoticeFields& read) {
    NoticeFields merged = read;
    copy_given(keyed, merged);
    return merged;
}

std::vector<Reason> judge_content(const Life& life, const NoticeContent& content, const Delivery& delivery,
                                  const std::optional<RegisterFinding>& on_register) {
    std::vector<Reason> reasons = judge_on_register(life, content, delivery, on_register);
    if (is_for_another_offering(life, content)) reasons.push_back(Reason::kAnotherOffering);
    judge_date(life, content, delivery, reasons);
    if (period_differs(life.terms, content)) reasons.push_back(Reason::kGuaranteePeriodDiffers);
    judge_quantities(life.terms, content, reasons);
    judge_guarantor(life, content, delivery, reasons);
    judge_payment(life.terms, content, delivery, reasons);
    return in_order(std::move(reasons));
}

std::vector<Reason> judge_content_of(const Life& life, const Notice& notice) {
    return judge_content(life, notice.content, counting_delivery(life, notice), notice.on_register);
}

std::vector<Reason> judge_notice(const Life& life, const std::optional<NoticeFields>& fields, const Arrival& arrival,
                                 const std::optional<RegisterFinding>& on_register) {
    std::vector<Reason> reasons;
    judge_delivery(life, arrival, reasons);
    if (!fields || !is_a_notice(*fields)) {
        reasons.push_back(Reason::kUnreadable);
        return in_order(std::move(reasons));
    }
    const auto by_content = judge_content(life, content_of(*fields), arrival.delivery, on_register);
    reasons.insert(reasons.end(), by_content.begin(), by_content.end());
    judge_signatures(*fields, reasons);
    if (!arrival.confirmed_by_telephone) {
        const bool required = life.terms.guaranteed_delivery.telephone_confirmation == TelephoneConfirmation::kRequire;
        reasons.push_back(required ? Reason::kTelephoneRequired : Reason::kTelephoneUnconfirmed);
    }
    return in_order(std::move(reasons));
}

std::vector<Reason> judge_direct_exercise(const Life& life, const NoticeContent& content, const Delivery& delivery, bool signed_by_all,
                                          const std::vector<std::string>& names, const std::optional<RegisterFinding>& on_register) {
    std::vector<Reason> reasons = judge_on_register(life, content, delivery, on_register);
    if (!delivery.listed) reasons.push_back(Reason::kMisdirected);
    if (!in_time(life, delivery.stamp)) reasons.push_back(Reason::kLate);
    if (stamp_is_in_question(life, delivery)) reasons.push_back(Reason::kStampGap);
    judge_quantities(life.terms, content, reasons);
    if (content.payment_method && !is_accepted(life.terms, *content.payment_method)) reasons.push_back(Reason::kMethodNotAccepted);
    if (!signed_by_all) reasons.push_back(Reason::kHolderUnsigned);
    if (!says_something(names)) reasons.push_back(Reason::kHolderNamesMissing);
    return in_order(std::move(reasons));
}

const Delivery& counting_delivery(const Life& life, const Notice& notice) {
    CHECK(!notice.deliveries.empty());
    const auto rank = [&](const Delivery& delivery) { return delivery.listed ? (in_time(life, delivery.stamp) ? 0 : 1) : 2; };
    return *std::min_element(notice.deliveries.begin(), notice.deliveries.end(), [&](const Delivery& left, const Delivery& right) {
        return rank(left) != rank(right) ? rank(left) < rank(right) : left.stamp < right.stamp;
    });
}

std::vector<Reason> in_order(std::vector<Reason> reasons) {
    std::sort(reasons.begin(), reasons.end());
    reasons.erase(std::unique(reasons.begin(), reasons.end()), reasons.end());
    return reasons;
}

std::vector<Reason> without(const std::vector<Reason>& reasons, const std::vector<Reason>& taken) {
    std::vector<Reason> rest;
    std::copy_if(reasons.begin(), reasons.end(), std::back_inserter(rest), [&](Reason reason) { return !has_reason(taken, reason); });
    return rest;
}

bool has_reason(const std::vector<Reason>& reasons, Reason reason) {
    return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
}

}  // namespace rightsdesk::domain
