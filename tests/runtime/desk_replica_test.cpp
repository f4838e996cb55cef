// An acknowledgement means two disks where a replica is configured: what was only read is confirmed first, two people may go on without
// it, and a store that lacks what this service knows ends it.
#include "domain/replica.h"
#include "runtime/desk_world.h"
#include "store/chain.h"

namespace rightsdesk::runtime {
namespace {

const std::string kMissing = "the replica does not answer";

class DeskReplica : public DeskTest {
protected:
    void lose_replica() {
        world.logs->replica_problem = kMissing;
        world.clock.advance(kHealthInterval);
    }
    void bring_replica_back() {
        world.logs->replica_problem.clear();
        world.clock.advance(kUnhealthyInterval);
    }
};

TEST_F(DeskReplica, what_was_committed_without_the_replicas_word_is_acknowledged_only_when_it_has_it) {
    intake.store.before_commit = [&] { world.logs->replica_problem = kMissing; };
    const auto bytes = fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater);
    EXPECT_EQ(world.head(kOffering), 1U) << "it is on one disk";

    for (int again = 0; again < 3; ++again) {
        fax.send(bytes);
        ASSERT_TRUE(intake.turn());
        EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater) << "read from the log by now, and still on one disk";
    }
    bring_replica_back();
    ASSERT_TRUE(intake.settle());
    fax.send(bytes);
    ASSERT_TRUE(intake.settle());
    const auto receipt = fax.receipt();
    EXPECT_EQ(receipt->kind, ReceiptKind::kAccepted);
    EXPECT_EQ(receipt->sequence, 1U);
    EXPECT_EQ(world.head(kOffering), 1U) << "once";
}

// Commits fail from the moment on, and what a failed commit says is not what is wrong.
TEST_F(DeskReplica, that_it_is_missing_is_found_though_every_turn_has_something_to_commit) {
    int listed = 0;
    intake.handler.falling_due = [&listed](const Surroundings&, const std::string& log, const Context&) {
        Decision decision;
        if (log == kDesk) decision.add(OfferingListed{ListedOffering{"late-" + std::to_string(++listed), "", "", {}}});
        return decision;
    };
    world.logs->replica_problem = kMissing;
    for (int turns = 0; turns < 5; ++turns) {
        world.clock.advance(kLookInterval);
        ASSERT_TRUE(intake.turn());
    }
    EXPECT_GE(listed, 1) << "a commit failed";
    EXPECT_TRUE(intake.service().health().has("replica_missing"));
}

TEST_F(DeskReplica, what_another_instance_committed_is_no_more_certain_because_it_was_read) {
    Instance other(world, ServiceName::kIntake, "2");
    ASSERT_TRUE(other.start());
    Knocking at_other(world, "fax-1", ServiceName::kIntake, "2");
    // The first commits and does not hear of the replica; the second has not looked at its own health since.
    intake.store.before_commit = [&] { world.logs->replica_problem = kMissing; };
    const auto bytes = fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.turn());
    ASSERT_EQ(world.head(kOffering), 1U);
    world.clock.advance(kLookInterval);
    at_other.send(bytes);
    ASSERT_TRUE(other.turn());
    EXPECT_EQ(at_other.receipt()->kind, ReceiptKind::kRetryLater);
    EXPECT_NE(other.book(kOffering).notice("fax-1.1"), nullptr) << "it knows of it";
}

TEST_F(DeskReplica, while_it_is_missing_only_going_on_without_it_can_be_decided) {
    Instance monitor(world, ServiceName::kDeadlineMonitor);
    monitor.handler.deciding = [](const Surroundings& around, const std::string& log, const Command& command, const Context& context) {
        if (const auto* propose = std::get_if<ProposeWithoutReplica>(&command)) return propose_without_replica(around.books.desk, *propose, context);
        if (const auto* approve = std::get_if<ApproveWithoutReplica>(&command)) return approve_without_replica(around.books.desk, *approve, context);
        if (const auto* require = std::get_if<RequireReplica>(&command)) return require_replica(around.books.desk, *require, context);
        return TestHandler::decide_simply(around, log, command, context);
    };
    lose_replica();
    ASSERT_TRUE(monitor.start()) << "it must run to be told";
    ASSERT_TRUE(monitor.settle());
    ASSERT_TRUE(intake.settle());
    Knocking alice(world, "alice", ServiceName::kDeadlineMonitor);
    Knocking bob(world, "bob", ServiceName::kDeadlineMonitor);
    const auto tell = [&](Knocking& who, std::uint64_t number, const Command& command) {
        who.send(number, command);
        EXPECT_TRUE(monitor.settle());
        return who.receipt().value_or(Receipt{});
    };
    EXPECT_EQ(tell(alice, 11, OpenOffering{"another"}).kind, ReceiptKind::kRetryLater);
    EXPECT_EQ(tell(alice, 12, ProposeWithoutReplica{"its host is dead"}).status, "proposed");
    EXPECT_EQ(tell(alice, 12, ProposeWithoutReplica{"its host is dead"}).status, "proposed") << "the same again, with its receipt";
    EXPECT_EQ(tell(alice, 13, ApproveWithoutReplica{"alice"}).reasons, std::vector<std::string>{"same_person"});
    EXPECT_EQ(tell(alice, 11, OpenOffering{"another"}).kind, ReceiptKind::kRetryLater) << "one person is not enough";
    const Receipt waived = tell(bob, 1, ApproveWithoutReplica{"alice"});
    EXPECT_EQ(waived.status, "waived");
    EXPECT_NE(waived.explanation.find("one disk"), std::string::npos) << waived.explanation;
    EXPECT_EQ(tell(alice, 11, OpenOffering{"another"}).status, "open");
    EXPECT_TRUE(monitor.handler.without_replica);

    world.clock.advance(kLookInterval);
    ASSERT_TRUE(intake.settle());
    const auto bytes = fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted) << "the others see it in the desk's log";
    EXPECT_TRUE(intake.handler.without_replica);

    EXPECT_EQ(tell(bob, 2, RequireReplica{"it is back"}).status, "required");
    EXPECT_FALSE(monitor.handler.without_replica);
    world.clock.advance(kLookInterval);
    ASSERT_TRUE(intake.settle());
    fax.send(bytes);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater) << "what was acknowledged on one disk is not certain on two";
}

TEST_F(DeskReplica, other_trouble_is_no_reason_to_commit_without_it) {
    lose_replica();
    world.logs->durability.problem = "appendonly is off";
    Knocking alice(world, "alice", ServiceName::kIntake);
    ASSERT_TRUE(intake.settle());
    fax.ask(2, AskHealth{});
    ASSERT_TRUE(intake.turn());
    EXPECT_NE(std::get<HealthStatus>(fax.reply()->body).problems.at(0).find("appendonly"), std::string::npos);
}

// ---- a store that another was promoted to, or that was restored ----

class DeskPromotion : public DeskReplica {
protected:
    // As `rightsdesk promote` does.
    void raise(const std::string& log) {
        store::MemoryLog& memory = world.logs->logs[log];
        Record record;
        record.service = "promote";
        record.at = world.clock.at;
        record.cause = {"promote", 2};
        record.event = EpochRaised{2, {"alice", "bob"}, "the first host burns", "fenced"};
        const Bytes bytes = wire::encode_record(record, nullptr);
        const std::string digest = base::sha256_hex(bytes.view());
        const store::Sequence sequence = ++memory.head.sequence;
        memory.head.link = store::chain_link(memory.head.link, sequence, digest);
        memory.head.epoch = 2;
        memory.records[sequence] = store::LogRecord{sequence, 2, digest, memory.head.link, bytes};
    }
};

TEST_F(DeskPromotion, a_new_epoch_is_read_from_the_log_and_what_was_unacknowledged_is_decided_once) {
    const auto first = fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    ASSERT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted);
    raise(kOffering);
    raise(kDesk);
    const auto second = fax.send(2, notice_for(kOffering, "another form"));
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater) << "a batch of the old epoch";
    world.clock.advance(kLookInterval);
    ASSERT_TRUE(intake.settle());
    fax.send(first);
    fax.send(second);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->sequence, 1U) << "decided before, and not again";
    EXPECT_EQ(fax.receipt()->sequence, 3U);
    EXPECT_EQ(world.logs->logs[kOffering].records.at(3).epoch, 2U);
}

TEST_F(DeskPromotion, an_offering_that_is_listed_later_begins_in_the_desks_epoch) {
    raise(kOffering);
    raise(kDesk);
    Instance monitor(world, ServiceName::kDeadlineMonitor);
    ASSERT_TRUE(monitor.start());
    Knocking alice(world, "alice", ServiceName::kDeadlineMonitor);
    alice.send(77, OpenOffering{"another"});
    ASSERT_TRUE(monitor.settle());
    world.clock.advance(kLookInterval);
    ASSERT_TRUE(intake.settle());
    fax.send(1, notice_for("another"));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted);
    EXPECT_EQ(world.logs->logs["another"].head.epoch, 2U);
}

TEST_F(DeskPromotion, a_store_that_lacks_what_the_service_knows_ends_it_and_it_says_which_log_and_number) {
    const store::MemoryLog older = world.logs->logs[kOffering];
    const store::MemoryLog older_desk = world.logs->logs[kDesk];
    fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    world.logs->logs[kOffering] = older;
    world.clock.advance(kLookInterval);
    const auto turned = intake.turn();
    ASSERT_FALSE(turned);
    EXPECT_EQ(turned.error().kind, base::ErrorKind::kCorrupt) << "exit code 4";
    EXPECT_NE(turned.error().message.find(std::string(kOffering) + ": this service knows records up to 1, the store only 0"), std::string::npos) << turned.error().message;
}

TEST_F(DeskPromotion, another_record_under_a_number_that_is_known_ends_it) {
    fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    world.logs->logs[kOffering].head.link = std::string(40, '0');
    world.clock.advance(kLookInterval);
    const auto turned = intake.turn();
    ASSERT_FALSE(turned);
    EXPECT_EQ(turned.error().kind, base::ErrorKind::kCorrupt);
    EXPECT_NE(turned.error().message.find("another record under that number"), std::string::npos) << turned.error().message;
}

TEST_F(DeskPromotion, a_cursor_that_is_not_in_its_log_stops_the_consumer_and_it_says_so) {
    world.logs->logs[kOffering].cursors["payment_clearing/desk"] = before + 5;
    Instance clearing(world, ServiceName::kPaymentClearing);
    ASSERT_TRUE(clearing.start());
    const auto turned = clearing.turn();  // it takes the log on, and with it the cursor
    ASSERT_FALSE(turned);
    EXPECT_EQ(turned.error().kind, base::ErrorKind::kCorrupt);
    EXPECT_NE(turned.error().message.find("desk up to record " + std::to_string(before + 5)), std::string::npos) << turned.error().message;
    EXPECT_NE(turned.error().message.find("desk ends at " + std::to_string(before)), std::string::npos) << turned.error().message;
}

}  // namespace
}  // namespace rightsdesk::runtime
