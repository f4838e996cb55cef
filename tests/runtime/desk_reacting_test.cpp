// Reactions, what falls due, restarts, several instances, and what is heard between services.
#include "runtime/desk_world.h"

namespace rightsdesk::runtime {
namespace {

class DeskReacting : public DeskTest {
protected:
    // Payment clearing answers every notice with a silence of its name: one effect a record, easily counted.
    static Decision answer_notices(const Surroundings&, const std::string&, const std::string&, const Record& record, const Context&) {
        Decision decision;
        const auto* decided = std::get_if<NoticeDecided>(&record.event);
        if (decided != nullptr) decision.add(AlertsSilenced{Silence{"alert/" + decided->notice.id, Instant(1), "clearing"}});
        return decision;
    }

    void submit(std::uint64_t from, std::uint64_t to) {
        for (std::uint64_t sequence = from; sequence <= to; ++sequence) fax.send(sequence, notice_for(kOffering, "form " + std::to_string(sequence)));
        ASSERT_TRUE(intake.settle());
    }

    [[nodiscard]] std::size_t effects() {
        const Names events = world.events(kOffering);
        return static_cast<std::size_t>(std::count(events.begin(), events.end(), "AlertsSilenced"));
    }
};

// ---- restart ----

TEST_F(DeskReacting, a_service_that_starts_again_has_the_same_books) {
    submit(1, 20);
    fax.send(100, watermark(1));
    ASSERT_TRUE(intake.settle());
    Instance again(world, ServiceName::kIntake, "2");
    ASSERT_TRUE(again.start());
    for (const char* log : {kDesk, kOffering}) {
        EXPECT_EQ(again.book(log).entities(), intake.book(log).entities()) << log;
        expect_as_stored(world, again, log);
    }
}

// On a second host that was given everything but the keys: with one of its own the same notice would be another.
TEST_F(DeskReacting, a_service_does_not_start_beside_a_log_whose_sealing_key_is_gone) {
    submit(1, 1);
    intake.die();
    const std::string key = world.folder.file("keys/" + std::string(kOffering) + ".key");
    std::filesystem::rename(key, key + ".kept");
    Instance second(world, ServiceName::kIntake);
    const auto started = second.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().kind, base::ErrorKind::kUnavailable);
    EXPECT_NE(started.error().message.find(std::string(kOffering) + ".key"), std::string::npos) << started.error().message;
    EXPECT_FALSE(std::filesystem::exists(key)) << "none was made in its place";
    std::filesystem::rename(key + ".kept", key);
    ASSERT_TRUE(second.start());
}

TEST_F(DeskReacting, a_repeat_after_a_restart_gets_the_first_receipt) {
    const auto bytes = fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    const auto first = fax.answer();
    Instance again(world, ServiceName::kIntake, "2");
    ASSERT_TRUE(again.start());
    Knocking knocking(world, "fax-1", ServiceName::kIntake, "2");
    knocking.send(bytes);
    ASSERT_TRUE(again.settle());
    EXPECT_EQ(knocking.answer(), first);
    EXPECT_EQ(world.head(kOffering), 1U);
}

// ---- reacting ----

TEST_F(DeskReacting, each_record_is_reacted_to_once_also_over_restarts) {
    submit(1, 10);
    for (int start = 0; start < 3; ++start) {
        Instance clearing(world, ServiceName::kPaymentClearing);
        clearing.handler.reacting = answer_notices;
        ASSERT_TRUE(clearing.start());
        ASSERT_TRUE(clearing.settle());
        EXPECT_EQ(effects(), 10U) << "start " << start + 1;
    }
}

// Each durable write of what follows holds up a sender's: what comes meanwhile is committed with one.
TEST_F(DeskReacting, what_follows_from_records_that_come_one_by_one_is_committed_together) {
    Instance clearing(world, ServiceName::kPaymentClearing);
    clearing.handler.reacting = answer_notices;
    ASSERT_TRUE(clearing.start());
    clearing.store.commits_take = 3ms;
    Names commits;
    for (std::uint64_t sequence = 1; sequence <= 20; ++sequence) {
        submit(sequence, sequence);
        world.steps.clear();
        ASSERT_TRUE(clearing.turn());
        commits.insert(commits.end(), world.steps.begin(), world.steps.end());
        EXPECT_GE(effects(), 1U) << "the first is not kept waiting";
        world.clock.advance(2ms);
    }
    std::erase_if(commits, [](const std::string& step) { return !step.starts_with("commit " + std::string(kOffering)); });
    EXPECT_GE(commits.size(), 2U);
    EXPECT_LE(commits.size(), 5U) << "of twenty records in 60 ms, and a pause of eight times three";
    world.clock.advance(kLongestReactingPause);
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(effects(), 20U);
}

// On a slow disk no longer than the longest pause; a backlog is not kept waiting at all.
TEST_F(DeskReacting, reacting_pauses_no_longer_than_its_bound_and_never_before_a_backlog) {
    Instance clearing(world, ServiceName::kPaymentClearing);
    clearing.handler.reacting = answer_notices;
    ASSERT_TRUE(clearing.start());
    clearing.store.commits_take = 20ms;
    submit(1, 1);
    ASSERT_TRUE(clearing.turn());
    submit(2, 2);
    ASSERT_TRUE(clearing.turn());
    EXPECT_EQ(effects(), 1U);
    ASSERT_LT(kLongestReactingPause, 8 * 20ms);
    world.clock.advance(kLongestReactingPause);
    ASSERT_TRUE(clearing.turn());
    EXPECT_EQ(effects(), 2U);
    submit(3, 3 + 2 * kMaxReactionsPerTurn);
    world.clock.advance(kLongestReactingPause);
    for (int turns = 0; turns < 6; ++turns) ASSERT_TRUE(clearing.turn());
    EXPECT_GE(effects(), 2 + 2 * kMaxReactionsPerTurn) << "one turn after another";
}

TEST_F(DeskReacting, only_what_concerns_it_is_reacted_to_and_the_cursor_passes_the_rest) {
    submit(1, 10);
    std::vector<std::string> told;
    const auto count = [&](const Surroundings& around, const std::string& target, const std::string& source, const Record& record, const Context& context) {
        told.emplace_back(base::type_name(record.event));
        return answer_notices(around, target, source, record, context);
    };
    const auto notices_alone = [](const std::string& source, const Event& event) { return source == kOffering && std::holds_alternative<NoticeDecided>(event); };
    {
        Instance clearing(world, ServiceName::kPaymentClearing);
        clearing.handler.reacting = count;
        clearing.handler.concerned = notices_alone;
        ASSERT_TRUE(clearing.start());
        ASSERT_TRUE(clearing.settle());
        submit(11, 15);
        ASSERT_TRUE(clearing.settle());
        ASSERT_TRUE(clearing.stop());
    }
    EXPECT_EQ(told, Names(15, "NoticeDecided"));
    EXPECT_EQ(effects(), 15U);
    EXPECT_EQ(*intake.store.cursor(kOffering, "payment_clearing", kOffering), world.head(kOffering));
}

// The store goes away between two commits of one turn, and with it what another wrote just before the first. What was committed has
// happened once: counted twice, its entities would have versions that the store never had, and nothing more could be said of them.
TEST_F(DeskReacting, a_store_that_goes_away_between_the_commits_of_two_offerings_leaves_the_first_as_committed) {
    const std::string first = "orchard-reit-2002";
    world.open_desk({first});
    Instance clearing(world, ServiceName::kPaymentClearing);
    clearing.handler.reacting = answer_notices;
    ASSERT_TRUE(clearing.start());
    ASSERT_TRUE(clearing.settle());
    ASSERT_TRUE(intake.settle());
    fax.send(1, notice_for(first));
    fax.send(2, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    clearing.store.before_commit = [&] {
        fax.send(3, notice_for(first, "another form"));
        ASSERT_TRUE(intake.settle());
        clearing.store.before_commit = [&] { world.logs->fail_next(2, store::MemoryFailure::kBefore); };
    };
    ASSERT_TRUE(clearing.turn());
    EXPECT_EQ(world.events(first), Names({"NoticeDecided", "NoticeDecided", "AlertsSilenced"}));
    EXPECT_EQ(world.events(kOffering), Names({"NoticeDecided"}));
    world.clock.advance(kUnhealthyInterval);
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(world.events(first), Names({"NoticeDecided", "NoticeDecided", "AlertsSilenced", "AlertsSilenced"}));
    EXPECT_EQ(effects(), 1U);
    for (const std::string& log : {first, std::string(kOffering)}) expect_as_stored(world, clearing, log);
}

// The desk takes in what an offering's log says, once, though the service dies between the one commit and the other.
TEST_F(DeskReacting, the_desk_follows_the_offerings_of_a_handler_that_asks_for_it) {
    submit(1, 10);
    const auto tell_the_desk = [](const Surroundings& around, const std::string& target, const std::string& source, const Record& record, const Context&) {
        Decision decision;
        const auto* decided = std::get_if<NoticeDecided>(&record.event);
        if (target != kDesk || source == kDesk || decided == nullptr) return decision;
        EXPECT_TRUE(around.follows(source, kDesk));
        EXPECT_FALSE(around.follows(kDesk, source)) << "it is about to";
        return decision.add(AlertsSilenced{Silence{"alert/" + source + "/" + decided->notice.id, Instant(1), "clearing"}});
    };
    for (int start = 0; start < 3; ++start) {
        Instance clearing(world, ServiceName::kPaymentClearing);
        clearing.handler.reacting = tell_the_desk;
        clearing.handler.following = true;
        ASSERT_TRUE(clearing.start());
        for (int turn = 0; turn < start + 1; ++turn) ASSERT_TRUE(clearing.turn());
        if (start < 2) continue;
        ASSERT_TRUE(clearing.settle());
        EXPECT_EQ(world.events(kDesk, before).size(), 10U);
        EXPECT_EQ(clearing.book(kDesk).silence_prefixes().size(), 10U);
    }
    Instance deaf(world, ServiceName::kPaymentClearing);
    deaf.handler.reacting = [](const Surroundings&, const std::string& target, const std::string& source, const Record&, const Context&) {
        EXPECT_FALSE(target == kDesk && source != kDesk);
        return Decision{};
    };
    ASSERT_TRUE(deaf.start());
    ASSERT_TRUE(deaf.settle());
}

// The one who reads it at five minutes to five is no engineer.
TEST_F(DeskReacting, an_effect_larger_than_a_commit_says_what_it_means_and_changes_nothing) {
    submit(1, 1);
    Instance clearing(world, ServiceName::kPaymentClearing);
    clearing.handler.reacting = [](const Surroundings&, const std::string&, const std::string&, const Record&, const Context&) {
        Decision decision;
        decision.add(ItemQuarantined{"fax-1.1", "looks at everything", {}});
        for (std::size_t read = 0; read < store::kMaxOperationsPerBatch; ++read) decision.reads.push_back("notice/fax-1." + std::to_string(read));
        return decision;
    };
    ASSERT_TRUE(clearing.start());
    const store::Sequence head = world.head(kOffering);
    base::Result<bool> turned = true;
    for (int turns = 0; turns < 10 && turned; ++turns) turned = clearing.turn();
    ASSERT_FALSE(turned);
    EXPECT_FALSE(turned.error().worth_retrying());
    EXPECT_NE(turned.error().message.find("Nothing is lost or half done"), std::string::npos) << turned.error().message;
    EXPECT_NE(turned.error().message.find("runbook"), std::string::npos) << turned.error().message;
    EXPECT_EQ(world.head(kOffering), head);
}

TEST_F(DeskReacting, an_effect_and_the_cursor_that_caused_it_are_one_commit) {
    submit(1, 10);
    {
        Instance clearing(world, ServiceName::kPaymentClearing);
        clearing.handler.reacting = answer_notices;
        ASSERT_TRUE(clearing.start());
        clearing.store.before_commit = [&] { world.logs->fail_next(1, store::MemoryFailure::kAfter); };
        ASSERT_TRUE(clearing.turn());
        EXPECT_EQ(effects(), 10U) << "committed, but the answer was lost, and the process dies";
    }
    Instance clearing(world, ServiceName::kPaymentClearing);
    clearing.handler.reacting = answer_notices;
    ASSERT_TRUE(clearing.start());
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(effects(), 10U);
}

// An effect took hold and its answer was lost. Decided again it makes what the second notice needs, beside which nothing follows from that one; and
// it does not hold, for the cursor has passed it. What follows from the third holds, and must not take the cursor past the second.
TEST_F(DeskReacting, that_nothing_follows_is_not_kept_when_what_it_was_found_beside_did_not_hold) {
    for (const std::uint64_t first : {1U, 11U}) {
        submit(first, first);
        const NoticeId third = "fax-1." + std::to_string(first + 2);
        Instance clearing(world, ServiceName::kPaymentClearing);
        clearing.handler.reacting = [&](const Surroundings& around, const std::string& target, const std::string&, const Record& record, const Context&) {
            Decision decision;
            const auto* decided = std::get_if<NoticeDecided>(&record.event);
            if (target != kOffering || decided == nullptr) return decision;
            const Book& book = around.books.book(kOffering);
            for (const NoticeId& id : book.notice_ids()) {
                const bool concerned = id != third || decided->notice.id == third;
                if (concerned && book.silence("alert/" + id) == nullptr) decision.add(AlertsSilenced{Silence{"alert/" + id, Instant(1), "clearing"}});
            }
            return decision;
        };
        ASSERT_TRUE(clearing.start());
        const std::size_t before_it = effects();
        clearing.store.before_commit = [&] { world.logs->fail_next(1, store::MemoryFailure::kAfter); };
        ASSERT_TRUE(clearing.turn());
        EXPECT_EQ(effects(), before_it + 1);
        const std::uint64_t last = first == 1 ? 2 : 13;  // with a third or without
        submit(first + 1, last);
        ASSERT_TRUE(clearing.settle());
        EXPECT_EQ(effects(), before_it + 1 + (last - first)) << "from " << first;
    }
}

TEST_F(DeskReacting, two_instances_together_react_once) {
    Instance one(world, ServiceName::kPaymentClearing, "1");
    Instance other(world, ServiceName::kPaymentClearing, "2");
    for (Instance* clearing : {&one, &other}) {
        clearing->handler.reacting = answer_notices;
        ASSERT_TRUE(clearing->start());
    }
    submit(1, 10);
    one.store.before_commit = [&] {
        world.clock.advance(kLease);  // it stands still for so long
        ASSERT_TRUE(other.turn());
    };
    ASSERT_TRUE(one.settle());
    ASSERT_TRUE(other.settle());
    EXPECT_EQ(effects(), 10U);
}

// One instance finds that another has consumed far more than a turn's worth: it goes on from there.
TEST_F(DeskReacting, an_instance_far_behind_another_goes_on_where_that_one_is) {
    Instance behind(world, ServiceName::kPaymentClearing, "1");
    Instance ahead(world, ServiceName::kPaymentClearing, "2");
    for (Instance* clearing : {&behind, &ahead}) {
        clearing->handler.reacting = answer_notices;
        ASSERT_TRUE(clearing->start());
    }
    constexpr std::uint64_t kNotices = 3 * kMaxReactionsPerTurn;
    submit(1, kNotices);
    behind.store.before_commit = [&] {
        world.clock.advance(kLease);  // it stands still for so long
        ASSERT_TRUE(ahead.settle());
    };
    ASSERT_TRUE(behind.turn());
    world.clock.advance(kLookInterval);
    const auto turned = behind.turn();
    ASSERT_TRUE(turned) << turned.error().message;
    ASSERT_TRUE(behind.settle());
    EXPECT_EQ(effects(), kNotices);
}

TEST_F(DeskReacting, a_reaction_that_cannot_be_decided_yet_holds_up_those_behind_it) {
    bool ready = false;
    Instance clearing(world, ServiceName::kPaymentClearing);
    clearing.handler.reacting = [&](const Surroundings& around, const std::string& target, const std::string& source, const Record& record,
                                    const Context& context) {
        Decision decision = answer_notices(around, target, source, record, context);
        if (!decision.events.empty() && record.cause.sequence == 2 && !ready) decision.retry_later = "the document is not there yet";
        return decision;
    };
    ASSERT_TRUE(clearing.start());
    submit(1, 3);
    for (int turns = 0; turns < 5; ++turns) ASSERT_TRUE(clearing.turn());
    EXPECT_NE(clearing.book(kOffering).silence("alert/fax-1.1"), nullptr);
    EXPECT_EQ(clearing.book(kOffering).silence("alert/fax-1.2"), nullptr);
    EXPECT_EQ(clearing.book(kOffering).silence("alert/fax-1.3"), nullptr) << "in order";
    ready = true;
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(effects(), 3U);
}

TEST_F(DeskReacting, a_cursor_that_merely_moved_makes_no_record_and_is_saved_within_a_second) {
    Instance clearing(world, ServiceName::kPaymentClearing);
    ASSERT_TRUE(clearing.start());
    submit(1, 5);
    ASSERT_TRUE(clearing.settle());
    world.clock.advance(kLookInterval);
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(world.head(kOffering), 5U);
    EXPECT_EQ(world.logs->logs[kOffering].cursors.at("payment_clearing/rare-medium-2002"), 5U);
    EXPECT_EQ(world.logs->logs[kOffering].cursors.at("payment_clearing/desk"), world.head(kDesk));
}

// ---- due ----

TEST_F(DeskReacting, what_falls_due_is_asked_for_until_there_is_nothing_more) {
    const auto silences = [](const Book& book) { return book.silence_prefixes().size(); };
    intake.handler.falling_due = [&](const Surroundings& around, const std::string& log, const Context& context) {
        Decision decision;
        const std::size_t done = log == kDesk ? 3 : silences(around.books.book(log));
        if (done < 3) decision.add(AlertsSilenced{Silence{"alert/" + std::to_string(done), context.now, "time"}});
        return decision;
    };
    submit(1, 1);
    EXPECT_EQ(effects(), 3U);
    EXPECT_EQ(world.record(kOffering, world.head(kOffering)).cause, (Identity{"clock", 0}));
}

TEST_F(DeskReacting, what_time_alone_makes_due_is_found_within_a_second) {
    const Instant hour = world.clock.at + Instant(1'500'000'000);
    intake.handler.falling_due = [&](const Surroundings& around, const std::string& log, const Context& context) {
        Decision decision;
        if (log == kOffering && context.now >= hour && around.books.book(log).silence("the hour") == nullptr) {
            decision.add(AlertsSilenced{Silence{"the hour", context.now, "time"}});
        }
        return decision;
    };
    ASSERT_TRUE(intake.settle());
    world.clock.advance(1s);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(effects(), 0U) << "never early";
    world.clock.advance(1s);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(effects(), 1U);
}

// ---- between services ----

TEST_F(DeskReacting, what_one_commits_the_other_hears_at_once) {
    Instance clearing(world, ServiceName::kPaymentClearing);
    ASSERT_TRUE(clearing.start());
    ASSERT_TRUE(clearing.settle());
    submit(1, 1);
    ASSERT_TRUE(clearing.turn());
    EXPECT_NE(clearing.book(kOffering).notice("fax-1.1"), nullptr) << "no time has passed";
}

TEST_F(DeskReacting, feeds_that_lose_everything_cost_a_second_and_nothing_else) {
    Instance clearing(world, ServiceName::kPaymentClearing);
    clearing.handler.reacting = answer_notices;
    ASSERT_TRUE(clearing.start());
    ASSERT_TRUE(clearing.settle());
    world.network->drop_feeds(true);
    submit(1, 5);
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(clearing.book(kOffering).notice("fax-1.1"), nullptr);
    world.clock.advance(kLookInterval);
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(effects(), 5U);
}

TEST_F(DeskReacting, a_gap_in_what_is_heard_is_read_from_the_log) {
    Instance clearing(world, ServiceName::kPaymentClearing);
    ASSERT_TRUE(clearing.start());
    ASSERT_TRUE(clearing.settle());
    world.network->drop_feeds(true);
    submit(1, 3);
    world.network->drop_feeds(false);
    submit(4, 4);
    ASSERT_TRUE(clearing.settle());
    EXPECT_EQ(clearing.book(kOffering).notice_ids().size(), 4U);
}

// Each service tells of its own: a record is heard before another's that it follows, and all of both have been told of.
TEST_F(DeskReacting, what_is_heard_out_of_order_is_not_read_from_the_log) {
    Instance clearing(world, ServiceName::kPaymentClearing);
    ASSERT_TRUE(clearing.start());
    ASSERT_TRUE(clearing.settle());
    const store::Sequence known = world.head(kOffering);
    world.network->drop_feeds(true);
    submit(1, 3);
    world.network->drop_feeds(false);
    bus::MemoryBus bus(world.network);
    const bus::Remote monitors = world.feed_of(ServiceName::kDeadlineMonitor);
    const auto feed = bus.open_feed(monitors.endpoint, world.keys.at("deadline_monitor"), [this](const std::string& key) { return world.principals.name_of(key); }).value();
    const auto records = store::MemoryStore(world.logs).read_log(kOffering, known, 100).value();
    ASSERT_EQ(records.size(), 3U);
    world.logs->fail_next(1'000, store::MemoryFailure::kBefore);
    for (const std::size_t at : {std::size_t{2}, std::size_t{0}, std::size_t{1}}) {
        const store::LogRecord& record = records[at];
        feed->publish("event/" + std::string(kOffering) + "/",
                      wire::encode(PublishedRecords{{{kOffering, record.epoch, record.sequence, record.digest, record.link, record.record}}}));
        ASSERT_TRUE(clearing.turn());
    }
    EXPECT_EQ(clearing.book(kOffering).notice_ids().size(), 3U);
    world.logs->fail_next(0, store::MemoryFailure::kBefore);
}

// Whoever hears such a report is woken: two that answered each other's would never rest.
TEST_F(DeskReacting, who_rests_says_so_now_and_then_on_the_real_clock) {
    bus::MemoryBus bus(world.network);
    const auto idle = bus.listen({world.feed_of(ServiceName::kIntake)}, world.keys.at("reader"), {"idle/"}).value();
    ASSERT_TRUE(intake.settle());
    idle->receive(1'000);
    for (int turns = 0; turns < 200; ++turns) {
        world.clock.advance(std::chrono::milliseconds(5));
        ASSERT_TRUE(intake.turn());
    }
    const std::size_t said = idle->receive(1'000).size();
    EXPECT_GE(said, 1U);
    EXPECT_LE(said, 5U) << "a second, at four a second";
}

TEST_F(DeskReacting, an_offering_opened_while_a_service_runs_is_served_by_it) {
    world.open_desk({"second-2003"});
    world.clock.advance(kLookInterval);
    ASSERT_TRUE(intake.settle());
    fax.send(1, notice_for("second-2003"));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(world.events("second-2003"), Names({"NoticeDecided"}));
}

// Somebody else's watermark was not heard of, but the head after it was: the log was read for it. Who waits for every service to be idle
// (the stepped clock) would find this one idle with the thing not done.
TEST_F(DeskReacting, what_is_due_is_looked_at_again_when_the_desk_was_read_instead_of_heard) {
    Instance monitor(world, ServiceName::kDeadlineMonitor);
    monitor.handler.falling_due = [](const Surroundings& around, const std::string& log, const Context&) {
        Decision decision;
        const bool due = log == kOffering && around.books.desk.watermark("fax-1") != nullptr && around.books.book(log).silence_prefixes().empty();
        if (due) decision.add(AlertsSilenced{Silence{"alert/", Instant(1), "monitor"}});
        return decision;
    };
    ASSERT_TRUE(monitor.start());
    ASSERT_TRUE(monitor.settle());
    world.network->drop_feeds(true);
    fax.send(1, watermark(1));
    ASSERT_TRUE(intake.settle());
    world.network->drop_feeds(false);
    world.clock.advance(kHeadInterval);
    ASSERT_TRUE(intake.turn());
    ASSERT_TRUE(monitor.turn());
    ASSERT_TRUE(monitor.settle());
    EXPECT_EQ(world.events(kOffering), Names{"AlertsSilenced"}) << "without waiting for the look at every log that it takes once a second";
}

}  // namespace
}  // namespace rightsdesk::runtime
