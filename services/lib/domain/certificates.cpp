#include "domain/certificates.h"

#include <algorithm>
#include <set>

#include "domain/guarantors.h"

namespace rightsdesk::domain {

bool is_on_file(const Notice& notice, const CertificatesReceived& received) {
    return std::any_of(notice.certificates.begin(), notice.certificates.end(), [&](CertificatesReceived known) {
        known.delivered_by = received.delivered_by;
        known.returned = received.returned;
        // What was made of it is not what came.
        known.repeats = received.repeats;
        known.questions = received.questions;
        known.on_file_for = received.on_file_for;
        known.settled = received.settled;
        known.arrived = received.arrived;
        return known == received;
    });
}

bool is_in_question(const CertificatesReceived& received) { return !received.questions.empty() && !received.settled; }

bool counts_as_cover(const CertificatesReceived& received) {
    if (!received.listed || received.returned) return false;
    return received.questions.empty() || (received.settled && received.settled->counts);
}

bool is_from_another(const Terms& terms, const Notice& notice, const CertificatesReceived& received) {
    const std::string protecting = firm_key(terms, notice.content.guarantor_name.value_or(""));
    const std::string covering = firm_key(terms, received.delivered_by);
    return !protecting.empty() && !covering.empty() && protecting != covering;
}

std::vector<std::string> other_firms_covering(const Terms& terms, const Notice& notice, Instant until) {
    std::vector<std::string> firms;
    std::set<std::string> known;
    for (const CertificatesReceived& received : notice.certificates) {
        if (!counts_as_cover(received) || received.stamp > until || !is_from_another(terms, notice, received)) continue;
        if (known.insert(firm_key(terms, received.delivered_by)).second) firms.push_back(received.delivered_by);
    }
    return firms;
}

bool no_longer_counts(const Book& book, const Notice& notice) {
    const Life& life = *book.life();
    if (life.stage == Stage::kTerminated) return true;
    const bool counted = life.stage != Stage::kOpen && life.stage != Stage::kExpired;
    const bool tabulated = counted && life.stage != Stage::kCounted;
    switch (notice.status) {
        case NoticeStatus::kRejected:
        case NoticeStatus::kWithdrawn:
        case NoticeStatus::kLinked:
        case NoticeStatus::kRefused: return true;
        case NoticeStatus::kLate:
        case NoticeStatus::kMisdirected: return counted;
        case NoticeStatus::kInQuestion:
        case NoticeStatus::kAwaitingKeying:
        case NoticeStatus::kDefective: return tabulated;
        case NoticeStatus::kAccepted: break;
    }
    const Funding* funding = book.funding(notice.id);
    const bool lapsed = counted && funding != nullptr && funding->application == Application::kLapsed;
    return lapsed || (tabulated && !is_covered(book, notice.id));
}

bool lie_here(const Notice& notice, const std::string& delivery) {
    return std::any_of(notice.certificates.begin(), notice.certificates.end(),
                       [&](const CertificatesReceived& received) { return received.delivery == delivery && !received.returned; });
}

std::vector<std::string> certificate_deliveries(const Notice& notice) {
    std::vector<std::string> deliveries;
    for (const CertificatesReceived& received : notice.certificates) {
        if (std::find(deliveries.begin(), deliveries.end(), received.delivery) == deliveries.end()) deliveries.push_back(received.delivery);
    }
    return deliveries;
}

std::vector<ToReturn> certificates_to_return(const Book& book) {
    std::vector<ToReturn> waiting;
    for (const NoticeId& id : book.notice_ids()) {
        const Notice& notice = *book.notice(id);
        if (notice.certificates.empty() || !no_longer_counts(book, notice)) continue;
        for (const std::string& delivery : certificate_deliveries(notice)) {
            if (lie_here(notice, delivery)) waiting.push_back({id, delivery});
        }
    }
    return waiting;
}

Decision return_certificates(const Book& book, const ReturnCertificates& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) {
        return refuse("ReturnCertificates", notice_name(command.notice), refusal, detail);
    };
    const Life* life = book.life();
    if (life == nullptr) return being_opened(book);
    const Notice* notice = book.notice(command.notice);
    if (notice == nullptr) return refused(Refusal::kUnknownNotice, command.notice);
    if (command.reference.empty()) return refused(Refusal::kValueUnusable, "say what they went back with: the courier's number, a letter's");
    const auto deliveries = certificate_deliveries(*notice);
    if (std::find(deliveries.begin(), deliveries.end(), command.delivery) == deliveries.end()) {
        return refused(Refusal::kValueUnusable, "delivery " + command.delivery + " brought no certificates for " + notice->id);
    }
    if (!lie_here(*notice, command.delivery)) return refused(Refusal::kAlreadyDecided, "delivery " + command.delivery + " went back");
    if (!no_longer_counts(book, *notice)) {
        const bool counts = life->stage != Stage::kOpen && life->stage != Stage::kExpired && life->stage != Stage::kCounted;
        return counts ? refused(Refusal::kNotAllowedByTerms, notice->id + " counts: its certificates are exercised")
                      : refused(Refusal::kTooEarly, notice->id + " may still count");
    }
    Decision decision;
    decision.reads = {life_name(), funding_name(notice->id), cover_name(notice->id)};
    return decision.add(CertificatesReturned{notice->id, command.delivery, command.reference, context.now});
}

}  // namespace rightsdesk::domain
