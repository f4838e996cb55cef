#include "domain/certificate_delivery.h"

#include <algorithm>
#include <set>

#include "domain/certificates.h"
#include "domain/civil.h"
#include "domain/covers.h"
#include "domain/holder_register.h"
#include "domain/listed_addresses.h"
#include "domain/notice_identity.h"

namespace rightsdesk::domain {

namespace {

CertificatesReceived received_by(const Terms& terms, const DeliverCertificates& command, const Context& context) {
    CertificatesReceived received;
    received.delivery = command.delivery.empty() ? context.new_id() : command.delivery;
    received.stamp = command.stamp;
    received.channel = command.channel;
    received.listed = is_listed(terms.channels, command.channel, command.address);
    received.rights = command.rights;
    received.certificate_numbers = command.certificate_numbers;
    received.signature_guarantee = command.signature_guarantee;
    received.missing_documents = command.missing_documents;
    received.delivered_by = command.delivered_by;
    received.arrived = context.now;
    return received;
}

// Told of twice. Where the sender gave no delivery id, what is alike to the nanosecond is the same paper.
bool is_told_again(const Notice& notice, CertificatesReceived received, bool identified) {
    if (identified) return is_on_file(notice, received);
    return std::any_of(notice.certificates.begin(), notice.certificates.end(), [&](const CertificatesReceived& known) {
        received.delivery = known.delivery;
        return is_on_file(notice, received);
    });
}

void ask(CertificatesReceived& received, CertificateQuestion question) {
    if (std::find(received.questions.begin(), received.questions.end(), question) == received.questions.end()) received.questions.push_back(question);
}

// The numbers of these that came for the notice before, and lie here at a listed address.
std::set<std::string> brought_before(const Notice& notice, const std::set<std::string>& numbers, std::string& by) {
    std::set<std::string> before;
    for (const CertificatesReceived& known : notice.certificates) {
        if (!known.listed || known.returned) continue;
        for (const std::string& number : folded_numbers(known.certificate_numbers)) {
            if (!numbers.contains(number)) continue;
            before.insert(number);
            if (by.empty()) by = known.delivery;
        }
    }
    return before;
}

void compare_with_own(const Notice& notice, const std::set<std::string>& numbers, CertificatesReceived& received) {
    std::string by;
    const auto before = brought_before(notice, numbers, by);
    if (before.empty()) return;
    if (before.size() == numbers.size()) received.repeats = by;
    else ask(received, CertificateQuestion::kPartlyOnFile);
}

bool share_any(const std::set<std::string>& ours, const std::vector<std::string>& theirs) {
    const auto folded = folded_numbers(theirs);
    return std::any_of(folded.begin(), folded.end(), [&](const std::string& number) { return ours.contains(number); });
}

// Whether another notice has one of these certificates: it lies here for it; or it names one that this notice does not. What both
// name was asked about with the later of the two, and again where it came for the other.
bool has_one(const Notice& other, const std::set<std::string>& numbers, const std::set<std::string>& unnamed) {
    const bool here = std::any_of(other.certificates.begin(), other.certificates.end(), [&](const CertificatesReceived& known) {
        return !known.returned && share_any(numbers, known.certificate_numbers);
    });
    return here || share_any(unnamed, other.content.certificate_numbers);
}

void compare_with_others(const Book& book, const Notice& notice, const std::set<std::string>& numbers, const std::vector<std::string>& keys,
                         CertificatesReceived& received, Decision& decision) {
    std::set<std::string> unnamed = numbers;
    for (const std::string& named : folded_numbers(notice.content.certificate_numbers)) unnamed.erase(named);
    std::set<EntityName> seen = {notice_name(notice.id)};
    for (const std::string& key : keys) {
        for (const EntityName& name : book.with_key(key)) {
            if (!seen.insert(name).second) continue;
            const auto* other = std::get_if<Notice>(book.entity(name));
            if (other == nullptr || is_final(other->status) || other->status == NoticeStatus::kRefused) continue;
            decision.reads.push_back(name);
            if (!has_one(*other, numbers, unnamed)) continue;
            received.on_file_for.push_back(other->id);
            const bool direct = other->form == NoticeForm::kDirectExercise;
            ask(received, direct ? CertificateQuestion::kExercisedDirectly : CertificateQuestion::kOfAnotherNotice);
        }
    }
}

void compare_with_holders(const Terms& terms, const Notice& notice, const std::set<std::string>& numbers, const Context& context,
                          CertificatesReceived& received, Decision& decision) {
    if (context.holders == nullptr || numbers.empty()) return;
    decision.reads.push_back(register_name());
    const RegisterFinding found = context.holders->find(received.certificate_numbers, {});
    if (found.unknown_certificates.empty()) {
        if (received.rights > found.rights) ask(received, CertificateQuestion::kRightsBeyondRegister);
        return;
    }
    auto unknown = folded_numbers(found.unknown_certificates);
    for (const std::string& named : folded_numbers(notice.content.certificate_numbers)) unknown.erase(named);
    const bool of_record = notice.on_register && !notice.on_register->lines.empty();
    const bool bought = terms.rights_transfer == RightsTransfer::kTransferable && !of_record && found.lines.empty();
    if (!unknown.empty() && !bought) ask(received, CertificateQuestion::kNotOnRegister);
}

// Once the offering is tabulated nothing would follow from an answer.
bool is_handed_over_late(const Book& book, const Notice& notice, const CertificatesReceived& received, Instant now) {
    const Life& life = *book.life();
    if (life.stage >= Stage::kTabulated) return false;
    const CoverClock* clock = book.cover(notice.id);
    const Instant until = clock == nullptr ? life.expiration.instant : cover_until(life, *clock);
    if (received.stamp > until || now <= until) return false;
    if (clock != nullptr && clock->state == CoverState::kMissed) return true;
    return received.stamp.value < now.value - life.terms.stamp_gap_minutes * kNanosecondsPerMinute;
}

}  // namespace

Decision deliver_certificates(const Book& book, const DeliverCertificates& command, const Context& context) {
    const std::string subject = notice_name(command.notice);
    const Life* life = book.life();
    if (life == nullptr) return being_opened(book);
    const Notice* notice = book.notice(command.notice);
    if (notice == nullptr) return refuse("DeliverCertificates", subject, Refusal::kUnknownNotice, command.notice);
    if (command.rights < Rights(0)) return refuse("DeliverCertificates", subject, Refusal::kAmountUnusable, "rights below nought");
    CertificatesReceived received = received_by(life->terms, command, context);
    if (is_told_again(*notice, received, !command.delivery.empty())) {
        return refuse("DeliverCertificates", subject, Refusal::kNothingToDo, "delivery " + received.delivery + " is on file: it counts once");
    }
    Decision decision;
    decision.reads = {life_name()};
    const auto numbers = folded_numbers(received.certificate_numbers);
    const auto keys = certificate_keys(received.certificate_numbers, context);
    if (received.listed) {
        compare_with_own(*notice, numbers, received);
        compare_with_others(book, *notice, numbers, keys, received, decision);
        compare_with_holders(life->terms, *notice, numbers, context, received, decision);
        if (is_handed_over_late(book, *notice, received, context.now)) ask(received, CertificateQuestion::kHandedOverLate);
        decision.reads.push_back(cover_name(notice->id));
    }
    for (const std::string& key : keys) {
        if (book.with_key(key).empty()) decision.keys.push_back({key, subject});
    }
    std::sort(received.questions.begin(), received.questions.end());
    return decision.add(CertificatesDelivered{notice->id, std::move(received), keys});
}

Decision settle_certificates(const Book& book, const SettleCertificates& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) {
        return refuse("SettleCertificates", notice_name(command.notice), refusal, detail);
    };
    const Life* life = book.life();
    if (life == nullptr) return being_opened(book);
    const Notice* notice = book.notice(command.notice);
    if (notice == nullptr) return refused(Refusal::kUnknownNotice, command.notice);
    if (context.person.empty()) return refused(Refusal::kNotPermitted, "this takes a person");
    if (life->stage >= Stage::kTabulated) return refused(Refusal::kTooLate, "the offering is tabulated");
    if (is_final(notice->status)) return refused(Refusal::kAlreadyDecided, "the notice is " + to_text(notice->status));
    if (command.evidence.empty()) return refused(Refusal::kValueUnusable, "say what shows it: the evidence is missing");
    std::size_t asked = 0;
    Rights came;
    for (const CertificatesReceived& received : notice->certificates) {
        if (received.delivery != command.delivery || !is_in_question(received) || received.returned) continue;
        ++asked;
        came = received.rights;
    }
    if (asked == 0) return refused(Refusal::kNothingToDo, "nothing is asked about delivery " + command.delivery + " of " + notice->id);
    if (command.rights && !command.counts) return refused(Refusal::kValueUnusable, "what does not count has no number of rights");
    if (command.rights && asked > 1) return refused(Refusal::kValueUnusable, "the delivery brought several: they count as they came or not at all");
    if (command.rights && (*command.rights < Rights(0) || *command.rights > came)) {
        return refused(Refusal::kAmountUnusable, "certificates for " + std::to_string(came.value) + " rights came");
    }
    Decision decision;
    decision.reads = {life_name()};
    return decision.add(CertificatesSettled{notice->id, command.delivery, {command.counts, command.rights, command.evidence, context.person, context.now}});
}

}  // namespace rightsdesk::domain
