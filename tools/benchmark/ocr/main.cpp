// rightsdesk-bench-ocr: what `tools/bench-ocr` runs.
#include <exception>
#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

#include "ocr/measure.h"
#include "support/layouts/form_layout.h"

using namespace rightsdesk;

namespace {

std::vector<support::Quality> qualities_of(const std::vector<std::string>& names) {
    std::vector<support::Quality> qualities;
    for (const std::string& name : names) {
        const auto quality = base::enum_from_text<support::Quality>(name);
        if (!quality) throw CLI::ValidationError("--quality", "there is no quality " + name);
        qualities.push_back(*quality);
    }
    return qualities;
}

std::vector<std::string> layouts_of(const std::vector<std::string>& names) {
    std::vector<std::string> layouts;
    for (const support::FormLayout& layout : support::form_layouts()) {
        if (names.empty() || std::find(names.begin(), names.end(), layout.name) != names.end()) layouts.emplace_back(layout.name);
    }
    if (layouts.size() < names.size()) throw CLI::ValidationError("--layout", "there is no such layout");
    return layouts;
}

}  // namespace

int main(int count, char** values) {
    benchmark::OcrRequest request;
    std::vector<std::string> qualities = {"clean_fine", "skewed_speckled_fine", "clean_standard"};
    std::vector<std::string> layouts;
    std::string seeds = "judged";
    std::uint64_t from = 0;
    bool json = false;
    std::string folder;
    CLI::App app("rightsdesk-bench-ocr: faxed forms read and held against what was meant.\nExit codes: 0 measured, 1 not, 2 wrong arguments.");
    app.add_option("--pages", request.forms, "forms of each quality and layout")->default_val(20)->check(CLI::Range(1, 10'000));
    app.add_option("--quality", qualities, "clean_fine, skewed_speckled_fine, clean_standard, worn_fine, dark_page, handwriting")->delimiter(',');
    app.add_option("--layout", layouts, "which; all")->delimiter(',');
    app.add_option("--seeds", seeds, "judged or tuning: what is tuned on is never what is judged")->check(CLI::IsMember({"judged", "tuning"}));
    app.add_option("--from", from, "the first of them, counted from 0")->check(CLI::Range(0, 90'000));
    app.add_option("--jobs", request.jobs, "threads")->default_val(1)->check(CLI::Range(1, 64));
    app.add_option("--templates", request.templates, "the folder of the layouts")->required()->check(CLI::ExistingDirectory);
    app.add_flag("--tell", request.tell, "each field that was not read right, on standard error");
    app.add_flag("--json", json, "JSON on standard output instead of the table");
    app.add_option("--into", folder, "writes ocr.txt and ocr.json there")->check(CLI::ExistingDirectory);
    try {
        app.parse(count, values);
        request.qualities = qualities_of(qualities);
        request.layouts = layouts_of(layouts);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    request.first_seed = (seeds == "judged" ? support::kJudgedSeeds.first : support::kTuningSeeds.first) + from;
    try {
        const auto rows = benchmark::measure_ocr(request);
        const std::string text = benchmark::ocr_text(request, rows);
        const std::string document = benchmark::ocr_json(request, rows);
        std::cout << (json ? document : text) << std::flush;
        if (folder.empty()) return 0;
        const bool written = (std::ofstream(folder + "/ocr.txt") << text).good() && (std::ofstream(folder + "/ocr.json") << document).good();
        if (!written) std::cerr << "cannot write to " << folder << "\n";
        return written ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "rightsdesk-bench-ocr: " << error.what() << "\n";
        return 1;
    }
}
