// The audit trail of a log: what was decided in it, by whom and when, and what each decision changed, before and after, as chained
// and signed JSON lines that are checked without the suite.
//
// A line is one JSON object without a line break. Its members `line` (from 0) and `previous` (the SHA-256 of the line before, in
// hexadecimal, of its octets without the line break; "" in the first) are in each. By `kind`:
//
//     audit        first: format (1), log, made_at
//     command      one decision, because somebody said something at a door
//     reaction     the same, because of a record (of cause.source, number cause.sequence)
//     time         the same, because it was due
//     signed_head  what the auditor signed of the log as it stood after the line before
//     end          decisions, sequence and link of the last record
//     signature    last: of (the SHA-256 of the line before), signature (Ed25519, over "rightsdesk audit 1 " and `of`)
//
// A decision has: first, last (numbers of its records), at, service, cause, principal (whose key spoke), person (for whom it spoke, where it
// acts for others), payload_hash (of the message), events, changes ([{entity, before, after}], each null where there was or is none),
// digests (of its records, in order), link (of the last: sha1hex of "<link before>:<number>:<digest>", so that the digests give it).
//
// The personal parts of an offering's records stay sealed. The desk's log has none that is sealed: what is of no offering yet, and what was refused, is in
// its trail as it came.
#pragma once

#include <functional>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "heads/signed_head.h"
#include "runtime/json.h"
#include "store/store.h"
#include "telling/past.h"

namespace rightsdesk::tools {

// A longer line is none of ours.
inline constexpr std::size_t kMaxTrailLineOctets = 64U * 1024U * 1024U;

// One decision of a log, with what it changed.
struct Decided {
    std::string kind;  // command, reaction, time
    const telling::LoggedItem& item;
    runtime::Json changes;

    // Who, when, why: the same in all its records.
    [[nodiscard]] const domain::Record& record() const { return item.records.front(); }
};

// Tells every decision of `log`, oldest first, until the log's end or until it is told false. kCorrupt when chain or bytes are not what was
// committed.
base::Result<> each_decision(store::Store& store, const std::string& log, const std::function<bool(const Decided&)>& tell);

// The person who is answerable: for whom the principal spoke, else the principal; empty for reactions and time.
std::string person_of(const Decided& decided);

struct TrailSize {
    std::uint64_t decisions = 0;
    store::Sequence sequence = 0;
};

// Writes the whole trail of `log`; `heads` are the auditor's of that log, oldest first. kUnavailable when `out` takes no more.
base::Result<TrailSize> write_trail(store::Store& store, const std::string& log, const std::vector<heads::SignedHead>& heads, const heads::SigningKey& key,
                                    const std::string& made_at, std::ostream& out);

struct TrailCheck {
    std::string log;
    std::uint64_t lines = 0;
    std::uint64_t decisions = 0;
    std::uint64_t sequence = 0;      // of the last record
    std::uint64_t signed_heads = 0;
    std::string problem;             // the first line that is wrong, and why; "" when all is as it was written
    RIGHTSDESK_DESCRIBE(TrailCheck, log, lines, decisions, sequence, signed_heads, problem)
};

// Reads a trail and nothing else.
TrailCheck check_trail(std::istream& in, const heads::VerifyingKey& key);

}  // namespace rightsdesk::tools
