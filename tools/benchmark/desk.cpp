#include "benchmark/desk.h"

#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "benchmark/notices.h"
#include "store/redis_connection.h"
#include "store/redis_durability.h"
#include "store/redis_masters.h"

namespace rightsdesk::benchmark {

namespace {

constexpr std::chrono::seconds kIdlePatience{300};

// utime and stime of /proc/<id>/stat, its 14th and 15th field; the second, in parentheses, may hold blanks.
Nanoseconds processor_time_of(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string text;
    std::getline(file, text);
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    long user = 0;
    long system = 0;
    if (!(fields >> user >> system)) throw std::runtime_error("process " + std::to_string(process) + " is gone");
    return Nanoseconds((user + system) * (1'000'000'000 / ::sysconf(_SC_CLK_TCK)));
}

}  // namespace

ProcessorTimes operator-(ProcessorTimes after, const ProcessorTimes& before) {
    for (auto& [name, time] : after) time -= before.at(name);
    return after;
}

Desk::Desk(const std::string& clock) : suite_(clock) {
    if (clock != "stepped") return;
    must({"offering", "open", std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml", "--as", "alice"});
    must({"clock", "advance", "--to", kTime});
    wait_until_idle();
}

void Desk::open(const std::string& terms) {
    const std::string file = (folder() / "terms.toml").string();
    support::write_file(file, terms);
    must({"offering", "open", file, "--as", "alice"});
    wait_until_idle();
}

Nanoseconds Desk::restart() {
    const auto started = Clock::now();
    for (const std::string& name : base::enum_texts<domain::ServiceName>()) suite_.kill(name);
    auto waiting = suite_.start_command({"status", "--wait", "240"});
    if (suite_.supervise_until_end(waiting, [] {}) != 0) throw std::runtime_error("the services do not come back: " + suite_.said() + suite_.logs());
    return Clock::now() - started;
}

std::map<std::string, double> Desk::memory() const {
    std::map<std::string, double> octets;
    const auto resident = [](pid_t process) {
        std::ifstream file("/proc/" + std::to_string(process) + "/statm");
        double whole = 0;
        double in_memory = 0;
        file >> whole >> in_memory;
        return in_memory * static_cast<double>(::sysconf(_SC_PAGESIZE));
    };
    for (const std::string& name : base::enum_texts<domain::ServiceName>()) octets[name] = resident(suite_.process_id(name));
    octets["redis"] = resident(suite_.redis.process_id());
    return octets;
}

store::RedisConfig Desk::redis(const std::string& user) const {
    return suite_.redis.config_as(user);
}

std::string Desk::must(const std::vector<std::string>& command) {
    const auto end = suite_.command(command);
    if (end.code != 0) throw std::runtime_error("rightsdesk " + command[0] + " " + command[1] + " ended with " + std::to_string(end.code) + ":\n" + end.out + end.err);
    return end.out;
}

Nanoseconds Desk::wait_until_idle() {
    const auto started = Clock::now();
    while (!nlohmann::json::parse(must({"clock", "show", "--json"})).at("idle").get<bool>()) {
        if (Clock::now() - started > kIdlePatience) throw std::runtime_error("the services are still at work after 5 minutes:\n" + must({"clock", "show"}));
    }
    return Clock::now() - started;
}

void Desk::suspend_others() {
    for (const std::string& name : suite_.names()) {
        if (name != "intake") suite_.suspend(name);
    }
}

void Desk::resume_others() {
    for (const std::string& name : suite_.names()) {
        if (name != "intake") suite_.resume(name);
    }
}

ProcessorTimes Desk::processor_times() const {
    ProcessorTimes times;
    for (const std::string& name : base::enum_texts<domain::ServiceName>()) times[name] = processor_time_of(suite_.process_id(name));
    times["redis"] = processor_time_of(suite_.redis.process_id());
    return times;
}

std::uint64_t Desk::commits() const {
    store::RedisConnection reader(redis("reader"));
    const auto answer = reader.call({"INFO", "commandstats"});
    if (!answer) throw std::runtime_error(answer.error().message);
    const std::string_view text = store::text_of(**answer).value_or("");
    constexpr std::string_view kCalls = "calls=";
    const std::string_view value = store::info_value(text, "cmdstat_fcall");
    if (!value.starts_with(kCalls)) throw std::runtime_error("Redis does not say how many commits it was asked for: " + std::string(text));
    return std::stoull(std::string(value.substr(kCalls.size())));
}

Space Desk::space() const {
    const auto masters = store::look_at_masters(redis("reader"));
    if (!masters) throw std::runtime_error(masters.error().message);
    Space space;
    for (const store::RedisMaster& master : *masters) {
        space.memory_octets += static_cast<double>(master.memory_octets);
        space.file_octets += static_cast<double>(master.file_octets);
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder() / "documents")) {
        if (entry.is_regular_file()) space.document_octets += static_cast<double>(entry.file_size());
    }
    return space;
}

void Desk::rewrite(bool whole) {
    if (whole) must({"store", "rewrite"});
    else if (const auto begun = store::rewrite_files(redis("deployer")); !begun) throw std::runtime_error(begun.error().message);
}

void Desk::verify() { must({"verify", kOffering}); }

}  // namespace rightsdesk::benchmark
