// A letter's template: plain text with words in braces.
//
//     subject: Your notice {notice} is received
//     to: holder                                   (holder or guarantor; where there is no guarantor the holder)
//
//     We have received ...                         (paragraphs are filled; a line that begins with a blank stays as it is)
#pragma once

#include "telling/letters.h"

namespace rightsdesk::telling {

inline constexpr std::size_t kMaxTemplateOctets = 64U * 1024U;

RIGHTSDESK_ENUM(Addressee, kHolder, kGuarantor)

struct LetterTemplate {
    std::string subject;
    Addressee to = Addressee::kHolder;
    std::string body;
};

// kInvalid, with `name` and what is wrong: no subject, an unknown addressee, a word that no letter has, a brace that is not closed.
base::Result<LetterTemplate> parse_letter_template(const std::string& text, const std::string& name);

// A letter as it is sent: its address, and its paragraphs as lines that are not broken yet.
struct WrittenLetter {
    std::string from, date, subject;
    std::vector<std::string> address;
    std::vector<std::string> lines;
};
WrittenLetter write_letter(const Letter& letter, const LetterTemplate& filled_in);

// As plain text, UTF-8, broken at 78 columns.
std::string text_of(const WrittenLetter& letter);

// `line` in pieces that are no wider than `fits` says; a word that is wider alone is cut. What a broken line is indented by stays.
std::vector<std::string> broken(const std::string& line, const std::function<bool(const std::string&)>& fits);

}  // namespace rightsdesk::telling
