// What a gateway's journal holds, for people: status, listing, archive.
#pragma once

#include <string>

#include "rightsdesk/session.h"

namespace rightsdesk::tools {

// `spool`: "" for the journal alone.
Exit show_gateway(Session& session, const std::string& folder, const std::string& spool);

// Every message and receipt of the segments in `folder`; of one number where it is not 0.
Exit print_journal(Session& session, const std::string& folder, std::uint64_t number);

// Copies the segments that a restart does not need to `to`, durably, and only then removes them from `folder`.
Exit archive_journal(Session& session, const std::string& folder, const std::string& to);

}  // namespace rightsdesk::tools
