// rightsdesk-read-page: a picture's octets, or a typed notice, from a file or standard input, what stands on it as one JSON object. What the gateways run in
// confinement; useful by itself.
#include <iostream>
#include <span>

#include <CLI/CLI.hpp>

#include "feeds/page_reader.h"
#include "reading/drawing.h"
#include "reading/reading.h"
#include "reading/templates_folder.h"
#include "reading/typed_text.h"
#include "rightsdesk/session.h"

using namespace rightsdesk;

namespace {

tools::Exit print(const base::Result<reading::PageReading>& page) {
    if (!page) throw tools::ending(page.error());
    std::cout << feeds::page_read_text(*page);
    return tools::Exit::kGood;
}

tools::Exit read_text(const std::string& text, const std::string& templates) {
    const auto layouts = reading::load_templates(templates);
    if (!layouts) throw tools::ending(layouts.error());
    return print(reading::read_typed(*layouts, text));
}

std::span<const std::byte> bytes_of(const std::string& octets) { return std::as_bytes(std::span(octets.data(), octets.size())); }

tools::Exit count_pages(const std::string& octets) {
    const auto pages = reading::count_pages(bytes_of(octets));
    if (!pages) throw tools::ending(pages.error());
    std::cout << "{\"pages\":" << *pages << "}\n";
    return tools::Exit::kGood;
}

tools::Exit draw_page(const std::string& octets, std::uint32_t number) {
    const auto picture = reading::draw_page(bytes_of(octets), number);
    if (!picture) throw tools::ending(picture.error());
    std::cout << *picture;
    return tools::Exit::kGood;
}

tools::Exit read_page(const std::string& octets, const std::string& templates) {
    auto reader = reading::Reader::open(templates);
    if (!reader) throw tools::ending(reader.error());
    return print(reader->read(bytes_of(octets)));
}

}  // namespace

int main(int count, char** values) {
    CLI::App app("rightsdesk-read-page: reads a faxed or scanned notice, TIFF or PDF, or a typed one, and prints one JSON object:\n"
                 "  {\"verdict\": \"read|needs_keying|not_ours|not_a_notice\", \"reason\", \"layout\", \"fields\": {...}, \"readings\": [{\"field\", \"text\",\n"
                 "   \"confidence\": 0 to 1000, \"place\": {\"page\", \"left\", \"top\", \"width\", \"height\"}, \"candidates\"}], \"missing\": [...], \"text\"}\n"
                 "Places are in thousandths of the page as it came. With --draw it writes a page as PNG, as it came, for people. Exit codes: 0 read, whatever\n"
                 "the verdict, counted or drawn; 2 the document or a template cannot be used; 3 no recogniser.");
    app.footer("Example:\n  rightsdesk-read-page fax000000001.tif\n  rightsdesk-read-page --text typed.txt\n  rightsdesk-read-page --draw 1 scan.pdf >page-1.png");
    bool is_text = false;
    bool is_counted = false;
    std::uint32_t drawn = 0;
    std::string file = "-";
    std::string templates = feeds::templates_beside_us();
    app.add_option("FILE", file, "the picture, or the text; - is standard input")->capture_default_str();
    app.add_flag("--text", is_text, "FILE is plain text, UTF-8, columns by spaces");
    auto* count_only = app.add_flag("--count", is_counted, "print how many pages there are: {\"pages\": 2}");
    app.add_option("--draw", drawn, "write this page, from 1, as PNG")->check(CLI::PositiveNumber)->excludes(count_only);
    app.add_option("--templates", templates, "the folder with the layouts")->capture_default_str();
    return tools::run_program(app, count, values, [&] {
        const std::string octets = tools::read_file(file, reading::Limits().octets);
        if (is_counted) return count_pages(octets);
        if (drawn != 0) return draw_page(octets, drawn);
        return is_text ? read_text(octets, templates) : read_page(octets, templates);
    });
}
