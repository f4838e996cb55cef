#include "documents/directory_documents.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/file.h"
#include "base/hash.h"
#include "documents/document_name.h"

namespace rightsdesk::documents {
namespace {

namespace fs = std::filesystem;
using base::Bytes;
using base::FileDescriptor;
using base::Result;

tl::unexpected<base::Error> refused(const char* doing, const fs::path& path) {
    return base::unavailable(std::string("documents: ") + doing + " " + path.string() + ": " + base::system_reason());
}

// At most one octet more than a document may have, which is enough to see that it is none of ours.
Result<std::string> read_all(const FileDescriptor& file, const fs::path& path) {
    std::string octets;
    char block[64 * 1024];
    while (octets.size() <= kMaxDocumentOctets) {
        const ssize_t count = ::read(file.number(), block, sizeof block);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return refused("reading", path);
        if (count == 0) break;
        octets.append(block, static_cast<std::size_t>(count));
    }
    return octets;
}

// Also when it is there already.
Result<> make_folder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return refused("making", folder);
    return {};
}

// Everything that the file system of `folder` was given is on the disk, or it says what failed since `folder` was opened.
Result<> synchronise(const FileDescriptor& folder, const fs::path& path) {
    if (::syncfs(folder.number()) != 0) return refused("synchronising", path);
    return {};
}

}  // namespace

fs::path DirectoryDocuments::path_of(const std::string& sha256_hex) const {
    return directory_ / sha256_hex.substr(0, 2) / sha256_hex;
}

// Whether the disk has it since an earlier call. Of any but the last that was kept this is not asked: nearly none is there, and damaged
// bytes under the name are replaced so.
bool DirectoryDocuments::has_on_disk(const std::string& name, const Bytes& bytes) {
    {
        const std::lock_guard<std::mutex> locked(last_mutex_);
        if (name != last_) return false;
    }
    const auto there = fetch(name);
    return there && *there == bytes;
}

Result<DirectoryDocuments::Placing> DirectoryDocuments::write_beside(const Bytes& bytes) {
    if (auto ok = check_size(bytes); !ok) return tl::unexpected(ok.error());
    Placing placing{base::sha256_hex(bytes.view()), {}};
    if (has_on_disk(placing.name, bytes)) return placing;
    const fs::path place = path_of(placing.name);
    std::string beside = place.string() + ".XXXXXX";
    int descriptor = ::mkostemp(beside.data(), O_CLOEXEC);  // mode 0600
    if (descriptor < 0 && errno == ENOENT) {
        if (auto made = make_folder(place.parent_path()); !made) return tl::unexpected(made.error());
        beside = place.string() + ".XXXXXX";
        descriptor = ::mkostemp(beside.data(), O_CLOEXEC);
    }
    const FileDescriptor file(descriptor);
    if (!file) return refused("making", beside);
    placing.beside = beside;
    if (!base::write_whole(file, bytes.view())) {
        const auto error = refused("writing", beside);
        ::unlink(beside.c_str());
        return error;
    }
    return placing;
}

Result<DirectoryDocuments::Placing> DirectoryDocuments::put_in_place(Placing placing) const {
    if (!placing.beside.empty() && ::rename(placing.beside.c_str(), path_of(placing.name).c_str()) != 0) {
        const auto error = refused("renaming", placing.beside);
        ::unlink(placing.beside.c_str());
        return error;
    }
    placing.beside.clear();
    return placing;
}

std::vector<Result<std::string>> DirectoryDocuments::keep_all(const std::vector<const Bytes*>& documents) {
    if (documents.empty()) return {};
    Result<> outcome = make_folder(directory_);
    // Opened before anything is written, so that a failure to write back is told here.
    const FileDescriptor root(outcome ? ::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1);
    if (outcome && !root) outcome = refused("opening", directory_);
    std::vector<Result<Placing>> placings;
    placings.reserve(documents.size());
    const Bytes* last = nullptr;
    for (const Bytes* bytes : documents) {
        // A broker's list is one paper for many notices.
        if (last != nullptr && *bytes == *last) {
            placings.push_back(placings.back().map([](const Placing& same) { return Placing{same.name, {}}; }));
            continue;
        }
        last = bytes;
        placings.push_back(outcome ? write_beside(*bytes) : tl::unexpected(outcome.error()));
    }
    bool written = false;
    for (Result<Placing>& placing : placings) {
        written = written || (placing && !placing->beside.empty());
        if (outcome && placing) placing = put_in_place(std::move(*placing));
    }
    // Bytes and names at once, also where somebody else put them there a moment ago. Until then a power cut may leave a name
    // with other bytes: nobody has been told of it, and its bytes do not have its hash.
    if (outcome && written) outcome = synchronise(root, directory_);
    if (outcome && placings.back()) {
        const std::lock_guard<std::mutex> locked(last_mutex_);
        last_ = placings.back()->name;
    }

    std::vector<Result<std::string>> names;
    for (Result<Placing>& placing : placings) {
        if (placing && !placing->beside.empty()) ::unlink(placing->beside.c_str());
        if (placing && outcome) names.emplace_back(std::move(placing->name));
        else names.emplace_back(tl::unexpected(placing ? outcome.error() : placing.error()));
    }
    return names;
}

Result<std::vector<std::string>> DirectoryDocuments::names() const {
    std::vector<std::string> names;
    std::error_code error;
    if (!fs::exists(directory_, error) && !error) return names;
    for (fs::recursive_directory_iterator entry(directory_, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (entry.depth() == 1 && check_name(name)) names.push_back(name);  // what a dead process left beside is no document
    }
    if (error) return base::unavailable("documents: reading " + directory_.string() + ": " + error.message());
    std::sort(names.begin(), names.end());
    return names;
}

Result<Bytes> DirectoryDocuments::fetch(const std::string& sha256_hex) {
    if (auto ok = check_name(sha256_hex); !ok) return tl::unexpected(ok.error());
    const fs::path place = path_of(sha256_hex);
    const FileDescriptor file(::open(place.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file && errno == ENOENT) return tl::unexpected(unknown_document(sha256_hex));
    if (!file) return refused("opening", place);
    auto octets = read_all(file, place);
    if (!octets) return tl::unexpected(octets.error());
    return verified(sha256_hex, Bytes(std::move(*octets)));
}

}  // namespace rightsdesk::documents
