#include "reading/line_network.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

#include "reading/convolution.h"

extern "C" {
extern const std::byte rightsdesk_line_network_weights;      // line_network_weights.S
extern const std::byte rightsdesk_line_network_weights_end;
}

namespace rightsdesk::reading {

namespace {

constexpr std::string_view kMagic = "RDLINES\n";
constexpr std::uint32_t kVersion = 1;
constexpr int kMostLayers = 32;
constexpr int kMostChannels = 512;
constexpr int kMostKernel = 9;
constexpr char kFirstSign = ' ';
constexpr int kSigns = 95;  // the printable ones of ASCII
constexpr std::string_view kNotOnForms = "_`^~|\\<>{}";  // what looks like these is left of a rule, or another sign
constexpr float kNever = -std::numeric_limits<float>::infinity();

// FNV-1a, of 64 bits: it tells damage, not intent.
std::uint64_t sum_of(std::span<const std::byte> octets) {
    std::uint64_t sum = 0xcbf29ce484222325ULL;
    for (const std::byte octet : octets) sum = (sum ^ static_cast<std::uint64_t>(octet)) * 0x100000001b3ULL;
    return sum;
}

std::size_t share_index(int sign, int step, int steps) { return static_cast<std::size_t>(sign) * static_cast<std::size_t>(steps) + static_cast<std::size_t>(step); }

bool is_sign(char sign) { return sign >= kFirstSign && sign < kFirstSign + kSigns; }

float added(float one, float other) {
    const float more = std::max(one, other);
    return more == kNever ? kNever : more + std::log1p(std::exp(std::min(one, other) - more));
}

// Values of a step become logarithms of shares of one.
void normalise(float* values, int steps) {
    for (const char sign : kNotOnForms) values[(sign - kFirstSign + 1) * steps] = kNever;
    float most = kNever;
    for (int sign = 0; sign <= kSigns; ++sign) most = std::max(most, values[sign * steps]);
    float sum = 0;
    for (int sign = 0; sign <= kSigns; ++sign) sum += std::exp(values[sign * steps] - most);
    const float whole = most + std::log(sum);
    for (int sign = 0; sign <= kSigns; ++sign) values[sign * steps] -= whole;
}

base::Result<LineNetwork> damaged(const std::string& what) { return tl::unexpected(base::Error{base::ErrorKind::kCorrupt, "the line network's weights " + what}); }

}  // namespace

// Takes a file apart from its front; what is not there any more is nothing.
class LineNetwork::WeightsFile {
public:
    explicit WeightsFile(std::span<const std::byte> octets) : left_(octets) {}

    template <class Number>
    std::optional<Number> next() {
        const auto octets = take(sizeof(Number));
        if (!octets) return std::nullopt;
        Number number;
        std::memcpy(&number, octets->data(), sizeof number);  // the lower octet first, as every machine that this is built for
        return number;
    }
    std::optional<std::span<const std::byte>> take(std::size_t count) {
        if (count > left_.size()) return std::nullopt;
        const auto taken = left_.first(count);
        left_ = left_.subspan(count);
        return taken;
    }
    // A number of a shape; none where it is beyond its bounds.
    std::optional<int> size(int least, int most) {
        const auto number = next<std::uint32_t>();
        if (!number || *number < static_cast<std::uint32_t>(least) || *number > static_cast<std::uint32_t>(most)) return std::nullopt;
        return static_cast<int>(*number);
    }
    [[nodiscard]] bool at_end() const { return left_.empty(); }

private:
    std::span<const std::byte> left_;
};

base::Result<LineNetwork> LineNetwork::built_in() {
    const std::byte* begin = &rightsdesk_line_network_weights;
    return from({begin, static_cast<std::size_t>(&rightsdesk_line_network_weights_end - begin)});
}

base::Result<LineNetwork> LineNetwork::from(std::span<const std::byte> weights) {
    WeightsFile file(weights);
    const auto magic = file.take(kMagic.size());
    if (!magic || std::memcmp(magic->data(), kMagic.data(), kMagic.size()) != 0) return damaged("are no such weights");
    const auto version = file.next<std::uint32_t>();
    if (version != kVersion) return damaged("are of another version than " + std::to_string(kVersion));
    const auto sum = file.next<std::uint64_t>();
    constexpr std::size_t kHead = kMagic.size() + sizeof(std::uint32_t) + sizeof(std::uint64_t);
    if (!sum || *sum != sum_of(weights.subspan(kHead))) return damaged("are damaged: their sum is another");
    const auto count = file.size(1, kMostLayers);
    if (!count) return damaged("have no layers, or too many");
    LineNetwork network;
    network.layers_.resize(static_cast<std::size_t>(*count));
    int channels = 1;
    for (Layer& layer : network.layers_) {
        const std::string wrong = fill(layer, channels, file);
        if (!wrong.empty()) return damaged(wrong);
        channels = layer.outer;
    }
    if (channels != kSigns + 1 || !file.at_end()) return damaged("are those of another network");
    return network;
}

std::size_t LineNetwork::inputs_of(const Layer& layer) { return static_cast<std::size_t>(layer.inner) * static_cast<std::size_t>(layer.kernel[0]) * static_cast<std::size_t>(layer.kernel[1]); }

std::string LineNetwork::fill(Layer& layer, int channels, WeightsFile& file) {
    const auto inner = file.size(channels, channels);
    const auto outer = file.size(1, kMostChannels);
    if (!inner || !outer) return "have a layer that does not fit the one before";
    layer.inner = *inner;
    layer.outer = *outer;
    for (auto* pair : {&layer.kernel, &layer.stride, &layer.padding}) {
        for (int& size : *pair) {
            const auto read = file.size(pair == &layer.padding ? 0 : 1, kMostKernel);
            if (!read) return "have a layer of a shape that cannot be";
            size = *read;
        }
    }
    const std::size_t inputs = inputs_of(layer);
    layer.offsets.reserve(static_cast<std::size_t>(layer.outer));
    std::vector<float> weights;
    weights.reserve(static_cast<std::size_t>(layer.outer) * inputs);
    for (int channel = 0; channel < layer.outer; ++channel) {
        const auto offset = file.next<float>();
        const auto scale = file.next<float>();
        const auto row = file.take(inputs);
        if (!offset || !scale || !row || !std::isfinite(*offset) || !std::isfinite(*scale)) return "are cut short";
        layer.offsets.push_back(*offset);
        std::transform(row->begin(), row->end(), std::back_inserter(weights), [&](std::byte octet) { return *scale * static_cast<float>(static_cast<std::int8_t>(octet)); });
    }
    layer.packed_weights = packed(weights, static_cast<std::size_t>(layer.outer), inputs);
    return {};
}

LineNetwork::Sheet LineNetwork::applied(const Layer& layer, const Sheet& before, bool last) {
    Sheet after;
    after.channels = layer.outer;
    after.rows = (before.rows + 2 * layer.padding[0] - layer.kernel[0]) / layer.stride[0] + 1;
    after.columns = (before.columns + 2 * layer.padding[1] - layer.kernel[1]) / layer.stride[1] + 1;
    if (after.rows < 1 || after.columns < 1) return {};
    const std::size_t places = static_cast<std::size_t>(after.rows) * static_cast<std::size_t>(after.columns);
    const std::size_t inputs = inputs_of(layer);
    // Row by row what each weight meets at every place; the convolution is then one product of matrices.
    std::vector<float> met(inputs * places);
    float* into = met.data();
    for (int channel = 0; channel < layer.inner; ++channel) {
        const float* plane = before.values.data() + static_cast<std::ptrdiff_t>(channel) * before.rows * before.columns;
        for (int down = 0; down < layer.kernel[0]; ++down) {
            for (int across = 0; across < layer.kernel[1]; ++across) {
                for (int row = 0; row < after.rows; ++row, into += after.columns) {
                    const int y = row * layer.stride[0] + down - layer.padding[0];
                    if (y < 0 || y >= before.rows) continue;
                    const float* line = plane + static_cast<std::ptrdiff_t>(y) * before.columns;
                    for (int column = 0; column < after.columns; ++column) {
                        const int x = column * layer.stride[1] + across - layer.padding[1];
                        if (x >= 0 && x < before.columns) into[column] = line[x];
                    }
                }
            }
        }
    }
    after.values.resize(static_cast<std::size_t>(layer.outer) * places);
    multiply({layer.packed_weights.data(), layer.offsets.data(), met.data(), after.values.data(), static_cast<std::size_t>(layer.outer), inputs, places});
    if (!last) std::transform(after.values.begin(), after.values.end(), after.values.begin(), [](float value) { return std::max(value, 0.0F); });
    return after;
}

namespace {

// How probable `text` is, all its ways to lie over the steps together (Graves et al. 2006, the forward sums of CTC).
double certainty_in(const std::vector<float>& values, int steps, std::string_view text) {
    // Nothing, the first letter, nothing, the second, ..., nothing.
    const std::size_t states = 2 * text.size() + 1;
    const auto sign_at = [&](std::size_t state) { return state % 2 == 0 ? 0 : text[state / 2] - kFirstSign + 1; };
    const auto share = [&](int step, std::size_t state) { return values[share_index(sign_at(state), step, steps)]; };
    std::vector<float> reached(states, kNever);
    reached[0] = share(0, 0);
    if (states > 1) reached[1] = share(0, 1);
    for (int step = 1; step < steps; ++step) {
        for (std::size_t state = states; state-- > 0;) {
            float before = reached[state];
            if (state > 0) before = added(before, reached[state - 1]);
            // Two letters that are the same have nothing between them, else they are one.
            if (state > 1 && state % 2 == 1 && sign_at(state) != sign_at(state - 2)) before = added(before, reached[state - 2]);
            reached[state] = before + share(step, state);
        }
    }
    const float whole = states > 1 ? added(reached[states - 1], reached[states - 2]) : reached[0];
    return std::min(1.0, std::exp(static_cast<double>(whole)));
}

std::string best_of(const std::vector<float>& values, int steps) {
    std::string text;
    int before = 0;
    for (int step = 0; step < steps; ++step) {
        int best = 0;
        for (int sign = 1; sign <= kSigns; ++sign) {
            if (values[share_index(sign, step, steps)] > values[share_index(best, step, steps)]) best = sign;
        }
        if (best != 0 && best != before) text.push_back(static_cast<char>(kFirstSign + best - 1));
        before = best;
    }
    return text;
}

}  // namespace

LineReading LineNetwork::read(const LinePicture& picture) const {
    if (picture.width == 0) return {};
    Sheet sheet{1, kLineRows, picture.width, std::vector<float>(picture.ink.size())};
    std::transform(picture.ink.begin(), picture.ink.end(), sheet.values.begin(), [](std::uint8_t ink) { return static_cast<float>(ink) / 255; });
    for (const Layer& layer : layers_) {
        if (sheet.columns > 0) sheet = applied(layer, sheet, &layer == &layers_.back());
    }
    if (sheet.rows != 1) return {};
    for (int step = 0; step < sheet.columns; ++step) normalise(sheet.values.data() + step, sheet.columns);
    return {std::move(sheet.values), sheet.columns};
}

LineReading::LineReading(std::vector<float> shares, int steps_of_shares)
    : shares_(std::move(shares)), steps_(steps_of_shares), text_(best_of(shares_, steps_)), certainty_(certainty_in(shares_, steps_, text_)) {}

LineReading LineReading::with_signs_as(std::span<const std::pair<char, char>> pairs) const {
    std::vector<float> shares = shares_;
    for (const auto& [from, to] : pairs) {
        if (!is_sign(from) || !is_sign(to)) continue;
        for (int step = 0; step < steps_; ++step) {
            float& gone = shares[share_index(from - kFirstSign + 1, step, steps_)];
            float& kept = shares[share_index(to - kFirstSign + 1, step, steps_)];
            kept = added(kept, gone);
            gone = kNever;
        }
    }
    return steps_ == 0 ? LineReading() : LineReading(std::move(shares), steps_);
}

double LineReading::certainty_of(std::string_view text) const {
    if (steps_ == 0) return text.empty() ? 1 : 0;
    const bool plain = std::all_of(text.begin(), text.end(), is_sign);
    return plain ? certainty_in(shares_, steps_, text) : 0;
}

}  // namespace rightsdesk::reading
