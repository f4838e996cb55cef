// What the command says of the played sample, as people and scripts read it: over real processes and a real Redis.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "support/suite_processes.h"

namespace rightsdesk {
namespace {

using nlohmann::json;
using support::CommandEnd;
using support::SuiteProcesses;

const std::string kPlayed = "rare-medium-2002";
const std::string kPlayedFolder = std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample";

class Commands : public testing::Test {
protected:
    static void SetUpTestSuite() {
        suite_ = std::make_unique<SuiteProcesses>();
        const CommandEnd played = suite_->command({"sample", "play", kPlayedFolder});
        ASSERT_EQ(played.code, 0) << played.err;
    }
    static void TearDownTestSuite() { suite_.reset(); }

    static CommandEnd run(const std::vector<std::string>& arguments) { return suite_->command(arguments); }
    static json answer(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "--json");
        const CommandEnd end = run(arguments);
        EXPECT_EQ(end.code, 0) << end.err;
        return json::parse(end.out, nullptr, false);
    }
    static void says(const std::vector<std::string>& arguments, const std::vector<std::string>& parts) {
        const CommandEnd end = run(arguments);
        EXPECT_EQ(end.code, 0) << end.err;
        std::size_t from = 0;
        for (const std::string& part : parts) {
            const std::size_t at = end.out.find(part, from);
            ASSERT_NE(at, std::string::npos) << part << "\nis not there, or not in its place, in\n" << end.out;
            from = at;
        }
    }

    static std::unique_ptr<SuiteProcesses> suite_;
};

std::unique_ptr<SuiteProcesses> Commands::suite_;

// The figures are those of the sample's walk in the README: 54,800,000.00 paid, 18,400,000 and 2,815,772 allotted.
TEST_F(Commands, explain_leads_from_what_was_asked_to_what_was_allotted) {
    says({"explain", "fax-1.5"}, {"How fax-1.5 came to its shares: final allocation", "asked", "basic 18,400,000", "over 9,000,000", "good in time $54,800,000.00",
                                  "[over_subscription.basis = basic_shares]", "18,400,000 basic and 2,815,772 over-subscription shares, which is what the log says."});
    const json document = answer({"explain", "fax-1.5"});
    EXPECT_EQ(document["derived"], (json{{"basic", 18'400'000}, {"over", 2'815'772}}));
    EXPECT_EQ(document["recorded"], document["derived"]);
    EXPECT_TRUE(document["differs"].empty());
    for (const json& step : document["steps"]) EXPECT_FALSE(step["clause"].get<std::string>().empty()) << step;
    says({"explain", "fax-1.5", "--kind", "preliminary"}, {"preliminary allocation", "18,400,000 basic and 1,269,666 over-subscription shares"});
}

TEST_F(Commands, explain_says_why_there_is_nothing) {
    says({"explain", "fax-1.13"}, {"fax-1.13", "0 basic and 0 over-subscription shares, which is what the log says."});
    const CommandEnd unknown = run({"explain", "fax-1.99"});
    EXPECT_EQ(unknown.code, 2);
    EXPECT_NE(unknown.err.find("fax-1.99"), std::string::npos) << unknown.err;
}

TEST_F(Commands, replay_shows_the_offering_as_it_stood) {
    const json at_the_hour = answer({"replay", kPlayed, "--until", "2002-06-28T17:00:00-04:00"});
    const json today = answer({"replay", kPlayed, "--until", "2002-12-31T00:00:00Z"});
    const json before = answer({"replay", kPlayed, "--until", "2002-06-28T09:00:00-04:00"});
    EXPECT_EQ(before.value("/life/expiration/civil"_json_pointer, ""), "2002-06-28T17:00:00");
    EXPECT_EQ(at_the_hour.value("/life/stage"_json_pointer, ""), "open") << "extended that afternoon";
    EXPECT_EQ(at_the_hour.value("/life/expiration/civil"_json_pointer, ""), "2002-07-01T17:00:00");
    EXPECT_EQ(today.value("/life/stage"_json_pointer, ""), "settled");
    EXPECT_EQ(today.value("/life/expiration/civil"_json_pointer, ""), "2002-07-01T17:00:00");
    EXPECT_EQ(today.value("/until/sequence"_json_pointer, 0), today.value("/until/head"_json_pointer, -1));
    says({"replay", kPlayed, "--until", "1"}, {"open"});
    EXPECT_EQ(run({"replay", kPlayed, "--until", "yesterday"}).code, 2);
    EXPECT_EQ(run({"replay", "nobodys", "--until", "1"}).code, 2);
}

TEST_F(Commands, the_audit_trail_names_who_cured_and_is_checked_by_the_public_key_alone) {
    says({"audit", "list", kPlayed, "--person", "alice"}, {"alice", "ProposalMade"});
    const std::string trail = (suite_->folder() / "trail.jsonl").string();
    const json written = answer({"audit", "export", kPlayed, "--out", trail});
    EXPECT_EQ(run({"audit", "export", kPlayed, "--out", trail}).code, 2) << "over one that is there";
    std::filesystem::copy_file(suite_->folder() / "keys" / "auditor.signing.pub", suite_->folder() / "auditor.pub");
    const json checked = answer({"audit", "check", trail, "--key", (suite_->folder() / "auditor.pub").string()});
    EXPECT_EQ(checked["problem"], "");
    EXPECT_EQ(checked["decisions"], written["decisions"]);
    EXPECT_GE(checked["signed_heads"], 1);
}

TEST_F(Commands, the_letters_that_are_owed_are_written_once) {
    const json owed = answer({"letters", "list", kPlayed});
    std::map<std::string, int> kinds;
    for (const json& letter : owed["letters"]) {
        EXPECT_EQ(letter["written"], false);
        ++kinds[letter["kind"]];
    }
    for (const char* kind : {"receipt", "acknowledgement", "defect", "cover_reminder", "allotment", "refund"}) EXPECT_GE(kinds[kind], 1) << kind;
    const json written = answer({"letters", "write", kPlayed});
    EXPECT_EQ(written["written"], owed["letters"].size());
    EXPECT_EQ(answer({"letters", "write", kPlayed})["written"], 0);
    EXPECT_TRUE(answer({"letters", "list", kPlayed, "--waiting"})["letters"].empty());
    for (const json& letter : owed["letters"]) {
        if (letter["kind"] == "allotment" && letter["notice"] == "fax-1.5") {
            says({"letters", "show", kPlayed, letter["id"]}, {"18,400,000 shares", "2,815,772 shares", "21,215,772 shares at $2.00", "$42,431,544.00"});
        }
    }
}

TEST_F(Commands, a_live_allocation_decides_nothing) {
    const json before = suite_->verified(kPlayed);
    says({"allocate", "--live", kPlayed, "--with-protects"}, {"What rare-medium-2002 (settled) would allot now", "COUNTED", "fax-1.5  18,400,000 + ", "LEFT OUT",
                                                              "Nothing is decided or recorded by this."});
    EXPECT_EQ(suite_->verified(kPlayed), before);
    EXPECT_EQ(run({"allocate", "--live", kPlayed, "terms.toml"}).code, 2) << "either files or an offering";
}

TEST_F(Commands, every_report_is_there_as_text_csv_and_json_of_one_computation) {
    for (const char* kind : {"tally", "count", "holders", "guarantors", "refunds", "exceptions"}) {
        SCOPED_TRACE(kind);
        const CommandEnd text = run({"report", kPlayed, "--kind", kind});
        EXPECT_EQ(text.code, 0) << text.err;
        EXPECT_FALSE(text.out.empty());
        const CommandEnd csv = run({"report", kPlayed, "--kind", kind, "--format", "csv"});
        const json document = json::parse(run({"report", kPlayed, "--kind", kind, "--format", "json"}).out, nullptr, false);
        ASSERT_FALSE(document.is_discarded());
        const auto lines = static_cast<std::size_t>(std::count(csv.out.begin(), csv.out.end(), '\n'));
        EXPECT_EQ(document["rows"].size() + 1, lines) << "a header and a line a row\n" << csv.out;
    }
    EXPECT_EQ(run({"report", kPlayed, "--kind", "weather"}).code, 2);
}

TEST_F(Commands, alerts_are_listed_shown_and_told_with_their_history) {
    const json all = answer({"alerts", "list", kPlayed, "--all"});
    ASSERT_FALSE(all["alerts"].empty());
    std::uint64_t last = 0;
    for (const json& alert : all["alerts"]) {
        EXPECT_EQ(alert["number"], ++last) << "dense, whatever group they are of";
        EXPECT_NE(alert["group"], 0);
    }
    says({"alerts", "list", kPlayed, "--all", "--each"}, {kPlayed + " #1 ", kPlayed + " #" + std::to_string(last) + " "});
    const json first = answer({"alerts", "show", "1"});
    EXPECT_EQ(first["number"], 1);
    EXPECT_EQ(first["history"].at(0)["event"]["type"], "AlertRaised");
    says({"alerts", "history", "1"}, {"#1 raised: "});
    says({"alerts", "kinds", "payment_bounced"}, {"payment_bounced  critical", "in hand within", "ends by"});
    EXPECT_EQ(answer({"alert", "kinds"}), answer({"alerts", "kinds"})) << "as it was called before";
    for (const std::vector<std::string>& unusable : std::vector<std::vector<std::string>>{{"alerts", "kinds", "weather"},
                                                                                         {"alerts", "list", "nobodys"},
                                                                                         {"alerts", "list", "--severity", "grave"},
                                                                                         {"alerts", "show", "99999"},
                                                                                         {"alerts", "silence", "alert/" + kPlayed + "/", "--until", "2030-01-01T00:00:00Z", "--as", "alice"},
                                                                                         {"alerts", "silence", "alert/" + kPlayed + "/", "--until", "2030-01-01T00:00:00Z", "--why", "", "--as", "alice"}}) {
        EXPECT_EQ(run(unusable).code, 2) << unusable[1] << " " << unusable[2];
    }
}

TEST_F(Commands, an_alert_is_taken_in_hand_and_a_topic_silenced_for_a_reason) {
    const json open = answer({"alerts", "list", kPlayed, "--nobodys"})["alerts"];
    ASSERT_FALSE(open.empty());
    const std::string number = std::to_string(open.at(0)["number"].get<int>());
    says({"alerts", "acknowledge", number, "--owner", "bob", "--comment", "he calls them", "--as", "alice"}, {"bob has it in hand"});
    says({"alerts", "show", number}, {"acknowledged by alice", "bob since ", ": he calls them", "#" + number + " acknowledged by alice, bob has it in hand: he calls them"});
    EXPECT_EQ(run({"alerts", "acknowledge", number, "--as", "alice"}).code, 4);
    const std::string prefix = "alert/" + kPlayed + "/info/";
    EXPECT_EQ(run({"alerts", "silence", prefix, "--until", "2030-01-01T00:00:00Z", "--why", "a test", "--as", "alice"}).code, 0);
    says({"alerts", "list", kPlayed}, {"silence " + prefix + "  until 2030-01-01T00:00:00Z  by alice: a test"});
    EXPECT_EQ(run({"alerts", "unsilence", prefix, "--why", "it is over", "--as", "bob"}).code, 0);
    EXPECT_EQ(run({"alerts", "unsilence", prefix, "--as", "bob"}).code, 4);
    says({"alerts", "history"}, {prefix + " silenced by alice", "the silence of " + prefix + " lifted by bob: it is over"});
}

TEST_F(Commands, top_shows_the_board_once_as_json_and_live_until_a_key) {
    says({"top", kPlayed, "--once"}, {"Rare Medium Group, Inc.", "settled", "received", "covered", "suspense", "open, ", "proration", "open alerts", "money in suspense", "guarantors by exposure",
                                      "can still be saved"});
    const json board = answer({"top", kPlayed});
    EXPECT_EQ(board.value("/funnel/steps/0/step"_json_pointer, ""), "received");
    EXPECT_FALSE(board.value("/head/stale"_json_pointer, true)) << board["head"];
    const CommandEnd nowhere = run({"top", kPlayed, "--json", "--once", "no-such-thing"});
    EXPECT_EQ(nowhere.code, 2);
    const CommandEnd piped = run({"top", kPlayed});
    EXPECT_EQ(piped.code, 2) << "a live screen into a file says nothing to anybody";
    // On a terminal of its own, which script(1) makes; the key waits there.
    const std::string drawn = (suite_->folder() / "log/top.drawn").string();
    const std::string command = "printf q | script -qefc '" + std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk --config " + suite_->config() + " top " + kPlayed + "' " + drawn + " >/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c): the test's own words
    const std::string screen = support::text_of_file(drawn);
    const auto begins = screen.find("\x1b[?1049h"), issuer = screen.find("Rare Medium Group, Inc."), ends = screen.find("\x1b[?1049l");
    EXPECT_TRUE(begins < issuer && issuer < ends && ends != std::string::npos) << screen;
}

TEST_F(Commands, a_settled_offering_is_changed_no_more_and_says_why) {
    struct LateChange {
        std::vector<std::string> arguments;
        const char* told;
    };
    const std::vector<LateChange> rows = {
        {{"offering", "suspend", kPlayed, "--why", "too late", "--as", "alice"}, "the offering is settled"},
        {{"offering", "terminate", kPlayed, "--why", "too late", "--as", "alice"}, "the offering is settled"},
        {{"offering", "close-day", kPlayed, "--day", "2002-07-05", "--why", "too late", "--as", "alice"}, "the offering is settled"},
        {{"offering", "price", kPlayed, "--price", "2.10", "--why", "too late", "--as", "alice"}, "the price is fixed at $2.00"},
        {{"notice", "withdraw", "fax-1.5", "--evidence", "a letter", "--as", "alice"}, "the offering is settled"},
        {{"notice", "amend", "fax-1.5", "--basic", "1", "--excess", "0", "--evidence", "a letter", "--as", "alice"}, "the offering is settled"},
        {{"payment", "unmatch", "bank-1.1", "fax-1.2", "--why", "a letter", "--as", "alice"}, "no money of it is matched to fax-1.2"},
    };
    for (const LateChange& row : rows) {
        const CommandEnd end = run(row.arguments);
        EXPECT_EQ(end.code, 4) << row.arguments[1] << ": " << end.out << end.err;
        EXPECT_NE(end.out.find(row.told), std::string::npos) << row.arguments[1] << ": " << end.out;
    }
}

TEST_F(Commands, a_register_that_cannot_be_used_is_told_line_by_line) {
    const std::filesystem::path file = std::filesystem::temp_directory_path() / ("rightsdesk-holders-" + std::to_string(::getpid()) + ".csv");
    support::write_file(file, "holder,name,address,country,rights,certificates\nA-1,Ida,,US,none,\nA-2,,,US,5,\n");
    const CommandEnd mistaken = run({"register", "check", file.string()});
    EXPECT_EQ(mistaken.code, 2);
    EXPECT_NE(mistaken.err.find(":2: rights: was \"none\""), std::string::npos) << mistaken.err;
    EXPECT_NE(mistaken.err.find(":3: name: must not be empty"), std::string::npos) << mistaken.err;
    support::write_file(file, "holder,name,address,country,rights,certificates\nA-1,Ida,,US,7,RC-1\n");
    EXPECT_EQ(answer({"register", "check", file.string()})["rights"], 7);
    const CommandEnd late = run({"register", "import", file.string(), "--why", "too late", "--as", "alice"});
    EXPECT_EQ(late.code, 4) << late.out;
    EXPECT_NE(late.out.find("the offering is settled"), std::string::npos) << late.out;
    says({"register", "show"}, {"has no register of holders"});
    std::filesystem::remove(file);
}

}  // namespace
}  // namespace rightsdesk
