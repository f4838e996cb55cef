#include "bank/reader.h"

#include <algorithm>

#include "bank/bai2.h"
#include "bank/fin.h"
#include "bank/iso20022.h"
#include "bank/mt103.h"
#include "bank/mt940.h"

namespace rightsdesk::bank {

namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

std::string_view without_front(std::string_view octets) {
    if (octets.substr(0, kUtf8Mark.size()) == kUtf8Mark) octets.remove_prefix(kUtf8Mark.size());
    const std::size_t first = static_cast<std::size_t>(
        std::find_if(octets.begin(), octets.end(), [](char sign) { return static_cast<unsigned char>(sign) > ' '; }) - octets.begin());
    return octets.substr(first);
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80U ? 1 : lead >= 0xC2U && lead < 0xE0U ? 2 : lead >= 0xE0U && lead < 0xF0U ? 3 : lead >= 0xF0U && lead < 0xF5U ? 4 : 0;
        if (length == 0 || at + length > text.size()) return false;
        for (std::size_t further = 1; further < length; ++further) {
            if ((static_cast<unsigned char>(text[at + further]) & 0xC0U) != 0x80U) return false;
        }
        at += length;
    }
    return true;
}

std::string from_latin1(std::string_view text) {
    std::string made;
    made.reserve(text.size() + text.size() / 8);
    for (const char sign : text) {
        const auto octet = static_cast<unsigned char>(sign);
        if (octet < 0x80U) {
            made += sign;
        } else {
            made += static_cast<char>(0xC0U | (octet >> 6U));
            made += static_cast<char>(0x80U | (octet & 0x3FU));
        }
    }
    return made;
}

// What a message without block 2 is, by the fields that it has.
std::string type_by_fields(const FinMessage& message) {
    if (message.field("34F") != nullptr || message.field("90D") != nullptr || message.field("90C") != nullptr) return "942";
    if (message.field("60a") != nullptr || message.field("62a") != nullptr || message.field("61") != nullptr) return "940";
    if (message.field("59a") != nullptr || message.field("23B") != nullptr) return "103";
    if (message.field("32A") != nullptr && message.field("25a") != nullptr) return "910";
    return {};
}

base::Result<Statement> read_fin(std::string_view text, const Profile& profile) {
    auto messages = split_fin(text);
    if (!messages) return tl::unexpected(messages.error());
    Building building("", profile);
    for (FinMessage& message : *messages) {
        if (message.type.empty()) message.type = type_by_fields(message);
        std::string& format = building.statement().format;
        const std::string place = "line " + std::to_string(message.line) + ": ";
        const std::string told = "mt" + message.type;
        if (!format.empty() && format != told) return base::invalid(place + "an " + told + " in a file of " + format + "; give one kind at a time");
        format = told;
        base::Result<> done;
        if (message.type == "940") done = read_mt940(building, message, profile);
        else if (message.type == "942") done = read_mt942(building, message, profile);
        else if (message.type == "910") done = read_mt910(building, message, profile);
        else if (message.type == "103") done = read_mt103(building, message, profile);
        else done = base::invalid(place + (message.type.empty() ? "a SWIFT message of no type that its fields tell" : "an MT" + message.type) + "; MT103, MT910, MT940 and MT942 are read");
        if (!done) return tl::unexpected(done.error());
    }
    if (messages->empty()) return base::invalid("line 1: no message in it");
    return building.finish();
}

// XML without the blank lines in front of it, before which an XML declaration is none; also behind the mark of UTF-8.
std::string_view from_declaration(std::string_view octets) {
    const std::string_view text = octets.substr(0, kUtf8Mark.size()) == kUtf8Mark ? octets.substr(kUtf8Mark.size()) : octets;
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos || first == 0 ? octets : text.substr(first);
}

base::Result<Statement> read_text(std::string_view octets, FileFormat format, const Profile& profile) {
    std::string converted;
    if (!is_utf8(octets)) {
        converted = from_latin1(octets);
        octets = converted;
    }
    return format == FileFormat::kBai2 ? read_bai2(octets, profile) : read_fin(octets, profile);
}

}  // namespace

FileFormat format_of(std::string_view octets) {
    constexpr std::string_view kUtf16Little = "\xFF\xFE";
    constexpr std::string_view kUtf16Big = "\xFE\xFF";
    if (octets.substr(0, 2) == kUtf16Little || octets.substr(0, 2) == kUtf16Big) return FileFormat::kIso20022;
    const std::string_view text = without_front(octets);
    if (text.empty()) return FileFormat::kUnknown;
    const auto digit = [&text](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    if (text.front() == '<') return FileFormat::kIso20022;
    if (digit(0) && digit(1) && text.size() > 2 && text[2] == ',') return FileFormat::kBai2;
    if (text.front() == '{' || text.front() == '$') return FileFormat::kFin;
    // A bare message, or up to five short lines in front of one ("ABNANL2A", "940").
    constexpr std::size_t kPreface = 240;
    const std::string_view front = text.substr(0, kPreface);
    const auto begins_field = [](std::string_view line) {
        return line.size() > 3 && line[0] == ':' && line[1] >= '0' && line[1] <= '9' && line[2] >= '0' && line[2] <= '9' && line.substr(3, 2).find(':') != std::string_view::npos;
    };
    for (std::size_t at = 0; at < front.size(); at = front.find('\n', at) == std::string_view::npos ? front.size() : front.find('\n', at) + 1) {
        if (begins_field(front.substr(at))) return FileFormat::kFin;
    }
    return FileFormat::kUnknown;
}

std::string sender_of(std::string_view octets) {
    return format_of(octets) == FileFormat::kBai2 ? bai2_sender(without_front(octets)) : std::string();
}

base::Result<Statement> read_statement(std::string_view octets, const Profile& profile) {
    if (octets.size() > kMaxFileOctets) return base::invalid("larger than " + std::to_string(kMaxFileOctets) + " octets, as no file of a bank is");
    const FileFormat format = format_of(octets);
    switch (format) {
        case FileFormat::kIso20022: return read_iso20022(from_declaration(octets), profile);
        case FileFormat::kFin:
        case FileFormat::kBai2: return read_text(octets.substr(0, 3) == kUtf8Mark ? octets.substr(3) : octets, format, profile);
        case FileFormat::kUnknown: break;
    }
    return base::invalid("line 1: no format that is read here: ISO 20022 (camt.052, camt.053, camt.054, pacs.008), SWIFT MT103, MT910, MT940, MT942, or BAI2");
}

const Finding* why_not_taken(const Statement& statement, const Profile& profile) {
    const auto found = std::find_if(statement.findings.begin(), statement.findings.end(),
                                    [&profile](const Finding& finding) { return refuses_to_take(profile, finding.kind); });
    return found == statement.findings.end() ? nullptr : &*found;
}

}  // namespace rightsdesk::bank
