// What makes a service a process: arguments, configuration, signals, the loop, the exit code.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "runtime/desk_service.h"
#include "runtime/suite_config.h"

namespace rightsdesk::runtime {

// Exit codes of a service.
enum class ExitCode : int {
    kStopped = 0,       // asked to by SIGTERM or SIGINT
    kUsage = 2,         // wrong arguments or configuration: starting again gives the same
    kUnavailable = 3,   // could not start now (store, socket): starting again may help
    kCorrupt = 4,       // stored bytes are not what was committed: a person must look
};

struct Arguments {
    std::string config;
    std::string instance = "1";
    std::string log_file;  // empty: standard error
};

// What a service reads besides the suite's configuration, and what is wrong with it.
using FurtherCheck = std::function<base::Result<>(const SuiteConfig&)>;

// `--config FILE [--instance N] [--log FILE] [--check-config] [--help]`. An exit code when the process is to end at once. `further` is
// checked with the configuration.
tl::expected<Arguments, ExitCode> parse_arguments(int count, char** values, const std::string& service, const FurtherCheck& further = {});

// Loads and checks the configuration, logs it once, secrets masked; tells standard error what is wrong.
tl::expected<SuiteConfig, ExitCode> load_configuration(const Arguments& arguments, const std::string& service);

// The settings of `service` by the suite's configuration: its own endpoints and key, the feeds of all others, which are also those of
// its other instances. kInvalid where the configuration has no such instance.
base::Result<ServiceSettings> settings_for(const SuiteConfig& config, const Principals& principals, const Arguments& arguments,
                                           const std::string& service);

// What the auditor signed, by the suite's configuration; makes the folder when it is not there.
base::Result<heads::HeadFiles> signed_heads(const SuiteConfig& config);

// Turns until SIGTERM or SIGINT, or an error that starting again must settle.
ExitCode run(DeskService& service);

// Says on standard error and in the log why the process ends; its exit code.
ExitCode fail(const base::Error& error);
// SIGTERM and SIGINT are asked for from here on; whether one came. SIGUSR1 and SIGUSR2 end nothing: they are about what is logged (log_level.h).
void watch_signals();
bool asked_to_stop();

}  // namespace rightsdesk::runtime
