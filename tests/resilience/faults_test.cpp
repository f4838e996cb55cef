// The world goes wrong around the real suite: Redis stands still, loses its disk or its memory, a disk fills, a service stops
// moving. What was acknowledged is there, what was not is retry later, and people are told what it is.
#include <gtest/gtest.h>

#include <signal.h>
#include <sys/resource.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "runtime/clock.h"
#include "store/redis_connection.h"
#include "store/whole_log.h"
#include "support/suite_processes.h"
#include "wire/wire.h"

namespace rightsdesk {
namespace {

using nlohmann::json;
using support::CommandEnd;
using support::SuiteProcesses;
using namespace std::chrono_literals;

constexpr auto kPatience = 60s;

class Faults : public testing::Test {
protected:
    // A gateway's message, which is one record in the desk's log.
    CommandEnd watermark(int minute) {
        const std::string time = "2002-06-27T10:" + std::to_string(10 + minute) + ":00-04:00";
        return suite.command({"gateway", "watermark", "--through", time, "--as", "fax-1"});
    }
    // Sent while something is wrong, and sent again by its command until it is over: then it has its receipt.
    void watermark_waits(int minute, const std::function<void()>& meanwhile) {
        const std::string time = "2002-06-27T10:" + std::to_string(10 + minute) + ":00-04:00";
        auto waiting = suite.start_command({"gateway", "watermark", "--through", time, "--as", "fax-1"});
        meanwhile();
        EXPECT_EQ(waiting.wait(), 0);
    }
    // The problems that a service tells of, one text.
    std::string problems(const std::string& service, const std::string& seconds = "2") {
        const CommandEnd end = suite.command({"--json", "status", "--wait", seconds});
        std::string text;
        for (const json& health : json::parse(end.out, nullptr, false)) {
            if (health["service"] == service) text += health["problems"].dump();
        }
        return text;
    }
    // Until a service tells of it, or no longer does.
    bool comes(const std::string& service, const std::string& problem, bool there = true, const std::string& seconds = "2") {
        const auto until = std::chrono::steady_clock::now() + kPatience;
        while ((problems(service, seconds).find(problem) != std::string::npos) != there) {
            if (std::chrono::steady_clock::now() > until) return false;
            suite.restart_the_dead();
        }
        return true;
    }
    // The watermarks on record, in order: each was sent once.
    std::vector<std::int64_t> recorded() {
        store::RedisStore reader(suite.redis.config_as("reader"));
        std::vector<std::int64_t> minutes;
        const auto read = store::read_to_end(reader, "desk", 0, [&](const store::LogRecord& record) -> base::Result<bool> {
            const auto decoded = wire::decode_record(record.record, nullptr);
            const auto* advanced = decoded ? std::get_if<domain::WatermarkAdvanced>(&decoded->event) : nullptr;
            if (advanced != nullptr) minutes.push_back((advanced->watermark.through.value / 60'000'000'000) % 60 - 10);
            return true;
        });
        EXPECT_TRUE(read) << read.error().message;
        return minutes;
    }
    void redis_setting(const std::string& name, const std::string& value) {
        store::RedisConnection admin(suite.redis.config_as("test_admin"));
        const auto set = admin.call({"CONFIG", "SET", name, value});
        ASSERT_TRUE(set) << set.error().message;
    }
    void configure(const std::string& what, const std::string& by) {
        support::write_file(suite.config(), support::replaced(support::text_of_file(suite.config()), what, by));
        for (const std::string& name : base::enum_texts<domain::ServiceName>()) suite.kill(name);
    }

    SuiteProcesses suite{"real"};
};

using Minutes = std::vector<std::int64_t>;

TEST_F(Faults, a_redis_that_stands_still_leaves_no_doubt_of_what_became_of_a_message) {
    ASSERT_EQ(watermark(1).code, 0);
    suite.redis.suspend();
    auto waiting = suite.start_command({"gateway", "watermark", "--through", "2002-06-27T10:12:00-04:00", "--as", "fax-1"});
    EXPECT_TRUE(comes("intake", "waiting for an answer", true, "30")) << "longer than the suite waits: nobody knows whether it was committed";
    suite.redis.resume();
    const int code = waiting.wait();
    EXPECT_TRUE(code == 0 || code == 3) << "it may have lost patience";
    EXPECT_EQ(suite.command({"status", "--wait", "60"}).code, 0);
    // The command sends what has no receipt first.
    EXPECT_EQ(watermark(3).code, 0);
    EXPECT_EQ(recorded(), Minutes({1, 2, 3})) << "once each";
}

// What a full disk does to it: a write fails. With appendfsync always Redis ends itself then.
TEST_F(Faults, a_redis_whose_disk_is_full_loses_nothing_that_was_acknowledged) {
    ASSERT_EQ(watermark(1).code, 0);
    const rlimit none_left{1, RLIM_INFINITY};
    ASSERT_EQ(::prlimit(suite.redis.process_id(), RLIMIT_FSIZE, &none_left, nullptr), 0);
    watermark_waits(2, [&] {
        EXPECT_TRUE(comes("intake", "Redis"));
        suite.kill_redis();
        EXPECT_EQ(recorded().front(), 1) << "what was acknowledged is there";
    });
    EXPECT_EQ(recorded(), Minutes({1, 2}));
    EXPECT_EQ(suite.command({"verify", "desk"}).code, 0);
}

TEST_F(Faults, a_redis_without_memory_is_told_of_and_goes_on_when_it_has_some) {
    ASSERT_EQ(watermark(1).code, 0);
    redis_setting("maxmemory", "1");
    watermark_waits(2, [&] {
        EXPECT_TRUE(comes("intake", "Redis may use")) << problems("intake");
        EXPECT_EQ(recorded(), Minutes({1}));
        redis_setting("maxmemory", "0");
    });
    EXPECT_TRUE(comes("intake", "Redis may use", false));
    EXPECT_EQ(recorded(), Minutes({1, 2}));
}

TEST_F(Faults, a_disk_with_less_room_than_configured_stops_the_acknowledging_before_it_is_full) {
    ASSERT_EQ(watermark(1).code, 0);
    configure("least_free_disk = \"1GiB\"", "least_free_disk = \"1000000TiB\"");
    EXPECT_TRUE(comes("intake", "is the least that the desk works with"));
    watermark_waits(2, [&] {
        EXPECT_TRUE(comes("payment_clearing", "is the least that the desk works with")) << "every service says so";
        EXPECT_EQ(recorded(), Minutes({1}));
        configure("least_free_disk = \"1000000TiB\"", "least_free_disk = \"1MiB\"");
    });
    EXPECT_TRUE(comes("intake", "least", false));
    EXPECT_EQ(recorded(), Minutes({1, 2}));
}

TEST_F(Faults, a_service_that_stands_still_is_told_of_by_the_others) {
    configure("consumer_stuck = \"30s\"", "consumer_stuck = \"2s\"");
    ASSERT_EQ(watermark(1).code, 0);
    ASSERT_TRUE(comes("intake", "notification has taken in", false));
    ASSERT_EQ(::kill(suite.process_id("notification"), SIGSTOP), 0);
    ASSERT_EQ(watermark(2).code, 0) << "it stops nobody";
    EXPECT_TRUE(comes("intake", "notification has taken in"));
    ASSERT_EQ(::kill(suite.process_id("notification"), SIGCONT), 0);
    EXPECT_TRUE(comes("intake", "notification has taken in", false));
}

TEST_F(Faults, where_it_is_required_an_unsynchronised_clock_is_no_clock_to_judge_by) {
    const bool synchronised = runtime::SystemClock().synchronisation().synchronised;
    configure("require_synchronised = false", "require_synchronised = true");
    EXPECT_TRUE(comes("intake", "not synchronised", !synchronised));
    watermark_waits(1, [&] {
        EXPECT_TRUE(synchronised || recorded().empty());
        configure("require_synchronised = true", "require_synchronised = false");
    });
    EXPECT_EQ(recorded(), Minutes({1}));
}

}  // namespace
}  // namespace rightsdesk
