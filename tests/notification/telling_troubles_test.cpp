// The seat that tells of the desk's own troubles: what it keeps, and what it does after a death, beside another, and without a disk.
#include "notification/telling_troubles.h"

#include <gtest/gtest.h>

#include "support/builders.h"
#include "support/fake_outside.h"
#include "support/files.h"
#include "support/folder.h"

namespace rightsdesk::notification {
namespace {

using namespace domain;

class TheSeat : public testing::Test {
protected:
    // One life of it.
    TellingTroubles begun(const std::string& file) {
        WaySettings hook;
        hook.way.name = "hook";
        hook.way.type = WayType::kWebhook;
        return {file, {"intake"}, GoingOut({hook}, std::make_unique<support::FakeOutside>(world_))};
    }
    void hear(TellingTroubles& seat) {
        Alert alert;
        alert.kind = "store_unreachable";
        alert.subject = "service/intake";
        alert.cause = "store_unreachable/intake";
        seat.heard().told("intake", alert);
    }
    void turn(TellingTroubles& seat, int turns = 3) {
        for (int each = 0; each < turns; ++each) {
            now_ = Instant(now_.value + 2 * kNanosecondsPerSecond);
            seat.turn(now_);
        }
    }
    [[nodiscard]] const std::vector<std::string>& bodies() const { return world_->bodies["hook"]; }
    static std::string id_in(const std::string& body) {
        const std::size_t at = body.find("desk/hook/");
        return body.substr(at, body.find('"', at) - at);
    }

    support::Folder folder_{"seat"};
    const std::string file_ = folder_.file("troubles.book");
    std::shared_ptr<support::OutsideWorld> world_ = std::make_shared<support::OutsideWorld>();
    Instant now_ = support::new_york("2026-06-26T10:00:00");
};

TEST_F(TheSeat, that_died_before_it_knew_what_became_of_an_attempt_makes_it_again_under_the_same_id) {
    world_->answers_are_lost = true;
    {
        TellingTroubles first = begun(file_);
        hear(first);
        turn(first);
    }
    ASSERT_EQ(bodies().size(), 1U);
    world_->answers_are_lost = false;
    TellingTroubles second = begun(file_);
    turn(second);
    ASSERT_EQ(bodies().size(), 2U);
    EXPECT_EQ(bodies()[0], bodies()[1]);
    EXPECT_EQ(second.counts(now_)["hook"].attempts[SendingOutcome::kSent], 1U);
    EXPECT_EQ(second.counts(now_)["hook"].waiting, 0U);
    turn(second);
    EXPECT_EQ(bodies().size(), 2U) << "and not a third time";
}

TEST_F(TheSeat, beside_another_waits_and_goes_on_from_what_that_told_when_it_is_gone) {
    std::optional<TellingTroubles> first(begun(file_));
    TellingTroubles second = begun(file_);
    for (TellingTroubles* seat : {&*first, &second}) {
        hear(*seat);
        turn(*seat);
    }
    EXPECT_EQ(bodies().size(), 1U);
    EXPECT_EQ(second.book(), nullptr);
    first.reset();
    turn(second);
    EXPECT_EQ(bodies().size(), 1U) << "it was told";
    for (int sign = 0; sign < kSignsWithout; ++sign) second.heard().lives("intake");
    turn(second);
    ASSERT_EQ(bodies().size(), 2U);
    EXPECT_NE(bodies()[1].find("\"news\":\"resolved\""), std::string::npos) << bodies()[1];
}

TEST_F(TheSeat, tells_though_there_is_no_folder_to_keep_anything_in) {
    TellingTroubles seat = begun(folder_.file("is/not/there/troubles.book"));
    hear(seat);
    turn(seat);
    EXPECT_EQ(bodies().size(), 1U);
}

TEST_F(TheSeat, has_its_sendings_put_on_record_when_they_have_ended) {
    Book desk{kDesk};
    TroubleRecords records(file_);
    TellingTroubles seat = begun(file_);
    const auto record = [&] {
        const Decision decision = records.due(desk, support::context("notification", 1, now_));
        evolve(desk, decision.events);
        return desk.sendings_on("hook").last;
    };
    world_->down = {"hook"};
    hear(seat);
    turn(seat);
    EXPECT_EQ(record(), 0U);
    world_->down.clear();
    turn(seat, 10);
    EXPECT_EQ(record(), 1U);
    EXPECT_EQ(record(), 1U);
    EXPECT_EQ(desk.sending("hook", 1)->key, id_in(bodies().at(0)));
    EXPECT_EQ(desk.sending("hook", 1)->attempts, 2U);
}

}  // namespace
}  // namespace rightsdesk::notification
