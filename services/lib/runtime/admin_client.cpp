#include "runtime/admin_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace rightsdesk::runtime {

namespace {

constexpr std::size_t kMaxAdminAnswer = 8U * 1024U * 1024U;

class Connected {
public:
    Connected() = default;
    Connected(const Connected&) = delete;
    Connected& operator=(const Connected&) = delete;
    ~Connected() {
        if (descriptor >= 0) ::close(descriptor);
    }
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
};

bool connect_to(int descriptor, const std::string& address, std::chrono::milliseconds patience) {
    const auto colon = address.rfind(':');
    sockaddr_in place{};
    place.sin_family = AF_INET;
    std::uint16_t port = 0;
    if (colon == std::string::npos || std::from_chars(address.data() + colon + 1, address.data() + address.size(), port).ec != std::errc()) return false;
    place.sin_port = htons(port);
    if (::inet_pton(AF_INET, address.substr(0, colon).c_str(), &place.sin_addr) != 1) return false;
    const timeval wait{patience.count() / 1'000, static_cast<suseconds_t>(patience.count() % 1'000 * 1'000)};
    return ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) == 0 && ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait) == 0 &&
           ::connect(descriptor, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0;
}

}  // namespace

base::Result<AdminAnswer> ask_admin_port(const std::string& address, const std::string& path, std::chrono::milliseconds patience) {
    const Connected connected;
    const auto failed = [&](const std::string& why) { return base::unavailable("the admin port at " + address + ": " + why); };
    if (connected.descriptor < 0 || !connect_to(connected.descriptor, address, patience)) return failed(std::strerror(errno));
    const std::string question = "GET " + path + " HTTP/1.1\r\nHost: " + address + "\r\nConnection: close\r\n\r\n";
    if (::send(connected.descriptor, question.data(), question.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(question.size())) return failed(std::strerror(errno));
    std::string answer;
    std::array<char, 65'536> block{};
    for (ssize_t count = 1; count > 0 && answer.size() < kMaxAdminAnswer;) {
        count = ::recv(connected.descriptor, block.data(), block.size(), 0);
        if (count < 0) return failed(std::strerror(errno));
        answer.append(block.data(), static_cast<std::size_t>(count));
    }
    const auto body = answer.find("\r\n\r\n");
    AdminAnswer read;
    constexpr std::size_t kStatusAt = 9;  // behind "HTTP/1.1 "
    const bool http = answer.starts_with("HTTP/1.1 ") && body != std::string::npos;
    if (!http || std::from_chars(answer.data() + kStatusAt, answer.data() + answer.size(), read.status).ec != std::errc()) return failed("it answered something else");
    read.body = answer.substr(body + 4);
    return read;
}

}  // namespace rightsdesk::runtime
