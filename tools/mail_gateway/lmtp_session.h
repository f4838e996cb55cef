// One conversation in LMTP (RFC 2033, over RFC 5321's commands) as a function from octets to octets: no socket, no clock, no
// thread. The mail server speaks, this side answers; a message is handed to the keeper, and 250 is said only after that has
// it on the disk, once for each recipient.
//
//     LmtpSession session(keeper, limits, room);
//     session.take(octets from the peer); send(session.answers()); if (session.is_over()) close();
//
// Extensions: PIPELINING (RFC 2920), SIZE (1870), 8BITMIME (6152), ENHANCEDSTATUSCODES (2034). No relay, no authentication:
// who may connect is the socket's business. A message ends at <CRLF>.<CRLF> and at nothing else, so a lone LF or CR in it
// ends nothing; it is kept as it came.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mail_gateway/arrival.h"

namespace rightsdesk::mail_gateway {

struct LmtpLimits {
    std::size_t message_octets = 32U * 1024U * 1024U;       // of one message, after unstuffing
    std::size_t octets_together = 128U * 1024U * 1024U;     // of all messages on their way in at one moment
    std::size_t command_octets = 2'048;                     // of a command line; RFC 5321 asks for 512, its extensions for more
    std::size_t recipients = 100;                           // of one message; RFC 5321 4.5.3.1.8
    std::size_t mistakes = 20;                              // commands that were refused, then it hangs up
};

// What may be in memory of all sessions together. One thread.
class MessageRoom {
public:
    explicit MessageRoom(std::size_t octets) : free_(octets) {}
    bool take(std::size_t octets) {
        if (octets > free_) return false;
        free_ -= octets;
        return true;
    }
    void give_back(std::size_t octets) { free_ += octets; }
    [[nodiscard]] std::size_t free_octets() const { return free_; }

private:
    std::size_t free_;
};

struct LmtpRules {
    std::string host = "rightsdesk";              // how it names itself
    std::set<std::string> recipients = {};        // in small letters; empty: every recipient is taken
    bool mail_room = false;
    std::string by = "lmtp";
};

class LmtpSession {
public:
    // `keeper` and `room` outlive it.
    LmtpSession(MailKeeper& keeper, LmtpRules rules, const LmtpLimits& limits, MessageRoom& room);
    LmtpSession(const LmtpSession&) = delete;
    LmtpSession& operator=(const LmtpSession&) = delete;
    ~LmtpSession();

    // Octets from the peer, in any pieces. Waits for the disk where a message ends in them. Nothing is taken once it is over.
    void take(std::string_view octets);
    // What is to be sent, and no longer here.
    std::string answers();
    // Answers that the peer has not taken: whoever has many reads no more from it.
    [[nodiscard]] std::size_t unanswered() const { return answers_.size(); }
    // Nothing more will be said: send what there is and hang up.
    [[nodiscard]] bool is_over() const { return over_; }
    // Hangs up, with a reason the peer can read ("421 4.4.2 ..."). What was acknowledged stays acknowledged.
    void end(const std::string& answer);
    [[nodiscard]] bool takes_data() const { return state_ == State::kData; }

private:
    enum class State { kGreeting, kReady, kSender, kData };
    enum class DataEnd { kNo, kCr, kCrLf, kDot, kDotCr };  // how much of <CRLF>.<CRLF> has come

    void take_command_octets(std::string_view& octets);
    void take_data_octets(std::string_view& octets);
    void data_octet(char octet);
    void keep_octet(char octet);
    void command(std::string_view line);
    void greet(std::string_view argument);
    void mail(std::string_view argument);
    void recipient(std::string_view argument);
    void data(std::string_view argument);
    void end_of_data();
    bool parameters_fit(std::string_view parameters);
    void answer(std::string_view text);
    void mistake(std::string_view text);
    void forget_message();

    MailKeeper& keeper_;
    LmtpRules rules_;
    const LmtpLimits limits_;
    MessageRoom& room_;
    State state_ = State::kGreeting;
    DataEnd end_ = DataEnd::kNo;
    std::string line_;            // of a command, not ended yet
    bool line_too_long_ = false;
    std::string answers_;
    std::string sender_;
    std::vector<std::string> recipients_;
    std::string message_;
    std::size_t taken_room_ = 0;
    std::size_t dropped_ = 0;     // octets of a message that is too large
    enum class Spoiled { kNo, kTooLarge, kNoRoom };
    Spoiled spoiled_ = Spoiled::kNo;
    std::size_t mistakes_ = 0;
    bool over_ = false;
};

// The address in "<a@b>" or "<@hop:a@b>", without the brackets; nothing when it is none, or longer than RFC 5321 allows. Empty for "<>".
// `rest`: what stands behind it.
base::Result<std::string> mailbox_in(std::string_view text, std::string_view& rest);

}  // namespace rightsdesk::mail_gateway
