#include "console/page_files.h"

#include <filesystem>

#include "base/file.h"
#include "base/hash.h"

namespace rightsdesk::console {

namespace {

const std::map<std::string, std::string>& types() {
    static const std::map<std::string, std::string> all = {
        {".html", "text/html; charset=utf-8"}, {".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".json", "application/json"},
        {".svg", "image/svg+xml"},             {".png", "image/png"},               {".ico", "image/x-icon"},                  {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"}, {".mjs", "text/javascript; charset=utf-8"}};
    return all;
}

}  // namespace

void PageFiles::add(const std::string& name, std::string octets) {
    const auto type = types().find(std::filesystem::path(name).extension().string());
    if (type == types().end()) return;
    const std::string tag = '"' + base::sha256_hex(octets).substr(0, 32) + '"';
    files_[name] = {std::move(octets), type->second, tag};
}

base::Result<PageFiles> PageFiles::load(const std::string& folder) {
    PageFiles pages;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const std::string name = std::filesystem::relative(at->path(), folder, error).string();
        if (error || !at->is_regular_file(error) || !types().contains(at->path().extension().string())) continue;
        if (pages.files_.size() == kMostPageFiles) return base::invalid(folder + ": more than " + std::to_string(kMostPageFiles) + " files");
        auto octets = base::read_file(at->path().string());
        if (!octets) return tl::unexpected(octets.error());
        if (!*octets || (*octets)->size() > kMostPageOctets) return base::invalid(at->path().string() + ": cannot be read, or is larger than 4 MiB");
        pages.add(name, std::move(**octets));
    }
    if (!pages.files_.contains("index.html")) return base::invalid(folder + ": there is no index.html" + (error ? ": " + error.message() : ""));
    return pages;
}

HttpAnswer PageFiles::answer(const std::string& name, const std::string& if_none_match) const {
    const auto found = files_.find(name);
    if (found == files_.end()) return error_answer(404, "not_found", "there is no such page");
    const File& file = found->second;
    HttpAnswer answer{200, file.type, {}, {{"ETag", file.tag}, {"Cache-Control", "no-cache"}}};
    if (if_none_match == file.tag) answer.status = 304;
    else answer.body = file.octets;
    return answer;
}

}  // namespace rightsdesk::console
