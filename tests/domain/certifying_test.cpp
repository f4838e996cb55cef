// A nominee's certification of its owners (rules.md section 4): who of them may over-subscribe, what the desk takes and refuses, and
// what it comes to in the allocation. One nominee throughout: 1,000 rights at a share each, $2.00 a share; it subscribes for 900
// basic shares and 300 more, so that as one holder it does not exercise its basic privilege in full.
#include "domain/certifying.h"

#include <gtest/gtest.h>

#include "domain/contract_reports.h"
#include "domain/derivation.h"
#include "domain/live_allocation.h"
#include "domain/report.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

Terms judged_by_owner() {
    Terms terms = sample_terms();
    terms.over_subscription.nominee = NomineeJudged::kPerBeneficialOwner;
    terms.over_subscription.basis = Basis::kRequested;
    terms.withdrawal = Withdrawal::kUntilExpiration;
    return terms;
}

NoticeBuilder a_nominees_notice() {
    return a_notice().for_shares(900).and_excess(300).where([](NoticeFields& fields) { fields.rights_held = Rights(1'000); });
}

// Paid for 1,200 shares, and covered.
WholeDesk a_nominees_desk(const Terms& terms = judged_by_owner()) {
    WholeDesk desk(terms);
    desk.submit(a_nominees_notice());
    desk.say(a_wire(2'400));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-27T15:00:00"));
    return desk;
}

// The first two exercise all their rights, and ask for 200 shares more; the third half of them, and asks for 100.
std::vector<CertifiedOwner> three_owners() {
    return {{"A-1", Rights(500), Shares(500), Shares(200)}, {"A-2", Rights(300), Shares(300), Shares(0)}, {"A-3", Rights(200), Shares(100), Shares(100)}};
}

// What is open about the nominee's owners.
const Alert* owners_alert(const WholeDesk& desk) {
    const std::uint64_t number = desk.book().open_alert_of("owners/fax-1.1");
    return number == 0 ? nullptr : desk.book().alert(number);
}

std::string refusal_detail(const Decision& decision) {
    const auto* refused = find_event<CommandRefused>(decision);
    return refused == nullptr ? "taken" : to_text(refused->refusal) + ": " + refused->detail;
}

Derivation explained(const WholeDesk& desk, const NoticeId& notice) {
    auto made = derive_allotment(desk.book(), desk.book(), notice, AllocationKind::kFinal);
    CHECK(made);
    return *made;
}

const DerivationStep* owners_step(const Derivation& derivation) {
    for (const DerivationStep& step : derivation.steps) {
        if (step.step == "owners") return &step;
    }
    return nullptr;
}

// ---- what counts ----

TEST(CertifiedOwners, over_subscribe_where_their_own_basic_is_in_full) {
    WholeDesk desk = a_nominees_desk();
    EXPECT_EQ(names_of(desk.certify("fax-1.1", three_owners(), "alice")), Names({"OwnersCertified"}));
    const OwnersCertification& owners = *desk.book().notice("fax-1.1")->owners;
    EXPECT_EQ(owners.in_full, 2U);
    EXPECT_EQ(owners.over_in_full, Shares(200)) << "of the 300 asked";
    EXPECT_EQ(owners.by, "alice");
    desk.at("2002-06-28T17:00:00").count().tabulate();
    const Funding& funding = *desk.book().funding("fax-1.1");
    EXPECT_EQ(funding.rule,
              "money_then_over_subscription: asked 900 basic and 300 over-subscription shares, money $2,400.00, deemed 900 and 200, $200.00 not needed: what was asked is "
              "limited by the offering's terms; of the over-subscription 200 shares are asked for owners whose basic is in full");
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->over, Shares(200));
}

TEST(CertifiedOwners, are_the_notice_as_one_holder_while_none_is_certified) {
    WholeDesk desk = a_nominees_desk();
    desk.at("2002-06-28T17:00:00").count().tabulate();
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->over, Shares(0));
    const Derivation derivation = explained(desk, "fax-1.1");
    ASSERT_NE(owners_step(derivation), nullptr);
    EXPECT_EQ(owners_step(derivation)->words, "no owners are certified: the notice is judged as one holder's");
}

// 1,500 shares: 900 and 400 basic leave 200 for the 200 eligible of the nominee and the 300 of another: 80 and 120.
TEST(CertifiedOwners, enter_the_allocation_with_what_is_eligible_and_the_derivation_says_so) {
    Terms terms = judged_by_owner();
    terms.shares_offered = Shares(1'500);
    WholeDesk desk = a_nominees_desk(terms);
    desk.submit(a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"}).for_shares(400).and_excess(300).paid_by_wire("Bowery Trust Company", "2002-06-27", "IMAD-2"));
    desk.say(a_wire(1'400, "IMAD-2"));
    desk.say(certificates_for("fax-1.2", 400, "2002-06-27T15:00:00"));
    desk.certify("fax-1.1", three_owners(), "alice");
    const auto live = allocate_live(desk.book(), {});
    ASSERT_TRUE(live);
    EXPECT_EQ(live->lines.front().over_requested, Shares(300));
    EXPECT_EQ(live->lines.front().deemed_over, Shares(200));
    EXPECT_EQ(live->lines.front().over_allotted, Shares(80));
    desk.at("2002-06-28T17:00:00").count().tabulate();
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->over, Shares(80));
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.2")->over, Shares(120));
    const Derivation derivation = explained(desk, "fax-1.1");
    EXPECT_EQ(derivation.differs, Names());
    const DerivationStep* step = owners_step(derivation);
    ASSERT_NE(step, nullptr);
    EXPECT_EQ(step->clause, "over_subscription.nominee");
    EXPECT_EQ(step->value, "per_beneficial_owner");
    EXPECT_EQ(step->words, "the nominee certifies its owners (certification of the nominee): 2 of 3 exercise their basic privilege in full, and the 200 shares asked over it "
                           "for these are eligible; the 100 asked for the others are not");
    EXPECT_EQ(owners_step(explained(desk, "fax-1.2"))->words, "no owners are certified: the notice is judged as one holder's");
}

TEST(CertifiedOwners, are_explained_otherwise_than_the_log_says_where_that_is_wrong) {
    WholeDesk desk = a_nominees_desk();
    desk.certify("fax-1.1", three_owners(), "alice");
    desk.at("2002-06-28T17:00:00").count().tabulate();
    Book spoiled = desk.book();
    OwnersCertification wrong = *spoiled.notice("fax-1.1")->owners;
    wrong.over_in_full = Shares(300);
    evolve(spoiled, {OwnersCertified{"fax-1.1", wrong}});
    const auto derivation = derive_allotment(spoiled, spoiled, "fax-1.1", AllocationKind::kFinal);
    ASSERT_TRUE(derivation);
    EXPECT_NE(std::find(derivation->differs.begin(), derivation->differs.end(), "over-subscription shares eligible of fax-1.1: derived 200, the log says 300"), derivation->differs.end());
}

struct InFullRow {
    const char* story;
    Ratio shares_per_right;
    EntitlementTerms entitlement;
    std::int64_t rights;
    std::int64_t basic;
    bool in_full;
};

TEST(CertifiedOwners, are_in_full_by_what_their_own_rights_give) {
    const InFullRow rows[] = {
        {"all of it", {1, 1}, {}, 100, 100, true},
        {"one short of it", {1, 1}, {}, 100, 99, false},
        {"a fraction of a share is left out: 20 rights at a third are 6", {1, 3}, {}, 20, 6, true},
        {"rounded up they are 7", {1, 3}, {Rounding::kUp, std::nullopt}, 20, 6, false},
        {"rights that come to no share are exercised in full by nothing", {1, 3}, {}, 2, 0, true},
        {"unless the terms step up: two rights give a share", {1, 3}, {Rounding::kDown, Shares(1)}, 2, 0, false},
    };
    for (const InFullRow& row : rows) {
        Terms terms = judged_by_owner();
        terms.shares_per_right = row.shares_per_right;
        terms.entitlement = row.entitlement;
        EXPECT_EQ(is_in_full(terms, {"A-1", Rights(row.rights), Shares(row.basic), Shares(0)}), row.in_full) << row.story;
    }
}

struct MoneyRow {
    const char* story;
    DeemedExercise family;
    std::int64_t dollars;
    std::int64_t basic;
    std::int64_t over;
};

// 900 basic shares and 300 more, 200 of them eligible. Money buys basic first; beyond what is certified nobody knows for whom.
TEST(CertifiedOwners, have_what_the_money_buys_basic_first_and_no_more_than_is_certified) {
    const MoneyRow rows[] = {
        {"paid for all that was asked", DeemedExercise::kMoney, 2'400, 900, 200},
        {"and much more: family 2 deems nothing beyond", DeemedExercise::kMoneyThenOverSubscription, 9'000, 900, 200},
        {"paid for 950", DeemedExercise::kMoney, 1'900, 900, 50},
        {"short of the basic: nothing over it", DeemedExercise::kMoneyThenOverSubscription, 1'000, 500, 0},
        {"a request is the maximum permitted", DeemedExercise::kCapped, 2'400, 900, 200},
    };
    for (const MoneyRow& row : rows) {
        Terms terms = judged_by_owner();
        terms.deemed_exercise = row.family;
        Asked asked{Shares(900), Shares(300), Shares(1'000), Money(row.dollars * 100)};
        asked.over_of_owners_in_full = Shares(200);
        const Exercise exercise = deem_exercise(terms, asked);
        EXPECT_EQ(exercise.basic, Shares(row.basic)) << row.story;
        EXPECT_EQ(exercise.over, Shares(row.over)) << row.story;
        EXPECT_EQ(exercise.remainder, Money(row.dollars * 100 - (row.basic + row.over) * 200)) << row.story;
    }
    Asked capped{Shares(900), Shares(300), Shares(1'000), Money(240'000)};
    capped.over_of_owners_in_full = Shares(200);
    capped.may_over_subscribe = false;
    EXPECT_EQ(deem_exercise(judged_by_owner(), capped).over, Shares(0)) << "the terms let holders of record alone";
}

// ---- what is refused ----

struct OwnersRow {
    const char* story;
    std::function<void(std::vector<CertifiedOwner>&)> change;
    const char* detail;
};

TEST(Certifying, refuses_what_does_not_agree_with_the_notice_and_says_the_figures) {
    constexpr const char* kNumber = "value_unusable: a reference is a number of the nominee's, never a name: 1 to 24 letters, digits and . - / _ #, a digit among them";
    constexpr const char* kBounds = "value_unusable: owner A-1: rights are 1 to 1,000,000,000,000, shares 0 to as many";
    const OwnersRow rows[] = {
        {"no owner", [](auto& owners) { owners.clear(); }, "value_unusable: there is no owner in it"},
        {"a name", [](auto& owners) { owners[0].reference = "Ida M. Holder 2nd"; }, kNumber},
        {"a word", [](auto& owners) { owners[0].reference = "Holder"; }, kNumber},
        {"no reference", [](auto& owners) { owners[0].reference.clear(); }, kNumber},
        {"a reference of 25 letters", [](auto& owners) { owners[0].reference = std::string(25, '7'); }, kNumber},
        {"the same twice", [](auto& owners) { owners[1].reference = "A-1"; }, "value_unusable: owner A-1 is there twice"},
        {"no rights", [](auto& owners) { owners[0].rights = Rights(0); }, kBounds},
        {"fewer than no shares", [](auto& owners) { owners[0].over = Shares(-1); }, kBounds},
        {"more than can be counted", [](auto& owners) { owners[0].basic = Shares(1'000'000'000'001); }, kBounds},
        {"basic beyond the owner's rights", [](auto& owners) { owners[0].basic = Shares(501); },
         "value_unusable: owner A-1 subscribes for 501 basic shares, and its 500 rights give 500"},
        {"more rights than the notice holds", [](auto& owners) { owners[2].rights = Rights(201); }, "value_unusable: its owners hold 1,001 rights, the notice 1,000"},
        {"less basic than the notice asks for", [](auto& owners) { owners[2].basic = Shares(99); },
         "value_unusable: its owners subscribe for 899 basic and 300 over-subscription shares, the notice for 900 basic and 300 over-subscription shares"},
        {"more over-subscription", [](auto& owners) { owners[1].over = Shares(1); },
         "value_unusable: its owners subscribe for 900 basic and 301 over-subscription shares, the notice for 900 basic and 300 over-subscription shares"},
    };
    WholeDesk desk = a_nominees_desk();
    for (const OwnersRow& row : rows) {
        std::vector<CertifiedOwner> owners = three_owners();
        row.change(owners);
        EXPECT_EQ(refusal_detail(desk.certify("fax-1.1", owners, "alice")), row.detail) << row.story;
    }
    EXPECT_EQ(desk.book().notice("fax-1.1")->owners, std::nullopt);
}

// Each owner's rights are rounded up by themselves, but the notice has no more shares than all its rights give together.
TEST(Certifying, refuses_more_basic_than_the_notice_has_by_its_own_rights) {
    Terms terms = judged_by_owner();
    terms.shares_per_right = Ratio{1, 2};
    terms.entitlement.rounding = Rounding::kUp;
    WholeDesk desk(terms);
    desk.submit(a_notice().for_shares(3).where([](NoticeFields& fields) { fields.rights_held = Rights(4); }));
    const std::vector<CertifiedOwner> owners = {{"1", Rights(1), Shares(1), Shares(0)}, {"2", Rights(1), Shares(1), Shares(0)}, {"3", Rights(2), Shares(1), Shares(0)}};
    EXPECT_EQ(refusal_detail(desk.certify("fax-1.1", owners, "alice")), "value_unusable: its owners subscribe for 3 basic shares, and the notice's rights give 2");
}

TEST(Certifying, takes_a_thousand_owners_and_no_more) {
    WholeDesk desk(judged_by_owner());
    desk.submit(a_notice().for_shares(1'001));
    std::vector<CertifiedOwner> owners;
    owners.reserve(1'001);
    for (int number = 1; number <= 1'001; ++number) owners.push_back({std::to_string(number), Rights(1), Shares(1), Shares(0)});
    EXPECT_EQ(refusal_detail(desk.certify("fax-1.1", owners, "alice")), "beyond_limit: 1001 owners; a notice has at most 1000");
    owners.pop_back();
    owners.back() = {"1000", Rights(2), Shares(2), Shares(0)};
    EXPECT_EQ(refusal_detail(desk.certify("fax-1.1", owners, "alice")), "taken");
}

TEST(Certifying, wants_terms_that_judge_by_owner_a_notice_evidence_and_a_time_that_has_been) {
    WholeDesk desk = a_nominees_desk();
    const auto certify = [&](const NoticeId& notice, const std::string& evidence, Instant at) {
        return refusal_of(certify_owners(desk.book(), {desk.book().log(), notice, three_owners(), evidence, at}, desk.as("alice")));
    };
    EXPECT_EQ(certify("fax-1.9", "a letter", desk.now()), Refusal::kUnknownNotice);
    EXPECT_EQ(certify("fax-1.1", "", desk.now()), Refusal::kValueUnusable);
    EXPECT_EQ(certify("fax-1.1", "a letter", new_york("2002-06-28T10:00:00")), Refusal::kValueUnusable);
    Terms as_one_holder = judged_by_owner();
    as_one_holder.over_subscription.nominee = NomineeJudged::kAsOneHolder;
    EXPECT_EQ(refusal_of(a_nominees_desk(as_one_holder).certify("fax-1.1", three_owners(), "alice")), Refusal::kNotAllowedByTerms);
    EXPECT_FALSE(certify_owners(Book("rare-medium-2002"), {"rare-medium-2002", "fax-1.1", three_owners(), "a letter", desk.now()}, desk.as("alice")).retry_later.empty());
    desk.withdraw("fax-1.1", "alice");
    EXPECT_EQ(certify("fax-1.1", "a letter", desk.now()), Refusal::kAlreadyDecided);
}

TEST(Certifying, of_a_notice_without_a_number_of_shares_waits_for_its_cure) {
    WholeDesk desk(judged_by_owner());
    desk.submit(a_nominees_notice().where([](NoticeFields& fields) { fields.basic_shares.reset(); }));
    EXPECT_EQ(refusal_detail(desk.certify("fax-1.1", three_owners(), "alice")), "value_unusable: the notice gives no number of basic shares: cure that first");
}

// ---- a later one, an amendment, the end ----

TEST(Certifying, again_replaces_the_earlier) {
    WholeDesk desk = a_nominees_desk();
    desk.certify("fax-1.1", three_owners(), "alice");
    EXPECT_EQ(refusal_of(desk.certify("fax-1.1", three_owners(), "bob")), Refusal::kNothingToDo);
    desk.certify("fax-1.1", {{"B-1", Rights(900), Shares(900), Shares(300)}}, "bob");
    EXPECT_EQ(desk.book().notice("fax-1.1")->owners->owners.size(), 1U);
    EXPECT_EQ(desk.book().notice("fax-1.1")->owners->over_in_full, Shares(300));
}

TEST(Certifying, is_void_once_the_notice_asks_for_other_numbers) {
    WholeDesk desk = a_nominees_desk();
    desk.certify("fax-1.1", three_owners(), "alice");
    const Decision amended = desk.amend("fax-1.1", Shares(900), Shares(250), "alice");
    EXPECT_EQ(names_of(amended), Names({"NoticeAmended", "CertificationVoided"}));
    EXPECT_EQ(find_event<CertificationVoided>(amended)->why,
              "its owners subscribe for 900 basic and 300 over-subscription shares, the notice for 900 basic and 250 over-subscription shares");
    EXPECT_EQ(asked_of(desk.book(), *desk.book().notice("fax-1.1"), Money(0)).over_of_owners_in_full, std::nullopt) << "judged as one holder's";
    // Asking for the old numbers again does not bring it back: somebody certifies them anew.
    EXPECT_EQ(names_of(desk.amend("fax-1.1", Shares(900), Shares(300), "alice")), Names({"NoticeAmended"}));
    EXPECT_FALSE(is_judged_by_owner(*desk.book().notice("fax-1.1")));
    EXPECT_EQ(names_of(desk.certify("fax-1.1", three_owners(), "alice")), Names({"OwnersCertified"}));
    EXPECT_TRUE(is_judged_by_owner(*desk.book().notice("fax-1.1")));
}

TEST(Certifying, is_void_once_a_cure_gives_the_notice_its_shares) {
    WholeDesk desk(judged_by_owner());
    desk.submit(a_nominees_notice().where([](NoticeFields& fields) { fields.basic_shares = Shares(0); }));
    desk.certify("fax-1.1", {{"A-1", Rights(500), Shares(0), Shares(300)}}, "alice");
    ASSERT_TRUE(is_judged_by_owner(*desk.book().notice("fax-1.1")));
    EXPECT_NE(find_event<CertificationVoided>(desk.cure("fax-1.1", Reason::kSharesMissing, "900", "alice")), nullptr);
    EXPECT_FALSE(is_judged_by_owner(*desk.book().notice("fax-1.1")));
}

TEST(Certifying, counts_until_the_allocation_is_approved_which_is_proposed_again) {
    WholeDesk desk = a_nominees_desk();
    desk.at("2002-06-28T17:00:00").count().tabulate();
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->over, Shares(0));
    desk.certify("fax-1.1", three_owners(), "alice");
    EXPECT_EQ(refusal_of(desk.approve("allocation-1", "alice")), Refusal::kTooLate) << "the records make another one by now";
    desk.propose_allocation("carol");
    desk.approve("allocation-2", "alice");
    desk.approve("allocation-2", "bob");
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->over, Shares(200));
    EXPECT_EQ(refusal_detail(desk.certify("fax-1.1", {{"B-1", Rights(900), Shares(900), Shares(300)}}, "bob")), "too_late: the offering is approved");
}

// ---- what people are told ----

TEST(Certifying, is_asked_for_where_only_owners_can_mend_the_over_subscription) {
    WholeDesk desk = a_nominees_desk();
    const Alert* asked = owners_alert(desk);
    ASSERT_NE(asked, nullptr);
    EXPECT_EQ(asked->kind, "owners_not_certified");
    EXPECT_EQ(asked->what, "fax-1.1 asks for 300 over-subscription shares and is judged as one holder's: it over-subscribes without its full basic, and no owners are certified");
    EXPECT_EQ(asked->next, "ask for a nominee holder certification; then rightsdesk notice owners fax-1.1 OWNERS.csv --evidence ... --as YOU");
    EXPECT_EQ(asked->too_late_at, desk.book().life()->expiration.instant);
    desk.certify("fax-1.1", three_owners(), "alice");
    EXPECT_EQ(owners_alert(desk), nullptr);
    desk.amend("fax-1.1", Shares(900), Shares(250), "alice");
    const Alert* voided = owners_alert(desk);
    ASSERT_NE(voided, nullptr);
    EXPECT_NE(voided->what.find("its certification of owners is void: its owners subscribe for 900 basic and 300"), std::string::npos) << voided->what;
    desk.amend("fax-1.1", Shares(900), Shares(0), "alice");
    EXPECT_EQ(owners_alert(desk), nullptr) << "it does not over-subscribe any more";
    desk.amend("fax-1.1", Shares(900), Shares(300), "alice");
    ASSERT_NE(owners_alert(desk), nullptr);
    desk.withdraw("fax-1.1", "alice");
    EXPECT_EQ(owners_alert(desk), nullptr);
}

TEST(Certifying, is_asked_for_by_no_other_notice_and_under_no_other_terms) {
    Terms as_one_holder = judged_by_owner();
    as_one_holder.over_subscription.nominee = NomineeJudged::kAsOneHolder;
    EXPECT_EQ(owners_alert(a_nominees_desk(as_one_holder)), nullptr);
    WholeDesk in_full(judged_by_owner());
    in_full.submit(a_notice().and_excess(300));
    EXPECT_EQ(owners_alert(in_full), nullptr) << "its basic is in full";
}

TEST(Certifying, is_in_the_reports) {
    WholeDesk desk = a_nominees_desk();
    desk.certify("fax-1.1", three_owners(), "alice");
    EXPECT_EQ(report_of(desk.book()).notices.front().owners, "3 owners certified, 2 of them in full: 200 of 300 over-subscription shares are eligible");
    const auto row_of = [&](const std::string& kind) {
        const Table table = exceptions_report(desk.book());
        const auto found = std::find_if(table.rows.begin(), table.rows.end(), [&](const auto& row) { return std::get<std::string>(row.at(1)) == kind; });
        return found == table.rows.end() ? std::string("none") : std::get<std::string>(found->at(3));
    };
    EXPECT_EQ(row_of("owners_not_in_full"), "3 owners certified, 2 of them in full: 200 of 300 over-subscription shares are eligible");
    desk.amend("fax-1.1", Shares(900), Shares(250), "alice");
    EXPECT_EQ(row_of("owners_not_certified"), "3 owners certified, and that is void: its owners subscribe for 900 basic and 300 over-subscription shares, the notice for 900 basic "
                                              "and 250 over-subscription shares");
}

}  // namespace
}  // namespace rightsdesk::support
