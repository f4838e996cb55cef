// Asks an admin port, for the command line and tests.
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"

namespace rightsdesk::runtime {

struct AdminAnswer {
    int status = 0;  // 200, 503, ...
    std::string body;
};

// GET `path` of "127.0.0.1:PORT". Waits for each piece of the answer no longer than `patience`. kUnavailable: nobody is there, or what
// answers is no admin port.
base::Result<AdminAnswer> ask_admin_port(const std::string& address, const std::string& path, std::chrono::milliseconds patience);

}  // namespace rightsdesk::runtime
