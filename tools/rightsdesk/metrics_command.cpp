// rightsdesk metrics: what the processes tell on their admin ports, and the list of all there is.
#include <cmath>
#include <map>

#include "rightsdesk/session.h"
#include "runtime/admin_client.h"
#include "runtime/exposition.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

namespace {

constexpr std::chrono::seconds kAdminPatienceHere{5};

struct WatchedProcess {
    std::string name;     // "intake", "intake-2"
    std::string address;  // empty: none is configured
};

std::vector<WatchedProcess> processes_of(const runtime::SuiteConfig& config, const std::string& only) {
    std::vector<WatchedProcess> all;
    for (const std::string& service : base::enum_texts<domain::ServiceName>()) {
        for (const runtime::InstanceEndpoints& instance : config.services.at(service).instances()) {
            all.push_back({runtime::process_name(service, instance.name), instance.admin});
        }
    }
    all.push_back({"auditor", config.auditor_admin});
    all.push_back({"console", config.console_admin});
    all.push_back({"letters", config.letters_admin});
    if (only.empty()) return all;
    const bool known = std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.name == only || one.name.starts_with(only + "-"); });
    if (!known) throw Ending{Exit::kUnusable, "there is no process '" + only + "': intake, intake-2, ..., auditor, console, letters"};
    std::erase_if(all, [&](const auto& one) { return one.name != only && !one.name.starts_with(only + "-"); });
    return all;
}

std::string plain(double value) { return nlohmann::json(value == std::floor(value) ? nlohmann::json(static_cast<std::int64_t>(value)) : nlohmann::json(value)).dump(); }

std::string labels_text(const std::map<std::string, std::string>& labels) {
    std::string text;
    for (const auto& [name, value] : labels) {
        if (name != "service" && name != "le") text += (text.empty() ? "" : ", ") + name + " " + value;
    }
    return text.empty() ? "" : " (" + text + ")";
}

// What buckets, sum and count say, for a person: how many, how much on average, and below what nearly all are.
struct Spread {
    double count = 0;
    double sum = 0;
    std::vector<std::pair<std::string, double>> buckets;  // upper bound, how many up to it

    [[nodiscard]] std::string text() const {
        if (count == 0) return "none yet";
        constexpr double kNearlyAll = 0.99;
        std::string said = plain(count) + ", " + plain(std::round(sum / count * 1e6) / 1e6) + " on average";
        for (const auto& [bound, below] : buckets) {
            if (below >= kNearlyAll * count) return said + ", 99 % at most " + bound;
        }
        return said;
    }
};

void print_samples(std::ostream& out, const std::vector<runtime::ReadSample>& samples) {
    std::map<std::string, Spread> spreads;
    for (const runtime::ReadSample& sample : samples) {
        const auto part = [&](const std::string& ending) { return sample.name.substr(0, sample.name.size() - ending.size()) + labels_text(sample.labels); };
        if (sample.name.ends_with("_bucket")) spreads[part("_bucket")].buckets.emplace_back(sample.labels.at("le"), sample.value);
        else if (sample.name.ends_with("_sum")) spreads[part("_sum")].sum = sample.value;
        else if (sample.name.ends_with("_count")) spreads[part("_count")].count = sample.value;
        else out << "  " << sample.name << labels_text(sample.labels) << ": " << plain(sample.value) << "\n";
    }
    for (const auto& [name, spread] : spreads) out << "  " << name << ": " << spread.text() << "\n";
}

Exit show_metrics(Session& session, const std::string& only) {
    Exit worst = Exit::kGood;
    runtime::Json all = runtime::Json::array();
    for (const WatchedProcess& process : processes_of(session.suite().config(), only)) {
        runtime::Json one{{"process", process.name}, {"address", process.address}};
        const auto answer = process.address.empty() ? base::Result<runtime::AdminAnswer>(base::unavailable("no admin port is configured (suite.toml, admin)"))
                                                    : runtime::ask_admin_port(process.address, "/metrics", kAdminPatienceHere);
        if (!answer) {
            worst = Exit::kUnavailable;
            one["problem"] = answer.error().message;
            if (!session.json) session.out << process.name << ": " << answer.error().message << "\n";
        } else {
            const auto samples = runtime::read_exposition(answer->body);
            if (!session.json) {
                session.out << process.name << " at " << process.address << "\n";
                print_samples(session.out, samples);
            }
            one["samples"] = runtime::Json::array();
            for (const runtime::ReadSample& sample : samples) one["samples"].push_back({{"name", sample.name}, {"labels", sample.labels}, {"value", sample.value}});
        }
        all.push_back(std::move(one));
    }
    if (session.json) session.out << runtime::json_text(all) << "\n";
    return worst;
}

Exit list_metrics(Session& session) {
    if (!session.json) {
        session.out << runtime::metric_kinds_text();
        return Exit::kGood;
    }
    runtime::Json all = runtime::Json::array();
    for (const runtime::MetricRow& row : runtime::metric_rows()) {
        all.push_back({{"name", runtime::metric_name(row.kind)}, {"type", base::to_text(row.type)}, {"labels", row.labels}, {"told_by", row.told_by}, {"help", row.help}});
    }
    session.out << runtime::json_text(all) << "\n";
    return Exit::kGood;
}

}  // namespace

void add_metrics(CLI::App& app, Session& session) {
    auto only = std::make_shared<std::string>();
    CLI::App* command = subcommand(app, "metrics", "what every process tells of itself on its admin port; exit 3 when one does not answer", "metrics --service intake");
    command->require_subcommand(0, 1);
    command->add_option("--service", *only, "of one service, or one instance of it");
    command->callback([&session, command, only] {
        if (command->get_subcommands().empty()) session.run = [only](Session& run) { return show_metrics(run, *only); };
    });
    subcommand(*command, "list", "every series there is, with its labels and what it counts", "metrics list")->callback([&session] { session.run = list_metrics; });
}

}  // namespace rightsdesk::tools
