// One connection to Redis over a unix socket: commands out, replies in. The store room's own; others use RedisStore.
//
// Whatever breaks the order of commands and replies (a timeout, a cut connection) drops the connection, because the
// next reply could be the last command's; the next call connects and authenticates anew. One thread.
#pragma once

#include <hiredis.h>

#include <chrono>
#include <memory>
#include <optional>
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

class RedisConnection {
public:
    explicit RedisConnection(RedisConfig config);
    RedisConnection(const RedisConnection&) = delete;
    RedisConnection& operator=(const RedisConnection&) = delete;
    ~RedisConnection();

    // Sends one command and waits for its reply, connecting first when need be. Never gives an error reply: that is an
    // Error of the kind that redis_error says. kUnavailable from a broken connection: the outcome is unknown.
    base::Result<RedisReply> call(const std::vector<std::string_view>& arguments);
    // Two commands, sent together.
    base::Result<std::pair<RedisReply, RedisReply>> call_both(const std::vector<std::string_view>& first, const std::vector<std::string_view>& second);
    // Any number of commands, sent together; their replies in order, or the first error.
    base::Result<std::vector<RedisReply>> call_all(const std::vector<std::vector<std::string_view>>& commands);

    // Connects when need be. How many connections have been made so far: another number, perhaps another Redis.
    base::Result<std::uint64_t> connection_number();

private:
    base::Result<> connect();
    base::Result<> send(const std::vector<std::string_view>& arguments);
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

}  // namespace rightsdesk::store
