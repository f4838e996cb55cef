// A sentence for what is wrong with what a Redis server says of itself. The store room's own.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rightsdesk::store {

struct WantedSetting {
    std::string_view name;
    std::string_view wanted;
};
// A sentence for the first setting that is not as wanted; empty when all are. `where`: "the replica: INFO".
std::string first_problem(std::string_view where, const std::vector<WantedSetting>& settings, const std::function<std::string_view(std::string_view name)>& value_of);
// The same of the answer of INFO.
std::string first_problem(std::string_view where, const std::vector<WantedSetting>& settings, std::string_view info);
// Each of these, as it is wanted or not, into `seen`; what was not there once stays so.
void note_settings(std::map<std::string, bool>& seen, const std::vector<WantedSetting>& settings, const std::function<std::string_view(std::string_view name)>& value_of);

}  // namespace rightsdesk::store
