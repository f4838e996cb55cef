// The program: opens what it needs, listens in a thread of its own, takes and sends until it is stopped.
#pragma once

#include "mail_gateway/options.h"

namespace rightsdesk::mail_gateway {

// Until SIGTERM or SIGINT, or with --once until nothing is left; what is wrong goes to the log, and at the start to standard error.
GatewayExit run_gateway(const MailOptions& options);

}  // namespace rightsdesk::mail_gateway
