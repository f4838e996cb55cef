#include "rightsdesk/bank_document.h"

namespace rightsdesk::tools {

namespace {

using runtime::Json;

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

template <class T>
Json texts_or_null(const T& described) {
    Json object = Json::object();
    T::visit_members(described, [&object](std::string_view name, const std::string& text) { object[std::string(name)] = text_or_null(text); });
    return object;
}

Json availability_document(const std::vector<bank::Availability>& available) { return available.empty() ? Json() : runtime::to_json(available); }

Json transaction_document(const bank::Transaction& transaction) {
    return {{"amount_minor", runtime::to_json(transaction.amount_minor)},
            {"currency", text_or_null(transaction.currency)},
            {"references", texts_or_null(transaction.references)},
            {"debtor", text_or_null(transaction.debtor)},
            {"debtor_agent", text_or_null(transaction.debtor_agent)},
            {"remittance", text_or_null(transaction.remittance)},
            {"return_reason", text_or_null(transaction.return_reason)}};
}

Json entry_document(const bank::Statement& statement, const bank::Entry& entry) {
    const bank::AccountReport& report = statement.statements.at(entry.statement);
    Json transactions = Json::array();
    for (const bank::Transaction& one : entry.transactions) transactions.push_back(transaction_document(one));
    return {{"amount_minor", entry.amount_minor},
            {"currency", text_or_null(entry.currency)},
            {"direction", entry.direction},
            {"status", text_or_null(entry.status)},
            {"booking_date", runtime::to_json(entry.booking_date)},
            {"value_date", runtime::to_json(entry.value_date)},
            {"booked_at", runtime::to_json(entry.booked_at)},
            {"references", texts_or_null(entry.references)},
            {"debtor", text_or_null(entry.debtor)},
            {"debtor_agent", text_or_null(entry.debtor_agent)},
            {"remittance", text_or_null(entry.remittance)},
            {"reversal", entry.reversal},
            {"return_reason", text_or_null(entry.return_reason)},
            {"type", text_or_null(entry.type)},
            {"available", availability_document(entry.available)},
            {"additional", text_or_null(entry.additional)},
            {"account", text_or_null(report.account)},
            {"message_id", text_or_null(report.message_id)},
            {"statement", entry.statement},
            {"place", entry.place},
            {"transactions", transactions}};
}

Json report_document(const bank::AccountReport& report) {
    return {{"message_id", text_or_null(report.message_id)},
            {"id", text_or_null(report.id)},
            {"account", text_or_null(report.account)},
            {"currency", text_or_null(report.currency)},
            {"servicer", text_or_null(report.servicer)},
            {"entries", report.entries},
            {"balances", runtime::to_json(report.balances)},
            {"test_only", report.test_only},
            {"deletes", report.deletes}};
}

}  // namespace

Json bank_document(const bank::Statement& statement) {
    Json entries = Json::array();
    Json statements = Json::array();
    for (const bank::Entry& entry : statement.entries) entries.push_back(entry_document(statement, entry));
    for (const bank::AccountReport& report : statement.statements) statements.push_back(report_document(report));
    return {{"format", statement.format},
            {"version", text_or_null(statement.version)},
            {"message_id", text_or_null(statement.message_id)},
            {"account", text_or_null(statement.account)},
            {"currency", text_or_null(statement.currency)},
            {"entries", entries},
            {"statements", statements},
            {"findings", runtime::to_json(statement.findings)}};
}

}  // namespace rightsdesk::tools
