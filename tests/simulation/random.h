// Chance from a seed, the same on every machine: the standard library's distributions are not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"

namespace rightsdesk::simulation {

class Random {
public:
    // `purpose` keeps streams of one seed apart: another draw for the faults changes nothing in the story.
    explicit Random(std::uint64_t seed, std::string_view purpose = "") : state_(seed * 0x9E3779B97F4A7C15U + 0x632BE59BD9B4E019U) {
        for (const char letter : purpose) state_ = (state_ ^ static_cast<unsigned char>(letter)) * 0x100000001B3U;
        next();
    }

    std::uint64_t next() {  // splitmix64
        std::uint64_t mixed = (state_ += 0x9E3779B97F4A7C15U);
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31U);
    }

    std::size_t below(std::size_t limit) {
        CHECK(limit > 0);
        return static_cast<std::size_t>(next() % limit);
    }
    std::int64_t between(std::int64_t least, std::int64_t most) { return least + static_cast<std::int64_t>(below(static_cast<std::size_t>(most - least + 1))); }
    bool one_in(std::size_t many) { return many > 0 && below(many) == 0; }  // never for 0

    template <class T>
    T one_of(std::initializer_list<T> choices) { return *(choices.begin() + below(choices.size())); }
    std::string word(std::initializer_list<const char*> choices) { return one_of(choices); }
    template <class T>
    const T& from(const std::vector<T>& choices) { return choices.at(below(choices.size())); }
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[below(left)]);
    }

private:
    std::uint64_t state_;
};

}  // namespace rightsdesk::simulation
