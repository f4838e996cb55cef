#include "rightsdesk/playing.h"

#include <thread>

#include "base/texts.h"
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

namespace {

constexpr std::chrono::milliseconds kPollPause{2};  // the door answers at once; this only spares it

// The numbers of the steps of time are the clock's own, from 1.
void step_time(SuiteAccess& suite, const Step& step, std::uint64_t number) {
    const auto receipt = must(suite.send_numbered("clock", number, domain::ServiceName::kDeadlineMonitor, domain::StepTime{step.at}, kPatienceWithASuiteUnderRepair));
    if (receipt.kind != domain::ReceiptKind::kAccepted) throw Ending{Exit::kRefused, "the time did not step to " + step.civil + ": " + receipt.explanation};
    wait_until_idle(suite, kPatienceWithASuiteUnderRepair);
}

}  // namespace

void wait_until_idle(SuiteAccess& suite, std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const auto reply = must(suite.ask("clock", domain::ServiceName::kDeadlineMonitor, domain::AskClock{}, patience));
        const auto* status = std::get_if<domain::ClockStatus>(&reply.body);
        if (status == nullptr) throw Ending{Exit::kRefused, "the deadline monitor does not tell the time to 'clock'"};
        if (status->idle) return;
        if (std::chrono::steady_clock::now() > until) throw Ending{Exit::kUnavailable, "waited in vain for " + base::joined(status->waiting_for, "; ")};
        std::this_thread::sleep_for(kPollPause);
    }
}

void play_timeline(SuiteAccess& suite, const Timeline& timeline, const Told& told) {
    wait_until_idle(suite, kPatienceWithASuiteUnderRepair);
    std::uint64_t ticks = 0;
    domain::Instant now(0);
    for (const Step& step : timeline.steps) {
        if (step.at != now) step_time(suite, step, ++ticks);
        now = step.at;
        const auto receipt = must(suite.send_numbered(step.source, step.number, step.door, step.command, kPatienceWithASuiteUnderRepair));
        wait_until_idle(suite, kPatienceWithASuiteUnderRepair);
        told(step, receipt);
        if (receipt.kind == domain::ReceiptKind::kConflict || receipt.kind == domain::ReceiptKind::kQuarantined) {
            throw Ending{Exit::kRefused, "the step at line " + std::to_string(step.line) + " went wrong: " + receipt.explanation};
        }
    }
}

}  // namespace rightsdesk::tools
