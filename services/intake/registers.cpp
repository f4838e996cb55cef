#include "intake/registers.h"

#include <algorithm>
#include <sstream>

#include "terms/register_file.h"

namespace rightsdesk::intake {

namespace {

constexpr std::size_t kMostLoaded = 16;  // registers in memory at a time: the one asked for longest ago makes room

}  // namespace

base::Result<const domain::RegisterIndex*> Registers::of(const domain::Book& book) {
    const domain::HolderRegister* known = book.holder_register();
    if (known == nullptr) return nullptr;
    return read(book.log(), known->parts);
}

base::Result<const domain::RegisterIndex*> Registers::read(const domain::OfferingId& offering, const std::vector<std::string>& parts) {
    ++calls_;
    if (const auto found = loaded_.find(offering); found != loaded_.end() && found->second.parts == parts) {
        found->second.asked = calls_;
        return found->second.index.get();
    }
    terms::RegisterReader reader("register");
    for (const std::string& part : parts) {
        const auto bytes = documents_.fetch(part);
        if (!bytes) return tl::unexpected(bytes.error());
        std::istringstream text(std::string(bytes->view()));
        if (const auto read = reader.read(text); !read) return tl::unexpected(read.error());
    }
    auto index = reader.finish();
    if (!index) return tl::unexpected(index.error());
    Loaded& loaded = loaded_[offering];
    loaded = {parts, std::move(*index), calls_};
    const domain::RegisterIndex* made = loaded.index.get();
    make_room();
    return made;
}

void Registers::make_room() {
    if (loaded_.size() <= kMostLoaded) return;
    loaded_.erase(std::min_element(loaded_.begin(), loaded_.end(), [](const auto& left, const auto& right) { return left.second.asked < right.second.asked; }));
}

}  // namespace rightsdesk::intake
