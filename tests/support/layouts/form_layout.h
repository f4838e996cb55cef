// A blank form as data: its words, with a mark at each blank.
//
//     !TEXT       a line of its own, centred and bold          ^TEXT   centred
//     =TEXT       bold, at the margin                          ~N      N points of nothing
//     ---         a new sheet                                  %       an empty comment: nothing
//     @NAME TEXT  a check box, and its paragraph beside it     >TEXT   one row under such a paragraph
//     :A || B     a row in columns                             ;A || B small captions centred under the row above
//     .TEXT       a paragraph without indent                   TEXT    a paragraph, up to an empty line or another mark
//
// Within: {NAME} is a value that the company printed, or in a row what a person writes; {NAME|N} a rule of at least N letters in the
// prose; {NAME|*} a rule as long as there is room; {box:NAME} a check box.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rightsdesk::support {

struct FormLayout {
    std::string_view name;                           // as a file name and an option
    std::string_view what;                           // for a person
    bool ours = true;                                // false: it has the title, and is of something else
    std::optional<std::int32_t> guarantee_days = {};  // as its prose says
    std::string_view text;
};

// All of them, the form itself first.
const std::vector<FormLayout>& form_layouts();
// Null where there is none of that name.
const FormLayout* layout_named(std::string_view name);
// The names of its blanks, of boxes with "box:" before.
std::set<std::string> blanks_of(const FormLayout& layout);

}  // namespace rightsdesk::support
