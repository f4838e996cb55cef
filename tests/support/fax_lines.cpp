// rightsdesk-fax-lines: lines of faxed print with their texts, from seeds, in a file (faxed_lines.h).
#include <array>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include <CLI/CLI.hpp>

#include "support/faxed_lines.h"

using namespace rightsdesk;

namespace {

// Its width (2 octets, the lower first), how many characters (1), the quality (1), the characters, the picture row by row.
void write_line(std::ostream& into, const support::FaxedLine& line) {
    const int width = line.picture.width;
    const std::array<char, 4> head = {static_cast<char>(width & 0xff), static_cast<char>(width >> 8), static_cast<char>(line.text.size()), static_cast<char>(line.quality)};
    into.write(head.data(), head.size());
    into.write(line.text.data(), static_cast<std::streamsize>(line.text.size()));
    into.write(reinterpret_cast<const char*>(line.picture.ink.data()), static_cast<std::streamsize>(line.picture.ink.size()));
}

}  // namespace

int main(int count, char** values) {
    std::uint64_t from = 1;
    std::uint64_t pages = 10;
    std::string into;
    std::string dictionary = "/usr/share/dict/words";
    CLI::App app("rightsdesk-fax-lines: lines of faxed print as the reader cuts them, with their texts, for tools/reading/training.\nExit codes: 0 written, 1 not, 2 wrong arguments.");
    app.add_option("--from", from, "the first page's seed (1)")->check(CLI::Range(1, 99'999));
    app.add_option("--pages", pages, "how many, of some ninety lines each (10)")->check(CLI::Range(1, 99'999));
    app.add_option("--into", into, "a file, written anew")->required();
    app.add_option("--words", dictionary, "a file with a word on each line (Debian: wamerican)");
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    try {
        const support::LineTexts texts(support::words_of_dictionary(dictionary));
        std::ofstream file(into, std::ios::binary);
        std::size_t lines = 0;
        for (std::uint64_t seed = from; seed < from + pages; ++seed) {
            for (const support::FaxedLine& line : support::fax_lines(seed, texts)) {
                write_line(file, line);
                ++lines;
            }
        }
        if (!file.flush()) throw std::runtime_error("cannot write " + into);
        std::cout << lines << " lines of " << pages << " pages\n";
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "rightsdesk-fax-lines: " << error.what() << "\n";
        return 1;
    }
}
