#include "store/redis_store.h"

#include <algorithm>
#include <array>
#include <future>
#include <system_error>
#include <set>

#include "base/hash.h"
#include "store/batch_check.h"
#include "store/chain.h"
#include "store/commit_call.h"
#include "store/commit_lua.h"
#include "store/redis_durability.h"
#include "store/replica_watch.h"
#include "store/silence.h"

namespace rightsdesk::store {
namespace {

using base::Error;
using base::ErrorKind;
using base::failure;

// A page of records or states may be as large as its largest possible members together. Where those before were small more
// records are asked for at once; should they turn out large, Redis ends the connection (client-output-buffer-limit in
// redis.conf) and the first size is used again.
constexpr std::size_t kRecordsPerPage = 16;
constexpr std::size_t kMaxRecordsPerPage = 2'048;
constexpr std::size_t kPageOctets = 4U * 1024U * 1024U;
constexpr std::string_view kStatesPerPage = "16";
constexpr std::size_t kLeasesPerCall = 256;
constexpr std::size_t kDigestDigits = 64;
constexpr std::string_view kNamesPerPage = "1024";  // of index keys, cursors
static_assert(kRecordsPerPage * kMaxRecordOctets <= 64U * 1024U * 1024U, "a page must fit into memory beside everything else");

tl::unexpected<Error> corrupt(std::string message) { return failure(ErrorKind::kCorrupt, std::move(message)); }

tl::unexpected<Error> not_understood(std::string_view what) {
    return corrupt("Redis answered something else than " + std::string(what) + ": is this the Redis of rightsdesk, version 7?");
}

bool is_array(const redisReply& reply, std::size_t elements) { return reply.type == REDIS_REPLY_ARRAY && reply.elements == elements; }

// Field and value by turns -> pairs; nothing when it is not that.
std::optional<std::vector<std::pair<std::string_view, std::string_view>>> pairs_of(const redisReply& reply) {
    if (reply.type != REDIS_REPLY_ARRAY || reply.elements % 2 != 0) return std::nullopt;
    std::vector<std::pair<std::string_view, std::string_view>> pairs;
    for (std::size_t at = 0; at < reply.elements; at += 2) {
        const auto field = text_of(*reply.element[at]);
        const auto value = text_of(*reply.element[at + 1]);
        if (!field || !value) return std::nullopt;
        pairs.emplace_back(*field, *value);
    }
    return pairs;
}

// ["<seq>-0", [e, .., d, .., l, .., b, ..]]
std::optional<LogRecord> parse_record(const redisReply& entry) {
    if (!is_array(entry, 2)) return std::nullopt;
    const auto id = text_of(*entry.element[0]);
    const auto fields = pairs_of(*entry.element[1]);
    if (!id || !id->ends_with("-0") || !fields || fields->size() != 4) return std::nullopt;
    const auto& [epoch_field, digest, link, bytes] = std::tie((*fields)[0], (*fields)[1], (*fields)[2], (*fields)[3]);
    if (epoch_field.first != "e" || digest.first != "d" || link.first != "l" || bytes.first != "b") return std::nullopt;
    const auto sequence = parse_number(id->substr(0, id->size() - 2));
    const auto epoch = parse_number(epoch_field.second);
    if (!sequence || !epoch) return std::nullopt;
    return LogRecord{*sequence, *epoch, std::string(digest.second), std::string(link.second), Bytes(bytes.second)};
}

// "<version>:<digest>:<bytes>"; kCorrupt when it is not that or the bytes have another digest.
Result<EntityState> parse_state(const std::string& entity, std::string_view text) {
    const auto version = take_number(text);
    if (!version || text.size() < kDigestDigits + 1 || text[kDigestDigits] != ':') return corrupt("the state of " + entity + " is not version:digest:bytes");
    EntityState state{*version, std::string(text.substr(0, kDigestDigits)), Bytes(text.substr(kDigestDigits + 1))};
    if (base::sha256_hex(state.state.view()) != state.digest) return corrupt("the state of " + entity + " does not have its digest");
    return state;
}

// "<seq>:<payload hash>"
Result<std::pair<Sequence, std::string>> parse_claim(const std::string& identity, std::string_view text) {
    const auto sequence = take_number(text);
    if (!sequence) return corrupt("the identity " + identity + " has no sequence number");
    return std::pair(*sequence, std::string(text));
}

// "<seq>:<check>"; a cursor makes no record, so nothing else would tell that it was changed.
Result<Sequence> parse_cursor(const std::string& field, std::string_view text) {
    const auto sequence = take_number(text);
    if (!sequence || text != cursor_check(field, *sequence)) return corrupt("the cursor " + field + " does not have its check");
    return *sequence;
}

// Enough for Redis to have something to do while it would wait for the disk, and few beside its maxclients.
constexpr std::size_t kMostLanes = 8;
constexpr std::chrono::seconds kLanesIdle{30};

Result<std::vector<ItemResult>> results_of(const Result<std::vector<RedisReply>>& answer, const Batch& batch) {
    if (!answer) return tl::unexpected(answer.error());
    const RedisReply& reply = answer->front();
    if (!is_array(*reply, batch.items.size())) return not_understood("one result an item");
    std::vector<ItemResult> results;
    results.reserve(reply->elements);
    for (std::size_t item = 0; item < reply->elements; ++item) {
        auto result = parse_item_result(text_of(*reply->element[item]).value_or(""));
        if (!result) return not_understood("an item's result");
        results.push_back(std::move(*result));
    }
    return results;
}

Result<> load_functions(RedisNodes& nodes, const RedisNodes::Node& master) {
    const auto reply = nodes.call_at(master, {"FUNCTION", "LOAD", "REPLACE", kCommitLua});
    if (!reply) return tl::unexpected(reply.error());
    if (text_of(**reply) != "rightsdesk") return not_understood("the loaded library's name");
    return {};
}

}  // namespace

Result<> deploy_functions(const RedisConfig& config) {
    RedisNodes nodes(config);
    const auto masters = nodes.masters();
    if (!masters) return tl::unexpected(masters.error());
    Result<> all;
    for (const RedisNodes::Node& master : *masters) {
        const auto loaded = load_functions(nodes, master);
        if (!loaded) all = failure(loaded.error().kind, "the master " + master.name + ": " + loaded.error().message);
    }
    return all;
}

RedisStore::RedisStore(RedisConfig config)
    : config_(std::move(config)),
      nodes_(std::make_unique<RedisNodes>(config_)),
      replica_(config_.replicas == 0 ? nullptr : std::make_unique<ReplicaWatch>(config_)) {}
RedisStore::~RedisStore() = default;

Result<std::vector<ItemResult>> RedisStore::commit(const Batch& batch) {
    return commit_at(*nodes_, asked_replica(), batch);
}

// Confirmed by the replica, where there is one to ask.
Result<std::vector<ItemResult>> RedisStore::commit_at(RedisNodes& nodes, ReplicaWatch* replica, const Batch& batch) {
    if (auto ok = check_batch(batch); !ok) return tl::unexpected(ok.error());
    const CommitCall call(batch);
    return results_of(replica != nullptr ? replica->write(nodes, batch.log, call.arguments())
                                         : nodes.exchange(batch.log, {RedisCommand(call.arguments())}, RedisNodes::Purpose::kCommit),
                      batch);
}

std::size_t RedisStore::lanes() const { return asked_replica() == nullptr ? kMostLanes : 1; }

std::vector<Result<std::vector<ItemResult>>> RedisStore::commit_several(const std::vector<Batch>& batches, const std::function<void()>& meanwhile) {
    if (meanwhile) {
        std::future<std::vector<Result<std::vector<ItemResult>>>> committing;
        try {
            committing = std::async(std::launch::async, [&] { return commit_several(batches); });
        } catch (const std::system_error&) {  // no thread to be had: one after the other then
        }
        meanwhile();
        return committing.valid() ? committing.get() : commit_several(batches);
    }
    if (batches.size() < 2 || asked_replica() != nullptr) return Store::commit_several(batches);
    const auto now = std::chrono::steady_clock::now();
    if (now - lanes_used_ > kLanesIdle) lanes_.clear();  // one that was cut meanwhile would be found out by a commit
    lanes_used_ = now;
    const std::size_t lanes = std::min(batches.size(), kMostLanes);
    while (lanes_.size() + 1 < lanes) lanes_.push_back(std::make_unique<RedisNodes>(config_));
    std::vector<Result<std::vector<ItemResult>>> results(batches.size(), tl::unexpected(Error{ErrorKind::kUnavailable, "not sent"}));
    const auto commit_in = [&](std::size_t lane) {
        RedisNodes& nodes = lane == 0 ? *nodes_ : *lanes_[lane - 1];
        nodes.trust(trusted_);
        Silence silence([&](const std::string& log, const std::string& other) { return nodes.lie_together(log, other); });
        for (std::size_t at = lane; at < batches.size(); at += lanes) results[at] = silence.or_else(batches[at], [&](const Batch& batch) { return commit_at(nodes, nullptr, batch); });
    };
    std::vector<std::future<void>> others;
    others.reserve(lanes);
    for (std::size_t lane = 1; lane < lanes; ++lane) {
        try {
            others.push_back(std::async(std::launch::async, commit_in, lane));
        } catch (const std::system_error&) {  // no thread to be had: then here
            commit_in(lane);
        }
    }
    commit_in(0);
    for (std::future<void>& other : others) other.get();
    return results;
}

Result<std::vector<LogRecord>> RedisStore::read_log(const std::string& log, Sequence after, std::size_t limit) {
    if (!is_log_name(log)) return not_a_log();
    const std::string key = log_key(log, "log");
    std::vector<LogRecord> records;
    std::size_t records_per_page = kRecordsPerPage;
    std::size_t largest = 1;
    for (std::size_t octets = 0; records.size() < limit && octets < kMaxReadOctets;) {
        const std::string from = std::to_string(after + 1) + "-0";
        const std::size_t page = std::min(records_per_page, limit - records.size());
        const auto reply = nodes_->call(log, {"XRANGE", key, from, "+", "COUNT", std::to_string(page)});
        if (!reply && page > kRecordsPerPage) {
            records_per_page = kRecordsPerPage;
            continue;
        }
        if (!reply) return tl::unexpected(reply.error());
        if ((*reply)->type != REDIS_REPLY_ARRAY) return not_understood("records");
        for (std::size_t entry = 0; entry < (*reply)->elements; ++entry) {
            auto record = parse_record(*(*reply)->element[entry]);
            if (!record) return corrupt("log " + log + ": what follows record " + std::to_string(after) + " is not a record of rightsdesk");
            if (record->sequence != ++after) return corrupt("record " + std::to_string(after) + " of log " + log + " is missing");
            octets += record->record.size();
            largest = std::max(largest, record->record.size());
            records.push_back(std::move(*record));
        }
        if ((*reply)->elements < page) break;
        records_per_page = std::clamp(kPageOctets / largest, kRecordsPerPage, kMaxRecordsPerPage);
    }
    return records;
}

Result<Head> RedisStore::head(const std::string& log) {
    if (!is_log_name(log)) return not_a_log();
    const auto reply = nodes_->call(log, {"HMGET", log_key(log, "head"), "seq", "link", "epoch"});
    if (!reply) return tl::unexpected(reply.error());
    if (!is_array(**reply, 3)) return not_understood("a log's head");
    const auto sequence_text = text_of(*(*reply)->element[0]);
    const auto link = text_of(*(*reply)->element[1]);
    const auto epoch_text = text_of(*(*reply)->element[2]);
    if (!sequence_text && !link && !epoch_text) return Head{};
    const auto sequence = parse_number(sequence_text.value_or(""));
    const auto epoch = parse_number(epoch_text.value_or(""));
    if (!sequence || !link || !epoch) return corrupt("the head of log " + log + " is not whole");
    return Head{*sequence, std::string(*link), *epoch};
}

// All masters must answer: a list that lacks some would be taken for the whole. In a cluster a log could move from a master that is
// not looked at yet to one that was: it is there the second time.
Result<std::vector<std::string>> RedisStore::logs() {
    std::set<std::string> names;
    for (int pass = 0; pass < (config_.cluster ? 2 : 1); ++pass) {
        const auto masters = nodes_->masters();
        if (!masters) return tl::unexpected(masters.error());
        for (const RedisNodes::Node& master : *masters) {
            const auto own = nodes_->logs_at(master);
            if (!own) return tl::unexpected(own.error());
            names.insert(own->begin(), own->end());
        }
    }
    return std::vector<std::string>(names.begin(), names.end());
}

Result<std::optional<std::string>> RedisStore::load_field(const std::string& log, std::string_view hash, const std::string& field) {
    if (!is_log_name(log)) return not_a_log();
    const auto reply = nodes_->call(log, {"HGET", log_key(log, hash), field});
    if (!reply) return tl::unexpected(reply.error());
    if ((*reply)->type == REDIS_REPLY_NIL) return std::optional<std::string>();
    const auto text = text_of(**reply);
    if (!text) return not_understood("a field of a hash");
    return std::optional<std::string>(*text);
}

Result<std::map<std::string, std::string>> RedisStore::load_hash(const std::string& log, std::string_view hash, std::string_view page) {
    if (!is_log_name(log)) return not_a_log();
    const std::string key = log_key(log, hash);
    std::map<std::string, std::string> fields;  // HSCAN may give a field twice; the later value is the newer
    std::string at = "0";
    do {
        const auto reply = nodes_->call(log, {"HSCAN", key, at, "COUNT", page});
        if (!reply) return tl::unexpected(reply.error());
        if (!is_array(**reply, 2) || !text_of(*(*reply)->element[0])) return not_understood("a page of a hash");
        const auto pairs = pairs_of(*(*reply)->element[1]);
        if (!pairs) return not_understood("fields and values");
        for (const auto& [field, value] : *pairs) fields.insert_or_assign(std::string(field), std::string(value));
        at = *text_of(*(*reply)->element[0]);
    } while (at != "0");
    return fields;
}

Result<std::optional<EntityState>> RedisStore::load_state(const std::string& log, const std::string& entity) {
    const auto text = load_field(log, "states", entity);
    if (!text) return tl::unexpected(text.error());
    if (!*text) return std::optional<EntityState>();
    auto state = parse_state(entity, **text);
    if (!state) return tl::unexpected(state.error());
    return std::optional<EntityState>(std::move(*state));
}

Result<std::vector<std::pair<std::string, EntityState>>> RedisStore::load_states(const std::string& log) {
    const auto texts = load_hash(log, "states", kStatesPerPage);
    if (!texts) return tl::unexpected(texts.error());
    std::vector<std::pair<std::string, EntityState>> states;
    for (const auto& [entity, text] : *texts) {
        auto state = parse_state(entity, text);
        if (!state) return tl::unexpected(state.error());
        states.emplace_back(entity, std::move(*state));
    }
    return states;
}

Result<std::optional<std::string>> RedisStore::look_up(const std::string& log, const std::string& index_key) {
    return load_field(log, "index", index_key);
}

Result<std::optional<std::pair<Sequence, std::string>>> RedisStore::find_identity(const std::string& log, const std::string& identity) {
    const auto text = load_field(log, "identities", identity);
    if (!text) return tl::unexpected(text.error());
    if (!*text) return std::optional<std::pair<Sequence, std::string>>();
    auto claim = parse_claim(identity, **text);
    if (!claim) return tl::unexpected(claim.error());
    return std::optional(std::move(*claim));
}

Result<Sequence> RedisStore::cursor(const std::string& log, const std::string& consumer, const std::string& source) {
    const std::string field = cursor_field(consumer, source);
    const auto text = load_field(log, "cursors", field);
    if (!text) return tl::unexpected(text.error());
    return *text ? parse_cursor(field, **text) : Result<Sequence>(0);
}

Result<std::map<std::string, std::pair<Sequence, std::string>>> RedisStore::load_identities(const std::string& log) {
    const auto texts = load_hash(log, "identities", kNamesPerPage);
    if (!texts) return tl::unexpected(texts.error());
    std::map<std::string, std::pair<Sequence, std::string>> claims;
    for (const auto& [name, text] : *texts) {
        auto claim = parse_claim(name, text);
        if (!claim) return tl::unexpected(claim.error());
        claims.emplace_hint(claims.end(), name, std::move(*claim));
    }
    return claims;
}

Result<std::map<std::string, std::string>> RedisStore::load_index(const std::string& log) { return load_hash(log, "index", kNamesPerPage); }

Result<std::map<std::string, Sequence>> RedisStore::load_cursors(const std::string& log) {
    const auto texts = load_hash(log, "cursors", kNamesPerPage);
    if (!texts) return tl::unexpected(texts.error());
    std::map<std::string, Sequence> cursors;
    for (const auto& [field, text] : *texts) {
        const auto sequence = parse_cursor(field, text);
        if (!sequence) return tl::unexpected(sequence.error());
        cursors[field] = *sequence;
    }
    return cursors;
}

Result<std::vector<std::string>> RedisStore::call_lease(const std::vector<Wish>& wishes, const std::string& service, const std::string& instance,
                                                        std::chrono::milliseconds duration) {
    const std::string lasting = std::to_string(duration.count());
    std::vector<std::string> holders;
    holders.reserve(wishes.size());
    for (std::size_t from = 0; from < wishes.size(); from += kLeasesPerCall) {
        const std::size_t to = std::min(wishes.size(), from + kLeasesPerCall);
        std::vector<std::string> keys;
        keys.reserve(to - from);
        std::vector<std::array<std::string_view, 8>> commands;
        commands.reserve(to - from);
        std::vector<RedisNodes::LogCommand> calls;
        calls.reserve(to - from);
        for (std::size_t at = from; at < to; ++at) {
            if (auto ok = check_lease(std::string(wishes[at].first), service, instance, duration); !ok) return tl::unexpected(ok.error());
            keys.push_back(log_key(wishes[at].first, "leases"));
            commands.push_back({"FCALL", "lease", "1", keys.back(), service, instance, lasting, wishes[at].second});
            calls.push_back({wishes[at].first, commands.back()});
        }
        for (const auto& reply : nodes_->call_each(calls)) {
            // Of a cluster: who consumes the other masters' logs is settled all the same.
            if (!reply && config_.cluster && reply.error().kind == ErrorKind::kUnavailable) {
                holders.emplace_back();
                continue;
            }
            if (!reply) return tl::unexpected(reply.error());
            const auto holder = text_of(**reply);
            if (!holder) return not_understood("the holder of a lease");
            holders.emplace_back(*holder);
        }
    }
    return holders;
}

Result<std::vector<std::string>> RedisStore::hold_leases(const std::vector<LeaseWish>& wishes, const std::string& service, const std::string& instance,
                                                         std::chrono::milliseconds duration) {
    std::vector<Wish> wanted;
    wanted.reserve(wishes.size());
    for (const LeaseWish& wish : wishes) wanted.emplace_back(wish.log, wish.take ? "take" : "look");
    return call_lease(wanted, service, instance, duration);
}

Result<> RedisStore::release_leases(const std::vector<std::string>& logs, const std::string& service, const std::string& instance) {
    std::vector<Wish> wanted;
    wanted.reserve(logs.size());
    for (const std::string& log : logs) wanted.emplace_back(log, "release");
    // Of any duration, so that one's own is known for it whatever it was taken for.
    if (const auto released = call_lease(wanted, service, instance, kLongestLease); !released) return tl::unexpected(released.error());
    return {};
}

bool RedisStore::lie_together(const std::string& log, const std::string& other) const { return nodes_->lie_together(log, other); }

Result<Durability> RedisStore::durability() {
    auto said = durability_of(*nodes_, config_);
    if (!said || !said->problem.empty() || config_.cluster) return said;
    const auto fence = fence_problem();
    if (!fence) return tl::unexpected(fence.error());
    said->problem = *fence;
    if (!fence->empty() || asked_replica() == nullptr) return said;
    const auto of_replica = replica_->look(*nodes_);
    if (!of_replica) return tl::unexpected(of_replica.error());
    said->replica_problem = *of_replica;
    return said;
}

Result<std::string> RedisStore::fence_problem() {
    const auto reply = nodes_->call("desk", {"HMGET", log_key("desk", "head"), "epoch", "fenced"});
    if (!reply) return tl::unexpected(reply.error());
    if (!is_array(**reply, 2)) return not_understood("the desk's epoch");
    const auto epoch = parse_number(text_of(*(*reply)->element[0]).value_or("0"));
    const auto fenced = parse_number(text_of(*(*reply)->element[1]).value_or("0"));
    if (!epoch || !fenced) return corrupt("the desk's epoch is no number");
    if (*fenced <= *epoch) return std::string();
    return "Redis: this store is fenced, because another was promoted to epoch " + std::to_string(*fenced) + ": point [store] socket at that one";
}

Result<> RedisStore::confirm(const std::string& log) {
    if (!is_log_name(log)) return not_a_log();
    if (asked_replica() == nullptr) return {};  // whatever can be read is on the one disk: a reply waits for the fsync
    const std::string head = log_key(log, "head");
    const auto written = replica_->write(*nodes_, log, {"FCALL", "confirm", "1", head});
    if (!written) return tl::unexpected(written.error());
    return {};
}

Result<std::string> RedisStore::incarnation() { return nodes_->incarnation(); }

void RedisStore::trust(const std::string& incarnation) {
    trusted_ = incarnation;
    nodes_->trust(incarnation);
    lanes_.clear();  // they may hold connections to the run before, and would find that out never: they only commit
}

}  // namespace rightsdesk::store
