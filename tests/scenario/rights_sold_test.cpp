// Rights sold through the agent, over the whole suite in one process: recorded and reversed at intake's door, told again and counted once.
#include <gtest/gtest.h>

#include "domain/tally.h"
#include "support/short_timeline.h"
#include "support/suite_in_process.h"

namespace rightsdesk {
namespace {

const std::string kSellers = "rare-medium-2002";

const std::string kSales = R"(
[[step]]
at = "2002-06-14T12:00:00"
by = "alice"
do = "sell_rights"
reference = "BR-7"
rights = 12_000
proceeds = "1440.00"
evidence = "the broker's confirmation"

[[step]]
at = "2002-06-14T12:10:00"
by = "alice"
do = "sell_rights"
reference = "BR-8"
rights = 500
evidence = "the broker's confirmation"

[[step]]
at = "2002-06-17T09:00:00"
by = "bob"
do = "reverse_sale"
reference = "BR-8"
why = "another issue's"
)";

TEST(RightsSoldOverTheSuite, are_counted_once_whoever_dies) {
    const tools::Timeline timeline = support::short_timeline(kSales);
    support::SuiteInProcess suite;
    std::size_t turns = 0;
    suite.between_turns = [&] {
        if (++turns % 17 == 0) suite.die_and_return(turns / 17 % suite.services());
    };
    std::vector<std::string> told;
    suite.play(timeline, [&](const tools::Step& step, const domain::Receipt& receipt) {
        told.push_back(receipt.status);
        EXPECT_EQ(suite.send(step.source, step.number, step.door, step.command), receipt) << step.what << ": a repeat is told the same";
    });
    EXPECT_EQ(told, (std::vector<std::string>{"open", "recorded", "recorded", "reversed"}));
    suite.settle();
    const domain::TallyFigures figures = domain::tally_of(*suite.book(kSellers));
    EXPECT_EQ(figures.rights_sold, domain::Rights(12'000));
    EXPECT_EQ(figures.sale_proceeds, domain::Money(144'000));
    EXPECT_EQ(suite.verify(kSellers), "");
}

}  // namespace
}  // namespace rightsdesk
