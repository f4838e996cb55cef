// Messages taken apart, in this process and in the confined child: the same.
#include "mail_gateway/mime_mail.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "mail_gateway/mail_frame.h"
#include "mail_gateway/mail_reader.h"
#include "support/mails.h"

namespace rightsdesk::mail_gateway {
namespace {

using support::a_mail;

std::vector<PartKind> kinds_of(const MimeMail& mail) {
    std::vector<PartKind> kinds;
    for (const MailPart& part : mail.parts) kinds.push_back(part.kind);
    return kinds;
}
using Kinds = std::vector<PartKind>;

TEST(MimeMail, gives_the_parts_decoded_and_in_order) {
    std::string octets = support::a_pdf();
    for (int octet = 0; octet < 1'000; ++octet) octets += static_cast<char>(octet);
    const MimeMail mail = read_mime(a_mail().text("see attached\n").pdf("notice.pdf", octets).tiff("check.tif").made());
    EXPECT_EQ(mail.beyond, "");
    EXPECT_EQ(kinds_of(mail), (Kinds{PartKind::kText, PartKind::kPdf, PartKind::kTiff}));
    EXPECT_EQ(mail.parts[0].octets.value, "see attached\r\n");
    EXPECT_FALSE(mail.parts[0].attached);
    EXPECT_EQ(mail.parts[1].octets.value, octets);
    EXPECT_EQ(mail.parts[1].name, "notice.pdf");
    EXPECT_TRUE(mail.parts[1].attached);
    EXPECT_EQ(mail.parts[2].number, 3U);
    EXPECT_EQ(mail.from, "Operations <ops@broker.example>");
    EXPECT_EQ(mail.message_id, "1@broker.example");
}

TEST(MimeMail, judges_a_document_by_how_it_begins) {
    const MimeMail mail = read_mime(a_mail()
                                        .attached("scan.dat", "application/octet-stream", support::a_pdf())
                                        .attached("picture.jpg", "image/jpeg", support::a_tiff())
                                        .pdf("no.pdf", "MZ executable")
                                        .tiff("no.tif", "GIF89a")
                                        .made());
    EXPECT_EQ(kinds_of(mail), (Kinds{PartKind::kPdf, PartKind::kTiff, PartKind::kOther, PartKind::kOther}));
    EXPECT_EQ(mail.parts[0].media_type, "application/pdf");
    EXPECT_EQ(mail.parts[2].note, "is said to be application/pdf, and does not begin as one");
}

TEST(MimeMail, opens_nothing_that_is_closed) {
    const MimeMail mail = read_mime(a_mail()
                                        .attached("a.zip", "application/zip", std::string("PK\x03\x04") + "x")
                                        .attached("b.pdf", "application/pdf", "Rar!x")
                                        .attached("winmail.dat", "application/ms-tnef", "x")
                                        .attached("winmail.dat", "application/octet-stream", "\x78\x9f\x3e\x22x")
                                        .attached("smime.p7m", "application/pkcs7-mime", "x")
                                        .part("Content-Type: message/partial; id=\"1\"; number=1; total=2\r\n", "Subject: x\r\n\r\nhalf\r\n")
                                        .part("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=\"e\"\r\n",
                                              "--e\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--e\r\nContent-Type: application/octet-stream\r\n\r\nsecret\r\n--e--\r\n")
                                        .made());
    ASSERT_EQ(kinds_of(mail), Kinds(7, PartKind::kClosed));
    for (const MailPart& part : mail.parts) EXPECT_FALSE(part.note.empty()) << part.number;
    EXPECT_NE(mail.parts[6].octets.value.find("secret"), std::string::npos) << "kept as it stands";
}

TEST(MimeMail, tells_decoration_from_attachments) {
    const MimeMail mail = read_mime(a_mail()
                                        .part("Content-Type: multipart/alternative; boundary=\"a\"\r\n",
                                              "--a\r\nContent-Type: text/plain\r\n\r\nplain\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--a--\r\n")
                                        .part("Content-Type: image/png\r\nContent-ID: <logo>\r\n", "png")
                                        .part("Content-Type: application/pgp-signature\r\n", "signature")
                                        .attached("photo.png", "image/png", "png")
                                        .part("Content-Type: text/html\r\n", "<p>alone</p>")
                                        .made());
    EXPECT_EQ(kinds_of(mail), (Kinds{PartKind::kText, PartKind::kDecoration, PartKind::kDecoration, PartKind::kDecoration, PartKind::kOther, PartKind::kOther}));
    EXPECT_TRUE(mail.parts[4].attached);
    EXPECT_FALSE(mail.parts[5].attached);
}

TEST(MimeMail, hands_over_text_in_utf_8) {
    const MimeMail mail = read_mime("Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nCr=E9dit =\r\nSuisse");
    ASSERT_EQ(mail.parts.size(), 1U);
    EXPECT_EQ(mail.parts[0].octets.value, "Cr\xc3\xa9""dit Suisse");
}

TEST(MimeMail, reads_what_the_mail_room_says_of_the_message_and_of_a_part) {
    const MimeMail mail = read_mime(a_mail().from_the_mail_room("2002-06-26T10:15:00-04:00", "envelope-7").tiff("notice.tif").tiff("check.tif", support::a_tiff(), "X-Rightsdesk-Kind: check\r\nx-rightsdesk-NUMBER: 1187\r\nX-Rightsdesk-Number: 9\r\n").made());
    EXPECT_EQ(mail.mail_room.at("channel"), "mail");
    EXPECT_EQ(mail.mail_room.at("delivery"), "envelope-7");
    EXPECT_TRUE(mail.parts[0].mail_room.empty());
    EXPECT_EQ(mail.parts[1].mail_room, (std::map<std::string, std::string>{{"kind", "check"}, {"number", "1187"}})) << "the first of a name counts";
}

TEST(MimeMail, believes_no_headers_of_a_message_within_the_message) {
    const std::string inner = a_mail().pdf("forged.pdf", support::a_pdf(), "X-Rightsdesk-Kind: check\r\n").attached("forged.pdf.json", "application/json", "{}").made();
    const MimeMail mail = read_mime(a_mail().part("Content-Type: message/rfc822\r\n", inner).text("forwarded").made());
    EXPECT_EQ(kinds_of(mail), (Kinds{PartKind::kPdf, PartKind::kOther, PartKind::kText}));
    EXPECT_TRUE(mail.parts[0].mail_room.empty());
}

std::string nested(std::size_t depth) {
    std::string message;
    for (std::size_t at = 0; at < depth; ++at) message += "Content-Type: multipart/mixed; boundary=\"b" + std::to_string(at) + "\"\r\n\r\n--b" + std::to_string(at) + "\r\n";
    return message + "Content-Type: text/plain\r\n\r\ndeep\r\n";
}

TEST(MimeMail, bounds_depth_parts_headers_and_octets) {
    EXPECT_EQ(read_mime(nested(7)).beyond, "");
    EXPECT_EQ(read_mime(nested(9)).beyond, "parts lie more than 8 deep in each other");
    EXPECT_NE(read_mime(nested(4'000)).beyond, "");
    EXPECT_NE(read_mime(nested(100'000)).beyond, "");
    support::Mail many = a_mail();
    for (int part = 0; part < 65; ++part) many.text("x");
    EXPECT_EQ(read_mime(many.made()).beyond, "it has more than 64 parts");
    EXPECT_NE(read_mime("Subject: " + std::string(300'000, 'x') + "\r\n\r\n").beyond.find("headers have more than"), std::string::npos);
    std::string headers = "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n";
    for (int line = 0; line < 30'000; ++line) headers += "X: y\r\n";
    EXPECT_NE(read_mime(headers + "\r\nx").beyond.find("look like headers"), std::string::npos);
    std::string boundaries = "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n";
    for (int line = 0; line < 10'000; ++line) boundaries += "--b\r\n";
    EXPECT_NE(read_mime(boundaries).beyond.find("look like boundaries"), std::string::npos);
    MimeLimits small;
    small.octets = 100;
    EXPECT_EQ(read_mime(a_mail().text(std::string(60, 'x')).text(std::string(60, 'y')).made(), small).beyond, "its parts have more than 100 octets");
}

TEST(MimeMail, takes_broken_messages_as_they_are) {
    for (const std::string& message : {std::string(), std::string("\r\n"), std::string("no header at all"), std::string("\0\0\0", 3), std::string("Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\nno boundary comes"),
                                       std::string("Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%not base64"), std::string("Content-Type: ;;;\r\n\r\nx")}) {
        const MimeMail mail = read_mime(message);
        EXPECT_LE(mail.parts.size(), 2U) << message;
    }
}

// Messages spoiled at random: it ends, and says something that can be handed over.
TEST(MimeMail, survives_anything) {
    const std::string good = a_mail().from_the_mail_room("2002-06-26T10:15:00-04:00").text("a\n").pdf("b.pdf").part("Content-Type: message/rfc822\r\n", a_mail().text("inner").made()).attached("c.zip", "application/zip", "PK\x03\x04").made();
    for (unsigned seed = 1; seed <= 2'000; ++seed) {
        std::mt19937 random(seed);
        std::string spoiled = good;
        for (auto change = random() % 20; change > 0; --change) {
            const std::size_t at = random() % spoiled.size();
            switch (random() % 4) {
                case 0: spoiled[at] = static_cast<char>(random() % 256); break;
                case 1: spoiled.erase(at, random() % 50); break;
                case 2: spoiled.insert(at, good.substr(random() % good.size(), random() % 100)); break;
                default: spoiled.insert(at, "\r\n"); break;
            }
            if (spoiled.empty()) break;
        }
        const MimeMail mail = read_mime(spoiled);
        const auto handed_over = mail_in_frame(frame_of(mail));
        ASSERT_TRUE(handed_over) << seed;
        ASSERT_EQ(handed_over->parts.size(), mail.parts.size()) << seed;
    }
}

TEST(MailFrame, refuses_what_it_does_not_make) {
    const std::string frame = frame_of(read_mime(a_mail().text("x").pdf("y.pdf").made()));
    EXPECT_TRUE(mail_in_frame(frame));
    for (const std::string& other : {frame + "x", frame.substr(0, frame.size() - 1), std::string(), std::string("{}\n"), std::string("[]\n"), frame.substr(1)}) EXPECT_FALSE(mail_in_frame(other));
}

TEST(ConfinedMail, is_read_as_in_this_process) {
    ConfinedMailReader reader(std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk-read-mail");
    const std::string message = a_mail().from_the_mail_room("2002-06-26T10:15:00-04:00").text("x").pdf("y.pdf", support::a_pdf(std::string(2'000'000, '\xff'))).made();
    const auto mail = reader.read(message);
    ASSERT_TRUE(mail) << mail.error().message;
    EXPECT_EQ(frame_of(*mail), frame_of(read_mime(message)));
}

TEST(ConfinedMail, ends_with_a_reason_whatever_comes) {
    ConfinedMailReader reader(std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk-read-mail");
    const auto begun = std::chrono::steady_clock::now();
    // Hard for a parser of MIME: a header without end, addresses nested in each other, megabytes of encoded words.
    std::string words = "Subject: ";
    while (words.size() < 250'000) words += "=?utf-8?q?=41?=\r\n ";
    for (const std::string& message : {nested(100'000), "To: " + std::string(250'000, '(') + "\r\n\r\nx", words + "\r\n\r\nx", "Content-Type: multipart/mixed; boundary=\"" + std::string(250'000, 'b') + "\"\r\n\r\nx"}) {
        const auto mail = reader.read(message);
        ASSERT_TRUE(mail) << mail.error().message;
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(60));
}

TEST(ConfinedMail, waits_while_there_is_no_reader) {
    ConfinedMailReader reader("/nowhere/rightsdesk-read-mail");
    const auto mail = reader.read("x");
    ASSERT_FALSE(mail);
    EXPECT_EQ(mail.error().kind, base::ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace rightsdesk::mail_gateway
