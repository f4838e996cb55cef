// What an acknowledgement rests on besides its own commit: the replica's word on what was only read, and a store that still holds all that
// this service has folded.
#include <algorithm>

#include "domain/replica.h"
#include "runtime/desk_service.h"
#include "runtime/log_line.h"

namespace rightsdesk::runtime {

std::uint64_t DeskService::epoch_of(const Place& place) const {
    // A log that has no record yet begins in the epoch that the desk is in.
    const std::uint64_t own = place.ledger->head().epoch;
    return std::max<std::uint64_t>(1, own != 0 ? own : places_.at(domain::kDesk).ledger->head().epoch);
}

// As the desk's log has it now; the store, the documents and the keys are told.
void DeskService::follow_waiver() {
    const bool without = domain::goes_without_replica(books_.desk);
    on_.store.go_without_replica(without);
    on_.handler.go_without_replica(without);
    on_.keys.go_without_mirror(without);
    if (without == without_replica_) return;
    without_replica_ = without;
    log_warning(without ? "#WITHOUT_REPLICA" : "#REPLICA_REQUIRED");
    next_health_ = on_.clock.monotonic();
}

// A repeat is answered from the book, and what is in the book may have been read, or committed in a call whose answer was lost: it is
// acknowledged only when the replica has it.
void DeskService::vouch(Place& place, std::vector<Work>& works) {
    const auto rests_on_reading = [&](const Work& work) { return work.outcome == Outcome::kDuplicate && work.first > place.confirmed; };
    if (std::none_of(works.begin(), works.end(), rests_on_reading)) return;
    const store::Sequence read_up_to = place.ledger->head().sequence;
    const auto confirmed = on_.store.confirm(place.ledger->log());
    for (Work& work : works) {
        if (confirmed || !rests_on_reading(work)) continue;
        work.outcome = Outcome::kRetryLater;
        work.why = confirmed.error().message;
    }
    if (confirmed && !without_replica_) place.confirmed = read_up_to;
}

// While nothing but the replica is missing, people may decide to go on without it: that is committed without its word.
base::Result<> DeskService::commit_without_replica(Place& place, std::vector<Work>& works) {
    on_.store.go_without_replica(true);
    on_.keys.go_without_mirror(true);
    without_replica_ = true;
    const auto committed = commit_all(place, works);
    without_replica_ = false;
    follow_waiver();
    return committed;
}

// Another store than the one that this service has read, or an older state of it, has been put in its place: it is not to go on, and not
// to be asked to.
base::Result<> DeskService::check_store_holds_all() {
    for (auto& [log, place] : places_) {
        if (is_away(place)) continue;
        const store::Head& known = place.ledger->head();
        const auto head = on_.store.head(log);
        if (!head) {
            if (const auto left = leave_alone(place, head.error()); !left) return left;
            continue;
        }
        const std::string ours = log + ": this service knows records up to " + std::to_string(known.sequence);
        if (head->sequence < known.sequence) {
            return base::failure(base::ErrorKind::kCorrupt, ours + ", the store only " + std::to_string(head->sequence) + " (runbook, \"A log is shorter than was known\")");
        }
        if (head->sequence == known.sequence && head->link != known.link) {
            return base::failure(base::ErrorKind::kCorrupt, ours + ", and the store has another record under that number (runbook, \"A log is shorter than was known\")");
        }
        for (const auto& [source, cursor] : place.cursors) {
            if (const auto held = check_cursor(log, source, cursor); !held) return held;
        }
    }
    return {};
}

base::Result<> DeskService::check_cursor(const std::string& log, const std::string& source, const Cursor& cursor) {
    if (cursor.saved <= places_.at(source).ledger->head().sequence) return {};
    const auto head = on_.store.head(source);  // another instance may have consumed what is not folded here yet
    if (!head && head.error().worth_retrying()) return {};
    if (!head) return tl::unexpected(head.error());
    if (cursor.saved <= head->sequence) return {};
    return base::failure(base::ErrorKind::kCorrupt, log + ": the cursor of " + name_ + " says that it has handled " + source + " up to record " +
                                                        std::to_string(cursor.saved) + ", and " + source + " ends at " + std::to_string(head->sequence) +
                                                        " (runbook, \"A log is shorter than was known\")");
}

}  // namespace rightsdesk::runtime
