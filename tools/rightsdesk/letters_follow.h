// rightsdesk letters follow: a process that writes letters as the logs come to owe them.
#pragma once

#include "rightsdesk/session.h"

namespace rightsdesk::tools {

// Where letters are kept, in a folder for each offering, where nothing else is said: letters beside the outboxes.
std::string letters_folder(const SuiteAccess& suite);

// Until it is asked to stop. It keeps no cursor: a letter that lies in the folder is written, and what the logs owe is read from their first
// record when it starts. `folder` and `templates` may be empty.
Exit follow_letters(Session& session, const std::string& folder, const std::string& templates);

}  // namespace rightsdesk::tools
