// A message, and a record, at which a service dies whenever it meets it: real processes, and builds of two services in which that is planted
// (tests/chaos/plant.py). Three deaths, and it is set aside where people see it; everything else is answered, and goes on.
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "support/played_sample.h"
#include "support/spooled_notices.h"
#include "support/waiting.h"

namespace rightsdesk {
namespace {

using nlohmann::json;
using support::CommandEnd;
using support::kSample;
using support::SuiteProcesses;

constexpr int kDocuments = 12;
constexpr int kPoisonous = 5;

// Wakes a fault in every process that is started from here on; without it there is none.
class Planted {
public:
    explicit Planted(const std::string& fault) { ::setenv("RIGHTSDESK_PLANTED", fault.c_str(), 1); }
    ~Planted() { ::unsetenv("RIGHTSDESK_PLANTED"); }
    Planted(const Planted&) = delete;
    Planted& operator=(const Planted&) = delete;
};

class Poison : public testing::Test {
protected:
    void run(const std::vector<std::string>& arguments) {
        const CommandEnd end = suite.command(arguments);
        EXPECT_EQ(end.code, 0) << arguments[0] << " " << arguments[1] << ": " << end.out << end.err;
    }
    json asked(const std::vector<std::string>& arguments) {
        const CommandEnd end = suite.command(arguments);
        EXPECT_EQ(end.code, 0) << arguments[0] << " " << arguments[1] << ": " << end.out << end.err;
        return json::parse(end.out, nullptr, false);
    }

    void put_notices() {
        for (int number = 1; number <= kDocuments; ++number) notices.put(number, number == kPoisonous ? "poison" : "delivery-" + std::to_string(number));
    }
    // All that lies in the spool; services that die are started again meanwhile, as under their supervisor.
    void hand_over() {
        auto gateway = suite.start_command(notices.gateway());
        const int code = suite.supervise_until_end(gateway, [] {});
        EXPECT_TRUE(code == 0 || code == 4) << code << suite.said() << suite.logs();
    }
    void expect_decided(int number) const {
        const json receipt = notices.receipt_of(number);
        ASSERT_TRUE(receipt.is_object()) << number << " has no receipt";
        const std::string kind = receipt.at("receipt").at("kind");
        EXPECT_TRUE(kind == "accepted" || kind == "defective" || kind == "refused") << receipt.dump();
    }

    // What is in quarantine; after the releases that are still being done.
    json in_quarantine() { return asked({"desk", "list", "--json"}); }
    [[nodiscard]] int deaths_of(const std::string& service) const {
        const std::string log = support::text_of_file(suite.folder() / "log" / service);
        int deaths = 0;
        for (std::size_t at = log.find("#DIED_AT_WORK"); at != std::string::npos; at = log.find("#DIED_AT_WORK", at + 1)) ++deaths;
        return deaths;
    }
    bool was_told(const std::string& kind) { return suite.command({"watch", "--from", "1", "--no-follow", "--json"}).out.find("\"" + kind + "\"") != std::string::npos; }

    // The build in which it dies; after the fix, the right one again.
    void poison(const std::string& service) {
        suite.replace_program(service, std::string(RIGHTSDESK_BINARY_DIR) + "/poisoned/rightsdesk-" + service);
        suite.kill(service);
        run({"status", "--wait", "30"});
    }
    void mend(const std::string& service) {
        suite.replace_program(service, std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk-" + service);
        suite.kill(service);
        run({"status", "--wait", "30"});
    }
    void release(const json& item) { run({"desk", "release", item.at("id").get<std::string>(), "--offering", item.at("log").get<std::string>(), "--why", "mended", "--as", "alice"}); }

    template <class Condition>
    void expect_to_become(Condition condition, const std::string& what) {
        EXPECT_TRUE(support::comes_true(
            [&] {
                suite.restart_the_dead();
                return condition();
            },
            std::chrono::seconds(120)))
            << what << suite.logs();
    }

    SuiteProcesses suite;
    support::SpooledNotices notices{suite};
};

TEST_F(Poison, a_message_is_tried_three_times_and_set_aside_and_all_others_are_answered) {
    const Planted fault("poisonous-message");
    poison("intake");
    put_notices();
    hand_over();
    EXPECT_EQ(deaths_of("intake"), 3) << suite.logs();
    for (int number = 1; number <= kDocuments; ++number) {
        if (number != kPoisonous) expect_decided(number);
    }
    const json receipt = notices.receipt_of(kPoisonous);
    ASSERT_TRUE(receipt.is_object()) << "it has no receipt";
    EXPECT_EQ(receipt.at("receipt").at("kind"), "quarantined") << receipt.dump();

    const json held = in_quarantine();
    ASSERT_EQ(held.size(), 1U) << held.dump();
    EXPECT_EQ(held[0].at("log"), kSample);
    EXPECT_EQ(held[0].at("work").at("service"), "intake") << held.dump();
    EXPECT_EQ(held[0].at("work").at("attempts"), 3) << held.dump();
    expect_to_become([&] { return was_told("work_quarantined"); }, "nobody was told");

    // It goes on, with the poison in its log.
    notices.put(kDocuments + 1);
    hand_over();
    expect_decided(kDocuments + 1);
    EXPECT_EQ(deaths_of("intake"), 3);

    mend("intake");
    release(held[0]);
    const std::string notice = receipt.at("id");
    expect_to_become([&] { return suite.command({"notice", "show", notice}).code == 0; }, notice + " was not decided");
    EXPECT_TRUE(in_quarantine().empty());
    expect_clean(suite, {kSample, std::string(domain::kDesk)});
}

TEST_F(Poison, a_record_is_tried_three_times_and_set_aside_and_all_others_are_acted_on) {
    const Planted fault("poisonous-record");
    poison("notification");
    put_notices();
    hand_over();
    for (int number = 1; number <= kDocuments; ++number) expect_decided(number);

    json held;
    expect_to_become(
        [&] {
            held = in_quarantine();
            return held.size() == 1;
        },
        "nothing was set aside");
    ASSERT_EQ(held.size(), 1U) << held.dump();
    EXPECT_EQ(deaths_of("notification"), 3) << suite.logs();
    EXPECT_EQ(held[0].at("work").at("service"), "notification") << held.dump();
    EXPECT_EQ(held[0].at("work").at("attempts"), 3) << held.dump();
    EXPECT_EQ(held[0].at("work").at("source"), kSample) << held.dump();
    EXPECT_EQ(held[0].at("work").at("record"), notices.receipt_of(kPoisonous).at("receipt").at("sequence")) << held.dump();
    expect_to_become([&] { return was_told("work_quarantined"); }, "nobody was told");

    // What comes after it is acted on: the hour of the offering's life that everybody waits for.
    run({"clock", "advance", "--to", "2002-06-28T17:00:00-04:00"});
    expect_to_become([&] { return was_told("offering_expired"); }, "it does not go on");
    EXPECT_EQ(deaths_of("notification"), 3);

    mend("notification");
    release(held[0]);
    expect_to_become([&] { return in_quarantine().empty(); }, "it stays in quarantine");
    expect_clean(suite, {kSample, std::string(domain::kDesk)});
}

}  // namespace
}  // namespace rightsdesk
