// Records of comma-separated text (RFC 4180): quoted fields with doubled quotes, commas and line ends in them; lines that
// end in CRLF or LF; a byte-order mark before the first is skipped, and so are empty lines.
#pragma once

#include <cstddef>
#include <istream>
#include <string>
#include <vector>

#include "base/result.h"

namespace rightsdesk::base {

inline constexpr std::size_t kMaxRecordBytes = 65'536;

class CsvReader {
public:
    // `input` is borrowed for the reader's life; open it in binary mode.
    explicit CsvReader(std::istream& input) : input_(input) {}

    // The next record's fields into `fields`; false at the end. Invalid when the text is no such record (line() says
    // where it starts), when it is longer than kMaxRecordBytes, or when the input cannot be read.
    Result<bool> next(std::vector<std::string>& fields);

    // The line on which the record last read starts, from 1.
    [[nodiscard]] std::size_t line() const { return line_; }

    // Line ends read so far.
    [[nodiscard]] std::size_t lines_read() const { return lines_read_; }

private:
    enum class FieldEnd { kComma, kRecord, kInput };
    int take();
    bool take_line_feed();
    void skip_byte_order_mark();
    Result<FieldEnd> read_field(std::string& field);
    Result<> read_quoted(std::string& field);
    Result<FieldEnd> end_of_field(int letter);

    std::istream& input_;
    std::size_t line_ = 0;
    std::size_t lines_read_ = 0;
    std::size_t record_bytes_ = 0;
};

}  // namespace rightsdesk::base
