// rightsdesk-bench: what tools/bench runs.
#include <exception>
#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

#include "benchmark/run.h"

using namespace rightsdesk;

int main(int count, char** values) {
    std::size_t notices = 0;
    bool json = false;
    bool text = false;
    std::string folder;
    CLI::App app("rightsdesk-bench: durable receipts a second beside the raw commits of the same Redis.\nExit codes: 0 measured, 1 not, 2 wrong arguments.");
    app.add_option("--notices", notices, "how many the largest windows share")->default_val(20'000)->check(CLI::Range(100, 80'000));
    app.add_flag("--text", text, "notices that intake reads from the form's text, instead of keyed ones");
    app.add_flag("--json", json, "JSON on standard output instead of the table");
    app.add_option("--into", folder, "writes bench.txt and bench.json there")->check(CLI::ExistingDirectory);
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    try {
        const auto report = benchmark::run(notices, text ? benchmark::Reading::kText : benchmark::Reading::kKeyed, folder);
        const std::string table = benchmark::text_of(report);
        const std::string document = benchmark::json_of(report);
        std::cout << (json ? document : table) << std::flush;
        if (folder.empty()) return 0;
        const bool written = (std::ofstream(folder + "/bench.txt") << table).good() && (std::ofstream(folder + "/bench.json") << document).good();
        if (!written) std::cerr << "cannot write to " << folder << "\n";
        return written ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "rightsdesk-bench: " << error.what() << "\n";
        return 1;
    }
}
