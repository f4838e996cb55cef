#include "documents/memory_documents.h"

#include "base/hash.h"
#include "documents/document_name.h"

namespace rightsdesk::documents {

std::vector<base::Result<std::string>> MemoryDocuments::keep_all(const std::vector<const base::Bytes*>& documents) {
    std::vector<base::Result<std::string>> names;
    for (const base::Bytes* bytes : documents) {
        names.push_back(check_size(*bytes).map([bytes] { return base::sha256_hex(bytes->view()); }));
        if (!names.back()) continue;
        const std::lock_guard lock(mutex_);
        kept_[*names.back()] = *bytes;
    }
    return names;
}

base::Result<base::Bytes> MemoryDocuments::fetch(const std::string& sha256_hex) {
    if (auto ok = check_name(sha256_hex); !ok) return tl::unexpected(ok.error());
    const std::lock_guard lock(mutex_);
    const auto entry = kept_.find(sha256_hex);
    if (entry == kept_.end()) return tl::unexpected(unknown_document(sha256_hex));
    return verified(sha256_hex, entry->second);
}

void MemoryDocuments::damage(const std::string& sha256_hex, base::Bytes bytes) {
    const std::lock_guard lock(mutex_);
    kept_[sha256_hex] = std::move(bytes);
}

}  // namespace rightsdesk::documents
