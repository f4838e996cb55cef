#include "mail_gateway/desk_time.h"

namespace rightsdesk::mail_gateway {

base::Result<std::unique_ptr<DeskTime>> DeskTime::open(const std::string& config) {
    auto suite = tools::SuiteAccess::open(config);
    if (!suite) return tl::unexpected(suite.error());
    auto time = std::make_unique<DeskTime>();
    time->suite_ = std::move(*suite);
    return time;
}

std::optional<domain::Instant> DeskTime::now() {
    if (suite_->config().clock == domain::ClockMode::kReal) return clock_.now();
    const auto reply = suite_->ask("reader", domain::ServiceName::kDeadlineMonitor, domain::AskClock{}, std::chrono::seconds(1));
    const auto* status = reply ? std::get_if<domain::ClockStatus>(&reply->body) : nullptr;
    return status == nullptr ? std::nullopt : std::optional(status->clock.time);
}

}  // namespace rightsdesk::mail_gateway
