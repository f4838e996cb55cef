#include "chaos/desk_under_fire.h"

#include <algorithm>
#include <thread>

#include "base/describe.h"
#include "domain/roles.h"
#include "store/redis_store.h"
#include "support/files.h"

namespace rightsdesk::chaos {

namespace {

using support::ChildProcess;
using support::RedisServer;

// The append-only file is what the checker reads: it keeps every command, in one format, from the first.
constexpr const char* kKeepEverything = "\nauto-aof-rewrite-percentage 0\naof-use-rdb-preamble no\n";
constexpr std::chrono::seconds kComingUp{60};
constexpr const char* kAuditor = "auditor";  // of it there is one

std::string service_of(const std::string& instance) { return instance.substr(0, instance.find('-')); }

}  // namespace

DeskUnderFire::DeskUnderFire(DeskOptions options)
    : options_(std::move(options)), redis_(kKeepEverything), folder_(redis_, "stepped", support::instances_beyond_one(options_.instances)) {
    if (options_.services.empty()) options_.services = options_.binaries;
    const std::string text = support::text_of_file(folder_.config());
    for (const std::string& name : instances()) support::write_file(folder() / "etc" / ("deaf-" + name + ".toml"), deafened(text, name));
    if (command({"keys", "make", keys()}, "keys.txt") != 0) throw std::runtime_error("no keys: " + support::text_of_file(folder() / "log/keys.txt"));
    deploy();
    for (const std::string& name : instances()) start(name);
    start(kAuditor);
    auto waiting = start_command({"status", "--wait", "30"}, "status.txt");
    const auto until = SteadyClock::now() + kComingUp;
    while (waiting.runs() && SteadyClock::now() < until) {
        supervise();
        std::this_thread::sleep_for(std::chrono::milliseconds(2));  // spares the processors for those who start
    }
    if (waiting.runs() || waiting.exit_code() != 0) throw std::runtime_error("the suite did not come up: " + support::text_of_file(folder() / "log/status.txt"));
}

std::vector<std::string> DeskUnderFire::names() const {
    std::vector<std::string> all;
    all.reserve(processes_.size());
    for (const auto& [name, process] : processes_) all.push_back(name);
    return all;
}

std::vector<std::string> DeskUnderFire::instances_of(const std::string& service) const {
    std::vector<std::string> all{service};
    for (int number = 2; number <= options_.instances; ++number) all.push_back(service + "-" + std::to_string(number));
    return all;
}

std::vector<std::string> DeskUnderFire::instances() const {
    std::vector<std::string> all;
    for (const std::string& service : base::enum_texts<domain::ServiceName>()) {
        const auto of_service = instances_of(service);
        all.insert(all.end(), of_service.begin(), of_service.end());
    }
    return all;
}

bool DeskUnderFire::is_instance(const std::string& name) const {
    const auto all = instances();
    return std::find(all.begin(), all.end(), name) != all.end();
}

std::vector<std::string> DeskUnderFire::beside() const {
    std::vector<std::string> all;
    all.reserve(beside_.size());
    for (const auto& [name, arguments] : beside_) all.push_back(name);
    return all;
}

// It hears neither the other services nor its own service's other instances.
std::string DeskUnderFire::deafened(std::string text, const std::string& instance) const {
    const std::string run = (folder() / "run").string();
    for (const std::string& other : instances()) {
        if (other != instance) text = support::replaced(std::move(text), run + "/" + other + ".feed", run + "/nobody." + other);
    }
    return text;
}

bool DeskUnderFire::hears(const std::string& service) const {
    const auto all = instances_of(service);
    return std::none_of(all.begin(), all.end(), [this](const std::string& instance) { return deaf_.contains(instance); });
}

void DeskUnderFire::run_beside(const std::string& name, const std::vector<std::string>& arguments) {
    beside_[name] = arguments;
    if (processes_.contains(name)) end(name);
    else start(name);
}

void DeskUnderFire::kill(const std::string& name, std::chrono::milliseconds absence, bool deaf) {
    const auto found = processes_.find(name);
    if (found == processes_.end() || !found->second.runs()) return;  // it is dead already
    found->second.kill();
    ++kills;
    wakes_.erase(name);
    if (deaf) deaf_[name] = true;
    else deaf_.erase(name);
    starts_[name] = SteadyClock::now() + absence;
}

// One that is stopped ends when it is woken.
void DeskUnderFire::end(const std::string& name) {
    const auto found = processes_.find(name);
    if (found != processes_.end() && found->second.runs()) ::kill(found->second.id(), SIGTERM);
}

void DeskUnderFire::pause(const std::string& name, std::chrono::milliseconds length) {
    const auto found = processes_.find(name);
    if (found == processes_.end() || !found->second.runs() || starts_.contains(name)) return;
    found->second.suspend();
    wakes_[name] = SteadyClock::now() + length;
}

void DeskUnderFire::kill_redis() {
    redis_.kill();
    ++kills;
    wakes_.erase("redis");
    redis_dies_.reset();
    start_redis();
}

void DeskUnderFire::pause_redis(std::chrono::milliseconds length) {
    if (wakes_.contains("redis") || redis_dies_) return;
    redis_.suspend();
    wakes_["redis"] = SteadyClock::now() + length;
}

void DeskUnderFire::pause_and_kill_redis(std::chrono::milliseconds length) {
    if (redis_dies_) return;
    redis_.suspend();
    wakes_.erase("redis");
    redis_dies_ = SteadyClock::now() + length;
}

void DeskUnderFire::supervise() {
    const auto now = SteadyClock::now();
    if (redis_dies_ && now >= *redis_dies_) kill_redis();
    for (auto wake = wakes_.begin(); wake != wakes_.end();) {
        if (now < wake->second) {
            ++wake;
            continue;
        }
        if (wake->first == "redis") redis_.resume();
        else processes_.at(wake->first).resume();
        wake = wakes_.erase(wake);
    }
    for (auto& [name, process] : processes_) {
        const auto planned = starts_.find(name);
        if (planned != starts_.end()) {
            if (now < planned->second) continue;
            starts_.erase(planned);
            start(name);
        } else if (!process.runs()) {
            start(name);  // it was told to end, or ended by itself, as a service does that cannot start yet
        }
    }
}

bool DeskUnderFire::whole() const { return starts_.empty() && wakes_.empty() && !redis_dies_ && deaf_.empty(); }

void DeskUnderFire::make_whole() {
    if (redis_dies_) kill_redis();
    for (auto& wake : wakes_) wake.second = SteadyClock::time_point();
    for (auto& planned : starts_) planned.second = SteadyClock::time_point();
    supervise();
    const auto deaf = std::exchange(deaf_, {});
    for (const auto& one : deaf) {
        processes_.at(one.first).kill();
        ++kills;
        start(one.first);
    }
}

ChildProcess DeskUnderFire::start_command(const std::vector<std::string>& arguments, const std::string& out) {
    std::vector<std::string> words{options_.binaries + "/rightsdesk", "--config", folder_.config()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const std::string path = out.starts_with("/") ? out : (folder() / "log" / out).string();
    return {words, path, (folder() / "log/commands.err").string()};
}

int DeskUnderFire::command(const std::vector<std::string>& arguments, const std::string& out) { return start_command(arguments, out).wait(); }

void DeskUnderFire::end_and_keep(const std::filesystem::path& into) {
    processes_.clear();
    redis_.stop();
    std::filesystem::copy(redis_.redis_dir() / "appendonlydir", into / "appendonlydir");
    std::filesystem::copy(folder() / "log", into / "log");
}

std::string DeskUnderFire::config(const std::string& name) const {
    return (folder() / "etc" / (deaf_.contains(name) ? "deaf-" + name + ".toml" : "suite.toml")).string();
}

std::string DeskUnderFire::program(const std::string& file) const {
    const std::string chosen = options_.services + "/" + file;
    return std::filesystem::exists(chosen) ? chosen : options_.binaries + "/" + file;
}

void DeskUnderFire::start(const std::string& name) {
    const std::string log = (folder() / "log" / name).string();
    const auto beside = beside_.find(name);
    std::vector<std::string> words{program(beside != beside_.end() ? "rightsdesk" : "rightsdesk-" + service_of(name)), "--config", config(name)};
    if (beside != beside_.end()) words.insert(words.end(), beside->second.begin(), beside->second.end());
    else if (name != kAuditor) words.insert(words.end(), {"--instance", name == service_of(name) ? "1" : name.substr(name.find('-') + 1)});
    processes_.insert_or_assign(name, ChildProcess(words, log, log));
}

void DeskUnderFire::start_redis() {
    redis_.start();
    deploy();
}

void DeskUnderFire::deploy() {
    if (options_.function.empty()) {
        const auto loaded = store::deploy_functions(redis_.config_as("deployer"));
        if (!loaded) throw std::runtime_error("the function was not loaded: " + loaded.error().message);
        return;
    }
    const std::string load = "redis-cli -s '" + redis_.socket_path() + "' --no-auth-warning --user deployer --pass " + RedisServer::password_of("deployer") + " -x FUNCTION LOAD REPLACE <'" + options_.function + "'";
    const std::string said = (folder() / "log/deploy.txt").string();
    support::write_file(said, "");
    ChildProcess loading({"/bin/sh", "-c", load}, said, said);
    if (loading.wait() != 0 || support::text_of_file(said).find("rightsdesk") != 0) throw std::runtime_error("the function was not loaded: " + support::text_of_file(said));
}

}  // namespace rightsdesk::chaos
