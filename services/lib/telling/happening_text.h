// What an event changed, in words: before and after where it has both. No personal data, and no free text that a person typed.
#pragma once

#include <string>

#include "domain/events.h"

namespace rightsdesk::telling {

// "defective (undated) to accepted", "2002-07-01T17:00:00 to 2002-07-02T17:00:00 America/New_York", "$2,000.00 to fax-1.7"; empty where
// the event's name says it all.
std::string text_of(const domain::Event& event);

}  // namespace rightsdesk::telling
