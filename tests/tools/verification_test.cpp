#include "rightsdesk/verification.h"

#include <gtest/gtest.h>

#include "base/check.h"
#include "domain/book.h"
#include "store/memory_store.h"
#include "support/passing_store.h"
#include "wire/wire.h"

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

store::Item an_alert(std::uint64_t number) {
    domain::Record record;
    record.service = "notification";
    domain::Alert alert;
    alert.number = number;
    alert.kind = "notice_defective";
    record.event = domain::AlertRaised{alert};
    domain::Book book("rare-medium-2002");
    domain::Folding folding(book);
    folding.apply(record.event);
    store::Item item;
    item.events.push_back({wire::encode_record(record, nullptr)});
    for (const auto& [name, version] : folding.written()) item.writes.push_back({name, version, wire::encode_state(*book.entity(name))});
    return item;
}

// The desk goes on: something is committed whenever the states are asked for.
class AtWork final : public support::PassingStore {
public:
    explicit AtWork(std::shared_ptr<store::MemoryLogs> logs) : PassingStore(std::make_unique<store::MemoryStore>(std::move(logs))) { raise(); }
    store::Result<std::vector<std::pair<std::string, store::EntityState>>> load_states(const std::string& log) override {
        if (goes_on_ > 0) --goes_on_, raise();
        return PassingStore::load_states(log);
    }
    void go_on(int times) { goes_on_ = times; }

private:
    void raise() { CHECK(commit({"rare-medium-2002", 1, {an_alert(++alerts_)}})->front().outcome == store::ItemOutcome::kCommitted); }

    std::uint64_t alerts_ = 0;
    int goes_on_ = 0;
};

TEST(Verification, a_desk_at_work_is_not_said_to_be_damaged) {
    AtWork store(std::make_shared<store::MemoryLogs>());
    store.go_on(3);
    const auto verified = verify_log(store, "rare-medium-2002");
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_GE(verified->records, 2U) << "what had come was folded too";
    for (const std::string& problem : verified->problems) ADD_FAILURE() << problem;
}

TEST(Verification, damage_is_found_while_the_desk_is_at_work) {
    const auto logs = std::make_shared<store::MemoryLogs>();
    AtWork store(logs);
    logs->logs.at("rare-medium-2002").states.at("alert/1").state = wire::encode_state(domain::Alert{});
    store.go_on(100);  // it never rests
    const auto verified = verify_log(store, "rare-medium-2002");
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->problems, (std::vector<std::string>{"the state of alert/1 does not have its digest"}));
}

}  // namespace
}  // namespace rightsdesk::tools
