#include "paper/furniture.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "paper/letters.h"
#include "paper/page.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kLongestLine = 132;
constexpr std::size_t kDigitsOfTelephone = 7;


// Takes the page's number off the end of a line, "page 1/2", "p. 2", "p.002/003", "pg 2 of 3". False when there is none.
bool take_page_number(std::string& line) {
    std::size_t at = line.size();
    const auto back_over = [&](auto&& is_wanted) {
        const std::size_t before = at;
        while (at > 0 && is_wanted(line[at - 1])) --at;
        return before - at;
    };
    const auto is_space = [](char letter) { return letter == ' '; };
    if (back_over(is_digit) == 0) return false;
    back_over(is_space);
    const bool slash = at > 0 && line[at - 1] == '/';
    const bool of = at > 2 && line.compare(at - 2, 2, "of") == 0;
    if (slash || of) {
        at -= slash ? 1 : 2;
        back_over(is_space);
        if (back_over(is_digit) == 0) return false;
        back_over(is_space);
    }
    if (at > 0 && line[at - 1] == '.') --at;
    for (const std::string_view word : {"page", "pg", "p"}) {
        if (at < word.size() || line.compare(at - word.size(), word.size(), word) != 0) continue;
        const std::size_t begin = at - word.size();
        if (begin > 0 && line[begin - 1] != ' ') continue;
        line.resize(begin);
        return true;
    }
    return false;
}

bool is_dashed_number(std::string_view line) {
    if (line.size() < 3 || line.front() != '-' || line.back() != '-') return false;
    const std::string inner = tidy(line.substr(1, line.size() - 2));
    return !inner.empty() && inner.size() <= 2 && inner != "0" && std::all_of(inner.begin(), inner.end(), is_digit);
}

}  // namespace

bool is_page_furniture(std::string_view raw) {
    if (raw.size() > kLongestLine) return false;
    std::string line = lower(tidy(raw));
    if (is_dashed_number(line)) return true;
    if (!take_page_number(line)) return false;
    if (!says_something(line)) return true;
    const auto digits = static_cast<std::size_t>(std::count_if(line.begin(), line.end(), is_digit));
    const bool time = line.find(':') != std::string::npos;
    return line.starts_with("from") || line.find("fax") != std::string::npos || (time && digits >= 4) || digits >= kDigitsOfTelephone;
}

}  // namespace rightsdesk::paper
