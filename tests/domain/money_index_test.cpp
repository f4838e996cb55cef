// The index that saves comparing every payment with every notice leaves nobody out whom evidence could name, and is the same
// kept as made anew.
#include "domain/money_index.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "domain/folded_text.h"
#include "domain/matching.h"
#include "domain/payment_identity.h"
#include "domain/random_commands.h"

namespace rightsdesk::support {
namespace {

bool is_one_of(const std::optional<std::string>& stated, std::initializer_list<std::string> borne) {
    if (!stated || !is_reference(*stated)) return false;
    return std::any_of(borne.begin(), borne.end(), [&](const std::string& number) { return is_reference(number) && folded(number) == folded(*stated); });
}

// Compared as one would without an index (rules.md section 3, "Matching").
bool bears_its_number(const Notice& notice, const Payment& payment) {
    const PaymentReferences& borne = payment.references;
    return is_one_of(notice.content.confirmation_number, {borne.imad, borne.uetr}) || is_one_of(notice.content.instrument_number, {borne.instrument_number}) ||
           borne.notice_reference == notice.id;
}
bool agrees_in_amount_and_institution(const Terms& terms, const Notice& notice, const Payment& payment) {
    const auto& institution = payment.method == PaymentMethod::kWire ? notice.content.transferor_institution : notice.content.drawee;
    const bool amount = payment.amount == amount_due(terms, notice) || payment.amount == notice.content.aggregate_cents;
    return amount && institution && folded(*institution) == folded(payment.institution);
}

bool waits(const Payment& payment) { return may_be_matched(payment) && payment.matches.empty(); }

void nobody_is_left_out(const Book& book) {
    if (book.life() == nullptr) return;
    const Terms& terms = book.life()->terms;
    const MoneyIndex& index = book.money_index();
    for (const PaymentId& id : book.payment_ids()) {
        const Payment& payment = *book.payment(id);
        const auto numbered = index.with_its_number(payment);
        const auto agreeing = index.with_amount_and_institution(payment, terms.subscription_price);
        for (const NoticeId& notice_id : book.notice_ids()) {
            const Notice& notice = *book.notice(notice_id);
            const bool by_number = bears_its_number(notice, payment);
            const bool by_both = agrees_in_amount_and_institution(terms, notice, payment);
            RC_ASSERT(!by_number || numbered.contains(notice_id));
            RC_ASSERT(!by_both || agreeing.contains(notice_id));
            if (waits(payment) && (by_number || by_both)) RC_ASSERT(index.waiting_for(notice, amount_due(terms, notice)).contains(id));
        }
    }
}

void it_is_as_if_made_anew(const Book& book) {
    Book anew(book.log());
    for (const auto& [name, entity] : book.entities()) {
        if (const auto* notice = std::get_if<Notice>(&entity)) evolve(anew, {NoticeDecided{*notice, {}}});
        if (const auto* payment = std::get_if<Payment>(&entity)) evolve(anew, {PaymentAdvised{*payment, "", {}}});
    }
    const Money price = book.life()->terms.subscription_price;
    for (const PaymentId& id : book.payment_ids()) {
        const Payment& payment = *book.payment(id);
        RC_ASSERT(book.money_index().with_its_number(payment) == anew.money_index().with_its_number(payment));
        RC_ASSERT(book.money_index().with_amount_or_institution(payment, price, 3) == anew.money_index().with_amount_or_institution(payment, price, 3));
    }
    for (const NoticeId& id : book.notice_ids()) {
        const Notice& notice = *book.notice(id);
        RC_ASSERT(book.money_index().waiting_for(notice, Money(20'000)) == anew.money_index().waiting_for(notice, Money(20'000)));
    }
}

TEST(MoneyIndex, leaves_nobody_out_whom_evidence_could_name_at_every_prefix_of_a_random_life) {
    EXPECT_TRUE(rc::check("nobody is left out", [] {
        WholeDesk desk(some_terms());
        desk.after_each = nobody_is_left_out;
        RandomCommands(desk).play();
        it_is_as_if_made_anew(desk.book());
    }));
}

TEST(MoneyIndex, forgets_what_was_only_on_trial) {
    WholeDesk desk;
    desk.say(a_wire(2'000));
    ASSERT_EQ(desk.book().money_index().with_its_number(*desk.book().payment("bank-1.1")).size(), 0U);
    Book book = desk.book();
    Folding folding(book);
    folding.apply(a_notice().decided());
    EXPECT_EQ(book.money_index().with_its_number(*book.payment("bank-1.1")), std::set<NoticeId>({"fax-1.1"}));
    folding.undo();
    EXPECT_EQ(book.money_index().with_its_number(*book.payment("bank-1.1")), std::set<NoticeId>());
}

// A bulk payment of one bank among many of the same: who merely resembles is looked at up to a bound.
TEST(MoneyIndex, looks_at_so_many_who_merely_resemble) {
    MoneyIndex index;
    for (int number = 1; number <= 50; ++number) {
        index.put(a_notice().id("fax-1", static_cast<std::uint64_t>(number)).paid_by_wire("Bowery Trust Company", "2002-06-27", "N-" + std::to_string(number)).decided().notice);
    }
    Payment payment;
    payment.amount = Money(200'000);
    payment.institution = "BOWERY TRUST COMPANY";
    payment.references.imad = "n-7";
    EXPECT_EQ(index.with_its_number(payment), std::set<NoticeId>({"fax-1.7"}));
    EXPECT_EQ(index.with_amount_and_institution(payment, Money(200)).size(), 50U);
    EXPECT_EQ(index.with_amount_or_institution(payment, Money(200), 10).size(), 10U);
}

}  // namespace
}  // namespace rightsdesk::support
