#include "bank/profile.h"

#include <algorithm>

#include "bank/found_references.h"

namespace rightsdesk::bank {

namespace {

void fill(std::string& into, const std::string& text, const std::vector<std::string>& labels, bool one_word) {
    if (into.empty()) into = behind_label(text, labels, one_word);
}

// Behind "FED NO:" and the like an IMAD may be glued to the OMAD, and a bank may have masked its sequence.
std::string labelled_imad(const std::string& text, const std::vector<std::string>& labels) { return imad_at_start(behind_label(text, labels)); }

Profile make_generic() {
    Profile profile;
    profile.bank = "any bank that keeps to the standards";
    Labels& labels = profile.labels;
    labels.imad = {"IMAD:", "IMAD NO:", "IMAD/", "IMAD", "FED NO:", "FED REF:", "FED REF", "FEDREF:", "/FED/"};
    labels.uetr = {"UETR:", "/UETR/"};
    labels.end_to_end = {"EREF:", "/EREF/", "EREF+", "END TO END ID:", "E2E:"};
    labels.servicer = {"BANK REF:", "TRN:", "TRN NO:"};
    labels.instruction = {"INSTRID:", "/INSTR/"};
    labels.check_number = {"CHKN:", "CHECK SERIAL NUMBER:", "Check Serial Number:", "CHECK NO:", "CHECK NUMBER:", "CHECK NO.", "CHECK #", "CHQ NO:", "CHK SER#:", "CHK SER#"};
    labels.debtor = {"DBNM:", "ORG:", "ORIG:", "ORIGINATOR:", "B/O:"};
    labels.debtor_agent = {"DBIC:", "DABA:", "SENDER BNK:", "SNDR BANK:", "ORG BANK:"};
    labels.return_reason = {"Return Reason:", "RETURN REASON:", "RTN REASON:", "Reason:", "REASON:", "RETURN CODE:"};
    TypeCodes& types = profile.types;
    types.wires = {"195", "206", "208", "PMNT/RCDT/*", "PMNT/ICDT/*", "MT103", "MT910", "NTRF", "STRF", "S103", "S202", "FMSC", "pacs.008"};
    types.deposits = {"115", "116", "170", "171", "172", "173", "174", "175", "301", "PMNT/RCHQ/*", "PMNT/DRFT/*", "NCHK", "NCOL", "FCHK"};
    types.cleared = {"CLEARED"};
    types.returns = {"555", "552", "NRTI", "PMNT/RCHQ/UPCQ", "PMNT/RCHQ/RIMB"};
    return profile;
}

}  // namespace

const Profile& generic_profile() {
    static const Profile kGeneric = make_generic();
    return kGeneric;
}

bool is_type(const std::vector<std::string>& patterns, const std::string& code) {
    return std::any_of(patterns.begin(), patterns.end(), [&code](const std::string& pattern) {
        if (pattern.empty() || pattern.back() != '*') return pattern == code;
        return code.compare(0, pattern.size() - 1, pattern, 0, pattern.size() - 1) == 0;
    });
}

bool refuses_to_read(const Profile& profile, FindingKind kind) {
    const bool control = kind == FindingKind::kTrailer || kind == FindingKind::kSums;
    return control && refuses_to_take(profile, kind);
}

bool refuses_to_take(const Profile& profile, FindingKind kind) {
    // Read as the bank's own convention, and told of.
    if (kind == FindingKind::kDate || kind == FindingKind::kBatch) return false;
    return std::find(profile.tolerated.begin(), profile.tolerated.end(), kind) == profile.tolerated.end();
}

void read_labels(const Profile& profile, const std::string& text, Entry& entry) {
    const Labels& labels = profile.labels;
    References& references = entry.references;
    if (references.imad.empty()) references.imad = labelled_imad(text, labels.imad);
    if (references.uetr.empty()) references.uetr = uetr_in(behind_label(text, labels.uetr));
    fill(references.end_to_end, text, labels.end_to_end, true);
    fill(references.servicer, text, labels.servicer, true);
    fill(references.instruction, text, labels.instruction, true);
    fill(references.check_number, text, labels.check_number, true);
    fill(entry.debtor, text, labels.debtor, false);
    fill(entry.debtor_agent, text, labels.debtor_agent, false);
    if (entry.reversal) fill(entry.return_reason, text, labels.return_reason, false);
}

}  // namespace rightsdesk::bank
