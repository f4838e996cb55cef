// What a service cannot decide: three attempts, then quarantine, with its bytes and the reason; the rest goes on.
#include <sys/wait.h>

#include "domain/quarantine.h"
#include "runtime/desk_world.h"
#include "runtime/process.h"

namespace rightsdesk::runtime {
namespace {

class DeskQuarantine : public testing::Test {
protected:
    void SetUp() override {
        world.open_desk({kOffering});
        intake.settings.watch.run_folder = clearing.settings.watch.run_folder = world.folder.path();
        intake.handler.deciding = [this](const Surroundings& around, const std::string& log, const Command& command, const Context& context) {
            const auto* notice = std::get_if<SubmitNotice>(&command);
            if (notice != nullptr && notice->document == Bytes(std::string("poison")) && !mended) fail();
            return TestHandler::decide_simply(around, log, command, context);
        };
        ASSERT_TRUE(intake.start());
    }

    // As the test wants it: by an exception, or by the end of the process.
    void fail() const {
        if (by_death) ::abort();
        throw std::runtime_error("the form has no end");
    }
    static SubmitNotice poison() { return notice_for(kOffering, "poison"); }

    // A process that takes over everything as it is, does this and may die; nothing of it comes back but what lies in files.
    template <class Act>
    static bool dies(Act act) {
        const pid_t child = ::fork();
        if (child == 0) {
            if (std::freopen("/dev/null", "w", stderr) == nullptr) ::_exit(1);
            act();
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFSIGNALED(status);
    }

    [[nodiscard]] std::size_t count(const std::string& log, const std::string& event) {
        const Names events = world.events(log);
        return static_cast<std::size_t>(std::count(events.begin(), events.end(), event));
    }

    bool by_death = false;
    bool mended = false;
    DeskWorld world;
    Instance intake{world, ServiceName::kIntake};
    Instance clearing{world, ServiceName::kPaymentClearing};
    Knocking fax{world, "fax-1", ServiceName::kIntake};
    Knocking alice{world, "alice", ServiceName::kIntake};
    const std::string item = "fax-1!quarantined." + std::to_string(number_from_hash(base::sha256_hex(wire::encode(Envelope{{"fax-1", 2}, "", poison()}).view())));
};

// ---- messages ----

TEST_F(DeskQuarantine, a_message_that_fails_three_times_gets_a_receipt_of_it_and_the_rest_of_its_batch_is_decided) {
    for (int attempt = 1; attempt <= 2; ++attempt) {
        fax.send(2, poison());
        ASSERT_TRUE(intake.settle());
        const auto receipt = fax.receipt();
        ASSERT_TRUE(receipt);
        EXPECT_EQ(receipt->kind, ReceiptKind::kRetryLater);
        EXPECT_NE(receipt->explanation.find("attempt " + std::to_string(attempt) + " of 3"), std::string::npos) << receipt->explanation;
    }
    fax.send(1, notice_for(kOffering, "one"));
    const auto bytes = fax.send(2, poison());
    fax.send(3, notice_for(kOffering, "three"));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted);
    const auto told = fax.reply();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->identity, (Identity{"fax-1", 2})) << "so that its sender finds it";
    const auto receipt = std::get<Receipt>(told->body);
    EXPECT_EQ(receipt.kind, ReceiptKind::kQuarantined);
    EXPECT_EQ(receipt.explanation, "the form has no end");
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted);

    const Record record = world.record(kOffering, receipt.sequence);
    const auto& quarantined = std::get<ItemQuarantined>(record.event);
    EXPECT_EQ(quarantined.item, item);
    EXPECT_EQ(quarantined.message, bytes);
    EXPECT_EQ(quarantined.work->service, "intake");
    EXPECT_EQ(quarantined.work->attempts, 3U);
    EXPECT_EQ(intake.book(kOffering).quarantined(), std::set<std::string>{item});

    fax.send(bytes);
    fax.send(bytes);
    ASSERT_TRUE(intake.settle());
    const auto again = fax.answer();
    EXPECT_EQ(again, fax.answer());
    EXPECT_EQ(std::get<Receipt>(wire::decode_reply(*again)->body), receipt) << "a repeat gets the same";
    EXPECT_EQ(count(kOffering, "ItemQuarantined"), 1U);
    EXPECT_TRUE(intake.service().health().good());
}

TEST_F(DeskQuarantine, a_message_at_which_the_process_dies_is_known_by_its_marker_and_quarantined_by_the_fourth) {
    by_death = true;
    const auto bytes = wire::encode(Envelope{{"fax-1", 2}, "", poison()});
    for (int death = 1; death <= 3; ++death) {
        fax.send(1, notice_for(kOffering, "one"));
        fax.send(bytes);
        ASSERT_TRUE(dies([&] { static_cast<void>(intake.turn()); })) << death;
        intake.die();
        ASSERT_TRUE(intake.start());
    }
    while (fax.answer()) {}
    fax.send(1, notice_for(kOffering, "one"));
    fax.send(bytes);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted) << "what was in the same batch was never blamed";
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kQuarantined);
    EXPECT_EQ(count(kOffering, "ItemQuarantined"), 1U);
}

TEST_F(DeskQuarantine, a_store_that_does_not_answer_is_never_an_attempt) {
    for (int attempt = 0; attempt < 5; ++attempt) {
        intake.store.before_commit = [&] { world.logs->fail_next(1, store::MemoryFailure::kBefore); };
        fax.send(1, notice_for(kOffering, "one"));
        ASSERT_TRUE(intake.turn());
        EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater);
        world.clock.advance(kUnhealthyInterval);
        ASSERT_TRUE(intake.settle());
    }
    fax.send(1, notice_for(kOffering, "one"));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted);
}

TEST_F(DeskQuarantine, what_is_released_after_the_fix_is_decided_as_itself) {
    const auto bytes = wire::encode(Envelope{{"fax-1", 2}, "", poison()});
    for (int attempt = 0; attempt < 3; ++attempt) {
        fax.send(bytes);
        ASSERT_TRUE(intake.settle());
    }
    while (fax.answer()) {}
    mended = true;
    alice.send(51, ReleaseItem{kOffering, item, "mended"});
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(alice.receipt()->status, "released");
    EXPECT_TRUE(intake.book(kOffering).quarantined().empty());
    ASSERT_NE(intake.book(kOffering).notice("fax-1.2"), nullptr) << "under its own number";
    fax.send(bytes);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->subject, "notice/fax-1.2") << "who sends it again gets what became of it";
    alice.send(52, ReleaseItem{kOffering, item, "once more"});
    alice.send(53, ReleaseItem{kOffering, "fax-1.99", "no such"});
    alice.send(54, ReleaseItem{"elsewhere", item, "no such"});
    ASSERT_TRUE(intake.settle());
    std::set<std::string> reasons;  // logs are served in their own order
    for (int answered = 0; answered < 3; ++answered) reasons.insert(alice.receipt()->reasons.at(0));
    EXPECT_EQ(reasons, (std::set<std::string>{"nothing_to_do", "unknown_item", "unknown_offering"}));
}

// A handler says what it reacts to, and knows nothing of releases.
TEST_F(DeskQuarantine, what_is_released_is_decided_whatever_the_handler_reacts_to) {
    intake.die();
    intake.handler.concerned = [](const std::string&, const Event&) { return false; };
    ASSERT_TRUE(intake.start());
    for (int attempt = 0; attempt < 3; ++attempt) {
        fax.send(2, poison());
        ASSERT_TRUE(intake.settle());
    }
    mended = true;
    alice.send(51, ReleaseItem{kOffering, item, "mended"});
    ASSERT_TRUE(intake.settle());
    EXPECT_NE(intake.book(kOffering).notice("fax-1.2"), nullptr);
}

TEST_F(DeskQuarantine, what_fails_again_after_its_release_is_in_quarantine_again_and_can_be_released_again) {
    const auto bytes = wire::encode(Envelope{{"fax-1", 2}, "", poison()});
    for (int attempt = 0; attempt < 3; ++attempt) {
        fax.send(bytes);
        ASSERT_TRUE(intake.settle());
    }
    alice.send(51, ReleaseItem{kOffering, item, "hoping"});
    ASSERT_TRUE(intake.settle());
    ASSERT_EQ(intake.book(kOffering).quarantined().size(), 1U);
    const std::string second = *intake.book(kOffering).quarantined().begin();
    EXPECT_TRUE(second.starts_with("intake." + std::string(kOffering) + ".")) << second;
    mended = true;
    alice.send(52, ReleaseItem{kOffering, second, "mended"});
    ASSERT_TRUE(intake.settle());
    EXPECT_NE(intake.book(kOffering).notice("fax-1.2"), nullptr);
    EXPECT_TRUE(intake.book(kOffering).quarantined().empty());
}

TEST_F(DeskQuarantine, what_cannot_even_be_routed_is_kept_at_the_desk) {
    intake.handler.routing = [](const Surroundings&, const Command& command) -> std::string {
        if (std::holds_alternative<SubmitNotice>(command)) throw std::runtime_error("no way");
        return kDesk;
    };
    const auto bytes = wire::encode(Envelope{{"fax-1", 2}, "", poison()});
    for (int attempt = 0; attempt < 3; ++attempt) {
        fax.send(bytes);
        fax.send(10 + static_cast<std::uint64_t>(attempt), watermark(attempt));
        ASSERT_TRUE(intake.settle());
    }
    std::vector<ReceiptKind> kinds;
    while (const auto receipt = fax.receipt()) kinds.push_back(receipt->kind);
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), ReceiptKind::kQuarantined), 1);
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), ReceiptKind::kAccepted), 3) << "the others are served";
    EXPECT_EQ(count(kDesk, "ItemQuarantined"), 1U);
}

// ---- reactions, and what time makes due ----

class DeskQuarantineOfReactions : public DeskQuarantine {
protected:
    void SetUp() override {
        DeskQuarantine::SetUp();
        clearing.handler.reacting = [this](const Surroundings&, const std::string&, const std::string&, const Record& record, const Context&) -> Decision {
            Decision decision;
            if (const auto* decided = std::get_if<NoticeDecided>(&record.event)) {
                if (decided->notice.id == "fax-1.2" && !mended) fail();
                decision.add(AlertsSilenced{Silence{"decided/" + decided->notice.id, Instant(1), "clearing"}});
            }
            if (const auto* confirmed = std::get_if<NoticeConfirmed>(&record.event)) {
                decision.add(AlertsSilenced{Silence{"confirmed/" + confirmed->notice, Instant(1), "clearing"}});
            }
            return decision;
        };
        ASSERT_TRUE(clearing.start());
        for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) fax.send(sequence, notice_for(kOffering, "form " + std::to_string(sequence)));
        ASSERT_TRUE(intake.settle());
    }
    [[nodiscard]] Names effects() {
        Names names;
        for (const std::string& prefix : clearing.book(kOffering).silence_prefixes()) names.push_back(prefix);
        return names;
    }
    void confirm(const std::string& notice, std::uint64_t sequence) {
        intake.handler.deciding = [](const Surroundings&, const std::string&, const Command& command, const Context&) {
            Decision decision;
            return decision.add(NoticeConfirmed{std::get<ConfirmByTelephone>(command).notice, Instant(1), {}});
        };
        intake.handler.routing = [](const Surroundings&, const Command&) { return std::string(kOffering); };
        ConfirmByTelephone command;
        command.offering = kOffering;
        command.notice = notice;
        alice.send(sequence, command);
        ASSERT_TRUE(intake.settle());
        ASSERT_EQ(alice.receipt()->status, "confirmed");
    }
    const std::string held = "payment_clearing." + std::string(kOffering) + ".2";
};

TEST_F(DeskQuarantineOfReactions, the_cursor_moves_on_and_what_it_is_about_stands_still_until_the_release) {
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(effects(), Names({"decided/fax-1.1", "decided/fax-1.3"}));
    EXPECT_EQ(clearing.book(kOffering).quarantined(), std::set<std::string>{held});
    const QuarantinedWork work = *clearing.book(kOffering).item(held)->work;
    EXPECT_EQ(work.entity, "notice/fax-1.2");
    EXPECT_EQ(work.source, kOffering);
    EXPECT_EQ(work.record, 2U);
    EXPECT_EQ(frozen_text(clearing.book(kOffering), "notice/fax-1.2").size(), 1U);

    confirm("fax-1.2", 61);
    confirm("fax-1.3", 62);
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(effects(), Names({"confirmed/fax-1.3", "decided/fax-1.1", "decided/fax-1.3"})) << "the frozen one waits, the other does not";
    EXPECT_EQ(clearing.book(kOffering).quarantined().size(), 2U);

    mended = true;
    Knocking person(world, "alice", ServiceName::kPaymentClearing);
    const auto waiting = [&] {
        for (const std::string& id : clearing.book(kOffering).quarantined()) {
            if (id != held) return id;
        }
        return std::string();
    }();
    person.send(11, ReleaseItem{kOffering, waiting, "not in this order"});
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(person.receipt()->reasons, std::vector<std::string>{"frozen"});
    person.send(12, ReleaseItem{kOffering, held, "mended"});
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(person.receipt()->status, "released");
    EXPECT_EQ(effects(), Names({"confirmed/fax-1.2", "confirmed/fax-1.3", "decided/fax-1.1", "decided/fax-1.2", "decided/fax-1.3"}));
    EXPECT_TRUE(clearing.book(kOffering).quarantined().empty());

    // In the order in which they came, and each once.
    Names order;
    for (store::Sequence at = 1; at <= world.head(kOffering); ++at) {
        const auto record = world.record(kOffering, at);
        const auto* silenced = std::get_if<AlertsSilenced>(&record.event);
        if (silenced != nullptr && silenced->silence.prefix.ends_with("fax-1.2")) order.push_back(silenced->silence.prefix);
    }
    EXPECT_EQ(order, Names({"decided/fax-1.2", "confirmed/fax-1.2"}));
    Instance again(world, ServiceName::kPaymentClearing, "2");
    ASSERT_TRUE(again.start());
    EXPECT_EQ(again.book(kOffering).entities(), clearing.book(kOffering).entities()) << "it folds to the same";
}

TEST_F(DeskQuarantineOfReactions, a_reaction_at_which_the_process_dies_is_quarantined_too) {
    by_death = true;
    for (int death = 1; death <= 3; ++death) {
        ASSERT_TRUE(dies([&] { static_cast<void>(clearing.settle()); })) << death;
        clearing.die();
        ASSERT_TRUE(clearing.start());
    }
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(clearing.book(kOffering).quarantined(), std::set<std::string>{held});
    EXPECT_EQ(effects(), Names({"decided/fax-1.1", "decided/fax-1.3"}));
}

TEST_F(DeskQuarantineOfReactions, a_message_about_what_is_frozen_waits_and_a_person_is_told) {
    intake.handler.reacting = [this](const Surroundings&, const std::string&, const std::string&, const Record& record, const Context&) -> Decision {
        const auto* decided = std::get_if<NoticeDecided>(&record.event);
        if (decided != nullptr && decided->notice.id == "fax-1.5" && !mended) fail();
        return {};
    };
    intake.handler.routing = [](const Surroundings&, const Command& command) { return std::holds_alternative<AdvanceWatermark>(command) ? std::string(kDesk) : std::string(kOffering); };
    fax.send(5, notice_for(kOffering, "five"));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted);
    while (fax.answer()) {}
    ASSERT_EQ(intake.book(kOffering).quarantined().size(), 1U);

    world.hold_key("mail-1", {Role::kMailGateway});
    RejectNotice by_person;
    by_person.offering = kOffering;
    by_person.notice = "fax-1.5";
    alice.send(21, by_person);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(alice.receipt()->reasons, std::vector<std::string>{"frozen"});

    Knocking mail(world, "mail-1", ServiceName::kIntake);
    DeliverCertificates certificates;
    certificates.offering = kOffering;
    certificates.notice = "fax-1.5";
    mail.send(1, certificates);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(mail.receipt()->kind, ReceiptKind::kQuarantined) << "a machine has its receipt: it is kept, and decided after the release";
    EXPECT_EQ(intake.book(kOffering).quarantined().size(), 2U);
}

TEST_F(DeskQuarantineOfReactions, what_time_makes_due_stands_still_in_its_offering_alone) {
    int asked = 0;
    clearing.handler.falling_due = [&](const Surroundings& around, const std::string& log, const Context& context) -> Decision {
        Decision decision;
        if (log == kDesk && around.books.desk.silence("the hour") == nullptr) return decision.add(AlertsSilenced{Silence{"the hour", context.now, "time"}});
        if (log == kDesk) return {};
        ++asked;
        if (!mended) fail();
        if (around.books.book(log).silence("the hour") == nullptr) decision.add(AlertsSilenced{Silence{"the hour", context.now, "time"}});
        return decision;
    };
    for (int second = 0; second < 10; ++second) {
        world.clock.advance(kLookInterval);
        ASSERT_TRUE(clearing.settle());
    }
    EXPECT_EQ(asked, 3);
    EXPECT_NE(clearing.book(kDesk).silence("the hour"), nullptr) << "the other logs go on";
    std::string due;
    for (const std::string& id : clearing.book(kOffering).quarantined()) {
        if (id.starts_with("payment_clearing.due.")) due = id;
    }
    ASSERT_FALSE(due.empty());
    mended = true;
    Knocking person(world, "alice", ServiceName::kPaymentClearing);
    person.send(31, ReleaseItem{kOffering, due, "mended"});
    ASSERT_TRUE(clearing.settle());
    EXPECT_NE(clearing.book(kOffering).silence("the hour"), nullptr);
}

// ---- memory ----

TEST_F(DeskQuarantine, a_service_that_finds_no_memory_ends_in_good_order_to_be_started_again) {
    intake.handler.falling_due = [](const Surroundings&, const std::string&, const Context&) -> Decision { throw std::bad_alloc(); };
    intake.die();
    EXPECT_EQ(intake.run_to_its_end(), ExitCode::kUnavailable);
}

}  // namespace
}  // namespace rightsdesk::runtime
