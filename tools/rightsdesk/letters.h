// The templates of letters, and the folder in which those that were written are kept.
#pragma once

#include <map>
#include <string>

#include "base/file.h"
#include "rightsdesk/letter_pdf.h"

namespace rightsdesk::tools {

// By kind ("cover_reminder"): the text of deploy/letters, as it was when this was built.
const std::map<std::string, std::string>& shipped_letters();

using LetterTemplates = std::map<telling::LetterKind, telling::LetterTemplate>;

// One for every kind: `folder`/<kind>.txt where there is one, else the shipped one; an empty folder name: all shipped. kInvalid says which is wrong.
base::Result<LetterTemplates> load_letter_templates(const std::string& folder);

// The letters that were written: <id>.txt and <id>.pdf, for their owner's eyes. One is never written a second time, and never changed: what
// was sent is what lies here, whatever becomes of templates and records.
class KeptLetters {
public:
    explicit KeptLetters(std::string folder) : folder_(std::move(folder)) {}

    // Makes the folder.
    base::Result<> open();
    [[nodiscard]] bool has(const std::string& id) const;
    // On the disk when it returns; true when it was not there yet. After a crash between the two files it is written whole. Two processes may: one
    // waits for the other.
    base::Result<bool> keep(const std::string& id, const telling::WrittenLetter& letter) const;
    [[nodiscard]] std::string text_file(const std::string& id) const { return folder_ + "/" + id + ".txt"; }
    [[nodiscard]] std::string pdf_file(const std::string& id) const { return folder_ + "/" + id + ".pdf"; }

private:
    [[nodiscard]] base::Result<bool> keep_alone(const std::string& id, const telling::WrittenLetter& letter) const;

    std::string folder_;
    base::FileDescriptor lock_;
};

}  // namespace rightsdesk::tools
