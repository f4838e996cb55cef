#include "store/redis_nodes.h"

#include <algorithm>
#include <thread>

#include "store/batch_check.h"

namespace rightsdesk::store {
namespace {

using base::Error;
using base::Result;

// Of one command: redirections followed, and pauses while its slot is on the move (5, 10, 20, 40, 80 ms: a key moves in less,
// and who waits longer holds up the other logs).
constexpr int kMaxRedirections = 8;
constexpr int kMaxPauses = 5;
constexpr std::chrono::milliseconds kFirstPause{5};
// A master that has failed is looked at again this often.
constexpr std::chrono::seconds kFailedFor{1};
constexpr std::string_view kNamesPerScan = "1024";

std::string error_text(const redisReply& reply) { return {reply.str, static_cast<std::size_t>(reply.len)}; }

// The replies, or what the first error among them means.
Result<std::vector<RedisReply>> checked(std::vector<RedisReply> replies) {
    for (const RedisReply& reply : replies) {
        if (reply->type == REDIS_REPLY_ERROR) return tl::unexpected(redis_error(error_text(*reply)));
    }
    return replies;
}

std::string host_of(const std::string& address) {
    const auto parsed = parse_address(address);
    return parsed ? parsed->first : "";
}

}  // namespace

RedisNodes::RedisNodes(RedisConfig config) : config_(std::move(config)) {
    holder_.fill(kNobody);
    if (!config_.cluster) nodes_.push_back({config_.address, config_.address, false, {{0, kSlots - 1}}});
}

RedisNodes::Server& RedisNodes::server(const std::string& address) {
    Server& server = servers_[address];
    if (!server.connection) {
        RedisConfig config = config_;
        config.address = address;
        config.cluster.reset();
        server.connection = std::make_unique<RedisConnection>(std::move(config));
    }
    return server;
}

Result<std::string> RedisNodes::usable(const Node& node) const {
    if (node.address.empty()) {
        return base::unavailable("Redis Cluster: a master calls itself " + node.name + ", which is neither in store.cluster.nodes nor in store.cluster.addresses: "
                                 "add how it is reached from here, through the tunnel, and restart");
    }
    if (node.failed) {
        return base::unavailable("Redis Cluster: the other masters say that " + node.name + " does not answer: start it; what lies in its slots is retried");
    }
    return node.address;
}

// Those already connected are asked first: one that is down must not hold up the others' logs each time.
Result<> RedisNodes::refresh() {
    std::vector<std::string> candidates;
    for (const auto& [address, server] : servers_) {
        if (server.connection->connected()) candidates.push_back(address);
    }
    candidates.insert(candidates.end(), config_.cluster->nodes.begin(), config_.cluster->nodes.end());
    Error last{base::ErrorKind::kInvalid, "Redis Cluster: no node is configured"};
    for (const std::string& address : candidates) {
        const auto shards = connection(address).call({"CLUSTER", "SHARDS"});
        const auto learned = shards ? learn(address, **shards) : Result<>(tl::unexpected(shards.error()));
        if (learned) return {};
        last = learned.error();
    }
    return tl::unexpected(last);
}

Result<> RedisNodes::learn(const std::string& from, const redisReply& shards) {
    const auto masters = parse_shards(shards, host_of(from));
    if (!masters) return base::failure(base::ErrorKind::kCorrupt, "Redis at " + from + " answered something else than its shards: is this a Redis Cluster of version 7?");
    nodes_.clear();
    holder_.fill(kNobody);
    for (const ClusterMaster& master : *masters) {
        for (const auto& [first, last] : master.slots) std::fill(holder_.begin() + first, holder_.begin() + last + 1, static_cast<std::uint16_t>(nodes_.size()));
        nodes_.push_back({master.announced, reached_at(*config_.cluster, master.announced).value_or(""), master.failed, master.slots});
    }
    std::erase_if(servers_, [&](const auto& entry) {
        const auto& seeds = config_.cluster->nodes;
        return std::none_of(nodes_.begin(), nodes_.end(), [&](const Node& node) { return node.address == entry.first; }) &&
               std::find(seeds.begin(), seeds.end(), entry.first) == seeds.end();
    });
    stale_ = false;
    refreshed_ = std::chrono::steady_clock::now();
    return {};
}

Result<std::string> RedisNodes::master_of(std::size_t slot) {
    const auto doubtful = [&] { return holder_[slot] == kNobody || nodes_[holder_[slot]].failed; };
    if (stale_ || (doubtful() && std::chrono::steady_clock::now() > refreshed_ + kFailedFor)) {
        if (const auto asked = refresh(); !asked) return tl::unexpected(asked.error());
    }
    if (holder_[slot] == kNobody) return base::unavailable("Redis Cluster: no master holds slot " + std::to_string(slot) + ": give it to one (redis-cli --cluster fix)");
    return usable(nodes_[holder_[slot]]);
}

// Where to send the command next: `ask` is set for ASK, the slot's holder for MOVED.
Result<> RedisNodes::follow(const Redirection& redirection, std::size_t slot, std::string& ask) {
    const Node node{redirection.announced, reached_at(*config_.cluster, redirection.announced).value_or("")};
    const auto address = usable(node);
    if (!address) return tl::unexpected(address.error());
    if (redirection.kind == Redirection::Kind::kAsk) {
        ask = *address;
        return {};
    }
    auto known = std::find_if(nodes_.begin(), nodes_.end(), [&](const Node& other) { return other.name == node.name; });
    if (known == nodes_.end()) known = nodes_.insert(nodes_.end(), node);
    known->failed = false;
    holder_[slot] = static_cast<std::uint16_t>(known - nodes_.begin());
    return {};
}

Result<std::string> RedisNodes::run_at(const std::string& address) {
    Server& master = server(address);
    const auto number = master.connection->connection_number();
    if (!number) return tl::unexpected(number.error());
    if (*number == master.asked_on) return master.run;
    const auto info = master.connection->call({"INFO", "server"});
    if (!info) return tl::unexpected(info.error());
    const auto id = info_value(text_of(**info).value_or(""), "run_id");
    if (id.empty()) return base::failure(base::ErrorKind::kCorrupt, "Redis at " + address + " does not say which run it is");
    master.asked_on = *number;
    master.run = id;
    master.ask_again = {};
    return master.run;
}

Result<std::string> RedisNodes::incarnation() {
    if (!config_.cluster) return run_at(config_.address);
    if (stale_) {
        if (const auto asked = refresh(); !asked) return tl::unexpected(asked.error());
    }
    std::map<std::string, std::string> runs;  // by name, so that the text is the same whoever is asked for the masters
    Error last{base::ErrorKind::kUnavailable, "Redis Cluster: no master says which run it is"};
    const auto now = std::chrono::steady_clock::now();
    for (const Node& node : nodes_) {
        if (node.address.empty()) continue;
        Server& master = server(node.address);
        if (!node.failed && now >= master.ask_again) {
            const auto asked = run_at(node.address);
            if (!asked) {
                last = asked.error();
                master.ask_again = now + kFailedFor;
                stale_ = true;
            }
        }
        if (!master.run.empty()) runs[node.name] = master.run;
    }
    if (runs.empty()) return tl::unexpected(last);
    std::string text;
    for (const auto& [name, id] : runs) text.append(text.empty() ? "" : " ").append(name).append("=").append(id);
    return text;
}

Result<> RedisNodes::may_go_to(const std::string& address, Purpose purpose) {
    if (purpose == Purpose::kRead || trusted_.empty()) return {};
    const auto run = run_at(address);
    if (!run) return tl::unexpected(run.error());
    if (trusted_.find(*run) != std::string::npos) return {};
    return base::unavailable("Redis at " + address + " was started again: its logs are verified before anything is committed");
}

Result<std::vector<RedisReply>> RedisNodes::exchange(std::string_view log, const std::vector<RedisCommand>& commands, Purpose purpose) {
    if (!config_.cluster) {
        if (const auto trusted = may_go_to(config_.address, purpose); !trusted) return tl::unexpected(trusted.error());
        return connection(config_.address).exchange(commands).and_then(checked);
    }
    static constexpr std::array<std::string_view, 1> kAsking{"ASKING"};
    const std::size_t slot = slot_of_log(log);
    std::string ask;
    std::string said;
    std::chrono::milliseconds pause = kFirstPause;
    for (int redirections = 0, pauses = 0; redirections <= kMaxRedirections && pauses <= kMaxPauses;) {
        const auto address = ask.empty() ? master_of(slot) : Result<std::string>(ask);
        if (!address) return tl::unexpected(address.error());
        if (const auto trusted = may_go_to(*address, purpose); !trusted) {
            stale_ = true;
            return tl::unexpected(trusted.error());
        }
        std::vector<RedisCommand> sent;
        if (!ask.empty()) sent.emplace_back(kAsking);
        sent.insert(sent.end(), commands.begin(), commands.end());
        auto replies = connection(*address).exchange(sent);
        if (!replies) {
            stale_ = true;
            return tl::unexpected(replies.error());
        }
        if (!ask.empty() && replies->front()->type != REDIS_REPLY_ERROR) replies->erase(replies->begin());
        ask.clear();
        if (replies->front()->type != REDIS_REPLY_ERROR) return checked(std::move(*replies));
        said = error_text(*replies->front());
        const auto redirection = parse_redirection(said, host_of(*address));
        if (!redirection) return checked(std::move(*replies));
        if (redirection->kind == Redirection::Kind::kWait) {
            if (++pauses > kMaxPauses) break;
            std::this_thread::sleep_for(pause);
            pause *= 2;
            continue;
        }
        ++redirections;
        if (const auto followed = follow(*redirection, slot, ask); !followed) return tl::unexpected(followed.error());
    }
    stale_ = true;
    return tl::unexpected(redis_error(said));
}

Result<RedisReply> RedisNodes::call(std::string_view log, const std::vector<std::string_view>& command) {
    return exchange(log, {RedisCommand(command)}).map([](std::vector<RedisReply> replies) { return std::move(replies.front()); });
}

Result<std::string> RedisNodes::address_for(std::string_view log) { return config_.cluster ? master_of(slot_of_log(log)) : Result<std::string>(config_.address); }

// What a master sends elsewhere goes there by itself.
std::vector<Result<RedisReply>> RedisNodes::call_each(const std::vector<LogCommand>& commands) {
    std::vector<Result<RedisReply>> replies;
    replies.reserve(commands.size());
    std::map<std::string, std::vector<std::size_t>> of_master;
    for (std::size_t at = 0; at < commands.size(); ++at) {
        const auto address = address_for(commands[at].log);
        replies.push_back(tl::unexpected(address ? Error{base::ErrorKind::kUnavailable, "not asked"} : address.error()));
        if (address) of_master[*address].push_back(at);
    }
    for (const auto& [address, places] : of_master) {
        std::vector<RedisCommand> sent;
        sent.reserve(places.size());
        for (const std::size_t at : places) sent.push_back(commands[at].command);
        auto received = connection(address).exchange(sent);
        if (!received) stale_ = true;
        for (std::size_t place = 0; place < places.size(); ++place) {
            Result<RedisReply>& reply = replies[places[place]];
            if (!received) {
                reply = tl::unexpected(received.error());
                continue;
            }
            RedisReply& came = (*received)[place];
            const bool error = came->type == REDIS_REPLY_ERROR;
            if (error && config_.cluster && parse_redirection(error_text(*came), host_of(address))) {
                reply = exchange(commands[places[place]].log, {commands[places[place]].command}).map([](std::vector<RedisReply> one) { return std::move(one.front()); });
            } else if (error) {
                reply = tl::unexpected(redis_error(error_text(*came)));
            } else {
                reply = std::move(came);
            }
        }
    }
    return replies;
}

Result<std::vector<RedisNodes::Node>> RedisNodes::masters() {
    if (config_.cluster) {
        if (const auto asked = refresh(); !asked) return tl::unexpected(asked.error());
    }
    return nodes_;
}

Result<RedisReply> RedisNodes::call_at(const Node& node, const std::vector<std::string_view>& command) {
    const auto address = usable(node);
    if (!address) return tl::unexpected(address.error());
    return connection(*address).call(command);
}

Result<std::vector<std::string>> RedisNodes::logs_at(const Node& node) {
    const auto not_understood = [] { return base::failure(base::ErrorKind::kCorrupt, "Redis answered something else than names of logs"); };
    std::vector<std::string> logs;
    std::string at = "0";
    do {
        const auto reply = call_at(node, {"SCAN", at, "MATCH", "{*}:log", "COUNT", kNamesPerScan, "TYPE", "stream"});
        if (!reply) return tl::unexpected(reply.error());
        if ((*reply)->type != REDIS_REPLY_ARRAY || (*reply)->elements != 2 || !text_of(*(*reply)->element[0])) return not_understood();
        const redisReply& keys = *(*reply)->element[1];
        for (std::size_t key = 0; key < keys.elements; ++key) {
            const std::string_view name = text_of(*keys.element[key]).value_or("");
            const std::string_view log = name.size() > 6 ? name.substr(1, name.size() - 6) : "";  // less "{" and "}:log"
            if (is_log_name(log)) logs.emplace_back(log);
        }
        at = *text_of(*(*reply)->element[0]);
    } while (at != "0");
    return logs;
}

}  // namespace rightsdesk::store
