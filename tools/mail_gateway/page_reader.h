// The port to whatever reads pages: a PDF or TIFF to the fields of a notice, or why not.
#pragma once

#include <string>

#include "base/bytes.h"
#include "domain/types.h"
#include "base/describe.h"

namespace rightsdesk::mail_gateway {

RIGHTSDESK_ENUM(PageVerdict, kRead, kNeedsKeying, kNotOurs, kNotANotice, kUnread)

struct PageReading {
    PageVerdict verdict = PageVerdict::kUnread;
    std::string reason;              // of every verdict but kRead
    std::string layout = {};         // which form it was recognised as
    domain::NoticeFields fields = {};  // kRead: all; kNeedsKeying: those that are certain
    std::int32_t pages = 1;
};

class PageReader {
public:
    virtual ~PageReader() = default;
    // Never fails: what cannot be read is kUnread, with the reason. `media_type`: "application/pdf" or "image/tiff". May take minutes.
    virtual PageReading read(const base::Bytes& document, const std::string& media_type) = 0;
};

}  // namespace rightsdesk::mail_gateway
