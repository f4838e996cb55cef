#include "reading/letter_votes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string_view>
#include <utility>

#include "paper/letters.h"

namespace rightsdesk::reading {

namespace {

constexpr int kLetterMissing = 4;            // what it costs that a letter has none beside it
constexpr int kOtherLetter = 4;
constexpr int kOtherSort = 5;      // a letter beside a sign
constexpr std::size_t kFarShare = 3;  // a third of the letters wrong: that look saw something else
constexpr std::size_t kNearEnough = 2;

bool is_letter_or_figure(char letter) { return std::isalnum(static_cast<unsigned char>(letter)) != 0; }

// One look beside another: what stands at each of its letters, and before each and behind the last.
struct Aligned {
    std::vector<std::string> at;
    std::vector<std::string> before;
    std::size_t apart = 0;  // letters that differ
};

class Alignment {
public:
    Alignment(std::string_view pivot, std::string_view other) : pivot_(pivot), other_(other), costs_((pivot.size() + 1) * (other.size() + 1)) {
        for (std::size_t row = 0; row <= pivot_.size(); ++row) {
            for (std::size_t column = 0; column <= other_.size(); ++column) cost(row, column) = cheapest(row, column);
        }
    }

    [[nodiscard]] Aligned aligned() {
        Aligned found{std::vector<std::string>(pivot_.size()), std::vector<std::string>(pivot_.size() + 1), 0};
        std::size_t row = pivot_.size();
        std::size_t column = other_.size();
        while (row > 0 || column > 0) {
            if (row > 0 && column > 0 && cost(row, column) == cost(row - 1, column - 1) + beside(row - 1, column - 1)) {
                found.apart += pivot_[row - 1] == other_[column - 1] ? 0 : 1;
                found.at[--row] = other_[--column];
                continue;
            }
            ++found.apart;
            if (row > 0 && cost(row, column) == cost(row - 1, column) + kLetterMissing) {
                --row;
            } else {
                found.before[row].insert(found.before[row].begin(), other_[--column]);
            }
        }
        return found;
    }

private:
    int& cost(std::size_t row, std::size_t column) { return costs_[row * (other_.size() + 1) + column]; }
    [[nodiscard]] int beside(std::size_t row, std::size_t column) const {
        if (pivot_[row] == other_[column]) return 0;
        return is_letter_or_figure(pivot_[row]) == is_letter_or_figure(other_[column]) ? kOtherLetter : kOtherSort;
    }
    [[nodiscard]] int cheapest(std::size_t row, std::size_t column) {
        if (row == 0) return static_cast<int>(column) * kLetterMissing;
        if (column == 0) return static_cast<int>(row) * kLetterMissing;
        return std::min({cost(row - 1, column - 1) + beside(row - 1, column - 1), cost(row - 1, column) + kLetterMissing, cost(row, column - 1) + kLetterMissing});
    }

    std::string_view pivot_;
    std::string_view other_;
    std::vector<int> costs_;
};

// A recogniser loses a stroke of a letter on a bad page; it hardly adds one.
bool is_without_stroke(std::string_view letter, std::string_view seen) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kLost = {{{"Q", "O"}, {"Q", "0"}, {"Q", "D"}}};
    return std::any_of(kLost.begin(), kLost.end(), [&](const auto& pair) { return pair.first == letter && pair.second == seen; });
}

LetterPlace place_of(const std::map<std::string, int>& said, int far) {
    const auto most = std::max_element(said.begin(), said.end(), [](const auto& one, const auto& other) { return one.second < other.second; });
    LetterPlace place{most->first, most->second, 0, far, 0, false};
    bool all_lost = true;
    for (const auto& [letter, count] : said) {
        if (letter == most->first) continue;
        place.second = std::max(place.second, count);
        if (paper::has_letter_or_digit(letter)) {
            place.against += count;
            all_lost = all_lost && is_without_stroke(most->first, letter);
        } else {
            place.strange += count;
        }
    }
    place.stroke_lost = place.against > 0 && all_lost;
    return place;
}

// The look that the others are nearest to.
std::size_t middle_of_looks(const std::vector<std::string>& looks) {
    std::size_t best = 0;
    std::size_t least = std::string::npos;
    for (std::size_t one = 0; one < looks.size(); ++one) {
        std::size_t apart = 0;
        for (const std::string& other : looks) apart += other == looks[one] ? 0 : Alignment(looks[one], other).aligned().apart;
        if (apart < least) {
            least = apart;
            best = one;
        }
    }
    return best;
}

}  // namespace

LetterVotes vote_by_letter(const std::vector<std::string>& looks) {
    LetterVotes votes;
    const bool too_long = std::any_of(looks.begin(), looks.end(), [](const std::string& look) { return look.size() > kLongestVoted; });
    if (looks.empty() || too_long) return votes;
    const std::string& pivot = looks[middle_of_looks(looks)];
    std::vector<Aligned> near;
    near.reserve(looks.size());
    int far = 0;
    for (const std::string& look : looks) {
        Aligned aligned = Alignment(pivot, look).aligned();
        if (aligned.apart > std::max(kNearEnough, pivot.size() / kFarShare)) ++far;
        else near.push_back(std::move(aligned));
    }
    const auto add = [&](const std::map<std::string, int>& said, bool between) {
        LetterPlace place = place_of(said, far);
        votes.text += place.letter;
        if (!between || said.size() > 1) votes.places.push_back(std::move(place));
    };
    for (std::size_t at = 0; at <= pivot.size(); ++at) {
        std::map<std::string, int> before;
        std::map<std::string, int> here;
        for (const Aligned& aligned : near) {
            ++before[aligned.before[at]];
            if (at < pivot.size()) ++here[aligned.at[at]];
        }
        add(before, true);
        if (at < pivot.size()) add(here, false);
    }
    return votes;
}

}  // namespace rightsdesk::reading
