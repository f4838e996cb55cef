// Which message it is: the same by two recipients, by two ways, or once more after a reply that got lost.
#pragma once

#include <string>
#include <string_view>

namespace rightsdesk::mail_gateway {

// 64 hex digits: the SHA-256 of the message without its trace (Received, Return-Path, Delivered-To and their kind, which each
// way adds anew) and with one kind of line end. The Message-ID counts as any other header: alone it would let somebody keep
// another's notice away by sending something else under its id. What came in as the mail room's is never the same as what
// did not.
std::string message_id_of(std::string_view message, bool mail_room);

}  // namespace rightsdesk::mail_gateway
