#include "bus/zap.h"

#include <zmq.h>

#include <array>
#include <csignal>
#include <exception>
#include <utility>

#include "bus/keys.h"
#include "bus/zmq_options.h"

namespace rightsdesk::bus {

namespace {

// Frames of a request: version, request id, domain, address, routing id, mechanism, then for CURVE the client's key as 32 octets.
constexpr std::size_t kRequestFrames = 7;

std::string to_z85(std::string_view octets) {
    std::array<char, kKeyCharacters + 1> text{};
    zmq_z85_encode(text.data(), reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size());
    return {text.data(), kKeyCharacters};
}

// The process' signals belong to its main thread.
class SignalsHeldBack {
public:
    SignalsHeldBack() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, &before_);
    }
    ~SignalsHeldBack() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsHeldBack(const SignalsHeldBack&) = delete;
    SignalsHeldBack& operator=(const SignalsHeldBack&) = delete;

private:
    sigset_t before_{};
};

}  // namespace

Zap::Zap(zmq::context_t& context)
    : requests_(context, zmq::socket_type::rep), stop_sender_(context, zmq::socket_type::pair), stop_receiver_(context, zmq::socket_type::pair) {
    requests_.set(zmq::sockopt::linger, 0);
    requests_.bind("inproc://zeromq.zap.01");
    stop_receiver_.bind("inproc://zap-stop");
    stop_sender_.connect("inproc://zap-stop");
    const SignalsHeldBack held_back;
    thread_ = std::thread([this] { run(); });
}

Zap::~Zap() {
    send_frame(stop_sender_, "stop");
    thread_.join();
}

std::string Zap::admit_by(Directory directory) {
    const std::lock_guard lock(mutex_);
    std::string domain = "server-" + std::to_string(++domains_);
    directories_.emplace(domain, std::move(directory));
    return domain;
}

void Zap::forget(const std::string& domain) {
    const std::lock_guard lock(mutex_);
    directories_.erase(domain);
}

void Zap::run() {
    for (;;) {
        std::array<zmq_pollitem_t, 2> items{{{requests_.handle(), 0, ZMQ_POLLIN, 0}, {stop_receiver_.handle(), 0, ZMQ_POLLIN, 0}}};
        if (zmq_poll(items.data(), static_cast<int>(items.size()), -1) < 0) continue;
        if ((items[1].revents & ZMQ_POLLIN) != 0) return;
        if ((items[0].revents & ZMQ_POLLIN) != 0) answer_one();
    }
}

void Zap::answer_one() {
    auto request = receive_frames(requests_, kRequestFrames);
    if (!request) return;
    Verdict verdict{"400", "malformed", {}};
    std::string id;
    if (request->parts.size() > 1) id = request->parts[1].to_string();
    if (request->as_expected) verdict = judge(request->parts[2].to_string(), request->parts[5].to_string_view(), request->parts[6].to_string_view());
    ++(verdict.principal.empty() ? refused_ : admitted_);
    const auto more = zmq::send_flags::sndmore;
    for (const std::string_view frame : {std::string_view("1.0"), std::string_view(id), std::string_view(verdict.status), std::string_view(verdict.text),
                                         std::string_view(verdict.principal)}) {
        send_frame(requests_, frame, more);
    }
    send_frame(requests_, {});  // no metadata
}

// Status 400 tells the client that it is refused, and libzmq's client then gives up; 300 closes without a word, and it tries again. So 300 is for what
// may pass: a server that is just closing, a directory that fails.
Zap::Verdict Zap::judge(const std::string& domain, std::string_view mechanism, std::string_view key) {
    if (mechanism != "CURVE" || key.size() != kKeyOctets) return {"400", "CURVE only", {}};
    const std::lock_guard lock(mutex_);
    const auto directory = directories_.find(domain);
    if (directory == directories_.end()) return {"300", "closing", {}};
    try {
        auto principal = directory->second(to_z85(key));
        if (!principal || !is_principal(*principal)) return {"400", "unknown key", {}};
        return {"200", "OK", std::move(*principal)};
    } catch (const std::exception&) {
        return {"300", "directory unavailable", {}};
    }
}

}  // namespace rightsdesk::bus
