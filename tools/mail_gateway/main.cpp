// rightsdesk-mail-gateway: notices by mail, to the desk.
#include "mail_gateway/gateway.h"

int main(int count, char** values) {
    const auto options = rightsdesk::mail_gateway::read_options(count, values);
    if (!options) return options.error();
    return static_cast<int>(rightsdesk::mail_gateway::run_gateway(*options));
}
