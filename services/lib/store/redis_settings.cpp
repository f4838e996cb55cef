#include "store/redis_settings.h"

#include <algorithm>

namespace rightsdesk::store {

std::map<std::string, std::string> info_values(std::string_view text) {
    std::map<std::string, std::string> values;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find("\r\n"));
        text.remove_prefix(std::min(text.size(), line.size() + 2));
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos) values.emplace(line.substr(0, colon), line.substr(colon + 1));
    }
    return values;
}

std::string first_problem(const std::string& who, const std::map<std::string, std::string>& values, const std::vector<WantedSetting>& settings) {
    for (const auto& [name, wanted] : settings) {
        const auto found = values.find(name);
        const std::string value = found == values.end() ? "" : found->second;
        if (value != wanted) return who + ": INFO " + name + " is '" + value + "' and must be '" + wanted + "'";
    }
    return "";
}

}  // namespace rightsdesk::store
