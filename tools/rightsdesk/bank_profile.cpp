#include "rightsdesk/bank_profile.h"

#include <algorithm>

#include "bank/reader.h"
#include "base/file.h"
#include "base/texts.h"
#include "domain/civil.h"
#include "terms/toml_reader.h"

namespace rightsdesk::tools {

namespace {

constexpr std::size_t kMaxListed = 100;

void put_in_front(std::vector<std::string>& list, std::vector<std::string> own) {
    for (std::string& one : list) {
        if (std::find(own.begin(), own.end(), one) == own.end()) own.push_back(std::move(one));
    }
    list = std::move(own);
}

void read_labels(terms::Section section, bank::Labels& labels) {
    for (const auto& [key, list] : std::initializer_list<std::pair<const char*, std::vector<std::string>*>>{{"imad", &labels.imad},
                                                                                                          {"uetr", &labels.uetr},
                                                                                                          {"end_to_end", &labels.end_to_end},
                                                                                                          {"servicer", &labels.servicer},
                                                                                                          {"instruction", &labels.instruction},
                                                                                                          {"check_number", &labels.check_number},
                                                                                                          {"debtor", &labels.debtor},
                                                                                                          {"debtor_agent", &labels.debtor_agent},
                                                                                                          {"return_reason", &labels.return_reason}}) {
        put_in_front(*list, section.texts(key, kMaxListed));
    }
    section.finish();
}

void read_types(terms::Section section, bank::TypeCodes& types) {
    for (const auto& [key, list] : std::initializer_list<std::pair<const char*, std::vector<std::string>*>>{
             {"wires", &types.wires}, {"deposits", &types.deposits}, {"cleared", &types.cleared}, {"returns", &types.returns}}) {
        if (section.has(key)) *list = section.texts(key, kMaxListed);
        else section.texts(key, kMaxListed);
    }
    section.finish();
}

void read_head(terms::Section& file, bank::Profile& profile) {
    if (auto bank = file.text("bank")) profile.bank = *std::move(bank);
    profile.senders = file.texts("senders", kMaxListed);
    if (const auto sign = file.text("reversal_sign")) {
        if (*sign != "standard" && *sign != "opposite") file.mistake("reversal_sign", "was \"" + *sign + "\"; must be \"standard\" or \"opposite\"");
        profile.reversal_sign = *sign == "opposite" ? bank::ReversalSign::kOpposite : bank::ReversalSign::kStandard;
    }
    if (const auto status = file.text("interim")) {
        if (*status != "booked" && *status != "pending") file.mistake("interim", "was \"" + *status + "\"; must be \"booked\" or \"pending\"");
        profile.interim_status = *status == "pending" ? bank::kPending : bank::kBooked;
    }
    if (const auto status = file.text("transfers")) {
        if (*status != "booked" && *status != "information") file.mistake("transfers", "was \"" + *status + "\"; must be \"booked\" or \"information\"");
        profile.transfer_status = *status == "booked" ? bank::kBooked : bank::kForInformation;
    }
    if (auto zone = file.text("zone")) {
        const auto known = domain::resolve("2002-06-28T17:00:00", *zone);
        if (!known) file.mistake("zone", known.error().message);
        profile.zone = *std::move(zone);
    }
    for (const std::string& word : file.texts("tolerate", kMaxListed)) {
        const auto kind = base::enum_from_text<bank::FindingKind>(word);
        if (kind) {
            profile.tolerated.push_back(*kind);
        } else {
            const auto& words = base::enum_texts<bank::FindingKind>();
            file.mistake("tolerate", "was \"" + word + "\"; must be of " + base::joined({words.begin(), words.end()}));
        }
    }
}

base::Result<bank::Profile> profile_from_file(const std::string& path) {
    const auto text = base::read_file(path);
    if (!text) return tl::unexpected(text.error());
    if (!*text || (*text)->size() > kMaxProfileOctets) {
        std::vector<std::string> names;
        names.reserve(shipped_profiles().size());
        for (const ShippedProfile& shipped : shipped_profiles()) names.emplace_back(shipped.name);
        return base::invalid(path + ": neither a profile's file nor one of " + base::joined(names));
    }
    return parse_bank_profile(**text, path);
}

}  // namespace

base::Result<bank::Profile> parse_bank_profile(const std::string& text, const std::string& name) {
    bank::Profile profile = bank::generic_profile();
    profile.name = name;
    terms::Mistakes mistakes(name);
    toml::table table;
    try {
        table = toml::parse(text, name);
    } catch (const toml::parse_error& error) {
        return base::invalid(name + ":" + std::to_string(error.source().begin.line) + ": not TOML: " + std::string(error.description()));
    }
    terms::Section file(mistakes, &table, "", 1);
    read_head(file, profile);
    read_labels(file.section("labels"), profile.labels);
    read_types(file.section("types"), profile.types);
    file.finish();
    if (!mistakes.none()) return base::invalid(mistakes.told());
    return profile;
}

base::Result<bank::Profile> bank_profile_for(const std::string& asked, std::string_view octets) {
    for (const ShippedProfile& shipped : shipped_profiles()) {
        if (!asked.empty() && shipped.name == asked) return parse_bank_profile(std::string(shipped.text), asked);
    }
    if (!asked.empty()) return profile_from_file(asked);
    const std::string sender = bank::sender_of(octets);
    for (const ShippedProfile& shipped : shipped_profiles()) {
        if (sender.empty()) break;
        auto profile = parse_bank_profile(std::string(shipped.text), std::string(shipped.name));
        if (!profile) return profile;
        if (std::find(profile->senders.begin(), profile->senders.end(), sender) != profile->senders.end()) return profile;
    }
    return bank::generic_profile();
}

}  // namespace rightsdesk::tools
