// An offering is listed a moment before its terms are in its own log: what is said of it meanwhile is to come again, and not refused for good.
#include <gtest/gtest.h>

#include "deadline_monitor/deadline_monitor.h"

namespace rightsdesk {
namespace {

TEST(BeingOpened, is_no_unknown_offering_to_the_deadline_monitor) {
    const std::string listed = "rare-medium-2002";
    runtime::Books books;
    books.offerings.emplace(listed, std::make_unique<domain::Book>(listed));
    const runtime::Surroundings around{books, {}, {}, {}, {}};
    deadline_monitor::DeadlineMonitor monitor;
    const domain::Command commands[] = {domain::ProposeSuspension{listed, "a storm", {}}, domain::ProposeExtension{listed, "2002-07-01T17:00:00", "a storm"},
                                        domain::Approve{listed, "suspension-1"}, domain::SettleOffering{listed, "journal 14"}};
    for (const domain::Command& command : commands) {
        ASSERT_EQ(monitor.route(around, command), listed);
        const domain::Decision decision = monitor.decide(around, listed, command, {});
        EXPECT_NE(decision.retry_later.find("is being opened"), std::string::npos) << base::type_name(command);
        EXPECT_TRUE(decision.events.empty());
    }
}

}  // namespace
}  // namespace rightsdesk
