// Files of a test, whole.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace rightsdesk::support {

// Throws when it cannot be read.
inline std::string text_of_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// With mode 0600, as keys and settings are. Throws when it cannot be written.
inline void write_file(const std::filesystem::path& path, const std::string& text) {
    // There whole or not at all: a command may read the configuration at that moment.
    const std::filesystem::path part = path.string() + ".part";
    std::ofstream file(part, std::ios::binary);
    file << text;
    if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
    std::filesystem::permissions(part, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    std::filesystem::rename(part, path);
}

// In the place of a folder lies a file: nothing can be put into it, until it is mended.
inline void break_folder(const std::filesystem::path& folder) {
    std::filesystem::rename(folder, folder.string() + ".away");
    write_file(folder, "");
}
inline void mend_folder(const std::filesystem::path& folder) {
    std::filesystem::remove(folder);
    std::filesystem::rename(folder.string() + ".away", folder);
}

// Every `from` in the text replaced by `to`.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
    return text;
}

}  // namespace rightsdesk::support
