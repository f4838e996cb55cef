// rightsdesk-fax-pages: faxed notices from seeds, with the truth beside each, in a folder: to be looked at, and to be read.
#include <filesystem>
#include <iostream>
#include <map>

#include <CLI/CLI.hpp>

#include "support/fax_files.h"
#include "support/files.h"

using namespace rightsdesk;

namespace {

constexpr std::uint64_t kMostForms = 10'000;

struct PagesWanted {
    std::string seeds = "1..1";
    std::string into;
    support::FaxRequest request;
    bool png = false;
};

support::SeedRange range_of(const std::string& text) {
    const auto dots = text.find("..");
    const support::SeedRange range{std::stoull(text), dots == std::string::npos ? std::stoull(text) : std::stoull(text.substr(dots + 2))};
    if (range.last < range.first || range.last - range.first >= kMostForms) throw std::runtime_error("--seeds " + text + ": FROM..TO, from the lower to the higher, at most " + std::to_string(kMostForms));
    return range;
}

void write_form(std::uint64_t seed, const PagesWanted& wanted) {
    const auto form = support::fax_form(seed, wanted.request);
    const std::filesystem::path base = std::filesystem::path(wanted.into) / (wanted.request.layout + "-" + std::string(base::to_text(wanted.request.quality)) + "-" + std::to_string(seed));
    support::write_file(base.string() + ".tif", support::tiff_of(form, support::coding_of(form)));
    support::write_file(base.string() + ".json", support::truth_of(form).dump(2) + "\n");
    for (std::size_t page = 0; wanted.png && page < form.pages.size(); ++page) support::write_png(form.pages[page].picture, base.string() + "-" + std::to_string(page + 1) + ".png");
}

}  // namespace

int main(int count, char** values) {
    PagesWanted wanted;
    std::map<std::string, support::Quality> qualities;
    for (const auto quality : {support::Quality::kCleanFine, support::Quality::kSkewedSpeckledFine, support::Quality::kCleanStandard, support::Quality::kWornFine, support::Quality::kDarkPage,
                               support::Quality::kHandwriting}) {
        qualities.emplace(base::to_text(quality), quality);
    }
    std::string layouts;
    for (const auto& layout : support::form_layouts()) layouts += "\n  " + std::string(layout.name) + ": " + std::string(layout.what);
    CLI::App app("rightsdesk-fax-pages: faxed notices from seeds, a TIFF and its truth as JSON for each.\nLayouts:" + layouts +
                 "\nExit codes: 0 written, 1 not, 2 wrong arguments.\nExample: rightsdesk-fax-pages --seeds 1..20 --quality clean_standard --into /tmp/faxes --png");
    app.add_option("--seeds", wanted.seeds, "FROM..TO, or one")->required();
    app.add_option("--into", wanted.into, "a folder, made where it is not there")->required();
    app.add_option("--quality", wanted.request.quality, "what the line does to the page")->transform(CLI::CheckedTransformer(qualities));
    app.add_option("--layout", wanted.request.layout, "which form (form_itself)");
    app.add_flag("--png", wanted.png, "a PNG of each page too, for the eye");
    app.add_flag("!--upright", wanted.request.turned, "no page on its head or sideways");
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    try {
        const auto range = range_of(wanted.seeds);
        std::filesystem::create_directories(wanted.into);
        for (std::uint64_t seed = range.first; seed <= range.last; ++seed) write_form(seed, wanted);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "rightsdesk-fax-pages: " << error.what() << "\n";
        return 1;
    }
}
