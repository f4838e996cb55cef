// What webhooks and Alertmanagers get: JSON.
#include <sodium.h>

#include <algorithm>

#include "base/check.h"
#include "domain/alert_kinds.h"
#include "domain/silencing.h"
#include "notification/bodies.h"
#include "runtime/json.h"

namespace rightsdesk::notification {

using namespace domain;  // as mails are

namespace {

std::string bounded(const std::string& text) { return text.substr(0, kMostWords); }

// A cut may have gone through a letter of several octets: it is shown as one that is missing.
std::string text_of_json(const runtime::Json& json) { return json.dump(-1, ' ', false, runtime::Json::error_handler_t::replace); }

Alert alert_of(const ToldTrouble& trouble) {
    Alert alert;
    alert.kind = trouble.kind;
    if (const AlertKindRow* row = find_alert_kind(trouble.kind)) alert.severity = row->severity;
    alert.subject = trouble.subject;
    alert.what = trouble.what;
    alert.whom = trouble.whom;
    alert.next = trouble.next;
    alert.raised_at = trouble.raised_at;
    alert.resolved_at = trouble.resolved_at;
    alert.resolved_because = trouble.resolved_because;
    return alert;
}

Alert alert_of_test(const Sending& sending) {
    Alert alert;
    alert.kind = "test";
    alert.subject = way_subject(sending.way);
    alert.what = "A test of the way " + sending.way + ", by " + sending.by + (sending.why.empty() ? "" : ": " + sending.why);
    alert.raised_at = sending.intended_at;
    return alert;
}

runtime::Json alert_document(const std::string& log, const Alert& alert) {
    const AlertKindRow* kind = find_alert_kind(alert.kind);
    runtime::Json document{{"log", log}, {"topic", alert_topic(log, alert)}, {"number", alert.number}, {"severity", base::to_text(alert.severity)}, {"kind", alert.kind}};
    document["subject"] = alert.subject;
    document["what"] = bounded(alert.what);
    document["whom"] = bounded(alert.whom);
    document["next"] = bounded(alert.next);
    document["too_late"] = kind == nullptr ? "" : std::string(kind->too_late);
    document["too_late_at"] = runtime::to_json(alert.too_late_at);
    document["raised_at"] = runtime::to_json(alert.raised_at);
    document["acknowledge_by"] = runtime::to_json(alert.acknowledge_by);
    document["owner"] = owner_of(alert);
    document["comment"] = bounded(alert.comment);
    document["resolved_at"] = runtime::to_json(alert.resolved_at);
    document["resolved_because"] = bounded(alert.resolved_because);
    document["escalates"] = alert.escalates;
    document["group"] = alert.group;
    return document;
}

std::vector<std::string> authorised(const WaySettings& way, std::vector<std::string> headers) {
    headers.insert(headers.begin(), "Content-Type: application/json");
    if (!way.bearer.empty()) headers.push_back("Authorization: Bearer " + way.bearer);
    return headers;
}

}  // namespace

std::vector<Told> told_by(const Book& book, const Sending& sending) {
    std::vector<Told> told;
    told.reserve(sending.items.size());
    for (std::size_t at = 0; at < sending.items.size(); ++at) {
        const SendingItem& item = sending.items[at];
        const Alert* alert = book.alert(item.alert);
        told.push_back({item.news, alert != nullptr ? *alert : at < sending.troubles.size() ? alert_of(sending.troubles[at]) : alert_of_test(sending)});
        // Where no store numbers it, its number is nobody else's business.
        if (!sending.key.empty()) told.back().alert.number = 0;
    }
    return told;
}

std::string webhook_of(const std::string& log, const Sending& sending, const std::vector<Told>& told) {
    runtime::Json body{{"schema_version", kWebhookSchema}, {"sending", sending_id(log, sending)}, {"way", sending.way}, {"log", log}, {"number", sending.number}};
    body["intended_at"] = runtime::to_json(sending.intended_at);
    body["items"] = runtime::Json::array();
    for (const Told& each : told) body["items"].push_back({{"news", base::to_text(each.news)}, {"alert", alert_document(log, each.alert)}});
    return text_of_json(body);
}

std::string signature_of(const std::string& key, std::int64_t seconds, const std::string& body) {
    const std::string signed_text = std::to_string(seconds) + "." + body;
    crypto_auth_hmacsha256_state state;
    std::string code(crypto_auth_hmacsha256_BYTES, '\0');
    const auto octets = [](const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); };
    CHECK(crypto_auth_hmacsha256_init(&state, octets(key), key.size()) == 0);
    CHECK(crypto_auth_hmacsha256_update(&state, octets(signed_text), signed_text.size()) == 0);
    CHECK(crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(code.data())) == 0);
    std::string hex(2 * code.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), octets(code), code.size());
    hex.pop_back();
    return "v1=" + hex;
}

std::vector<std::string> webhook_headers(const WaySettings& way, const std::string& log, const Sending& sending, const std::string& body, Instant now) {
    const std::int64_t seconds = now.value / kNanosecondsPerSecond;
    const std::string id = sending_id(log, sending);
    return authorised(way, {"Idempotency-Key: " + id, "X-Rightsdesk-Sending: " + id, "X-Rightsdesk-Timestamp: " + std::to_string(seconds),
                            "X-Rightsdesk-Signature: " + signature_of(way.key, seconds, body)});
}

std::string alertmanager_of(const WaySettings& way, const std::string& log, const std::vector<Told>& told, Instant now) {
    runtime::Json alerts = runtime::Json::array();
    for (const Told& each : told) {
        const Alert& alert = each.alert;
        const Instant ends = alert.resolved_at ? *alert.resolved_at : Instant(now.value + 3 * way.resend_seconds * kNanosecondsPerSecond);
        // What it is recognised by: nothing in it may change while the alert lives.
        runtime::Json labels{{"alertname", alert.kind}, {"suite", "rightsdesk"}, {"severity", base::to_text(alert.severity)}, {"offering", log}, {"number", std::to_string(alert.number)}};
        labels["subject"] = alert.subject;
        runtime::Json annotations{{"summary", bounded(alert.what)}, {"whom", bounded(alert.whom)}, {"next", bounded(alert.next)}};
        if (const std::string owner = owner_of(alert); !owner.empty()) annotations["owner"] = owner;
        if (!way.runbook.empty()) annotations["runbook_url"] = way.runbook + "#" + alert.kind;
        alerts.push_back({{"labels", labels}, {"annotations", annotations}, {"startsAt", runtime::to_json(alert.raised_at)}, {"endsAt", runtime::to_json(ends)}});
    }
    return text_of_json(alerts);
}

std::vector<std::string> alertmanager_headers(const WaySettings& way) { return authorised(way, {}); }

}  // namespace rightsdesk::notification
