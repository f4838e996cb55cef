// What a reader does with a value that was read, or was not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "terms/toml_reader.h"

namespace rightsdesk::terms {

inline constexpr std::int64_t kMostShares = 1'000'000'000'000;

// Stores what was read; says that it is missing where it is required and absent (and not merely mistaken).
template <class T>
void require(Section& section, const std::string& key, T& into, std::optional<T> read, const std::string& allowed) {
    if (read) into = *std::move(read);
    else if (!section.has(key)) section.missing(key, allowed);
}

template <class T>
void keep(T& into, std::optional<T> read) {
    if (read) into = *std::move(read);
}

// Whole numbers were bounded when they were read.
inline void keep(std::int32_t& into, std::optional<std::int64_t> read) {
    if (read) into = static_cast<std::int32_t>(*read);
}

inline void keep(std::optional<std::int32_t>& into, std::optional<std::int64_t> read) {
    if (read) into = static_cast<std::int32_t>(*read);
}

// A number of shares from 1 on; absent where it is.
inline std::optional<domain::Shares> shares_of(Section& section, const std::string& key) {
    const auto shares = section.whole(key, 1, kMostShares);
    return shares ? std::optional(domain::Shares(*shares)) : std::nullopt;
}

}  // namespace rightsdesk::terms
