#include "console/http.h"

#include <algorithm>

#include "runtime/json.h"

namespace rightsdesk::console {

namespace {

int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

bool has_dots(std::string_view path) {
    while (!path.empty()) {
        const auto slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (part == "." || part == "..") return true;
        if (slash == std::string_view::npos) return false;
        path.remove_prefix(slash + 1);
    }
    return false;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        char letter = text[at];
        if (letter == '+' && plus_is_space) letter = ' ';
        if (letter == '%') {
            if (at + 2 >= text.size()) return std::nullopt;
            const int high = hex_value(text[at + 1]), low = hex_value(text[at + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            letter = static_cast<char>(high * 16 + low);
            at += 2;
        }
        if (letter == '\0') return std::nullopt;
        decoded.push_back(letter);
    }
    return decoded;
}

bool take_target(std::string_view target, HttpRequest& request) {
    if (target.empty() || target.front() != '/') return false;
    const auto mark = target.find('?');
    const auto path = percent_decoded(target.substr(0, mark), false);
    if (!path || has_dots(*path)) return false;
    request.path = *path;
    std::string_view rest = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const std::string_view pair = rest.substr(0, end);
        const auto equals = pair.find('=');
        const auto name = percent_decoded(pair.substr(0, equals), true);
        const auto value = percent_decoded(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
        if (!name || !value) return false;
        request.query[*name] = *value;
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    return true;
}

std::string cookie_value(const std::string& header, std::string_view name) {
    std::string_view rest = header;
    while (!rest.empty()) {
        while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
        const auto end = rest.find(';');
        const std::string_view pair = rest.substr(0, end);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) return std::string(pair.substr(equals + 1));
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    return {};
}

HttpAnswer error_answer(int status, const std::string& error, const std::string& message, long retry_after_s) {
    runtime::Json body{{"error", error}, {"message", message}};
    HttpAnswer answer{status, "application/json", {}, {}};
    if (retry_after_s > 0) {
        body["retry_after_s"] = retry_after_s;
        answer.headers.emplace_back("Retry-After", std::to_string(retry_after_s));
    }
    answer.body = runtime::json_line(body);
    return answer;
}

void add_standard_headers(HttpAnswer& answer) {
    static const std::vector<std::pair<std::string, std::string>> standard = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
         "frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cache-Control", "no-store"}};
    for (const auto& header : standard) {
        const bool said = std::any_of(answer.headers.begin(), answer.headers.end(), [&](const auto& one) { return one.first == header.first; });
        if (!said) answer.headers.push_back(header);
    }
}

HttpAnswer json_answer(std::string body) { return {200, "application/json", std::move(body), {}}; }

}  // namespace rightsdesk::console
