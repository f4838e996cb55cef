#include "base/csv_reader.h"

namespace rightsdesk::base {

namespace {

constexpr int kEnd = std::istream::traits_type::eof();

}  // namespace

int CsvReader::take() {
    const int letter = input_.get();
    if (letter != kEnd) ++record_bytes_;
    if (letter == '\n') ++lines_read_;
    return letter;
}

bool CsvReader::take_line_feed() {
    if (input_.peek() != '\n') return false;
    take();
    return true;
}

void CsvReader::skip_byte_order_mark() {
    static constexpr unsigned char kMark[] = {0xEF, 0xBB, 0xBF};
    if (input_.peek() != kMark[0]) return;
    for (const unsigned char octet : kMark) {
        if (input_.peek() == octet) input_.get();
    }
}

Result<bool> CsvReader::next(std::vector<std::string>& fields) {
    if (lines_read_ == 0) skip_byte_order_mark();
    for (;;) {
        fields.clear();
        line_ = lines_read_ + 1;
        record_bytes_ = 0;
        FieldEnd end = FieldEnd::kComma;
        while (end == FieldEnd::kComma) {
            const auto read = read_field(fields.emplace_back());
            if (!read) return tl::unexpected(read.error());
            end = *read;
        }
        if (input_.bad()) return invalid("cannot be read");
        const bool empty = fields.size() == 1 && fields[0].empty();
        if (!empty) return true;
        if (end == FieldEnd::kInput) return false;
    }
}

Result<CsvReader::FieldEnd> CsvReader::read_field(std::string& field) {
    if (input_.peek() == '"') {
        if (auto quoted = read_quoted(field); !quoted) return tl::unexpected(quoted.error());
        return end_of_field(take());
    }
    for (;;) {
        const int letter = take();
        if (record_bytes_ > kMaxRecordBytes) return invalid("a record is longer than " + std::to_string(kMaxRecordBytes) + " bytes");
        if (letter == '"') return invalid("a quote inside a field that does not begin with one");
        if (letter == kEnd || letter == ',' || letter == '\n' || letter == '\r') return end_of_field(letter);
        field.push_back(static_cast<char>(letter));
    }
}

Result<> CsvReader::read_quoted(std::string& field) {
    take();
    for (;;) {
        const int letter = take();
        if (letter == kEnd) return invalid("a quoted field is not closed");
        if (record_bytes_ > kMaxRecordBytes) return invalid("a record is longer than " + std::to_string(kMaxRecordBytes) + " bytes");
        if (letter == '"') {
            if (input_.peek() != '"') return {};
            take();
        }
        field.push_back(static_cast<char>(letter));
    }
}

Result<CsvReader::FieldEnd> CsvReader::end_of_field(int letter) {
    if (letter == ',') return FieldEnd::kComma;
    if (letter == kEnd) return FieldEnd::kInput;
    if (letter == '\n' || (letter == '\r' && take_line_feed())) return FieldEnd::kRecord;
    if (letter == '\r') return invalid("a carriage return without a line feed");
    return invalid("text after a closing quote");
}

}  // namespace rightsdesk::base
