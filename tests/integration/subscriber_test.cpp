// A subscriber in another language (tools/subscriber), beside the running suite: it prints every alert, in order and without a gap, also when
// it is killed in between and when the suite is; and it says why where it cannot.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "support/played_sample.h"
#include "support/waiting.h"

namespace rightsdesk {
namespace {

using nlohmann::json;
using support::ChildProcess;
using support::SuiteProcesses;

const std::string kSubscriber = std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/subscriber/alerts.py";

struct Heard {
    std::vector<std::uint64_t> order;     // as they came for the first time
    std::map<std::uint64_t, json> last;  // what was said of each at the end
};

class Subscriber : public testing::Test {
protected:
    // Its `run`-th run: what a killed one has written in part is not gone on with.
    ChildProcess start(int run, std::vector<std::string> more) {
        std::vector<std::string> words{kSubscriber, "--config", suite_.config()};
        words.insert(words.end(), more.begin(), more.end());
        return {words, out(run).string(), out(run).string() + ".err"};
    }
    [[nodiscard]] std::filesystem::path out(int run) const { return suite_.folder() / ("subscriber-" + std::to_string(run)); }

    // Of one log, by all runs one after the other.
    [[nodiscard]] Heard heard(const std::string& log) const {
        Heard all;
        for (int run = 1; std::filesystem::exists(out(run)); ++run) {
            std::ifstream file(out(run));
            for (std::string line; std::getline(file, line) && !file.eof();) {
                const json said = json::parse(line);
                if (said.at("log") != log || said.at("alert").at("number") == "0") continue;
                const auto number = std::stoull(said.at("alert").at("number").get<std::string>());
                if (!all.last.contains(number)) all.order.push_back(number);
                all.last[number] = said;
            }
        }
        return all;
    }

    // What `rightsdesk watch` shows of everything, afterwards.
    std::map<std::string, std::map<std::uint64_t, json>> replayed() {
        std::map<std::string, std::map<std::uint64_t, json>> alerts;
        std::istringstream lines(suite_.command({"watch", "--from", "1", "--no-follow", "--json"}).out);
        for (std::string line; std::getline(lines, line);) {
            const json alert = json::parse(line);
            alerts[alert.at("log")][alert.at("number")] = alert;
        }
        return alerts;
    }

    void expect_all_heard() {
        const auto wanted = replayed();
        ASSERT_FALSE(wanted.empty());
        for (const auto& [log, alerts] : wanted) {
            SCOPED_TRACE(log);
            const bool came = support::comes_true([&] {
                const Heard all = heard(log);
                return std::all_of(alerts.begin(), alerts.end(), [&](const auto& one) {
                    const auto found = all.last.find(one.first);
                    return found != all.last.end() && found->second.at("alert").contains("resolvedAt") != one.second.at("resolved_at").is_null();
                });
            });
            EXPECT_TRUE(came) << "some are missing, or not told as resolved: " << support::text_of_file(out(1).string() + ".err");
            const Heard all = heard(log);
            EXPECT_TRUE(std::is_sorted(all.order.begin(), all.order.end()));
            EXPECT_EQ(all.order.size(), alerts.rbegin()->first) << "numbers are dense";
            for (const auto& [number, alert] : alerts) {
                const json& said = all.last.at(number);
                EXPECT_EQ(said.at("topic"), alert.at("topic"));
                EXPECT_EQ(said.at("alert").at("kind"), alert.at("kind"));
                EXPECT_EQ(said.at("alert").at("what"), alert.at("what"));
            }
        }
    }

    SuiteProcesses suite_;
};

TEST_F(Subscriber, hears_everything_while_the_sample_plays_and_goes_on_after_its_own_death) {
    const std::string state = (suite_.folder() / "subscriber.state").string();
    auto running = start(1, {"--from", "1", "--state", state});
    auto player = suite_.start_command({"sample", "play", support::kSampleFolder});
    int run = 1;
    const int code = suite_.supervise_until_end(player, [&] {
        if (run > 2 || heard(support::kSample).order.size() < static_cast<std::size_t>(15 * run)) return;
        running.kill();
        if (run == 2) suite_.kill("notification");
        running = start(++run, {"--from", "1", "--state", state});
    });
    EXPECT_EQ(code, 0) << suite_.said();
    EXPECT_EQ(run, 3) << "it was killed twice";
    expect_all_heard();
    EXPECT_EQ(running.stop(), 0);
}

TEST_F(Subscriber, that_comes_late_asks_for_what_was_before_and_hears_one_topic_alone) {
    ASSERT_EQ(suite_.command({"sample", "play", support::kSampleFolder}).code, 0);
    auto all = start(1, {"--from", "1"});
    expect_all_heard();
    EXPECT_EQ(all.stop(), 0);
    const std::string topic = "alert/" + support::kSample + "/critical/";
    auto some = start(2, {topic, "--from", "1"});
    std::map<std::uint64_t, json> critical;
    const auto shown = replayed();
    for (const auto& [number, alert] : shown.at(support::kSample)) {
        if (alert.at("severity") == "critical") critical[number] = alert;
    }
    ASSERT_FALSE(critical.empty());
    EXPECT_TRUE(support::comes_true([&] { return support::text_of_file(out(2)).find("\"number\": \"" + std::to_string(critical.rbegin()->first) + "\"") != std::string::npos; }));
    some.stop();
    std::ifstream file(out(2));
    std::set<std::uint64_t> numbers;
    for (std::string line; std::getline(file, line);) {
        const json said = json::parse(line);
        EXPECT_TRUE(said.at("topic").get<std::string>().starts_with(topic)) << line;
        numbers.insert(std::stoull(said.at("alert").at("number").get<std::string>()));
    }
    EXPECT_EQ(numbers.size(), critical.size());
}

// The lines of the README that begin with four blanks, behind a heading.
std::string example_below(const std::string& heading) {
    std::istringstream readme(support::text_of_file(std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/subscriber/README.md"));
    std::string code;
    bool below = false;
    for (std::string line; std::getline(readme, line);) {
        if (line.starts_with('#')) below = line == heading;
        else if (below && line.starts_with("    ")) code += line.substr(4) + "\n";
    }
    return code;
}

// What the README says of `decode` and the others: they are those of alerts.py.
const std::string kBeforeTheExample = R"(import importlib.util, json, pathlib, sys, tomllib, zmq
of_alerts = importlib.util.spec_from_file_location("alerts", sys.argv[1])
alerts = importlib.util.module_from_spec(of_alerts)
of_alerts.loader.exec_module(alerts)
config, log = pathlib.Path(sys.argv[2]), sys.argv[3]
settings = tomllib.loads(config.read_text())
keys = config.parent / settings["paths"]["keys"]
service = settings["service"]["notification"]
decode = alerts.decode
def encode(value, struct):
    return alerts.convert("json:binary", json.dumps(value).encode(), "commands.capnp", struct)
def keys_of(principal):
    pair = dict(line.split(" = ") for line in (keys / f"{principal}.key").read_text().splitlines())
    return pair["public"].encode(), pair["secret"].encode()
def public_key_of(name):
    principals = tomllib.loads((keys / "principals.toml").read_text())["principal"]
    return next(one["public_key"].encode() for one in principals if one["name"] == name)
)";

TEST_F(Subscriber, of_twenty_lines_as_the_readme_has_them_hears_everything_and_asks_for_what_was_before) {
    const std::string example = example_below("## Twenty lines");
    ASSERT_NE(example.find("feed.recv_multipart()"), std::string::npos) << example;
    const std::string script = (suite_.folder() / "twenty_lines.py").string();
    support::write_file(script, kBeforeTheExample + example);
    ASSERT_EQ(suite_.command({"sample", "play", support::kSampleFolder}).code, 0);
    ChildProcess running({"/usr/bin/python3", "-u", script, kSubscriber, suite_.config(), support::kSample}, out(1).string(), out(1).string() + ".err");
    const auto shown = replayed();
    const auto wanted = shown.at(support::kSample).rbegin()->first;
    const auto numbers = [&] {
        std::vector<std::uint64_t> all;
        const std::string key = "'number': '";
        std::ifstream file(out(1));
        for (std::string line; std::getline(file, line) && !file.eof();) {
            const std::size_t at = line.find(key);
            if (at != std::string::npos) all.push_back(std::stoull(line.substr(at + key.size())));
        }
        return all;
    };
    EXPECT_TRUE(support::comes_true([&] { return numbers().size() >= wanted; })) << support::text_of_file(out(1).string() + ".err");
    std::vector<std::uint64_t> dense(wanted);
    for (std::uint64_t number = 1; number <= wanted; ++number) dense[number - 1] = number;
    EXPECT_EQ(numbers(), dense) << "each once, in order";
    EXPECT_TRUE(running.runs()) << support::text_of_file(out(1).string() + ".err");
}

TEST_F(Subscriber, says_what_is_wrong) {
    auto without = start(1, {"alerts/rare"});
    EXPECT_EQ(without.wait(), 2);
    EXPECT_NE(support::text_of_file(out(1).string() + ".err").find("a topic begins with alert/"), std::string::npos);
    auto nobody = start(2, {"--as", "nobody"});
    EXPECT_EQ(nobody.wait(), 2);
    EXPECT_NE(support::text_of_file(out(2).string() + ".err").find("nobody.key"), std::string::npos);
    // A key that the running suite does not know: CURVE lets nothing through.
    EXPECT_EQ(suite_.command({"keys", "make", (suite_.folder() / "other").string()}).code, 0);
    std::filesystem::copy_file(suite_.folder() / "other/reader.key", suite_.folder() / "keys/stranger.key");
    auto stranger = start(3, {"--as", "stranger"});
    EXPECT_EQ(stranger.wait(), 1);
    EXPECT_NE(support::text_of_file(out(3).string() + ".err").find("nothing is heard from notification"), std::string::npos);
}

}  // namespace
}  // namespace rightsdesk
