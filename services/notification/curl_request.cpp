#include "notification/curl_request.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/check.h"
#include "base/texts.h"

namespace rightsdesk::notification {

using domain::SendingOutcome;
using domain::WayType;

using CurlList = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

namespace {

constexpr std::size_t kMostAnswer = 65'536;  // octets; more ends the request
constexpr std::size_t kMostKept = 200;       // of them, for the record

CurlList list_of(const std::vector<std::string>& lines) {
    curl_slist* list = nullptr;
    for (const std::string& line : lines) list = curl_slist_append(list, line.c_str());
    return {list, &curl_slist_free_all};
}

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
    CHECK(curl_easy_setopt(handle, option, value) == CURLE_OK);
}

bool is_between(std::int64_t value, std::int64_t from, std::int64_t to) { return value >= from && value <= to; }

// "HTTP 503: try later", "Couldn't connect to server": for the record.
std::string told_of(bool mail, CURLcode code, std::int64_t reply, const std::string& error, const std::string& said) {
    std::vector<std::string> parts;
    if (reply != 0 && !mail) parts.push_back("HTTP " + std::to_string(reply));  // of SMTP the line has it
    if (code != CURLE_OK) parts.push_back(error.empty() ? curl_easy_strerror(code) : error);
    if (!said.empty()) parts.push_back(said);
    std::string text = base::joined(parts, ": ");
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.pop_back();
    return text;
}

// Of SMTP: it is we who may not, not this message.
bool is_about_authentication(std::int64_t reply) { return reply == 530 || reply == 534 || reply == 535 || reply == 538; }

}  // namespace

struct CurlRequest::Running {
    const Outgoing& outgoing;
    std::size_t read = 0;      // of the body
    std::size_t answered = 0;  // octets
    std::string answer = {};   // its beginning
    std::string last_line = {};  // of SMTP: what the server said last
    CurlList list{nullptr, &curl_slist_free_all};
    std::array<char, CURL_ERROR_SIZE> error = {};

    static std::size_t give(char* into, std::size_t size, std::size_t count, void* self) {
        auto& running = *static_cast<Running*>(self);
        const std::size_t octets = std::min(size * count, running.outgoing.body.size() - running.read);
        std::memcpy(into, running.outgoing.body.data() + running.read, octets);
        running.read += octets;
        return octets;
    }
    static std::size_t take(char* octets, std::size_t size, std::size_t count, void* self) {
        auto& running = *static_cast<Running*>(self);
        const std::size_t got = size * count;
        running.answered += got;
        if (running.answer.size() < kMostKept) running.answer.append(octets, std::min(got, kMostKept - running.answer.size()));
        return running.answered > kMostAnswer ? 0 : got;
    }
    static std::size_t take_line(char* octets, std::size_t size, std::size_t count, void* self) {
        auto& running = *static_cast<Running*>(self);
        running.last_line.assign(octets, std::min(size * count, kMostKept));
        return size * count;
    }
};

SendingOutcome outcome_of_mail(int curl_code, std::int64_t reply, bool body_taken) {
    if (curl_code == CURLE_OK) return SendingOutcome::kSent;
    const bool of_this_message = curl_code == CURLE_SEND_ERROR || body_taken;
    return is_between(reply, 500, 599) && !is_about_authentication(reply) && of_this_message ? SendingOutcome::kRefused : SendingOutcome::kFailed;
}

SendingOutcome outcome_of_web(int curl_code, std::int64_t status) {
    if (curl_code != CURLE_OK) return SendingOutcome::kFailed;
    if (is_between(status, 200, 299)) return SendingOutcome::kSent;
    const bool later = status == 408 || status == 425 || status == 429 || !is_between(status, 300, 499);
    return later ? SendingOutcome::kFailed : SendingOutcome::kRefused;
}

CurlRequest::CurlRequest(const WaySettings& way, Patience patience, const std::atomic<bool>& broken_off)
    : way_(way), patience_(patience), broken_off_(broken_off), handle_(curl_easy_init()) {
    CHECK(handle_ != nullptr);
}

CurlRequest::~CurlRequest() { curl_easy_cleanup(handle_); }

void CurlRequest::set_common(Running& running) {
    CURL* handle = handle_;
    curl_easy_reset(handle);
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_PROXY, "");
    set(handle, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle, CURLOPT_PROTOCOLS_STR, way_.way.type == WayType::kMail ? "smtp,smtps" : "http,https");
    set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(patience_.connect.count()));
    set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(patience_.whole.count()));
    set(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(std::max<std::int64_t>(1, patience_.whole.count() / 1'000)));
    set(handle, CURLOPT_ERRORBUFFER, running.error.data());
    set(handle, CURLOPT_WRITEFUNCTION, &Running::take);
    set(handle, CURLOPT_WRITEDATA, static_cast<void*>(&running));
    set(handle, CURLOPT_HEADERFUNCTION, &Running::take_line);
    set(handle, CURLOPT_HEADERDATA, static_cast<void*>(&running));
    set(handle, CURLOPT_NOPROGRESS, 0L);
    curl_xferinfo_callback stop = [](void* flag, curl_off_t, curl_off_t, curl_off_t, curl_off_t) { return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0; };
    set(handle, CURLOPT_XFERINFOFUNCTION, stop);
    set(handle, CURLOPT_XFERINFODATA, const_cast<void*>(static_cast<const void*>(&broken_off_)));
    if (!way_.ca_file.empty()) set(handle, CURLOPT_CAINFO, way_.ca_file.c_str());
}

void CurlRequest::set_mail(Running& running) {
    CURL* handle = handle_;
    set(handle, CURLOPT_URL, way_.url.c_str());
    set(handle, CURLOPT_USE_SSL, static_cast<long>(way_.without_tls ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    const std::string from = "<" + way_.from + ">";
    std::vector<std::string> to;
    to.reserve(way_.to.size());
    for (const std::string& address : way_.to) to.push_back("<" + address + ">");
    running.list = list_of(to);
    set(handle, CURLOPT_MAIL_FROM, from.c_str());
    set(handle, CURLOPT_MAIL_RCPT, running.list.get());
    if (!way_.user.empty()) {
        set(handle, CURLOPT_USERNAME, way_.user.c_str());
        set(handle, CURLOPT_PASSWORD, way_.password.c_str());
    }
    set(handle, CURLOPT_UPLOAD, 1L);
    set(handle, CURLOPT_READFUNCTION, &Running::give);
    set(handle, CURLOPT_READDATA, static_cast<void*>(&running));
}

void CurlRequest::set_web(Running& running) {
    CURL* handle = handle_;
    const std::string url = way_.url + (way_.way.type == WayType::kAlertmanager ? (way_.url.ends_with("/") ? "api/v2/alerts" : "/api/v2/alerts") : "");
    set(handle, CURLOPT_URL, url.c_str());
    std::vector<std::string> headers = running.outgoing.headers;
    headers.emplace_back("User-Agent: rightsdesk");
    headers.emplace_back("Expect:");  // no waiting for a "100 Continue"
    running.list = list_of(headers);
    set(handle, CURLOPT_HTTPHEADER, running.list.get());
    set(handle, CURLOPT_POST, 1L);
    set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(running.outgoing.body.size()));
    set(handle, CURLOPT_POSTFIELDS, running.outgoing.body.c_str());
}

domain::AttemptEnd CurlRequest::perform(const Outgoing& outgoing) {
    Running running{outgoing};
    const bool mail = way_.way.type == WayType::kMail;
    set_common(running);
    if (mail) set_mail(running);
    else set_web(running);
    CURL* handle = handle_;
    const CURLcode code = curl_easy_perform(handle);
    long reply = 0;
    curl_off_t pause = 0;
    (void)curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply);
    if (!mail) (void)curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &pause);
    domain::AttemptEnd end{outgoing.way, outgoing.number, outgoing.attempt};
    end.outcome = mail ? outcome_of_mail(code, reply, running.read == outgoing.body.size()) : outcome_of_web(code, reply);
    end.asked_pause = std::clamp<std::int64_t>(pause, 0, domain::kLongestAskedPause / domain::kNanosecondsPerSecond) * domain::kNanosecondsPerSecond;
    end.result = told_of(mail, code, reply, running.error.data(), mail ? running.last_line : running.answer);
    // Nothing of this request outlives it.
    curl_easy_reset(handle);
    return end;
}

}  // namespace rightsdesk::notification
