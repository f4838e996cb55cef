// rightsdesk audit: who decided what, and when, with what it changed; as a list for people, and as a signed trail to be kept elsewhere.
#include <fstream>

#include "rightsdesk/audit_trail.h"
#include "rightsdesk/session.h"
#include "runtime/process.h"

namespace rightsdesk::tools {

namespace {

struct ListOptions {
    std::string log;
    std::string person;
    std::string since;
    std::string until;
    bool all = false;
};

bool is_wanted(const Decided& decided, const ListOptions& options) {
    if (!options.all && decided.kind != "command") return false;
    return options.person.empty() || person_of(decided) == options.person;
}

runtime::Json row_of(const Decided& decided) {
    std::vector<std::string> events;
    events.reserve(decided.item.records.size());
    for (const domain::Record& record : decided.item.records) events.emplace_back(base::type_name(record.event));
    runtime::Json entities = runtime::Json::array();
    for (const runtime::Json& change : decided.changes) entities.push_back(change["entity"]);
    return {{"first", decided.item.first}, {"last", decided.item.last}, {"at", domain::instant_text(decided.record().at)}, {"kind", decided.kind},
            {"person", person_of(decided)}, {"principal", decided.record().principal}, {"cause", decided.record().cause.source + "." + std::to_string(decided.record().cause.sequence)},
            {"events", events}, {"entities", entities}};
}

std::string joined(const runtime::Json& words) {
    std::string text;
    for (const runtime::Json& word : words) text += (text.empty() ? "" : ", ") + word.get<std::string>();
    return text;
}

void print_decision(std::ostream& out, const runtime::Json& row) {
    const std::string person = row["person"];
    const std::string principal = row["principal"];
    out << row["first"].get<std::uint64_t>() << "  " << row["at"].get<std::string>() << "  " << (person.empty() ? row["kind"].get<std::string>() : person)
        << (person == principal || principal.empty() ? "" : " (by " + principal + ")") << "  " << joined(row["events"]) << ": " << joined(row["entities"]) << "\n";
}

Exit list(Session& session, const ListOptions& options) {
    const auto since = options.since.empty() ? std::optional<domain::Instant>() : instant_from(options.since);
    const auto until = options.until.empty() ? std::optional<domain::Instant>() : instant_from(options.until);
    bool first = true;
    if (session.json) session.out << "[";
    must(each_decision(*must(session.suite().store()), options.log, [&](const Decided& decided) {
        if (until && decided.record().at > *until) return false;
        if ((since && decided.record().at < *since) || !is_wanted(decided, options)) return true;
        const runtime::Json row = row_of(decided);
        if (session.json) session.out << (first ? "\n" : ",\n") << runtime::json_line(row);
        else print_decision(session.out, row);
        first = false;
        return session.out.good();
    }));
    if (session.json) session.out << (first ? "]\n" : "\n]\n");
    return Exit::kGood;
}

Exit export_trail(Session& session, const std::string& log, const std::string& file) {
    const runtime::SuiteConfig& config = session.suite().config();
    const auto key = must(heads::SigningKey::load(config.signing_key_file()));
    const auto files = must(runtime::signed_heads(config));
    store::Store& store = *must(session.suite().store());
    const std::string made_at = domain::instant_text(session.stamp_or_now(""));
    if (file == "-") {
        must(write_trail(store, log, must(files.all(log)), key, made_at, session.out));
        return Exit::kGood;
    }
    if (std::ifstream(file).good()) throw Ending{Exit::kUnusable, file + ": is there already, and a trail is never overwritten; name another file"};
    std::ofstream out(file, std::ios::binary);
    if (!out) throw Ending{Exit::kUnusable, file + ": cannot be written"};
    const TrailSize size = must(write_trail(store, log, must(files.all(log)), key, made_at, out));
    if (session.json) session.out << runtime::json_text({{"file", file}, {"log", log}, {"decisions", size.decisions}, {"sequence", size.sequence}}) << "\n";
    else session.out << file << ": " << size.decisions << " decisions of " << log << ", to record " << size.sequence << "; rightsdesk audit check " << file << " verifies it anywhere\n";
    return Exit::kGood;
}

Exit check(Session& session, const std::string& file, const std::string& key_file) {
    const auto key = must(heads::VerifyingKey::load(key_file.empty() ? session.suite().config().verifying_key_file() : key_file));
    std::ifstream opened(file, std::ios::binary);
    if (file != "-" && !opened) throw Ending{Exit::kUnusable, file + ": cannot be read"};
    const TrailCheck checked = check_trail(file == "-" ? std::cin : opened, key);
    if (session.json) session.out << runtime::json_text(runtime::to_json(checked)) << "\n";
    else if (checked.problem.empty()) {
        session.out << checked.log << ": " << checked.decisions << " decisions, to record " << checked.sequence << ", with " << checked.signed_heads
                    << " heads that the auditor signed at their time; whole, in order and signed\n";
    } else {
        session.out << file << ": WRONG: " << checked.problem << "\n";
    }
    return checked.problem.empty() ? Exit::kGood : Exit::kFailed;
}

void add_list(CLI::App& audit, Session& session) {
    auto options = std::make_shared<ListOptions>();
    CLI::App* command = subcommand(audit, "list", "who said what, oldest first: number, time, person, what happened, to what", "audit list rare-medium-2002 --person maria");
    command->add_option("OFFERING", options->log, "an offering, or desk")->required();
    command->add_option("--person", options->person, "only what this person said, or this gateway");
    command->add_option("--since", options->since, "from this instant on, ISO 8601 with Z or an offset");
    command->add_option("--until", options->until, "up to this instant");
    command->add_flag("--all", options->all, "also what followed by itself, and what was due");
    command->callback([&session, options] { session.run = [options](Session& run) { return list(run, *options); }; });
}

}  // namespace

void add_audit(CLI::App& app, Session& session) {
    CLI::App* audit = app.add_subcommand("audit", "who decided what, with what it changed, before and after; and a signed copy to be kept elsewhere");
    audit->require_subcommand(1);
    add_list(*audit, session);
    auto log = std::make_shared<std::string>();
    auto to = std::make_shared<std::string>("-");
    CLI::App* exporting = subcommand(*audit, "export", "all decisions of a log with what they changed, as chained JSON lines, signed with the auditor's key; what is sealed stays sealed",
                                     "audit export rare-medium-2002 --out trail.jsonl");
    exporting->add_option("OFFERING", *log, "an offering, or desk")->required();
    exporting->add_option("--out", *to, "a new file; - is standard output")->capture_default_str();
    exporting->callback([&session, log, to] { session.run = [log, to](Session& run) { return export_trail(run, *log, *to); }; });
    auto file = std::make_shared<std::string>();
    auto key = std::make_shared<std::string>();
    CLI::App* checking = subcommand(*audit, "check", "whether a trail is as it was signed; needs the file and the auditor's public key and nothing else; exit 1 names the first wrong line",
                                    "audit check trail.jsonl --key auditor.signing.pub");
    checking->add_option("FILE", *file, "the trail; - is standard input")->required();
    checking->add_option("--key", *key, "the auditor's public key, auditor.signing.pub; else the one of the configured suite");
    checking->callback([&session, file, key] { session.run = [file, key](Session& run) { return check(run, *file, *key); }; });
}

}  // namespace rightsdesk::tools
