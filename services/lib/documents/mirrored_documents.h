// MirroredDocuments: every document in two places, of which the second is the other host's. It counts as kept when both have it on their
// disks; what one of them has lost or damaged is read from the other, and mended.
#pragma once

#include <atomic>

#include "documents/documents.h"

namespace rightsdesk::documents {

class MirroredDocuments final : public Documents {
public:
    // Both outlive this.
    MirroredDocuments(Documents& own, Documents& mirror) : own_(own), mirror_(mirror) {}

    std::vector<base::Result<std::string>> keep_all(const std::vector<const base::Bytes*>& documents) override;
    base::Result<base::Bytes> fetch(const std::string& sha256_hex) override;
    // From now on one place is enough and the mirror is not written to; two people decided it.
    void go_without_replica(bool without) override { without_mirror_ = without; }

private:
    Documents& own_;
    Documents& mirror_;
    std::atomic<bool> without_mirror_{false};
};

}  // namespace rightsdesk::documents
