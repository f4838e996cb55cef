// What recognisers take for something else again and again, put right where nothing else can have stood there: a slash on either
// side of an area code was a bracket. Inside this room. Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace rightsdesk::reading {

// The text as it must have stood there. Never makes one valid value of another: what is only likely stays, for the votes of further
// readings to decide. Lines stay apart by "\n".
std::string mended(std::string_view field, std::string_view text);

// A heavy H that half the rows tore in two, "Iludson" and "Llarbor", and a typewriter's g whose foot is a q's, "Orteqa", where these are no
// words and "Hudson", "Harbor" and "Ortega" are.
std::string with_known_letters(std::string text, const std::function<bool(const std::string&)>& is_word);

}  // namespace rightsdesk::reading
