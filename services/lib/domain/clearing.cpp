#include "domain/clearing.h"

#include <algorithm>

#include "domain/allocating.h"
#include "domain/civil.h"
#include "domain/dated_money.h"
#include "domain/final_price.h"
#include "domain/folded_text.h"
#include "domain/guarantors.h"
#include "domain/holder_register.h"
#include "domain/keying.h"
#include "domain/matching.h"
#include "domain/money_due.h"
#include "domain/notice_judgement.h"
#include "domain/payment_identity.h"
#include "domain/trial.h"

namespace rightsdesk::domain {

namespace {

std::vector<std::string> hashed(const std::vector<std::string>& keys, const Context& context) {
    std::vector<std::string> hashes;
    hashes.reserve(keys.size());
    for (const std::string& key : keys) hashes.push_back(context.hash_key(key));
    return hashes;
}

void say_match(const Book& book, Trial& trial, Decision& decision, const PaymentId& id) {
    const Payment& payment = *book.payment(id);
    const Matching matching = match_payment(book, payment);
    if (matching.match) {
        decision.reads.push_back(notice_name(matching.match->notice));
        trial.add(decision, PaymentMatched{id, *matching.match});
        say_funded(book, trial, decision, matching.match->notice);
        return;
    }
    if (matching.candidates != payment.candidates) trial.add(decision, PaymentUnmatched{id, matching.candidates});
}

// Until an allocation is proposed on it, money finds its notice by itself; then a person says.
bool may_still_be_matched(const Book& book) {
    const Stage stage = stage_of(book);
    return stage != Stage::kProposed && stage != Stage::kApproved && !is_over(stage);
}

// Why the terms do not take money by this method from this firm, whom it names; empty when they do (rules.md section 3: "accept
// wires only from brokers").
std::string objection_to_firm(const Terms& terms, PaymentMethod method, const std::string& firm, const std::optional<Date>& received) {
    const auto row = std::find_if(terms.payment.begin(), terms.payment.end(), [&](const MethodTerms& one) { return one.method == method; });
    if (row == terms.payment.end() || row->from == PaymentUser::kAnyone) return {};
    const GuarantorStanding standing = find_guarantor(terms, firm, received).standing;
    if (standing == GuarantorStanding::kEligible) return {};
    return to_text(method) + " from " + (firm.empty() ? "a firm that is not named" : firm) + ", which is " + to_text(standing) +
           ": the terms take it only from firms that the list of guarantors calls eligible";
}

// Why the terms do not take an instrument drawn there; empty when they do, or nobody said where (rules.md section 3: "Checks must be
// drawn in US dollars on a US bank").
std::string objection_to_country(const Terms& terms, const ReceiveInstrument& command) {
    if (terms.drawn_on == DrawnOn::kAnywhere || is_united_states(command.drawee_country)) return {};
    return to_text(command.method) + " drawn on " + (command.drawee.empty() ? "a bank that is not named" : command.drawee) + " in " + command.drawee_country +
           ": the terms take only what is drawn on a bank in the United States";
}

void advise(const Book& book, Decision& decision, const Payment& payment, const std::string& remittance, const Personal& personal,
            std::optional<Instant> good_at) {
    for (const std::string& key : payment.keys) decision.keys.push_back({key, payment_name(payment.id)});
    Trial trial(book);
    trial.add(decision, PaymentAdvised{payment, remittance, Sealed{personal, true}});
    if (good_at) trial.add(decision, PaymentGood{payment.id, *good_at, rule_text(payment.method, deemed_received(book.life()->terms, payment.method))});
    say_match(book, trial, decision, payment.id);
    decision.reads.push_back(life_name());
}

Decision link_wire(const Book& book, const PaymentId& known, const ConfirmWire& command, const std::vector<std::string>& keys) {
    const Payment& payment = *book.payment(known);
    Decision decision;
    std::string matched_on;
    for (const std::string& key : keys) {
        const auto& entities = book.with_key(key);
        const bool hit = std::find(entities.begin(), entities.end(), payment_name(known)) != entities.end();
        if (!hit) decision.keys.push_back({key, payment_name(known)});
        if (hit && matched_on.empty()) matched_on = "a reference with account, currency, amount and value date";
    }
    if (matched_on.empty()) matched_on = "a message of the same money before it was attributed here";
    Trial trial(book);
    trial.add(decision, PaymentLinked{known, command.message_id, matched_on, joined(payment.references, command.references), keys});
    // A message with a credit time settles what one with a date only could not.
    const auto credited = credit_time(book, command.credited_at, command.value_date);
    if (payment.status == PaymentStatus::kUncollected && credited) {
        trial.add(decision, PaymentGood{known, *credited, rule_text(PaymentMethod::kWire, DeemedReceived::kCredit)});
        say_funded_all(book, trial, decision, known);
    }
    // What this message adds may be the reference by which the money finds its notice.
    if (payment.matches.empty() && may_still_be_matched(book)) say_match(book, trial, decision, known);
    decision.reads.push_back(life_name());
    return decision;
}

}  // namespace

namespace {

// The instrument by number, drawee and amount. Where the bank does not say on whom it was drawn, as most do not of a deposit: by number
// and amount, if that is one instrument.
std::optional<PaymentId> instrument_told_of(const Book& book, const std::string& number, const std::string& drawee, Money amount, const Context& context) {
    if (!drawee.empty()) return same_money(book, hashed(instrument_keys(number, drawee, amount), context));
    std::optional<PaymentId> found;
    if (!is_reference(number)) return found;
    for (const PaymentId& id : book.payment_ids()) {
        const Payment& payment = *book.payment(id);
        const bool same = payment.method != PaymentMethod::kWire && payment.amount == amount && payment.status != PaymentStatus::kTakenBack &&
                          folded(payment.references.instrument_number) == folded(number);
        if (same && found) return std::nullopt;
        if (same) found = id;
    }
    return found;
}

}  // namespace

DeemedReceived deemed_received(const Terms& terms, PaymentMethod method) {
    for (const MethodTerms& row : terms.payment) {
        if (row.method == method) return row.deemed_received;
    }
    return DeemedReceived::kRefused;
}

std::string rule_text(PaymentMethod method, DeemedReceived deemed) { return to_text(method) + ": deemed received at " + to_text(deemed); }

Decision confirm_wire(const Book& book, const ConfirmWire& command, const PaymentId& id, const Context& context, const PaymentId& known_as) {
    const Life& life = *book.life();
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("ConfirmWire", payment_name(id), refusal, detail); };
    if (command.amount <= Money(0)) return refused(Refusal::kAmountUnusable, "");
    if (deemed_received(life.terms, PaymentMethod::kWire) == DeemedReceived::kRefused) return refused(Refusal::kMethodNotAccepted, "wire");
    if (command.currency != life.terms.currency) return refused(Refusal::kCurrencyDiffers, command.currency);
    const std::vector<std::string> keys = hashed(wire_keys(command), context);
    if (const auto known = same_wire(book, keys, command.references)) return link_wire(book, *known, command, keys);
    if (const Payment* known = book.payment(known_as); known != nullptr && known->status != PaymentStatus::kTakenBack) {
        return link_wire(book, known_as, command, keys);
    }
    const std::optional<Date> day = command.credited_at ? std::optional(day_received(life, *command.credited_at)) : command.value_date;
    if (const std::string against = objection_to_firm(life.terms, PaymentMethod::kWire, command.institution, day); !against.empty()) {
        return refused(Refusal::kMethodNotAccepted, against);
    }
    Payment payment;
    payment.id = id;
    payment.method = PaymentMethod::kWire;
    payment.amount = command.amount;
    payment.currency = command.currency;
    payment.institution = command.institution;
    payment.value_date = command.value_date;
    payment.credited_at = command.credited_at;
    payment.references = command.references;
    if (payment.references.notice_reference.empty()) payment.references.notice_reference = notice_named(book, command);
    if (payment.references.notice_reference.empty()) payment.references.notice_reference = notice_with_certificate_named(book, command, context);
    payment.messages = {command.message_id};
    payment.keys = keys;
    Personal personal;
    personal.debtor = command.debtor;
    Decision decision;
    advise(book, decision, payment, command.remittance, personal, credit_time(book, command.credited_at, command.value_date));
    return decision;
}

Decision receive_instrument(const Book& book, const ReceiveInstrument& command, const PaymentId& id, Instant arrived, const Context& context) {
    const Life& life = *book.life();
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("ReceiveInstrument", payment_name(id), refusal, detail); };
    const DeemedReceived deemed = deemed_received(life.terms, command.method);
    if (command.amount <= Money(0)) return refused(Refusal::kAmountUnusable, "");
    if (command.method == PaymentMethod::kWire || deemed == DeemedReceived::kRefused) return refused(Refusal::kMethodNotAccepted, to_text(command.method));
    if (command.currency != life.terms.currency) return refused(Refusal::kCurrencyDiffers, command.currency);
    if (folded(command.payee) != folded(life.terms.payee)) return refused(Refusal::kPayeeDiffers, "it must be drawn to " + life.terms.payee);
    if (const std::string against = objection_to_firm(life.terms, command.method, command.drawee, day_received(life, command.stamp)); !against.empty()) {
        return refused(Refusal::kMethodNotAccepted, against);
    }
    if (const std::string against = objection_to_country(life.terms, command); !against.empty()) return refused(Refusal::kMethodNotAccepted, against);
    Payment payment;
    payment.id = id;
    payment.method = command.method;
    payment.amount = command.amount;
    payment.currency = command.currency;
    payment.institution = command.drawee;
    payment.value_date = command.instrument_date;
    payment.references.instrument_number = command.number;
    payment.references.notice_reference = command.notice_reference;
    payment.messages = {command.delivery};
    payment.keys = hashed(instrument_keys(command.number, command.drawee, command.amount), context);
    if (const auto known = same_money(book, payment.keys)) {
        Decision decision;
        decision.add(PaymentLinked{*known, command.delivery, "number, drawee and amount", book.payment(*known)->references, {}});
        return decision;
    }
    Personal personal;
    personal.maker = command.maker;
    // What counts at its clearance has the bank's word for it, wherever it came in.
    if (deemed == DeemedReceived::kReceipt) payment.doubt = doubt_of(book, command, arrived);
    Decision decision;
    advise(book, decision, payment, "", personal, deemed == DeemedReceived::kReceipt && !payment.doubt ? std::optional(command.stamp) : std::nullopt);
    return decision;
}

Decision confirm_clearance(const Book& book, const ConfirmClearance& command, const Context& context) {
    const auto known = instrument_told_of(book, command.number, command.drawee, command.amount, context);
    if (!known) return refuse("ConfirmClearance", "", Refusal::kUnknownPayment, "instrument " + command.number + (command.drawee.empty() ? ": none or several have that number and amount" : ""));
    const Payment& payment = *book.payment(*known);
    if (payment.status == PaymentStatus::kGood) return refuse("ConfirmClearance", payment_name(*known), Refusal::kAlreadyDecided, "it is good already");
    const bool timed = command.cleared_at != Instant(0);
    if (!timed && !command.cleared_on) return refuse("ConfirmClearance", payment_name(*known), Refusal::kValueUnusable, "neither the time nor the day on which it cleared");
    const auto cleared = credit_time(book, timed ? std::optional(command.cleared_at) : std::nullopt, command.cleared_on);
    Decision decision;
    Trial trial(book);
    // A bounced instrument that clears was presented again: a new, later clearing.
    if (cleared) trial.add(decision, PaymentGood{*known, *cleared, rule_text(payment.method, DeemedReceived::kClearance)});
    else trial.add(decision, ClearanceDated{*known, *command.cleared_on, command.message_id});
    say_funded_all(book, trial, decision, *known);
    decision.reads.push_back(life_name());
    return decision;
}

Decision report_bounce(const Book& book, const ReportBounce& command, const Context& context) {
    const auto wire = wire_told_of(command);
    const auto known = wire ? same_wire(book, hashed(wire_keys(*wire), context), wire->references)
                            : instrument_told_of(book, command.number, command.drawee, command.amount, context);
    if (!known) return refuse("ReportBounce", "", Refusal::kUnknownPayment, wire ? "no wire has these references, account, amount and value date" : "instrument " + command.number + (command.drawee.empty() ? ": none or several have that number and amount" : ""));
    if (book.payment(*known)->status == PaymentStatus::kBounced) {
        return refuse("ReportBounce", payment_name(*known), Refusal::kAlreadyDecided, "it bounced already");
    }
    Decision decision;
    Trial trial(book);
    trial.add(decision, PaymentBounced{*known, command.reason, command.returned_at});
    say_funded_all(book, trial, decision, *known);
    return decision;
}

bool may_be_presented_again(const Payment& payment, ReturnReason reason) {
    return payment.method != PaymentMethod::kWire && (reason == ReturnReason::kNotSufficientFunds || reason == ReturnReason::kUncollectedFunds);
}

Decision represent_instrument(const Book& book, const RepresentInstrument& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) {
        return refuse("RepresentInstrument", payment_name(command.payment), refusal, detail);
    };
    const Payment* payment = book.payment(command.payment);
    if (payment == nullptr) return refused(Refusal::kUnknownPayment, command.payment);
    if (payment->status != PaymentStatus::kBounced) return refused(Refusal::kNothingToDo, "it has not come back: it is " + to_text(payment->status));
    if (payment->method == PaymentMethod::kWire) return refused(Refusal::kNothingToDo, "a wire is not presented again: the holder sends another");
    const ReturnReason returned = payment->returned.value_or(ReturnReason::kOther);
    if (!may_be_presented_again(*payment, returned)) {
        return refused(Refusal::kNothingToDo, "it came back for " + text_with_letter(returned) + ": only not_sufficient_funds (A) and uncollected_funds (B) are presented again");
    }
    if (command.at.value > context.now.value + book.life()->terms.stamp_gap_minutes * kNanosecondsPerMinute) {
        return refused(Refusal::kValueUnusable, "it cannot have been deposited at a time that has not come");
    }
    Decision decision;
    Trial trial(book);
    trial.add(decision, PaymentRepresented{command.payment, returned, command.at});
    say_funded_all(book, trial, decision, command.payment);
    if (book.payment(command.payment)->matches.empty() && may_still_be_matched(book)) say_match(book, trial, decision, command.payment);
    decision.reads.push_back(life_name());
    return decision;
}

Decision match_by_person(const Book& book, const MatchPayment& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("MatchPayment", payment_name(command.payment), refusal, detail); };
    const Payment* payment = book.payment(command.payment);
    if (payment == nullptr) return refused(Refusal::kUnknownPayment, command.payment);
    if (payment->status == PaymentStatus::kTakenBack) return refused(Refusal::kNothingToDo, "it was taken back: it is not this offering's money");
    if (book.notice(command.notice) == nullptr) return refused(Refusal::kUnknownNotice, command.notice);
    const Stage stage = stage_of(book);
    if (stage == Stage::kApproved || is_over(stage)) return refused(Refusal::kTooLate, "the offering is " + to_text(stage));
    const Money rest = unmatched_amount(*payment);
    const Money amount = command.amount.value_or(rest);
    if (rest <= Money(0)) return refused(Refusal::kAlreadyMatched, "");
    if (amount <= Money(0) || amount > rest) return refused(Refusal::kAmountUnusable, "at most " + std::to_string(rest.value) + " cents are not matched yet");
    Decision decision;
    Trial trial(book);
    trial.add(decision, PaymentMatched{command.payment, Match{command.notice, amount, Evidence::kPerson, context.person}});
    say_funded(book, trial, decision, command.notice);
    decision.reads = {notice_name(command.notice)};
    return decision;
}

Decision match_waiting(const Book& book, const NoticeId& changed) {
    Decision decision;
    if (book.notice(changed) == nullptr || !may_still_be_matched(book)) return decision;
    Trial trial(book);
    const Notice& notice = *book.notice(changed);
    // One that is matched in part is a person's matter.
    for (const PaymentId& id : book.money_index().waiting_for(notice, amount_due(book.life()->terms, notice))) say_match(book, trial, decision, id);
    say_funded(book, trial, decision, changed);
    return decision;
}

Funding funding_of(const Book& book, const NoticeId& id) {
    const Life& life = *book.life();
    const Notice& notice = *book.notice(id);
    Funding funding;
    funding.notice = id;
    funding.due = amount_due(life.terms, notice);
    funding.asked_basic = notice.content.basic_shares.value_or(Shares(0));
    funding.asked_over = notice.content.excess_shares.value_or(Shares(0));
    for (const PaymentId& payment_id : book.payments_of(id)) {
        const Payment& payment = *book.payment(payment_id);
        if (payment.status != PaymentStatus::kUncollected) continue;
        for (const Match& match : payment.matches) funding.uncollected += match.notice == id ? match.amount : Money(0);
    }
    for (const MoneyForNotice& money : good_money_for(book, notice)) {
        funding.good_in_time += money.in_time;
        funding.good_late += money.amount - money.in_time;
    }
    // As many shares as the money buys: nothing is short of what nobody stated, and nothing too much.
    if (!notice.content.basic_shares && !notice.content.aggregate_cents) funding.due = funding.good_in_time + funding.uncollected;
    return funding;
}

Exercise exercise_with(const Book& book, const Notice& notice, Money money) { return deem_at_price(*book.life(), asked_of(book, notice, money)); }

Money money_expected(const Funding& funding, Money money) { return std::max(money, funding.due); }

Funding applied_funding(const Book& book, const NoticeId& id) {
    const Notice& notice = *book.notice(id);
    const bool awaited = money_is_awaited(book, notice);
    Funding funding = funding_of(book, id);
    const Money money = awaited ? money_expected(funding, funding.good_in_time) : funding.good_in_time;
    const Exercise exercise = exercise_with(book, notice, money);
    funding.application = awaited ? Application::kPending : exercise.application;
    funding.deemed_basic = exercise.basic;
    funding.deemed_over = exercise.over;
    funding.rule = exercise.rule;
    if (awaited) funding.rule = "money is due with the certificates, " + money_due(book, notice).civil + ": taken until then for what was asked";
    return funding;
}

std::optional<Event> funding_to_say(const Book& book, const NoticeId& id) {
    if (awaits_keying(*book.notice(id))) return std::nullopt;  // what it asks for is not known
    const Life& life = *book.life();
    const Funding* known = book.funding(id);
    const bool awaited = life.stage == Stage::kCounted && money_is_awaited(book, *book.notice(id));
    const bool pending = known == nullptr || known->application == Application::kPending;
    if (!pending && !awaited) return std::nullopt;  // counted: what it amounts to is decided
    // What was pending at the count bears a rule.
    const bool applied = awaited || (known != nullptr && !known->rule.empty() && !is_over(life.stage));
    const Funding now = applied ? applied_funding(book, id) : funding_of(book, id);
    if (known != nullptr && *known == now) return std::nullopt;
    return now.application == Application::kPending ? Event(NoticeFunded{now}) : Event(PaymentApplied{now});
}

void say_funded(const Book& book, Trial& trial, Decision& decision, const NoticeId& id) {
    if (book.notice(id) == nullptr) return;
    if (const auto event = funding_to_say(book, id)) trial.add(decision, *event);
}

void say_funded_all(const Book& book, Trial& trial, Decision& decision, const PaymentId& id) {
    std::vector<NoticeId> notices;
    for (const Match& match : book.payment(id)->matches) notices.push_back(match.notice);
    for (const NoticeId& notice : notices) say_funded(book, trial, decision, notice);
}

}  // namespace rightsdesk::domain
