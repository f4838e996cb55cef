// rightsdesk store: the masters of Redis, what lies on each, and the function that writes there.
#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include "rightsdesk/session.h"
#include "runtime/json.h"
#include "store/append_only_tail.h"
#include "store/redis_masters.h"
#include "store/redis_store.h"

namespace rightsdesk::tools {

namespace {

constexpr std::chrono::milliseconds kLookPause{200};
constexpr std::chrono::seconds kTellPause{5};
constexpr int kLongestRewrite = 3'600;  // s

std::string megabytes(std::uint64_t octets) { return std::to_string((octets + 500'000) / 1'000'000) + " MB"; }

// When the commits will have to wait for a rewriting that nobody asked for.
std::string next_rewriting(const store::RedisMaster& master) {
    if (master.rewriting) return "its file is being written anew";
    if (master.rewritten_at_octets == 0) return "its file is not written anew by itself";
    const std::uint64_t left = master.rewritten_at_octets - std::min(master.rewritten_at_octets, master.file_octets);
    return "its file is written anew by itself at " + megabytes(master.rewritten_at_octets) + ", " + megabytes(left) + " from now" +
           (master.rewriting_failed ? "; the last time it could not be: see its log, and whether its disk has room" : "");
}

Exit show_store(Session& session) {
    const auto masters = must(store::look_at_masters(must(session.suite().config().redis_as("reader"))));
    nlohmann::ordered_json answer = nlohmann::ordered_json::array();
    Exit worst = Exit::kGood;
    for (const store::RedisMaster& master : masters) {
        if (!master.problem.empty()) worst = Exit::kFailed;
        answer.push_back({{"name", master.name}, {"address", master.address}, {"slots", store::count_of(master.slots)}, {"problem", master.problem},
                          {"logs", master.logs}, {"memory_octets", master.memory_octets}, {"file_octets", master.file_octets},
                          {"rewritten_at_octets", master.rewritten_at_octets}, {"rewriting", master.rewriting}, {"rewriting_failed", master.rewriting_failed}});
        if (session.json) continue;
        const std::string reached = master.address == master.name ? "" : ", reached at " + (master.address.empty() ? "nothing" : master.address);
        session.out << master.name << reached << ": " << store::count_of(master.slots) << " slots, " << megabytes(master.memory_octets) << " of memory, "
                    << megabytes(master.file_octets) << " on disk, " << (master.problem.empty() ? "well" : "not well") << "\n";
        if (!master.problem.empty()) session.out << "  WRONG: " << master.problem << "\n";
        if (master.problem.empty()) session.out << "  " << next_rewriting(master) << "\n";
        for (const std::string& log : master.logs) session.out << "  " << log << "\n";
    }
    if (session.json) session.out << runtime::json_text(answer) << "\n";
    return worst;
}

Exit show_slot(Session& session, const std::string& log) {
    const std::size_t slot = store::slot_of_log(log);
    const auto masters = must(store::look_at_masters(must(session.suite().config().redis_as("reader"))));
    const auto holder = std::find_if(masters.begin(), masters.end(), [slot](const store::RedisMaster& master) { return store::has_slot(master.slots, slot); });
    if (holder == masters.end()) throw Ending{Exit::kUnavailable, "slot " + std::to_string(slot) + " of " + log + " is held by no master"};
    if (session.json) session.out << runtime::json_text(nlohmann::ordered_json{{"log", log}, {"slot", slot}, {"master", holder->name}}) << "\n";
    if (!session.json) session.out << log << ": slot " << slot << ", on " << holder->name << "\n";
    return Exit::kGood;
}

Exit deploy_to_store(Session& session) {
    const auto config = must(session.suite().config().redis_as("deployer"));
    if (const auto loaded = store::deploy_functions(config); !loaded) throw ending(loaded.error());
    if (session.json) session.out << runtime::json_text(nlohmann::ordered_json{{"loaded", true}}) << "\n";
    if (!session.json) session.out << "the function is loaded: " << store::place_of(config) << "\n";
    return Exit::kGood;
}

// As they are once none of them is at it any more. Ending when that takes longer than `wait`.
std::vector<store::RedisMaster> wait_until_rewritten(Session& session, const store::RedisConfig& reader, std::chrono::seconds wait) {
    const auto began = std::chrono::steady_clock::now();
    for (auto told = began;; std::this_thread::sleep_for(kLookPause)) {
        auto masters = must(store::look_at_masters(reader));
        const auto busy = std::find_if(masters.begin(), masters.end(), [](const store::RedisMaster& master) { return master.rewriting; });
        if (busy == masters.end()) return masters;
        const auto now = std::chrono::steady_clock::now();
        const std::string since = std::to_string(std::chrono::duration_cast<std::chrono::seconds>(now - began).count()) + " s";
        if (now - began > wait) throw Ending{Exit::kUnavailable, busy->name + " is still at it after " + since + "; it goes on: see rightsdesk store show"};
        if (now - told < kTellPause) continue;
        told = now;
        session.err << busy->name << ": still at it after " << since << "\n";
    }
}

Exit rewrite_store(Session& session, std::chrono::seconds wait) {
    const auto reader = must(session.suite().config().redis_as("reader"));
    std::map<std::string, std::uint64_t> octets_before;
    for (const store::RedisMaster& master : must(store::look_at_masters(reader))) octets_before[master.name] = master.file_octets;
    must(store::rewrite_files(must(session.suite().config().redis_as("deployer"))));
    nlohmann::ordered_json answer = nlohmann::ordered_json::array();
    Exit worst = Exit::kGood;
    for (const store::RedisMaster& master : wait_until_rewritten(session, reader, wait)) {
        if (master.rewriting_failed || !master.problem.empty()) worst = Exit::kFailed;
        answer.push_back({{"name", master.name}, {"octets_before", octets_before[master.name]}, {"file_octets", master.file_octets},
                          {"rewritten_at_octets", master.rewritten_at_octets}, {"rewriting_failed", master.rewriting_failed}, {"problem", master.problem}});
        if (session.json) continue;
        session.out << master.name << ": " << megabytes(master.file_octets) << " on disk, " << megabytes(octets_before[master.name]) << " before; "
                    << next_rewriting(master) << "\n";
        if (!master.problem.empty()) session.out << "  WRONG: " << master.problem << "\n";
    }
    if (session.json) session.out << runtime::json_text(answer) << "\n";
    return worst;
}

Exit mend_store(Session& session, const std::string& folder) {
    const auto tail = must(store::mend_append_only_tail(folder));
    if (session.json) {
        session.out << runtime::json_text(nlohmann::ordered_json{{"file", tail.file}, {"whole_octets", tail.whole}, {"torn_octets", tail.torn}, {"kept_as", tail.kept_as}}) << "\n";
    } else if (tail.torn > 0) {
        session.out << tail.file << ": a crash tore " << tail.torn << " octets, which nobody was told of; cut, and kept as " << tail.kept_as << "\n";
    } else {
        session.out << (tail.file.empty() ? folder + ": Redis has written nothing yet" : tail.file + ": whole") << "\n";
    }
    return Exit::kGood;
}

}  // namespace

void add_store(CLI::App& app, Session& session) {
    CLI::App* group = app.add_subcommand("store", "the masters of Redis, and the function that writes there");
    group->require_subcommand(1);
    CLI::App* show = subcommand(*group, "show", "each master: its slots, how much it holds, the logs that lie there, and what is wrong; exit 1 when something is", "store show");
    show->callback([&session] { session.run = show_store; });
    auto log = std::make_shared<std::string>();
    CLI::App* slot = subcommand(*group, "slot", "in which slot an offering lies, or will, and on which master", "store slot rare-medium-2002");
    slot->add_option("OFFERING", *log, "an offering's id, opened or not, or desk")->required();
    slot->callback([&session, log] { session.run = [log](Session& run) { return show_slot(run, *log); }; });
    auto folder = std::make_shared<std::string>();
    CLI::App* mend = subcommand(*group, "mend", "before Redis starts: cut what a crash tore off the end of its append-only file; exit 1 when it is damaged before that", "store mend var/redis");
    mend->add_option("FOLDER", *folder, "Redis' own folder, its `dir`")->required()->check(CLI::ExistingDirectory);
    mend->callback([&session, folder] { session.run = [folder](Session& run) { return mend_store(run, *folder); }; });
    CLI::App* deploy = subcommand(*group, "deploy", "load the function of this release on every master, as the Redis user deployer", "store deploy");
    deploy->callback([&session] { session.run = deploy_to_store; });
    auto wait = std::make_shared<int>(1'800);
    CLI::App* rewrite = subcommand(*group, "rewrite", "in the morning of a last day: has Redis write its append-only file anew, which it would else do by itself once it has doubled, while senders wait; exit 1 when it could not", "store rewrite");
    rewrite->add_option("--wait", *wait, "how long it may take, in seconds")->check(CLI::Range(1, kLongestRewrite))->capture_default_str();
    rewrite->callback([&session, wait] { session.run = [wait](Session& run) { return rewrite_store(run, std::chrono::seconds(*wait)); }; });
}

}  // namespace rightsdesk::tools
