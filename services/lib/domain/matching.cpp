#include "domain/matching.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <tuple>

#include "domain/confused_letters.h"
#include "domain/folded_text.h"
#include "domain/keying.h"
#include "domain/notice_identity.h"
#include "domain/payment_identity.h"

namespace rightsdesk::domain {

namespace {

bool same_text(const std::optional<std::string>& stated, const std::string& actual) {
    return stated && is_reference(*stated) && folded(*stated) == folded(actual);
}

// Not the same, but what a misread letter makes of the other.
bool looks_the_same(const std::optional<std::string>& stated, const std::string& actual) {
    return stated && is_reference(*stated) && is_reference(actual) && folded(*stated) != folded(actual) &&
           with_confused_letters_folded(*stated) == with_confused_letters_folded(actual);
}

// What of one notice agrees with a payment, and what does not.
struct Comparison {
    bool amount = false;
    bool institution = false;
    bool date = false;
    bool confirmation = false;
    bool instrument = false;
    bool reference = false;
    bool hint = false;             // its number is another's that was misread, perhaps
};

Comparison compare(const Terms& terms, const Notice& notice, const Payment& payment) {
    const NoticeContent& content = notice.content;
    const bool wire = payment.method == PaymentMethod::kWire;
    Comparison same;
    const Money asked = content.aggregate_cents.value_or(amount_due(terms, notice));
    same.amount = payment.amount == asked || payment.amount == amount_due(terms, notice);
    same.institution = same_text(wire ? content.transferor_institution : content.drawee, payment.institution);
    const std::optional<Date>& dated = wire ? content.transfer_date : content.instrument_date;
    same.date = dated && payment.value_date && *dated == *payment.value_date;
    same.confirmation = wire && content.confirmation_number && (same_text(content.confirmation_number, payment.references.imad) ||
                                                                same_text(content.confirmation_number, payment.references.uetr));
    same.instrument = !wire && same_text(content.instrument_number, payment.references.instrument_number);
    same.hint = wire ? looks_the_same(content.confirmation_number, payment.references.imad) || looks_the_same(content.confirmation_number, payment.references.uetr)
                     : looks_the_same(content.instrument_number, payment.references.instrument_number);
    same.reference = !payment.references.notice_reference.empty() && payment.references.notice_reference == notice.id;
    return same;
}

std::optional<Evidence> evidence_in(const Comparison& same, const Notice& notice, const Payment& payment) {
    const bool witness = same.institution || same.date || same.amount;
    if (same.confirmation && witness) {
        return same_text(notice.content.confirmation_number, payment.references.imad) ? Evidence::kConfirmationNumber : Evidence::kUniqueReference;
    }
    if (same.instrument && (same.institution || same.amount)) return Evidence::kInstrumentNumber;
    if (same.reference && same.amount) return Evidence::kNoticeReference;
    return std::nullopt;
}

// What one notice can say for itself; one that was rejected, or asks for another amount, comes after one that is as strong.
struct Resemblance {
    Evidence evidence;
    bool rejected;
    bool other_amount;
    NoticeId notice;

    [[nodiscard]] auto rank() const { return std::tuple(evidence, rejected, other_amount); }
};

std::vector<Unmatched> shortfalls(const Comparison& same, const Notice& notice, const Payment& payment) {
    std::vector<Unmatched> reasons;
    if (!same.amount) reasons.push_back(Unmatched::kAmountDiffers);
    if (!same.institution) reasons.push_back(Unmatched::kInstitutionDiffers);
    if (payment.method == PaymentMethod::kWire && !same.date) reasons.push_back(Unmatched::kDateDiffers);
    if (payment.method == PaymentMethod::kWire && notice.content.confirmation_number && !same.confirmation) {
        reasons.push_back(Unmatched::kConfirmationDiffers);
    }
    if (payment.method != PaymentMethod::kWire && !same.instrument) reasons.push_back(Unmatched::kInstrumentDiffers);
    return reasons;
}

// A notice whose money is still awaited: refused ones never are, and one that is paid in full takes no more by guess.
bool awaits_money(const Book& book, const Notice& notice) {
    if (notice.status == NoticeStatus::kRefused || awaits_keying(notice) || is_final(notice.status)) return false;
    Money matched;
    for (const PaymentId& id : book.payments_of(notice.id)) {
        const Payment& payment = *book.payment(id);
        if (payment.status == PaymentStatus::kBounced) continue;
        for (const Match& match : payment.matches) {
            if (match.notice == notice.id) matched += match.amount;
        }
    }
    return matched < amount_due(book.life()->terms, notice);
}

// The notice states one number, and the wire or the instrument bears another.
bool is_contradicted(const Comparison& same, const Notice& notice, const Payment& payment) {
    const NoticeContent& content = notice.content;
    if (same.hint) return false;
    if (payment.method == PaymentMethod::kWire) return content.confirmation_number && is_reference(payment.references.imad) && !same.confirmation;
    const bool stated = content.instrument_number && is_reference(*content.instrument_number);
    return stated && is_reference(payment.references.instrument_number) && !same.instrument;
}

// Nothing is matched to it: not by waiting money, which finds no notice any more, nor by money that comes after it.
bool came_after_the_end(const Life& life, const Notice& notice) {
    const std::optional<Instant> ended = life.terminated_at ? life.terminated_at : life.settled_at;
    return ended && !notice.deliveries.empty() && notice.deliveries.front().arrived > *ended;
}

// While a person is asked whether a notice is another one over again, money that both state is the other's: so it is whether it was looked
// for before the second came or only afterwards. More than the other asks for may be meant for both.
void leave_to_the_earlier(const Book& book, const Payment& payment, std::vector<Resemblance>& strongest) {
    if (strongest.size() < 2) return;
    std::set<NoticeId> enough;
    for (const Resemblance& claim : strongest) {
        if (payment.amount <= amount_due(book.life()->terms, *book.notice(claim.notice))) enough.insert(claim.notice);
    }
    std::erase_if(strongest, [&](const Resemblance& claim) {
        const Notice& notice = *book.notice(claim.notice);
        const bool asked = std::find(notice.reasons.begin(), notice.reasons.end(), Reason::kPossibleDuplicate) != notice.reasons.end();
        return asked && notice.possible_duplicate_of && enough.contains(*notice.possible_duplicate_of);
    });
}

struct Weighing {
    std::vector<Resemblance> strongest;        // several: nothing tells them apart, and a person must
    std::vector<NoticeId> exact;         // amount, institution and date (or, for paper, amount and drawee) agree
    std::vector<Candidate> looked_at;    // in order of id
};

// These notices, in order of id.
Weighing weigh(const Book& book, const Payment& payment, const std::set<NoticeId>& notices) {
    const Terms& terms = book.life()->terms;
    Weighing weighing;
    std::vector<Resemblance>& strongest = weighing.strongest;
    for (const NoticeId& id : notices) {
        const Notice& notice = *book.notice(id);
        if (notice.status == NoticeStatus::kRefused || awaits_keying(notice) || notice.taken_back || came_after_the_end(*book.life(), notice)) continue;
        const Comparison same = compare(terms, notice, payment);
        if (std::binary_search(payment.not_for.begin(), payment.not_for.end(), id)) {
            weighing.looked_at.push_back({id, shortfalls(same, notice, payment)});
            weighing.looked_at.back().fell_short.push_back(Unmatched::kTakenBack);
            continue;
        }
        if (const auto evidence = evidence_in(same, notice, payment)) {
            const Resemblance claim{*evidence, is_final(notice.status), !same.amount, id};
            if (!strongest.empty() && claim.rank() < strongest.front().rank()) strongest.clear();
            if (strongest.empty() || claim.rank() == strongest.front().rank()) strongest.push_back(claim);
        }
        const bool by_institution = same.institution && (payment.method != PaymentMethod::kWire || same.date);
        const bool by_hint = same.hint && same.date;
        const bool exact = same.amount && (by_institution || by_hint) && !is_contradicted(same, notice, payment);
        if (exact && awaits_money(book, notice)) weighing.exact.push_back(id);
        if (same.amount || same.institution || same.confirmation || same.instrument || same.reference) {
            weighing.looked_at.push_back({id, shortfalls(same, notice, payment)});
        }
    }
    leave_to_the_earlier(book, payment, strongest);
    return weighing;
}

// The nearest first, each with why it fell short.
std::vector<Candidate> ranked(Weighing weighing) {
    std::vector<Candidate>& candidates = weighing.looked_at;
    const std::vector<Resemblance>& strongest = weighing.strongest;
    const std::vector<NoticeId>& exact = weighing.exact;
    for (Candidate& candidate : candidates) {
        const auto same_notice = [&](const Resemblance& claim) { return claim.notice == candidate.notice; };
        const bool as_strong = strongest.size() > 1 && std::any_of(strongest.begin(), strongest.end(), same_notice);
        const bool as_exact = exact.size() > 1 && std::find(exact.begin(), exact.end(), candidate.notice) != exact.end();
        if (as_strong || as_exact) candidate.fell_short.push_back(Unmatched::kSeveralCandidates);
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& left, const Candidate& right) { return left.fell_short.size() < right.fell_short.size(); });
    if (candidates.size() > kMaxCandidates) candidates.resize(kMaxCandidates);
    if (candidates.empty()) candidates.push_back({"", {Unmatched::kNoCandidate}});
    return std::move(candidates);
}

// Whoever is evidence or agrees exactly, and of those who merely resemble enough for a person to choose from.
std::set<NoticeId> worth_weighing(const Book& book, const Payment& payment) {
    const Money price = book.life()->terms.subscription_price;
    std::set<NoticeId> notices = book.money_index().with_its_number(payment);
    notices.merge(book.money_index().with_amount_and_institution(payment, price));
    notices.merge(book.money_index().with_amount_or_institution(payment, price));
    for (const NoticeId& id : payment.not_for) {
        if (book.notice(id) != nullptr) notices.insert(id);
    }
    return notices;
}

}  // namespace

std::vector<std::string> reference_words(const std::string& text) {
    std::vector<std::string> words(1);
    for (const char letter : text) {
        const bool part = std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '.' || letter == '-';
        if (part) words.back().push_back(letter);
        else if (!words.back().empty()) words.emplace_back();
    }
    for (std::string& word : words) {
        while (!word.empty() && word.back() == '.') word.pop_back();
    }
    std::erase(words, "");
    return words;
}

NoticeId notice_named(const Book& book, const ConfirmWire& wire) {
    for (const std::string* text : {&wire.references.notice_reference, &wire.remittance, &wire.references.end_to_end}) {
        for (const std::string& word : reference_words(*text)) {
            const Notice* notice = book.notice(word);
            if (notice != nullptr && !notice->taken_back) return word;
        }
    }
    return {};
}

NoticeId notice_with_certificate_named(const Book& book, const ConfirmWire& wire, const Context& context) {
    constexpr std::size_t kShortest = 4;
    constexpr std::size_t kLongest = 35;
    constexpr std::size_t kMostWords = 100;
    std::set<NoticeId> named;
    std::size_t words = 0;
    for (const std::string* text : {&wire.remittance, &wire.references.end_to_end}) {
        for (const std::string& word : reference_words(*text)) {
            const bool numbered = word.size() >= kShortest && word.size() <= kLongest && word.find_first_of("0123456789") != std::string::npos;
            if (!numbered || ++words > kMostWords) continue;
            for (const std::string& key : certificate_keys({word}, context)) {
                for (const EntityName& name : book.with_key(key)) {
                    const auto* notice = std::get_if<Notice>(book.entity(name));
                    if (notice != nullptr && !notice->taken_back && notice->status != NoticeStatus::kRefused) named.insert(notice->id);
                }
            }
        }
    }
    return named.size() == 1 ? *named.begin() : NoticeId();
}

Money unmatched_amount(const Payment& payment) {
    Money rest = payment.amount;
    for (const Match& match : payment.matches) rest -= match.amount;
    return rest;
}

Money amount_due(const Terms& terms, const Notice& notice) {
    if (!notice.content.basic_shares && notice.content.aggregate_cents) return *notice.content.aggregate_cents;
    const Shares asked = notice.content.basic_shares.value_or(Shares(0)) + notice.content.excess_shares.value_or(Shares(0));
    return Money(terms.subscription_price.value * asked.value);
}

Matching match_payment(const Book& book, const Payment& payment) {
    const Money amount = unmatched_amount(payment);
    Matching matching;
    // Mostly a number tells, and nobody else need be looked at.
    const Weighing by_number = weigh(book, payment, book.money_index().with_its_number(payment));
    if (by_number.strongest.size() == 1) {
        matching.match = Match{by_number.strongest.front().notice, amount, by_number.strongest.front().evidence, ""};
        return matching;
    }
    Weighing weighing = weigh(book, payment, worth_weighing(book, payment));
    const auto& strongest = weighing.strongest;
    const auto& exact = weighing.exact;
    if (strongest.size() == 1) matching.match = Match{strongest.front().notice, amount, strongest.front().evidence, ""};
    if (strongest.empty() && exact.size() == 1) matching.match = Match{exact.front(), amount, Evidence::kExactAmount, ""};
    if (!matching.match) matching.candidates = ranked(std::move(weighing));
    return matching;
}

std::vector<Candidate> candidates_for(const Book& book, const Payment& payment) { return ranked(weigh(book, payment, worth_weighing(book, payment))); }

}  // namespace rightsdesk::domain
