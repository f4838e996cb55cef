// What a scanner and a telephone line make of a page: black and white, crooked, dirty, cut. All of it from a seed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "support/form_values.h"
#include "support/page_painter.h"

namespace rightsdesk::support {

// ITU-T T.4: 1728 dots a line of 215 mm, 2432 of 303 mm (a page that lies sideways); 7.7 lines a mm (fine) or 3.85 (standard).
inline constexpr double kDotsPerInch = 204;
inline constexpr double kFineLinesPerInch = 196;
inline constexpr double kStandardLinesPerInch = 98;
inline constexpr int kLineDots = 1728;
inline constexpr int kWideLineDots = 2432;

// One bit a dot, 1 is black, eight dots an octet with the leftmost highest, each row from a new octet.
struct Bitmap {
    int width = 0;
    int height = 0;
    double dots_per_inch = kDotsPerInch;
    double lines_per_inch = kFineLinesPerInch;
    std::vector<std::uint8_t> bits;

    std::size_t stride() const { return (static_cast<std::size_t>(width) + 7) / 8; }
    std::size_t octet(int x, int y) const { return static_cast<std::size_t>(y) * stride() + static_cast<std::size_t>(x) / 8; }
    bool black(int x, int y) const { return (bits[octet(x, y)] >> (7 - x % 8) & 1) != 0; }
    void set(int x, int y, bool to_black) {
        const auto dot = static_cast<std::uint8_t>(1U << (7 - x % 8));
        std::uint8_t& held = bits[octet(x, y)];
        held = to_black ? static_cast<std::uint8_t>(held | dot) : static_cast<std::uint8_t>(held & ~dot);
    }
};

// What befalls the page on its way.
struct Damage {
    double darkness = 0.5;        // the share of ink from which a dot is black
    double noise = 0;             // how far that wavers from dot to dot, a share
    double speckle = 0;           // the share of dots that are turned over
    int streaks = 0;              // dirt on the scanner's glass, down the page
    bool streaks_anywhere = false;  // else at the margins
    double cut_left = 0;          // points of the page that are lost
    double cut_right = 0;
    double shadow = 0;            // points of black at an edge where the lid stood open
    bool coffee = false;          // a dark page, with the ring of a cup
    std::string header = {};      // the sender's line on top; empty: none
};

Bitmap transmit(InkMap scanned, double lines_per_inch, const Damage& damage, Random& random);

}  // namespace rightsdesk::support
