// What several looks at one value say together, letter by letter: each may err in a letter of its own, and all but that is right.
// Inside this room. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace rightsdesk::reading {

// A place of the value, and how many looks say what.
struct LetterPlace {
    std::string letter;   // what most say; empty: that nothing stands here
    int agree = 0;
    int against = 0;      // say another letter or figure
    int strange = 0;      // say another sign or nothing, or cannot be followed at all
    int second = 0;       // say what most of the others say
    bool stroke_lost = false;  // all that are against say what is left of the letter without one of its strokes
};

struct LetterVotes {
    std::string text;
    std::vector<LetterPlace> places;  // in their order; of those where nothing stands, the ones that some look says something of
};

// Of no looks: no text. Time grows with the square of the looks' length, kLongestVoted letters of each at most; longer ones have no text.
LetterVotes vote_by_letter(const std::vector<std::string>& looks);

inline constexpr std::size_t kLongestVoted = 400;

}  // namespace rightsdesk::reading
