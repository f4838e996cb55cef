#include "rightsdesk/kept_receipts.h"

#include <filesystem>

#include "base/file.h"
#include "client/journal.h"
#include "wire/wire.h"

namespace rightsdesk::tools {

namespace {

namespace fs = std::filesystem;

base::Result<> visit_reply(const std::string& where, const base::Bytes& bytes, const VisitReceipt& visit) {
    const auto reply = wire::decode_reply(bytes);
    const auto* receipt = reply ? std::get_if<domain::Receipt>(&reply->body) : nullptr;
    return receipt == nullptr ? base::Result<>() : visit(where, *receipt);
}

base::Result<> visit_file(const std::string& path, const VisitReceipt& visit) {
    auto octets = base::read_file(path);
    if (!octets) return tl::unexpected(octets.error());
    return *octets ? visit_reply(path, base::Bytes(std::move(**octets)), visit) : base::Result<>();
}

base::Result<> visit_journal(const std::string& folder, const VisitReceipt& visit) {
    const auto files = client::DirectoryFiles::look_into(folder);
    const auto segments = client::segments_of(*files);
    if (!segments) return tl::unexpected(segments.error());
    for (const client::Segment& segment : *segments) {
        const auto file = files->open(segment.name);
        if (!file) return tl::unexpected(file.error());
        const std::string path = files->path_of(segment.name);
        const auto walked = client::walk_segment(**file, path, segment.number == segments->back().number, [&](const client::Entry& entry, const client::Place&) -> base::Result<> {
            const auto* filed = std::get_if<client::FiledReceipt>(&entry);
            return filed == nullptr ? base::Result<>() : visit_reply(path + " number " + std::to_string(filed->number), filed->bytes, visit);
        });
        if (!walked) return tl::unexpected(walked.error());
    }
    return {};
}

}  // namespace

base::Result<> each_kept_receipt(const std::string& outboxes, const VisitReceipt& visit) {
    std::error_code error;
    for (fs::recursive_directory_iterator entry(outboxes, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code gone;
        const bool journal = entry->path().filename() == "journal" && entry->is_directory(gone);
        const bool receipt = entry->path().extension() == ".receipt";
        const std::string path = entry->path().string();
        if (const auto seen = journal ? visit_journal(path, visit) : receipt ? visit_file(path, visit) : base::Result<>(); !seen) return seen;
    }
    if (error && error != std::errc::no_such_file_or_directory) return base::unavailable(outboxes + ": " + error.message());
    return {};
}

}  // namespace rightsdesk::tools
