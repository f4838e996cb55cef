#include "domain/notice_deciding.h"

#include <algorithm>

#include "domain/holder_register.h"
#include "domain/listed_addresses.h"
#include "domain/redecision.h"

namespace rightsdesk::domain {

namespace {

// "fax-1" of "fax-1.17".
std::string source_of(const std::string& item) { return item.substr(0, item.rfind('.')); }

}  // namespace

std::string lowered(std::string hex) {
    std::transform(hex.begin(), hex.end(), hex.begin(), [](char digit) { return digit >= 'A' && digit <= 'F' ? static_cast<char>(digit - 'A' + 'a') : digit; });
    return hex;
}

Delivery delivery_of(const Terms& terms, const SubmitNotice& command, const std::string& item, Instant arrived) {
    Delivery delivery;
    delivery.id = command.delivery.empty() ? item : command.delivery;
    delivery.gateway = source_of(item);
    delivery.channel = command.channel;
    delivery.address = command.address;
    delivery.listed = is_listed(terms.channels, command.channel, command.address);
    delivery.stamp = command.stamp;
    delivery.arrived = arrived;
    delivery.sender_station = command.sender_station;
    delivery.document = lowered(command.sha256);
    delivery.media_type = command.media_type;
    delivery.pages = command.pages;
    return delivery;
}

Personal personal_of(const NoticeFields& fields) {
    Personal personal;
    personal.names = fields.names;
    personal.signatures = fields.signatures;
    personal.address = fields.address.value_or("");
    personal.telephone = fields.telephone.value_or("");
    personal.maker = fields.maker.value_or("");
    personal.guarantor_address = fields.guarantor_address.value_or("");
    personal.guarantor_telephone = fields.guarantor_telephone.value_or("");
    personal.signatory = fields.signatory.value_or("");
    return personal;
}

Decision link_delivery(const Life& life, const Notice& notice, const std::optional<NoticeFields>& fields, Arrival arrival) {
    Decision decision;
    decision.reads = {life_name()};
    decision.add(DeliveryLinked{notice.id, arrival.delivery});
    if (life.stage >= Stage::kTabulated) return decision;
    arrival.confirmed_by_telephone = confirmed_in_time(life, notice);
    auto reasons = without(without(judge_notice(life, fields, arrival, notice.on_register), notice.cured), notice.waived);
    // What the notice has against it together with others does not go with a better copy.
    for (const Reason together : {Reason::kPossibleDuplicate, Reason::kRightsBeyondRegister}) {
        if (has_reason(notice.reasons, together)) reasons.push_back(together);
    }
    reasons = in_order(std::move(reasons));
    if (is_better(reasons, notice.reasons)) {
        decision.add(redecided(notice, RedecisionCause::kDelivery, "a further delivery (" + arrival.delivery.id + ") is better", reasons));
    }
    return decision;
}

Recognised recognised(const Book& book, const NoticeId& id, const std::optional<NoticeFields>& fields, const Context& context) {
    Recognised known;
    if (!fields) return known;
    known.keys = notice_keys(book.life()->terms, *fields, context);
    known.looked_up = look_up(book, fields->certificate_numbers, fields->names, context);
    const bool registered = knows_certificates(known.looked_up.finding, fields->certificate_numbers);
    known.acquaintance = acquaintance_of(book, known.keys, fields->certificate_numbers, registered, id);
    if (!known.acquaintance.same) known.exceeds = exceeds_register(book, id, fields->rights_held.value_or(Rights(0)), known.looked_up);
    return known;
}

void take_recognised(const Recognised& known, Notice& notice) {
    notice.possible_duplicate_of = known.acquaintance.possible_duplicate;
    std::vector<std::string> keys = known.keys.all();
    keys.insert(keys.end(), known.looked_up.keys.begin(), known.looked_up.keys.end());
    for (const std::string& before : notice.keys) {
        if (std::find(keys.begin(), keys.end(), before) == keys.end()) keys.push_back(before);
    }
    notice.keys = std::move(keys);
    notice.on_register = known.looked_up.finding;
}

void rest_on(const Book& book, const Recognised& known, const NoticeId& id, Decision& decision) {
    if (known.looked_up.finding) decision.reads.push_back(register_name());
    if (known.acquaintance.possible_duplicate) decision.reads.push_back(notice_name(*known.acquaintance.possible_duplicate));
    std::vector<std::string> keys = known.keys.all();
    keys.insert(keys.end(), known.looked_up.keys.begin(), known.looked_up.keys.end());
    for (const std::string& key : keys) {
        if (book.with_key(key).empty()) decision.keys.push_back({key, notice_name(id)});
    }
}

}  // namespace rightsdesk::domain
