// Notification: turns events into alerts on topics, numbered, and answers late subscribers by number.
#pragma once

#include <functional>

#include "notification/going_out.h"
#include "notification/telling_troubles.h"
#include "runtime/handler.h"

namespace rightsdesk::notification {

inline constexpr std::size_t kMaxAlertsPerPage = 500;

class Notification final : public runtime::Handler {
public:
    Notification() = default;                                        // nothing goes outside
    explicit Notification(GoingOut outside) : outside_(std::move(outside)) {}
    // `troubles`: what is told of the desk's own without the store, to be put on record. `counts`: of that seat; they are added to its own.
    Notification(GoingOut outside, TroubleRecords troubles, std::function<CountsByWay()> counts)
        : outside_(std::move(outside)), troubles_(std::move(troubles)), counts_of_troubles_(std::move(counts)) {}

    [[nodiscard]] domain::ServiceName name() const override { return domain::ServiceName::kNotification; }
    [[nodiscard]] std::string route(const runtime::Surroundings& around, const domain::Command& command) const override;
    domain::Decision decide(const runtime::Surroundings& around, const std::string& log, const domain::Command& command,
                            const domain::Context& context) override;
    domain::Decision react(const runtime::Surroundings& around, const std::string& target, const std::string& source, const domain::Record& record,
                           const domain::Context& context) override;
    domain::Decision due(const runtime::Surroundings& around, const std::string& log, const domain::Context& context) override;
    void tell(const runtime::Books& books, domain::Instant now, runtime::Figures& figures) override;
    runtime::Answer answer(const runtime::Surroundings& around, const domain::Question& question) override;
    bool finish() override { return outside_.finish(); }

private:
    domain::Decision decide_about_alerts(const domain::Book& book, const domain::Command& command, const domain::Context& context);

    GoingOut outside_;
    TroubleRecords troubles_;
    std::function<CountsByWay()> counts_of_troubles_ = [] { return CountsByWay(); };
};

}  // namespace rightsdesk::notification
