// What every implementation of store.h promises. It runs against MemoryStore, and against RedisStore on a real Redis and on a
// real cluster of three.
#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "batches.h"
#include "redis_test_support.h"
#include "store/chain.h"
#include "store/chain_walk.h"
#include "store/memory_store.h"

namespace rightsdesk::store {
namespace {

using base::ErrorKind;

const std::string kOffering = "rare-medium-2002";

// An implementation, and the hands in it that the port does not give.
struct World {
    virtual ~World() = default;
    virtual std::unique_ptr<Store> open() = 0;
    // Puts a log where it is after `sequence` records, of which only the last is there.
    virtual void start_log_at(const std::string& log, const Head& head) = 0;
    virtual void set_state(const std::string& log, const std::string& entity, const EntityState& state) = 0;
    virtual void start_again() = 0;  // the store, with all that it has
};

struct MemoryWorld final : World {
    std::shared_ptr<MemoryLogs> logs = std::make_shared<MemoryLogs>();
    std::unique_ptr<Store> open() override { return std::make_unique<MemoryStore>(logs); }
    void start_log_at(const std::string& log, const Head& head) override {
        logs->logs[log].head = head;
        logs->logs[log].records[head.sequence] = LogRecord{head.sequence, head.epoch, base::sha256_hex("last"), head.link, Bytes(std::string("last"))};
    }
    void set_state(const std::string& log, const std::string& entity, const EntityState& state) override { logs->logs[log].states[entity] = state; }
    void start_again() override { logs->incarnation += "'"; }
};

// A real Redis, one or a cluster: `config` says how a user reaches it.
struct RealWorld : World {
    using Config = std::function<RedisConfig(const std::string& user)>;
    RealWorld(Config config, std::function<void()> restart) : config_(std::move(config)), restart_(std::move(restart)) {}
    std::unique_ptr<Store> open() override { return std::make_unique<RedisStore>(config_("intake")); }
    void start_log_at(const std::string& log, const Head& head) override {
        const std::string sequence = std::to_string(head.sequence);
        const std::string epoch = std::to_string(head.epoch);
        run(log, {"XADD", "{" + log + "}:log", sequence + "-0", "e", epoch, "d", base::sha256_hex("last"), "l", head.link, "b", "last"});
        run(log, {"HSET", "{" + log + "}:head", "seq", sequence, "link", head.link, "epoch", epoch});
    }
    void set_state(const std::string& log, const std::string& entity, const EntityState& state) override {
        run(log, {"HSET", "{" + log + "}:states", entity, std::to_string(state.version) + ":" + state.digest + ":" + state.state.value});
    }
    void start_again() override { restart_(); }

private:
    void run(const std::string& log, const Texts& command) { (void)value_of(RedisNodes(config_("test_admin")).call(log, {command.begin(), command.end()})); }
    Config config_;
    std::function<void()> restart_;
};

struct RedisWorld final : RealWorld {
    RedisWorld() : RealWorld([&server = empty_redis()](const std::string& user) { return config_of(server, user); }, [&server = shared_redis()] {
            server.stop();
            server.start();
        }) {}
};

// The master that has the offering is started again, the others go on.
struct ClusterWorld final : RealWorld {
    ClusterWorld() : RealWorld([&cluster = empty_cluster()](const std::string& user) { return cluster.config_as(user); }, [&cluster = empty_cluster()] {
            const std::size_t holder = cluster.holder_of(kOffering);
            cluster.master(holder).stop();
            cluster.master(holder).start();
            cluster.wait_until_whole();
        }) {}
};

template <class Implementation>
struct StoreContract : testing::Test {
    Implementation world;
    std::unique_ptr<Store> store = world.open();

    Texts commit(std::vector<Item> items, const std::string& log = kOffering) { return to_texts(store->commit(batch(log, std::move(items)))); }

    // Everything that the port shows of the log, as text.
    std::string rendered(const std::string& log = kOffering) {
        std::string text;
        for (const LogRecord& record : value_of(store->read_log(log, 0, 1'000))) {
            text += std::to_string(record.sequence) + " " + record.record.value + " " + record.digest + " " + record.link + "\n";
        }
        for (const auto& [entity, state] : value_of(store->load_states(log))) text += entity + "@" + std::to_string(state.version) + "=" + state.state.value + "\n";
        for (const auto& [key, entity] : value_of(store->load_index(log))) text += key + "->" + entity + "\n";
        for (const auto& [cursor, sequence] : value_of(store->load_cursors(log))) text += cursor + "=" + std::to_string(sequence) + "\n";
        return text;
    }
};
using Implementations = testing::Types<MemoryWorld, RedisWorld, ClusterWorld>;
struct Names {
    template <class T>
    static std::string GetName(int) { return std::is_same_v<T, MemoryWorld> ? "memory" : std::is_same_v<T, RedisWorld> ? "redis" : "cluster"; }
};
TYPED_TEST_SUITE(StoreContract, Implementations, Names);

TYPED_TEST(StoreContract, an_empty_log_is_empty_everywhere) {
    EXPECT_EQ(this->store->head(kOffering)->sequence, 0U);
    EXPECT_EQ(this->store->head(kOffering)->epoch, 0U);
    EXPECT_TRUE(this->store->read_log(kOffering, 0, 10)->empty());
    EXPECT_TRUE(this->store->logs()->empty());
    EXPECT_EQ(*this->store->load_state(kOffering, "notice/1"), std::nullopt);
    EXPECT_EQ(*this->store->look_up(kOffering, "k"), std::nullopt);
    EXPECT_EQ(*this->store->find_identity(kOffering, "fax-1/1"), std::nullopt);
    EXPECT_EQ(*this->store->cursor(kOffering, "intake", "desk"), 0U);
    EXPECT_EQ(this->rendered(), "");
}

TYPED_TEST(StoreContract, an_item_is_written_whole_and_read_back) {
    EXPECT_EQ(this->commit({an_item().claiming("fax-1/1", "form").indexing("k1", "notice/1").writing("notice/1", 0, "state 1").saying("accepted")
                                .saying("confirmed").moving("intake", "desk", 0, 7)}),
              Texts{"committed 1..2"});

    const auto records = *this->store->read_log(kOffering, 0, 10);
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].sequence, 1U);
    EXPECT_EQ(records[0].epoch, 1U);
    EXPECT_EQ(records[0].record, Bytes(std::string("accepted")));
    EXPECT_EQ(records[0].digest, base::sha256_hex("accepted"));
    EXPECT_EQ(records[0].link, chain_link("", 1, base::sha256_hex("accepted")));
    EXPECT_EQ(records[1].link, chain_link(records[0].link, 2, base::sha256_hex("confirmed")));

    const Head head = *this->store->head(kOffering);
    EXPECT_EQ(head.sequence, 2U);
    EXPECT_EQ(head.link, records[1].link);
    EXPECT_EQ(head.epoch, 1U);

    const auto state = *this->store->load_state(kOffering, "notice/1");
    ASSERT_TRUE(state);
    EXPECT_EQ(state->version, 1U);
    EXPECT_EQ(state->state, Bytes(std::string("state 1")));
    EXPECT_EQ(state->digest, base::sha256_hex("state 1"));
    EXPECT_EQ(*this->store->look_up(kOffering, "k1"), "notice/1");
    EXPECT_EQ(*this->store->find_identity(kOffering, "fax-1/1"), std::pair(Sequence{1}, base::sha256_hex("form")));
    EXPECT_EQ(*this->store->cursor(kOffering, "intake", "desk"), 7U);
    EXPECT_EQ(*this->store->load_cursors(kOffering), (std::map<std::string, Sequence>{{"intake/desk", 7}}));
}

TYPED_TEST(StoreContract, an_identity_counts_once) {
    EXPECT_EQ(this->commit({an_item().saying("before"), an_item().claiming("fax-1/1", "form").claiming("wire/imad", "form").saying("accepted")}),
              (Texts{"committed 1..1", "committed 2..2"}));
    const std::string before = this->rendered();
    EXPECT_EQ(this->commit({an_item().claiming("fax-1/1", "form").saying("again")}), Texts{"duplicate of 2"}) << "the same bytes";
    EXPECT_EQ(this->commit({an_item().claiming("fax-1/1", "another form").saying("again")}), Texts{"conflict with 2"}) << "other bytes";
    EXPECT_EQ(this->commit({an_item().claiming("new", "x").claiming("wire/imad", "form").saying("again")}), Texts{"duplicate of 2"}) << "one of two is known";
    EXPECT_EQ(this->commit({an_item().claiming("fax-1/1", "form").claiming("wire/imad", "x").saying("again")}), Texts{"conflict with 2"})
        << "one agrees, one contradicts: a person must look";
    EXPECT_EQ(this->commit({an_item().claiming("fax-1/1", "form").writing("notice/1", 9, "x").saying("again")}), Texts{"duplicate of 2"})
        << "a repeat is a repeat, however stale";
    EXPECT_EQ(this->rendered(), before);
    EXPECT_EQ(*this->store->find_identity(kOffering, "new"), std::nullopt) << "nothing of a refused item is kept";
}

TYPED_TEST(StoreContract, versions_read_and_written_must_match) {
    EXPECT_EQ(this->commit({an_item().writing("notice/1", 0, "one").saying("a")}), Texts{"committed 1..1"});
    const std::string before = this->rendered();
    EXPECT_EQ(this->commit({an_item().writing("notice/1", 0, "two").saying("b")}), Texts{"stale: notice/1 is at version 1, expected 0"});
    EXPECT_EQ(this->commit({an_item().writing("notice/1", 2, "two").saying("b")}), Texts{"stale: notice/1 is at version 1, expected 2"});
    EXPECT_EQ(this->commit({an_item().reading("notice/1", 2).saying("b")}), Texts{"stale: notice/1 is at version 1, expected 2"});
    EXPECT_EQ(this->commit({an_item().reading("notice/2", 1).saying("b")}), Texts{"stale: notice/2 is at version 0, expected 1"});
    EXPECT_EQ(this->commit({an_item().writing("notice/3", 0, "three").reading("notice/1", 0).saying("b")}), Texts{"stale: notice/1 is at version 1, expected 0"});
    EXPECT_EQ(this->rendered(), before);
    EXPECT_EQ(this->commit({an_item().reading("notice/2", 0).writing("notice/1", 1, "two").saying("b")}), Texts{"committed 2..2"});
    EXPECT_EQ((*this->store->load_state(kOffering, "notice/1"))->version, 2U);
    EXPECT_EQ((*this->store->load_state(kOffering, "notice/1"))->state, Bytes(std::string("two")));
}

TYPED_TEST(StoreContract, an_index_entry_must_be_as_it_was_read) {
    EXPECT_EQ(this->commit({an_item().indexing("k", "notice/1")}), Texts{"committed 1..0"});
    EXPECT_EQ(this->commit({an_item().indexing("k", "notice/2")}), Texts{"stale: key k points to notice/1, expected nothing"});
    EXPECT_EQ(this->commit({an_item().indexing("k", "notice/2", "notice/3")}), Texts{"stale: key k points to notice/1, expected notice/3"});
    EXPECT_EQ(this->commit({an_item().indexing("other", "notice/2", "notice/3")}), Texts{"stale: key other points to nothing, expected notice/3"});
    EXPECT_EQ(this->commit({an_item().indexing("k", "notice/2", "notice/1")}), Texts{"committed 1..0"});
    EXPECT_EQ(*this->store->load_index(kOffering), (std::map<std::string, std::string>{{"k", "notice/2"}}));
}

TYPED_TEST(StoreContract, a_cursor_moves_from_where_it_is_and_is_kept_per_consumer_and_source) {
    EXPECT_EQ(this->commit({an_item().moving("intake", "desk", 0, 5)}), Texts{"committed 1..0"}) << "moving alone makes no record";
    EXPECT_EQ(this->commit({an_item().moving("intake", "desk", 4, 6).saying("a")}), Texts{"stale: cursor intake/desk is at 5, expected 4"});
    EXPECT_EQ(this->commit({an_item().moving("intake", "desk", 5, 6).saying("a")}), Texts{"committed 1..1"});
    EXPECT_EQ(this->commit({an_item().moving("intake", "other", 0, 1), an_item().moving("notification", "desk", 0, 2)}), (Texts{"committed 2..1", "committed 2..1"}));
    EXPECT_EQ(*this->store->load_cursors(kOffering), (std::map<std::string, Sequence>{{"intake/desk", 6}, {"intake/other", 1}, {"notification/desk", 2}}));
}

TYPED_TEST(StoreContract, an_item_that_rests_on_all_is_stale_once_anything_came_since) {
    EXPECT_EQ(this->commit({an_item().saying("a").at_head(1)}), Texts{"stale: the log is at 0, expected 1"});
    EXPECT_EQ(this->commit({an_item().saying("a").at_head(0)}), Texts{"committed 1..1"});
    EXPECT_EQ(this->commit({an_item().saying("b"), an_item().saying("c").at_head(1), an_item().saying("c").at_head(2)}),
              (Texts{"committed 2..2", "stale: the log is at 2, expected 1", "committed 3..3"}))
        << "what the items before it in its batch said came since";
    EXPECT_EQ(this->commit({an_item().moving("intake", "desk", 0, 1)}), Texts{"committed 4..3"});
    EXPECT_EQ(this->commit({an_item().saying("d").at_head(3)}), Texts{"committed 4..4"}) << "a cursor that merely moves says nothing";
}

TYPED_TEST(StoreContract, an_item_decided_on_those_before_it_falls_with_them) {
    const Item dependent = an_item().claiming("i", "x").writing("notice/2", 0, "s").saying("b").after_all();
    EXPECT_EQ(this->commit({an_item().saying("a").at_head(7), dependent, an_item().saying("c"), an_item().saying("d").after_all()}),
              (Texts{"stale: the log is at 0, expected 7", "stale: an item before it is not committed", "committed 1..1", "stale: an item before it is not committed"}));
    EXPECT_EQ(this->commit({dependent, an_item().saying("c").after_all()}), (Texts{"committed 2..2", "committed 3..3"})) << "the first has none before it";
    EXPECT_EQ(this->commit({dependent, an_item().saying("d").after_all()}), (Texts{"duplicate of 2", "stale: an item before it is not committed"}));
    EXPECT_EQ(this->commit({an_item().claiming("i", "y").saying("e"), dependent}), (Texts{"conflict with 2", "duplicate of 2"})) << "what is there already is there";
}

TYPED_TEST(StoreContract, a_later_item_sees_what_an_earlier_one_wrote) {
    EXPECT_EQ(this->commit({
                  an_item().claiming("i", "x").writing("notice/1", 0, "one").indexing("k", "notice/1").moving("intake", "desk", 0, 1).saying("a"),
                  an_item().claiming("i", "x").saying("repeat"),
                  an_item().claiming("i", "y").saying("contradiction"),
                  an_item().writing("notice/1", 0, "blind").saying("stale"),
                  an_item().reading("notice/1", 1).writing("notice/1", 1, "two").indexing("k", "notice/2", "notice/1").moving("intake", "desk", 1, 2).saying("b"),
                  an_item().reading("notice/1", 2).indexing("k2", "notice/2"),
                  an_item().indexing("k2", "notice/3"),
                  an_item().saying("c").saying("d"),
              }),
              (Texts{"committed 1..1", "duplicate of 1", "conflict with 1", "stale: notice/1 is at version 1, expected 0", "committed 2..2", "committed 3..2",
                     "stale: key k2 points to notice/2, expected nothing", "committed 3..4"}));
    EXPECT_EQ((*this->store->load_state(kOffering, "notice/1"))->version, 2U);
    EXPECT_EQ((*this->store->load_state(kOffering, "notice/1"))->state, Bytes(std::string("two")));
    EXPECT_EQ(*this->store->look_up(kOffering, "k"), "notice/2");
    EXPECT_EQ(*this->store->cursor(kOffering, "intake", "desk"), 2U);
    EXPECT_FALSE(verify_chain(*this->store->read_log(kOffering, 0, 100)));
}

TYPED_TEST(StoreContract, a_refused_item_leaves_no_trace_for_the_items_after_it) {
    EXPECT_EQ(this->commit({
                  an_item().claiming("i", "x").writing("notice/1", 0, "one").indexing("k", "notice/1").reading("notice/9", 9).saying("refused"),
                  an_item().claiming("i", "x").writing("notice/1", 0, "one").indexing("k", "notice/1").saying("committed"),
              }),
              (Texts{"stale: notice/9 is at version 0, expected 9", "committed 1..1"}));
}

TYPED_TEST(StoreContract, logs_are_apart_and_listed) {
    EXPECT_EQ(this->commit({an_item().claiming("i", "x").saying("a")}, "offering-b"), Texts{"committed 1..1"});
    EXPECT_EQ(this->commit({an_item().claiming("i", "y").saying("a")}, "desk"), Texts{"committed 1..1"});
    EXPECT_EQ(this->commit({an_item().claiming("i", "z").saying("a")}, "offering-a"), Texts{"committed 1..1"});
    EXPECT_EQ(this->commit({an_item().moving("intake", "desk", 0, 1)}, "no-record-yet"), Texts{"committed 1..0"});
    EXPECT_EQ(*this->store->logs(), (Texts{"desk", "offering-a", "offering-b"}));
}

TYPED_TEST(StoreContract, the_epoch_is_set_once) {
    Batch first = batch(kOffering, {an_item().saying("a")});
    first.epoch = 7;
    ASSERT_TRUE(this->store->commit(first));
    EXPECT_EQ(this->store->head(kOffering)->epoch, 7U);
    EXPECT_EQ((*this->store->read_log(kOffering, 0, 1))[0].epoch, 7U);
    const auto refused = this->store->commit(batch(kOffering, {an_item().saying("b")}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::kConflict) << refused.error().message;
    EXPECT_EQ(this->store->head(kOffering)->sequence, 1U);
}

TYPED_TEST(StoreContract, batches_of_several_logs_end_each_as_if_it_were_alone) {
    const auto log = [](int number) { return "offering-" + std::to_string(number); };
    this->commit({an_item().claiming("i", "x").writing("notice/1", 0, "s").saying("first")}, log(3));
    this->commit({an_item().saying("first")}, log(4));
    std::vector<Batch> batches;
    for (int number = 1; number <= 20; ++number) {
        batches.push_back(batch(log(number), {an_item().claiming("i", "x").writing("notice/1", 0, "s").saying("accepted"), an_item().saying("and")}));
    }
    batches[3].epoch = 9;               // another than the log's
    batches[4].log = "not a log's name";
    const auto results = this->store->commit_several(batches);
    ASSERT_EQ(results.size(), batches.size());
    for (int number = 1; number <= 20; ++number) {
        const auto& result = results[static_cast<std::size_t>(number) - 1];
        if (number == 3) {
            EXPECT_EQ(to_texts(result), (Texts{"duplicate of 1", "committed 2..2"}));
        } else if (number == 4 || number == 5) {
            ASSERT_FALSE(result) << number;
            EXPECT_EQ(result.error().kind, number == 4 ? ErrorKind::kConflict : ErrorKind::kInvalid) << result.error().message;
        } else {
            EXPECT_EQ(to_texts(result), (Texts{"committed 1..1", "committed 2..2"})) << number;
            EXPECT_EQ(this->store->head(log(number))->sequence, 2U) << number;
        }
    }
    EXPECT_EQ(this->store->head(log(4))->sequence, 1U);
    EXPECT_TRUE(this->store->commit_several({}).empty());
}

TYPED_TEST(StoreContract, what_is_done_meanwhile_is_done_once_and_by_the_caller) {
    for (const std::size_t logs : {1U, 3U}) {
        std::vector<Batch> batches;
        for (std::size_t at = 1; at <= logs; ++at) batches.push_back(batch("meanwhile-" + std::to_string(logs) + std::to_string(at), {an_item().saying("a")}));
        std::vector<std::thread::id> done_by;
        const auto results = this->store->commit_several(batches, [&] { done_by.push_back(std::this_thread::get_id()); });
        EXPECT_EQ(done_by, std::vector{std::this_thread::get_id()});
        ASSERT_EQ(results.size(), logs);
        for (const auto& result : results) EXPECT_EQ(to_texts(result), Texts{"committed 1..1"});
    }
}

TYPED_TEST(StoreContract, stores_on_the_same_logs_see_each_other) {
    const auto other = this->world.open();
    ASSERT_EQ(this->commit({an_item().claiming("i", "x").writing("notice/1", 0, "one").saying("a")}), Texts{"committed 1..1"});
    EXPECT_EQ(to_texts(other->commit(batch(kOffering, {an_item().claiming("i", "x").saying("a")}))), Texts{"duplicate of 1"});
    EXPECT_EQ(other->head(kOffering)->link, this->store->head(kOffering)->link);
}

TYPED_TEST(StoreContract, a_log_is_read_from_anywhere_and_within_a_limit) {
    std::vector<Item> items;
    for (int number = 1; number <= 50; ++number) items.push_back(an_item().saying("record " + std::to_string(number)));
    this->commit(items);
    const auto numbers = [&](Sequence after, std::size_t limit) {
        std::vector<Sequence> all;
        for (const LogRecord& record : value_of(this->store->read_log(kOffering, after, limit))) all.push_back(record.sequence);
        return all;
    };
    EXPECT_EQ(numbers(0, 3), (std::vector<Sequence>{1, 2, 3}));
    EXPECT_EQ(numbers(47, 100), (std::vector<Sequence>{48, 49, 50}));
    EXPECT_EQ(numbers(10, 33).size(), 33U);
    EXPECT_EQ(numbers(10, 33).back(), 43U);
    EXPECT_EQ(numbers(0, 1'000).size(), 50U);
    EXPECT_TRUE(numbers(50, 100).empty());
    EXPECT_TRUE(numbers(99, 100).empty());
    EXPECT_TRUE(numbers(0, 0).empty());
}

TYPED_TEST(StoreContract, an_answer_of_large_records_is_bounded) {
    const std::string large(kMaxRecordOctets, 'x');
    for (int number = 0; number < 40; ++number) ASSERT_EQ(this->commit({an_item().saying(large)}).size(), 1U);
    const std::size_t most = kMaxReadOctets / kMaxRecordOctets + 16;
    Sequence after = 0;
    for (std::size_t page = 1; page != 0; after += page) {
        page = value_of(this->store->read_log(kOffering, after, 1'000)).size();
        EXPECT_LT(page, most);
    }
    EXPECT_EQ(after, 40U) << "page by page all is read";
}

TYPED_TEST(StoreContract, any_octets_are_kept_as_they_are) {
    std::string octets;
    for (int octet = 0; octet < 256; ++octet) octets.push_back(static_cast<char>(octet));
    EXPECT_EQ(this->commit({an_item().claiming(octets, "x").indexing(octets, octets).writing(octets, 0, octets).saying(octets)}), Texts{"committed 1..1"});
    EXPECT_EQ((*this->store->read_log(kOffering, 0, 1))[0].record, Bytes(octets));
    EXPECT_EQ((*this->store->load_state(kOffering, octets))->state, Bytes(octets));
    EXPECT_EQ(*this->store->look_up(kOffering, octets), octets);
    EXPECT_TRUE(*this->store->find_identity(kOffering, octets));
    EXPECT_EQ(this->commit({an_item().writing("empty", 0, "").saying("")}), Texts{"committed 2..2"});
    EXPECT_EQ((*this->store->load_state(kOffering, "empty"))->state, Bytes());
    EXPECT_FALSE(verify_chain(*this->store->read_log(kOffering, 0, 9)));
}

TYPED_TEST(StoreContract, what_can_never_be_committed_is_invalid_and_changes_nothing) {
    const std::string large(kMaxRecordOctets + 1, 'x');
    const std::string long_name(kMaxKeyOctets + 1, 'n');
    const std::vector<Item> nine_large(9, an_item().saying(std::string(kMaxRecordOctets, 'x')));
    Item busy = an_item().saying("a");
    busy.reads.assign(kMaxOperationsPerBatch, EntityRead{"notice/1", 0});
    Item short_hash = an_item().saying("a");
    short_hash.identities.push_back({"i", "abc"});
    Batch no_epoch = batch(kOffering, {an_item().saying("a")});
    no_epoch.epoch = 0;
    const std::pair<const char*, Batch> rows[] = {
        {"an identity without an event has no receipt", batch(kOffering, {an_item().claiming("i", "x")})},
        {"a payload hash that is none", batch(kOffering, {short_hash})},
        {"an identity without a name", batch(kOffering, {an_item().claiming("", "x").saying("a")})},
        {"an identity named twice in an item", batch(kOffering, {an_item().claiming("i", "x").claiming("i", "x").saying("a")})},
        {"an entity written twice in an item", batch(kOffering, {an_item().writing("n", 0, "x").writing("n", 1, "y").saying("a")})},
        {"an index key set twice in an item", batch(kOffering, {an_item().indexing("k", "a").indexing("k", "b").saying("a")})},
        {"a name that is too long", batch(kOffering, {an_item().writing(long_name, 0, "x").saying("a")})},
        {"an index that points to nothing", batch(kOffering, {an_item().indexing("k", "").saying("a")})},
        {"a record that is too large", batch(kOffering, {an_item().saying("ok"), an_item().saying(large)})},
        {"a state that is too large", batch(kOffering, {an_item().writing("n", 0, large).saying("a")})},
        {"a batch that is too large", batch(kOffering, nine_large)},
        {"too many items", batch(kOffering, std::vector<Item>(kMaxItemsPerBatch + 1, an_item().saying("a")))},
        {"too many operations", batch(kOffering, {busy})},
        {"a version that could not be raised", batch(kOffering, {an_item().writing("n", kMaxNumber, "x").saying("a")})},
        {"a cursor that goes back", batch(kOffering, {an_item().moving("intake", "desk", 5, 4)})},
        {"a cursor without a consumer", batch(kOffering, {an_item().moving("", "desk", 0, 1)})},
        {"a cursor in a log that cannot be", batch(kOffering, {an_item().moving("intake", "De/sk", 0, 1)})},
        {"a head that cannot be", batch(kOffering, {an_item().saying("a").at_head(kMaxNumber + 1)})},
        {"no epoch", no_epoch},
        {"a log without a name", batch("", {an_item().saying("a")})},
        {"a log whose name leaves its slot", batch("a}b", {an_item().saying("a")})},
        {"a log's name of 41 letters", batch(std::string(41, 'a'), {an_item().saying("a")})},
    };
    for (const auto& [sentence, refused] : rows) {
        const auto result = this->store->commit(refused);
        ASSERT_FALSE(result) << sentence;
        EXPECT_EQ(result.error().kind, ErrorKind::kInvalid) << sentence << ": " << result.error().message;
    }
    EXPECT_EQ(this->rendered(), "");
    EXPECT_EQ(this->store->head("a}b").error().kind, ErrorKind::kInvalid);
    EXPECT_EQ(this->store->read_log("", 0, 1).error().kind, ErrorKind::kInvalid);
}

TYPED_TEST(StoreContract, the_largest_batches_pass) {
    std::vector<Item> many;
    for (std::size_t number = 0; number < kMaxItemsPerBatch; ++number) {
        ItemBuilder item = an_item().saying("record");
        for (int key = 0; key < 12; ++key) {
            const std::string name = std::to_string(number) + "." + std::to_string(key);
            item = item.claiming(name, "x").indexing(name, "e").writing(name, 0, "s");
        }
        many.push_back(item);
    }
    const auto results = this->store->commit(batch(kOffering, many));
    ASSERT_TRUE(results) << results.error().message;
    EXPECT_EQ(to_text(results->back()), "committed 1024..1024");
    EXPECT_EQ(this->store->load_states(kOffering)->size(), kMaxItemsPerBatch * 12);
    EXPECT_EQ(this->store->load_index(kOffering)->size(), kMaxItemsPerBatch * 12);
    const auto again = this->store->commit(batch(kOffering, many));
    EXPECT_EQ(to_text(again->back()), "duplicate of 1024");

    const std::vector<Item> large(7, an_item().saying(std::string(kMaxRecordOctets, 'x')));
    EXPECT_EQ(this->commit(large).back(), "committed 1031..1031");
    EXPECT_EQ(this->commit({}), Texts{}) << "and the smallest";
}

TYPED_TEST(StoreContract, numbers_are_exact_beyond_two_to_the_53rd) {
    const Sequence starts[] = {9'007'199'254'740'990ULL, 99'999'999'999'998ULL, 999'999'999'999'998ULL, 9'999'999'999'999'998ULL, 99'999'999'999'999'998ULL,
                               1'234'599'999'999'999'998ULL, 9'007'199'254'740'993'000ULL};
    int number = 0;
    for (const Sequence start : starts) {
        const std::string log = "log-" + std::to_string(++number);
        this->world.start_log_at(log, Head{start, "aa", 1});
        this->world.set_state(log, "notice/1", EntityState{start, base::sha256_hex("s"), Bytes(std::string("s"))});
        EXPECT_EQ(this->commit({an_item().saying("a").saying("b").saying("c").writing("notice/1", start, "t").moving("intake", "desk", 0, start),
                                an_item().saying("d").writing("notice/1", start + 1, "u").moving("intake", "desk", start, start + 1),
                                an_item().writing("notice/1", start, "u")},
                               log),
                  (Texts{"committed " + std::to_string(start + 1) + ".." + std::to_string(start + 3),
                         "committed " + std::to_string(start + 4) + ".." + std::to_string(start + 4),
                         "stale: notice/1 is at version " + std::to_string(start + 2) + ", expected " + std::to_string(start)}));
        EXPECT_EQ(this->store->head(log)->sequence, start + 4);
        EXPECT_EQ((*this->store->load_state(log, "notice/1"))->version, start + 2);
        EXPECT_EQ(*this->store->cursor(log, "intake", "desk"), start + 1);
        const auto records = *this->store->read_log(log, start, 10);
        ASSERT_EQ(records.size(), 4U);
        EXPECT_EQ(records.back().sequence, start + 4);
        EXPECT_FALSE(verify_chain(records, Head{start, "aa", 1}));
    }
}

TYPED_TEST(StoreContract, a_log_without_numbers_left_refuses_and_changes_nothing) {
    this->world.start_log_at(kOffering, Head{kMaxNumber - 1, "aa", 1});
    const auto refused = this->store->commit(batch(kOffering, {an_item().saying("a"), an_item().saying("b")}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::kInvalid) << refused.error().message;
    EXPECT_EQ(this->store->head(kOffering)->sequence, kMaxNumber - 1);
    EXPECT_EQ(this->commit({an_item().saying("a")}), Texts{"committed 9999999999999999999..9999999999999999999"});
}

TYPED_TEST(StoreContract, all_identities_are_there_to_be_verified) {
    (void)this->commit({an_item().claiming("fax-1/1", "a").saying("x").saying("y"), an_item().claiming("fax-1/2", "b").claiming("fax-1/3", "c").saying("z")});
    const std::map<std::string, std::pair<Sequence, std::string>> all{
        {"fax-1/1", {1, base::sha256_hex("a")}}, {"fax-1/2", {3, base::sha256_hex("b")}}, {"fax-1/3", {3, base::sha256_hex("c")}}};
    EXPECT_EQ(value_of(this->store->load_identities(kOffering)), all);
    EXPECT_TRUE(value_of(this->store->load_identities("desk")).empty());
}

// However long ago: identities last as long as their log.
TYPED_TEST(StoreContract, a_repeat_is_a_duplicate_of_its_first_event_after_thousands_of_others_and_a_new_start) {
    EXPECT_EQ(this->commit({an_item().claiming("fax-1/1", "form").saying("first")}), Texts{"committed 1..1"});
    for (int batch_number = 0; batch_number < 5; ++batch_number) {
        std::vector<Item> others;
        for (int number = 0; number < 1'000; ++number) others.push_back(an_item().claiming(std::to_string(batch_number) + "/" + std::to_string(number), "x").saying("other"));
        (void)this->commit(others);
    }
    this->world.start_again();
    (void)this->store->head(kOffering);  // what was connected before finds out
    EXPECT_EQ(this->commit({an_item().claiming("fax-1/1", "form").saying("again")}), Texts{"duplicate of 1"});
    EXPECT_EQ(this->commit({an_item().claiming("fax-1/1", "another form").saying("again")}), Texts{"conflict with 1"});
    EXPECT_EQ(value_of(this->store->head(kOffering)).sequence, 5'001U);
}

TYPED_TEST(StoreContract, a_store_that_was_started_again_takes_no_commit_before_it_is_trusted) {
    const std::string first = value_of(this->store->incarnation());
    EXPECT_EQ(value_of(this->store->incarnation()), first);
    EXPECT_EQ(value_of(this->world.open()->incarnation()), first) << "whoever asks";
    this->store->trust(first);
    EXPECT_EQ(this->commit({an_item().saying("a")}), Texts{"committed 1..1"});
    this->world.start_again();
    for (int attempt = 0; attempt < 3; ++attempt) {
        const auto refused = this->store->commit(batch(kOffering, {an_item().saying("b")}));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable) << refused.error().message;
    }
    const std::string second = value_of(this->store->incarnation());
    EXPECT_NE(second, first);
    EXPECT_EQ(value_of(this->store->head(kOffering)).sequence, 1U) << "it may be read, to be verified";
    this->store->trust(second);
    EXPECT_EQ(this->commit({an_item().saying("b")}), Texts{"committed 2..2"});
}

TYPED_TEST(StoreContract, several_logs_are_committed_again_once_a_new_start_is_trusted) {
    const auto commit_ten = [&](const std::string& record) {
        std::vector<Batch> batches;
        for (int number = 1; number <= 10; ++number) batches.push_back(batch("offering-" + std::to_string(number), {an_item().saying(record)}));
        std::string failed;
        for (const auto& result : this->store->commit_several(batches)) failed += result ? "" : result.error().message + "\n";
        return failed;
    };
    this->store->trust(value_of(this->store->incarnation()));
    EXPECT_EQ(commit_ten("a"), "");
    this->world.start_again();
    EXPECT_NE(commit_ten("b"), "") << "of a cluster the other masters go on";
    // A connection that was cut is found out by who uses it; each service asks for every head once a second.
    for (int number = 1; number <= 10; ++number) {
        const auto head = [&] { return this->store->head("offering-" + std::to_string(number)); };
        EXPECT_TRUE(head() || head());
    }
    this->store->trust(value_of(this->store->incarnation()));
    EXPECT_EQ(commit_ten("c"), "");
    EXPECT_EQ(commit_ten("d"), "");
}

TYPED_TEST(StoreContract, a_log_is_walked_in_pieces_and_the_first_bad_record_named) {
    for (int number = 1; number <= 250; ++number) (void)this->commit({an_item().saying("record " + std::to_string(number))});
    ChainWalk walk(*this->store, kOffering);
    std::size_t records = 0;
    for (std::size_t step = 1; step > 0; records += step) step = value_of(walk.step(100));
    EXPECT_EQ(records, 250U);
    EXPECT_EQ(walk.at().link, value_of(this->store->head(kOffering)).link);
    const auto records_of_the_log = value_of(this->store->read_log(kOffering, 0, 1'000));
    const Head known{200, records_of_the_log[199].link, 1};
    EXPECT_TRUE(must_contain(*this->store, kOffering, known));
    EXPECT_TRUE(must_contain(*this->store, kOffering, Head{}));
    EXPECT_EQ(value_of(ChainWalk(*this->store, kOffering, known).step(100)), 50U);

    const auto another = must_contain(*this->store, kOffering, Head{200, std::string(40, 'a'), 1});
    EXPECT_EQ(another.error().kind, ErrorKind::kCorrupt);
    EXPECT_NE(another.error().message.find("log " + kOffering + ", record 200: it is another"), std::string::npos) << another.error().message;
    const auto beyond = must_contain(*this->store, kOffering, Head{251, std::string(40, 'a'), 1});
    EXPECT_NE(beyond.error().message.find("log " + kOffering + ", record 251: it is gone"), std::string::npos) << beyond.error().message;
    const auto broken = ChainWalk(*this->store, kOffering, Head{200, std::string(40, 'a'), 1}).step(10);
    EXPECT_NE(broken.error().message.find("log " + kOffering + ", record 201: its link"), std::string::npos) << broken.error().message;
}

TYPED_TEST(StoreContract, a_state_whose_bytes_changed_is_corrupt) {
    this->world.set_state(kOffering, "notice/1", EntityState{1, base::sha256_hex("1000 shares"), Bytes(std::string("9000 shares"))});
    EXPECT_EQ(this->store->load_state(kOffering, "notice/1").error().kind, ErrorKind::kCorrupt);
    EXPECT_EQ(this->store->load_states(kOffering).error().kind, ErrorKind::kCorrupt);
}

TYPED_TEST(StoreContract, a_gap_in_the_log_is_corrupt) {
    this->world.start_log_at(kOffering, Head{5, "aa", 1});
    EXPECT_EQ(this->store->read_log(kOffering, 3, 10).error().kind, ErrorKind::kCorrupt);
    EXPECT_TRUE(this->store->read_log(kOffering, 4, 10));
}

}  // namespace
}  // namespace rightsdesk::store
