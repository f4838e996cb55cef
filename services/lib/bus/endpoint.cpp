#include "bus/endpoint.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "base/file.h"

namespace rightsdesk::bus {

namespace {

constexpr std::string_view kIpc = "ipc://";
constexpr std::string_view kTcp = "tcp://";
static_assert(kMaxIpcPath + 1 == sizeof(sockaddr_un::sun_path));

Result<> check_ipc_path(const std::string& path) {
    if (path.empty() || path == "*" || path.front() == '@') return base::invalid("an ipc endpoint names the path of a file, not '" + path + "'");
    if (path.size() > kMaxIpcPath) {
        return base::invalid("ipc path of " + std::to_string(path.size()) + " octets, of which a Unix socket allows " + std::to_string(kMaxIpcPath) +
                             "; use a shorter directory: " + path);
    }
    return {};
}

// A connection tells a living owner from a dead one's leftover.
Result<> remove_stale_socket(const std::string& path) {
    struct stat status{};
    if (::lstat(path.c_str(), &status) != 0) {
        if (errno == ENOENT) return {};
        return base::unavailable("cannot examine " + path + ": " + base::system_reason());
    }
    if (!S_ISSOCK(status.st_mode)) return base::invalid(path + " exists and is not a socket; it is left alone");
    const base::FileDescriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!probe) return base::unavailable("cannot make a socket: " + base::system_reason());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, kMaxIpcPath);
    if (::connect(probe.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 || errno != ECONNREFUSED) {
        return base::unavailable("ipc://" + path + " is taken: a living process listens there");
    }
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return base::unavailable("cannot remove the stale socket " + path + ": " + base::system_reason());
    return {};
}

}  // namespace

Result<> check_endpoint(const std::string& endpoint) {
    if (endpoint.starts_with(kIpc)) return check_ipc_path(endpoint.substr(kIpc.size()));
    if (endpoint.starts_with(kTcp) && endpoint.find(':', kTcp.size()) != std::string::npos) return {};
    return base::invalid("an endpoint is ipc://path or tcp://host:port, not '" + endpoint + "'");
}

Result<EndpointClaim> EndpointClaim::lay(const std::string& endpoint) {
    EndpointClaim claim;
    if (!endpoint.starts_with(kIpc)) return claim;
    claim.path_ = endpoint.substr(kIpc.size());
    const std::string lock_path = claim.path_ + ".lock";
    claim.lock_ = base::FileDescriptor(::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!claim.lock_) return base::invalid("cannot open " + lock_path + ": " + base::system_reason() + "; does its directory exist, and is it ours?");
    if (::flock(claim.lock_.number(), LOCK_EX | LOCK_NB) != 0) return base::unavailable(endpoint + " is taken: " + lock_path + " is held");
    if (auto removed = remove_stale_socket(claim.path_); !removed) return tl::unexpected(removed.error());
    return claim;
}

void EndpointClaim::remove_socket_file() {
    if (!path_.empty()) ::unlink(path_.c_str());
}

}  // namespace rightsdesk::bus
