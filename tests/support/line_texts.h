// Texts as they stand on the lines of notices, from a seed: names, places, days, sums, numbers, codes and prose, none of them those of
// the generated forms (form_values.h). What a recogniser of lines learns from.
#pragma once

#include <string>
#include <vector>

#include "support/form_values.h"

namespace rightsdesk::support {

class LineTexts {
public:
    // `words`: a dictionary's, of letters and apostrophes; must not be empty.
    explicit LineTexts(std::vector<std::string> words) : words_(std::move(words)) {}

    // One line, 1 to about 60 characters of ASCII, without white at its ends.
    [[nodiscard]] std::string any(Random& random) const;

private:
    [[nodiscard]] std::string word(Random& random) const;
    [[nodiscard]] std::string proper(Random& random) const;
    [[nodiscard]] std::string person(Random& random) const;
    [[nodiscard]] std::string firm(Random& random) const;
    [[nodiscard]] std::string street(Random& random) const;
    [[nodiscard]] std::string town(Random& random) const;
    [[nodiscard]] std::string prose(Random& random) const;
    [[nodiscard]] std::string signature(Random& random) const;

    std::vector<std::string> words_;
};

// The words of a file with one a line (Debian: wamerican). Throws std::runtime_error where it cannot be read, or has none.
std::vector<std::string> words_of_dictionary(const std::string& path);

}  // namespace rightsdesk::support
