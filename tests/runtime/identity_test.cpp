// One identity, one receipt, byte for byte: whoever answers, however much came after it, whatever died in between.
#include "runtime/desk_world.h"

namespace rightsdesk::runtime {
namespace {

class OneReceipt : public DeskTest {
protected:
    // The answer's bytes, from this instance.
    std::optional<bus::Bytes> answer_to(const bus::Bytes& message, Instance& instance, Knocking& sender) {
        sender.send(message);
        EXPECT_TRUE(instance.settle());
        return sender.answer();
    }

    struct Told {
        const char* what;
        bus::Bytes message;
        bus::Bytes receipt;
    };
    // One of each kind of receipt that is a record.
    std::vector<Told> one_of_each() {
        const auto encoded = [](std::uint64_t number, const Command& command) { return wire::encode(Envelope{{"fax-1", number}, "", command}); };
        const std::pair<const char*, bus::Bytes> messages[] = {
            {"accepted", encoded(1, watermark("2002-06-27T10:00:00"))},
            {"accepted, with personal fields that the log keeps sealed", encoded(2, notice_for(kOffering))},
            {"conflict", encoded(1, watermark("2002-06-27T11:00:00"))},
            {"refused", encoded(3, OpenOffering{"another"})},
            {"quarantined", bus::Bytes(std::string("no message at all"))},
        };
        std::vector<Told> told;
        for (const auto& [what, message] : messages) {
            const auto receipt = answer_to(message, intake, fax);
            EXPECT_TRUE(receipt) << what;
            if (receipt) told.push_back({what, message, *receipt});
        }
        return told;
    }
    store::Sequence records() {
        store::Sequence sum = 0;
        for (const auto& [log, kept] : world.logs->logs) sum += kept.head.sequence;
        return sum;
    }
};

TEST_F(OneReceipt, from_the_service_that_gave_it_from_another_instance_and_after_a_crash) {
    const auto told = one_of_each();
    ASSERT_EQ(told.size(), 5U);
    const store::Sequence all = records();
    for (const Told& first : told) EXPECT_EQ(answer_to(first.message, intake, fax), first.receipt) << first.what << ", from its memory";

    Instance other(world, ServiceName::kIntake, "2");
    ASSERT_TRUE(other.start());
    Knocking at_other(world, "fax-1", ServiceName::kIntake, "2");
    for (const Told& first : told) EXPECT_EQ(answer_to(first.message, other, at_other), first.receipt) << first.what << ", from another instance";

    ASSERT_TRUE(intake.start());  // anew: what it had in memory is gone
    Knocking again(world, "fax-1", ServiceName::kIntake);
    for (const Told& first : told) EXPECT_EQ(answer_to(first.message, intake, again), first.receipt) << first.what << ", after a crash";
    EXPECT_EQ(records(), all) << "and nothing was recorded";
}

TEST_F(OneReceipt, after_more_records_than_a_service_keeps_in_memory_and_a_crash) {
    const auto told = one_of_each();
    for (std::uint64_t number = 100; number < 5'100; ++number) fax.send(number, watermark(static_cast<std::int64_t>(number)));
    ASSERT_TRUE(intake.settle());
    while (fax.answer()) {}
    for (const Told& first : told) EXPECT_EQ(answer_to(first.message, intake, fax), first.receipt) << first.what;
    ASSERT_TRUE(intake.start());
    Knocking again(world, "fax-1", ServiceName::kIntake);
    for (const Told& first : told) EXPECT_EQ(answer_to(first.message, intake, again), first.receipt) << first.what << ", after a crash";
}

// The other instance was first and this one has not heard: the store's answer `duplicate` leads to the same receipt.
TEST_F(OneReceipt, where_only_the_store_knows_of_the_first) {
    Instance other(world, ServiceName::kIntake, "2");
    ASSERT_TRUE(other.start());
    Knocking at_other(world, "fax-1", ServiceName::kIntake, "2");
    const auto message = wire::encode(Envelope{{"fax-1", 1}, "", Command(notice_for(kOffering))});
    std::optional<bus::Bytes> first;
    intake.store.before_commit = [&] { first = answer_to(message, other, at_other); };
    EXPECT_EQ(answer_to(message, intake, fax), first);
    ASSERT_TRUE(first);
    EXPECT_EQ(world.head(kOffering), 1U);
}

// And with another body: what the store calls a conflict is recorded as one.
TEST_F(OneReceipt, where_only_the_store_knows_of_another_body) {
    Instance other(world, ServiceName::kIntake, "2");
    ASSERT_TRUE(other.start());
    Knocking at_other(world, "fax-1", ServiceName::kIntake, "2");
    std::optional<bus::Bytes> first;
    intake.store.before_commit = [&] { first = answer_to(wire::encode(Envelope{{"fax-1", 1}, "", Command(notice_for(kOffering, "one"))}), other, at_other); };
    fax.send(1, notice_for(kOffering, "another"));
    ASSERT_TRUE(intake.settle());
    const auto receipt = fax.receipt();
    ASSERT_TRUE(first && receipt);
    EXPECT_EQ(receipt->kind, ReceiptKind::kConflict);
    EXPECT_EQ(receipt->subject, "record 1");
    EXPECT_EQ(world.events(kOffering), Names({"NoticeDecided", "IdentityConflicted"}));
}

}  // namespace
}  // namespace rightsdesk::runtime
