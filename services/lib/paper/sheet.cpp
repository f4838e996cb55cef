#include "paper/sheet.h"

#include <algorithm>

#include "paper/furniture.h"
#include "paper/plain_text.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kShortestRule = 4;  // underscores; fewer are a box
constexpr std::size_t kWidestLine = 240;  // columns

// One line of text into words and rules.
void add_line(Sheet& sheet, std::string_view text, std::uint32_t line) {
    const auto top = static_cast<std::int32_t>(line) * kLineHeight;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == ' ') {
            ++at;
            continue;
        }
        const std::size_t underscores = std::min(text.find_first_not_of('_', at), text.size()) - at;
        const auto left = static_cast<std::int32_t>(at) * kColumnWidth;
        if (underscores >= kShortestRule) {
            sheet.rules.push_back({1, left, left + static_cast<std::int32_t>(underscores) * kColumnWidth, top + kTextLetter + 2});
            at += underscores;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && text[end] != ' ' && text.substr(end, kShortestRule) != std::string_view("____", kShortestRule)) ++end;
        sheet.words.push_back({std::string(text.substr(at, end - at)), 1, left, top, static_cast<std::int32_t>(end) * kColumnWidth, top + kTextLetter, line,
                               static_cast<std::uint32_t>(sheet.words.size())});
        at = end;
    }
}

// "John Smith_____" and "_____John Smith_____": the blank is what is written and the line around it.
void widen_rules(Sheet& sheet) {
    for (SheetRule& rule : sheet.rules) {
        for (auto word = sheet.words.rbegin(); word != sheet.words.rend(); ++word) {
            const bool beside = word->top < rule.y && rule.y - word->bottom <= 2;
            if (beside && word->right <= rule.left && rule.left - word->right <= kColumnWidth) rule.left = word->left;
        }
    }
}

void write_at(std::string& line, std::size_t column, std::string_view what) {
    if (line.size() < column) line.resize(column, ' ');
    if (!line.empty() && line.size() > column && line.back() != ' ') line.push_back(' ');
    line += what;
}

}  // namespace

Sheet sheet_of(std::string_view raw) {
    Sheet sheet;
    sheet.letter = kTextLetter;
    const std::string text = plain_text(raw);
    std::uint32_t line = 0;
    for (std::size_t begin = 0; begin < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view whole = std::string_view(text).substr(begin, end - begin);
        if (!is_page_furniture(whole)) add_line(sheet, whole, line);
        begin = end + 1;
    }
    widen_rules(sheet);
    return sheet;
}

std::string text_of(const Sheet& sheet) {
    std::string text;
    std::string line;
    // A column is half a capital wide: no letter is narrower for long.
    const std::int32_t column = std::max(1, sheet.letter * 5 / 8);
    for (std::size_t index = 0; index < sheet.words.size(); ++index) {
        const SheetWord& word = sheet.words[index];
        const bool new_page = index > 0 && sheet.words[index - 1].page != word.page;
        if (index > 0 && (new_page || sheet.words[index - 1].line != word.line)) {
            text += line + (new_page ? "\n\f" : "\n");
            line.clear();
        }
        const bool first = line.empty();
        const auto wanted = std::min<std::size_t>(kWidestLine, static_cast<std::size_t>(std::max(0, word.left) / column));
        const bool far = first || word.left - sheet.words[index - 1].right > 2 * sheet.letter;
        write_at(line, far ? wanted : line.size() + 1, word.text);
    }
    return line.empty() ? text : text + line + "\n";
}

}  // namespace rightsdesk::paper
