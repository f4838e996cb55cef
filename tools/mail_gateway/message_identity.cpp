#include "mail_gateway/message_identity.h"

#include <algorithm>
#include <array>

#include "base/hash.h"

namespace rightsdesk::mail_gateway {

namespace {

// Added on the way (RFC 5321 4.4; the others as postfix, exim and dovecot write them).
constexpr std::array<std::string_view, 12> kTrace = {"received", "return-path", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-envelope-from",
                                                     "delivery-date", "authentication-results", "received-spf", "x-received", "lines"};

bool is_trace(std::string_view line) {
    std::string name(line.substr(0, line.find(':')));
    std::transform(name.begin(), name.end(), name.begin(), [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; });
    while (!name.empty() && (name.back() == ' ' || name.back() == '\t')) name.pop_back();
    return std::find(kTrace.begin(), kTrace.end(), name) != kTrace.end();
}

}  // namespace

std::string message_id_of(std::string_view message, bool mail_room) {
    std::string kept = mail_room ? "the mail room's\n" : "\n";
    kept.reserve(message.size() + kept.size() + 1);
    bool in_headers = true;
    bool dropping = false;
    while (!message.empty()) {
        const std::size_t end = std::min(message.find('\n'), message.size());
        std::string_view line = message.substr(0, end);
        message.remove_prefix(std::min(end + 1, message.size()));
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (in_headers) {
            if (line.empty()) in_headers = false;
            const bool folded = !line.empty() && (line.front() == ' ' || line.front() == '\t');
            if (!folded) dropping = in_headers && is_trace(line);
            if (dropping) continue;
        }
        kept.append(line).push_back('\n');
    }
    return base::sha256_hex(kept);
}

}  // namespace rightsdesk::mail_gateway
