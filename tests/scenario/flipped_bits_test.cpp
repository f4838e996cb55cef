// A bit flipped anywhere in what a real Redis keeps of a log (records, head, identities, states, business keys, cursors, the
// names of them and of the keys) is found by a verification, which says where.
#include <gtest/gtest.h>

#include <random>

#include "store/chain.h"
#include "store/redis_test_support.h"
#include "support/sample.h"
#include "support/scale.h"

namespace rightsdesk {
namespace {

using store::kParts;
using store::log_key;
using store::Texts;


// What Redis keeps of one log, as texts: a stream's entries as id, then names and values; a hash's fields and values by turns.
struct Kept {
    std::string key;
    bool is_stream = false;
    std::vector<Texts> entries;
};

class KeptLogs {
public:
    // Nothing here has to survive, and a stream is written again for every bit in it.
    explicit KeptLogs(const support::RedisServer& server) : admin_(server) { admin_.run({"CONFIG", "SET", "appendfsync", "no"}); }
    ~KeptLogs() { admin_.run({"CONFIG", "SET", "appendfsync", "always"}); }
    KeptLogs(const KeptLogs&) = delete;
    KeptLogs& operator=(const KeptLogs&) = delete;

    // The fake's logs as the function would have written them.
    void fill(const store::MemoryLogs& logs) {
        for (const auto& [log, kept] : logs.logs) {
            Kept stream{log_key(log, "log"), true, {}};
            for (const auto& [sequence, record] : kept.records) {
                stream.entries.push_back({std::to_string(sequence) + "-0", "e", std::to_string(record.epoch), "d", record.digest, "l", record.link, "b", record.record.value});
            }
            Kept head{log_key(log, "head"), false, {{"seq", std::to_string(kept.head.sequence)}, {"link", kept.head.link}, {"epoch", std::to_string(kept.head.epoch)}}};
            Kept identities{log_key(log, "identities"), false, {}}, states{log_key(log, "states"), false, {}}, index{log_key(log, "index"), false, {}}, cursors{log_key(log, "cursors"), false, {}};
            for (const auto& [name, claim] : kept.identities) identities.entries.push_back({name, std::to_string(claim.first) + ":" + claim.second});
            for (const auto& [name, state] : kept.states) states.entries.push_back({name, std::to_string(state.version) + ":" + state.digest + ":" + state.state.value});
            for (const auto& [key, entity] : kept.index) index.entries.push_back({key, entity});
            for (const auto& [name, at] : kept.cursors) cursors.entries.push_back({name, std::to_string(at) + ":" + store::cursor_check(name, at)});
            for (Kept& part : std::vector<Kept>{stream, head, identities, states, index, cursors}) {
                if (part.entries.empty()) continue;
                write(part);
                kept_[log].push_back(std::move(part));
            }
        }
    }

    std::vector<Kept>& of(const std::string& log) { return kept_.at(log); }

    // False when Redis itself does not take it: an id that does not follow.
    bool write(const Kept& part) {
        admin_.run({"DEL", part.key});
        for (const Texts& entry : part.entries) {
            Texts call{part.is_stream ? "XADD" : "HSET", part.key};
            call.insert(call.end(), entry.begin(), entry.end());
            try {
                admin_.run(call);
            } catch (const std::runtime_error&) {
                return false;
            }
        }
        return true;
    }
    void remove(const std::string& key) { admin_.run({"DEL", key}); }

private:
    store::RedisAdmin admin_;
    std::map<std::string, std::vector<Kept>> kept_;
};

// The first part of the sample: notices taken, defective, cured and late, money, alerts.
void play_the_beginning(support::SuiteInProcess& suite) {
    tools::Timeline timeline = support::sample_timeline();
    timeline.steps.resize(std::min<std::size_t>(timeline.steps.size(), 12));
    suite.play(timeline);
}

struct FlippedBits : testing::TestWithParam<std::string> {
    support::RedisServer& server = store::empty_redis();
    KeptLogs kept{server};
    store::RedisStore reader{store::config_of(server, "reader")};

    // What a verification finds; "" when it finds nothing.
    std::string found(const std::string& log) {
        const auto verified = tools::verify_log(reader, log);
        if (!verified) return "error: " + verified.error().message;
        return verified->problems.empty() ? "" : verified->problems.front();
    }

    // Flips one bit of `text`, which lies in `part`, and looks.
    void flip(const std::string& log, Kept& part, std::string& text, std::size_t octet, unsigned bit) {
        const char before = text[octet];
        const std::string key = part.key;
        text[octet] = static_cast<char>(static_cast<unsigned char>(before) ^ (1U << bit));
        if (part.key != key) kept.remove(key);
        const bool taken = kept.write(part);
        const std::string problem = found(log);
        EXPECT_NE(problem, "") << key << ": bit " << bit << " of octet " << octet << " of '" << text.substr(0, 80) << "'" << (taken ? "" : " (Redis takes no more after it)");
        EXPECT_FALSE(problem.starts_with("error")) << problem;
        if (part.key != key) kept.remove(part.key);
        text[octet] = before;
        ASSERT_TRUE(kept.write(part));
        ++flipped;
    }

    int flipped = 0;
};

TEST_P(FlippedBits, are_found_wherever_they_are) {
    support::SuiteInProcess suite;
    play_the_beginning(suite);
    kept.fill(suite.logs());
    const std::string log = GetParam();
    ASSERT_EQ(found(log), "");
    std::mt19937 random(20'020'628);
    const auto below = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); };
    for (Kept& part : kept.of(log)) {
        // That all cursors of a log are gone is told by what services did upon its records; upon the desk's nothing is done yet.
        const bool key_is_missed = log != domain::kDesk || !part.key.ends_with(":cursors");
        const auto texts = [&] {
            std::vector<std::string*> all;
            if (key_is_missed) all.push_back(&part.key);
            for (Texts& entry : part.entries) {
                for (std::string& text : entry) all.push_back(&text);
            }
            return all;
        }();
        if (support::at_full_count()) {
            for (std::string* text : texts) {
                for (std::size_t octet = 0; octet < text->size(); ++octet) flip(log, part, *text, octet, static_cast<unsigned>(below(8)));
            }
            continue;
        }
        for (unsigned bit = 0; key_is_missed && bit < 8; ++bit) flip(log, part, part.key, below(part.key.size()), bit);
        for (int number = 0; number < 40; ++number) {
            std::string& text = *texts[below(texts.size())];
            if (!text.empty()) flip(log, part, text, below(text.size()), static_cast<unsigned>(below(8)));
        }
    }
    EXPECT_GT(flipped, 200);
    EXPECT_EQ(found(log), "") << "and put right it is right";
}

INSTANTIATE_TEST_SUITE_P(Of, FlippedBits, testing::Values(support::kSample, std::string(domain::kDesk)), [](const auto& given) { return given.param == domain::kDesk ? "desk" : "an_offering"; });

// What bits cannot tell: everything agrees with itself, and is not what the auditor signed.
TEST_P(FlippedBits, a_log_cut_short_or_written_anew_is_found_by_its_signed_heads) {
    support::SuiteInProcess suite;
    play_the_beginning(suite);
    const std::string log = GetParam();
    store::MemoryStore memory = suite.store();
    const store::Head head = suite.logs().logs.at(log).head;
    const auto signed_at = [&](store::Sequence sequence, const std::string& link) { return heads::SignedHead{log, 1, sequence, link, "2002-06-28T17:00:00Z", ""}; };
    const std::string middle = suite.logs().logs.at(log).records.at(2).link;
    const auto good = tools::verify_log(memory, log, {signed_at(2, middle), signed_at(head.sequence, head.link)});
    ASSERT_TRUE(good);
    EXPECT_TRUE(good->problems.empty()) << good->problems.front();
    EXPECT_EQ(good->signed_heads, 2U);
    const auto cut = tools::verify_log(memory, log, {signed_at(head.sequence + 3, head.link)});
    ASSERT_TRUE(cut);
    ASSERT_EQ(cut->problems.size(), 1U);
    EXPECT_NE(cut->problems.front().find("record " + std::to_string(head.sequence + 1) + ": is gone"), std::string::npos) << cut->problems.front();
    const auto anew = tools::verify_log(memory, log, {signed_at(2, std::string(40, 'a'))});
    ASSERT_TRUE(anew);
    ASSERT_EQ(anew->problems.size(), 1U);
    EXPECT_NE(anew->problems.front().find("record 2: this record, or one before it"), std::string::npos) << anew->problems.front();
}

}  // namespace
}  // namespace rightsdesk
