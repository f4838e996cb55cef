// What a journal's files consist of. A segment is frames one after the other, all numbers little-endian:
//
//     u32 crc      CRC-32 of everything behind it: length, synced and body
//     u32 length   of the body
//     u64 synced   so much of this file was on the disk before this frame was written
//     body         u8 kind, then
//       1 opening  u8 format (1), u64 segment, u64 next number, u64 oldest segment with an unsettled message, u8 flags (2: watermark),
//                  i64 watermark, text source                       the first of every segment
//       2 message  u64 number, u8 flags (1: stamp, 2: through), i64 stamp, i64 through, text door, text label, the bytes that are sent
//       3 receipt  u64 number, the bytes that came back
//       4 mark     nothing: written after each synchronisation, so that `synced` says of it too that it was
//     text         u16 length, octets
//
// Instants are nanoseconds since 1970. `synced` tells a torn end, which nobody was told of, from damage: behind damage stands
// a frame that knows the place to have been on the disk.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "base/bytes.h"
#include "client/journal_files.h"
#include "domain/types.h"

namespace rightsdesk::client {

struct Opening {
    std::uint64_t segment = 0;
    std::uint64_t next_number = 1;
    std::uint64_t oldest_needed = 1;
    std::optional<domain::Instant> watermark;
    std::string source;
};

struct Message {
    std::uint64_t number = 0;
    std::string door;                          // whatever the sender calls it
    std::string label;                         // whatever the sender knows it by: a file's name
    std::optional<domain::Instant> stamp;      // of what was received; the watermark waits for its receipt
    std::optional<domain::Instant> through;    // of a message that tells a watermark
    base::Bytes bytes;
};

struct FiledReceipt {
    std::uint64_t number = 0;
    base::Bytes bytes;
};

struct Mark {};

using Entry = std::variant<Opening, Message, FiledReceipt, Mark>;

inline constexpr std::size_t kFrameHead = 16;
inline constexpr std::size_t kMaxLabelOctets = 1'024;
inline constexpr std::size_t kMaxNameOctets = 255;  // of a source
inline constexpr std::size_t kMaxBodyOctets = 4U * 1024U * 1024U + 8'192;

// Appends the frame of an entry to `frames`; seal_frame() makes it valid. The frame's octets.
std::size_t append_frame(std::string& frames, const Entry& entry);
// Writes the head of the frame of `octets` at `frame`.
void seal_frame(char* frame, std::size_t octets, std::uint64_t synced);

struct Place {
    std::uint64_t offset = 0;
    std::size_t octets = 0;  // of the frame
};

using Visit = std::function<base::Result<>(const Entry&, const Place&)>;

// Every entry of a segment in order; the offset behind the last. `torn_end_allowed`: an end that was never synchronised is
// left out, as of a segment that was being written to. Else, and for damage before it, kCorrupt, naming `path` and offset.
base::Result<std::uint64_t> walk_segment(JournalFile& file, const std::string& path, bool torn_end_allowed, const Visit& visit);

// The entry of the frame at `place`; kCorrupt when there is none.
base::Result<Entry> read_entry(JournalFile& file, const std::string& path, const Place& place);

}  // namespace rightsdesk::client
