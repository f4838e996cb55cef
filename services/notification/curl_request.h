// One request by libcurl, and what its end means. Inside this room.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "notification/curl_outside.h"

namespace rightsdesk::notification {

// What a protocol's answer means. `body_taken`: the other side had been given all of it.
domain::SendingOutcome outcome_of_mail(int curl_code, std::int64_t reply, bool body_taken);
domain::SendingOutcome outcome_of_web(int curl_code, std::int64_t status);

// One connection, kept from request to request. Of one thread; waits for as long as `patience` says, or until `broken_off`.
class CurlRequest {
public:
    CurlRequest(const WaySettings& way, Patience patience, const std::atomic<bool>& broken_off);
    ~CurlRequest();
    CurlRequest(const CurlRequest&) = delete;
    CurlRequest& operator=(const CurlRequest&) = delete;

    domain::AttemptEnd perform(const Outgoing& outgoing);

private:
    struct Running;  // one request's buffers
    void set_common(Running& running);
    void set_mail(Running& running);
    void set_web(Running& running);

    const WaySettings& way_;
    Patience patience_;
    const std::atomic<bool>& broken_off_;
    void* handle_;
};

}  // namespace rightsdesk::notification
