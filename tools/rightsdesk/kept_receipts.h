// The receipts that the senders of this host hold: what was acknowledged, where the store that did it cannot be asked.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "domain/receipts.h"

namespace rightsdesk::tools {

// `where`: the file, for a person.
using VisitReceipt = std::function<base::Result<>(const std::string& where, const domain::Receipt& receipt)>;

// Shows every receipt under the folder of outboxes: those of single commands, and those in the journals of gateways. An error of
// `visit` ends it; so does a file or folder that cannot be read, for it may hold what nobody else has.
base::Result<> each_kept_receipt(const std::string& outboxes, const VisitReceipt& visit);

}  // namespace rightsdesk::tools
