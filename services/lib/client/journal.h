// A sender's journal: what it sent and what it was told, appended to segment files. One synchronisation makes a whole batch
// durable; nothing is sent before. In memory are the unsettled messages' places only, so that a million settled ones cost
// nothing. journal_frame.h says what the files look like.
//
//     journal->add(message); ...            gathers
//     journal->sync();                      on the disk: now it may be sent
//     journal->file(number, receipt); ...   gathers
//     journal->sync();                      settled
//
// One thread.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "client/journal_frame.h"

namespace rightsdesk::client {

struct JournalLimits {
    std::uint64_t segment_octets = 64U * 1024U * 1024U;  // a new segment is begun by the batch that finds the last as large
};

// A message without a receipt on the disk.
struct Unsettled {
    std::uint64_t segment = 0;  // 0: to be written with the next synchronisation
    Place place;
    std::string door;
    std::string label;
    std::optional<domain::Instant> stamp;
    std::optional<domain::Instant> through;
};

struct Segment {
    std::uint64_t number = 0;
    std::string name;  // "00000017.journal"
};
// The segments of a folder in order. kCorrupt when one between them is missing.
base::Result<std::vector<Segment>> segments_of(JournalFiles& files);

class Journal {
public:
    // Reads what is unsettled, from the oldest segment that has some; cuts off an end that was never synchronised. kCorrupt:
    // damaged, with file and offset. kConflict: another sender's.
    static base::Result<std::unique_ptr<Journal>> open(std::unique_ptr<JournalFiles> files, const std::string& source, const JournalLimits& limits = {});

    // The same of any sender's, to look at: changes nothing, whoever writes to it meanwhile. Nothing may be added.
    static base::Result<std::unique_ptr<Journal>> look(std::unique_ptr<JournalFiles> files);

    [[nodiscard]] const std::string& source() const { return source_; }
    // One more than the highest number ever used.
    [[nodiscard]] std::uint64_t next_number() const { return next_number_; }
    void number_from(std::uint64_t lowest) { next_number_ = std::max(next_number_, lowest); }
    // The highest watermark ever told.
    [[nodiscard]] std::optional<domain::Instant> watermark() const { return watermark_; }
    [[nodiscard]] const std::map<std::uint64_t, Unsettled>& unsettled() const { return unsettled_; }
    // The oldest segment with an unsettled message.
    [[nodiscard]] std::uint64_t oldest_needed() const;
    // The first segment that a restart reads, as the newest says: those before it may be taken away.
    [[nodiscard]] std::uint64_t needed_from() const { return needed_from_; }
    [[nodiscard]] std::uint64_t newest() const { return segment_; }

    // Adds a message to the next batch. Its number must be next_number() or higher.
    void add(const Message& message);
    // Adds the receipt of an unsettled message, which is on the disk.
    void file(std::uint64_t number, const base::Bytes& receipt);
    [[nodiscard]] bool unsynced() const { return !batch_.empty(); }

    // Makes the batch durable; the numbers that are settled by it. kUnavailable: the disk refused; the batch is still here,
    // nothing of it is on the disk or all of it will be, and it is tried again with the next call.
    base::Result<std::vector<std::uint64_t>> sync();

    // The bytes of an unsettled message that is on the disk.
    base::Result<base::Bytes> read(std::uint64_t number);

private:
    struct Added {
        std::size_t at = 0;      // in batch_
        std::size_t octets = 0;
        std::uint64_t message = 0;  // its number; 0: a receipt
    };
    Journal(std::unique_ptr<JournalFiles> files, std::string source, const JournalLimits& limits)
        : files_(std::move(files)), source_(std::move(source)), limits_(limits) {}
    base::Result<> recover();
    base::Result<> replay(const Segment& segment, bool last);
    base::Result<> take(std::uint64_t segment, const Entry& entry, const Place& place);
    base::Result<> begin_segment(std::uint64_t number);
    base::Result<> mend();
    void leave_mark();
    void settle(std::uint64_t number);

    std::unique_ptr<JournalFiles> files_;
    std::string source_;
    JournalLimits limits_;
    bool looks_only_ = false;
    std::uint64_t needed_from_ = 1;
    std::uint64_t next_number_ = 1;
    std::optional<domain::Instant> watermark_;
    std::uint64_t synced_next_ = 1;  // these two as the disk has them
    std::optional<domain::Instant> synced_watermark_;
    std::map<std::uint64_t, Unsettled> unsettled_;
    std::map<std::uint64_t, std::size_t> unsettled_in_;  // by segment

    std::uint64_t segment_ = 0;
    std::unique_ptr<JournalFile> file_;  // of segment_
    std::uint64_t durable_ = 0;          // octets of it
    std::uint64_t end_ = 0;              // of it, with the mark
    bool broken_ = false;                // what lies behind durable_ must be cut off first

    std::string batch_;
    std::vector<Added> added_;
    std::vector<std::uint64_t> filed_;
};

}  // namespace rightsdesk::client
