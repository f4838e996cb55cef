// What goes over the wire: a mail, a webhook's JSON and its signature, the alerts of an Alertmanager. Pure. Nothing that comes from an alert can
// end a line of a header or begin another.
#pragma once

#include <string>
#include <vector>

#include "domain/book.h"
#include "notification/way_settings.h"

namespace rightsdesk::notification {

inline constexpr int kWebhookSchema = 1;        // raised only where a member is taken away or means another thing
inline constexpr std::size_t kMostWords = 2'000;  // octets of an alert's text that go out

// An alert as it is now, and what is told of it.
struct Told {
    domain::SendingNews news = domain::SendingNews::kRaised;
    domain::Alert alert;
};

// What is told of a sending: each of its items with its alert as the book has it. A test has an alert of its own, numbered 0.
std::vector<Told> told_by(const domain::Book& book, const domain::Sending& sending);

// A whole message of RFC 5322, lines ended by CR LF. `now`: its date.
std::string mail_of(const WaySettings& way, const std::string& log, const domain::Sending& sending, const std::vector<Told>& told, domain::Instant now);

// The JSON that a webhook gets. It hangs on nothing but the sending and its alerts.
std::string webhook_of(const std::string& log, const domain::Sending& sending, const std::vector<Told>& told);
// Its headers: content, idempotency key, time, and the signature over "<time>.<body>".
std::vector<std::string> webhook_headers(const WaySettings& way, const std::string& log, const domain::Sending& sending, const std::string& body, domain::Instant now);
// "v1=<hex>": HMAC-SHA256 with the way's key.
std::string signature_of(const std::string& key, std::int64_t seconds, const std::string& body);

// The list that POST /api/v2/alerts takes. What stands ends by itself after three times `resend_seconds`, unless it is sent again.
std::string alertmanager_of(const WaySettings& way, const std::string& log, const std::vector<Told>& told, domain::Instant now);
std::vector<std::string> alertmanager_headers(const WaySettings& way);

}  // namespace rightsdesk::notification
