// What comes to a door, and what it is told.
#include "runtime/desk_world.h"

namespace rightsdesk::runtime {
namespace {

using DeskDoor = DeskTest;

TEST_F(DeskDoor, a_command_is_decided_committed_answered_and_published_in_this_order) {
    fax.send(1, watermark("2002-06-27T10:00:00"));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(world.steps, Names({"decide", "commit desk 1", "answer", "publish event/desk/"}));
    const auto reply = fax.reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->identity, (Identity{"fax-1", 1}));
    const auto& receipt = std::get<Receipt>(reply->body);
    EXPECT_EQ(receipt.kind, ReceiptKind::kAccepted);
    EXPECT_EQ(receipt.log, kDesk);
    EXPECT_EQ(receipt.sequence, before + 1);
    EXPECT_EQ(receipt.subject, "watermark/fax-1");
    EXPECT_EQ(intake.book(kDesk).watermark("fax-1")->through, new_york("2002-06-27T10:00:00"));
}

TEST_F(DeskDoor, a_record_says_who_caused_it_when_and_with_what_bytes) {
    const auto bytes = fax.send(7, watermark("2002-06-27T10:00:00"));
    ASSERT_TRUE(intake.settle());
    const Record record = world.record(kDesk, before + 1);
    EXPECT_EQ(record.service, "intake");
    EXPECT_EQ(record.at, world.clock.at);
    EXPECT_EQ(record.cause, (Identity{"fax-1", 7}));
    EXPECT_EQ(record.payload_hash, base::sha256_hex(bytes.view()));
    EXPECT_EQ(record.principal, "fax-1");
    EXPECT_EQ(record.operator_name, "");
}

TEST_F(DeskDoor, a_notice_goes_to_the_log_of_the_offering_that_it_came_in_for) {
    fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->subject, "notice/fax-1.1");
    EXPECT_EQ(world.events(kOffering), Names({"NoticeDecided"}));
    EXPECT_EQ(world.head(kDesk), before);
    const auto& log = world.logs->logs[kOffering];
    const Notice* notice = intake.book(kOffering).notice("fax-1.1");
    ASSERT_NE(notice, nullptr);
    EXPECT_EQ(log.states.at("notice/fax-1.1").state, wire::encode_state(*notice)) << "the state in the store is that of the book";
    ASSERT_EQ(log.index.size(), 1U);
    EXPECT_EQ(log.index.at(notice->keys.front()), "notice/fax-1.1");
    EXPECT_EQ(log.records.at(1).record.view().find("Ida M. Holder"), std::string_view::npos) << "a holder's name lies sealed";
}

// It is decoded while the disk is waited for, and nothing else is done with it before its turn.
TEST_F(DeskDoor, what_comes_while_something_is_committed_has_the_next_turn) {
    intake.handler.deciding = [&](const Surroundings& around, const std::string& log, const Command& command, const Context& context) {
        if (context.identity.sequence == 1) {
            fax.send(2, watermark("2002-06-27T11:00:00"));
            fax.send(bus::Bytes(std::string("no envelope")));
            fax.send(3, watermark("2002-06-27T12:00:00"));
        }
        return TestHandler::decide_simply(around, log, command, context);
    };
    fax.send(1, watermark("2002-06-27T10:00:00"));
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(fax.receipt()->identity, (Identity{"fax-1", 1}));
    EXPECT_FALSE(fax.receipt());
    EXPECT_FALSE(intake.service().idle());
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(fax.receipt()->identity, (Identity{"fax-1", 2}));
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kQuarantined);
    EXPECT_EQ(fax.receipt()->identity, (Identity{"fax-1", 3}));
    ASSERT_TRUE(intake.settle());
    EXPECT_TRUE(intake.service().idle());
    EXPECT_EQ(world.head(kDesk), before + 4);
}

// ---- repeats ----

TEST_F(DeskDoor, the_same_bytes_again_get_the_same_receipt_and_make_no_record) {
    const auto bytes = fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    const auto first = fax.answer();
    ASSERT_TRUE(first);
    for (int repeat = 0; repeat < 3; ++repeat) {
        fax.send(bytes);
        ASSERT_TRUE(intake.settle());
        EXPECT_EQ(fax.answer(), first);
    }
    EXPECT_EQ(world.head(kOffering), 1U);
}

TEST_F(DeskDoor, a_repeat_gets_its_first_receipt_whatever_its_route_would_be_today) {
    const std::string other = "orchard-reit-2002";
    world.open_desk({other});
    std::string today = kOffering;
    const auto by_the_books = [&today](const Surroundings&, const Command&) { return today; };
    intake.handler.routing = by_the_books;
    const auto bytes = fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    const auto first = fax.answer();
    ASSERT_TRUE(first);
    for (const std::string& route : {other, std::string(kDesk), std::string("nowhere")}) {
        today = route;
        fax.send(bytes);
        ASSERT_TRUE(intake.settle());
        EXPECT_EQ(fax.answer(), first) << "routed to " << route;
    }
    Instance again(world, ServiceName::kIntake, "2");
    again.handler.routing = by_the_books;
    ASSERT_TRUE(again.start());
    Knocking knocking(world, "fax-1", ServiceName::kIntake, "2");
    knocking.send(bytes);
    ASSERT_TRUE(again.settle());
    EXPECT_EQ(knocking.answer(), first) << "after a restart";
    EXPECT_EQ(world.head(kOffering), 1U);
    EXPECT_EQ(world.head(other), 0U);
    fax.send(1, notice_for(other, "another form"));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kConflict);
    EXPECT_EQ(world.events(kOffering), Names({"NoticeDecided", "IdentityConflicted"})) << "beside what it conflicts with";
}

// Two instances serve one sender; the second hears nothing of the first.
TEST_F(DeskDoor, a_repeat_at_another_instance_is_looked_for_where_the_books_give_the_route) {
    const std::string other = "orchard-reit-2002";
    world.open_desk({other});
    Instance second(world, ServiceName::kIntake, "2");
    second.handler.routing = [&other](const Surroundings&, const Command&) { return other; };
    second.handler.by_books = true;
    ASSERT_TRUE(second.start());
    ASSERT_TRUE(second.settle());
    const auto bytes = fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    const auto first = fax.answer();
    ASSERT_TRUE(first);
    Knocking knocking(world, "fax-1", ServiceName::kIntake, "2");
    knocking.send(bytes);
    ASSERT_TRUE(second.settle());
    EXPECT_EQ(knocking.answer(), first);
    EXPECT_EQ(world.head(other), 0U);
}

TEST_F(DeskDoor, the_same_bytes_twice_in_one_turn_are_decided_once) {
    const auto bytes = fax.send(1, notice_for(kOffering));
    fax.send(bytes);
    ASSERT_TRUE(intake.settle());
    const auto first = fax.answer();
    ASSERT_TRUE(first);
    EXPECT_EQ(fax.answer(), first);
    EXPECT_EQ(world.head(kOffering), 1U);
    EXPECT_EQ(std::count(world.steps.begin(), world.steps.end(), "decide"), 1);
}

TEST_F(DeskDoor, a_repeat_after_thousands_of_others_still_gets_its_first_receipt) {
    const auto bytes = fax.send(1, watermark(1));
    ASSERT_TRUE(intake.settle());
    const auto first = fax.answer();
    for (std::uint64_t sequence = 2; sequence <= 5'000; ++sequence) fax.send(sequence, watermark(static_cast<std::int64_t>(sequence)));
    ASSERT_TRUE(intake.settle());
    while (fax.answer()) {
    }
    fax.send(bytes);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.answer(), first);
}

TEST_F(DeskDoor, the_same_identity_with_other_bytes_is_a_conflict_and_changes_nothing) {
    fax.send(1, watermark("2002-06-27T10:00:00"));
    ASSERT_TRUE(intake.settle());
    ASSERT_TRUE(fax.answer());
    const auto other = fax.send(1, watermark("2002-06-27T11:00:00"));
    ASSERT_TRUE(intake.settle());
    const auto reply = fax.reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->identity, (Identity{"fax-1", 1})) << "the sender waits for an answer to this";
    const auto& receipt = std::get<Receipt>(reply->body);
    EXPECT_EQ(receipt.kind, ReceiptKind::kConflict);
    EXPECT_EQ(receipt.identity, (Identity{"fax-1", 1}));
    EXPECT_EQ(world.events(kDesk, before), Names({"WatermarkAdvanced", "IdentityConflicted"}));
    EXPECT_EQ(std::get<IdentityConflicted>(world.record(kDesk, before + 2).event).message, other) << "kept for the person who looks into it";
    EXPECT_EQ(intake.book(kDesk).watermark("fax-1")->through, new_york("2002-06-27T10:00:00"));
}

TEST_F(DeskDoor, a_conflict_repeated_is_one_record_and_another_conflict_another) {
    fax.send(1, watermark("2002-06-27T10:00:00"));
    const auto second = fax.send(1, watermark("2002-06-27T11:00:00"));
    ASSERT_TRUE(intake.settle());
    ASSERT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted);
    const auto conflict = fax.answer();
    ASSERT_TRUE(conflict);
    fax.send(second);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.answer(), conflict);
    fax.send(1, watermark("2002-06-27T12:00:00"));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kConflict);
    EXPECT_EQ(world.events(kDesk, before), Names({"WatermarkAdvanced", "IdentityConflicted", "IdentityConflicted"}));
}

// ---- who may ----

struct RefusedRow {
    const char* what;
    const char* sender;
    Envelope envelope;
    Refusal refusal;
};

TEST_F(DeskDoor, what_its_sender_may_not_send_is_refused_and_recorded_once) {
    const auto from = [](const std::string& source, std::uint64_t sequence, const Command& command, const std::string& operator_name = "") {
        return Envelope{{source, sequence}, operator_name, command};
    };
    const std::vector<RefusedRow> rows = {
        {"an operator submits a notice", "alice", from("alice", 1, notice_for(kOffering)), Refusal::kNotPermitted},
        {"a reader cures a defect", "reader", from("reader", 1, CureDefect{}), Refusal::kNotPermitted},
        {"a gateway confirms a wire at the wrong door", "fax-1", from("fax-1", 1, ConfirmWire{}), Refusal::kWrongDoor},
        {"a gateway sends in another's name", "fax-1", from("fax-2", 2, watermark(1)), Refusal::kNotPermitted},
        {"an operator states another operator", "alice", from("alice", 2, RejectNotice{}, "bob"), Refusal::kNotPermitted},
    };
    for (const RefusedRow& row : rows) {
        const store::Sequence last = world.head(kDesk);
        Knocking sender(world, row.sender, ServiceName::kIntake);
        const auto bytes = sender.send(row.envelope);
        ASSERT_TRUE(intake.settle()) << row.what;
        const auto first = sender.answer();
        ASSERT_TRUE(first) << row.what;
        const auto reply = wire::decode_reply(*first).value();
        EXPECT_EQ(reply.identity, row.envelope.identity) << row.what << ": the sender waits for an answer to this";
        const auto& receipt = std::get<Receipt>(reply.body);
        EXPECT_EQ(receipt.kind, ReceiptKind::kRefused) << row.what;
        EXPECT_EQ(receipt.reasons, std::vector<std::string>{base::to_text(row.refusal)}) << row.what;
        ASSERT_EQ(world.events(kDesk, last), Names({"CommandRefused"})) << row.what;
        const Record record = world.record(kDesk, last + 1);
        EXPECT_EQ(record.principal, row.sender) << row.what;
        EXPECT_EQ(std::get<CommandRefused>(record.event).message, bytes) << row.what;
        sender.send(bytes);
        ASSERT_TRUE(intake.settle());
        EXPECT_EQ(sender.answer(), first) << row.what;
        EXPECT_EQ(world.head(kDesk), last + 1) << row.what;
    }
    EXPECT_EQ(world.head(kOffering), 0U);
    EXPECT_EQ(std::count(world.steps.begin(), world.steps.end(), "decide"), 0) << "none of them came to be decided";
}

TEST_F(DeskDoor, a_console_states_its_operator_and_both_are_recorded) {
    std::string person;
    intake.handler.deciding = [&](const Surroundings&, const std::string&, const Command&, const Context& context) {
        person = context.person;
        return refuse("RejectNotice", "", Refusal::kUnknownNotice, "");
    };
    Knocking console(world, "console", ServiceName::kIntake);
    console.send(1, RejectNotice{}, "bob");
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(person, "bob");
    const Record record = world.record(kDesk, before + 1);
    EXPECT_EQ(record.principal, "console");
    EXPECT_EQ(record.operator_name, "bob");
}

TEST_F(DeskDoor, an_operator_is_the_person_and_a_gateway_is_none) {
    Names persons;
    intake.handler.deciding = [&](const Surroundings&, const std::string&, const Command& command, const Context& context) {
        persons.push_back(context.person);
        return refuse(std::string(base::type_name(command)), "", Refusal::kUnknownNotice, "");
    };
    Knocking alice(world, "alice", ServiceName::kIntake);
    alice.send(101, RejectNotice{});
    ASSERT_TRUE(intake.settle());
    fax.send(1, watermark(1));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(persons, Names({"alice", ""}));
}

// ---- bytes that are no message ----

TEST_F(DeskDoor, undecodable_bytes_are_quarantined_with_their_reason_and_shown) {
    const bus::Bytes garbled(std::string("certainly no message"));
    fax.send(garbled);
    ASSERT_TRUE(intake.settle());
    const auto first = fax.answer();
    ASSERT_TRUE(first);
    const auto receipt = std::get<Receipt>(wire::decode_reply(*first)->body);
    EXPECT_EQ(receipt.kind, ReceiptKind::kQuarantined);
    EXPECT_FALSE(receipt.explanation.empty());
    const auto quarantined = std::get<ItemQuarantined>(world.record(kDesk, before + 1).event);
    EXPECT_EQ(quarantined.message, garbled);
    const UnattributedItem* item = intake.book(kDesk).item(quarantined.item);
    ASSERT_NE(item, nullptr) << "a person finds it among the desk's items";
    EXPECT_EQ(item->kind, ItemKind::kUndecodable);
    fax.send(garbled);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.answer(), first);
    EXPECT_EQ(world.head(kDesk), before + 1);
}

TEST_F(DeskDoor, garbled_bytes_do_not_keep_others_from_being_served) {
    fax.send(bus::Bytes(std::string("no message")));
    fax.send(1, watermark("2002-06-27T10:00:00"));
    ASSERT_TRUE(intake.settle());
    std::map<ReceiptKind, int> kinds;
    while (const auto receipt = fax.receipt()) ++kinds[receipt->kind];
    EXPECT_EQ(kinds, (std::map<ReceiptKind, int>{{ReceiptKind::kAccepted, 1}, {ReceiptKind::kQuarantined, 1}}));
}

// ---- bounds ----

TEST_F(DeskDoor, many_commands_in_one_turn_are_one_commit) {
    for (std::uint64_t sequence = 1; sequence <= 100; ++sequence) fax.send(sequence, notice_for(kOffering, "form " + std::to_string(sequence)));
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(world.head(kOffering), 100U);
    EXPECT_EQ(std::count(world.steps.begin(), world.steps.end(), "commit rare-medium-2002 100"), 1);
    for (std::uint64_t sequence = 1; sequence <= 100; ++sequence) EXPECT_EQ(fax.receipt()->sequence, sequence);
}

TEST_F(DeskDoor, a_turn_takes_a_bounded_number_and_the_next_the_rest) {
    const std::uint64_t sent = kMaxRequestsPerTurn + 44;
    for (std::uint64_t sequence = 1; sequence <= sent; ++sequence) fax.send(sequence, watermark(static_cast<std::int64_t>(sequence)));
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(world.head(kDesk), before + kMaxRequestsPerTurn);
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(world.head(kDesk), before + sent);
}

TEST_F(DeskDoor, large_items_are_spread_over_several_commits_and_all_are_answered) {
    intake.handler.deciding = [](const Surroundings&, const std::string&, const Command&, const Context&) {
        return refuse("AdvanceWatermark", "", Refusal::kBackwards, std::string(3U * 1024U * 1024U, 'x'));
    };
    for (std::uint64_t sequence = 1; sequence <= 12; ++sequence) fax.send(sequence, watermark(1));
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(world.head(kDesk), before + 12);
    EXPECT_GE(std::count_if(world.steps.begin(), world.steps.end(), [](const std::string& step) { return step.starts_with("commit"); }), 4);
    for (std::uint64_t sequence = 1; sequence <= 12; ++sequence) EXPECT_EQ(fax.receipt()->sequence, before + sequence);
}

TEST_F(DeskDoor, a_refused_message_above_64_kib_is_kept_as_its_hash) {
    Knocking alice(world, "alice", ServiceName::kIntake);
    const auto bytes = alice.send(1, notice_for(kOffering, std::string(100'000, 'x')));
    ASSERT_TRUE(intake.settle());
    ASSERT_EQ(alice.receipt()->kind, ReceiptKind::kRefused);
    const auto refused = std::get<CommandRefused>(world.record(kDesk, before + 1).event);
    EXPECT_TRUE(refused.message.empty());
    EXPECT_NE(refused.detail.find(base::sha256_hex(bytes.view())), std::string::npos) << refused.detail;
}

// A message may be as large as a record, and what is made of it larger: that must not bring the service down.
TEST_F(DeskDoor, a_command_whose_record_would_be_too_large_is_refused) {
    for (const bool too_large_state : {false, true}) {
        const store::Sequence last = world.head(kDesk);
        intake.handler.deciding = [&](const Surroundings&, const std::string&, const Command&, const Context&) {
            const std::size_t octets = too_large_state ? wire::kMaxStateOctets : store::kMaxRecordOctets;
            Decision decision;
            decision.add(ItemQuarantined{"fax-1.1", std::string(octets, 'x'), {}});
            return decision;
        };
        fax.send(too_large_state ? 2 : 1, watermark(1));
        ASSERT_TRUE(intake.settle());
        const auto receipt = fax.receipt();
        ASSERT_TRUE(receipt);
        EXPECT_EQ(receipt->kind, ReceiptKind::kRefused);
        EXPECT_EQ(world.events(kDesk, last), Names({"CommandRefused"}));
        EXPECT_EQ(intake.book(kDesk).item("fax-1.1"), nullptr);
    }
}

// A decision may look at more than one commit can check.
TEST_F(DeskDoor, a_command_that_takes_more_operations_than_a_commit_has_is_refused) {
    intake.handler.deciding = [](const Surroundings&, const std::string&, const Command&, const Context&) {
        Decision decision;
        decision.add(ItemQuarantined{"fax-1.1", "looks at everything", {}});
        for (std::size_t read = 0; read < store::kMaxOperationsPerBatch; ++read) decision.reads.push_back("notice/fax-1." + std::to_string(read));
        return decision;
    };
    fax.send(1, watermark(1));
    ASSERT_TRUE(intake.settle());
    const auto receipt = fax.receipt();
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->kind, ReceiptKind::kRefused);
    EXPECT_NE(receipt->explanation.find("operations in one commit"), std::string::npos) << receipt->explanation;
    EXPECT_EQ(intake.book(kDesk).item("fax-1.1"), nullptr);
}

TEST_F(DeskDoor, commands_that_take_more_operations_together_are_spread_over_several_commits) {
    intake.handler.deciding = [](const Surroundings&, const std::string&, const Command&, const Context& context) {
        Decision decision = refuse("AdvanceWatermark", "", Refusal::kBackwards, context.new_id());
        for (std::size_t read = 0; read < store::kMaxOperationsPerBatch / 3; ++read) decision.reads.push_back("notice/fax-1." + std::to_string(read));
        return decision;
    };
    for (std::uint64_t sequence = 1; sequence <= 7; ++sequence) fax.send(sequence, watermark(1));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(world.head(kDesk), before + 7);
    for (std::uint64_t sequence = 1; sequence <= 7; ++sequence) EXPECT_EQ(fax.receipt()->sequence, before + sequence) << "in their order";
}

TEST_F(DeskDoor, a_full_queue_refuses_the_sender_who_tries_again_when_there_is_room) {
    bus::MemoryBus bus(world.network);
    const auto knocker = bus.knock(world.door_of(ServiceName::kIntake), world.keys.at("fax-1")).value();
    const auto bytes = wire::encode(Envelope{{"fax-1", 1}, "", Command(watermark(1))});
    base::Result<> sent;
    for (int count = 0; count <= bus::kHighWaterMark && sent; ++count) sent = knocker->send(bytes);
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().kind, base::ErrorKind::kUnavailable);
    ASSERT_TRUE(intake.turn());
    EXPECT_TRUE(knocker->send(bytes));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(world.head(kDesk), before + 1) << "ten thousand times the same is once";
}

// ---- questions ----

TEST_F(DeskDoor, questions_are_answered_and_leave_no_record) {
    Knocking reader(world, "reader", ServiceName::kIntake);
    reader.ask(1, AskClock{});
    ASSERT_TRUE(intake.settle());
    const auto reply = reader.reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->identity, (Identity{"reader", 1}));
    EXPECT_TRUE(std::holds_alternative<ClockStatus>(reply->body));
    EXPECT_EQ(world.head(kDesk), before);
}

TEST_F(DeskDoor, a_question_that_is_not_for_its_asker_is_refused_but_health_is_everybodys) {
    fax.ask(1, AskClock{});
    fax.ask(2, AskHealth{});
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRefused);
    const auto health = fax.reply();
    ASSERT_TRUE(health);
    EXPECT_EQ(std::get<HealthStatus>(health->body), (HealthStatus{"intake", "1", true, {}, {kDesk, kOffering}}));
}

TEST_F(DeskDoor, a_stranger_is_not_served) {
    bus::MemoryBus bus(world.network);
    const auto knocker = bus.knock(world.door_of(ServiceName::kIntake), bus::make_key_pair().value()).value();
    ASSERT_TRUE(knocker->send(wire::encode(Envelope{{"fax-1", 1}, "", Command(watermark(1))})));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(knocker->receive(0ms), std::nullopt);
    EXPECT_EQ(world.head(kDesk), before);
}

}  // namespace
}  // namespace rightsdesk::runtime
