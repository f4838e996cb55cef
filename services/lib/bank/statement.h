// What a bank's file says, whatever its format: the accounts it tells of and the entries on them, as the bank told them. Nothing is
// decided here; money.h makes messages of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.h"
#include "domain/types.h"

namespace rightsdesk::bank {

// How much one file may hold. A larger one is refused: a statement of a year of a busy account is a hundredth of it.
inline constexpr std::size_t kMaxFileOctets = 64U * 1024U * 1024U;
inline constexpr std::size_t kMaxEntries = 200'000;
inline constexpr std::size_t kMaxStatements = 10'000;
inline constexpr std::size_t kMaxTransactions = 50'000;  // of one entry
inline constexpr std::size_t kMaxTextOctets = 16U * 1024U;  // of one text of an entry; the rest of a longer one is cut off

// By ISO 20022's CreditDebitCode.
inline constexpr const char* kCredit = "CRDT";
inline constexpr const char* kDebit = "DBIT";
// By ISO 20022's ExternalEntryStatus1Code; other codes are kept as they came.
inline constexpr const char* kBooked = "BOOK";
inline constexpr const char* kPending = "PDNG";
inline constexpr const char* kForInformation = "INFO";

// As the bank wrote them; empty where it gave none. "NOTPROVIDED" stays: who matches passes over it.
struct References {
    std::string end_to_end;
    std::string uetr;
    std::string servicer;         // of the bank that keeps the account
    std::string imad;             // Fedwire: date, source, sequence (22 characters)
    std::string instruction;
    std::string message;          // of the payment message that the entry comes from
    std::string batch;            // PmtInfId
    std::string check_number;
    std::string clearing;         // of the clearing system, where it is no IMAD
    std::string creditor;         // a structured creditor reference
    RIGHTSDESK_DESCRIBE(References, end_to_end, uetr, servicer, imad, instruction, message, batch, check_number, clearing, creditor)
};

// When so much of an entry may be used: a date, or so many days after the booking (0: at once).
struct Availability {
    std::optional<std::int64_t> amount_minor;  // absent: all of it
    std::optional<std::int32_t> days;
    std::optional<domain::Date> date;
    RIGHTSDESK_DESCRIBE(Availability, amount_minor, days, date)
};

// One of the payments that a bank booked as one entry (ISO 20022's TxDtls).
struct Transaction {
    std::optional<std::int64_t> amount_minor;  // credits positive; absent where the bank gave none
    std::string currency;
    References references;
    std::string debtor;
    std::string debtor_agent;
    std::string remittance;
    std::string return_reason;
    RIGHTSDESK_DESCRIBE(Transaction, amount_minor, currency, references, debtor, debtor_agent, remittance, return_reason)
};

// What stands on the account: the bank's own unit of booking, whatever number of payments is in it.
struct Entry {
    std::int64_t amount_minor = 0;            // credits positive, in the currency's smallest unit (ISO 4217)
    std::string currency;
    std::string direction;                    // kCredit or kDebit: what the account got, also of a reversal
    std::string status;
    std::optional<domain::Date> booking_date;
    std::optional<domain::Date> value_date;
    std::optional<domain::Instant> booked_at; // where the bank told a time with its offset
    References references;                    // the entry's; where it gives none, its first transaction's
    std::string debtor;
    std::string debtor_agent;
    std::string remittance;
    bool reversal = false;
    std::string return_reason;                // as the bank wrote it: "MD06", "R01", "NSF"
    std::string type;                         // "PMNT/ICDT/DMCT", "NTRF", "195"
    std::vector<Availability> available;      // empty: the bank did not say
    std::vector<Transaction> transactions;
    std::string additional;                   // the bank's own words on it
    std::size_t statement = 0;                // which of Statement::statements
    std::string place;                        // where in the file: "line 12", "Ntry at line 40"
    RIGHTSDESK_DESCRIBE(Entry, amount_minor, currency, direction, status, booking_date, value_date, booked_at, references, debtor, debtor_agent,
                        remittance, reversal, return_reason, type, available, transactions, additional, statement, place)
};

struct Balance {
    std::string type;             // "opening", "closing", "opening_available", "closing_available"; else the bank's code
    std::int64_t amount_minor = 0;
    std::string currency;
    std::optional<domain::Date> date;
    RIGHTSDESK_DESCRIBE(Balance, type, amount_minor, currency, date)
};

// One account as one message of the file tells of it.
struct AccountReport {
    std::string message_id;
    std::string id;               // of the statement, report or notification
    std::string account;          // IBAN where there is one
    std::string currency;
    std::string servicer;         // the bank
    std::size_t entries = 0;
    std::vector<Balance> balances;
    bool test_only = false;       // BAI2 group status 4
    bool deletes = false;         // BAI2 group status 2
    RIGHTSDESK_DESCRIBE(AccountReport, message_id, id, account, currency, servicer, entries, balances, test_only, deletes)
};

// What of a file contradicts itself, although every value in it can be read. Which of them refuse the file is the profile's to say.
//   trailer   a count or control total of BAI2's records 49, 98 and 99, or the parts of an amount (funds types S and D)
//   sums      MT942's counts and sums (90D, 90C)
//   summary   ISO 20022's TxsSummry, and what pacs.008's header says of its transfers
//   batch     ISO 20022's Btch: payments in one entry
//   balance   opening balance and entries do not make the closing balance
//   fragment  a part of a message only, without the fields that say whose account it is
//   date      30 February and the like, by banks that count months of 30 days; read as the month's last day
RIGHTSDESK_ENUM(FindingKind, kTrailer, kSums, kSummary, kBatch, kBalance, kFragment, kDate)

struct Finding {
    FindingKind kind = FindingKind::kTrailer;
    std::string place;
    std::string what;             // a sentence, with what was stated and what was found
    RIGHTSDESK_DESCRIBE(Finding, kind, place, what)
};

inline constexpr std::size_t kMaxFindings = 100;  // further ones are not kept

struct Statement {
    std::string format;           // "camt.054", "pacs.008", "mt940", "bai2"
    std::string version;          // "camt.054.001.08"; empty where the format has none
    std::string message_id;       // this and the next two: of the first of `statements`
    std::string account;
    std::string currency;
    std::vector<Entry> entries;   // in the file's order
    std::vector<AccountReport> statements;
    std::vector<Finding> findings;
    RIGHTSDESK_DESCRIBE(Statement, format, version, message_id, account, currency, entries, statements, findings)
};

}  // namespace rightsdesk::bank
