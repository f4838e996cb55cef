// What the command line reads of a log is all of it, also where large records make the store's answers short.
#include "telling/history.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "rightsdesk/suite_access.h"
#include "store/memory_store.h"
#include "support/builders.h"
#include "support/short_pages.h"
#include "wire/wire.h"

namespace rightsdesk::support {
namespace {

constexpr std::uint64_t kWatermarks = 7;

// The desk's log: fax-1's watermarks, each its number. Read two records at a time.
std::unique_ptr<store::Store> watermarks_in_short_pages() {
    auto memory = std::make_unique<store::MemoryStore>();
    for (std::uint64_t number = 1; number <= kWatermarks; ++number) {
        Record record;
        record.service = "intake";
        record.cause = {"fax-1", number};
        record.payload_hash = base::sha256_hex(std::to_string(number));
        record.event = WatermarkAdvanced{{"fax-1", Instant(static_cast<std::int64_t>(number))}};
        store::Item item;
        item.identities.push_back({"fax-1/" + std::to_string(number), record.payload_hash});
        item.events.push_back({wire::encode_record(record, nullptr)});
        store::Batch batch;
        batch.log = kDesk;
        batch.items.push_back(std::move(item));
        EXPECT_TRUE(memory->commit(batch));
    }
    return std::make_unique<ShortPages>(std::move(memory), 2);
}

TEST(History, tells_everything_however_short_the_pages_are) {
    const auto store = watermarks_in_short_pages();
    const auto history = telling::history_of(*store, kDesk, {watermark_name("fax-1")});
    ASSERT_TRUE(history) << history.error().message;
    ASSERT_EQ(history->size(), kWatermarks);
    for (std::uint64_t at = 0; at < kWatermarks; ++at) EXPECT_EQ((*history)[at].sequence, at + 1);
}

TEST(History, a_book_is_folded_to_the_end_of_its_log) {
    const auto store = watermarks_in_short_pages();
    Book book(kDesk);
    const auto folded = tools::fold_log(*store, book);
    ASSERT_TRUE(folded) << folded.error().message;
    EXPECT_EQ(book.watermark("fax-1")->through, Instant(kWatermarks));
}

}  // namespace
}  // namespace rightsdesk::support
