#include "domain/keying.h"

#include <algorithm>
#include <tuple>

#include "base/texts.h"
#include "domain/deadlines.h"
#include "domain/notice_deciding.h"

namespace rightsdesk::domain {

namespace {

constexpr std::int64_t kMostKeyed = 1'000'000'000'000'000;  // of shares, rights and cents
constexpr std::size_t kMostListed = 256;                    // names, signatures, certificates
constexpr std::size_t kMostKeyedText = 1'000;               // octets

bool says(const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

template <class T>
bool is_there(const std::optional<T>& field) { return field.has_value(); }
template <class T>
bool is_there(const std::vector<T>& field) { return !field.empty(); }

template <class T>
void clear(std::optional<T>& field) { field.reset(); }
template <class T>
void clear(std::vector<T>& field) { field.clear(); }

// ---- a field's value in words: for the hash that a second keying is compared by, and for its bounds ----

std::string in_words(const std::string& value) { return std::to_string(value.size()) + ":" + value; }
std::string in_words(std::int32_t value) { return std::to_string(value); }
template <class Tag, class Number>
std::string in_words(base::Quantity<Tag, Number> value) { return std::to_string(value.value); }
template <base::DescribedEnum E>
std::string in_words(E value) { return to_text(value); }
template <class T>
std::string in_words(const std::optional<T>& value) { return value ? in_words(*value) : "-"; }
template <class T>
std::string in_words(const std::vector<T>& values) {
    std::string text = std::to_string(values.size());
    for (const T& value : values) text += "," + in_words(value);
    return text;
}

std::string text_of(const NoticeFields& fields) {
    std::string text = "keyed";
    NoticeFields::visit_members(fields, [&](std::string_view name, const auto& value) { text += "|" + std::string(name) + "=" + in_words(value); });
    return text;
}

bool within(const std::string& value) { return value.size() <= kMostKeyedText; }
bool within(std::int32_t value) { return value >= 0 && value <= 10'000; }
bool within(Date value) { return value.value > -200'000 && value.value < 200'000; }  // some five centuries each way
template <class Tag>
bool within(base::Quantity<Tag> value) { return value.value >= 0 && value.value <= kMostKeyed; }
template <base::DescribedEnum E>
bool within(E) { return true; }
template <class T>
bool within(const std::optional<T>& value) { return !value || within(*value); }
template <class T>
bool within(const std::vector<T>& values) {
    return values.size() <= kMostListed && std::all_of(values.begin(), values.end(), [](const T& value) { return within(value); });
}

std::string cut(std::string text) { return base::shortened(std::move(text), kMaxReadText); }

// ---- what was keyed ----

std::string against_names(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        if (!says(notice_field_names(), name)) return "there is no field \"" + cut(name) + "\"";
    }
    return "";
}

// Why it cannot be taken; empty when it can.
std::string against_keyed(const ReadingOnFile& reading, const KeyNotice& command) {
    if (std::string wrong = against_names(command.blank); !wrong.empty()) return wrong;
    std::vector<std::string> given, beyond, twice, open;
    NoticeFields::visit_members(command.fields, [&](std::string_view name, const auto& value) {
        const std::string field(name);
        if (!within(value)) beyond.push_back(field);
        if (is_there(value)) given.push_back(field);
        if (is_there(value) && says(command.blank, field)) twice.push_back(field);
    });
    for (const std::string& field : reading.missing) {
        if (says(notice_field_names(), field) && !says(given, field) && !says(command.blank, field)) open.push_back(field);
    }
    if (!beyond.empty()) return "out of bounds: " + base::joined(beyond);
    if (!twice.empty()) return "given and said to be blank: " + base::joined(twice);
    if (!open.empty()) return "neither given nor said to be blank: " + base::joined(open);
    return "";
}

NoticeFields keyed_over(const std::optional<NoticeFields>& read, const KeyNotice& command) {
    NoticeFields fields = read ? merged_fields(command.fields, *read) : command.fields;
    NoticeFields::visit_members(fields, [&](std::string_view name, auto& value) {
        if (says(command.blank, std::string(name))) clear(value);
    });
    return fields;
}

// As it was handed over: what was said against that holds on, but for what has been cured since.
Arrival arrival_of(const Life& life, const Notice& notice) {
    const bool whole = !has_reason(notice.reasons, Reason::kIncompleteFax);
    return {notice.deliveries.front(), whole, confirmed_in_time(life, notice), !has_reason(notice.reasons, Reason::kStampGap)};
}

NoticeKeyed keyed_event(Notice notice, const Context& context) {
    notice.reading->keyed_by = context.person;
    notice.reading->keyed_at = context.now;
    NoticeKeyed event;
    event.by = context.person;
    event.at = context.now;
    event.notice = std::move(notice);
    return event;
}

// It is `same`: that one has whatever came for it.
Decision keyed_as_known(const Life& life, const Notice& notice, const Notice& same, const NoticeFields& fields, const Context& context) {
    Decision decision;
    decision.reads = {life_name(), notice_name(same.id)};
    Notice after = notice;
    after.status = NoticeStatus::kLinked;
    after.reasons = without(notice.reasons, {Reason::kAwaitingKeying});
    after.reading->same_as = same.id;
    after.certificates.clear();
    decision.add(keyed_event(std::move(after), context));
    for (Event& event : link_delivery(life, same, fields, arrival_of(life, notice)).events) decision.add(std::move(event));
    for (const CertificatesReceived& received : notice.certificates) decision.add(CertificatesDelivered{same.id, received, certificate_keys(received.certificate_numbers, context)});
    if (notice.confirmed_by_telephone && !same.confirmed_by_telephone) decision.add(NoticeConfirmed{same.id, notice.confirmed_at.value_or(context.now), {}});
    return decision;
}

Decision keyed_by_itself(const Book& book, const Notice& notice, const NoticeFields& fields, const Recognised& known, const Context& context) {
    const Life& life = *book.life();
    Notice after = notice;
    take_recognised(known, after);
    after.reasons = judge_notice(life, fields, arrival_of(life, notice), after.on_register);
    if (after.possible_duplicate_of) after.reasons.push_back(Reason::kPossibleDuplicate);
    if (known.exceeds) after.reasons.push_back(Reason::kRightsBeyondRegister);
    after.reasons = in_order(without(without(after.reasons, notice.cured), notice.waived));
    after.status = status_from(after.reasons);
    after.content = content_of(fields);
    after.basic_entitlement = basic_entitlement(life.terms, fields.rights_held.value_or(Rights(0)));
    NoticeKeyed event = keyed_event(std::move(after), context);
    event.sealed.personal = personal_of(fields);
    Decision decision;
    decision.reads = {life_name()};
    decision.add(std::move(event));
    rest_on(book, known, notice.id, decision);
    return decision;
}

Decision refused(const KeyNotice& command, Refusal refusal, std::string detail) { return refuse("KeyNotice", notice_name(command.notice), refusal, std::move(detail)); }

// One that does not wait: keyed with these very values, or there is nothing to key.
Decision not_waiting(const Notice& notice, const KeyNotice& command, const std::string& keyed_as) {
    const bool keyed = notice.reading && !notice.reading->keyed_by.empty();
    if (keyed && notice.reading->keyed_as == keyed_as) {
        NoticeKeyed again;
        again.notice = notice;
        again.by = notice.reading->keyed_by;
        again.at = *notice.reading->keyed_at;
        again.again = true;
        Decision decision;
        decision.reads = {notice_name(notice.id)};
        return decision.add(std::move(again));
    }
    if (keyed) return refused(command, Refusal::kKeyedOtherwise, "by " + notice.reading->keyed_by);
    if (is_final(notice.status)) return refused(command, Refusal::kAlreadyDecided, "the notice is " + to_text(notice.status));
    return refused(command, Refusal::kNothingToDo, "the notice was read: cure, amend or reject it");
}

}  // namespace

bool awaits_keying(const Notice& notice) { return notice.status == NoticeStatus::kAwaitingKeying; }

bool holds_up_counting(const Life& life, const Notice& notice) {
    if (!awaits_keying(notice) || has_reason(notice.reasons, Reason::kMisdirected)) return false;
    const bool may_be_extended = life.stage == Stage::kOpen || life.stage == Stage::kExpired;
    return may_be_extended || !has_reason(notice.reasons, Reason::kLate);
}

Instant keying_due(const Life& life, const Notice& notice, Instant now) {
    if (life.stage == Stage::kOpen && now <= life.expiration.instant) return life.expiration.instant;
    const auto cover = cover_deadline(life.terms, day_received(life, counting_delivery(life, notice).stamp), life.expiration);
    return cover ? std::max(cover->deadline.instant, life.expiration.instant) : life.expiration.instant;
}

std::vector<ToBeKeyed> to_be_keyed(const Book& book, Instant now) {
    std::vector<ToBeKeyed> waiting;
    for (const NoticeId& id : book.notice_ids()) {
        const Notice& notice = *book.notice(id);
        if (awaits_keying(notice)) waiting.push_back({id, counting_delivery(*book.life(), notice).stamp, keying_due(*book.life(), notice, now)});
    }
    std::sort(waiting.begin(), waiting.end(), [](const ToBeKeyed& left, const ToBeKeyed& right) {
        return std::tie(left.too_late_at, left.stamp, left.notice) < std::tie(right.too_late_at, right.stamp, right.notice);
    });
    return waiting;
}

const std::vector<std::string>& notice_field_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        const NoticeFields none;
        NoticeFields::visit_members(none, [&](std::string_view name, const auto&) { all.emplace_back(name); });
        return all;
    }();
    return names;
}

ReadingOnFile on_file(const NoticeReading& reading) {
    ReadingOnFile kept{cut(reading.layout), cut(reading.reason), {}};
    for (const std::string& field : reading.missing) {
        if (says(notice_field_names(), field) && !says(kept.missing, field)) kept.missing.push_back(field);
    }
    return kept;
}

std::vector<ReadField> within_bounds(const std::vector<ReadField>& fields) {
    std::vector<ReadField> kept(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(std::min(fields.size(), kMaxReadFields)));
    for (ReadField& field : kept) {
        field.field = cut(std::move(field.field));
        field.text = cut(std::move(field.text));
        if (field.candidates.size() > kMaxReadCandidates) field.candidates.resize(kMaxReadCandidates);
        for (std::string& candidate : field.candidates) candidate = cut(std::move(candidate));
    }
    return kept;
}

Decision await_keying(const Life& life, const NoticeId& id, const SubmitNotice& command, const Arrival& arrival) {
    Notice notice;
    notice.id = id;
    notice.reasons = without(judge_notice(life, std::nullopt, arrival), {Reason::kUnreadable});
    notice.reasons.push_back(Reason::kAwaitingKeying);
    notice.reasons = in_order(std::move(notice.reasons));
    notice.status = status_from(notice.reasons);
    notice.deliveries = {arrival.delivery};
    notice.reading = on_file(*command.reading);
    NoticeDecided event;
    event.notice = std::move(notice);
    event.sealed.personal.read = command.keyed;
    event.sealed.personal.readings = within_bounds(command.reading->fields);
    Decision decision;
    decision.reads = {life_name()};
    return decision.add(std::move(event));
}

Decision key_notice(const Book& book, const KeyNotice& command, const std::optional<NoticeFields>& read, const Context& context) {
    const Life* life = book.life();
    if (life == nullptr) return being_opened(book);
    const Notice* notice = book.notice(command.notice);
    if (notice == nullptr) return refused(command, Refusal::kUnknownNotice, command.notice);
    if (context.person.empty()) return refused(command, Refusal::kNotPermitted, "this takes a person");
    const NoticeFields fields = keyed_over(read, command);
    const std::string keyed_as = context.hash_key(text_of(fields));
    if (!awaits_keying(*notice)) return not_waiting(*notice, command, keyed_as);
    if (life->stage >= Stage::kTabulated) return refused(command, Refusal::kTooLate, "the offering is " + to_text(stage_of(book)));
    if (std::string wrong = against_keyed(*notice->reading, command); !wrong.empty()) return refused(command, Refusal::kValueUnusable, std::move(wrong));
    if (has_reason(judge_notice(*life, fields, arrival_of(*life, *notice)), Reason::kUnreadable)) {
        return refused(command, Refusal::kValueUnusable, "nothing of it makes a notice: rightsdesk notice reject " + notice->id + " --why ...");
    }
    Notice keyed = *notice;
    keyed.reading->keyed_as = keyed_as;
    const Recognised known = recognised(book, notice->id, fields, context);
    if (!known.acquaintance.same) return keyed_by_itself(book, keyed, fields, known, context);
    const NoticeId& same = *known.acquaintance.same;
    if (!book.payments_of(notice->id).empty()) {
        return refused(command, Refusal::kAlreadyMatched, "it is " + same + ", and money is matched to this one: rightsdesk payment unmatch first");
    }
    return keyed_as_known(*life, keyed, *book.notice(same), fields, context);
}

}  // namespace rightsdesk::domain
