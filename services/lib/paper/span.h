// Part of a text, as offsets into it.
#pragma once

#include <cstddef>

namespace rightsdesk::paper {

struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

}  // namespace rightsdesk::paper
