// Sockets for LMTP sessions: unix sockets and loopback addresses only, for nobody is authenticated: whoever may connect may
// deliver, so a unix socket's folder says who. One thread serves all connections, in turns; while a message is written to
// the disk the others wait.
#pragma once

#include <chrono>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "mail_gateway/lmtp_session.h"

namespace rightsdesk::mail_gateway {

struct ListenerLimits {
    std::size_t connections = 32;                      // together; one more is told 421
    std::chrono::seconds silence{300};                 // of a peer, then it hangs up: RFC 5321 4.5.3.2.7
    std::chrono::seconds connection{3'600};            // of a connection in all
    LmtpLimits lmtp = {};
};

// "unix:/path", "127.0.0.1:2424", "[::1]:2424"; a port 0 is chosen by the system.
struct ListenerAddress {
    std::string text;
    std::string path;          // of a unix socket; else empty
    std::string host;          // "127.0.0.1" or "::1"
    std::uint16_t port = 0;
};
// kInvalid, with the reason: no address, not loopback, a path too long for a socket.
base::Result<ListenerAddress> parse_listener_address(const std::string& text);

struct ListenAt {
    ListenerAddress address;
    LmtpRules rules;
};

class LmtpListener {
public:
    // Listens when it returns. A unix socket that a dead process left is replaced; one that answers is not (kUnavailable). Its
    // mode is 0660. `keeper` outlives it.
    static base::Result<std::unique_ptr<LmtpListener>> open(MailKeeper& keeper, const std::vector<ListenAt>& where, const ListenerLimits& limits = {});
    LmtpListener(const LmtpListener&) = delete;
    LmtpListener& operator=(const LmtpListener&) = delete;
    ~LmtpListener();

    // One turn: accepts, reads, answers; waits up to `wait` for something to do.
    void turn(std::chrono::milliseconds wait);
    // Tells every peer 421 and hangs up; nobody is listened to any more.
    void stop();

    // The port of each address, in their order; 0 for a unix socket.
    [[nodiscard]] std::vector<std::uint16_t> ports() const;
    [[nodiscard]] std::size_t connections() const { return peers_.size(); }

private:
    using Clock = std::chrono::steady_clock;
    struct Door {
        base::FileDescriptor socket;
        ListenAt at;
        std::uint16_t port = 0;
    };
    struct Peer {
        base::FileDescriptor socket;
        std::unique_ptr<LmtpSession> session;
        std::string to_send;
        Clock::time_point began;
        Clock::time_point heard;
        bool gone = false;
    };
    LmtpListener(MailKeeper& keeper, const ListenerLimits& limits) : keeper_(keeper), limits_(limits), room_(limits.lmtp.octets_together) {}
    static base::Result<Door> listen(const ListenAt& at);
    void accept_from(const Door& door);
    void read_from(Peer& peer);
    void send_to(Peer& peer);
    void look_at_times(Peer& peer);

    MailKeeper& keeper_;
    const ListenerLimits limits_;
    MessageRoom room_;
    std::vector<Door> doors_;
    std::list<Peer> peers_;
};

}  // namespace rightsdesk::mail_gateway
