#include "rightsdesk/gateway_work.h"

#include <csignal>

#include <algorithm>
#include <atomic>

#include "rightsdesk/gateway_run.h"
#include "runtime/clock.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

constexpr std::chrono::milliseconds kTurn{200};
constexpr std::chrono::seconds kProgress{5};     // between lines on standard error

std::atomic<bool> gateway_stops{false};
extern "C" void stop_gateway(int) { gateway_stops = true; }

void stop_on_signals() {
    struct sigaction action {};
    action.sa_handler = stop_gateway;
    for (const int number : {SIGTERM, SIGINT}) ::sigaction(number, &action, nullptr);
}

// What one run of a gateway has seen.
struct Seen {
    std::size_t receipts = 0;
    std::size_t not_accepted = 0;
    std::size_t refused = 0;
};

GatewayEvents tell_events(Session& session, const std::string& who, Seen& seen) {
    GatewayEvents events;
    events.receipt = [&session, &seen, who](const std::string& name, const client::Settled& settled) {
        const bool good = settled.receipt.kind == domain::ReceiptKind::kAccepted || settled.receipt.kind == domain::ReceiptKind::kDuplicate;
        ++seen.receipts;
        if (!good) ++seen.not_accepted;
        const std::string id = who + "." + std::to_string(settled.number);
        if (session.json) {
            session.out << runtime::json_line(runtime::Json{{"event", name.empty() ? "watermark" : "receipt"}, {"document", name}, {"id", id}, {"receipt", runtime::to_json(settled.receipt)}}) << std::endl;
        } else {
            session.out << (name.empty() ? "watermark" : name) << "  " << id << "  " << to_text(settled.receipt.kind) << "  " << settled.receipt.subject << " "
                        << settled.receipt.status << (settled.receipt.explanation.empty() ? "" : ": " + settled.receipt.explanation) << std::endl;
        }
    };
    events.refused = [&session, &seen](const std::string& name, const std::string& why) {
        ++seen.refused;
        if (session.json) session.out << runtime::json_line(runtime::Json{{"event", "refused"}, {"document", name}, {"why", why}}) << std::endl;
        else session.out << name << "  moved to refused/: " << why << std::endl;
    };
    events.trouble = [&session](const std::string& text) { session.err << text << std::endl; };
    return events;
}

Exit exit_of(const Seen& seen, const GatewayRun& run) {
    if (seen.refused > 0 || run.left_behind() > 0) return Exit::kFailed;
    return seen.not_accepted > 0 ? Exit::kRefused : Exit::kGood;
}

// Until it is told to stop, or with --once until nothing is left to do.
Exit work(Session& session, const GatewayOptions& given, GatewayRun& run, client::Sender& sender, const Seen& seen, Feeder* feeder) {
    using Clock = std::chrono::steady_clock;
    auto moved = Clock::now();
    auto told = Clock::now();
    bool asked = given.watermark_every == 0;
    while (!gateway_stops) {
        const std::size_t fed = feeder == nullptr ? 0 : must(feeder->step());
        const std::size_t done = fed + must(run.step(fed > 0 ? std::chrono::milliseconds(0) : kTurn));
        const auto now = Clock::now();
        if (done > 0) moved = now;
        if (given.once && run.is_idle() && (feeder == nullptr || feeder->is_idle())) {
            if (asked) return exit_of(seen, run);
            asked = true;
            run.ask_for_watermark();
        }
        if (given.once && now - moved > std::chrono::seconds(given.patience)) {
            throw Ending{Exit::kUnavailable, std::to_string(sender.status().unsettled) + " messages have no receipt yet; they are kept, and go out with the next run. Last: " + sender.status().last_problem};
        }
        if (sender.status().unsettled > 0 && now - told >= kProgress) {
            session.err << sender.status().unsettled << " messages wait for their receipts, " << sender.status().on_their_way << " are on their way" << std::endl;
            told = now;
        }
    }
    (void)sender.turn(std::chrono::milliseconds(0));  // what had come is filed, if the disk takes it
    session.err << "stopped; " << sender.status().unsettled << " messages wait for their receipts and go out with the next run" << std::endl;
    return Exit::kGood;
}

}  // namespace

Exit run_gateway(Session& session, const GatewayOptions& given, Feeder* feeder) {
    const std::string who = session.actor();
    SuiteAccess& suite = session.suite();
    const std::string told_at = base::to_text(watermark_door(session, who));
    Spool spool = must(Spool::open(given.spool));
    // Holds its lock, so that nobody sends under the same name meanwhile.
    const client::Outbox outbox = must(client::Outbox::open(suite.outbox_folder(who)));
    if (const std::size_t pending = must(outbox.pending()).size(); pending > 0) {
        throw Ending{Exit::kUnusable, who + " has " + std::to_string(pending) + " messages of single commands without a receipt (" + suite.outbox_folder(who) +
                                          "): send them first, with the command that was interrupted or any other --as " + who};
    }
    client::Sender::Doors doors;
    for (const ServiceName door : {ServiceName::kIntake, ServiceName::kPaymentClearing}) doors[base::to_text(door)] = must(suite.doors_of(door));
    const auto sender = must(client::Sender::open(suite.bus(), must(client::DirectoryFiles::open_folder(outbox.journal_folder())), who, doors, must(suite.key_of(who))));
    sender->number_from(std::max(outbox.next_sequence(), given.first_number));
    Seen seen;
    GatewaySettings settings{who, told_at, std::chrono::seconds(given.watermark_every), std::chrono::seconds(given.watermark_behind)};
    if (feeder != nullptr) settings.not_in_yet = [feeder] { return feeder->earliest(); };
    GatewayRun run(spool, *sender, settings, [&session] { return desk_time(session); }, tell_events(session, who, seen));
    if (feeder != nullptr) must(feeder->recover());
    must(run.recover());
    stop_on_signals();
    return work(session, given, run, *sender, seen, feeder);
}

ServiceName watermark_door(Session& session, const std::string& who) {
    const domain::Principal* principal = session.suite().principals().by_name(who);
    if (principal == nullptr) throw Ending{Exit::kUnusable, "there is no principal '" + who + "'"};
    const bool bank = std::find(principal->roles.begin(), principal->roles.end(), domain::Role::kBankFeed) != principal->roles.end();
    return bank ? ServiceName::kPaymentClearing : ServiceName::kIntake;
}

std::optional<domain::Instant> desk_time(Session& session) {
    if (session.suite().config().clock == domain::ClockMode::kReal) return runtime::SystemClock().now();
    const auto reply = session.suite().ask("reader", ServiceName::kDeadlineMonitor, domain::AskClock{}, std::chrono::seconds(1));
    const auto* status = reply ? std::get_if<domain::ClockStatus>(&reply->body) : nullptr;
    return status == nullptr ? std::nullopt : std::optional(status->clock.time);
}

void add_gateway_options(CLI::App& app, GatewayOptions& given) {
    app.add_option("--spool", given.spool, "the folder with in/, sent/, receipts/, refused/; made when missing")->required();
    app.add_flag("--once", given.once, "end when nothing is left to take and everything has its receipt");
    app.add_option("--watermark-every", given.watermark_every, "seconds between watermarks; 0: none. With --once one is told at the end")->capture_default_str();
    app.add_option("--watermark-behind", given.watermark_behind, "seconds that a document may take from its stamp into in/: watermarks are so much behind the clock")->capture_default_str();
    app.add_option("--patience", given.patience, "with --once: seconds without any progress before it gives up")->capture_default_str()->check(CLI::PositiveNumber);
    app.add_option("--first-number", given.first_number, "no message gets a lower number: after a journal that was lost")->check(CLI::PositiveNumber);
}

}  // namespace rightsdesk::tools
