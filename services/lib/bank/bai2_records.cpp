#include "bank/bai2_records.h"

#include <algorithm>
#include <array>

#include "bank/building.h"
#include "bank/fin_parts.h"
#include "bank/letters.h"

namespace rightsdesk::bank {

namespace {

constexpr std::array<std::string_view, 8> kCodes{"01", "02", "03", "16", "49", "88", "98", "99"};
constexpr int kContinuation = 88;

bool begins_record(std::string_view text) {
    return text.size() >= 3 && text[2] == ',' && std::find(kCodes.begin(), kCodes.end(), text.substr(0, 2)) != kCodes.end();
}

// Where the record that begins `line` ends, and where the next one on the line begins; both its size where it is the last.
struct Cut {
    std::size_t end = 0;
    std::size_t next = 0;
};
Cut cut_of(std::string_view line) {
    for (std::size_t slash = line.find('/'); slash != std::string_view::npos; slash = line.find('/', slash + 1)) {
        const std::size_t next = line.find_first_not_of(' ', slash + 1);
        if (next == std::string_view::npos) break;
        if (next > slash + 1 && begins_record(line.substr(next))) return {slash, next};
    }
    return {line.size(), line.size()};
}

// Without the "/" that ends it and the blanks around that.
std::string content_of(std::string_view record) {
    while (!record.empty() && (record.back() == ' ' || record.back() == '\t')) record.remove_suffix(1);
    if (!record.empty() && record.back() == '/') record.remove_suffix(1);
    return std::string(record);
}

class BaiSplitter {
public:
    base::Result<> take_line(std::string_view line, int number) {
        while (!line.empty()) {
            const Cut cut = cut_of(line);
            if (const auto taken = take_record(line.substr(0, cut.end), number); !taken) return taken;
            line.remove_prefix(cut.next);
        }
        return {};
    }
    std::vector<BaiRecord> records;

    base::Result<> take_record(std::string_view text, int number) {
        const std::string where = "line " + std::to_string(number) + ": ";
        if (++count_ > kMaxBaiRecords) return base::invalid(where + "more than " + std::to_string(kMaxBaiRecords) + " records in one file");
        if (!begins_record(text)) return take_wrapped(text, number);
        const int code = (text[0] - '0') * 10 + (text[1] - '0');
        if (code != kContinuation) {
            records.push_back({code, number, {content_of(text.substr(3))}, 0});
            return {};
        }
        if (records.empty()) return base::invalid(where + "a continuation (88) of nothing");
        if (records.back().parts.size() >= kMaxContinuations) return base::invalid(where + "more than " + std::to_string(kMaxContinuations) + " continuations of one record");
        records.back().parts.push_back(content_of(text.substr(3)));
        return {};
    }

private:
    // A text that the bank broke without saying so.
    base::Result<> take_wrapped(std::string_view text, int number) {
        const bool of_text = !records.empty() && records.back().code == 16;
        if (!of_text || records.back().parts.size() >= kMaxContinuations) {
            return base::invalid("line " + std::to_string(number) + ": '" + std::string(text.substr(0, 30)) + "' begins with no record of BAI2 (01, 02, 03, 16, 88, 49, 98, 99)");
        }
        records.back().parts.push_back(content_of(text));
        ++records.back().wrapped;
        return {};
    }

    std::size_t count_ = 0;
};

// The length of every physical record, which record 01 states in its seventh field; 0 where it states none.
std::size_t stated_length(std::string_view text) {
    constexpr int kFieldsBefore = 6;
    constexpr std::size_t kMostDigits = 5;
    std::string_view header = text.substr(0, text.find('/'));
    for (int field = 0; field < kFieldsBefore; ++field) {
        const std::size_t comma = header.find(',');
        if (comma == std::string_view::npos) return 0;
        header.remove_prefix(comma + 1);
    }
    const std::string digits = trimmed(header.substr(0, header.find(',')));
    if (digits.empty() || digits.size() > kMostDigits || !std::all_of(digits.begin(), digits.end(), is_digit)) return 0;
    return static_cast<std::size_t>(std::stoul(digits));
}

// Where so many letters of UTF-8 from the front end: a bank's octet may be two here.
std::size_t end_of_letters(std::string_view text, std::size_t letters) {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (begins && letters-- == 0) break;
    }
    return at;
}

// The records of a file that keeps to the length that it states, without ends of lines, as tapes had it. Empty where it is no such file: a
// record that begins anywhere else shows it.
std::vector<std::string_view> physical_records(std::string_view text) {
    std::vector<std::string_view> records;
    const std::size_t length = stated_length(text);
    if (length == 0 || text.size() <= length || text.find_first_of("\r\n") != std::string_view::npos) return records;
    records.reserve(std::min(text.size() / length + 1, kMaxBaiRecords));
    while (!text.empty()) {
        if (!begins_record(text)) return {};
        const std::size_t end = end_of_letters(text, length);
        records.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return records;
}

std::string_view without_blanks(std::string_view line) {
    while (!line.empty() && static_cast<unsigned char>(line.back()) <= ' ') line.remove_suffix(1);
    while (!line.empty() && (static_cast<unsigned char>(line.front()) < ' ' || (line.front() == ' ' && begins_record(std::string_view(trimmed(line)))))) line.remove_prefix(1);
    return line;
}

base::Result<std::vector<BaiRecord>> split_physical(const std::vector<std::string_view>& physical) {
    BaiSplitter splitter;
    int number = 0;
    for (const std::string_view record : physical) {
        // Nothing else is on it: what looks like a second record is text.
        if (const auto taken = splitter.take_record(without_blanks(record), ++number); !taken) return tl::unexpected(taken.error());
    }
    return std::move(splitter.records);
}

}  // namespace

std::string BaiRecord::place() const { return "line " + std::to_string(line) + ", record " + (code < 10 ? "0" : "") + std::to_string(code); }

base::Result<std::vector<BaiRecord>> split_bai2(std::string_view text) {
    const std::string_view whole = text.substr(0, text.find_last_not_of(" \t\r\n\x1A") + 1);
    if (const auto physical = physical_records(whole); !physical.empty()) return split_physical(physical);
    BaiSplitter splitter;
    int number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = text.find('\n');
        const std::string_view line = without_blanks(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (const auto taken = splitter.take_line(line, number); !taken) return tl::unexpected(taken.error());
    }
    return std::move(splitter.records);
}

std::string BaiFields::next() {
    if (ended_) {
        ++part_;
        at_ = 0;
        ended_ = false;
    }
    if (part_ >= record_.parts.size()) return {};
    const std::string& part = record_.parts[part_];
    const std::size_t comma = part.find(',', at_);
    std::string field = part.substr(at_, comma == std::string::npos ? comma : comma - at_);
    ended_ = comma == std::string::npos;
    at_ = ended_ ? part.size() : comma + 1;
    return trimmed(field);
}

std::string BaiFields::rest() {
    if (ended_) {
        ++part_;
        at_ = 0;
        ended_ = false;
    }
    std::string text;
    for (; part_ < record_.parts.size(); ++part_) {
        std::string line = trimmed(std::string_view(record_.parts[part_]).substr(at_));
        while (!line.empty() && line.back() == ',') line.pop_back();
        append_words(text, trimmed(line), '\n');
        at_ = 0;
    }
    return text;
}

}  // namespace rightsdesk::bank
