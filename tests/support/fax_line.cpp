#include "support/fax_line.h"

#include <algorithm>
#include <cmath>

namespace rightsdesk::support {

namespace {

// A quick one for millions of dots (SplitMix64, Steele, Lea and Flood 2014).
class DotRandom {
public:
    explicit DotRandom(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15ULL;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
        return mixed ^ (mixed >> 31);
    }
    int below(int bound) { return static_cast<int>(next() % static_cast<std::uint64_t>(bound)); }
    double part() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

private:
    std::uint64_t state_;
};

// Darker all over, unevenly, with the ring of a cup: as a page that lay beside the coffee.
void stain(InkMap& map, double lines_per_inch, DotRandom& random) {
    const double middle_x = kDotsPerInch * (1.5 + 5 * random.part());
    const double middle_y = lines_per_inch * (1.5 + 7 * random.part());
    const double radius = 1.3 + 0.4 * random.part();  // inches
    const double phase = random.part() * 6;
    for (int y = 0; y < map.height; ++y) {
        const double down = (y - middle_y) / lines_per_inch;
        for (int x = 0; x < map.width; ++x) {
            const double across = (x - middle_x) / kDotsPerInch;
            const double far = std::sqrt(across * across + down * down);
            const double ring = far < radius ? 34 : 0;
            const double rim = std::abs(far - radius) < 0.05 ? 40 : 0;
            const double cloud = 38 + 22 * std::sin(across * 1.1 + phase) * std::cos(down * 0.8 + phase);
            std::uint8_t& ink = map.at(x, y);
            ink = static_cast<std::uint8_t>(std::min(255.0, ink + cloud + ring + rim));
        }
    }
}

Bitmap black_and_white(const InkMap& map, double lines_per_inch, const Damage& damage, DotRandom& random) {
    Bitmap page{map.width, map.height, kDotsPerInch, lines_per_inch, {}};
    page.bits.resize(page.stride() * static_cast<std::size_t>(page.height));
    const int limit = static_cast<int>(damage.darkness * 255);
    const int waver = static_cast<int>(damage.noise * 255);
    std::size_t at = 0;
    for (int y = 0; y < map.height; ++y) {
        for (int x = 0; x < map.width; ++x, ++at) {
            const int ink = map.ink[at];
            // Only where it may matter: most of a page is white.
            const bool sure = ink + waver < limit || ink - waver > limit;
            if (ink + (sure ? 0 : random.below(2 * waver + 1) - waver) > limit) page.set(x, y, true);
        }
    }
    return page;
}

void speckle(Bitmap& page, double share, DotRandom& random) {
    auto left = static_cast<std::int64_t>(share * page.width * page.height);
    while (left > 0) {
        const int x = random.below(page.width - 2);
        const int y = random.below(page.height - 2);
        const int wide = random.below(4) == 0 ? 2 : 1;
        const int high = random.below(6) == 0 ? 2 : 1;
        const bool to_black = random.below(5) != 0;
        for (int down = 0; down < high; ++down) {
            for (int across = 0; across < wide; ++across, --left) page.set(x + across, y + down, to_black);
        }
    }
}

void streak(Bitmap& page, bool anywhere, DotRandom& random) {
    const int margin = page.width / 16;
    const int x = anywhere ? random.below(page.width - 4) : (random.below(2) == 0 ? random.below(margin) : page.width - 4 - random.below(margin));
    const int wide = 1 + random.below(2);
    const int broken = 3 + random.below(10);
    const bool to_black = random.below(4) != 0;
    const int from = random.below(page.height / 2);
    for (int y = from; y < page.height; ++y) {
        if (random.below(broken) == 0) continue;
        for (int across = 0; across < wide; ++across) page.set(x + across, y, to_black);
    }
}

void cut(Bitmap& page, const Damage& damage, DotRandom& random) {
    const int left = static_cast<int>(damage.cut_left * kDotsPerInch / 72);
    const int right = static_cast<int>(damage.cut_right * kDotsPerInch / 72);
    const int shadow = static_cast<int>(damage.shadow * kDotsPerInch / 72);
    for (int y = 0; y < page.height; ++y) {
        for (int x = 0; x < left; ++x) page.set(x, y, false);
        for (int x = page.width - right; x < page.width; ++x) page.set(x, y, false);
        const int ragged = shadow == 0 ? 0 : shadow + random.below(3);
        for (int x = page.width - ragged; x < page.width; ++x) page.set(x, y, true);
    }
}

// The sending machine writes its line into what it has scanned, so it is straight where the page is not.
void write_header(Bitmap& page, const std::string& header) {
    PrintedPage line;
    const double rows = page.lines_per_inch / 72;
    line.texts.push_back({header, {"Liberation Mono", false, 8}, 20, 9, 0, "", false});
    cairo_matrix_t straight;
    cairo_matrix_init_scale(&straight, kDotsPerInch / 72, rows);
    const int height = static_cast<int>(12 * rows);
    InkMap strip = scan_page(line, straight, page.width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < page.width; ++x) page.set(x, y, strip.at(x, y) > 110);
    }
}

}  // namespace

Bitmap transmit(InkMap scanned, double lines_per_inch, const Damage& damage, Random& random) {
    DotRandom dots(static_cast<std::uint64_t>(random.below(1'000'000'000)));
    if (damage.coffee) stain(scanned, lines_per_inch, dots);
    Bitmap page = black_and_white(scanned, lines_per_inch, damage, dots);
    speckle(page, damage.speckle, dots);
    for (int number = 0; number < damage.streaks; ++number) streak(page, damage.streaks_anywhere, dots);
    cut(page, damage, dots);
    if (!damage.header.empty()) write_header(page, damage.header);
    return page;
}

}  // namespace rightsdesk::support
