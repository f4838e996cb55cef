// Where the fields and the words they came from are written down.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/types.h"

namespace rightsdesk::paper {

struct Notes {
    domain::NoticeFields& fields;
    std::map<std::string, std::vector<std::string>>& read_from;

    // The same words twice are noted once; what says nothing is not noted.
    void note(const std::string& field, const std::string& source);

    // A text field: absent where the text says nothing, or says that there is nothing ("none", "N/A").
    void set(const std::string& field, std::optional<std::string>& value, const std::string& text);

    // A field of several people; empty where they cannot be told apart.
    void set_people(const std::string& field, std::vector<std::string>& value, const std::string& text);
};

// "none", "N/A", "not applicable" and the like.
bool says_nothing_there(const std::string& text);

}  // namespace rightsdesk::paper
