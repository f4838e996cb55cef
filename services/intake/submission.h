// A submitted notice's way from bytes to fields: the document is kept, read, and put together with what was keyed.
#pragma once

#include <optional>

#include "documents/documents.h"
#include "domain/commands.h"

namespace rightsdesk::intake {

// Keeps the document durably under its SHA-256. kUnavailable when the disk refuses: try again later; kInvalid when it is
// too large.
base::Result<> keep_document(documents::Documents& documents, const domain::SubmitNotice& command);

// What the form's text and the gateway's keying say together; keyed fields take precedence. Nothing when there is neither:
// the document is unreadable, or of a media type that only keying can make out.
std::optional<domain::NoticeFields> read_notice(const domain::SubmitNotice& command);

// An item of the desk with its document's bytes again, which are kept beside the log and not in it.
base::Result<domain::SubmitNotice> with_document(documents::Documents& documents, domain::SubmitNotice item);

}  // namespace rightsdesk::intake
