#include "chaos/desk_under_fire.h"

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

std::string deaf_config(const std::string& text, const std::string& service, const std::string& run) {
    std::string changed = text;
    for (const std::string& other : base::enum_texts<domain::ServiceName>()) {
        if (other != service) changed = support::replaced(changed, run + "/" + other + ".feed", run + "/nobody." + other);
    }
    return changed;
}

}  // namespace

DeskUnderFire::DeskUnderFire(DeskOptions options) : options_(std::move(options)), redis_(kKeepEverything), folder_(redis_, "stepped") {
    if (options_.services.empty()) options_.services = options_.binaries;
    const std::string text = support::text_of_file(folder_.config());
    for (const std::string& name : names()) support::write_file(folder() / "etc" / ("deaf-" + name + ".toml"), deaf_config(text, name, (folder() / "run").string()));
    if (command({"keys", "make", keys()}, "keys.txt") != 0) throw std::runtime_error("no keys: " + support::text_of_file(folder() / "log/keys.txt"));
    deploy();
    for (const std::string& name : names()) start(name);
    auto waiting = start_command({"status", "--wait", "30"}, "status.txt");
    const auto until = SteadyClock::now() + kComingUp;
    while (waiting.runs() && SteadyClock::now() < until) {
        supervise();
        std::this_thread::sleep_for(std::chrono::milliseconds(2));  // spares the processors for those who start
    }
    if (waiting.runs() || waiting.exit_code() != 0) throw std::runtime_error("the suite did not come up: " + support::text_of_file(folder() / "log/status.txt"));
}

std::vector<std::string> DeskUnderFire::names() const {
    const auto texts = base::enum_texts<domain::ServiceName>();
    return {texts.begin(), texts.end()};
}

void DeskUnderFire::kill(const std::string& service, std::chrono::milliseconds absence, bool deaf) {
    const auto found = services_.find(service);
    if (found == services_.end() || !found->second.runs()) return;  // it is dead already
    found->second.kill();
    ++kills;
    wakes_.erase(service);
    if (deaf) deaf_[service] = true;
    else deaf_.erase(service);
    starts_[service] = SteadyClock::now() + absence;
}

void DeskUnderFire::pause(const std::string& service, std::chrono::milliseconds length) {
    const auto found = services_.find(service);
    if (found == services_.end() || !found->second.runs() || starts_.contains(service)) return;
    ::kill(found->second.id(), SIGSTOP);
    wakes_[service] = SteadyClock::now() + length;
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
        else ::kill(services_.at(wake->first).id(), SIGCONT);
        wake = wakes_.erase(wake);
    }
    for (auto& [name, process] : services_) {
        const auto planned = starts_.find(name);
        if (planned != starts_.end()) {
            if (now < planned->second) continue;
            starts_.erase(planned);
            start(name);
        } else if (!process.runs()) {
            start(name);  // it ended by itself, as a service does that cannot start yet
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
        services_.at(one.first).kill();
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
    services_.clear();
    redis_.stop();
    std::filesystem::copy(redis_.redis_dir() / "appendonlydir", into / "appendonlydir");
    std::filesystem::copy(folder() / "log", into / "log");
}

std::string DeskUnderFire::config(const std::string& service) const {
    return (folder() / "etc" / (hears(service) ? "suite.toml" : "deaf-" + service + ".toml")).string();
}

void DeskUnderFire::start(const std::string& name) {
    const std::string log = (folder() / "log" / name).string();
    ChildProcess process({options_.services + "/rightsdesk-" + name, "--config", config(name)}, log, log);
    services_.insert_or_assign(name, std::move(process));
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
