// What-if allocations while the offering is open: what counts by default, what each choice adds, and that at the end they are
// what the desk allots.
#include "domain/live_allocation.h"

#include <gtest/gtest.h>

#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

// 3,000 shares at $2.00: one covered and paid, one paid and not covered, one covered whose check has not cleared.
WholeDesk an_open_offering() {
    Terms terms = sample_terms();
    terms.shares_offered = Shares(3'000);
    WholeDesk desk(terms);
    desk.submit(a_notice().id("fax-1", 1).for_shares(1'000).and_excess(1'500));
    desk.submit(a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"}).for_shares(500).paid_by_wire("Pine Bank", "2002-06-27", "IMAD-2"));
    desk.submit(a_notice().id("fax-1", 3).named({"Mary C. Third"}).certificates({"RC-3"}).for_shares(800).paid_by(PaymentMethod::kUncertifiedCheck, "1044", "Albany Savings Bank"));
    desk.say(a_wire(5'000));
    ConfirmWire second = a_wire(1'000, "IMAD-2");
    second.institution = "Pine Bank";
    desk.say(second);
    desk.say(a_check(1'600, "1044"));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-27T15:00:00"));
    desk.say(certificates_for("fax-1.3", 800, "2002-06-27T15:00:00"));
    return desk;
}

LiveAllocation live(const WholeDesk& desk, const LiveChoice& choice = {}) {
    auto made = allocate_live(desk.book(), choice);
    CHECK(made);
    return *made;
}

TEST(LiveAllocation, counts_covered_notices_and_good_funds_alone_and_says_what_it_left_out) {
    const LiveAllocation made = live(an_open_offering());
    ASSERT_EQ(made.lines.size(), 1U);
    EXPECT_EQ(made.lines[0].id, "fax-1.1");
    EXPECT_EQ(made.lines[0].basic_allotted, Shares(1'000));
    EXPECT_EQ(made.lines[0].over_allotted, Shares(1'500));
    ASSERT_EQ(made.left_out.size(), 2U);
    EXPECT_EQ(made.left_out[0].why, "its certificates are due 2002-07-01T17:00:00");
    EXPECT_EQ(made.left_out[1].why, "its money is not good yet");
    EXPECT_EQ(made.totals.unsubscribed, Shares(500));
}

// With the protect and the check there are 2,300 basic shares, and 700 for the 1,500 asked: the swing.
TEST(LiveAllocation, adds_protects_and_uncollected_money_as_chosen) {
    const WholeDesk desk = an_open_offering();
    EXPECT_EQ(live(desk, {true, false}).totals.basic_allotted, Shares(1'500));
    EXPECT_EQ(live(desk, {true, false}).totals.over_allotted, Shares(1'500));
    EXPECT_EQ(live(desk, {false, true}).totals.basic_allotted, Shares(1'800));
    EXPECT_EQ(live(desk, {false, true}).totals.over_allotted, Shares(1'200));
    const LiveAllocation all = live(desk, {true, true});
    EXPECT_EQ(all.totals.basic_allotted, Shares(2'300));
    EXPECT_EQ(all.totals.over_allotted, Shares(700));
    EXPECT_EQ(all.lines[0].over_allotted, Shares(700));
    EXPECT_EQ(all.lines[0].refunded, Money(160'000));
    EXPECT_EQ(all.totals.unsubscribed, Shares(0));
    EXPECT_EQ(all.left_out.size(), 0U);
    EXPECT_EQ(all.totals.proration, (Ratio{7, 10})) << "700 shares over the claims of 1,000 basic shares";
}

TEST(LiveAllocation, changes_nothing_and_is_in_the_end_what_the_desk_allots) {
    WholeDesk desk = an_open_offering();
    desk.say(clearance_of(a_check(1'600, "1044"), "2002-06-28T11:00:00"));
    desk.count();
    const LiveAllocation preliminary = live(desk, {true, false});
    EXPECT_EQ(preliminary.totals.basic_allotted, desk.book().allocation(AllocationKind::kPreliminary)->basic_allotted);
    EXPECT_EQ(preliminary.totals.over_allotted, desk.book().allocation(AllocationKind::kPreliminary)->over_allotted);
    desk.tabulate();
    const LiveAllocation made = live(desk);
    ASSERT_EQ(made.lines.size(), 2U);
    for (const LiveLine& line : made.lines) {
        const Allotment& allotted = *desk.book().allotment(AllocationKind::kFinal, line.id);
        EXPECT_EQ(line.basic_allotted, allotted.basic) << line.id;
        EXPECT_EQ(line.over_allotted, allotted.over) << line.id;
        EXPECT_EQ(line.applied, allotted.applied) << line.id;
    }
}

}  // namespace
}  // namespace rightsdesk::support
