// A submitted notice's way from bytes to fields: the document is kept, read, and put together with what was keyed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "documents/documents.h"
#include "domain/commands.h"

namespace rightsdesk::intake {

// What became of the documents of a batch, by SHA-256 as the commands state it.
using KeptDocuments = std::map<std::string, base::Result<std::string>>;

// Keeps the documents of several notices durably, each under its SHA-256: those whose bytes have the stated one. The others
// are refused when they are decided.
KeptDocuments keep_documents(documents::Documents& documents, const std::vector<const domain::SubmitNotice*>& commands);

// The document is kept durably, now or among those `prepared`; or its bytes are not what is stated, and it is kept nowhere.
// kUnavailable when the disk refuses: try again later; kInvalid when it is too large.
base::Result<> keep_document(documents::Documents& documents, const KeptDocuments& prepared, const domain::SubmitNotice& command);

// What the form's text and the gateway's keying say together; keyed fields take precedence. Nothing when there is neither:
// the document is unreadable, or of a media type that only keying can make out.
std::optional<domain::NoticeFields> read_notice(const domain::SubmitNotice& command);

// An item of the desk with its document's bytes again, which are kept beside the log and not in it.
base::Result<domain::SubmitNotice> with_document(documents::Documents& documents, domain::SubmitNotice item);

}  // namespace rightsdesk::intake
