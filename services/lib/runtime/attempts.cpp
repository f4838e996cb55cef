#include "runtime/attempts.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <new>
#include <sstream>

namespace rightsdesk::runtime {

namespace {

constexpr std::size_t kMarkerOctets = 512;  // the key's length in the first four, then the key
constexpr std::size_t kLongestKey = kMarkerOctets - sizeof(std::uint32_t);
constexpr std::size_t kMostKeys = 1'000;    // counted; beyond them the ones that failed least are forgotten

std::uint32_t length_in(const char* marker) {
    std::uint32_t length = 0;
    std::memcpy(&length, marker, sizeof length);
    return length;
}

// The key is whole before its length says so.
void set_length(char* marker, std::uint32_t length) {
    std::atomic_signal_fence(std::memory_order_release);
    std::memcpy(marker, &length, sizeof length);
    std::atomic_signal_fence(std::memory_order_release);
}

}  // namespace

std::string WorkKey::text() const {
    std::string text(kind);
    for (const std::string_view part : {first, second}) {
        if (!part.empty()) text.append(" ").append(part);
    }
    if (number != 0) text += " " + std::to_string(number);
    return text.substr(0, kLongestKey);
}

Attempts::Attempts(const std::string& folder, const std::string& name) {
    if (!folder.empty()) {
        counts_file_ = folder + "/" + name + ".attempts";
        marker_file_ = folder + "/" + name + ".at_work";
        read_counts();
    }
    map_marker();
    count_death();
}

Attempts::~Attempts() {
    if (mapped_) ::munmap(marker_, kMarkerOctets);
    else delete[] marker_;
}

void Attempts::map_marker() {
    const int descriptor = marker_file_.empty() ? -1 : ::open(marker_file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor >= 0 && ::ftruncate(descriptor, kMarkerOctets) == 0) {
        void* page = ::mmap(nullptr, kMarkerOctets, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        mapped_ = page != MAP_FAILED;
        if (mapped_) marker_ = static_cast<char*>(page);
    }
    if (descriptor >= 0) ::close(descriptor);
    if (!mapped_) marker_ = new char[kMarkerOctets]();
}

void Attempts::count_death() {
    const std::uint32_t length = length_in(marker_);
    if (length == 0 || length > kLongestKey) return set_length(marker_, 0);
    died_at_ = std::string(marker_ + sizeof length, length);
    ++counts_[*died_at_];
    // Counted before the marker is wiped: a death in between counts it twice rather than never.
    if (keep_counts()) set_length(marker_, 0);
}

void Attempts::begin(const WorkKey& key) {
    char* at = marker_ + sizeof(std::uint32_t);
    const char* const end = marker_ + kMarkerOctets;
    const auto put = [&](std::string_view part) {
        const std::size_t count = std::min<std::size_t>(part.size(), static_cast<std::size_t>(end - at));
        std::memcpy(at, part.data(), count);
        at += count;
    };
    put(key.kind);
    for (const std::string_view part : {key.first, key.second}) {
        if (part.empty()) continue;
        put(" ");
        put(part);
    }
    if (key.number != 0) {
        char digits[24];
        const auto written = std::to_chars(digits, digits + sizeof digits, key.number);
        put(" ");
        put({digits, static_cast<std::size_t>(written.ptr - digits)});
    }
    set_length(marker_, static_cast<std::uint32_t>(at - marker_ - sizeof(std::uint32_t)));
}

void Attempts::end() { set_length(marker_, 0); }

int Attempts::of(const WorkKey& key) const {
    if (counts_.empty()) return 0;
    const auto found = counts_.find(key.text());
    return found == counts_.end() ? 0 : found->second;
}

base::Result<int> Attempts::failed(const WorkKey& key) {
    const std::string name = key.text();
    const int count = ++counts_[name];
    while (counts_.size() > kMostKeys) {
        counts_.erase(std::min_element(counts_.begin(), counts_.end(), [&](const auto& one, const auto& other) {
            return std::pair(one.second, one.first == name) < std::pair(other.second, other.first == name);
        }));
    }
    if (const auto kept = keep_counts(); !kept) return tl::unexpected(kept.error());
    return count;
}

void Attempts::settled(const WorkKey& key) {
    // What cannot be written now is written with the next; a count too many of what was decided harms nobody.
    if (counts_.erase(key.text()) > 0) static_cast<void>(keep_counts());
}

// A line each: the count, then the key.
void Attempts::read_counts() {
    std::ifstream file(counts_file_);
    for (std::string line; std::getline(file, line) && counts_.size() < kMostKeys;) {
        std::istringstream text(line);
        int count = 0;
        std::string key;
        if (text >> count && text.get() == ' ' && std::getline(text, key) && count > 0) counts_[key] = count;
    }
}

base::Result<> Attempts::keep_counts() const {
    if (counts_file_.empty()) return {};
    std::string text;
    for (const auto& [key, count] : counts_) text += std::to_string(count) + " " + key + "\n";
    const std::string beside = counts_file_ + ".new";
    const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool kept = descriptor >= 0 && ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(descriptor) == 0;
    const int why = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (kept && std::rename(beside.c_str(), counts_file_.c_str()) == 0) return {};
    return base::unavailable(counts_file_ + ": " + std::strerror(why) + ": what failed cannot be counted, and is not tried again until it can");
}

}  // namespace rightsdesk::runtime
