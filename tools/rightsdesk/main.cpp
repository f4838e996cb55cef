// The rightsdesk command: everything a person or a script does at the desk.
#include "rightsdesk/session.h"

using namespace rightsdesk;

int main(int count, char** values) {
    tools::Session session;
    CLI::App app("rightsdesk: the desk of a subscription agent.\n"
                 "Exit codes: 0 good; 1 something is wrong with what was looked at; 2 unusable input; 3 no answer; 4 refused or defective.");
    app.require_subcommand(1);
    app.fallthrough();
    app.add_option("--config", session.config_file, "the suite's configuration")->envname("RIGHTSDESK_CONFIG")->default_val("var/etc/suite.toml");
    app.add_flag("--json", session.json, "answer in JSON");
    app.add_option("--as", session.as, "who does it: an operator, gateway or feed whose key is in the keys' folder");
    app.add_option("--patience", session.patience, "seconds to wait for a receipt; what has none then is in the outbox, and goes out before the next command of the same sender")
        ->capture_default_str()
        ->check(CLI::Range(1, 3'600));
    for (const auto add : {tools::add_offering, tools::add_notice, tools::add_certificates, tools::add_payment, tools::add_allocation, tools::add_desk,
                           tools::add_gateway, tools::add_clock, tools::add_alerts, tools::add_watch, tools::add_report, tools::add_verify, tools::add_heads,
                           tools::add_offline, tools::add_keys, tools::add_operators, tools::add_status, tools::add_store, tools::add_sample, tools::add_explain, tools::add_replay, tools::add_sendings,
                           tools::add_register, tools::add_rights, tools::add_replica, tools::add_promote, tools::add_audit, tools::add_top, tools::add_letters,
                           tools::add_bank, tools::add_metrics}) {
        add(app, session);
    }
    return tools::run_program(app, count, values, [&] { return session.run(session); });
}
