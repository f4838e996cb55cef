#include "runtime/key_ring.h"

#include <filesystem>
#include <set>

namespace rightsdesk::runtime {

namespace {

std::string path_in(const std::string& folder, const std::string& log) { return folder + "/" + log + ".key"; }

// Another service may be making it: whoever comes second reads what the first made.
base::Result<> save_unless_there(const std::string& path, const wire::SealKey& key) {
    const auto saved = wire::save_seal_key(path, key);
    if (!saved && saved.error().kind != base::ErrorKind::kConflict) return saved;
    return {};
}

base::Result<std::set<std::string>> logs_with_keys(const std::string& folder) {
    std::set<std::string> logs;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        if (at->path().extension() == ".key") logs.insert(at->path().stem());
    }
    if (error) return base::unavailable(folder + ": " + error.message() + ": is the other host's folder mounted?");
    return logs;
}

}  // namespace

base::Result<const wire::SealKey*> KeyRing::key_of(const std::string& log) {
    if (const auto found = keys_.find(log); found != keys_.end()) return &found->second.key;
    const auto key = wire::load_seal_key(path_in(folder_, log));
    if (!key) return tl::unexpected(key.error());
    return &keys_.emplace(log, Held{*key}).first->second.key;
}

base::Result<const wire::SealKey*> KeyRing::key_to_write(const std::string& log) {
    auto key = key_of(log);
    if (!key && key.error().kind == base::ErrorKind::kNotFound) {
        if (const auto made = make(log); !made) return tl::unexpected(made.error());
        key = key_of(log);
    }
    if (!key) return key;
    Held& held = keys_.at(log);
    if (held.mirrored || mirror_.empty() || without_mirror_) return key;
    if (const auto mirrored = mirror(log, held.key); !mirrored) return tl::unexpected(mirrored.error());
    held.mirrored = true;
    return key;
}

bool KeyRing::was_erased(const std::string& log) const {
    std::error_code error;
    return std::filesystem::exists(folder_ + "/" + log + ".erased", error);
}

base::Result<> KeyRing::make(const std::string& log) {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    wire::SealKey key = wire::make_seal_key();
    if (!mirror_.empty() && !without_mirror_) {
        const auto there = wire::load_seal_key(path_in(mirror_, log));
        if (!there && there.error().kind != base::ErrorKind::kNotFound) return tl::unexpected(there.error());
        if (there && was_erased(log)) return base::unavailable(log + ": its sealing key was erased here and is still on the other host (" + path_in(mirror_, log) + "): delete it there too");
        if (there) key = *there;
    }
    return save_unless_there(path_in(folder_, log), key);
}

// Both hosts have the same key, or none of it is used.
base::Result<> KeyRing::mirror(const std::string& log, const wire::SealKey& key) {
    const std::string path = path_in(mirror_, log);
    std::error_code error;
    if (!std::filesystem::is_directory(mirror_, error)) {
        return base::unavailable(mirror_ + " is not there, and the sealing key of " + log + " must be on the other host before it is used: is its folder mounted? " +
                                 "(`rightsdesk replica go-on-without` where two people decide to do without)");
    }
    if (const auto saved = save_unless_there(path, key); !saved) return saved;
    const auto there = wire::load_seal_key(path);
    if (!there) return tl::unexpected(there.error());
    if (there->octets == key.octets) return {};
    return base::failure(base::ErrorKind::kCorrupt, log + ": the hosts have different sealing keys (" + path_in(folder_, log) + " and " + path +
                                                        "): what one has hashed the other would not recognise. Keep the one that the log was written with (runbook, \"Keys\")");
}

base::Result<> KeyRing::must_have(const std::string& log) {
    const auto key = key_of(log);
    if (key) return {};
    if (key.error().kind != base::ErrorKind::kNotFound) return tl::unexpected(key.error());
    if (was_erased(log)) return {};
    return base::unavailable(log + " has records and its sealing key is not on this host (" + path_in(folder_, log) +
                             "). With another key nothing that came before would be recognised: copy it from the host where the offering was opened, or from the " +
                             "backup. Only where it was erased with intent, or is gone for good: touch " + folder_ + "/" + log + ".erased (runbook, \"Erasing personal fields\")");
}

base::Result<std::vector<std::string>> KeyRing::unlike(bool copy) {
    std::vector<std::string> unlike;
    if (mirror_.empty()) return unlike;
    const auto here = logs_with_keys(folder_);
    if (!here) return tl::unexpected(here.error());
    const auto there = logs_with_keys(mirror_);
    if (!there) return tl::unexpected(there.error());
    std::set<std::string> logs = *here;
    logs.insert(there->begin(), there->end());
    for (const std::string& log : logs) {
        const bool ours = here->contains(log), theirs = there->contains(log);
        const std::string& has_it = ours ? folder_ : mirror_;
        const auto key = wire::load_seal_key(path_in(has_it, log));
        if (!key) return tl::unexpected(key.error());
        if (ours && theirs) {
            const auto other = wire::load_seal_key(path_in(mirror_, log));
            if (other && other->octets == key->octets) continue;
        } else if (copy && !was_erased(log)) {
            if (const auto saved = save_unless_there(path_in(ours ? mirror_ : folder_, log), *key); !saved) return tl::unexpected(saved.error());
        }
        unlike.push_back(log + ".key");
    }
    return unlike;
}

}  // namespace rightsdesk::runtime
