#include "store/redis_durability.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "store/commit_call.h"
#include "store/redis_settings.h"

namespace rightsdesk::store {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

// Questions to one master; each answer is a sentence for a person, empty when all is well.
class Examination {
public:
    Examination(RedisNodes& nodes, const RedisNodes::Node& master, const RedisConfig& config) : nodes_(nodes), master_(master), cluster_(config.cluster) {}

    // Redis 7.0 replays the transactions of its append-only file as the user `default`, off as it is, and drops what that
    // user may not do.
    Result<std::string> rights_of_default() {
        for (const std::vector<std::string_view>& command : {std::vector<std::string_view>{"XADD", "{desk}:log", "1-0", "b", ""}, {"HSET", "{desk}:head", "seq", "1"}}) {
            std::vector<std::string_view> question{"ACL", "DRYRUN", "default"};
            question.insert(question.end(), command.begin(), command.end());
            const auto allowed = ask(question);
            if (!allowed) return tl::unexpected(allowed.error());
            if (text_of(**allowed) != "OK") {
                return "the ACL user 'default' may not " + std::string(command.front()) +
                       ", and must (off, without a password, ~* +@all): its next start would drop every commit";
            }
        }
        return "";
    }

    Result<std::string> persistence() {
        const auto answer = ask({"INFO", "persistence"});
        if (!answer) return tl::unexpected(answer.error());
        return look_at("INFO", {{"loading", "0"}, {"aof_enabled", "1"}, {"aof_last_write_status", "ok"}},
                       [&](std::string_view name) { return info_value(text_of(**answer).value_or(""), name); });
    }

    // no-appendfsync-on-rewrite would leave out the fsync while the file is rewritten, "always" or not; aof-load-truncated would cut a torn
    // file in the wrong place (append_only_tail.h). Of a cluster: with full
    // coverage required one master away would stop all; a replica that the cluster promotes by itself may lack what was acknowledged.
    Result<std::string> settings() {
        std::vector<WantedSetting> wanted{{"appendonly", "yes"}, {"appendfsync", "always"}, {"no-appendfsync-on-rewrite", "no"}, {"aof-load-truncated", "no"}};
        if (cluster_) wanted.insert(wanted.end(), {{"cluster-enabled", "yes"}, {"cluster-require-full-coverage", "no"}, {"cluster-replica-no-failover", "yes"}});
        std::vector<std::string_view> question{"CONFIG", "GET"};
        question.reserve(2 + wanted.size());
        for (const WantedSetting& setting : wanted) question.push_back(setting.name);
        const auto answer = ask(question);
        if (!answer) return tl::unexpected(answer.error());
        return look_at("the setting", wanted, [&](std::string_view name) { return text_in(**answer, name); });
    }

    // What it says of clock and memory. Buffers that will be freed do not count against maxmemory.
    Result<Durability> surroundings() {
        const auto answer = ask({"INFO", "memory", "server"});
        if (!answer) return tl::unexpected(answer.error());
        const std::string_view text = text_of(**answer).value_or("");
        Durability said;
        if (const auto time = parse_number(info_value(text, "server_time_usec"))) said.time = std::chrono::microseconds(*time);
        const std::uint64_t used = parse_number(info_value(text, "used_memory")).value_or(0);
        said.used_memory = used - std::min(used, parse_number(info_value(text, "mem_not_counted_for_evict")).value_or(0));
        said.max_memory = parse_number(info_value(text, "maxmemory")).value_or(0);
        return said;
    }

    // What was looked at so far.
    [[nodiscard]] const std::map<std::string, bool>& seen() const { return seen_; }

private:
    std::string look_at(std::string_view where, const std::vector<WantedSetting>& wanted, const std::function<std::string_view(std::string_view name)>& value_of) {
        note_settings(seen_, wanted, value_of);
        return first_problem(where, wanted, value_of);
    }
    Result<RedisReply> ask(const std::vector<std::string_view>& question) { return nodes_.call_at(master_, question); }

    RedisNodes& nodes_;
    const RedisNodes::Node& master_;
    bool cluster_;
    std::map<std::string, bool> seen_;
};

// A sentence for what is wrong at one master; empty when all is well.
Result<std::string> problem_in(Examination& examination) {
    for (const auto ask : {&Examination::rights_of_default, &Examination::persistence}) {
        auto problem = (examination.*ask)();
        if (!problem || !problem->empty()) return problem;
    }
    return examination.settings();
}

// How full its memory is; 0 where it has no bound.
double share_used(const Durability& said) {
    return said.max_memory == 0 ? 0 : static_cast<double>(said.used_memory) / static_cast<double>(said.max_memory);
}

// Of several masters the first one's clock counts, and the memory of the fullest.
void take_in(Durability& all, const Durability& one) {
    if (!all.time) all.time = one.time;
    for (const auto& [name, holds] : one.settings) all.settings[name] = holds && all.settings[name];
    if (all.max_memory != 0 && share_used(one) <= share_used(all)) return;
    all.used_memory = one.used_memory;
    all.max_memory = one.max_memory;
}

Result<Durability> durability_at(RedisNodes& nodes, const RedisNodes::Node& master, const RedisConfig& config) {
    Examination examination(nodes, master, config);
    const auto problem = problem_in(examination);
    if (!problem) return tl::unexpected(problem.error());
    auto said = problem->empty() ? examination.surroundings() : Result<Durability>(Durability());
    if (!said) return said;
    if (!problem->empty()) said->problem = "Redis at " + master.name + ": " + *problem;
    said->settings = examination.seen();
    return said;
}

}  // namespace

Result<std::string> problem_at(RedisNodes& nodes, const RedisNodes::Node& master, const RedisConfig& config) {
    Examination examination(nodes, master, config);
    return problem_in(examination);
}

Result<Durability> durability_of(RedisNodes& nodes, const RedisConfig& config) {
    const auto masters = nodes.masters();
    if (!masters) return tl::unexpected(masters.error());
    Error away{ErrorKind::kUnavailable, "Redis Cluster has no master"};
    std::optional<Durability> all;
    for (const RedisNodes::Node& master : *masters) {
        auto said = durability_at(nodes, master, config);
        if (!said && said.error().kind != ErrorKind::kUnavailable) return said;
        if (said && !said->problem.empty()) return said;
        if (!said) away = said.error();
        else if (all) take_in(*all, *said);
        else all = std::move(*said);
    }
    if (!all) return tl::unexpected(away);
    return std::move(*all);
}

}  // namespace rightsdesk::store
