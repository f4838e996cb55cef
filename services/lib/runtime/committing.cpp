// Deciding a batch on trial, committing it with one durable write, and keeping or taking back the trial.
#include <algorithm>
#include <exception>
#include <new>
#include <unordered_set>
#include <utility>

#include "base/check.h"
#include "base/hash.h"
#include "runtime/desk_service.h"
#include "runtime/log_line.h"

namespace rightsdesk::runtime {

// An item folded on trial into the book; taken back when its commit did not hold.
struct DeskService::Trial {
    explicit Trial(Work& of, domain::Book& book) : work(of), folding(book) {}
    Work& work;
    domain::Folding folding;
    std::vector<domain::Record> records;
    std::vector<std::string> digests;
    std::vector<base::Bytes> encoded;  // the records, to be published once they are committed
    store::Item item;
    std::size_t octets = 0;
    store::Sequence passed = 0;  // of a reaction: so far its commit moves the cursor
};

namespace {

// What a decision that throws has folded so far is taken back. Taking back twice is nothing.
class UndoneOnThrow {
public:
    explicit UndoneOnThrow(domain::Folding& folding) : folding_(folding) {}
    UndoneOnThrow(const UndoneOnThrow&) = delete;
    UndoneOnThrow& operator=(const UndoneOnThrow&) = delete;
    ~UndoneOnThrow() {
        if (std::uncaught_exceptions() > before_) folding_.undo();
    }

private:
    domain::Folding& folding_;
    int before_ = std::uncaught_exceptions();
};

std::vector<domain::Record> records_of(domain::Decision& decision, const domain::Context& context, const std::string& payload_hash,
                                       const std::string& operator_name) {
    std::vector<domain::Record> records;
    records.reserve(decision.events.size());
    for (domain::Event& event : decision.events) {
        records.push_back({context.service, context.now, context.identity, payload_hash, context.principal, operator_name,
                           static_cast<std::uint32_t>(records.size()), static_cast<std::uint32_t>(decision.events.size()), std::move(event)});
    }
    return records;
}

// As the store counts them.
std::size_t operations_of(const store::Item& item) {
    return item.identities.size() + item.index.size() + item.reads.size() + item.writes.size() + item.events.size() + (item.cursor ? 1 : 0) + (item.head ? 1 : 0) + (item.after_all ? 1 : 0);
}

// What the store would refuse for its size: a sender must not be able to end the service with it. Empty when nothing is.
std::string what_is_too_large(const store::Item& item) {
    std::size_t octets = 0;
    for (const store::EventWrite& event : item.events) {
        octets += event.record.size();
        if (event.record.size() > store::kMaxRecordOctets) return "its record would have " + std::to_string(event.record.size()) + " octets";
    }
    for (const store::EntityWrite& write : item.writes) {
        octets += write.state.size();
        if (write.state.size() > wire::kMaxStateOctets) return "the state of " + write.entity + " would have " + std::to_string(write.state.size()) + " octets";
    }
    if (octets > kMaxBatchOctets) return "it would make " + std::to_string(octets) + " octets";
    const std::size_t operations = operations_of(item);
    return operations > store::kMaxOperationsPerBatch ? "it would take " + std::to_string(operations) + " operations in one commit" : "";
}

// Commands are refused before: only what follows from a record or from the time, an effect on very many, comes so far.
base::Error larger_than_a_commit(const std::string& log, const base::Error& refused) {
    return {refused.kind, log + ": what follows here does not fit into one commit (" + refused.message +
                              "). Nothing is lost or half done, and this service can do no more for anybody until it is enlarged: tell the engineer on call "
                              "(runbook, \"An offering that is too large\")"};
}

}  // namespace

// Commits every work that has something to commit, in order. On return each has its outcome, or an error says that what
// is still undecided has an unknown one.
base::Result<> DeskService::commit_all(Place& place, std::vector<Work>& works) {
    std::vector<Portion> alone{{&place, &works}};
    commit_together(alone);
    return *alone.front().ended;
}

// The same for several logs, with one wait for the disk. How one ends concerns no other, but for a store that does not answer: it is
// asked no more in this turn.
void DeskService::commit_together(std::vector<Portion>& portions) {
    for (;;) {
        std::vector<store::Batch> batches;
        std::vector<std::pair<Portion*, std::vector<std::unique_ptr<Trial>>>> tried;
        std::size_t octets = 0;
        for (Portion& portion : portions) {
            if (portion.ended) continue;
            if (octets > kMaxBatchOctets) break;  // the rest after these
            auto trials = try_portion(portion);
            if (!trials) end(portion, trials.error());
            if (portion.ended) continue;
            for (const auto& trial : *trials) octets += trial->octets;
            batches.push_back(batch_of(*portion.place, *trials));
            tried.emplace_back(&portion, std::move(*trials));
        }
        if (tried.empty()) return;
        if (silent_) {
            for (auto& [portion, trials] : tried) {
                take_back(trials);
                portion->ended = silence();
            }
            continue;
        }
        const auto began = on_.clock.monotonic();
        receive_more();
        const auto closed = std::find_if(waiting_.begin(), waiting_.end(), [](const Opened& one) { return one.hash.empty(); });
        const auto open_them = [&] { std::for_each(closed, waiting_.end(), [this](Opened& one) { open(one); }); };
        const auto results = closed == waiting_.end() ? on_.store.commit_several(batches) : on_.store.commit_several(batches, open_them);
        const auto ended = on_.clock.monotonic();
        CHECK(results.size() == batches.size());
        const std::size_t waits = (batches.size() + on_.store.lanes() - 1) / on_.store.lanes();
        watch_->pace().took((ended - began) / static_cast<std::int64_t>(waits), ended);
        for (const store::Batch& batch : batches) measured_.committed(batch.items.size(), ended - began);
        for (std::size_t at = 0; at < tried.size(); ++at) settle(*tried[at].first, tried[at].second, results[at]);
    }
}

// Of a portion that cannot be committed. When all of the store does not answer, that is remembered for the turn.
void DeskService::end(Portion& portion, const base::Error& error) {
    portion.ended = tl::unexpected(error);
    if (on_.store.lie_together(portion.place->ledger->log(), domain::kDesk)) note_silence(error);
}

// What it would commit next; when that is nothing, it has ended.
base::Result<std::vector<std::unique_ptr<DeskService::Trial>>> DeskService::try_portion(Portion& portion) {
    if (silent_) return tl::unexpected(silence().error());
    Place& place = *portion.place;
    std::vector<Work>& works = *portion.works;
    if (const auto key = on_.keys.key_to_write(place.ledger->log()); !key) return tl::unexpected(key.error());
    if (const auto read = catch_up(place); !read) return tl::unexpected(read.error());
    if (const auto followed = follow_time(*place.ledger); !followed) return tl::unexpected(followed.error());
    // What another instance did of an effect in parts, this one must not do from memory: the book says what is left.
    if (std::exchange(place.peer_wrote, false)) {
        for (auto& [source, cursor] : place.cursors) cursor.unfinished = nullptr;
        for (Work& work : works) work.context.unfinished = nullptr;
    }
    const auto began = on_.clock.monotonic();
    auto trials = try_works(place, works);
    measured_.took(Stage::kDecide, on_.clock.monotonic() - began);
    if (trials && trials->empty()) {
        settle_attempts(place, works);
        portion.ended.emplace();
    }
    return trials;
}

store::Batch DeskService::batch_of(const Place& place, std::vector<std::unique_ptr<Trial>>& trials) const {
    store::Batch batch;
    batch.log = place.ledger->log();
    batch.epoch = epoch_of(place);
    batch.items.reserve(trials.size());
    for (const auto& trial : trials) batch.items.push_back(std::move(trial->item));
    return batch;
}

void DeskService::settle(Portion& portion, std::vector<std::unique_ptr<Trial>>& trials, const store::Result<std::vector<store::ItemResult>>& results) {
    Place& place = *portion.place;
    const std::string& log = place.ledger->log();
    measured_.batch_ended(results.has_value(), results && std::all_of(results->begin(), results->end(), [](const auto& one) { return one.outcome == store::ItemOutcome::kCommitted; }));
    if (!results) {
        take_back(trials);
        place.behind = place.unpublished = true;  // it may be committed all the same
        end(portion, results.error().kind == base::ErrorKind::kInvalid ? larger_than_a_commit(log, results.error()) : results.error());
        return;
    }
    const auto held = accept(place, trials, *results);
    if (!held) return end(portion, held.error());
    if (*held) return;
    // That nothing followed from a record was found beside what did not hold: what follows without it is decided anew.
    for (Work& work : *portion.works) {
        if (work.outcome == Outcome::kNothing) work.outcome = Outcome::kUndecided;
    }
    if (++portion.attempts < kMaxAttempts) return;
    const auto refused = std::find_if(results->begin(), results->end(), [](const auto& result) { return result.outcome != store::ItemOutcome::kCommitted; });
    log_warning("#CONTENDED", {{"log", log}, {"attempts", kMaxAttempts}, {"reason", refused->detail.empty() ? "its number was taken before" : refused->detail}});
    portion.ended.emplace();
}

// Decides the works that have no outcome yet, each on the book as the one before left it.
base::Result<std::vector<std::unique_ptr<DeskService::Trial>>> DeskService::try_works(Place& place, std::vector<Work>& works) {
    std::vector<std::unique_ptr<Trial>> trials;
    std::unordered_set<std::string> claimed;
    std::size_t octets = 0;
    std::size_t operations = 0;
    store::Sequence said = 0;  // events of the items before
    std::map<std::string, store::Sequence> moved;  // how far this batch moves the cursor of each source
    for (Work& work : works) {
        const bool waits = work.outcome == Outcome::kRetryLater || work.outcome == Outcome::kPart;
        if (waits && !work.source.empty()) break;  // what follows it waits too
        if (!work.source.empty() && work.reacted_to <= place.cursors.at(work.source).saved) work.outcome = Outcome::kNothing;
        if (work.outcome != Outcome::kUndecided) continue;
        if (!work.payload_hash.empty()) {
            std::string name = claim_name(work.context.identity);
            if (const Claim* claim = place.ledger->claim(name); claim != nullptr) {
                settle_claim(*claim, work);
                continue;
            }
            // The same identity twice in one batch: the second is looked at again once the first is committed.
            if (!claimed.insert(std::move(name)).second) continue;
        }
        auto trial = try_counted(place, work, said);
        if (!trial) {
            take_back(trials);
            return tl::unexpected(trial.error());
        }
        if (*trial == nullptr) {
            if (work.outcome == Outcome::kRetryLater && !work.source.empty()) break;
            // That nothing follows was found beside what the item before commits: the cursor passes both at once or neither.
            if (work.outcome == Outcome::kNothing && !trials.empty() && trials.back()->item.cursor) {
                trials.back()->item.cursor->next = trials.back()->passed = moved.at(work.source) = work.reacted_to;
            }
            continue;
        }
        CHECK(!work.more || !work.source.empty());  // a command's answer is one commit
        if (!work.source.empty()) {
            const auto from = moved.try_emplace(work.source, place.cursors.at(work.source).saved).first;
            // A part leaves the cursor where it is, and holds only while it is there: another instance may have done the whole.
            const store::Sequence to = work.more ? from->second : work.reacted_to;
            (*trial)->item.cursor = store::CursorMove{name_, work.source, from->second, to};
            from->second = (*trial)->passed = to;
        }
        (*trial)->item.after_all = !trials.empty();
        // What would not fit is decided again in the next batch, on the book as this one leaves it. So is what rests on everything
        // behind what does not, and the other way round: it is stale as soon as anybody says a word, and takes what follows it along.
        operations += operations_of((*trial)->item);
        const bool fits = operations <= store::kMaxOperationsPerBatch && (trials.empty() || trials.front()->item.head.has_value() == (*trial)->item.head.has_value());
        if (!trials.empty() && !fits) {
            (*trial)->folding.undo();
            break;
        }
        octets += (*trial)->octets;
        said += (*trial)->records.size();
        trials.push_back(std::move(*trial));
        if (octets > kMaxBatchOctets || work.more) break;
    }
    return trials;
}

// As try_one, with its failures counted: one that throws is tried again, the last one quarantines.
base::Result<std::unique_ptr<DeskService::Trial>> DeskService::try_counted(Place& place, Work& work, store::Sequence said_before) {
    const WorkKey key = key_of(place, work);
    if (key.kind.empty()) return try_one(place, work, said_before);
    if (work.reacted) hold_back_reaction(place, work);
    if (const int failures = attempts_->of(key); failures >= kMostAttempts) {
        quarantine(place, work, "the service died at it, or it failed", failures);
        return try_one(place, work, said_before);
    }
    std::string why;
    try {
        const AtWork marked(*attempts_, key);
        return try_one(place, work, said_before);
    } catch (const std::bad_alloc&) {
        static_cast<void>(attempts_->failed(key));  // as a death, which it will be: it may be this item that takes all memory
        throw;
    } catch (const std::exception& thrown) {
        why = thrown.what();
    }
    const auto failures = attempts_->failed(key);
    if (!failures) return tl::unexpected(failures.error());
    log_error("#DECISION_FAILED", {{"work", key.text()}, {"attempt", *failures}, {"reason", why}});
    if (*failures >= kMostAttempts) {
        quarantine(place, work, why, *failures);
        return try_one(place, work, said_before);
    }
    work.outcome = Outcome::kRetryLater;
    work.why = "deciding it failed (attempt " + std::to_string(*failures) + " of " + std::to_string(kMostAttempts) + "): send the same message again";
    return nullptr;
}

// Nothing when the work needs no commit; its outcome says why.
base::Result<std::unique_ptr<DeskService::Trial>> DeskService::try_one(Place& place, Work& work, store::Sequence said_before) {
    domain::Book& book = place.ledger->book();
    work.context.now = now();
    domain::Decision decision = work.decide(work.context);
    if (!decision.retry_later.empty() || decision.events.empty()) {
        work.outcome = decision.retry_later.empty() ? Outcome::kNothing : Outcome::kRetryLater;
        work.why = decision.retry_later;
        return nullptr;
    }
    const auto key = on_.keys.key_of(place.ledger->log());  // try_portion has made it
    if (!key) return tl::unexpected(key.error());
    auto trial = std::make_unique<Trial>(work, book);
    const UndoneOnThrow undone(trial->folding);
    store::Item& item = trial->item;
    work.more = decision.more;
    work.unfinished = std::move(decision.unfinished);
    if (decision.rests_on_all || work.at_head) item.head = place.ledger->head().sequence + said_before;
    if (!work.payload_hash.empty()) item.identities.push_back({claim_name(work.context.identity), work.payload_hash});
    for (const domain::IndexEntry& entry : decision.keys) {
        if (book.with_key(entry.key).empty()) item.index.push_back({entry.key, std::nullopt, entry.entity});
    }
    for (const domain::EntityName& name : decision.reads) item.reads.push_back({name, book.version(name)});
    trial->records = records_of(decision, work.context, work.payload_hash, work.operator_name);
    for (const domain::Record& record : trial->records) {
        trial->encoded.push_back(wire::encode_record(record, *key));
        trial->digests.push_back(base::sha256_hex(trial->encoded.back().view()));
        trial->octets += trial->encoded.back().size();
        item.events.push_back({trial->encoded.back()});
        trial->folding.apply(record.event);
    }
    const auto written = trial->folding.written();  // sorted
    std::erase_if(item.reads, [&](const store::EntityRead& read) {
        const auto at = std::lower_bound(written.begin(), written.end(), read.entity, [](const auto& one, const auto& name) { return one.first < name; });
        return at != written.end() && at->first == read.entity;
    });
    for (const auto& [name, version] : written) {
        item.writes.push_back({name, version, wire::encode_state(*book.entity(name))});
        trial->octets += item.writes.back().state.size();
    }
    const std::string why = what_is_too_large(item);
    // An effect counts entities; where these are heavy, fewer of them make a part.
    if (!why.empty() && work.command.empty() && work.context.most_effects > 1) {
        trial->folding.undo();
        work.context.most_effects /= 2;
        return try_one(place, work, said_before);
    }
    if (!why.empty() && !work.command.empty()) {
        trial->folding.undo();
        work.decide = [refused = domain::refuse(std::exchange(work.command, ""), "", domain::Refusal::kValueUnusable, why)](const domain::Context&) {
            return refused;
        };
        return try_one(place, work, said_before);
    }
    return trial;
}

void DeskService::settle_claim(const Claim& claim, Work& work) {
    work.first = claim.first;
    work.outcome = claim.payload_hash == work.payload_hash ? Outcome::kDuplicate : Outcome::kConflict;
}

// True when the whole batch held. Else everything on trial is taken back and read from the log again: what was
// committed comes back from there, the rest is decided anew.
base::Result<bool> DeskService::accept(Place& place, std::vector<std::unique_ptr<Trial>>& trials, const std::vector<store::ItemResult>& results) {
    CHECK(trials.size() == results.size());
    const bool all = std::all_of(results.begin(), results.end(), [](const auto& result) { return result.outcome == store::ItemOutcome::kCommitted; });
    for (std::size_t at = 0; at < trials.size(); ++at) {
        if (results[at].outcome != store::ItemOutcome::kCommitted) continue;
        place.unpublished = place.unpublished || !all;
        Work& work = trials[at]->work;
        work.outcome = work.more ? Outcome::kPart : Outcome::kCommitted;
        work.first = results[at].first;
        if (!work.source.empty() && !work.more) place.cursors.at(work.source).saved = trials[at]->passed;
        if (!without_replica_) place.confirmed = std::max(place.confirmed, results[at].last);
    }
    if (!all) {
        take_back(trials);
        place.behind = true;
        // Another instance may have reacted first: its cursor is the truth.
        for (auto& [source, cursor] : place.cursors) {
            const auto stored = on_.store.cursor(place.ledger->log(), name_, source);
            if (!stored) return tl::unexpected(stored.error());
            cursor.saved = *stored;
        }
        return false;
    }
    if (!trials.empty() && !trials.front()->records.empty() && results.front().first <= place.ledger->head().sequence) {
        return base::failure(base::ErrorKind::kCorrupt, place.ledger->log() + " record " + std::to_string(results.front().first) +
                                                            ": was given out a second time; the store does not hold what it held");
    }
    const auto folded = fold_foreign(place, results.front().first);
    if (!folded) return tl::unexpected(folded.error());
    if (*folded) {
        for (const auto& trial : trials) keep(place, *trial);
        return true;
    }
    // What is on trial comes from the log then, with what lies before it: left where it is it would be folded twice.
    take_back(trials);
    place.behind = place.unpublished = true;
    if (const auto read = catch_up(place); !read) return tl::unexpected(read.error());
    return true;
}

// Other services' records may lie before ours. No version of ours was stale, so they touch other entities, and folding them after ours
// gives the same book. False when they cannot be had at one asking.
base::Result<bool> DeskService::fold_foreign(Place& place, store::Sequence before) {
    // They have been told of or soon will be, but to a service that is starting. Nobody at the door is kept waiting for it.
    for (int looks = 0; listener_ != nullptr && place.ledger->head().sequence + 1 < before && looks <= kMostWaits; ++looks) {
        if (looks > 0) on_.bus.wait(kOnItsWay);
        take_in();
        fold_heard(place, before - 1);
        if (!waiting_.empty()) break;
    }
    const store::Sequence known = place.ledger->head().sequence;
    if (known + 1 >= before) return true;
    const std::size_t missing = before - 1 - known;
    if (missing > kLogPage) return false;
    const auto records = on_.store.read_log(place.ledger->log(), known, missing);
    if (!records || records->size() < missing) return false;
    for (const store::LogRecord& record : *records) {
        if (const auto folded = fold(place, record); !folded) return tl::unexpected(folded.error());
    }
    return true;
}

void DeskService::keep(Place& place, Trial& trial) {
    measured_.folded_own += trial.records.size();
    if (logs_debug()) follow(place.ledger->log(), place.ledger->head().sequence + 1, trial.records, trial.folding);
    for (std::size_t at = 0; at < trial.records.size(); ++at) {
        store::LogRecord record;
        record.epoch = epoch_of(place);
        record.digest = std::move(trial.digests[at]);
        record.record = std::move(trial.encoded[at]);
        record.link = place.ledger->append_own(std::move(trial.records[at]), record.digest);
        record.sequence = place.ledger->head().sequence;
        const auto decoded = place.ledger->recent(record.sequence)->record;
        publish(place, std::move(record), *decoded);
    }
    look_what_is_due(place);
}

void DeskService::take_back(std::vector<std::unique_ptr<Trial>>& trials) {
    for (auto trial = trials.rbegin(); trial != trials.rend(); ++trial) (*trial)->folding.undo();
}

}  // namespace rightsdesk::runtime
