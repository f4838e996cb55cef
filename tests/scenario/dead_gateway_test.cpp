// A fax gateway's host burns after the hour: its offering is not counted until two people declare its watermark, over the whole suite in one
// process, services dying all the while; and the count says on whose word it went on.
#include <gtest/gtest.h>

#include "domain/books.h"
#include "support/builders.h"
#include "support/files.h"
#include "support/suite_in_process.h"

namespace rightsdesk {
namespace {

using domain::ServiceName;
using support::new_york;
using support::SuiteInProcess;

const std::string kWaiting = "rare-medium-2002";
const domain::Instant kDeclared = new_york("2002-06-28T18:30:00");

class DeadGateway : public testing::Test {
protected:
    void SetUp() override {
        suite.step_to(new_york("2002-06-03T09:00:00"));
        const std::string terms = support::text_of_file(std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml");
        ASSERT_EQ(say("alice", ServiceName::kDeadlineMonitor, domain::OpenOffering{terms}).kind, domain::ReceiptKind::kAccepted);
        suite.step_to(new_york("2002-06-28T18:31:00"));
        for (const std::string& source : {std::string("mail-1"), std::string("bank-1")}) {
            const ServiceName door = source == "bank-1" ? ServiceName::kPaymentClearing : ServiceName::kIntake;
            ASSERT_EQ(say(source, door, domain::AdvanceWatermark{kDeclared}).status, "advanced");
        }
    }
    void TearDown() override {
        for (const std::string& log : {std::string(domain::kDesk), kWaiting}) EXPECT_EQ(suite.verify(log), "") << log;
    }

    domain::Receipt say(const std::string& who, ServiceName door, const domain::Command& command) {
        const auto receipt = suite.send(who, ++number, door, command);
        suite.settle();
        return receipt;
    }
    domain::Receipt propose(const std::string& source, ServiceName door) {
        return say("alice", door, domain::ProposeWatermark{source, kDeclared, "its host burnt; the spool on the second disk is empty"});
    }
    domain::Receipt approve(const std::string& who) { return say(who, ServiceName::kIntake, domain::ApproveWatermark{"fax-1", kDeclared, "alice"}); }
    domain::Stage stage() { return suite.book(kWaiting)->life()->stage; }

    SuiteInProcess suite;
    std::uint64_t number = 100;
};

TEST_F(DeadGateway, holds_up_the_count_until_two_people_speak_for_it) {
    std::size_t turns = 0;
    suite.between_turns = [&] {
        if (++turns % 13 == 0) suite.die_and_return(turns / 13 % suite.services());
    };
    EXPECT_EQ(stage(), domain::Stage::kExpired);
    EXPECT_EQ(propose("fax-1", ServiceName::kIntake).status, "proposed");
    EXPECT_EQ(approve("alice").reasons, std::vector<std::string>{"same_person"});
    EXPECT_EQ(stage(), domain::Stage::kExpired);
    EXPECT_EQ(approve("bob").status, "declared");
    EXPECT_EQ(stage(), domain::Stage::kTabulated) << "counted, and nothing is left to be covered";

    // Back from the dead, with less than was declared for it: it is told so, and with more it goes on by itself.
    EXPECT_EQ(say("fax-1", ServiceName::kIntake, domain::AdvanceWatermark{new_york("2002-06-28T18:00:00")}).reasons, std::vector<std::string>{"backwards"});
    suite.step_to(new_york("2002-06-28T19:00:00"));
    EXPECT_EQ(say("fax-1", ServiceName::kIntake, domain::AdvanceWatermark{new_york("2002-06-28T18:45:00")}).status, "advanced");
    EXPECT_EQ(suite.book(domain::kDesk)->watermark("fax-1")->declared_by, std::vector<std::string>());
}

TEST_F(DeadGateway, is_spoken_for_at_the_door_that_its_watermarks_go_to) {
    EXPECT_EQ(propose("fax-1", ServiceName::kPaymentClearing).reasons, std::vector<std::string>{"value_unusable"});
    EXPECT_EQ(propose("bank-1", ServiceName::kIntake).reasons, std::vector<std::string>{"value_unusable"});
    const auto unknown = propose("fax-9", ServiceName::kIntake);
    EXPECT_NE(unknown.explanation.find("of these: fax-1, mail-1"), std::string::npos) << unknown.explanation;
}

}  // namespace
}  // namespace rightsdesk
