// What the mail room says of its scans, in headers that its scanning station writes, or in a sidecar NAME.json beside NAME:
//
//     X-Rightsdesk-Channel: mail | hand | courier
//     X-Rightsdesk-Address: 59 Maiden Lane, New York, NY 10038       where the envelope was handed in
//     X-Rightsdesk-Received: 2002-06-26T10:15:00-04:00               the mail room's stamp
//     X-Rightsdesk-Delivery: envelope-881                            the envelope; absent: the message is one
//
// and in the headers of a part that shows an instrument of payment:
//
//     X-Rightsdesk-Kind: check | bank-draft | money-order            (notice, or absent: the page is read)
//     X-Rightsdesk-Certified: yes | no                               of a check
//     X-Rightsdesk-Number, -Amount, -Currency, -Payee, -Maker, -Drawee, -Drawee-Country, -Dated, -Notice
//
// They are believed only in what came in where the mail room's scans come in; anybody can write such headers.
#pragma once

#include <string>
#include <vector>

#include "mail_gateway/arrival.h"
#include "mail_gateway/mime_mail.h"
#include "rightsdesk/spool_sidecar.h"

namespace rightsdesk::mail_gateway {

// How an envelope came in.
struct Way {
    domain::Channel channel = domain::Channel::kMail;
    std::string address;
    domain::Instant stamp;
    std::string delivery;
    std::string station;              // in words, for the notice: who stamped it, and what the sender claims to be
    std::vector<std::string> notes;   // what was said and is not believed, or cannot be used
};

// An e-mail's: channel mail, the recipient's address, stamped when the message was complete. A scan's: as the mail room says.
Way way_of(const ReceivedMail& mail, const MimeMail& mime, const std::string& gateway);

// Whether the mail room says that the part shows an instrument.
bool says_instrument(const MailPart& part);

// The message to payment clearing that the part's headers make. kInvalid names every member that is missing or cannot be read.
base::Result<tools::SpoolItem> instrument_of(const MailPart& part, const Way& way, const std::string& gateway);

// The message that a sidecar makes, with what it does not say taken from the envelope. `document`: nullptr where no part is beside it.
base::Result<tools::SpoolItem> sidecar_item(const MailPart& sidecar, const base::Bytes* document, const Way& way, const std::string& gateway);

}  // namespace rightsdesk::mail_gateway
