#include "console/asked_pages.h"

#include <algorithm>
#include <optional>

#include "base/texts.h"
#include "console/rows.h"
#include "domain/civil.h"
#include "domain/keying.h"
#include "domain/matching.h"
#include "domain/money_due.h"
#include "domain/natural_order.h"
#include "telling/alert_text.h"

namespace rightsdesk::console {

namespace {

using domain::Money;

constexpr std::size_t kSortedNaturally = 5'000;  // beyond it ids are in the order of their letters

std::string lower(std::string text) {
    for (char& letter : text) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return text;
}

std::string value_of(const Query& query, const std::string& name) {
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
}

struct PageAsked {
    std::size_t from = 0;
    std::size_t limit = 50;
};

base::Result<PageAsked> page_asked(const Query& query) {
    PageAsked asked;
    if (const std::string limit = value_of(query, "limit"); !limit.empty()) {
        const auto number = base::whole_number(limit);
        if (!number || *number < 1 || *number > static_cast<std::int64_t>(kMostRows)) return base::invalid("limit must be 1 to " + std::to_string(kMostRows));
        asked.limit = static_cast<std::size_t>(*number);
    }
    if (const std::string after = value_of(query, "after"); !after.empty()) {
        const auto number = base::whole_number(after);
        if (!number) return base::invalid("after must be the 'next' of the page before");
        asked.from = static_cast<std::size_t>(*number);
    }
    return asked;
}

template <class Ids, class Row>
Json page_of(const Ids& ids, const PageAsked& asked, const Row& row) {
    Json rows = Json::array();
    const std::size_t from = std::min(ids.size(), asked.from), end = std::min(ids.size(), from + asked.limit);
    auto id = std::next(ids.begin(), static_cast<std::ptrdiff_t>(from));
    for (std::size_t at = from; at < end; ++at, ++id) rows.push_back(row(*id));
    return {{"total", ids.size()}, {"next", end < ids.size() ? Json(std::to_string(end)) : Json()}, {"rows", rows}};
}

bool found_in(const domain::Notice& notice, const std::string& search) {
    const auto has = [&](const std::string& text) { return lower(text).find(search) != std::string::npos; };
    if (has(notice.id) || has(notice.content.guarantor_name.value_or("")) || has(notice.content.confirmation_number.value_or("")) || has(notice.content.instrument_number.value_or(""))) return true;
    return std::any_of(notice.content.certificate_numbers.begin(), notice.content.certificate_numbers.end(), has);
}

bool found_in(const domain::Payment& payment, const std::string& search) {
    const auto has = [&](const std::string& text) { return lower(text).find(search) != std::string::npos; };
    const domain::PaymentReferences& references = payment.references;
    return has(payment.id) || has(payment.institution) || has(references.imad) || has(references.uetr) || has(references.servicer_reference) || has(references.end_to_end) ||
           has(references.instrument_number) || has(references.notice_reference);
}

std::optional<domain::Instant> soonest(const Board& board, const domain::NoticeId& id) {
    std::optional<domain::Instant> soonest;
    for (const std::uint64_t number : board.exceptions_of("notice/" + id)) {
        const auto& at = board.book().alert(number)->too_late_at;
        if (at && (!soonest || *at < *soonest)) soonest = at;
    }
    return soonest;
}

base::Result<> sort_notices(const Board& board, const std::string& sort, std::vector<std::string>& ids) {
    // What is sorted by comes once for each.
    const auto by = [&](const auto& key) {
        std::vector<std::pair<std::int64_t, std::string>> keyed;
        keyed.reserve(ids.size());
        for (std::string& id : ids) keyed.emplace_back(key(id), std::move(id));
        std::sort(keyed.begin(), keyed.end());
        for (std::size_t at = 0; at < ids.size(); ++at) ids[at] = std::move(keyed[at].second);
    };
    const auto facts_of_id = [&](const std::string& id) { return board.facts().find(id); };
    if (sort.empty() || sort == "id") {
        if (ids.size() <= kSortedNaturally) std::sort(ids.begin(), ids.end(), domain::natural_less);
    } else if (sort == "received") {
        by([&](const std::string& id) { return facts_of_id(id) == nullptr ? 0 : facts_of_id(id)->received.value; });
    } else if (sort == "money") {
        by([&](const std::string& id) { return facts_of_id(id) == nullptr ? 0 : -facts_of_id(id)->due.value; });
    } else if (sort == "too_late") {
        by([&](const std::string& id) { return soonest(board, id).value_or(domain::Instant(std::numeric_limits<std::int64_t>::max())).value; });
    } else {
        return base::invalid("sort must be id, received, money or too_late");
    }
    return {};
}

const char* cure_of(domain::Reason reason) {
    using domain::Reason;
    switch (domain::weight_of(reason)) {
        case domain::Weight::kQuestion:
        case domain::Weight::kDefect: break;
        case domain::Weight::kFlag:
        case domain::Weight::kLate:
        case domain::Weight::kMisdirected:
        case domain::Weight::kRefusal:
        case domain::Weight::kKeying: return nullptr;
    }
    if (reason == Reason::kUndated || reason == Reason::kPostDated || reason == Reason::kGuaranteeLapsed) return "date";
    if (reason == Reason::kRightsMissing) return "rights";
    if (reason == Reason::kSharesMissing) return "shares";
    if (reason == Reason::kGuarantorMissing || reason == Reason::kGuarantorIneligible) return "firm";
    if (reason == Reason::kPaymentDeliveryUnclear) return "payment_delivery";
    if (reason == Reason::kPaymentMethodUnclear || reason == Reason::kMethodNotAccepted) return "payment_method";
    if (reason == Reason::kSeveralHolders) return "register_line";
    return "evidence";
}

Json reasons_json(const std::vector<domain::Reason>& reasons) {
    Json rows = Json::array();
    for (const domain::Reason reason : reasons) {
        const char* cure = cure_of(reason);
        const auto weight = domain::weight_of(reason);
        rows.push_back({{"word", base::to_text(reason)}, {"explanation", domain::explain(reason)}, {"weight", base::to_text(weight)}, {"cure", cure == nullptr ? Json() : Json(cure)},
                        {"waivable", weight == domain::Weight::kDefect || weight == domain::Weight::kQuestion}});
    }
    return rows;
}

Json deliveries_json(const domain::Notice& notice, const std::string& zone) {
    Json rows = Json::array();
    for (const domain::Delivery& delivery : notice.deliveries) {
        Json row = runtime::to_json(delivery);
        row["stamp_civil"] = domain::civil_text(delivery.stamp, zone);
        rows.push_back(std::move(row));
    }
    return rows;
}

Json certificates_json(const domain::Notice& notice, const std::string& zone) {
    Json rows = Json::array();
    for (const domain::CertificatesReceived& received : notice.certificates) {
        Json row = runtime::to_json(received);
        row["stamp_civil"] = domain::civil_text(received.stamp, zone);
        row["questions"] = Json::array();
        for (const domain::CertificateQuestion question : received.questions) row["questions"].push_back({{"word", base::to_text(question)}, {"explanation", domain::explain(question)}});
        rows.push_back(std::move(row));
    }
    return rows;
}

Json payment_json(const Board& board, const domain::Payment& payment, const domain::NoticeId& notice) {
    Json row = payment_row(board, payment);
    row["matched_cents"] = 0;
    row["evidence"] = Json();
    row["evidence_words"] = "";
    row["by"] = "";
    for (const domain::Match& match : payment.matches) {
        if (match.notice != notice) continue;
        row["matched_cents"] = row["matched_cents"].get<std::int64_t>() + match.amount.value;
        row["evidence"] = base::to_text(match.evidence);
        row["evidence_words"] = evidence_words(match.evidence);
        row["by"] = match.by;
    }
    row["messages"] = payment.messages;
    row["returned"] = runtime::to_json(payment.returned);
    row["applied_cents"] = payment.applied.value;
    row["refundable_cents"] = payment.refundable.value;
    row["refunded_cents"] = payment.refunded.value;
    row["refund"] = Json();
    if (const domain::Refund* refund = board.book().refund(payment.id)) {
        row["refund"] = {{"status", base::to_text(refund->status)}, {"amount_cents", refund->amount.value}, {"cause", base::to_text(refund->cause)}, {"reference", refund->reference}};
    }
    return row;
}

Json money_json(const Board& board, const domain::Notice& notice) {
    const NoticeFacts* facts = board.facts().find(notice.id);
    const domain::Funding* funding = board.book().funding(notice.id);
    Json row{{"due_cents", facts == nullptr ? 0 : facts->due.value}, {"good_in_time_cents", facts == nullptr ? 0 : facts->good.value},
             {"good_late_cents", funding == nullptr ? 0 : funding->good_late.value}, {"uncollected_cents", facts == nullptr ? 0 : facts->uncollected.value}};
    row["due_by"] = deadline_json(domain::money_due(board.book(), notice));
    row["application"] = funding == nullptr ? Json() : Json(base::to_text(funding->application));
    row["rule"] = funding == nullptr ? "" : funding->rule;
    return row;
}

Json projected_json_of(const Board& board, const domain::NoticeId& id) {
    if (const domain::LiveLine* line = board.projected_line(id); line != nullptr) {
        return {{"basic", line->basic_allotted.value}, {"over", line->over_allotted.value}, {"money_cents", line->money.value}, {"applied_cents", line->applied.value}, {"refunded_cents", line->refunded.value}};
    }
    if (const domain::LeftOut* out = board.projected_out(id); out != nullptr) return {{"left_out", out->why}};
    return {};
}

Json allotment_json(const domain::Allotment* allotment) {
    if (allotment == nullptr) return {};
    return {{"basic", allotment->basic.value}, {"over", allotment->over.value}, {"applied_cents", allotment->applied.value}};
}

Json cover_json(const domain::CoverClock* clock) {
    if (clock == nullptr) return {};
    Json missing = Json::array();
    for (const domain::Missing one : clock->missing) missing.push_back(base::to_text(one));
    return {{"state", base::to_text(clock->state)}, {"deadline", deadline_json(clock->deadline)}, {"clause", clock->clause}, {"missing", missing},
            {"completed_at", instant_json(clock->completed_at)}, {"covered_rights", runtime::to_json(clock->covered_rights)}};
}

// The alerts of one thing: open ones of the offering, and as exceptions those that count as such.
void add_alerts(Json& page, const Board& board, const domain::EntityName& subject) {
    page["exceptions"] = Json::array();
    page["alerts"] = Json::array();
    for (const std::uint64_t number : board.exceptions_of(subject)) {
        const domain::Alert& alert = *board.book().alert(number);
        page["alerts"].push_back(alert_row(board.book().log(), alert, board.zone(), 1));
        page["exceptions"].push_back(exception_row(board, alert, board.money_of(alert.subject)));
    }
}

std::vector<store::Sequence> newest(std::vector<store::Sequence> numbers) {
    if (numbers.size() > kMostHistory) numbers.erase(numbers.begin(), numbers.end() - kMostHistory);
    return numbers;
}

}  // namespace

base::Result<Json> notices_page(const Board& board, const Query& query) {
    const auto asked = page_asked(query);
    if (!asked) return tl::unexpected(asked.error());
    const std::string search = lower(value_of(query, "search")), status = value_of(query, "status"), step = value_of(query, "step"), guarantor = lower(value_of(query, "guarantor"));
    const auto wanted_status = base::enum_from_text<domain::NoticeStatus>(status);
    const auto wanted_step = base::enum_from_text<FunnelStep>(step);
    if (!status.empty() && !wanted_status) return base::invalid("status: there is no '" + base::shortened(status, 60) + "'");
    if (!step.empty() && !wanted_step) return base::invalid("step must be received, accepted, defective, funded or covered");
    const auto row = [&](const std::string& id) { return notice_line(board, *board.book().notice(id)); };
    const std::string sort = value_of(query, "sort");
    const auto& all = board.book().notice_ids();
    if (all.size() > kSortedNaturally && !wanted_status && !wanted_step && guarantor.empty() && search.empty() && (sort.empty() || sort == "id")) return page_of(all, *asked, row);
    std::vector<std::string> ids;
    ids.reserve(all.size());
    for (const domain::NoticeId& id : all) {
        const NoticeFacts* facts = board.facts().find(id);
        if (wanted_status && (facts == nullptr || facts->status != *wanted_status)) continue;
        if (wanted_step && (facts == nullptr || !facts->in[static_cast<std::size_t>(*wanted_step)])) continue;
        if (!guarantor.empty() && (facts == nullptr || lower(facts->guarantor).find(guarantor) == std::string::npos)) continue;
        if (!search.empty() && !found_in(*board.book().notice(id), search)) continue;
        ids.push_back(id);
    }
    if (const auto sorted = sort_notices(board, sort, ids); !sorted) return tl::unexpected(sorted.error());
    return page_of(ids, *asked, row);
}

base::Result<Json> payments_page(const Board& board, const Query& query) {
    const auto asked = page_asked(query);
    if (!asked) return tl::unexpected(asked.error());
    const std::string in = value_of(query, "in"), search = lower(value_of(query, "search"));
    if (!in.empty() && in != "suspense" && in != "all") return base::invalid("in must be suspense or all");
    std::vector<std::string> ids;
    if (in == "suspense") {
        for (const auto& [money, id] : board.suspense()) {
            if (search.empty() || found_in(*board.book().payment(id), search)) ids.push_back(id);
        }
    } else {
        for (const domain::PaymentId& id : board.book().payment_ids()) {
            if (search.empty() || found_in(*board.book().payment(id), search)) ids.push_back(id);
        }
        if (ids.size() <= kSortedNaturally) std::sort(ids.begin(), ids.end(), domain::natural_less);
    }
    return page_of(ids, *asked, [&](const std::string& id) { return payment_row(board, *board.book().payment(id)); });
}

base::Result<Json> alerts_page(const Board& board, const DeskView& desk, const Query& query) {
    const auto asked = page_asked(query);
    if (!asked) return tl::unexpected(asked.error());
    const std::string log = value_of(query, "log"), kind = value_of(query, "kind"), severity = value_of(query, "severity"), open = value_of(query, "open"), before = value_of(query, "before");
    if (!log.empty() && log != domain::kDesk && log != board.book().log()) return base::invalid("log must be desk or the offering");
    if (!severity.empty() && !base::enum_from_text<domain::Severity>(severity)) return base::invalid("severity must be info, warning or critical");
    const domain::Book& book = log == domain::kDesk ? desk.desk : board.book();
    const std::set<std::uint64_t>& open_alerts = log == domain::kDesk ? desk.alerts.open() : board.open_alerts();
    std::uint64_t next = book.last_alert();
    if (!before.empty()) {
        const auto number = base::whole_number(before);
        if (!number || *number < 1) return base::invalid("before must be an alert's number");
        next = std::min<std::uint64_t>(next, static_cast<std::uint64_t>(*number) - 1);
    }
    Json rows = Json::array();
    const bool open_only = open == "1";
    for (; next >= 1 && rows.size() < asked->limit; --next) {
        if (open_only && !open_alerts.contains(next)) {
            // From here to the next open one there is nothing to look at.
            const auto above = open_alerts.lower_bound(next);
            next = above == open_alerts.begin() ? 1 : *std::prev(above) + 1;
            continue;
        }
        const domain::Alert* alert = book.alert(next);
        if (alert == nullptr || (!kind.empty() && alert->kind != kind) || (!severity.empty() && base::to_text(alert->severity) != severity)) continue;
        rows.push_back(alert_row(book.log(), *alert, board.zone(), 1));
    }
    return Json{{"total", open_only ? open_alerts.size() : book.last_alert()}, {"next", next >= 1 ? Json(next + 1) : Json()}, {"rows", rows}};
}

Json keying_page(const Board& board, domain::Instant now) {
    Json rows = Json::array();
    if (board.book().life() == nullptr) return {{"total", 0}, {"rows", rows}};
    const auto waiting = domain::to_be_keyed(board.book(), now);
    for (const domain::ToBeKeyed& one : waiting) {
        if (rows.size() == kMostRows) break;
        const domain::Notice& notice = *board.book().notice(one.notice);
        const domain::ReadingOnFile reading = notice.reading.value_or(domain::ReadingOnFile{});
        Json row{{"notice", one.notice}};
        add_instant(row, "received", one.stamp, board.zone());
        add_instant(row, "too_late_at", one.too_late_at, board.zone());
        row["why"] = reading.reason;
        row["layout"] = reading.layout;
        row["missing"] = reading.missing;
        row["document"] = notice.deliveries.empty() ? "" : notice.deliveries.front().document;
        row["media_type"] = notice.deliveries.empty() ? "" : notice.deliveries.front().media_type;
        rows.push_back(std::move(row));
    }
    return {{"total", waiting.size()}, {"rows", rows}};
}

base::Result<PageWithRecords> notice_page(const Board& board, const DeskView&, const domain::NoticeId& id) {
    const domain::Book& book = board.book();
    const domain::Notice* notice = book.notice(id);
    if (notice == nullptr || book.life() == nullptr) return base::failure(base::ErrorKind::kNotFound, book.log() + " has no notice '" + base::shortened(id, 60) + "'");
    Json page{{"notice", id}, {"log", book.log()}, {"sequence", board.log().head().sequence}, {"status", base::to_text(notice->status)}, {"form", base::to_text(notice->form)}};
    page["reasons"] = reasons_json(notice->reasons);
    page["cured"] = runtime::to_json(notice->cured);
    page["waived"] = runtime::to_json(notice->waived);
    page["content"] = runtime::to_json(notice->content);
    page["fields"] = Json::array();
    page["reading"] = runtime::to_json(notice->reading);
    page["basic_entitlement"] = notice->basic_entitlement.value;
    page["deliveries"] = deliveries_json(*notice, board.zone());
    page["certificates"] = certificates_json(*notice, board.zone());
    page["cover"] = cover_json(book.cover(id));
    const NoticeFacts* facts = board.facts().find(id);
    page["guarantor"] = facts == nullptr ? "" : facts->guarantor;
    page["confirmed_by_telephone"] = notice->confirmed_by_telephone;
    page["possible_duplicate_of"] = runtime::to_json(notice->possible_duplicate_of);
    page["register"] = runtime::to_json(notice->on_register);
    page["owners"] = runtime::to_json(notice->owners);
    page["money"] = money_json(board, *notice);
    page["payments"] = Json::array();
    for (const domain::PaymentId& payment : book.payments_of(id)) page["payments"].push_back(payment_json(board, *book.payment(payment), id));
    page["projected"] = projected_json_of(board, id);
    page["allotments"] = {{"preliminary", allotment_json(book.allotment(domain::AllocationKind::kPreliminary, id))}, {"final", allotment_json(book.allotment(domain::AllocationKind::kFinal, id))}};
    add_alerts(page, board, "notice/" + id);
    page["proposals"] = Json::array();
    for (const domain::ProposalId& proposal : book.proposal_ids()) {
        if (book.proposal(proposal)->notice == id && page["proposals"].size() < kShownRows) page["proposals"].push_back(proposal_row(book, *book.proposal(proposal)));
    }
    return PageWithRecords{std::move(page), newest(board.log().written_by("notice/" + id)), book.log()};
}

base::Result<PageWithRecords> payment_page(const Board& board, const domain::PaymentId& id) {
    const domain::Payment* payment = board.book().payment(id);
    if (payment == nullptr) return base::failure(base::ErrorKind::kNotFound, board.book().log() + " has no payment '" + base::shortened(id, 60) + "'");
    Json page{{"payment", payment_json(board, *payment, "")}};
    page["candidates"] = page["payment"]["candidates"];
    add_alerts(page, board, "payment/" + id);
    return PageWithRecords{std::move(page), newest(board.log().written_by("payment/" + id)), board.book().log()};
}

base::Result<PageWithRecords> alert_page(const Board& board, const FollowedLog& desk, const std::string& log, std::uint64_t number) {
    if (log != domain::kDesk && log != board.book().log()) return base::failure(base::ErrorKind::kNotFound, "there is no such log here");
    const FollowedLog& followed = log == domain::kDesk ? desk : board.log();
    const domain::Alert* alert = followed.book().alert(number);
    if (alert == nullptr) return base::failure(base::ErrorKind::kNotFound, log + " has no alert " + std::to_string(number));
    return PageWithRecords{Json{{"alert", alert_row(log, *alert, board.zone(), 1)}}, newest(followed.written_by("alert/" + std::to_string(number))), log};
}

void add_history(Json& page, const std::vector<FoldedRecord>& records, std::size_t total, const std::string& zone) {
    page["history"] = Json::array();
    for (const FoldedRecord& one : records) page["history"].push_back(record_row(one, zone));
    page["history_total"] = total;
}

void add_alert_history(Json& page, const std::vector<FoldedRecord>& records, std::uint64_t number, const std::string& topic, const std::string& zone) {
    page["history"] = Json::array();
    for (const FoldedRecord& one : records) {
        const auto told = telling::told_of_alerts(one.record.event);
        if (!told || !telling::concerns_alert(one.record.event, number, topic)) continue;
        page["history"].push_back({{"sequence", one.sequence}, {"at", domain::instant_text(one.record.at)}, {"civil", domain::civil_text(one.record.at, zone)}, {"told", *told}});
    }
}

void add_fields(Json& page, const domain::NoticeId& id, const std::vector<FoldedRecord>& records, bool names) {
    const domain::Personal* latest = nullptr;
    const domain::Personal* first = nullptr;
    bool opened = false, keyed = false;
    for (const FoldedRecord& one : records) {
        const domain::Sealed* sealed = nullptr;
        if (const auto* decided = std::get_if<domain::NoticeDecided>(&one.record.event); decided != nullptr && decided->notice.id == id) sealed = &decided->sealed;
        if (const auto* by_person = std::get_if<domain::NoticeKeyed>(&one.record.event); by_person != nullptr && by_person->notice.id == id && !by_person->again) {
            sealed = &by_person->sealed;
            keyed = true;
        }
        if (sealed == nullptr) continue;
        opened = sealed->opened;
        if (first == nullptr) first = &sealed->personal;
        latest = &sealed->personal;
    }
    Json personal = latest != nullptr && opened ? runtime::to_json(*latest) : Json::object();
    const Json content = page["content"];
    const Json missing = page["reading"].is_null() ? Json::array() : page["reading"]["missing"];
    page.erase("content");
    page["opened"] = opened;
    page["fields"] = Json::array();
    for (const std::string& field : domain::notice_field_names()) {
        const bool is_personal = !content.contains(field);
        const Json value = is_personal ? (names && personal.contains(field) ? personal[field] : Json()) : content[field];
        Json row{{"field", field}, {"value", value}, {"read", Json()}, {"confidence", Json()}, {"place", Json()}, {"candidates", Json::array()}, {"keyed", keyed},
                 {"missing", !keyed && std::find(missing.begin(), missing.end(), Json(field)) != missing.end()}, {"personal", is_personal}};
        if (first != nullptr && opened && (names || !is_personal)) {
            for (const domain::ReadField& read : first->readings) {
                if (read.field != field) continue;
                row["read"] = read.text;
                row["confidence"] = read.confidence;
                row["place"] = runtime::to_json(read.place);
                row["candidates"] = read.candidates;
            }
        }
        page["fields"].push_back(std::move(row));
    }
}

}  // namespace rightsdesk::console
