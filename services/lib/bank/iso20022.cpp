#include "bank/iso20022.h"

#include <algorithm>
#include <array>

#include "bank/found_references.h"
#include "bank/iso_parts.h"
#include "bank/iso_totals.h"

namespace rightsdesk::bank {

namespace {

struct MessageKind {
    std::string_view element;     // of the message
    std::string_view account;     // of one account in it
    std::string_view format;
};
constexpr std::array<MessageKind, 4> kMessages{{{"BkToCstmrAcctRpt", "Rpt", "camt.052"},
                                                {"BkToCstmrStmt", "Stmt", "camt.053"},
                                                {"BkToCstmrDbtCdtNtfctn", "Ntfctn", "camt.054"},
                                                {"FIToFICstmrCdtTrf", "CdtTrfTxInf", "pacs.008"}}};

const MessageKind* message_named(std::string_view element) {
    const auto found = std::find_if(kMessages.begin(), kMessages.end(), [element](const MessageKind& kind) { return kind.element == element; });
    return found == kMessages.end() ? nullptr : &*found;
}

// "camt.054.001.08" of "urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"; a country's own words may stand behind it.
std::string version_of(const std::string& xml_namespace, std::string_view format) {
    constexpr std::size_t kLength = 15;
    const std::size_t at = xml_namespace.find(format);
    return at == std::string::npos ? std::string() : xml_namespace.substr(at, kLength);
}

base::Result<std::string> direction_of(const XmlElement& element) {
    const std::string text = element.text_at("CdtDbtInd");
    if (text == kCredit || text == kDebit) return text;
    return base::invalid(place_of(element) + ": CdtDbtInd is '" + text + "'; it must be CRDT or DBIT");
}

// What moved the account, by an element that says whether it is flagged as a reversal: a bank's profile may turn that around.
base::Result<std::string> moved_by(const XmlElement& element, bool reversal, const Profile& profile) {
    auto direction = direction_of(element);
    if (!direction || !reversal || profile.reversal_sign != ReversalSign::kOpposite) return direction;
    return std::string(*direction == kDebit ? kCredit : kDebit);
}

// XML Schema's boolean. What is none ("yes") must not pass for no: a return would be told as money that came.
base::Result<bool> reversal_of(const XmlElement& element) {
    const std::string text = element.text_at("RvslInd");
    if (text == "true" || text == "1") return true;
    if (text.empty() || text == "false" || text == "0") return false;
    return base::invalid(place_of(element) + ": RvslInd is '" + text.substr(0, 20) + "'; it must be true or false");
}

base::Result<> read_availability(const XmlElement& element, const std::string& currency, std::vector<Availability>& into) {
    for (const XmlElement& one : element.children) {
        if (one.name != "Avlbty") continue;
        Availability availability;
        const std::string days = one.text_at("Dt/NbOfDays");
        if (!days.empty()) {
            constexpr std::size_t kMostDigits = 4;
            const bool digits = days.size() <= kMostDigits && days.find_first_not_of("0123456789") == std::string::npos;
            if (!digits) return base::invalid(place_of(one) + ": NbOfDays is '" + days + "', which is no number of days");
            availability.days = std::stoi(days);
        }
        const auto day = iso_day(one.at("Dt/ActlDt"));
        if (!day) return tl::unexpected(day.error());
        if (*day) availability.date = (*day)->date;
        if (const XmlElement* amount = one.child("Amt"); amount != nullptr) {
            const auto read = iso_amount(*amount, currency);
            if (!read) return tl::unexpected(read.error());
            availability.amount_minor = read->minor;
        }
        into.push_back(availability);
    }
    return {};
}

// A payment that is booked with others may go the other way than their sum (fees out of what came in): it has an indicator of its own then.
base::Result<Transaction> read_transaction(const Profile& profile, const XmlElement& details, const Entry& entry) {
    Transaction transaction;
    if (auto held = hold_single(details, {"Refs", "Amt", "AmtDtls", "CdtDbtInd", "BkTxCd", "RltdPties", "RltdAgts"}); !held) return tl::unexpected(held.error());
    transaction.references = iso_references(details.child("Refs"));
    const auto direction = details.child("CdtDbtInd") == nullptr ? base::Result<std::string>(entry.direction) : moved_by(details, entry.reversal, profile);
    if (!direction) return tl::unexpected(direction.error());
    const XmlElement* amount = details.child("Amt");
    if (amount == nullptr) amount = details.at("AmtDtls/TxAmt/Amt");
    if (amount != nullptr) {
        const auto read = iso_amount(*amount, entry.currency);
        if (!read) return tl::unexpected(read.error());
        transaction.amount_minor = *direction == kDebit ? -read->minor : read->minor;
        transaction.currency = read->currency;
    }
    if (const XmlElement* parties = details.child("RltdPties"); parties != nullptr) transaction.debtor = party_name(*parties, "Dbtr");
    transaction.debtor_agent = agent_name(details.at("RltdAgts/DbtrAgt"));
    transaction.remittance = remittance_text(details);
    transaction.return_reason = return_reason_of(details);
    transaction.references.creditor = creditor_reference(details);
    find_imad(transaction.references);
    find_in_text(transaction.references, transaction.remittance);
    find_in_text(transaction.references, details.text_at("AddtlTxInf"));
    return transaction;
}

void take_missing(References& into, const References& from) {
    References::visit_members(into, [&from](std::string_view name, std::string& mine) {
        References::visit_members(from, [&](std::string_view other, const std::string& theirs) {
            if (name == other && mine.empty()) mine = theirs;
        });
    });
}

// What the entry itself does not say its first transaction does: of most entries it is the only one.
void take_first(Entry& entry) {
    if (entry.transactions.empty()) return;
    const Transaction& first = entry.transactions.front();
    take_missing(entry.references, first.references);
    entry.debtor = first.debtor;
    entry.debtor_agent = first.debtor_agent;
    entry.remittance = first.remittance;
    for (const Transaction& one : entry.transactions) {
        if (entry.return_reason.empty()) entry.return_reason = one.return_reason;
    }
}

base::Result<> read_transactions(Building& building, const XmlElement& element, Entry& entry) {
    for (const XmlElement& details : element.children) {
        if (details.name != "NtryDtls") continue;
        std::size_t counted = 0;
        for (const XmlElement& one : details.children) {
            if (one.name != "TxDtls") continue;
            ++counted;
            if (entry.transactions.size() >= kMaxTransactions) return base::invalid(entry.place + ": more than " + std::to_string(kMaxTransactions) + " transactions in one entry");
            auto transaction = read_transaction(building.profile(), one, entry);
            if (!transaction) return tl::unexpected(transaction.error());
            if (entry.available.empty()) {
                if (auto read = read_availability(one, entry.currency, entry.available); !read) return read;
            }
            entry.transactions.push_back(std::move(*transaction));
        }
        if (entry.references.batch.empty()) entry.references.batch = details.text_at("Btch/PmtInfId");
        check_batch(building, details, entry, counted);
    }
    return {};
}

// The payments' own type where the entry has none and all of them are of one: of a mixed batch nobody may think that it is all wires.
std::string type_of_payments(const XmlElement& element) {
    std::string type;
    for (const XmlElement& details : element.children) {
        if (details.name != "NtryDtls") continue;
        for (const XmlElement& one : details.children) {
            if (one.name != "TxDtls") continue;
            const std::string own = transaction_code(one.child("BkTxCd"));
            if (own.empty() || (!type.empty() && own != type)) return {};
            type = own;
        }
    }
    return type;
}

base::Result<> read_entry(Building& building, const XmlElement& element) {
    Entry entry;
    entry.place = place_of(element);
    if (auto held = hold_single(element, {"Amt", "CdtDbtInd", "RvslInd", "Sts", "BookgDt", "ValDt", "AcctSvcrRef", "BkTxCd"}); !held) return held;
    const XmlElement* amount = element.child("Amt");
    if (amount == nullptr) return base::invalid(entry.place + ": an entry without an amount (Amt)");
    const auto read = iso_amount(*amount, building.report().currency);
    if (!read) return tl::unexpected(read.error());
    const auto reversal = reversal_of(element);
    if (!reversal) return tl::unexpected(reversal.error());
    entry.reversal = *reversal;
    auto direction = moved_by(element, entry.reversal, building.profile());
    if (!direction) return tl::unexpected(direction.error());
    entry.direction = std::move(*direction);
    entry.amount_minor = entry.direction == kDebit ? -read->minor : read->minor;
    entry.currency = read->currency;
    entry.status = element.first_text({"Sts", "Sts/Cd", "Sts/Prtry"});
    const auto booked = iso_day(element.child("BookgDt"));
    if (!booked) return tl::unexpected(booked.error());
    const auto value = iso_day(element.child("ValDt"));
    if (!value) return tl::unexpected(value.error());
    if (*booked) {
        entry.booking_date = (*booked)->date;
        entry.booked_at = (*booked)->instant;
    }
    if (*value) entry.value_date = (*value)->date;
    entry.references.servicer = element.text_at("AcctSvcrRef");
    entry.type = transaction_code(element.child("BkTxCd"));
    entry.additional = bounded_text(element.text_at("AddtlNtryInf"));
    if (auto done = read_availability(element, entry.currency, entry.available); !done) return done;
    if (auto done = read_transactions(building, element, entry); !done) return done;
    if (entry.type.empty()) entry.type = type_of_payments(element);
    take_first(entry);
    find_imad(entry.references);
    for (const std::string& text : {entry.remittance, entry.additional}) {
        read_labels(building.profile(), text, entry);
        find_in_text(entry.references, text);
    }
    if (building.report().currency.empty()) building.report().currency = entry.currency;
    return building.add(std::move(entry));
}

std::string balance_type(const XmlElement& balance) {
    const std::string code = balance.first_text({"Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry", "Tp/Cd"});
    if (code == "OPBD") return "opening";
    if (code == "CLBD") return "closing";
    if (code == "OPAV") return "opening_available";
    if (code == "CLAV") return "closing_available";
    return code;
}

base::Result<> read_balance(Building& building, const XmlElement& element) {
    constexpr std::size_t kMostBalances = 1'000;
    if (auto held = hold_single(element, {"Tp", "Amt", "CdtDbtInd", "Dt"}); !held) return held;
    const XmlElement* amount = element.child("Amt");
    if (amount == nullptr) return base::invalid(place_of(element) + ": a balance without an amount (Amt)");
    const auto read = iso_amount(*amount, building.report().currency);
    if (!read) return tl::unexpected(read.error());
    const auto direction = direction_of(element);
    if (!direction) return tl::unexpected(direction.error());
    const auto day = iso_day(element.child("Dt"));
    if (!day) return tl::unexpected(day.error());
    auto& balances = building.report().balances;
    if (balances.size() >= kMostBalances) return base::invalid(place_of(element) + ": more than " + std::to_string(kMostBalances) + " balances");
    balances.push_back({balance_type(element), *direction == kDebit ? -read->minor : read->minor, read->currency, *day ? std::optional((*day)->date) : std::nullopt});
    if (building.report().currency.empty()) building.report().currency = read->currency;
    return {};
}

// One Rpt, Stmt or Ntfctn: its parts are taken one by one, so that only one entry at a time is in memory as XML.
base::Result<bool> read_account(Building& building, XmlStream& stream, const std::string& message_id) {
    const int inside = stream.depth() + 1;
    const std::string place = "line " + std::to_string(stream.line()) + ", " + stream.name();
    AccountReport begun;
    begun.message_id = message_id;
    if (auto done = building.begin(std::move(begun)); !done) return tl::unexpected(done.error());
    std::optional<XmlElement> summary;
    bool has_account = false;
    auto more = stream.next();
    while (more && *more && stream.depth() == inside) {
        const std::string name = stream.name();
        auto element = stream.take();
        if (!element) return tl::unexpected(element.error());
        base::Result<> done;
        if (name == "Id") building.report().id = element->text;
        else if ((name == "Acct" && has_account) || (name == "TxsSummry" && summary)) {
            done = base::invalid(place_of(*element) + ": a second " + name + "; what is told of one account has one");
        } else if (name == "Acct") {
            has_account = true;
            building.report().account = account_id(&*element);
            building.report().currency = element->text_at("Ccy");
            building.report().servicer = agent_name(element->child("Svcr"));
        } else if (name == "Bal") done = read_balance(building, *element);
        else if (name == "TxsSummry") summary = std::move(*element);
        else if (name == "Ntry") done = read_entry(building, *element);
        if (!done) return tl::unexpected(done.error());
        more = stream.next();
    }
    if (!more) return tl::unexpected(more.error());
    if (!has_account || building.report().account.empty()) return base::invalid(place + ": it names no account (Acct/Id)");
    if (summary) check_summary(building, *summary);
    building.check_balance(place);
    return *more;
}

// pacs.008: every CdtTrfTxInf is a payment to the account of its creditor. It tells that the money was sent to us through the clearing, not that
// the bank has booked it.
base::Result<> read_transfer(Building& building, const XmlElement& element, const XmlElement& header) {
    Entry entry;
    entry.place = place_of(element);
    if (auto held = hold_single(element, {"PmtId", "IntrBkSttlmAmt", "IntrBkSttlmDt", "Dbtr", "DbtrAgt", "CdtrAgt", "CdtrAcct", "RmtInf"}); !held) return held;
    const XmlElement* amount = element.child("IntrBkSttlmAmt");
    if (amount == nullptr) return base::invalid(entry.place + ": a transfer without its amount (IntrBkSttlmAmt)");
    const auto read = iso_amount(*amount);
    if (!read) return tl::unexpected(read.error());
    const XmlElement* settled = element.child("IntrBkSttlmDt");
    const auto day = iso_day(settled != nullptr ? settled : header.child("IntrBkSttlmDt"));
    if (!day) return tl::unexpected(day.error());
    entry.amount_minor = read->minor;
    entry.currency = read->currency;
    entry.direction = kCredit;
    if (*day) entry.value_date = (*day)->date;
    entry.status = building.profile().transfer_status;
    if (entry.status == kBooked) entry.booking_date = entry.value_date;
    const auto credited = iso_day(element.at("SttlmTmIndctn/CdtDtTm"));
    if (credited && *credited) entry.booked_at = (*credited)->instant;
    entry.references = iso_references(element.child("PmtId"));
    entry.references.message = header.text_at("MsgId");
    if (entry.references.imad.empty()) entry.references.imad = imad_in(entry.references.message);
    entry.references.creditor = creditor_reference(element);
    entry.debtor = party_name(element, "Dbtr");
    entry.debtor_agent = agent_name(element.child("DbtrAgt"));
    entry.remittance = remittance_text(element);
    entry.type = "pacs.008";
    for (const XmlElement& one : element.children) {
        if (one.name == "InstrForNxtAgt" || one.name == "InstrForCdtrAgt") append_words(entry.additional, one.text_at("InstrInf"));
    }
    find_in_text(entry.references, entry.remittance);
    AccountReport report;
    report.message_id = header.text_at("MsgId");
    report.account = account_id(element.child("CdtrAcct"));
    report.currency = entry.currency;
    report.servicer = agent_name(element.child("CdtrAgt"));
    if (building.statement().statements.empty() || building.report().account != report.account || building.report().message_id != report.message_id ||
        building.report().currency != report.currency) {
        if (auto done = building.begin(std::move(report)); !done) return done;
    }
    return building.add(std::move(entry));
}

// Fedwire's own header carries the IMAD where PmtId does not: the business header's BizMsgIdr.
void take_identifier(Entry& entry, const std::string& business_identifier) {
    if (entry.references.imad.empty()) entry.references.imad = imad_in(business_identifier);
    find_imad(entry.references);
}

// One message: its header, then its accounts or transfers.
base::Result<bool> read_message(Building& building, XmlStream& stream, const MessageKind& kind, const std::string& business_identifier) {
    const int inside = stream.depth() + 1;
    const std::string place = "line " + std::to_string(stream.line()) + ", " + std::string(kind.element);
    XmlElement header;
    std::size_t parts = 0;
    TransferTotal transfers;
    auto more = stream.next();
    while (more && *more && stream.depth() == inside) {
        if (stream.name() == kind.account && kind.format != "pacs.008") {
            ++parts;
            more = read_account(building, stream, header.text_at("MsgId"));
            continue;
        }
        const bool is_header = stream.name() == "GrpHdr";
        const bool is_transfer = stream.name() == kind.account;
        auto element = stream.take();
        if (!element) return tl::unexpected(element.error());
        if (is_header && !header.name.empty()) return base::invalid(place_of(*element) + ": a second header of one message");
        if (is_header) header = std::move(*element);
        if (is_transfer) {
            ++parts;
            if (auto done = read_transfer(building, *element, header); !done) return tl::unexpected(done.error());
            take_identifier(building.statement().entries.back(), business_identifier);
            transfers.add(building.statement().entries.back());
        }
        more = stream.next();
    }
    if (!more) return tl::unexpected(more.error());
    if (header.text_at("MsgId").empty()) return base::invalid(place + ": it has no message id (GrpHdr/MsgId)");
    if (parts == 0) return base::invalid(place + ": it has no " + std::string(kind.account) + ", so it says nothing");
    if (kind.format == "pacs.008") transfers.check(building, header, place);
    return *more;
}

}  // namespace

base::Result<Statement> read_iso20022(std::string_view octets, const Profile& profile) {
    auto stream = XmlStream::open(octets);
    if (!stream) return tl::unexpected(stream.error());
    Building building("", profile);
    std::string root, business_identifier;
    auto more = stream->next();
    while (more && *more) {
        if (root.empty()) root = stream->name();
        const MessageKind* kind = message_named(stream->name());
        if (kind == nullptr && stream->name() == "BizMsgIdr") {
            const auto element = stream->take();
            if (!element) return tl::unexpected(element.error());
            business_identifier = element->text;
        }
        if (kind == nullptr) {
            more = stream->next();
            continue;
        }
        Statement& statement = building.statement();
        if (!statement.format.empty() && statement.format != kind->format) {
            return base::invalid("line " + std::to_string(stream->line()) + ": a " + std::string(kind->format) + " in a file of " + statement.format + "; give one kind at a time");
        }
        if (statement.format.empty()) {
            statement.format = kind->format;
            statement.version = version_of(stream->xml_namespace(), kind->format);
        }
        more = read_message(building, *stream, *kind, business_identifier);
    }
    if (!more) return tl::unexpected(more.error());
    if (building.statement().format.empty()) return base::invalid("line 1, " + root.substr(0, 60) + ": no camt.052, camt.053, camt.054 or pacs.008 in it");
    return building.finish();
}

}  // namespace rightsdesk::bank
