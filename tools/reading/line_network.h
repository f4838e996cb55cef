// A second recogniser of one line, of another kind than tesseract: a small convolutional network that was trained on faxed print alone
// (training/), so that its mistakes are its own. Inside this room.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "reading/line_picture.h"

namespace rightsdesk::reading {

class LineReading {
public:
    // Of a line without letters: nothing, certainly.
    LineReading() = default;
    // `shares`: for each sign, the first being "none", the logarithms of how probable it is at each of `steps` places from left to right.
    LineReading(std::vector<float> shares, int steps_of_shares);

    [[nodiscard]] const std::string& text() const { return text_; }  // printable ASCII; empty: nothing stands there
    // 0 to 1: how probable it is that the line says this, and nothing else.
    [[nodiscard]] double certainty() const { return certainty_; }
    [[nodiscard]] double certainty_of(std::string_view text) const;

    // The same where it is known that the line has no letters that are shaped as figures: each sign in a pair's first is its second. Signs
    // that are not printable ASCII are no signs of it.
    [[nodiscard]] LineReading with_signs_as(std::span<const std::pair<char, char>> pairs) const;

private:
    std::vector<float> shares_;
    int steps_ = 0;
    std::string text_;
    double certainty_ = 1;
};

class LineNetwork {
public:
    // The weights that were compiled in, from line_network.weights.
    static base::Result<LineNetwork> built_in();
    // Copies what it needs of `weights`. kCorrupt: they are no weights of such a network, of another version, cut short or damaged; it says which.
    static base::Result<LineNetwork> from(std::span<const std::byte> weights);

    // Reads one line. Some milliseconds; any thread, and several at once.
    [[nodiscard]] LineReading read(const LinePicture& picture) const;

private:
    // A convolution, with what trained normalisation made of it; negatives become nothing but in the last.
    struct Layer {
        int inner = 0;  // channels in
        int outer = 0;  // channels out
        std::array<int, 2> kernel{};   // down, across
        std::array<int, 2> stride{};
        std::array<int, 2> padding{};
        std::vector<float> packed_weights;  // outer times inner times kernel, as convolution.h packs them
        std::vector<float> offsets;  // outer
    };
    // Numbers by channel, row and column.
    struct Sheet {
        int channels = 0;
        int rows = 0;
        int columns = 0;
        std::vector<float> values;
    };

    class WeightsFile;
    // Says what is wrong; empty: nothing. `channels` come in.
    static std::string fill(Layer& layer, int channels, WeightsFile& file);
    static std::size_t inputs_of(const Layer& layer);
    static Sheet applied(const Layer& layer, const Sheet& before, bool last);

    std::vector<Layer> layers_;
};

}  // namespace rightsdesk::reading
