#include "console/asked_pages.h"

#include <algorithm>

#include "base/texts.h"
#include "console/rows.h"
#include "domain/civil.h"
#include "domain/keying.h"
#include "domain/matching.h"
#include "domain/money_due.h"
#include "telling/alert_text.h"

namespace rightsdesk::console {

namespace {

using domain::Money;

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
