// A message's parts, as far as they are looked at: the one place that sees gmime. (gmime 3.0: MIME as mail programs write it,
// malformed too, by a library that mail programs have read the world's mail with for twenty years; Debian's libgmime-3.0-dev.)
//
// Everything is bounded, and what is beyond a bound is said, not dropped: the message is then to be looked at whole. Pure; no
// clock, no file. One thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace rightsdesk::mail_gateway {

struct MimeLimits {
    std::size_t header_octets = 256U * 1024U;     // of the message's own headers
    std::size_t header_lines = 20'000;            // lines anywhere that look like a header: each costs memory
    std::size_t boundary_lines = 5'000;           // lines anywhere that begin with "--": likewise
    std::size_t parts = 64;                       // leaves of the tree
    std::size_t depth = 8;                        // multiparts and messages within each other
    std::size_t octets = 32U * 1024U * 1024U;     // of all parts decoded
};

enum class PartKind {
    kText,        // a plain text
    kPdf,         // by how it begins, whatever it is said to be
    kTiff,
    kSidecar,     // JSON named NAME.json
    kClosed,      // encrypted, an archive, winmail.dat: not opened, and why
    kOther,       // anything else that somebody attached
    kDecoration,  // a signature's octets, an image within the text, the HTML of a text that is there as plain text too
};

struct MailPart {
    std::size_t number = 0;                       // among the leaves, from 1
    PartKind kind = PartKind::kOther;
    std::string media_type;                       // in small letters; of PDF and TIFF by how it begins, else as claimed
    std::string name;                             // the file's, as claimed
    bool attached = false;                        // as a file, not as part of the text
    base::Bytes octets;                           // decoded; a text in UTF-8
    std::map<std::string, std::string> mail_room;  // X-Rightsdesk-NAME headers of the part, by name in small letters
    std::string note;                             // what is to be said of it: why it is not opened
};

struct MimeMail {
    std::map<std::string, std::string> mail_room;  // X-Rightsdesk-NAME headers of the message
    std::string from;                              // as claimed, for people only
    std::string message_id;                        // as claimed
    std::vector<MailPart> parts;
    std::string beyond;                            // which bound it goes beyond; empty: all of it is in `parts`
};

MimeMail read_mime(std::string_view message, const MimeLimits& limits = {});

// Whether it begins as a PDF, a TIFF: the claimed type proves nothing.
bool begins_as_pdf(std::string_view octets);
bool begins_as_tiff(std::string_view octets);

}  // namespace rightsdesk::mail_gateway
