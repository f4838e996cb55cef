#include "rightsdesk/replayed.h"

#include <ostream>

#include "domain/money_text.h"
#include "domain/report.h"
#include "domain/tally.h"
#include "rightsdesk/report_text.h"
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

namespace {

std::string left_out_words(const Past& past) {
    if (!past.left_out) return "";
    return "Records " + std::to_string(past.left_out->first) + " to " + std::to_string(past.left_out->second) +
           " are one decision, recorded as one: the state before it is shown.\n";
}

void print_life(std::ostream& out, const domain::Life& life) {
    const auto row = [&](const std::string& what, const std::optional<domain::Instant>& at) {
        if (at) print_row(out, what, domain::civil_text(*at, life.expiration.zone));
    };
    row("expired", life.expired_at);
    row("counted", life.counted_at);
    row("tabulated", life.tabulated_at);
    row("settled", life.settled_at);
}

void print_counts(std::ostream& out, const domain::TallyFigures& figures) {
    print_row(out, "notices", std::to_string(figures.notices) + ", " + std::to_string(figures.guaranteed + figures.direct_exercises) + " accepted, " + std::to_string(figures.covered) + " covered");
    print_row(out, "paid for", domain::grouped(figures.basic_paid.value) + " basic, " + domain::grouped(figures.over_paid.value) + " over-subscription");
    print_row(out, "money", domain::money_text(figures.received) + " received, " + domain::money_text(figures.good) + " good, " + domain::money_text(figures.uncleared) +
                                " uncleared, " + domain::money_text(figures.returned) + " returned");
}

runtime::Json allocation_then(const domain::Book& book, domain::AllocationKind kind) {
    const domain::Allocation* allocation = book.allocation(kind);
    return allocation == nullptr ? runtime::Json() : runtime::to_json(*allocation);
}

}  // namespace

void print_replay(std::ostream& out, const Past& past) {
    const domain::Life& life = *past.book.life();
    out << past.book.log() << " as of record " << past.sequence << " of " << past.head << ", " << domain::instant_text(past.at) << " ("
        << domain::civil_text(past.at, life.expiration.zone) << " in " << life.expiration.zone << ")\n"
        << left_out_words(past);
    print_life(out, life);
    print_counts(out, domain::tally_of(past.book));
    out << "\n";
    print_report(out, domain::report_of(past.book));
}

runtime::Json replay_document(const Past& past) {
    const domain::Book& book = past.book;
    const domain::Life& life = *book.life();
    runtime::Json left_out;
    if (past.left_out) left_out = {{"first", past.left_out->first}, {"last", past.left_out->second}};
    return {{"log", book.log()},
            {"until", {{"sequence", past.sequence}, {"at", domain::instant_text(past.at)}, {"head", past.head}, {"left_out", left_out}}},
            {"life",
             {{"stage", to_text(stage_of(book))},
              {"expiration", runtime::to_json(life.expiration)},
              {"expired_at", runtime::to_json(life.expired_at)},
              {"counted_at", runtime::to_json(life.counted_at)},
              {"tabulated_at", runtime::to_json(life.tabulated_at)},
              {"settled_at", runtime::to_json(life.settled_at)}}},
            {"counts", runtime::to_json(domain::tally_of(book))},
            {"report", runtime::to_json(domain::report_of(book))},
            {"allocations",
             {{"preliminary", allocation_then(book, domain::AllocationKind::kPreliminary)}, {"final", allocation_then(book, domain::AllocationKind::kFinal)}}}};
}

}  // namespace rightsdesk::tools
