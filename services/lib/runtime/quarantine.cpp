// What a service cannot decide: counted, quarantined after some attempts, and decided once more when a person releases it.
#include <exception>
#include <new>

#include "base/hash.h"
#include "domain/quarantine.h"
#include "runtime/desk_service.h"
#include "runtime/log_line.h"

namespace rightsdesk::runtime {

namespace {

// With room for the rest of the record.
constexpr int kTurnsOneByOne = 1'000;
constexpr int kMostReleases = 100;  // of one thing that fails again and again
constexpr std::size_t kMostKept = store::kMaxRecordOctets - (64U << 10U);

std::string item_of(const domain::Identity& identity) { return identity.source + "." + std::to_string(identity.sequence); }

}  // namespace

// Refusals, conflicts and what quarantines are this service's own words: they are not counted.
WorkKey DeskService::key_of(const Place& place, const Work& work) {
    if (!work.source.empty()) return {"reaction", place.ledger->log(), work.source, work.reacted_to};
    if (work.decoded) return {"command", work.payload_hash};
    if (work.context.identity.source == "clock") return {"due", place.ledger->log()};
    return {};
}

void DeskService::settle_attempts(const Place& place, const std::vector<Work>& works) {
    if (!attempts_->any()) return;
    for (const Work& work : works) {
        const bool settled = work.outcome != Outcome::kUndecided && work.outcome != Outcome::kRetryLater;
        if (const WorkKey key = key_of(place, work); settled && !key.kind.empty()) attempts_->settled(key);
    }
}

// From here on the work commits that it is in quarantine: with its bytes, its reason, and what stands still for it.
void DeskService::quarantine(const Place& place, Work& work, const std::string& why, int attempts) {
    domain::ItemQuarantined event;
    event.why = why;
    event.work.emplace();
    domain::QuarantinedWork& held = *event.work;
    held.service = name_;
    held.attempts = static_cast<std::uint32_t>(attempts);
    held.at = now();
    if (!work.source.empty()) {
        work.context.identity = {work.source, work.reacted_to};  // where a released message was decided as itself
        work.payload_hash.clear();
        held.source = work.source;
        held.record = work.reacted_to;
        held.entity = work.reacted ? domain::subject_of(work.reacted->event) : domain::EntityName();
        event.item = name_ + "." + work.source + "." + std::to_string(work.reacted_to);
    } else if (work.decoded) {
        held.message = true;
        held.entity = domain::subject_of(*work.decoded);
        work.context.identity = quarantine_identity(work.context.principal, work.payload_hash);
        event.item = item_of(work.context.identity);
        if (work.bytes != nullptr && work.bytes->size() <= kMostKept) event.message = *work.bytes;
        else event.why += "; its bytes are too many to be kept here: its sender has them";
    } else {
        held.entity = domain::life_name();
        event.item = name_ + ".due." + std::to_string(place.ledger->head().sequence + 1);
    }
    log_error("#QUARANTINED", {{"log", place.ledger->log()}, {"item", event.item}, {"attempts", attempts}});
    work.command.clear();
    work.outcome = Outcome::kUndecided;
    work.decide = [event](const domain::Context&) {
        domain::Decision decision;
        decision.add(event);
        return decision;
    };
}

domain::Identity DeskService::quarantine_identity(const std::string& principal, const std::string& payload_hash) {
    return {principal + "!quarantined", domain::number_from_hash(payload_hash)};
}

// A command that this log has in quarantine gets the receipt of that; one about what is frozen waits there too, or is refused
// where a person gave it, who is there to hear it.
void DeskService::hold_back(const Place& place, Work& work) {
    if (const int failures = attempts_->of(key_of(place, work)); failures >= kMostAttempts) return quarantine(place, work, "the service died at it, or it failed", failures);
    const domain::Book& book = place.ledger->book();
    if (book.quarantined().empty()) return;
    const domain::Identity identity = quarantine_identity(work.context.principal, work.payload_hash);
    if (book.quarantined().contains(item_of(identity))) {
        work.context.identity = identity;  // claimed: a repeat
        return;
    }
    const domain::EntityName entity = domain::subject_of(*work.decoded);
    const domain::UnattributedItem* item = domain::frozen_by(book, name_, entity);
    if (item == nullptr) return;
    const std::string why = entity + " stands still because of " + item->id;
    if (work.context.person.empty()) return quarantine(place, work, why, 0);
    work.decide = [refused = domain::refuse(work.command, entity, domain::Refusal::kFrozen, item->id)](const domain::Context&) { return refused; };
}

// ---- what comes to the door ----

base::Result<domain::Envelope> DeskService::decode(const base::Bytes& bytes) {
    const Timed timed(on_.clock, measured_, Stage::kDecode);
    return wire::decode_envelope(bytes);
}

// While the disk is waited for. What fails here is left for its turn, which counts it; what ends the process counts as it does there.
void DeskService::open(Opened& waiting) {
    waiting.hash = base::sha256_hex(waiting.request.bytes.view());
    const WorkKey key{"decode", waiting.hash};
    if (attempts_->of(key) >= kMostAttempts) return;
    const AtWork marked(*attempts_, key);
    try {
        waiting.envelope = decode(waiting.request.bytes);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception&) {
        waiting.envelope.reset();
    }
}

// Reading and routing count as attempts too, of bytes of which nobody knows yet whose they are.
std::pair<std::string, DeskService::Work> DeskService::work_for(Opened& opened, const bus::Request& request, std::size_t place) {
    const std::string hash = opened.hash.empty() ? base::sha256_hex(request.bytes.view()) : std::move(opened.hash);
    const WorkKey key{"decode", hash};
    std::string why = "reading it ended the service";
    if (attempts_->of(key) < kMostAttempts) {
        try {
            const AtWork marked(*attempts_, key);
            auto made = work_of(opened.envelope ? std::move(*opened.envelope) : decode(request.bytes), request, place, hash);
            if (attempts_->any()) attempts_->settled(key);
            return made;
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const std::exception& thrown) {
            why = thrown.what();
        }
        const auto failures = attempts_->failed(key);
        log_error("#DECISION_FAILED", {{"work", key.text()}, {"attempt", failures.value_or(0)}, {"reason", why}});
        if (failures.value_or(0) < kMostAttempts) return {};  // not answered: its sender sends it again
    }
    const domain::Identity identity = domain::undecodable_identity(request.principal, request.bytes);
    domain::ItemQuarantined event{item_of(identity), why, request.bytes.size() <= kMostKept ? request.bytes : base::Bytes()};
    return {domain::kDesk, refusal(request, place, std::move(event), identity)};
}

std::string DeskService::route_of(const domain::Command& command) {
    if (const auto* releasing = std::get_if<domain::ReleaseItem>(&command)) return releasing->offering.empty() ? std::string(domain::kDesk) : releasing->offering;
    return on_.handler.route(surroundings(), command);
}

domain::Decision DeskService::decide_on(const std::string& log, const domain::Command& command, const domain::Context& context) {
    if (const auto* releasing = std::get_if<domain::ReleaseItem>(&command)) return release(log, *releasing, context);
    return on_.handler.decide(surroundings(), log, command, context);
}

// A repeat is answered from the log, and what is in quarantine is not touched: neither needs preparing. What cannot be prepared is
// decided all the same, and counted there.
void DeskService::prepare(const std::vector<Portion>& portions) {
    std::vector<const domain::Command*> commands;
    std::string_view hash;
    for (const Portion& portion : portions) {
        if (is_away(*portion.place)) continue;
        for (const Work& work : *portion.works) {
            if (!work.decoded || work.command.empty() || portion.place->ledger->claim(claim_name(work.context.identity)) != nullptr) continue;
            commands.push_back(work.decoded.get());
            hash = work.payload_hash;
        }
    }
    if (commands.empty()) return;
    try {
        const AtWork marked(*attempts_, commands.size() == 1 ? WorkKey{"command", hash} : WorkKey{"prepare", "several"});
        on_.handler.prepare(commands);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& thrown) {
        log_error("#NOT_PREPARED", {{"commands", commands.size()}, {"reason", thrown.what()}});
    }
}

// Who died while it prepared several at once takes them one by one for a while, so that the next death names its cause.
void DeskService::look_at_last_death() {
    if (!attempts_->died_at()) return;
    log_error("#DIED_AT_WORK", {{"work", *attempts_->died_at()}});
    if (attempts_->died_at()->starts_with("prepare")) {
        one_by_one_ = kTurnsOneByOne;
        attempts_->settled({"prepare", "several"});
    }
}

// ---- reacting, and what was released ----

domain::Decision DeskService::react_to(const std::string& target, const std::string& source, const domain::Record& record, const domain::Context& context) {
    if (record.service == name_ && target == source) {
        if (const auto* released = std::get_if<domain::QuarantineReleased>(&record.event)) return decide_again(target, *released, context);
    }
    return on_.handler.react(surroundings(), target, source, record, context);
}

// A reaction to a record of what is frozen waits with it.
void DeskService::hold_back_reaction(const Place& target, Work& work) {
    const domain::Book& book = target.ledger->book();
    if (book.quarantined().empty()) return;
    const domain::UnattributedItem* item = domain::frozen_by(book, name_, domain::subject_of(work.reacted->event));
    if (item != nullptr) quarantine(target, work, domain::subject_of(work.reacted->event) + " stands still because of " + item->id, 0);
}

// What a release is of in the end: an item that failed once more was quarantined because of its release. Null: of nothing that
// there is.
base::Result<const domain::UnattributedItem*> DeskService::released_item(const std::string& log, const domain::QuarantineReleased& released) {
    const domain::UnattributedItem* item = books_.book(log).item(released.item);
    for (int again = 0; item != nullptr && item->work && again < kMostReleases; ++again) {
        if (item->work->message || item->work->source != log || item->work->record == 0) return item;
        const auto records = records_after(places_.at(log), item->work->record - 1, 1);
        if (!records) return tl::unexpected(records.error());
        if (records->empty()) return nullptr;
        const auto* before = std::get_if<domain::QuarantineReleased>(&records->front().record->event);
        if (before == nullptr || records->front().record->service != name_) return item;
        item = books_.book(log).item(before->item);
    }
    return nullptr;
}

// What a released message is decided as: itself, as if it had come now. Its bytes were kept, unless they were too many.
void DeskService::take_up_again(Work& work, const std::string& log) {
    const auto* released = std::get_if<domain::QuarantineReleased>(&work.reacted->event);
    if (released == nullptr || work.reacted->service != name_ || work.source != log) return;
    const auto item = released_item(log, *released);
    if (!item || *item == nullptr) return;  // react_to says so
    const domain::QuarantinedWork& held = *(*item)->work;
    if (!held.message && held.record != 0) work.context.identity = {held.source, held.record};
    if (!held.message) return;
    const auto record = record_of(log, (*item)->id);
    if (!record) {
        work.decide = [why = record.error().message](const domain::Context&) { return domain::try_later(why); };
        return;
    }
    const auto* quarantined = std::get_if<domain::ItemQuarantined>(&record->event);
    const auto envelope = wire::decode_envelope(quarantined == nullptr ? base::Bytes() : quarantined->message);
    const auto* command = envelope ? std::get_if<domain::Command>(&envelope->body) : nullptr;
    if (command == nullptr) return;
    const domain::Principal* principal = on_.principals.by_name(record->principal);
    work.context.identity = envelope->identity;
    work.context.principal = record->principal;
    work.context.person = principal == nullptr ? std::string() : person_of(*principal, *envelope);
    work.payload_hash = record->payload_hash;
    work.operator_name = envelope->operator_name;
    work.command = std::string(base::type_name(*command));
    work.looks_at_others = on_.handler.routes_by_books(*command);
    work.decide = [this, log, given = *command](const domain::Context& context) { return on_.handler.decide(surroundings(), log, given, context); };
}

// Of a reaction. What time makes due is looked at anyway.
domain::Decision DeskService::decide_again(const std::string& log, const domain::QuarantineReleased& released, const domain::Context& context) {
    const auto item = released_item(log, released);
    if (!item) return domain::try_later(item.error().message);
    if (*item == nullptr || (*item)->work->message || (*item)->work->record == 0) return {};
    const domain::QuarantinedWork& held = *(*item)->work;
    const auto source = places_.find(held.source);
    if (source == places_.end()) return domain::try_later("the log " + held.source + " is not read yet");
    const auto records = records_after(source->second, held.record - 1, 1);
    if (!records || records->empty()) return domain::try_later("record " + std::to_string(held.record) + " of " + held.source + " cannot be read now");
    return react_to(log, held.source, *records->front().record, context);
}

// Whether what time makes due in a log is in quarantine.
bool DeskService::due_is_held(const std::string& log) const {
    const domain::Book& book = books_.book(log);
    for (const std::string& id : book.quarantined()) {
        const domain::QuarantinedWork& work = *book.item(id)->work;
        if (work.service == name_ && !work.message && work.record == 0) return true;
    }
    return false;
}

// An operator's word at this door, about this service's work.
domain::Decision DeskService::release(const std::string& log, const domain::ReleaseItem& command, const domain::Context& context) const {
    const domain::OfferingId offering = command.offering.empty() ? std::string(domain::kDesk) : command.offering;
    if (offering != log) return domain::refuse("ReleaseItem", domain::item_name(command.item), domain::Refusal::kUnknownOffering, command.offering);
    return domain::release_item(books_.book(log), command, context);
}

}  // namespace rightsdesk::runtime
