// The world outside in one process: it takes what notification sends, or is down, or takes it while notification dies.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "notification/outside.h"

namespace rightsdesk::support {

struct OutsideWorld {
    std::set<std::string> down;                    // ways
    std::map<std::string, std::vector<std::string>> received;  // by way: ids, in order
    std::map<std::string, std::vector<std::string>> bodies;    // of the same
    bool answers_are_lost = false;                 // what is taken is not reported: the process dies before

    [[nodiscard]] std::size_t different(const std::string& way) const {
        const auto found = received.find(way);
        return found == received.end() ? 0 : std::set<std::string>(found->second.begin(), found->second.end()).size();
    }
};

// What one life of notification sees of it.
class FakeOutside final : public notification::Outside {
public:
    explicit FakeOutside(std::shared_ptr<OutsideWorld> world) : world_(std::move(world)) {}

    [[nodiscard]] bool has(const std::string& log, const std::string& way) const override { return in_hand_.contains({log, way}); }
    void take(std::vector<notification::Outgoing> line) override {
        for (const notification::Outgoing& outgoing : line) {
            const bool down = world_->down.contains(outgoing.way);
            if (!down && outgoing.number != 0) {
                world_->received[outgoing.way].push_back(domain::sending_id(outgoing.log, outgoing.way, outgoing.number));
                world_->bodies[outgoing.way].push_back(outgoing.body);
            }
            if (outgoing.number == 0) continue;
            in_hand_.insert({outgoing.log, outgoing.way});
            if (world_->answers_are_lost) return;
            ended_[outgoing.log].push_back({outgoing.way, outgoing.number, outgoing.attempt, down ? domain::SendingOutcome::kFailed : domain::SendingOutcome::kSent, down ? "no answer" : "taken"});
            if (down) return;
        }
    }
    [[nodiscard]] std::vector<domain::AttemptEnd> ended(const std::string& log) const override {
        const auto found = ended_.find(log);
        return found == ended_.end() ? std::vector<domain::AttemptEnd>() : found->second;
    }
    void forget(const std::string& log, const domain::AttemptEnd& end) override {
        auto& ended = ended_[log];
        std::erase_if(ended, [&](const domain::AttemptEnd& each) { return each.way == end.way && each.number == end.number; });
        if (std::none_of(ended.begin(), ended.end(), [&](const domain::AttemptEnd& each) { return each.way == end.way; })) in_hand_.erase({log, end.way});
    }
    void finish() override {}

private:
    std::shared_ptr<OutsideWorld> world_;
    std::set<std::pair<std::string, std::string>> in_hand_;
    std::map<std::string, std::vector<domain::AttemptEnd>> ended_;
};

}  // namespace rightsdesk::support
