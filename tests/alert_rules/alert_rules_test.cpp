// What people watch the suite with: alert rules, their cases, the dashboard. Whatever they name there is, and every alert leads to a place in
// the runbook. promtool (Debian: prometheus) says the rest, where it is installed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "runtime/measured.h"
#include "support/child_process.h"
#include "support/files.h"
#include "support/folder.h"

namespace rightsdesk::runtime {
namespace {

const std::string kDeploy = std::string(RIGHTSDESK_SOURCE_DIR) + "/deploy/";

constexpr const char* kProcesses[] = {"intake", "payment_clearing", "deadline_monitor", "notification", "auditor", "console", "letters"};
constexpr const char* kNoServices[] = {"auditor", "console", "letters"};  // without a door

std::vector<std::string> all_matches(const std::string& text, const std::regex& pattern) {
    std::vector<std::string> found;
    for (auto match = std::sregex_iterator(text.begin(), text.end(), pattern); match != std::sregex_iterator(); ++match) found.push_back((*match)[match->size() - 1].str());
    return found;
}

// A histogram is told as three series.
std::set<std::string> all_series() {
    std::set<std::string> names;
    for (const MetricRow& row : metric_rows()) {
        names.insert(metric_name(row.kind));
        if (row.type != MetricType::kHistogram) continue;
        names.erase(metric_name(row.kind));
        for (const char* part : {"_bucket", "_sum", "_count"}) names.insert(metric_name(row.kind) + part);
    }
    return names;
}

std::set<std::string> series_in(const std::string& file) {
    const auto found = all_matches(support::text_of_file(kDeploy + file), std::regex("rightsdesk_[a-z0-9_]+"));
    return {found.begin(), found.end()};
}

// As GitHub and its like make an anchor of a heading.
std::string anchor_of(const std::string& heading) {
    std::string anchor;
    for (const char letter : heading) {
        if (letter == ' ') anchor += '-';
        else if (std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-' || letter == '_') anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
    return anchor;
}

std::vector<std::string> expressions_of(const nlohmann::json& dashboard) {
    std::vector<std::string> all;
    for (const auto& panel : dashboard.at("panels")) {
        for (const auto& target : panel.value("targets", nlohmann::json::array())) all.push_back(target.at("expr"));
    }
    return all;
}

TEST(Series, each_has_a_row_at_its_place_that_says_everything_and_a_name_with_its_unit) {
    const auto& words = base::enum_texts<MetricKind>();
    ASSERT_EQ(metric_rows().size(), words.size());
    for (std::size_t at = 0; at < words.size(); ++at) {
        const MetricRow& row = metric_rows()[at];
        EXPECT_EQ(base::to_text(row.kind), words[at]);
        EXPECT_FALSE(row.help.empty()) << words[at];
        EXPECT_EQ(row.type == MetricType::kCounter, words[at].ends_with("_total")) << words[at];
        const auto known = [&](const char* process) { return is_told_by(row, process); };
        EXPECT_TRUE(std::any_of(std::begin(kProcesses), std::end(kProcesses), known)) << words[at];
        EXPECT_FALSE(is_told_by(row, "nobody") && row.told_by != "all" && !row.told_by.starts_with("services")) << words[at];
    }
}

TEST(Series, are_documented_as_they_are) {
    const std::string readme = support::text_of_file(kDeploy + "prometheus/README.md");
    EXPECT_NE(readme.find("\n\n" + metric_kinds_text()), std::string::npos) << "put this into it (rightsdesk metrics list):\n" << metric_kinds_text();
}

TEST(Series, that_rules_cases_and_dashboard_name_are_told_and_the_dashboard_shows_all) {
    const std::set<std::string> known = all_series();
    for (const char* file : {"prometheus/rules.yml", "prometheus/rules_test.yml", "grafana/rightsdesk.json"}) {
        const auto used = series_in(file);
        EXPECT_FALSE(used.empty()) << file;
        for (const std::string& series : used) EXPECT_TRUE(known.contains(series)) << file << " names " << series;
    }
    const auto shown = series_in("grafana/rightsdesk.json");
    for (const MetricRow& row : metric_rows()) {
        const std::string name = metric_name(row.kind);
        EXPECT_TRUE(std::any_of(shown.begin(), shown.end(), [&](const auto& series) { return series.starts_with(name); })) << "no panel shows " << name;
    }
}

TEST(AlertRules, lead_to_a_place_in_the_runbook) {
    std::set<std::string> anchors;
    std::istringstream runbook(support::text_of_file(kDeploy + "RUNBOOK.md"));
    for (std::string line; std::getline(runbook, line);) {
        if (line.starts_with('#')) anchors.insert(anchor_of(line.substr(line.find(' ') + 1)));
    }
    const std::string rules = support::text_of_file(kDeploy + "prometheus/rules.yml");
    const auto places = all_matches(rules, std::regex("runbook_url: deploy/RUNBOOK\\.md#(\\S+)"));
    const auto count = [&](const char* what) { return all_matches(rules, std::regex(what)).size(); };
    EXPECT_EQ(places.size(), count("- alert: (\\w+)"));
    EXPECT_EQ(places.size(), count("severity: (critical|warning)"));
    EXPECT_EQ(places.size(), count("summary: (.)"));
    for (const std::string& place : places) EXPECT_TRUE(anchors.contains(place)) << "the runbook has no heading for #" << place;
}

class Promtool : public testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(kPromtool)) GTEST_SKIP() << "promtool is not there (Debian: prometheus): neither rules nor dashboard are checked by it";
    }
    void expect_content(const std::vector<std::string>& arguments) {
        std::vector<std::string> words{kPromtool};
        words.insert(words.end(), arguments.begin(), arguments.end());
        const std::string said = folder_.file("said");
        support::ChildProcess process(words, said, said);
        EXPECT_EQ(process.wait(), 0) << support::text_of_file(said);
    }
    static constexpr const char* kPromtool = "/usr/bin/promtool";
    support::Folder folder_{"promtool"};
};

TEST_F(Promtool, is_content_with_the_rules_and_they_do_what_their_cases_want) {
    expect_content({"check", "rules", "--lint-fatal", kDeploy + "prometheus/rules.yml"});
    expect_content({"test", "rules", kDeploy + "prometheus/rules_test.yml"});
    expect_content({"check", "config", kDeploy + "prometheus/prometheus.yml"});
}

// Each expression as the rule of a series of its own.
TEST_F(Promtool, can_read_what_the_dashboard_asks) {
    const auto dashboard = nlohmann::json::parse(support::text_of_file(kDeploy + "grafana/rightsdesk.json"));
    std::string rules = "groups:\n  - name: dashboard\n    rules:\n";
    std::size_t number = 0;
    for (std::string expression : expressions_of(dashboard)) {
        for (std::size_t at = 0; (at = expression.find("$__rate_interval")) != std::string::npos;) expression.replace(at, 16, "1m");
        rules += "      - {record: panel:" + std::to_string(++number) + ", expr: " + nlohmann::json(expression).dump() + "}\n";
    }
    EXPECT_GT(number, 20U);
    support::write_file(folder_.file("rules.yml"), rules);
    expect_content({"check", "rules", folder_.file("rules.yml")});
}

// What a process says is what Prometheus takes, and its names are as its people name things.
TEST_F(Promtool, finds_nothing_wrong_with_what_a_process_tells) {
    for (const char* service : kProcesses) {
        Figures figures;
        if (std::find(std::begin(kNoServices), std::end(kNoServices), std::string(service)) == std::end(kNoServices)) Measured().tell(figures);
        for (const MetricRow& row : metric_rows()) {
            const bool counted = row.type != MetricType::kGauge && row.kind != MetricKind::kSignedHeadsTotal && row.kind != MetricKind::kProcessCpuSecondsTotal;
            if (!is_told_by(row, service) || counted) continue;
            const auto labels = row.labels.empty() ? 0 : 1 + std::count(row.labels.begin(), row.labels.end(), ',');
            figures.add(row.kind, 1.5, std::vector<std::string>(static_cast<std::size_t>(labels), "a \"label\""));
        }
        support::write_file(folder_.file("metrics"), exposition_text(service, figures));
        const std::string said = folder_.file("said");
        support::ChildProcess process({"/bin/sh", "-c", std::string(kPromtool) + " check metrics <" + folder_.file("metrics")}, said, said);
        EXPECT_EQ(process.wait(), 0) << service << ": " << support::text_of_file(said);
    }
}

}  // namespace
}  // namespace rightsdesk::runtime
