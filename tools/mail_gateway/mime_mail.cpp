#include "mail_gateway/mime_mail.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

namespace rightsdesk::mail_gateway {

namespace {

constexpr std::size_t kMaxNameOctets = 160;
constexpr std::size_t kMaxHeaderOctets = 1'000;          // of a header that is looked at
constexpr std::string_view kMailRoomPrefix = "x-rightsdesk-";

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

std::string small_letters(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(), [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; });
    return small;
}

std::string text_or_empty(const char* text, std::size_t limit) { return text == nullptr ? std::string() : std::string(text).substr(0, limit); }

// The memory that the library takes is by what looks like headers and boundaries: counted before it is asked.
std::string beyond_counts(std::string_view message, const MimeLimits& limits) {
    std::size_t headers = 0;
    std::size_t boundaries = 0;
    std::optional<std::size_t> end_of_headers;
    std::size_t at = 0;
    while (at < message.size()) {
        const std::size_t end = std::min(message.find('\n', at), message.size());
        const std::string_view line = message.substr(at, end - at);
        if (!end_of_headers && (line.empty() || line == "\r")) end_of_headers = at;
        if (line.starts_with("--")) ++boundaries;
        const std::size_t colon = line.substr(0, 80).find(':');
        if (colon != std::string_view::npos && line.substr(0, colon).find(' ') == std::string_view::npos) ++headers;
        at = end + 1;
    }
    if (end_of_headers.value_or(message.size()) > limits.header_octets) return "its headers have more than " + std::to_string(limits.header_octets) + " octets";
    if (headers > limits.header_lines) return "it has more than " + std::to_string(limits.header_lines) + " lines that look like headers";
    if (boundaries > limits.boundary_lines) return "it has more than " + std::to_string(limits.boundary_lines) + " lines that look like boundaries";
    return "";
}

struct Archive {
    std::string_view begins;
    std::string_view what;
};
using namespace std::string_view_literals;
constexpr std::array<Archive, 7> kArchives = {{
    {"PK\x03\x04"sv, "an archive (ZIP, or an office document)"},
    {"Rar!"sv, "an archive (RAR)"},
    {"7z\xBC\xAF\x27\x1C"sv, "an archive (7z)"},
    {"\x1F\x8B"sv, "an archive (gzip)"},
    {"BZh"sv, "an archive (bzip2)"},
    {"\xFD" "7zXZ"sv, "an archive (xz)"},
    {"\x78\x9F\x3E\x22"sv, "a winmail.dat (TNEF)"},
}};

std::string why_closed(const std::string& media_type, std::string_view octets) {
    for (const Archive& archive : kArchives) {
        if (octets.starts_with(archive.begins)) return std::string(archive.what) + " is not opened";
    }
    if (media_type == "application/ms-tnef" || media_type == "application/vnd.ms-tnef") return "a winmail.dat (TNEF) is not opened";
    if (media_type == "application/pkcs7-mime" || media_type == "application/x-pkcs7-mime" || media_type == "application/pgp-encrypted") return "what is encrypted or enveloped is not opened";
    return "";
}

bool is_signature(const std::string& media_type) {
    return media_type == "application/pkcs7-signature" || media_type == "application/x-pkcs7-signature" || media_type == "application/pgp-signature";
}

std::map<std::string, std::string> mail_room_headers(GMimeObject* object) {
    std::map<std::string, std::string> found;
    GMimeHeaderList* headers = g_mime_object_get_header_list(object);
    const int count = g_mime_header_list_get_count(headers);
    for (int at = 0; at < count; ++at) {
        GMimeHeader* header = g_mime_header_list_get_header_at(headers, at);
        const std::string name = small_letters(text_or_empty(g_mime_header_get_name(header), kMaxHeaderOctets));
        if (!name.starts_with(kMailRoomPrefix)) continue;
        // The first of a name counts, as with all that is read from the top.
        found.emplace(name.substr(kMailRoomPrefix.size()), text_or_empty(g_mime_header_get_value(header), kMaxHeaderOctets));
    }
    return found;
}

std::string media_type_of(GMimeObject* object) {
    GMimeContentType* type = g_mime_object_get_content_type(object);
    if (type == nullptr) return "application/octet-stream";
    return small_letters(text_or_empty(g_mime_content_type_get_media_type(type), 100) + "/" + text_or_empty(g_mime_content_type_get_media_subtype(type), 100));
}

// Decoded from its transfer encoding; at most `limit` octets, and whether that was all.
bool decoded(GMimePart* part, std::size_t limit, std::string& octets) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (content == nullptr) return true;
    const Owned<GMimeStream> to(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, to.get());
    const GByteArray* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(to.get()));
    if (array->len > limit) return false;
    octets.assign(reinterpret_cast<const char*>(array->data), array->len);
    return true;
}

class Walk {
public:
    Walk(MimeMail& mail, const MimeLimits& limits) : mail_(mail), limits_(limits) {}

    void object(GMimeObject* object, std::size_t depth, bool has_plain_text) {
        if (object == nullptr || !mail_.beyond.empty()) return;
        if (depth > limits_.depth) return beyond("parts lie more than " + std::to_string(limits_.depth) + " deep in each other");
        if (GMIME_IS_MULTIPART_ENCRYPTED(object)) return closed(object, "what is encrypted is not opened");
        if (GMIME_IS_MULTIPART(object)) return multipart(GMIME_MULTIPART(object), depth);
        if (GMIME_IS_MESSAGE_PARTIAL(object)) return closed(object, "a piece of a message (message/partial) is not put together");
        if (GMIME_IS_MESSAGE_PART(object)) {
            GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
            // Whoever wrote that message wrote its headers: the mail room only handed it on.
            ++within_;
            if (inner != nullptr) this->object(g_mime_message_get_mime_part(inner), depth + 1, false);
            --within_;
            return;
        }
        if (GMIME_IS_PART(object)) leaf(GMIME_PART(object), has_plain_text);
    }

private:
    void beyond(const std::string& why) { mail_.beyond = why; }

    void multipart(GMimeMultipart* multipart, std::size_t depth) {
        const int count = g_mime_multipart_get_count(multipart);
        bool plain = false;
        if (media_type_of(GMIME_OBJECT(multipart)) == "multipart/alternative") {
            for (int at = 0; at < count; ++at) plain = plain || media_type_of(g_mime_multipart_get_part(multipart, at)) == "text/plain";
        }
        for (int at = 0; at < count; ++at) object(g_mime_multipart_get_part(multipart, at), depth + 1, plain);
    }

    MailPart* add(GMimeObject* object) {
        if (mail_.parts.size() >= limits_.parts) {
            beyond("it has more than " + std::to_string(limits_.parts) + " parts");
            return nullptr;
        }
        MailPart& part = mail_.parts.emplace_back();
        part.number = mail_.parts.size();
        part.media_type = media_type_of(object);
        if (within_ == 0) part.mail_room = mail_room_headers(object);
        return &part;
    }

    // As it stands in the message, headers and all.
    void closed(GMimeObject* object, const std::string& why) {
        MailPart* part = add(object);
        if (part == nullptr) return;
        part->kind = PartKind::kClosed;
        part->attached = true;
        part->note = why;
        char* text = g_mime_object_to_string(object, nullptr);
        part->octets = base::Bytes(std::string(text == nullptr ? "" : text));
        g_free(text);
        count_octets(part->octets.size());
    }

    void leaf(GMimePart* leaf, bool has_plain_text) {
        MailPart* part = add(GMIME_OBJECT(leaf));
        if (part == nullptr) return;
        part->name = text_or_empty(g_mime_part_get_filename(leaf), kMaxNameOctets);
        part->attached = g_mime_part_is_attachment(leaf) != 0 || (!part->name.empty() && g_mime_part_get_content_id(leaf) == nullptr);
        std::string octets;
        if (!decoded(leaf, limits_.octets - octets_, octets)) return beyond("its parts have more than " + std::to_string(limits_.octets) + " octets");
        if (part->media_type == "text/plain" && GMIME_IS_TEXT_PART(leaf)) {
            // In UTF-8, whatever it came in.
            char* text = g_mime_text_part_get_text(GMIME_TEXT_PART(leaf));
            if (text != nullptr && *text != '\0') octets = text;
            g_free(text);
        }
        count_octets(octets.size());
        judge(*part, octets, has_plain_text);
        part->octets = base::Bytes(std::move(octets));
    }

    void judge(MailPart& part, std::string_view octets, bool has_plain_text) const {
        if (begins_as_pdf(octets)) {
            part.kind = PartKind::kPdf;
            part.media_type = "application/pdf";
            return;
        }
        if (begins_as_tiff(octets)) {
            part.kind = PartKind::kTiff;
            part.media_type = "image/tiff";
            return;
        }
        part.note = why_closed(part.media_type, octets);
        if (!part.note.empty()) part.kind = PartKind::kClosed;
        else if (is_signature(part.media_type)) part.kind = PartKind::kDecoration;
        else if (within_ == 0 && small_letters(part.name).ends_with(".json")) part.kind = PartKind::kSidecar;
        else if (part.media_type == "text/plain") part.kind = PartKind::kText;
        else if (part.media_type == "text/html" && has_plain_text) part.kind = PartKind::kDecoration;
        else if (!part.attached && part.media_type.starts_with("image/")) part.kind = PartKind::kDecoration;
        else part.note = part.media_type == "application/pdf" || part.media_type == "image/tiff" ? "is said to be " + part.media_type + ", and does not begin as one" : part.media_type + " is not read";
    }

    void count_octets(std::size_t octets) {
        octets_ += octets;
        if (octets_ > limits_.octets) beyond("its parts have more than " + std::to_string(limits_.octets) + " octets");
    }

    MimeMail& mail_;
    const MimeLimits& limits_;
    std::size_t octets_ = 0;
    std::size_t within_ = 0;  // messages within the message
};

}  // namespace

// A reader of PDF looks for the mark in the first 1,024 octets (ISO 32000-1, annex H.3.4.1).
bool begins_as_pdf(std::string_view octets) { return octets.substr(0, 1'024).find("%PDF-") != std::string_view::npos; }

// TIFF 6.0, section 2; BigTIFF has 43 for 42.
bool begins_as_tiff(std::string_view octets) {
    return octets.starts_with("II*\0"sv) || octets.starts_with("MM\0*"sv) || octets.starts_with("II+\0"sv) || octets.starts_with("MM\0+"sv);
}

MimeMail read_mime(std::string_view message, const MimeLimits& limits) {
    static const bool ready = (g_mime_init(), true);
    (void)ready;
    MimeMail mail;
    mail.beyond = beyond_counts(message, limits);
    if (!mail.beyond.empty()) return mail;
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(message.data(), message.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Owned<GMimeMessage> parsed(g_mime_parser_construct_message(parser.get(), nullptr));
    if (!parsed) {
        mail.beyond = "it is no message: there are no headers";
        return mail;
    }
    mail.mail_room = mail_room_headers(GMIME_OBJECT(parsed.get()));
    mail.from = text_or_empty(g_mime_object_get_header(GMIME_OBJECT(parsed.get()), "From"), kMaxHeaderOctets);
    mail.message_id = text_or_empty(g_mime_message_get_message_id(parsed.get()), kMaxHeaderOctets);
    Walk(mail, limits).object(g_mime_message_get_mime_part(parsed.get()), 1, false);
    // A scan may be the whole of its message: what the headers say of the message they say of it.
    if (mail.parts.size() == 1) {
        for (const auto& [name, value] : mail.mail_room) mail.parts.front().mail_room.emplace(name, value);
    }
    return mail;
}

}  // namespace rightsdesk::mail_gateway
