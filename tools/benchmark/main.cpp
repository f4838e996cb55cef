// rightsdesk-bench: what tools/bench runs.
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include <CLI/CLI.hpp>

#include "benchmark/plot.h"
#include "benchmark/run.h"

using namespace rightsdesk;

int main(int count, char** values) {
    std::size_t notices = 0;
    bool json = false;
    bool quick = false;
    std::size_t largest = 0;
    benchmark::ScaleSizes sizes;
    benchmark::Reading reading = benchmark::Reading::kListed;
    std::string folder;
    CLI::App app("rightsdesk-bench: durable receipts a second beside the raw commits of the same Redis.\nExit codes: 0 measured, 1 not, 2 wrong arguments.");
    app.add_option("--notices", notices, "how many the largest windows share")->default_val(20'000)->check(CLI::Range(100, 80'000));
    const std::map<std::string, benchmark::Reading> readings{{"listed", benchmark::Reading::kListed}, {"pictured", benchmark::Reading::kPictured}, {"text", benchmark::Reading::kText}};
    app.add_option("--reading", reading, "listed: a paper for 256 keyed notices; pictured: one for each; text: intake reads the form")->transform(CLI::CheckedTransformer(readings));
    app.add_flag("--quick", quick, "the rates and latencies alone: no peer, no offerings, no growth, no restart, no storm");
    app.add_option("--largest", largest, "how many notices one offering grows to")->default_val(100'000)->check(CLI::Range(1'000, 1'000'000));
    app.add_option("--storm", sizes.storm, "how many notices come in the last ten seconds before the hour; 0: none")->check(CLI::Range(0, 200'000));
    app.add_flag("--json", json, "JSON on standard output instead of the table");
    app.add_option("--into", folder, "writes bench.txt, bench.json and bench.svg there")->check(CLI::ExistingDirectory);
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    if (sizes.storm > 0 && static_cast<double>(sizes.storm) < sizes.storm_seconds) {
        std::cerr << "--storm " << sizes.storm << ": at least one a second, 10; or 0 for none\n";
        return 2;
    }
    if (!folder.empty()) folder = std::filesystem::absolute(folder).string();  // PostgreSQL is started in a folder of its own
    sizes.growth = {1'000};
    for (std::size_t next = 10'000; next < largest; next *= 10) sizes.growth.push_back(next);
    if (largest > 1'000) sizes.growth.push_back(largest);
    try {
        auto report = benchmark::run(notices, reading, quick ? "" : folder);
        if (!quick) report.scale = benchmark::measure_scale(sizes);
        const std::string table = benchmark::text_of(report);
        const std::string document = benchmark::json_of(report);
        std::cout << (json ? document : table) << std::flush;
        if (folder.empty()) return 0;
        const bool written = (std::ofstream(folder + "/bench.txt") << table).good() && (std::ofstream(folder + "/bench.json") << document).good() &&
                             (std::ofstream(folder + "/bench.svg") << benchmark::plot_of(report)).good();
        if (!written) std::cerr << "cannot write to " << folder << "\n";
        return written ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "rightsdesk-bench: " << error.what() << "\n";
        return 1;
    }
}
