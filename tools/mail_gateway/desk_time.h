// The desk's time, by which mail is stamped: the system's clock, or on a stepped suite what the deadline monitor says it is.
#pragma once

#include <memory>
#include <optional>

#include "rightsdesk/suite_access.h"
#include "runtime/clock.h"

namespace rightsdesk::mail_gateway {

class DeskTime {
public:
    // kInvalid or kUnavailable as SuiteAccess::open says. Asks over connections of its own.
    static base::Result<std::unique_ptr<DeskTime>> open(const std::string& config);

    // Nothing when it is stepped and nobody tells it within a second. One thread at a time.
    std::optional<domain::Instant> now();

private:
    std::unique_ptr<tools::SuiteAccess> suite_;
    runtime::SystemClock clock_;
};

}  // namespace rightsdesk::mail_gateway
