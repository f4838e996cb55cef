// A maildir (https://cr.yp.to/proto/maildir.html) as a way in: what a mail server delivers to new/ is kept, and then moved to
// cur/ as seen. tmp/ is the mail server's and never looked at; nothing is deleted.
//
// A message is stamped with the time at which its file was last written, which is when the mail server had all of it; never
// later than now. Its name and its headers are not believed. A crash between the keeping and the moving repeats the keeping,
// which knows the message.
#pragma once

#include <string>
#include <vector>

#include "mail_gateway/arrival.h"

namespace rightsdesk::mail_gateway {

struct MaildirSettings {
    std::string folder;
    std::string address;                               // that it stands for: where its mail came in
    bool mail_room = false;                            // scans from the mail room: their X-Rightsdesk headers are believed
    std::size_t message_octets = 32U * 1024U * 1024U;  // of one message; a larger one stays in new/, and is told
    std::size_t messages_a_look = 200;
};

struct MaildirLook {
    std::size_t kept = 0;
    std::size_t known = 0;                  // kept before
    bool more = false;                      // there were more than one look takes
    std::vector<std::string> left_behind;   // "NAME: why": stays in new/ until a person looks
};

class Maildir {
public:
    explicit Maildir(MaildirSettings settings) : settings_(std::move(settings)) {}

    // kInvalid unless new/ and cur/ are there: nothing is made in somebody else's maildir.
    [[nodiscard]] base::Result<> check() const;

    // Takes what is in new/, the oldest first. kUnavailable: the keeper cannot keep now, or the disk refuses; what is there stays.
    // Waits for the disk.
    base::Result<MaildirLook> take(MailKeeper& keeper) const;

    [[nodiscard]] const MaildirSettings& settings() const { return settings_; }

private:
    struct Found {
        std::string name;
        domain::Instant written;
    };
    [[nodiscard]] base::Result<std::vector<Found>> found() const;
    [[nodiscard]] base::Result<Arrival> read(const Found& file) const;
    [[nodiscard]] base::Result<> move_to_cur(const std::string& name) const;

    MaildirSettings settings_;
};

}  // namespace rightsdesk::mail_gateway
