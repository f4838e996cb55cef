#include "rightsdesk/verification.h"

#include <gtest/gtest.h>

#include "store/memory_store.h"

namespace rightsdesk::tools {
namespace {

// Who opens an offering and promotes a replica at once meets such a log: the services have read the desk, and have said nothing yet.
TEST(Verification, a_log_in_which_a_service_has_its_place_and_nothing_else_is_sound) {
    store::MemoryStore store(std::make_shared<store::MemoryLogs>());
    store::Batch batch{"rare-medium-2002", 3, {}};
    batch.items.emplace_back().cursor = store::CursorMove{"intake", "desk", 0, 0};
    ASSERT_EQ(store.commit(batch)->front().outcome, store::ItemOutcome::kCommitted);
    ASSERT_EQ(store.head(batch.log)->epoch, 3U);
    const auto verified = verify_log(store, batch.log);
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->records, 0U);
    for (const std::string& problem : verified->problems) ADD_FAILURE() << problem;
}

}  // namespace
}  // namespace rightsdesk::tools
