// rightsdesk heads: what the auditor signed of each log, and whether the store still holds it.
#include <algorithm>

#include "rightsdesk/session.h"
#include "rightsdesk/suite_access.h"
#include "runtime/json.h"
#include "runtime/process.h"
#include "store/chain_walk.h"

namespace rightsdesk::tools {

namespace {

constexpr std::size_t kRecordsPerStep = 1'024;

struct LogHeads {
    std::string log;
    std::uint64_t heads = 0;            // kept, each with a good signature
    std::uint64_t sequence = 0;         // of the latest
    std::string time;                   // of the latest
    std::string problem;                // the first record that is not what was signed, or why it is signed no more
    RIGHTSDESK_DESCRIBE(LogHeads, log, heads, sequence, time, problem)
};

std::vector<std::string> chosen(const heads::HeadFiles& files, const std::string& log) { return log.empty() ? must(files.logs()) : std::vector<std::string>{log}; }

LogHeads heads_of(const heads::HeadFiles& files, const std::string& log) {
    LogHeads found;
    found.log = log;
    const auto all = files.all(log);
    if (!all) {
        found.problem = all.error().message;
        return found;
    }
    found.heads = all->size();
    if (!all->empty()) {
        found.sequence = all->back().sequence;
        found.time = all->back().time;
    }
    const auto damaged = must(files.damaged());
    if (const auto why = damaged.find(log); why != damaged.end()) found.problem = why->second;
    return found;
}

std::string must_be_damage(const base::Error& error) {
    if (error.kind != base::ErrorKind::kCorrupt) throw ending(error);
    return error.message;
}

// Every record between the oldest head that is kept and the latest, and each head on the way. "" when all is as signed.
std::string walk_signed(store::Store& store, const std::string& log, const std::vector<heads::SignedHead>& signed_heads) {
    if (signed_heads.empty()) return "";
    const auto head_of = [](const heads::SignedHead& head) { return store::Head{head.sequence, head.link, head.epoch}; };
    store::ChainWalk walk(store, log, head_of(signed_heads.front()));
    if (const auto there = store::must_contain(store, log, walk.at()); !there) return must_be_damage(there.error());
    for (auto next = signed_heads.begin(); next != signed_heads.end(); ++next) {
        while (walk.at().sequence < next->sequence) {
            const auto step = walk.step(std::min<std::uint64_t>(kRecordsPerStep, next->sequence - walk.at().sequence));
            if (!step) return must_be_damage(step.error());
            if (*step == 0) return "log " + log + ", record " + std::to_string(walk.at().sequence + 1) + ": it is gone; the auditor signed the head of record " + std::to_string(next->sequence);
        }
        if (walk.at().link != next->link) return "log " + log + ", record " + std::to_string(next->sequence) + ": it is another than the auditor signed";
    }
    return "";
}

Exit tell(Session& session, const std::vector<LogHeads>& all, bool verified) {
    bool bad = false;
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const LogHeads& found : all) {
        bad = bad || !found.problem.empty();
        list.push_back(runtime::to_json(found));
        if (session.json) continue;
        session.out << found.log << ": " << found.heads << " signed heads, the latest of record " << found.sequence << " at " << found.time << "\n";
        if (!found.problem.empty()) session.out << "  WRONG: " << found.problem << "\n";
    }
    if (session.json) session.out << runtime::json_text(list) << "\n";
    if (!session.json && all.empty()) session.out << "no head is signed yet: does the auditor run? tools/service status auditor\n";
    if (!session.json && verified && !bad && !all.empty()) session.out << "the store holds everything that was signed\n";
    return bad ? Exit::kFailed : Exit::kGood;
}

Exit show(Session& session, const std::string& log) {
    const auto files = must(runtime::signed_heads(session.suite().config()));
    std::vector<LogHeads> all;
    for (const std::string& name : chosen(files, log)) all.push_back(heads_of(files, name));
    return tell(session, all, false);
}

Exit verify_heads(Session& session, const std::string& log) {
    const auto files = must(runtime::signed_heads(session.suite().config()));
    store::Store& store = *must(session.suite().store());
    std::vector<LogHeads> all;
    for (const std::string& name : chosen(files, log)) {
        all.push_back(heads_of(files, name));
        if (all.back().problem.empty()) all.back().problem = walk_signed(store, name, must(files.all(name)));
    }
    return tell(session, all, true);
}

}  // namespace

void add_heads(CLI::App& app, Session& session) {
    CLI::App* heads = subcommand(app, "heads", "what the auditor signed of each log, outside the store", "");
    heads->require_subcommand(1);
    auto log = std::make_shared<std::string>();
    CLI::App* show_all = subcommand(*heads, "show", "how many heads of each log are kept, and the latest; exit 1 when a log is signed no more", "heads show");
    show_all->add_option("LOG", *log, "an offering, or desk; all when none is named");
    show_all->callback([&session, log] { session.run = [log](Session& run) { return show(run, *log); }; });
    CLI::App* verify = subcommand(*heads, "verify", "check the signatures, and that the store holds every record from the oldest head kept to the latest; exit 1 names the first bad one",
                                  "heads verify rare-medium-2002");
    verify->add_option("LOG", *log, "an offering, or desk; all when none is named");
    verify->callback([&session, log] { session.run = [log](Session& run) { return verify_heads(run, *log); }; });
}

}  // namespace rightsdesk::tools
