// What goes over the wire, to the letter; and that nothing an alert says can end a header's line or begin another.
#include "notification/bodies.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/builders.h"

namespace rightsdesk::notification {
namespace {

using namespace domain;
using support::new_york;

WaySettings a_mail_way() {
    WaySettings way;
    way.way.name = "mail-desk";
    way.from = "rightsdesk@example.com";
    way.to = {"desk@example.com", "night@example.com"};
    way.key = "0123456789abcdef0123456789abcdef";
    return way;
}

Told a_bounce(SendingNews news = SendingNews::kRaised) {
    Told told;
    told.news = news;
    Alert& alert = told.alert;
    alert.number = 17;
    alert.severity = Severity::kCritical;
    alert.kind = "payment_bounced";
    alert.subject = "payment/bank-1.3";
    alert.what = "the bank returned bank-1.3: \xC2\xA7 4, it funded fax-1.7";
    alert.whom = "the guarantor and holder of fax-1.7";
    alert.next = "tell the holder: good funds must be here by 5 p.m.";
    alert.raised_at = new_york("2002-06-27T09:00:00");
    alert.too_late_at = new_york("2002-06-28T17:00:00");
    alert.acknowledge_by = new_york("2002-06-27T09:30:00");
    return told;
}

Sending a_sending(std::size_t items = 1) {
    Sending sending;
    sending.way = "mail-desk";
    sending.number = 5;
    sending.intended_at = new_york("2002-06-27T09:00:00");
    sending.items.resize(items);
    return sending;
}

TEST(MailBody, says_what_whom_what_to_do_and_until_when) {
    EXPECT_EQ(mail_of(a_mail_way(), "o", a_sending(), {a_bounce()}, new_york("2002-06-27T09:00:01")),
              "From: rightsdesk <rightsdesk@example.com>\r\n"
              "To: desk@example.com,\r\n night@example.com\r\n"
              "Subject: [rightsdesk] raised: critical payment_bounced, o #17\r\n"
              "Date: 27 Jun 2002 13:00:01 +0000\r\n"
              "Message-ID: <sending.o.mail-desk.5@example.com>\r\n"
              "References: <alert.o.17@example.com>\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "X-Rightsdesk-Sending: o/mail-desk/5\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n"
              "\r\n"
              "raised: critical payment_bounced, o #17\r\n"
              "\r\n"
              "what         the bank returned bank-1.3: =C2=A7 4, it funded fax-1.7\r\n"
              "of           payment/bank-1.3\r\n"
              "since        2002-06-27T09:00:00 New York\r\n"
              "whom         the guarantor and holder of fax-1.7\r\n"
              "what to do   tell the holder: good funds must be here by 5 p.m.\r\n"
              "too late     2002-06-28T17:00:00 New York\r\n"
              "in hand      nobody yet; somebody must by 2002-06-27T09:30:00 New York\r\n"
              "ends by      its being good, presented again or cleared\r\n"
              "\r\n"
              "Say that you have it in hand:\r\n"
              "  rightsdesk alerts acknowledge 17 --offering o --as YOU\r\n"
              "\r\n"
              "--=20\r\n"
              "sending o/mail-desk/5: one that comes twice bears the same.\r\n"
              "\r\n");
}

// Of the desk itself, as the seat without a store tells it.
Told a_trouble(SendingNews news = SendingNews::kRaised) {
    Told told;
    told.news = news;
    Alert& alert = told.alert;
    alert.severity = Severity::kCritical;
    alert.kind = "store_unreachable";
    alert.subject = "service/intake";
    alert.what = "intake: connection refused";
    alert.next = "see that Redis runs";
    alert.raised_at = new_york("2026-06-26T09:00:00");
    return told;
}

TEST(MailBody, of_a_trouble_of_the_desk_has_no_number_and_one_reference_from_its_beginning_to_its_end) {
    Sending sending = a_sending();
    sending.key = "desk/mail-desk/5/2026-06-26T13:00:00Z";
    const std::string mail = mail_of(a_mail_way(), "desk", sending, {a_trouble()}, new_york("2026-06-26T09:00:01"));
    for (const char* line : {"Subject: [rightsdesk] raised: critical store_unreachable, desk\r\n", "Message-ID: <sending.desk.mail-desk.5.2026-06-26T13.00.00Z@example.com>\r\n",
                             "References: <alert.desk.store_unreachable.2026-06-26T13.00.00Z@example.com>\r\n", "X-Rightsdesk-Sending: desk/mail-desk/5/2026-06-26T13:00:00Z\r\n"}) {
        EXPECT_NE(mail.find(line), std::string::npos) << line << mail;
    }
    EXPECT_EQ(mail.find("alerts acknowledge"), std::string::npos) << "it cannot be acknowledged: it has no number";
    Told over = a_trouble(SendingNews::kResolved);
    over.alert.resolved_at = new_york("2026-06-26T09:10:00");
    EXPECT_NE(mail_of(a_mail_way(), "desk", sending, {over}, new_york("2026-06-26T09:10:01")).find("References: <alert.desk.store_unreachable.2026-06-26T13.00.00Z@example.com>\r\n"), std::string::npos);
}

TEST(MailBody, cannot_be_made_to_say_another_header_or_a_line_too_long) {
    Told told = a_bounce();
    told.alert.kind = "x\r\nBcc: thief@example.com\r\n\r\nbody";
    told.alert.what = std::string(5'000, 'w') + "\r\n.\r\nMAIL FROM:<thief@example.com>";
    told.alert.subject = "payment/\nX-Evil: 1";
    const std::string mail = mail_of(a_mail_way(), "o", a_sending(), {told}, new_york("2002-06-27T09:00:00"));
    const std::string head = mail.substr(0, mail.find("\r\n\r\n"));
    EXPECT_EQ(head.find("\nBcc"), std::string::npos);
    EXPECT_EQ(head.find("\nX-Evil"), std::string::npos);
    EXPECT_NE(head.find("Content-Transfer-Encoding"), std::string::npos) << "the head is whole";
    for (std::size_t at = 0, end = 0; (end = mail.find("\r\n", at)) != std::string::npos; at = end + 2) EXPECT_LE(end - at, 240U);
    for (std::size_t at = mail.find('\n'); at != std::string::npos; at = mail.find('\n', at + 1)) ASSERT_EQ(mail[at - 1], '\r');
}

TEST(MailBody, of_several_says_how_many_of_each_severity_and_each_in_a_line) {
    const std::string mail = mail_of(a_mail_way(), "o", a_sending(2), {a_bounce(), a_bounce(SendingNews::kResolved)}, new_york("2002-06-27T09:00:00"));
    EXPECT_NE(mail.find("Subject: [rightsdesk] 2 together of o: 2 critical, 0 warning, 0 info\r\n"), std::string::npos);
    EXPECT_NE(mail.find("resolved: critical payment_bounced, o #17\r\n"), std::string::npos);
    EXPECT_EQ(mail.find("References"), std::string::npos);
}

TEST(WebhookBody, is_of_a_documented_shape_and_signed_as_its_receiver_computes_it) {
    const std::string body = webhook_of("o", a_sending(), {a_bounce()});
    const auto json = nlohmann::json::parse(body);
    EXPECT_EQ(json.at("schema_version"), 1);
    EXPECT_EQ(json.at("sending"), "o/mail-desk/5");
    EXPECT_EQ(json.at("items").at(0).at("news"), "raised");
    const auto& alert = json.at("items").at(0).at("alert");
    EXPECT_EQ(alert.at("topic"), "alert/o/critical/payment_bounced/");
    EXPECT_EQ(alert.at("too_late_at"), "2002-06-28T21:00:00Z");
    EXPECT_TRUE(alert.at("resolved_at").is_null());
    EXPECT_EQ(body, webhook_of("o", a_sending(), {a_bounce()})) << "a repeat is the same";
    // printf '1025182800.{}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    EXPECT_EQ(signature_of(a_mail_way().key, 1'025'182'800, "{}"), "v1=3cdf00d3a74872a008c5454202eb18382aec643936bc502c7131f59cc2511412");
    EXPECT_NE(signature_of(a_mail_way().key, 1'025'182'801, "{}"), signature_of(a_mail_way().key, 1'025'182'800, "{}")) << "the time is signed too";
}

TEST(AlertmanagerBody, has_labels_that_stay_and_an_end_that_moves_while_it_stands) {
    WaySettings way = a_mail_way();
    way.runbook = "https://wiki.example.com/desk";
    Told told = a_bounce();
    const auto standing = nlohmann::json::parse(alertmanager_of(way, "o", {told}, new_york("2002-06-27T10:00:00"))).at(0);
    told.alert.resolved_at = new_york("2002-06-27T11:00:00");
    told.alert.owner = "bob";
    const auto resolved = nlohmann::json::parse(alertmanager_of(way, "o", {told}, new_york("2002-06-27T12:00:00"))).at(0);
    EXPECT_EQ(standing.at("labels"), resolved.at("labels"));
    EXPECT_EQ(standing.at("labels").at("alertname"), "payment_bounced");
    EXPECT_EQ(standing.at("startsAt"), "2002-06-27T13:00:00Z");
    EXPECT_EQ(standing.at("endsAt"), "2002-06-27T14:03:00Z");
    EXPECT_EQ(resolved.at("endsAt"), "2002-06-27T15:00:00Z");
    EXPECT_EQ(standing.at("annotations").at("runbook_url"), "https://wiki.example.com/desk#payment_bounced");
}

}  // namespace
}  // namespace rightsdesk::notification
