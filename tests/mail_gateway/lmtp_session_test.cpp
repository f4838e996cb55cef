// The conversation, octet by octet: what is answered, what is kept, and that nothing a peer sends can break it.
#include "mail_gateway/lmtp_session.h"

#include <gtest/gtest.h>

#include <random>

#include "mail_gateway/keepers.h"

namespace rightsdesk::mail_gateway {
namespace {

class LmtpTalk : public testing::Test {
protected:
    LmtpTalk() { limits.message_octets = 100'000; }

    LmtpSession& session() {
        if (!session_) session_ = std::make_unique<LmtpSession>(keeper, rules, limits, room);
        return *session_;
    }
    std::string say(const std::string& octets) {
        session().take(octets);
        return session().answers();
    }
    // Greeted, with a sender and these recipients.
    void begin(const std::vector<std::string>& recipients = {"notices@agent.example"}) {
        say("LHLO mx.agent.example\r\nMAIL FROM:<ops@broker.example>\r\n");
        for (const std::string& recipient : recipients) ASSERT_EQ(say("RCPT TO:<" + recipient + ">\r\n"), "250 2.1.5 OK\r\n");
        ASSERT_EQ(say("DATA\r\n").substr(0, 4), "354 ");
    }

    RememberingKeeper keeper;
    LmtpRules rules;
    LmtpLimits limits;
    MessageRoom room{1'000'000};

private:
    std::unique_ptr<LmtpSession> session_;
};

TEST_F(LmtpTalk, greets_and_offers_its_extensions) {
    EXPECT_EQ(say(""), "220 rightsdesk LMTP rightsdesk\r\n");
    EXPECT_EQ(say("lhlo mx.agent.example\r\n"), "250-rightsdesk\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE 100000\r\n");
}

TEST_F(LmtpTalk, is_no_smtp) {
    say("");
    EXPECT_EQ(say("EHLO x\r\n"), "500 5.5.1 this is LMTP: say LHLO\r\n");
    EXPECT_EQ(say("HELO x\r\n"), "500 5.5.1 this is LMTP: say LHLO\r\n");
}

TEST_F(LmtpTalk, answers_for_each_recipient_in_their_order) {
    rules.recipients = {"a@agent.example", "b@agent.example"};
    begin({"a@agent.example"});
    session().take("x\r\n.\r\n");
    EXPECT_EQ(session().answers(), "250 2.0.0 kept\r\n");
    say("MAIL FROM:<>\r\n");
    EXPECT_EQ(say("RCPT TO:<A@Agent.Example>\r\n"), "250 2.1.5 OK\r\n");
    EXPECT_EQ(say("RCPT TO:<c@agent.example>\r\n"), "550 5.1.1 no notices are taken for that address\r\n");
    EXPECT_EQ(say("RCPT TO:<b@agent.example>\r\n"), "250 2.1.5 OK\r\n");
    say("DATA\r\n");
    EXPECT_EQ(say("Subject: y\r\n\r\ny\r\n.\r\n"), "250 2.0.0 kept\r\n250 2.0.0 kept\r\n");
    ASSERT_EQ(keeper.kept.size(), 2U);
    EXPECT_EQ(keeper.kept[1].sender, "");
    EXPECT_EQ(keeper.kept[1].recipients, (std::vector<std::string>{"a@agent.example", "b@agent.example"}));
    EXPECT_EQ(keeper.kept[1].message, "Subject: y\r\n\r\ny\r\n");
}

TEST_F(LmtpTalk, takes_a_dot_off_that_the_sender_put_there) {
    begin();
    say("..a\r\n...\r\n.b\r\n a.\r\n.\r\n");
    EXPECT_EQ(keeper.kept.at(0).message, ".a\r\n..\r\nb\r\n a.\r\n");
}

TEST_F(LmtpTalk, takes_an_empty_message) {
    begin();
    EXPECT_EQ(say(".\r\n"), "250 2.0.0 kept\r\n");
    EXPECT_EQ(keeper.kept.at(0).message, "");
}

TEST_F(LmtpTalk, ends_a_message_at_cr_lf_dot_cr_lf_alone) {
    begin();
    // What other servers took for an end, and smuggled a second message through.
    const std::string message = "a\n.\nb\r.\rc\r\n.\nMAIL FROM:<x@y>\r\nd\n.\r\ne\r.\r\nf\r\n.\r.\r\n";
    EXPECT_EQ(say(message), "");
    EXPECT_EQ(say("\r\n.\r\n"), "250 2.0.0 kept\r\n");
    ASSERT_EQ(keeper.kept.size(), 1U);
    EXPECT_EQ(keeper.kept[0].message, "a\n.\nb\r.\rc\r\n\nMAIL FROM:<x@y>\r\nd\n.\r\ne\r.\r\nf\r\n\r.\r\n\r\n");
}

TEST_F(LmtpTalk, understands_the_same_in_any_pieces) {
    const std::string all = "LHLO x\r\nMAIL FROM:<a@b> BODY=8BITMIME SIZE=20\r\nRCPT TO:<c@d>\r\nDATA\r\n.\r.\r\n..\r\n\xe9\r\r\n.\r\nNOOP\r\nQUIT\r\n";
    const std::string whole = say(all);
    for (std::size_t piece = 1; piece < 9; ++piece) {
        RememberingKeeper other;
        LmtpSession again(other, rules, limits, room);
        std::string answers;
        for (std::size_t at = 0; at < all.size(); at += piece) {
            again.take(std::string_view(all).substr(at, piece));
            answers += again.answers();
        }
        EXPECT_EQ(answers, whole);
        ASSERT_EQ(other.kept.size(), 1U);
        EXPECT_EQ(other.kept[0].message, keeper.kept.at(0).message);
        EXPECT_TRUE(again.is_over());
    }
    EXPECT_EQ(keeper.kept[0].message, "\r.\r\n.\r\n\xe9\r\r\n");
}

TEST_F(LmtpTalk, says_no_more_than_the_keeper_does) {
    begin({"a@b.example", "c@d.example"});
    keeper.refuses = base::Error{base::ErrorKind::kUnavailable, "the disk is full\r\n250 no"};
    EXPECT_EQ(say("x\r\n.\r\n"), "451 4.3.0 the disk is full  250 no\r\n451 4.3.0 the disk is full  250 no\r\n");
    keeper.refuses = base::Error{base::ErrorKind::kInvalid, "never"};
    say("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n");
    EXPECT_EQ(say("x\r\n.\r\n"), "554 5.6.0 never\r\n");
    keeper.refuses.reset();
    say("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n");
    EXPECT_EQ(say("x\r\n.\r\n"), "250 2.0.0 kept\r\n");
    say("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n");
    EXPECT_EQ(say("x\r\n.\r\n"), "250 2.0.0 kept before\r\n");
}

struct Out {
    const char* said;
    const char* answer;
    const char* why;
};

TEST_F(LmtpTalk, refuses_what_is_out_of_turn_or_not_understood) {
    say("");
    const std::vector<Out> rows = {
        {"MAIL FROM:<a@b>", "503 5.5.1", "no LHLO yet"},
        {"LHLO", "501 5.5.4", "no name"},
        {"LHLO x", "250-", ""},
        {"RCPT TO:<a@b>", "503 5.5.1", "no sender yet"},
        {"DATA", "503 5.5.1", "no recipient"},
        {"MAIL FROM:a@b", "501 5.1.7", "no brackets"},
        {"MAIL TO:<a@b>", "501 5.5.4", "not FROM"},
        {"MAIL FROM:<a@b", "501 5.1.7", "no end"},
        {"MAIL FROM:<a b@c>", "501 5.1.7", "a space in an address"},
        {"MAIL FROM:<a@b> SIZE=100001", "552 5.3.4", "too large, as announced"},
        {"MAIL FROM:<a@b> SIZE=99999999999999999999999", "552 5.3.4", "far too large"},
        {"MAIL FROM:<a@b> SIZE=", "501 5.5.4", "no number"},
        {"MAIL FROM:<a@b> SIZE=12x", "501 5.5.4", "no number"},
        {"MAIL FROM:<a@b> BODY=BINARYMIME", "555 5.5.4", "BDAT is not offered"},
        {"MAIL FROM:<a@b> SMTPUTF8", "555 5.5.4", "not offered"},
        {"MAIL FROM:<@hop,@hop2:\"a>b\"@c> BODY=7BIT SIZE=100000", "250 2.1.0", "a route, and a quoted bracket"},
        {"MAIL FROM:<a@b>", "503 5.5.1", "one sender a message"},
        {"RCPT TO:<>", "501 5.1.3", "nobody"},
        {"RCPT TO:<a@b> NOTIFY=NEVER", "555 5.5.4", "not offered"},
        {"DATA", "503 5.5.1", "none was accepted"},
    };
    for (const Out& row : rows) {
        const std::string answer = say(std::string(row.said) + "\r\n");
        EXPECT_EQ(answer.substr(0, std::string(row.answer).size()), row.answer) << row.said << ": " << row.why << ": " << answer;
        if (session().is_over()) break;
    }
}

TEST_F(LmtpTalk, forgets_a_message_on_reset) {
    say("LHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n");
    EXPECT_EQ(say("RSET\r\n"), "250 2.0.0 OK\r\n");
    EXPECT_EQ(say("DATA\r\n").substr(0, 3), "503");
    EXPECT_EQ(say("MAIL FROM:<a@b>\r\n"), "250 2.1.0 OK\r\n");
}

TEST_F(LmtpTalk, knows_the_small_commands) {
    say("");
    EXPECT_EQ(say("NOOP anything\r\n"), "250 2.0.0 OK\r\n");
    EXPECT_EQ(say("VRFY x\r\n").substr(0, 3), "252");
    EXPECT_EQ(say("HELP\r\n").substr(0, 3), "214");
    EXPECT_EQ(say("BDAT 10 LAST\r\n").substr(0, 9), "500 5.5.1");
    EXPECT_EQ(say("QUIT\r\nNOOP\r\n"), "221 2.0.0 goodbye\r\n");
    EXPECT_TRUE(session().is_over());
}

TEST_F(LmtpTalk, wants_cr_lf_behind_a_command_and_bounds_its_line) {
    say("");
    EXPECT_EQ(say("NOOP\n"), "500 5.5.2 a line ends with CR LF\r\n");
    EXPECT_EQ(say("NO\rOP\r\n"), "500 5.5.2 a command has neither NUL nor CR in it\r\n");
    EXPECT_EQ(say(std::string("NOOP\0\r\n", 7)), "500 5.5.2 a command has neither NUL nor CR in it\r\n");
    EXPECT_EQ(say(std::string(1'000'000, 'x')), "");
    EXPECT_EQ(say("\r\n"), "500 5.5.2 a line has at most 2048 octets\r\n");
    EXPECT_EQ(say("NOOP\r\n"), "250 2.0.0 OK\r\n");
}

TEST_F(LmtpTalk, hangs_up_on_who_only_makes_mistakes) {
    std::string last;
    for (int mistake = 0; mistake < 30 && !session().is_over(); ++mistake) last = say("WHAT\r\n");
    EXPECT_TRUE(session().is_over());
    EXPECT_NE(last.find("421 4.7.0"), std::string::npos) << last;
}

TEST_F(LmtpTalk, reads_too_large_a_message_to_its_end_and_says_so) {
    begin({"a@b.example", "c@d.example"});
    say(std::string(limits.message_octets + 1, 'x'));
    EXPECT_EQ(room.free_octets(), 1'000'000U) << "nothing of it is kept in memory";
    const std::string answers = say("\r\n.\r\n");
    EXPECT_EQ(answers.substr(0, 9), "552 5.3.4");
    EXPECT_EQ(std::count(answers.begin(), answers.end(), '\n'), 2);
    EXPECT_TRUE(keeper.kept.empty());
    EXPECT_EQ(say("NOOP\r\n"), "250 2.0.0 OK\r\n");
}

TEST_F(LmtpTalk, takes_a_message_of_the_largest_size) {
    begin();
    EXPECT_EQ(say(std::string(limits.message_octets - 2, 'x') + "\r\n.\r\n"), "250 2.0.0 kept\r\n");
    EXPECT_EQ(keeper.kept.at(0).message.size(), limits.message_octets);
}

TEST_F(LmtpTalk, does_not_read_for_ever) {
    begin();
    std::string last;
    for (int piece = 0; piece < 10 && !session().is_over(); ++piece) last = say(std::string(50'000, 'x'));
    EXPECT_TRUE(session().is_over());
    EXPECT_EQ(last.substr(0, 9), "421 4.3.4") << last;
}

TEST_F(LmtpTalk, shares_the_memory_with_the_other_sessions) {
    LmtpSession other(keeper, rules, limits, room);
    ASSERT_TRUE(room.take(room.free_octets() - 70'000));  // others have it
    begin();
    say(std::string(80'000, 'x'));
    EXPECT_EQ(say("\r\n.\r\n"), "452 4.3.1 too much mail comes in at once; try again\r\n");
    EXPECT_EQ(room.free_octets(), 70'000U);
}

TEST_F(LmtpTalk, bounds_the_recipients) {
    say("LHLO x\r\nMAIL FROM:<a@b>\r\n");
    std::string last;
    for (std::size_t each = 0; each <= limits.recipients; ++each) last = say("RCPT TO:<r" + std::to_string(each) + "@d>\r\n");
    EXPECT_EQ(last.substr(0, 9), "452 4.5.3");
}

TEST_F(LmtpTalk, gives_its_memory_back_when_the_peer_is_gone) {
    {
        LmtpSession gone(keeper, rules, limits, room);
        gone.take("LHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nhalf a message");
        EXPECT_LT(room.free_octets(), 1'000'000U);
    }
    EXPECT_EQ(room.free_octets(), 1'000'000U);
    EXPECT_TRUE(keeper.kept.empty()) << "what has no end was never a message";
}

// Octets at random, mixed with what means something: it answers each line or ends, keeps its memory, and never keeps a message
// that had no end.
TEST_F(LmtpTalk, survives_anything) {
    const std::vector<std::string> pieces = {"LHLO x\r\n", "MAIL FROM:<a@b>\r\n", "RCPT TO:<c@d>\r\n", "DATA\r\n", "\r\n.\r\n", ".", "\r", "\n", "\r\n", "..", "RSET\r\n", "QUIT\r\n", "<", ">", "\"", "\\", " SIZE=9", "NOOP\r\n"};
    for (unsigned seed = 1; seed <= 3'000; ++seed) {
        std::mt19937 random(seed);
        RememberingKeeper kept;
        MessageRoom small_room(200'000);
        std::string sent;
        {
            LmtpSession fuzzed(kept, rules, limits, small_room);
            std::string answers = fuzzed.answers();
            for (int turn = 0; turn < 60 && !fuzzed.is_over(); ++turn) {
                std::string piece;
                if (random() % 3 != 0) piece = pieces[random() % pieces.size()];
                else for (auto octets = random() % 40; octets > 0; --octets) piece += static_cast<char>(random() % 256);
                const bool in_data = fuzzed.takes_data();
                const auto lines = std::count(piece.begin(), piece.end(), '\n');
                fuzzed.take(piece);
                const std::string answer = fuzzed.answers();
                if (!in_data && lines > 0 && sent.size() < limits.command_octets) {
                    EXPECT_FALSE(answer.empty()) << seed << ": a line has an answer";
                }
                for (std::size_t at = 0; at < answer.size(); at = answer.find('\n', at) + 1) {
                    ASSERT_TRUE(answer[at] >= '2' && answer[at] <= '5') << seed << ": " << answer;
                }
                sent += piece;
            }
        }
        EXPECT_EQ(small_room.free_octets(), 200'000U) << seed;
        std::size_t ends = 0;
        for (std::size_t at = sent.find(".\r\n"); at != std::string::npos; at = sent.find(".\r\n", at + 1)) ++ends;
        EXPECT_LE(kept.kept.size(), ends) << seed;
    }
}

}  // namespace
}  // namespace rightsdesk::mail_gateway
