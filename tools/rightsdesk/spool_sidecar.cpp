#include "rightsdesk/spool_sidecar.h"

#include "base/hash.h"
#include "rightsdesk/from_json.h"

namespace rightsdesk::tools {

namespace {

struct SidecarSource {
    nlohmann::json fields;
    const std::optional<base::Bytes>& document;
    domain::Instant file_time;
    const std::string& gateway;
    JsonReader reader = {};
};

// Reads the members that may be stated into a command; those named must be.
template <class C>
C command_of(SidecarSource& source, const std::vector<const char*>& required) {
    for (const char* name : required) {
        if (!source.fields.contains(name)) source.reader.mistaken(name, "is missing");
    }
    for (const char* name : {"stamp", "at"}) {
        if (source.fields.contains(name) && source.fields[name] == "file") source.fields[name] = domain::instant_text(source.file_time);
    }
    C command;
    source.reader.read("", source.fields, command);
    return command;
}

SpoolItem notice_item(SidecarSource& source) {
    auto command = command_of<domain::SubmitNotice>(source, {"stamp", "address"});
    if (!source.document) {
        source.reader.mistaken("document", "is missing");
        return {};
    }
    command.document = *source.document;
    const std::string sha256 = base::sha256_hex(command.document.view());
    if (!command.sha256.empty() && command.sha256 != sha256) source.reader.mistaken("sha256", "the document beside it has " + sha256);
    command.sha256 = sha256;
    if (command.media_type.empty()) command.media_type = "text/plain";
    if (command.delivery.empty()) command.delivery = source.gateway + "-" + sha256.substr(0, 12);
    return {command, domain::ServiceName::kIntake, command.stamp};
}

template <class C>
SpoolItem stamped_item(SidecarSource& source, domain::ServiceName door, const std::vector<const char*>& required) {
    const C command = command_of<C>(source, required);
    return {command, door, command.stamp};
}

SpoolItem telephone_item(SidecarSource& source) {
    const auto command = command_of<domain::ConfirmByTelephone>(source, {"offering", "notice", "caller", "at"});
    return {command, domain::ServiceName::kIntake, command.at};
}

}  // namespace

base::Result<SpoolItem> read_sidecar(const std::string& sidecar, const std::optional<base::Bytes>& document, domain::Instant file_time, const std::string& source) {
    SidecarSource from{nlohmann::json::parse(sidecar, nullptr, false), document, file_time, source};
    if (!from.fields.is_object()) return base::invalid("the sidecar is no JSON object");
    const std::string kind = from.fields.value("/kind"_json_pointer, nlohmann::json()).is_string() ? from.fields["kind"].get<std::string>() : "";
    from.fields.erase("kind");
    SpoolItem item;
    if (kind == "notice") item = notice_item(from);
    else if (kind == "certificates") item = stamped_item<domain::DeliverCertificates>(from, domain::ServiceName::kIntake, {"offering", "notice", "stamp", "address", "delivery", "rights"});
    else if (kind == "exercise") item = stamped_item<domain::ExerciseDirectly>(from, domain::ServiceName::kIntake, {"offering", "stamp", "address", "delivery", "rights"});
    else if (kind == "telephone") item = telephone_item(from);
    else if (kind == "instrument") item = stamped_item<domain::ReceiveInstrument>(from, domain::ServiceName::kPaymentClearing, {"address", "stamp", "delivery", "method", "amount", "currency", "payee", "drawee", "number"});
    else return base::invalid("kind: '" + kind + "' is none of notice, certificates, exercise, telephone, instrument");
    if (!from.reader.mistakes().empty()) return base::invalid(from.reader.mistakes());
    return item;
}

}  // namespace rightsdesk::tools
