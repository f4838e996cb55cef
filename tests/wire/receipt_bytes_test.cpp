// A receipt is a pure function of the first event, whoever remembers it: the service that decided it, with the personal fields
// in its memory, and one that reads the record from the log without the key to them, give the same bytes.
#include <gtest/gtest.h>

#include "domain/receipts.h"
#include "wire/messages.h"
#include "wire/wire.h"

namespace rightsdesk::wire {
namespace {

Bytes receipt_bytes(const domain::Record& record) {
    return encode(domain::Reply{record.cause, domain::receipt_of(record, "rare-medium-2002", 9'007'199'254'740'993ULL)});
}

TEST(ReceiptBytes, are_the_same_from_memory_and_from_the_sealed_log_for_every_event) {
    constexpr std::uint64_t kSeedsOfReceipts = 20;
    for (std::uint64_t seed = 1; seed <= kSeedsOfReceipts; ++seed) {
        support::Values values(seed);
        support::each_alternative<domain::Event>([&]<class Event>(std::type_identity<Event>) {
            auto record = values.any<domain::Record>();
            record.event = values.any<Event>();
            const auto read = decode_record(encode_record(record, &test_key()), nullptr);
            ASSERT_TRUE(read) << base::type_name(record.event) << ", seed " << seed << ": " << read.error().message;
            EXPECT_EQ(receipt_bytes(*read), receipt_bytes(record)) << base::type_name(record.event) << ", seed " << seed;
        });
    }
}

// Amounts and versions beyond what a double holds.
TEST(ReceiptBytes, amounts_beyond_two_to_the_53rd_come_back_exact) {
    for (const std::int64_t cents : {9'007'199'254'740'993LL, -9'007'199'254'740'993LL, 9'223'372'036'854'775'807LL}) {
        domain::Record record;
        domain::PaymentMatchUndone event;
        event.amount = domain::Money(cents);
        record.event = event;
        const auto read = decode_record(encode_record(record, nullptr), nullptr);
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(std::get<domain::PaymentMatchUndone>(read->event).amount, domain::Money(cents));
    }
}

}  // namespace
}  // namespace rightsdesk::wire
