#include "client/journal_frame.h"

#include <cstring>

#include "base/check.h"
#include "client/checksum.h"

namespace rightsdesk::client {

namespace {

constexpr std::size_t kChunk = 1U * 1024U * 1024U;
constexpr unsigned char kFormat = 1;
constexpr unsigned char kHasStamp = 1;
constexpr unsigned char kHasThrough = 2;
enum EntryKind : unsigned char { kOpeningEntry = 1, kMessageEntry = 2, kReceiptEntry = 3, kMarkEntry = 4 };

// The machines that this runs on are little-endian.
template <class Number>
void put(std::string& to, Number number) {
    char octets[sizeof number];
    std::memcpy(octets, &number, sizeof number);
    to.append(octets, sizeof number);
}
void put_text(std::string& to, const std::string& text) {
    CHECK(text.size() <= kMaxLabelOctets);
    put(to, static_cast<std::uint16_t>(text.size()));
    to += text;
}

struct PutBody {
    std::string& to;
    void operator()(const Opening& opening) const {
        put(to, static_cast<unsigned char>(kOpeningEntry));
        put(to, kFormat);
        put(to, opening.segment);
        put(to, opening.next_number);
        put(to, opening.oldest_needed);
        put(to, opening.watermark ? kHasThrough : static_cast<unsigned char>(0));
        put(to, opening.watermark.value_or(domain::Instant()).value);
        put_text(to, opening.source);
    }
    void operator()(const Message& message) const {
        put(to, static_cast<unsigned char>(kMessageEntry));
        put(to, message.number);
        put(to, static_cast<unsigned char>((message.stamp ? kHasStamp : 0) | (message.through ? kHasThrough : 0)));
        put(to, message.stamp.value_or(domain::Instant()).value);
        put(to, message.through.value_or(domain::Instant()).value);
        put_text(to, message.door);
        put_text(to, message.label);
        to += message.bytes.view();
    }
    void operator()(const FiledReceipt& receipt) const {
        put(to, static_cast<unsigned char>(kReceiptEntry));
        put(to, receipt.number);
        to += receipt.bytes.view();
    }
    void operator()(const Mark&) const { put(to, static_cast<unsigned char>(kMarkEntry)); }
};

// Takes fields off the front; `good` is false once something was missing.
struct Taker {
    std::string_view rest;
    bool good = true;
    template <class Number>
    Number take() {
        Number number{};
        if (rest.size() < sizeof number) {
            good = false;
            return number;
        }
        std::memcpy(&number, rest.data(), sizeof number);
        rest.remove_prefix(sizeof number);
        return number;
    }
    std::string take_text() {
        const std::size_t size = take<std::uint16_t>();
        good = good && size <= rest.size();
        if (!good) return "";
        std::string text(rest.substr(0, size));
        rest.remove_prefix(size);
        return text;
    }
};

std::optional<domain::Instant> instant_if(bool there, std::int64_t value) { return there ? std::optional(domain::Instant(value)) : std::nullopt; }

std::optional<Entry> opening_of(Taker& from) {
    Opening opening;
    const bool known = from.take<unsigned char>() == kFormat;
    opening.segment = from.take<std::uint64_t>();
    opening.next_number = from.take<std::uint64_t>();
    opening.oldest_needed = from.take<std::uint64_t>();
    const auto flags = from.take<unsigned char>();
    opening.watermark = instant_if((flags & kHasThrough) != 0, from.take<std::int64_t>());
    opening.source = from.take_text();
    return known && from.good ? std::optional<Entry>(opening) : std::nullopt;
}

std::optional<Entry> message_of(Taker& from) {
    Message message;
    message.number = from.take<std::uint64_t>();
    const auto flags = from.take<unsigned char>();
    message.stamp = instant_if((flags & kHasStamp) != 0, from.take<std::int64_t>());
    message.through = instant_if((flags & kHasThrough) != 0, from.take<std::int64_t>());
    message.door = from.take_text();
    message.label = from.take_text();
    message.bytes = base::Bytes(from.rest);
    return from.good ? std::optional<Entry>(std::move(message)) : std::nullopt;
}

std::optional<Entry> entry_of(std::string_view body) {
    Taker from{body};
    switch (from.take<unsigned char>()) {
        case kOpeningEntry: return opening_of(from);
        case kMessageEntry: return message_of(from);
        case kReceiptEntry: {
            const auto number = from.take<std::uint64_t>();
            return from.good ? std::optional<Entry>(FiledReceipt{number, base::Bytes(from.rest)}) : std::nullopt;
        }
        case kMarkEntry: return body.size() == 1 ? std::optional<Entry>(Mark{}) : std::nullopt;
        default: return std::nullopt;
    }
}

struct Head {
    std::uint32_t crc = 0;
    std::uint32_t length = 0;
    std::uint64_t synced = 0;
};

Head head_of(std::string_view octets) {
    Taker from{octets};
    Head head;
    head.crc = from.take<std::uint32_t>();
    head.length = from.take<std::uint32_t>();
    head.synced = from.take<std::uint64_t>();
    return head;
}

// The frame that begins `octets`, which lie at `offset` of a file; nothing when none does. `synced` is what it says.
std::optional<Entry> frame_at(std::string_view octets, std::uint64_t offset, std::size_t& size, std::uint64_t* synced = nullptr) {
    if (octets.size() < kFrameHead) return std::nullopt;
    const Head head = head_of(octets);
    if (head.length == 0 || head.length > octets.size() - kFrameHead || head.synced > offset) return std::nullopt;
    size = kFrameHead + head.length;
    if (crc32(octets.substr(sizeof head.crc, size - sizeof head.crc)) != head.crc) return std::nullopt;
    if (synced != nullptr) *synced = head.synced;
    return entry_of(octets.substr(kFrameHead, head.length));
}

// Whether a frame behind `offset` knows that place to have been on the disk.
base::Result<bool> was_synced(JournalFile& file, std::uint64_t offset) {
    const auto size = file.size();
    if (!size) return tl::unexpected(size.error());
    const auto rest = file.read(offset, static_cast<std::size_t>(*size - offset));
    if (!rest) return tl::unexpected(rest.error());
    for (std::size_t at = 1; at + kFrameHead < rest->size(); ++at) {
        const std::string_view octets = std::string_view(*rest).substr(at);
        if (head_of(octets).synced <= offset) continue;
        std::size_t ignored = 0;
        if (frame_at(octets, offset + at, ignored)) return true;
    }
    return false;
}

tl::unexpected<base::Error> damaged(const std::string& path, std::uint64_t offset) {
    return base::failure(base::ErrorKind::kCorrupt, path + ": damaged at octet " + std::to_string(offset) + "; see \"A gateway's journal\" in deploy/RUNBOOK.md");
}

}  // namespace

std::size_t append_frame(std::string& frames, const Entry& entry) {
    const std::size_t before = frames.size();
    frames.append(kFrameHead, '\0');
    std::visit(PutBody{frames}, entry);
    return frames.size() - before;
}

void seal_frame(char* frame, std::size_t octets, std::uint64_t synced) {
    const auto length = static_cast<std::uint32_t>(octets - kFrameHead);
    std::memcpy(frame + 4, &length, sizeof length);
    std::memcpy(frame + 8, &synced, sizeof synced);
    const std::uint32_t crc = crc32({frame + sizeof crc, octets - sizeof crc});
    std::memcpy(frame, &crc, sizeof crc);
}

base::Result<std::uint64_t> walk_segment(JournalFile& file, const std::string& path, bool torn_end_allowed, const Visit& visit) {
    std::string buffer;
    std::uint64_t offset = 0;  // of the buffer's front in the file
    std::size_t at = 0;        // of the next frame in the buffer
    for (bool whole = false;;) {
        const std::string_view octets = std::string_view(buffer).substr(at);
        const bool complete = octets.size() >= kFrameHead && octets.size() - kFrameHead >= head_of(octets).length;
        if (!complete && !whole && octets.size() < kFrameHead + kMaxBodyOctets) {
            buffer.erase(0, at);
            offset += at;
            at = 0;
            const auto more = file.read(offset + buffer.size(), kChunk);
            if (!more) return tl::unexpected(more.error());
            whole = more->empty();
            buffer += *more;
            continue;
        }
        if (octets.empty()) return offset + at;
        std::size_t size = 0;
        const auto entry = frame_at(octets, offset + at, size);
        if (!entry) {
            const auto damage = torn_end_allowed ? was_synced(file, offset + at) : base::Result<bool>(true);
            if (!damage) return tl::unexpected(damage.error());
            if (*damage) return damaged(path, offset + at);
            return offset + at;
        }
        if (const auto visited = visit(*entry, {offset + at, size}); !visited) return tl::unexpected(visited.error());
        at += size;
    }
}

base::Result<Entry> read_entry(JournalFile& file, const std::string& path, const Place& place) {
    const auto octets = file.read(place.offset, place.octets);
    if (!octets) return tl::unexpected(octets.error());
    std::size_t size = 0;
    auto entry = frame_at(*octets, place.offset, size);
    if (!entry || size != place.octets) return damaged(path, place.offset);
    return std::move(*entry);
}

}  // namespace rightsdesk::client
