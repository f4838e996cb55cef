// Payment clearing: money as it is advised, cleared, bounced and matched; the count, the allocation and the refunds.
#pragma once

#include "runtime/handler.h"

namespace rightsdesk::payment_clearing {

class PaymentClearing final : public runtime::Handler {
public:
    [[nodiscard]] domain::ServiceName name() const override { return domain::ServiceName::kPaymentClearing; }
    [[nodiscard]] std::string route(const runtime::Surroundings& around, const domain::Command& command) const override;
    // What is said of money: where the same money is known already counts, whichever instance was told of it.
    [[nodiscard]] bool routes_by_books(const domain::Command& command) const override;
    // The desk hears of attributions that an offering has taken back.
    [[nodiscard]] bool follows_offerings() const override { return true; }
    domain::Decision decide(const runtime::Surroundings& around, const std::string& log, const domain::Command& command,
                            const domain::Context& context) override;
    [[nodiscard]] bool reacts_to(const std::string& source, const domain::Event& event) const override;
    domain::Decision react(const runtime::Surroundings& around, const std::string& target, const std::string& source, const domain::Record& record,
                           const domain::Context& context) override;
    domain::Decision due(const runtime::Surroundings& around, const std::string& log, const domain::Context& context) override;
    runtime::Answer answer(const runtime::Surroundings& around, const domain::Question& question) override;
};

}  // namespace rightsdesk::payment_clearing
