// How fast a log is verified straight from a Redis of its own: records a second and megabytes a second, digests and links.
//
//     rightsdesk-bench-verification --records 1000000 --octets 1000
#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>

#include "benchmark/must.h"
#include "store/chain_walk.h"
#include "store/redis_store.h"
#include "support/redis_server.h"

using namespace rightsdesk;
using benchmark::must;

namespace {

constexpr std::size_t kPerCommit = 1'000;
constexpr std::size_t kPerStep = 2'000;  // as a service verifies, a turn

void fill(store::Store& store, std::size_t records, std::size_t octets) {
    for (std::size_t made = 0; made < records;) {
        store::Batch batch;
        batch.log = "desk";
        for (; batch.items.size() < kPerCommit && made < records; ++made) {
            store::Item item;
            std::string record = std::to_string(made);
            record.resize(octets, 'r');
            item.events.push_back({base::Bytes(std::move(record))});
            batch.items.push_back(std::move(item));
        }
        must(store.commit(batch));
    }
}

int measure(std::size_t records, std::size_t octets) {
    support::RedisServer server;
    must(store::deploy_functions(server.config_as("deployer")));
    store::RedisStore intake(server.config_as("intake"));
    fill(intake, records, octets);
    store::RedisStore reader(server.config_as("reader"));
    const auto start = std::chrono::steady_clock::now();
    store::ChainWalk walk(reader, "desk");
    while (must(walk.step(kPerStep)) > 0) {}
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const auto verified = static_cast<double>(walk.at().sequence);
    std::cout << walk.at().sequence << " records of " << octets << " octets verified in " << seconds << " s: " << verified / seconds << " records/s, "
              << verified * static_cast<double>(octets) / seconds / 1e6 << " MB/s\n";
    return walk.at().sequence == records ? 0 : 1;
}

}  // namespace

int main(int count, char** values) {
    std::size_t records = 1'000'000;
    std::size_t octets = 1'000;
    CLI::App app("How fast a log is verified from Redis.\nExample: rightsdesk-bench-verification --records 1000000 --octets 1000");
    app.add_option("--records", records, "how many")->capture_default_str()->check(CLI::Range(1, 10'000'000));
    app.add_option("--octets", octets, "of each")->capture_default_str()->check(CLI::Range(1, 1'000'000));
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    try {
        return measure(records, octets);
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 3;
    }
}
