// A bit flipped anywhere in what a real Redis keeps of a log (records, head, identities, states, business keys, cursors, the
// names of them and of the keys) is found by a verification, which says where: the record, the entity, the identity, the business key, the
// cursor.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
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

// A text in which a bit is flipped: which of its part's entries it is in, and which of the entry's texts it is.
struct Place {
    std::size_t entry = 0;
    std::size_t text = 0;
};

// What a verification calls the entries of a part that is one hash.
std::string word_for(const Kept& part) {
    static const std::map<std::string, std::string> kWords = {{"head", "head"}, {"identities", "identity "}, {"states", ""}, {"index", "business key "}, {"cursors", "cursor "}};
    return kWords.at(part.key.substr(part.key.rfind(':') + 1));
}

// Words of which one must be among what is found. `before`: the text as it was.
Texts names_of(const std::string& log, const Kept& part, const Place& place, const std::string& before) {
    const Texts& entry = part.entries[place.entry];
    if (!part.is_stream) {
        const std::string word = word_for(part);
        if (word == "head") return {word};
        // Of a changed name both are true: that the one is not there, and that the other should not be.
        return place.text == 0 ? Texts{word + before, word + entry[0]} : Texts{word + entry[0]};
    }
    const std::size_t number = place.entry + 1;
    const std::string last = std::to_string(number - 1);
    Texts names{log + " record " + std::to_string(number) + ":", "record " + std::to_string(number) + " of log " + log, "log " + log + ": what follows record " + last + " "};
    // Under such an id Redis takes no more: the log ends before it.
    if (place.text == 0) names.insert(names.end(), {"that of the last record, " + last, log + " record " + last + ": the last item is not whole"});
    // An epoch is in no digest: one that became higher is seen where the next falls back, or at the head.
    if (place.text == 2) names.insert(names.end(), {log + " record " + std::to_string(number + 1) + ": its epoch", "the stored head"});
    return names;
}

// Of a part that is there under another key: what is missed first.
Texts names_without(const Kept& part) {
    if (part.is_stream) return {"that of the last record, 0"};
    const std::string word = word_for(part);
    if (!word.empty()) return {word};
    Texts names;
    names.reserve(part.entries.size());
    for (const Texts& entry : part.entries) names.push_back(entry[0] + " was made by events and is not stored");
    return names;
}

bool names_one(const Texts& problems, const Texts& names) {
    return std::any_of(problems.begin(), problems.end(), [&](const std::string& problem) {
        return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return problem.find(name) != std::string::npos; });
    });
}

struct FlippedBits : testing::TestWithParam<std::string> {
    support::RedisServer& server = store::empty_redis();
    KeptLogs kept{server};
    store::RedisStore reader{store::config_of(server, "reader")};

    // What a verification finds.
    Texts found(const std::string& log) {
        const auto verified = tools::verify_log(reader, log);
        if (verified) return verified->problems;
        ADD_FAILURE() << verified.error().message;
        return {};
    }

    // Flips one bit of the text at `place` in `part`, or of its key, and looks.
    void flip(const std::string& log, Kept& part, const std::optional<Place>& place, std::size_t octet, unsigned bit) {
        std::string& text = place ? part.entries[place->entry][place->text] : part.key;
        const std::string whole = text;
        const Texts missed = place ? Texts() : names_without(part);
        const char before = text[octet];
        const std::string key = part.key;
        text[octet] = static_cast<char>(static_cast<unsigned char>(before) ^ (1U << bit));
        if (part.key != key) kept.remove(key);
        const bool taken = kept.write(part);
        const Texts problems = found(log);
        const Texts names = place ? names_of(log, part, *place, whole) : missed;
        EXPECT_TRUE(names_one(problems, names)) << key << ": bit " << bit << " of octet " << octet << " of '" << whole.substr(0, 80) << "'" << (taken ? "" : " (Redis takes no more after it)")
                                                << "; found: " << testing::PrintToString(problems) << "; to be named: " << testing::PrintToString(names);
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
    ASSERT_EQ(found(log), Texts());
    std::mt19937 random(20'020'628);
    const auto below = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); };
    for (Kept& part : kept.of(log)) {
        // That all cursors of a log are gone is told by what services did upon its records; upon the desk's nothing is done yet.
        const bool key_is_missed = log != domain::kDesk || !part.key.ends_with(":cursors");
        for (unsigned bit = 0; key_is_missed && bit < 8; ++bit) flip(log, part, std::nullopt, below(part.key.size()), bit);
        if (support::at_full_count()) {
            for (std::size_t octet = 0; key_is_missed && octet < part.key.size(); ++octet) flip(log, part, std::nullopt, octet, static_cast<unsigned>(below(8)));
            for (Place place; place.entry < part.entries.size(); ++place.entry) {
                const Texts& entry = part.entries[place.entry];
                for (place.text = 0; place.text < entry.size(); ++place.text) {
                    for (std::size_t octet = 0; octet < entry[place.text].size(); ++octet) flip(log, part, place, octet, static_cast<unsigned>(below(8)));
                }
            }
            continue;
        }
        for (int number = 0; number < 40; ++number) {
            const std::size_t entry = below(part.entries.size());
            const Place place{entry, below(part.entries[entry].size())};
            const std::string& text = part.entries[entry][place.text];
            if (!text.empty()) flip(log, part, place, below(text.size()), static_cast<unsigned>(below(8)));
        }
    }
    EXPECT_GT(flipped, 200);
    EXPECT_EQ(found(log), Texts()) << "and put right it is right";
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
