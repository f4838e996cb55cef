// The order in which a person expects ids: numbers in them count as numbers, "bank-1.2" before "bank-1.10".
#pragma once

#include <string_view>

namespace rightsdesk::domain {

// Whether `left` comes before `right`. Runs of digits are compared by what they are worth, however long they are; the rest
// letter by letter. A strict order of all texts: those that differ in leading noughts only ("a.01", "a.1") are told apart
// by their letters. Pure; safe from every thread.
bool natural_less(std::string_view left, std::string_view right);

}  // namespace rightsdesk::domain
