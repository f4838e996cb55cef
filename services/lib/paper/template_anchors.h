// Where a form's own words stand on a sheet, by which its blanks are found. Inside this room.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "paper/form_template.h"
#include "paper/sheet.h"
#include "paper/span.h"
#include "paper/word_stream.h"

namespace rightsdesk::paper {

// What of the form's own words was found: offsets of the stream.
struct Anchors {
    std::vector<Span> own;                         // all of it
    std::map<std::string, Span> sections;          // by name
    std::vector<std::vector<Span>> labels;         // of each field
    std::vector<std::vector<std::optional<Span>>> untils;
    std::vector<std::vector<std::optional<Span>>> options;  // of each choice
};

// Of the words that `stream` was made of. Linear in these, times the number of rules of the template.
Anchors find_anchors(const FormTemplate& form, const WordStream& stream, const std::vector<SheetWord>& words);

// Parts words in which the form's own end and a value begins ("institution:Coastline"), so that each is one or the other. Whether there
// were any: the stream is another then.
bool part_words(std::vector<SheetWord>& words, const WordStream& stream, const std::vector<Span>& own);

}  // namespace rightsdesk::paper
