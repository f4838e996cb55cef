// The end of Redis' append-only file, as a crash leaves it: before Redis is started on it.
//
// Redis 7.0.15 cuts a file that ends within a transaction behind the last whole command of it, not before the transaction
// (aof-load-truncated yes). What it commits next then stands inside of the torn transaction, and from the second start on half of what
// nobody was told of is there and what was acknowledged after it is not. So the setting is off, Redis does not start on such a file, and
// what was torn is cut off here, before its transaction.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace rightsdesk::store {

struct AppendOnlyTail {
    std::string file;              // the last of the append-only files; empty: there is none yet
    std::uint64_t whole = 0;       // octets that end with a whole command or transaction
    std::uint64_t torn = 0;        // octets behind these
    std::string kept_as = {};      // where what was torn is kept
};

// `redis_folder` is Redis' `dir`; nobody writes there meanwhile. Reads the file once, cuts what is torn, keeps it beside, and has both on
// the disk when it returns. kCorrupt, and nothing is changed: it is damaged before its end, or a transaction begins within another, which
// is what Redis made of a torn file at an earlier start. kUnavailable: it cannot be read or written.
base::Result<AppendOnlyTail> mend_append_only_tail(const std::string& redis_folder);

}  // namespace rightsdesk::store
