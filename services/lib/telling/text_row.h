// One line of a description, for people.
#pragma once

#include <ostream>
#include <string>

namespace rightsdesk::telling {

// "  guarantor     Merrill Lynch".
inline void print_row(std::ostream& out, const std::string& what, const std::string& value) {
    constexpr std::size_t kWidth = 16;
    out << "  " << what << std::string(what.size() < kWidth ? kWidth - what.size() : 1, ' ') << value << "\n";
}

}  // namespace rightsdesk::telling
