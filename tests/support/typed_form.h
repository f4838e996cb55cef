// A form as somebody types it into a mail: a layout's words, line by line, and what stands in its blanks. No picture; columns by spaces.
#pragma once

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "support/layouts/form_layout.h"

namespace rightsdesk::support {

namespace typing {

inline constexpr std::size_t kColumn = 52;  // letters: where a typist's tabulator stands

inline std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

inline std::string filled(const std::string& line, const std::map<std::string, std::string>& values, const std::set<std::string>& ticked) {
    static const std::regex blank(R"(\{([a-z_0-9:]+)(\|[0-9*]+)?\})");
    std::string text;
    std::string rest = line;
    for (std::smatch found; std::regex_search(rest, found, blank); rest = found.suffix().str()) {
        const std::string name = found[1];
        const auto value = values.find(name);
        text += found.prefix().str();
        if (name.starts_with("box:")) text += ticked.contains(name.substr(4)) ? "[X]" : "[ ]";
        else text += value == values.end() ? "________" : value->second;
    }
    return text + rest;
}

}  // namespace typing

// `values` by the names of the layout's blanks; a blank without one stays a line. `ticked`: the boxes.
inline std::string typed(const FormLayout& layout, const std::map<std::string, std::string>& values, const std::set<std::string>& ticked) {
    std::istringstream lines{std::string(layout.text)};
    std::string text;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("~") || line.starts_with("%") || line.starts_with("---")) {
            text += "\n";
            continue;
        }
        if (line.starts_with("@")) {
            const std::size_t space = line.find(' ');
            line = "{box:" + line.substr(1, space - 1) + "}" + line.substr(space);
        } else if (!line.empty() && std::string_view("!^=>:;.").find(line.front()) != std::string_view::npos) {
            line.erase(0, 1);
        }
        std::string row;
        std::size_t column = 0;
        for (std::size_t begin = 0; begin <= line.size(); ++column) {
            const std::size_t end = std::min(line.find("||", begin), line.size());
            if (column > 0) row.resize(std::max(row.size() + 4, column * typing::kColumn), ' ');
            row += typing::trimmed(typing::filled(line.substr(begin, end - begin), values, ticked));
            begin = end + 2;
        }
        text += row + "\n";
    }
    return text;
}

}  // namespace rightsdesk::support
