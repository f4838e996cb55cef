// The sample offering of tools/sample, and what it comes to when nothing disturbs it: what every disturbed run must come to as well.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "rightsdesk/timeline.h"
#include "support/suite_in_process.h"

namespace rightsdesk::support {

inline const std::string kSample = "rare-medium-2002";
inline const std::string kSampleFolder = std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample";

inline const tools::Timeline& sample_timeline() {
    static const tools::Timeline timeline = [] {
        auto loaded = tools::load_timeline(kSampleFolder + "/timeline.toml");
        if (!loaded) throw std::runtime_error(loaded.error().message);
        return std::move(*loaded);
    }();
    return timeline;
}

// As the suite in one process reports it.
inline const std::string& undisturbed_report() {
    static const std::string text = [] {
        SuiteInProcess suite;
        suite.play(sample_timeline());
        return suite.report(kSample);
    }();
    return text;
}

}  // namespace rightsdesk::support
