// The one calculation of the line network that takes time. Inside this room. Pure.
#pragma once

#include <cstddef>

namespace rightsdesk::reading {

// results = weights * met + offsets: `weights` of outer rows and inner columns, `met` of inner rows and places columns, `results` of outer
// rows and places columns, all row by row; an offset for each of outer. The caller owns all of them.
struct Product {
    const float* weights;
    const float* offsets;
    const float* met;
    float* results;
    std::size_t outer;
    std::size_t inner;
    std::size_t places;
};
void multiply(const Product& product);

}  // namespace rightsdesk::reading
