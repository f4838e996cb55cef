#include "notification/way_settings.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "domain/alert_kinds.h"
#include "terms/toml_reader.h"

namespace rightsdesk::notification {

using terms::Section;

namespace {

constexpr std::size_t kMostListed = 100;
constexpr std::size_t kMostWayName = 20;
constexpr off_t kMostSecret = 4'096;
constexpr std::size_t kLeastKey = 32;
constexpr std::size_t kMostAddress = 254;  // RFC 5321
constexpr std::int64_t kMostPerMinute = 6'000;

// What can stand in a header or a protocol's line: no blank, no control character, nothing beyond ASCII.
bool is_plain(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char letter) { return letter > ' ' && letter < '\x7f'; });
}

bool is_address(const std::string& text) {
    const std::size_t at = text.find('@');
    return is_plain(text) && text.size() <= kMostAddress && at != std::string::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == std::string::npos &&
           text.find_first_of("<>(),;:\\\"[]") == std::string::npos;
}

// "hooks.example.com" of "https://hooks.example.com:8443/x".
std::string host_in(const std::string& url) {
    const std::size_t start = url.find("://");
    if (start == std::string::npos) return {};
    const std::string authority = url.substr(start + 3, url.find_first_of("/?#", start + 3) - start - 3);
    if (authority.starts_with("[")) return authority.substr(0, authority.find(']') + 1);
    return authority.substr(0, authority.rfind(':'));
}

bool is_this_host(const std::string& host) { return host == "127.0.0.1" || host == "localhost" || host == "[::1]"; }

std::string url_from(Section& section, const std::string& key, const std::string& secure, const std::string& open, bool& without_tls, bool open_is_secured) {
    const std::string url = section.text(key).value_or("");
    const std::string allowed = "must be " + secure + "host[:port] or " + open + "host[:port]";
    if (url.empty()) {
        section.missing(key, allowed);
        return {};
    }
    const std::string host = host_in(url);
    const bool is_open = url.starts_with(open);
    if (!is_plain(url) || host.empty() || url.find('@') != std::string::npos || (!is_open && !url.starts_with(secure))) {
        section.mistake(key, allowed + ", without user and password");
        return {};
    }
    const bool plain = section.flag("plain").value_or(false);
    without_tls = is_open && (plain || (is_this_host(host) && !section.has("ca_file")));
    if (is_open && !open_is_secured && !plain && !is_this_host(host)) section.mistake(key, "is without TLS and not of this host: use " + secure + ", or say plain = true");
    return url;
}

// The secret in a file of the owner's alone, without the line's end.
std::string secret_from(Section& section, const std::string& key, const std::filesystem::path& folder, std::size_t least) {
    const std::string name = section.text(key).value_or("");
    if (name.empty()) return {};
    const std::string path = (folder / name).lexically_normal().string();
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) {
        section.mistake(key, path + " is no file that can be read");
        return {};
    }
    if ((about.st_mode & 077U) != 0) {
        section.mistake(key, path + " may be read by others than its owner: chmod 600");
        return {};
    }
    if (about.st_size > kMostSecret) {
        section.mistake(key, path + " has more than " + std::to_string(kMostSecret) + " octets");
        return {};
    }
    const auto read = base::read_file(path);
    std::string secret = read && *read ? **read : std::string();
    while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
    if (secret.size() < std::max<std::size_t>(least, 1)) section.mistake(key, path + " has fewer than " + std::to_string(std::max<std::size_t>(least, 1)) + " octets");
    return secret;
}

template <base::DescribedEnum E>
std::set<E> words_of(Section& section, const std::string& key) {
    std::set<E> values;
    for (const std::string& word : section.texts(key, kMostListed)) {
        const auto value = base::enum_from_text<E>(word);
        if (value) values.insert(*value);
        else section.mistake(key, "was \"" + word + "\", which it does not know");
    }
    return values;
}

std::int32_t minutes_from(const std::string& text) {  // "07:30"
    const auto time = domain::parse_time_of_day(text);
    if (!time || text.size() != 5) return text == "24:00" ? 24 * 60 : -1;
    return ((time->at(0) - '0') * 10 + time->at(1) - '0') * 60 + (time->at(3) - '0') * 10 + time->at(4) - '0';
}

void read_hours(Section& section, domain::WayHours& hours) {
    hours.days = words_of<domain::Weekday>(section, "days");
    const auto text = section.text("hours");
    if (!text) return;
    const std::size_t dash = text->find('-');
    hours.from = minutes_from(text->substr(0, dash));
    hours.to = dash == std::string::npos ? -1 : minutes_from(text->substr(dash + 1));
    if (hours.from < 0 || hours.to < 0 || hours.from == hours.to || hours.from == 24 * 60) section.mistake("hours", "was \"" + *text + "\"; must be like \"07:00-19:00\"");
}

void read_routes(Section& section, domain::Way& way) {
    for (const std::string& kind : section.texts("kinds", kMostListed)) {
        way.kinds.insert(kind);
        if (domain::find_alert_kind(kind) == nullptr) section.mistake("kinds", "was \"" + kind + "\", which is no kind of alert; rightsdesk alerts kinds names them");
    }
    way.severities = words_of<domain::Severity>(section, "severities");
    for (const std::string& log : section.texts("offerings", kMostListed)) way.logs.insert(log);
    if (section.has("news")) way.news = words_of<domain::SendingNews>(section, "news");
    read_hours(section, way.hours);
    way.per_minute = static_cast<std::int32_t>(section.whole("per_minute", 1, kMostPerMinute).value_or(way.per_minute));
    way.beyond = section.one_of<domain::BeyondLimit>("beyond").value_or(way.beyond);
    way.grouped = section.flag("grouped").value_or(way.grouped);
    way.stands_still_after = static_cast<std::int32_t>(section.whole("stands_still_after_minutes", 1, 24 * 60).value_or(way.stands_still_after));
}

void read_mail(Section& section, const std::filesystem::path& folder, WaySettings& settings) {
    settings.url = url_from(section, "server", "smtps://", "smtp://", settings.without_tls, true);
    settings.from = section.text("from").value_or("");
    settings.to = section.texts("to", kMostListed);
    if (!is_address(settings.from)) section.mistake("from", "must be an address like rightsdesk@example.com");
    if (settings.to.empty() || !std::all_of(settings.to.begin(), settings.to.end(), is_address)) section.mistake("to", "must be a list of addresses, one at least");
    settings.user = section.text("user").value_or("");
    settings.password = secret_from(section, "password_file", folder, 1);
    if (settings.user.empty() != settings.password.empty()) section.mistake("user", "and password_file belong together");
    for (const std::string& address : settings.to) settings.way.to += (settings.way.to.empty() ? "" : ", ") + address;
}

void read_web(Section& section, const std::filesystem::path& folder, WaySettings& settings) {
    settings.url = url_from(section, "url", "https://", "http://", settings.without_tls, false);
    settings.way.to = host_in(settings.url);
    settings.bearer = secret_from(section, "bearer_file", folder, 1);
    if (settings.way.type == domain::WayType::kWebhook) {
        settings.key = secret_from(section, "key_file", folder, kLeastKey);
        if (!section.has("key_file")) section.missing("key_file", "must name the file with the key that signs what is sent");
        return;
    }
    settings.resend_seconds = section.whole("resend_seconds", 10, 3'600).value_or(settings.resend_seconds);
    settings.runbook = section.text("runbook").value_or("");
    if (!settings.runbook.empty() && !is_plain(settings.runbook)) section.mistake("runbook", "must be a URL");
}

WaySettings read_way(Section& section, const std::filesystem::path& folder) {
    WaySettings settings;
    domain::Way& way = settings.way;
    way.name = section.text("name").value_or("");
    const bool named = !way.name.empty() && way.name.size() <= kMostWayName && way.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
    if (!named) section.mistake("name", "must be 1 to 20 of a to z, 0 to 9 and -");
    const auto type = section.one_of<domain::WayType>("type");
    if (!type && !section.has("type")) section.missing("type", "must be mail, webhook or alertmanager");
    way.type = type.value_or(way.type);
    if (type && way.type == domain::WayType::kMail) read_mail(section, folder, settings);
    else if (type) read_web(section, folder, settings);
    if (section.has("ca_file")) settings.ca_file = (folder / section.text("ca_file").value_or("")).lexically_normal().string();
    read_routes(section, way);
    if (type) section.finish();
    return settings;
}

}  // namespace

std::vector<domain::Way> ways_of(const std::vector<WaySettings>& settings) {
    std::vector<domain::Way> ways;
    ways.reserve(settings.size());
    for (const WaySettings& each : settings) ways.push_back(each.way);
    return ways;
}

base::Result<std::vector<WaySettings>> load_ways(const std::string& path) {
    std::vector<WaySettings> ways;
    if (path.empty()) return ways;
    try {
        const toml::table table = toml::parse_file(path);
        terms::Mistakes mistakes(path);
        Section file(mistakes, &table, "", 1);
        std::set<std::string> names;
        for (Section& section : file.sections("way_out", domain::kMostWays)) {
            ways.push_back(read_way(section, std::filesystem::absolute(path).parent_path()));
            if (!names.insert(ways.back().way.name).second) section.mistake("name", "stands twice");
        }
        file.finish();
        if (!mistakes.none()) return base::invalid(mistakes.told());
        return ways;
    } catch (const toml::parse_error& error) {
        return base::invalid(path + ":" + std::to_string(error.source().begin.line) + ": is no TOML: " + std::string(error.description()));
    }
}

}  // namespace rightsdesk::notification
