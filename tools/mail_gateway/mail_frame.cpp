#include "mail_gateway/mail_frame.h"

#include <nlohmann/json.hpp>

namespace rightsdesk::mail_gateway {

namespace {

constexpr std::size_t kMaxHeadOctets = 4U * 1024U * 1024U;

const std::vector<std::pair<PartKind, std::string>>& kind_words() {
    static const std::vector<std::pair<PartKind, std::string>> words = {{PartKind::kText, "text"}, {PartKind::kPdf, "pdf"}, {PartKind::kTiff, "tiff"}, {PartKind::kSidecar, "sidecar"},
                                                                       {PartKind::kClosed, "closed"}, {PartKind::kOther, "other"}, {PartKind::kDecoration, "decoration"}};
    return words;
}

std::string word_of(PartKind kind) {
    for (const auto& [known, word] : kind_words()) {
        if (known == kind) return word;
    }
    return "other";
}

MailPart part_in(const nlohmann::json& said, std::size_t number) {
    MailPart part;
    part.number = number;
    const std::string kind = said.at("kind").get<std::string>();
    for (const auto& [known, word] : kind_words()) {
        if (word == kind) part.kind = known;
    }
    part.media_type = said.at("media_type").get<std::string>();
    part.name = said.at("name").get<std::string>();
    part.attached = said.at("attached").get<bool>();
    part.mail_room = said.at("mail_room").get<std::map<std::string, std::string>>();
    part.note = said.at("note").get<std::string>();
    return part;
}

}  // namespace

std::string frame_of(const MimeMail& mail) {
    nlohmann::ordered_json head{{"mail_room", mail.mail_room}, {"from", mail.from}, {"message_id", mail.message_id}, {"beyond", mail.beyond}};
    nlohmann::ordered_json& parts = head["parts"] = nlohmann::ordered_json::array();
    std::string octets;
    for (const MailPart& part : mail.parts) {
        parts.push_back({{"kind", word_of(part.kind)}, {"media_type", part.media_type}, {"name", part.name}, {"attached", part.attached}, {"mail_room", part.mail_room},
                         {"note", part.note}, {"octets", part.octets.size()}});
        octets += part.octets.value;
    }
    return head.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n" + octets;
}

base::Result<MimeMail> mail_in_frame(std::string_view frame) {
    const std::size_t end = frame.substr(0, kMaxHeadOctets).find('\n');
    const auto head = end == std::string_view::npos ? nlohmann::json() : nlohmann::json::parse(frame.substr(0, end), nullptr, false);
    const auto unusable = [] { return base::invalid("what reads messages answered in a form that is not its own"); };
    if (!head.is_object()) return unusable();
    std::string_view octets = frame.substr(end + 1);
    try {
        MimeMail mail;
        mail.mail_room = head.at("mail_room").get<std::map<std::string, std::string>>();
        mail.from = head.at("from").get<std::string>();
        mail.message_id = head.at("message_id").get<std::string>();
        mail.beyond = head.at("beyond").get<std::string>();
        mail.parts.reserve(head.at("parts").size());
        for (const auto& said : head.at("parts")) {
            const auto size = said.at("octets").get<std::size_t>();
            if (size > octets.size()) return unusable();
            mail.parts.push_back(part_in(said, mail.parts.size() + 1));
            mail.parts.back().octets = base::Bytes(std::string(octets.substr(0, size)));
            octets.remove_prefix(size);
        }
        if (!octets.empty()) return unusable();
        return mail;
    } catch (const nlohmann::json::exception&) {
        return unusable();
    }
}

}  // namespace rightsdesk::mail_gateway
