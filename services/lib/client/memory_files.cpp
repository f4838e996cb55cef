#include "client/memory_files.h"

#include <algorithm>

namespace rightsdesk::client {

namespace {

class MemoryFile final : public JournalFile {
public:
    MemoryFile(MemoryDisk& disk, MemoryDisk::Content& content) : disk_(disk), content_(content) {}

    base::Result<> append(std::string_view octets) override {
        const std::size_t taken = std::min(octets.size(), disk_.room);
        content_.octets.append(octets.substr(0, taken));
        disk_.room -= taken;
        return taken == octets.size() ? base::Result<>() : base::Result<>(base::unavailable("the disk in memory is full"));
    }
    base::Result<> sync() override {
        if (disk_.syncs_fail) return base::unavailable("the disk in memory does not synchronise");
        if (disk_.on_sync) disk_.on_sync();
        ++disk_.syncs;
        content_.durable = content_.octets.size();
        return {};
    }
    base::Result<std::string> read(std::uint64_t offset, std::size_t limit) override {
        return offset >= content_.octets.size() ? std::string() : content_.octets.substr(offset, limit);
    }
    base::Result<> cut(std::uint64_t size) override {
        if (disk_.syncs_fail) return base::unavailable("the disk in memory does not synchronise");
        disk_.room += content_.octets.size() - size;
        content_.octets.resize(size);
        content_.durable = size;
        return {};
    }
    base::Result<std::uint64_t> size() override { return content_.octets.size(); }

private:
    MemoryDisk& disk_;
    MemoryDisk::Content& content_;
};

}  // namespace

void MemoryDisk::crash(std::size_t torn) {
    for (auto& [name, content] : files) {
        content.octets.resize(std::min(content.octets.size(), content.durable + torn));
        content.durable = content.octets.size();
    }
}

std::size_t MemoryDisk::octets() const {
    std::size_t all = 0;
    for (const auto& [name, content] : files) all += content.octets.size();
    return all;
}

base::Result<std::vector<std::string>> MemoryFiles::list() {
    std::vector<std::string> names;
    names.reserve(disk_.files.size());
    for (const auto& [name, content] : disk_.files) names.push_back(name);
    return names;
}

base::Result<std::unique_ptr<JournalFile>> MemoryFiles::open(const std::string& name) { return std::make_unique<MemoryFile>(disk_, disk_.files[name]); }

}  // namespace rightsdesk::client
