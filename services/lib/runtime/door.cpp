// The door: requests in, receipts out.
#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/hash.h"
#include "runtime/desk_service.h"
#include "runtime/log_line.h"

namespace rightsdesk::runtime {

namespace {

constexpr std::size_t kMaxKeptMessage = 64U * 1024U;

base::Bytes kept(const base::Bytes& message) { return message.size() <= kMaxKeptMessage ? message : base::Bytes(); }

domain::Event command_refused(const domain::Envelope& envelope, domain::Refusal refusal, const std::string& detail, const base::Bytes& message) {
    const auto* command = std::get_if<domain::Command>(&envelope.body);
    const std::string type(command == nullptr ? "Question" : base::type_name(*command));
    return domain::CommandRefused{type, "", refusal, detail + (message.size() > kMaxKeptMessage ? " sha256 " + base::sha256_hex(message.view()) : ""),
                                  kept(message)};
}

domain::Receipt to_come_again(const domain::Identity& identity, const std::string& why) {
    domain::Receipt receipt;
    receipt.identity = identity;
    receipt.kind = domain::ReceiptKind::kRetryLater;
    receipt.status = "retry_later";
    receipt.explanation = why;
    return receipt;
}

}  // namespace

std::string DeskService::person_of(const domain::Principal& principal, const domain::Envelope& envelope) {
    if (principal.acts_for_others) return envelope.operator_name;
    for (const domain::Role role : principal.roles) {
        if (role == domain::Role::kOperator) return principal.name;
    }
    return {};
}

// What waits at the door, as far as a turn takes it. At its start a service commits before it has one.
void DeskService::receive_more() {
    const std::size_t most = one_by_one_ > 0 ? 1 : kMaxRequestsPerTurn;
    if (door_ == nullptr || waiting_.size() >= most) return;
    std::vector<bus::Request> requests = door_->receive(most - waiting_.size());
    waiting_.reserve(waiting_.size() + requests.size());
    for (bus::Request& request : requests) waiting_.push_back({std::move(request)});
}

// True when something was recorded. A question, a repeat, a "retry later" leave the desk as idle as it was: whoever waits
// for it to be idle may ask as often as they like.
base::Result<bool> DeskService::serve_door() {
    receive_more();
    if (const auto followed = follow_steps(); !followed) return tl::unexpected(followed.error());
    std::vector<Opened> opened = std::exchange(waiting_, {});
    measured_.requests += opened.size();
    measured_.full_turns += opened.size() >= kMaxRequestsPerTurn ? 1 : 0;
    if (one_by_one_ > 0 && !opened.empty()) --one_by_one_;
    std::vector<bus::Request> requests;
    requests.reserve(opened.size());
    for (Opened& one : opened) requests.push_back(std::move(one.request));
    looked_.reset();
    bool recorded = false;
    std::map<std::string, std::vector<Work>> by_log;
    for (std::size_t at = 0; at < requests.size(); ++at) {
        auto [log, work] = work_for(opened[at], requests[at], at);
        if (work.decide) by_log[log].push_back(std::move(work));
    }
    std::vector<Portion> together;
    for (auto& [log, works] : by_log) {
        Portion portion{&places_.at(log), &works};
        // What is decided for an offering rests on the desk's book, and of money that several offerings could be meant by on theirs too.
        if (log != domain::kDesk && std::none_of(works.begin(), works.end(), [](const Work& work) { return work.looks_at_others; })) {
            together.push_back(std::move(portion));
            continue;
        }
        std::vector<Portion> alone{std::move(portion)};
        if (const auto served = serve_commands(alone, requests); !served) return tl::unexpected(served.error());
    }
    if (const auto served = serve_commands(together, requests); !served) return tl::unexpected(served.error());
    for (const auto& [log, works] : by_log) {
        recorded = recorded || std::any_of(works.begin(), works.end(), [](const Work& work) { return work.outcome == Outcome::kCommitted || work.outcome == Outcome::kConflict; });
    }
    return recorded;
}

// On the stepped clock whoever has a step's receipt may send the next message at once, and it is decided after that step, heard of or not.
// A store that does not answer is left to those who ask it next: every request gets its answer.
base::Result<> DeskService::follow_steps() {
    if (waiting_.empty() || settings_.clock != domain::ClockMode::kStepped || silent_ || !may_write()) return {};
    Place& desk = places_.at(domain::kDesk);
    desk.behind = true;
    const auto read = catch_up(desk);
    if (read) return open_listed_offerings();
    if (!read.error().worth_retrying()) return read;
    note_silence(read.error());
    return {};
}

// Every request gets its answer, also when the store does not answer: then "retry later", and the same identity settles
// what became of it.
base::Result<> DeskService::serve_commands(std::vector<Portion>& portions, const std::vector<bus::Request>& requests) {
    const bool healthy = health_.good();
    const bool without_replica = !healthy && health_.only("replica_missing");
    if (healthy) prepare(portions);
    for (Portion& portion : portions) {
        put_off(portion, healthy);
        if (without_replica && !portion.ended) portion.ended = commit_without_replica(*portion.place, *portion.works);
    }
    commit_together(portions);
    for (Portion& portion : portions) answer_all(portion, requests, without_replica);
    send_published();
    if (healthy) {
        for (const Portion& portion : portions) {
            if (*portion.ended || is_away(*portion.place)) continue;
            const auto left = leave_alone(*portion.place, portion.ended->error());
            if (const auto fatal = left ? left : trouble(left.error()); !fatal) return fatal;
        }
    }
    return {};  // else what is wrong is told already
}

// What is not to be decided now, and why.
void DeskService::put_off(Portion& portion, bool healthy) {
    bool some = healthy;
    for (Work& work : *portion.works) {
        if (healthy || may_be_decided(work)) some = true;
        else work.outcome = Outcome::kRetryLater, work.why = "the desk is not healthy: send the same message again; rightsdesk status says what is wrong";
    }
    if (!some) portion.ended = base::unavailable("the desk is not healthy");
    else if (is_away(*portion.place)) portion.ended = base::unavailable(portion.place->away);
}

void DeskService::answer_all(Portion& portion, const std::vector<bus::Request>& requests, bool without_replica) {
    Place& place = *portion.place;
    const std::string& log = place.ledger->log();
    base::Result<>& committed = *portion.ended;
    if (!without_replica) vouch(place, *portion.works);
    std::vector<Work> conflicts;
    for (Work& work : *portion.works) {
        if (work.outcome == Outcome::kConflict) {
            Work conflict = refusal(requests[work.request], work.request,
                                    domain::IdentityConflicted{work.context.identity, work.first, work.payload_hash, kept(requests[work.request].bytes)},
                                    {work.context.identity.source + "!conflict", domain::number_from_hash(work.payload_hash)});
            conflict.answered = work.answered;
            conflict.why = claim_name(work.context.identity);
            conflicts.push_back(std::move(conflict));
            continue;
        }
        if (!committed && work.why.empty()) work.why = committed.error().message;
        answer(requests[work.request], {work.answered, receipt_for(log, work)}, work.outcome == Outcome::kDuplicate);
    }
    if (committed && !conflicts.empty()) committed = commit_all(place, conflicts);
    vouch(place, conflicts);
    for (Work& conflict : conflicts) {
        if (!committed) conflict.why = committed.error().message;
        answer(requests[conflict.request], {conflict.answered, receipt_for(log, conflict)}, conflict.outcome == Outcome::kDuplicate);
    }
}

// What a request asks to be decided, and in which log. A work without `decide` has been answered already.
std::pair<std::string, DeskService::Work> DeskService::work_of(base::Result<domain::Envelope> envelope, const bus::Request& request, std::size_t place,
                                                               const std::string& hash) {
    if (!envelope) {
        const domain::Identity identity = domain::undecodable_identity(request.principal, request.bytes);
        const std::string item = request.principal + "." + std::to_string(identity.sequence);
        log_warning("#UNDECODABLE", {{"principal", request.principal}, {"sha256", hash}, {"reason", envelope.error().message}});
        return {domain::kDesk, refusal(request, place, domain::ItemQuarantined{item, envelope.error().message, kept(request.bytes)}, identity)};
    }
    const domain::Principal* principal = on_.principals.by_name(request.principal);
    CHECK(principal != nullptr);  // the directory admitted it
    if (std::holds_alternative<domain::Question>(envelope->body)) {
        answer(request, answer_question(request, *envelope));
        return {};
    }
    const auto refused = [&](domain::Refusal why, const std::string& detail) {
        Work work = refusal(request, place, command_refused(*envelope, why, detail, request.bytes), {request.principal + "!refused", domain::number_from_hash(hash)});
        work.answered = envelope->identity;
        return std::pair{std::string(domain::kDesk), std::move(work)};
    };
    const auto& command = std::get<domain::Command>(envelope->body);
    if (envelope->identity.source != request.principal) {
        return refused(domain::Refusal::kNotPermitted, request.principal + " sent an identity of '" + envelope->identity.source + "'");
    }
    if (!envelope->operator_name.empty() && !principal->acts_for_others) {
        return refused(domain::Refusal::kNotPermitted, request.principal + " does not act for others");
    }
    if (!domain::door_takes(on_.handler.name(), command)) return refused(domain::Refusal::kWrongDoor, "this is the door of " + name_);
    if (!domain::may_send(*principal, command)) {
        return refused(domain::Refusal::kNotPermitted, request.principal + " may not send " + std::string(base::type_name(command)));
    }
    const auto routed = log_of(envelope->identity, command);
    if (!routed) {
        answer(request, {envelope->identity, to_come_again(envelope->identity, routed.error().message)});
        return {};
    }
    const std::string& log = *routed;
    Work work;
    work.context = context_for(log);
    work.context.identity = envelope->identity;
    work.command = std::string(base::type_name(command));
    work.answered = envelope->identity;
    work.context.principal = request.principal;
    work.context.person = person_of(*principal, *envelope);
    work.payload_hash = hash;
    work.operator_name = envelope->operator_name;
    work.request = place;
    // It went to the desk for want of an offering, perhaps. Where another instance may take the same message, none must be listed until it
    // is committed: whoever sees one listed sees what the desk said before that.
    work.at_head = log == domain::kDesk && settings_.instances.size() > 1;
    work.decoded = std::make_shared<const domain::Command>(std::get<domain::Command>(std::move(envelope->body)));
    work.decide = [this, log, at_head = work.at_head, decoded = work.decoded](const domain::Context& context) {
        if (at_head && !is_the_desks(*decoded)) return domain::try_later("it belongs elsewhere since a moment ago: send it again");
        return decide_on(log, *decoded, context);
    };
    work.bytes = &request.bytes;
    work.looks_at_others = on_.handler.routes_by_books(*work.decoded);
    hold_back(places_.at(log), work);
    return {log, std::move(work)};
}

// Where a command goes. An identity that a log has already is a repeat, wherever its route would lead today: the desk's log is asked
// first, for it may hold what an offering was given afterwards.
base::Result<std::string> DeskService::log_of(const domain::Identity& identity, const domain::Command& command) {
    const std::string name = claim_name(identity);
    if (const std::string* log = claimed_.log_of(name)) return *log;
    if (on_.handler.routes_by_books(command)) {
        // Another instance may have taken the same message, or one of the same money, a moment ago.
        if (const auto read = look_everywhere(); !read) return tl::unexpected(read.error());
        if (const std::string* log = claimed_.log_of(name)) return *log;
    }
    unhashed_.clear();
    const std::string log = route_of(command);
    if (!unhashed_.empty()) return base::unavailable(unhashed_);
    return places_.contains(log) ? log : std::string(domain::kDesk);
}

// Once for all requests of a turn, also when it fails: a store that hangs is not to be waited for by each of them.
base::Result<> DeskService::look_everywhere() {
    if (!looked_) looked_ = read_everything();
    return *looked_;
}

base::Result<> DeskService::read_everything() {
    if (silent_) return silence();
    for (auto& [log, place] : places_) place.behind = true;
    if (const auto read = catch_up_all(); !read) {
        note_silence(read.error());
        return read;
    }
    const auto away = std::find_if(places_.begin(), places_.end(), [](const auto& place) { return !place.second.away.empty(); });
    if (away != places_.end()) return base::unavailable(away->first + " may have this already and cannot be read: " + away->second.away);
    return {};
}

// Refusals, conflicts and quarantine are records too, each once: their identity is made from what was refused.
DeskService::Work DeskService::refusal(const bus::Request& request, std::size_t place, domain::Event event, const domain::Identity& identity) {
    Work work;
    work.context = context_for(domain::kDesk);
    work.context.identity = identity;
    work.answered = identity;
    work.context.principal = request.principal;
    work.payload_hash = base::sha256_hex(request.bytes.view());
    work.request = place;
    work.decide = [event = std::move(event)](const domain::Context&) {
        domain::Decision decision;
        decision.add(event);
        return decision;
    };
    return work;
}

domain::Receipt DeskService::receipt_for(const std::string& log, const Work& work) {
    const domain::Receipt later = to_come_again(work.context.identity, work.why.empty() ? "not decided: send the same message again" : work.why);
    if (work.outcome != Outcome::kCommitted && work.outcome != Outcome::kDuplicate) return later;
    Place& place = places_.at(log);
    const auto records = records_after(place, work.first - 1, 1);
    if (!records || records->empty()) return later;
    return domain::receipt_of(*records->front().record, log, work.first);
}

domain::Reply DeskService::answer_question(const bus::Request& request, const domain::Envelope& envelope) {
    domain::Reply reply{envelope.identity, domain::Receipt{}};
    const auto& question = std::get<domain::Question>(envelope.body);
    const domain::Principal* principal = on_.principals.by_name(request.principal);
    if (!domain::may_ask(*principal, question)) {
        domain::Receipt receipt;
        receipt.identity = envelope.identity;
        receipt.kind = domain::ReceiptKind::kRefused;
        receipt.status = "refused";
        receipt.reasons = {base::to_text(domain::Refusal::kNotPermitted)};
        receipt.explanation = request.principal + " may not ask this";
        reply.body = receipt;
    } else if (std::holds_alternative<domain::AskHealth>(question)) {
        domain::HealthStatus status{name_, settings_.instance, health_.good(), {}, leases_.held()};
        for (const domain::Alert& alert : health_.alerts(name_)) status.problems.push_back(alert.what);
        reply.body = status;
    } else if (const auto read = settings_.instances.size() < 2 ? base::Result<>() : look_everywhere(); !read) {
        // Whoever asks may have heard of a record that another instance made a moment ago.
        reply.body = to_come_again(envelope.identity, read.error().message);
    } else {
        std::visit([&reply](auto body) { reply.body = std::move(body); }, on_.handler.answer(surroundings(), question));
    }
    return reply;
}

void DeskService::answer(const bus::Request& request, const domain::Reply& reply, bool repeat) {
    const auto* receipt = std::get_if<domain::Receipt>(&reply.body);
    if (receipt != nullptr) measured_.answered(*receipt, repeat);
    else ++measured_.questions;
    door_->answer(request.peer, wire::encode(reply));
}

}  // namespace rightsdesk::runtime
