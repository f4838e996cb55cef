// One connection to one Redis, over a unix socket or TCP: commands out, replies in. The store room's own; others use RedisStore.
// hiredis has no TLS: TCP is for loopback and tunnels.
//
// Whatever breaks the order of commands and replies (a timeout, a cut connection) drops the connection, because the
// next reply could be the last command's; the next call connects and authenticates anew. One thread.
#pragma once

#include <hiredis.h>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/redis_config.h"

namespace rightsdesk::store {

struct FreeReply {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using RedisReply = std::unique_ptr<redisReply, FreeReply>;
using RedisCommand = std::span<const std::string_view>;  // its arguments, which outlive the call

class RedisConnection {
public:
    explicit RedisConnection(RedisConfig config);
    RedisConnection(const RedisConnection&) = delete;
    RedisConnection& operator=(const RedisConnection&) = delete;
    ~RedisConnection();

    // Sends one command and waits for its reply, connecting first when need be. Never gives an error reply: that is an
    // Error of the kind that redis_error says. kUnavailable from a broken connection: the outcome is unknown.
    base::Result<RedisReply> call(const std::vector<std::string_view>& arguments);
    // Several commands, sent together: one reply each, error replies as they came.
    base::Result<std::vector<RedisReply>> exchange(const std::vector<RedisCommand>& commands);
    [[nodiscard]] bool connected() const { return context_ != nullptr; }

    // Connects when need be. How many connections have been made so far: another number, perhaps another Redis.
    base::Result<std::uint64_t> connection_number();

private:
    base::Result<> connect();
    base::Result<> authenticate();
    base::Result<> send(RedisCommand arguments);
    base::Result<RedisReply> receive();
    tl::unexpected<base::Error> broken(const std::string& doing);

    RedisConfig config_;
    redisContext* context_ = nullptr;
    std::uint64_t connections_ = 0;
};

// What an error reply means for the caller, and what a person can do about it.
base::Error redis_error(std::string_view reply);

// The reply's text; nothing unless it is a bulk string or a status.
std::optional<std::string_view> text_of(const redisReply& reply);

// The value of `field` in a reply of fields and values by turns; none when it is not there.
const redisReply* value_in(const redisReply& reply, std::string_view field);
// Its text; empty when there is none.
std::string_view text_in(const redisReply& reply, std::string_view field);

// The value of "name:value", a line of the answer of INFO; empty when there is none.
std::string_view info_value(std::string_view info, std::string_view name);

}  // namespace rightsdesk::store
