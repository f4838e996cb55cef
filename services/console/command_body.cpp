#include "console/command_body.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include <nlohmann/json.hpp>

#include "base/texts.h"
#include "domain/civil.h"

namespace rightsdesk::console {

namespace {

using nlohmann::json;

constexpr std::size_t kMostText = 4'000;       // octets of a member; the doors' own bounds are closer
constexpr std::size_t kMostList = 10'000;     // of a nominee's schedule, the longest; the body's bound is closer
constexpr std::int64_t kMostNumber = 9'007'199'254'740'991;  // that every JSON reader has exactly
constexpr std::size_t kLeastId = 16, kMostId = 64;

// Members that may be left out, and those that travel under another name.
bool may_be_absent(std::string_view member) {
    return member == "at" || member == "owner" || member == "comment" || member == "instruction" || member == "value" || member == "cancel_through";
}
std::string name_in_json(std::string_view member, bool money) { return money ? std::string(member) + "_cents" : std::string(member); }

template <class T>
inline constexpr bool kOptional = false;
template <class T>
inline constexpr bool kOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kOptional<std::vector<T>> = true;

class Reader {
public:
    explicit Reader(domain::Instant now) : now_(now) {}

    template <base::Described T>
    void read(const std::string& where, const json& from, T& to, const std::vector<std::string>& besides = {}, bool all_needed = true) {
        if (!from.is_object()) return mistaken(where, "must be an object");
        std::vector<std::string> known = besides;
        T::visit_members(to, [&]<class Member>(std::string_view member, Member& value) {
            const std::string name = spelled<Member>(member);
            known.push_back(name);
            const auto found = from.find(name);
            const std::string place = where.empty() ? name : where + "." + name;
            if (found != from.end() && !found->is_null()) return read_value(place, *found, value);
            if (all_needed && !kOptional<Member> && !may_be_absent(member)) return mistaken(place, "is missing");
            if constexpr (std::is_same_v<Member, domain::Instant>) {
                if (member == "at") value = now_;
            }
        });
        for (const auto& [name, value] : from.items()) {
            if (std::find(known.begin(), known.end(), name) == known.end()) mistaken(where.empty() ? name : where + "." + name, "is no member of this");
        }
    }

    [[nodiscard]] const std::string& mistakes() const { return mistakes_; }
    void mistaken(const std::string& where, const std::string& what) {
        if (mistakes_.size() < kMostText) mistakes_ += (mistakes_.empty() ? "" : "; ") + base::shortened(where, 100) + " " + what;
    }

private:
    template <class Member>
    static std::string spelled(std::string_view member) {
        constexpr bool money = std::is_same_v<Member, domain::Money> || std::is_same_v<Member, std::optional<domain::Money>>;
        return name_in_json(member, money && !member.ends_with("_cents"));
    }

    void read_value(const std::string& where, const json& from, std::string& to) {
        if (!from.is_string()) return mistaken(where, "must be a text");
        to = from.get<std::string>();
        if (to.size() > kMostText) mistaken(where, "is longer than " + std::to_string(kMostText) + " octets");
    }
    void read_value(const std::string& where, const json& from, bool& to) {
        if (!from.is_boolean()) return mistaken(where, "must be true or false");
        to = from.get<bool>();
    }
    void read_value(const std::string& where, const json& from, std::uint64_t& to) {
        const auto number = number_in(where, from);
        if (number) to = static_cast<std::uint64_t>(*number);
    }
    void read_value(const std::string& where, const json& from, std::int32_t& to) {
        const auto number = number_in(where, from);
        if (number && *number > std::numeric_limits<std::int32_t>::max()) return mistaken(where, "is too large");
        if (number) to = static_cast<std::int32_t>(*number);
    }
    void read_value(const std::string& where, const json& from, domain::Instant& to) {
        const auto parsed = from.is_string() ? domain::parse_instant(from.get<std::string>()) : base::invalid("must be an instant");
        if (parsed) to = *parsed;
        else mistaken(where, "must be an instant in ISO 8601 with Z or an offset");
    }
    void read_value(const std::string& where, const json& from, domain::Date& to) {
        const auto parsed = from.is_string() ? domain::parse_date(from.get<std::string>()) : base::invalid("must be a date");
        if (parsed) to = *parsed;
        else mistaken(where, "must be a date, 2002-06-28");
    }
    template <class Tag>
    void read_value(const std::string& where, const json& from, base::Quantity<Tag>& to) {
        const auto number = number_in(where, from);
        if (number) to = base::Quantity<Tag>(*number);
    }
    template <base::DescribedEnum E>
    void read_value(const std::string& where, const json& from, E& to) {
        const auto word = from.is_string() ? base::enum_from_text<E>(from.get<std::string>()) : std::nullopt;
        if (!word) {
            const auto& texts = base::enum_texts<E>();
            return mistaken(where, "must be one of: " + base::joined(std::vector<std::string>(texts.begin(), texts.end())));
        }
        to = *word;
    }
    template <base::Described T>
    void read_value(const std::string& where, const json& from, T& to) {
        read(where, from, to, {}, false);
    }
    template <class T>
    void read_value(const std::string& where, const json& from, std::optional<T>& to) {
        read_value(where, from, to.emplace());
    }
    template <class T>
    void read_value(const std::string& where, const json& from, std::vector<T>& to) {
        if (!from.is_array() || from.size() > kMostList) return mistaken(where, "must be a list of at most " + std::to_string(kMostList));
        to.reserve(from.size());
        for (const json& one : from) read_value(where + "[" + std::to_string(to.size()) + "]", one, to.emplace_back());
    }
    std::optional<std::int64_t> number_in(const std::string& where, const json& from) {
        if (from.is_number_unsigned() && from.get<std::uint64_t>() <= static_cast<std::uint64_t>(kMostNumber)) return from.get<std::int64_t>();
        mistaken(where, "must be a whole number, 0 or more");
        return std::nullopt;
    }

    domain::Instant now_;
    std::string mistakes_;
};

// Of an approval: whose matter the proposal is (commands.h). Its id begins with its kind.
domain::ServiceName door_for(const domain::Command& command) {
    using domain::ServiceName;
    if (const auto* approval = std::get_if<domain::Approve>(&command)) {
        if (approval->proposal.starts_with("waiver-")) return ServiceName::kIntake;
        if (approval->proposal.starts_with("allocation-") || approval->proposal.starts_with("refunds-")) return ServiceName::kPaymentClearing;
        return ServiceName::kDeadlineMonitor;
    }
    for (std::size_t at = 0; at < base::enum_texts<ServiceName>().size(); ++at) {
        if (domain::door_takes(static_cast<ServiceName>(at), command)) return static_cast<ServiceName>(at);
    }
    return ServiceName::kIntake;
}

struct Kind {
    runtime::OperatorRole role;
    std::function<void(Reader&, const json&, BoardCommand&)> read;
};

template <class C>
Kind sends(runtime::OperatorRole role = runtime::OperatorRole::kOperator) {
    return {role, [](Reader& reader, const json& body, BoardCommand& to) {
                C command;
                reader.read("", body, command, {"id"});
                to.command = std::move(command);
                to.door = door_for(to.command);
            }};
}

// The service that the board names; nothing where it names none that there is.
std::optional<domain::ServiceName> service_in(const json& body) {
    const auto service = body.find("service");
    return service != body.end() && service->is_string() ? base::enum_from_text<domain::ServiceName>(service->get<std::string>()) : std::nullopt;
}

// At the door of the service whose work it is, which the board knows (section `desk`). Of the desk's own the offering is empty.
Kind releases() {
    return {runtime::OperatorRole::kOperator, [](Reader& reader, const json& body, BoardCommand& to) {
                domain::ReleaseItem command;
                reader.read("", body, command, {"id", "service"});
                const auto service = service_in(body);
                if (!service) reader.mistaken("service", "must be the service whose work it is: intake, payment_clearing, deadline_monitor or notification");
                if (command.offering == domain::kDesk) command.offering.clear();
                to.command = std::move(command);
                to.door = service.value_or(domain::ServiceName::kIntake);
            }};
}

// Of a source's watermark: at the door that its own come to, which the board knows (section `desk`).
template <class C>
Kind sends_for_source(runtime::OperatorRole role = runtime::OperatorRole::kOperator) {
    return {role, [](Reader& reader, const json& body, BoardCommand& to) {
                C command;
                reader.read("", body, command, {"id", "service"});
                const auto service = service_in(body);
                to.command = std::move(command);
                if (!service || !domain::door_takes(*service, to.command)) reader.mistaken("service", "must be the service that the source's watermarks go to: intake or payment_clearing");
                to.door = service.value_or(domain::ServiceName::kIntake);
            }};
}

const std::map<std::string, Kind>& kinds() {
    using namespace domain;
    static const std::map<std::string, Kind> all = {
        {"cure-defect", sends<CureDefect>()},
        {"propose-waiver", sends<ProposeWaiver>()},
        {"reject-notice", sends<RejectNotice>()},
        {"key-notice", sends<KeyNotice>()},
        {"withdraw-notice", sends<WithdrawNotice>()},
        {"confirm-by-telephone", sends<ConfirmByTelephone>()},
        {"settle-certificates", sends<SettleCertificates>()},
        {"return-certificates", sends<ReturnCertificates>()},
        {"amend-notice", sends<AmendNotice>()},
        {"certify-owners", sends<CertifyOwners>()},
        {"match-by-schedule", sends<MatchBySchedule>()},
        {"represent-instrument", sends<RepresentInstrument>()},
        {"record-rights-sale", sends<RecordRightsSale>()},
        {"reverse-rights-sale", sends<ReverseRightsSale>()},
        {"settle-sending", sends<SettleSending>()},
        {"release-item", releases()},
        {"accept-clock", sends<AcceptClock>()},
        {"propose-watermark", sends_for_source<ProposeWatermark>()},
        {"withdraw-watermark", sends_for_source<WithdrawWatermark>()},
        {"approve-watermark", sends_for_source<ApproveWatermark>(runtime::OperatorRole::kApprover)},
        {"match-payment", sends<MatchPayment>()},
        {"unmatch-payment", sends<UnmatchPayment>()},
        {"settle-receipt", sends<SettleReceipt>()},
        {"attribute-notice", sends<AttributeNotice>()},
        {"attribute-payment", sends<AttributePayment>()},
        {"take-back-notice", sends<TakeBackNotice>()},
        {"take-back-payment", sends<TakeBackPayment>()},
        {"report-refund", sends<ReportRefund>()},
        {"acknowledge-alert", sends<AcknowledgeAlert>()},
        {"silence-alerts", sends<SilenceAlerts>()},
        {"lift-silence", sends<LiftSilence>()},
        {"propose-extension", sends<ProposeExtension>()},
        {"propose-suspension", sends<ProposeSuspension>()},
        {"propose-resumption", sends<ProposeResumption>()},
        {"propose-termination", sends<ProposeTermination>()},
        {"propose-allocation", sends<ProposeAllocation>()},
        {"propose-closing", sends<ProposeClosing>()},
        {"propose-final-price", sends<ProposeFinalPrice>()},
        {"settle-offering", sends<SettleOffering>()},
        {"approve", sends<Approve>(runtime::OperatorRole::kApprover)}};
    return all;
}

bool is_id(const std::string& id) {
    if (id.size() < kLeastId || id.size() > kMostId) return false;
    return std::all_of(id.begin(), id.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
    });
}

}  // namespace

std::optional<runtime::OperatorRole> role_for(const std::string& name) {
    const auto found = kinds().find(name);
    return found == kinds().end() ? std::nullopt : std::optional(found->second.role);
}

std::vector<std::string> command_names() {
    std::vector<std::string> names;
    names.reserve(kinds().size());
    for (const auto& [name, kind] : kinds()) names.push_back(name);
    return names;
}

base::Result<BoardCommand> read_command(const std::string& name, const std::string& body, domain::Instant now) {
    const auto kind = kinds().find(name);
    if (kind == kinds().end()) return base::failure(base::ErrorKind::kNotFound, "there is no command '" + base::shortened(name, 60) + "'");
    const json parsed = json::parse(body, nullptr, false);
    if (!parsed.is_object()) return base::invalid("the body must be a JSON object");
    BoardCommand command;
    const auto id = parsed.find("id");
    if (id == parsed.end() || !id->is_string() || !is_id(id->get<std::string>())) return base::invalid("id must be 16 to 64 of A-Z a-z 0-9 _ -, made anew for each command");
    command.id = id->get<std::string>();
    Reader reader(now);
    kind->second.read(reader, parsed, command);
    if (!reader.mistakes().empty()) return base::invalid(reader.mistakes());
    return command;
}

}  // namespace rightsdesk::console
