// What every implementation of store.h promises of leases. It runs against MemoryStore and against RedisStore on a real Redis.
#include <gtest/gtest.h>

#include "batches.h"
#include "redis_test_support.h"
#include "store/memory_store.h"

namespace rightsdesk::store {
namespace {

using namespace std::chrono_literals;
using Holders = std::vector<std::string>;

constexpr std::chrono::milliseconds kThreeSeconds{3'000};
const std::string kLeasedLog = "rare-medium-2002";

// Time passes as the test says: in the fake it is set, in Redis the lease ends so much sooner.
struct LeasesInMemory {
    std::shared_ptr<MemoryLogs> logs = std::make_shared<MemoryLogs>();
    std::chrono::milliseconds now{1'000'000};
    LeasesInMemory() {
        logs->time = [this] { return now; };
    }
    std::unique_ptr<Store> open() { return std::make_unique<MemoryStore>(logs); }
    void pass(std::chrono::milliseconds time) { now += time; }
};

struct LeasesInRedis {
    support::RedisServer& server = empty_redis();
    std::unique_ptr<Store> open() { return std::make_unique<RedisStore>(config_of(server, "intake")); }
    void pass(std::chrono::milliseconds time) {
        RedisAdmin admin(server);
        const auto keys = admin.run({"KEYS", "{*}:leases"});
        for (std::size_t key = 0; key < keys->elements; ++key) {
            const std::string name(*text_of(*keys->element[key]));
            const auto lease = admin.run({"HGET", name, "intake"});
            const std::string text(text_of(*lease).value_or(""));
            const auto colon = text.find(':');
            if (colon == std::string::npos) continue;
            const long long end = std::stoll(text.substr(colon + 1)) - time.count();
            admin.run({"HSET", name, "intake", text.substr(0, colon + 1) + std::to_string(std::max(0LL, end))});
        }
    }
};

template <class Implementation>
struct LeaseContract : testing::Test {
    Implementation world;
    std::unique_ptr<Store> store = world.open();

    // Who holds each lease after this instance asked for it.
    Holders hold(const std::string& instance, const std::vector<LeaseWish>& wishes = {{kLeasedLog}}) {
        return value_of(store->hold_leases(wishes, "intake", instance, kThreeSeconds));
    }
    Holders look(const std::string& instance) { return hold(instance, {{kLeasedLog, false}}); }
};
using LeaseImplementations = testing::Types<LeasesInMemory, LeasesInRedis>;
struct LeaseNames {
    template <class T>
    static std::string GetName(int) { return std::is_same_v<T, LeasesInMemory> ? "memory" : "redis"; }
};
TYPED_TEST_SUITE(LeaseContract, LeaseImplementations, LeaseNames);

TYPED_TEST(LeaseContract, the_first_to_ask_has_it_and_the_others_are_told) {
    EXPECT_EQ(this->hold("1"), Holders{"1"});
    EXPECT_EQ(this->hold("2"), Holders{"1"});
    EXPECT_EQ(this->hold("1"), Holders{"1"});
}

TYPED_TEST(LeaseContract, one_that_is_renewed_lasts_and_one_that_is_not_ends) {
    EXPECT_EQ(this->hold("1"), Holders{"1"});
    this->world.pass(kThreeSeconds - 500ms);
    EXPECT_EQ(this->hold("2"), Holders{"1"});
    EXPECT_EQ(this->hold("1"), Holders{"1"});
    this->world.pass(kThreeSeconds - 500ms);
    EXPECT_EQ(this->hold("2"), Holders{"1"}) << "renewed";
    this->world.pass(1s);
    EXPECT_EQ(this->hold("2"), Holders{"2"});
    EXPECT_EQ(this->hold("1"), Holders{"2"}) << "the one before learns that it is another's";
}

TYPED_TEST(LeaseContract, who_looks_takes_none_but_renews_its_own) {
    EXPECT_EQ(this->look("1"), Holders{""});
    EXPECT_EQ(this->hold("1"), Holders{"1"});
    EXPECT_EQ(this->look("2"), Holders{"1"});
    this->world.pass(kThreeSeconds - 500ms);
    EXPECT_EQ(this->look("1"), Holders{"1"});
    this->world.pass(kThreeSeconds - 500ms);
    EXPECT_EQ(this->hold("2"), Holders{"1"});
    this->world.pass(1s);
    EXPECT_EQ(this->look("1"), Holders{""}) << "it ended";
}

TYPED_TEST(LeaseContract, one_that_is_given_up_is_free_at_once_and_nobody_gives_up_anothers) {
    EXPECT_EQ(this->hold("1"), Holders{"1"});
    EXPECT_TRUE(this->store->release_leases({kLeasedLog}, "intake", "2"));
    EXPECT_EQ(this->look("2"), Holders{"1"});
    EXPECT_TRUE(this->store->release_leases({kLeasedLog, "desk"}, "intake", "1"));
    EXPECT_EQ(this->look("1"), Holders{""});
    EXPECT_EQ(this->hold("2"), Holders{"2"});
}

TYPED_TEST(LeaseContract, each_log_and_each_service_has_its_own) {
    EXPECT_EQ(this->hold("1"), Holders{"1"});
    EXPECT_EQ(this->hold("2", {{kLeasedLog}, {"desk"}, {"another-offering", false}}), (Holders{"1", "2", ""}));
    EXPECT_EQ(value_of(this->store->hold_leases({{kLeasedLog}}, "notification", "2", kThreeSeconds)), Holders{"2"});
    EXPECT_EQ(this->hold("1"), Holders{"1"});
}

// Set forward, leases end early; set back, one must not last for as long as it was.
TYPED_TEST(LeaseContract, a_clock_that_was_set_back_keeps_nobody_waiting) {
    EXPECT_EQ(this->hold("1"), Holders{"1"});
    this->world.pass(-1h);
    EXPECT_EQ(this->hold("2"), Holders{"2"});
    EXPECT_EQ(this->hold("1"), Holders{"2"});
}

TYPED_TEST(LeaseContract, very_many_at_once) {
    std::vector<LeaseWish> wishes;
    for (int log = 0; log < 1'000; ++log) wishes.push_back({"offering-" + std::to_string(log)});
    EXPECT_EQ(this->hold("1", wishes), Holders(1'000, "1"));
    EXPECT_EQ(this->hold("2", wishes), Holders(1'000, "1"));
    EXPECT_EQ(this->hold("1", {}), Holders{});
}

TYPED_TEST(LeaseContract, what_is_no_lease_is_refused) {
    const auto refusal = [&](const std::string& log, const std::string& service, const std::string& instance, std::chrono::milliseconds duration) -> std::optional<base::ErrorKind> {
        const auto held = this->store->hold_leases({{log}}, service, instance, duration);
        return held ? std::nullopt : std::optional(held.error().kind);
    };
    constexpr auto invalid = base::ErrorKind::kInvalid;
    EXPECT_EQ(refusal("No Log", "intake", "1", kThreeSeconds), invalid);
    EXPECT_EQ(refusal("desk", "", "1", kThreeSeconds), invalid);
    EXPECT_EQ(refusal("desk", "intake", "1:2", kThreeSeconds), invalid) << "a colon ends the name";
    EXPECT_EQ(refusal("desk", "intake", std::string(kMaxInstanceOctets + 1, 'n'), kThreeSeconds), invalid);
    EXPECT_EQ(refusal("desk", "intake", "1", 0ms), invalid);
    EXPECT_EQ(refusal("desk", "intake", "1", kLongestLease + 1ms), invalid);
    EXPECT_EQ(refusal("desk", "intake", "1", kLongestLease), std::nullopt);
    EXPECT_FALSE(this->store->release_leases({"No Log"}, "intake", "1"));
}

TYPED_TEST(LeaseContract, a_lease_is_no_part_of_the_log) {
    EXPECT_EQ(this->hold("1", {{kLeasedLog}, {"desk"}}), (Holders{"1", "1"}));
    EXPECT_TRUE(value_of(this->store->logs()).empty());
    EXPECT_EQ(value_of(this->store->head(kLeasedLog)).sequence, 0U);
    EXPECT_EQ(to_texts(this->store->commit(batch(kLeasedLog, {an_item().saying("a")}))), std::vector<std::string>{"committed 1..1"});
    EXPECT_TRUE(value_of(this->store->load_cursors(kLeasedLog)).empty());
}

// ---- what only the function shows ----

std::optional<base::ErrorKind> lease_refused(RedisConnection& connection, const std::vector<std::string>& arguments) {
    const auto reply = connection.call({arguments.begin(), arguments.end()});
    return reply ? std::nullopt : std::optional(reply.error().kind);
}

TEST(LeaseFunction, refuses_what_is_no_lease_and_changes_nothing) {
    RedisAdmin admin(empty_redis());
    RedisConnection connection(config_of(shared_redis(), "intake"));
    const std::vector<std::string> rows[] = {
        {"FCALL", "lease", "1", "{desk}:head", "intake", "1", "3000", "take"},
        {"FCALL", "lease", "2", "{desk}:leases", "{desk}:leases", "intake", "1", "3000", "take"},
        {"FCALL", "lease", "1", "{desk}:leases", "intake", "1", "3000"},
        {"FCALL", "lease", "1", "{desk}:leases", "intake", "1", "3000", "take", "take"},
        {"FCALL", "lease", "1", "{desk}:leases", "intake", "1:", "3000", "take"},
        {"FCALL", "lease", "1", "{desk}:leases", "", "", "3000", "take"},
        {"FCALL", "lease", "1", "{desk}:leases", "intake", "1", "soon", "take"},
        {"FCALL", "lease", "1", "{desk}:leases", "intake", "1", "60001", "take"},
        {"FCALL", "lease", "1", "{desk}:leases", "intake", "1", "3000", "keep"},
    };
    const auto before = admin.dump();
    for (const auto& row : rows) EXPECT_EQ(lease_refused(connection, row), base::ErrorKind::kInvalid) << row[3] << " " << row[4];
    EXPECT_EQ(admin.dump(), before);
}

TEST(LeaseFunction, a_key_of_another_type_is_corrupt_and_one_that_is_rubbish_is_free) {
    RedisAdmin admin(empty_redis());
    RedisStore store(config_of(shared_redis(), "intake"));
    admin.run({"SET", "{desk}:leases", "x"});
    const auto held = store.hold_leases({{"desk"}}, "intake", "1", kThreeSeconds);
    ASSERT_FALSE(held);
    EXPECT_EQ(held.error().kind, base::ErrorKind::kCorrupt);
    admin.run({"DEL", "{desk}:leases"});
    admin.run({"HSET", "{desk}:leases", "intake", "rubbish"});
    EXPECT_EQ(value_of(store.hold_leases({{"desk"}}, "intake", "1", kThreeSeconds)), Holders{"1"});
}

TEST(LeaseFunction, every_service_may_hold_leases_and_the_reader_none) {
    for (const char* user : {"intake", "payment_clearing", "deadline_monitor", "notification"}) {
        RedisStore own(config_of(empty_redis(), user));
        EXPECT_EQ(value_of(own.hold_leases({{"desk"}}, user, "1", kThreeSeconds)), Holders{"1"}) << user;
    }
    RedisStore reader(config_of(shared_redis(), "reader"));
    EXPECT_EQ(reader.hold_leases({{"desk"}}, "reader", "1", kThreeSeconds).error().kind, base::ErrorKind::kInvalid);
}

// One of many may be refused; the connection goes on in step.
TEST(LeaseFunction, a_refusal_among_many_leaves_the_connection_in_step) {
    RedisAdmin admin(empty_redis());
    admin.run({"SET", "{b}:leases", "x"});
    RedisStore store(config_of(shared_redis(), "intake"));
    EXPECT_FALSE(store.hold_leases({{"a"}, {"b"}, {"c"}}, "intake", "1", kThreeSeconds));
    EXPECT_EQ(value_of(store.head("desk")).sequence, 0U);
    EXPECT_EQ(value_of(store.hold_leases({{"a"}, {"c"}}, "intake", "2", kThreeSeconds)), (Holders{"1", "1"}));
}

}  // namespace
}  // namespace rightsdesk::store
