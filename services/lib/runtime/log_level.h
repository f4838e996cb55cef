// How much is logged while a process runs: debug for ten minutes from when SIGUSR1 asks for it, as it is configured again when these are over or
// SIGUSR2 asks for that. So a notice can be followed through every log of a running suite, and nobody has to remember to end it.
#pragma once

#include <chrono>
#include <optional>

namespace rightsdesk::runtime {

inline constexpr std::chrono::minutes kDebugFor{10};

enum class LevelAsked { kNothing, kDebug, kConfigured };

class LogLevel {
public:
    // `debug`: as it is configured.
    explicit LogLevel(bool debug) : configured_(debug) {}

    // What holds from now on, where it differs from what held: true is debug. `now` goes on evenly.
    std::optional<bool> look(LevelAsked asked, std::chrono::nanoseconds now);

private:
    const bool configured_;
    std::optional<std::chrono::nanoseconds> until_;
};

// What a signal asked for since the last call (process.h, `watch_signals`).
LevelAsked level_asked();

// Once a turn: does what was asked for, and says so in the log.
void follow_level(LogLevel& level, std::chrono::nanoseconds now);

}  // namespace rightsdesk::runtime
