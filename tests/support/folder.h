// A folder of a test's own among the temporary ones, gone with it.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace rightsdesk::support {

class Folder {
public:
    // `name` is for whoever finds it there. Throws when it cannot be made.
    explicit Folder(const std::string& name = "test") {
        std::string path = (std::filesystem::temp_directory_path() / ("rightsdesk-" + name + "-XXXXXX")).string();
        if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder for the test: " + path);
        path_ = path;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] std::string path() const { return path_.string(); }
    [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

}  // namespace rightsdesk::support
