// A bus that passes everything on to another: for a test that changes something on the way.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bus/bus.h"

namespace rightsdesk::support {

class PassingBus : public bus::Bus {
public:
    explicit PassingBus(std::unique_ptr<bus::Bus> inner) : inner_(std::move(inner)) {}

    bus::Result<std::unique_ptr<bus::Door>> open_door(const std::string& endpoint, const bus::KeyPair& server, bus::Directory directory) override {
        return inner_->open_door(endpoint, server, std::move(directory));
    }
    bus::Result<std::unique_ptr<bus::Feed>> open_feed(const std::string& endpoint, const bus::KeyPair& server, bus::Directory directory) override {
        return inner_->open_feed(endpoint, server, std::move(directory));
    }
    bus::Result<std::unique_ptr<bus::Knocker>> knock(const bus::Remote& remote, const bus::KeyPair& own) override { return inner_->knock(remote, own); }
    bus::Result<std::unique_ptr<bus::Listener>> listen(const std::vector<bus::Remote>& remotes, const bus::KeyPair& own,
                                                       const std::vector<std::string>& prefixes) override {
        return inner_->listen(remotes, own, prefixes);
    }
    bool wait(std::chrono::milliseconds wait) override { return inner_->wait(wait); }

private:
    std::unique_ptr<bus::Bus> inner_;
};

}  // namespace rightsdesk::support
