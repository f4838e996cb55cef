// Certificates as papers: whose they are, and where they go (rules.md section 5).
#include "domain/certificates.h"

#include <gtest/gtest.h>

#include "domain/contract_reports.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

const Alert* open_alert_on(const WholeDesk& desk, const std::string& cause) {
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
        const Alert* alert = open_alert_on(desk, "another/fax-1.1/parcel-1");
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
        EXPECT_EQ(open_alert_on(desk, "another/fax-1.1/parcel-1"), nullptr);
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

}  // namespace
}  // namespace rightsdesk::support
