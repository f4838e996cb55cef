#include "store/memory_store.h"

#include "base/hash.h"
#include "store/batch_check.h"
#include "store/chain.h"

namespace rightsdesk::store {
namespace {

template <class Map>
auto found(const Map& map, const std::string& key) -> std::optional<typename Map::mapped_type> {
    const auto entry = map.find(key);
    if (entry == map.end()) return std::nullopt;
    return entry->second;
}

Version version_of(const MemoryLog& log, const std::string& entity) {
    const auto state = log.states.find(entity);
    return state == log.states.end() ? 0 : state->second.version;
}

// A claim that is already there; one that contradicts before one that agrees.
std::optional<ItemResult> judge_identities(const MemoryLog& log, const Item& item) {
    std::optional<ItemResult> duplicate;
    for (const Identity& identity : item.identities) {
        const auto claim = found(log.identities, identity.name);
        if (!claim) continue;
        if (claim->second != identity.payload_hash) return ItemResult{ItemOutcome::kConflict, claim->first, 0, ""};
        if (!duplicate) duplicate = ItemResult{ItemOutcome::kDuplicate, claim->first, 0, ""};
    }
    return duplicate;
}

// The first thing that is not as expected; empty when all is.
std::string judge_expectations(const MemoryLog& log, const Item& item) {
    for (const IndexWrite& write : item.index) {
        const auto actual = found(log.index, write.key);
        if (actual != write.expected) return stale_index(write.key, actual, write.expected);
    }
    for (const EntityRead& read : item.reads) {
        const Version actual = version_of(log, read.entity);
        if (actual != read.version) return stale_version(read.entity, actual, read.version);
    }
    for (const EntityWrite& write : item.writes) {
        const Version actual = version_of(log, write.entity);
        if (actual != write.expected) return stale_version(write.entity, actual, write.expected);
    }
    if (item.cursor) {
        const std::string field = cursor_field(item.cursor->consumer, item.cursor->source);
        const Sequence actual = found(log.cursors, field).value_or(0);
        if (actual != item.cursor->expected) return stale_cursor(field, actual, item.cursor->expected);
    }
    if (item.head && log.head.sequence != *item.head) return stale_head(log.head.sequence, *item.head);
    return "";
}

// `refused`: an item before it in its batch was not committed.
ItemResult apply_item(MemoryLog& log, std::uint64_t epoch, const Item& item, bool refused) {
    if (const auto refusal = judge_identities(log, item)) return *refusal;
    if (auto detail = judge_expectations(log, item); !detail.empty()) return {ItemOutcome::kStale, 0, 0, std::move(detail)};
    if (item.after_all && refused) return {ItemOutcome::kStale, 0, 0, stale_earlier()};

    log.head.epoch = epoch;
    const Sequence first = log.head.sequence + 1;
    for (const EventWrite& event : item.events) {
        const Sequence sequence = ++log.head.sequence;
        const std::string digest = base::sha256_hex(event.record.view());
        log.head.link = chain_link(log.head.link, sequence, digest);
        log.records[sequence] = LogRecord{sequence, epoch, digest, log.head.link, event.record};
    }
    for (const Identity& identity : item.identities) log.identities[identity.name] = {first, identity.payload_hash};
    for (const IndexWrite& write : item.index) log.index[write.key] = write.entity;
    for (const EntityWrite& write : item.writes) {
        log.states[write.entity] = EntityState{write.expected + 1, base::sha256_hex(write.state.view()), write.state};
    }
    if (item.cursor) log.cursors[cursor_field(item.cursor->consumer, item.cursor->source)] = item.cursor->next;
    return {ItemOutcome::kCommitted, first, log.head.sequence, ""};
}

base::Result<> check_state(const std::string& entity, const EntityState& state) {
    if (base::sha256_hex(state.state.view()) == state.digest) return {};
    return base::failure(base::ErrorKind::kCorrupt, "the state of " + entity + " does not have its digest");
}

}  // namespace

template <class Call>
auto MemoryStore::answer(Call call) -> decltype(call()) {
    if (logs_->failing_calls == 0) return call();
    --logs_->failing_calls;
    if (logs_->failure_kind == MemoryFailure::kAfter) (void)call();
    return base::unavailable("the store does not answer: a test asked for it");
}

template <class Call>
auto MemoryStore::read(const std::string& log, Call call) -> decltype(call()) {
    if (!is_log_name(log)) return not_a_log();
    if (logs_->away.contains(log)) return base::unavailable(log + " is away: a test asked for it");
    return answer(call);
}

const MemoryLog& MemoryStore::log_named(const std::string& log) const {
    static const MemoryLog kEmpty;
    const auto entry = logs_->logs.find(log);
    return entry == logs_->logs.end() ? kEmpty : entry->second;
}

Result<std::vector<ItemResult>> MemoryStore::commit(const Batch& batch) {
    if (auto ok = check_batch(batch); !ok) return tl::unexpected(ok.error());
    return read(batch.log, [&]() -> Result<std::vector<ItemResult>> {
        if (trusted_ && *trusted_ != logs_->incarnation) return base::unavailable("the store was started again: its logs are verified before anything is committed");
        auto results = apply(batch);
        if (results && misses_replica()) return base::unavailable(logs_->replica_problem);
        return results;
    });
}

Result<std::vector<ItemResult>> MemoryStore::apply(const Batch& batch) {
    const Head& head = log_named(batch.log).head;
    if (head.epoch != 0 && head.epoch != batch.epoch) {
        return base::failure(base::ErrorKind::kConflict, "the log is in epoch " + std::to_string(head.epoch) + ", the batch in " + std::to_string(batch.epoch));
    }
    std::size_t events = 0;
    for (const Item& item : batch.items) events += item.events.size();
    if (events > kMaxNumber - head.sequence) return base::invalid("the log has no numbers left");

    std::vector<ItemResult> results;
    MemoryLog& log = logs_->logs[batch.log];
    bool refused = false;
    for (const Item& item : batch.items) {
        results.push_back(apply_item(log, batch.epoch, item, refused));
        refused = refused || results.back().outcome != ItemOutcome::kCommitted;
    }
    return results;
}

Result<std::vector<LogRecord>> MemoryStore::read_log(const std::string& log, Sequence after, std::size_t limit) {
    return read(log, [&]() -> Result<std::vector<LogRecord>> {
        const auto& records = log_named(log).records;
        std::vector<LogRecord> page;
        std::size_t octets = 0;
        for (auto entry = records.upper_bound(after); entry != records.end() && page.size() < limit && octets < kMaxReadOctets; ++entry) {
            if (entry->first != after + page.size() + 1) {
                return base::failure(base::ErrorKind::kCorrupt, "record " + std::to_string(after + page.size() + 1) + " of log " + log + " is missing");
            }
            octets += entry->second.record.size();
            page.push_back(entry->second);
        }
        return page;
    });
}

Result<Head> MemoryStore::head(const std::string& log) {
    return read(log, [&]() -> Result<Head> { return log_named(log).head; });
}

Result<std::vector<std::string>> MemoryStore::logs() {
    return answer([&]() -> Result<std::vector<std::string>> {
        std::vector<std::string> names;
        for (const auto& [name, log] : logs_->logs) {
            if (!log.records.empty()) names.push_back(name);
        }
        return names;
    });
}

Result<std::optional<EntityState>> MemoryStore::load_state(const std::string& log, const std::string& entity) {
    return read(log, [&]() -> Result<std::optional<EntityState>> {
        auto state = found(log_named(log).states, entity);
        if (state) {
            if (auto ok = check_state(entity, *state); !ok) return tl::unexpected(ok.error());
        }
        return state;
    });
}

Result<std::vector<std::pair<std::string, EntityState>>> MemoryStore::load_states(const std::string& log) {
    return read(log, [&]() -> Result<std::vector<std::pair<std::string, EntityState>>> {
        std::vector<std::pair<std::string, EntityState>> states;
        for (const auto& [entity, state] : log_named(log).states) {
            if (auto ok = check_state(entity, state); !ok) return tl::unexpected(ok.error());
            states.emplace_back(entity, state);
        }
        return states;
    });
}

Result<std::optional<std::string>> MemoryStore::look_up(const std::string& log, const std::string& index_key) {
    return read(log, [&]() -> Result<std::optional<std::string>> { return found(log_named(log).index, index_key); });
}

Result<std::optional<std::pair<Sequence, std::string>>> MemoryStore::find_identity(const std::string& log, const std::string& identity) {
    return read(log, [&]() -> Result<std::optional<std::pair<Sequence, std::string>>> { return found(log_named(log).identities, identity); });
}

Result<Sequence> MemoryStore::cursor(const std::string& log, const std::string& consumer, const std::string& source) {
    return read(log, [&]() -> Result<Sequence> { return found(log_named(log).cursors, cursor_field(consumer, source)).value_or(0); });
}

Result<std::map<std::string, std::pair<Sequence, std::string>>> MemoryStore::load_identities(const std::string& log) {
    return read(log, [&]() -> Result<std::map<std::string, std::pair<Sequence, std::string>>> { return log_named(log).identities; });
}

Result<std::map<std::string, std::string>> MemoryStore::load_index(const std::string& log) {
    return read(log, [&]() -> Result<std::map<std::string, std::string>> { return log_named(log).index; });
}

Result<std::map<std::string, Sequence>> MemoryStore::load_cursors(const std::string& log) {
    return read(log, [&]() -> Result<std::map<std::string, Sequence>> { return log_named(log).cursors; });
}

Result<std::vector<std::string>> MemoryStore::hold_leases(const std::vector<LeaseWish>& wishes, const std::string& service, const std::string& instance,
                                                          std::chrono::milliseconds duration) {
    for (const LeaseWish& wish : wishes) {
        if (auto ok = check_lease(wish.log, service, instance, duration); !ok) return tl::unexpected(ok.error());
    }
    return answer([&]() -> Result<std::vector<std::string>> {
        const std::chrono::milliseconds now = logs_->time();
        std::vector<std::string> holders;
        holders.reserve(wishes.size());
        for (const LeaseWish& wish : wishes) {
            if (logs_->away.contains(wish.log)) {
                holders.emplace_back();
                continue;
            }
            auto& [holder, end] = logs_->logs[wish.log].leases[service];
            if (end <= now || end > now + duration) holder.clear();
            if (holder == instance || (holder.empty() && wish.take)) holder = instance, end = now + duration;
            holders.push_back(holder);
        }
        return holders;
    });
}

Result<> MemoryStore::release_leases(const std::vector<std::string>& logs, const std::string& service, const std::string& instance) {
    for (const std::string& log : logs) {
        if (auto ok = check_lease(log, service, instance, kLongestLease); !ok) return ok;
    }
    return answer([&]() -> Result<> {
        for (const std::string& log : logs) {
            auto& leases = logs_->logs[log].leases;
            if (const auto lease = leases.find(service); lease != leases.end() && lease->second.first == instance) leases.erase(lease);
        }
        return {};
    });
}

Result<Durability> MemoryStore::durability() {
    return answer([&]() -> Result<Durability> {
        Durability said = logs_->durability;
        if (misses_replica()) said.replica_problem = logs_->replica_problem;
        return said;
    });
}

Result<> MemoryStore::confirm(const std::string& log) {
    return read(log, [&]() -> Result<> { return misses_replica() ? Result<>(base::unavailable(logs_->replica_problem)) : Result<>(); });
}

Result<std::string> MemoryStore::incarnation() {
    return answer([&]() -> Result<std::string> { return logs_->incarnation; });
}

}  // namespace rightsdesk::store
