// Dates as people write them on a form.
#pragma once

#include <optional>
#include <string_view>

#include "domain/types.h"

namespace rightsdesk::paper {

struct DatedText {
    domain::Date date;
    std::size_t length = 0;  // of the text that is the date
};

// The date that a text begins with: "June 26, 2002", "26 June 2002", "Jun. 26th 2002", "26-Jun-02", "6/26/02" (month first;
// day first only where the month cannot be), "06.26.2002", "2002-06-26". Two-digit years below 70 are 20xx. Nothing when the
// text begins with none, or the day does not exist.
std::optional<DatedText> read_date_prefix(std::string_view text);

// The same where the text is the date and nothing else but marks and spaces.
std::optional<domain::Date> read_date(std::string_view text);

}  // namespace rightsdesk::paper
