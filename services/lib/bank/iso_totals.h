// What ISO 20022's messages state of themselves, against what they have: a difference is a finding. Inside this room.
#pragma once

#include "bank/building.h"
#include "bank/xml_stream.h"

namespace rightsdesk::bank {

// TxsSummry of the account begun last. It counts what the statement has, whatever the entries' status.
void check_summary(Building& building, const XmlElement& summary);

}  // namespace rightsdesk::bank
