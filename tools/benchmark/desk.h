// The desk that is measured: a private Redis with the deployed configuration, the four services as processes, CURVE on
// every socket; on the stepped clock, which stands at kTime throughout, with the sample's offering open,
// or on the real one.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "benchmark/figures.h"
#include "benchmark/report.h"
#include "store/redis_store.h"
#include "support/suite_processes.h"

namespace rightsdesk::benchmark {

// What the processes have used of the processors since they started.
using ProcessorTimes = std::map<std::string, Nanoseconds>;
ProcessorTimes operator-(ProcessorTimes after, const ProcessorTimes& before);

class Desk {
public:
    // On the stepped clock the sample's offering is open; on the real one none is. Throws, saying why, when it does not come up.
    explicit Desk(const std::string& clock = "stepped");

    // Opens an offering by its terms (TOML) and waits until every service knows it.
    void open(const std::string& terms);

    // Kills the four services, starts them again, and says how long it took until every door serves.
    Nanoseconds restart();

    // Resident memory of each process, in octets.
    [[nodiscard]] std::map<std::string, double> memory() const;

    [[nodiscard]] const std::filesystem::path& folder() const { return suite_.folder(); }
    [[nodiscard]] std::string intake_door() const { return "ipc://" + (folder() / "run/intake.door").string(); }
    // A Redis user's way in: "intake" to write, "reader" to look.
    [[nodiscard]] store::RedisConfig redis(const std::string& user) const;

    // Waits until every service has done all that follows from what was committed, and says how long it took.
    Nanoseconds wait_until_idle();

    // Stops all services but intake until `resume_others`, so that what is measured meanwhile is the way to a receipt alone.
    void suspend_others();
    void resume_others();
    // The feed of intake's records, as every service hears it.
    [[nodiscard]] std::string intake_feed() const { return "ipc://" + (folder() / "run/intake.feed").string(); }

    [[nodiscard]] ProcessorTimes processor_times() const;
    // What Redis and the documents hold now.
    [[nodiscard]] Space space() const;

    // How many commits Redis has been asked for.
    [[nodiscard]] std::uint64_t commits() const;

    // Redis writes its append-only file anew: begins, or, where `whole`, waits until it is written.
    void rewrite(bool whole);

    // `rightsdesk verify`: every digest, the chain, and every entity rebuilt from the log. Throws when it finds a difference.
    void verify();

private:
    std::string must(const std::vector<std::string>& command);

    support::SuiteProcesses suite_;
};

}  // namespace rightsdesk::benchmark
