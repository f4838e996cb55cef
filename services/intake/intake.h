// Intake: notices, certificates, telephone confirmations and gateways' watermarks as they come in, and what people decide
// about a notice: cures, waivers, rejections, attributions.
#pragma once

#include "intake/registers.h"
#include "intake/submission.h"
#include "runtime/handler.h"

namespace rightsdesk::intake {

class Intake final : public runtime::Handler {
public:
    // `documents` outlives the service. A document is kept, durably, before the decision that names it is committed.
    explicit Intake(documents::Documents& documents) : documents_(documents), registers_(documents) {}

    [[nodiscard]] domain::ServiceName name() const override { return domain::ServiceName::kIntake; }
    [[nodiscard]] std::string route(const runtime::Surroundings& around, const domain::Command& command) const override;
    // The desk hears of attributions that an offering has taken back.
    [[nodiscard]] bool follows_offerings() const override { return true; }
    void go_without_replica(bool without) override { documents_.go_without_replica(without); }
    // Keeps the documents of all notices among them, so that they wait for the disk once.
    void prepare(const std::vector<const domain::Command*>& commands) override;
    domain::Decision decide(const runtime::Surroundings& around, const std::string& log, const domain::Command& command,
                            const domain::Context& context) override;
    [[nodiscard]] bool reacts_to(const std::string& source, const domain::Event& event) const override;
    domain::Decision react(const runtime::Surroundings& around, const std::string& target, const std::string& source, const domain::Record& record,
                           const domain::Context& context) override;
    domain::Decision due(const runtime::Surroundings& around, const std::string& log, const domain::Context& context) override;
    runtime::Answer answer(const runtime::Surroundings& around, const domain::Question& question) override;

private:
    // The register's next share of the notices on file, or why it cannot be now.
    domain::Decision compare(const runtime::Surroundings& around, const domain::Book& book, const domain::Context& context);

    documents::Documents& documents_;
    Registers registers_;
    KeptDocuments kept_;  // of the batch prepared last
};

}  // namespace rightsdesk::intake
