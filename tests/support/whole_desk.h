// The four services' decisions on one offering and its desk, in one thread and in the order of the log: what a command leads
// to when everybody has reacted. No store, no bus, no clock. The services' own reactions, in short, are in `react`.
//
//     WholeDesk desk;
//     desk.submit(a_notice().for_shares(1'000));
//     desk.say(a_wire(2'000));
//     desk.at("2002-06-29T09:00:00").watermarks();
#pragma once

#include <deque>
#include <functional>

#include "domain/alerting.h"
#include "domain/allocating.h"
#include "domain/attributing.h"
#include "domain/certificate_delivery.h"
#include "domain/certificates.h"
#include "domain/certifying.h"
#include "domain/clearing.h"
#include "domain/covers.h"
#include "domain/dated_money.h"
#include "domain/direct_exercise.h"
#include "domain/escalating.h"
#include "domain/inhibiting.h"
#include "domain/intake.h"
#include "domain/keying.h"
#include "domain/matching_by_person.h"
#include "domain/notice_changes.h"
#include "domain/notice_cures.h"
#include "domain/offering_changes.h"
#include "domain/offering_life.h"
#include "domain/refunding.h"
#include "domain/register_import.h"
#include "domain/rights_sales.h"
#include "domain/terminating.h"
#include "domain/watermarks.h"
#include "support/builders.h"

namespace rightsdesk::support {

class WholeDesk {
public:
    // Called with each item's events before they are folded, and with the book after.
    std::function<void(Book&, const std::vector<Event>&)> before_each = [](Book&, const std::vector<Event>&) {};
    std::function<void(const Book&)> after_each = [](const Book&) {};

    // Effects on many come in parts of about so many entities; whether services are restarted between any two.
    std::size_t most_effects = kMostEffects;
    bool forgetful = false;

    explicit WholeDesk(const Terms& terms = sample_terms()) : book_(terms.id), desk_(desk_book({terms})) { run_item(OfferingOpened{terms, "as in the test"}); }

    [[nodiscard]] const Book& book() const { return book_; }
    [[nodiscard]] const Book& desk() const { return desk_; }
    [[nodiscard]] Instant now() const { return now_; }
    [[nodiscard]] const std::vector<Event>& log() const { return log_; }

    // Time goes on, and what is due is done.
    WholeDesk& at(Instant now) {
        now_ = now;
        for (;;) {
            Decision decision = due_in_life(book_, desk_, as("clock"));
            if (decision.events.empty()) decision = due_cover(book_, desk_, as("clock"));
            if (decision.events.empty()) decision = due_in_clearing(book_, desk_, as("payment_clearing"));
            if (decision.events.empty()) decision = release_held(book_, as("notification"));
            if (decision.events.empty()) decision = escalations_due(book_, as("notification"));
            if (decision.events.empty()) return *this;
            run_item(decision.events);
        }
    }
    WholeDesk& at(std::string_view civil) { return at(new_york(civil)); }

    // Every source holds receipts for all it stamped up to now.
    WholeDesk& watermarks() {
        for (const char* source : {"fax-1", "mail-1", "bank-1"}) evolve(desk_, advance_watermark(desk_, now_, as(source)).events);
        return at(now_);
    }

    Decision submit(const NoticeBuilder& notice) {
        const SubmitNotice command = notice.submission();
        Context context = notice.context();
        context.holders = holders();
        return take(submit_notice(book_, command, command.keyed, context));
    }
    // `fields` and `blank` as a person sees them on the picture.
    Decision key(const NoticeId& notice, const NoticeFields& fields, const std::vector<std::string>& blank, const std::string& person) {
        return take(key_notice(book_, KeyNotice{book_.log(), notice, fields, blank}, read_on_[notice], as(person)));
    }
    Decision say(const ConfirmWire& command, const std::string& source = "bank-1") {
        const Context context = as(source);
        return take(confirm_wire(book_, command, context.new_id(), context));
    }
    Decision say(const ReceiveInstrument& command) {
        const Context context = as("mail-1");
        return take(receive_instrument(book_, command, context.new_id(), now_, context));
    }
    Decision say(const ConfirmClearance& command) { return take(confirm_clearance(book_, command, as("bank-1"))); }
    Decision say(const ReportBounce& command) { return take(report_bounce(book_, command, as("bank-1"))); }
    Decision say(const DeliverCertificates& command) { return take(deliver_certificates(book_, command, as("mail-1"))); }
    Decision send_back(const NoticeId& notice, const std::string& delivery, const std::string& reference = "courier 7741") {
        return take(return_certificates(book_, ReturnCertificates{book_.log(), notice, delivery, reference}, as("mail-1")));
    }
    Decision sell_rights(const RecordRightsSale& sale, const std::string& person) { return take(record_rights_sale(book_, sale, as(person))); }
    Decision reverse_sale(const std::string& reference, const std::string& person) {
        return take(reverse_rights_sale(book_, ReverseRightsSale{book_.log(), reference, "another issue's"}, as(person)));
    }
    // As if the payment had been an item of the desk that was attributed to this offering.
    Decision take_back(const PaymentId& payment, const std::string& person) {
        const UnattributedItem item{payment, ItemKind::kPayment, "", book_.log(), 1};
        return take(take_back_payment(book_, item, ConfirmWire{}, TakeBackPayment{payment, "another issue's"}, as(person)));
    }
    Decision settle_certificates(const NoticeId& notice, const std::string& delivery, bool counts, std::optional<Rights> rights = {},
                                 const std::string& evidence = "call to the sender") {
        return take(domain::settle_certificates(book_, SettleCertificates{book_.log(), notice, delivery, counts, rights, evidence}, as("alice")));
    }
    Decision match(const PaymentId& payment, const NoticeId& notice, std::optional<Money> amount, const std::string& person) {
        return take(match_by_person(book_, MatchPayment{book_.log(), payment, notice, amount, "their schedule"}, as(person)));
    }
    // It arrives as it is stamped, like a notice.
    Decision say(const ExerciseDirectly& command) {
        Context context = as("mail-1");
        context.now = command.stamp;
        return take(exercise_directly(book_, command, context));
    }
    Decision unmatch(const PaymentId& payment, const NoticeId& notice, const std::string& person) {
        return take(unmatch_payment(book_, UnmatchPayment{book_.log(), payment, notice, "their letter"}, as(person)));
    }
    Decision match_by_schedule(const PaymentId& payment, const std::vector<SchedulePart>& parts, const std::string& person) {
        return take(domain::match_by_schedule(book_, MatchBySchedule{book_.log(), payment, parts, "their schedule"}, as(person)));
    }
    Decision represent(const PaymentId& payment, const std::string& person) {
        return take(represent_instrument(book_, RepresentInstrument{book_.log(), payment, now_}, as(person)));
    }
    Decision settle_receipt(const PaymentId& payment, Instant received_at, const std::string& evidence, const std::string& person) {
        return take(domain::settle_receipt(book_, SettleReceipt{book_.log(), payment, received_at, evidence}, as(person)));
    }
    Decision refund_paid(const PaymentId& payment, const std::string& reference) {
        return take(report_refund(book_, ReportRefund{book_.log(), payment, true, reference}));
    }
    Decision refund_failed(const PaymentId& payment, const std::string& why) {
        return take(report_refund(book_, ReportRefund{book_.log(), payment, false, why}));
    }
    Decision cure(const NoticeId& notice, Reason reason, const std::string& value, const std::string& person) {
        return take(cure_defect(book_, CureDefect{book_.log(), notice, reason, value, "letter of the guarantor", now_}, as(person)));
    }
    Decision propose_waiver(const NoticeId& notice, Reason reason, const std::string& person) {
        return take(domain::propose_waiver(book_, ProposeWaiver{book_.log(), notice, reason, "the issuer agrees"}, as(person)));
    }
    Decision reject(const NoticeId& notice, const std::string& person) {
        return take(reject_notice(book_, RejectNotice{book_.log(), notice, "withdrawn"}, as(person)));
    }
    Decision propose_extension(const std::string& civil, const std::string& person) {
        return take(domain::propose_extension(book_, ProposeExtension{book_.log(), civil, "demand"}, new_york_deadline(civil), as(person)));
    }
    Decision propose_suspension(const std::string& cancel_through, const std::string& person) {
        const auto window = cancel_through.empty() ? std::nullopt : std::optional(new_york_deadline(cancel_through));
        return take(domain::propose_suspension(book_, ProposeSuspension{book_.log(), cancel_through, "net asset value fell"}, window, as(person)));
    }
    Decision propose_resumption(const std::string& person) { return take(domain::propose_resumption(book_, ProposeResumption{book_.log(), "it recovered"}, as(person))); }
    Decision propose_termination(const std::string& person) { return take(domain::propose_termination(book_, ProposeTermination{book_.log(), "the issuer withdraws"}, as(person))); }
    Decision propose_closing(Date day, const std::string& person) { return take(domain::propose_closing(book_, ProposeClosing{book_.log(), day, "a hurricane"}, as(person))); }
    Decision propose_final_price(Money price, const std::string& person) {
        return take(domain::propose_final_price(book_, ProposeFinalPrice{book_.log(), price, "five-day average"}, as(person)));
    }
    Decision withdraw(const NoticeId& notice, const std::string& person) {
        return take(withdraw_notice(book_, WithdrawNotice{book_.log(), notice, "letter of the guarantor", now_}, as(person)));
    }
    Decision amend(const NoticeId& notice, Shares basic, Shares excess, const std::string& person) {
        return take(amend_notice(book_, AmendNotice{book_.log(), notice, basic, excess, "letter of the guarantor", now_}, as(person)));
    }
    Decision certify(const NoticeId& notice, const std::vector<CertifiedOwner>& owners, const std::string& person) {
        return take(certify_owners(book_, CertifyOwners{book_.log(), notice, owners, "certification of the nominee", now_}, as(person)));
    }
    Decision propose_allocation(const std::string& person) { return take(propose_again(book_, ProposeAllocation{book_.log(), "again"}, as(person))); }
    // Lines of a register: see a_register below. It is in force from here on.
    Decision import_register(std::unique_ptr<RegisterIndex> index) {
        ImportRegister command{book_.log(), {std::string(64, 'a')}, index->holders(), index->rights(), "the list of 2002-05-28"};
        imported_ = std::move(index);
        return take(domain::import_register(book_, command, imported_.get(), as("alice")));
    }
    // At the door whose matter the proposal is.
    Decision approve(const ProposalId& proposal, const std::string& person, const std::string& instruction = {}) {
        const Approve command{book_.log(), proposal, instruction};
        if (proposal.starts_with("waiver")) return take(approve_waiver(book_, command, as(person)));
        const bool clearing = proposal.starts_with("allocation") || proposal.starts_with("refunds");
        return take(clearing ? approve_in_clearing(book_, command, as(person)) : approve_in_life(book_, command, as(person)));
    }
    Decision settle(const std::string& person) { return take(settle_offering(book_, SettleOffering{book_.log(), "TA-77"}, as(person))); }

    // The life after the hour in a line each, for the tests that begin there: waits for every watermark.
    WholeDesk& count() { return at("2002-06-29T09:00:00").watermarks(); }
    WholeDesk& tabulate() { return at("2002-07-12T09:00:00").watermarks(); }
    void settle_everything() {
        approve("allocation-1", "alice");
        approve("allocation-1", "bob");
        if (book_.proposal("refunds-1") != nullptr) {
            approve("refunds-1", "alice");
            approve("refunds-1", "bob");
        }
        settle("carol");
    }

    [[nodiscard]] Context as(const std::string& source) {
        Context made = context(source, ++sequence_[source], now_);
        made.holders = holders();
        made.most_effects = most_effects;
        return made;
    }
    // Parts that others followed.
    [[nodiscard]] std::size_t parts() const { return parts_; }

private:
    Decision take(Decision decision) {
        CHECK(decision.retry_later.empty());
        run_item(decision.events);
        at(now_);
        return decision;
    }
    void run_item(const Event& event) { run_item(std::vector<Event>{event}); }

    // Folds an item, then everything that it leads to, item by item.
    void run_item(const std::vector<Event>& events) {
        fold(events);
        for (; !unhandled_.empty(); unhandled_.pop_front()) {
            const Event event = unhandled_.front();
            Record record;
            record.event = event;
            record.principal = "test";
            fold(alerts_for(book_, record, as("notification")).events);
            react([&](const Context& as_it_is) { return by_intake(event, as_it_is); }, "intake");
            react([&](const Context& as_it_is) { return by_clearing(event, as_it_is); }, "payment_clearing");
            react([&](const Context& as_it_is) { return by_monitor(event, as_it_is); }, "deadline_monitor");
        }
    }
    // In parts, where it says so; what one part leaves in memory for the next may be lost.
    void react(const std::function<Decision(const Context&)>& decide, const std::string& service) {
        Context context = as(service);
        for (;;) {
            Decision decision = decide(context);
            fold(decision.events);
            if (!decision.more) return;
            ++parts_;
            context = as(service);
            if (!forgetful) context.unfinished = decision.unfinished;
        }
    }
    void fold(const std::vector<Event>& events) {
        if (events.empty()) return;
        before_each(book_, events);
        evolve(book_, events);
        for (const Event& event : events) {
            if (const auto* decided = std::get_if<NoticeDecided>(&event)) names_on_[decided->notice.id] = decided->sealed.personal.names, read_on_[decided->notice.id] = decided->sealed.personal.read;
        }
        after_each(book_);
        unhandled_.insert(unhandled_.end(), events.begin(), events.end());
        log_.insert(log_.end(), events.begin(), events.end());
    }

    Decision by_intake(const Event& event, const Context& context) {
        if (std::holds_alternative<OfferingExtended>(event)) return redecide_after_extension(book_, context);
        const auto* compared = std::get_if<RegisterCompared>(&event);
        if (std::holds_alternative<RegisterImported>(event) || (compared != nullptr && compared->more)) {
            return compare_with_register(book_, [this](const NoticeId& id) { return names_on_[id]; }, context);
        }
        if (const auto* closing = std::get_if<ClosingAdded>(&event)) return redecide_after_closing(book_, closing->day, context);
        if (const auto* matched = std::get_if<PaymentMatched>(&event)) return redecide_after_money(book_, matched->payment, matched->match.notice);
        if (const auto* undone = std::get_if<PaymentMatchUndone>(&event)) return redecide_after_money_left(book_, undone->notice);
        if (const auto* bounced = std::get_if<PaymentBounced>(&event)) return redecide_after_money_turned(book_, bounced->payment, context);
        if (const auto* again = std::get_if<PaymentRepresented>(&event)) return redecide_after_money_turned(book_, again->payment, context);
        if (const auto* good = std::get_if<PaymentGood>(&event)) return redecide_after_money_turned(book_, good->payment, context);
        return {};
    }
    Decision by_clearing(const Event& event, const Context& context) {
        if (const auto* decided = std::get_if<NoticeDecided>(&event)) return match_waiting(book_, decided->notice.id);
        if (const auto* keyed = std::get_if<NoticeKeyed>(&event)) return match_waiting(book_, keyed->notice.id);
        if (const auto* redecided = std::get_if<NoticeRedecided>(&event)) return match_waiting(book_, redecided->notice);
        if (const auto* amended = std::get_if<NoticeAmended>(&event)) return match_waiting(book_, amended->notice);
        if (std::holds_alternative<OfferingExtended>(event)) return fund_again(book_, context);
        if (const auto* started = std::get_if<CoverClockStarted>(&event)) return fund_by_clock(book_, started->clock.notice);
        if (const auto* moved = std::get_if<CoverClockMoved>(&event)) return fund_by_clock(book_, moved->clock.notice);
        if (std::holds_alternative<FinalPriceSet>(event)) return follow_final_price(book_, context);
        if (const auto* closing = std::get_if<ClosingAdded>(&event)) return closing->bill_until ? fund_again(book_, context) : Decision{};
        if (std::holds_alternative<OfferingTerminated>(event)) return return_all_money(book_, context);
        if (const auto* good = std::get_if<PaymentGood>(&event)) return return_good_money(book_, good->payment, context);
        if (std::holds_alternative<OfferingCounted>(event)) return count_exercises(book_, context);
        if (std::holds_alternative<OfferingTabulated>(event)) return allocate_finally(book_, context);
        if (const auto* made = std::get_if<ProposalMade>(&event)) {
            if (made->proposal.kind == ProposalKind::kAllocation) return prepare_allocation(book_, made->proposal.id, context);
            if (made->proposal.kind == ProposalKind::kRefunds) return prepare_refunds(book_, made->proposal.id, context);
        }
        if (std::holds_alternative<AllocationApproved>(event)) return apply_allotments(book_, context);
        if (const auto* approved = std::get_if<ProposalApproved>(&event); approved != nullptr && approved->complete && approved->kind == ProposalKind::kRefunds) {
            return approve_refunds(book_, approved->proposal, context);
        }
        if (const auto* settled = std::get_if<OfferingSettled>(&event)) return pay_refunds(book_, settled->reference, context);
        return {};
    }
    Decision by_monitor(const Event& event, const Context& context) {
        if (const auto* decided = std::get_if<NoticeDecided>(&event)) return follow_cover(book_, decided->notice.id);
        if (const auto* keyed = std::get_if<NoticeKeyed>(&event)) return follow_cover(book_, keyed->notice.id);
        if (const auto* redecided = std::get_if<NoticeRedecided>(&event)) return follow_cover(book_, redecided->notice);
        if (const auto* cured = std::get_if<DefectCured>(&event)) return follow_cover(book_, cured->notice);
        if (const auto* delivered = std::get_if<CertificatesDelivered>(&event)) return follow_cover(book_, delivered->notice);
        if (const auto* settled = std::get_if<CertificatesSettled>(&event)) return follow_cover(book_, settled->notice);
        if (const auto* amended = std::get_if<NoticeAmended>(&event)) return follow_cover(book_, amended->notice);
        if (std::holds_alternative<OfferingExtended>(event)) return follow_extension(book_, context);
        if (std::holds_alternative<ClosingAdded>(event)) return follow_closing(book_, context);
        return {};
    }

    // In force once the book says that one was imported.
    [[nodiscard]] const RegisterIndex* holders() const { return book_.holder_register() == nullptr ? nullptr : imported_.get(); }

    Book book_, desk_;
    std::unique_ptr<RegisterIndex> imported_;
    std::map<NoticeId, std::vector<std::string>> names_on_;
    std::map<NoticeId, std::optional<NoticeFields>> read_on_;
    Instant now_ = new_york("2002-06-03T09:00:00");
    std::map<std::string, std::uint64_t> sequence_;
    std::deque<Event> unhandled_;
    std::vector<Event> log_;
    std::size_t parts_ = 0;
};

}  // namespace rightsdesk::support
