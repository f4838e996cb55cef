// A gateway's spool: folders through which documents go, on one disk. Nothing in it is ever deleted or written over.
//
//     in/         NAME and NAME.json, each written under another name and renamed in, the sidecar last
//     sent/       what has a number: fax-1.17-NAME and fax-1.17-NAME.json
//     receipts/   NAME.receipt.json: what the desk said of it (NAME.fax-1.18.receipt.json for a second one of that name)
//     refused/    what cannot be sent, and NAME.reason.txt
//
// A document is taken in three steps: its message is on the disk in the journal, then it is moved to sent/, then it is sent.
// So a crash at any moment repeats nothing: what the journal has and sent/ has not is moved at the next start.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "rightsdesk/spool_sidecar.h"

namespace rightsdesk::tools {

struct SpoolListing {
    std::vector<std::string> ready;                // names, in natural order
    std::vector<std::string> without_sidecar;      // documents that wait for theirs
};

struct SpoolReceipt {
    std::string name;
    std::string id;       // "fax-1.17"
    std::string text;     // the file's
};

class Spool {
public:
    // Makes the folders that are missing. kUnavailable when the disk refuses or another process works on this spool.
    static base::Result<Spool> open(const std::string& folder);

    // To look only; nothing is made, whoever works on it is not disturbed.
    static Spool look_into(const std::string& folder) { return {folder, {}}; }

    [[nodiscard]] base::Result<SpoolListing> list() const;
    [[nodiscard]] base::Result<std::vector<std::string>> refused() const;   // the names in refused/, without the reasons

    // What the message of `name` is. kInvalid: it cannot be sent, and why. kUnavailable: it cannot be read now.
    [[nodiscard]] base::Result<SpoolItem> read(const std::string& name, const std::string& source) const;

    // Moves it to sent/ under its message's id. Durable after sync_moves().
    [[nodiscard]] base::Result<> move_to_sent(const std::string& name, const std::string& id) const;
    // Whether that was done; whether it was begun.
    [[nodiscard]] bool is_sent(const std::string& name, const std::string& id) const;
    [[nodiscard]] bool is_half_sent(const std::string& name, const std::string& id) const;
    // Moves it to refused/, the reason beside it, durably.
    [[nodiscard]] base::Result<> refuse(const std::string& name, const std::string& why) const;
    [[nodiscard]] base::Result<> sync_moves() const;

    // Written durably; writing the same again changes nothing.
    [[nodiscard]] base::Result<> keep_receipts(const std::vector<SpoolReceipt>& receipts) const;

private:
    Spool(std::string folder, base::FileDescriptor lock) : folder_(std::move(folder)), lock_(std::move(lock)) {}
    [[nodiscard]] std::string in(const std::string& name) const { return folder_ + "/in/" + name; }
    [[nodiscard]] std::string sent(const std::string& name, const std::string& id) const { return folder_ + "/sent/" + id + "-" + name; }
    [[nodiscard]] std::string receipt_path(const SpoolReceipt& receipt) const;
    std::string folder_;
    base::FileDescriptor lock_;
};

}  // namespace rightsdesk::tools
