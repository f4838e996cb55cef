// The form: the text of a filled-in notice of guaranteed delivery (as a fax gateway's text layer hands it over) to its
// fields. Nothing is guessed: what cannot be read for certain is absent, and its text is kept beside it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/types.h"

namespace rightsdesk::paper {

inline constexpr std::size_t kMaxFormOctets = 256U * 1024U;

struct Reading {
    domain::NoticeFields fields;
    // The form's own words for each field that something stands for; several where two boxes are ticked.
    std::map<std::string, std::vector<std::string>> read_from;
    std::vector<std::string> missing;  // names of fields to be filled in and not found, in the order of NoticeFields
};

// kInvalid, with the reason, for what cannot be a notice of guaranteed delivery for rights: empty or too large, no text, or
// the words of such a form are not in it (a tender offer's notice has the same title and is not ours). Takes time linear
// in the text. Pure; any thread may call.
base::Result<Reading> parse_form(std::string_view text);

}  // namespace rightsdesk::paper
