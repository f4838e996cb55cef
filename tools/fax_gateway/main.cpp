// rightsdesk-fax-gateway: what a fax server received, read and handed over, with its receipts.
#include "feeds/arrivals.h"
#include "rightsdesk/gateway_work.h"

using namespace rightsdesk;

namespace {

struct FaxOptions {
    tools::GatewayOptions gateway;
    feeds::ArrivalSettings arrivals;
    confining::Confinement confinement;
    std::string read_page = feeds::read_page_beside_us();
    std::string templates = feeds::templates_beside_us();
    std::uint64_t memory_mebibytes = 1'536;
    std::uint32_t seconds = 180;
    std::uint32_t without_sidecar = 60;
};

void add_fax_options(CLI::App& app, tools::Session& session, FaxOptions& given) {
    app.add_option("--config", session.config_file, "the suite's configuration")->envname("RIGHTSDESK_CONFIG")->default_val("var/etc/suite.toml");
    app.add_flag("--json", session.json, "a JSON object a line for each receipt and each document refused");
    app.add_option("--as", session.as, "the gateway's name, whose key is in the keys' folder")->required();
    tools::add_gateway_options(app, given.gateway);
    app.add_option("--address", given.arrivals.address, "the number of what comes without a sidecar; without it such a fax is nobody's until a person says whose it is");
    app.add_option("--without-sidecar", given.without_sidecar, "seconds that a document waits for its sidecar")->capture_default_str();
    app.add_option("--read-page", given.read_page, "the program that reads a page, in confinement")->capture_default_str();
    app.add_option("--templates", given.templates, "the folder with the layouts that it knows")->capture_default_str();
    app.add_option("--read-seconds", given.seconds, "for one document; then its reader is ended, and a person keys it")->capture_default_str()->check(CLI::Range(1, 3'600));
    app.add_option("--read-memory", given.memory_mebibytes, "MiB for one document")->capture_default_str()->check(CLI::Range(64, 65'536));
}

tools::Exit run(tools::Session& session, FaxOptions& given) {
    given.confinement.elapsed = std::chrono::seconds(given.seconds);
    given.confinement.processor_time = std::chrono::seconds(given.seconds);
    given.confinement.memory_octets = given.memory_mebibytes << 20U;
    given.arrivals.spool = given.gateway.spool;
    given.arrivals.source = session.actor();
    given.arrivals.without_sidecar = std::chrono::seconds(given.without_sidecar);
    feeds::ConfinedPageReader reader(given.read_page, given.templates, given.confinement);
    feeds::Arrivals arrivals(reader, given.arrivals, [&session] { return tools::desk_time(session); }, [&session](const std::string& text) { session.err << text << std::endl; });
    return tools::run_gateway(session, given.gateway, &arrivals);
}

}  // namespace

int main(int count, char** values) {
    tools::Session session;
    CLI::App app("rightsdesk-fax-gateway: faxes as a fax server received them, read and handed over to the desk.\n"
                 "SPOOL/arrived takes NAME (TIFF or PDF) and NAME.json: write both under another name (.part) and rename them in, the sidecar last; the hook\n"
                 "deploy/hylafax/faxrcvd-rightsdesk does it for HylaFAX. The sidecar says when and where it came in:\n"
                 "  {\"kind\": \"notice\", \"channel\": \"fax\", \"address\": \"+17185550101\", \"stamp\": \"2002-06-26T10:15:00-04:00\", \"pages\": 2}\n"
                 "Each is read in confinement and goes through in/, sent/ and receipts/ as with `rightsdesk gateway run`. What is not certain waits for a\n"
                 "person (rightsdesk notice keying), judged by its own stamp; so does what no reader can read. Kill it at any moment: the next run goes on.\n"
                 "Exit codes: as `rightsdesk gateway run`.");
    app.footer("Example:\n  rightsdesk-fax-gateway --spool /var/spool/rightsdesk/fax-1 --as fax-1 --watermark-every 60");
    FaxOptions given;
    add_fax_options(app, session, given);
    return tools::run_program(app, count, values, [&] { return run(session, given); });
}
