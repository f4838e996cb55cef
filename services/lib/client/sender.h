// A sender for many messages: journals before it sends, keeps a window of them on their way, sends the same bytes again until
// each has its final answer, and has the answers on the disk before a message counts as settled.
//
//     auto sender = Sender::open(bus, DirectoryFiles::open_folder(folder).value(), "fax-1", {{"intake", doors}}, key);
//     while (more || (*sender)->status().unsettled > 0) {
//         while (more && (*sender)->has_room()) (*sender)->submit({"intake", command, stamp, "fax-0017.txt"});
//         const auto settled = (*sender)->turn(100ms);
//         ...
//     }
//
// Each turn synchronises the disk at most once, for all that gathered since the last: new messages and receipts together.
// Memory is bounded by `SenderLimits`, whatever the journal holds. After a failed turn nothing is lost; the next tries again.
// One thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "client/door_line.h"
#include "client/journal.h"
#include "domain/receipts.h"

namespace rightsdesk::client {

struct SenderLimits {
    std::size_t unsettled = 8'192;                         // messages submitted and not settled
    std::size_t unsettled_octets = 64U * 1024U * 1024U;    // of them, where one alone is not larger
    std::size_t window = 1'024;                            // messages on their way to one door
    std::size_t answers_a_turn = 1'024;
    JournalLimits journal = {};
};

struct Outgoing {
    std::string door;                                // one of those given to open()
    domain::Command command;
    std::optional<domain::Instant> stamp = {};       // of what was received: the watermark waits for its receipt
    std::string label = {};                          // for the sender's own use, kept in the journal
    std::string operator_name = {};                  // stated by a principal that acts for others
    bool behind_watermark = false;                   // it is known to be stamped at or before the watermark, and must go all the same
};

// The same, encoded by the caller under a number of its own.
struct Encoded {
    std::uint64_t number = 0;                        // next_number() or higher
    std::string door;
    bus::Bytes bytes;
    std::optional<domain::Instant> stamp = {};
    std::string label = {};
    bool behind_watermark = false;
    std::optional<domain::Instant> through = {};     // it tells this watermark
};

struct Settled {
    std::uint64_t number = 0;
    std::string label;
    domain::Receipt receipt;
    bus::Bytes reply;                                // as it came
    std::chrono::nanoseconds answered_after{0};      // from its first sending to its final answer
    std::chrono::nanoseconds settled_after{0};       // from its submitting to its receipt on the disk
};

struct SenderStatus {
    std::size_t unsettled = 0;
    std::size_t unsettled_octets = 0;
    std::size_t on_their_way = 0;
    std::size_t window = 0;                          // of all doors together
    bool silent = false;                             // a door does not answer
    std::uint64_t retries_later = 0;                 // answers "retry later" so far
    std::uint64_t resent = 0;                        // sendings that were not the first
    std::uint64_t synchronisations = 0;              // of the disk, so far
    std::string last_problem;                        // what a door said last that was no final answer
};

class Sender {
public:
    using Doors = std::map<std::string, std::vector<bus::Remote>>;

    // What the journal has without a receipt is sent again, oldest first. Connects at once, needs nobody there yet.
    static base::Result<std::unique_ptr<Sender>> open(bus::Bus& bus, std::unique_ptr<JournalFiles> files, const std::string& source, const Doors& doors,
                                                      const bus::KeyPair& own, const SenderLimits& limits = {});

    // Whether one message more may be submitted: back-pressure.
    [[nodiscard]] bool has_room() const;
    [[nodiscard]] std::uint64_t next_number() const { return journal_->next_number(); }
    // The lowest number that may be given out: for a source that also sends by other means.
    void number_from(std::uint64_t lowest) { journal_->number_from(lowest); }
    // The bytes of an unsettled message.
    base::Result<bus::Bytes> bytes_of(std::uint64_t number);

    // Takes a message into the next batch; its number. kUnavailable: no room. kInvalid: too large, or a door that is not
    // known. kConflict: its number was used before; or it is stamped at or before the watermark told, and that is not said to be known.
    base::Result<std::uint64_t> submit(const Outgoing& outgoing);
    base::Result<> submit_encoded(Encoded encoded);

    // Everything submitted is on the disk. turn() does it too; this is for whoever has something to do between that and the sending.
    base::Result<> keep();

    // Called with final answers before they are filed; when it fails they are not, and their messages are sent again. So
    // whoever needs more than the journal is told at least once of each.
    using Handover = std::function<base::Result<>(const std::vector<Settled>&)>;
    void hand_over_to(Handover handover) { handover_ = std::move(handover); }

    // Synchronises, sends, receives; waits up to `wait` for answers when there is nothing else to do. What has been settled.
    base::Result<std::vector<Settled>> turn(std::chrono::milliseconds wait);

    // The producer's word: nothing stamped at or before `through` will be submitted any more. Never goes back.
    void declare(domain::Instant through);
    // The watermark that may be told now, higher than the last told: declared, and everything stamped up to it is settled.
    [[nodiscard]] std::optional<domain::Instant> watermark_due() const;
    // Submits it, if there is one; its number, or 0.
    base::Result<std::uint64_t> advance_watermark(const std::string& door);
    // Declares what is wanted, and tells it once there is room and everything stamped up to it is settled, not piecemeal; then nothing
    // is wanted any more.
    base::Result<> tell_watermark(std::optional<domain::Instant>& wanted, const std::string& door);
    // The last told.
    [[nodiscard]] std::optional<domain::Instant> watermark() const { return journal_->watermark(); }

    [[nodiscard]] SenderStatus status() const;
    [[nodiscard]] const Journal& journal() const { return *journal_; }

private:
    using Clock = std::chrono::steady_clock;
    struct Way {
        DoorLine* line = nullptr;
        std::string label;
        bus::Bytes bytes;                  // empty: in the journal only
        std::size_t octets = 0;
        std::optional<domain::Instant> stamp;
        Clock::time_point submitted;
        Clock::time_point first_sent{};
        domain::Identity undecodable;      // what a door that could not read it answers under; computed when needed
        bool filed = false;                // its receipt is in the next batch
    };

    Sender(bus::Bus& bus, std::string source, const SenderLimits& limits) : bus_(bus), source_(std::move(source)), limits_(limits) {}
    base::Result<> take_up_pending();
    base::Result<std::vector<Settled>> synchronise();
    base::Result<> send_window(DoorLine& line);
    base::Result<> receive_from(DoorLine& line);
    void wait_for_answers(std::chrono::milliseconds wait);
    std::optional<Settled> final_answer(DoorLine& line, const bus::Bytes& bytes, Clock::time_point now);
    std::uint64_t number_of(const DoorLine& line, const domain::Identity& identity);

    bus::Bus& bus_;
    std::string source_;
    SenderLimits limits_;
    std::unique_ptr<Journal> journal_;
    std::map<std::string, std::unique_ptr<DoorLine>> lines_;
    std::unordered_map<std::uint64_t, Way> ways_;
    std::multiset<domain::Instant> stamps_;  // of the unsettled
    std::size_t octets_ = 0;                 // of the unsettled
    std::vector<std::uint64_t> fresh_;       // submitted, to be sent after the next synchronisation
    std::vector<Settled> filed_;             // to be settled by it
    std::vector<Settled> told_late_;         // settled, to be told by the next turn
    std::optional<domain::Instant> declared_;
    Handover handover_;
    SenderStatus counts_;
};

}  // namespace rightsdesk::client
