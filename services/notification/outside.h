// The way outside, as notification sees it: what is to go is handed over in order, and what became of it is asked for later. Nothing here waits
// for the other side.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/sending_attempts.h"

namespace rightsdesk::notification {

// One attempt of one sending, as it goes over the wire.
struct Outgoing {
    std::string log;
    std::string way;
    std::uint64_t number = 0;            // 0: nobody asks what becomes of it
    std::uint32_t attempt = 0;           // from 1
    std::string body;                    // mail: the whole message
    std::vector<std::string> headers = {};  // of a web request: "Name: value"
};

class Outside {
public:
    Outside() = default;
    Outside(const Outside&) = delete;
    Outside& operator=(const Outside&) = delete;
    virtual ~Outside() = default;

    // Whether something of this log is in hand by this way, or has ended and is not forgotten.
    [[nodiscard]] virtual bool has(const std::string& log, const std::string& way) const = 0;
    // Of one log and way, in order; where one fails those after it are not tried. Only while it has nothing of them.
    virtual void take(std::vector<Outgoing> line) = 0;
    // What has ended of a log, until it is forgotten.
    [[nodiscard]] virtual std::vector<domain::AttemptEnd> ended(const std::string& log) const = 0;
    virtual void forget(const std::string& log, const domain::AttemptEnd& end) = 0;
    // The process ends: nothing more is begun, and what is under way may end, for some seconds.
    virtual void finish() = 0;
};

// Where no way is configured.
class NoOutside final : public Outside {
public:
    [[nodiscard]] bool has(const std::string&, const std::string&) const override { return false; }
    void take(std::vector<Outgoing>) override {}
    [[nodiscard]] std::vector<domain::AttemptEnd> ended(const std::string&) const override { return {}; }
    void forget(const std::string&, const domain::AttemptEnd&) override {}
    void finish() override {}
};

}  // namespace rightsdesk::notification
