// Whether what the looks at a field say is enough to be certain of it. Inside this room. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rightsdesk::reading {

// What a recogniser of another kind than the looks' reads.
struct Witness {
    std::string text;
    double certainty = 0;  // 0 to 1, as it says itself
    std::map<std::string, double> holds = {};  // how certain it would be of what the looks mean, by value
    bool fits = false;     // a number's, a telephone's, a code's: it has as many letters of full height as stand there, and as many low ones
};

// What all looks at a field said.
struct Ballot {
    std::map<std::string, int> votes;          // by value, of the looks that are clear
    std::map<std::string, std::string> texts;  // one for each value
    std::vector<std::string> looks;            // the texts of all that say something
    int unclear = 0;                           // of them that say nothing clear
    bool standard = false;                     // of a page with half the rows
    std::vector<Witness> witnesses = {};       // of each place of the field
    std::string title = {};                    // the issuer's value that is the form's title too
};

struct Judgement {
    std::string text;
    std::uint32_t confidence = 0;  // thousandths of the looks
    bool certain = false;
};

// What a text means for a field, as a text: nothing where it is unclear; empty where it says that there is nothing.
std::optional<std::string> meaning_of(const std::string& field, const std::string& text);

// `is_of_known_words`: whether a dictionary has the text's words, or something else on the page says them. Without any look nothing is certain, and there is no text.
Judgement judge(const std::string& field, const Ballot& ballot, const std::function<bool(const std::string&)>& is_of_known_words);

}  // namespace rightsdesk::reading
