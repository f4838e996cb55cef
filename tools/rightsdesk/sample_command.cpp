// rightsdesk sample play: plays a timeline over the running suite, on the stepped clock.
#include <thread>

#include "domain/civil.h"
#include "rightsdesk/session.h"
#include "rightsdesk/timeline.h"

namespace rightsdesk::tools {

namespace {

constexpr std::chrono::milliseconds kPatienceWithASuiteUnderRepair{60'000};
constexpr std::chrono::milliseconds kPollPause{2};

// Waits until every service is idle at the present time: then what a step caused has all happened.
void wait_until_idle(SuiteAccess& suite) {
    const auto until = std::chrono::steady_clock::now() + kPatienceWithASuiteUnderRepair;
    std::string waiting;
    while (std::chrono::steady_clock::now() < until) {
        const auto reply = must(suite.ask("clock", domain::ServiceName::kDeadlineMonitor, domain::AskClock{}, kPatienceWithASuiteUnderRepair));
        const auto* status = std::get_if<domain::ClockStatus>(&reply.body);
        if (status == nullptr) throw Ending{Exit::kRefused, "the deadline monitor does not tell the time to 'clock'"};
        if (status->idle) return;
        waiting.clear();
        for (const std::string& who : status->waiting_for) waiting += " " + who + ";";
        std::this_thread::sleep_for(kPollPause);  // the door answers at once; this only spares it
    }
    throw Ending{Exit::kUnavailable, "waited a minute for" + waiting};
}

void step_time(SuiteAccess& suite, const Step& step, std::uint64_t& ticks) {
    const auto receipt = must(suite.send_numbered("clock", ++ticks, domain::ServiceName::kDeadlineMonitor, domain::StepTime{step.at}, kPatienceWithASuiteUnderRepair));
    if (receipt.kind != domain::ReceiptKind::kAccepted) throw Ending{Exit::kRefused, "the time did not step to " + step.civil + ": " + receipt.explanation};
    wait_until_idle(suite);
}

std::string outcome_text(const domain::Receipt& receipt) {
    std::string text = receipt.status.empty() ? to_text(receipt.kind) : receipt.status;
    for (const std::string& reason : receipt.reasons) text += " " + reason;
    return text;
}

Exit play(Session& session, const std::string& folder) {
    const Timeline timeline = must(load_timeline(folder + "/timeline.toml"));
    SuiteAccess& suite = session.suite();
    wait_until_idle(suite);
    std::uint64_t ticks = 0;
    domain::Instant now(0);
    std::size_t done = 0;
    for (const Step& step : timeline.steps) {
        if (step.at != now) step_time(suite, step, ticks);
        now = step.at;
        const auto receipt = must(suite.send_numbered(step.source, step.number, step.door, step.command, kPatienceWithASuiteUnderRepair));
        wait_until_idle(suite);
        session.out << "[" << ++done << "/" << timeline.steps.size() << "] " << step.civil << "  " << step.source << "  " << step.what << ": "
                    << outcome_text(receipt) << "\n"
                    << std::flush;
        if (receipt.kind == domain::ReceiptKind::kConflict || receipt.kind == domain::ReceiptKind::kQuarantined) {
            throw Ending{Exit::kRefused, "the step at line " + std::to_string(step.line) + " went wrong: " + receipt.explanation};
        }
    }
    return Exit::kGood;
}

}  // namespace

void add_sample(CLI::App& app, Session& session) {
    CLI::App* sample = subcommand(app, "sample", "the sample offering", "");
    sample->require_subcommand(1);
    auto folder = std::make_shared<std::string>();
    CLI::App* plays = subcommand(*sample, "play", "play a timeline over the running suite, on the stepped clock; playing it again changes nothing",
                                 "sample play tools/sample");
    plays->add_option("FOLDER", *folder, "with timeline.toml")->required()->check(CLI::ExistingDirectory);
    plays->callback([&session, folder] { session.run = [folder](Session& run) { return play(run, *folder); }; });
}

}  // namespace rightsdesk::tools
