// The seed's choices: the same on every machine.
#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace rightsdesk::chaos {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : random_(seed) {}
    // 0 to bound - 1.
    std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
    std::int64_t between(std::int64_t least, std::int64_t most) { return least + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most - least + 1))); }
    bool in(std::uint64_t of_hundred) { return below(100) < of_hundred; }
    template <class T>
    const T& one_of(const std::vector<T>& choices) { return choices[below(choices.size())]; }
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t at = items.size(); at > 1; --at) std::swap(items[at - 1], items[below(at)]);
    }

private:
    std::mt19937_64 random_;
};

}  // namespace rightsdesk::chaos
