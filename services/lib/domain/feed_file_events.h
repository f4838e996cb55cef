// What became of a bank's file that a feed could not take. The rest of what happens is in events.h, which includes this.
#pragma once

#include "domain/commands.h"

namespace rightsdesk::domain {

// ---- the desk's log; payment clearing ----

struct FileSetAside {            // nothing of it was sent: what the bank told in it is not in the books
    std::string source;          // the feed
    std::string file;
    std::string sha256;          // hex, of its octets
    std::string why;
    RIGHTSDESK_DESCRIBE(FileSetAside, source, file, sha256, why)
};

struct FileTaken {               // one that was set aside before
    std::string source;
    std::string file;
    std::string sha256;
    RIGHTSDESK_DESCRIBE(FileTaken, source, file, sha256)
};

}  // namespace rightsdesk::domain
