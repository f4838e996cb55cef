#include "telling/history.h"

#include <algorithm>

#include "domain/civil.h"
#include "telling/happening_text.h"
#include "store/whole_log.h"
#include "wire/wire.h"

namespace rightsdesk::telling {

namespace {

// Folds an event for good and tells whether it wrote one of the names.
bool event_wrote(domain::Book& book, const domain::Event& event, const std::vector<domain::EntityName>& names) {
    domain::Folding folding(book);
    folding.apply(event);
    const auto written = folding.written();
    return std::any_of(written.begin(), written.end(), [&](const auto& entity) { return std::find(names.begin(), names.end(), entity.first) != names.end(); });
}

}  // namespace

base::Result<std::vector<Happened>> history_of(store::Store& store, const std::string& log, const std::vector<domain::EntityName>& names) {
    domain::Book book(log);
    std::vector<Happened> history;
    const auto read = store::read_to_end(store, log, 0, [&](const store::LogRecord& stored) -> base::Result<bool> {
        auto record = wire::decode_record(stored.record, nullptr);
        if (!record) return base::failure(base::ErrorKind::kCorrupt, log + " record " + std::to_string(stored.sequence) + ": " + record.error().message);
        if (event_wrote(book, record->event, names)) history.push_back({stored.sequence, std::move(*record)});
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    return history;
}

std::string line_of(const Happened& happened) {
    const domain::Record& record = happened.record;
    std::string line = std::to_string(happened.sequence) + "  " + domain::instant_text(record.at) + "  " + record.service + "  " +
                       std::string(base::type_name(record.event));
    if (record.position == 0 && !record.cause.source.empty()) line += ", because of " + record.cause.source + "." + std::to_string(record.cause.sequence);
    if (!record.operator_name.empty()) line += ", by " + record.operator_name + " through " + record.principal;
    const std::string text = text_of(record.event);
    return line + (text.empty() ? "" : ": " + text);
}

runtime::Json document_of(const Happened& happened) {
    runtime::Json document{{"sequence", happened.sequence}};
    document.update(runtime::to_json(happened.record));
    return document;
}

runtime::Json document_of(const std::vector<Happened>& history) {
    runtime::Json documents = runtime::Json::array();
    for (const Happened& happened : history) documents.push_back(document_of(happened));
    return documents;
}

}  // namespace rightsdesk::telling
