// The report of contract_reports.h on everything that did not simply go through.
#include <algorithm>

#include "base/texts.h"
#include "domain/certificates.h"
#include "domain/certifying.h"
#include "domain/civil.h"
#include "domain/contract_reports.h"
#include "domain/dated_money.h"
#include "domain/money_due.h"
#include "domain/natural_order.h"
#include "domain/rights_sales.h"
#include "domain/standing.h"

namespace rightsdesk::domain {

namespace {

struct ExceptionRow {
    std::string subject;      // "fax-1.7"
    std::string kind;         // "notice_rejected", "payment_unmatched", ...
    std::string why;          // words of the lists: "guarantor_ineligible"
    std::string explanation;  // what it means, and what mends it
    Shares shares;            // asked for by the notice; of it, where its owners are the exception, the over-subscription that is not eligible
    Money amount;             // due of a notice that does not count; short, late or too much; of the payment
    RIGHTSDESK_DESCRIBE(ExceptionRow, subject, kind, why, explanation, shares, amount)
};

template <class E>
std::string words_of_all(const std::vector<E>& values) {
    std::vector<std::string> words;
    words.reserve(values.size());
    for (const E value : values) words.push_back(to_text(value));
    return base::joined(words);
}

// A guarantee that was not kept is its firm's breach; behind a direct exercise there is none.
std::string whose_breach(const Notice& notice) {
    switch (notice.form) {
        case NoticeForm::kGuaranteedDelivery: return "the breach is the guarantor's";
        case NoticeForm::kDirectExercise: break;
    }
    return "a direct exercise that was not complete by the hour: nobody guaranteed it";
}

std::string returned_text(const Payment& payment) {
    const auto letter = payment.returned ? letter_of(*payment.returned) : std::nullopt;
    return letter ? std::string("the bank took it back, for reason ") + *letter : "the bank took it back";
}

class Exceptions {
public:
    explicit Exceptions(const Book& book) : book_(book) {}

    std::vector<ExceptionRow> run() && {
        for (const NoticeId& id : in_order_of_ids(book_.notice_ids())) look_at_notice(standing_of(book_, *book_.notice(id)));
        for (const PaymentId& id : in_order_of_ids(book_.payment_ids())) look_at_payment(*book_.payment(id));
        look_at_rights(rights_used(book_));
        return std::move(rows_);
    }

private:
    static std::vector<std::string> in_order_of_ids(const std::set<std::string>& ids) {
        std::vector<std::string> sorted(ids.begin(), ids.end());
        std::sort(sorted.begin(), sorted.end(), natural_less);
        return sorted;
    }

    void look_at_notice(const Standing& standing) {
        const Notice& notice = *standing.notice;
        const Funding& funding = standing.funding;
        const Shares asked = funding.asked_basic + funding.asked_over;
        const auto say = [&](const std::string& kind, const std::string& why, const std::string& explanation, Money amount) {
            rows_.push_back({notice.id, kind, why, explanation, asked, amount});
        };
        if (!standing.accepted) say_not_counting(notice, asked, funding.due);
        for (const Reason reason : notice.waived) say("waived", to_text(reason), "the issuer waived it; comparable items stand beside its approval", Money(0));
        if (notice.possible_duplicate_of) say("possible_duplicate", *notice.possible_duplicate_of, explain(Reason::kPossibleDuplicate), Money(0));
        const std::string due = pays_with_cover(book_.life()->terms, notice) ? money_due(book_, notice).civil : "the hour";
        const bool dead = no_longer_counts(book_, notice);
        for (const CertificatesReceived& received : notice.certificates) {
            if (received.returned) say("certificates_returned", received.delivery, "they went back with " + received.returned->reference, Money(0));
            else if (!dead && is_in_question(received)) say("certificates_in_question", received.delivery, explain(received.questions.front()), Money(0));
            else if (dead) say("certificates_to_return", received.delivery, "they lie here for a notice that no longer counts", Money(0));
        }
        if (funding.good_late > Money(0)) say("late_money", "", "good after " + due + ": it buys nothing and goes back", funding.good_late);
        if (!standing.accepted) return;
        if (notice.owners) say_owners(notice);
        if (funding.good_in_time < funding.due) {
            say("underpaid", funding.uncollected > Money(0) ? "uncleared" : "",
                standing.unpaid ? "the rest may come with the certificates, until " + due : "the money in time buys less than was asked",
                funding.due - funding.good_in_time);
        }
        if (funding.good_in_time > funding.due) say("overpaid", "", "more than the price of what was asked", funding.good_in_time - funding.due);
        const CoverClock* clock = book_.cover(notice.id);
        if (clock != nullptr && clock->state == CoverState::kMissed) {
            say("cover_missed", words_of_all(clock->missing), "due " + clock->deadline.civil + "; dropped from the final allocation, " + whose_breach(notice),
                price_of(book_.life()->terms, standing.exercise.basic + standing.exercise.over).value_or(Money(0)));
        }
    }

    // Over-subscription that does not count because of the owners that it is asked for.
    void say_owners(const Notice& notice) {
        const Shares not_eligible = totals_of(notice.owners->owners).over - notice.owners->over_in_full;
        const bool is_void = !is_judged_by_owner(notice);
        if (!is_void && not_eligible == Shares(0)) return;
        rows_.push_back({notice.id, is_void ? "owners_not_certified" : "owners_not_in_full", is_void ? notice.owners->void_because : "", owners_text(*notice.owners),
                         is_void ? notice.content.excess_shares.value_or(Shares(0)) : not_eligible, Money(0)});
    }

    void say_not_counting(const Notice& notice, Shares asked, Money due) {
        std::vector<Reason> against;
        for (const Reason reason : notice.reasons) {
            if (weight_of(reason) != Weight::kFlag) against.push_back(reason);
        }
        if (notice.taken_back) {
            rows_.push_back({notice.id, "notice_taken_back", words_of_all(against), "its attribution to this offering was a mistake; rightsdesk desk show says whose it is", asked, due});
            return;
        }
        rows_.push_back({notice.id, "notice_" + to_text(notice.status), words_of_all(against), against.empty() ? "decided by a person" : explain(against.front()), asked, due});
    }

    void look_at_rights(const RightsUsed& used) {
        if (const auto beyond = beyond_issued(used)) rows_.push_back({register_name(), "rights_oversold", std::to_string(beyond->value), rights_words(used), Shares(0), Money(0)});
    }

    void look_at_payment(const Payment& payment) {
        const auto say = [&](const std::string& kind, const std::string& why, const std::string& explanation, Money amount) {
            rows_.push_back({payment.id, kind, why, explanation, Shares(0), amount});
        };
        switch (payment.status) {
            case PaymentStatus::kTakenBack:
                say("payment_taken_back", "", "its attribution to this offering was a mistake: it is in none of its books; rightsdesk desk show says whose it is", payment.amount);
                return;
            case PaymentStatus::kBounced: say("payment_returned", payment.returned ? to_text(*payment.returned) : "", returned_text(payment), payment.amount); return;
            case PaymentStatus::kUncollected: say_uncollected(payment); break;
            case PaymentStatus::kGood: break;
        }
        Money unmatched = payment.amount;
        for (const Match& match : payment.matches) unmatched -= match.amount;
        if (unmatched <= Money(0)) return;
        std::vector<std::string> candidates;
        for (const Candidate& candidate : payment.candidates) candidates.push_back(candidate.notice + " (" + words_of_all(candidate.fell_short) + ")");
        say("payment_unmatched", base::joined(candidates), "it waits in suspense for a notice, or for a person to match it", unmatched);
    }

    void say_uncollected(const Payment& payment) {
        if (!receipt_time_unknown(payment)) {
            rows_.push_back({payment.id, "payment_uncleared", to_text(payment.method), "advised, and not good funds yet", Shares(0), payment.amount});
            return;
        }
        if (payment.doubt) {
            rows_.push_back({payment.id, "receipt_time_unknown", to_text(payment.doubt->why), "its stamp is in question: good once a person says when it came", Shares(0), payment.amount});
            return;
        }
        const auto day = day_told(payment);
        rows_.push_back({payment.id, "receipt_time_unknown", day ? to_text(*day) : "",
                         std::string("the bank tells no time") + (day ? ", and money becomes late that day" : " and no day") + ": good once a person says when it came",
                         Shares(0), payment.amount});
    }

    const Book& book_;
    std::vector<ExceptionRow> rows_;
};

}  // namespace

Table exceptions_report(const Book& book) {
    Table table = table_of("exceptions", "Exceptions of " + book.life()->terms.id, Exceptions(book).run());
    table.notes = {"a notice or payment has a row for each exception; the amounts are not to be added up"};
    return table;
}

}  // namespace rightsdesk::domain
