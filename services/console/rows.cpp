#include "console/rows.h"

#include "domain/approvals.h"
#include "domain/civil.h"
#include "domain/matching.h"
#include "domain/money_text.h"
#include "domain/preview.h"
#include "domain/silencing.h"
#include "telling/happening_text.h"

namespace rightsdesk::console {

namespace {

using domain::Money;

constexpr std::size_t kSameAmount = 5;  // candidates besides those that the desk looked at

// What happened to, where the event says so in one of these members.
domain::EntityName subject_of_event(const domain::Event& event) {
    return std::visit(
        [](const auto& held) -> domain::EntityName {
            if constexpr (requires { held.notice.id; }) return "notice/" + held.notice.id;
            else if constexpr (requires { held.payment.id; }) return "payment/" + held.payment.id;
            else if constexpr (requires { held.funding.notice; }) return "notice/" + held.funding.notice;
            else if constexpr (requires { held.clock.notice; }) return "notice/" + held.clock.notice;
            else if constexpr (requires { held.alert.subject; }) return held.alert.subject;
            else if constexpr (requires { held.payment; held.match; }) return "payment/" + held.payment;
            else if constexpr (requires { std::string(held.payment); }) return "payment/" + held.payment;
            else if constexpr (requires { std::string(held.notice); }) return "notice/" + held.notice;
            else if constexpr (requires { held.proposal.id; }) return "proposal/" + held.proposal.id;
            else if constexpr (requires { std::string(held.proposal); }) return "proposal/" + held.proposal;
            else if constexpr (requires { std::string(held.item); }) return "item/" + held.item;
            else if constexpr (requires { std::string(held.subject); }) return held.subject;
            else return {};
        },
        event);
}

Json id_of(const domain::EntityName& subject, std::string_view kind) {
    return subject.starts_with(kind) ? Json(subject.substr(kind.size())) : Json();
}

Json reason_rows(const std::vector<domain::Reason>& reasons) {
    Json rows = Json::array();
    for (const domain::Reason reason : reasons) rows.push_back({{"word", base::to_text(reason)}, {"explanation", domain::explain(reason)}});
    return rows;
}

std::string proposal_words(const domain::Proposal& proposal) {
    using domain::ProposalKind;
    switch (proposal.kind) {
        case ProposalKind::kExtension: return "the hour moves to " + (proposal.extend_to ? proposal.extend_to->civil : std::string("?"));
        case ProposalKind::kWaiver: return domain::waiver_text(proposal);
        case ProposalKind::kAllocation: return "the final allocation is approved: shares are allotted, and the rest of the money becomes refundable";
        case ProposalKind::kRefunds: return domain::money_text(proposal.total) + " are paid back";
        case ProposalKind::kSuspension:
            return "the offering is suspended" + (proposal.cancel_through ? "; holders may withdraw until " + proposal.cancel_through->civil : std::string());
        case ProposalKind::kResumption: return "the offering is resumed";
        case ProposalKind::kTermination: return "the offering is terminated: no share is sold, and all money goes back";
        case ProposalKind::kClosing: return (proposal.closing ? domain::to_text(*proposal.closing) : std::string("a day")) + " is no business day after all";
        case ProposalKind::kFinalPrice: return "the final price is " + (proposal.price ? domain::money_text(*proposal.price) : std::string("?")) + " a share";
    }
    return {};
}

bool needs_instruction(const domain::Book& book, const domain::Proposal& proposal) {
    if (book.life() == nullptr) return false;
    domain::ProposalApproved completing;
    completing.proposal = proposal.id;
    completing.kind = proposal.kind;
    completing.complete = true;
    return domain::lacks_instruction(book.life()->terms, proposal, completing);
}

}  // namespace

Json deadline_json(const domain::Deadline& deadline) {
    return {{"instant", domain::instant_text(deadline.instant)}, {"civil", deadline.civil}, {"zone", deadline.zone}};
}
Json deadline_json(const std::optional<domain::Deadline>& deadline) { return deadline ? deadline_json(*deadline) : Json(); }
Json instant_json(const std::optional<domain::Instant>& instant) { return instant ? Json(domain::instant_text(*instant)) : Json(); }
Json civil_json(const std::optional<domain::Instant>& instant, const std::string& zone) { return instant ? Json(domain::civil_text(*instant, zone)) : Json(); }

void add_instant(Json& row, const std::string& name, const std::optional<domain::Instant>& instant, const std::string& zone) {
    row[name] = instant_json(instant);
    // "too_late_at" has "too_late_civil" beside it, "value_at" "value_civil", "next_cover" "next_cover_civil".
    row[(name.ends_with("_at") ? name.substr(0, name.size() - 3) : name) + "_civil"] = civil_json(instant, zone);
}

Json alert_row(const std::string& log, const domain::Alert& alert, const std::string& zone, std::size_t group_size) {
    Json row{{"log", log}, {"number", alert.number}, {"severity", base::to_text(alert.severity)}, {"kind", alert.kind}, {"subject", alert.subject},
             {"topic", domain::alert_topic(log, alert)}, {"what", alert.what}, {"whom", alert.whom}, {"next", alert.next}};
    add_instant(row, "too_late_at", alert.too_late_at, zone);
    add_instant(row, "raised_at", alert.raised_at, zone);
    row["resolved_at"] = instant_json(alert.resolved_at);
    row["resolved_because"] = alert.resolved_because;
    row["acknowledged_by"] = alert.acknowledged_by;
    row["owner"] = domain::owner_of(alert);
    row["comment"] = alert.comment;
    row["acknowledged_at"] = instant_json(alert.acknowledged_at);
    row["acknowledge_by"] = instant_json(alert.acknowledge_by);
    row["escalates"] = alert.escalates;
    row["escalated_by"] = alert.escalated_by;
    row["group"] = alert.group;
    row["group_size"] = group_size;
    row["silenced"] = alert.silenced;
    row["held_since"] = instant_json(alert.held_since);
    return row;
}

Json exception_row(const Board& board, const domain::Alert& alert, Money money) {
    const domain::EntityName subject = subject_of(alert.subject);
    const Json notice = id_of(subject, "notice/"), payment = id_of(subject, "payment/");
    Json row{{"key", alert.subject + " " + alert.kind + " " + std::to_string(alert.number)}, {"subject", subject}, {"notice", notice}, {"payment", payment}, {"kind", alert.kind},
             {"severity", base::to_text(alert.severity)}, {"reasons", Json::array()}, {"what", alert.what}, {"next", alert.next}};
    add_instant(row, "too_late_at", alert.too_late_at, board.zone());
    row["money_cents"] = money.value;
    row["shares"] = 0;
    row["guarantor"] = Json();
    row["in_hand"] = domain::owner_of(alert);
    row["alert"] = alert.number;
    if (notice.is_null()) return row;
    if (const auto* facts = board.facts().find(notice.get<std::string>())) {
        row["shares"] = (facts->basic + facts->over).value;
        if (!facts->guarantor.empty()) row["guarantor"] = facts->guarantor;
    }
    if (const auto* known = board.book().notice(notice.get<std::string>())) row["reasons"] = reason_rows(known->reasons);
    return row;
}

Json candidate_row(const Board& board, const domain::NoticeId& id, const std::vector<domain::Unmatched>& fell_short, Money unmatched) {
    const NoticeFacts* facts = board.facts().find(id);
    const Money missing = facts == nullptr ? Money(0) : facts->short_of();
    Json words = Json::array();
    for (const domain::Unmatched reason : fell_short) words.push_back(base::to_text(reason));
    return {{"notice", id}, {"guarantor", facts == nullptr ? Json() : Json(facts->guarantor)}, {"due_cents", facts == nullptr ? 0 : facts->due.value},
            {"short_cents", missing.value}, {"status", facts == nullptr ? Json() : Json(base::to_text(facts->status))}, {"fell_short", words},
            {"amount_cents", std::min(unmatched, missing).value}};
}

Json payment_row(const Board& board, const domain::Payment& payment) {
    const Money unmatched = domain::may_be_matched(payment) ? domain::unmatched_amount(payment) : Money(0);
    Json row{{"payment", payment.id}, {"method", base::to_text(payment.method)}, {"status", base::to_text(payment.status)}, {"amount_cents", payment.amount.value},
             {"unmatched_cents", unmatched.value}, {"currency", payment.currency}, {"institution", payment.institution}, {"value_date", runtime::to_json(payment.value_date)}};
    add_instant(row, "received_at", payment.received_at, board.zone());
    row["credited_at"] = instant_json(payment.credited_at);
    row["references"] = runtime::to_json(payment.references);
    Json candidates = Json::array(), matches = Json::array();
    std::set<domain::NoticeId> told;
    for (const domain::Candidate& candidate : payment.candidates) {
        if (!candidate.notice.empty() && told.insert(candidate.notice).second) candidates.push_back(candidate_row(board, candidate.notice, candidate.fell_short, unmatched));
    }
    if (unmatched > Money(0)) {
        for (const domain::NoticeId& id : board.facts().short_of(unmatched, kSameAmount)) {
            if (told.insert(id).second) candidates.push_back(candidate_row(board, id, {}, unmatched));
        }
    }
    for (const domain::Match& match : payment.matches) {
        matches.push_back({{"notice", match.notice}, {"amount_cents", match.amount.value}, {"evidence", base::to_text(match.evidence)}, {"by", match.by}});
    }
    row["candidates"] = candidates;
    row["matches"] = matches;
    return row;
}

Json proposal_row(const domain::Book& book, const domain::Proposal& proposal) {
    const bool left_out = proposal.status == domain::ProposalStatus::kOpen && book.notice_ids().size() > kPreviewedAtOnce;
    std::vector<std::string> effects = left_out ? std::vector<std::string>() : domain::effects_of(book, proposal);
    const std::size_t all = effects.size();
    if (all > kShownRows) effects.resize(kShownRows);
    const std::int64_t agreed = static_cast<std::int64_t>(proposal.approved_by.size()) + (proposal.by_person ? 1 : 0);
    Json row{{"log", book.log()}, {"proposal", proposal.id}, {"kind", base::to_text(proposal.kind)}, {"status", base::to_text(proposal.status)},
             {"proposed_by", proposal.proposed_by}, {"by_person", proposal.by_person}, {"approved_by", proposal.approved_by}, {"needed", proposal.needed},
             {"missing", std::max<std::int64_t>(proposal.needed - agreed, 0)}, {"why", proposal.why}, {"words", proposal_words(proposal)}, {"effects", effects}, {"effects_total", all}, {"effects_left_out", left_out}};
    row["notice"] = runtime::to_json(proposal.notice);
    row["reason"] = runtime::to_json(proposal.reason);
    row["total_cents"] = proposal.total.value;
    row["extend_to"] = deadline_json(proposal.extend_to);
    row["closing"] = runtime::to_json(proposal.closing);
    row["price_cents"] = runtime::to_json(proposal.price);
    row["instruction_needed"] = proposal.status == domain::ProposalStatus::kOpen && needs_instruction(book, proposal);
    row["instruction"] = proposal.instruction;
    return row;
}

Json notice_line(const Board& board, const domain::Notice& notice) {
    Json reasons = Json::array();
    for (const domain::Reason reason : notice.reasons) reasons.push_back(base::to_text(reason));
    const NoticeFacts none;
    const NoticeFacts* found = board.facts().find(notice.id);
    const NoticeFacts& facts = found == nullptr ? none : *found;
    Json row{{"notice", notice.id}, {"status", base::to_text(notice.status)}, {"reasons", reasons}, {"form", base::to_text(notice.form)}};
    add_instant(row, "received", facts.received, board.zone());
    row["guarantor"] = facts.guarantor;
    row["basic_shares"] = facts.basic.value;
    row["over_shares"] = facts.over.value;
    row["due_cents"] = facts.due.value;
    row["good_cents"] = facts.good.value;
    row["uncollected_cents"] = facts.uncollected.value;
    const domain::CoverClock* cover = board.book().cover(notice.id);
    row["cover"] = cover == nullptr ? Json() : Json(base::to_text(cover->state));
    add_instant(row, "cover_due", cover == nullptr ? std::nullopt : std::optional(cover->deadline.instant), board.zone());
    const auto alerts = board.exceptions_of("notice/" + notice.id);
    std::optional<domain::Instant> too_late;
    for (const std::uint64_t number : alerts) {
        const auto& at = board.book().alert(number)->too_late_at;
        if (at && (!too_late || *at < *too_late)) too_late = at;
    }
    row["exceptions"] = alerts.size();
    add_instant(row, "too_late_at", too_late, board.zone());
    return row;
}

Json record_row(const FoldedRecord& one, const std::string& zone) {
    const domain::Record& record = one.record;
    const domain::EntityName subject = subject_of_event(record.event);
    Json row{{"sequence", one.sequence}};
    row["at"] = domain::instant_text(record.at);
    row["civil"] = domain::civil_text(record.at, zone);
    row["service"] = record.service;
    row["event"] = std::string(base::type_name(record.event));
    row["subject"] = subject;
    row["notice"] = id_of(subject, "notice/");
    row["payment"] = id_of(subject, "payment/");
    row["text"] = telling::text_of(record.event);
    row["cause"] = record.position == 0 && !record.cause.source.empty() ? record.cause.source + "." + std::to_string(record.cause.sequence) : std::string();
    row["by"] = record.operator_name;
    row["principal"] = record.principal;
    return row;
}

Json offering_line(const Board& board, domain::Instant now, bool folded) {
    const domain::Life* life = board.book().life();
    Json row{{"offering", board.book().log()}, {"issuer", life == nullptr ? "" : life->terms.issuer}, {"title", life == nullptr ? "" : life->terms.title},
             {"stage", base::to_text(domain::stage_of(board.book()))}};
    row["expiration"] = life == nullptr ? Json() : deadline_json(life->expiration);
    row["suspended"] = life != nullptr && life->suspension.has_value();
    row["notices"] = board.facts().step(FunnelStep::kReceived).notices;
    row["exceptions"] = board.exceptions_sum(now).first;
    row["alerts"] = board.open_alerts().size();
    row["folded"] = folded;
    return row;
}

std::string evidence_words(domain::Evidence evidence) {
    using domain::Evidence;
    switch (evidence) {
        case Evidence::kConfirmationNumber: return "the confirmation number that the notice states is a reference of the wire";
        case Evidence::kUniqueReference: return "a reference that is unique to this payment";
        case Evidence::kInstrumentNumber: return "the number of the instrument that the notice states";
        case Evidence::kNoticeReference: return "the notice's own id stands in the payment";
        case Evidence::kExactAmount: return "the institution, the day and the amount agree with this notice alone";
        case Evidence::kPerson: return "a person matched it";
        case Evidence::kSchedule: return "the nominee's schedule says so";
    }
    return {};
}

}  // namespace rightsdesk::console
