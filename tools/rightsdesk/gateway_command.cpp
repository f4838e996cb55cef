// rightsdesk gateway run|status|journal|archive|watermark; the rest is in watermark_command.cpp
#include "rightsdesk/gateway_journal.h"
#include "rightsdesk/gateway_work.h"

namespace rightsdesk::tools {

namespace {

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
    add_gateway_options(*run, *given);
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
    add_watermarks(*gateway, session);
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
