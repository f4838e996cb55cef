#include "runtime/log_line.h"

#include <memory>

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace rightsdesk::runtime {

namespace {

constexpr std::size_t kMaxLogOctets = 16U * 1024U * 1024U;
constexpr std::size_t kMaxLogFiles = 4;

std::shared_ptr<spdlog::logger>& logger() {
    static std::shared_ptr<spdlog::logger> instance;
    return instance;
}
std::string& service_name() {
    static std::string name;
    return name;
}

// spdlog's patterns do not escape JSON, so the line is made here and the pattern is the time and the line.
void write(spdlog::level::level_enum level, const char* level_name, std::string_view message, LogFields fields) {
    if (!logger()) return;
    nlohmann::ordered_json line;
    line["level"] = level_name;
    line["service"] = service_name();
    line["message"] = message;
    for (const auto& [key, value] : fields) line[key] = value;
    const std::string text = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    logger()->log(level, "{}", std::string_view(text).substr(1));
}

}  // namespace

void start_logging(const std::string& service, const std::string& file) {
    service_name() = service;
    spdlog::sink_ptr sink;
    if (file.empty()) {
        sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    } else {
        sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file, kMaxLogOctets, kMaxLogFiles);
    }
    logger() = std::make_shared<spdlog::logger>(service, std::move(sink));
    logger()->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ",%v)", spdlog::pattern_time_type::utc);
    logger()->flush_on(spdlog::level::info);
}

void log_debug_too(bool too) {
    if (!logger()) return;
    const auto level = too ? spdlog::level::debug : spdlog::level::info;
    logger()->set_level(level);
    logger()->flush_on(level);
}

bool logs_debug() { return logger() && logger()->should_log(spdlog::level::debug); }

void log_debug(std::string_view message, LogFields fields) {
    if (logs_debug()) write(spdlog::level::debug, "debug", message, fields);
}
void log_info(std::string_view message, LogFields fields) { write(spdlog::level::info, "info", message, fields); }
void log_warning(std::string_view message, LogFields fields) { write(spdlog::level::warn, "warning", message, fields); }
void log_error(std::string_view message, LogFields fields) { write(spdlog::level::err, "error", message, fields); }

}  // namespace rightsdesk::runtime
