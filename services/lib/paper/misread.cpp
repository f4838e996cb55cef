#include "paper/misread.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace rightsdesk::paper {

namespace {

// G. Myers, "A fast bit-vector algorithm for approximate string matching" (1999): the distance of `words` to the best part of
// the text that ends at each letter, one letter at a time.
class Distance {
public:
    explicit Distance(std::string_view words) : last_(std::uint64_t{1} << (words.size() - 1)), distance_(words.size()) {
        for (std::size_t at = 0; at < words.size(); ++at) places_[static_cast<unsigned char>(words[at])] |= std::uint64_t{1} << at;
    }

    std::size_t after(char letter) {
        const std::uint64_t same = places_[static_cast<unsigned char>(letter)];
        const std::uint64_t vertical = same | less_;
        const std::uint64_t horizontal = (((same & more_) + more_) ^ more_) | same;
        std::uint64_t rises = less_ | ~(horizontal | more_);
        std::uint64_t falls = more_ & horizontal;
        if ((rises & last_) != 0) ++distance_;
        if ((falls & last_) != 0) --distance_;
        rises <<= 1;
        falls <<= 1;
        more_ = falls | ~(vertical | rises);
        less_ = rises & vertical;
        return distance_;
    }

private:
    std::array<std::uint64_t, 256> places_{};
    std::uint64_t last_;
    std::uint64_t more_ = ~std::uint64_t{0};
    std::uint64_t less_ = 0;
    std::size_t distance_;
};

// Where the part of `text` that ends at its end and is nearest to `words` begins.
std::size_t begin_of(std::string_view text, std::string_view words, std::size_t mistakes) {
    const std::size_t longest = std::min(text.size(), words.size() + mistakes);
    std::vector<std::size_t> row(words.size() + 1);
    for (std::size_t at = 0; at < row.size(); ++at) row[at] = at;
    std::size_t best = words.size();
    std::size_t best_length = 0;
    for (std::size_t length = 1; length <= longest; ++length) {
        std::size_t diagonal = row[0];
        row[0] = length;
        for (std::size_t at = 1; at < row.size(); ++at) {
            const bool same = text[text.size() - length] == words[words.size() - at];
            const std::size_t here = std::min({row[at] + 1, row[at - 1] + 1, diagonal + (same ? 0 : 1)});
            diagonal = row[at];
            row[at] = here;
        }
        // Of equal fits the longer one: a misread first letter belongs to the words.
        if (row.back() <= best) {
            best = row.back();
            best_length = length;
        }
    }
    return text.size() - best_length;
}

}  // namespace

std::optional<Span> find_misread(std::string_view text, std::string_view words, std::size_t mistakes) {
    if (words.empty() || words.size() > kLongestMisread) return std::nullopt;
    Distance distance(words);
    std::size_t best = mistakes + 1;
    std::size_t end = 0;
    std::size_t stop = text.size();
    for (std::size_t at = 0; at < stop; ++at) {
        const std::size_t here = distance.after(text[at]);
        if (here > mistakes || here > best) continue;
        // The fit may still get better, or as good with the misread last letter, while the mistakes last.
        if (best > mistakes) stop = std::min(text.size(), at + 1 + 2 * mistakes);
        if (here < best || at == end) end = at + 1;
        best = here;
    }
    if (best > mistakes) return std::nullopt;
    return Span{begin_of(text.substr(0, end), words, mistakes), end};
}

}  // namespace rightsdesk::paper
