// A mail gateway at work: takes messages from the intray, makes items of them, has them in the sender's journal, sends them,
// files what the desk says.
//
// One step: look into the maildirs; take messages while there is room, each with all of its items: journalled, synchronised,
// moved to taken/, and only then sent. So a crash at any moment repeats nothing: what the journal has of a message that
// is still in received/ is known by its label at the next start, and only the rest is added.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "client/sender.h"
#include "mail_gateway/intray.h"
#include "mail_gateway/mail_items.h"
#include "mail_gateway/mail_reader.h"
#include "mail_gateway/maildir.h"

namespace rightsdesk::mail_gateway {

struct MailRunSettings {
    std::string source;                            // the principal
    std::chrono::seconds watermark_every{0};       // 0: it tells none
    std::chrono::seconds watermark_behind{60};     // a scan is here at most this long after the mail room's stamp
    std::chrono::milliseconds rescan{250};         // of the maildirs and the intray, when there was nothing
};

// What happened, for whoever listens. Names are the intray's: "ID.ITEM".
struct MailEvents {
    std::function<void(const std::string& id, const MailItems& items)> taken;
    std::function<void(const std::string& name, const client::Settled& settled)> receipt;   // `name` is empty for a watermark's
    std::function<void(const std::string& name, const std::string& why)> aside;
    std::function<void(const std::string& text)> trouble;                                   // each once, until it changes
};

class MailRun {
public:
    struct Parts {   // all outlive it
        Intray& intray;
        client::Sender& sender;
        MailReader& mail;
        feeds::PageReader& pages;
    };
    MailRun(Parts parts, std::vector<Maildir> maildirs, MailRunSettings settings, MailEvents events);

    // Takes up what a crash left: once, before the first step.
    base::Result<> recover();

    // One step; waits up to `wait` for answers, and as long as pages take. How many messages were kept, taken or settled. kCorrupt: a person must look.
    base::Result<std::size_t> step(std::chrono::milliseconds wait);

    // Nothing is left to take, and everything has its receipt.
    [[nodiscard]] bool is_idle() const;
    // Tells the watermark at the next look, whatever `watermark_every` says.
    void ask_for_watermark() { next_watermark_ = {}; next_look_ = {}; looked_ = false; }
    // What a person has to see to: in aside/, or too large in a maildir.
    [[nodiscard]] std::size_t left_behind() const { return left_behind_; }

private:
    using Clock = std::chrono::steady_clock;
    struct Claim {
        std::string id;
        std::string record;
    };
    base::Result<std::size_t> look();
    base::Result<std::size_t> look_into_maildirs();
    base::Result<> want_watermark(std::optional<domain::Instant> stamped_up_to);
    base::Result<std::size_t> take();
    base::Result<bool> take_one(const std::string& id);
    base::Result<MailItems> items_of_mail(const ReceivedMail& mail, std::string& claims);
    base::Result<> submit(const ReceivedMail& mail, const MailItems& items, const std::string& claims);
    [[nodiscard]] bool has_room_for_a_message() const;
    base::Result<> finish_claims();
    base::Result<> keep_receipts(const std::vector<client::Settled>& answers);
    [[nodiscard]] std::string id_of(std::uint64_t number) const { return settings_.source + "." + std::to_string(number); }
    void trouble(const std::string& text);

    Parts parts_;
    std::vector<Maildir> maildirs_;
    MailRunSettings settings_;
    MailEvents events_;
    std::deque<std::string> queue_;                          // of the last look, not taken yet
    std::vector<Claim> claims_;                              // journalled, and not both durable and moved yet
    std::map<std::string, std::uint64_t> journalled_;        // items of before the start, by label, whose message may not be moved yet
    std::optional<domain::Instant> declare_;                 // once the queue has been taken
    bool looked_ = false;                                    // and had nothing
    std::size_t left_behind_ = 0;
    std::vector<std::string> too_large_;                     // in the maildirs, and why
    Clock::time_point next_look_{};
    Clock::time_point next_watermark_{};
    std::string last_trouble_;
};

// What one message may need of the sender's room.
client::SenderLimits mail_sender_limits();

}  // namespace rightsdesk::mail_gateway
