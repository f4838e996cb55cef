// The transport itself: libcurl, a thread for each way, so that a mail server that hangs holds up neither the service nor another way.
//
// Each request is bounded in time and in what is read of its answer; no redirect is followed; no proxy is taken from the environment.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "notification/outside.h"
#include "notification/way_settings.h"

namespace rightsdesk::notification {

struct Patience {
    std::chrono::milliseconds connect{10'000};
    std::chrono::milliseconds whole{30'000};
    std::chrono::milliseconds finish{5'000};  // of what is under way when the process ends
};

class CurlOutside final : public Outside {
public:
    explicit CurlOutside(const std::vector<WaySettings>& ways, Patience patience = {});
    // Breaks off what is under way.
    ~CurlOutside() override;

    [[nodiscard]] bool has(const std::string& log, const std::string& way) const override;
    void take(std::vector<Outgoing> line) override;
    [[nodiscard]] std::vector<domain::AttemptEnd> ended(const std::string& log) const override;
    void forget(const std::string& log, const domain::AttemptEnd& end) override;
    void finish() override;

private:
    class Courier;  // of one way
    Patience patience_;
    std::vector<std::unique_ptr<Courier>> couriers_;
};

}  // namespace rightsdesk::notification
