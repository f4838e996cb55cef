// A log is read to its end, however short the pages are that the store answers.
#include "store/whole_log.h"

#include <gtest/gtest.h>

#include "batches.h"
#include "store/memory_store.h"
#include "support/short_pages.h"

namespace rightsdesk::store {
namespace {

constexpr Sequence kLast = 10;

std::shared_ptr<MemoryLogs> ten_records() {
    auto logs = std::make_shared<MemoryLogs>();
    MemoryStore store(logs);
    std::vector<Item> items;
    for (Sequence number = 1; number <= kLast; ++number) items.push_back(an_item().saying("record " + std::to_string(number)));
    (void)value_of(store.commit(batch("desk", items)));
    return logs;
}

// The numbers shown, up to `until`.
std::vector<Sequence> shown(Store& store, Sequence after, Sequence until, Sequence& last) {
    std::vector<Sequence> numbers;
    last = value_of(read_to_end(store, "desk", after, [&](const LogRecord& record) -> Result<bool> {
        numbers.push_back(record.sequence);
        return record.sequence < until;
    }));
    return numbers;
}

TEST(WholeLog, is_read_to_its_end_from_anywhere_whatever_the_pages) {
    for (const std::size_t longest : {1U, 3U, 5U, 10U, 1'000U}) {
        support::ShortPages store(std::make_unique<MemoryStore>(ten_records()), longest);
        Sequence last = 0;
        EXPECT_EQ(shown(store, 0, kMaxNumber, last), (std::vector<Sequence>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10})) << longest;
        EXPECT_EQ(last, kLast);
        EXPECT_EQ(shown(store, 7, kMaxNumber, last), (std::vector<Sequence>{8, 9, 10})) << longest;
        EXPECT_EQ(shown(store, kLast, kMaxNumber, last), std::vector<Sequence>{});
        EXPECT_EQ(last, kLast) << "nothing was shown: where it began";
    }
}

TEST(WholeLog, is_left_where_the_reader_wants_no_more) {
    support::ShortPages store(std::make_unique<MemoryStore>(ten_records()), 3);
    Sequence last = 0;
    EXPECT_EQ(shown(store, 0, 4, last), (std::vector<Sequence>{1, 2, 3, 4}));
    EXPECT_EQ(last, 4U);
}

TEST(WholeLog, an_error_of_the_store_or_the_reader_ends_it) {
    const auto logs = ten_records();
    MemoryStore store(logs);
    int seen = 0;
    const auto refused = read_to_end(store, "desk", 0, [&](const LogRecord& record) -> Result<bool> {
        ++seen;
        if (record.sequence == 2) return base::invalid("the reader cannot read it");
        return true;
    });
    EXPECT_EQ(refused.error().message, "the reader cannot read it");
    EXPECT_EQ(seen, 2);
    logs->failing_calls = 1;
    EXPECT_EQ(read_to_end(store, "desk", 0, [](const LogRecord&) -> Result<bool> { return true; }).error().kind, base::ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace rightsdesk::store
