// How rightsdesk-read-mail hands over what it found: a line of JSON with the parts and their sizes, and their octets one after
// the other. Both sides are one build; what comes from a child that a message has spoiled is checked all the same.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "mail_gateway/mime_mail.h"

namespace rightsdesk::mail_gateway {

std::string frame_of(const MimeMail& mail);
// kInvalid for anything that frame_of() does not make.
base::Result<MimeMail> mail_in_frame(std::string_view frame);

}  // namespace rightsdesk::mail_gateway
