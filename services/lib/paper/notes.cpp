#include "paper/notes.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "paper/page.h"
#include "paper/people.h"

namespace rightsdesk::paper {

void Notes::note(const std::string& field, const std::string& source) {
    if (!says_something(source)) return;
    auto& sources = read_from[field];
    if (std::find(sources.begin(), sources.end(), source) == sources.end()) sources.push_back(source);
}

void Notes::set(const std::string& field, std::optional<std::string>& value, const std::string& text) {
    note(field, text);
    if (says_something(text) && !says_nothing_there(text)) value = text;
}

void Notes::set_people(const std::string& field, std::vector<std::string>& value, const std::string& text) {
    note(field, tidy(text));
    if (says_nothing_there(tidy(text))) return;
    if (auto people = people_in(text)) value = std::move(*people);
}

bool says_nothing_there(const std::string& text) {
    static constexpr std::array<std::string_view, 11> kNothing = {"none", "n/a", "n.a.", "na", "nil", "not available", "not applicable", "not yet available", "unknown", "n / a", "not known"};
    std::string small = lower(text);
    while (!small.empty() && (small.back() == '.' || small.back() == ' ' || small.back() == ')' || small.back() == '-')) {
        if (small.size() == 4 && small == "n.a.") break;
        small.pop_back();
    }
    const auto first = small.find_first_not_of("(- ");
    return first != std::string::npos && std::find(kNothing.begin(), kNothing.end(), small.substr(first)) != kNothing.end();
}

}  // namespace rightsdesk::paper
