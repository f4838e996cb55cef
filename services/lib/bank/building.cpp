#include "bank/building.h"

#include <algorithm>

#include "base/texts.h"

namespace rightsdesk::bank {

base::Result<> Building::begin(AccountReport report) {
    if (statement_.statements.size() >= kMaxStatements) return base::invalid("more than " + std::to_string(kMaxStatements) + " statements in one file");
    statement_.statements.push_back(std::move(report));
    return {};
}

base::Result<> Building::add(Entry entry) {
    if (statement_.entries.size() >= kMaxEntries) return base::invalid(entry.place + ": more than " + std::to_string(kMaxEntries) + " entries in one file");
    entry.statement = statement_.statements.size() - 1;
    if (entry.currency.empty()) entry.currency = report().currency;
    ++report().entries;
    statement_.entries.push_back(std::move(entry));
    return {};
}

void Building::find(FindingKind kind, const std::string& place, const std::string& what) {
    if (statement_.findings.size() < kMaxFindings) statement_.findings.push_back({kind, place, what});
}

void Building::check_balance(const std::string& place, const std::vector<std::string>& statuses_counted) {
    const AccountReport& account = report();
    const auto none = account.balances.end();
    const auto of_type = [&account](const char* type, const std::string& currency = "") {
        return std::find_if(account.balances.begin(), account.balances.end(), [&](const Balance& one) { return one.type == type && (currency.empty() || one.currency == currency); });
    };
    // PRCD, what the statement before closed with: Austria's banks give it and no opening balance.
    const auto opening = of_type("opening") != none ? of_type("opening") : of_type("PRCD");
    if (opening == none || of_type("closing") == none) return;
    const auto closing = of_type("closing", opening->currency);
    if (closing == none) return find(FindingKind::kBalance, place, "the opening balance is in " + opening->currency + ", the closing balance in " + of_type("closing")->currency);
    std::int64_t sum = opening->amount_minor;
    bool known = true;
    for (std::size_t at = statement_.entries.size() - account.entries; at < statement_.entries.size(); ++at) {
        const Entry& entry = statement_.entries[at];
        if (std::find(statuses_counted.begin(), statuses_counted.end(), entry.status) == statuses_counted.end()) continue;
        known = known && entry.currency == opening->currency && add_up(sum, entry.amount_minor);
    }
    if (!known || sum == closing->amount_minor) return;
    find(FindingKind::kBalance, place, "the opening balance and the entries make " + minor_text(sum) + ", the closing balance says " + minor_text(closing->amount_minor));
}

Statement Building::finish() {
    if (!statement_.statements.empty()) {
        const AccountReport& first = statement_.statements.front();
        statement_.message_id = first.message_id;
        statement_.account = first.account;
        statement_.currency = first.currency;
    }
    return std::move(statement_);
}

std::string bounded_text(std::string text) { return base::shortened(std::move(text), kMaxTextOctets); }

void append_words(std::string& text, const std::string& further, char between) {
    // What is full stays as it is: a hostile file adds to it line by line.
    if (further.empty() || text.size() >= kMaxTextOctets) return;
    if (!text.empty()) text += between;
    text = bounded_text(text + further);
}

}  // namespace rightsdesk::bank
