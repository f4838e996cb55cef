// rightsdesk clock show|advance|accept
#include "domain/civil.h"
#include "rightsdesk/playing.h"
#include "rightsdesk/session.h"
#include "runtime/clock.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

domain::ClockStatus ask_clock(Session& session) {
    const auto reply = must(session.suite().ask("clock", ServiceName::kDeadlineMonitor, domain::AskClock{}));
    const auto* status = std::get_if<domain::ClockStatus>(&reply.body);
    if (status == nullptr) throw Ending{Exit::kRefused, "the deadline monitor does not tell the time to 'clock'"};
    return *status;
}

Exit show_clock(Session& session) {
    domain::ClockStatus status = ask_clock(session);
    if (status.clock.mode == domain::ClockMode::kReal) status.clock.time = runtime::SystemClock().now();
    if (session.json) {
        session.out << runtime::json_text(runtime::to_json(status)) << "\n";
        return Exit::kGood;
    }
    session.out << domain::instant_text(status.clock.time) << ", the " << to_text(status.clock.mode) << " clock; " << (status.idle ? "all services are idle" : "at work:")
                << "\n";
    for (const std::string& who : status.waiting_for) session.out << "  " << who << "\n";
    return Exit::kGood;
}

Exit advance(Session& session, const std::string& to, int seconds) {
    const domain::Instant when = instant_from(to);
    const std::chrono::seconds patience(seconds);
    wait_until_idle(session.suite(), patience);  // a step is taken only when everybody is idle
    const Exit stepped = session.send("clock", ServiceName::kDeadlineMonitor, domain::StepTime{when});
    if (stepped == Exit::kGood) wait_until_idle(session.suite(), patience);
    return stepped;
}

// The time is said explicitly: what this host's clock shows may be what is wrong.
Exit accept(Session& session, const std::pair<std::string, std::string>& given) {
    const auto& [time, why] = given;
    return session.send(session.actor(), ServiceName::kDeadlineMonitor, domain::AcceptClock{instant_from(time), why});
}

}  // namespace

void add_clock(CLI::App& app, Session& session) {
    CLI::App* clock = subcommand(app, "clock", "the desk's clock: show, advance, accept", "");
    clock->require_subcommand(1);
    CLI::App* shows = subcommand(*clock, "show", "the time, real or stepped, and whether all services are idle at it", "clock show");
    shows->callback([&session] { session.run = show_clock; });

    auto given = std::make_shared<std::pair<std::string, int>>("", 60);
    CLI::App* advances = subcommand(*clock, "advance", "step the stepped clock forward, and wait until every service has done what is due then",
                                    "clock advance --to 2002-06-28T17:00:00-04:00");
    advances->add_option("--to", given->first, "ISO 8601, with its offset; not before the present time")->required();
    advances->add_option("--wait", given->second, "seconds to wait for the services")->capture_default_str()->check(CLI::Range(1, 3600));
    auto vouched = std::make_shared<std::pair<std::string, std::string>>();
    CLI::App* accepts = subcommand(*clock, "accept",
                                   "after a step of the wall clock (alerts clock_stepped, clock_behind_log): it is right as it is now. Every service whose clock shows the time "
                                   "that you give, to the minute that the command takes, acts by it again",
                                   "clock accept --time 2002-06-28T16:12:00-04:00 --why 'set by hand after the outage; compared with time.gov' --as alice");
    accepts->add_option("--time", vouched->first, "the present time as you know it from elsewhere; ISO 8601, with its offset")->required();
    accepts->add_option("--why", vouched->second, "for the record")->required();
    accepts->callback([&session, vouched] { session.run = [vouched](Session& run) { return accept(run, *vouched); }; });
    advances->callback([&session, given] { session.run = [given](Session& run) { return advance(run, given->first, given->second); }; });
}

}  // namespace rightsdesk::tools
