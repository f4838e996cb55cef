// The port to whatever takes a message apart. The gateway's is a child in confinement (rightsdesk-read-mail), so that what a
// stranger's message does to the library that reads it, it does not do to the gateway.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "mail_gateway/mime_mail.h"

namespace rightsdesk::mail_gateway {

class MailReader {
public:
    virtual ~MailReader() = default;
    // kUnavailable: not now. A message that cannot be taken apart is one that says so in `beyond`.
    virtual base::Result<MimeMail> read(const std::string& message) = 0;
};

// Runs `program`, an absolute path, for each message. Waits for its end, a minute at most.
class ConfinedMailReader final : public MailReader {
public:
    explicit ConfinedMailReader(std::string program) : program_(std::move(program)) {}
    base::Result<MimeMail> read(const std::string& message) override;

private:
    std::string program_;
};

}  // namespace rightsdesk::mail_gateway
