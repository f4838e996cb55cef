// Mails. The words of an alert are in the body alone; headers are made of what is checked here.
#include <array>

#include "domain/alert_kinds.h"
#include "domain/silencing.h"
#include "notification/bodies.h"

namespace rightsdesk::notification {

using namespace domain;  // mails are told in the domain's words

namespace {

constexpr const char* kMailZone = "America/New_York";
constexpr std::size_t kMostHeader = 300;
constexpr std::size_t kMailLine = 72;  // of quoted-printable, below the 76 that it allows

// One header: whatever could end its line, or is not ASCII, is a question mark.
std::string header(const std::string& name, std::string value) {
    value = value.substr(0, kMostHeader);
    for (char& letter : value) {
        if (letter < ' ' || letter > '~') letter = '?';
    }
    return name + ": " + value + "\r\n";
}

// One address a line, so that no line is too long.
std::string recipients(const std::vector<std::string>& addresses) {
    std::string text = "To: ";
    for (std::size_t at = 0; at < addresses.size(); ++at) text += (at == 0 ? "" : ",\r\n ") + addresses[at];
    return text + "\r\n";
}

std::string quoted_printable(const std::string& text) {
    constexpr const char* kHex = "0123456789ABCDEF";
    std::string out;
    std::size_t length = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char letter = text[at];
        if (letter == '\n') {
            out += "\r\n";
            length = 0;
            continue;
        }
        const bool ends_line = at + 1 == text.size() || text[at + 1] == '\n';
        const bool plain = letter >= ' ' && letter <= '~' && letter != '=' && !(letter == ' ' && ends_line);
        if (length + 3 > kMailLine) {
            out += "=\r\n";
            length = 0;
        }
        const auto octet = static_cast<unsigned char>(letter);
        out += plain ? std::string(1, letter) : std::string{'=', kHex[octet >> 4U], kHex[octet & 15U]};
        length += plain ? 1 : 3;
    }
    return out + "\r\n";
}

std::string row(const std::string& name, const std::string& text) {
    if (text.empty()) return {};
    std::string line = name;
    line.resize(13, ' ');
    return line + text.substr(0, kMostWords) + "\n";
}

std::string clock_text(Instant instant) { return civil_text(instant, kMailZone) + " New York"; }

std::string too_late_text(const Alert& alert) {
    if (alert.too_late_at) return clock_text(*alert.too_late_at);
    const AlertKindRow* kind = find_alert_kind(alert.kind);
    return kind == nullptr || kind->too_late == "-" ? "" : std::string(kind->too_late);
}

std::string in_hand_text(const Alert& alert) {
    if (const std::string owner = owner_of(alert); !owner.empty()) return owner + (alert.comment.empty() ? "" : ": " + alert.comment);
    return alert.acknowledge_by && !alert.resolved_at ? "nobody yet; somebody must by " + clock_text(*alert.acknowledge_by) : "";
}

std::string heading(const std::string& log, const Told& told) {
    const Alert& alert = told.alert;
    return base::to_text(told.news) + ": " + base::to_text(alert.severity) + " " + alert.kind + ", " + log + (alert.number == 0 ? "" : " #" + std::to_string(alert.number));
}

std::string told_whole(const std::string& log, const Told& told) {
    const Alert& alert = told.alert;
    if (told.news == SendingNews::kTest) return alert.what + "\n";
    const AlertKindRow* kind = find_alert_kind(alert.kind);
    std::string text = heading(log, told) + "\n\n" + row("what", alert.what) + row("of", alert.subject) + row("since", clock_text(alert.raised_at));
    if (alert.resolved_at) return text + row("resolved", clock_text(*alert.resolved_at) + (alert.resolved_because.empty() ? "" : ": " + alert.resolved_because));
    text += row("whom", alert.whom) + row("what to do", alert.next) + row("too late", too_late_text(alert)) + row("in hand", in_hand_text(alert));
    if (kind != nullptr) text += row("ends by", std::string(kind->resolved_by));
    if (!owner_of(alert).empty() || alert.number == 0) return text;
    return text + "\nSay that you have it in hand:\n  rightsdesk alerts acknowledge " + std::to_string(alert.number) + " --offering " + log + " --as YOU\n";
}

std::string subject(const std::string& log, const std::vector<Told>& told) {
    if (told.size() == 1 && told[0].news == SendingNews::kTest) return "[rightsdesk] a test of this way";
    if (told.size() == 1) return "[rightsdesk] " + heading(log, told[0]);
    std::array<std::size_t, 3> severities{};
    for (const Told& each : told) ++severities.at(static_cast<std::size_t>(each.alert.severity));
    return "[rightsdesk] " + std::to_string(told.size()) + " together of " + log + ": " + std::to_string(severities[2]) + " critical, " + std::to_string(severities[1]) +
           " warning, " + std::to_string(severities[0]) + " info";
}

std::string text_of(const std::string& log, const Sending& sending, const std::vector<Told>& told) {
    std::string text;
    if (told.size() == 1) {
        text = told_whole(log, told[0]);
    } else {
        text = "These came close together; each in one line. rightsdesk alerts show NUMBER --offering " + log + " tells one whole.\n\n";
        for (const Told& each : told) text += heading(log, each) + "\n    " + each.alert.what.substr(0, kMostHeader) + "\n";
    }
    return text + "\n-- \nsending " + sending_id(log, sending) + ": one that comes twice bears the same.\n";
}

std::string date_text(Instant now) {
    static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::string iso = instant_text(now);  // "2002-06-28T21:00:00Z"
    const auto month = static_cast<std::size_t>((iso[5] - '0') * 10 + iso[6] - '0' - 1);
    return iso.substr(8, 2) + " " + kMonths.at(month) + " " + iso.substr(0, 4) + " " + iso.substr(11, 8) + " +0000";
}

// As a part of a message's id.
std::string mail_id_of(std::string text) {
    for (char& letter : text) {
        if (letter == '/' || letter == ':') letter = '.';
    }
    return text;
}

// A trouble of the desk itself has no number: its kind and when it began are the same from its beginning to its end.
std::string alert_id_of(const std::string& log, const Alert& alert) {
    return log + "." + (alert.number != 0 ? std::to_string(alert.number) : alert.kind + "." + mail_id_of(instant_text(alert.raised_at)));
}

std::string after_at(const std::string& address) { return address.substr(address.find('@') + 1); }

}  // namespace

std::string mail_of(const WaySettings& way, const std::string& log, const Sending& sending, const std::vector<Told>& told, Instant now) {
    const std::string host = after_at(way.from);
    const std::string id = sending.key.empty() ? log + "." + way.way.name + "." + std::to_string(sending.number) : mail_id_of(sending.key);
    std::string message = header("From", "rightsdesk <" + way.from + ">") + recipients(way.to) + header("Subject", subject(log, told)) + header("Date", date_text(now)) +
                          header("Message-ID", "<sending." + id + "@" + host + ">");
    // What becomes of an alert is shown with it.
    if (told.size() == 1 && told[0].news != SendingNews::kTest) message += header("References", "<alert." + alert_id_of(log, told[0].alert) + "@" + host + ">");
    message += header("Auto-Submitted", "auto-generated") + header("X-Rightsdesk-Sending", sending_id(log, sending)) + header("MIME-Version", "1.0") +
               header("Content-Type", "text/plain; charset=utf-8") + header("Content-Transfer-Encoding", "quoted-printable");
    return message + "\r\n" + quoted_printable(text_of(log, sending, told));
}

}  // namespace rightsdesk::notification
