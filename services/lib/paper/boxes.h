// Check boxes: |X|, [x], (X), _X_, a bare X; the empty ones |_|, [ ], ( ), ___; and what scans make of them: IXI, X], |X.
#pragma once

#include <cstddef>
#include <string_view>

namespace rightsdesk::paper {

enum class BoxState {
    kNone,     // no box stands there
    kEmpty,
    kTicked,
    kUnclear,  // something stands there, and whether it is a tick cannot be said
};

struct Box {
    BoxState state = BoxState::kNone;
    std::size_t begin = 0;  // in the text given
    std::size_t end = 0;
};

// The box that a text ends in; spaces after it do not matter, nor a line's end after a framed one.
Box last_box(std::string_view text);

// The box that a text begins with.
Box first_box(std::string_view text);

// The text without the box that it ends in, and without the spaces there.
std::string_view without_last_box(std::string_view text);

}  // namespace rightsdesk::paper
