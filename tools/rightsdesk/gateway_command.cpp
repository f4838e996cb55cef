// rightsdesk gateway run|status|journal|archive|watermark
#include <csignal>

#include <algorithm>
#include <atomic>
#include <filesystem>

#include "rightsdesk/gateway_journal.h"
#include "rightsdesk/gateway_run.h"
#include "rightsdesk/session.h"
#include "runtime/clock.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

constexpr std::chrono::milliseconds kTurn{200};
constexpr std::chrono::seconds kProgress{5};     // between lines on standard error

struct GatewayOptions {
    std::string spool;
    bool once = false;
    std::uint32_t watermark_every = 0;
    std::uint32_t watermark_behind = 60;
    std::uint32_t patience = 60;
    std::uint64_t first_number = 1;
};

std::atomic<bool> gateway_stops{false};
extern "C" void stop_gateway(int) { gateway_stops = true; }

void stop_on_signals() {
    struct sigaction action {};
    action.sa_handler = stop_gateway;
    for (const int number : {SIGTERM, SIGINT}) ::sigaction(number, &action, nullptr);
}

// The door at which a principal tells its watermark.
ServiceName watermark_door(Session& session, const std::string& who) {
    const domain::Principal* principal = session.suite().principals().by_name(who);
    if (principal == nullptr) throw Ending{Exit::kUnusable, "there is no principal '" + who + "'"};
    const bool bank = std::find(principal->roles.begin(), principal->roles.end(), domain::Role::kBankFeed) != principal->roles.end();
    return bank ? ServiceName::kPaymentClearing : ServiceName::kIntake;
}

// The desk's time; nothing while nobody tells it.
std::optional<domain::Instant> desk_time(Session& session) {
    if (session.suite().config().clock == domain::ClockMode::kReal) return runtime::SystemClock().now();
    const auto reply = session.suite().ask("reader", ServiceName::kDeadlineMonitor, domain::AskClock{}, std::chrono::seconds(1));
    const auto* status = reply ? std::get_if<domain::ClockStatus>(&reply->body) : nullptr;
    return status == nullptr ? std::nullopt : std::optional(status->clock.time);
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
Exit work(Session& session, const GatewayOptions& given, GatewayRun& run, client::Sender& sender, const Seen& seen) {
    using Clock = std::chrono::steady_clock;
    auto moved = Clock::now();
    auto told = Clock::now();
    bool asked = given.watermark_every == 0;
    while (!gateway_stops) {
        const std::size_t done = must(run.step(kTurn));
        const auto now = Clock::now();
        if (done > 0) moved = now;
        if (given.once && run.is_idle()) {
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

Exit run_gateway(Session& session, const GatewayOptions& given) {
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
    GatewayRun run(spool, *sender, settings, [&session] { return desk_time(session); }, tell_events(session, who, seen));
    must(run.recover());
    stop_on_signals();
    return work(session, given, run, *sender, seen);
}

void add_gateway_run(CLI::App& gateway, Session& session) {
    auto given = std::make_shared<GatewayOptions>();
    CLI::App* run = subcommand(gateway, "run",
                               "send the documents of a spool, and file what the desk says of each.\n"
                               "SPOOL/in takes NAME and NAME.json: write both under another name (.part) and rename them in, the sidecar last. The sidecar says\n"
                               "what NAME is: {\"kind\": \"notice\", \"channel\": \"fax\", \"address\": \"+17185550101\", \"stamp\": \"2002-06-26T10:15:00-04:00\"}; kinds are\n"
                               "notice, certificates, exercise, telephone, instrument, the members those of services/lib/domain/commands.h, and a stamp \"file\" is\n"
                               "the time of the document's file. Each document gets a number, is journalled, moved to SPOOL/sent, sent, and its receipt written to\n"
                               "SPOOL/receipts/NAME.receipt.json. What cannot be sent goes to SPOOL/refused with the reason; the watermark waits for it.\n"
                               "Kill it at any moment: the next run goes on, the same bytes under the same number.\n"
                               "Exit codes: 0 stopped by SIGTERM, or with --once all accepted; 1 something lies in refused/ or has no sidecar, or the\n"
                               "journal is damaged; 2 unusable options; 3 no answer or no disk (all is kept; run it again); 4 the desk refused a document or found it defective",
                               "gateway run --spool /var/spool/fax-1 --as fax-1 --watermark-every 60");
    run->add_option("--spool", given->spool, "the folder with in/, sent/, receipts/, refused/; made when missing")->required();
    run->add_flag("--once", given->once, "end when nothing is left to take and everything has its receipt");
    run->add_option("--watermark-every", given->watermark_every, "seconds between watermarks; 0: none. With --once one is told at the end")->capture_default_str();
    run->add_option("--watermark-behind", given->watermark_behind, "seconds that a document may take from its stamp into in/: watermarks are so much behind the clock")->capture_default_str();
    run->add_option("--patience", given->patience, "with --once: seconds without any progress before it gives up")->capture_default_str()->check(CLI::PositiveNumber);
    run->add_option("--first-number", given->first_number, "no message gets a lower number: after a journal that was lost")->check(CLI::PositiveNumber);
    run->callback([&session, given] { session.run = [given](Session& running) { return run_gateway(running, *given); }; });
}

void add_gateway_status(CLI::App& gateway, Session& session) {
    auto spool = std::make_shared<std::string>();
    CLI::App* status = subcommand(gateway, "status", "what a gateway's journal and spool hold: pending, oldest, watermark, sizes. Disturbs nobody",
                                  "gateway status --spool /var/spool/fax-1 --as fax-1");
    status->add_option("--spool", *spool, "its spool; else the journal alone");
    status->callback([&session, spool] {
        session.run = [spool](Session& run) { return show_gateway(run, run.suite().outbox_folder(run.actor()) + "/journal", *spool); };
    });
}

void add_gateway_journal(CLI::App& gateway, Session& session) {
    auto given = std::make_shared<std::pair<std::string, std::uint64_t>>("", 0);
    CLI::App* journal = subcommand(gateway, "journal", "every message of a journal and its receipt, from the first segment that is there. Disturbs nobody",
                                   "gateway journal --as fax-1 --number 17");
    journal->add_option("--folder", given->first, "another folder with segments, as an archive; else the journal of --as");
    journal->add_option("--number", given->second, "this message only");
    journal->callback([&session, given] {
        session.run = [given](Session& run) {
            return print_journal(run, given->first.empty() ? run.suite().outbox_folder(run.actor()) + "/journal" : given->first, given->second);
        };
    });
}

void add_gateway_archive(CLI::App& gateway, Session& session) {
    auto to = std::make_shared<std::string>();
    CLI::App* archive = subcommand(gateway, "archive", "move the journal's segments of which every message has its receipt somewhere else, also while the gateway runs. Nothing else takes them away",
                                   "gateway archive --to /mnt/archive/fax-1 --as fax-1");
    archive->add_option("--to", *to, "a folder; made when missing")->required();
    archive->callback([&session, to] {
        session.run = [to](Session& run) { return archive_journal(run, run.suite().outbox_folder(run.actor()) + "/journal", *to); };
    });
}

}  // namespace

void add_gateway(CLI::App& app, Session& session) {
    CLI::App* gateway = subcommand(app, "gateway", "gateways and bank feeds: run one over a spool, look at its journal, tell a watermark", "");
    gateway->require_subcommand(1);
    add_gateway_run(*gateway, session);
    add_gateway_status(*gateway, session);
    add_gateway_journal(*gateway, session);
    add_gateway_archive(*gateway, session);
    auto through = std::make_shared<std::string>();
    CLI::App* watermark = subcommand(*gateway, "watermark", "\"I hold receipts for everything that I stamped up to here\": the count waits for it",
                                     "gateway watermark --through 2002-07-01T17:30:00-04:00 --as fax-1");
    watermark->add_option("--through", *through, "ISO 8601, with its offset; else now, by the desk's clock");
    watermark->callback([&session, through] {
        session.run = [through](Session& run) {
            const std::string who = run.actor();
            return run.send(who, watermark_door(run, who), domain::AdvanceWatermark{run.stamp_or_now(*through)});
        };
    });
}

}  // namespace rightsdesk::tools
