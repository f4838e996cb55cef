#include "mail_gateway/lmtp_listener.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <thread>

namespace rightsdesk::mail_gateway {

namespace {

constexpr std::size_t kReadOctets = 64U * 1024U;
constexpr std::size_t kMostUnanswered = 64U * 1024U;   // a peer that takes no answers is not read
constexpr int kBacklog = 32;
constexpr std::size_t kAcceptedATurn = 16;

base::Error error_of(const std::string& where) { return {base::ErrorKind::kUnavailable, where + ": " + base::system_reason()}; }

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
    [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress socket_address(const ListenerAddress& address) {
    SocketAddress made;
    if (!address.path.empty()) {
        auto& local = reinterpret_cast<sockaddr_un&>(made.storage);
        local.sun_family = AF_UNIX;
        address.path.copy(local.sun_path, sizeof(local.sun_path) - 1);
        made.size = sizeof(sockaddr_un);
    } else if (address.host == "::1") {
        auto& six = reinterpret_cast<sockaddr_in6&>(made.storage);
        six.sin6_family = AF_INET6;
        six.sin6_port = htons(address.port);
        six.sin6_addr = in6addr_loopback;
        made.size = sizeof(sockaddr_in6);
    } else {
        auto& four = reinterpret_cast<sockaddr_in&>(made.storage);
        four.sin_family = AF_INET;
        four.sin_port = htons(address.port);
        ::inet_pton(AF_INET, address.host.c_str(), &four.sin_addr);
        made.size = sizeof(sockaddr_in);
    }
    return made;
}

std::uint16_t port_of(const base::FileDescriptor& socket) {
    SocketAddress bound;
    bound.size = sizeof(bound.storage);
    if (::getsockname(socket.number(), bound.get(), &bound.size) != 0) return 0;
    if (bound.storage.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(bound.storage).sin_port);
    if (bound.storage.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(bound.storage).sin6_port);
    return 0;
}

// A socket's file stays when its process dies: it is in the way only while somebody answers on it.
base::Result<> clear_the_way(const ListenerAddress& address) {
    struct stat facts {};
    if (::lstat(address.path.c_str(), &facts) != 0) return {};
    if (!S_ISSOCK(facts.st_mode)) return base::invalid(address.path + ": is there and is no socket");
    const base::FileDescriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const SocketAddress to = socket_address(address);
    if (!probe) return tl::unexpected(error_of(address.path));
    if (::connect(probe.number(), to.get(), to.size) == 0) return base::unavailable(address.path + ": another process listens there");
    if (::unlink(address.path.c_str()) != 0) return tl::unexpected(error_of(address.path));
    return {};
}

bool is_loopback(const std::string& host) {
    in_addr four{};
    return host == "::1" || (::inet_pton(AF_INET, host.c_str(), &four) == 1 && (ntohl(four.s_addr) >> 24U) == 127U);
}

}  // namespace

base::Result<ListenerAddress> parse_listener_address(const std::string& text) {
    ListenerAddress address;
    address.text = text;
    if (text.starts_with("unix:")) {
        address.path = text.substr(5);
        if (address.path.empty() || address.path.size() >= sizeof(sockaddr_un::sun_path)) {
            return base::invalid(text + ": a unix socket's path has 1 to " + std::to_string(sizeof(sockaddr_un::sun_path) - 1) + " octets");
        }
        return address;
    }
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos) return base::invalid(text + ": unix:/PATH, 127.0.0.1:PORT or [::1]:PORT is wanted");
    address.host = text.substr(0, colon);
    if (address.host.size() > 2 && address.host.front() == '[' && address.host.back() == ']') address.host = address.host.substr(1, address.host.size() - 2);
    const std::string port = text.substr(colon + 1);
    const auto read = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (port.empty() || read.ec != std::errc() || read.ptr != port.data() + port.size()) return base::invalid(text + ": " + port + " is no port");
    if (!is_loopback(address.host)) return base::invalid(text + ": only a loopback address or a unix socket is listened at, for nobody who connects is authenticated");
    return address;
}

base::Result<LmtpListener::Door> LmtpListener::listen(const ListenAt& at) {
    const ListenerAddress& address = at.address;
    if (!address.path.empty()) {
        if (const auto cleared = clear_the_way(address); !cleared) return tl::unexpected(cleared.error());
    }
    const SocketAddress bound = socket_address(address);
    Door door{base::FileDescriptor(::socket(bound.get()->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)), at, 0};
    const int yes = 1;
    if (!door.socket || (address.path.empty() && ::setsockopt(door.socket.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0) ||
        ::bind(door.socket.number(), bound.get(), bound.size) != 0) {
        return tl::unexpected(error_of(address.text));
    }
    // Before anybody can connect.
    if (!address.path.empty() && ::chmod(address.path.c_str(), 0660) != 0) return tl::unexpected(error_of(address.text));
    if (::listen(door.socket.number(), kBacklog) != 0) return tl::unexpected(error_of(address.text));
    door.port = port_of(door.socket);
    return door;
}

base::Result<std::unique_ptr<LmtpListener>> LmtpListener::open(MailKeeper& keeper, const std::vector<ListenAt>& where, const ListenerLimits& limits) {
    std::unique_ptr<LmtpListener> listener(new LmtpListener(keeper, limits));
    listener->doors_.reserve(where.size());
    for (const ListenAt& at : where) {
        auto door = listen(at);
        if (!door) return tl::unexpected(door.error());
        listener->doors_.push_back(std::move(*door));
    }
    return listener;
}

LmtpListener::~LmtpListener() { stop(); }

std::vector<std::uint16_t> LmtpListener::ports() const {
    std::vector<std::uint16_t> all;
    all.reserve(doors_.size());
    for (const Door& door : doors_) all.push_back(door.port);
    return all;
}

void LmtpListener::stop() {
    for (Peer& peer : peers_) {
        peer.session->end("421 4.3.2 stopped; try again");
        send_to(peer);
    }
    peers_.clear();
    for (const Door& door : doors_) {
        if (!door.at.address.path.empty()) ::unlink(door.at.address.path.c_str());
    }
    doors_.clear();
}

void LmtpListener::turn(std::chrono::milliseconds wait) {
    std::vector<pollfd> watched;
    watched.reserve(doors_.size() + peers_.size());
    for (const Door& door : doors_) watched.push_back({door.socket.number(), POLLIN, 0});
    for (const Peer& peer : peers_) {
        const bool listens = peer.to_send.size() < kMostUnanswered && !peer.session->is_over();
        watched.push_back({peer.socket.number(), static_cast<short>((listens ? POLLIN : 0) | (peer.to_send.empty() ? 0 : POLLOUT)), 0});
    }
    if (::poll(watched.data(), watched.size(), static_cast<int>(wait.count())) < 0) {
        std::this_thread::sleep_for(wait);  // no memory, say; a signal ends it sooner
        return;
    }
    std::size_t at = doors_.size();
    for (Peer& peer : peers_) {
        const short events = watched[at++].revents;
        if ((events & (POLLIN | POLLHUP | POLLERR)) != 0) read_from(peer);
        look_at_times(peer);
        send_to(peer);
    }
    peers_.remove_if([](const Peer& peer) { return peer.gone; });
    for (std::size_t door = 0; door < doors_.size(); ++door) {
        if (watched[door].revents != 0) accept_from(doors_[door]);
    }
}

void LmtpListener::accept_from(const Door& door) {
    for (std::size_t accepted = 0; accepted < kAcceptedATurn; ++accepted) {
        base::FileDescriptor socket(::accept4(door.socket.number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!socket) return;
        if (peers_.size() >= limits_.connections) {
            static constexpr std::string_view kFull = "421 4.3.2 too many connections; try again\r\n";
            (void)::send(socket.number(), kFull.data(), kFull.size(), MSG_NOSIGNAL);
            continue;
        }
        const auto now = Clock::now();
        peers_.push_back({std::move(socket), std::make_unique<LmtpSession>(keeper_, door.at.rules, limits_.lmtp, room_), "", now, now});
        send_to(peers_.back());
    }
}

void LmtpListener::read_from(Peer& peer) {
    if (peer.gone || peer.session->is_over()) return;
    std::array<char, kReadOctets> octets{};
    const ssize_t read = ::recv(peer.socket.number(), octets.data(), octets.size(), 0);
    if (read > 0) {
        peer.heard = Clock::now();
        peer.session->take(std::string_view(octets.data(), static_cast<std::size_t>(read)));
    } else if (read == 0 || (errno != EAGAIN && errno != EINTR)) {
        peer.gone = true;  // a message without its end was never ours
    }
}

void LmtpListener::look_at_times(Peer& peer) {
    const auto now = Clock::now();
    if (now - peer.heard > limits_.silence || now - peer.began > limits_.connection) {
        if (peer.session->is_over()) peer.gone = true;  // it does not take the last answer either
        else peer.session->end("421 4.4.2 too long without an end; goodbye");
        peer.heard = now;
    }
}

void LmtpListener::send_to(Peer& peer) {
    peer.to_send += peer.session->answers();
    while (!peer.to_send.empty() && !peer.gone) {
        const ssize_t sent = ::send(peer.socket.number(), peer.to_send.data(), peer.to_send.size(), MSG_NOSIGNAL);
        if (sent > 0) peer.to_send.erase(0, static_cast<std::size_t>(sent));
        else if (errno == EAGAIN || errno == EINTR) return;
        else peer.gone = true;
    }
    if (peer.session->is_over()) peer.gone = true;
}

}  // namespace rightsdesk::mail_gateway
