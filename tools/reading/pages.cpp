#include "reading/pages.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "paper/furniture.h"
#include "paper/plain_text.h"
#include "reading/watch.h"

namespace rightsdesk::reading {

namespace {

constexpr int kFurnitureShare = 12;  // of the page's height, at either end
constexpr std::size_t kShortestAsked = 4;    // letters of a word that the dictionary is asked about
constexpr std::size_t kFewestWords = 8;      // that tell which way is up
constexpr std::size_t kReadableShare = 2;    // one in two is known
constexpr int kMostUnreadable = 3;           // pages of a document whichever way they lie: of more, a hand's, nobody tries
constexpr std::size_t kPiecesShare = 5;      // of four letters are fewer than one in five

// Its zeros are small and heavy, and read as letters.
bool is_furniture(std::string line) {
    if (paper::is_page_furniture(line)) return true;
    std::replace_if(line.begin(), line.end(), [](char letter) { return letter == 'Q' || letter == 'O'; }, '0');
    return paper::is_page_furniture(line);
}

// Words of fax machines' lines, at the page's ends, are no part of the form.
void drop_furniture(std::vector<PageWord>& words, int height, std::string& machine_lines) {
    std::map<int, std::string> lines;
    std::map<int, int> at;
    for (const PageWord& word : words) {
        std::string& line = lines[word.line];
        line += (line.empty() ? "" : " ") + word.text;
        at[word.line] = word.area.top;
    }
    std::erase_if(words, [&](const PageWord& word) {
        const int top = at[word.line];
        const bool dropped = (top < height / kFurnitureShare || top > height - height / kFurnitureShare) && is_furniture(lines[word.line]);
        // A name is held against it: by a recogniser of its own.
        if (dropped && !word.by_network) machine_lines += word.text + " ";
        return dropped;
    });
}

void add_page(Pages& pages, std::vector<PageWord> words, std::uint32_t number) {
    paper::Sheet& sheet = pages.sheet;
    const std::uint32_t lines = sheet.words.empty() ? 0 : sheet.words.back().line + 1;
    for (PageWord& word : words) {
        // Curly quotes and drawn dashes of the recogniser's become those of the keyboard.
        word.text = paper::plain_text(word.text);
        sheet.words.push_back({word.text, number, word.area.left, word.area.top, word.area.right(), word.area.bottom(), lines + static_cast<std::uint32_t>(word.line),
                               static_cast<std::uint32_t>(pages.words.size())});
        pages.words.push_back(std::move(word));
    }
    for (const RuledLine& line : pages.clean.back().lines) sheet.rules.push_back({number, line.left, line.right, line.y});
}

std::int32_t letter_of(const paper::Sheet& sheet) {
    std::vector<std::int32_t> heights;
    heights.reserve(sheet.words.size());
    for (const paper::SheetWord& word : sheet.words) heights.push_back(word.bottom - word.top);
    if (heights.empty()) return kAcross / 10;
    std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2), heights.end());
    return std::max(1, heights[heights.size() / 2]);
}

// A page as it was read one way up.
struct ReadWords {
    CleanPage clean;
    std::vector<PageWord> words;
    std::size_t longer = 0;  // words of four letters and more
    std::size_t known = 0;   // of them, to the dictionary
};

void count_known(ReadWords& read, const Recogniser& recogniser) {
    for (const PageWord& word : read.words) {
        std::string letters;
        for (const char letter : word.text) {
            if (std::isalpha(static_cast<unsigned char>(letter)) != 0) letters.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(letter))));
        }
        if (word.text.size() < kShortestAsked) continue;
        ++read.longer;
        if (letters.size() >= kShortestAsked && recogniser.knows(letters)) ++read.known;
    }
}

base::Result<ReadWords> read_page(SourcePage page, std::optional<int> turns, Recogniser& recogniser, const LineNetwork& network, Timings& timings) {
    ReadWords read;
    {
        const Watch watch(timings.clean);
        auto clean = clean_page(std::move(page), turns);
        if (!clean) return tl::unexpected(clean.error());
        read.clean = *std::move(clean);
    }
    const Watch watch(timings.recognise);
    read.words = read_words(read.clean, recogniser, network);
    count_known(read, recogniser);
    return read;
}

// A form's own words are the dictionary's. Of a page with few letters their shapes do not tell which way is up: where not half of the
// words are known it is read the other ways as well, on its head first, until they are.
base::Result<ReadWords> read_upright(const SourcePage& page, Recogniser& recogniser, const LineNetwork& network, Timings& timings, int& unreadable) {
    const auto again = [&](std::optional<int> turns) { return read_page({Picture(pixClone(page.picture.get())), page.across, page.down, page.layer}, turns, recogniser, network, timings); };
    auto best = again(std::nullopt);
    if (!best || !best->clean.layer.empty()) return best;
    const auto is_readable = [](const ReadWords& read) { return read.known * kReadableShare >= read.longer; };
    // Of lines that lie on their side single letters are read.
    const bool in_pieces = best->longer * kPiecesShare < best->words.size();
    if (best->words.size() < kFewestWords || (!in_pieces && is_readable(*best)) || unreadable == kMostUnreadable) return best;
    const int seen = best->clean.turned;
    for (const int more : {2, 1, 3}) {
        auto other = again((seen + more) % 4);
        if (other && other->known > best->known) best = std::move(other);
        if (is_readable(*best)) return best;
    }
    ++unreadable;
    return best;
}

}  // namespace

base::Result<Pages> read_pages(Document& document, Recogniser& recogniser, const LineNetwork& network, Timings& timings) {
    Pages pages;
    int unreadable = 0;
    for (std::uint32_t number = 0; number < document.pages(); ++number) {
        base::Result<SourcePage> page = base::invalid("");
        {
            const Watch watch(timings.decode);
            page = document.page(number);
        }
        if (!page) return tl::unexpected(page.error());
        ++timings.pages;
        auto read = read_upright(*page, recogniser, network, timings, unreadable);
        if (!read) return tl::unexpected(read.error());
        pages.clean.push_back(std::move(read->clean));
        drop_furniture(read->words, pixGetHeight(pages.clean.back().grey.get()), pages.machine_lines);
        add_page(pages, std::move(read->words), number + 1);
    }
    pages.sheet.letter = letter_of(pages.sheet);
    return pages;
}

}  // namespace rightsdesk::reading
