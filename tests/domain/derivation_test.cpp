// The derivation: a second, plainer computation of who gets what, told step by step, that must agree with the engine and must
// say so loudly when the log does not.
#include "domain/derivation.h"

#include <gtest/gtest.h>

#include <random>

#include "allocation_builders.h"
#include "domain/derived_pools.h"
#include "domain/share_out.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

const DerivationStep* step_of(const Derivation& derivation, const std::string& step, std::size_t which = 0) {
    for (const DerivationStep& made : derivation.steps) {
        if (made.step == step && which-- == 0) return &made;
    }
    return nullptr;
}

std::string number_in(const Derivation& derivation, const std::string& step, const std::string& name, std::size_t which = 0) {
    const DerivationStep* made = step_of(derivation, step, which);
    if (made == nullptr) return "no such step";
    for (const DerivedNumber& number : made->numbers) {
        if (number.name == name) return exact_text(number.value);
    }
    return "no such number";
}

ConfirmWire a_wire_of(const std::string& bank, std::int64_t dollars, const std::string& imad) {
    ConfirmWire wire = a_wire(dollars, imad);
    wire.institution = bank;
    return wire;
}

// 6,000 shares at $2.00. One asks 1,000 and 4,000 more, one 500 (never covered), one 1,000 and 1,000 more.
WholeDesk three_claims(Basis basis = Basis::kBasicShares, std::optional<Ratio> extra_supply = std::nullopt) {
    Terms terms = sample_terms();
    terms.shares_offered = Shares(6'000);
    terms.over_subscription.extra_supply = extra_supply;
    terms.over_subscription.basis = basis;
    if (basis == Basis::kLadder) terms.over_subscription.ladder = {{Shares(999), Basis::kRequested}, {std::nullopt, Basis::kBasicShares}};
    WholeDesk desk(terms);
    desk.submit(a_notice().id("fax-1", 1).for_shares(1'000).and_excess(4'000));
    desk.submit(a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"}).for_shares(500).paid_by_wire("Pine Bank", "2002-06-27", "IMAD-2"));
    desk.submit(a_notice().id("fax-1", 3).named({"Mary C. Third"}).certificates({"RC-3"}).for_shares(1'000).and_excess(1'000).paid_by_wire("Oak Bank", "2002-06-27", "IMAD-3"));
    desk.say(a_wire(10'000));
    desk.say(a_wire_of("Pine Bank", 1'000, "IMAD-2"));
    desk.say(a_wire_of("Oak Bank", 4'000, "IMAD-3"));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-07-01T10:00:00"));
    desk.say(certificates_for("fax-1.3", 1'000, "2002-07-01T11:00:00"));
    desk.count().tabulate();
    return desk;
}

Derivation derived(const Book& book, const NoticeId& notice, AllocationKind kind = AllocationKind::kFinal) {
    auto made = derive_allotment(book, book, notice, kind);
    CHECK(made);
    return *made;
}

// 4,000 shares are left for equal claims of 1,000 basic shares: 2,000 each in round 1; the third asked for 1,000 only, is
// capped there, and the other 3,000 go to the first, who asked for 4,000.
TEST(Derivation, tells_every_round_with_its_fraction_and_who_is_capped) {
    const WholeDesk desk = three_claims();
    const Derivation first = derived(desk.book(), "fax-1.1");
    EXPECT_EQ(number_in(first, "asked", "due"), "1,000,000");
    EXPECT_EQ(number_in(first, "entitled", "basic_entitlement"), "1,000");
    EXPECT_EQ(number_in(first, "funded", "good_in_time"), "1,000,000");
    EXPECT_EQ(number_in(first, "deemed", "over"), "4,000");
    EXPECT_EQ(number_in(first, "pool", "available"), "4,000");
    EXPECT_EQ(number_in(first, "pool", "total_weight"), "2,000");
    EXPECT_EQ(number_in(first, "pool_round", "share", 0), "2,000");
    EXPECT_EQ(number_in(first, "pool_round", "capped", 0), "0");
    EXPECT_EQ(number_in(first, "pool_round", "share", 1), "3,000");
    EXPECT_EQ(number_in(first, "allotted", "over"), "3,000");
    EXPECT_EQ(number_in(first, "refund", "refund"), "200,000") << "cents: 1,000 shares asked and paid for were not there";
    const Derivation third = derived(desk.book(), "fax-1.3");
    EXPECT_EQ(number_in(third, "pool_round", "capped", 0), "1");
    EXPECT_EQ(step_of(third, "pool_round", 1), nullptr) << "capped in the first, it takes part in no other";
    EXPECT_EQ(number_in(third, "allotted", "over"), "1,000");
    EXPECT_EQ(first.differs, Names());
    EXPECT_EQ(third.differs, Names());
}

TEST(Derivation, gives_each_step_the_clause_of_the_terms_and_its_value) {
    const Derivation first = derived(three_claims().book(), "fax-1.1");
    for (const DerivationStep& step : first.steps) {
        EXPECT_NE(step.clause, "") << step.step;
        EXPECT_NE(step.value, "") << step.step;
        EXPECT_NE(step.rule, "") << step.step;
    }
    EXPECT_EQ(step_of(first, "pool")->clause, "over_subscription.basis");
    EXPECT_EQ(step_of(first, "pool")->value, "basic_shares");
    EXPECT_EQ(step_of(first, "deemed")->value, "money_then_over_subscription");
}

// Rules.md section 4 and each offering's own terms: what rounds an entitlement, steps it up, or keeps a holder out is named by its clause.
TEST(Derivation, names_the_terms_that_round_step_up_and_let_over_subscribe) {
    struct EntitledRow {
        Rounding rounding;
        const char* words;
        const char* rule;
    };
    const EntitledRow rows[] = {
        {Rounding::kDown, "left out", "floor(rights x ratio)"},
        {Rounding::kUp, "rounded up", "any fraction rounded up"},
        {Rounding::kNearest, "a half up", "rounded to the nearest"},
    };
    for (const EntitledRow& row : rows) {
        Terms terms = sample_terms();
        terms.shares_per_right = Ratio{4, 3};  // 301 rights are 401 shares and a third
        terms.entitlement = {row.rounding, Shares(2)};
        terms.over_subscription.extra_supply = Ratio{1, 4};
        WholeDesk desk(terms);
        desk.submit(a_notice().for_shares(301).and_excess(100));
        desk.say(a_wire(802));
        desk.say(certificates_for("fax-1.1", 1'000, "2002-06-27T14:00:00"));
        desk.count().tabulate();
        const Derivation made = derived(desk.book(), "fax-1.1");
        EXPECT_EQ(made.differs, Names());
        EXPECT_NE(step_of(made, "entitled")->words.find(row.words), std::string::npos) << step_of(made, "entitled")->words;
        EXPECT_NE(step_of(made, "entitled")->rule.find(row.rule), std::string::npos) << step_of(made, "entitled")->rule;
        for (const auto& [step, clause] : {std::pair("stepped_up", "exercise.step_up_to"), std::pair("full_basic", "over_subscription.requires_full_basic"),
                                           std::pair("eligible", "over_subscription.eligible"), std::pair("extra_supply", "over_subscription.extra_supply")}) {
            ASSERT_NE(step_of(made, step), nullptr) << step;
            EXPECT_EQ(step_of(made, step)->clause, clause);
        }
        EXPECT_EQ(number_in(made, "entitled", "basic_entitlement"), row.rounding == Rounding::kUp ? "402" : "401");
        EXPECT_EQ(step_of(made, "full_basic")->words, "the basic privilege is not exercised in full: no over-subscription counts");
    }
    EXPECT_EQ(step_of(derived(three_claims().book(), "fax-1.1"), "stepped_up"), nullptr) << "no such term";
}

TEST(Derivation, says_why_an_uncovered_notice_is_in_the_preliminary_and_not_in_the_final_allocation) {
    const WholeDesk desk = three_claims();
    const Derivation final = derived(desk.book(), "fax-1.2");
    EXPECT_EQ(step_of(final, "counted")->words, "left out: its certificates were missed, due 2002-07-01T17:00:00");
    EXPECT_EQ(final.basic + final.over, Shares(0));
    EXPECT_EQ(final.differs, Names());
    const Derivation preliminary = derived(desk.book(), "fax-1.2", AllocationKind::kPreliminary);
    EXPECT_EQ(preliminary.basic, Shares(500));
    EXPECT_EQ(preliminary.differs, Names());
}

TEST(Derivation, agrees_with_the_log_on_every_basis_and_for_everybody) {
    for (std::size_t ordinal = 0; ordinal < base::enum_texts<Basis>().size(); ++ordinal) {
        const auto basis = static_cast<Basis>(ordinal);
        const WholeDesk desk = three_claims(basis);
        for (const NoticeId& id : desk.book().notice_ids()) {
            for (const AllocationKind kind : {AllocationKind::kPreliminary, AllocationKind::kFinal}) {
                EXPECT_EQ(derived(desk.book(), id, kind).differs, Names()) << to_text(basis) << " " << id << " " << to_text(kind);
            }
        }
    }
}

// 6,000 less 2,000 basic leave 4,000 for 5,000 asked over: 1,000 are demanded beyond, and a quarter of 6,000 might be sold.
TEST(Derivation, knows_the_shares_sold_besides) {
    for (const auto& [part, over] : {std::pair(Ratio{1, 4}, "4000"), std::pair(Ratio{1, 12}, "3500")}) {
        const WholeDesk desk = three_claims(Basis::kBasicShares, part);
        const Derivation derivation = derived(desk.book(), "fax-1.1");
        EXPECT_EQ(derivation.differs, Names());
        EXPECT_EQ(std::to_string(derivation.over.value), over) << "all 5,000 with 1,000 more; with 500 more 4,500 are shared, and who asked 1,000 has them";
    }
}

// 3,000 shares and 1,500 besides, for holders of record alone. 1,000 basic each leave 1,000 for equal claims: 500 each, the first asked
// for 2,500, the second, who bought its rights, for 1,000. Of the 2,000 that the first still lacks it gets the 1,500.
TEST(Derivation, tells_of_the_extra_shares_as_a_pool_of_their_own) {
    Terms terms = sample_terms();
    terms.shares_offered = Shares(3'000);
    terms.over_subscription.extra_supply = Ratio{1, 2};
    terms.over_subscription.extra_supply_eligible = OverSubscriber::kHoldersOfRecord;
    WholeDesk desk(terms);
    desk.import_register(a_register({{"1001", "Ida M. Holder", "US", 1'000, {"RC-1001"}}}));
    desk.submit(a_notice().id("fax-1", 1).for_shares(1'000).and_excess(2'500));
    desk.submit(a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({}).for_shares(1'000).and_excess(1'000).paid_by_wire("Pine Bank", "2002-06-27", "IMAD-2"));
    desk.say(a_wire(7'000));
    desk.say(a_wire_of("Pine Bank", 4'000, "IMAD-2"));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-07-01T10:00:00"));
    desk.say(certificates_for("fax-1.2", 1'000, "2002-07-01T11:00:00"));
    desk.count().tabulate();
    EXPECT_EQ(desk.book().allocation(AllocationKind::kFinal)->extra_supply, Shares(1'500));
    const Derivation first = derived(desk.book(), "fax-1.1");
    EXPECT_EQ(first.differs, Names());
    EXPECT_EQ(number_in(first, "pool", "available"), "1,000");
    EXPECT_EQ(number_in(first, "extra_pool", "available"), "1,500");
    EXPECT_EQ(number_in(first, "extra_pool", "limit"), "2,000");
    EXPECT_EQ(number_in(first, "extra_pool", "total_weight"), "1,000");
    EXPECT_EQ(step_of(first, "extra_pool")->clause, "over_subscription.extra_supply_eligible");
    EXPECT_EQ(step_of(first, "extra_pool")->value, "holders_of_record");
    EXPECT_EQ(step_of(first, "extra_pool")->words, "the shares sold besides, for holders of record alone: all who over-subscribe, pro rata to basic shares allotted");
    EXPECT_EQ(number_in(first, "pool_round", "share", 1), "1,500");
    EXPECT_EQ(number_in(first, "allotted", "over"), "2,000");
    const Derivation second = derived(desk.book(), "fax-1.2");
    EXPECT_EQ(second.differs, Names());
    EXPECT_EQ(number_in(second, "allotted", "over"), "500");
    EXPECT_EQ(step_of(second, "extra_pool")->words, "the shares sold besides, for holders of record alone: all who over-subscribe, pro rata to basic shares allotted; this holder has no "
                                                    "claim in it: it held nothing on the record date");
}

TEST(Derivation, says_loudly_when_the_log_has_other_shares) {
    const WholeDesk desk = three_claims();
    Book spoiled = desk.book();
    Allotment allotment = *spoiled.allotment(AllocationKind::kFinal, "fax-1.1");
    allotment.over -= Shares(1);
    evolve(spoiled, {AllotmentsRecorded{AllocationKind::kFinal, 1, 0, {allotment}}});
    EXPECT_EQ(derived(spoiled, "fax-1.1").differs, Names({"over-subscription shares of fax-1.1: derived 3,000, the log says 2,999"}));
    EXPECT_EQ(derived(spoiled, "fax-1.3").differs, Names({"other holders whose shares differ: derived 1, the log says 0"}));
}

TEST(Derivation, is_of_the_book_as_it_was_when_the_allocation_was_made) {
    WholeDesk desk = three_claims();
    const Book then = desk.book();
    desk.reject("fax-1.3", "alice");
    const auto made = derive_allotment(then, desk.book(), "fax-1.3", AllocationKind::kFinal);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->over, Shares(1'000));
    EXPECT_EQ(made->differs, Names());
}

TEST(Derivation, is_refused_where_there_is_nothing_to_derive) {
    const WholeDesk fresh;
    EXPECT_EQ(derive_allotment(fresh.book(), fresh.book(), "fax-1.1", AllocationKind::kFinal).error().message, "there is no final allocation yet");
    const WholeDesk desk = three_claims();
    EXPECT_EQ(derive_allotment(desk.book(), desk.book(), "fax-1.99", AllocationKind::kFinal).error().kind, base::ErrorKind::kNotFound);
}

// ---- the residual shares ----

std::vector<TracedClaim> three_equal(Instant second, Instant third) { return {{1, Shares(9), Instant(5), "a"}, {1, Shares(9), second, "b"}, {1, Shares(9), third, "c"}}; }

// 4 shares among three equal claims: one each and a third of a share; the one that is left goes to the earliest stamp.
TEST(ProrationTrace, tells_who_gets_the_last_share_and_what_decided_a_tie) {
    const auto by_stamp = trace_proration(Shares(4), three_equal(Instant(6), Instant(7)), 1);
    EXPECT_EQ(by_stamp.parts, (std::vector<Shares>{Shares(2), Shares(1), Shares(1)}));
    ASSERT_TRUE(by_stamp.residual);
    EXPECT_EQ(exact_text(by_stamp.residual->share), "1 and 1/3");
    EXPECT_EQ(by_stamp.residual->left, 1);
    EXPECT_EQ(by_stamp.residual->rank, 2U);
    EXPECT_FALSE(by_stamp.residual->got_one);
    EXPECT_EQ(by_stamp.residual->tie, ResidualTie::kByReceiptStamp);
    const auto by_id = trace_proration(Shares(4), three_equal(Instant(5), Instant(5)), 0);
    EXPECT_TRUE(by_id.residual->got_one);
    EXPECT_EQ(by_id.residual->tie, ResidualTie::kById);
    EXPECT_EQ(trace_proration(Shares(6), three_equal(Instant(5), Instant(5)), 0).residual->rank, 0U) << "2 each: no fraction";
}

// ---- against the engine, on random holders ----

std::vector<Subscription> random_holders(std::mt19937& random) {
    const auto up_to = [&](std::uint32_t most) { return static_cast<std::int64_t>(random() % (most + 1)); };
    std::vector<Subscription> holders;
    for (int number = 0; number < 12; ++number) {
        Holder made = holder("h" + std::to_string(number));
        made.basic(up_to(40)).over(up_to(60)).holding(random() % 3 == 0 ? 0 : up_to(100)).at(up_to(3));
        holders.push_back(made);
    }
    return holders;
}

TEST(DerivedPools, agree_with_the_engine_on_every_basis_with_and_without_caps) {
    std::mt19937 random(20'020'628);
    for (int round = 0; round < 1'200; ++round) {
        Terms terms = sample_terms();
        terms.shares_offered = Shares(static_cast<std::int64_t>(random() % 600));
        OverSubscriptionTerms& over = terms.over_subscription;
        over.basis = static_cast<Basis>(round % static_cast<int>(base::enum_texts<Basis>().size()));
        over.ladder = {{Shares(30), Basis::kRequested}, {Shares(60), Basis::kRecordHolding}, {std::nullopt, Basis::kBasicShares}};
        if (random() % 2 == 0) over.cap_shares = Shares(static_cast<std::int64_t>(random() % 60));
        if (random() % 2 == 0) over.cap_of_basic = Ratio{3, 2};
        if (random() % 3 == 0) over.ownership_limit = Shares(static_cast<std::int64_t>(random() % 90));
        over.enabled = random() % 10 != 0;
        if (random() % 2 == 0) over.extra_supply = Ratio{1 + static_cast<std::int64_t>(random() % 4), 4};
        if (random() % 2 == 0) over.extra_supply_eligible = OverSubscriber::kHoldersOfRecord;
        const std::vector<Subscription> holders = random_holders(random);
        const AllocationOutcome engine = share_out(terms, holders).outcome;
        const DerivedOutcome traced = share_in_pools(terms, holders, random() % (holders.size() + 1));
        EXPECT_EQ(traced.basic_prorated, engine.basic_prorated) << to_text(over.basis);
        if (over.enabled) {
            EXPECT_EQ(traced.pools.at(1).trace.first, engine.proration) << to_text(over.basis);
        }
        for (std::size_t at = 0; at < holders.size(); ++at) ASSERT_EQ(traced.allotted[at], engine.allotted[at]) << "round " << round << " " << to_text(over.basis) << " " << holders[at].id;
    }
}

}  // namespace
}  // namespace rightsdesk::support
