#include "console/sections.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "console/rows.h"
#include "domain/civil.h"
#include "domain/deadlines.h"
#include "domain/natural_order.h"
#include "domain/roles.h"
#include "domain/silencing.h"

namespace rightsdesk::console {

namespace {

using domain::Instant;
using domain::Money;

std::int64_t millionths(std::int64_t part, std::int64_t whole) {
    __extension__ using Wide = __int128;
    return whole <= 0 ? 0 : static_cast<std::int64_t>(Wide{part} * 1'000'000 / whole);
}

// ---- clock ----

Json due_row(const std::string& kind, const std::string& what, const domain::Deadline& deadline, Instant now) {
    return {{"kind", kind}, {"what", what}, {"instant", domain::instant_text(deadline.instant)}, {"civil", deadline.civil}, {"zone", deadline.zone},
            {"notices", Json()}, {"shares", Json()}, {"money_cents", Json()}, {"past", deadline.instant < now}};
}

std::vector<std::pair<Instant, Json>> deadlines_of(const Board& board, Instant now) {
    const domain::Life& life = *board.book().life();
    std::vector<std::pair<Instant, Json>> rows;
    const auto add = [&](const std::string& kind, const std::string& what, const domain::Deadline& deadline, bool done) {
        if (!done) rows.emplace_back(deadline.instant, due_row(kind, what, deadline, now));
    };
    const bool over = domain::is_over(life.stage);
    add("expiration", "the hour", life.expiration, life.expired_at.has_value() || over);
    if (const auto early = domain::foreign_cut_off(life.terms, life.expiration)) add("foreign_cut_off", "the hour for holders abroad", early->deadline, early->deadline.instant < now || over);
    if (const auto report = domain::shares_report_deadline(life.terms, life.expiration)) add("shares_report", "the shares subscribed are reported", report->deadline, life.counted_at.has_value() || over);
    if (const auto confirmed = domain::confirmations_deadline(life.terms, life.expiration)) add("confirmations", "the confirmations are out", confirmed->deadline, over);
    if (life.bill_until) add("bill_until", "money that the final price bills", *life.bill_until, life.bill_until->instant < now || over);
    if (life.suspension && life.suspension->cancel_through) add("cancel_through", "holders may withdraw", *life.suspension->cancel_through, life.suspension->cancel_through->instant < now);
    for (const auto& [instant, covers] : board.facts().covers()) {
        if (over) break;
        Json row = due_row("cover", std::to_string(covers.notices) + (covers.notices == 1 ? " cover is due" : " covers are due"), covers.deadline, now);
        row["notices"] = covers.notices;
        row["shares"] = covers.shares.value;
        row["money_cents"] = covers.money.value;
        rows.emplace_back(instant, std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& left, const auto& right) { return left.first < right.first; });
    return rows;
}

Json clock_section(const Board& board, Instant now) {
    const domain::Life* life = board.book().life();
    if (life == nullptr) return {{"stage", Json()}};
    Json section{{"issuer", life->terms.issuer}, {"title", life->terms.title}, {"stage", base::to_text(domain::stage_of(board.book()))},
                 {"expiration", deadline_json(life->expiration)}, {"expiration_inclusive", life->terms.expiration_inclusive}};
    section["suspended"] = Json();
    if (life->suspension) {
        section["suspended"] = {{"since", domain::instant_text(life->suspension->since)}, {"since_civil", domain::civil_text(life->suspension->since, board.zone())},
                                {"why", life->suspension->why}, {"cancel_through", deadline_json(life->suspension->cancel_through)}, {"approved_by", life->suspension->approved_by}};
    }
    section["extensions"] = Json::array();
    for (const domain::Extension& extension : life->extensions) {
        section["extensions"].push_back({{"before", deadline_json(extension.before)}, {"after", deadline_json(extension.after)}, {"approved_by", extension.approved_by}});
    }
    section["price_cents"] = life->terms.subscription_price.value;
    section["price_is_estimate"] = life->terms.price.kind == domain::PriceKind::kEstimated && !life->estimated_price;
    section["shares_offered"] = life->terms.shares_offered.value;
    const auto rows = deadlines_of(board, now);
    section["deadlines"] = Json::array();
    for (const auto& [instant, row] : rows) {
        if (section["deadlines"].size() < kShownDeadlines) section["deadlines"].push_back(row);
    }
    section["deadlines_total"] = rows.size();
    return section;
}

// ---- sums ----

Json funnel_section(const Board& board) {
    const domain::Life* life = board.book().life();
    const domain::Shares offered = life == nullptr ? domain::Shares(0) : life->terms.shares_offered;
    Json steps = Json::array(), statuses = Json::object();
    const std::int64_t received = board.facts().step(FunnelStep::kReceived).notices;
    for (std::size_t at = 0; at < kFunnelSteps; ++at) {
        const auto step = static_cast<FunnelStep>(at);
        const StepSum& sum = board.facts().step(step);
        steps.push_back({{"step", base::to_text(step)}, {"notices", sum.notices}, {"basic_shares", sum.basic.value}, {"over_shares", sum.over.value}, {"money_cents", sum.money.value},
                         {"notices_ppm", millionths(sum.notices, received)}, {"basic_ppm", millionths(sum.basic.value, offered.value)}});
    }
    for (const auto& [status, count] : board.facts().statuses()) statuses[base::to_text(status)] = count;
    return {{"offered", offered.value}, {"steps", steps}, {"statuses", statuses}};
}

Json exceptions_section(const Board& board, Instant now) {
    const auto [total, money] = board.exceptions_sum(now);
    Json rows = Json::array();
    const auto [begin, end] = board.exceptions(now);
    for (auto at = begin; at != end && rows.size() < kShownExceptions; ++at) rows.push_back(exception_row(board, *board.book().alert(at->alert), at->money));
    return {{"total", total}, {"money_cents", money.value}, {"rows", rows}};
}

Json suspense_section(const Board& board) {
    Json rows = Json::array();
    for (const auto& [money, id] : board.suspense()) {
        if (rows.size() == kShownRows) break;
        rows.push_back(payment_row(board, *board.book().payment(id)));
    }
    return {{"total", board.suspense().size()}, {"money_cents", board.suspense_sum().value}, {"rows", rows}};
}

Json guarantors_section(const Board& board) {
    std::vector<const GuarantorSum*> sums;
    sums.reserve(board.facts().guarantors().size());
    Money exposure;
    for (const auto& [key, sum] : board.facts().guarantors()) {
        sums.push_back(&sum);
        exposure += sum.exposure;
    }
    std::stable_sort(sums.begin(), sums.end(), [](const GuarantorSum* left, const GuarantorSum* right) { return left->exposure > right->exposure; });
    Json rows = Json::array();
    for (const GuarantorSum* sum : sums) {
        if (rows.size() == kShownRows) break;
        Json row{{"guarantor", sum->guarantor}, {"eligible", sum->eligible ? Json(*sum->eligible) : Json()}, {"notices", sum->notices}, {"uncovered", sum->uncovered},
                 {"uncovered_shares", sum->uncovered_shares.value}, {"exposure_cents", sum->exposure.value}, {"missed", sum->missed}, {"missed_cents", sum->missed_money.value}};
        row["next_cover"] = sum->next.empty() ? Json() : Json(domain::instant_text(sum->next.begin()->first));
        row["next_cover_civil"] = sum->next.empty() ? Json() : Json(sum->next.begin()->second.first.civil);
        rows.push_back(std::move(row));
    }
    return {{"total", sums.size()}, {"exposure_cents", exposure.value}, {"rows", rows}};
}

// ---- alerts ----

Json silence_rows(const domain::Book& book, Instant now, const std::string& zone) {
    Json rows = Json::array();
    for (const domain::Silence& silence : domain::silences_in_force(book, now)) {
        Json row{{"log", book.log()}, {"prefix", silence.prefix}};
        add_instant(row, "until", silence.until, zone);
        row["by"] = silence.by;
        row["why"] = silence.why;
        row["since"] = instant_json(silence.since);
        rows.push_back(std::move(row));
    }
    return rows;
}

struct LoggedAlert {
    AlertPlace place;
    std::string log;
    const domain::Alert* alert;
    std::size_t group_size;
};

void gather_alerts(const domain::Book& book, const AlertList& list, std::vector<LoggedAlert>& alerts) {
    for (const ShownAlert& shown : list.first(kShownAlerts)) alerts.push_back({shown.place, book.log(), book.alert(shown.place.number), shown.group_size});
}

Json alerts_section(const Board& board, const DeskView& desk, Instant now) {
    std::vector<LoggedAlert> alerts;
    gather_alerts(board.book(), board.alerts(), alerts);
    gather_alerts(desk.desk, desk.alerts, alerts);
    const auto count = [&](domain::Severity severity) {
        const auto health = std::count_if(desk.health.begin(), desk.health.end(), [&](const domain::Alert& alert) { return alert.severity == severity; });
        return board.alerts().of(severity) + desk.alerts.of(severity) + static_cast<std::size_t>(health);
    };
    for (const domain::Alert& alert : desk.health) alerts.push_back({place_of(alert), domain::kDesk, &alert, 1});
    std::sort(alerts.begin(), alerts.end(), [](const LoggedAlert& left, const LoggedAlert& right) { return std::tie(left.place, left.log) < std::tie(right.place, right.log); });
    Json rows = Json::array();
    for (const LoggedAlert& one : alerts) {
        if (rows.size() < kShownAlerts) rows.push_back(alert_row(one.log, *one.alert, board.zone(), one.group_size));
    }
    Json silences = silence_rows(board.book(), now, board.zone());
    for (Json& row : silence_rows(desk.desk, now, board.zone())) silences.push_back(std::move(row));
    return {{"open", board.open_alerts().size() + desk.alerts.open().size() + desk.health.size()}, {"unacknowledged", board.alerts().unacknowledged() + desk.alerts.unacknowledged()},
            {"by_severity", {{"critical", count(domain::Severity::kCritical)}, {"warning", count(domain::Severity::kWarning)}, {"info", count(domain::Severity::kInfo)}}},
            {"rows", rows}, {"silences", silences}};
}

// ---- people ----

// What waits for a second person in the desk's own log, as a row like any proposal's.
Json desk_proposal_row(const std::string& proposal, const std::string& kind, const std::string& by, const std::string& why, const std::string& words) {
    return {{"log", domain::kDesk}, {"proposal", proposal}, {"kind", kind}, {"status", "open"}, {"proposed_by", by}, {"by_person", true},
            {"approved_by", Json::array()}, {"needed", 2}, {"missing", 1}, {"why", why}, {"words", words},
            {"effects", Json::array()}, {"effects_total", 0}, {"notice", Json()}, {"reason", Json()}, {"total_cents", 0}, {"extend_to", Json()}, {"closing", Json()}, {"price_cents", Json()},
            {"instruction_needed", false}, {"instruction", ""}};
}

Json without_replica_row(const domain::ReplicaStanding& standing) {
    return desk_proposal_row("without_replica", "without_replica", standing.proposed_by, standing.why, "acknowledgements mean one disk while the replica is missing; rightsdesk replica approves it");
}

// What is to be declared in the stead of a source that this offering waits for.
Json watermark_proposal_row(const Board& board, const domain::WatermarkProposal& proposal, domain::ServiceName service) {
    Json row = desk_proposal_row("watermark-" + proposal.source, "watermark", proposal.by, proposal.why,
                                 "nothing that " + proposal.source + " stamped up to then is still to be handed over: its watermark is declared in its stead");
    row["source"] = proposal.source;
    row["service"] = base::to_text(service);
    add_instant(row, "through", proposal.through, board.zone());
    return row;
}

// The sources that the offering's count waits for, and whose door the watermarks of each go to.
std::vector<std::pair<std::string, domain::ServiceName>> sources_of(const Board& board) {
    std::vector<std::pair<std::string, domain::ServiceName>> sources;
    const domain::Life* life = board.book().life();
    if (life == nullptr) return sources;
    sources.reserve(life->terms.gateways.size() + life->terms.bank_feeds.size());
    for (const std::string& source : life->terms.gateways) sources.emplace_back(source, domain::ServiceName::kIntake);
    for (const std::string& source : life->terms.bank_feeds) sources.emplace_back(source, domain::ServiceName::kPaymentClearing);
    return sources;
}

Json proposals_section(const Board& board, const DeskView& desk) {
    std::vector<const domain::Proposal*> open, decided;
    for (const domain::ProposalId& id : board.book().proposal_ids()) {
        const domain::Proposal* proposal = board.book().proposal(id);
        const bool waits = proposal->status == domain::ProposalStatus::kOpen || proposal->status == domain::ProposalStatus::kPreparing;
        (waits ? open : decided).push_back(proposal);
    }
    const auto newest = [&](const domain::Proposal* left, const domain::Proposal* right) {
        const auto& first = board.log().written_by("proposal/" + left->id);
        const auto& second = board.log().written_by("proposal/" + right->id);
        return (first.empty() ? 0 : first.back()) > (second.empty() ? 0 : second.back());
    };
    std::stable_sort(open.begin(), open.end(), newest);
    std::stable_sort(decided.begin(), decided.end(), newest);
    Json rows = Json::array();
    std::size_t waiting = open.size();
    if (const auto* replica = desk.desk.replica(); replica != nullptr && !replica->proposed_by.empty()) {
        rows.push_back(without_replica_row(*replica));
        ++waiting;
    }
    for (const auto& [source, service] : sources_of(board)) {
        const domain::WatermarkProposal* proposal = desk.desk.watermark_proposal(source);
        if (proposal == nullptr) continue;
        rows.push_back(watermark_proposal_row(board, *proposal, service));
        ++waiting;
    }
    for (const auto* list : {&open, &decided}) {
        for (const domain::Proposal* proposal : *list) {
            if (rows.size() < kShownRows) rows.push_back(proposal_row(board.book(), *proposal));
        }
    }
    return {{"open", waiting}, {"rows", rows}};
}

// ---- projection ----

std::int64_t over_ppm(const domain::LiveTotals& totals) { return millionths(totals.over_allotted.value, totals.over_claimed.value); }

Json projected_json(const Projected& projected) {
    const domain::LiveTotals& totals = projected.totals;
    return {{"at", domain::instant_text(projected.at)}, {"sequence", projected.sequence}, {"supply", totals.supply.value}, {"basic_allotted", totals.basic_allotted.value},
            {"over_requested", totals.over_requested.value}, {"over_claimed", totals.over_claimed.value}, {"over_allotted", totals.over_allotted.value}, {"unsubscribed", totals.unsubscribed.value},
            {"applied_cents", totals.applied.value}, {"refunded_cents", totals.refunded.value}, {"proration", {totals.proration.numerator, totals.proration.denominator}},
            {"over_ppm", over_ppm(totals)}, {"rounds", totals.rounds}, {"notices", projected.notices}, {"left_out", projected.left_out}};
}

Json point_json(const Projected& projected) {
    const domain::LiveTotals& totals = projected.totals;
    return {{"basic", totals.basic_allotted.value}, {"over_claimed", totals.over_claimed.value}, {"over_allotted", totals.over_allotted.value}, {"over_ppm", over_ppm(totals)},
            {"unsubscribed", totals.unsubscribed.value}};
}

Json projection_section(const Board& board) {
    const auto& points = board.points();
    if (points.empty()) return {{"sure", Json()}, {"all", Json()}, {"points", Json::array()}};
    Json rows = Json::array();
    for (const ProjectedPoint& point : points) {
        rows.push_back({{"at", domain::instant_text(point.sure.at)}, {"sequence", point.sure.sequence}, {"sure", point_json(point.sure)}, {"all", point_json(point.all)}});
    }
    return {{"sure", projected_json(points.back().sure)}, {"all", projected_json(points.back().all)}, {"points", rows}};
}

// ---- what happened ----

Json happened_section(const Board& board) {
    Json rows = Json::array();
    const auto& records = board.happened();
    for (auto at = records.rbegin(); at != records.rend(); ++at) rows.push_back(record_row(*at, board.zone()));
    return {{"rows", rows}};
}

// What services could not decide, of the offering and of the desk.
Json quarantine_rows(const Board& board, const DeskView& view) {
    Json rows = Json::array();
    for (const domain::Book* book : {&board.book(), &view.desk}) {
        for (const std::string& id : book->quarantined()) {
            if (rows.size() == kShownRows) return rows;
            const domain::UnattributedItem& item = *book->item(id);
            Json row{{"log", book->log()}, {"item", id}, {"service", item.work->service}, {"why", item.why}, {"entity", item.work->entity}, {"attempts", item.work->attempts}};
            add_instant(row, "at", item.work->at, board.zone());
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

// How far a source says that it holds receipts, or two people in its stead, and what somebody proposes to declare.
Json watermark_row(const Board& board, const domain::Book& desk, const std::string& source, domain::ServiceName service) {
    const domain::Watermark* mark = desk.watermark(source);
    Json row{{"source", source}, {"service", base::to_text(service)}};
    add_instant(row, "through", mark == nullptr ? std::nullopt : std::optional(mark->through), board.zone());
    row["declared_by"] = mark == nullptr ? std::vector<std::string>() : mark->declared_by;
    row["why"] = mark == nullptr ? "" : mark->why;
    row["proposed"] = Json();
    if (const domain::WatermarkProposal* proposal = desk.watermark_proposal(source)) {
        row["proposed"] = {{"by", proposal->by}, {"why", proposal->why}};
        add_instant(row["proposed"], "through", proposal->through, board.zone());
    }
    return row;
}

Json desk_section(const Board& board, const DeskView& view) {
    Json items = Json::array(), given = Json::array(), watermarks = Json::array();
    std::size_t waiting = 0;
    for (const std::string& id : view.desk.item_ids()) {
        const domain::UnattributedItem* item = view.desk.item(id);
        const bool given_here = item->attributed_to == board.book().log();
        if (item->work || (item->attributed_to && !given_here)) continue;
        Json& rows = given_here ? given : items;
        waiting += given_here ? 0 : 1;
        if (rows.size() < kShownRows) rows.push_back({{"item", id}, {"kind", base::to_text(item->kind)}, {"why", item->why}, {"taken_back_from", item->taken_back_from}});
    }
    for (const auto& [source, service] : sources_of(board)) watermarks.push_back(watermark_row(board, view.desk, source, service));
    return {{"unattributed", {{"total", waiting}, {"rows", items}, {"given", given}}}, {"quarantined", view.desk.quarantined().size() + board.book().quarantined().size()}, {"quarantine", quarantine_rows(board, view)}, {"watermarks", watermarks}, {"offerings", view.offerings}};
}

}  // namespace

Json section_json(Section section, const Board& board, const DeskView& desk, Instant now) {
    switch (section) {
        case Section::kHead: break;
        case Section::kClock: return clock_section(board, now);
        case Section::kFunnel: return funnel_section(board);
        case Section::kExceptions: return exceptions_section(board, now);
        case Section::kSuspense: return suspense_section(board);
        case Section::kGuarantors: return guarantors_section(board);
        case Section::kAlerts: return alerts_section(board, desk, now);
        case Section::kProposals: return proposals_section(board, desk);
        case Section::kProjection: return projection_section(board);
        case Section::kHappened: return happened_section(board);
        case Section::kDesk: return desk_section(board, desk);
    }
    CHECK(false);
}

}  // namespace rightsdesk::console
