// What ISO 20022's messages state of themselves, against what they have: a difference is a finding. Inside this room.
#pragma once

#include "bank/building.h"
#include "bank/xml_stream.h"

namespace rightsdesk::bank {

// TxsSummry of the account begun last. It counts what the statement has, whatever the entries' status.
void check_summary(Building& building, const XmlElement& summary);

// Btch of an entry's NtryDtls against the payments in it, which are the entry's last `count`.
void check_batch(Building& building, const XmlElement& details, const Entry& entry, std::size_t count);

// What the header of a pacs.008 states of its transfers.
class TransferTotal {
public:
    void add(const Entry& transfer);
    void check(Building& building, const XmlElement& header, const std::string& place) const;

private:
    std::size_t count_ = 0;
    std::int64_t sum_ = 0;
    std::string currency_;        // of all of them
    bool comparable_ = true;      // they are of one currency, and 64 bits hold their sum
};

}  // namespace rightsdesk::bank
