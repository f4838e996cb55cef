#include "rightsdesk/gateway_journal.h"

#include <filesystem>

#include "base/file.h"
#include "base/hash.h"
#include "client/journal.h"
#include "rightsdesk/spool.h"
#include "runtime/json.h"
#include "wire/wire.h"

namespace rightsdesk::tools {

namespace {

namespace fs = std::filesystem;

void check_folder(const std::string& folder) {
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) throw Ending{Exit::kUnusable, folder + ": there is no journal; has this gateway ever run here?"};
}

// A writer may be between two writes: then the end looks damaged for a moment.
std::unique_ptr<client::Journal> look(const std::string& folder) {
    constexpr int kAttempts = 3;
    for (int attempt = 1;; ++attempt) {
        auto journal = client::Journal::look(client::DirectoryFiles::look_into(folder));
        if (journal || attempt == kAttempts) return must(std::move(journal));
    }
}

std::string stamp_text(const std::optional<domain::Instant>& stamp) { return stamp ? domain::instant_text(*stamp) : ""; }

struct PrintEntry {
    Session& session;
    std::uint64_t only;

    void operator()(const client::Opening&) const {}
    void operator()(const client::Mark&) const {}
    void operator()(const client::Message& message) const {
        if (only != 0 && message.number != only) return;
        const std::string sha256 = base::sha256_hex(message.bytes.view());
        if (session.json) {
            session.out << runtime::json_line(runtime::Json{{"message", message.number}, {"door", message.door}, {"document", message.label}, {"stamp", stamp_text(message.stamp)},
                                         {"watermark", stamp_text(message.through)}, {"octets", message.bytes.size()}, {"sha256", sha256}}) << "\n";
            return;
        }
        session.out << message.number << "  to " << message.door << "  " << (message.through ? "watermark " + stamp_text(message.through) : message.label + "  " + stamp_text(message.stamp))
                    << "  " << message.bytes.size() << " octets, SHA-256 " << sha256 << "\n";
    }
    void operator()(const client::FiledReceipt& filed) const {
        if (only != 0 && filed.number != only) return;
        const auto reply = wire::decode_reply(filed.bytes);
        const auto* receipt = reply ? std::get_if<domain::Receipt>(&reply->body) : nullptr;
        if (session.json) {
            session.out << runtime::json_line(runtime::Json{{"receipt_of", filed.number}, {"receipt", receipt == nullptr ? runtime::Json() : runtime::to_json(*receipt)}}) << "\n";
            return;
        }
        session.out << filed.number << "  receipt: " << (receipt == nullptr ? "cannot be read" : to_text(receipt->kind) + " " + receipt->subject + " " + receipt->status) << "\n";
    }
};

struct SpoolCounts {
    std::size_t ready = 0;
    std::size_t without_sidecar = 0;
    std::size_t refused = 0;
};

SpoolCounts counts_of(const std::string& folder) {
    const Spool spool = Spool::look_into(folder);
    const auto listing = must(spool.list());
    return {listing.ready.size(), listing.without_sidecar.size(), must(spool.refused()).size()};
}

}  // namespace

Exit show_gateway(Session& session, const std::string& folder, const std::string& spool) {
    check_folder(folder);
    const auto journal = look(folder);
    const auto segments = must(client::segments_of(*client::DirectoryFiles::look_into(folder)));
    std::uintmax_t octets = 0;
    std::size_t settled = 0;
    for (const client::Segment& segment : segments) {
        std::error_code gone;
        const auto size = fs::file_size(folder + "/" + segment.name, gone);
        octets += gone ? 0 : size;
        if (segment.number < journal->needed_from()) ++settled;
    }
    const auto& unsettled = journal->unsettled();
    const std::string watermark = journal->watermark() ? domain::instant_text(*journal->watermark()) : "none told";
    runtime::Json answer{{"source", journal->source()}, {"pending", unsettled.size()}, {"next_number", journal->next_number()},
                         {"watermark", stamp_text(journal->watermark())}, {"segments", segments.size()}, {"segments_settled", settled}, {"octets", octets}};
    if (!unsettled.empty()) answer["oldest"] = {{"number", unsettled.begin()->first}, {"document", unsettled.begin()->second.label}, {"stamp", stamp_text(unsettled.begin()->second.stamp)}};
    if (!spool.empty()) {
        const SpoolCounts counts = counts_of(spool);
        answer["spool"] = {{"ready", counts.ready}, {"without_sidecar", counts.without_sidecar}, {"refused", counts.refused}};
    }
    if (session.json) {
        session.out << runtime::json_text(answer) << "\n";
        return Exit::kGood;
    }
    session.out << journal->source() << "\n";
    print_row(session.out, "pending", std::to_string(unsettled.size()) + " messages without a receipt");
    if (!unsettled.empty()) {
        const auto& [number, message] = *unsettled.begin();
        print_row(session.out, "oldest", std::to_string(number) + " " + message.label + " " + stamp_text(message.stamp));
    }
    print_row(session.out, "next number", std::to_string(journal->next_number()));
    print_row(session.out, "watermark", watermark);
    print_row(session.out, "journal", std::to_string(segments.size()) + " segments, " + std::to_string(octets) + " octets; " + std::to_string(settled) + " may be archived");
    if (!spool.empty()) {
        print_row(session.out, "spool", answer["spool"]["ready"].dump() + " to be taken, " + answer["spool"]["without_sidecar"].dump() + " without a sidecar, " +
                                            answer["spool"]["refused"].dump() + " refused");
    }
    return Exit::kGood;
}

Exit print_journal(Session& session, const std::string& folder, std::uint64_t number) {
    check_folder(folder);
    const auto files = client::DirectoryFiles::look_into(folder);
    const auto segments = must(client::segments_of(*files));
    for (const client::Segment& segment : segments) {
        const auto file = must(files->open(segment.name));
        must(client::walk_segment(*file, files->path_of(segment.name), segment.number == segments.back().number,
                                  [&](const client::Entry& entry, const client::Place&) -> base::Result<> {
                                      std::visit(PrintEntry{session, number}, entry);
                                      return {};
                                  }));
    }
    return Exit::kGood;
}

Exit archive_journal(Session& session, const std::string& folder, const std::string& to) {
    check_folder(folder);
    const auto journal = look(folder);
    std::error_code error;
    fs::create_directories(to, error);
    std::size_t moved = 0;
    for (const client::Segment& segment : must(client::segments_of(*client::DirectoryFiles::look_into(folder)))) {
        if (segment.number >= journal->needed_from()) break;
        const std::string from = folder + "/" + segment.name;
        const std::string target = to + "/" + segment.name;
        const auto octets = must(base::read_file(from));
        if (!octets) throw Ending{Exit::kUnavailable, from + ": it is gone; does another archive it?"};
        const auto there = must(base::read_file(target));
        // The same octets: one that was interrupted before it removed them here.
        if (there && *there != *octets) throw Ending{Exit::kUnusable, target + " is there already; name a folder of this journal's own"};
        if (!there) must(base::replace_file(target, *octets));
        must(base::sync_folder(to));
        fs::remove(from, error);
        if (error) throw Ending{Exit::kUnavailable, from + ": " + error.message()};
        must(base::sync_folder(folder));
        ++moved;
        if (!session.json) session.out << segment.name << "  moved to " << to << "\n";
    }
    if (session.json) session.out << runtime::json_line(runtime::Json{{"moved", moved}, {"to", to}}) << "\n";
    else if (moved == 0) session.out << "nothing to move: the newest segment, and those from the oldest message without a receipt on, are needed\n";
    return Exit::kGood;
}

}  // namespace rightsdesk::tools
