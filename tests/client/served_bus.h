#pragma once

#include <functional>
#include <memory>

#include "bus/memory_bus.h"

namespace rightsdesk::client {

// The memory bus never waits; here whoever listens or waits lets the door do its work first, as time would.
class ServedBus final : public bus::Bus {
public:
    using Serve = std::function<void()>;
    ServedBus(const std::shared_ptr<bus::MemoryNetwork>& network, Serve serve) : inner_(network), serve_(std::move(serve)) {}

    bus::Result<std::unique_ptr<bus::Door>> open_door(const std::string& endpoint, const bus::KeyPair& server, bus::Directory directory) override {
        return inner_.open_door(endpoint, server, std::move(directory));
    }
    bus::Result<std::unique_ptr<bus::Feed>> open_feed(const std::string& endpoint, const bus::KeyPair& server, bus::Directory directory) override {
        return inner_.open_feed(endpoint, server, std::move(directory));
    }
    bus::Result<std::unique_ptr<bus::Knocker>> knock(const bus::Remote& remote, const bus::KeyPair& own) override {
        return inner_.knock(remote, own).map([this](std::unique_ptr<bus::Knocker> knocker) -> std::unique_ptr<bus::Knocker> {
            return std::make_unique<ServedKnocker>(std::move(knocker), serve_);
        });
    }
    bus::Result<std::unique_ptr<bus::Listener>> listen(const std::vector<bus::Remote>& remotes, const bus::KeyPair& own,
                                                       const std::vector<std::string>& prefixes) override {
        return inner_.listen(remotes, own, prefixes);
    }
    bool wait(std::chrono::milliseconds wait) override {
        serve_();
        return inner_.wait(wait);
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

    bus::MemoryBus inner_;
    Serve serve_;
};

}  // namespace rightsdesk::client
