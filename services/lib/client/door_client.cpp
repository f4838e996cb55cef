#include "client/door_client.h"

#include <algorithm>

#include "base/check.h"
#include "wire/wire.h"

namespace rightsdesk::client {

namespace {

bool is_retry_later(const domain::Reply& reply) {
    const auto* receipt = std::get_if<domain::Receipt>(&reply.body);
    return receipt != nullptr && receipt->kind == domain::ReceiptKind::kRetryLater;
}

// What an answer to one message is known by: its identity, or its bytes' where the door could not decode them.
struct Expected {
    domain::Identity identity;
    domain::Identity undecodable;
};

// Until an answer to the message comes, or the time is over; answers to earlier ones are let go. One that cannot be read is
// as good as none, and `last` says so.
std::optional<domain::Reply> receive_answer(bus::Knocker& knocker, const Expected& expected, std::chrono::steady_clock::time_point until, std::string& last) {
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (left <= std::chrono::milliseconds(0)) return std::nullopt;
        const auto bytes = knocker.receive(left);
        if (!bytes) continue;
        auto reply = wire::decode_reply(*bytes);
        if (!reply) last = "the door's answer cannot be read: " + reply.error().message;
        if (reply && (reply->identity == expected.identity || reply->identity == expected.undecodable)) return std::move(*reply);
    }
}

}  // namespace

base::Result<DoorClient> DoorClient::connect(bus::Bus& bus, const std::vector<bus::Remote>& doors, const bus::KeyPair& own) {
    CHECK(!doors.empty());
    DoorClient client;
    for (const bus::Remote& door : doors) {
        auto knocker = bus.knock(door, own);
        if (!knocker) return tl::unexpected(knocker.error());
        client.knockers_.push_back(std::move(*knocker));
    }
    return client;
}

base::Result<domain::Reply> DoorClient::ask(const domain::Envelope& envelope, std::chrono::milliseconds patience) {
    return ask_encoded(wire::encode(envelope), envelope.identity, patience);
}

base::Result<domain::Reply> DoorClient::ask_encoded(const bus::Bytes& bytes, const domain::Identity& identity, std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    std::chrono::milliseconds silence = kFirstResend;
    const Expected expected{identity, domain::undecodable_identity(identity.source, bytes)};
    std::string last = "no door answered";
    while (std::chrono::steady_clock::now() < until) {
        bus::Knocker& knocker = *knockers_[next_];
        if (const auto sent = knocker.send(bytes); !sent && sent.error().kind != base::ErrorKind::kUnavailable) return tl::unexpected(sent.error());
        const auto turn_ends = std::min(until, std::chrono::steady_clock::now() + silence);
        auto reply = receive_answer(knocker, expected, turn_ends, last);
        if (reply && !is_retry_later(*reply)) return std::move(*reply);
        if (reply) {
            last = std::get<domain::Receipt>(reply->body).explanation;
            // The door is there and asks to wait: a short pause, then the same again.
            (void)receive_answer(knocker, Expected{}, std::min(until, std::chrono::steady_clock::now() + kRetryPause), last);
            continue;
        }
        next_ = (next_ + 1) % knockers_.size();
        silence = std::min(silence * 2, kLongestResend);
    }
    return base::unavailable(last);
}

}  // namespace rightsdesk::client
