#include "mail_gateway/message_identity.h"

#include <gtest/gtest.h>

#include "support/mails.h"

namespace rightsdesk::mail_gateway {
namespace {

const std::string kSome = support::a_mail().text("a notice").made();

TEST(MessageIdentity, is_the_same_by_two_recipients_and_two_ways) {
    const std::string by_one = "Return-Path: <a@b>\r\nDelivered-To: one@agent.example\r\nReceived: from x\r\n\tby y;\r\n\tWed, 26 Jun 2002\r\n" + kSome;
    const std::string by_another = "X-Original-To: two@agent.example\r\nRECEIVED : from z\r\n" + kSome;
    EXPECT_EQ(message_id_of(by_one, false), message_id_of(kSome, false));
    EXPECT_EQ(message_id_of(by_another, false), message_id_of(kSome, false));
}

TEST(MessageIdentity, does_not_depend_on_line_ends) {
    std::string unix_lines = kSome;
    std::erase(unix_lines, '\r');
    EXPECT_EQ(message_id_of(unix_lines, false), message_id_of(kSome, false));
}

TEST(MessageIdentity, is_another_for_another_text_under_the_same_message_id) {
    EXPECT_NE(message_id_of(support::a_mail().text("another notice").made(), false), message_id_of(kSome, false));
    EXPECT_NE(message_id_of(kSome + ".", false), message_id_of(kSome, false));
}

TEST(MessageIdentity, takes_no_trace_out_of_the_body) {
    EXPECT_NE(message_id_of(kSome + "Received: 3 certificates\r\n", false), message_id_of(kSome, false));
}

TEST(MessageIdentity, of_the_mail_room_is_its_own) { EXPECT_NE(message_id_of(kSome, true), message_id_of(kSome, false)); }

}  // namespace
}  // namespace rightsdesk::mail_gateway
