#include "store/redis_connection.h"

#include <sys/time.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <mutex>

#include "base/check.h"
#include "store/redis_cluster.h"

namespace rightsdesk::store {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

timeval to_timeval(std::chrono::milliseconds wait) {
    return {static_cast<time_t>(wait.count() / 1'000), static_cast<suseconds_t>(wait.count() % 1'000 * 1'000)};
}

// hiredis writes with write(2): a Redis that went away would end the process. Only the default is replaced.
void ignore_broken_pipes() {
    static std::once_flag once;
    std::call_once(once, [] {
        struct sigaction current {};
        if (sigaction(SIGPIPE, nullptr, &current) == 0 && current.sa_handler == SIG_DFL) std::signal(SIGPIPE, SIG_IGN);
    });
}

struct Meaning {
    std::string_view code;  // the reply's first word
    ErrorKind kind;
    std::string_view advice;
};

constexpr std::array kMeanings{
    Meaning{"LOADING", ErrorKind::kUnavailable, "Redis is still reading its append-only file; wait"},
    Meaning{"MISCONF", ErrorKind::kUnavailable, "Redis cannot write to its disk; look at its log and at the disk"},
    Meaning{"OOM", ErrorKind::kUnavailable, "Redis has reached maxmemory; raise it (deploy/RUNBOOK.md, 'Memory')"},
    Meaning{"READONLY", ErrorKind::kUnavailable, "this Redis is a replica; point the configuration at the master"},
    Meaning{"NOREPLICAS", ErrorKind::kUnavailable, "Redis misses the replicas that min-replicas-to-write asks for"},
    Meaning{"CLUSTERDOWN", ErrorKind::kUnavailable, "this master sees too few of the others, or nobody holds the slot; look at CLUSTER INFO on each"},
    Meaning{"TRYAGAIN", ErrorKind::kUnavailable, "the log is being moved to another master; wait"},
    Meaning{"MOVED", ErrorKind::kUnavailable, "this Redis belongs to a cluster, or its slots move faster than one can follow; configure [store.cluster]"},
    Meaning{"ASK", ErrorKind::kUnavailable, "the log is being moved to another master; wait"},
    Meaning{"MASTERDOWN", ErrorKind::kUnavailable, "this Redis is a replica that has lost its master"},
    Meaning{"BUSY", ErrorKind::kUnavailable, "Redis is busy with a function"},
    Meaning{"NOPERM", ErrorKind::kInvalid, "the ACL does not allow this user the command or the key; see deploy/redis/users.acl"},
    Meaning{"NOAUTH", ErrorKind::kInvalid, "configure the user and password of deploy/redis/users.acl"},
    Meaning{"WRONGPASS", ErrorKind::kInvalid, "the user or password is not that of Redis' ACL file"},
    Meaning{"INVALID", ErrorKind::kInvalid, "nothing was changed"},
    Meaning{"EPOCH", ErrorKind::kConflict, "the log was restored or replaced; read it again from its head"},
    Meaning{"WRONGTYPE", ErrorKind::kCorrupt, "a key of this log has a type that rightsdesk never gives it; nothing was changed"},
    Meaning{"CORRUPT", ErrorKind::kCorrupt, "nothing was changed; verify the log"},
};

}  // namespace

Error redis_error(std::string_view reply) {
    const std::string_view code = reply.substr(0, reply.find(' '));
    const std::string text = "Redis: " + std::string(reply);
    if (reply.starts_with("ERR Function not found")) {
        return {ErrorKind::kUnavailable, text + " (the function of commit.lua is not deployed: rightsdesk store deploy)"};
    }
    // So Redis 7.0 words inside a function what is NOPERM outside.
    if (reply.starts_with("ERR The user executing the script can't")) return redis_error("NOPERM " + std::string(reply.substr(4)));
    const auto meaning = std::find_if(kMeanings.begin(), kMeanings.end(), [&](const Meaning& known) { return known.code == code; });
    // Not known to be for ever: saying "try again" delays, saying "invalid" could lose an item.
    if (meaning == kMeanings.end()) return {ErrorKind::kUnavailable, text};
    return {meaning->kind, text + " (" + std::string(meaning->advice) + ")"};
}

std::optional<std::string_view> text_of(const redisReply& reply) {
    if (reply.type != REDIS_REPLY_STRING && reply.type != REDIS_REPLY_STATUS) return std::nullopt;
    return std::string_view(reply.str, static_cast<std::size_t>(reply.len));
}

const redisReply* value_in(const redisReply& reply, std::string_view field) {
    if (reply.type != REDIS_REPLY_ARRAY) return nullptr;
    for (std::size_t at = 0; at + 1 < reply.elements; at += 2) {
        if (text_of(*reply.element[at]) == field) return reply.element[at + 1];
    }
    return nullptr;
}

std::string_view text_in(const redisReply& reply, std::string_view field) {
    const redisReply* value = value_in(reply, field);
    return value == nullptr ? "" : text_of(*value).value_or("");
}

std::string_view info_value(std::string_view info, std::string_view name) {
    const std::size_t start = info.find("\n" + std::string(name) + ":");
    if (start == std::string_view::npos) return {};
    const std::string_view rest = info.substr(start + name.size() + 2);
    return rest.substr(0, rest.find('\r'));
}

RedisConnection::RedisConnection(RedisConfig config) : config_(std::move(config)) { ignore_broken_pipes(); }

RedisConnection::~RedisConnection() {
    if (context_ != nullptr) redisFree(context_);
}

tl::unexpected<Error> RedisConnection::broken(const std::string& doing) {
    const std::string why = context_ == nullptr ? "out of memory" : context_->errstr;
    if (context_ != nullptr) redisFree(context_);
    context_ = nullptr;
    return base::unavailable("Redis at " + config_.address + ": " + doing + ": " + why);
}

Result<> RedisConnection::connect() {
    if (context_ != nullptr) return {};
    if (config_.address.find('/') != std::string::npos) {
        context_ = redisConnectUnixWithTimeout(config_.address.c_str(), to_timeval(config_.connect_timeout));
    } else {
        const auto address = parse_address(config_.address);
        if (!address) return base::invalid("Redis: '" + config_.address + "' is neither the path of a socket nor host:port");
        context_ = redisConnectWithTimeout(address->first.c_str(), address->second, to_timeval(config_.connect_timeout));
    }
    if (context_ == nullptr || context_->err != 0) return broken("connecting");
    if (redisSetTimeout(context_, to_timeval(config_.answer_timeout)) != REDIS_OK) return broken("setting the timeout");
    return authenticate();
}

Result<std::uint64_t> RedisConnection::connection_number() {
    if (auto ready = connect(); !ready) return tl::unexpected(ready.error());
    return connections_;
}

Result<> RedisConnection::authenticate() {
    const std::array<std::string_view, 3> auth{"AUTH", config_.user, config_.password};
    if (auto sent = send(auth); !sent) return sent;
    const auto answer = receive();
    if (!answer) return tl::unexpected(answer.error());
    if ((*answer)->type != REDIS_REPLY_ERROR) {
        ++connections_;
        return {};
    }
    redisFree(context_);
    context_ = nullptr;
    return tl::unexpected(redis_error({(*answer)->str, static_cast<std::size_t>((*answer)->len)}));
}

Result<> RedisConnection::send(RedisCommand arguments) {
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    texts.reserve(arguments.size());
    sizes.reserve(arguments.size());
    for (const std::string_view argument : arguments) {
        texts.push_back(argument.data() == nullptr ? "" : argument.data());
        sizes.push_back(argument.size());
    }
    if (redisAppendCommandArgv(context_, static_cast<int>(arguments.size()), texts.data(), sizes.data()) != REDIS_OK) return broken("sending");
    return {};
}

Result<RedisReply> RedisConnection::receive() {
    void* raw = nullptr;
    if (redisGetReply(context_, &raw) != REDIS_OK) return broken("waiting for an answer");
    RedisReply reply(static_cast<redisReply*>(raw));
    CHECK(reply != nullptr);
    return reply;
}

// All replies are taken, whatever they are: one left behind would answer the next call.
Result<std::vector<RedisReply>> RedisConnection::exchange(const std::vector<RedisCommand>& commands) {
    if (auto ready = connect(); !ready) return tl::unexpected(ready.error());
    for (const RedisCommand command : commands) {
        if (auto sent = send(command); !sent) return tl::unexpected(sent.error());
    }
    std::vector<RedisReply> replies;
    replies.reserve(commands.size());
    for (std::size_t reply = 0; reply < commands.size(); ++reply) {
        auto received = receive();
        if (!received) return tl::unexpected(received.error());
        replies.push_back(std::move(*received));
    }
    return replies;
}

Result<RedisReply> RedisConnection::call(const std::vector<std::string_view>& arguments) {
    auto replies = exchange({RedisCommand(arguments)});
    if (!replies) return tl::unexpected(replies.error());
    RedisReply reply = std::move(replies->front());
    if (reply->type != REDIS_REPLY_ERROR) return reply;
    return tl::unexpected(redis_error({reply->str, static_cast<std::size_t>(reply->len)}));
}

}  // namespace rightsdesk::store
