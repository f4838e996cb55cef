// Waits for a condition, with a limit that only a failure reaches; the pause between two looks spares the processor.
#pragma once

#include <chrono>
#include <thread>

namespace rightsdesk::support {

template <class Condition>
bool comes_true(Condition condition, std::chrono::seconds limit = std::chrono::seconds(30)) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}

}  // namespace rightsdesk::support
