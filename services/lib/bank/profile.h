// A bank's dialect: what differs between banks that write the same format. A profile is data (deploy/bank-profiles); this is its shape, with
// the defaults of a bank that keeps to the standard.
#pragma once

#include <string>
#include <vector>

#include "bank/statement.h"

namespace rightsdesk::bank {

// What an entry's credit or debit means where it is flagged a reversal. Each format has its rule: ISO 20022's CdtDbtInd is what moved the
// account, MT940's RC is a credit that was taken back, so a debit. A bank may do the opposite.
enum class ReversalSign : unsigned char { kStandard, kOpposite };

struct Labels {
    std::vector<std::string> imad;
    std::vector<std::string> uetr;
    std::vector<std::string> end_to_end;
    std::vector<std::string> servicer;
    std::vector<std::string> instruction;
    std::vector<std::string> check_number;
    std::vector<std::string> debtor;
    std::vector<std::string> debtor_agent;
    std::vector<std::string> return_reason;
    bool operator==(const Labels&) const = default;
};

// Which type codes are what; a code ends with "*" for all that begin so. "PMNT/RCDT/*", "195", "NTRF".
struct TypeCodes {
    std::vector<std::string> wires;       // credits that are wires
    std::vector<std::string> deposits;    // checks that were deposited: booked, and good only when available
    std::vector<std::string> cleared;     // the bank's word that a deposit is good
    std::vector<std::string> returns;     // deposits that came back
    bool operator==(const TypeCodes&) const = default;
};

struct Profile {
    std::string name = "generic";
    std::string bank;                              // for people
    std::vector<std::string> senders;              // who writes so: BAI2's sender or originator, FIN's or ISO 20022's servicer
    ReversalSign reversal_sign = ReversalSign::kStandard;
    std::string interim_status = kBooked;          // of MT942's entries and BAI2's interim ones
    std::string transfer_status = kForInformation;  // of MT103 and pacs.008: kBooked where this bank passes them on only when it has booked them
    std::string zone = "America/New_York";         // the bank's: a day it names begins there
    std::vector<FindingKind> tolerated;            // a file is taken in spite of these
    Labels labels;
    TypeCodes types;
    bool operator==(const Profile&) const = default;
};

// The profile of a bank that keeps to the standards, with the labels and codes that most banks use.
const Profile& generic_profile();

// Whether `code` is one of `patterns`.
bool is_type(const std::vector<std::string>& patterns, const std::string& code);

// Whether a file with this finding is refused: by the reader (a control total that the format has for that purpose), or by the feed too.
bool refuses_to_read(const Profile& profile, FindingKind kind);
bool refuses_to_take(const Profile& profile, FindingKind kind);

// Fills what of the references, debtor and return reason the entry lacks from labels in its texts.
void read_labels(const Profile& profile, const std::string& text, Entry& entry);

}  // namespace rightsdesk::bank
