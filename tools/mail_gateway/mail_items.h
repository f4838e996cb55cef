// What a message is to the desk: its items, in the order of its parts, each a command for a door. One envelope's items share a
// delivery id, so that a notice and the check beside it are known to have come together.
//
// Every attachment becomes an item, read or not: what cannot be read is still somebody's paper, and the desk shows it with its
// picture and its stamp, and a person keys it or rejects it. A text is an item where it is a form. A message without any item is one itself, whole. Only what is too large for
// the desk (documents::kMaxDocumentOctets) is set aside.
//
// Which parts become items depends on the message alone and not on how well its pages are read, so that an item has the same
// name whenever the message is taken apart again.
#pragma once

#include <string>
#include <vector>

#include "feeds/page_reader.h"
#include "mail_gateway/arrival.h"
#include "mail_gateway/mime_mail.h"
#include "rightsdesk/spool_sidecar.h"
#include "runtime/json.h"

namespace rightsdesk::mail_gateway {

struct MailItem {
    std::string name;                // "2" for part 2; "message" for the whole
    tools::SpoolItem sent;           // the command, its door, its stamp
    std::string note;                // what a person should know of it; empty: nothing
};

struct SetAside {
    std::string name;
    std::string octets;
    std::string why;
};

struct MailItems {
    std::vector<MailItem> items;
    std::vector<SetAside> aside;
    std::vector<std::string> notes;  // of the message
    runtime::Json parts = runtime::Json::array();  // each part, and what became of it: for the record of the message
};

// `gateway`: the principal that sends them.
MailItems items_of(const ReceivedMail& mail, const MimeMail& mime, feeds::PageReader& pages, const std::string& gateway);

}  // namespace rightsdesk::mail_gateway
