// The chain that makes a log tamper-evident: every record carries a link over the previous link, its number and its digest.
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace rightsdesk::store {

// hex SHA-1 of "<previous link>:<sequence>:<digest>"; the same that commit.lua computes. `digest` is hex SHA-256.
std::string chain_link(std::string_view previous_link, Sequence sequence, std::string_view digest);

// hex SHA-1 of "<consumer>/<source>:<sequence>": kept beside a cursor, for it makes no record whose digest would cover it.
std::string cursor_check(std::string_view field, Sequence sequence);

struct ChainBreak {
    Sequence sequence = 0;  // the first record that is not what was committed
    std::string reason;     // for a person
};

// Checks that `records` continue `from` (Head{} for the start of a log) without a gap, in its epoch or a higher one, and that every
// digest and link is right. Nothing when all is well.
std::optional<ChainBreak> verify_chain(const std::vector<LogRecord>& records, const Head& from = {});

}  // namespace rightsdesk::store
