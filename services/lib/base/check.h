// CHECK: a bug is an assertion, and assertions stay on in release.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace rightsdesk::base {

[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "#CHECK_FAILED %s at %s:%d\n", condition, file, line);
    std::abort();
}

}  // namespace rightsdesk::base

// Ends the process when `condition` is false. For bugs only: what a peer, a file or the disk can cause is a Result.
#define CHECK(condition) \
    (static_cast<bool>(condition) ? static_cast<void>(0) : ::rightsdesk::base::check_failed(#condition, __FILE__, __LINE__))
