// The gateway's own folder: every message from its acknowledgement to its receipts. Nothing in it is ever deleted or written over.
//
//     received/   ID.mail: acknowledged, and not in the sender's journal yet
//     taken/      ID.mail: all of its items are in the journal; ID.json: what became of it, and why
//     receipts/   ID.ITEM.receipt.json: what the desk said
//     aside/      ID.ITEM and ID.ITEM.reason.txt: what cannot be sent to the desk; a person looks, and the watermark waits
//
// ID.mail is one line of JSON (when and how it came, the SHA-256 of what follows) and the message as it came. ID is
// message_id_of() it, so a message that comes again is known by its name, as long as taken/ has it.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "mail_gateway/arrival.h"

namespace rightsdesk::mail_gateway {

struct IntrayLimits {
    std::size_t waiting = 2'000;                                     // messages in received/
    std::size_t waiting_octets = 1024U * 1024U * 1024U;              // of them
};

class Intray final : public MailKeeper {
public:
    using Now = std::function<std::optional<domain::Instant>()>;

    // Makes the folders that are missing. `now`: the desk's time, nothing when it is not known; called under the intray's lock.
    // kUnavailable when the disk refuses or another process works here.
    static base::Result<std::unique_ptr<Intray>> open(const std::string& folder, Now now, const IntrayLimits& limits = {});

    // Any thread. Stamped with the earlier of its own stamp and now. kUnavailable also while too much waits.
    base::Result<Keeping> keep(Arrival arrival) override;

    // The desk's time, when every message stamped before it is in received/ or beyond: for the watermark. Any thread.
    [[nodiscard]] std::optional<domain::Instant> stamped_up_to();

    // ---- below: one thread ----

    // What is in received/, the longest there first.
    [[nodiscard]] base::Result<std::vector<std::string>> list() const;
    // kCorrupt when the file is not what was written; kUnavailable when it cannot be read now.
    [[nodiscard]] base::Result<ReceivedMail> load(const std::string& id) const;
    // All its items are journalled: durably in taken/, `record` beside it.
    base::Result<> move_to_taken(const std::string& id, const std::string& record);
    // Durably in aside/, with the reason. Doing the same again changes nothing.
    base::Result<> put_aside(const std::string& name, std::string_view octets, const std::string& why);
    // A message whose file is damaged goes there as it is.
    base::Result<> put_mail_aside(const std::string& id, const std::string& why);
    [[nodiscard]] base::Result<std::size_t> aside() const;
    // `name` is "ID.ITEM".
    struct NamedReceipt {
        std::string name;
        std::string text;
    };
    base::Result<> keep_receipts(const std::vector<NamedReceipt>& receipts);

private:
    Intray(std::string folder, Now now, const IntrayLimits& limits, base::FileDescriptor lock)
        : folder_(std::move(folder)), now_(std::move(now)), limits_(limits), lock_(std::move(lock)) {}
    [[nodiscard]] std::string path(const std::string& part, const std::string& name) const { return folder_ + "/" + part + "/" + name; }
    base::Result<> count_waiting();
    void no_longer_waits(std::size_t octets);

    const std::string folder_;
    const Now now_;
    const IntrayLimits limits_;
    base::FileDescriptor lock_;
    std::mutex mutex_;
    std::size_t waiting_ = 0;
    std::size_t waiting_octets_ = 0;
};

}  // namespace rightsdesk::mail_gateway
