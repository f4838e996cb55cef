#include "paper/plain_text.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kTabWidth = 8;

struct Replacement {
    std::string_view octets;
    std::string_view plain;
};

constexpr std::array<Replacement, 34> kReplacements = {{
    {"\xC2\xA0", " "},        {"\xE2\x80\x82", " "},    {"\xE2\x80\x83", " "},    {"\xE2\x80\x89", " "},    {"\xE2\x80\xAF", " "},
    {"\xEF\xBB\xBF", ""},     {"\xE2\x80\x8B", ""},     {"\xC2\xAD", ""},
    {"\xE2\x80\x98", "'"},    {"\xE2\x80\x99", "'"},    {"\xE2\x80\x9C", "\""},   {"\xE2\x80\x9D", "\""},
    {"\xE2\x80\x90", "-"},    {"\xE2\x80\x91", "-"},    {"\xE2\x80\x93", "-"},    {"\xE2\x80\x94", "-"},    {"\xE2\x88\x92", "-"},
    {"\xE2\x80\xA6", "..."},  {"\xE2\x80\xA8", "\n"},   {"\xE2\x80\xA9", "\n"},
    {"\xE2\x98\x91", "[X]"},  {"\xE2\x98\x92", "[X]"},  {"\xE2\x8A\xA0", "[X]"},  {"\xE2\x96\xA0", "[X]"},  {"\xE2\x98\x90", "[ ]"},
    {"\xE2\x96\xA1", "[ ]"},  {"\xE2\x97\x8F", "(X)"},  {"\xE2\x97\x8B", "( )"},
    {"\xE2\x9C\x93", "X"},    {"\xE2\x9C\x94", "X"},    {"\xE2\x9C\x95", "X"},    {"\xE2\x9C\x97", "X"},    {"\xE2\x88\x9A", "X"},    {"\xC3\x97", "X"},
}};

const Replacement* replacement_at(std::string_view rest) {
    const auto found = std::find_if(kReplacements.begin(), kReplacements.end(), [&](const Replacement& one) { return rest.starts_with(one.octets); });
    return found == kReplacements.end() ? nullptr : &*found;
}

// How many octets of one character of UTF-8 a text begins with; 0 when it is none.
std::size_t utf8_length(std::string_view rest) {
    const auto lead = static_cast<unsigned char>(rest.front());
    const std::size_t length = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (lead > 0xF4 || length == 0 || rest.size() < length) return 0;
    const bool good = std::all_of(rest.begin() + 1, rest.begin() + static_cast<std::ptrdiff_t>(length), [](unsigned char octet) { return (octet & 0xC0) == 0x80; });
    return good ? length : 0;
}

class Writer {
public:
    explicit Writer(std::size_t size) { plain_.reserve(size); }

    void write(std::string_view letters) {
        for (const char letter : letters) write_octet(letter);
    }
    void write_octet(char letter) {
        const auto octet = static_cast<unsigned char>(letter);
        if (letter == '\n' || letter == '\f' || letter == '\v') {
            plain_.push_back('\n');
            line_ = plain_.size();
        } else if (letter == '\t') {
            plain_.append(kTabWidth - (plain_.size() - line_) % kTabWidth, ' ');
        } else {
            plain_.push_back(octet < 0x20 || octet == 0x7F ? ' ' : letter);
        }
    }
    std::string take() { return std::move(plain_); }

private:
    std::string plain_;
    std::size_t line_ = 0;
};

}  // namespace

std::string plain_text(std::string_view text) {
    Writer writer(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto octet = static_cast<unsigned char>(text[at]);
        if (octet < 0x80) {
            if (text[at] == '\r') {
                const bool pair = at + 1 < text.size() && text[at + 1] == '\n';
                writer.write_octet('\n');
                at += pair ? 2 : 1;
            } else {
                writer.write_octet(text[at++]);
            }
            continue;
        }
        const std::string_view rest = text.substr(at);
        if (const Replacement* replacement = replacement_at(rest)) {
            writer.write(replacement->plain);
            at += replacement->octets.size();
        } else if (const std::size_t length = utf8_length(rest); length > 0) {
            writer.write(rest.substr(0, length));
            at += length;
        } else {
            writer.write_octet(octet >= 0x80 && octet <= 0xA0 ? ' ' : text[at]);  // Latin-1's controls and no-break space
            ++at;
        }
    }
    return writer.take();
}

}  // namespace rightsdesk::paper
