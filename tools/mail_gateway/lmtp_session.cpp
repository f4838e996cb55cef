#include "mail_gateway/lmtp_session.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace rightsdesk::mail_gateway {

namespace {

constexpr std::size_t kRoomStep = 64U * 1024U;           // room is asked for in pieces
constexpr std::size_t kMaxMailboxOctets = 256;           // RFC 5321 4.5.3.1.3
constexpr std::size_t kMaxReasonOctets = 300;

char small(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool same_word(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) { return small(a) == small(b); });
}

std::string in_small_letters(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), small);
    return text;
}

std::string_view without_spaces(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

// The next word of a line, and what stands behind it.
std::string_view next_word(std::string_view& text) {
    text = without_spaces(text);
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    text = without_spaces(text);
    return word;
}

// A reason as one line of an answer: nothing in it may look like another answer.
std::string one_line(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char octet) { return octet < ' ' || octet > '~'; }, ' ');
    return text.substr(0, kMaxReasonOctets);
}

}  // namespace

base::Result<std::string> mailbox_in(std::string_view text, std::string_view& rest) {
    text = without_spaces(text);
    if (text.empty() || text.front() != '<') return base::invalid("an address in angle brackets is wanted");
    bool quoted = false;
    std::size_t end = 1;
    for (; end < text.size() && (quoted || text[end] != '>'); ++end) {
        if (text[end] == '\\') ++end;
        else if (text[end] == '"') quoted = !quoted;
    }
    if (end >= text.size()) return base::invalid("the address has no end");
    std::string_view address = text.substr(1, end - 1);
    rest = without_spaces(text.substr(end + 1));
    // A route before the address is of no meaning any more: RFC 5321, appendix C.
    if (!address.empty() && address.front() == '@') address.remove_prefix(std::min(address.find(':') + 1, address.size()));
    const bool plain = std::all_of(address.begin(), address.end(), [](char octet) { return static_cast<unsigned char>(octet) > ' ' && octet != '\x7f' && octet != '<'; });
    if (address.size() > kMaxMailboxOctets || !plain) return base::invalid("the address cannot be used");
    return std::string(address);
}

LmtpSession::LmtpSession(MailKeeper& keeper, LmtpRules rules, const LmtpLimits& limits, MessageRoom& room)
    : keeper_(keeper), rules_(std::move(rules)), limits_(limits), room_(room) {
    answer("220 " + rules_.host + " LMTP rightsdesk");
}

LmtpSession::~LmtpSession() { forget_message(); }

std::string LmtpSession::answers() { return std::exchange(answers_, {}); }

void LmtpSession::end(const std::string& text) {
    answer(one_line(text));
    over_ = true;
    forget_message();
}

void LmtpSession::answer(std::string_view text) { answers_.append(text).append("\r\n"); }

// A peer that only makes mistakes is no mail server.
void LmtpSession::mistake(std::string_view text) {
    answer(text);
    if (++mistakes_ >= limits_.mistakes) end("421 4.7.0 too many commands that cannot be taken; goodbye");
}

void LmtpSession::forget_message() {
    room_.give_back(std::exchange(taken_room_, 0));
    sender_.clear();
    recipients_.clear();
    std::string().swap(message_);
    dropped_ = 0;
    spoiled_ = Spoiled::kNo;
}

void LmtpSession::take(std::string_view octets) {
    while (!octets.empty() && !over_) {
        if (state_ == State::kData) take_data_octets(octets);
        else take_command_octets(octets);
    }
}

void LmtpSession::take_command_octets(std::string_view& octets) {
    const std::size_t end = octets.find('\n');
    const std::string_view piece = octets.substr(0, end);
    if (line_.size() + piece.size() > limits_.command_octets) line_too_long_ = true;
    else line_.append(piece);
    octets.remove_prefix(end == std::string_view::npos ? octets.size() : end + 1);
    if (end == std::string_view::npos) return;
    std::string line = std::exchange(line_, {});
    if (std::exchange(line_too_long_, false)) return mistake("500 5.5.2 a line has at most " + std::to_string(limits_.command_octets) + " octets");
    if (line.empty() || line.back() != '\r') return mistake("500 5.5.2 a line ends with CR LF");
    line.pop_back();
    command(line);
}

void LmtpSession::command(std::string_view line) {
    if (line.find('\0') != std::string_view::npos || line.find('\r') != std::string_view::npos) return mistake("500 5.5.2 a command has neither NUL nor CR in it");
    std::string_view argument = line;
    const std::string_view word = next_word(argument);
    if (same_word(word, "LHLO")) return greet(argument);
    if (same_word(word, "HELO") || same_word(word, "EHLO")) return mistake("500 5.5.1 this is LMTP: say LHLO");
    if (same_word(word, "NOOP")) return answer("250 2.0.0 OK");
    if (same_word(word, "QUIT")) return end("221 2.0.0 goodbye");
    if (same_word(word, "RSET")) {
        forget_message();
        if (state_ != State::kGreeting) state_ = State::kReady;
        return answer("250 2.0.0 OK");
    }
    if (same_word(word, "VRFY")) return answer("252 2.5.0 send it, and it is said");
    if (same_word(word, "HELP")) return answer("214 2.0.0 LHLO, MAIL, RCPT, DATA, RSET, NOOP, QUIT; RFC 2033");
    if (same_word(word, "MAIL")) return mail(argument);
    if (same_word(word, "RCPT")) return recipient(argument);
    if (same_word(word, "DATA")) return data(argument);
    mistake("500 5.5.1 that is no command of LMTP");
}

void LmtpSession::greet(std::string_view argument) {
    if (argument.empty()) return mistake("501 5.5.4 LHLO wants the client's name");
    forget_message();
    state_ = State::kReady;
    answer("250-" + rules_.host);
    answer("250-PIPELINING");
    answer("250-8BITMIME");
    answer("250-ENHANCEDSTATUSCODES");
    answer("250 SIZE " + std::to_string(limits_.message_octets));
}

// SIZE=n and BODY=7BIT|8BITMIME. False: answered.
bool LmtpSession::parameters_fit(std::string_view parameters) {
    while (!parameters.empty()) {
        const std::string_view parameter = next_word(parameters);
        const std::size_t sign = std::min(parameter.find('='), parameter.size());
        const std::string_view name = parameter.substr(0, sign);
        const std::string_view value = parameter.substr(std::min(sign + 1, parameter.size()));
        if (same_word(name, "SIZE")) {
            std::uint64_t octets = 0;
            const auto read = std::from_chars(value.data(), value.data() + value.size(), octets);
            const bool too_many = read.ec == std::errc::result_out_of_range;
            if (value.empty() || read.ptr != value.data() + value.size() || (read.ec != std::errc() && !too_many)) return mistake("501 5.5.4 SIZE wants a number"), false;
            if (too_many || octets > limits_.message_octets) {
                return mistake("552 5.3.4 a message has at most " + std::to_string(limits_.message_octets) + " octets here; send it in several, or by fax"), false;
            }
        } else if (same_word(name, "BODY")) {
            if (!same_word(value, "7BIT") && !same_word(value, "8BITMIME")) return mistake("555 5.5.4 BODY is 7BIT or 8BITMIME"), false;
        } else {
            return mistake("555 5.5.4 that parameter of MAIL is not known here"), false;
        }
    }
    return true;
}

void LmtpSession::mail(std::string_view argument) {
    if (state_ == State::kGreeting) return mistake("503 5.5.1 LHLO first");
    if (state_ == State::kSender) return mistake("503 5.5.1 there is a sender already: RSET first");
    if (!same_word(argument.substr(0, 5), "FROM:")) return mistake("501 5.5.4 MAIL FROM:<address> is wanted");
    std::string_view parameters;
    const auto sender = mailbox_in(argument.substr(5), parameters);
    if (!sender) return mistake("501 5.1.7 " + sender.error().message);
    if (!parameters_fit(parameters)) return;
    sender_ = *sender;
    state_ = State::kSender;
    answer("250 2.1.0 OK");
}

void LmtpSession::recipient(std::string_view argument) {
    if (state_ != State::kSender) return mistake("503 5.5.1 MAIL first");
    if (!same_word(argument.substr(0, 3), "TO:")) return mistake("501 5.5.4 RCPT TO:<address> is wanted");
    std::string_view parameters;
    const auto recipient = mailbox_in(argument.substr(3), parameters);
    if (!recipient || recipient->empty()) return mistake("501 5.1.3 " + (recipient ? std::string("a recipient has an address") : recipient.error().message));
    if (!parameters.empty()) return mistake("555 5.5.4 RCPT takes no parameters here");
    // One for each accepted RCPT, also where one recipient is named twice: the peer counts the replies after DATA by them.
    if (recipients_.size() >= limits_.recipients) return answer("452 4.5.3 too many recipients; send the rest in another message");
    std::string folded = in_small_letters(*recipient);
    if (!rules_.recipients.empty() && !rules_.recipients.contains(folded)) return mistake("550 5.1.1 no notices are taken for that address");
    recipients_.push_back(std::move(folded));
    answer("250 2.1.5 OK");
}

void LmtpSession::data(std::string_view argument) {
    if (!argument.empty()) return mistake("501 5.5.4 DATA takes no argument");
    if (recipients_.empty()) return mistake("503 5.5.1 no recipient was accepted");  // RFC 2033 4.2
    state_ = State::kData;
    end_ = DataEnd::kCrLf;  // the command's own line end counts: a message may be empty
    answer("354 end with a line with a dot alone");
}

void LmtpSession::take_data_octets(std::string_view& octets) {
    // Whole stretches without CR at once, where nothing of an end has come.
    std::size_t at = 0;
    while (at < octets.size() && state_ == State::kData && !over_) {
        if (end_ == DataEnd::kNo && spoiled_ == Spoiled::kNo) {
            const std::size_t stretch = std::min(octets.find('\r', at), octets.size()) - at;
            const std::size_t whole = std::min(stretch, taken_room_ - message_.size());
            if (whole > 0) {
                message_.append(octets.substr(at, whole));
                at += whole;
                continue;
            }
        }
        data_octet(octets[at++]);
    }
    octets.remove_prefix(at);
}

// One octet of the message: the dot that a sender put before a line's own is taken off again.
void LmtpSession::data_octet(char octet) {
    switch (end_) {
        case DataEnd::kCrLf:
            if (octet == '.') {
                end_ = DataEnd::kDot;
                return;
            }
            break;
        case DataEnd::kDot:
            if (octet == '\r') {
                end_ = DataEnd::kDotCr;
                return;
            }
            break;  // a stuffed dot, dropped
        case DataEnd::kDotCr:
            if (octet == '\n') return end_of_data();
            keep_octet('\r');  // the dot was a stuffed one, and its line goes on with a lone CR
            if (octet == '\r') {
                end_ = DataEnd::kCr;
                return keep_octet('\r');
            }
            break;
        case DataEnd::kCr:
            if (octet == '\n') {
                end_ = DataEnd::kCrLf;
                return keep_octet('\n');
            }
            break;
        case DataEnd::kNo: break;
    }
    end_ = octet == '\r' ? DataEnd::kCr : DataEnd::kNo;
    keep_octet(octet);
}

void LmtpSession::keep_octet(char octet) {
    if (spoiled_ != Spoiled::kNo) {
        // Read to its end, so that the peer hears why; but not for ever.
        if (++dropped_ > limits_.message_octets) end("421 4.3.4 the message does not end; at most " + std::to_string(limits_.message_octets) + " octets are taken");
        return;
    }
    if (message_.size() >= limits_.message_octets) spoiled_ = Spoiled::kTooLarge;
    else if (message_.size() >= taken_room_) {
        const std::size_t wanted = std::min(kRoomStep, limits_.message_octets - message_.size());
        if (room_.take(wanted)) taken_room_ += wanted;
        else spoiled_ = Spoiled::kNoRoom;
    }
    if (spoiled_ == Spoiled::kNo) return message_.push_back(octet);
    std::string().swap(message_);
    room_.give_back(std::exchange(taken_room_, 0));
}

void LmtpSession::end_of_data() {
    std::string said;
    if (spoiled_ == Spoiled::kTooLarge) {
        said = "552 5.3.4 a message has at most " + std::to_string(limits_.message_octets) + " octets here; send it in several, or by fax";
    } else if (spoiled_ == Spoiled::kNoRoom) {
        said = "452 4.3.1 too much mail comes in at once; try again";
    } else {
        Arrival arrival{rules_.by, rules_.mail_room, sender_, recipients_};
        arrival.message = std::move(message_);
        const auto kept = keeper_.keep(std::move(arrival));
        if (kept) said = *kept == Keeping::kKept ? "250 2.0.0 kept" : "250 2.0.0 kept before";
        else said = one_line((kept.error().worth_retrying() ? "451 4.3.0 " : "554 5.6.0 ") + kept.error().message);
    }
    for (std::size_t each = 0; each < recipients_.size(); ++each) answer(said);  // RFC 2033 4.2: one for each, in their order
    forget_message();
    state_ = State::kReady;
    end_ = DataEnd::kNo;
}

}  // namespace rightsdesk::mail_gateway
