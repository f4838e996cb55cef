// A bank feed at work: takes files from a drop folder into the sender's journal, whole or not at all, and sends.
//
// One step: what is ready is read; all its messages are in the journal, on the disk; then the file is moved; then they are sent. So a crash at any moment
// loses nothing and repeats nothing: a file that is still there is read again, and of its messages those are left out that the journal has. While the disk
// refuses, nothing more is taken and nothing sent.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "bank/money.h"
#include "bank_feed/drop_folder.h"
#include "client/sender.h"
#include "runtime/json.h"

namespace rightsdesk::bank_feed {

// Of one file; more are no bank's day, and would not fit into the sender's memory at once.
inline constexpr std::size_t kMostMessages = 200'000;
// The sender's bounds: a whole file must fit.
client::SenderLimits sender_limits();

struct FeedSettings {
    std::string source;                          // the principal: "bank-1"
    std::string zone = "America/New_York";       // in which the desk's day begins
    std::chrono::seconds watermark_every{0};     // 0: it tells none
    std::chrono::seconds watermark_behind{60};   // a file is in in/ at most this long after the bank knew what it says
    std::chrono::milliseconds rescan{250};
};

// By what a file is read; Invalid when it cannot be told.
using ProfileOf = std::function<base::Result<bank::Profile>(std::string_view octets)>;
using DeskTime = std::function<std::optional<domain::Instant>()>;
// One line of the log.
using LogLine = std::function<void(const runtime::Json&)>;

class FeedRun {
public:
    // References must live as long.
    FeedRun(DropFolder& folder, client::Sender& sender, FeedSettings settings, ProfileOf profile_of, DeskTime desk_time, LogLine log);

    // Reads of the journal what a crash left: once, before the first step.
    base::Result<> recover();

    // Waits up to `wait` for answers. How many files were taken or set aside and messages settled. kCorrupt: a person must look.
    base::Result<std::size_t> step(std::chrono::milliseconds wait);

    // Nothing is left to take, and everything has its receipt.
    [[nodiscard]] bool is_idle() const;
    // Tells the watermark at the next look, where it tells any.
    void ask_for_watermark();
    [[nodiscard]] std::size_t set_aside() const { return set_aside_; }
    [[nodiscard]] std::size_t not_accepted() const { return not_accepted_; }

private:
    using Clock = std::chrono::steady_clock;
    // A file whose messages are in the batch: to be on the disk, then moved.
    struct Claim {
        DroppedFile file;
        std::string sha256;
        std::string octets;                      // where a copy must wait
        std::vector<domain::Date> waits;
        std::string document;                    // the report, or the reason
        bool is_set_aside = false;
        bool ends_set_aside = false;
    };
    base::Result<> scan(domain::Instant now);
    base::Result<std::size_t> take();
    base::Result<bool> take_one(const DroppedFile& file, domain::Instant now);
    base::Result<bool> submit(const DroppedFile& file, Claim claim, std::vector<domain::Command> commands, domain::Instant now);
    base::Result<> refuse(const DroppedFile& file, const std::string& sha256, const std::string& why, domain::Instant now);
    base::Result<> finish_claim();
    base::Result<> keep_receipts(const std::vector<client::Settled>& answers);
    void trouble(const std::string& text);

    DropFolder& folder_;
    client::Sender& sender_;
    FeedSettings settings_;
    ProfileOf profile_of_;
    DeskTime desk_time_;
    LogLine log_;
    std::deque<DroppedFile> queue_;
    std::optional<Claim> claim_;
    // Of files that a crash left: what the journal has of each, by label.
    std::map<std::string, std::vector<domain::Command>> journalled_;
    std::optional<domain::Instant> declare_;
    bool desk_time_known_ = true;
    bool scanned_ = false;                       // the last look found nothing ready, nothing being written
    std::size_t set_aside_ = 0;
    std::size_t not_accepted_ = 0;
    Clock::time_point next_scan_{};
    Clock::time_point next_watermark_{};
    std::string last_trouble_;
};

}  // namespace rightsdesk::bank_feed
