// Lists that are looked for, a page at a time.
#include <algorithm>
#include <limits>
#include <optional>

#include "base/texts.h"
#include "console/asked_pages.h"
#include "console/rows.h"
#include "domain/keying.h"
#include "domain/natural_order.h"
#include "domain/sending_attempts.h"
#include "domain/ways.h"

namespace rightsdesk::console {

namespace {

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
    if (!open.empty() && open != "0" && open != "1") return base::invalid("open must be 1 or 0");
    std::optional<std::int64_t> group;
    if (const std::string wanted = value_of(query, "group"); !wanted.empty() && !(group = base::whole_number(wanted))) return base::invalid("group must be a number");
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
        if (alert == nullptr || (open == "0" && !alert->resolved_at) || (!kind.empty() && alert->kind != kind) || (!severity.empty() && base::to_text(alert->severity) != severity)) continue;
        if (group && alert->group != static_cast<std::uint64_t>(*group)) continue;
        rows.push_back(alert_row(book.log(), *alert, board.zone(), 1));
    }
    const std::size_t all = book.last_alert();
    return Json{{"total", open_only ? open_alerts.size() : open == "0" ? all - open_alerts.size() : all}, {"next", next >= 1 ? Json(next + 1) : Json()}, {"rows", rows}};
}

base::Result<Json> exceptions_page(const Board& board, domain::Instant now, const Query& query) {
    const auto asked = page_asked(query);
    if (!asked) return tl::unexpected(asked.error());
    const std::string search = lower(value_of(query, "search")), kind = value_of(query, "kind"), severity = value_of(query, "severity"), hand = value_of(query, "hand");
    if (!severity.empty() && !base::enum_from_text<domain::Severity>(severity)) return base::invalid("severity must be info, warning or critical");
    if (!hand.empty() && hand != "nobody" && hand != "somebody") return base::invalid("hand must be nobody or somebody");
    const auto is_wanted = [&](const domain::Alert& alert) {
        if ((!kind.empty() && alert.kind != kind) || (!severity.empty() && base::to_text(alert.severity) != severity)) return false;
        if (!hand.empty() && alert.acknowledged_by.empty() != (hand == "nobody")) return false;
        if (search.empty()) return true;
        const std::string subject = subject_of(alert.subject);
        const NoticeFacts* facts = subject.starts_with("notice/") ? board.facts().find(subject.substr(7)) : nullptr;
        return lower(subject).find(search) != std::string::npos || (facts != nullptr && lower(facts->guarantor).find(search) != std::string::npos);
    };
    Json rows = Json::array();
    std::map<std::string, std::size_t> kinds;  // of all, whatever is wanted: what there is to choose from
    std::size_t total = 0;
    domain::Money money;
    const auto [begin, end] = board.exceptions(now);
    for (auto at = begin; at != end; ++at) {
        const domain::Alert& alert = *board.book().alert(at->alert);
        ++kinds[alert.kind];
        if (!is_wanted(alert)) continue;
        money += at->money;
        if (total++ >= asked->from && rows.size() < asked->limit) rows.push_back(exception_row(board, alert, at->money));
    }
    const std::size_t shown = std::min(total, asked->from) + rows.size();
    return Json{{"total", total}, {"money_cents", money.value}, {"kinds", kinds}, {"next", shown < total ? Json(std::to_string(shown)) : Json()}, {"rows", rows}};
}

base::Result<Json> rights_sales_page(const Board& board, const Query& query) {
    const auto asked = page_asked(query);
    if (!asked) return tl::unexpected(asked.error());
    std::vector<const domain::RightsSale*> sales;
    sales.reserve(board.book().sale_references().size());
    domain::Rights sold;
    domain::Money proceeds;
    for (const std::string& reference : board.book().sale_references()) {
        const domain::RightsSale* sale = board.book().sale(reference);
        sales.push_back(sale);
        if (sale->reversed) continue;
        sold += sale->rights;
        proceeds += sale->proceeds.value_or(domain::Money(0));
    }
    std::stable_sort(sales.begin(), sales.end(), [](const auto* left, const auto* right) { return left->at > right->at; });
    Json page = page_of(sales, *asked, [&](const domain::RightsSale* sale) {
        Json row{{"reference", sale->reference}, {"rights", sale->rights.value}, {"proceeds_cents", sale->proceeds ? Json(sale->proceeds->value) : Json()}, {"evidence", sale->evidence}, {"by", sale->by}};
        add_instant(row, "sold_at", sale->sold_at, board.zone());
        add_instant(row, "recorded_at", sale->at, board.zone());
        row["reversed_by"] = sale->reversed ? Json(sale->reversed->by) : Json();
        row["reversed_why"] = sale->reversed ? Json(sale->reversed->why) : Json();
        return row;
    });
    page["rights"] = sold.value;
    page["proceeds_cents"] = proceeds.value;
    return page;
}

namespace {

Json sending_row(const std::string& log, const domain::Sending& sending, const std::string& zone) {
    Json items = Json::array();
    for (const domain::SendingItem& item : sending.items) {
        if (items.size() < kShownRows) items.push_back({{"alert", item.alert}, {"news", base::to_text(item.news)}});
    }
    Json row{{"id", domain::sending_id(log, sending)}, {"log", log}, {"way", sending.way}, {"number", sending.number}, {"status", base::to_text(sending.status)},
             {"to", sending.to}, {"attempts", sending.attempts}, {"result", sending.result}, {"items", items}, {"items_total", sending.items.size()}};
    add_instant(row, "intended_at", sending.intended_at, zone);
    add_instant(row, "attempted_at", sending.attempted_at, zone);
    add_instant(row, "next_attempt_at", sending.next_attempt_at, zone);
    return row;
}

}  // namespace

Json sendings_page(const Board& board, const DeskView& desk) {
    Json ways = Json::array(), rows = Json::array();
    std::size_t total = 0;
    for (const domain::Book* book : {&board.book(), &desk.desk}) {
        for (const auto& [way, sendings] : book->sendings()) {
            ways.push_back({{"log", book->log()}, {"way", way}, {"intended", sendings.last}, {"sent", domain::sent_of(*book, way)}, {"waiting", sendings.waiting.size()}, {"refused", sendings.refused.size()}});
            const auto add = [&, &of_way = way](std::uint64_t number) {
                ++total;
                if (rows.size() < kMostRows) rows.push_back(sending_row(book->log(), *book->sending(of_way, number), board.zone()));
            };
            for (const std::uint64_t number : sendings.refused) add(number);
            for (const auto& [ready, number] : sendings.waiting) {
                if (book->sending(way, number)->next_attempt_at) add(number);
            }
        }
    }
    return {{"ways", ways}, {"total", total}, {"rows", rows}};
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

}  // namespace rightsdesk::console
