// What five real processes tell on their admin ports over a play of the sample: the numbers that people act on are those of the desk itself; a
// dead Redis is seen at once, and over at once; and one notice's id leads through every service's log.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "runtime/admin_client.h"
#include "runtime/exposition.h"
#include "support/played_sample.h"
#include "support/waiting.h"

namespace rightsdesk {
namespace {

using nlohmann::json;
using support::SuiteProcesses;
using namespace std::chrono_literals;
using Labels = std::map<std::string, std::string>;

class Watched : public testing::Test {
protected:
    // deploy/config/suite.toml with a port for each process, and the level debug.
    static std::string configured(std::string text, std::map<std::string, std::string>& addresses) {
        for (const char* process : {"intake", "payment_clearing", "deadline_monitor", "notification", "auditor"}) {
            addresses[process] = "127.0.0.1:" + std::to_string(support::free_port());
            std::string placeholder = "#admin = \"127.0.0.1:@ADMIN_" + std::string(process) + "@\"";
            std::transform(placeholder.begin() + 19, placeholder.end(), placeholder.begin() + 19, [](char letter) { return static_cast<char>(std::toupper(static_cast<unsigned char>(letter))); });
            text = support::replaced(std::move(text), placeholder, "admin = \"" + addresses[process] + "\"");
        }
        return support::replaced(std::move(text), "#[logging]\n#level = \"info\"", "[logging]\nlevel = \"debug\"");
    }

    std::vector<runtime::ReadSample> told_by(const std::string& process) {
        const auto answer = runtime::ask_admin_port(addresses_.at(process), "/metrics", 20s);
        EXPECT_TRUE(answer) << process << ": " << (answer ? "" : answer.error().message);
        return answer ? runtime::read_exposition(answer->body) : std::vector<runtime::ReadSample>();
    }
    int status_of(const std::string& process, const std::string& path) {
        const auto answer = runtime::ask_admin_port(addresses_.at(process), path, 20s);
        return answer ? answer->status : 0;
    }
    // All figures of this name with these labels among others, added up; nothing where there is none.
    std::optional<double> figure(const std::string& process, const std::string& name, const Labels& labels = {}) {
        std::optional<double> sum;
        for (const runtime::ReadSample& sample : told_by(process)) {
            const bool matches = std::all_of(labels.begin(), labels.end(), [&](const auto& label) { return sample.labels.contains(label.first) && sample.labels.at(label.first) == label.second; });
            if (sample.name == "rightsdesk_" + name && matches) sum = sum.value_or(0) + sample.value;
        }
        return sum;
    }
    // A snapshot is a quarter of a second old at most, one of the books a second: it comes to be what it must be.
    void expect_figure(double wanted, const std::string& process, const std::string& name, const Labels& labels = {}) {
        EXPECT_TRUE(support::comes_true([&] { return figure(process, name, labels) == wanted; }))
            << process << " tells of " << name << " " << figure(process, name, labels).value_or(-1) << " and not " << wanted;
    }
    // By entity's id, the services that say that they committed something about it; no line has an amount.
    std::map<std::string, std::set<std::string>> who_names() {
        std::map<std::string, std::set<std::string>> services;
        for (const std::string& service : base::enum_texts<domain::ServiceName>()) {
            std::ifstream file(suite_.folder() / "log" / service);
            for (std::string line; std::getline(file, line);) {
                if (!line.starts_with('{')) continue;  // for people: why it could not start yet
                const json said = json::parse(line);
                if (said.at("message") != "#COMMITTED") continue;
                EXPECT_EQ(said.at("level"), "debug");
                EXPECT_EQ(line.find('$'), std::string::npos) << line;
                std::vector<std::string> names = said.at("about");
                names.push_back(said.at("subject"));
                for (const std::string& name : names) services[name.substr(name.rfind('/') + 1)].insert(service);
            }
        }
        return services;
    }
    json document(const std::vector<std::string>& arguments) {
        const auto end = suite_.command(arguments);
        if (end.code != 0) throw std::runtime_error(arguments.at(1) + ": " + end.out + end.err);
        return json::parse(end.out);
    }

    std::map<std::string, std::string> addresses_;
    SuiteProcesses suite_{"stepped", 1, [this](std::string text) { return configured(std::move(text), addresses_); }};
};

TEST_F(Watched, the_figures_of_a_play_are_those_of_the_desk) {
    ASSERT_EQ(suite_.command({"sample", "play", support::kSampleFolder}).code, 0) << suite_.logs();

    // Every series of the list is told by somebody, and nothing that is not in it. Neither the console nor the writer of letters runs here.
    std::set<std::string> told;
    std::set<std::string> listed;
    for (const auto& [process, address] : addresses_) {
        const auto answer = runtime::ask_admin_port(address, "/metrics", 20s);
        ASSERT_TRUE(answer) << process;
        std::istringstream lines(answer->body);
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("# TYPE ")) told.insert(line.substr(7, line.rfind(' ') - 7));
        }
        EXPECT_EQ(status_of(process, "/healthz"), 200);
        EXPECT_EQ(status_of(process, "/readyz"), 200) << process;
    }
    for (const json& row : document({"--json", "metrics", "list"})) {
        const std::string by = row.at("told_by");
        if (by != "console" && by != "letters" && by != "console, letters") listed.insert(row.at("name"));
    }
    std::vector<std::string> unlike;  // on either side
    std::set_symmetric_difference(told.begin(), told.end(), listed.begin(), listed.end(), std::back_inserter(unlike));
    EXPECT_EQ(unlike, std::vector<std::string>());

    // What the doors said is what the player was told: each of its steps has one receipt.
    std::map<domain::ServiceName, double> sent;
    for (const tools::Step& step : support::sample_timeline().steps) ++sent[step.door];
    for (const domain::ServiceName door : {domain::ServiceName::kIntake, domain::ServiceName::kPaymentClearing}) {
        const auto given = [&] {
            const auto of = [&](const Labels& labels) { return figure(base::to_text(door), "receipts_total", labels).value_or(0); };
            // Of a slow suite the player sends again what has no receipt yet, and gets the same one once more.
            return of({}) - of({{"receipt", "retry_later"}}) - of({{"receipt", "duplicate"}});
        };
        EXPECT_TRUE(support::comes_true([&] { return given() == sent[door]; })) << base::to_text(door) << ": " << given() << " and not " << sent[door];
    }

    const json report = document({"--json", "report", support::kSample});
    expect_figure(report.at("books").at("suspense").get<double>(), "payment_clearing", "suspense_cents", {{"offering", support::kSample}});
    expect_figure(0, "deadline_monitor", "deadlines_overdue", {{"offering", support::kSample}});
    double standing = 0;
    const json open_alerts = document({"--json", "alerts", "list"});
    for (const json& alert : open_alerts.at("alerts")) standing += alert.at("log") == support::kSample ? 1 : 0;
    expect_figure(standing, "notification", "alerts_standing", {{"log", support::kSample}});
    const double records = suite_.verified(support::kSample).at("records").get<double>();
    for (const std::string& service : base::enum_texts<domain::ServiceName>()) {
        expect_figure(records, service, "log_records", {{"log", support::kSample}});
        expect_figure(0, service, "log_unreacted_records", {{"log", support::kSample}});
        expect_figure(1, service, "store_setting_holds", {{"setting", "appendfsync"}});
    }
    expect_figure(0, "auditor", "unsigned_records", {{"log", support::kSample}});

    const auto shown = suite_.command({"metrics", "--service", "intake"});
    EXPECT_EQ(shown.code, 0) << shown.err;
    EXPECT_NE(shown.out.find("  rightsdesk_receipts_total (receipt accepted): "), std::string::npos) << shown.out;

    const auto names = who_names();
    const bool all_four = std::any_of(names.begin(), names.end(), [](const auto& one) { return one.first.starts_with("fax-1.") && one.second.size() == 4; });
    EXPECT_TRUE(all_four) << "a guaranteed notice that was paid for and had an alert goes through every service's log";
}

TEST_F(Watched, a_dead_redis_is_seen_and_over_when_it_is_back) {
    ASSERT_EQ(status_of("intake", "/readyz"), 200);
    suite_.redis.kill();
    EXPECT_TRUE(support::comes_true([&] { return status_of("intake", "/readyz") == 503; }));
    EXPECT_EQ(status_of("intake", "/healthz"), 200) << "starting it again would not help";
    const auto why = runtime::ask_admin_port(addresses_.at("intake"), "/readyz", 20s);
    ASSERT_TRUE(why);
    EXPECT_NE(why->body.find("store_unreachable"), std::string::npos) << why->body;
    EXPECT_EQ(figure("intake", "problem", {{"problem", "store_unreachable"}}), 1);
    EXPECT_EQ(figure("intake", "store_durable"), 0);
    suite_.kill_redis();
    EXPECT_TRUE(support::comes_true([&] { return status_of("intake", "/readyz") == 200; }));
    EXPECT_EQ(figure("intake", "store_durable"), 1);
}

}  // namespace
}  // namespace rightsdesk
