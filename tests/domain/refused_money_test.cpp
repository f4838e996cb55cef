// Money that the terms do not take: in another currency, drawn to another payee, by a method, from a firm or on a bank abroad that they leave out. It is
// refused, and because the check or the credit is there all the same, somebody is told (rules.md section 3).
#include <gtest/gtest.h>

#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

struct RefusedRow {
    const char* sentence;
    std::variant<ConfirmWire, ReceiveInstrument> money;
    Refusal refusal;
    const char* told;  // in the alert
};

template <class Change>
ConfirmWire wire_with(Change change) {
    ConfirmWire wire = a_wire(2'000);
    change(wire);
    return wire;
}
template <class Change>
ReceiveInstrument check_with(Change change, PaymentMethod method = PaymentMethod::kCertifiedCheck) {
    ReceiveInstrument check = a_check(2'000, "1044", method);
    change(check);
    return check;
}

// Wires and certified checks from eligible firms only; no money orders.
Terms narrow_terms() {
    Terms terms = sample_terms();
    for (MethodTerms& row : terms.payment) {
        if (row.method == PaymentMethod::kWire || row.method == PaymentMethod::kCertifiedCheck) row.from = PaymentUser::kGuarantors;
        if (row.method == PaymentMethod::kMoneyOrder) row.deemed_received = DeemedReceived::kRefused;
    }
    terms.guarantors[1].valid_to = day("2002-06-26");  // Bowery Trust Company
    return terms;
}

TEST(RefusedMoney, is_in_no_book_and_somebody_is_told) {
    const std::vector<RefusedRow> rows = {
        {"a wire in another currency", wire_with([](auto& wire) { wire.currency = "CAD"; }), Refusal::kCurrencyDiffers, "(CAD)"},
        {"a check in another currency", check_with([](auto& check) { check.currency = "CAD"; check.drawee = "A&F Securities"; }), Refusal::kCurrencyDiffers, "(CAD)"},
        {"a check to another payee", check_with([](auto& check) { check.payee = "Rare Medium Group, Inc."; }), Refusal::kPayeeDiffers,
         "American Stock Transfer & Trust Company"},
        {"a money order", check_with([](auto&) {}, PaymentMethod::kMoneyOrder), Refusal::kMethodNotAccepted, "money_order"},
        {"a wire from a firm on no list", wire_with([](auto& wire) { wire.institution = "Pine Bank"; }), Refusal::kMethodNotAccepted, "Pine Bank, which is unknown"},
        {"a wire from an ineligible firm", wire_with([](auto& wire) { wire.institution = "Cedar Street Brokers LLC"; }), Refusal::kMethodNotAccepted,
         "Cedar Street Brokers LLC, which is ineligible"},
        {"a wire from a firm that is on the list no more", wire_with([](auto&) {}), Refusal::kMethodNotAccepted, "Bowery Trust Company, which is unknown"},
        {"a wire that names nobody", wire_with([](auto& wire) { wire.institution.clear(); }), Refusal::kMethodNotAccepted, "a firm that is not named"},
        {"a certified check drawn on a firm on no list", check_with([](auto&) {}), Refusal::kMethodNotAccepted, "Albany Savings Bank, which is unknown"},
    };
    for (const RefusedRow& row : rows) {
        WholeDesk desk(narrow_terms());
        const Decision decision = std::visit([&](const auto& money) { return desk.say(money); }, row.money);
        EXPECT_EQ(refusal_of(decision), row.refusal) << row.sentence;
        EXPECT_TRUE(desk.book().payment_ids().empty()) << row.sentence;
        const std::string cause = "turned_away/" + find_event<CommandRefused>(decision)->subject;
        const Alert* alert = desk.book().alert(desk.book().open_alert_of(cause));
        ASSERT_NE(alert, nullptr) << row.sentence;
        EXPECT_EQ(alert->kind, "payment_refused") << row.sentence;
        EXPECT_NE(alert->what.find(row.told), std::string::npos) << row.sentence << ": " << alert->what;
    }
}

// Section 3: "Checks must be drawn in US dollars on a US bank".
TEST(RefusedMoney, is_drawn_abroad_where_the_terms_want_us_banks) {
    struct {
        const char* country;
        DrawnOn terms;
        bool taken;
    } const rows[] = {
        {"US", DrawnOn::kUsBanks, true},
        {"U.S.A.", DrawnOn::kUsBanks, true},
        {"United States", DrawnOn::kUsBanks, true},
        {"", DrawnOn::kUsBanks, true},  // nobody said where: it is not presumed to be abroad
        {"CA", DrawnOn::kUsBanks, false},
        {"United Kingdom", DrawnOn::kUsBanks, false},
        {"CA", DrawnOn::kAnywhere, true},
    };
    for (const auto& row : rows) {
        for (const PaymentMethod method : {PaymentMethod::kUncertifiedCheck, PaymentMethod::kCertifiedCheck, PaymentMethod::kBankDraft, PaymentMethod::kMoneyOrder}) {
            SCOPED_TRACE(std::string(row.country) + ", " + to_text(method));
            Terms terms = sample_terms();
            terms.drawn_on = row.terms;
            WholeDesk desk(terms);
            const Decision decision = desk.say(check_with([&](auto& check) { check.drawee_country = row.country; }, method));
            EXPECT_EQ(refusal_of(decision), row.taken ? std::nullopt : std::optional(Refusal::kMethodNotAccepted));
            const Alert* alert = desk.book().alert(desk.book().open_alert_of("turned_away/payment/mail-1.1"));
            ASSERT_EQ(alert == nullptr, row.taken);
            if (alert == nullptr) continue;
            EXPECT_EQ(alert->kind, "payment_refused");
            EXPECT_NE(alert->what.find(to_text(method) + " drawn on Albany Savings Bank in " + row.country), std::string::npos) << alert->what;
        }
    }
}

TEST(RefusedMoney, an_eligible_firm_pays_under_any_of_its_names) {
    for (const char* name : {"Alder & Finch Securities, Inc.", "ALDER FINCH", "A&F Securities"}) {
        WholeDesk desk(narrow_terms());
        EXPECT_EQ(refusal_of(desk.say(wire_with([&](auto& wire) { wire.institution = name; }))), std::nullopt) << name;
        EXPECT_EQ(refusal_of(desk.say(check_with([&](auto& check) { check.drawee = name; }))), std::nullopt) << name;
        EXPECT_EQ(refusal_of(desk.say(check_with([](auto& check) { check.number = "77"; }, PaymentMethod::kUncertifiedCheck))), std::nullopt) << "anyone may send these";
    }
}

TEST(RefusedMoney, a_further_message_of_money_on_file_need_not_name_the_firm) {
    WholeDesk desk(narrow_terms());
    desk.say(wire_with([](auto& wire) { wire.institution = "Alder Finch"; }));
    EXPECT_EQ(names_of(desk.say(wire_with([](auto& wire) { wire.institution.clear(); }))), Names({"PaymentLinked"}));
}

TEST(RefusedMoney, what_is_no_money_is_the_senders_own_mistake) {
    WholeDesk desk;
    const Decision decision = desk.say(a_wire(0));
    EXPECT_EQ(refusal_of(decision), Refusal::kAmountUnusable);
    EXPECT_EQ(desk.book().last_alert(), 0U);
}

}  // namespace
}  // namespace rightsdesk::support
