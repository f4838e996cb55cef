// Who may send what, to which door. A table, and all of it.
#pragma once

#include "domain/commands.h"

namespace rightsdesk::domain {

RIGHTSDESK_ENUM(Role, kFaxGateway, kMailGateway, kBankFeed, kOperator, kClock, kReader, kService)
RIGHTSDESK_ENUM(ServiceName, kIntake, kPaymentClearing, kDeadlineMonitor, kNotification)

// A key's holder, as the keys' directory names it.
struct Principal {
    std::string name;               // "fax-1", "alice"
    std::vector<Role> roles;
    bool acts_for_others = false;   // a console: states the operator, and both are recorded
    RIGHTSDESK_DESCRIBE(Principal, name, roles, acts_for_others)
};

// Whether a door takes this command at all, and from a principal with these roles.
bool door_takes(ServiceName door, const Command& command);
bool may_send(const Principal& principal, const Command& command);
bool may_ask(const Principal& principal, const Question& question);

}  // namespace rightsdesk::domain
