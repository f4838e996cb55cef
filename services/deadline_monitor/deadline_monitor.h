// The deadline monitor: the offering's life, each notice's cover deadline, and the stepped clock.
#pragma once

#include "runtime/handler.h"

namespace rightsdesk::deadline_monitor {

class DeadlineMonitor final : public runtime::Handler {
public:
    [[nodiscard]] domain::ServiceName name() const override { return domain::ServiceName::kDeadlineMonitor; }
    [[nodiscard]] std::string route(const runtime::Surroundings& around, const domain::Command& command) const override;
    domain::Decision decide(const runtime::Surroundings& around, const std::string& log, const domain::Command& command,
                            const domain::Context& context) override;
    [[nodiscard]] bool reacts_to(const std::string& source, const domain::Event& event) const override;
    domain::Decision react(const runtime::Surroundings& around, const std::string& target, const std::string& source, const domain::Record& record,
                           const domain::Context& context) override;
    domain::Decision due(const runtime::Surroundings& around, const std::string& log, const domain::Context& context) override;
    runtime::Answer answer(const runtime::Surroundings& around, const domain::Question& question) override;
};

}  // namespace rightsdesk::deadline_monitor
