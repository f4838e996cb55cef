// The documents port: the paper itself, kept as files named by their SHA-256, outside Redis.
//
// Implementations: DirectoryDocuments (directory_documents.h), MirroredDocuments over two of them (mirrored_documents.h) and
// MemoryDocuments (memory_documents.h); one contract test runs against all. Calls wait for the disk; any thread may call.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace rightsdesk::documents {

inline constexpr std::size_t kMaxDocumentOctets = 3U * 1024U * 1024U;

class Documents {
public:
    virtual ~Documents() = default;
    // Keeps each durably (bytes and name are on the disk) under its SHA-256 and answers for each, in order, with that as 64
    // hex digits. Keeping the same bytes again changes nothing. kInvalid when too large; kUnavailable when the disk refuses.
    // Many at once wait for the disk hardly longer than one.
    virtual std::vector<base::Result<std::string>> keep_all(const std::vector<const base::Bytes*>& documents) = 0;
    base::Result<std::string> keep(const base::Bytes& bytes) { return std::move(keep_all({&bytes}).front()); }
    // The bytes kept under `sha256_hex`. kNotFound when there are none; kCorrupt when they no longer have that hash.
    virtual base::Result<base::Bytes> fetch(const std::string& sha256_hex) = 0;
    // Where documents are kept on two hosts: from now on one is enough, or no longer.
    virtual void go_without_replica(bool) {}
};

}  // namespace rightsdesk::documents
