#include "runtime/key_ring.h"

#include <filesystem>

namespace rightsdesk::runtime {

base::Result<const wire::SealKey*> KeyRing::key_of(const std::string& log, bool make) {
    if (const auto found = keys_.find(log); found != keys_.end()) return &found->second;
    const std::string path = folder_ + "/" + log + ".key";
    auto key = wire::load_seal_key(path);
    if (!key && key.error().kind == base::ErrorKind::kNotFound && make) {
        std::error_code error;
        std::filesystem::create_directories(folder_, error);
        // Another service may be making it: whoever comes second reads what the first made.
        const auto made = wire::save_seal_key(path, wire::make_seal_key());
        if (!made && made.error().kind != base::ErrorKind::kConflict) return tl::unexpected(made.error());
        key = wire::load_seal_key(path);
    }
    if (!key) return tl::unexpected(key.error());
    return &keys_.emplace(log, *key).first->second;
}

base::Result<> KeyRing::must_have(const std::string& log) {
    const auto key = key_of(log, false);
    if (key) return {};
    if (key.error().kind != base::ErrorKind::kNotFound) return tl::unexpected(key.error());
    std::error_code error;
    if (std::filesystem::exists(folder_ + "/" + log + ".erased", error)) return {};
    return base::unavailable(log + " has records and its sealing key is not on this host (" + folder_ + "/" + log +
                             ".key). With another key nothing that came before would be recognised: copy it from the host where the offering was opened, or from the " +
                             "backup. Only where it was erased with intent, or is gone for good: touch " + folder_ + "/" + log + ".erased (runbook, \"Erasing personal fields\")");
}

}  // namespace rightsdesk::runtime
