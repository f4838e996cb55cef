// Requests and answers as plain values: what the gateway decides on, and tests make by hand. Only http_server.cpp sees Beast.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rightsdesk::console {

inline constexpr std::size_t kMostHeaderOctets = 16U * 1024U;
inline constexpr std::size_t kMostBodyOctets = 256U * 1024U;

struct HttpRequest {
    std::string method;                        // "GET"
    std::string path;                          // decoded: "/api/offerings"
    std::map<std::string, std::string> query;  // decoded; of a name that stands twice the last
    std::string host;
    std::string cookie;                        // the header, whole
    std::string csrf;                          // X-CSRF-Token
    std::string origin;
    std::string fetch_site;                    // Sec-Fetch-Site
    std::string content_type;
    std::string if_none_match;
    std::string address;                       // the peer's
    std::string body;
};

struct HttpAnswer {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers = {};  // besides those that every answer has
};

// A stream of events to one board. What is offered under a name that still waits to be written takes its place: a slow reader gets the
// newest of each, and never more waits than one of each. Belongs to the server's thread.
class EventStream {
public:
    EventStream() = default;
    EventStream(const EventStream&) = delete;
    EventStream& operator=(const EventStream&) = delete;
    virtual ~EventStream() = default;
    // `event`: whole, as it is sent.
    virtual void offer(const std::string& name, std::shared_ptr<const std::string> event) = 0;
    // Ends it once what waits is written.
    virtual void finish() = 0;
};

// One request's way back.
class Exchange {
public:
    Exchange() = default;
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
    virtual ~Exchange() = default;
    // Once; from any thread. Without it the peer waits until the server gives it up.
    virtual void answer(HttpAnswer answer) = 0;
    // Instead of an answer, from the server's thread: `closed` is called there once, when the peer has gone.
    virtual std::shared_ptr<EventStream> stream(std::function<void()> closed) = 0;
};

// "%2F" and "+" of a query; nothing where it is malformed or holds a NUL.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);
// Path and query into the request. False: malformed, or the path has "." or ".." for a part.
bool take_target(std::string_view target, HttpRequest& request);
// The value of one cookie of the header; empty where it is not there.
std::string cookie_value(const std::string& header, std::string_view name);
// {"error", "message"}, and "retry_after_s" where there is one.
HttpAnswer error_answer(int status, const std::string& error, const std::string& message, long retry_after_s = 0);
HttpAnswer json_answer(std::string body);
// What keeps a page to itself (contents, frames, types, caches), where the answer does not say otherwise.
void add_standard_headers(HttpAnswer& answer);

}  // namespace rightsdesk::console
