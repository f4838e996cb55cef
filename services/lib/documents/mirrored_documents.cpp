#include "documents/mirrored_documents.h"

#include <future>

namespace rightsdesk::documents {

using base::Result;

// Both wait for their disks at the same time.
std::vector<Result<std::string>> MirroredDocuments::keep_all(const std::vector<const base::Bytes*>& documents) {
    if (documents.empty() || without_mirror_) return own_.keep_all(documents);
    auto mirroring = std::async(std::launch::async, [&] { return mirror_.keep_all(documents); });
    std::vector<Result<std::string>> names = own_.keep_all(documents);
    std::vector<Result<std::string>> mirrored = mirroring.get();
    for (std::size_t at = 0; at < names.size(); ++at) {
        if (!names[at] || mirrored[at]) continue;
        names[at] = tl::unexpected(base::Error{mirrored[at].error().kind, "on the other host: " + mirrored[at].error().message});
    }
    return names;
}

Result<base::Bytes> MirroredDocuments::fetch(const std::string& sha256_hex) {
    auto own = own_.fetch(sha256_hex);
    if (own || own.error().kind == base::ErrorKind::kInvalid || without_mirror_) return own;
    auto mirrored = mirror_.fetch(sha256_hex);
    if (!mirrored) {
        // One that does not answer may have it: that it is nowhere is not known then.
        return own.error().kind == base::ErrorKind::kNotFound && mirrored.error().kind != base::ErrorKind::kNotFound ? mirrored : own;
    }
    (void)own_.keep(*mirrored);  // where that fails it is read from the mirror the next time too
    return mirrored;
}

}  // namespace rightsdesk::documents
