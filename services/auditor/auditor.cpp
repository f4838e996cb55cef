#include "auditor/auditor.h"

#include <algorithm>
#include <string>
#include <vector>

#include "domain/book.h"
#include "domain/civil.h"
#include "runtime/log_line.h"
#include "store/chain_walk.h"
#include "wire/wire.h"

namespace rightsdesk::auditor {

base::Result<> Auditor::start() {
    auto damaged = files_.damaged();
    if (!damaged) return tl::unexpected(damaged.error());
    damaged_ = std::move(*damaged);
    const auto logs = files_.logs();
    if (!logs) return tl::unexpected(logs.error());
    for (const std::string& log : *logs) {
        const auto last = files_.last(log);
        if (!last) return tl::unexpected(last.error());
        if (!*last) continue;
        const store::Head head{(*last)->sequence, (*last)->link, (*last)->epoch};
        places_[log] = Place{head, head, false};
    }
    return {};
}

base::Result<bool> Auditor::step() {
    const auto incarnation = store_.incarnation();
    if (!incarnation) return tl::unexpected(incarnation.error());
    // Another store, or the same started again: is what was signed there?
    if (*incarnation != incarnation_) {
        for (auto& [log, place] : places_) place.met = false;
        incarnation_ = *incarnation;
    }
    const auto logs = store_.logs();
    if (!logs) return tl::unexpected(logs.error());
    for (const std::string& log : *logs) places_.try_emplace(log);
    bool more = false;
    std::vector<std::string> away;
    base::Result<bool> first_away = false;
    for (auto& [log, place] : places_) {
        const auto lies_there = [&, &name = log](const std::string& other) { return store_.lie_together(other, name); };
        if (damaged_.contains(log) || std::any_of(away.begin(), away.end(), lies_there)) continue;
        const auto followed = follow(log, place);
        if (followed) {
            more = more || *followed;
        } else if (followed.error().kind == base::ErrorKind::kUnavailable) {
            if (first_away) first_away = tl::unexpected(followed.error());
            away.push_back(log);
        } else if (followed.error().kind == base::ErrorKind::kCorrupt) {
            if (const auto told = give_up(log, followed.error().message); !told) return tl::unexpected(told.error());
        } else {
            return followed;
        }
    }
    return first_away ? base::Result<bool>(more) : first_away;
}

base::Result<bool> Auditor::goes_without_replica() {
    const auto state = store_.load_state(domain::kDesk, domain::replica_name());
    if (!state) return tl::unexpected(state.error());
    if (!*state) return false;
    const auto entity = wire::decode_state((*state)->state);
    if (!entity) return tl::unexpected(entity.error());
    const auto* standing = std::get_if<domain::ReplicaStanding>(&*entity);
    return standing != nullptr && standing->waived;
}

base::Result<store::Sequence> Auditor::signable(const std::string& log, store::Sequence head) {
    if (replica_ == nullptr) return head;
    const auto without = goes_without_replica();
    if (!without) return tl::unexpected(without.error());
    if (*without) return head;
    const auto there = replica_->head(log);
    if (!there) return base::unavailable("the replica: " + there.error().message);
    return std::min(head, there->sequence);
}

// Reads a step's records and signs what it comes to; true when there may be more.
base::Result<bool> Auditor::follow(const std::string& log, Place& place) {
    const auto head = store_.head(log);
    if (!head) return tl::unexpected(head.error());
    place.head = head->sequence;
    if (head->sequence < place.at.sequence) {
        return base::failure(base::ErrorKind::kCorrupt, "log " + log + ", record " + std::to_string(head->sequence + 1) + ": it is gone; the head of record " +
                                                            std::to_string(place.at.sequence) + " was there before");
    }
    if (!place.met) {
        if (const auto there = store::must_contain(store_, log, place.at); !there) return tl::unexpected(there.error());
        place.met = true;
    }
    const auto until = signable(log, head->sequence);
    if (!until) return tl::unexpected(until.error());
    store::ChainWalk walk(store_, log, place.at);
    std::size_t read = 0;
    while (read < kRecordsPerStep && walk.at().sequence < *until) {
        const auto step = walk.step(std::min<std::uint64_t>(kRecordsPerStep - read, *until - walk.at().sequence));
        if (!step) return tl::unexpected(step.error());
        if (*step == 0) {
            return base::failure(base::ErrorKind::kCorrupt, "log " + log + ", record " + std::to_string(walk.at().sequence + 1) + ": it is missing; the log's head is " +
                                                                std::to_string(head->sequence));
        }
        read += *step;
    }
    if (walk.at().sequence == head->sequence && walk.at().link != head->link) {
        return base::failure(base::ErrorKind::kCorrupt, "log " + log + ", record " + std::to_string(head->sequence) + ": the stored head has another link than the record");
    }
    place.at = walk.at();
    if (place.at.sequence > place.last_signed.sequence) {
        if (const auto done = sign(log, place); !done) return tl::unexpected(done.error());
    }
    return place.at.sequence < *until;
}

base::Result<> Auditor::sign(const std::string& log, Place& place) {
    heads::SignedHead head{log, place.at.epoch, place.at.sequence, place.at.link, domain::instant_text(clock_.now()), ""};
    key_.sign(head);
    if (const auto kept = files_.append(head); !kept) return kept;
    place.last_signed = place.at;
    ++signed_heads_;
    return {};
}

std::map<std::string, store::Sequence> Auditor::unsigned_records() const {
    std::map<std::string, store::Sequence> records;
    for (const auto& [log, place] : places_) records[log] = place.head - std::min(place.head, place.last_signed.sequence);
    return records;
}

base::Result<> Auditor::give_up(const std::string& log, const std::string& why) {
    if (const auto marked = files_.mark_damaged(log, why); !marked) return marked;
    damaged_[log] = why;
    runtime::log_error("#LOG_DAMAGED", {{"log", log}, {"reason", why}});
    return {};
}

}  // namespace rightsdesk::auditor
