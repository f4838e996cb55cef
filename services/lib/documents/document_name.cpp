#include "documents/document_name.h"

#include <algorithm>

#include "base/hash.h"

namespace rightsdesk::documents {

using base::Result;

Result<> check_size(const base::Bytes& bytes) {
    if (bytes.size() <= kMaxDocumentOctets) return {};
    return base::invalid("a document may have " + std::to_string(kMaxDocumentOctets) + " octets, and has " + std::to_string(bytes.size()));
}

Result<> check_name(const std::string& name) {
    const bool hex = std::all_of(name.begin(), name.end(), [](char letter) { return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f'); });
    if (hex && name.size() == 64) return {};
    return base::invalid("a document is named by its SHA-256 as 64 lower-case hexadecimal digits");
}

Result<base::Bytes> verified(const std::string& name, base::Bytes bytes) {
    if (base::sha256_hex(bytes.view()) == name) return bytes;
    return base::failure(base::ErrorKind::kCorrupt, "document " + name + " is not what was kept: its bytes have another SHA-256; restore it from a backup");
}

base::Error unknown_document(const std::string& name) { return {base::ErrorKind::kNotFound, "no document " + name + " is kept"}; }

}  // namespace rightsdesk::documents
