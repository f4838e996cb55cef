// What the gateway answers about an offering: from the follower's thread, from records read afterwards, from whole logs.
#include <sstream>

#include "base/texts.h"
#include "console/gateway.h"
#include "console/rows.h"
#include "domain/alert_kinds.h"
#include "domain/contract_reports.h"
#include "domain/derivation.h"
#include "telling/contract_tables.h"
#include "telling/past.h"
#include "telling/table_text.h"
#include "wire/wire.h"

namespace rightsdesk::console {

namespace {

constexpr const char* kOfDocuments = "sandbox; default-src 'none'; frame-ancestors 'self'";

HttpAnswer busy() { return error_answer(503, "unavailable", "too much waits already", 2); }

HttpAnswer error_answer_of(const base::Error& error) {
    switch (error.kind) {
        case base::ErrorKind::kInvalid: return error_answer(400, "unusable", error.message);
        case base::ErrorKind::kNotFound: return error_answer(404, "not_found", error.message);
        case base::ErrorKind::kUnavailable:
        case base::ErrorKind::kConflict:
        case base::ErrorKind::kCorrupt: break;
    }
    return error_answer(503, "unavailable", error.message, 2);
}

HttpAnswer answer_of(const base::Result<Json>& document) {
    return document ? json_answer(runtime::json_line(*document)) : error_answer_of(document.error());
}

base::Result<std::vector<FoldedRecord>> records_at(store::Store& store, const std::string& log, const std::vector<store::Sequence>& numbers, const wire::SealKey* key) {
    std::vector<FoldedRecord> records;
    records.reserve(numbers.size());
    for (std::size_t at = 0; at < numbers.size();) {
        // Those that follow each other come at once.
        std::size_t run = 1;
        while (at + run < numbers.size() && numbers[at + run] == numbers[at] + run) ++run;
        const auto read = store.read_log(log, numbers[at] - 1, run);
        if (!read) return tl::unexpected(read.error());
        if (read->empty()) return base::unavailable(log + " record " + std::to_string(numbers[at]) + " cannot be read");
        for (const store::LogRecord& stored : *read) {
            auto record = wire::decode_record(stored.record, key);
            if (!record) record = wire::decode_record(stored.record, nullptr);
            if (!record) return tl::unexpected(record.error());
            records.push_back({stored.sequence, std::move(*record)});
        }
        at += read->size();
    }
    return records;
}

Json table_json(const domain::Table& table) {
    const auto row_json = [](const domain::TableRow& row) {
        Json cells = Json::array();
        for (const domain::TableCell& cell : row) std::visit([&](const auto& value) { cells.push_back(value); }, cell);
        return cells;
    };
    Json columns = Json::array(), rows = Json::array();
    for (const domain::TableColumn& column : table.columns) columns.push_back({{"name", column.name}, {"unit", base::to_text(column.unit)}, {"to_date", column.to_date}});
    for (const domain::TableRow& row : table.rows) rows.push_back(row_json(row));
    return {{"name", table.name}, {"title", table.title}, {"columns", columns}, {"rows", rows}, {"totals", table.totals ? row_json(*table.totals) : Json()}, {"notes", table.notes},
            {"does_not_tie", table.does_not_tie}};
}

HttpAnswer report_answer(const domain::Table& table, const domain::OfferingId& offering, bool csv) {
    if (!csv) return json_answer(runtime::json_line(table_json(table)));
    std::ostringstream text;
    telling::write_csv(text, table);
    return {200, "text/csv; charset=utf-8", text.str(), {{"Content-Disposition", "attachment; filename=\"" + offering + "-" + table.name + ".csv\""}}};
}

Json derivation_json(const domain::Derivation& derivation) {
    Json steps = Json::array();
    for (const domain::DerivationStep& step : derivation.steps) {
        Json numbers = Json::array();
        for (const domain::DerivedNumber& number : step.numbers) {
            numbers.push_back({{"name", number.name}, {"unit", base::to_text(number.unit)}, {"value", runtime::to_json(number.value)}, {"text", domain::exact_text(number.value)}});
        }
        steps.push_back({{"step", step.step}, {"words", step.words}, {"numbers", numbers}, {"clause", step.clause}, {"value", step.value}, {"rule", step.rule}});
    }
    return {{"notice", derivation.notice}, {"kind", base::to_text(derivation.kind)}, {"revision", derivation.revision}, {"steps", steps}, {"basic", derivation.basic.value},
            {"over", derivation.over.value}, {"recorded_basic", derivation.recorded_basic.value}, {"recorded_over", derivation.recorded_over.value}, {"differs", derivation.differs}};
}

// By its first octets, never by what its sender called it.
std::string type_of(std::string_view octets) {
    using namespace std::string_view_literals;
    if (octets.starts_with("%PDF-")) return "application/pdf";
    if (octets.starts_with("II*\0"sv) || octets.starts_with("MM\0*"sv)) return "image/tiff";
    if (octets.starts_with("\x89PNG\r\n")) return "image/png";
    if (octets.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
    return "text/plain; charset=utf-8";
}

bool is_digest(const std::string& text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char digit) { return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'); });
}

}  // namespace

HttpAnswer alert_kinds_answer() {
    Json rows = Json::array();
    for (const domain::AlertKindRow& row : domain::alert_kinds()) {
        rows.push_back({{"kind", base::to_text(row.kind)}, {"nature", base::to_text(row.nature)}, {"severity", base::to_text(row.severity)},
                        {"worse", row.worse ? Json(base::to_text(*row.worse)) : Json()}, {"worse_when", std::string(row.worse_when)}, {"acknowledge_within", row.acknowledge_within},
                        {"meaning", std::string(row.meaning)}, {"whom", std::string(row.whom)}, {"next", std::string(row.next)}, {"too_late", std::string(row.too_late)},
                        {"resolved_by", std::string(row.resolved_by)}});
    }
    return json_answer(runtime::json_line(rows));
}

void Gateway::look(const domain::OfferingId& offering, const Way& way, std::function<HttpAnswer(const Follower&, const Board&)> look) {
    const bool asked = parts_.follower.ask([offering, way, look = std::move(look)](const Follower& follower) {
        const Board* board = follower.board(offering);
        way->answer(board == nullptr ? error_answer(404, "not_found", "there is no offering '" + base::shortened(offering, 60) + "'") : look(follower, *board));
    });
    if (!asked) way->answer(busy());
}

void Gateway::look_with_records(const domain::OfferingId& offering, const Way& way, std::function<base::Result<PageWithRecords>(const Follower&, const Board&)> look,
                                std::function<void(Json&, const std::vector<FoldedRecord>&, const std::string& zone)> add) {
    const bool asked = parts_.follower.ask([this, offering, way, look = std::move(look), add = std::move(add)](const Follower& follower) {
        const Board* board = follower.board(offering);
        if (board == nullptr) return way->answer(error_answer(404, "not_found", "there is no offering '" + base::shortened(offering, 60) + "'"));
        auto found = look(follower, *board);
        if (!found) return way->answer(error_answer_of(found.error()));
        const auto page = std::make_shared<PageWithRecords>(std::move(*found));
        const bool taken = reads_.take([reading = records_, page, way, add, zone = board->zone()] {
            const auto key = reading->keys.key_of(page->log);
            const auto records = records_at(*reading->store, page->log, page->records, key ? *key : nullptr);
            if (!records) return way->answer(error_answer_of(records.error()));
            add(page->page, *records, zone);
            way->answer(json_answer(runtime::json_line(page->page)));
        });
        if (!taken) way->answer(busy());
    });
    if (!asked) way->answer(busy());
}

void Gateway::answer_offering(HttpRequest& request, const std::vector<std::string>& parts, const Person&, const Way& way) {
    const domain::OfferingId& offering = parts[2];
    const std::string what = parts.size() > 3 ? parts[3] : "", which = parts.size() > 4 ? parts[4] : "";
    const Query query = request.query;
    if (what == "board" && parts.size() == 4) {
        return look(offering, way, [offering](const Follower& follower, const Board&) {
            Json document = Json::object();
            for (std::size_t at = 0; at < kSections; ++at) document[base::to_text(static_cast<Section>(at))] = follower.section(offering, static_cast<Section>(at));
            return json_answer(runtime::json_line(document));
        });
    }
    if (what == "notices" && parts.size() == 4) return look(offering, way, [query](const Follower&, const Board& board) { return answer_of(notices_page(board, query)); });
    if (what == "payments" && parts.size() == 4) return look(offering, way, [query](const Follower&, const Board& board) { return answer_of(payments_page(board, query)); });
    if (what == "alerts" && parts.size() == 4) return look(offering, way, [query](const Follower& follower, const Board& board) { return answer_of(alerts_page(board, follower.view(), query)); });
    if (what == "exceptions" && parts.size() == 4) return look(offering, way, [query](const Follower& follower, const Board& board) { return answer_of(exceptions_page(board, follower.now(), query)); });
    if (what == "rights-sales" && parts.size() == 4) return look(offering, way, [query](const Follower&, const Board& board) { return answer_of(rights_sales_page(board, query)); });
    if (what == "sendings" && parts.size() == 4) return look(offering, way, [](const Follower& follower, const Board& board) { return answer_of(sendings_page(board, follower.view())); });
    if (what == "keying" && parts.size() == 4) return look(offering, way, [](const Follower& follower, const Board& board) { return answer_of(keying_page(board, follower.now())); });
    if (what == "reports" && parts.size() == 5) return answer_report(request, offering, which, way);
    if (what == "notices" && parts.size() == 6 && parts[5] == "derivation") return answer_derivation(request, offering, which, way);
    const auto total = std::make_shared<std::size_t>(0);
    if (what == "notices" && parts.size() == 5) {
        const bool names = !(query.contains("names") && query.at("names") == "0");
        return look_with_records(
            offering, way,
            [which, total](const Follower& follower, const Board& board) {
                *total = board.log().written_by("notice/" + which).size();
                return notice_page(board, follower.view(), which);
            },
            [which, names, total](Json& page, const std::vector<FoldedRecord>& records, const std::string& zone) {
                add_fields(page, which, records, names);
                add_history(page, records, *total, zone);
            });
    }
    if (what == "payments" && parts.size() == 5) {
        return look_with_records(
            offering, way,
            [which, total](const Follower&, const Board& board) {
                *total = board.log().written_by("payment/" + which).size();
                return payment_page(board, which);
            },
            [total](Json& page, const std::vector<FoldedRecord>& records, const std::string& zone) { add_history(page, records, *total, zone); });
    }
    if (what == "alerts" && parts.size() == 6) {
        const auto number = base::whole_number(parts[5]);
        if (!number) return way->answer(error_answer(404, "not_found", "an alert has a number"));
        const auto wanted = static_cast<std::uint64_t>(*number);
        return look_with_records(
            offering, way, [which, wanted](const Follower& follower, const Board& board) { return alert_page(board, follower.desk(), which, wanted); },
            [wanted](Json& page, const std::vector<FoldedRecord>& records, const std::string& zone) {
                add_alert_history(page, records, wanted, page["alert"]["topic"].get<std::string>(), zone);
            });
    }
    way->answer(error_answer(404, "not_found", "there is no such address"));
}

void Gateway::answer_report(const HttpRequest& request, const domain::OfferingId& offering, const std::string& kind, const Way& way) {
    const auto report = base::enum_from_text<telling::ReportKind>(kind);
    const auto format = request.query.contains("format") ? request.query.at("format") : "json";
    if (!report || *report == telling::ReportKind::kSummary) return way->answer(error_answer(404, "not_found", "there are the reports tally, count, holders, guarantors, refunds, exceptions"));
    if (format != "json" && format != "csv") return way->answer(error_answer(400, "unusable", "format must be json or csv"));
    // Of a large offering, as all others, from its whole log, away from those who follow it.
    const auto from_log = [this, offering, way, csv = format == "csv", report = *report] {
        const bool taken = whole_logs_.take([reading = logs_, offering, way, csv, report] {
            const auto table = telling::contract_table(*reading->store, offering, report);
            way->answer(table ? report_answer(*table, offering, csv) : error_answer_of(table.error()));
        });
        if (!taken) way->answer(busy());
    };
    if (*report != telling::ReportKind::kTally) return from_log();
    const bool asked = parts_.follower.ask([from_log, offering, way, csv = format == "csv"](const Follower& follower) {
        const Board* board = follower.board(offering);
        if (board == nullptr || board->book().life() == nullptr) return way->answer(error_answer(404, "not_found", "there is no open offering of that name"));
        if (board->book().notice_ids().size() > kTalliedAtOnce) return from_log();
        way->answer(report_answer(board->tally(), offering, csv));
    });
    if (!asked) way->answer(busy());
}

void Gateway::answer_derivation(const HttpRequest& request, const domain::OfferingId& offering, const domain::NoticeId& notice, const Way& way) {
    const auto kind = base::enum_from_text<domain::AllocationKind>(request.query.contains("kind") ? request.query.at("kind") : "final");
    if (!kind) return way->answer(error_answer(400, "unusable", "kind must be preliminary or final"));
    const bool taken = whole_logs_.take([this, reading = logs_, offering, notice, kind = *kind, way] {
        auto then = telling::fold_to_allocation(*reading->store, offering, kind);
        if (!then) return way->answer(error_answer_of(then.error()));
        const auto book = std::make_shared<const domain::Book>(std::move(*then));
        look(offering, way, [book, notice, kind](const Follower&, const Board& board) {
            const auto derivation = domain::derive_allotment(*book, board.book(), notice, kind);
            return derivation ? json_answer(runtime::json_line(derivation_json(*derivation))) : error_answer_of(derivation.error());
        });
    });
    if (!taken) way->answer(busy());
}

void Gateway::answer_document(const std::vector<std::string>& parts, const Way& way) {
    const std::string& digest = parts[2];
    const bool pages = parts.size() >= 4 && parts.size() <= 5 && parts[3] == "pages";
    if (!is_digest(digest) || (parts.size() != 3 && !pages)) return way->answer(error_answer(404, "not_found", "there is no such address"));
    if (pages) return answer_pages(digest, parts.size() == 5 ? std::optional(parts[4]) : std::nullopt, way);
    const bool taken = reads_.take([&documents = parts_.documents, digest, way] {
        const auto bytes = documents.fetch(digest);
        if (!bytes) return way->answer(error_answer_of(bytes.error()));
        const std::string type = type_of(bytes->view());
        HttpAnswer answer{200, type, bytes->value, {{"Content-Security-Policy", kOfDocuments}}};
        if (type == "image/tiff") answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + digest.substr(0, 16) + ".tiff\"");
        way->answer(std::move(answer));
    });
    if (!taken) way->answer(busy());
}

// A child's work, which may take seconds: away from those who read, a document at a time.
void Gateway::answer_pages(const std::string& digest, const std::optional<std::string>& number, const Way& way) {
    const bool taken = drawings_.take([&documents = parts_.documents, &drawn = drawn_pages_, digest, number, way] {
        const auto bytes = documents.fetch(digest);
        if (!bytes) return way->answer(error_answer_of(bytes.error()));
        const std::string type = type_of(bytes->view());
        if (type == "image/tiff") return way->answer(error_answer(404, "not_found", "a fax is drawn by the board, from the document itself"));
        // Not only what begins as a PDF: some mailers put a line before it, as its readers allow.
        if (type != "image/png" && type != "image/jpeg") return way->answer(number ? drawn.draw(bytes->view(), *number) : drawn.count(bytes->view()));
        if (!number) return way->answer(json_answer(Json{{"pages", 1}, {"shown", 1}}.dump()));
        if (*number != "1") return way->answer(error_answer(404, "not_found", "it has one page"));
        way->answer({200, type, bytes->value, {{"Content-Security-Policy", kOfDocuments}}});
    });
    if (!taken) way->answer(busy());
}

}  // namespace rightsdesk::console
