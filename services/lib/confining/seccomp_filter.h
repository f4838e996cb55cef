// Which calls of the system a confined child has: a filter for seccomp.
#pragma once

#include <linux/filter.h>

#include <vector>

#include "base/result.h"

namespace rightsdesk::confining {

// No socket, no further process, no change to any file or to another process, no namespace, no tracing. Threads are let be. What is refused
// fails with EPERM, so that a library goes on without it. kUnavailable when libseccomp cannot make the filter.
base::Result<std::vector<sock_filter>> confining_filter();

}  // namespace rightsdesk::confining
