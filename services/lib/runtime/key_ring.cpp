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

}  // namespace rightsdesk::runtime
