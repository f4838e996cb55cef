// rightsdesk verify: rebuilds every entity of an offering from its first event and compares it with what is stored.
#include "base/hash.h"
#include "domain/books.h"
#include "rightsdesk/session.h"
#include "rightsdesk/verification.h"
#include "runtime/json.h"
#include "runtime/process.h"

namespace rightsdesk::tools {

namespace {

Exit verify(Session& session, const std::string& log) {
    store::Store& store = *must(session.suite().store());
    const auto files = must(runtime::signed_heads(session.suite().config()));
    const Verification verification = must(verify_log(store, log, must(files.all(log))));
    if (session.json) {
        session.out << runtime::json_text(runtime::to_json(verification)) << "\n";
    } else {
        session.out << log << ": " << verification.records << " records, " << verification.entities << " entities, " << verification.identities
                    << " identities, " << verification.signed_heads << " signed heads\n";
        session.out << (verification.problems.empty() ? "chain, digests, states, versions, identities, keys, cursors, books and signed heads agree with the log\n" : "");
        for (const std::string& problem : verification.problems) session.out << "  WRONG: " << problem << "\n";
    }
    return verification.problems.empty() ? Exit::kGood : Exit::kFailed;
}

}  // namespace

void add_verify(CLI::App& app, Session& session) {
    auto log = std::make_shared<std::string>();
    CLI::App* command = subcommand(app, "verify", "check a log's chain and rebuild everything from it, compare with what is stored; exit 1 names what differs",
                                   "verify rare-medium-2002");
    command->add_option("OFFERING", *log, "an offering, or desk")->required();
    command->callback([&session, log] { session.run = [log](Session& run) { return verify(run, *log); }; });
}

}  // namespace rightsdesk::tools
