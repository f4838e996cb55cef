// A log as a service knows it: only what was committed, in its order, is folded.
#include "runtime/ledger.h"

#include "runtime/desk_world.h"
#include "runtime/health.h"
#include "store/chain.h"

namespace rightsdesk::runtime {
namespace {

using base::ErrorKind;

// A chain of watermarks, one a record, each claimed by fax-1 under its number.
std::vector<store::LogRecord> watermarks(std::uint64_t count) {
    std::vector<store::LogRecord> records;
    records.reserve(count);
    std::string link;
    for (std::uint64_t sequence = 1; sequence <= count; ++sequence) {
        Record record;
        record.service = "intake";
        record.cause = {"fax-1", sequence};
        record.payload_hash = base::sha256_hex(std::to_string(sequence));
        record.event = WatermarkAdvanced{{"fax-1", Instant(static_cast<std::int64_t>(sequence))}};
        const auto bytes = wire::encode_record(record, nullptr);
        const std::string digest = base::sha256_hex(bytes.view());
        link = store::chain_link(link, sequence, digest);
        records.push_back({sequence, 3, digest, link, bytes});
    }
    return records;
}

TEST(Ledger, folds_a_log_and_knows_its_head_its_claims_and_its_latest_records) {
    Book book(kDesk);
    Ledger ledger(book);
    const auto records = watermarks(3);
    for (const auto& record : records) ASSERT_TRUE(ledger.apply(record));
    EXPECT_EQ(ledger.head().sequence, 3U);
    EXPECT_EQ(ledger.head().epoch, 3U);
    EXPECT_EQ(ledger.head().link, records[2].link);
    EXPECT_EQ(book.watermark("fax-1")->through, Instant(3));
    ASSERT_NE(ledger.claim("fax-1/2"), nullptr);
    EXPECT_EQ(ledger.claim("fax-1/2")->first, 2U);
    EXPECT_EQ(ledger.claim("fax-1/2")->payload_hash, base::sha256_hex("2"));
    EXPECT_EQ(ledger.claim("fax-1/4"), nullptr);
    EXPECT_EQ(ledger.recent(2)->record->cause.sequence, 2U);
    EXPECT_FALSE(ledger.recent(0) || ledger.recent(4));
}

TEST(Ledger, keeps_the_latest_records_only_but_every_claim) {
    Book book(kDesk);
    Ledger ledger(book);
    for (const auto& record : watermarks(5'000)) ASSERT_TRUE(ledger.apply(record));
    EXPECT_FALSE(ledger.recent(1));
    EXPECT_TRUE(ledger.recent(5'000));
    EXPECT_NE(ledger.claim("fax-1/1"), nullptr);
}

TEST(Ledger, what_concerns_its_owner_is_found_however_much_else_came_since) {
    Book book(kDesk);
    const auto of_fax = [](const Event& event) { return std::get<WatermarkAdvanced>(event).watermark.through.value % 2'000 == 0; };
    Ledger ledger(book, nullptr, of_fax);
    for (const auto& record : watermarks(9'000)) ASSERT_TRUE(ledger.apply(record));
    const auto numbers = [&](store::Sequence after, std::size_t limit) {
        std::vector<store::Sequence> found;
        const auto concerning = ledger.concerning_after(after, limit);
        for (const NumberedRecord& one : *concerning) {
            EXPECT_EQ(one.record->cause.sequence, one.sequence);
            found.push_back(one.sequence);
        }
        return found;
    };
    EXPECT_EQ(numbers(0, 100), (std::vector<store::Sequence>{2'000, 4'000, 6'000, 8'000}));
    EXPECT_EQ(numbers(2'000, 2), (std::vector<store::Sequence>{4'000, 6'000}));
    EXPECT_TRUE(numbers(8'000, 100).empty());
}

TEST(Ledger, where_more_concerned_its_owner_than_is_kept_the_store_is_to_be_asked) {
    Book book(kDesk);
    Ledger ledger(book);
    for (const auto& record : watermarks(5'000)) ASSERT_TRUE(ledger.apply(record));
    EXPECT_FALSE(ledger.concerning_after(903, 10));
    EXPECT_EQ(ledger.concerning_after(904, 10)->front().sequence, 905U);
    EXPECT_TRUE(ledger.concerning_after(5'000, 10)->empty());
}

TEST(Ledger, what_is_not_what_was_committed_is_not_folded) {
    struct Row {
        const char* what;
        std::function<void(std::vector<store::LogRecord>&)> change;
        ErrorKind kind;
    };
    const auto rehashed = [](store::LogRecord& record, const std::string& previous_link) {
        record.digest = base::sha256_hex(record.record.view());
        record.link = store::chain_link(previous_link, record.sequence, record.digest);
    };
    const std::vector<Row> rows = {
        {"an octet of a record changed", [](auto& records) { records[1].record.value.back() ^= 1; }, ErrorKind::kCorrupt},
        {"the digest is of other bytes", [](auto& records) { records[1].digest = records[0].digest; }, ErrorKind::kCorrupt},
        {"the link is of another chain", [](auto& records) { records[1].link = records[0].link; }, ErrorKind::kCorrupt},
        {"a record was taken out", [](auto& records) { records.erase(records.begin() + 1); }, ErrorKind::kConflict},
        {"a record was taken out and the rest renumbered",
         [](auto& records) {
             records.erase(records.begin() + 1);
             records[1].sequence = 2;
         },
         ErrorKind::kCorrupt},
        {"a record stands twice", [](auto& records) { records[1] = records[0]; }, ErrorKind::kConflict},
        {"bytes that are no record, rightly chained",
         [&](auto& records) {
             records[1].record = Bytes(std::string("no record"));
             rehashed(records[1], records[0].link);
         },
         ErrorKind::kCorrupt},
    };
    for (const Row& row : rows) {
        auto records = watermarks(3);
        row.change(records);
        Book book(kDesk);
        Ledger ledger(book);
        ASSERT_TRUE(ledger.apply(records[0])) << row.what;
        const auto applied = ledger.apply(records[1]);
        ASSERT_FALSE(applied) << row.what;
        EXPECT_EQ(applied.error().kind, row.kind) << row.what << ": " << applied.error().message;
        EXPECT_NE(applied.error().message.find("desk"), std::string::npos) << applied.error().message;
        EXPECT_EQ(ledger.head().sequence, 1U) << row.what;
        EXPECT_EQ(book.watermark("fax-1")->through, Instant(1)) << row.what;
    }
}

TEST(Ledger, an_item_of_several_records_is_folded_when_it_is_whole) {
    Book book(kDesk);
    Ledger ledger(book);
    std::string link;
    for (std::uint32_t position = 0; position < 2; ++position) {
        Record record;
        record.position = position;
        record.of = 2;
        record.event = WatermarkAdvanced{{"fax-" + std::to_string(position + 1), Instant(5)}};
        const auto bytes = wire::encode_record(record, nullptr);
        const std::string digest = base::sha256_hex(bytes.view());
        link = store::chain_link(link, position + 1, digest);
        ASSERT_TRUE(ledger.apply({position + 1, 1, digest, link, bytes}));
        EXPECT_EQ(ledger.whole(), position == 1);
        EXPECT_EQ(book.watermark("fax-1") != nullptr, position == 1);
    }
    EXPECT_EQ(book.version(watermark_name("fax-2")), 1U);
}

// ---- health ----

TEST(HealthOfTheDesk, a_problem_is_new_once_and_gone_when_cleared) {
    Health health;
    EXPECT_TRUE(health.good());
    EXPECT_TRUE(health.raise("store_unreachable", "no socket", "start it", Instant(1)));
    EXPECT_FALSE(health.raise("store_unreachable", "refused", "start it", Instant(2)));
    const auto alerts = health.alerts("intake");
    ASSERT_EQ(alerts.size(), 1U);
    EXPECT_EQ(alerts[0].number, 0U);
    EXPECT_EQ(alerts[0].severity, Severity::kCritical);
    EXPECT_EQ(alerts[0].what, "intake: refused") << "as it is now";
    EXPECT_EQ(alerts[0].raised_at, Instant(1)) << "since it began";
    EXPECT_FALSE(health.clear("another"));
    EXPECT_TRUE(health.clear("store_unreachable"));
    EXPECT_TRUE(health.good());
}

// ---- the system's clock ----

TEST(SystemClockTest, tells_this_century_in_utc_and_its_intervals_never_go_back) {
    const SystemClock clock;
    EXPECT_GT(clock.now(), Instant(1'700'000'000'000'000'000)) << "after November 2023";
    auto last = clock.monotonic();
    for (int reading = 0; reading < 1'000; ++reading) {
        const auto next = clock.monotonic();
        ASSERT_GE(next, last);
        last = next;
    }
}

}  // namespace
}  // namespace rightsdesk::runtime
