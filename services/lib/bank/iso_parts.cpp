#include "bank/iso_parts.h"

#include <algorithm>
#include <utility>

#include "bank/found_references.h"

namespace rightsdesk::bank {

std::string place_of(const XmlElement& element) { return "line " + std::to_string(element.line) + ", " + element.name; }

base::Error at_place(const XmlElement& element, const base::Error& error) { return {error.kind, place_of(element) + ": " + error.message}; }

base::Result<> hold_single(const XmlElement& element, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        const XmlElement* first = element.child(name);
        const auto again = [&](const XmlElement& one) { return &one != first && one.name == name; };
        const auto second = std::find_if(element.children.begin(), element.children.end(), again);
        if (second != element.children.end()) return base::invalid(place_of(*second) + ": a second " + second->name + " in one " + element.name + "; ask the bank which is meant");
    }
    return {};
}

base::Result<std::int64_t> iso_decimal(std::string_view text, std::string_view currency) { return parse_amount(text.substr(text.substr(0, 1) == "+" ? 1 : 0), '.', currency); }

base::Result<IsoAmount> iso_amount(const XmlElement& element, const std::string& currency_otherwise) {
    const std::string& currency = element.currency.empty() ? currency_otherwise : element.currency;
    auto minor = iso_decimal(element.text, currency);
    if (!minor) return tl::unexpected(at_place(element, minor.error()));
    return IsoAmount{*minor, currency};
}

base::Result<std::optional<IsoTime>> iso_day(const XmlElement* element) {
    if (element == nullptr) return std::optional<IsoTime>();
    const std::string inside = element->first_text({"DtTm", "Dt"});
    const std::string& text = inside.empty() ? element->text : inside;
    if (text.empty()) return std::optional<IsoTime>();
    const auto time = parse_iso_time(text);
    if (!time) return tl::unexpected(at_place(*element, time.error()));
    return std::optional<IsoTime>(*time);
}

std::string party_name(const XmlElement& parties, std::string_view role) {
    const std::string plain(role);
    return parties.first_text({plain + "/Nm", plain + "/Pty/Nm", plain + "/Agt/FinInstnId/Nm", "Ultmt" + plain + "/Nm", "Ultmt" + plain + "/Pty/Nm"});
}

std::string agent_name(const XmlElement* agent) {
    if (agent == nullptr) return {};
    return agent->first_text({"FinInstnId/BICFI", "FinInstnId/BIC", "FinInstnId/ClrSysMmbId/MmbId", "FinInstnId/CmbndId/BIC", "FinInstnId/CmbndId/ClrSysMmbId/MmbId",
                              "FinInstnId/Nm", "FinInstnId/CmbndId/Nm", "FinInstnId/Othr/Id", "FinInstnId/PrtryId/Id"});
}

std::string account_id(const XmlElement* account) {
    return account == nullptr ? std::string() : account->first_text({"Id/IBAN", "Id/Othr/Id", "Id/PrtryAcct/Id", "Id/BBAN", "Id/UPIC"});
}

std::string remittance_text(const XmlElement& details) {
    std::string text;
    details.each("RmtInf", [&text](const XmlElement& information) {
        information.each("Ustrd", [&text](const XmlElement& one) { append_words(text, one.text); });
        information.each("Strd", [&text](const XmlElement& one) {
            append_words(text, one.text_at("CdtrRefInf/Ref"));
            append_words(text, one.text_at("CdtrRefInf/CdtrRef"));
            one.each("RfrdDocInf", [&text](const XmlElement& document) { append_words(text, document.first_text({"Nb", "RfrdDocNb"})); });
            one.each("AddtlRmtInf", [&text](const XmlElement& further) { append_words(text, further.text); });
        });
    });
    return text;
}

References iso_references(const XmlElement* references) {
    References found;
    if (references == nullptr) return found;
    found.end_to_end = references->text_at("EndToEndId");
    found.uetr = references->text_at("UETR");
    found.servicer = references->text_at("AcctSvcrRef");
    found.instruction = references->text_at("InstrId");
    found.message = references->text_at("MsgId");
    found.batch = references->text_at("PmtInfId");
    found.check_number = references->text_at("ChqNb");
    for (const char* name : {"ClrSysRef", "MktInfrstrctrTxId", "TxId", "AcctSvcrTxId"}) {
        const std::string text = references->text_at(name);
        if (found.imad.empty()) found.imad = imad_in(text);
        if (found.clearing.empty() && (std::string_view(name) == "ClrSysRef" || std::string_view(name) == "MktInfrstrctrTxId")) found.clearing = text;
    }
    references->each("Prtry", [&found](const XmlElement& own) {
        const std::string text = own.first_text({"Ref", "Ref/Id"});
        if (found.imad.empty()) found.imad = imad_in(text);
        if (found.uetr.empty()) found.uetr = uetr_in(text);
    });
    if (found.clearing == found.imad) found.clearing.clear();
    return found;
}

void find_imad(References& into) {
    for (const std::string* reference : {&into.servicer, &into.message, &into.instruction, &into.end_to_end}) {
        if (into.imad.empty()) into.imad = imad_in(*reference);
    }
}

std::string creditor_reference(const XmlElement& details) {
    for (const XmlElement& information : details.children) {
        if (information.name != "RmtInf") continue;
        for (const XmlElement& one : information.children) {
            if (one.name != "Strd") continue;
            std::string reference = one.first_text({"CdtrRefInf/Ref", "CdtrRefInf/CdtrRef"});
            if (!reference.empty()) return reference;
        }
    }
    return {};
}

std::string transaction_code(const XmlElement* code) {
    if (code == nullptr) return {};
    std::string text = code->text_at("Domn/Cd");
    if (text.empty()) return code->text_at("Prtry/Cd");
    append_words(text, code->text_at("Domn/Fmly/Cd"), '/');
    append_words(text, code->text_at("Domn/Fmly/SubFmlyCd"), '/');
    return text;
}

std::string return_reason_of(const XmlElement& details) {
    return details.first_text({"RtrInf/Rsn/Cd", "RtrInf/RtrRsn/Cd", "RtrInf/Rsn/Prtry", "RtrInf/RtrRsn/Prtry", "RtrInf/AddtlInf"});
}

}  // namespace rightsdesk::bank
