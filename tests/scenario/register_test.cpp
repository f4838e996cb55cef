// The register of record-date holders, over the whole suite in one process: its parts go through intake's door and are kept as
// documents; notices that come later and those on file are compared with it, whoever dies in between.
#include <gtest/gtest.h>

#include "base/hash.h"
#include "domain/notice_judgement.h"
#include "support/short_timeline.h"
#include "support/suite_in_process.h"

namespace rightsdesk {
namespace {

using domain::Reason;
using support::SuiteInProcess;

const std::string kChecked = "rare-medium-2002";
const std::string kCheckedNotice = "fax-1.1";  // Coastline Partners LP: no certificate numbers

const std::string kCheckedSteps = R"(
[[step]]
at = "2002-06-28T16:00:00"
by = "fax-1"
do = "notice"
file = "at-the-hour.txt"
channel = "fax"
address = "+17185550101"
)";

class CheckedAgainstARegister : public testing::Test {
protected:
    // Two parts; Coastline has `rights` on line 3.
    domain::Receipt import(SuiteInProcess& suite, std::int64_t rights) {
        const std::vector<std::string> parts = {"holder,name,address,country,rights,certificates\nA-1,Ida M. Holder,,US,1000,RC-1\n",
                                                "A-2,COASTLINE PARTNERS LP,,US," + std::to_string(rights) + ",\n"};
        domain::ImportRegister command{kChecked, {}, 2, domain::Rights(1'000 + rights), "the transfer agent's list"};
        for (const std::string& part : parts) {
            command.parts.push_back(base::sha256_hex(part));
            const auto kept = suite.send("alice", ++number_, domain::ServiceName::kIntake, domain::KeepRegisterPart{kChecked, base::Bytes(part), command.parts.back()});
            EXPECT_EQ(kept.kind, domain::ReceiptKind::kAccepted) << kept.explanation;
        }
        const auto imported = suite.send("alice", ++number_, domain::ServiceName::kIntake, command);
        suite.settle();
        return imported;
    }

    tools::Timeline timeline_ = support::short_timeline(kCheckedSteps);
    std::uint64_t number_ = 100;
};

TEST_F(CheckedAgainstARegister, before_and_after_the_notice_comes) {
    for (const bool before : {true, false}) {
        SCOPED_TRACE(before ? "imported before" : "imported after");
        SuiteInProcess suite;
        std::size_t turns = 0;
        suite.between_turns = [&] {
            if (++turns % 60 == 0) suite.die_and_return(turns / 60 % suite.services());
        };
        suite.play(timeline_, [&](const tools::Step& step, const domain::Receipt& receipt) {
            EXPECT_EQ(receipt.kind, domain::ReceiptKind::kAccepted) << step.what << ": " << receipt.explanation;
            if (step.source != (before ? "alice" : "fax-1")) return;
            EXPECT_EQ(import(suite, 10).kind, domain::ReceiptKind::kAccepted);
        });
        const auto book = suite.book(kChecked);
        const domain::Notice& notice = *book->notice(kCheckedNotice);
        ASSERT_TRUE(notice.on_register);
        EXPECT_EQ(notice.on_register->lines, std::vector<std::uint32_t>{3});
        EXPECT_TRUE(domain::has_reason(notice.reasons, Reason::kRightsBeyondRegister));
        EXPECT_EQ(notice.status, domain::NoticeStatus::kInQuestion);
        EXPECT_NE(suite.report(kChecked).find("Register of holders: import 1, 2 holders with 1,010 rights; 1 notices are on it, 0 not"), std::string::npos);
        EXPECT_EQ(suite.verify(kChecked), "");
    }
}

TEST_F(CheckedAgainstARegister, a_corrected_list_settles_the_question) {
    SuiteInProcess suite;
    suite.play(timeline_);
    import(suite, 10);
    import(suite, 1'000'000'000);
    EXPECT_EQ(suite.book(kChecked)->notice(kCheckedNotice)->status, domain::NoticeStatus::kAccepted);
    EXPECT_EQ(suite.verify(kChecked), "");
}

TEST_F(CheckedAgainstARegister, a_list_whose_part_was_never_kept_is_refused_and_the_last_one_holds) {
    SuiteInProcess suite;
    suite.play(timeline_);
    import(suite, 1'000'000'000);
    const domain::ImportRegister command{kChecked, {std::string(64, 'b')}, 1, domain::Rights(1), "a list that is not there"};
    const auto receipt = suite.send("alice", ++number_, domain::ServiceName::kIntake, command);
    EXPECT_EQ(receipt.kind, domain::ReceiptKind::kRefused);
    EXPECT_EQ(suite.book(kChecked)->holder_register()->revision, 1U);
    EXPECT_EQ(suite.book(kChecked)->notice(kCheckedNotice)->status, domain::NoticeStatus::kAccepted);
}

TEST_F(CheckedAgainstARegister, importing_the_list_again_mends_a_lost_document) {
    SuiteInProcess suite;
    suite.play({timeline_.offering, timeline_.zone, {timeline_.steps[0]}});
    import(suite, 1'000'000'000);
    suite.documents().damage(suite.book(kChecked)->holder_register()->parts.back(), base::Bytes(std::string("something else")));
    suite.die_and_return(0);
    EXPECT_EQ(import(suite, 2'000'000'000).kind, domain::ReceiptKind::kAccepted);
    const tools::Step& step = timeline_.steps[1];
    EXPECT_EQ(suite.send(step.source, step.number, step.door, step.command).kind, domain::ReceiptKind::kAccepted);
    EXPECT_EQ(suite.book(kChecked)->notice(kCheckedNotice)->on_register->rights, domain::Rights(2'000'000'000));
}

TEST_F(CheckedAgainstARegister, a_lost_document_stops_judging_and_says_so) {
    SuiteInProcess suite;
    suite.play({timeline_.offering, timeline_.zone, {timeline_.steps[0]}});
    import(suite, 1'000'000'000);
    const std::string part = suite.book(kChecked)->holder_register()->parts.back();
    const base::Bytes bytes = suite.documents().fetch(part).value();
    suite.documents().damage(part, base::Bytes(std::string("something else")));
    suite.die_and_return(0);
    bool mended = false;
    std::size_t turns = 0;
    suite.between_turns = [&] {
        if (++turns != 200) return;
        suite.documents().damage(part, bytes);
        mended = true;
    };
    const tools::Step& step = timeline_.steps[1];
    const auto receipt = suite.send(step.source, step.number, step.door, step.command);  // again and again, until there is a final answer
    EXPECT_TRUE(mended) << "nothing is decided without the register";
    EXPECT_EQ(receipt.kind, domain::ReceiptKind::kAccepted) << receipt.explanation;
    EXPECT_EQ(suite.book(kChecked)->notice(kCheckedNotice)->on_register->lines, std::vector<std::uint32_t>{3});
}

}  // namespace
}  // namespace rightsdesk
