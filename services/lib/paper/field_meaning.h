// What the text that stands for a field means: one door to the readers of dates, numbers, names.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/types.h"

namespace rightsdesk::paper {

enum class Meaning {
    kValue,    // the field was set
    kNothing,  // the text says that there is nothing: empty, "none", "n/a"
    kUnclear,  // something stands there, and nobody can tell what it means
};

// Sets the field of that name from its text, whose lines are apart by "\n"; a choice's text is its value's name. The field must
// be one of NoticeFields.
Meaning set_field(domain::NoticeFields& fields, std::string_view field, std::string_view text);

// Empties the field.
void clear_field(domain::NoticeFields& fields, std::string_view field);

// The field's value as one text, the same for the same value; nothing where it is absent.
std::optional<std::string> value_text(const domain::NoticeFields& fields, std::string_view field);

}  // namespace rightsdesk::paper
