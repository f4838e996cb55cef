// A small book of a process' own, for what must be kept while the store is away: alerts and sendings, in a file. Nothing in it is personal. Whoever holds
// the lock beside the file writes; anybody may read.
//
// FILE has a line for each change: the states of what it wrote, in hex, encoded as the store has them; the last state of an entity counts. So a line
// that a crash tore off, or that a full disk refused, spoils no other. When the file has grown large it is begun anew with what is open still, and
// the one before is kept as FILE.before: it is bounded.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "domain/book.h"

namespace rightsdesk::runtime {

inline constexpr std::size_t kMostKeptOctets = 4U * 1024U * 1024U;  // then it is begun anew

class KeptBook {
public:
    // `log`: what the book calls itself. Nothing while another process holds it. kUnavailable: the folder cannot be used.
    static base::Result<std::optional<KeptBook>> open(const std::string& file, const std::string& log);

    // In memory alone, where the folder cannot be used: nothing of it is kept.
    static KeptBook without_file(const std::string& file, const std::string& log) { return {file, log}; }

    [[nodiscard]] const domain::Book& book() const { return *book_; }

    // Into the book in any case, for whoever goes on from it; and on the disk when it returns. Else kUnavailable, and why.
    base::Result<> append(const std::vector<domain::Event>& events);

private:
    KeptBook(std::string file, const std::string& log) : path_(std::move(file)), book_(std::make_unique<domain::Book>(log)) {}
    base::Result<> open_file();
    base::Result<> begin_anew();

    std::string path_;
    std::unique_ptr<domain::Book> book_;
    base::FileDescriptor lock_;
    base::FileDescriptor file_;
    std::size_t octets_ = 0;
};

// What the files of a kept book hold, the older first; none where there is no file. Lines that cannot be read are left out.
std::vector<std::unique_ptr<domain::Book>> read_kept_books(const std::string& file, const std::string& log);

// Where notification keeps what it tells of the desk's own troubles.
inline std::string troubles_file(const std::string& run_folder) { return run_folder + "/troubles.book"; }

}  // namespace rightsdesk::runtime
