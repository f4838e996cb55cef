// What was committed: read back and checked against the receipts, and committed once more by itself, which is the limit.
#pragma once

#include <map>
#include <vector>

#include "benchmark/desk.h"
#include "benchmark/notices.h"

namespace rightsdesk::benchmark {

// Reads the whole log. Throws unless it holds exactly one NoticeDecided for each receipt, under the number that the
// receipt names.
void check_log(const Desk& desk, const std::map<std::uint64_t, store::Sequence>& receipts);

// The items that intake committed for the notices decided after record `after`, at most `limit`, as they were: identity,
// business keys, the version read, the state, the record.
std::vector<store::Item> items_committed(const Desk& desk, store::Sequence after, std::size_t limit);

// Of all records of the offering's log after record `after`, as they are published.
double octets_recorded(const Desk& desk, store::Sequence after);

// Commits the items to a log of their own in the same Redis, `batch` in a call, one call after the other as a service
// does; digests and links are made as for any commit. What it takes is the calls alone. Throws when one is not committed.
Nanoseconds commit_raw(const Desk& desk, const std::string& log, const std::vector<store::Item>& items, std::size_t batch);

// Keeps the notices' documents, `batch` at once, in a folder of their own on the same disk, as intake does before it commits.
// Throws when one is not kept.
Nanoseconds keep_raw(const Desk& desk, const std::string& folder, const std::vector<PreparedNotice>& notices, std::size_t batch);

}  // namespace rightsdesk::benchmark
