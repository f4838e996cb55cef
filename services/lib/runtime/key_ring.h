// The sealing keys, one a log, each in a file outside the store; erasing the file is the purge of what it sealed. Business keys are hashed
// with it too: with another key in its place the same wire or notice would not be recognised, and count twice.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "wire/seal.h"

namespace rightsdesk::runtime {

class KeyRing {
public:
    // `folder`: "<log>.key" files, mode 0600. Made when missing. `mirror`: such a folder of the other host, mounted here, where a replica is
    // configured; it is never made, for where nothing is mounted a folder would be this host's own. Empty, or the same folder (shared by both
    // hosts): there is none.
    explicit KeyRing(std::string folder, std::string mirror = "") : folder_(std::move(folder)), mirror_(mirror == folder_ ? "" : std::move(mirror)) {}

    // The log's key, to read with. kNotFound when there is none. The pointer holds for the ring's life.
    base::Result<const wire::SealKey*> key_of(const std::string& log);

    // The same, to write with: made, durably, when there is none, and on the other host too before anything rests on it. Several processes
    // may make it at once: one wins, all get the same. Where only the other host has it, it is taken from there. kUnavailable when a disk
    // refuses; kCorrupt when the two hosts have different keys.
    base::Result<const wire::SealKey*> key_to_write(const std::string& log);

    // Two people go on without the replica, or no longer: the other host's folder is not asked for meanwhile.
    void go_without_mirror(bool without) { without_mirror_ = without; }

    // Of a log that has records: that its key is here, or was erased with intent, which the file "<log>.erased" says. Else kUnavailable,
    // with what to do.
    base::Result<> must_have(const std::string& log);

    // What is on one host only, or different ("<log>.key"), with or without `copy`ing it to the other. Empty where there is no mirror.
    base::Result<std::vector<std::string>> unlike(bool copy);

private:
    struct Held {
        wire::SealKey key;
        bool mirrored = false;
    };
    [[nodiscard]] bool was_erased(const std::string& log) const;
    base::Result<> make(const std::string& log);
    base::Result<> mirror(const std::string& log, const wire::SealKey& key);

    std::string folder_, mirror_;
    bool without_mirror_ = false;
    std::map<std::string, Held> keys_;
};

}  // namespace rightsdesk::runtime
