// MemoryDocuments: the documents of tests; durable as long as the object lives.
#pragma once

#include <map>
#include <mutex>

#include "documents/documents.h"

namespace rightsdesk::documents {

class MemoryDocuments final : public Documents {
public:
    std::vector<base::Result<std::string>> keep_all(const std::vector<const base::Bytes*>& documents) override;
    base::Result<base::Bytes> fetch(const std::string& sha256_hex) override;

    // For tests: replaces the bytes kept under `sha256_hex`, as a failing disk would.
    void damage(const std::string& sha256_hex, base::Bytes bytes);

private:
    std::mutex mutex_;
    std::map<std::string, base::Bytes> kept_;
};

}  // namespace rightsdesk::documents
