// Verification: state equals the fold of its log. Reads only.
#pragma once

#include <string>
#include <vector>

#include "base/describe.h"
#include "base/result.h"
#include "heads/signed_head.h"
#include "store/store.h"

namespace rightsdesk::tools {

struct Verification {
    std::string log;
    std::uint64_t records = 0;
    std::uint64_t entities = 0;
    std::uint64_t identities = 0;
    std::uint64_t signed_heads = 0;     // of the auditor's, held against the log
    std::vector<std::string> problems;  // the first bad record, or all that differs beside a good log; at most kMaxProblems
    RIGHTSDESK_DESCRIBE(Verification, log, records, entities, identities, signed_heads, problems)
};

inline constexpr std::size_t kMaxProblems = 100;

// Checks the chain and every digest, folds the log from record 1, and compares every stored state (bytes and version),
// business key, identity and cursor, and both equations of the books. Each signed head must lie in the log: so one that was cut
// short, exchanged or written anew is found, though it agrees with itself. The desk may be at work meanwhile.
// An error means that it could not be read.
base::Result<Verification> verify_log(store::Store& store, const std::string& log, const std::vector<heads::SignedHead>& signed_heads = {});

}  // namespace rightsdesk::tools
