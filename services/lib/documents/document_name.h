// What names a document, and the answers that every implementation gives alike.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "documents/documents.h"

namespace rightsdesk::documents {

// kInvalid when `bytes` are more than kMaxDocumentOctets.
base::Result<> check_size(const base::Bytes& bytes);
// kInvalid unless `name` is 64 lower-case hexadecimal digits: nothing else ever becomes part of a path.
base::Result<> check_name(const std::string& name);
// `bytes`, or kCorrupt when their SHA-256 is not `name`.
base::Result<base::Bytes> verified(const std::string& name, base::Bytes bytes);
base::Error unknown_document(const std::string& name);

}  // namespace rightsdesk::documents
