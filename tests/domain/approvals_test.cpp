// Two different people, never one (rules.md section 2, after SEC v. Equiniti/AST 2024), and what becomes of proposals that
// nobody may approve any more.
#include "domain/approvals.h"

#include <gtest/gtest.h>

#include "domain/receipts.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

TEST(Approvals, it_takes_as_many_different_people_as_the_terms_say) {
    struct Row {
        const char* story;
        bool by_person;
        std::int32_t needed;
        Names approved_by;
        const char* person;
        std::optional<Refusal> refusal;
        bool complete;
    };
    const Row rows[] = {
        {"another than the proposer", true, 2, {}, "bob", std::nullopt, true},
        {"the proposer", true, 2, {}, "alice", Refusal::kSamePerson, false},
        {"one of three", true, 3, {}, "bob", std::nullopt, false},
        {"the third of three", true, 3, {"bob"}, "carol", std::nullopt, true},
        {"the second again", true, 3, {"bob"}, "bob", Refusal::kSamePerson, false},
        {"the first of what a service computed", false, 2, {}, "alice", std::nullopt, false},
        {"the second of it", false, 2, {"alice"}, "bob", std::nullopt, true},
        {"the first of it again", false, 2, {"alice"}, "alice", Refusal::kSamePerson, false},
        {"nobody in person", true, 2, {}, "", Refusal::kNotPermitted, false},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.story);
        Proposal proposal;
        proposal.id = "waiver-1";
        proposal.proposed_by = row.by_person ? "alice" : "payment_clearing";
        proposal.by_person = row.by_person;
        proposal.needed = row.needed;
        proposal.approved_by = row.approved_by;
        EXPECT_EQ(objection_to(proposal, row.person), row.refusal);
        if (row.refusal) continue;
        EXPECT_EQ(approval_of(proposal, row.person).complete, row.complete);
    }
}

TEST(Approvals, what_is_approved_or_superseded_is_nobodys_any_more) {
    for (const ProposalStatus status : {ProposalStatus::kApproved, ProposalStatus::kSuperseded}) {
        Proposal proposal;
        proposal.status = status;
        proposal.proposed_by = "alice";
        EXPECT_EQ(objection_to(proposal, "bob"), Refusal::kAlreadyDecided) << to_text(status);
    }
}

TEST(Approvals, the_record_names_everybody_who_agreed_in_order) {
    Proposal proposal;
    proposal.proposed_by = "alice";
    proposal.needed = 3;
    proposal.approved_by = {"bob"};
    EXPECT_EQ(people_behind(proposal, approval_of(proposal, "carol")), Names({"alice", "bob", "carol"}));
    proposal.by_person = false;
    EXPECT_EQ(people_behind(proposal, approval_of(proposal, "carol")), Names({"bob", "carol"}));
}

TEST(Approvals, ids_count_up_a_kind_each) {
    WholeDesk desk;
    desk.submit(a_notice().undated().unsigned_by_holder());
    desk.propose_waiver("fax-1.1", Reason::kUndated, "alice");
    desk.propose_waiver("fax-1.1", Reason::kHolderUnsigned, "alice");
    desk.propose_extension("2002-07-03T17:00:00", "alice");
    EXPECT_EQ(desk.book().proposal_ids(), (std::set<ProposalId>{"extension-1", "waiver-1", "waiver-2"}));
}

TEST(Approvals, the_proposer_of_an_extension_does_not_extend_it_alone) {
    WholeDesk desk;
    desk.propose_extension("2002-07-03T17:00:00", "alice");
    EXPECT_EQ(refusal_of(desk.approve("extension-1", "alice")), Refusal::kSamePerson);
    EXPECT_EQ(desk.book().life()->expiration.civil, "2002-06-28T17:00:00");
    desk.approve("extension-1", "bob");
    EXPECT_EQ(desk.book().life()->expiration.civil, "2002-07-03T17:00:00");
    EXPECT_EQ(desk.book().life()->extensions.back().approved_by, Names({"alice", "bob"}));
    EXPECT_EQ(refusal_of(desk.approve("extension-1", "carol")), Refusal::kAlreadyDecided);
}

// Rules.md section 2: "Release and return of funds need a signed instruction of the issuer"; section 4: "The issuer approves an allocation before it is effected".
TEST(Approvals, name_the_issuers_instruction_where_the_terms_need_one) {
    Terms terms = sample_terms();
    terms.approvals.instruction = true;
    WholeDesk desk(terms);
    desk.submit(a_notice());
    desk.say(a_wire(2'101));  // 1,050 shares, and $1.00 goes back
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-27T14:00:00"));
    desk.propose_extension("2002-07-01T17:00:00", "alice");
    EXPECT_EQ(refusal_of(desk.approve("extension-1", "bob")), Refusal::kInstructionMissing);
    EXPECT_EQ(names_of(desk.approve("extension-1", "bob", "letter 2002-06-27")), Names({"ProposalApproved", "OfferingExtended"}));
    desk.propose_closing(day("2002-07-02"), "alice");
    EXPECT_EQ(names_of(desk.approve("closing-1", "bob")), Names({"ProposalApproved", "ClosingAdded"})) << "the exchange closes, not the issuer";
    desk.at("2002-07-02T09:00:00").watermarks().tabulate();
    EXPECT_EQ(names_of(desk.approve("allocation-1", "alice")), Names({"ProposalApproved"})) << "only the last approval needs it";
    EXPECT_EQ(refusal_of(desk.approve("allocation-1", "bob")), Refusal::kInstructionMissing);
    desk.approve("allocation-1", "bob", "letter 2002-07-12");
    EXPECT_EQ(desk.book().proposal("allocation-1")->instruction, "letter 2002-07-12");
    EXPECT_EQ(desk.book().allocation(AllocationKind::kFinal)->status, AllocationStatus::kApproved);
    desk.approve("refunds-1", "alice", "the same letter");
    EXPECT_EQ(names_of(desk.approve("refunds-1", "bob")).front(), "ProposalApproved") << "an earlier approval named it";
    EXPECT_EQ(desk.book().refund("bank-1.1")->status, RefundStatus::kApproved);
}

TEST(Approvals, may_name_an_instruction_where_none_is_needed) {
    WholeDesk desk;
    desk.propose_termination("alice");
    desk.approve("termination-1", "bob", "board resolution 7");
    EXPECT_EQ(desk.book().proposal("termination-1")->instruction, "board resolution 7");
    WholeDesk needed([] {
        Terms terms = sample_terms();
        terms.approvals.instruction = true;
        return terms;
    }());
    needed.propose_termination("alice");
    EXPECT_EQ(refusal_of(needed.approve("termination-1", "bob")), Refusal::kInstructionMissing);
}

// Rules.md section 7: a waiver is recorded "with its approval and the comparable items already refused are listed beside it".
TEST(Approvals, of_a_waiver_are_asked_with_the_comparable_notices_beside_it) {
    WholeDesk desk;
    for (std::uint64_t at = 1; at <= 3; ++at) desk.submit(a_notice().id("fax-1", at).named({"Holder " + std::to_string(at)}).certificates({"RC-" + std::to_string(at)}).undated());
    const Decision made = desk.propose_waiver("fax-1.1", Reason::kUndated, "alice");
    const std::string waived = "it waives undated of fax-1.1; refused for the same: fax-1.2, fax-1.3";
    EXPECT_EQ(waiver_text(*desk.book().proposal("waiver-1")), waived);
    const Alert* alert = desk.book().alert(desk.book().open_alert_of("proposal/waiver-1"));
    ASSERT_NE(alert, nullptr);
    EXPECT_NE(alert->what.find(waived), std::string::npos) << alert->what;
    Record first;
    first.event = made.events.front();
    EXPECT_NE(receipt_of(first, desk.book().log(), 1).explanation.find(waived), std::string::npos);
    desk.propose_extension("2002-07-01T17:00:00", "alice");
    EXPECT_EQ(waiver_text(*desk.book().proposal("extension-1")), "");
}

TEST(Approvals, one_waiver_is_one_reason_and_a_cure_supersedes_it) {
    WholeDesk desk;
    desk.submit(a_notice().undated());
    desk.propose_waiver("fax-1.1", Reason::kUndated, "alice");
    EXPECT_EQ(refusal_of(desk.propose_waiver("fax-1.1", Reason::kUndated, "bob")), Refusal::kAlreadyDecided);
    desk.at("2002-06-28T11:00:00").cure("fax-1.1", Reason::kUndated, "2002-06-26", "bob");
    EXPECT_EQ(desk.book().proposal("waiver-1")->status, ProposalStatus::kSuperseded);
    EXPECT_EQ(refusal_of(desk.approve("waiver-1", "bob")), Refusal::kAlreadyDecided);
}

TEST(Approvals, an_extension_to_another_hour_supersedes_the_open_one) {
    WholeDesk desk;
    desk.propose_extension("2002-07-03T17:00:00", "alice");
    EXPECT_EQ(refusal_of(desk.propose_extension("2002-07-03T17:00:00", "bob")), Refusal::kAlreadyDecided);
    const Decision other = desk.propose_extension("2002-07-08T17:00:00", "bob");
    EXPECT_EQ(names_of(other), Names({"ProposalMade", "ProposalSuperseded"}));
    EXPECT_EQ(refusal_of(desk.approve("extension-1", "bob")), Refusal::kAlreadyDecided);
    desk.approve("extension-2", "alice");
    EXPECT_EQ(desk.book().life()->expiration.civil, "2002-07-08T17:00:00");
}

TEST(Approvals, a_proposal_is_answered_at_the_door_whose_matter_it_is) {
    WholeDesk desk;
    desk.propose_extension("2002-07-03T17:00:00", "alice");
    const Approve command{desk.book().log(), "extension-1"};
    EXPECT_EQ(refusal_of(approve_waiver(desk.book(), command, desk.as("bob"))), Refusal::kUnknownProposal);
    EXPECT_EQ(refusal_of(approve_in_clearing(desk.book(), command, desk.as("bob"))), Refusal::kUnknownProposal);
    EXPECT_EQ(refusal_of(approve_extension(desk.book(), {desk.book().log(), "extension-9"}, desk.as("bob"))), Refusal::kUnknownProposal);
}

}  // namespace
}  // namespace rightsdesk::support
