// The composition root of the auditor: the only place that names concrete adapters.
#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <thread>

#include "auditor/auditor.h"
#include "runtime/admin_seat.h"
#include "runtime/log_line.h"
#include "runtime/process.h"
#include "store/redis_store.h"

using namespace rightsdesk;

namespace {

constexpr std::chrono::milliseconds kInterval{1'000};
constexpr std::chrono::milliseconds kAttention{50};  // how soon a signal is noticed

struct Asked {
    std::string config;
    std::string log_file;
    bool once = false;
};

tl::expected<Asked, int> read_arguments(int count, char** values) {
    Asked asked;
    CLI::App app("rightsdesk auditor: checks every log as it grows and signs its head once a second, outside the store.\n"
                 "Exit codes: 0 stopped, 2 wrong arguments or configuration, 3 cannot start now, 4 a log is damaged (it says which record).\n"
                 "Example: rightsdesk-auditor --config var/etc/suite.toml");
    app.add_option("--config", asked.config, "the suite's configuration (suite.toml)")->required()->check(CLI::ExistingFile);
    app.add_option("--log", asked.log_file, "log file; standard error by default");
    app.add_flag("--once", asked.once, "look at every log once, sign, and end");
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return tl::unexpected(app.exit(error) == 0 ? 0 : 2);
    }
    return asked;
}

void tell_unavailable(const base::Error& error, bool& told) {
    if (!told) runtime::log_error("#NOT_SIGNING", {{"reason", error.message}});
    told = true;
}

// Logs of which there are more than this are told together.
constexpr std::size_t kMostLogsTold = 50;

runtime::Snapshot snapshot_of(const auditor::Auditor& auditor, bool away) {
    runtime::Snapshot snapshot;
    snapshot.figures.add(runtime::MetricKind::kSignedHeadsTotal, static_cast<double>(auditor.signed_heads()));
    snapshot.figures.add(runtime::MetricKind::kDamagedLogs, static_cast<double>(auditor.damaged().size()));
    double others = 0;
    std::size_t told = 0;
    for (const auto& [log, records] : auditor.unsigned_records()) {
        if (++told > kMostLogsTold) others += static_cast<double>(records);
        else snapshot.figures.add(runtime::MetricKind::kUnsignedRecords, static_cast<double>(records), {log});
    }
    if (told > kMostLogsTold) snapshot.figures.add(runtime::MetricKind::kUnsignedRecords, others, {"+others"});
    if (away) snapshot.not_ready.push_back({"not_signing", "the store or the disk of the heads does not answer for some log"});
    for (const auto& [log, why] : auditor.damaged()) snapshot.not_ready.push_back({"log_damaged", why});
    return snapshot;
}

// Looks once a second; at once again while a log has more than a step's records.
base::Result<> audit(auditor::Auditor& auditor, const runtime::Clock& clock, bool once, runtime::AdminSeat& admin) {
    bool told = false;
    auto next = clock.monotonic();
    while (!runtime::asked_to_stop()) {
        admin.turned([&] { return snapshot_of(auditor, told); });
        if (clock.monotonic() < next) {
            std::this_thread::sleep_for(kAttention);
            continue;
        }
        const auto more = auditor.step();
        if (!more && (once || !more.error().worth_retrying())) return tl::unexpected(more.error());
        if (!more) tell_unavailable(more.error(), told);
        if (more) told = false;
        if (more && *more) continue;
        if (once) return {};
        next = clock.monotonic() + kInterval;
    }
    return {};
}

}  // namespace

int main(int count, char** values) {
    const auto asked = read_arguments(count, values);
    if (!asked) return asked.error();
    runtime::start_logging("auditor", asked->log_file);
    const auto config = runtime::load_suite_config(asked->config);
    if (!config) return static_cast<int>(runtime::fail(config.error()));
    const auto redis = config->redis_as("reader");
    if (!redis) return static_cast<int>(runtime::fail(redis.error()));
    const auto key = heads::SigningKey::load(config->signing_key_file());
    if (!key) return static_cast<int>(runtime::fail(key.error()));
    const auto files = runtime::signed_heads(*config);
    if (!files) return static_cast<int>(runtime::fail(files.error()));
    const auto lock = heads::HeadLock::take(config->heads);
    if (!lock) return static_cast<int>(runtime::fail(lock.error()));

    runtime::watch_signals();
    store::RedisStore store(*redis);
    std::unique_ptr<store::RedisStore> replica;
    if (config->redis.replicas > 0) replica = std::make_unique<store::RedisStore>(*config->replica_for("reader"));
    runtime::SystemClock clock;
    runtime::AdminSeat admin(asked->once ? "" : config->auditor_admin, "auditor", runtime::kFirstInstance, clock);
    auditor::Auditor auditor(store, *files, *key, clock, replica.get());
    if (const auto started = auditor.start(); !started) return static_cast<int>(runtime::fail(started.error()));
    runtime::log_info("#STARTED", {{"heads", config->heads}});
    if (const auto audited = audit(auditor, clock, asked->once, admin); !audited) return static_cast<int>(runtime::fail(audited.error()));
    for (const auto& [log, why] : auditor.damaged()) std::cerr << why << "\n";
    runtime::log_info("#STOPPED", {{"signed", auditor.signed_heads()}, {"damaged", auditor.damaged().size()}});
    return static_cast<int>(auditor.damaged().empty() ? runtime::ExitCode::kStopped : runtime::ExitCode::kCorrupt);
}
