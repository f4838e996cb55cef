// rightsdesk-bench-allocation: what `tools/bench allocation` runs.
#include <exception>
#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

#include "allocation/measure.h"

using namespace rightsdesk;

int main(int count, char** values) {
    std::size_t subscriptions = 0;
    std::size_t repetitions = 0;
    std::uint64_t seed = 0;
    bool json = false;
    std::string folder;
    CLI::App app("rightsdesk-bench-allocation: ns a subscription beside a memory copy.\nExit codes: 0 measured, 1 not, 2 wrong arguments.");
    app.add_option("--subscriptions", subscriptions, "how many")->default_val(10'000'000)->check(CLI::Range(1'000, 10'000'000));
    app.add_option("--repetitions", repetitions, "of each measurement")->default_val(5)->check(CLI::Range(1, 99));
    app.add_option("--seed", seed, "of the generated subscriptions")->default_val(2'002);
    app.add_flag("--json", json, "JSON on standard output instead of the table");
    app.add_option("--into", folder, "writes allocation.txt and allocation.json there")->check(CLI::ExistingDirectory);
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    try {
        const auto report = benchmark::measure_allocation(subscriptions, seed, repetitions);
        const std::string text = benchmark::text_of(report);
        const std::string document = benchmark::json_of(report);
        std::cout << (json ? document : text) << std::flush;
        if (folder.empty()) return 0;
        const bool written = (std::ofstream(folder + "/allocation.txt") << text).good() && (std::ofstream(folder + "/allocation.json") << document).good();
        if (!written) std::cerr << "cannot write to " << folder << "\n";
        return written ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "rightsdesk-bench-allocation: " << error.what() << "\n";
        return 1;
    }
}
