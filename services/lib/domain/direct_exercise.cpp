#include "domain/direct_exercise.h"

#include "domain/listed_addresses.h"
#include "domain/notice_identity.h"
#include "domain/notice_judgement.h"
#include "domain/proration.h"
#include "domain/register_import.h"

namespace rightsdesk::domain {

namespace {

Delivery delivery_of_certificates(const Terms& terms, const ExerciseDirectly& command, const Context& context) {
    Delivery delivery;
    delivery.id = command.delivery.empty() ? context.new_id() : command.delivery;
    delivery.gateway = context.identity.source;
    delivery.channel = command.channel;
    delivery.address = command.address;
    delivery.listed = is_listed(terms.channels, command.channel, command.address);
    delivery.stamp = command.stamp;
    delivery.arrived = context.now;
    return delivery;
}

CertificatesReceived certificates_of(const ExerciseDirectly& command, const Delivery& delivery) {
    CertificatesReceived received;
    received.delivery = delivery.id;
    received.stamp = delivery.stamp;
    received.channel = delivery.channel;
    received.listed = delivery.listed;
    received.rights = command.rights;
    received.certificate_numbers = command.certificate_numbers;
    received.signature_guarantee = command.signature_guarantee;
    received.missing_documents = command.missing_documents;
    return received;
}

NoticeContent content_of_election(const ExerciseDirectly& command) {
    NoticeContent content;
    content.rights_held = command.rights;
    if (command.basic_shares > Shares(0)) content.basic_shares = command.basic_shares;
    content.excess_shares = command.excess_shares;
    content.payment_method = command.payment_method;
    content.confirmation_number = command.confirmation_number;
    content.instrument_number = command.instrument_number;
    content.certificate_numbers = command.certificate_numbers;
    return content;
}

// Every sum that is made of such quantities fits; no paper says as many.
bool is_usable(std::int64_t quantity) { return quantity >= 0 && quantity <= kMaxShares; }

}  // namespace

Decision exercise_directly(const Book& book, const ExerciseDirectly& command, const Context& context) {
    const NoticeId id = context.new_id();
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("ExerciseDirectly", notice_name(id), refusal, detail); };
    const Life* life = book.life();
    if (life == nullptr) return being_opened(book);
    if (!is_usable(command.rights.value) || !is_usable(command.basic_shares.value) || !is_usable(command.excess_shares.value)) {
        return refused(Refusal::kAmountUnusable, "rights and shares are from 0 to " + std::to_string(kMaxShares));
    }
    if (command.channel == Channel::kFax || command.channel == Channel::kTelegram) {
        return refused(Refusal::kValueUnusable, "a certificate is paper: none comes by " + to_text(command.channel));
    }
    NoticeDecided event;
    Notice& notice = event.notice;
    notice.id = id;
    notice.form = NoticeForm::kDirectExercise;
    notice.content = content_of_election(command);
    notice.basic_entitlement = basic_entitlement(life->terms, command.rights);
    notice.deliveries = {delivery_of_certificates(life->terms, command, context)};
    notice.certificates = {certificates_of(command, notice.deliveries.front())};
    notice.keys = certificate_keys(command.certificate_numbers, context);
    notice.possible_duplicate_of = exercised_before(book, notice.keys);
    const LookedUp looked_up = look_up(book, command.certificate_numbers, command.names, context);
    notice.on_register = looked_up.finding;
    notice.keys.insert(notice.keys.end(), looked_up.keys.begin(), looked_up.keys.end());
    notice.reasons = judge_direct_exercise(*life, notice.content, notice.deliveries.front(), command.signed_by_all, command.names, notice.on_register);
    if (notice.possible_duplicate_of) notice.reasons.push_back(Reason::kPossibleDuplicate);
    if (exceeds_register(book, id, command.rights, looked_up)) notice.reasons.push_back(Reason::kRightsBeyondRegister);
    notice.reasons = in_order(std::move(notice.reasons));
    notice.status = status_from(notice.reasons);
    event.sealed.personal.names = command.names;
    event.sealed.personal.address = command.holder_address;
    Decision decision;
    decision.reads = {life_name()};
    if (notice.on_register) decision.reads.push_back(register_name());
    if (notice.possible_duplicate_of) decision.reads.push_back(notice_name(*notice.possible_duplicate_of));
    for (const std::string& key : notice.keys) {
        if (book.with_key(key).empty()) decision.keys.push_back({key, notice_name(id)});
    }
    decision.add(std::move(event));
    return decision;
}

}  // namespace rightsdesk::domain
