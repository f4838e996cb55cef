// Envelopes to items: what each part becomes, under which stamp, channel, address and delivery id.
#include "mail_gateway/mail_items.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "documents/documents.h"
#include "domain/civil.h"
#include "mail_gateway/scripted_pages.h"
#include "support/builders.h"
#include "support/filled_form.h"
#include "support/mails.h"

namespace rightsdesk::mail_gateway {
namespace {

using support::a_mail;

const std::string kScanned = "2002-06-26T10:15:00-04:00";

class MailItemsTest : public testing::Test {
protected:
    MailItems take(const support::Mail& mail, bool mail_room = false) { return take_octets(mail.made(), mail_room); }
    MailItems take_octets(const std::string& message, bool mail_room = false) {
        received = {std::string(64, 'a'), domain::parse_instant("2002-06-26T15:00:00Z").value(), "lmtp", mail_room, "ops@broker.example", {"notices@agent.example"}, message};
        return items_of(received, read_mime(message), pages, "mail-1");
    }
    static const domain::SubmitNotice& notice(const MailItem& item) { return std::get<domain::SubmitNotice>(item.sent.command); }

    ScriptedPages pages;
    ReceivedMail received;
};

TEST_F(MailItemsTest, an_attachment_that_is_read_is_a_notice_with_its_fields) {
    domain::NoticeFields fields;
    fields.guarantor_name = "Harbor Securities Corp.";
    pages.readings[support::a_pdf()] = {reading::Verdict::kRead, "", "the form", fields, {}, {}, ""};
    const auto made = take(a_mail().text("see attached").pdf("notice.pdf"));
    ASSERT_EQ(made.items.size(), 1U);
    EXPECT_EQ(made.items[0].name, "2");
    EXPECT_EQ(made.items[0].sent.door, domain::ServiceName::kIntake);
    const auto& sent = notice(made.items[0]);
    EXPECT_EQ(sent.document.value, support::a_pdf());
    EXPECT_EQ(sent.sha256, base::sha256_hex(support::a_pdf()));
    EXPECT_EQ(sent.media_type, "application/pdf");
    EXPECT_EQ(sent.keyed, fields);
    ASSERT_TRUE(sent.reading);
    EXPECT_TRUE(sent.reading->certain);
    EXPECT_EQ(sent.reading->layout, "the form");
    EXPECT_EQ(sent.channel, domain::Channel::kMail);
    EXPECT_EQ(sent.address, "notices@agent.example");
    EXPECT_EQ(sent.stamp, received.stamp);
    EXPECT_EQ(sent.delivery, "mail-1-aaaaaaaaaaaa");
    EXPECT_EQ(made.parts[0]["became"], "nothing");
    EXPECT_EQ(made.parts[1]["became"], "a notice");
}

TEST_F(MailItemsTest, an_attachment_that_is_not_certain_waits_to_be_keyed) {
    domain::NoticeFields certain;
    certain.dated = domain::parse_date("2002-06-26").value();
    for (const auto verdict : {reading::Verdict::kNeedsKeying, reading::Verdict::kNotOurs, reading::Verdict::kNotANotice}) {
        pages.readings[support::a_tiff()] = {verdict, "smudged", "the form", certain, {}, {"rights_held"}, ""};
        const auto made = take(a_mail().tiff("notice.tif"));
        ASSERT_EQ(made.items.size(), 1U);
        const auto& sent = notice(made.items[0]);
        EXPECT_EQ(sent.document.value, support::a_tiff());
        ASSERT_TRUE(sent.reading);
        EXPECT_FALSE(sent.reading->certain);
        EXPECT_NE(sent.reading->reason.find("smudged"), std::string::npos);
        EXPECT_EQ(sent.keyed.has_value(), verdict == reading::Verdict::kNeedsKeying) << "what is certain of a notice of ours, and nothing of what is none";
    }
}

TEST_F(MailItemsTest, an_attachment_that_no_reader_can_read_waits_for_a_person) {
    const auto made = take(a_mail().tiff("notice.tif"));
    ASSERT_EQ(made.items.size(), 1U);
    ASSERT_TRUE(notice(made.items[0]).reading);
    EXPECT_FALSE(notice(made.items[0]).reading->certain);
    EXPECT_EQ(notice(made.items[0]).reading->reason, "no page reader could read it (the test has no reading of it)");
}

TEST_F(MailItemsTest, a_text_that_is_the_form_is_a_notice) {
    const std::string form = support::fill_form(7).text;
    const auto made = take(a_mail().text(form));
    ASSERT_EQ(made.items.size(), 1U);
    EXPECT_EQ(notice(made.items[0]).media_type, "text/plain");
    EXPECT_NE(made.items[0].name, "message");
    EXPECT_TRUE(pages.asked.empty());
}

TEST_F(MailItemsTest, a_text_on_another_layout_is_handed_in_as_its_templates_read_it) {
    const std::string certain = "a typed notice of units";
    const std::string doubtful = "a typed notice in two columns";
    const std::string tender = "a typed notice of a tender";
    pages.readings[certain] = {.verdict = reading::Verdict::kRead, .layout = "unit_offering", .fields = support::a_notice().fields()};
    pages.readings[doubtful] = {.verdict = reading::Verdict::kNeedsKeying, .reason = "one field is not certain: dated", .layout = "unit_offering", .fields = {}, .missing = {"dated"}};
    pages.readings[tender] = {.verdict = reading::Verdict::kNotOurs, .reason = "it is a tender's", .layout = "tender_offer"};
    const auto made = take(a_mail().text(certain).attached("more.txt", "text/plain", doubtful).attached("tender.txt", "text/plain", tender));
    ASSERT_EQ(made.items.size(), 3U);
    EXPECT_EQ(notice(made.items[0]).media_type, "text/plain");
    EXPECT_EQ(notice(made.items[0]).keyed, support::a_notice().fields());
    EXPECT_TRUE(notice(made.items[0]).reading->certain);
    EXPECT_EQ(notice(made.items[0]).reading->layout, "unit_offering");
    EXPECT_FALSE(notice(made.items[1]).reading->certain);
    EXPECT_EQ(notice(made.items[2]).reading->reason, "it looks like another kind of notice: it is a tender's");
    EXPECT_FALSE(notice(made.items[2]).keyed);
}

TEST_F(MailItemsTest, a_message_without_a_notice_is_handed_in_whole) {
    const auto made = take(a_mail().text("please call me about the offering"));
    ASSERT_EQ(made.items.size(), 1U);
    EXPECT_EQ(made.items[0].name, "message");
    EXPECT_EQ(notice(made.items[0]).media_type, "message/rfc822");
    EXPECT_EQ(notice(made.items[0]).document.value, received.message);
    EXPECT_EQ(notice(made.items[0]).reading->reason, "nothing in it is a notice");
    EXPECT_FALSE(notice(made.items[0]).reading->certain) << "a person looks";
    EXPECT_FALSE(made.notes.empty());
}

TEST_F(MailItemsTest, what_is_closed_is_handed_in_beside_what_is_read) {
    const auto made = take(a_mail().text(support::fill_form(7).text).attached("more.zip", "application/zip", "PK\x03\x04").attached("photo.jpg", "image/jpeg", "\xff\xd8"));
    ASSERT_EQ(made.items.size(), 3U);
    EXPECT_EQ(notice(made.items[1]).media_type, "application/zip");
    EXPECT_NE(made.items[1].note.find("not opened"), std::string::npos);
    EXPECT_EQ(notice(made.items[2]).media_type, "image/jpeg");
}

TEST_F(MailItemsTest, beyond_a_bound_the_message_is_handed_in_whole) {
    support::Mail many = a_mail();
    for (int part = 0; part < 65; ++part) many.pdf("x.pdf");
    const auto made = take(many);
    ASSERT_EQ(made.items.size(), 1U);
    EXPECT_EQ(made.items[0].name, "message");
    EXPECT_TRUE(pages.asked.empty());
}

TEST_F(MailItemsTest, what_the_desk_does_not_take_is_set_aside_and_the_rest_sent) {
    const std::string large = support::a_pdf(std::string(documents::kMaxDocumentOctets, 'x'));
    const auto made = take(a_mail().pdf("large.pdf", large).pdf("small.pdf"));
    ASSERT_EQ(made.items.size(), 1U);
    ASSERT_EQ(made.aside.size(), 1U);
    EXPECT_EQ(made.aside[0].octets, large);
    EXPECT_NE(made.aside[0].why.find("rightsdesk notice submit"), std::string::npos);
    EXPECT_EQ(pages.asked.size(), 1U);
    const auto whole = take(a_mail().text(std::string(documents::kMaxDocumentOctets, 'x')));
    EXPECT_TRUE(whole.items.empty());
    ASSERT_EQ(whole.aside.size(), 1U);
    EXPECT_EQ(whole.aside[0].octets, received.message);
}

TEST_F(MailItemsTest, a_scan_has_the_mail_rooms_stamp_channel_and_address) {
    const auto made = take(a_mail().from_the_mail_room(kScanned, "envelope-7", "courier").tiff("notice.tif"), true);
    const auto& sent = notice(made.items.at(0));
    EXPECT_EQ(sent.channel, domain::Channel::kCourier);
    EXPECT_EQ(sent.address, "59 Maiden Lane, New York, NY 10038");
    EXPECT_EQ(domain::instant_text(sent.stamp), "2002-06-26T14:15:00Z");
    EXPECT_EQ(made.items[0].sent.stamp, sent.stamp);
    EXPECT_EQ(sent.delivery, "envelope-7");
    EXPECT_EQ(sent.sender_station, "mail room, stamped by it");
    EXPECT_TRUE(made.notes.empty());
}

TEST_F(MailItemsTest, nobody_else_is_believed) {
    const auto made = take(a_mail().from_the_mail_room(kScanned, "envelope-7", "hand").tiff("check.tif", support::a_tiff(), "X-Rightsdesk-Kind: check\r\n").attached("check.tif.json", "application/json", "{}"));
    ASSERT_EQ(made.items.size(), 2U);
    for (const MailItem& item : made.items) {
        EXPECT_EQ(notice(item).channel, domain::Channel::kMail);
        EXPECT_EQ(notice(item).address, "notices@agent.example");
        EXPECT_EQ(notice(item).stamp, received.stamp);
        EXPECT_EQ(notice(item).delivery, "mail-1-aaaaaaaaaaaa");
        EXPECT_EQ(notice(item).sender_station, "e-mail, stamped when it was complete; the sender claims to be of broker.example");
    }
    ASSERT_EQ(made.notes.size(), 1U);
    EXPECT_NE(made.notes[0].find("they are ignored"), std::string::npos);
}

struct Said {
    const char* header;
    const char* value;
    const char* note;
};

TEST_F(MailItemsTest, what_the_mail_room_says_wrong_is_told) {
    const std::vector<Said> rows = {{"X-Rightsdesk-Channel", "pigeon", "must be mail, hand or courier"},
                                    {"X-Rightsdesk-Received", "yesterday", "cannot be read"},
                                    {"X-Rightsdesk-Received", "2002-06-26T16:00:00Z", "clock is ahead"},
                                    {"Subject", "nothing said", "does not say when it came"}};
    for (const Said& row : rows) {
        const auto made = take(a_mail().header(row.header, row.value).tiff("x.tif"), true);
        EXPECT_EQ(notice(made.items.at(0)).stamp, received.stamp) << row.value;
        bool told = false;
        for (const std::string& note : made.notes) told = told || note.find(row.note) != std::string::npos;
        EXPECT_TRUE(told) << row.note;
    }
}

const std::string kCheck = "X-Rightsdesk-Kind: check\r\nX-Rightsdesk-Certified: yes\r\nX-Rightsdesk-Number: 1187\r\nX-Rightsdesk-Amount: 600,000.00\r\nX-Rightsdesk-Currency: USD\r\n"
                           "X-Rightsdesk-Payee: Harbor Transfer Company\r\nX-Rightsdesk-Maker: Granite & Pell\r\nX-Rightsdesk-Drawee: First Bank of the Hudson\r\nX-Rightsdesk-Dated: 2002-06-25\r\n";

TEST_F(MailItemsTest, an_envelope_with_a_notice_and_a_check_is_two_items_of_one_delivery) {
    const auto made = take(a_mail().from_the_mail_room(kScanned, "envelope-7").tiff("notice.tif").tiff("check.tif", support::a_tiff("of a check"), kCheck), true);
    ASSERT_EQ(made.items.size(), 2U);
    EXPECT_EQ(made.items[1].sent.door, domain::ServiceName::kPaymentClearing);
    const auto& check = std::get<domain::ReceiveInstrument>(made.items[1].sent.command);
    EXPECT_EQ(check.delivery, notice(made.items[0]).delivery);
    EXPECT_EQ(check.delivery, "envelope-7");
    EXPECT_EQ(check.stamp, notice(made.items[0]).stamp);
    EXPECT_EQ(check.method, domain::PaymentMethod::kCertifiedCheck);
    EXPECT_EQ(check.amount, domain::Money(60'000'000));
    EXPECT_EQ(check.number, "1187");
    EXPECT_EQ(check.maker, "Granite & Pell");
    EXPECT_EQ(check.channel, domain::Channel::kMail);
    EXPECT_EQ(pages.asked, std::vector<std::string>{support::a_tiff()}) << "a check is no notice";
}

TEST_F(MailItemsTest, a_check_that_is_not_said_whole_is_shown_to_the_desk) {
    const auto made = take(a_mail().from_the_mail_room(kScanned, "envelope-7").tiff("check.tif", support::a_tiff(), "X-Rightsdesk-Kind: check\r\nX-Rightsdesk-Number: 1187\r\nX-Rightsdesk-Amount: 12.345\r\n"), true);
    ASSERT_EQ(made.items.size(), 1U);
    EXPECT_EQ(notice(made.items[0]).document.value, support::a_tiff());
    EXPECT_EQ(notice(made.items[0]).delivery, "envelope-7");
    for (const char* said : {"amount", "drawee: is missing", "payee: is missing", "rightsdesk payment receive --delivery envelope-7"}) EXPECT_NE(made.items[0].note.find(said), std::string::npos) << said;
}

TEST_F(MailItemsTest, a_sidecar_says_what_the_part_beside_it_is) {
    const std::string check = R"({"kind": "instrument", "method": "money_order", "amount": "12.00", "currency": "USD", "payee": "p", "drawee": "d", "number": "5"})";
    const std::string certificates = R"({"kind": "certificates", "offering": "rare-medium-2002", "notice": "fax-1.5", "rights": 300, "certificate_numbers": ["RM-1"], "delivery": "own"})";
    const auto made = take(a_mail().from_the_mail_room(kScanned, "envelope-7").tiff("check.tif").attached("check.tif.json", "application/json", check).attached("certificates.json", "application/json", certificates), true);
    ASSERT_EQ(made.items.size(), 2U);
    const auto& order = std::get<domain::ReceiveInstrument>(made.items[0].sent.command);
    EXPECT_EQ(order.method, domain::PaymentMethod::kMoneyOrder);
    EXPECT_EQ(order.delivery, "envelope-7") << "what it does not say is the envelope's";
    EXPECT_EQ(domain::instant_text(order.stamp), "2002-06-26T14:15:00Z");
    const auto& delivered = std::get<domain::DeliverCertificates>(made.items[1].sent.command);
    EXPECT_EQ(delivered.delivery, "own");
    EXPECT_EQ(delivered.rights, domain::Rights(300));
    EXPECT_TRUE(pages.asked.empty());
}

TEST_F(MailItemsTest, a_sidecar_that_cannot_be_used_leaves_the_picture_to_the_desk) {
    for (const std::string& sidecar : {std::string("{"), std::string(R"({"kind": "instrument", "amount": 5})"), std::string(R"({"kind": "telephone"})")}) {
        const auto made = take(a_mail().from_the_mail_room(kScanned).tiff("check.tif").attached("check.tif.json", "application/json", sidecar), true);
        ASSERT_EQ(made.items.size(), 1U) << sidecar;
        EXPECT_EQ(notice(made.items[0]).document.value, support::a_tiff());
        EXPECT_NE(made.items[0].note.find("its sidecar cannot be used"), std::string::npos);
    }
}

TEST_F(MailItemsTest, a_scan_that_is_the_whole_message_is_what_its_headers_say) {
    const std::string message = "X-Rightsdesk-Channel: mail\r\nX-Rightsdesk-Address: 59 Maiden Lane\r\nX-Rightsdesk-Received: " + kScanned + "\r\n" + kCheck +
                                "Content-Type: image/tiff\r\nContent-Transfer-Encoding: base64\r\n\r\n" + support::in_base64(support::a_tiff());
    const auto made = take_octets(message, true);
    ASSERT_EQ(made.items.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<domain::ReceiveInstrument>(made.items[0].sent.command));
}

}  // namespace
}  // namespace rightsdesk::mail_gateway
