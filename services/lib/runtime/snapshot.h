// What a process tells of itself at one moment, as its loop hands it over to the admin port. It changes no more then.
#pragma once

#include <string>
#include <vector>

#include "runtime/exposition.h"

namespace rightsdesk::runtime {

// Why a process is not ready. No names, amounts or account numbers.
struct NotReady {
    std::string kind;
    std::string what;
};

struct Snapshot {
    Figures figures;
    std::vector<NotReady> not_ready;  // none: it is ready
};

}  // namespace rightsdesk::runtime
