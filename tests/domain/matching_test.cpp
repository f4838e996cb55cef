// Whose money it is, strongest evidence first, and what waits in suspense with whom and why (rules.md section 3, "Matching").
#include "domain/matching.h"

#include <gtest/gtest.h>

#include <functional>

#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

constexpr const char* kUniqueReference = "8a562c67-ca16-48ba-b074-65581be6f001";

// What the book says of the only payment: the evidence, or what the nearest notice fell short in.
std::string said_of(const Book& book, const PaymentId& id) {
    const Payment& payment = *book.payment(id);
    if (!payment.matches.empty()) return payment.matches.front().notice + " by " + to_text(payment.matches.front().evidence);
    std::string text = "waits:";
    for (const Candidate& candidate : payment.candidates) {
        text += " " + candidate.notice;
        for (const Unmatched reason : candidate.fell_short) text += " " + to_text(reason);
    }
    return text;
}

void without_confirmation(NoticeFields& fields) { fields.confirmation_number.reset(); }

struct WireRow {
    const char* story;
    std::function<void(NoticeFields&)> notice;
    std::function<void(ConfirmWire&)> wire;
    const char* said;
};

// The notice: $2,000.00 from Bowery Trust Company on 27 June, confirmation number 20020627L1B7032R000142.
TEST(Matching, of_a_wire_goes_by_the_strongest_evidence) {
    const auto as_it_is = [](auto&) {};
    const auto elsewhere = [](ConfirmWire& wire) {
        wire.institution = "Pine Bank";
        wire.value_date = day("2002-06-26");
        wire.references.imad = "20020626MMQFMPNJ000042";
    };
    const std::vector<WireRow> rows = {
        {"the confirmation number with the amount", as_it_is,
         [](ConfirmWire& wire) { wire.institution = "Pine Bank", wire.value_date = day("2002-06-26"); },
         "fax-1.1 by confirmation_number"},
        {"the amount alone", as_it_is, elsewhere, "waits: fax-1.1 institution_differs date_differs confirmation_differs"},
        {"the confirmation number, all agreeing", as_it_is, as_it_is, "fax-1.1 by confirmation_number"},
        {"short by a bank's fee of $15.00, with the institution and date as witnesses", as_it_is,
         [](ConfirmWire& wire) { wire.amount = Money(198'500); },
         "fax-1.1 by confirmation_number"},
        {"the confirmation number and nothing else", as_it_is,
         [](ConfirmWire& wire) { wire.amount = Money(1'234), wire.institution = "Pine Bank", wire.value_date = day("2002-06-26"); },
         "waits: fax-1.1 amount_differs institution_differs date_differs"},
        {"a UETR stated as the confirmation number", [](NoticeFields& fields) { fields.confirmation_number = kUniqueReference; },
         [](ConfirmWire& wire) { wire.references.uetr = kUniqueReference; }, "fax-1.1 by unique_reference"},
        {"the notice's id in the remittance text, with the amount", without_confirmation,
         [&](ConfirmWire& wire) { elsewhere(wire), wire.remittance = "RIGHTS OFFERING, notice fax-1.1."; }, "fax-1.1 by notice_reference"},
        {"the notice's id, with another amount", without_confirmation,
         [&](ConfirmWire& wire) { elsewhere(wire), wire.amount = Money(200'001), wire.remittance = "fax-1.1"; },
         "waits: fax-1.1 amount_differs institution_differs date_differs"},
        {"amount, institution and date", without_confirmation, as_it_is, "fax-1.1 by exact_amount"},
        {"amount and institution, another date", without_confirmation, [](ConfirmWire& wire) { wire.value_date = day("2002-06-26"); },
         "waits: fax-1.1 date_differs"},
        {"amount and date, another institution", without_confirmation, [](ConfirmWire& wire) { wire.institution = "Pine Bank"; },
         "waits: fax-1.1 institution_differs"},
        {"institution and date, a cent less", without_confirmation, [](ConfirmWire& wire) { wire.amount = Money(199'999); },
         "waits: fax-1.1 amount_differs"},
        {"amount, institution and date, but another confirmation number", as_it_is,
         [](ConfirmWire& wire) { wire.references.imad = "20020627MMQFMPNJ000042"; }, "waits: fax-1.1 confirmation_differs"},
        {"a confirmation number that was misread, with amount and date", [](NoticeFields& fields) { fields.confirmation_number = "2OO20627LIB7O32ROOO142"; },
         [](ConfirmWire& wire) { wire.institution = "Pine Bank"; }, "fax-1.1 by exact_amount"},
        {"a misread number, on another day", [](NoticeFields& fields) { fields.confirmation_number = "2OO20627LIB7O32ROOO142"; },
         [](ConfirmWire& wire) { wire.institution = "Pine Bank", wire.value_date = day("2002-06-26"); }, "waits: fax-1.1 institution_differs date_differs confirmation_differs"},
        {"a misread number, a cent less", [](NoticeFields& fields) { fields.confirmation_number = "2OO20627LIB7O32ROOO142"; },
         [](ConfirmWire& wire) { wire.amount = Money(199'999); }, "waits: fax-1.1 amount_differs confirmation_differs"},
        {"a certificate's number in the remittance text, with the amount",
         [](NoticeFields& fields) { fields.confirmation_number.reset(), fields.certificate_numbers = {"RM-4711"}; },
         [&](ConfirmWire& wire) { elsewhere(wire), wire.remittance = "CERT RM-4711 RIGHTS"; }, "fax-1.1 by notice_reference"},
        {"a certificate's number, with another amount",
         [](NoticeFields& fields) { fields.confirmation_number.reset(), fields.certificate_numbers = {"RM-4711"}; },
         [&](ConfirmWire& wire) { elsewhere(wire), wire.amount = Money(200'001), wire.remittance = "CERT RM-4711"; },
         "waits: fax-1.1 amount_differs institution_differs date_differs"},
        {"the holder's name alone", without_confirmation, [&](ConfirmWire& wire) { elsewhere(wire), wire.amount = Money(77); },
         "waits:  no_candidate"},
    };
    for (const WireRow& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        desk.submit(a_notice().where(row.notice));
        ConfirmWire wire = a_wire(2'000);
        row.wire(wire);
        desk.say(wire);
        EXPECT_EQ(said_of(desk.book(), "bank-1.1"), row.said);
        EXPECT_EQ(desk.book().unmatched_payments().empty(), std::string(row.said).starts_with("fax"));
    }
}

struct PaperRow {
    const char* story;
    std::function<void(ReceiveInstrument&)> check;
    const char* said;
};

// The notice: check 1044 of $2,000.00 drawn on Albany Savings Bank.
TEST(Matching, of_a_check_goes_by_its_number_with_drawee_or_amount) {
    const std::vector<PaperRow> rows = {
        {"number, drawee and amount", [](ReceiveInstrument&) {}, "fax-1.1 by instrument_number"},
        {"number and drawee, another amount", [](ReceiveInstrument& check) { check.amount = Money(198'500); }, "fax-1.1 by instrument_number"},
        {"number and amount, another drawee", [](ReceiveInstrument& check) { check.drawee = "Pine Bank"; }, "fax-1.1 by instrument_number"},
        {"the number alone: every bank has a check 1044", [](ReceiveInstrument& check) { check.drawee = "Pine Bank", check.amount = Money(77); },
         "waits: fax-1.1 amount_differs institution_differs"},
        {"the notice's id written on it, with the amount",
         [](ReceiveInstrument& check) { check.number = "9", check.drawee = "Pine Bank", check.notice_reference = "fax-1.1"; },
         "fax-1.1 by notice_reference"},
        {"drawee and amount, but another number than the notice states", [](ReceiveInstrument& check) { check.number = "1045"; },
         "waits: fax-1.1 instrument_differs"},
    };
    for (const PaperRow& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        desk.submit(a_notice().paid_by(PaymentMethod::kCertifiedCheck, "1044", "Albany Savings Bank"));
        ReceiveInstrument check = a_check(2'000, "1044", PaymentMethod::kCertifiedCheck);
        row.check(check);
        desk.say(check);
        EXPECT_EQ(said_of(desk.book(), "mail-1.1"), row.said);
    }
    WholeDesk desk;
    desk.submit(a_notice().paid_by(PaymentMethod::kCertifiedCheck, "", "Albany Savings Bank").where([](NoticeFields& fields) {
        fields.instrument_number.reset();
    }));
    desk.say(a_check(2'000, "1044", PaymentMethod::kCertifiedCheck));
    EXPECT_EQ(said_of(desk.book(), "mail-1.1"), "fax-1.1 by exact_amount") << "no number stated: drawee and amount of exactly one open notice";
}

NoticeBuilder second_notice() { return a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"}); }

TEST(Matching, the_stronger_evidence_wins_over_the_weaker) {
    WholeDesk desk;
    desk.submit(a_notice().where([](NoticeFields& fields) { fields.basic_shares = Shares(900), fields.aggregate_cents = Money(180'000); }));
    desk.submit(second_notice().where(without_confirmation));
    ConfirmWire wire = a_wire(2'000);  // the number is fax-1.1's; amount, institution, date and remittance are fax-1.2's
    wire.remittance = "fax-1.2";
    desk.say(wire);
    EXPECT_EQ(said_of(desk.book(), "bank-1.1"), "fax-1.1 by confirmation_number");
}

TEST(Matching, exactly_one_notice_or_none) {
    WholeDesk two;
    two.submit(a_notice().where(without_confirmation));
    two.submit(second_notice().where(without_confirmation));
    two.say(a_wire(2'000));
    EXPECT_EQ(said_of(two.book(), "bank-1.1"), "waits: fax-1.1 several_candidates fax-1.2 several_candidates");

    WholeDesk paid;
    paid.submit(a_notice().where(without_confirmation));
    paid.say(a_wire(2'000, "IMAD-1"));
    paid.submit(second_notice().where(without_confirmation));
    paid.say(a_wire(2'000, "IMAD-2"));
    EXPECT_EQ(said_of(paid.book(), "bank-1.2"), "fax-1.2 by exact_amount") << "fax-1.1 is not open: it is paid";
}

// An undated form that comes by fax and by mail is two notices until a person has answered whether it is one. Its money finds the earlier whether
// it was looked for before the later came or only afterwards.
TEST(Matching, what_may_be_a_notice_over_again_has_no_claim_beside_it) {
    struct Row {
        const char* story;
        std::int64_t dollars;
        bool answered;  // they are two accounts alike
        const char* said;
    };
    const std::vector<Row> rows = {
        {"what it asks for", 2'000, false, "fax-1.1 by confirmation_number"},
        {"short by a bank's fee", 1'985, false, "fax-1.1 by confirmation_number"},
        {"for both, it may be", 4'000, false, "waits: fax-1.1 amount_differs several_candidates mail-1.2 amount_differs several_candidates"},
        {"two accounts alike", 2'000, true, "waits: fax-1.1 several_candidates mail-1.2 several_candidates"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        desk.submit(a_notice().undated());
        desk.submit(a_notice().undated().id("mail-1", 2));
        ASSERT_EQ(desk.book().notice("mail-1.2")->possible_duplicate_of, "fax-1.1");
        if (row.answered) desk.cure("mail-1.2", Reason::kPossibleDuplicate, "", "alice");
        desk.say(a_wire(row.dollars));
        EXPECT_EQ(said_of(desk.book(), "bank-1.1"), row.said);
    }
}

// Waiting money finds no notice once the offering is over; nor does money find one that came then, whichever of the two is first.
TEST(Matching, a_notice_that_comes_after_the_end_gets_no_money) {
    for (const bool notice_first : {true, false}) {
        WholeDesk desk;
        desk.submit(second_notice().paid_by_wire("Pine Bank", "2002-06-28", "IMAD-2"));
        desk.at("2002-06-28T10:00:00").propose_termination("alice");
        desk.approve("termination-1", "bob");
        desk.at("2002-06-28T11:00:00");
        const NoticeBuilder late = a_notice().received("2002-06-28T11:00:00");
        if (notice_first) desk.submit(late);
        desk.say(a_wire(2'000));
        if (!notice_first) desk.submit(late);
        EXPECT_TRUE(desk.book().payment("bank-1.1")->matches.empty()) << notice_first;
        EXPECT_EQ(desk.book().payment("bank-1.1")->refundable, Money(200'000));
        desk.say(a_wire(2'000, "IMAD-2"));
        EXPECT_EQ(said_of(desk.book(), "bank-1.2"), "fax-1.2 by confirmation_number") << "it was there before";
    }
}

TEST(Matching, one_notice_may_need_several_payments) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(a_wire(1'200));
    desk.say(a_wire(800, "IMAD-2"));
    EXPECT_EQ(said_of(desk.book(), "bank-1.1"), "fax-1.1 by confirmation_number");
    EXPECT_EQ(said_of(desk.book(), "bank-1.2"), "waits: fax-1.1 amount_differs confirmation_differs");
    EXPECT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(120'000));
    desk.match("bank-1.2", "fax-1.1", std::nullopt, "alice");
    EXPECT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(200'000));
}

TEST(Matching, what_waits_names_the_nearest_first_and_why_each_fell_short) {
    WholeDesk desk;
    desk.submit(a_notice().where(without_confirmation));                                                       // all but the amount
    desk.submit(second_notice().for_shares(500).paid_by_wire("Pine Bank", "2002-06-26", "IMAD-2"));  // nothing but the amount
    desk.say(a_wire(1'000));
    EXPECT_EQ(said_of(desk.book(), "bank-1.1"), "waits: fax-1.1 amount_differs fax-1.2 institution_differs date_differs confirmation_differs");
    EXPECT_NE(desk.book().open_alert_of("unmatched/bank-1.1"), 0U);
}

}  // namespace
}  // namespace rightsdesk::support
