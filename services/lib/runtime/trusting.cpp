// Is the store still the one from which we acknowledged? A store that was started again may hold less than it did, or something
// else: an older copy of its file put in place, a bit that flipped on the disk. Its logs are verified against what the auditor
// signed and what this service has folded before anything is committed there, and the rest behind, in pieces.
#include <algorithm>

#include "runtime/desk_service.h"
#include "runtime/log_line.h"

namespace rightsdesk::runtime {

namespace {

store::Head head_of(const heads::SignedHead& signed_head) { return {signed_head.sequence, signed_head.link, signed_head.epoch}; }

}  // namespace

// The signed head of a log must come by while it is folded.
base::Result<> DeskService::expect_signed(Ledger& ledger) {
    if (on_.heads == nullptr) return {};
    const auto last = on_.heads->last(ledger.log());
    if (!last) return tl::unexpected(last.error());
    if (*last) ledger.expect(head_of(**last));
    return {};
}

// A log that the auditor signed and that is not here, or that it found damaged while we were not there.
base::Result<> DeskService::must_have_every_signed_log() const {
    if (on_.heads == nullptr) return {};
    const auto bad = on_.heads->damaged();
    if (!bad) return tl::unexpected(bad.error());
    if (!bad->empty()) return base::failure(base::ErrorKind::kCorrupt, bad->begin()->second + " (runbook, \"A log is damaged\")");
    const auto logs = on_.heads->logs();
    if (!logs) return tl::unexpected(logs.error());
    for (const std::string& log : *logs) {
        if (!places_.contains(log)) return base::failure(base::ErrorKind::kCorrupt, "log " + log + ", record 1: it is gone; the auditor signed heads of this log");
    }
    return {};
}

base::Result<> DeskService::watch_store() {
    if (!damage_.empty()) return {};
    if (on_.heads != nullptr && on_.clock.monotonic() >= next_look_) {
        const auto bad = on_.heads->damaged();
        if (!bad) return tl::unexpected(bad.error());
        if (!bad->empty()) damaged(bad->begin()->second);
    }
    const auto incarnation = on_.store.incarnation();
    if (!incarnation) return tl::unexpected(incarnation.error());
    if (*incarnation != incarnation_) {
        incarnation_ = *incarnation;
        if (incarnation_ == trusted_) verifying_.reset();  // a connection to the one before
        if (incarnation_ != trusted_) {
            health_.raise("log_unverified", "the store was started again; its logs are being verified", "wait: this clears by itself within seconds", on_.clock.now());
            log_info("#VERIFYING", {{"incarnation", incarnation_}});
            if (const auto begun = verify_again(); !begun) return begun;
        }
    }
    if (!verifying_) return {};
    const auto verified = verifying_->step(kMaxVerifiedPerTurn);
    if (!verified && verified.error().kind == base::ErrorKind::kCorrupt) {
        damaged(verified.error().message);
        return {};
    }
    if (!verified) return verified;
    if (verifying_->recent_is_right() && trusted_ != incarnation_) {
        trusted_ = incarnation_;
        on_.store.trust(trusted_);
        for (auto& [log, place] : places_) place.behind = true;
        health_.clear("log_unverified");
    }
    if (verifying_->done()) {
        log_info("#VERIFIED", {{"records", verifying_->records()}});
        verifying_.reset();
    }
    return {};
}

base::Result<> DeskService::verify_again() {
    std::vector<Reverification::Known> logs;
    logs.reserve(places_.size());
    for (const auto& [log, place] : places_) {
        Reverification::Known known{log, {place.ledger->head()}};
        if (on_.heads != nullptr) {
            const auto last = on_.heads->last(log);
            if (!last && last.error().kind == base::ErrorKind::kCorrupt) {
                damaged(last.error().message);
                return {};
            }
            if (!last) return tl::unexpected(last.error());
            if (*last) known.heads.push_back(head_of(**last));
        }
        logs.push_back(std::move(known));
    }
    verifying_ = std::make_unique<Reverification>(on_.store, std::move(logs));
    return {};
}

void DeskService::damaged(const std::string& what) {
    damage_ = what;
    verifying_.reset();
    health_.clear("log_unverified");
    health_.raise("log_damaged", what, "stop the suite, keep every file as it is, and follow the runbook, \"A log is damaged\"", on_.clock.now());
    log_error("#LOG_DAMAGED", {{"reason", what}});
}

// While the store does not answer or is not to be trusted: every command is told to come again later, and why is told on the feed.
base::Result<bool> DeskService::answer_only() {
    if (const auto served = serve_door(); !served) {
        if (const auto fatal = trouble(served.error()); !fatal) return tl::unexpected(fatal.error());
    }
    idle_ = quiet_ = !verifying_;
    if (!silent_) check_health();  // else that is told already, and what was not written is asked about in a turn that can read
    publish_periodically();
    return verifying_ != nullptr;
}

}  // namespace rightsdesk::runtime
