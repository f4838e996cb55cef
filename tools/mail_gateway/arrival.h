// A message as it arrived, and the port that keeps it: what the LMTP listener and the maildir reader hand over.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/describe.h"
#include "base/result.h"
#include "domain/types.h"

namespace rightsdesk::mail_gateway {

// What came, before it is kept. Nothing in it was proved by anybody: the sender and the headers are claims.
struct Arrival {
    std::string by;                        // "lmtp", or "maildir NAME"
    bool mail_room = false;                // it came in where the mail room's scans come in: its X-Rightsdesk headers are believed
    std::string sender;                    // of the envelope (MAIL FROM), as claimed; empty: none stated
    std::vector<std::string> recipients;   // of the envelope (RCPT TO), or the address that a maildir stands for
    std::optional<domain::Instant> stamp = {};  // when it came; absent: now
    std::string message = {};              // headers and body
};

// The same once it is kept.
struct ReceivedMail {
    std::string id;                        // 64 hex digits: message_id_of()
    domain::Instant stamp;
    std::string by;
    bool mail_room = false;
    std::string sender;
    std::vector<std::string> recipients;
    std::string message;
};

enum class Keeping { kKept, kKnown };  // known: the same message was kept before; its first stamp stands

class MailKeeper {
public:
    virtual ~MailKeeper() = default;
    // The message is on the disk when it returns, whichever of the two. kUnavailable: it cannot be kept now (disk, clock, too
    // much waits): the sender keeps it and tries again. kInvalid: it never will be.
    virtual base::Result<Keeping> keep(Arrival arrival) = 0;
};

}  // namespace rightsdesk::mail_gateway
