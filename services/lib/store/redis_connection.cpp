#include "store/redis_connection.h"

#include <sys/time.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <mutex>

#include "base/check.h"

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
    Meaning{"OOM", ErrorKind::kUnavailable, "Redis has reached maxmemory; raise it, or archive offerings"},
    Meaning{"READONLY", ErrorKind::kUnavailable, "this Redis is a replica; point the configuration at the master"},
    Meaning{"NOREPLICAS", ErrorKind::kUnavailable, "Redis misses the replicas that min-replicas-to-write asks for"},
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
        return {ErrorKind::kUnavailable, text + " (the function of commit.lua is not deployed: run the deployer)"};
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

RedisConnection::RedisConnection(RedisConfig config) : config_(std::move(config)) { ignore_broken_pipes(); }

RedisConnection::~RedisConnection() {
    if (context_ != nullptr) redisFree(context_);
}

tl::unexpected<Error> RedisConnection::broken(const std::string& doing) {
    const std::string why = context_ == nullptr ? "out of memory" : context_->errstr;
    if (context_ != nullptr) redisFree(context_);
    context_ = nullptr;
    return base::unavailable("Redis at " + config_.socket_path + ": " + doing + ": " + why);
}

Result<> RedisConnection::connect() {
    if (context_ != nullptr) return {};
    context_ = redisConnectUnixWithTimeout(config_.socket_path.c_str(), to_timeval(config_.connect_timeout));
    if (context_ == nullptr || context_->err != 0) return broken("connecting");
    if (redisSetTimeout(context_, to_timeval(config_.answer_timeout)) != REDIS_OK) return broken("setting the timeout");
    if (auto sent = send({"AUTH", config_.user, config_.password}); !sent) return sent;
    auto accepted = receive();
    if (accepted) {
        ++connections_;
        return {};
    }
    if (context_ != nullptr) redisFree(context_);
    context_ = nullptr;
    return tl::unexpected(accepted.error());
}

Result<std::uint64_t> RedisConnection::connection_number() {
    if (auto ready = connect(); !ready) return tl::unexpected(ready.error());
    return connections_;
}

Result<> RedisConnection::send(const std::vector<std::string_view>& arguments) {
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
    if (reply->type != REDIS_REPLY_ERROR) return reply;
    return tl::unexpected(redis_error({reply->str, static_cast<std::size_t>(reply->len)}));
}

Result<RedisReply> RedisConnection::call(const std::vector<std::string_view>& arguments) {
    if (auto ready = connect(); !ready) return tl::unexpected(ready.error());
    if (auto sent = send(arguments); !sent) return tl::unexpected(sent.error());
    return receive();
}

Result<std::pair<RedisReply, RedisReply>> RedisConnection::call_both(const std::vector<std::string_view>& first,
                                                                     const std::vector<std::string_view>& second) {
    if (auto ready = connect(); !ready) return tl::unexpected(ready.error());
    if (auto sent = send(first); !sent) return tl::unexpected(sent.error());
    if (auto sent = send(second); !sent) return tl::unexpected(sent.error());
    auto one = receive();
    // Without a connection there is no second answer; with one it must be taken, or it would answer the next call.
    if (context_ == nullptr) return tl::unexpected(one.error());
    auto two = receive();
    if (!one) return tl::unexpected(one.error());
    if (!two) return tl::unexpected(two.error());
    return std::pair(std::move(*one), std::move(*two));
}

Result<std::vector<RedisReply>> RedisConnection::call_all(const std::vector<std::vector<std::string_view>>& commands) {
    if (auto ready = connect(); !ready) return tl::unexpected(ready.error());
    for (const auto& command : commands) {
        if (auto sent = send(command); !sent) return tl::unexpected(sent.error());
    }
    std::vector<RedisReply> replies;
    replies.reserve(commands.size());
    std::optional<Error> refused;
    // Every answer is taken as long as there is a connection, or it would answer the next call.
    for (std::size_t at = 0; at < commands.size(); ++at) {
        auto reply = receive();
        if (context_ == nullptr) return tl::unexpected(reply.error());
        if (!reply && !refused) refused = reply.error();
        if (reply) replies.push_back(std::move(*reply));
    }
    if (refused) return tl::unexpected(*refused);
    return replies;
}

}  // namespace rightsdesk::store
