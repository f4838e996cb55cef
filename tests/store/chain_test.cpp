#include "store/chain.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/sha1.h"
#include "batches.h"
#include "store/memory_store.h"

namespace rightsdesk::store {
namespace {

std::vector<LogRecord> a_log_of(int records) {
    MemoryStore store;
    for (int number = 1; number <= records; ++number) (void)value_of(store.commit(batch("desk", {an_item().saying("record " + std::to_string(number))})));
    return value_of(store.read_log("desk", 0, 1'000));
}

TEST(Chain, a_link_is_the_sha1_of_the_link_before_the_number_and_the_digest) {
    EXPECT_EQ(chain_link("", 1, "d"), base::sha1_hex(":1:d"));
    EXPECT_EQ(chain_link("abc", 9'007'199'254'740'993ULL, "d"), base::sha1_hex("abc:9007199254740993:d"));
}

TEST(Chain, an_untouched_log_verifies_whole_and_from_any_head) {
    const auto log = a_log_of(10);
    EXPECT_FALSE(verify_chain(log));
    EXPECT_FALSE(verify_chain({}));
    const Head fourth{4, log[3].link, 1};
    EXPECT_FALSE(verify_chain({log.begin() + 4, log.end()}, fourth));
}

TEST(Chain, every_kind_of_damage_is_found_at_its_record) {
    struct Row {
        const char* sentence;
        void (*damage)(std::vector<LogRecord>&);
        Sequence found_at;
    };
    const Row rows[] = {
        {"a bit of the bytes flipped", [](auto& log) { log[4].record.value[3] ^= 1; }, 5},
        {"bytes and digest replaced together",
         [](auto& log) {
             log[4].record = Bytes(std::string("forged"));
             log[4].digest = base::sha256_hex("forged");
         },
         5},
        {"bytes, digest and link replaced together: the next link tells",
         [](auto& log) {
             log[4].record = Bytes(std::string("forged"));
             log[4].digest = base::sha256_hex("forged");
             log[4].link = chain_link(log[3].link, 5, log[4].digest);
         },
         6},
        {"a record taken out", [](auto& log) { log.erase(log.begin() + 4); }, 5},
        {"the first record taken out", [](auto& log) { log.erase(log.begin()); }, 1},
        {"two records exchanged, numbers kept", [](auto& log) { std::swap(log[4].record, log[5].record); std::swap(log[4].digest, log[5].digest); }, 5},
        {"a record repeated", [](auto& log) { log.insert(log.begin() + 5, log[4]); }, 6},
        {"another epoch: the next record is of a lower one", [](auto& log) { log[4].epoch = 2; }, 6},
        {"no epoch", [](auto& log) { log[4].epoch = 0; }, 5},
        {"the last record's link changed", [](auto& log) { log[9].link[0] = 'z'; }, 10},
    };
    for (const auto& [sentence, damage, found_at] : rows) {
        auto log = a_log_of(10);
        damage(log);
        const auto found = verify_chain(log);
        ASSERT_TRUE(found) << sentence;
        EXPECT_EQ(found->sequence, found_at) << sentence << ": " << found->reason;
    }
}

TEST(Chain, a_head_that_is_not_the_logs_own_is_noticed) {
    const auto log = a_log_of(10);
    const std::vector<LogRecord> rest(log.begin() + 4, log.end());
    EXPECT_EQ(verify_chain(rest, Head{4, log[2].link, 1})->sequence, 5U) << "another link";
    EXPECT_EQ(verify_chain(rest, Head{3, log[2].link, 1})->sequence, 4U) << "another number";
    EXPECT_EQ(verify_chain(rest, Head{4, log[3].link, 2})->sequence, 5U) << "another epoch";
}

}  // namespace
}  // namespace rightsdesk::store
