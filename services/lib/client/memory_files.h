// A disk in memory, for tests: what a crash leaves of it, when it is full, and what was done to it in which order.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "client/journal_files.h"

namespace rightsdesk::client {

// Outlives the journals on it, as a disk does.
class MemoryDisk {
public:
    struct Content {
        std::string octets;
        std::size_t durable = 0;  // how much of it a crash leaves at least
    };
    std::map<std::string, Content> files;
    std::size_t room = static_cast<std::size_t>(-1);  // octets that it still takes; then it is full
    bool syncs_fail = false;
    std::size_t syncs = 0;
    std::function<void()> on_sync;  // called when something is about to become durable

    // Everything that was not synchronised is gone, but for `torn` octets of it in each file.
    void crash(std::size_t torn = 0);
    [[nodiscard]] std::size_t octets() const;
};

class MemoryFiles final : public JournalFiles {
public:
    explicit MemoryFiles(MemoryDisk& disk) : disk_(disk) {}
    base::Result<std::vector<std::string>> list() override;
    base::Result<std::unique_ptr<JournalFile>> open(const std::string& name) override;
    [[nodiscard]] std::string path_of(const std::string& name) const override { return "memory/" + name; }

private:
    MemoryDisk& disk_;
};

}  // namespace rightsdesk::client
