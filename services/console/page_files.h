// The page: files of a folder, read once when the console starts. Nothing in them is secret; whoever has not signed in may have them.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "console/http.h"

namespace rightsdesk::console {

inline constexpr std::size_t kMostPageFiles = 200;
inline constexpr std::size_t kMostPageOctets = 4U * 1024U * 1024U;  // of one

class PageFiles {
public:
    // Every file below the folder with a type that pages have. kInvalid: there is no index.html, or too much.
    static base::Result<PageFiles> load(const std::string& folder);
    void add(const std::string& name, std::string octets);
    // "index.html"; 304 where the peer has it already. 404 where there is none.
    [[nodiscard]] HttpAnswer answer(const std::string& name, const std::string& if_none_match) const;

private:
    struct File {
        std::string octets, type, tag;
    };
    std::map<std::string, File> files_;
};

}  // namespace rightsdesk::console
