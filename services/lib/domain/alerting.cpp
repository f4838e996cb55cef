#include "domain/alerting.h"

#include <algorithm>

#include "domain/allocating.h"
#include "domain/books.h"
#include "domain/certificates.h"
#include "domain/certifying.h"
#include "domain/civil.h"
#include "domain/clearing.h"
#include "domain/covers.h"
#include "domain/dated_money.h"
#include "domain/desk_alerting.h"
#include "domain/final_price.h"
#include "domain/keying.h"
#include "domain/matching.h"
#include "domain/money_due.h"
#include "domain/money_text.h"
#include "domain/offering_life.h"
#include "domain/rights_sales.h"

namespace rightsdesk::domain {

namespace {

constexpr std::size_t kMostReturnsAtOnce = 1'000;  // alerts of one record

// One record's alerts.
class Alerting : public DeskAlerting {
public:
    Alerting(const Book& book, const Record& record, const Context& context) : DeskAlerting(book, context), record_(record) {}
    using DeskAlerting::operator();

    // ---- what happened, in the order of events.h ----
    void operator()(const CommandRefused& event) {
        if (is_money_turned_away(event)) return about_money_turned_away(event);
        // A sender's own mistake is in its receipt; what a stranger to a door tries, operations should see.
        if (event.refusal != Refusal::kNotPermitted) return;
        raise("refused/" + record_.principal, "principal/" + record_.principal,
              {AlertKind::kCommandNotPermitted, record_.principal + " sent " + event.command + ", which its roles do not allow: " + event.detail,
               "whoever keeps the keys", "ask " + record_.principal + " what it is; revoke its key in principals.toml when nobody knows"});
    }
    void operator()(const IdentityConflicted& event) {
        raise("conflict/" + event.identity.source + "/" + std::to_string(event.identity.sequence), "identity/" + event.identity.source,
              {AlertKind::kIdentityConflict,
               event.identity.source + " sent number " + std::to_string(event.identity.sequence) + " again with another body; the first is record " +
                   std::to_string(event.first) + " and stands",
               "operations and the gateway's owner", "compare both (rightsdesk desk list); if the second is genuine, have it sent under a new number"});
    }
    void operator()(const QuarantineReleased& event) { resolve("quarantine/" + event.item, "released by " + event.by); }
    void operator()(const ItemQuarantined& event) {
        if (event.work) return raise("quarantine/" + event.item, item_name(event.item), wording_of_quarantine(book_.log(), event), hour());
        raise("quarantine/" + event.item, item_name(event.item),
              {AlertKind::kItemQuarantined, "a message of " + record_.principal + " cannot be read: " + event.why,
               "operations and the sender's owner", "rightsdesk desk list --json shows it; have it sent again in a readable form"});
    }
    void operator()(const NoticeDecided& event) {
        about_notice(event.notice);
        about_certificates(event.notice.id);
        about_owners(event.notice.id);
    }
    void operator()(const NoticeKeyed& event) {
        if (event.again) return;
        resolve("notice/" + event.notice.id, "keyed by " + event.by + ": it is " + to_text(event.notice.status));
        about_notice(event.notice);
        about_certificates(event.notice.id);
        about_owners(event.notice.id);
    }
    void operator()(const NoticeRedecided& event) {
        const Notice* notice = book_.notice(event.notice);
        if (notice == nullptr) return;
        const std::string why = "it is " + to_text(notice->status) + " now (" + to_text(event.cause) + ")";
        resolve("notice/" + event.notice, why);
        if (book_.life() != nullptr && !may_count(*book_.life(), *notice)) resolve("cover/" + event.notice, why);
        about_notice(*notice);
        about_certificates(event.notice);
        about_owners(event.notice);
    }
    void operator()(const NoticeAmended& event) { about_owners(event.notice); }
    void operator()(const OwnersCertified& event) { about_owners(event.notice); }
    void operator()(const CertificationVoided& event) { about_owners(event.notice); }
    void operator()(const CertificatesDelivered& event) {
        about_another(event);
        about_delivery(event);
        about_certificates(event.notice);
    }
    void operator()(const CertificatesSettled& event) { resolve(delivery_cause(event), "settled by " + event.settlement.by); }
    void operator()(const CertificatesReturned& event) {
        for (const std::string& cause : {"another/" + event.notice + "/" + event.delivery, delivery_cause(event)}) resolve(cause, "they went back");
        about_certificates(event.notice);
        if (is_open("returns") && certificates_to_return(book_).empty()) resolve("returns", "the last went back");
    }
    void operator()(const RightsSold&) { about_rights(); }
    void operator()(const RightsSaleReversed&) { about_rights(); }
    void operator()(const RegisterImported&) { about_rights(); }
    void operator()(const NoticeRejected& event) {
        for (const char* matter : {"notice/", "cover/", "funding/", "owners/"}) resolve(matter + event.notice, "rejected by " + event.by);
        about_certificates(event.notice);
    }
    void operator()(const ProposalMade& event) { about_proposal(event.proposal); }
    void operator()(const RefundsProposed& event) { about_proposal(*book_.proposal(event.proposal)); }
    void operator()(const ProposalApproved& event) {
        if (event.complete) resolve("proposal/" + event.proposal, "approved");
    }
    void operator()(const ProposalSuperseded& event) { resolve("proposal/" + event.proposal, "superseded: " + event.why); }
    void operator()(const PaymentAdvised& event) { about_receipt(event.payment.id); }
    void operator()(const PaymentMatched& event) { resolve("unmatched/" + event.payment, "matched to " + event.match.notice); }
    void operator()(const PaymentUnmatched& event) { about_suspense(event.payment); }
    void operator()(const PaymentBounced& event) {
        const Payment* payment = book_.payment(event.payment);
        std::string notices;
        for (const Match& match : payment->matches) notices += " " + match.notice;
        const Deadline due = first_due_of(*payment);
        const bool again = may_be_presented_again(*payment, event.reason);
        resolve("unmatched/" + event.payment, "the bank returned it");
        resolve("receipt/" + event.payment, "the bank returned it");
        raise("bounced/" + event.payment, payment_name(event.payment),
              {AlertKind::kPaymentBounced,
               "the bank returned " + event.payment + ": " + text_with_letter(event.reason) + "; it funded" + (notices.empty() ? " no notice" : notices),
               notices.empty() ? "whoever matches payments" : "the guarantor and holder of" + notices,
               "tell the holder: good funds must be here by " + due_words(due) +
                   (again ? "; presented again: rightsdesk payment represent " + event.payment + " --as YOU" : "")},
              due.instant);
        about_owed(event.payment);
    }
    void operator()(const ClearanceDated& event) {
        resolve("bounced/" + event.payment, "it has cleared");
        about_receipt(event.payment);
        about_suspense(event.payment);
    }
    void operator()(const PaymentTakenBack& event) {
        for (const char* matter : {"unmatched/", "receipt/", "turned_away/payment/"}) resolve(matter + event.payment, "taken back by " + event.by);
    }
    void operator()(const PaymentRepresented& event) {
        resolve("bounced/" + event.payment, "presented again");
        about_suspense(event.payment);
    }
    void operator()(const PaymentGood& event) {
        resolve("bounced/" + event.payment, "the money is good");
        resolve("receipt/" + event.payment, "it is good, received at " + instant_text(event.received_at));
        about_owed(event.payment);
        about_suspense(event.payment);
    }
    void operator()(const RefundReported& event) {
        about_owed(event.payment);
        if (event.status == RefundStatus::kPaid) return resolve("refund/" + event.payment, "it is paid");
        const Refund* refund = book_.refund(event.payment);
        if (refund == nullptr || refund->status != RefundStatus::kFailed) return;
        raise("refund/" + event.payment, refund_name(event.payment),
              {AlertKind::kRefundFailed,
               "the refund of " + money_text(refund->amount) + " of " + event.payment + " (" + to_text(refund->channel) + ") failed: the money is here and is not ours",
               refund->notice ? "the holder of " + *refund->notice : "whoever sent " + event.payment,
               "rightsdesk payment show " + event.payment + " says why; pay it again, then rightsdesk payment refund " + event.payment + " --reference ... --as YOU"});
    }
    void operator()(const NoticeFunded& event) {
        resolve("lapsed/" + event.funding.notice, "its money may still come");
        about_certificates(event.funding.notice);
        about_funding(event.funding);
    }
    void operator()(const PaymentApplied& event) {
        about_certificates(event.funding.notice);
        if (event.funding.application == Application::kPending) return about_funding(event.funding);
        resolve("funding/" + event.funding.notice, "the offering is counted");
        if (event.funding.application == Application::kLapsed) {
            raise("lapsed/" + event.funding.notice, notice_name(event.funding.notice),
                  {AlertKind::kNoticeLapsed, event.funding.notice + " has no good money in time: it lapses; " + event.funding.rule,
                   "its guarantor and holder", "tell the guarantor; money that comes now is returned"});
        }
    }
    void operator()(const AllocationComputed&) {
        const Allocation& allocation = *book_.allocation(AllocationKind::kPreliminary);
        raise("preliminary/" + std::to_string(allocation.revision), allocation_name(allocation.kind),
              {AlertKind::kAllocationComputed,
               "the preliminary allocation is there, protects counted in: " + std::to_string(allocation.over_allotted.value) + " of " +
                   std::to_string(allocation.over_requested.value) + " over-subscription shares",
               "the issuer", "rightsdesk allocation show " + book_.log()});
    }
    void operator()(const OfferingExtended& event) {
        resolve("reminder/" + event.extension.before.civil, "the offering is extended");
        resolve("expired/" + event.extension.before.civil, "the offering is extended");
        for (const Owed owed : {Owed::kSharesReport, Owed::kConfirmations}) resolve(cause_of(owed), "the offering is extended");
        raise("extended/" + event.extension.after.civil, life_name(),
              {AlertKind::kOfferingExtended, "the hour moved from " + event.extension.before.civil + " to " + event.extension.after.civil,
               "every guarantor and holder; the issuer's press release", "announce it; late items up to the new hour are decided again by themselves"});
        about_receipts();
        about_all_keying();
    }
    void operator()(const ReminderDue& event) {
        raise_as_it_is_now("reminder/" + event.deadline.civil, life_name(), wording_of_hour(book_, event.minutes, event.deadline), hour());
    }
    void operator()(const OwedReminderDue& event) {
        raise_as_it_is_now(cause_of(event.reminder.owed), life_name(), wording_of_owed(book_.log(), event.reminder), event.reminder.deadline.instant);
    }
    void operator()(const OfferingExpired& event) {
        resolve("reminder/" + event.deadline.civil, "the hour has come");
        if (awaits_price(*book_.life())) {
            raise("price_awaited", life_name(),
                  {AlertKind::kPriceAwaited, "the price is an estimate, " + money_text(book_.life()->terms.subscription_price) + " a share, and nothing is allocated before it is set",
                   "the issuer", "rightsdesk offering price " + book_.log() + " --price ... --why ... --as YOU"});
        }
        raise("expired/" + event.deadline.civil, life_name(),
              {AlertKind::kOfferingExpired, "the hour has come: " + event.deadline.civil + "; things stamped in time may still be handed over",
               "operations", "see that every gateway and bank feed sends its watermark past the hour (rightsdesk gateway watermarks); a dead one's is declared by two people"});
        about_receipts();
        about_all_keying();
    }
    void operator()(const OfferingCounted&) {
        resolve(cause_of(Owed::kSharesReport), "the offering is counted");
        if (const auto* life = book_.life()) resolve("expired/" + life->expiration.civil, "the offering is counted");
        about_rights();
        raise("counted", life_name(),
              {AlertKind::kOfferingCounted, "every source has a watermark past the hour: the offering is counted" + not_keyed(),
               "the issuer (3:30 p.m. on the business day after expiration)", "rightsdesk report " + book_.log()});
        about_all_certificates();
    }
    void operator()(const OfferingSuspended& event) {
        if (const auto* life = book_.life()) resolve("reminder/" + life->expiration.civil, "the offering is suspended");
        const auto& window = event.suspension.cancel_through;
        raise("suspended", life_name(), wording_of_suspension(book_.log(), event.suspension), window ? std::optional(window->instant) : std::nullopt);
    }
    void operator()(const OfferingResumed&) {
        resolve("suspended", "the offering is resumed");
        const Life& life = *book_.life();
        raise_as_it_is_now("resumed", life_name(),
                           {AlertKind::kOfferingResumed, "the offering is resumed; the hour is " + life.expiration.civil + " " + life.expiration.zone,
                            "every guarantor and holder", "announce it; deadlines that passed meanwhile are acted upon now"},
                           hour());
        remind_again(life);
    }
    void operator()(const OfferingTerminated& event) {
        for (const std::string& cause : {std::string("suspended"), std::string("price_awaited"), std::string("minimum_missed"), cause_of(Owed::kSharesReport), cause_of(Owed::kConfirmations)}) {
            resolve(cause, "the offering is terminated");
        }
        raise("terminated", life_name(),
              {AlertKind::kOfferingTerminated, "the offering is terminated: " + event.why, "the issuer, every guarantor and holder",
               "announce it; approve the refunds (rightsdesk offering show " + book_.log() + "), then rightsdesk allocation settle " + book_.log() + " --reference ... --as YOU"});
        about_all_certificates();
    }
    void operator()(const ClosingAdded& event) {
        raise("closing/" + to_text(event.day), life_name(),
              {AlertKind::kClosingAdded, to_text(event.day) + " is no business day after all: " + event.why, "every guarantor whose certificates are due",
               "tell them their new deadlines: rightsdesk report " + book_.log() + " says when each cover is due now, rightsdesk notice show what it was"});
        const Life& life = *book_.life();
        if (event.bill_until && life.estimated_price) about_price(*life.estimated_price, life.terms.subscription_price, event.bill_until);
    }
    void operator()(const CoverClockMoved& event) { about_new_deadline(event.clock); }
    void operator()(const FinalPriceSet& event) {
        resolve("price_awaited", "the final price is set");
        about_price(event.estimated, event.price, event.bill_until);
    }
    void operator()(const NoticeWithdrawn& event) {
        for (const std::string prefix : {"notice/", "funding/", "cover/", "missed/", "lapsed/", "owners/"}) resolve(prefix + event.notice, "the holder has withdrawn it");
        about_certificates(event.notice);
    }
    void operator()(const AllocationProposed& event) {
        about_proposal(*book_.proposal(event.proposal));
        const Allocation& allocation = *book_.allocation(AllocationKind::kFinal);
        const auto& minimum = book_.life()->terms.minimum_shares;
        const Shares all = subscribed_in_all(allocation);
        if (!minimum || all >= *minimum) return resolve("minimum_missed", "the minimum is reached");
        raise_as_it_is_now("minimum_missed", life_name(),
                           {AlertKind::kMinimumMissed,
                            grouped(all.value) + " shares are subscribed for, " + grouped(minimum->value) + " are needed: nothing can be allocated", "the issuer",
                            "rightsdesk offering terminate " + book_.log() + " --why ... --as YOU returns all money"},
                           std::nullopt);
    }
    void operator()(const CoverClockStarted& event) { about_new_deadline(event.clock); }
    void operator()(const CoverReminderDue& event) { about_cover(event.notice, event.missing, AlertKind::kCoverDue); }
    void operator()(const CoverIncomplete& event) { about_cover(event.notice, event.missing, AlertKind::kCoverIncomplete); }
    void operator()(const CoverCompleted& event) {
        std::vector<std::string> causes = {"cover/" + event.notice, "missed/" + event.notice};
        for (const std::string& delivery : certificate_deliveries(*book_.notice(event.notice))) causes.push_back("certificates/" + event.notice + "/" + delivery);
        for (const std::string& cause : causes) resolve(cause, event.rights ? "it counts for what came" : "everything is in");
        if (event.rights) raise("short/" + event.notice, notice_name(event.notice), wording_of_short_cover(*book_.notice(event.notice), *event.rights));
        else resolve("short/" + event.notice, "everything is in");
    }
    void operator()(const CoverDeadlineMissed& event) {
        resolve("cover/" + event.notice, "the deadline has passed");
        const bool direct = is_direct(event.notice);
        raise("missed/" + event.notice, notice_name(event.notice),
              {AlertKind::kCoverMissed, event.notice + " is not covered: " + missing_text(event.missing) + " did not come in time",
               direct ? "its holder; the issuer" : "its guarantor, who is in breach; the issuer",
               "its shares are dropped from the final allocation and its money returned: tell the " + std::string(direct ? "holder" : "guarantor")});
    }
    void operator()(const OfferingTabulated& event) {
        raise("tabulated", life_name(),
              {AlertKind::kOfferingTabulated,
               "every cover deadline has passed: " + std::to_string(event.covered) + " covered, " + std::to_string(event.uncovered) + " not",
               "the issuer", "rightsdesk allocation show " + book_.log() + "; two people approve it"});
        about_all_certificates();
    }
    void operator()(const OfferingSettled& event) {
        resolve(cause_of(Owed::kConfirmations), "the offering is settled");
        raise("settled", life_name(), {AlertKind::kOfferingSettled, "the offering is settled (" + event.reference + ")", "everybody", "nothing"});
    }
    void operator()(const NoticeUnattributed& event) { about_item(event.item, "a notice", event.why); }
    void operator()(const PaymentUnattributed& event) { about_item(event.item, words_for(event.payment), event.why); }
    void operator()(const AttributionUndone& event) {
        about_item(event.item, "an item", "it was taken back from " + event.offering + " by " + event.by + ", " + event.why);
    }
    void operator()(const NoticeAttributed& event) { resolve("item/" + event.item, "attributed to " + event.offering); }
    void operator()(const PaymentAttributed& event) { resolve("item/" + event.item, "attributed to " + event.offering); }
    void operator()(const AlertAcknowledged& event) { resolve(escalation_cause(event.number), (event.owner.empty() ? event.by : event.owner) + " has it in hand"); }
    // The rest needs nobody, or is told by one of the above.
    template <class Other>
    void operator()(const Other&) {}

private:
    // The reminder of the hour ended with the suspension. One that is due anew comes by itself.
    void remind_again(const Life& life) {
        if (life.suspension || !is_reminded(life, context_.now)) return;
        const std::int64_t minutes = (life.expiration.instant.value - context_.now.value) / kNanosecondsPerMinute;
        raise_as_it_is_now("reminder/" + life.expiration.civil, life_name(), wording_of_hour(book_, minutes, life.expiration), hour());
    }

    // One that is being prepared cannot be approved yet: its closing event tells of it.
    void about_proposal(const Proposal& proposal) {
        if (proposal.status == ProposalStatus::kPreparing) return;
        raise("proposal/" + proposal.id, proposal_name(proposal.id), wording_of_waiting(book_.log(), proposal),
              proposal.kind == ProposalKind::kExtension ? hour() : std::nullopt);
    }

    void about_price(Money estimated, Money price, const std::optional<Deadline>& bill_until) {
        raise_as_it_is_now("final_price", life_name(), wording_of_price(book_.log(), estimated, price, bill_until), bill_until ? std::optional(bill_until->instant) : std::nullopt);
    }

    void about_notice(const Notice& notice) {
        if (awaits_keying(notice)) return about_keying(notice);
        if (const auto wording = wording_of_notice(book_.log(), notice)) raise("notice/" + notice.id, notice_name(notice.id), *wording, hour());
    }

    void about_keying(const Notice& notice) {
        const Instant due = keying_due(*book_.life(), notice, context_.now);
        raise_as_it_is_now("notice/" + notice.id, notice_name(notice.id), wording_of_keying(book_.log(), notice, hour_has_passed()), due);
    }

    // What it is too late for changes with the hour. At most so many at once: all are in the list that each of them names.
    void about_all_keying() {
        std::size_t told = 0;
        for (const ToBeKeyed& waiting : to_be_keyed(book_, context_.now)) {
            if (++told > kMostReturnsAtOnce) return;
            about_keying(*book_.notice(waiting.notice));
        }
    }

    [[nodiscard]] std::string not_keyed() const {
        const std::size_t waiting = to_be_keyed(book_, context_.now).size();
        return waiting == 0 ? "" : "; " + std::to_string(waiting) + " notices wait to be keyed and are not in it: rightsdesk notice keying " + book_.log();
    }

    static bool is_money_turned_away(const CommandRefused& event) {
        const bool money = event.command == ConfirmWire::kTypeName || event.command == ReceiveInstrument::kTypeName;
        return money && (event.refusal == Refusal::kCurrencyDiffers || event.refusal == Refusal::kPayeeDiffers || event.refusal == Refusal::kMethodNotAccepted);
    }

    // The sender has its receipt; but a check lies in the mail room, or a credit in the account, that the books know nothing of.
    void about_money_turned_away(const CommandRefused& event) {
        raise("turned_away/" + event.subject, event.subject,
              {AlertKind::kPaymentRefused,
               event.subject + ", handed over by " + record_.principal + ", is not taken: " + explain(event.refusal) + (event.detail.empty() ? "" : " (" + event.detail + ")"),
               "whoever returns money, and its sender",
               "send it back and tell the sender what the terms take before " + std::string(pays_by_hour_only() ? "the hour" : "it is due") +
                   "; then rightsdesk alerts acknowledge"},
              next_money_due());
    }

    // Money that waits for a notice, and who came nearest.
    void about_suspense(const PaymentId& id) {
        const Payment* payment = book_.payment(id);
        if (payment == nullptr || payment->status == PaymentStatus::kBounced || payment->candidates.empty() || unmatched_amount(*payment) <= Money(0)) return;
        std::string nearest = "no notice comes near";
        if (const Candidate& first = payment->candidates.front(); !first.notice.empty()) {
            nearest = "nearest is " + first.notice + (first.fell_short.empty() ? ", and nothing speaks against it" : ", but");
            for (const Unmatched reason : first.fell_short) nearest += " " + to_text(reason);
        }
        raise_as_it_is_now(
            "unmatched/" + id, payment_name(id),
            {AlertKind::kPaymentUnmatched, to_text(payment->method) + " of " + money_text(unmatched_amount(*payment)) + " waits in suspense: " + nearest,
             "whoever matches payments", "rightsdesk payment show " + id + "; then rightsdesk payment match " + id + " NOTICE --as YOU"},
            nearest_due(payment->candidates.front().notice));
    }

    // Money of which nobody knows whether it came in time.
    void about_receipt(const PaymentId& id) {
        const Payment* payment = book_.payment(id);
        if (payment == nullptr || !receipt_in_question(book_, *payment)) return;
        raise_as_it_is_now("receipt/" + id, payment_name(id), wording_of_receipt(*payment, day_told(*payment), hour_has_passed()), next_allocation());
    }

    // What was told before the hour moved or passed.
    void about_receipts() {
        for (const PaymentId& id : book_.payment_ids()) about_receipt(id);
    }

    // Money that was used and that the bank took back: a receivable, until it is good again.
    void about_owed(const PaymentId& id) {
        const Payment* payment = book_.payment(id);
        const Money owed = payment == nullptr ? Money(0) : owed_of(*payment);
        if (owed == Money(0)) return resolve("owed/" + id, "nothing of it is owed to us any more");
        std::string whom = "whoever paid " + id + (payment->institution.empty() ? "" : " through " + payment->institution) + ", who owes it";
        for (const Match& match : payment->matches) whom += "; the guarantor and holder of " + match.notice;
        raise_as_it_is_now("owed/" + id, payment_name(id),
                           {AlertKind::kPaymentOwed,
                            money_text(owed) + " is owed to us: the bank took back " + id + " after " + money_text(payment->applied) + " of it had bought shares and " +
                                money_text(payment->refunded) + " had been refunded",
                            whom, "ask for the money; the issuer says what becomes of the shares"},
                           std::nullopt);
    }

    void about_funding(const Funding& funding) {
        const std::string cause = "funding/" + funding.notice;
        const Money there = funding.good_in_time + funding.uncollected;
        const Money difference = funding.due - there;
        if (difference == Money(0) || there == Money(0)) return resolve(cause, "it is funded as asked");
        const bool short_of = difference > Money(0);
        const std::string amount = money_text(short_of ? difference : -difference);
        const Deadline due = money_due(book_, *book_.notice(funding.notice));
        const std::string next = short_of ? "ask for the rest before " + due_words(due) + "; else the terms say what the money buys"
                                          : "the rest buys or is returned, as the terms say";
        raise_as_it_is_now(cause, notice_name(funding.notice),
                           {short_of ? AlertKind::kNoticeUnderpaid : AlertKind::kNoticeOverpaid,
                            funding.notice + " is paid " + amount + (short_of ? " short" : " over") + " of " + money_text(funding.due),
                            "the holder of " + funding.notice, next},
                           due.instant);
    }

    // Certificates that are waited for anew; where the money is due with them, so is the money.
    void about_new_deadline(const CoverClock& clock) {
        resolve("missed/" + clock.notice, "it is due " + clock.deadline.civil + " now");
        const Notice* notice = book_.notice(clock.notice);
        const Funding* funding = book_.funding(clock.notice);
        if (notice == nullptr || funding == nullptr || !pays_with_cover(book_.life()->terms, *notice)) return;
        if (funding->application == Application::kPending) about_funding(*funding);
    }

    void about_cover(const NoticeId& id, const std::vector<Missing>& missing, AlertKind kind) {
        const CoverClock* clock = book_.cover(id);
        if (clock == nullptr) return;
        const Money unpaid = awaited_money(id);
        raise_as_it_is_now("cover/" + id, notice_name(id),
                           {kind,
                            id + " is not covered yet: " + missing_text(missing) + " missing, due " + clock->deadline.civil + " " +
                                clock->deadline.zone + (unpaid > Money(0) ? "; so is " + money_text(unpaid) + " of its money" : ""),
                            is_direct(id) ? "its holder" : "its guarantor",
                            std::string(is_direct(id) ? "tell the holder" : "call the guarantor") + "; then rightsdesk certificates deliver " + id + " ... when they come"},
                           clock->deadline.instant);
    }

    void about_rights() {
        const RightsUsed used = rights_used(book_);
        if (!beyond_issued(used)) return resolve("rights_oversold", "they are within those issued");
        raise_as_it_is_now("rights_oversold", register_name(), wording_of_rights(book_.log(), rights_words(used)), hour());
    }

    void about_another(const CertificatesDelivered& event) {
        const Notice* notice = book_.notice(event.notice);
        if (notice == nullptr || !counts_as_cover(event.received) || !may_count(*book_.life(), *notice)) return;
        if (!is_from_another(book_.life()->terms, *notice, event.received)) return;
        const CoverClock* clock = book_.cover(event.notice);
        raise("another/" + event.notice + "/" + event.received.delivery, notice_name(event.notice), wording_of_another(*notice, event.received),
              clock == nullptr ? std::nullopt : std::optional(clock->deadline.instant));
    }

    template <class E>
    static std::string delivery_cause(const E& event) { return "certificates/" + event.notice + "/" + event.delivery; }

    // Certificates that do not count as they came.
    void about_delivery(const CertificatesDelivered& event) {
        const Notice* notice = book_.notice(event.notice);
        if (notice == nullptr || no_longer_counts(book_, *notice)) return;
        if (event.received.listed && !is_in_question(event.received)) return;
        const CoverClock* clock = book_.cover(event.notice);
        const auto due = clock == nullptr ? hour() : std::optional(clock->deadline.instant);
        raise("certificates/" + event.notice + "/" + event.received.delivery, notice_name(event.notice), wording_of_delivery(*notice, event.received),
              due < context_.now ? std::nullopt : due);
    }

    // Certificates that lie here for a notice that no longer counts go back.
    void about_certificates(const NoticeId& id) {
        const Notice* notice = book_.notice(id);
        if (notice == nullptr || notice->certificates.empty()) return;
        const bool dead = no_longer_counts(book_, *notice);
        for (const std::string& delivery : certificate_deliveries(*notice)) {
            const bool here = lie_here(*notice, delivery);
            const std::string cause = "return/" + id + "/" + delivery;
            if (here && dead) raise(cause, notice_name(id), wording_to_return(id, delivery));
            else resolve(cause, here ? id + " may count again" : "they went back");
        }
    }

    // Of every notice at once: one alert for all where they are more than a commit should hold.
    void about_all_certificates() {
        const auto waiting = certificates_to_return(book_);
        if (waiting.size() > kMostReturnsAtOnce) return raise("returns", life_name(), wording_to_return_many(book_.log(), waiting.size()));
        for (const ToReturn& one : waiting) about_certificates(one.notice);
    }

    // A nominee whose owners would count, were they certified.
    void about_owners(const NoticeId& id) {
        const Notice* notice = book_.notice(id);
        if (notice == nullptr || book_.life() == nullptr) return;
        const std::string why = owners_wanted_because(book_, *notice);
        if (why.empty()) return resolve("owners/" + id, "its owners are certified, or need not be");
        raise_as_it_is_now("owners/" + id, notice_name(id), wording_of_owners(*notice, why), next_allocation());
    }

    // What a notice owes still that may come with its certificates.
    [[nodiscard]] Money awaited_money(const NoticeId& id) const {
        const Notice* notice = book_.notice(id);
        if (notice == nullptr || !money_is_awaited(book_, *notice)) return {};
        const Funding funding = funding_of(book_, id);
        return std::max(funding.due - funding.good_in_time, Money(0));
    }

    void about_item(const std::string& item, const std::string& what, const std::string& why) {
        raise("item/" + item, item_name(item), wording_of_item(item, what, why));
    }

    [[nodiscard]] bool is_direct(const NoticeId& id) const {
        const Notice* notice = book_.notice(id);
        return notice != nullptr && notice->form == NoticeForm::kDirectExercise;
    }

    [[nodiscard]] bool pays_by_hour_only() const {
        return book_.life() == nullptr || book_.life()->terms.guaranteed_delivery.payment_due == PaymentDue::kExpiration;
    }

    // "the hour", or until when money may come with the certificates.
    [[nodiscard]] std::string due_words(const Deadline& due) const {
        return due == book_.life()->expiration ? "the hour" : due.civil + " " + due.zone + ", when the certificates are due";
    }

    // When the money of the first of its notices becomes too late; the hour where it has none.
    [[nodiscard]] Deadline first_due_of(const Payment& payment) const {
        std::optional<Deadline> first;
        for (const Match& match : payment.matches) {
            Deadline due = money_due(book_, *book_.notice(match.notice));
            if (!first || due.instant < first->instant) first = std::move(due);
        }
        return first.value_or(book_.life()->expiration);
    }

    // When money of nobody known becomes too late next: at the hour, and after it when the last is due that may come with certificates.
    [[nodiscard]] std::optional<Instant> next_money_due() const {
        if (pays_by_hour_only() || context_.now <= book_.life()->expiration.instant) return hour();
        const auto last = last_money_due(book_);
        return last ? last : hour();
    }

    // The same of money that waits, and that this notice comes nearest to.
    [[nodiscard]] std::optional<Instant> nearest_due(const NoticeId& id) const {
        const Notice* notice = book_.notice(id);
        return notice == nullptr || pays_by_hour_only() ? next_money_due() : std::optional(money_due(book_, *notice).instant);
    }

    [[nodiscard]] bool hour_has_passed() const {
        const Life& life = *book_.life();
        return life.stage != Stage::kOpen || context_.now > life.expiration.instant;
    }

    // When what is not good by then is left out of an allocation: the hour, of the preliminary one; after it the last deadline on which
    // the final one waits. Nothing once that is past: then a person proposes the final one again, while it is not approved.
    [[nodiscard]] std::optional<Instant> next_allocation() const {
        if (!hour_has_passed()) return hour();
        std::optional<Instant> last = last_money_due(book_);
        for (const auto& [due, id] : book_.running_covers()) last = std::max(last, std::optional(book_.cover(id)->deadline.instant));
        if (const auto& billed = book_.life()->bill_until) last = std::max(last, std::optional(billed->instant));
        return last && *last >= context_.now ? last : std::nullopt;
    }

    [[nodiscard]] std::optional<Instant> hour() const {
        return book_.life() == nullptr ? std::nullopt : std::optional(book_.life()->expiration.instant);
    }

    const Record& record_;
};

}  // namespace

Decision alerts_for(const Book& book, const Record& record, const Context& context) {
    Alerting alerting(book, record, context);
    std::visit(alerting, record.event);
    return std::move(alerting).decision();
}

}  // namespace rightsdesk::domain
