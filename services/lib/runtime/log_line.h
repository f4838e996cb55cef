// Logs: one JSON object a line; a constant message with a stable tag, then key and value. Ids, never names, amounts or
// account numbers.
//
//     log_info("#COMMITTED", {{"log", "rare-medium-2002"}, {"items", 64}});
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace rightsdesk::runtime {

using LogFields = std::initializer_list<std::pair<const char*, nlohmann::json>>;

// `file` empty: standard error. Call once, before anything is logged; until then nothing is written.
void start_logging(const std::string& service, const std::string& file);

// Lets what is said at level debug be written, or drops it; until it is called it is dropped. Any thread may call and ask.
void log_debug_too(bool too = true);
bool logs_debug();

void log_debug(std::string_view message, LogFields fields = {});
void log_info(std::string_view message, LogFields fields = {});
void log_warning(std::string_view message, LogFields fields = {});
void log_error(std::string_view message, LogFields fields = {});

}  // namespace rightsdesk::runtime
