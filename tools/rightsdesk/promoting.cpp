#include "rightsdesk/promoting.h"

#include <algorithm>
#include <map>

#include "bus/key_file.h"
#include "domain/replica.h"
#include "rightsdesk/kept_receipts.h"
#include "rightsdesk/verification.h"
#include "runtime/clock.h"
#include "runtime/key_ring.h"
#include "runtime/ledger.h"
#include "runtime/process.h"
#include "wire/wire.h"

namespace rightsdesk::tools {

namespace {

constexpr std::chrono::milliseconds kTakingIn{4'000};  // how long the replica has to take in the last of the old primary

tl::unexpected<base::Error> against(std::string why) { return base::failure(base::ErrorKind::kConflict, std::move(why)); }

// Who says so holds the key, as whoever sends a command does.
base::Result<> check_person(const SuiteAccess& suite, const std::string& name) {
    const domain::Principal* principal = suite.principals().by_name(name);
    const bool known = principal != nullptr && std::find(principal->roles.begin(), principal->roles.end(), domain::Role::kOperator) != principal->roles.end();
    if (!known) return base::invalid("'" + name + "' is no operator");
    const auto key = bus::load_key_pair(suite.config().key_file(name));
    if (!key) return base::invalid("there is no key of '" + name + "' here: " + key.error().message);
    if (suite.principals().name_of(key->public_key) != name) return base::invalid("the key of '" + name + "' is not the one in principals.toml");
    return {};
}

}  // namespace

Promoting::Promoting(SuiteAccess& suite, PromotionWish wish, const store::RedisConfig& old, const store::RedisConfig& next, const store::RedisConfig& old_reader,
                     const store::RedisConfig& next_reader)
    : suite_(suite), wish_(std::move(wish)), old_(old), next_(next), old_reader_(old_reader), next_reader_(next_reader), next_writer_(next) {}

base::Result<std::unique_ptr<Promoting>> Promoting::open(SuiteAccess& suite, PromotionWish wish) {
    const runtime::SuiteConfig& config = suite.config();
    const auto next = config.replica_for("promoter");
    const auto next_reader = config.replica_for("reader");
    auto old = config.redis_as("promoter");
    auto old_reader = config.redis_as("reader");
    for (const base::Result<store::RedisConfig>& made : {next, next_reader, old, old_reader}) {
        if (!made) return tl::unexpected(made.error());
    }
    old->replicas = old_reader->replicas = 0;
    return std::unique_ptr<Promoting>(new Promoting(suite, std::move(wish), *old, *next, *old_reader, *next_reader));
}

base::Result<Promoted> Promoting::run() {
    if (const auto people = check_people(); !people) return tl::unexpected(people.error());
    for (const auto step : {&Promoting::check_servers, &Promoting::read_logs, &Promoting::must_have_keys, &Promoting::verify, &Promoting::choose_epoch, &Promoting::take_over, &Promoting::raise_all,
                            &Promoting::go_without_replica}) {
        if (const auto done = (this->*step)(); !done) return tl::unexpected(done.error());
    }
    return promoted_;
}

base::Result<> Promoting::check_people() const {
    if (wish_.people.size() != 2 || wish_.people[0] == wish_.people[1]) return base::invalid("two people promote a replica: --as ONE --with ANOTHER");
    if (wish_.why.empty()) return base::invalid("say why: --why ...");
    for (const std::string& name : wish_.people) {
        if (const auto known = check_person(suite_, name); !known) return known;
    }
    return {};
}

base::Result<> Promoting::check_servers() {
    const auto next = next_.replication();
    if (!next) return tl::unexpected(next.error());
    replication_ = *next;
    const auto old = old_.replication();
    if (!old) {
        if (wish_.old_primary_is_dead) return {};
        return base::unavailable("the old primary does not answer, so it cannot be fenced (" + old.error().message +
                                 "). Promoting now is right only where its Redis is stopped and will not be started again as a primary: then both of you say so with --old-primary-is-dead");
    }
    if (old->server == next->server) return base::invalid("[store] socket and [store.replica] socket lead to the same Redis");
    if (!old->primary) return base::invalid("the Redis at [store] socket is a replica itself: the two sockets seem to be swapped");
    old_replication_ = *old;
    return {};
}

base::Result<> Promoting::read_logs() {
    if (const auto folded = fold_log(next_reader_, desk_); !folded) return folded;
    const auto stored = next_reader_.logs();
    if (!stored) return tl::unexpected(stored.error());
    std::set<std::string> logs(stored->begin(), stored->end());
    logs.insert(desk_.offering_ids().begin(), desk_.offering_ids().end());
    logs.insert(domain::kDesk);
    promoted_.logs.assign(logs.begin(), logs.end());
    return {};
}

// The services that go on here would not start without them; found out before anything is fenced.
base::Result<> Promoting::must_have_keys() {
    runtime::KeyRing keys(suite_.config().offering_keys);
    for (const std::string& log : promoted_.logs) {
        const auto head = next_reader_.head(log);
        if (!head) return tl::unexpected(head.error());
        if (head->sequence == 0) continue;
        if (const auto there = keys.must_have(log); !there) return against(there.error().message);
    }
    return {};
}

// A log that is damaged must not become the truth. While the old primary is at work its states and heads move: they are compared once it is
// fenced, and the chains before.
base::Result<> Promoting::verify() {
    if (!old_replication_ || replication_.primary) return verify_whole();
    for (const std::string& log : promoted_.logs) {
        domain::Book book(log);
        if (const auto folded = fold_log(next_reader_, book); !folded) return folded;
    }
    return {};
}

base::Result<> Promoting::verify_whole() {
    promoted_.records = 0;
    for (const std::string& log : promoted_.logs) {
        const auto verified = verify_log(next_reader_, log);
        if (!verified) return tl::unexpected(verified.error());
        promoted_.records += verified->records;
        if (!verified->problems.empty()) return base::failure(base::ErrorKind::kCorrupt, "the replica's log " + log + " is damaged: " + verified->problems.front());
    }
    return {};
}

// One more than any log is in; a promotion that was begun goes on with its own.
base::Result<> Promoting::choose_epoch() {
    std::uint64_t highest = 1, lowest = store::kMaxNumber, fenced = 0, of_old = 0;
    for (const std::string& log : promoted_.logs) {
        const auto head = next_reader_.head(log);
        const auto fence = next_.fenced(log);
        if (!head) return tl::unexpected(head.error());
        if (!fence) return tl::unexpected(fence.error());
        if (head->epoch == 0) continue;  // nothing was ever committed there
        highest = std::max(highest, head->epoch);
        lowest = std::min(lowest, head->epoch);
        fenced = std::max(fenced, *fence);
        if (!old_replication_) continue;
        const auto old = old_reader_.head(log);
        if (!old) return tl::unexpected(old.error());
        of_old = std::max(of_old, old->epoch);
    }
    if (of_old > highest) return base::invalid("the store is in epoch " + std::to_string(of_old) + ", the Redis at [store.replica] socket in " + std::to_string(highest) +
                                               ": that is a former primary. Make it a replica of the present one (runbook, \"The former primary becomes the replica\")");
    const bool begun = fenced > lowest || lowest != highest;
    promoted_.already = replication_.primary && !begun && highest > 1;
    promoted_.epoch = promoted_.already ? highest : begun ? std::max(fenced, highest) : highest + 1;
    return {};
}

base::Result<> Promoting::take_over() {
    if (old_replication_) {
        if (const auto fenced = fence_the_old(); !fenced) return fenced;
        promoted_.old_primary = "fenced";
    } else {
        promoted_.old_primary = "dead, by the word of " + wish_.people[0] + " and " + wish_.people[1];
        if (const auto judged = judge_receipts(); !judged) return judged;
    }
    if (replication_.primary) return {};
    return next_.become_primary();
}

// The old primary takes nothing more, then the replica takes in the last of it, and only then are they compared.
base::Result<> Promoting::fence_the_old() {
    const bool follows = !replication_.primary && replication_.link_up && replication_.history == old_replication_->history;
    if (!replication_.primary) {
        const std::string stop = " Mend the link, or stop the old primary's Redis for good and say --old-primary-is-dead";
        if (!follows) return against("the replica does not hear the old primary, which answers: it may miss what was acknowledged." + stop);
        const auto near = old_.wait_for_replica(kTakingIn);
        if (!near) return tl::unexpected(near.error());
        if (!*near) return against("the replica does not keep up with the old primary, which answers." + stop);
    }
    for (const std::string& log : promoted_.logs) {
        if (const auto fenced = old_.fence(log, promoted_.epoch); !fenced) return fenced;
    }
    if (!follows) return {};
    const auto taken_in = old_.wait_for_replica(kTakingIn);
    if (!taken_in) return tl::unexpected(taken_in.error());
    if (!*taken_in) return base::unavailable("the old primary is fenced and the replica has not taken in all of it yet: give the same command again");
    return compare_with_the_old();
}

base::Result<> Promoting::compare_with_the_old() {
    const auto logs = old_reader_.logs();
    if (!logs) return tl::unexpected(logs.error());
    for (const std::string& log : *logs) {
        const auto old = old_reader_.head(log);
        const auto next = next_reader_.head(log);
        if (!old) return tl::unexpected(old.error());
        if (!next) return tl::unexpected(next.error());
        if (old->sequence != next->sequence || old->link != next->link) {
            return base::unavailable(log + ": the old primary ends at record " + std::to_string(old->sequence) + ", the replica at " + std::to_string(next->sequence) +
                                     ": give the same command again");
        }
    }
    // What came in between the reading and the fence: perhaps a log more, or a word about the replica.
    desk_ = domain::Book(domain::kDesk);
    if (const auto read = read_logs(); !read) return read;
    for (const std::string& log : promoted_.logs) {
        if (const auto fenced = old_.fence(log, promoted_.epoch); !fenced) return fenced;
    }
    return verify_whole();
}

// Where the old primary cannot be asked: the receipts that senders on this host hold, and the signed heads, say what was acknowledged.
base::Result<> Promoting::judge_receipts() {
    std::map<std::string, store::Sequence> ends;  // of the replica's logs
    const auto is_there = [&](const std::string& log, store::Sequence sequence) -> base::Result<bool> {
        if (!ends.contains(log)) {
            const auto head = next_reader_.head(log);
            if (!head) return tl::unexpected(head.error());
            ends[log] = head->sequence;
        }
        return sequence <= ends[log];
    };
    const auto judged = each_kept_receipt(suite_.config().outboxes, [&](const std::string& where, const domain::Receipt& receipt) -> base::Result<> {
        if (receipt.log.empty()) return {};
        const auto there = is_there(receipt.log, receipt.sequence);
        if (!there) return tl::unexpected(there.error());
        if (!*there) promoted_.lost.push_back(where + ": " + receipt.log + " record " + std::to_string(receipt.sequence));
        return {};
    });
    // What was to be found there may be lost then: that is for the same word to decide.
    if (!judged && !wish_.losing_acknowledged) return judged;
    const auto heads = runtime::signed_heads(suite_.config());
    if (!heads) return tl::unexpected(heads.error());
    const auto signed_logs = heads->logs();
    if (!signed_logs) return tl::unexpected(signed_logs.error());
    for (const std::string& log : *signed_logs) {
        const auto last = heads->last(log);
        if (!last) return tl::unexpected(last.error());
        if (!*last) continue;
        const auto there = is_there(log, (*last)->sequence);
        if (!there) return tl::unexpected(there.error());
        if (!*there) promoted_.lost.push_back("the head that the auditor signed last: " + log + " record " + std::to_string((*last)->sequence));
    }
    if (promoted_.lost.empty() || wish_.losing_acknowledged) return {};
    return against(std::to_string(promoted_.lost.size()) + " acknowledged records are not in the replica, first " + promoted_.lost.front() +
                   ": people went on without it. Bring back the old primary's disk; only where that is gone for good, --losing-acknowledged");
}

domain::Instant Promoting::now() const {
    const domain::DeskClock* clock = desk_.clock();
    return clock != nullptr && clock->mode == domain::ClockMode::kStepped ? clock->time : runtime::SystemClock().now();
}

domain::Record Promoting::record_of(domain::Event event) const {
    domain::Record record;
    record.service = "promote";
    record.at = now();
    record.cause = {"promote", promoted_.epoch};
    record.principal = wish_.people.front();
    record.event = std::move(event);
    return record;
}

base::Result<> Promoting::raise_all() {
    std::string old_primary = promoted_.old_primary;
    if (!promoted_.lost.empty()) old_primary += "; " + std::to_string(promoted_.lost.size()) + " acknowledged records lost with it";
    const base::Bytes record = wire::encode_record(record_of(domain::EpochRaised{promoted_.epoch, wish_.people, wish_.why, old_primary}), nullptr);
    for (const std::string& log : promoted_.logs) {
        const auto head = next_reader_.head(log);
        if (!head) return tl::unexpected(head.error());
        if (head->epoch == 0 || head->epoch >= promoted_.epoch) continue;
        if (const auto raised = next_.raise_epoch(log, head->epoch, promoted_.epoch, record); !raised) return raised;
    }
    return {};
}

// There is one disk now. The same two people go on with it, until there are two again.
base::Result<> Promoting::go_without_replica() {
    if (suite_.config().redis.replicas == 0 || domain::goes_without_replica(desk_)) return {};
    const auto head = next_reader_.head(domain::kDesk);
    if (!head) return tl::unexpected(head.error());
    const domain::Record record = record_of(domain::ReplicaWaived{wish_.people, "promoted: " + wish_.why, now()});
    domain::Folding folding(desk_);
    folding.apply(record.event);
    store::Item item;
    item.events.push_back({wire::encode_record(record, nullptr)});
    for (const auto& [name, version] : folding.written()) item.writes.push_back({name, version, wire::encode_state(*desk_.entity(name))});
    item.head = head->sequence;
    const auto committed = next_writer_.commit({domain::kDesk, promoted_.epoch, {item}});
    if (!committed) return tl::unexpected(committed.error());
    if (committed->front().outcome == store::ItemOutcome::kCommitted) return {};
    return base::unavailable("the desk's log moved meanwhile (" + committed->front().detail + "): give the same command again");
}

}  // namespace rightsdesk::tools
