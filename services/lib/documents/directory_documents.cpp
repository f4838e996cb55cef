#include "documents/directory_documents.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/hash.h"
#include "documents/document_name.h"

namespace rightsdesk::documents {
namespace {

namespace fs = std::filesystem;
using base::Bytes;
using base::Result;

class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

private:
    int descriptor_;
};

tl::unexpected<base::Error> refused(const char* doing, const fs::path& path) {
    return base::unavailable(std::string("documents: ") + doing + " " + path.string() + ": " + std::strerror(errno));
}

Result<> write_all(const File& file, std::string_view octets, const fs::path& path) {
    while (!octets.empty()) {
        const ssize_t written = ::write(file.descriptor(), octets.data(), octets.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return refused("writing", path);
        octets.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

// At most one octet more than a document may have, which is enough to see that it is none of ours.
Result<std::string> read_all(const File& file, const fs::path& path) {
    std::string octets;
    char block[64 * 1024];
    while (octets.size() <= kMaxDocumentOctets) {
        const ssize_t count = ::read(file.descriptor(), block, sizeof block);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return refused("reading", path);
        if (count == 0) break;
        octets.append(block, static_cast<std::size_t>(count));
    }
    return octets;
}

// Makes the names in `folder` durable.
Result<> synchronise_folder(const fs::path& folder) {
    const File directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.is_open() || ::fsync(directory.descriptor()) != 0) return refused("synchronising", folder);
    return {};
}

// Also when it is there already: who made it may have died before its name was durable.
Result<> make_folder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return refused("making", folder);
    return synchronise_folder(folder.parent_path());
}

// Writes `bytes` into a new file beside `place`, synchronised, and renames it to `place`.
Result<> write_and_rename(const Bytes& bytes, const fs::path& place) {
    std::string beside = place.string() + ".XXXXXX";
    const File file(::mkostemp(beside.data(), O_CLOEXEC));  // mode 0600
    if (!file.is_open()) return refused("making", beside);
    Result<> outcome = write_all(file, bytes.view(), beside);
    if (outcome && ::fsync(file.descriptor()) != 0) outcome = refused("synchronising", beside);
    if (outcome && ::rename(beside.c_str(), place.c_str()) != 0) outcome = refused("renaming", beside);
    if (!outcome) ::unlink(beside.c_str());
    return outcome;
}

}  // namespace

fs::path DirectoryDocuments::path_of(const std::string& sha256_hex) const {
    return directory_ / sha256_hex.substr(0, 2) / sha256_hex.substr(2, 2) / sha256_hex;
}

Result<> DirectoryDocuments::make_folders(const std::string& name) {
    const fs::path inner = path_of(name).parent_path();
    for (const fs::path& folder : {fs::absolute(directory_), fs::absolute(inner.parent_path()), fs::absolute(inner)}) {
        if (auto made = make_folder(folder); !made) return made;
    }
    return {};
}

Result<std::string> DirectoryDocuments::keep(const Bytes& bytes) {
    if (auto ok = check_size(bytes); !ok) return tl::unexpected(ok.error());
    const std::string name = base::sha256_hex(bytes.view());
    const fs::path place = path_of(name);
    // Whole bytes under the name are durable only with the name: so the folder is synchronised in any case. Damaged
    // ones are replaced.
    if (!fetch(name)) {
        if (auto made = make_folders(name); !made) return tl::unexpected(made.error());
        if (auto written = write_and_rename(bytes, place); !written) return tl::unexpected(written.error());
    }
    if (auto durable = synchronise_folder(place.parent_path()); !durable) return tl::unexpected(durable.error());
    return name;
}

Result<Bytes> DirectoryDocuments::fetch(const std::string& sha256_hex) {
    if (auto ok = check_name(sha256_hex); !ok) return tl::unexpected(ok.error());
    const fs::path place = path_of(sha256_hex);
    const File file(::open(place.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open() && errno == ENOENT) return tl::unexpected(unknown_document(sha256_hex));
    if (!file.is_open()) return refused("opening", place);
    auto octets = read_all(file, place);
    if (!octets) return tl::unexpected(octets.error());
    return verified(sha256_hex, Bytes(std::move(*octets)));
}

}  // namespace rightsdesk::documents
