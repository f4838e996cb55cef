#include "store/redis_durability.h"

#include <algorithm>
#include <chrono>

#include "store/commit_call.h"

namespace rightsdesk::store {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

struct Setting {
    std::string_view name;
    std::string_view wanted;
};

// The value beside `name` in the answer of CONFIG GET; empty when there is none.
std::string_view setting_value(const redisReply& settings, std::string_view name) {
    if (settings.type != REDIS_REPLY_ARRAY) return {};
    for (std::size_t at = 0; at + 1 < settings.elements; at += 2) {
        if (text_of(*settings.element[at]) == name) return text_of(*settings.element[at + 1]).value_or("");
    }
    return {};
}

// A sentence for the first setting that is not as it must be; empty when all are.
template <class Lookup>
std::string first_problem(const std::vector<Setting>& settings, const char* where, Lookup value_of) {
    for (const auto& [name, wanted] : settings) {
        const std::string_view value = value_of(name);
        if (value != wanted) {
            return std::string(where) + " " + std::string(name) + " is '" + std::string(value) + "' and must be '" + std::string(wanted) + "'";
        }
    }
    return "";
}

// Questions to one master; each answer is a sentence for a person, empty when all is well.
class Examination {
public:
    Examination(RedisNodes& nodes, const RedisNodes::Node& master) : nodes_(nodes), master_(master) {}

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
        return info("persistence", {{"loading", "0"}, {"aof_enabled", "1"}, {"aof_last_write_status", "ok"}});
    }

    // no-appendfsync-on-rewrite would leave out the fsync while the file is rewritten, "always" or not.
    Result<std::string> settings_of_the_file() {
        return settings({{"appendonly", "yes"}, {"appendfsync", "always"}, {"no-appendfsync-on-rewrite", "no"}});
    }

    // With full coverage required one master away would stop all; a replica that the cluster promotes by itself may lack what
    // was acknowledged.
    Result<std::string> settings_of_the_cluster() {
        return settings({{"cluster-enabled", "yes"}, {"cluster-require-full-coverage", "no"}, {"cluster-replica-no-failover", "yes"}});
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

private:
    Result<RedisReply> ask(const std::vector<std::string_view>& question) { return nodes_.call_at(master_, question); }

    Result<std::string> info(std::string_view section, const std::vector<Setting>& wanted) {
        const auto answer = ask({"INFO", section});
        if (!answer) return tl::unexpected(answer.error());
        const std::string_view text = text_of(**answer).value_or("");
        return first_problem(wanted, "INFO", [&](std::string_view name) { return info_value(text, name); });
    }

    Result<std::string> settings(const std::vector<Setting>& wanted) {
        std::vector<std::string_view> question{"CONFIG", "GET"};
        question.reserve(2 + wanted.size());
        for (const Setting& setting : wanted) question.push_back(setting.name);
        const auto answer = ask(question);
        if (!answer) return tl::unexpected(answer.error());
        return first_problem(wanted, "the setting", [&](std::string_view name) { return setting_value(**answer, name); });
    }

    RedisNodes& nodes_;
    const RedisNodes::Node& master_;
};

}  // namespace

std::string_view info_value(std::string_view info, std::string_view name) {
    const std::size_t start = info.find("\n" + std::string(name) + ":");
    if (start == std::string_view::npos) return {};
    const std::string_view rest = info.substr(start + name.size() + 2);
    return rest.substr(0, rest.find('\r'));
}

Result<std::string> problem_at(RedisNodes& nodes, const RedisNodes::Node& master, const RedisConfig& config) {
    Examination examination(nodes, master);
    Result<std::string> problem = examination.rights_of_default();
    if (problem && problem->empty()) problem = examination.persistence();
    if (problem && problem->empty()) problem = examination.settings_of_the_file();
    if (problem && problem->empty() && config.cluster) problem = examination.settings_of_the_cluster();
    return problem;
}

namespace {

// How full its memory is; 0 where it has no bound.
double share_used(const Durability& said) {
    return said.max_memory == 0 ? 0 : static_cast<double>(said.used_memory) / static_cast<double>(said.max_memory);
}

// Of several masters the first one's clock counts, and the memory of the fullest.
void take_in(Durability& all, const Durability& one) {
    if (!all.time) all.time = one.time;
    if (all.max_memory != 0 && share_used(one) <= share_used(all)) return;
    all.used_memory = one.used_memory;
    all.max_memory = one.max_memory;
}

}  // namespace

Result<Durability> durability_of(RedisNodes& nodes, const RedisConfig& config) {
    const auto masters = nodes.masters();
    if (!masters) return tl::unexpected(masters.error());
    Error away{ErrorKind::kUnavailable, "Redis Cluster has no master"};
    bool answered = false;
    Durability all;
    for (const RedisNodes::Node& master : *masters) {
        const auto problem = problem_at(nodes, master, config);
        if (problem && !problem->empty()) return Durability{"Redis at " + master.name + ": " + *problem, {}, 0, 0};
        if (!problem) away = problem.error();
        if (!problem && away.kind != ErrorKind::kUnavailable) return tl::unexpected(away);
        answered = answered || problem.has_value();
        if (!problem) continue;
        const auto said = Examination(nodes, master).surroundings();
        if (said) take_in(all, *said);
        else away = said.error();
    }
    if (!answered) return tl::unexpected(away);
    return all;
}

}  // namespace rightsdesk::store
