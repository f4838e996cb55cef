// Random stories on the whole desk: what senders and people may say in any order, useful or not, while time goes on. Decisions
// are the real ones; most random commands are refused or change something, as in life.
#pragma once

#include <rapidcheck.h>

#include "domain/civil.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {

// The sample's, with the money of a guaranteed notice due at the hour or with its certificates.
inline Terms some_terms() {
    Terms terms = sample_terms();
    terms.guaranteed_delivery.payment_due = *rc::gen::element(PaymentDue::kExpiration, PaymentDue::kCover);
    terms.over_subscription.nominee = *rc::gen::element(NomineeJudged::kAsOneHolder, NomineeJudged::kPerBeneficialOwner);
    return terms;
}

// One life a case, and further ones while none had what the property is about, so that ten cases do not leave it to chance. Whatever
// falsifies it later still comes from the seed that is told.
template <class Met, class Play>
void play_until(const Met& met, const Play& play) {
    constexpr int kMostLives = 25;
    play();
    for (int life = 1; life < kMostLives && !met(); ++life) play();
}

class RandomCommands {
public:
    // Effects on many come in parts, small ones now and then, and what lies between two parts in memory may be lost.
    explicit RandomCommands(WholeDesk& desk) : desk_(desk) {
        desk_.most_effects = *rc::gen::element<std::size_t>(1, 3, kMostEffects);
        desk_.forgetful = number(0, 1) == 0;
    }

    // About five weeks of it: through the hour, the count, tabulation and, where people agree, settlement.
    void play() {
        const std::int64_t steps = number(10, 60);
        for (std::int64_t step = 0; step < steps; ++step) {
            if (number(0, 3) == 0) pass_time();
            say_something();
        }
        desk_.at("2002-07-12T09:00:00").watermarks();
        for (int step = 0; step < 6; ++step) say_something();
        if (desk_.book().allocation(AllocationKind::kFinal) == nullptr) return;
        desk_.propose_allocation("carol");
        for (const ProposalId& id : std::set<ProposalId>(desk_.book().proposal_ids())) approve_by_two(id);
        for (const ProposalId& id : std::set<ProposalId>(desk_.book().proposal_ids())) approve_by_two(id);
        for (int step = 0; step < 4; ++step) report_refund();
        desk_.settle("carol");
        for (int step = 0; step < 6; ++step) say_something();
    }

private:
    static std::int64_t number(std::int64_t least, std::int64_t most) {
        return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(least, most + 1));
    }
    static std::string person() { return *rc::gen::element<std::string>("alice", "bob", "carol"); }
    NoticeId notice() { return "fax-1." + std::to_string(number(1, std::max<std::int64_t>(notices_, 1))); }
    PaymentId payment() {
        const auto& ids = desk_.book().payment_ids();
        if (ids.empty()) return "bank-1.1";
        return *std::next(ids.begin(), number(0, static_cast<std::int64_t>(ids.size()) - 1));
    }
    ProposalId proposal() {
        const auto& ids = desk_.book().proposal_ids();
        if (ids.empty()) return "waiver-1";
        return *std::next(ids.begin(), number(0, static_cast<std::int64_t>(ids.size()) - 1));
    }
    void approve_by_two(const ProposalId& id) {
        desk_.approve(id, "alice");
        desk_.approve(id, "bob");
    }

    void pass_time() {
        constexpr std::int64_t kHour = 3'600'000'000'000;
        desk_.at(Instant(desk_.now().value + number(1, 60) * kHour));
        if (number(0, 1) == 0) desk_.watermarks();
    }

    void say_something() {
        switch (number(0, 25)) {
            case 0:
            case 1: return hand_over_notice();
            case 2:
            case 3: return wire();
            case 4: return check();
            case 5: return clear_or_bounce();
            case 6: return (void)desk_.match(payment(), notice(), number(0, 1) == 0 ? std::nullopt : std::optional(Money(number(1, 90'000))), person());
            case 7: return (void)desk_.say(certificates_for(notice(), number(0, 2) * 100, text_of_now()));
            case 8: return (void)desk_.cure(notice(), *rc::gen::element(Reason::kUndated, Reason::kPossibleDuplicate, Reason::kStampGap), "2002-06-27", person());
            case 9: return (void)desk_.propose_waiver(notice(), *rc::gen::element(Reason::kUndated, Reason::kHolderUnsigned), person());
            case 10: return number(0, 2) == 0 ? (void)desk_.reject(notice(), person()) : (void)desk_.approve(proposal(), person());
            case 11: return (void)desk_.propose_extension(number(0, 1) == 0 ? "2002-07-03T17:00:00" : "2002-07-08T17:00:00", person());
            case 12: return unmatch();
            case 13: return schedule();
            case 14: return represent();
            case 15: return report_refund();
            case 16: return exercise();
            case 17: return (void)desk_.amend(notice(), Shares(number(0, 2) * 50), Shares(number(0, 3) * 50), person());
            case 18: return (void)desk_.withdraw(notice(), person());
            case 19: return close_day();
            case 20: return settle_receipt();
            case 21: return send_back();
            case 22: return certify();
            case 24: return (void)desk_.take_back(payment(), person());
            case 23: return sell_rights();
            default: return (void)(number(0, 3) == 0 ? desk_.settle(person()) : desk_.propose_allocation(person()));
        }
    }

    void hand_over_notice() {
        const std::int64_t id = ++notices_;
        const std::string text = std::to_string(number(1, id));  // now and then a notice that is on file already
        NoticeBuilder made = a_notice();
        made.id("fax-1", static_cast<std::uint64_t>(id)).named({"Holder " + text}).certificates({"RC-" + text});
        made.for_shares(100).and_excess(number(0, 2) * 50).paid_by_wire("Bowery Trust Company", "2002-06-27", "IMAD-" + text);
        if (number(0, 4) == 0) made.undated();
        if (number(0, 4) == 0) made.unsigned_by_holder();
        made.received(text_of_now());
        desk_.submit(made);
    }
    void wire() {
        ConfirmWire wire = a_wire(number(1, 4) * 100, "IMAD-" + std::to_string(number(1, 5)), text_of_now());
        wire.value_date = day("2002-06-27");  // so that the same money is told of again
        if (number(0, 3) == 0) wire.credited_at.reset();
        if (number(0, 3) == 0) wire.references.imad.clear();
        desk_.say(wire);
    }
    void check() {
        const auto method = *rc::gen::element(PaymentMethod::kUncertifiedCheck, PaymentMethod::kCertifiedCheck);
        ReceiveInstrument check = a_check(number(1, 3) * 100, std::to_string(1'000 + number(1, 4)), method, text_of_now());
        if (number(0, 1) == 0) check.notice_reference = notice();
        checks_.push_back(check);
        desk_.say(check);
    }
    void sell_rights() {
        const std::string reference = "S-" + std::to_string(number(1, 4));
        if (number(0, 2) == 0) return (void)desk_.reverse_sale(reference, person());
        desk_.sell_rights({desk_.book().log(), reference, Rights(number(0, 3) * 50), std::nullopt, desk_.now(), "the broker"}, person());
    }
    void send_back() {
        const NoticeId id = notice();
        const Notice* known = desk_.book().notice(id);
        desk_.send_back(id, known == nullptr || known->certificates.empty() ? "parcel-of-nobody" : std::string(known->certificates.front().delivery));
    }
    // Two owners, who share what the notice asks for; the second may hold rights that it does not exercise.
    void certify() {
        const NoticeId id = notice();
        const Notice* known = desk_.book().notice(id);
        const std::int64_t basic = known == nullptr ? 100 : known->content.basic_shares.value_or(Shares(0)).value;
        const std::int64_t over = known == nullptr ? 0 : known->content.excess_shares.value_or(Shares(0)).value;
        const std::int64_t first = std::max<std::int64_t>(basic / 2, 1);
        desk_.certify(id, {{"A-1", Rights(first), Shares(first), Shares(over / 2)},
                           {"A-2", Rights(std::max<std::int64_t>(basic - first, 1) + number(0, 2)), Shares(std::max<std::int64_t>(basic - first, 0)), Shares(over - over / 2)}},
                      person());
    }
    void schedule() {
        std::vector<SchedulePart> parts;
        for (std::int64_t part = number(1, 3); part > 0; --part) parts.push_back({notice(), Money(number(1, 15'000))});
        desk_.match_by_schedule(payment(), parts, person());
    }
    // A payment of which this holds, where there is one: few have matches, and fewer came back.
    template <class Holds>
    PaymentId payment_that(Holds holds) {
        const auto& ids = desk_.book().payment_ids();
        const auto found = std::find_if(ids.begin(), ids.end(), [&](const PaymentId& id) { return holds(*desk_.book().payment(id)); });
        return found == ids.end() ? payment() : *found;
    }
    void unmatch() {
        const PaymentId id = payment_that([](const Payment& one) { return !one.matches.empty(); });
        const Payment* matched = desk_.book().payment(id);
        desk_.unmatch(id, matched == nullptr || matched->matches.empty() ? notice() : NoticeId(matched->matches.front().notice), person());
    }
    void represent() {
        desk_.represent(payment_that([](const Payment& one) { return one.status == PaymentStatus::kBounced; }), person());
    }
    // Money of which a date only is known, where there is any, at some hour of that day.
    void settle_receipt() {
        const PaymentId id = payment_that([](const Payment& one) { return domain::receipt_time_unknown(one); });
        const Payment* payment = desk_.book().payment(id);
        const auto told = payment == nullptr ? std::nullopt : domain::day_told(*payment);
        const std::string date = told ? domain::to_text(*told) : "2002-06-28";
        desk_.settle_receipt(id, new_york(date + "T" + std::to_string(number(10, 22)) + ":00:00"), number(0, 4) == 0 ? "" : "the bank by telephone", person());
    }
    void report_refund() {
        if (number(0, 1) == 0) desk_.refund_paid(payment(), "FW-1");
        else desk_.refund_failed(payment(), "no such account");
    }
    void exercise() {
        const std::string text = std::to_string(number(1, 9));
        ExerciseDirectly made = an_exercise(100, number(0, 2) * 50, "RC-" + text, text_of_now());
        made.confirmation_number = "IMAD-" + text;
        made.signature_guarantee = number(0, 2) > 0;
        desk_.say(made);
    }
    // Moves every cover deadline that counts over it.
    void close_day() {
        const char* closed = *rc::gen::element("2002-06-28", "2002-07-01", "2002-07-02");
        const Decision proposed = desk_.propose_closing(day(closed), "alice");
        const auto* made = find_event<ProposalMade>(proposed);
        if (made != nullptr) desk_.approve(made->proposal.id, "bob");
    }
    void clear_or_bounce() {
        if (checks_.empty()) return;
        const ReceiveInstrument& check = checks_[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(checks_.size()) - 1))];
        if (number(0, 3) == 0) desk_.say(clearance_on(check, text_of_now().substr(0, 10)));
        else if (number(0, 2) > 0) desk_.say(clearance_of(check, text_of_now()));
        else desk_.say(bounce_of(check, ReturnReason::kNotSufficientFunds, text_of_now()));
        if (number(0, 1) == 0) represent();
    }
    [[nodiscard]] std::string text_of_now() const { return domain::civil_text(desk_.now(), "America/New_York"); }

    WholeDesk& desk_;
    std::int64_t notices_ = 0;
    std::vector<ReceiveInstrument> checks_;
};

}  // namespace rightsdesk::support
