// The same suite over a Redis Cluster of three masters: the sample gives the same report to the byte, offerings spread, and
// masters may die and offerings move while it plays.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "support/played_sample.h"
#include "rightsdesk/suite_access.h"
#include "support/redis_cluster.h"

namespace rightsdesk {
namespace {

using support::kSample;
using support::kSampleFolder;
using support::on_cluster;
using support::RedisCluster;
using support::SuiteProcesses;

const std::vector<std::string> kMoreOfferings = {"orchard-reit-2002", "harbor-steel-2002", "lake-power-2002", "north-rail-2002"};

class SuiteOnCluster : public testing::Test {
protected:
    // Another offering by the sample's terms, at numbers, addresses and an account of its own.
    void open(const std::string& offering) {
        const std::string number = std::to_string(++opened_);
        std::string terms = support::replaced(support::text_of_file(kSampleFolder + "/terms.toml"), "\"" + kSample + "\"", "\"" + offering + "\"");
        for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{{"+17185550101", "+1718555020" + number}, {"021000018/890-0032-147", "021000018/890-0099-10" + number},
                                                                                    {"59 Maiden Lane", number + " Wall Street"}, {"6201 15th Avenue", number + " Water Street"}}) {
            terms = support::replaced(terms, from, to);
        }
        // The sample's own steps have the first numbers of each sender.
        const auto access = tools::SuiteAccess::open(suite.config());
        ASSERT_TRUE(access) << access.error().message;
        const auto receipt = (*access)->send_numbered("alice", 1'000 + static_cast<std::uint64_t>(opened_), domain::ServiceName::kDeadlineMonitor, domain::OpenOffering{terms}, std::chrono::seconds(30));
        ASSERT_TRUE(receipt) << receipt.error().message;
        ASSERT_EQ(receipt->kind, domain::ReceiptKind::kAccepted) << receipt->explanation;
    }

    // Plays the sample and acts once at each of these steps.
    void play(std::vector<std::pair<std::size_t, std::function<void()>>> acts = {}) {
        auto player = suite.start_command({"sample", "play", kSampleFolder});
        const int code = suite.supervise_until_end(player, [&] {
            if (acts.empty() || steps_played(suite) < acts.front().first) return;
            acts.front().second();
            acts.erase(acts.begin());
        });
        EXPECT_EQ(code, 0) << suite.said() << suite.logs();
        EXPECT_TRUE(acts.empty()) << "the test did not do its worst";
    }

    RedisCluster cluster;
    SuiteProcesses suite{"stepped", 1, [this](const std::string& text) { return on_cluster(text, cluster); }};

private:
    int opened_ = 0;
};

TEST_F(SuiteOnCluster, gives_the_same_report_and_spreads_offerings) {
    for (const std::string& offering : kMoreOfferings) open(offering);
    play();
    expect_the_report_of_the_sample(suite);
    std::vector<std::string> logs = kMoreOfferings;
    logs.insert(logs.end(), {kSample, std::string(domain::kDesk)});
    expect_clean(suite, logs);

    const auto shown = suite.command({"store", "show", "--json"});
    ASSERT_EQ(shown.code, 0) << shown.out << shown.err;
    std::set<std::string> listed;
    int masters_with_offerings = 0;
    for (const auto& master : nlohmann::json::parse(shown.out)) {
        EXPECT_EQ(master.at("problem"), "");
        bool offerings = false;
        for (const std::string log : master.at("logs")) {
            listed.insert(log);
            offerings = offerings || log != domain::kDesk;
        }
        if (offerings) ++masters_with_offerings;
    }
    EXPECT_EQ(listed, std::set<std::string>(logs.begin(), logs.end()));
    EXPECT_GE(masters_with_offerings, 2) << shown.out;
    for (const std::string& log : logs) {
        const auto slot = suite.command({"store", "slot", log});
        EXPECT_NE(slot.out.find(cluster.address(cluster.holder_of(log))), std::string::npos) << slot.out << slot.err;
    }

    const auto rewritten = suite.command({"store", "rewrite", "--json"});
    ASSERT_EQ(rewritten.code, 0) << rewritten.out << rewritten.err;
    const auto files = nlohmann::json::parse(rewritten.out);
    EXPECT_EQ(files.size(), cluster.size());
    for (const auto& file : files) {
        EXPECT_EQ(file.at("rewriting_failed"), false) << rewritten.out;
        EXPECT_GT(file.at("file_octets").get<std::uint64_t>(), 0U) << rewritten.out;
        EXPECT_GT(file.at("rewritten_at_octets").get<std::uint64_t>(), file.at("file_octets").get<std::uint64_t>()) << rewritten.out;
    }
    expect_the_report_of_the_sample(suite);
}

TEST_F(SuiteOnCluster, goes_on_while_masters_die_and_its_offering_moves) {
    open(kMoreOfferings[0]);
    const auto crash = [this](const std::string& log) {
        const std::size_t holder = cluster.holder_of(log);
        cluster.master(holder).kill();
        cluster.wait_until_failed(holder);
        cluster.master(holder).start();
        cluster.wait_until_whole();
    };
    const auto move = [this](const std::string& log) {
        const std::size_t from = cluster.holder_of(log);
        cluster.move_slot(store::slot_of_log(log), from, (from + 1) % cluster.size());
    };
    play({{5, [&] { move(kSample); }}, {12, [&] { crash(kSample); }}, {20, [&] { move(std::string(domain::kDesk)); }}, {28, [&] { crash(std::string(domain::kDesk)); }},
          {36, [&] { move(kSample); }}});
    expect_the_report_of_the_sample(suite);
    expect_clean(suite, {kSample, kMoreOfferings[0], std::string(domain::kDesk)});
}

// On a master of its own, apart from the desk's.
TEST_F(SuiteOnCluster, offerings_of_other_masters_go_on_while_one_is_down) {
    for (const std::string& offering : kMoreOfferings) open(offering);
    ASSERT_EQ(suite.command({"clock", "advance", "--to", "2002-06-03T09:00:00-04:00"}).code, 0);
    const std::size_t desk = cluster.holder_of(std::string(domain::kDesk));
    const std::size_t down = (desk + 1) % cluster.size();
    const auto on = [&](std::size_t master, bool there) {
        return *std::find_if(kMoreOfferings.begin(), kMoreOfferings.end(), [&](const std::string& offering) { return (cluster.holder_of(offering) == master) == there; });
    };
    const std::string waiting = on(down, true);
    const std::string going_on = on(down, false);
    const auto access = tools::SuiteAccess::open(suite.config());
    ASSERT_TRUE(access) << access.error().message;
    // Asked once; it may take no longer than a service needs to say "retry later".
    const auto suspend = [&](const std::string& offering, std::uint64_t number) {
        return (*access)->send_numbered("alice", number, domain::ServiceName::kDeadlineMonitor, domain::ProposeSuspension{offering, "", "a court says so"}, std::chrono::seconds(3));
    };
    cluster.master(down).kill();
    cluster.wait_until_failed(down);
    const auto taken = suspend(going_on, 2'001);
    ASSERT_TRUE(taken) << taken.error().message;
    EXPECT_NE(taken->kind, domain::ReceiptKind::kRetryLater) << taken->explanation;
    const auto later = suspend(waiting, 2'002);
    EXPECT_TRUE(!later || later->kind == domain::ReceiptKind::kRetryLater);
    cluster.master(down).start();
    cluster.wait_until_whole();
    std::optional<domain::Receipt> in_the_end;
    RedisCluster::wait_for("the offering does not go on", [&] {
        const auto receipt = suspend(waiting, 2'002);
        if (receipt && receipt->kind != domain::ReceiptKind::kRetryLater) in_the_end = *receipt;
        return in_the_end.has_value();
    });
    EXPECT_EQ(in_the_end->kind, domain::ReceiptKind::kAccepted) << in_the_end->explanation;
    expect_clean(suite, {waiting, going_on, std::string(domain::kDesk)});
}

TEST_F(SuiteOnCluster, says_which_master_is_away) {
    cluster.master(1).kill();
    cluster.wait_until_failed(1);
    const auto shown = suite.command({"store", "show"});
    EXPECT_EQ(shown.code, 1) << shown.out << shown.err;
    EXPECT_NE(shown.out.find(cluster.address(1) + ": 5461 slots, 0 MB of memory, 0 MB on disk, not well"), std::string::npos) << shown.out;
    EXPECT_NE(shown.out.find(cluster.address(0) + ": 5461 slots, "), std::string::npos) << shown.out;
    const auto deployed = suite.command({"store", "deploy"});
    EXPECT_EQ(deployed.code, 3) << deployed.out << deployed.err;
    EXPECT_NE(deployed.err.find(cluster.address(1)), std::string::npos) << deployed.err;
    const auto rewritten = suite.command({"store", "rewrite"});
    EXPECT_EQ(rewritten.code, 3) << rewritten.out << rewritten.err;
    EXPECT_NE(rewritten.err.find(cluster.address(1)), std::string::npos) << rewritten.err;
    cluster.master(1).start();
    cluster.wait_until_whole();
    const auto again = suite.command({"store", "deploy"});
    EXPECT_EQ(again.code, 0) << again.out << again.err;
}

}  // namespace
}  // namespace rightsdesk
