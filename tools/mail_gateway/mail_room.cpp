#include "mail_gateway/mail_room.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "domain/civil.h"

namespace rightsdesk::mail_gateway {

namespace {

constexpr std::size_t kIdLettersInDelivery = 12;
constexpr std::size_t kMaxDomainOctets = 100;

std::string value_of(const std::map<std::string, std::string>& headers, const std::string& name) {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; });
    return text;
}

// The domain alone: the rest of an address is somebody's name, and a notice's station is not sealed.
std::string claimed_domain(const std::string& sender) {
    const std::size_t at = sender.rfind('@');
    std::string domain = at == std::string::npos ? "" : sender.substr(at + 1, kMaxDomainOctets);
    const bool plain = std::all_of(domain.begin(), domain.end(), [](char letter) { return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '.' || letter == '-'; });
    return domain.empty() || !plain ? "nobody that can be named" : domain;
}

void take_channel(Way& way, const std::string& said) {
    const std::string word = lowered(said);
    if (word == "mail") way.channel = domain::Channel::kMail;
    else if (word == "hand") way.channel = domain::Channel::kHand;
    else if (word == "courier") way.channel = domain::Channel::kCourier;
    else way.notes.push_back("X-Rightsdesk-Channel is '" + said + "' and must be mail, hand or courier: taken for mail");
}

void take_stamp(Way& way, const std::string& said) {
    const auto stamp = domain::parse_instant(said);
    if (!stamp) way.notes.push_back("X-Rightsdesk-Received cannot be read (" + stamp.error().message + "): the scan's own arrival is its stamp");
    else if (*stamp > way.stamp) way.notes.push_back("X-Rightsdesk-Received is later than the scan's own arrival, which is taken: the mail room's clock is ahead");
    else {
        way.stamp = *stamp;
        way.station = "mail room, stamped by it";
    }
}

struct Member {
    const char* header;
    const char* member;
};
constexpr std::array<Member, 9> kInstrument = {{{"number", "number"},
                                                {"amount", "amount"},
                                                {"currency", "currency"},
                                                {"payee", "payee"},
                                                {"maker", "maker"},
                                                {"drawee", "drawee"},
                                                {"drawee-country", "drawee_country"},
                                                {"dated", "instrument_date"},
                                                {"notice", "notice_reference"}}};

std::string method_of(const MailPart& part) {
    const std::string kind = lowered(value_of(part.mail_room, "kind"));
    if (kind == "bank-draft") return "bank_draft";
    if (kind == "money-order") return "money_order";
    return lowered(value_of(part.mail_room, "certified")) == "yes" ? "certified_check" : "uncertified_check";
}

void add_way(nlohmann::json& sidecar, const Way& way) {
    const auto say = [&](const char* name, const std::string& value) {
        if (!sidecar.contains(name)) sidecar[name] = value;
    };
    say("channel", base::to_text(way.channel));
    say("address", way.address);
    say("stamp", domain::instant_text(way.stamp));
    say("delivery", way.delivery);
}

}  // namespace

Way way_of(const ReceivedMail& mail, const MimeMail& mime, const std::string& gateway) {
    Way way;
    way.address = mail.recipients.empty() ? "" : mail.recipients.front();
    way.stamp = mail.stamp;
    way.delivery = gateway + "-" + mail.id.substr(0, kIdLettersInDelivery);
    way.station = mail.mail_room ? "mail room, stamped when its scan arrived" : "e-mail, stamped when it was complete; the sender claims to be of " + claimed_domain(mail.sender);
    if (!mail.mail_room) {
        const bool part_says = std::any_of(mime.parts.begin(), mime.parts.end(), [](const MailPart& part) { return !part.mail_room.empty(); });
        if (!mime.mail_room.empty() || part_says) way.notes.emplace_back("it has X-Rightsdesk headers and did not come from the mail room: they are ignored");
        return way;
    }
    if (const std::string said = value_of(mime.mail_room, "channel"); !said.empty()) take_channel(way, said);
    else way.notes.emplace_back("the mail room does not say the channel (X-Rightsdesk-Channel): taken for mail");
    if (const std::string said = value_of(mime.mail_room, "address"); !said.empty()) way.address = said;
    else way.notes.emplace_back("the mail room does not say where it was handed in (X-Rightsdesk-Address)");
    if (const std::string said = value_of(mime.mail_room, "received"); !said.empty()) take_stamp(way, said);
    else way.notes.emplace_back("the mail room does not say when it came (X-Rightsdesk-Received): the scan's own arrival is its stamp");
    if (const std::string said = value_of(mime.mail_room, "delivery"); !said.empty()) way.delivery = said.substr(0, 100);
    return way;
}

bool says_instrument(const MailPart& part) {
    const std::string kind = lowered(value_of(part.mail_room, "kind"));
    return kind == "check" || kind == "bank-draft" || kind == "money-order";
}

base::Result<tools::SpoolItem> instrument_of(const MailPart& part, const Way& way, const std::string& gateway) {
    nlohmann::json sidecar{{"kind", "instrument"}, {"method", method_of(part)}};
    for (const Member& each : kInstrument) {
        if (const std::string said = value_of(part.mail_room, each.header); !said.empty()) sidecar[each.member] = said;
    }
    add_way(sidecar, way);
    return tools::read_sidecar(sidecar.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), std::nullopt, way.stamp, gateway);
}

base::Result<tools::SpoolItem> sidecar_item(const MailPart& sidecar, const base::Bytes* document, const Way& way, const std::string& gateway) {
    if (sidecar.octets.size() > tools::kMaxSidecarOctets) return base::invalid("the sidecar has more than " + std::to_string(tools::kMaxSidecarOctets) + " octets");
    auto said = nlohmann::json::parse(sidecar.octets.value, nullptr, false);
    if (!said.is_object()) return base::invalid("the sidecar is no JSON object");
    const bool by_telephone = said.value("kind", nlohmann::json()) == "telephone";  // it came in by no envelope
    if (!by_telephone) add_way(said, way);
    return tools::read_sidecar(said.dump(), document == nullptr ? std::nullopt : std::optional(*document), way.stamp, gateway);
}

}  // namespace rightsdesk::mail_gateway
