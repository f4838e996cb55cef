// BAI2's records as they lie in a file: one a line, or many on one, or without lines, each of the length that record 01 states; with
// continuations (88). Inside this room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rightsdesk::bank {

inline constexpr std::size_t kMaxBaiRecords = 2'000'000;
inline constexpr std::size_t kMaxContinuations = 10'000;  // of one record

// A record with its continuations: `parts` are what stands behind the code, each without the "/" that ends it.
struct BaiRecord {
    int code = 0;
    int line = 0;
    std::vector<std::string> parts;
    [[nodiscard]] std::size_t records() const { return parts.size() - wrapped; }  // as the trailers count them
    std::size_t wrapped = 0;      // parts that are no record of their own: a text that the bank broke into a further line
    [[nodiscard]] std::string place() const;
};

// The records in order. Invalid, with the line, where one begins with no code of BAI2, or for more than the bounds.
//
// A "/" ends a record at the end of its line, or before blanks and another record; within a text it is a letter like another.
base::Result<std::vector<BaiRecord>> split_bai2(std::string_view text);

// Reads a record field by field, across its continuations.
class BaiFields {
public:
    explicit BaiFields(const BaiRecord& record) : record_(record) {}

    [[nodiscard]] bool done() const { return part_ >= record_.parts.size() || (part_ + 1 == record_.parts.size() && ended_); }
    std::string next();
    // All that is left, line by line.
    std::string rest();

private:
    const BaiRecord& record_;
    std::size_t part_ = 0;
    std::size_t at_ = 0;
    bool ended_ = false;  // the part's last field was read, and no comma stands behind it
};

}  // namespace rightsdesk::bank
