// rightsdesk-fax-pages: faxed notices from seeds, with the truth beside each, in a folder: to be looked at, and to be read.
#include <charconv>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string_view>

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
    bool pdf = false;
};

// Nothing where the text is no range.
std::optional<support::SeedRange> range_of(std::string_view text) {
    const auto dots = text.find("..");
    const auto number_of = [](std::string_view digits) -> std::optional<std::uint64_t> {
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        return error == std::errc() && end == digits.data() + digits.size() ? std::optional(number) : std::nullopt;
    };
    const auto first = number_of(text.substr(0, dots));
    const auto last = dots == std::string_view::npos ? first : number_of(text.substr(dots + 2));
    if (!first || !last || *last < *first || *last - *first >= kMostForms) return std::nullopt;
    return support::SeedRange{*first, *last};
}

std::string check_range(const std::string& text) {
    return range_of(text) ? "" : "\"" + text + "\" is no range of seeds: FROM..TO or one seed, from the lower to the higher, at most " + std::to_string(kMostForms);
}

void write_form(std::uint64_t seed, const PagesWanted& wanted) {
    const auto form = support::fax_form(seed, wanted.request);
    const std::filesystem::path base = std::filesystem::path(wanted.into) / (wanted.request.layout + "-" + std::string(base::to_text(wanted.request.quality)) + "-" + std::to_string(seed));
    support::write_file(base.string() + ".tif", support::tiff_of(form, support::coding_of(form)));
    support::write_file(base.string() + ".json", support::truth_of(form).dump(2) + "\n");
    if (wanted.pdf) {
        support::write_file(base.string() + ".pictures.pdf", support::pdf_of(form, support::PdfKind::kPictures));
        support::write_file(base.string() + ".searchable.pdf", support::pdf_of(form, support::PdfKind::kPicturesWithText));
        support::write_file(base.string() + ".printed.pdf", support::pdf_of(form, support::PdfKind::kPrinted));
    }
    for (std::size_t page = 0; wanted.png && page < form.pages.size(); ++page) support::write_png(form.pages[page].picture, base.string() + "-" + std::to_string(page + 1) + ".png");
}

}  // namespace

int main(int count, char** values) {
    PagesWanted wanted;
    std::map<std::string, support::Quality> qualities;
    for (const auto quality : support::kQualities) qualities.emplace(base::to_text(quality), quality);
    std::string quality = "clean_fine";
    std::string layouts;
    std::set<std::string> layout_names;
    for (const auto& layout : support::form_layouts()) {
        layouts += "\n  " + std::string(layout.name) + ": " + std::string(layout.what);
        layout_names.emplace(layout.name);
    }
    CLI::App app("rightsdesk-fax-pages: faxed notices from seeds, a TIFF and its truth as JSON for each.\nLayouts:" + layouts +
                 "\nExit codes: 0 written, 1 not, 2 wrong arguments.\nExample: rightsdesk-fax-pages --seeds 1..20 --quality clean_standard --into /tmp/faxes --png");
    app.add_option("--seeds", wanted.seeds, "FROM..TO, or one")->required()->check(check_range);
    app.add_option("--into", wanted.into, "a folder, made where it is not there")->required();
    app.add_option("--quality", quality, "what the line does to the page (clean_fine)")->check(CLI::IsMember(qualities));
    app.add_option("--layout", wanted.request.layout, "which form (form_itself)")->check(CLI::IsMember(layout_names));
    app.add_flag("--pdf", wanted.pdf, "three PDFs too: of pictures, of pictures with their words behind them, as it was printed");
    app.add_flag("--png", wanted.png, "a PNG of each page too, for the eye");
    app.add_flag("--cover", wanted.request.cover, "a cover sheet before the form");
    app.add_flag("!--upright", wanted.request.turned, "no page on its head or sideways");
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    try {
        wanted.request.quality = qualities.at(quality);
        const support::SeedRange range = range_of(wanted.seeds).value();
        std::filesystem::create_directories(wanted.into);
        for (std::uint64_t seed = range.first; seed <= range.last; ++seed) write_form(seed, wanted);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "rightsdesk-fax-pages: " << error.what() << "\n";
        return 1;
    }
}
