#include "reading/convolution.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace rightsdesk::reading {

namespace {

using Eight = float __attribute__((vector_size(32)));

constexpr std::size_t kLanes = 8;           // of an Eight
constexpr std::size_t kRowsAtOnce = 4;      // of results that are held in registers,
constexpr std::size_t kPlacesAtOnce = 2 * kLanes;  // and columns

// Vectors as wide as the processor has them: found out when the program starts. Not where a sanitizer is not ready that early.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define RIGHTSDESK_WIDE_VECTORS __attribute__((target_clones("default", "fma")))
#else
#define RIGHTSDESK_WIDE_VECTORS
#endif

// Of `rows` rows of results and all of `met`, which is kPlacesAtOnce wide, row by row; `weights` in the same order, kRowsAtOnce for each of `inner`.
RIGHTSDESK_WIDE_VECTORS void add_products(const float* weights, const float* met, std::size_t inner, float* sums) {
    // Each by its own name: arrays are kept in memory.
    Eight left0 = {}, left1 = {}, left2 = {}, left3 = {}, right0 = {}, right1 = {}, right2 = {}, right3 = {};
    for (std::size_t at = 0; at < inner; ++at, met += kPlacesAtOnce, weights += kRowsAtOnce) {
        Eight left;
        Eight right;
        std::memcpy(&left, met, sizeof left);
        std::memcpy(&right, met + kLanes, sizeof right);
        left0 += left * weights[0];
        right0 += right * weights[0];
        left1 += left * weights[1];
        right1 += right * weights[1];
        left2 += left * weights[2];
        right2 += right * weights[2];
        left3 += left * weights[3];
        right3 += right * weights[3];
    }
    for (const Eight* held : {&left0, &right0, &left1, &right1, &left2, &right2, &left3, &right3}) {
        std::memcpy(sums, held, sizeof *held);
        sums += kLanes;
    }
}

}  // namespace

// Weights of rows that are held at once lie together: what is missing at the end is nothing.
std::vector<float> packed(const std::vector<float>& weights, std::size_t outer, std::size_t inner) {
    std::vector<float> together((outer + kRowsAtOnce - 1) / kRowsAtOnce * kRowsAtOnce * inner);
    for (std::size_t row = 0; row < outer; ++row) {
        for (std::size_t at = 0; at < inner; ++at) together[(row / kRowsAtOnce * inner + at) * kRowsAtOnce + row % kRowsAtOnce] = weights[row * inner + at];
    }
    return together;
}

void multiply(const Product& product) {
    const std::size_t groups = (product.outer + kRowsAtOnce - 1) / kRowsAtOnce;
    // Places that are held at once lie together too.
    std::vector<float> met(product.inner * kPlacesAtOnce);
    std::array<float, kRowsAtOnce * kPlacesAtOnce> sums{};
    for (std::size_t place = 0; place < product.places; place += kPlacesAtOnce) {
        const std::size_t places = std::min(kPlacesAtOnce, product.places - place);
        for (std::size_t at = 0; at < product.inner; ++at) std::copy_n(product.met + at * product.places + place, places, met.data() + at * kPlacesAtOnce);
        for (std::size_t group = 0; group < groups; ++group) {
            add_products(product.packed_weights + group * kRowsAtOnce * product.inner, met.data(), product.inner, sums.data());
            for (std::size_t row = group * kRowsAtOnce; row < std::min(product.outer, (group + 1) * kRowsAtOnce); ++row) {
                for (std::size_t at = 0; at < places; ++at) product.results[row * product.places + place + at] = sums[row % kRowsAtOnce * kPlacesAtOnce + at] + product.offsets[row];
            }
        }
    }
}

}  // namespace rightsdesk::reading
