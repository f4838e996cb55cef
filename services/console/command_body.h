// A command as a board sends it: JSON to what a door takes. Names and members are the contract of README.md.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "domain/roles.h"
#include "runtime/operators.h"

namespace rightsdesk::console {

struct BoardCommand {
    std::string id;                       // the board's own, for each click: the same again is the same command
    domain::Command command;
    domain::ServiceName door = domain::ServiceName::kIntake;
};

// The role that a command needs; nothing where there is no such command.
std::optional<runtime::OperatorRole> role_for(const std::string& name);
std::vector<std::string> command_names();

// kNotFound: no such command. kInvalid: every mistake with its member: unknown, missing, of another kind, too long. `now`: for an `at` that is not said.
base::Result<BoardCommand> read_command(const std::string& name, const std::string& body, domain::Instant now);

}  // namespace rightsdesk::console
