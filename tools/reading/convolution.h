// The one calculation of the line network that takes time. Inside this room. Pure.
#pragma once

#include <cstddef>
#include <vector>

namespace rightsdesk::reading {

// `weights`, of outer rows and inner columns, row by row, as `multiply` reads them: once for all lines.
std::vector<float> packed(const std::vector<float>& weights, std::size_t outer, std::size_t inner);

// results = weights * met + offsets: `packed_weights` of outer rows and inner columns, `met` of inner rows and places columns, `results` of
// outer rows and places columns, these row by row; an offset for each of outer. The caller owns all of them.
struct Product {
    const float* packed_weights;
    const float* offsets;
    const float* met;
    float* results;
    std::size_t outer;
    std::size_t inner;
    std::size_t places;
};
void multiply(const Product& product);

}  // namespace rightsdesk::reading
