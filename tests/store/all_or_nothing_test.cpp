// No reply of `commit` that is an error has changed a key: every way to fail, on a store with content, everything in Redis
// compared before and after. Redis does not roll a function back, so nothing else but this order of things protects it.
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <regex>
#include <set>

#include "redis_test_support.h"
#include "store/chain.h"
#include "store/commit_lua.h"
#include "support/scale.h"

namespace rightsdesk::store {
namespace {

using base::ErrorKind;
using support::RedisServer;

const std::string kFull = "offering-1";   // the log with content that is written to
const std::string kOther = "offering-2";  // another one, which stays as it is
const std::string kSomeHash(64, 'a');

struct AllOrNothing : testing::Test {
    RedisServer& server = empty_redis();
    RedisAdmin admin{server};
    RedisStore store{config_of(server, "intake")};
    RedisConnection raw{config_of(server, "intake")};

    AllOrNothing() { fill(); }

    // Two logs as they are in the middle of an offering.
    void fill() {
        admin.run({"FLUSHALL"});
        for (const std::string& log : {kFull, kOther}) {
            std::vector<Item> items;
            for (int number = 0; number < 5; ++number) items.push_back(everything("old-" + std::to_string(number)));
            items.push_back(an_item().writing("notice/old-0", 1, std::string(300, 's')).indexing("key/old-1", "notice/old-2", "notice/old-1").saying("two").saying("three"));
            (void)value_of(store.commit(batch(log, std::move(items))));
        }
    }

    Texts commit(std::vector<Item> items) { return to_texts(store.commit(batch(kFull, std::move(items)))); }

    // What the function is called with: the keys of `log`, then `arguments`.
    static Texts call_with(const Texts& arguments, const std::string& log = kFull) {
        Texts call{"FCALL", "commit", "6"};
        for (const std::string& part : kParts) call.push_back(log_key(log, part));
        call.insert(call.end(), arguments.begin(), arguments.end());
        return call;
    }
    static Texts one_item(const Texts& operations) {
        Texts arguments{std::string(kCommitProtocol), "1", "1"};
        arguments.insert(arguments.end(), operations.begin(), operations.end());
        arguments.push_back(".");
        return call_with(arguments);
    }

    // Sends the call and holds everything in Redis against what it was.
    void expect_refused(const Texts& call, const std::string& sentence, std::optional<ErrorKind> kind = {}) {
        const auto before = admin.dump();
        const auto refusal = refusal_of(raw, call);
        ASSERT_TRUE(refusal) << sentence << ": was taken";
        if (kind) {
            EXPECT_EQ(refusal->kind, *kind) << sentence << ": " << refusal->message;
        }
        EXPECT_EQ(admin.dump(), before) << sentence << ": " << refusal->message;
    }
    void expect_refused(const Batch& refused, const std::string& sentence, std::optional<ErrorKind> kind = {}) { expect_refused(call_of(refused), sentence, kind); }
};

// Two items that use every operation; valid on the filled log.
Batch every_operation() {
    return batch(kFull, {everything("1"), an_item().claiming("2", "x").indexing("key/old-0", "notice/9", "notice/old-0").reading("notice/old-2", 1).saying("b").at_head(8).after_all()});
}

// --- what lies there is not what it should be ---------------------------------------------------------------------

TEST_F(AllOrNothing, a_key_of_another_type) {
    const std::map<std::string, Texts> makers{{"string", {"SET", "", "x"}},          {"set", {"SADD", "", "x"}},       {"list", {"RPUSH", "", "x"}},
                                              {"sorted set", {"ZADD", "", "1", "x"}}, {"hash", {"HSET", "", "f", "v"}}, {"stream", {"XADD", "", "1-0", "f", "v"}}};
    for (const std::string& part : kParts) {
        for (const auto& [type, maker] : makers) {
            if (type == (part == "log" ? "stream" : "hash")) continue;
            fill();
            const std::string key = log_key(kFull, part);
            admin.run({"DEL", key});
            Texts making = maker;
            making[1] = key;
            admin.run(making);
            expect_refused(every_operation(), part + " as a " + type, ErrorKind::kCorrupt);
        }
    }
}

TEST_F(AllOrNothing, damaged_bookkeeping) {
    const std::string log = log_key(kFull, "log");
    const std::string head = log_key(kFull, "head");
    const std::pair<const char*, Texts> rows[] = {
        {"the head lost", {"DEL", head}},
        {"the log lost", {"DEL", log}},
        {"the head without its link", {"HDEL", head, "link"}},
        {"the head without its epoch", {"HDEL", head, "epoch"}},
        {"the head without its number", {"HDEL", head, "seq"}},
        {"the head is no number", {"HSET", head, "seq", "1e3"}},
        {"the head is negative", {"HSET", head, "seq", "-1"}},
        {"the head behind the log: XADD refuses the id", {"XADD", log, "90-0", "e", "1", "d", "", "l", "", "b", ""}},
        {"the head of an empty log", {"XTRIM", log, "MAXLEN", "0"}},
        {"another epoch", {"HSET", head, "epoch", "2"}},
        {"a state without a version", {"HSET", log_key(kFull, "states"), "notice/1", "rubbish"}},
        {"a cursor without its check", {"HSET", log_key(kFull, "cursors"), "payment_clearing/desk", "0"}},
        {"a cursor with another's check", {"HSET", log_key(kFull, "cursors"), "payment_clearing/desk", "0:" + cursor_check("intake/desk", 0)}},
        {"a claim without a number", {"HSET", log_key(kFull, "identities"), "1", "rubbish"}},
    };
    for (const auto& [sentence, damage] : rows) {
        fill();
        admin.run(damage);
        expect_refused(batch(kFull, {an_item().moving("payment_clearing", "desk", 0, 1), everything("1")}), sentence);
    }
}

// --- numbers at their end --------------------------------------------------------------------------------------------

TEST_F(AllOrNothing, a_counter_at_its_limit) {
    // As far as a log can be, with three numbers left: the batch that runs out of them in the middle is refused whole.
    const std::string nearly = "9999999999999999996";
    admin.run({"XADD", log_key(kFull, "log"), nearly + "-0", "e", "1", "d", kSomeHash, "l", "aa", "b", "r"});
    admin.run({"HSET", log_key(kFull, "head"), "seq", nearly});
    for (const int events : {4, 5, 9}) {
        ItemBuilder many = an_item().claiming("many", "x");
        for (int event = 0; event < events; ++event) many = many.saying("e");
        expect_refused(batch(kFull, {an_item().moving("intake", "desk", 0, 1), many}), std::to_string(events) + " events and three numbers", ErrorKind::kInvalid);
    }
    EXPECT_EQ(commit({everything("1"), everything("2"), everything("3")}).back(), "committed 9999999999999999999..9999999999999999999");
    expect_refused(batch(kFull, {everything("4")}), "no number left", ErrorKind::kInvalid);
    EXPECT_EQ(commit({an_item().moving("intake-1", "desk", 1, 2)}), Texts{"committed 10000000000000000000..9999999999999999999"}) << "what takes no number is taken";

    const std::string states = log_key(kFull, "states");
    admin.run({"HSET", states, "notice/old-4", "9999999999999999999:" + kSomeHash + ":s"});
    expect_refused(one_item({"W", "notice/old-4", "9999999999999999999", kSomeHash + ":t"}), "a version at its limit", ErrorKind::kInvalid);
    expect_refused(one_item({"C", "c/desk", "9999999999999999999", "10000000000000000000"}), "a cursor past its limit", ErrorKind::kInvalid);
}

// --- arguments ------------------------------------------------------------------------------------------------------------

TEST_F(AllOrNothing, any_argument_missing_doubled_or_cut_off) {
    const Texts whole = call_of(every_operation());
    for (std::size_t at = 2; at < whole.size(); ++at) {
        Texts shorter = whole;
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(at));
        expect_refused(shorter, "without argument " + std::to_string(at) + ", " + whole[at]);
        Texts longer = whole;
        longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(at), whole[at]);
        expect_refused(longer, "with argument " + std::to_string(at) + " twice, " + whole[at]);
        expect_refused(Texts(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(at)), "cut after " + std::to_string(at));
    }
    EXPECT_FALSE(refusal_of(raw, whole)) << "and whole it is taken";
}

TEST_F(AllOrNothing, every_operation_cut_short) {
    const Texts operations[] = {{"I", "i", kSomeHash}, {"N", "k", "e"},       {"K", "k", "e", "f"},      {"R", "e", "0"},
                                {"W", "e", "0", kSomeHash + ":s"}, {"E", kSomeHash, "r"}, {"C", "c/desk", "0", "1"}, {"H", "7"}, {"A", "0"}};
    for (const Texts& operation : operations) {
        for (std::size_t size = 1; size < operation.size(); ++size) {
            const Texts cut(operation.begin(), operation.begin() + static_cast<std::ptrdiff_t>(size));
            expect_refused(one_item(cut), operation[0] + " with " + std::to_string(size - 1) + " operands");
            Texts followed{"E", kSomeHash, "r"};
            followed.insert(followed.end(), cut.begin(), cut.end());
            expect_refused(one_item(followed), "an event, then " + operation[0] + " with " + std::to_string(size - 1) + " operands");
            Texts without_end = one_item(followed);
            without_end.pop_back();
            expect_refused(without_end, operation[0] + " cut short at the end of the call");
        }
    }
}

TEST_F(AllOrNothing, a_wrong_key_in_any_place) {
    const Texts whole = call_of(every_operation());
    for (std::size_t at = 3; at < 9; ++at) {
        for (std::size_t other = 3; other < 9; ++other) {
            if (at == other) continue;
            Texts swapped = whole;
            std::swap(swapped[at], swapped[other]);
            expect_refused(swapped, whole[at] + " exchanged with " + whole[other], ErrorKind::kInvalid);
            Texts twice = whole;
            twice[at] = whole[other];
            expect_refused(twice, whole[other] + " in place of " + whole[at], ErrorKind::kInvalid);
        }
        for (const std::string& wrong : {log_key(kOther, kParts[at - 3]), kFull + ":" + kParts[at - 3], std::string("{offering-1}"), std::string("{}:") + kParts[at - 3],
                                         whole[at] + "x", std::string()}) {
            Texts foreign = whole;
            foreign[at] = wrong;
            expect_refused(foreign, "'" + wrong + "' in place of " + whole[at], ErrorKind::kInvalid);
        }
    }
    for (const std::string count : {"0", "1", "5", "7", "12", "-1", "x", "99999999"}) {
        Texts counted = whole;
        counted[2] = count;
        expect_refused(counted, "a number of keys of " + count);
    }
    Texts capital = whole;
    for (std::size_t at = 3; at < 9; ++at) capital[at] = log_key("Offering-1", kParts[at - 3]);
    expect_refused(capital, "a log whose name is none", ErrorKind::kInvalid);
}

TEST_F(AllOrNothing, a_number_that_is_none_in_any_place) {
    const std::string no_numbers[] = {"", "00", "01", "-1", "+1", "1.0", "1e3", "0x1", " 1", "1 ", "one", "10000000000000000000", "99999999999999999999", std::string("1\0", 2), "nan"};
    const std::pair<Texts, std::vector<std::size_t>> numbered[] = {{{"R", "e", "0"}, {2}}, {{"W", "e", "0", kSomeHash + ":s"}, {2}}, {{"C", "c/desk", "0", "1"}, {2, 3}}, {{"H", "7"}, {1}}};
    for (const std::string& none : no_numbers) {
        for (const auto& [operation, places] : numbered) {
            for (const std::size_t place : places) {
                Texts wrong{"E", kSomeHash, "r"};
                wrong.insert(wrong.end(), operation.begin(), operation.end());
                wrong[3 + place] = none;
                expect_refused(one_item(wrong), operation[0] + " with '" + none + "'", ErrorKind::kInvalid);
            }
        }
        Texts epoch = one_item({"E", kSomeHash, "r"});
        epoch[10] = none;
        expect_refused(epoch, "an epoch of '" + none + "'", ErrorKind::kInvalid);
    }
    expect_refused(one_item({"C", "c/desk", "10", "9"}), "a cursor that goes back", ErrorKind::kInvalid);
    for (const std::string count : {"0", "2", "-1", "x", ""}) {
        Texts items = one_item({"E", kSomeHash, "r"});
        items[11] = count;
        expect_refused(items, "'" + count + "' items stated, one there", ErrorKind::kInvalid);
    }
}

TEST_F(AllOrNothing, sizes_and_forms_beyond_the_bounds_of_the_port) {
    const std::string long_name(kMaxKeyOctets + 1, 'n');
    const std::string& hash = kSomeHash;
    Texts many_items{std::string(kCommitProtocol), "1", std::to_string(kMaxItemsPerBatch + 1)};
    many_items.resize(many_items.size() + kMaxItemsPerBatch + 1, ".");
    Texts many_operations;
    for (std::size_t operation = 0; operation <= kMaxOperationsPerBatch; ++operation) many_operations.insert(many_operations.end(), {"R", "n", "0"});
    Texts many_octets;
    for (int record = 0; record < 8; ++record) many_octets.insert(many_octets.end(), {"E", hash, std::string(kMaxRecordOctets, 'x')});

    const std::pair<const char*, Texts> rows[] = {
        {"another protocol", call_with({"1", "1", "1", "."})},
        {"no epoch", call_with({std::string(kCommitProtocol), "0", "1", "."})},
        {"no arguments at all", call_with({})},
        {"an operation that is none", one_item({"X", "a", "b"})},
        {"an identity without an event", one_item({"I", "i", hash})},
        {"a name of no octets", one_item({"I", "", hash, "E", hash, "r"})},
        {"an identity that is too long", one_item({"I", long_name, hash, "E", hash, "r"})},
        {"an entity that is too long", one_item({"R", long_name, "0"})},
        {"an entity written that is too long", one_item({"W", long_name, "0", hash + ":s"})},
        {"an index key that is too long", one_item({"N", long_name, "e"})},
        {"an index entry that is too long", one_item({"N", "k", long_name})},
        {"an expected entity that is too long", one_item({"K", "k", long_name, "e"})},
        {"an index entry of no octets", one_item({"N", "k", ""})},
        {"a cursor's name that is too long", one_item({"C", long_name, "0", "1"})},
        {"a payload hash of 63 digits", one_item({"I", "i", hash.substr(1), "E", hash, "r"})},
        {"a payload hash of 65 digits", one_item({"I", "i", hash + "a", "E", hash, "r"})},
        {"a digest of 63 digits", one_item({"E", hash.substr(1), "r"})},
        {"a digest of 65 digits", one_item({"E", hash + "a", "r"})},
        {"a state without its digest", one_item({"W", "n", "0", "state"})},
        {"a version that cannot be raised", one_item({"W", "n", "9999999999999999999", hash + ":s"})},
        {"a record that is too large", one_item({"E", hash, std::string(kMaxRecordOctets + 1, 'x')})},
        {"a state that is too large", one_item({"W", "n", "0", hash + ":" + std::string(kMaxRecordOctets + 1, 'x')})},
        {"a batch that is too large", one_item(many_octets)},
        {"too many items", call_with(many_items)},
        {"too many operations", one_item(many_operations)},
    };
    for (const auto& [sentence, arguments] : rows) expect_refused(arguments, sentence, ErrorKind::kInvalid);
    EXPECT_FALSE(refusal_of(raw, one_item({"E", hash, std::string(kMaxRecordOctets, 'x')}))) << "the largest record";
}

// --- rights -----------------------------------------------------------------------------------------------------------------

// The rights of a service, as deploy/redis/users.acl gives them: "fcall", "config|get", ...
std::vector<std::string> rights_of(const std::string& user) {
    std::istringstream file(support::text_of_file(std::filesystem::path(RIGHTSDESK_SOURCE_DIR) / "deploy/redis/users.acl"));
    std::vector<std::string> rights;
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("user " + user + " ")) continue;
        std::istringstream words(line);
        for (std::string word; words >> word;) {
            if (word.starts_with("+")) rights.push_back(word.substr(1));
        }
    }
    return rights;
}

// The commands that `commit` calls, from its text; `lease` behind it has others.
std::set<std::string> commands_of_the_function() {
    std::set<std::string> commands{"fcall"};
    const std::string whole(kCommitLua);
    const std::string text = whole.substr(0, whole.find("local function lease("));
    const std::regex calling("call\\('([A-Z]+)'");
    for (std::sregex_iterator found(text.begin(), text.end(), calling), end; found != end; ++found) {
        std::string command = (*found)[1];
        for (char& letter : command) letter = static_cast<char>(std::tolower(letter));
        commands.insert(command);
    }
    return commands;
}

TEST_F(AllOrNothing, each_right_of_the_services_taken_away_in_turn) {
    const std::set<std::string> used = commands_of_the_function();
    EXPECT_GE(used.size(), 5U);
    for (const char* user : {"intake", "payment_clearing", "deadline_monitor", "notification"}) {
        const auto rights = rights_of(user);
        for (const std::string& command : used) EXPECT_NE(std::find(rights.begin(), rights.end(), command), rights.end()) << user << " lacks " << command;
        RedisConnection connection(config_of(server, user));
        for (const std::string& right : rights) {
            fill();
            const auto before = admin.dump();
            admin.run({"ACL", "SETUSER", user, "-" + right});
            const auto refusal = refusal_of(connection, call_of(every_operation()));
            admin.run({"ACL", "SETUSER", user, "+" + right});
            EXPECT_EQ(refusal.has_value(), used.contains(right)) << user << " without " << right;
            if (!refusal) continue;
            EXPECT_EQ(refusal->kind, ErrorKind::kInvalid) << user << " without " << right << ": " << refusal->message;
            EXPECT_EQ(admin.dump(), before) << user << " without " << right;
            EXPECT_FALSE(refusal_of(connection, call_of(every_operation()))) << user << " with " << right << " again";
        }
    }
}

TEST_F(AllOrNothing, each_key_closed_or_for_reading_only) {
    for (const std::string& forbidden : kParts) {
        for (const std::string left : {"", "%R~", "%W~"}) {
            Texts user{"ACL", "SETUSER", "narrow", "reset", "on", ">narrow", "+@all"};
            for (const std::string& part : kParts) {
                if (part != forbidden) user.push_back("~" + log_key(kFull, part));
                if (part == forbidden && !left.empty()) user.push_back(left + log_key(kFull, part));
            }
            admin.run(user);
            RedisConfig config = config_of(server, "narrow");
            config.password = "narrow";
            RedisConnection narrow(config);
            const auto before = admin.dump();
            const auto refusal = refusal_of(narrow, call_of(every_operation()));
            ASSERT_TRUE(refusal) << forbidden << " " << left;
            EXPECT_EQ(refusal->kind, ErrorKind::kInvalid) << forbidden << " " << left << ": " << refusal->message;
            EXPECT_EQ(admin.dump(), before) << forbidden << " " << left;
        }
    }
    admin.run({"ACL", "DELUSER", "narrow"});
}

// --- memory -------------------------------------------------------------------------------------------------------------------

// Filled up to the limit, from limits a little and far above what lies there, with commits small and large.
TEST_F(AllOrNothing, no_memory_left_at_any_level) {
    const auto used_memory = [this] {
        const RedisReply info = admin.run({"INFO", "memory"});
        const std::string text(*text_of(*info));
        return std::stoull(text.substr(text.find("used_memory:") + 12));
    };
    int refusals = 0;
    for (const std::size_t room : {std::size_t{0}, std::size_t{20'000}, std::size_t{300'000}, std::size_t{3'000'000}, std::size_t{12'000'000}}) {
        for (const std::size_t octets : {std::size_t{100}, std::size_t{40'000}, std::size_t{1'500'000}}) {
            fill();
            admin.run({"CONFIG", "SET", "maxmemory", std::to_string(used_memory() + room)});
            const Sequence filled = value_of(store.head(kFull)).sequence;
            int number = 0;
            const auto next = [&] {
                const std::string name = "full-" + std::to_string(number);
                return call_of(batch(kFull, {an_item().claiming(name, "x").writing("notice/" + name, 0, std::string(octets / 2, 's')).indexing("key/" + name, "e")
                                                 .saying(std::string(octets / 2, 'r')).moving("intake-" + name, "desk", 0, 1),
                                             everything(std::to_string(number))}));
            };
            std::optional<base::Error> refusal;
            while (number < 400 && !(refusal = refusal_of(raw, next()))) ++number;
            if (refusal) {
                EXPECT_EQ(value_of(store.head(kFull)).sequence, filled + 2 * static_cast<Sequence>(number)) << refusal->message;
                EXPECT_FALSE(value_of(store.find_identity(kFull, "full-" + std::to_string(number)))) << refusal->message;
                // Everything is large here, and looked at only now. Meanwhile Redis may have given back a buffer that nobody used for
                // seconds, and has room again: then it is filled further.
                for (int looks = 0; looks < 100; ++looks, ++number) {
                    const auto before = admin.dump();
                    refusal = refusal_of(raw, next());
                    if (!refusal) continue;
                    ++refusals;
                    const std::string sentence = std::to_string(room) + " octets of room, commits of " + std::to_string(octets) + ": " + refusal->message;
                    EXPECT_EQ(refusal->kind, ErrorKind::kUnavailable) << sentence;
                    EXPECT_EQ(admin.dump(), before) << sentence;
                    break;
                }
            }
            admin.run({"CONFIG", "SET", "maxmemory", "0"});
        }
    }
    EXPECT_GE(refusals, 10) << "or this showed nothing";
}

// --- answers that are no errors ----------------------------------------------------------------------------------------------------

// What is refused by an answer (a duplicate, a conflict, something stale) leaves as little behind as an error, alone or among
// items that are committed: the store is then as if only those had been sent.
TEST_F(AllOrNothing, an_item_that_is_not_committed_leaves_nothing_behind) {
    const std::pair<const char*, Item> refused[] = {
        {"duplicate", an_item().claiming("old-0", "form").claiming("new", "x").indexing("new", "e").writing("new", 0, "s").saying("r").moving("new", "desk", 0, 1)},
        {"conflict", an_item().claiming("old-0", "another form").claiming("new", "x").indexing("new", "e").writing("new", 0, "s").saying("r")},
        {"stale version written", an_item().claiming("new", "x").writing("notice/old-1", 7, "s").writing("new", 0, "s").saying("r").moving("new", "desk", 0, 1)},
        {"stale version read", an_item().claiming("new", "x").reading("notice/old-1", 2).writing("new", 0, "s").saying("r")},
        {"stale new key", an_item().claiming("new", "x").indexing("key/old-0", "e").writing("new", 0, "s").saying("r")},
        {"stale known key", an_item().claiming("new", "x").indexing("key/old-0", "e", "notice/7").writing("new", 0, "s").saying("r")},
        {"stale cursor", an_item().claiming("new", "x").writing("new", 0, "s").saying("r").moving("intake-old-0", "desk", 0, 1)},
        {"stale head", an_item().claiming("new", "x").writing("new", 0, "s").saying("r").at_head(3)},
    };
    for (const auto& [sentence, item] : refused) {
        fill();
        const auto untouched = admin.dump();
        EXPECT_EQ(commit({item}).front().find("committed"), std::string::npos) << sentence;
        EXPECT_EQ(admin.dump(), untouched) << sentence << ", alone";
        ASSERT_EQ(commit({everything("1"), everything("2")}).size(), 2U);
        const auto as_it_should_be = admin.dump();
        fill();
        const auto results = commit({item, everything("1"), item, everything("2"), item});
        EXPECT_EQ(results[1].substr(0, 9) + results[3].substr(0, 9), "committedcommitted") << sentence;
        auto mixed = admin.dump();
        mixed["(changes)"] = as_it_should_be.at("(changes)");  // filled again meanwhile
        EXPECT_EQ(mixed, as_it_should_be) << sentence << ", among others";
    }
}

// --- generated ------------------------------------------------------------------------------------------------------------------------

// A valid call with something wrong in it, thousands of times: whatever the reply, an error has changed nothing, and what was
// taken has left a log that is dense and linked.
class Mutations {
public:
    explicit Mutations(unsigned seed) : random_(seed) {}

    Texts one(Texts call) {
        for (std::size_t left = 1 + below(3); left > 0; --left) mutate(call);
        return call;
    }

private:
    std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

    void mutate(Texts& call) {
        if (call.size() < 5) return;
        const std::size_t at = 2 + below(call.size() - 2);
        const auto place = call.begin() + static_cast<std::ptrdiff_t>(at);
        switch (below(8)) {
            case 0: call.erase(place); break;
            case 1: call.insert(place, call[at]); break;
            case 2: std::swap(call[at], call[2 + below(call.size() - 2)]); break;
            case 3: call[at] = call[2 + below(call.size() - 2)]; break;
            case 4: call.resize(at); break;
            case 5: call.insert(place, any_text()); break;
            case 6:
                if (!call[at].empty()) call[at][below(call[at].size())] = static_cast<char>(below(256));
                break;
            default: call[at] = any_text();
        }
    }

    std::string any_text() {
        static const Texts kTexts{"",  ".", "I", "N", "K", "R", "W", "E", "C", "H", "0",     "1",      "2",         "7",       "-1",       "9999999999999999999", "10000000000000000000",
                                  "x", "{offering-1}:log", "{offering-2}:states", "notice/old-0", "key/old-0", "old-0", "intake-old-0", std::string("\0\xff\n", 3)};
        const std::size_t choice = below(kTexts.size() + 2);
        if (choice == kTexts.size()) return kSomeHash;
        if (choice > kTexts.size()) return std::string(below(2 * kMaxKeyOctets), 'n');
        return kTexts[choice];
    }

    std::mt19937 random_;
};

TEST_F(AllOrNothing, generated_calls_with_something_wrong_in_them) {
    const int calls = support::counted(3'000, 30'000);
    constexpr unsigned kSeed = 20'020'628;
    Mutations mutations(kSeed);
    int refused = 0;
    auto before = admin.dump();
    for (int number = 0; number < calls; ++number) {
        const std::string name = "g" + std::to_string(number);
        const Texts call = mutations.one(call_of(batch(kFull, {everything(name), an_item().claiming("2" + name, "x").reading("notice/old-2", 1).saying("b").saying("c")})));
        const auto refusal = refusal_of(raw, call);
        auto after = admin.dump();
        if (refusal) {
            ++refused;
            ASSERT_EQ(after, before) << "seed " << kSeed << ", call " << number << ": " << refusal->message;
        }
        before = std::move(after);
        if (before.at("{offering-1}:states").size() > 20'000) {
            fill();
            before = admin.dump();
        }
    }
    EXPECT_GT(refused, calls / 2);
    EXPECT_LT(refused, calls) << "some are taken: a record with other bytes, say";
    Head at;
    for (const LogRecord& record : value_of(store.read_log(kFull, 0, 10'000))) {
        ASSERT_EQ(record.sequence, at.sequence + 1);
        ASSERT_EQ(record.link, chain_link(at.link, record.sequence, record.digest));
        at = Head{record.sequence, record.link, record.epoch};
    }
    EXPECT_EQ(value_of(store.head(kFull)).link, at.link);
}

}  // namespace
}  // namespace rightsdesk::store
