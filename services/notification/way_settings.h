// The ways out as the configuration has them: what is routed where (domain/ways.h), and what is needed to get there. One file, ways.toml:
//
//     [[way_out]]
//     name = "mail-desk"                  # [a-z0-9-]{1,20}: kept in the log, so it stays
//     type = "mail"                       # or webhook, alertmanager
//     server = "smtp://mail.example.com:587"    # STARTTLS is required; or smtps://
//     from = "rightsdesk@example.com"
//     to = ["desk@example.com"]
//     user = "rightsdesk"                 # may be left out, with its password_file
//     password_file = "ways/mail.password"
//     # url = "https://hooks.example.com/rightsdesk"   of a webhook; of an Alertmanager its root
//     # key_file = "ways/hook.key"        of a webhook: signs what is sent; 32 octets and more
//     # bearer_file = "ways/hook.token"   may be left out: Authorization: Bearer
//     # resend_seconds = 60               of an Alertmanager: how often it is told what still stands
//     # runbook = "https://wiki.example.com/rightsdesk"  of an Alertmanager: where its links lead
//     ca_file = "ways/ca.pem"             # may be left out: else the system's authorities. With it STARTTLS is required of this host too
//     plain = false                       # true: without TLS though it is not this host
//     # All of the following may be left out.
//     kinds = ["payment_bounced"]         # else all
//     severities = ["critical"]
//     offerings = ["rare-medium-2002", "desk"]
//     news = ["raised", "resolved"]       # and acknowledged, released
//     hours = "07:00-19:00"               # New York; outside of them this way is not taken
//     days = ["monday", "tuesday"]
//     per_minute = 60                     # of each log
//     beyond = "collect"                  # or wait
//     grouped = false
//     stands_still_after_minutes = 10
//
// Paths are relative to the file's folder. A secret's file may be read by its owner alone.
#pragma once

#include "base/result.h"
#include "domain/ways.h"

namespace rightsdesk::notification {

struct WaySettings {
    domain::Way way;
    std::string url;                   // of the mail server, the webhook, or the Alertmanager's root
    std::string from = {};             // mail
    std::vector<std::string> to = {};  // mail
    std::string user = {};             // mail
    std::string password = {};         // mail; secret
    std::string key = {};              // webhook; secret
    std::string bearer = {};           // secret
    std::string ca_file = {};
    std::string runbook = {};
    std::int64_t resend_seconds = 60;
    bool without_tls = false;          // to this host, or because `plain` says so
};

// The routes alone.
std::vector<domain::Way> ways_of(const std::vector<WaySettings>& settings);

// Reads and checks the file and the secrets that it names. An empty path: no ways. kInvalid: every mistake, with its line; kNotFound.
base::Result<std::vector<WaySettings>> load_ways(const std::string& path);

}  // namespace rightsdesk::notification
