#pragma once

#include <functional>
#include <memory>

#include "bus/memory_bus.h"
#include "support/passing_bus.h"

namespace rightsdesk::client {

// The memory bus never waits; here whoever listens or waits lets the door do its work first, as time would.
class ServedBus final : public support::PassingBus {
public:
    using Serve = std::function<void()>;
    ServedBus(const std::shared_ptr<bus::MemoryNetwork>& network, Serve serve) : PassingBus(std::make_unique<bus::MemoryBus>(network)), serve_(std::move(serve)) {}

    bus::Result<std::unique_ptr<bus::Knocker>> knock(const bus::Remote& remote, const bus::KeyPair& own) override {
        return PassingBus::knock(remote, own).map([this](std::unique_ptr<bus::Knocker> knocker) -> std::unique_ptr<bus::Knocker> {
            return std::make_unique<ServedKnocker>(std::move(knocker), serve_);
        });
    }
    bool wait(std::chrono::milliseconds wait) override {
        serve_();
        return PassingBus::wait(wait);
    }

private:
    class ServedKnocker final : public bus::Knocker {
    public:
        ServedKnocker(std::unique_ptr<bus::Knocker> inner, Serve serve) : inner_(std::move(inner)), serve_(std::move(serve)) {}
        bus::Result<> send(const bus::Bytes& bytes) override { return inner_->send(bytes); }
        std::optional<bus::Bytes> receive(std::chrono::milliseconds wait) override {
            serve_();
            return inner_->receive(wait);
        }

    private:
        std::unique_ptr<bus::Knocker> inner_;
        Serve serve_;
    };

    Serve serve_;
};

}  // namespace rightsdesk::client
