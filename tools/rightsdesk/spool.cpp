#include "rightsdesk/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

#include "documents/documents.h"
#include "domain/natural_order.h"

namespace rightsdesk::tools {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSidecar = ".json";
constexpr std::size_t kMaxNameOctets = 160;
constexpr int kMostOfOneName = 1'000;

base::Error error_at(const std::string& path) { return {base::ErrorKind::kUnavailable, path + ": " + base::system_reason()}; }

bool is_there(const std::string& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

base::Result<std::string> text_of(const std::string& path, std::size_t limit) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) return base::unavailable(path + ": " + error.message());
    if (size > limit) return base::invalid("it has " + std::to_string(size) + " octets; " + std::to_string(limit) + " are allowed");
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    if (!file || text.size() != size) return base::unavailable(path + ": cannot be read");
    return text;
}

base::Result<domain::Instant> file_time(const std::string& path) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0) return tl::unexpected(error_at(path));
    return domain::Instant(static_cast<std::int64_t>(facts.st_mtim.tv_sec) * 1'000'000'000 + facts.st_mtim.tv_nsec);
}

// What a producer is still writing, and what is nobody's document.
bool is_passed_over(const std::string& name) { return name.starts_with(".") || name.ends_with(".part") || name.ends_with(".tmp"); }

base::Result<std::set<std::string>> files_in(const std::string& folder) {
    std::set<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code gone;
        if (entry->is_regular_file(gone) && !is_passed_over(entry->path().filename().string())) names.insert(entry->path().filename().string());
    }
    if (error) return base::unavailable(folder + ": " + error.message());
    return names;
}

}  // namespace

base::Result<Spool> Spool::open(const std::string& folder) {
    std::error_code error;
    for (const char* part : {"in", "sent", "receipts", "refused"}) {
        fs::create_directories(folder + "/" + part, error);
        if (error) return base::unavailable(folder + "/" + part + ": " + error.message());
    }
    auto lock = base::hold_lock(folder + "/lock");
    if (!lock) return tl::unexpected(lock.error());
    if (!*lock) return base::unavailable(folder + ": another gateway works on this spool");
    return Spool(folder, std::move(**lock));
}

base::Result<SpoolListing> Spool::list() const {
    const auto names = files_in(folder_ + "/in");
    if (!names) return tl::unexpected(names.error());
    SpoolListing listing;
    for (const std::string& name : *names) {
        if (name.ends_with(kSidecar)) listing.ready.push_back(name.substr(0, name.size() - std::strlen(kSidecar)));
        else if (!names->contains(name + kSidecar)) listing.without_sidecar.push_back(name);
    }
    std::sort(listing.ready.begin(), listing.ready.end(), domain::natural_less);
    return listing;
}

base::Result<std::vector<std::string>> Spool::refused() const {
    const auto names = files_in(folder_ + "/refused");
    if (!names) return tl::unexpected(names.error());
    std::vector<std::string> refused;
    for (const std::string& name : *names) {
        if (!name.ends_with(".reason.txt") && !(name.ends_with(kSidecar) && names->contains(name.substr(0, name.size() - std::strlen(kSidecar))))) refused.push_back(name);
    }
    return refused;
}

base::Result<SpoolItem> Spool::read(const std::string& name, const std::string& source) const {
    if (name.empty() || name.size() > kMaxNameOctets) return base::invalid("a name has 1 to " + std::to_string(kMaxNameOctets) + " octets");
    const std::string sidecar_path = in(name) + kSidecar;
    const auto sidecar = text_of(sidecar_path, kMaxSidecarOctets);
    if (!sidecar) return tl::unexpected(sidecar.error());
    std::optional<base::Bytes> document;
    if (is_there(in(name))) {
        auto text = text_of(in(name), documents::kMaxDocumentOctets);
        if (!text) return tl::unexpected(text.error());
        document = base::Bytes(std::move(*text));
    }
    const auto written = file_time(document ? in(name) : sidecar_path);
    if (!written) return tl::unexpected(written.error());
    return read_sidecar(*sidecar, document, *written, source);
}

// The document first: as long as the sidecar is in in/, the moving is not over.
base::Result<> Spool::move_to_sent(const std::string& name, const std::string& id) const {
    if (is_there(in(name)) && !is_there(sent(name, id))) {
        if (const auto moved = base::rename_file(in(name), sent(name, id)); !moved) return moved;
    }
    return is_there(in(name) + kSidecar) ? base::rename_file(in(name) + kSidecar, sent(name, id) + kSidecar) : base::Result<>();
}

bool Spool::is_sent(const std::string& name, const std::string& id) const { return is_there(sent(name, id) + kSidecar); }
bool Spool::is_half_sent(const std::string& name, const std::string& id) const { return is_there(sent(name, id)) && !is_sent(name, id); }

base::Result<> Spool::sync_moves() const {
    if (const auto synced = base::sync_folder(folder_ + "/sent"); !synced) return synced;
    return base::sync_folder(folder_ + "/in");
}

base::Result<> Spool::refuse(const std::string& name, const std::string& why) const {
    std::string as = name;
    const auto taken = [&] { return is_there(folder_ + "/refused/" + as) || is_there(folder_ + "/refused/" + as + kSidecar); };
    for (int attempt = 2; taken() && attempt < kMostOfOneName; ++attempt) as = name + "." + std::to_string(attempt);
    if (taken()) return base::unavailable(folder_ + "/refused/" + name + ": too many of that name");
    const std::string to = folder_ + "/refused/" + as;
    // The reason first, so that nothing lies there without one.
    if (const auto written = base::replace_file(to + ".reason.txt", why + "\n"); !written) return written;
    if (is_there(in(name))) {
        if (const auto moved = base::rename_file(in(name), to); !moved) return moved;
    }
    if (const auto moved = base::rename_file(in(name) + kSidecar, to + kSidecar); !moved) return moved;
    if (const auto synced = base::sync_folder(folder_ + "/refused"); !synced) return synced;
    return base::sync_folder(folder_ + "/in");
}

// The name alone for the first; where that is another's, with the id.
std::string Spool::receipt_path(const SpoolReceipt& receipt) const {
    const std::string plain = folder_ + "/receipts/" + receipt.name + ".receipt.json";
    std::error_code error;
    const auto size = fs::file_size(plain, error);
    if (error) return plain;
    std::ifstream file(plain, std::ios::binary);
    std::string text(static_cast<std::size_t>(size), '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    return text == receipt.text ? plain : folder_ + "/receipts/" + receipt.name + "." + receipt.id + ".receipt.json";
}

base::Result<> Spool::keep_receipts(const std::vector<SpoolReceipt>& receipts) const {
    for (const SpoolReceipt& receipt : receipts) {
        if (const auto written = base::replace_file(receipt_path(receipt), receipt.text); !written) return written;
    }
    return base::sync_folder(folder_ + "/receipts");
}

}  // namespace rightsdesk::tools
