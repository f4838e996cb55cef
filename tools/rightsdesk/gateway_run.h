// A gateway at work: takes documents from a spool into the sender's journal, sends them, files what the desk says.
//
// One step: take what is in in/ while there is room; have it on the disk and moved to sent/; send, receive, file. While the
// disk refuses it takes nothing more and sends nothing, says so, and tries again with the next step.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "client/sender.h"
#include "rightsdesk/spool.h"

namespace rightsdesk::tools {

struct GatewaySettings {
    std::string source;
    std::string watermark_door = "intake";
    std::chrono::seconds watermark_every{0};       // 0: it tells none
    std::chrono::seconds watermark_behind{60};     // a document is in in/ at most this long after its stamp
    std::chrono::milliseconds rescan{250};         // of in/, when there was nothing
    // What came and is not in in/ yet: the watermark stays before this stamp. Nothing: there is none.
    std::function<std::optional<domain::Instant>()> not_in_yet = {};
};

// What happened, for whoever listens.
struct GatewayEvents {
    std::function<void(const std::string& name, const client::Settled& settled)> receipt;   // `name` is empty for a watermark's
    std::function<void(const std::string& name, const std::string& why)> refused;
    std::function<void(const std::string& text)> trouble;                                   // each once, until it changes
};

class GatewayRun {
public:
    // `now`: the desk's time; nothing when it is not known.
    GatewayRun(Spool& spool, client::Sender& sender, GatewaySettings settings, std::function<std::optional<domain::Instant>()> now, GatewayEvents events);

    // Takes up what a crash left: to be called once, before the first step.
    base::Result<> recover();

    // One step; waits up to `wait` for answers. How many documents were taken and messages settled. kCorrupt: a person must look.
    base::Result<std::size_t> step(std::chrono::milliseconds wait);

    // Nothing is left to take, and everything has its receipt.
    [[nodiscard]] bool is_idle() const;
    // Tells the watermark at the next look at in/, whatever `watermark_every` says.
    void ask_for_watermark() { next_watermark_ = {}; next_scan_ = {}; scanned_ = false; }
    // Documents that cannot be sent as they are: in refused/, or in in/ without a sidecar.
    [[nodiscard]] std::size_t left_behind() const { return left_behind_; }

private:
    using Clock = std::chrono::steady_clock;
    struct Claim {
        std::string name;
        std::string id;
    };
    base::Result<> scan();
    base::Result<std::size_t> take();
    base::Result<bool> take_one(const std::string& name);
    base::Result<> finish_claims();
    base::Result<> keep_receipts(const std::vector<client::Settled>& answers);
    base::Result<bool> is_the_claimed(std::uint64_t number, const std::string& name);
    [[nodiscard]] std::string id_of(std::uint64_t number) const { return settings_.source + "." + std::to_string(number); }
    void trouble(const std::string& text);

    Spool& spool_;
    client::Sender& sender_;
    GatewaySettings settings_;
    std::function<std::optional<domain::Instant>()> now_;
    GatewayEvents events_;
    std::deque<std::string> queue_;              // of the last look at in/, not taken yet
    std::vector<Claim> claims_;                  // submitted, and not both durable and moved yet
    std::optional<domain::Instant> declare_;     // once the queue has been taken
    bool scanned_ = false;                       // in/ was looked at and had nothing ready
    std::size_t left_behind_ = 0;
    Clock::time_point next_scan_{};
    Clock::time_point next_watermark_{};
    std::string last_trouble_;
};

// The text of a receipt's file.
std::string receipt_file(const std::string& name, const std::string& id, const domain::Receipt& receipt);

}  // namespace rightsdesk::tools
