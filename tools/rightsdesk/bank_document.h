// What `rightsdesk bank parse` prints: one JSON document for one file, whatever its format.
#pragma once

#include "bank/statement.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

// {format, message_id, account, currency, entries: [...]}, and beside them version, statements and findings. What the bank did not
// say is null. Of a file with several statements the head is the first one's; each entry says its own account, message id and currency.
runtime::Json bank_document(const bank::Statement& statement);

}  // namespace rightsdesk::tools
