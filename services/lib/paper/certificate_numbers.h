// The numbers of Rights Certificates as people list them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rightsdesk::paper {

// "RM-10231, RM-10232 and RM-10233", in their order. Empty where the text says that there are none. Nothing where something
// else stands there, or a range ("RM-1 through RM-9"), whose members are not named.
std::optional<std::vector<std::string>> read_certificate_numbers(std::string_view text);

}  // namespace rightsdesk::paper
