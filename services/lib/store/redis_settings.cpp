#include "store/redis_settings.h"

#include "store/redis_connection.h"

namespace rightsdesk::store {

std::string first_problem(std::string_view where, const std::vector<WantedSetting>& settings, const std::function<std::string_view(std::string_view name)>& value_of) {
    for (const auto& [name, wanted] : settings) {
        const std::string_view value = value_of(name);
        if (value == wanted) continue;
        return std::string(where).append(" ").append(name).append(" is '").append(value).append("' and must be '").append(wanted).append("'");
    }
    return "";
}

std::string first_problem(std::string_view where, const std::vector<WantedSetting>& settings, std::string_view info) {
    return first_problem(where, settings, [&](std::string_view name) { return info_value(info, name); });
}

void note_settings(std::map<std::string, bool>& seen, const std::vector<WantedSetting>& settings, const std::function<std::string_view(std::string_view name)>& value_of) {
    for (const auto& [name, wanted] : settings) {
        bool& holds = seen.try_emplace(std::string(name), true).first->second;
        holds = holds && value_of(name) == wanted;
    }
}

}  // namespace rightsdesk::store
