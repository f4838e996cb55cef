// ZAP (ZeroMQ RFC 27): the one thread of a context that says which CURVE keys are let in, and as whom.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include <zmq.hpp>

#include "bus/bus.h"

namespace rightsdesk::bus {

// The handler is bound when the constructor returns, so make it before any server socket of its context. Its methods may be called
// from any thread.
class Zap {
public:
    explicit Zap(zmq::context_t& context);
    ~Zap();  // ends the thread
    Zap(const Zap&) = delete;
    Zap& operator=(const Zap&) = delete;

    // Asks `directory` for keys that knock at the server socket of the domain returned, which is never empty. It is called in the handler's thread
    // and must not call back.
    std::string admit_by(Directory directory);
    // From the return on the domain's directory is not called any more.
    void forget(const std::string& domain);

    [[nodiscard]] std::uint64_t admitted() const { return admitted_; }
    [[nodiscard]] std::uint64_t refused() const { return refused_; }

private:
    struct Verdict {
        const char* status;
        const char* text;
        std::string principal;
    };

    void run();
    void answer_one();
    Verdict judge(const std::string& domain, std::string_view mechanism, std::string_view key);

    zmq::socket_t requests_;
    zmq::socket_t stop_sender_;
    zmq::socket_t stop_receiver_;
    std::mutex mutex_;
    std::map<std::string, Directory> directories_;  // by domain; under mutex_
    std::uint64_t domains_ = 0;                     // under mutex_
    std::atomic<std::uint64_t> admitted_{0};
    std::atomic<std::uint64_t> refused_{0};
    std::thread thread_;
};

}  // namespace rightsdesk::bus
