#include "runtime/process.h"

#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <new>

#include <CLI/CLI.hpp>

#include "base/texts.h"
#include "bus/key_file.h"
#include "runtime/admin_seat.h"
#include "runtime/log_level.h"
#include "runtime/log_line.h"

namespace rightsdesk::runtime {

namespace {

std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void ask_to_stop(int) { stop_asked = true; }

std::atomic<LevelAsked> asked_level{LevelAsked::kNothing};
static_assert(std::atomic<LevelAsked>::is_always_lock_free);

void ask_for_level(int signal) { asked_level = signal == SIGUSR1 ? LevelAsked::kDebug : LevelAsked::kConfigured; }

ExitCode exit_code_of(const base::Error& error) {
    switch (error.kind) {
        case base::ErrorKind::kInvalid:
        case base::ErrorKind::kNotFound: return ExitCode::kUsage;
        case base::ErrorKind::kCorrupt: return ExitCode::kCorrupt;
        case base::ErrorKind::kUnavailable:
        case base::ErrorKind::kConflict: return ExitCode::kUnavailable;
    }
    return ExitCode::kUnavailable;
}

// Somebody waits for intake's receipts; what follows from them may come a moment later where processors are short. Threads made from now on
// are alike.
void stand_behind_intake(const std::string& service) {
    constexpr int kLess = 10;
    if (service != base::to_text(domain::ServiceName::kIntake)) ::setpriority(PRIO_PROCESS, 0, kLess);
}

}  // namespace

ExitCode fail(const base::Error& error) {
    std::cerr << error.message << "\n";
    log_error("#ENDING", {{"reason", error.message}});
    return exit_code_of(error);
}

void watch_signals() {
    std::signal(SIGTERM, ask_to_stop);
    std::signal(SIGINT, ask_to_stop);
    std::signal(SIGUSR1, ask_for_level);
    std::signal(SIGUSR2, ask_for_level);
}

bool asked_to_stop() { return stop_asked; }

LevelAsked level_asked() { return asked_level.exchange(LevelAsked::kNothing); }

tl::expected<Arguments, ExitCode> parse_arguments(int count, char** values, const std::string& service, const FurtherCheck& further) {
    Arguments arguments;
    bool check_only = false;
    CLI::App app("rightsdesk " + service + ": one of the four services of a suite.\nExit codes: 0 stopped, 2 wrong arguments or configuration, "
                 "3 cannot start now, 4 stored bytes are damaged.\nExample: rightsdesk-" + service + " --config var/etc/suite.toml");
    app.add_option("--config", arguments.config, "the suite's configuration (suite.toml)")->required()->check(CLI::ExistingFile);
    app.add_option("--instance", arguments.instance, "the instance's name, 1 by default");
    app.add_option("--log", arguments.log_file, "log file; standard error by default");
    app.add_flag("--check-config", check_only, "check the configuration, say what is wrong, and end");
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return tl::unexpected(app.exit(error) == 0 ? ExitCode::kStopped : ExitCode::kUsage);
    }
    if (!check_only) return arguments;
    const auto checked = load_suite_config(arguments.config).and_then([&](const SuiteConfig& config) { return further ? further(config) : base::Result<>(); });
    if (!checked) std::cerr << checked.error().message << "\n";
    else std::cout << arguments.config << ": good\n";
    return tl::unexpected(checked ? ExitCode::kStopped : ExitCode::kUsage);
}

tl::expected<SuiteConfig, ExitCode> load_configuration(const Arguments& arguments, const std::string& service) {
    stand_behind_intake(service);
    start_logging(service, arguments.log_file);
    auto config = load_suite_config(arguments.config);
    if (!config) return tl::unexpected(fail(config.error()));
    if (config->follow_notices) log_debug_too();
    log_info("#CONFIGURATION", {{"clock", base::to_text(config->clock)}, {"redis", store::place_of(config->redis)}, {"documents", config->documents},
                                {"replicas", config->redis.replicas}, {"documents_mirror", config->documents_mirror},
                                {"offering_keys_mirror", config->offering_keys_mirror},
                                {"keys", config->keys}, {"instance", arguments.instance}, {"instances", config->services.at(service).instances().size()}});
    return *config;
}

base::Result<ServiceSettings> settings_for(const SuiteConfig& config, const Principals& principals, const Arguments& arguments,
                                           const std::string& service) {
    ServiceSettings settings;
    settings.instance = arguments.instance;
    settings.clock = config.clock;
    settings.watch = config.watch;
    settings.log_debug = config.follow_notices;
    for (const InstanceEndpoints& instance : config.services.at(service).instances()) {
        settings.instances.push_back(instance.name);
        if (instance.name != arguments.instance) continue;
        settings.door = instance.door;
        settings.feed = instance.feed;
        settings.admin = instance.admin;
    }
    if (settings.door.empty()) {
        return base::invalid(service + " has no instance '" + arguments.instance + "': the configuration has " + base::joined(settings.instances, ", ") +
                             " ([[service." + service + ".instance]] adds one)");
    }
    auto key = bus::load_key_pair(config.key_file(service));
    if (!key) return tl::unexpected(key.error());
    settings.key = *key;
    for (const auto& [name, endpoints] : config.services) {
        settings.registered.push_back(name);
        const auto public_key = principals.public_key_of(name);
        if (!public_key) return base::invalid(config.principals_file() + ": the service " + name + " has no key there");
        for (const InstanceEndpoints& instance : endpoints.instances()) {
            if (name != service || instance.name != arguments.instance) settings.feeds.push_back({instance.feed, *public_key});
        }
    }
    return settings;
}

base::Result<heads::HeadFiles> signed_heads(const SuiteConfig& config) {
    const auto key = heads::VerifyingKey::load(config.verifying_key_file());
    if (!key) return tl::unexpected(key.error());
    std::error_code error;
    std::filesystem::create_directories(config.heads, error);
    if (error) return base::invalid(config.heads + ": cannot be made: " + error.message());
    return heads::HeadFiles(config.heads, *key);
}

ExitCode run(DeskService& service) {
    watch_signals();
    const SystemClock clock;
    AdminSeat admin(service.settings().admin, service.name(), service.settings().instance, clock);
    try {
        if (const auto started = service.start(); !started) return fail(started.error());
        LogLevel level(service.settings().log_debug);
        while (!stop_asked) {
            follow_level(level, clock.monotonic());
            const auto turned = service.turn(kHeadInterval);
            if (!turned) return fail(turned.error());
            admin.turned([&] { return service.snapshot(); });
        }
    } catch (const std::bad_alloc&) {
        // What was not committed is decided again by the next start, which has the memory that this one leaves.
        return fail({base::ErrorKind::kUnavailable, "no memory is left: give this host more, or find what uses it (deploy/RUNBOOK.md, 'Memory')"});
    }
    if (const auto stopped = service.stop(); !stopped) log_warning("#NOT_HANDED_OVER", {{"reason", stopped.error().message}});
    log_info("#STOPPED");
    return ExitCode::kStopped;
}

}  // namespace rightsdesk::runtime
