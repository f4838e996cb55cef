#include "runtime/log_level.h"

#include "runtime/log_line.h"

namespace rightsdesk::runtime {

std::optional<bool> LogLevel::look(LevelAsked asked, std::chrono::nanoseconds now) {
    const bool was = configured_ || until_;
    if (asked == LevelAsked::kDebug) until_ = now + kDebugFor;
    else if (asked == LevelAsked::kConfigured || (until_ && now >= *until_)) until_.reset();
    const bool is = configured_ || until_;
    return is == was ? std::nullopt : std::optional(is);
}

void follow_level(LogLevel& level, std::chrono::nanoseconds now) {
    const LevelAsked asked = level_asked();
    const auto changed = level.look(asked, now);
    if (changed) log_debug_too(*changed);
    if (changed || asked != LevelAsked::kNothing) log_info("#LOG_LEVEL", {{"level", logs_debug() ? "debug" : "info"}, {"minutes", asked == LevelAsked::kDebug ? kDebugFor.count() : 0}});
}

}  // namespace rightsdesk::runtime
