#include "rightsdesk/letters.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <filesystem>

namespace rightsdesk::tools {

base::Result<LetterTemplates> load_letter_templates(const std::string& folder) {
    LetterTemplates templates;
    for (const std::string& word : base::enum_texts<telling::LetterKind>()) {
        std::string text = shipped_letters().at(word);
        std::string name = "the shipped template " + word;
        if (!folder.empty()) {
            const std::string file = folder + "/" + word + ".txt";
            auto own = base::read_file(file);
            if (!own) return tl::unexpected(own.error());
            if (*own) text = std::move(**own), name = file;
        }
        auto read = telling::parse_letter_template(text, name);
        if (!read) return tl::unexpected(read.error());
        templates[*base::enum_from_text<telling::LetterKind>(word)] = std::move(*read);
    }
    return templates;
}

base::Result<> KeptLetters::open() {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error || ::chmod(folder_.c_str(), 0700) != 0) return base::failure(base::ErrorKind::kUnavailable, folder_ + ": cannot be made, or is somebody else's");
    lock_ = base::FileDescriptor(::open((folder_ + "/.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock_) return base::unavailable(folder_ + "/.lock: " + base::system_reason());
    return {};
}

bool KeptLetters::has(const std::string& id) const { return std::filesystem::exists(text_file(id)); }

base::Result<bool> KeptLetters::keep(const std::string& id, const telling::WrittenLetter& letter) const {
    if (has(id)) return false;
    if (::flock(lock_.number(), LOCK_EX) != 0) return base::unavailable(folder_ + "/.lock: " + base::system_reason());
    const auto kept = keep_alone(id, letter);
    (void)::flock(lock_.number(), LOCK_UN);
    return kept;
}

base::Result<bool> KeptLetters::keep_alone(const std::string& id, const telling::WrittenLetter& letter) const {
    if (has(id)) return false;
    const auto pdf = pdf_of(letter);
    if (!pdf) return tl::unexpected(pdf.error());
    // The text last: it says that both are there.
    if (const auto kept = base::replace_file(pdf_file(id), *pdf); !kept) return tl::unexpected(kept.error());
    if (const auto kept = base::replace_file(text_file(id), text_of(letter)); !kept) return tl::unexpected(kept.error());
    if (const auto synced = base::sync_folder(folder_); !synced) return tl::unexpected(synced.error());
    return true;
}

}  // namespace rightsdesk::tools
