// The disk as a journal needs it: files of one folder that grow, are made durable, and are cut. A port, so that tests decide
// what a crash or a full disk leaves: DirectoryFiles here, MemoryFiles in memory_files.h.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"

namespace rightsdesk::client {

class JournalFile {
public:
    virtual ~JournalFile() = default;
    // Written at the end. After a failure any part of it may be there.
    virtual base::Result<> append(std::string_view octets) = 0;
    // Everything appended is on the disk when it returns. After a failure nothing is known of what was appended since the
    // last success; asking again proves nothing: cut it off and append it again.
    virtual base::Result<> sync() = 0;
    // What lies at `offset`, at most `limit` octets; empty at the end.
    virtual base::Result<std::string> read(std::uint64_t offset, std::size_t limit) = 0;
    // Durably without what lies behind `size`.
    virtual base::Result<> cut(std::uint64_t size) = 0;
    virtual base::Result<std::uint64_t> size() = 0;
};

class JournalFiles {
public:
    virtual ~JournalFiles() = default;
    virtual base::Result<std::vector<std::string>> list() = 0;
    // Opened to read and to append; made when missing, and its name is durable then.
    virtual base::Result<std::unique_ptr<JournalFile>> open(const std::string& name) = 0;
    // "/var/spool/fax-1/journal/00000001.journal": for messages.
    [[nodiscard]] virtual std::string path_of(const std::string& name) const = 0;
};

// A folder on the disk. It belongs to one process at a time: a lock file in it says so.
class DirectoryFiles final : public JournalFiles {
public:
    // Made when missing. kUnavailable when the disk refuses or another process has it.
    static base::Result<std::unique_ptr<DirectoryFiles>> open_folder(const std::string& folder);
    // The same to look only: no lock, nothing is made. Whoever appends to it meanwhile is not disturbed.
    static std::unique_ptr<DirectoryFiles> look_into(const std::string& folder);

    base::Result<std::vector<std::string>> list() override;
    base::Result<std::unique_ptr<JournalFile>> open(const std::string& name) override;
    [[nodiscard]] std::string path_of(const std::string& name) const override { return folder_ + "/" + name; }

private:
    DirectoryFiles(std::string folder, base::FileDescriptor lock) : folder_(std::move(folder)), lock_(std::move(lock)) {}
    std::string folder_;
    base::FileDescriptor lock_;
};

}  // namespace rightsdesk::client
