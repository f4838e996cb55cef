// The sample's terms, changed here and there for what is measured.
#pragma once

#include <string>

#include "domain/civil.h"

namespace rightsdesk::benchmark {

inline constexpr const char* kZone = "America/New_York";

class SampleTerms {
public:
    SampleTerms();

    // Throws when the terms do not have what is to be exchanged.
    SampleTerms& with(const std::string& from, const std::string& to);
    // The hour, on this day; the offering may not be extended beyond it. `civil` as "2002-06-28T17:00:00".
    SampleTerms& ending(const std::string& civil);

    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_;
};

// So long from now, in New York, to the second.
std::string civil_in(std::int64_t seconds);

}  // namespace rightsdesk::benchmark
