// A primary and its replica for a test, each a RedisServer with the lines that deploy/redis has for it. They speak over loopback; everybody
// else over their sockets.
//
//     RedisPair pair;                             // synchronised when this returns
//     pair.replica->suspend(); pair.primary->kill();
#pragma once

#include <netinet/in.h>

#include <memory>

#include "support/redis_server.h"

namespace rightsdesk::support {

// Free a moment ago; what follows takes it at once.
inline int free_port() {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                       ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(descriptor);
    if (!bound) throw std::runtime_error("no free port on loopback");
    return ntohs(address.sin_port);
}

// The lines of deploy/redis/`file`, filled in.
inline std::string replication_lines(const std::string& file, int own_port, int primary_port) {
    std::string text = text_of_file(std::filesystem::path(RIGHTSDESK_SOURCE_DIR) / "deploy/redis" / file);
    text = replaced(std::move(text), "@REPLICATION_PORT@", std::to_string(own_port));
    text = replaced(std::move(text), "@PRIMARY_PORT@", std::to_string(primary_port));
    return "\n" + replaced(std::move(text), "@PASSWORD_REPLICA@", RedisServer::password_of("replica"));
}

struct RedisPair {
    int primary_port = free_port();
    int replica_port = free_port();
    std::unique_ptr<RedisServer> primary = std::make_unique<RedisServer>(replication_lines("primary.conf", primary_port, 0));
    std::unique_ptr<RedisServer> replica = std::make_unique<RedisServer>(replication_lines("replica.conf", replica_port, primary_port));
};

}  // namespace rightsdesk::support
