// What stands on a document's pages, as the reader says it. A port: whoever gets it from another process needs nothing of the reader.
#pragma once

#include <string>
#include <vector>

#include "domain/reading.h"

namespace rightsdesk::reading {

// kRead: every field that was filled in is certain. kNeedsKeying: a notice of ours, and something on it is not certain. kNotOurs: a
// notice of another kind, as a tender offer's.
RIGHTSDESK_ENUM(Verdict, kRead, kNeedsKeying, kNotOurs, kNotANotice)

inline constexpr const char* kFormItself = "form_itself";  // the layout whose text the form's own reader (paper/form.h) knows better

struct PageReading {
    Verdict verdict = Verdict::kNotANotice;
    std::string reason = {};                         // for a person: why it needs keying, or is not ours; empty when read
    std::string layout = {};                         // the template chosen; empty when none
    domain::NoticeFields fields = {};                // only what is above its field's threshold
    std::vector<domain::ReadField> readings = {};    // of every field that something stands for, in the order of NoticeFields
    std::vector<std::string> missing = {};           // fields of this layout that are below the threshold or were not found
    std::string text = {};                           // the text layer of all pages
    RIGHTSDESK_DESCRIBE(PageReading, verdict, reason, layout, fields, readings, missing, text)
};

}  // namespace rightsdesk::reading
