// The command line's journal: every message is on the disk before it is sent, and stays until its receipt is there. After a
// crash of either side the unanswered bytes are sent again as they were. For one message at a time, under numbers of the
// caller's own where it wants; many go through sender.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "bus/bus.h"
#include "domain/receipts.h"

namespace rightsdesk::client {

struct Pending {
    std::uint64_t sequence = 0;
    std::string to;      // whatever the sender called the door
    bus::Bytes bytes;
};

class Outbox {
public:
    // `folder` is made when missing; it belongs to one process at a time (a lock file says so). kUnavailable when the
    // disk refuses or another process has it.
    static base::Result<Outbox> open(const std::string& folder);

    // Where a gateway of the same sender keeps its journal: both take their numbers from one row.
    [[nodiscard]] std::string journal_folder() const;

    // The number that the next message will have: one more than the highest ever kept, here or in the journal.
    [[nodiscard]] std::uint64_t next_sequence() const { return next_; }

    // Keeps a message to a door durably. `to` is a word. Keeping the same bytes under their number again changes nothing;
    // kConflict when the number is in use for others.
    base::Result<> keep(std::uint64_t sequence, const std::string& to, const bus::Bytes& bytes);

    // The receipt filed for a number; nothing when there is none.
    [[nodiscard]] std::optional<bus::Bytes> receipt(std::uint64_t sequence) const;

    // Files the receipt, after which the message is not pending.
    base::Result<> settle(std::uint64_t sequence, const bus::Bytes& receipt);

    // The messages without a receipt, oldest first.
    [[nodiscard]] base::Result<std::vector<Pending>> pending() const;

private:
    Outbox(std::string folder, base::FileDescriptor lock) : folder_(std::move(folder)), lock_(std::move(lock)) {}
    // What lies in it by name; kUnavailable when it cannot be read: not knowing which numbers were given out, it must not give out any.
    [[nodiscard]] base::Result<std::vector<std::string>> names() const;

    std::string folder_;
    base::FileDescriptor lock_;
    std::uint64_t next_ = 1;
};

}  // namespace rightsdesk::client
