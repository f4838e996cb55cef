// What those who are to approve a closing or an extension are shown: before and after.
#include "domain/preview.h"

#include <gtest/gtest.h>

#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

// A notice of Wednesday 26 June is due on Monday 1 July, one of the 27th on Tuesday 2 July.
TEST(Preview, a_closing_shows_every_deadline_that_it_would_move) {
    WholeDesk desk;
    desk.submit(a_notice().id("fax-1", 10).dated("2002-06-26"));
    desk.submit(a_notice().id("fax-1", 9).dated("2002-06-27").named({"Vera Direct"}).certificates({"RC-2"}).for_shares(7));
    desk.propose_closing(day("2002-07-02"), "alice");
    const Names effects = effects_of(desk.book(), *desk.book().proposal("closing-1"));
    EXPECT_EQ(effects, Names{"cover of fax-1.9: 2002-07-02T17:00:00 to 2002-07-03T17:00:00"}) << "the other is due the day before";
    EXPECT_EQ(desk.book().cover("fax-1.9")->deadline.civil, "2002-07-02T17:00:00") << "nothing has happened";
    EXPECT_TRUE(desk.book().life()->terms.calendar.closings.empty());

    desk.approve("closing-1", "bob");
    EXPECT_EQ(desk.book().cover("fax-1.9")->deadline.civil, "2002-07-03T17:00:00") << "as it was shown";
    EXPECT_EQ(effects_of(desk.book(), *desk.book().proposal("closing-1")), Names()) << "it is no proposal any more";
}

TEST(Preview, an_extension_shows_the_late_notices_that_it_would_reach) {
    WholeDesk desk;
    desk.submit(a_notice().dated("2002-06-28").received("2002-06-28T17:30:00"));
    desk.submit(a_notice().id("fax-1", 2).dated("2002-06-28").received("2002-06-28T18:00:00").named({"Vera Direct"}).certificates({"RC-2"}).for_shares(7));
    desk.propose_extension("2002-06-28T17:45:00", "alice");
    EXPECT_EQ(effects_of(desk.book(), *desk.book().proposal("extension-1")), Names{"notice fax-1.1: late to accepted"});
    EXPECT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kLate);
}

TEST(Preview, where_covers_count_from_the_expiration_an_extension_shows_them) {
    Terms terms = sample_terms();
    terms.guaranteed_delivery.counted_from = CountedFrom::kExpiration;
    WholeDesk desk(terms);
    desk.submit(a_notice());
    desk.propose_extension("2002-07-01T17:00:00", "alice");  // Monday; three business days on, over the 4th of July, is Friday
    EXPECT_EQ(effects_of(desk.book(), *desk.book().proposal("extension-1")), Names{"cover of fax-1.1: 2002-07-03T17:00:00 to 2002-07-05T17:00:00"});
}

TEST(Preview, of_other_proposals_nothing_is_shown) {
    WholeDesk desk;
    desk.propose_suspension("", "alice");
    EXPECT_EQ(effects_of(desk.book(), *desk.book().proposal("suspension-1")), Names());
}

}  // namespace
}  // namespace rightsdesk::support
