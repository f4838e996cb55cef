#include "domain/intake.h"

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "domain/certificates.h"
#include "domain/civil.h"
#include "domain/keying.h"
#include "domain/listed_addresses.h"
#include "domain/notice_cures.h"
#include "domain/notice_deciding.h"
#include "domain/notice_identity.h"
#include "domain/notice_judgement.h"
#include "domain/parts.h"
#include "domain/redecision.h"
#include "domain/register_import.h"

namespace rightsdesk::domain {

namespace {

// A notice on file for the first time.
Decision decide_new(const Life& life, Notice notice, const std::optional<NoticeFields>& fields, const Arrival& arrival, bool exceeds) {
    NoticeDecided event;
    notice.reasons = judge_notice(life, fields, arrival, notice.on_register);
    if (notice.possible_duplicate_of) notice.reasons.push_back(Reason::kPossibleDuplicate);
    if (exceeds) notice.reasons.push_back(Reason::kRightsBeyondRegister);
    notice.reasons = in_order(std::move(notice.reasons));
    notice.status = status_from(notice.reasons);
    notice.deliveries = {arrival.delivery};
    if (fields) {
        notice.content = content_of(*fields);
        notice.basic_entitlement = basic_entitlement(life.terms, fields->rights_held.value_or(Rights(0)));
        event.sealed.personal = personal_of(*fields);
    }
    event.notice = std::move(notice);
    Decision decision;
    decision.reads = {life_name()};
    decision.add(std::move(event));
    return decision;
}

Decision decide_on(const Book& book, const NoticeId& id, const SubmitNotice& command, const std::optional<NoticeFields>& fields, Instant arrived,
                   const Context& context) {
    const Life& life = *book.life();
    const Arrival arrival{delivery_of(life.terms, command, id, arrived), command.complete, false};
    const bool keyed_later = command.reading && !command.reading->certain && life.terms.guaranteed_delivery.enabled;
    if (keyed_later) return await_keying(life, id, command, arrival);
    const Recognised known = recognised(book, id, fields, context);
    if (known.acquaintance.same) return link_delivery(life, *book.notice(*known.acquaintance.same), fields, arrival);
    Notice notice;
    notice.id = id;
    if (command.reading) notice.reading = on_file(*command.reading);
    take_recognised(known, notice);
    Decision decision = decide_new(life, std::move(notice), fields, arrival, known.exceeds);
    if (command.reading) std::get<NoticeDecided>(decision.events.front()).sealed.personal.readings = within_bounds(command.reading->fields);
    rest_on(book, known, id, decision);
    return decision;
}

// The same notice once more in the offering that it was taken back from: what came for it meanwhile is still beside it.
Decision attributed_again(const Life& life, const Notice& notice, const NoticeAttributed& event) {
    Decision decision;
    decision.reads = {life_name()};
    auto reasons = without(without(judge_content_of(life, notice), notice.cured), notice.waived);
    const Instant stamp = counting_delivery(life, notice).stamp;
    for (const Reason reason : notice.reasons) {
        // What its content alone does not say: how it was delivered, and what it is compared with.
        if (reason == Reason::kLate && in_time(life, stamp)) continue;
        if (!has_reason(reasons, reason)) reasons.push_back(reason);
    }
    if (life.stage >= Stage::kCounted && !has_reason(reasons, Reason::kStampGap)) reasons.push_back(Reason::kStampGap);  // it was not counted
    NoticeRedecided again = redecided(notice, RedecisionCause::kAttribution, "attributed here again: " + event.why, in_order(std::move(reasons)));
    if (notice.status != NoticeStatus::kWithdrawn) again.after = status_from(again.reasons_after);  // the holder's word stands
    return decision.add(std::move(again));
}

// ---- what money settles of how a notice is paid ----

bool may_be_redecided(const Book& book, const Notice* notice) {
    return book.life() != nullptr && notice != nullptr && book.life()->stage < Stage::kTabulated && !is_final(notice->status);
}

// Money that is matched to it and that the bank has not taken back.
bool has_money(const Book& book, const NoticeId& id) {
    const auto& payments = book.payments_of(id);
    return std::any_of(payments.begin(), payments.end(), [&](const PaymentId& payment) { return may_be_matched(*book.payment(payment)); });
}

std::optional<NoticeRedecided> settled_by_money(const Book& book, const PaymentId& payment, const NoticeId& id) {
    const Notice* notice = book.notice(id);
    if (!may_be_redecided(book, notice) || !book.payments_of(id).contains(payment)) return std::nullopt;
    if (!may_be_matched(*book.payment(payment))) return std::nullopt;
    const auto reasons = without(notice->reasons, {Reason::kPaymentDeliveryUnclear, Reason::kPaymentMethodUnclear});
    if (reasons == notice->reasons) return std::nullopt;
    return redecided(*notice, RedecisionCause::kMoney, "payment " + payment + " settles how it is paid", reasons);
}

// What only the money had settled is open again.
std::optional<NoticeRedecided> open_without_money(const Book& book, const NoticeId& id) {
    const Notice* notice = book.notice(id);
    if (!may_be_redecided(book, notice) || notice->form == NoticeForm::kDirectExercise || has_money(book, id)) return std::nullopt;
    auto reasons = notice->reasons;
    for (const Reason reason : judge_content_of(*book.life(), *notice)) {
        const bool by_money = reason == Reason::kPaymentDeliveryUnclear || reason == Reason::kPaymentMethodUnclear;
        if (by_money && !has_reason(notice->cured, reason) && !has_reason(notice->waived, reason)) reasons.push_back(reason);
    }
    reasons = in_order(std::move(reasons));
    if (reasons == notice->reasons) return std::nullopt;
    return redecided(*notice, RedecisionCause::kMoney, "the money that settled how it is paid was taken back", reasons);
}

}  // namespace

bool document_is_intact(const SubmitNotice& command) { return base::sha256_hex(command.document.view()) == lowered(command.sha256); }

Decision submit_notice(const Book& book, const SubmitNotice& command, const std::optional<NoticeFields>& fields, const Context& context) {
    if (!document_is_intact(command)) {
        return refuse("SubmitNotice", item_name(context.new_id()), Refusal::kHashDiffers, "the bytes have " + base::sha256_hex(command.document.view()));
    }
    if (book.life() == nullptr) return being_opened(book);
    return decide_on(book, context.new_id(), command, fields, context.now, context);
}

Decision confirm_by_telephone(const Book& book, const ConfirmByTelephone& command, const Context&) {
    const std::string subject = notice_name(command.notice);
    const Life* life = book.life();
    if (life == nullptr) return being_opened(book);
    const Notice* notice = book.notice(command.notice);
    if (notice == nullptr) return refuse("ConfirmByTelephone", subject, Refusal::kUnknownNotice, command.notice);
    if (notice->form == NoticeForm::kDirectExercise) return refuse("ConfirmByTelephone", subject, Refusal::kNothingToDo, "a direct exercise has no guarantee");
    if (notice->confirmed_by_telephone) return refuse("ConfirmByTelephone", subject, Refusal::kNothingToDo, "confirmed before");
    NoticeConfirmed event;
    event.notice = notice->id;
    event.at = command.at;
    event.sealed.personal.caller = command.caller;
    Decision decision;
    decision.reads = {life_name()};
    decision.add(std::move(event));
    std::vector<Reason> mended = {Reason::kTelephoneUnconfirmed};
    if (in_time(*life, command.at)) mended.push_back(Reason::kTelephoneRequired);
    const auto reasons = without(notice->reasons, mended);
    if (reasons != notice->reasons && life->stage < Stage::kTabulated && !is_final(notice->status)) {
        decision.add(redecided(*notice, RedecisionCause::kTelephone, "the guarantor confirmed by telephone", reasons));
    }
    return decision;
}

Decision submit_to_desk(const Book& desk, const SubmitNotice& command, const Context& context) {
    const std::string item = context.new_id();
    if (!document_is_intact(command)) {
        return refuse("SubmitNotice", item_name(item), Refusal::kHashDiffers, "the bytes have " + base::sha256_hex(command.document.view()));
    }
    const bool shared = std::any_of(desk.offering_ids().begin(), desk.offering_ids().end(), [&](const OfferingId& id) {
        return is_listed(desk.offering(id)->channels, command.channel, command.address);
    });
    NoticeUnattributed event;
    event.item = item;
    event.why = shared ? "several offerings list the number or address that it came in on: a person says whose it is"
                       : "no open offering lists the number or address that it came in on: a person says whose it is";
    event.notice = command;
    event.notice.sha256 = lowered(command.sha256);
    event.notice.document = Bytes();
    Decision decision;
    decision.add(std::move(event));
    return decision;
}

Decision attribute_notice(const Book& desk, const AttributeNotice& command, const std::optional<SubmitNotice>& submitted) {
    const std::string subject = item_name(command.item);
    const UnattributedItem* item = desk.item(command.item);
    if (item == nullptr) return refuse("AttributeNotice", subject, Refusal::kUnknownItem, command.item);
    if (item->kind != ItemKind::kNotice || !submitted) return refuse("AttributeNotice", subject, Refusal::kUnknownItem, command.item + " is no notice");
    if (item->attributed_to) {
        return refuse("AttributeNotice", subject, Refusal::kAlreadyDecided, "attributed to " + *item->attributed_to + ": rightsdesk desk take-back first");
    }
    if (desk.offering(command.offering) == nullptr) return refuse("AttributeNotice", subject, Refusal::kUnknownOffering, command.offering);
    Decision decision;
    decision.reads = {offering_name(command.offering)};
    decision.add(NoticeAttributed{command.item, command.offering, command.why, *submitted, item->attributions + 1});
    return decision;
}

Decision take_back_notice(const Book& book, const UnattributedItem& item, const TakeBackNotice& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("TakeBackNotice", item_name(command.item), refusal, detail); };
    const Life* life = book.life();
    if (life == nullptr) return being_opened(book);
    if (command.why.empty()) return refused(Refusal::kValueUnusable, "say why");
    const Notice* notice = book.notice(item.id);
    if (notice == nullptr) return refused(Refusal::kNothingToDo, "it is a further delivery of a notice that " + book.log() + " has by another way");
    if (notice->taken_back) return refused(Refusal::kAlreadyDecided, "it was taken back");
    if (life->stage >= Stage::kTabulated && !no_longer_counts(book, *notice)) return refused(Refusal::kTooLate, "it counts, and the offering is " + to_text(stage_of(book)));
    Decision decision;
    decision.reads = {life_name()};
    decision.add(NoticeTakenBack{item.id, item.attributions, command.why, context.person});
    if (is_final(notice->status)) return decision;
    Decision rejected = reject_here(book, *notice, "its attribution to this offering is taken back: " + command.why, context.person);
    for (Event& event : rejected.events) decision.add(std::move(event));
    return decision;
}

Decision take_attributed(const Book& book, const NoticeAttributed& event, const std::optional<NoticeFields>& fields, Instant arrived,
                         const Context& context) {
    if (book.life() == nullptr) return being_opened(book);
    if (const Notice* known = book.notice(event.item)) return known->taken_back && event.attribution > 1 ? attributed_again(*book.life(), *known, event) : Decision{};
    return decide_on(book, event.item, event.notice, fields, arrived, context);
}

Decision redecide_after_extension(const Book& book, const Context& context) {
    if (book.life() == nullptr) return {};
    const Life& life = *book.life();
    return for_notices(book, context, [&](const NoticeId& id) -> std::optional<Event> {
        const Notice& notice = *book.notice(id);
        const bool late = has_reason(notice.reasons, Reason::kLate) || has_reason(notice.reasons, Reason::kAfterForeignCutOff);
        const bool called = has_reason(notice.reasons, Reason::kTelephoneRequired) && confirmed_in_time(life, notice);
        if ((!late && !called) || is_final(notice.status)) return std::nullopt;
        const auto judged = judge_content_of(life, notice);
        std::vector<Reason> mended;
        if (called) mended.push_back(Reason::kTelephoneRequired);
        if (in_time(life, counting_delivery(life, notice).stamp)) mended.push_back(Reason::kLate);
        if (!has_reason(judged, Reason::kAfterForeignCutOff)) mended.push_back(Reason::kAfterForeignCutOff);
        if (without(notice.reasons, mended) == notice.reasons) return std::nullopt;
        if (late && !has_reason(judged, Reason::kGuaranteeLapsed)) mended.push_back(Reason::kGuaranteeLapsed);
        return redecided(notice, RedecisionCause::kExtension, "in time by the hour as extended to " + life.expiration.civil, without(notice.reasons, mended));
    });
}

Decision redecide_after_closing(const Book& book, Date closing, const Context& context) {
    if (book.life() == nullptr || book.life()->stage >= Stage::kTabulated) return {};
    const Life& life = *book.life();
    return for_notices(book, context, [&](const NoticeId& id) -> std::optional<Event> {
        const Notice& notice = *book.notice(id);
        if (!has_reason(notice.reasons, Reason::kGuaranteeLapsed) || is_final(notice.status)) return std::nullopt;
        if (has_reason(judge_content_of(life, notice), Reason::kGuaranteeLapsed)) return std::nullopt;
        return redecided(notice, RedecisionCause::kClosing, to_text(closing) + " is closed after all: its certificates are due later",
                         without(notice.reasons, {Reason::kGuaranteeLapsed}));
    });
}

Decision redecide_after_money(const Book& book, const PaymentId& payment, const NoticeId& id) {
    Decision decision;
    const auto event = settled_by_money(book, payment, id);
    if (!event) return decision;
    decision.reads = {life_name(), payment_name(payment)};
    return decision.add(*event);
}

Decision redecide_after_money_left(const Book& book, const NoticeId& id) {
    Decision decision;
    const auto event = open_without_money(book, id);
    if (!event) return decision;
    decision.reads = {life_name()};
    return decision.add(*event);
}

Decision redecide_after_money_turned(const Book& book, const PaymentId& payment, const Context& context) {
    const Payment* turned = book.payment(payment);
    if (book.life() == nullptr || turned == nullptr || turned->matches.empty()) return {};
    std::set<NoticeId> notices;
    for (const Match& match : turned->matches) notices.insert(match.notice);
    const bool bounced = turned->status == PaymentStatus::kBounced;
    Decision decision;
    for (const NoticeId& id : notices) {
        // What the parts before decided has no such reason any more, or has it again.
        decision.more = decision.events.size() >= context.most_effects;
        if (decision.more) break;
        if (const auto event = bounced ? open_without_money(book, id) : settled_by_money(book, payment, id)) decision.add(*event);
    }
    if (!decision.events.empty()) decision.reads = {life_name(), payment_name(payment)};
    return decision;
}

}  // namespace rightsdesk::domain
