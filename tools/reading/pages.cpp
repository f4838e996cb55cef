#include "reading/pages.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "paper/furniture.h"
#include "paper/plain_text.h"
#include "reading/watch.h"

namespace rightsdesk::reading {

namespace {

constexpr int kFurnitureShare = 12;  // of the page's height, at either end

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

}  // namespace

base::Result<Pages> read_pages(Document& document, Recogniser& recogniser, const LineNetwork& network, Timings& timings) {
    Pages pages;
    for (std::uint32_t number = 0; number < document.pages(); ++number) {
        base::Result<SourcePage> page = base::invalid("");
        {
            const Watch watch(timings.decode);
            page = document.page(number);
        }
        if (!page) return tl::unexpected(page.error());
        ++timings.pages;
        {
            const Watch watch(timings.clean);
            auto clean = clean_page(*std::move(page));
            if (!clean) return tl::unexpected(clean.error());
            pages.clean.push_back(*std::move(clean));
        }
        const Watch watch(timings.recognise);
        std::vector<PageWord> words = read_words(pages.clean.back(), recogniser, network);
        drop_furniture(words, pixGetHeight(pages.clean.back().grey.get()), pages.machine_lines);
        add_page(pages, std::move(words), number + 1);
    }
    pages.sheet.letter = letter_of(pages.sheet);
    return pages;
}

}  // namespace rightsdesk::reading
