// A benchmark goes on only while everything works: what fails ends it, with the reason.
#pragma once

#include <stdexcept>
#include <utility>

#include "base/result.h"

namespace rightsdesk::benchmark {

template <class T>
T must(base::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
}

}  // namespace rightsdesk::benchmark
