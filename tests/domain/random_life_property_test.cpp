// What always holds, at every prefix of a random life (rules.md section 8, last paragraph): shares that were allotted or would be; a refused
// command; messages with equal stamps in any order; and messages that come again.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <functional>

#include "domain/allocating.h"
#include "domain/books.h"
#include "domain/certifying.h"
#include "domain/live_allocation.h"
#include "domain/random_commands.h"
#include "domain/share_out.h"

namespace rightsdesk::support {
namespace {

// So few that three holders of 100 rights, who ask for 50, 50 and 100 more, do not find their shares or leave few to the others.
Terms scarce_terms() {
    Terms terms = sample_terms();
    terms.shares_offered = Shares(*rc::gen::element<std::int64_t>(150, 470));
    terms.over_subscription.basis = *rc::gen::element(Basis::kBasicShares, Basis::kRequested, Basis::kRecordHolding);
    terms.withdrawal = *rc::gen::element(Withdrawal::kIrrevocable, Withdrawal::kUntilExpiration);
    if (*rc::gen::arbitrary<bool>()) terms.over_subscription.extra_supply = Ratio{1, 5};
    terms.over_subscription.extra_supply_eligible = *rc::gen::element(OverSubscriber::kAnyone, OverSubscriber::kHoldersOfRecord);
    terms.over_subscription.nominee = *rc::gen::element(NomineeJudged::kAsOneHolder, NomineeJudged::kPerBeneficialOwner);
    return terms;
}

template <class E>
bool holds_a(const std::vector<Event>& events) {
    return std::any_of(events.begin(), events.end(), [](const Event& event) { return std::holds_alternative<E>(event); });
}

// Paid and covered, so that there is something to allot whatever else is said.
void three_holders_subscribe(WholeDesk& desk) {
    for (const auto& [number, excess] : {std::pair("1", 50), std::pair("2", 50), std::pair("3", 100)}) {
        const std::string imad = std::string("IMAD-OF-THE-THREE-") + number;
        NoticeBuilder notice = a_notice().id("fax-2", number_at(number, 0, 1)).named({std::string("One Of Three ") + number}).certificates({imad});
        desk.submit(notice.for_shares(100).and_excess(excess).paid_by_wire("Bowery Trust Company", "2002-06-27", imad));
        desk.say(a_wire((100 + excess) * 2, imad), "bank-2");
        desk.say(certificates_for(notice.notice_id(), 100, "2002-06-27T12:00:00"));
    }
}

// ---- shares ----

void recorded_shares_hold(const Book& book, AllocationKind kind) {
    const Allocation* allocation = book.allocation(kind);
    if (allocation == nullptr || allocation->status == AllocationStatus::kStarted) return;  // it counts once it is closed
    Shares basic;
    Shares over;
    for (const NoticeId& id : book.notice_ids()) {
        const Allotment* allotment = book.allotment(kind, id);
        if (allotment == nullptr) continue;
        RC_ASSERT(allotment->basic >= Shares(0) && allotment->over >= Shares(0));
        RC_ASSERT(allotment->applied == Money((allotment->basic + allotment->over).value * book.life()->terms.subscription_price.value));
        basic += allotment->basic;
        over += allotment->over;
    }
    RC_ASSERT(basic == allocation->basic_allotted);
    RC_ASSERT(over == allocation->over_allotted);
    RC_ASSERT(basic + over <= allocation->supply);
}

std::vector<Subscription> subscriptions_of(const Book& book, const LiveAllocation& live) {
    std::vector<Subscription> subscriptions;
    for (const LiveLine& line : live.lines) {
        const Notice& notice = *book.notice(line.id);
        const Instant stamp = notice.deliveries.front().stamp;
        subscriptions.push_back({line.id, stamp, notice.basic_entitlement, line.deemed_basic, line.deemed_over, record_holding_of(book.life()->terms, notice)});
    }
    return subscriptions;
}

// Of the same claims: their order does not matter, equal ones differ by a share, and who asks for more gets no less. Where the extra shares
// are prorated by themselves, whole shares are made twice.
void claims_are_treated_alike(const Terms& terms, const std::vector<Subscription>& claims) {
    const OverSubscriptionTerms& over = terms.over_subscription;
    const bool twice = over.extra_supply && over.extra_supply_eligible == OverSubscriber::kHoldersOfRecord;
    const auto allotted = share_out(terms, claims).outcome.allotted;
    const auto reversed = share_out(terms, {claims.rbegin(), claims.rend()}).outcome.allotted;
    for (std::size_t at = 0; at < claims.size(); ++at) {
        RC_ASSERT(allotted[at] == reversed[claims.size() - 1 - at]);
        for (std::size_t other = 0; other < at; ++other) {
            const auto claim = [&](std::size_t of) { return std::tie(claims[of].basic, claims[of].over, claims[of].record_holding); };
            if (claim(at) != claim(other)) continue;
            const auto apart = [](Shares left, Shares right) { return std::max(left, right) - std::min(left, right); };
            RC_ASSERT(apart(allotted[at].basic, allotted[other].basic) <= Shares(1));
            if (allotted[at].basic == allotted[other].basic) RC_ASSERT(apart(allotted[at].over, allotted[other].over) <= Shares(twice ? 2 : 1));
        }
    }
    std::vector<Subscription> asking_more = claims;
    asking_more.back().over += Shares(50);
    RC_ASSERT(share_out(terms, asking_more).outcome.allotted.back().over + Shares(twice ? 1 : 0) >= allotted.back().over);
}

// What would be allotted if the offering ended here.
void live_shares_hold(const Book& book) {
    const auto live = allocate_live(book, {true, true});
    RC_ASSERT(live.has_value());
    Shares basic_wanted;
    Shares over_wanted;
    for (const LiveLine& line : live->lines) {
        RC_ASSERT(line.basic_allotted >= Shares(0) && line.basic_allotted <= line.deemed_basic);
        RC_ASSERT(line.over_allotted >= Shares(0) && line.over_allotted <= line.deemed_over);
        RC_ASSERT(line.deemed_basic <= book.notice(line.id)->basic_entitlement);
        if (is_judged_by_owner(*book.notice(line.id))) RC_ASSERT(line.deemed_over <= book.notice(line.id)->owners->over_in_full);
        RC_ASSERT(line.applied + line.refunded == line.money && line.refunded >= Money(0));
        basic_wanted += line.deemed_basic;
        over_wanted += line.deemed_over;
    }
    const Shares supply = live->totals.supply;
    RC_ASSERT(live->totals.basic_allotted == std::min(basic_wanted, supply));
    RC_ASSERT(live->totals.over_allotted == std::min(over_wanted, supply - live->totals.basic_allotted));
    if (!live->lines.empty()) claims_are_treated_alike(book.life()->terms, subscriptions_of(book, *live));
}

TEST(RandomLife, shares_hold_at_every_prefix) {
    int allotted = 0;
    int prorated = 0;
    const auto play_a_life = [&] {
        WholeDesk desk(scarce_terms());
        desk.before_each = [&](Book& book, const std::vector<Event>& events) {
            if (!holds_a<AlertRaised>(events)) live_shares_hold(book);  // what people are told of changes no share
        };
        desk.after_each = [](const Book& book) {
            for (const AllocationKind kind : {AllocationKind::kPreliminary, AllocationKind::kFinal}) recorded_shares_hold(book, kind);
        };
        three_holders_subscribe(desk);
        RandomCommands(desk).play();
        live_shares_hold(desk.book());
        const Allocation* final = desk.book().allocation(AllocationKind::kFinal);
        allotted += final != nullptr && final->basic_allotted > Shares(0) ? 1 : 0;
        const Allocation* preliminary = desk.book().allocation(AllocationKind::kPreliminary);
        prorated += preliminary != nullptr && preliminary->over_allotted < preliminary->over_requested ? 1 : 0;
    };
    const auto all_met = [&] { return allotted > 0 && prorated > 0; };
    EXPECT_TRUE(rc::check("shares hold at every prefix of a random life", [&] { play_until(all_met, play_a_life); }));
    EXPECT_GT(allotted, 0) << "no life came to a final allocation: the property says little";
    EXPECT_GT(prorated, 0) << "no life had too few shares: the property says little";
}

// ---- refused means nothing changed ----

TEST(RandomLife, what_is_refused_changes_nothing) {
    std::set<Refusal> met;
    const auto play_a_life = [&] {
        WholeDesk desk;
        desk.before_each = [&](Book& book, const std::vector<Event>& events) {
            if (!holds_a<CommandRefused>(events)) return;
            RC_ASSERT(events.size() == 1U);
            met.insert(std::get<CommandRefused>(events.front()).refusal);
            Book after = book;
            evolve(after, events);
            RC_ASSERT(after.entities() == book.entities());
        };
        RandomCommands(desk).play();
    };
    const auto enough_met = [&] { return met.size() > 5; };
    EXPECT_TRUE(rc::check("a refusal is one event, and the book is what it was", [&] { play_until(enough_met, play_a_life); }));
    EXPECT_GT(met.size(), 5U) << "few refusals were met: the property says little";
}

// ---- equal stamps, in any order ----

// What matters in the end of whoever subscribed and of all money, by names that do not depend on the order.
struct Ending {
    Deadline expiration;
    std::map<NoticeId, NoticeStatus> statuses;
    std::map<NoticeId, std::pair<CoverState, std::vector<Missing>>> covers;
    std::map<NoticeId, std::pair<Shares, Shares>> preliminary, final;
    std::map<NoticeId, Funding> fundings;
    std::map<PaymentId, Money> refunds;
    MoneyBooks books;
    bool operator==(const Ending&) const = default;
};

Ending ending_of(const Book& book) {
    Ending ending;
    ending.expiration = book.life()->expiration;
    for (const NoticeId& id : book.notice_ids()) {
        ending.statuses[id] = book.notice(id)->status;
        if (const CoverClock* clock = book.cover(id)) ending.covers[id] = {clock->state, clock->missing};
        if (const Allotment* line = book.allotment(AllocationKind::kPreliminary, id)) ending.preliminary[id] = {line->basic, line->over};
        if (const Allotment* line = book.allotment(AllocationKind::kFinal, id)) ending.final[id] = {line->basic, line->over};
        if (const Funding* funding = book.funding(id)) ending.fundings[id] = *funding;
    }
    for (const PaymentId& id : book.payment_ids()) {
        if (const Refund* refund = book.refund(id)) ending.refunds[id] = refund->amount;
    }
    ending.books = books_of(book);
    return ending;
}

using Told = std::function<void(WholeDesk&)>;

// Four holders of 100, 100, 70 and 30 rights, all stamped alike, asking for more than the 350 offered; the third has no wire in time,
// and one wire is nobody's. Each wire is a feed's own, so that its payment has one name in every order.
std::vector<Told> messages_of_one_instant() {
    std::vector<Told> messages;
    const std::int64_t rights[] = {100, 100, 70, 30};
    for (std::size_t at = 0; at < std::size(rights); ++at) {
        const std::string number = std::to_string(at + 1);
        NoticeBuilder notice = a_notice().id("fax-1", at + 1).named({"Holder " + number}).certificates({"RC-" + number});
        notice.for_shares(rights[at]).and_excess(90).paid_by_wire("Bowery Trust Company", "2002-06-27", "IMAD-" + number);
        messages.push_back([=](WholeDesk& desk) { desk.submit(notice); });
        const bool late = at == 2;
        ConfirmWire wire = a_wire(0, "IMAD-" + number, late ? "2002-06-28T17:00:00.000000001" : "2002-06-27T10:00:00");
        wire.amount = Money((rights[at] + 90) * 200);
        messages.push_back([=](WholeDesk& desk) { desk.say(wire, "bank-1" + number); });
    }
    messages.push_back([](WholeDesk& desk) { desk.say(a_wire(77, "IMAD-OF-NOBODY", "2002-06-27T10:00:00"), "bank-19"); });
    return messages;
}

Ending ending_after(const std::vector<Told>& messages) {
    Terms terms = sample_terms();
    terms.shares_offered = Shares(350);
    WholeDesk desk(terms);
    desk.at("2002-06-27T10:00:00");
    for (const Told& say : messages) say(desk);
    for (const char* id : {"fax-1.1", "fax-1.2", "fax-1.3"}) desk.say(certificates_for(id, 100, "2002-06-28T10:00:00"));
    desk.count().tabulate().settle_everything();
    return ending_of(desk.book());
}

TEST(EqualStamps, end_the_same_in_any_order) {
    const Ending in_order = ending_after(messages_of_one_instant());
    // Preliminary: 230 basic leave 120, as 100 : 100 : 30: 52.17, 52.17 and 15.65. Down to 119; the share left over is fax-1.4's. Finally
    // without fax-1.4, which was not covered: 200 leave 150 for two equal claims of 90 each, 75 each.
    const std::pair<Shares, Shares> both(Shares(100), Shares(75));
    EXPECT_EQ(in_order.preliminary.at("fax-1.4"), std::pair(Shares(30), Shares(16)));
    EXPECT_EQ(in_order.final, (std::map<NoticeId, std::pair<Shares, Shares>>{{"fax-1.1", both}, {"fax-1.2", both}}));
    const bool always = rc::check("messages of one instant end the same in any order", [&] {
        std::vector<Told> messages = messages_of_one_instant();
        for (std::size_t at = messages.size(); at > 1; --at) std::swap(messages[at - 1], messages[*rc::gen::inRange<std::size_t>(0, at)]);
        RC_ASSERT(ending_after(messages) == in_order);
    });
    EXPECT_TRUE(always);
}

// ---- messages that come again ----

struct AgainStory {
    const char* story;
    std::vector<Told> before;
    Told message;
};

// Under a number of its own, so that nobody's receipt answers for it: what it tells of is on file, and counts once.
TEST(MessagesAgain, count_once_under_another_number_too) {
    const ReceiveInstrument check = a_check(2'000, "1044");
    const NoticeBuilder by_check = a_notice().paid_by(check.method, check.number, check.drawee);
    const Told notice = [=, number = std::uint64_t{0}](WholeDesk& desk) mutable { desk.submit(NoticeBuilder(by_check).id("fax-1", ++number)); };
    const Told paper = [=](WholeDesk& desk) { desk.say(check); };
    const Told cleared = [=](WholeDesk& desk) { desk.say(clearance_of(check, "2002-06-28T11:00:00")); };
    const Told bounced = [=](WholeDesk& desk) { desk.say(bounce_of(check, ReturnReason::kNotSufficientFunds, "2002-06-28T12:00:00")); };
    const Told half_the_certificates = [](WholeDesk& desk) {
        DeliverCertificates command = certificates_for("fax-1.1", 500, "2002-06-28T10:00:00");
        command.delivery = "parcel-1";
        desk.say(command);
    };
    const Told unsigned_notice = [](WholeDesk& desk) { desk.submit(a_notice().unsigned_by_holder()); };
    const Told waiver = [](WholeDesk& desk) { desk.propose_waiver("fax-1.1", Reason::kHolderUnsigned, "alice"); };
    const Told extension = [](WholeDesk& desk) { desk.propose_extension("2002-07-03T17:00:00", "alice"); };
    const std::vector<AgainStory> stories = {
        {"a notice", {}, notice},
        {"a wire", {}, [](WholeDesk& desk) { desk.say(a_wire(2'000)); }},
        {"a check", {notice}, paper},
        {"a clearance", {notice, paper}, cleared},
        {"a return", {notice, paper, cleared}, bounced},
        {"a second deposit", {notice, paper, bounced}, [](WholeDesk& desk) { desk.represent("mail-1.1", "alice"); }},
        {"certificates", {notice}, half_the_certificates},
        {"a person's match", {notice, [](WholeDesk& desk) { desk.say(a_wire(77, "IMAD-OF-NOBODY")); }},
         [](WholeDesk& desk) { desk.match("bank-1.1", "fax-1.1", std::nullopt, "alice"); }},
        {"a match taken back", {notice, paper}, [](WholeDesk& desk) { desk.unmatch("mail-1.1", "fax-1.1", "alice"); }},
        {"a cure", {unsigned_notice}, [](WholeDesk& desk) { desk.cure("fax-1.1", Reason::kHolderUnsigned, "", "alice"); }},
        {"a proposed waiver", {unsigned_notice}, waiver},
        {"its approval", {unsigned_notice, waiver}, [](WholeDesk& desk) { desk.approve("waiver-1", "bob"); }},
        {"a rejection", {notice}, [](WholeDesk& desk) { desk.reject("fax-1.1", "alice"); }},
        {"an amendment", {notice}, [](WholeDesk& desk) { desk.amend("fax-1.1", Shares(1'000), Shares(10), "alice"); }},
        {"a proposed extension", {}, extension},
        {"its approval", {extension}, [](WholeDesk& desk) { desk.approve("extension-1", "bob"); }},
    };
    for (const AgainStory& row : stories) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        for (const Told& said : row.before) said(desk);
        const std::size_t before = desk.log().size();
        row.message(desk);
        ASSERT_GT(desk.log().size(), before);
        const Ending once = ending_of(desk.book());
        const std::size_t notices = desk.book().notice_ids().size(), proposals = desk.book().proposal_ids().size();
        const std::size_t certificates = notices == 0 ? 0 : desk.book().notice("fax-1.1")->certificates.size();
        row.message(desk);
        EXPECT_EQ(ending_of(desk.book()), once);
        EXPECT_EQ(desk.book().notice_ids().size(), notices);
        EXPECT_EQ(desk.book().proposal_ids().size(), proposals);
        if (notices > 0) {
            EXPECT_EQ(desk.book().notice("fax-1.1")->certificates.size(), certificates);
        }
    }
}

}  // namespace
}  // namespace rightsdesk::support
