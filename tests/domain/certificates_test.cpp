// Certificates as papers: whose they are, and where they go (rules.md section 5).
#include "domain/certificates.h"

#include <gtest/gtest.h>

#include "domain/contract_reports.h"
#include "domain/receipts.h"
#include "domain/standing.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

const Alert* alert_on_parcel(const WholeDesk& desk, const std::string& cause) {
    const std::uint64_t number = desk.book().open_alert_of(cause);
    return number == 0 ? nullptr : desk.book().alert(number);
}

std::string cell_of(const Table& table, std::size_t row, const std::string& column) {
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
        if (table.columns[at].name != column) continue;
        const auto& value = table.rows.at(row).at(at);
        const auto* number = std::get_if<std::int64_t>(&value);
        return number == nullptr ? std::get<std::string>(value) : std::to_string(*number);
    }
    return "no column " + column;
}

DeliverCertificates certificates_sent_by(const std::string& firm, std::int64_t rights = 1'000, std::string_view stamp = "2002-07-01T10:00:00") {
    DeliverCertificates command = certificates_for("fax-1.1", rights, stamp);
    command.delivery = "parcel-1";
    command.delivered_by = firm;
    return command;
}

// "cover by another participant than the protecting one" (rules.md section 5).
TEST(CoverByAnother, is_told_where_the_firm_is_said_and_is_another_and_counts_all_the_same) {
    struct {
        const char* story;
        NoticeBuilder notice;
        std::string delivered_by;
        bool another;
    } const rows[] = {
        {"the guarantor itself", a_notice(), "Alder & Finch Securities, Inc.", false},
        {"the guarantor, written otherwise", a_notice(), "ALDER AND FINCH SECURITIES INC", false},
        {"the guarantor by an alias of the list", a_notice(), "A&F Securities", false},
        {"the notice by the alias, the parcel by the name", a_notice().guaranteed_by("Alder Finch"), "Alder & Finch Securities, Inc.", false},
        {"nobody said", a_notice(), "", false},
        {"nothing that can be read", a_notice(), " -- ", false},
        {"another firm of the list", a_notice(), "Bowery Trust Company", true},
        {"a firm on no list", a_notice(), "Dock Street Partners", true},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        desk.submit(row.notice);
        desk.say(certificates_sent_by(row.delivered_by));
        const Notice& notice = *desk.book().notice("fax-1.1");
        EXPECT_EQ(notice.certificates.at(0).delivered_by, row.delivered_by);
        EXPECT_EQ(is_from_another(sample_terms(), notice, notice.certificates[0]), row.another);
        EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kComplete) << "who sent them does not matter";
        const Alert* alert = alert_on_parcel(desk, "another/fax-1.1/parcel-1");
        ASSERT_EQ(alert != nullptr, row.another);
        if (alert == nullptr) continue;
        EXPECT_EQ(alert->kind, "covered_by_another");
        EXPECT_EQ(alert->severity, Severity::kInfo);
        EXPECT_NE(alert->what.find(row.delivered_by), std::string::npos) << alert->what;
        EXPECT_NE(alert->whom.find("Alder & Finch"), std::string::npos) << alert->whom;
        EXPECT_NE(alert->next.find("rightsdesk notice show fax-1.1"), std::string::npos) << alert->next;
        EXPECT_EQ(alert->too_late_at, new_york("2002-07-01T17:00:00"));
    }
}

TEST(CoverByAnother, is_not_told_of_what_covers_nothing) {
    struct {
        const char* story;
        std::function<void(WholeDesk&)> before;
        const char* address;
    } const rows[] = {
        {"to an address that is not listed", [](WholeDesk& desk) { desk.submit(a_notice()); }, "1 Elsewhere Road"},
        {"for a notice that names no guarantor", [](WholeDesk& desk) { desk.submit(a_notice().guaranteed_by("")); }, kSampleCourier},
        {"for a notice that was rejected",
         [](WholeDesk& desk) {
             desk.submit(a_notice());
             desk.reject("fax-1.1", "alice");
         },
         kSampleCourier},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        row.before(desk);
        DeliverCertificates command = certificates_sent_by("Bowery Trust Company");
        command.address = row.address;
        desk.say(command);
        EXPECT_EQ(alert_on_parcel(desk, "another/fax-1.1/parcel-1"), nullptr);
    }
}

TEST(CoverByAnother, the_same_parcel_told_again_with_its_firm_counts_once) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(certificates_sent_by("", 500));
    EXPECT_EQ(refusal_of(desk.say(certificates_sent_by("Bowery Trust Company", 500))), Refusal::kNothingToDo);
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kRunning) << "half of it is here";
}

TEST(CoverByAnother, discharges_the_guarantor_in_the_report) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(a_wire(2'000));
    desk.say(certificates_sent_by("Bowery Trust Company", 600));
    const Table half = guarantors_report(desk.book());
    EXPECT_EQ(cell_of(half, 0, "exposure"), "200000") << "half a cover discharges nothing";
    EXPECT_EQ(cell_of(half, 0, "covered_by_another"), "0");
    DeliverCertificates rest = certificates_sent_by("Alder Finch", 400, "2002-07-01T11:00:00");
    rest.delivery = "parcel-2";
    desk.say(rest);
    DeliverCertificates late = certificates_sent_by("Dock Street Partners", 400, "2002-07-01T12:00:00");
    late.delivery = "parcel-3";
    desk.say(late);
    const Table table = guarantors_report(desk.book());
    ASSERT_EQ(table.rows.size(), 1U) << "the firm that covers guarantees nothing";
    EXPECT_EQ(cell_of(table, 0, "guarantor"), "Alder & Finch Securities, Inc.");
    EXPECT_EQ(cell_of(table, 0, "exposure"), "0");
    EXPECT_EQ(cell_of(table, 0, "covered"), "1");
    EXPECT_EQ(cell_of(table, 0, "covered_by_another"), "1");
    EXPECT_EQ(cell_of(table, 0, "covering_firms"), "fax-1.1 by Bowery Trust Company") << "what came after it was complete covers nothing";
}

// ---- going back: "Certificates of a lapsed notice go back, recorded" (rules.md section 5) ----

using ParcelStep = std::function<void(WholeDesk&)>;

void bring_parcel(WholeDesk& desk, std::string_view stamp = "2002-06-27T15:00:00") {
    DeliverCertificates command = certificates_for("fax-1.1", 1'000, stamp);
    command.delivery = "parcel-1";
    desk.say(command);
}

void terminate_by_two(WholeDesk& desk) {
    desk.propose_termination("alice");
    desk.approve("termination-1", "bob");
}

TEST(CertificatesBack, go_where_the_notice_no_longer_counts_and_an_alert_stands_until_they_do) {
    const ParcelStep in_time = [](WholeDesk& desk) { desk.submit(a_notice()); };
    const ParcelStep paid = [](WholeDesk& desk) { desk.say(a_wire(2'000)); };
    const ParcelStep come = [](WholeDesk& desk) { bring_parcel(desk); };
    const ParcelStep come_late = [](WholeDesk& desk) { bring_parcel(desk, "2002-07-02T09:00:00"); };
    const ParcelStep rejected = [](WholeDesk& desk) { desk.reject("fax-1.1", "alice"); };
    const ParcelStep withdrawn = [](WholeDesk& desk) {
        desk.at("2002-06-27T16:00:00").propose_suspension("2002-06-28T12:00:00", "alice");
        desk.approve("suspension-1", "bob");
        desk.withdraw("fax-1.1", "carol");
    };
    const ParcelStep late = [](WholeDesk& desk) { desk.submit(a_notice().received("2002-06-28T17:00:01")); };
    const ParcelStep misdirected = [](WholeDesk& desk) { desk.submit(a_notice().by_fax("+17185550999")); };
    const ParcelStep unsigned_one = [](WholeDesk& desk) { desk.submit(a_notice().unsigned_by_holder()); };
    const ParcelStep other_offering = [](WholeDesk& desk) {
        desk.submit(a_notice().where([](NoticeFields& fields) { fields.issuer = "Common Duck Corporation"; }));
    };
    // While its certificates are waited for the offering is counted and not tabulated.
    const ParcelStep one_more = [](WholeDesk& desk) {
        NoticeBuilder other = a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"}).for_shares(70);
        desk.submit(other.paid_by_wire("Pine Bank", "2002-06-27", "IMAD-2"));
    };
    const ParcelStep counted = [](WholeDesk& desk) { desk.count(); };
    const ParcelStep tabulated = [](WholeDesk& desk) { desk.tabulate(); };
    const ParcelStep terminated = [](WholeDesk& desk) { terminate_by_two(desk); };
    struct {
        const char* story;
        std::vector<ParcelStep> told;
        std::optional<Refusal> refused;
    } const rows[] = {
        {"it is in order", {in_time, come}, Refusal::kTooEarly},
        {"it may be cured", {unsigned_one, come}, Refusal::kTooEarly},
        {"an extension may reach it", {late, come}, Refusal::kTooEarly},
        {"it may reach a listed number", {misdirected, come}, Refusal::kTooEarly},
        {"paid and covered, and counted", {in_time, one_more, paid, come, counted}, Refusal::kTooEarly},
        {"defective, and the offering counted", {unsigned_one, one_more, come, counted}, Refusal::kTooEarly},
        {"not covered in time, not tabulated yet", {in_time, paid, counted, come_late}, Refusal::kTooEarly},
        {"it counts", {in_time, paid, come, counted, tabulated}, Refusal::kNotAllowedByTerms},
        {"rejected afterwards", {in_time, come, rejected}, {}},
        {"rejected before they came", {in_time, rejected, come}, {}},
        {"withdrawn", {in_time, come, withdrawn}, {}},
        {"refused: another offering's", {other_offering, come}, {}},
        {"late, and the offering counted", {late, come, counted}, {}},
        {"misdirected, and the offering counted", {misdirected, come, counted}, {}},
        {"lapsed for want of money", {in_time, come, counted}, {}},
        {"defective to the end", {unsigned_one, come, counted, tabulated}, {}},
        {"the cover missed, and the offering tabulated", {in_time, paid, come_late, counted, tabulated}, {}},
        {"the same, and they came after that", {in_time, paid, counted, tabulated, come_late}, {}},
        {"the offering terminated", {in_time, paid, come, terminated}, {}},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk;
        for (const ParcelStep& told : row.told) told(desk);
        const Alert* alert = alert_on_parcel(desk, "return/fax-1.1/parcel-1");
        ASSERT_EQ(alert != nullptr, !row.refused);
        const auto refused = refusal_of(desk.send_back("fax-1.1", "parcel-1", "courier 7741"));
        EXPECT_EQ(refused, row.refused);
        const auto& received = desk.book().notice("fax-1.1")->certificates.at(0);
        if (row.refused) {
            EXPECT_FALSE(received.returned);
            continue;
        }
        ASSERT_TRUE(received.returned);
        EXPECT_EQ(*received.returned, (CertificatesSentBack{"courier 7741", desk.now()}));
        EXPECT_EQ(alert_on_parcel(desk, "return/fax-1.1/parcel-1"), nullptr) << "resolved";
        EXPECT_EQ(refusal_of(desk.send_back("fax-1.1", "parcel-1")), Refusal::kAlreadyDecided);
    }
}

TEST(CertificatesBack, are_refused_where_nothing_says_what_went_or_how) {
    WholeDesk desk;
    desk.submit(a_notice());
    bring_parcel(desk);
    desk.reject("fax-1.1", "alice");
    EXPECT_EQ(refusal_of(desk.send_back("fax-1.9", "parcel-1")), Refusal::kUnknownNotice);
    EXPECT_EQ(refusal_of(desk.send_back("fax-1.1", "parcel-9")), Refusal::kValueUnusable);
    EXPECT_EQ(refusal_of(desk.send_back("fax-1.1", "parcel-1", "")), Refusal::kValueUnusable);
    EXPECT_FALSE(return_certificates(Book("rare-medium-2002"), ReturnCertificates{}, context("alice", 1, desk.now())).retry_later.empty());
    const Decision decision = desk.send_back("fax-1.1", "parcel-1");
    EXPECT_EQ(names_of(decision), Names{"CertificatesReturned"});
    Record record;
    record.event = decision.events.front();
    const Receipt receipt = receipt_of(record, "rare-medium-2002", 1);
    EXPECT_EQ(receipt.subject, "notice/fax-1.1");
    EXPECT_EQ(receipt.status, "certificates_returned");
}

TEST(CertificatesBack, go_delivery_by_delivery_with_all_that_one_brought) {
    WholeDesk desk;
    desk.submit(a_notice());
    for (const std::int64_t rights : {300, 200}) {
        DeliverCertificates command = certificates_for("fax-1.1", rights, "2002-06-27T15:00:00");
        command.delivery = "parcel-1";
        desk.say(command);
    }
    DeliverCertificates other = certificates_for("fax-1.1", 500, "2002-06-27T16:00:00");
    other.delivery = "parcel-2";
    desk.say(other);
    desk.reject("fax-1.1", "alice");
    const Alert* alert = alert_on_parcel(desk, "return/fax-1.1/parcel-2");
    ASSERT_NE(alert, nullptr);
    EXPECT_EQ(alert->kind, "certificates_to_return");
    EXPECT_EQ(alert->severity, Severity::kWarning);
    EXPECT_NE(alert->next.find("rightsdesk certificates return fax-1.1 --delivery parcel-2"), std::string::npos) << alert->next;
    desk.send_back("fax-1.1", "parcel-1");
    EXPECT_EQ(alert_on_parcel(desk, "return/fax-1.1/parcel-1"), nullptr);
    EXPECT_NE(alert_on_parcel(desk, "return/fax-1.1/parcel-2"), nullptr);
    const auto& all = desk.book().notice("fax-1.1")->certificates;
    EXPECT_TRUE(all.at(0).returned && all.at(1).returned && !all.at(2).returned);
    EXPECT_EQ(certificates_to_return(desk.book()).size(), 1U);
}

TEST(CertificatesBack, stand_in_the_report_of_exceptions_before_and_after) {
    WholeDesk desk;
    desk.submit(a_notice());
    bring_parcel(desk);
    desk.reject("fax-1.1", "alice");
    const auto kinds = [&] {
        Names found;
        const Table table = exceptions_report(desk.book());
        for (std::size_t row = 0; row < table.rows.size(); ++row) found.push_back(cell_of(table, row, "kind") + " " + cell_of(table, row, "why"));
        return found;
    };
    EXPECT_EQ(kinds(), Names({"notice_rejected ", "certificates_to_return parcel-1"}));
    desk.send_back("fax-1.1", "parcel-1", "courier 7741");
    EXPECT_EQ(kinds(), Names({"notice_rejected ", "certificates_returned parcel-1"}));
}

TEST(CertificatesBack, cover_nothing_where_the_notice_comes_to_count_after_all) {
    WholeDesk desk;
    desk.submit(a_notice().by_fax("+17185550999"));
    desk.submit(a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"}));  // waited for: not tabulated at once
    bring_parcel(desk);
    desk.count().send_back("fax-1.1", "parcel-1");
    ASSERT_TRUE(desk.book().notice("fax-1.1")->certificates.at(0).returned);
    // Its original had been mailed in time, and is handed over now.
    desk.submit(a_notice().id("mail-1", 90).by_mail().received("2002-06-28T10:00:00").arrived("2002-06-29T10:00:00"));
    desk.cure("fax-1.1", Reason::kStampGap, "", "alice");
    ASSERT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
    EXPECT_EQ(desk.book().cover("fax-1.1")->missing, (std::vector<Missing>{Missing::kCertificates, Missing::kSignatureGuarantee}));
    DeliverCertificates again = certificates_for("fax-1.1", 1'000, "2002-07-01T10:00:00");
    again.delivery = "parcel-2";
    desk.say(again);
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kComplete);
    EXPECT_FALSE(certificates_went_back(sample_terms(), *desk.book().notice("fax-1.1")));
}

TEST(CertificatesBack, are_not_allotted_where_suspense_pays_for_the_lapsed_notice_afterwards) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(a_wire(2'000, "IMAD-OF-NOBODY"));
    ASSERT_TRUE(desk.book().payments_of("fax-1.1").empty());
    bring_parcel(desk);
    desk.count();
    ASSERT_EQ(desk.book().funding("fax-1.1")->application, Application::kLapsed);
    desk.send_back("fax-1.1", "parcel-1");
    desk.match("bank-1.1", "fax-1.1", std::nullopt, "alice");
    desk.tabulate();
    desk.propose_allocation("alice");
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1"), nullptr);
    EXPECT_EQ(left_out_because(desk.book(), standing_of(desk.book(), *desk.book().notice("fax-1.1")), false),
              "its certificates went back to whom they came from");
}

TEST(CertificatesBack, of_very_many_notices_are_one_alert_until_the_last_went) {
    constexpr std::uint64_t kMany = 1'001;
    std::vector<Event> events;
    for (std::uint64_t number = 1; number <= kMany; ++number) {
        NoticeDecided decided = a_notice().id("fax-1", number).decided();
        CertificatesReceived received;
        received.delivery = "parcel";
        decided.notice.certificates = {received};
        events.emplace_back(std::move(decided));
    }
    Book book = open_book();
    evolve(book, events);
    const auto tell = [&](const Event& event) {
        evolve(book, {event});
        Record record;
        record.event = event;
        evolve(book, alerts_for(book, record, context("notification", 1, new_york("2002-06-27T12:00:00"))).events);
    };
    tell(OfferingTerminated{"termination-1", "withdrawn", new_york("2002-06-27T12:00:00")});
    ASSERT_NE(book.open_alert_of("returns"), 0U);
    EXPECT_EQ(book.open_alert_of("return/fax-1.1/parcel"), 0U);
    EXPECT_NE(book.alert(book.open_alert_of("returns"))->what.find("1,001 deliveries"), std::string::npos);
    for (std::uint64_t number = 1; number <= kMany; ++number) {
        EXPECT_NE(book.open_alert_of("returns"), 0U);
        tell(CertificatesReturned{"fax-1." + std::to_string(number), "parcel", "courier 7741", new_york("2002-06-27T13:00:00")});
    }
    EXPECT_EQ(book.open_alert_of("returns"), 0U);
}

}  // namespace
}  // namespace rightsdesk::support
