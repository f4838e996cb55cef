// What every gateway program does over its spool: the journal and its lock, the doors, the loop until it is told to stop, what
// it says of each receipt, its exit code. `rightsdesk gateway run` is this alone; an adapter feeds the spool as well.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "rightsdesk/session.h"

namespace rightsdesk::tools {

struct GatewayOptions {
    std::string spool;
    bool once = false;
    std::uint32_t watermark_every = 0;    // seconds; 0: none
    std::uint32_t watermark_behind = 60;  // seconds
    std::uint32_t patience = 60;          // seconds, with `once`
    std::uint64_t first_number = 1;
};

void add_gateway_options(CLI::App& app, GatewayOptions& given);

// Brings what came in somewhere into the spool's in/, in the gateway's own thread.
class Feeder {
public:
    Feeder() = default;
    Feeder(const Feeder&) = delete;
    Feeder& operator=(const Feeder&) = delete;
    virtual ~Feeder() = default;

    // Takes up what a crash left, with the spool's lock held and before anything is sent.
    virtual base::Result<> recover() = 0;
    // At most one document; how many. An error ends the gateway: what may be tried again later is none.
    virtual base::Result<std::size_t> step() = 0;
    // Nothing is left to bring in.
    [[nodiscard]] virtual bool is_idle() const = 0;
    // The earliest stamp of what came and is not in in/: the watermark stays before it. Nothing: there is none.
    [[nodiscard]] virtual std::optional<domain::Instant> earliest() const = 0;
};

// Until SIGTERM or SIGINT, or with `once` until nothing is left to do. `feeder` may be null. Throws Ending.
Exit run_gateway(Session& session, const GatewayOptions& given, Feeder* feeder = nullptr);

// The door at which a principal tells its watermark.
domain::ServiceName watermark_door(Session& session, const std::string& who);

// The desk's time; nothing while nobody tells it.
std::optional<domain::Instant> desk_time(Session& session);

}  // namespace rightsdesk::tools
