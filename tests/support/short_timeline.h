// A timeline of a test's own, over the sample's terms and its notices: short enough to be read beside what it leads to.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

#include "rightsdesk/timeline.h"
#include "support/files.h"
#include "support/folder.h"

namespace rightsdesk::support {

inline constexpr const char* kOpenedOnTheThird = R"(offering = "rare-medium-2002"
zone = "America/New_York"

[[step]]
at = "2002-06-03T09:00:00"
by = "alice"
do = "open_offering"
terms = "terms.toml"
)";

// Two people approve what payment clearing computed, one after the other: a piece of a timeline.
inline std::string approved_by_two(const std::string& proposal, const std::string& first_at, const std::string& second_at) {
    std::string steps;
    for (const auto& [person, at] : {std::pair("alice", first_at), std::pair("bob", second_at)}) {
        steps += "\n[[step]]\nat = \"" + at + "\"\nby = \"" + person + "\"\ndo = \"approve\"\nproposal = \"" + proposal + "\"\ndoor = \"payment_clearing\"\n";
    }
    return steps;
}

// The offering is opened on 3 June by its terms, the sample's with "from" replaced by "to"; then come the `steps`, which may name every
// notice of the sample's. Throws when it cannot be used.
inline tools::Timeline short_timeline(const std::string& steps, const std::string& from = "", const std::string& to = "") {
    const std::filesystem::path sample = std::filesystem::path(RIGHTSDESK_SOURCE_DIR) / "tools/sample";
    const Folder folder("timeline");
    std::string terms = text_of_file(sample / "terms.toml");
    if (!from.empty() && terms.find(from) == std::string::npos) throw std::runtime_error("the sample's terms do not say " + from);
    write_file(folder / "terms.toml", from.empty() ? terms : replaced(terms, from, to));
    write_file(folder / "timeline.toml", kOpenedOnTheThird + steps);
    for (const auto& notice : std::filesystem::directory_iterator(sample / "notices")) std::filesystem::copy_file(notice.path(), folder / notice.path().filename().string());
    auto loaded = tools::load_timeline(folder.file("timeline.toml"));  // reads the files that it names
    if (!loaded) throw std::runtime_error(loaded.error().message);
    return std::move(*loaded);
}

}  // namespace rightsdesk::support
