// What a Redis server answers of itself, and a sentence for what is wrong with it. The store room's own.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rightsdesk::store {

// The answer of INFO, by name.
std::map<std::string, std::string> info_values(std::string_view text);

struct WantedSetting {
    std::string name;
    std::string wanted;
};
// A sentence for the first value that is not as wanted; empty when all are. `who`: "the replica".
std::string first_problem(const std::string& who, const std::map<std::string, std::string>& values, const std::vector<WantedSetting>& settings);

}  // namespace rightsdesk::store
