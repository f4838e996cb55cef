#include "client/journal.h"

#include <algorithm>

#include "base/check.h"

namespace rightsdesk::client {

namespace {

constexpr const char* kSuffix = ".journal";
constexpr std::size_t kDigits = 8;
constexpr std::size_t kMostOpeningOctets = kFrameHead + 64 + kMaxNameOctets;

std::string segment_name(std::uint64_t number) {
    const std::string digits = std::to_string(number);
    return std::string(digits.size() < kDigits ? kDigits - digits.size() : 0, '0') + digits + kSuffix;
}

std::optional<std::uint64_t> segment_number(const std::string& name) {
    if (!name.ends_with(kSuffix)) return std::nullopt;
    const std::string digits = name.substr(0, name.size() - std::string(kSuffix).size());
    if (digits.size() < kDigits || digits.size() > 18 || digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    return std::stoull(digits);
}

}  // namespace

base::Result<std::vector<Segment>> segments_of(JournalFiles& files) {
    const auto names = files.list();
    if (!names) return tl::unexpected(names.error());
    std::vector<Segment> segments;
    for (const std::string& name : *names) {
        if (const auto number = segment_number(name)) segments.push_back({*number, name});
    }
    std::sort(segments.begin(), segments.end(), [](const Segment& left, const Segment& right) { return left.number < right.number; });
    for (std::size_t at = 1; at < segments.size(); ++at) {
        if (segments[at].number == segments[at - 1].number + 1) continue;
        return base::failure(base::ErrorKind::kCorrupt, files.path_of(segments[at - 1].name) + ": the segment after it is missing");
    }
    return segments;
}

base::Result<std::unique_ptr<Journal>> Journal::open(std::unique_ptr<JournalFiles> files, const std::string& source, const JournalLimits& limits) {
    std::unique_ptr<Journal> journal(new Journal(std::move(files), source, limits));
    if (const auto recovered = journal->recover(); !recovered) return tl::unexpected(recovered.error());
    return journal;
}

base::Result<std::unique_ptr<Journal>> Journal::look(std::unique_ptr<JournalFiles> files) {
    std::unique_ptr<Journal> journal(new Journal(std::move(files), "", {}));
    journal->looks_only_ = true;
    if (const auto recovered = journal->recover(); !recovered) return tl::unexpected(recovered.error());
    return journal;
}

base::Result<> Journal::recover() {
    auto segments = segments_of(*files_);
    if (!segments) return tl::unexpected(segments.error());
    std::optional<Opening> opening;
    std::optional<Segment> unfinished;
    while (!segments->empty() && !opening) {
        const Segment& last = segments->back();
        auto file = files_->open(last.name);
        if (!file) return tl::unexpected(file.error());
        const auto walked = walk_segment(**file, files_->path_of(last.name), true, [&](const Entry& entry, const Place&) -> base::Result<> {
            if (const auto* first = std::get_if<Opening>(&entry)) opening = *first;
            return {};
        });
        if (!walked) return tl::unexpected(walked.error());
        if (opening) break;
        // An opening alone was being written; what is longer began with one.
        const auto size = (*file)->size();
        if (!size) return tl::unexpected(size.error());
        if (*size > kMostOpeningOctets) return base::failure(base::ErrorKind::kCorrupt, files_->path_of(last.name) + ": damaged at octet 0; a segment begins otherwise");
        unfinished = last;  // its making was interrupted, and nothing else is in it
        segments->pop_back();
    }
    if (!opening && unfinished && unfinished->number > 1) {
        return base::failure(base::ErrorKind::kCorrupt, files_->path_of(unfinished->name) + ": does not begin as a segment does, and those before it are missing");
    }
    if (!opening) return looks_only_ ? base::Result<>() : begin_segment(1);
    if (looks_only_) source_ = opening->source;
    if (opening->source != source_) {
        return base::failure(base::ErrorKind::kConflict, files_->path_of(segments->back().name) + ": the journal of '" + opening->source + "', not of '" + source_ + "'");
    }
    if (opening->oldest_needed < segments->front().number) {
        return base::failure(base::ErrorKind::kCorrupt, files_->path_of(segment_name(opening->oldest_needed)) + ": missing, and it has messages without a receipt");
    }
    needed_from_ = opening->oldest_needed;
    for (const Segment& segment : *segments) {
        if (segment.number < opening->oldest_needed) continue;
        if (const auto replayed = replay(segment, segment.number == segments->back().number); !replayed) return replayed;
    }
    return {};
}

base::Result<> Journal::replay(const Segment& segment, bool last) {
    auto file = files_->open(segment.name);
    if (!file) return tl::unexpected(file.error());
    const auto end = walk_segment(**file, files_->path_of(segment.name), last,
                                  [&](const Entry& entry, const Place& place) { return take(segment.number, entry, place); });
    if (!end) return tl::unexpected(end.error());
    segment_ = segment.number;
    synced_next_ = next_number_;
    synced_watermark_ = watermark_;
    if (!last || looks_only_) return {};
    // What a killed process had written is whole here and perhaps not on the disk yet.
    if (const auto cut = (*file)->cut(*end); !cut) return cut;
    if (const auto synced = (*file)->sync(); !synced) return synced;
    file_ = std::move(*file);
    durable_ = *end;
    leave_mark();
    return {};
}

base::Result<> Journal::take(std::uint64_t segment, const Entry& entry, const Place& place) {
    if (const auto* opening = std::get_if<Opening>(&entry)) {
        next_number_ = std::max(next_number_, opening->next_number);
        if (opening->watermark) watermark_ = std::max(watermark_.value_or(*opening->watermark), *opening->watermark);
    } else if (const auto* message = std::get_if<Message>(&entry)) {
        if (message->number < next_number_) {
            return base::failure(base::ErrorKind::kCorrupt, files_->path_of(segment_name(segment)) + ": number " + std::to_string(message->number) + " stands twice");
        }
        next_number_ = message->number + 1;
        if (message->through) watermark_ = std::max(watermark_.value_or(*message->through), *message->through);
        unsettled_[message->number] = {segment, place, message->door, message->label, message->stamp, message->through};
        ++unsettled_in_[segment];
    } else if (const auto* receipt = std::get_if<FiledReceipt>(&entry)) {
        settle(receipt->number);  // of a message in a segment that is needed no more: nothing to do
    }
    return {};
}

void Journal::settle(std::uint64_t number) {
    const auto found = unsettled_.find(number);
    if (found == unsettled_.end()) return;
    const auto in_segment = unsettled_in_.find(found->second.segment);
    if (--in_segment->second == 0) unsettled_in_.erase(in_segment);
    unsettled_.erase(found);
}

std::uint64_t Journal::oldest_needed() const { return unsettled_in_.empty() ? segment_ : unsettled_in_.begin()->first; }

void Journal::add(const Message& message) {
    CHECK(message.number >= next_number_);
    const std::size_t at = batch_.size();
    added_.push_back({at, append_frame(batch_, message), message.number});
    next_number_ = message.number + 1;
    if (message.through) watermark_ = std::max(watermark_.value_or(*message.through), *message.through);
    unsettled_.emplace_hint(unsettled_.end(), message.number, Unsettled{0, {}, message.door, message.label, message.stamp, message.through});
}

void Journal::file(std::uint64_t number, const base::Bytes& receipt) {
    CHECK(unsettled_.contains(number) && unsettled_.at(number).segment != 0);
    const std::size_t at = batch_.size();
    added_.push_back({at, append_frame(batch_, FiledReceipt{number, receipt}), 0});
    filed_.push_back(number);
}

base::Result<std::vector<std::uint64_t>> Journal::sync() {
    if (batch_.empty()) return std::vector<std::uint64_t>();
    if (const auto mended = mend(); !mended) return tl::unexpected(mended.error());
    if (end_ >= limits_.segment_octets) {
        // The mark too: only the last segment may end torn.
        if (const auto whole = file_->sync(); !whole) return tl::unexpected(whole.error());
        if (const auto begun = begin_segment(segment_ + 1); !begun) return tl::unexpected(begun.error());
    }
    for (const Added& added : added_) seal_frame(batch_.data() + added.at, added.octets, durable_);
    auto written = file_->append(batch_);
    if (written) written = file_->sync();
    if (!written) {
        broken_ = true;
        return tl::unexpected(written.error());
    }
    for (const Added& added : added_) {
        if (added.message == 0) continue;
        Unsettled& message = unsettled_.at(added.message);
        message.segment = segment_;
        message.place = {end_ + added.at, added.octets};
        ++unsettled_in_[segment_];
    }
    durable_ = end_ + batch_.size();
    leave_mark();
    synced_next_ = next_number_;
    synced_watermark_ = watermark_;
    batch_.clear();
    added_.clear();
    std::vector<std::uint64_t> settled;
    settled.swap(filed_);
    for (const std::uint64_t number : settled) settle(number);
    return settled;
}

// After a failure nothing is known of what lies behind the durable part: off with it.
base::Result<> Journal::mend() {
    if (!broken_) return {};
    if (const auto cut = file_->cut(durable_); !cut) return cut;
    end_ = durable_;
    broken_ = false;
    return {};
}

// Not synchronised: it becomes durable with the next batch, or when the system gets round to it.
void Journal::leave_mark() {
    std::string mark;
    const std::size_t octets = append_frame(mark, Mark{});
    seal_frame(mark.data(), octets, durable_);
    broken_ = !file_->append(mark);
    end_ = durable_ + (broken_ ? 0 : octets);
}

base::Result<> Journal::begin_segment(std::uint64_t number) {
    auto file = files_->open(segment_name(number));
    if (!file) return tl::unexpected(file.error());
    // An attempt before this one may have left something.
    if (const auto cut = (*file)->cut(0); !cut) return cut;
    std::string frame;
    const std::uint64_t needed = unsettled_in_.empty() ? number : oldest_needed();
    const std::size_t octets = append_frame(frame, Opening{number, synced_next_, needed, synced_watermark_, source_});
    seal_frame(frame.data(), octets, 0);
    if (const auto written = (*file)->append(frame); !written) return written;
    if (const auto synced = (*file)->sync(); !synced) return synced;
    file_ = std::move(*file);
    segment_ = number;
    needed_from_ = needed;
    durable_ = octets;
    leave_mark();
    return {};
}

base::Result<base::Bytes> Journal::read(std::uint64_t number) {
    const Unsettled& message = unsettled_.at(number);
    CHECK(message.segment != 0);
    const std::string name = segment_name(message.segment);
    std::unique_ptr<JournalFile> older;
    if (message.segment != segment_) {
        auto opened = files_->open(name);
        if (!opened) return tl::unexpected(opened.error());
        older = std::move(*opened);
    }
    auto entry = read_entry(older ? *older : *file_, files_->path_of(name), message.place);
    if (!entry) return tl::unexpected(entry.error());
    auto* found = std::get_if<Message>(&*entry);
    CHECK(found != nullptr && found->number == number);
    return std::move(found->bytes);
}

}  // namespace rightsdesk::client
