// A benchmark goes on only while everything works: what fails ends it, with the reason.
#pragma once

#include <iostream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "base/result.h"

namespace rightsdesk::benchmark {

template <class T>
T must(base::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// How far it is, on standard error.
inline void say(const std::string& what) { std::cerr << what << "\n"; }

}  // namespace rightsdesk::benchmark
