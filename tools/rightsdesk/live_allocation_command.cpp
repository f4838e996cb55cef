#include "rightsdesk/live_allocation_command.h"

#include <ostream>

#include "domain/money_text.h"

namespace rightsdesk::tools {

namespace {

using domain::grouped;
using domain::LiveAllocation;
using domain::LiveChoice;

std::string words_of_choice(const LiveChoice& choice) {
    return std::string(choice.with_protects ? "covered notices and protects" : "covered notices") + ", " +
           (choice.with_uncollected ? "good and uncollected money" : "good money");
}

void print_live_totals(std::ostream& out, const LiveAllocation& live) {
    const domain::LiveTotals& totals = live.totals;
    out << "    supply " << grouped(totals.supply.value) << "; basic " << grouped(totals.basic_allotted.value) << "; over-subscription " << grouped(totals.over_allotted.value)
        << " of claims of " << grouped(totals.over_claimed.value) << " (asked " << grouped(totals.over_requested.value) << "), proration " << totals.proration.numerator << "/"
        << totals.proration.denominator << ", " << totals.rounds << " rounds; unsubscribed " << grouped(totals.unsubscribed.value) << "\n"
        << "    money " << domain::money_text(totals.applied) << " applied, " << domain::money_text(totals.refunded) << " to return\n";
}

// What each run allots beyond the one that was asked for.
void print_swing(std::ostream& out, const LiveRuns& runs) {
    out << "\nSWING, against the run above\n";
    for (const LiveAllocation& live : runs.all) {
        if (live.choice == runs.asked.choice) continue;
        out << "  " << words_of_choice(live.choice) << ": " << grouped(live.totals.basic_allotted.value - runs.asked.totals.basic_allotted.value) << " basic, "
            << grouped(live.totals.over_allotted.value - runs.asked.totals.over_allotted.value) << " over-subscription\n";
        print_live_totals(out, live);
    }
}

runtime::Json live_totals_document(const LiveAllocation& live) {
    return {{"supply", live.totals.supply.value}, {"basic_allotted", live.totals.basic_allotted.value}, {"over_requested", live.totals.over_requested.value},
            {"over_allotted", live.totals.over_allotted.value}, {"applied_cents", live.totals.applied.value}, {"refunded_cents", live.totals.refunded.value}};
}

runtime::Json proration_document(const LiveAllocation& live) {
    return {{"numerator", live.totals.proration.numerator}, {"denominator", live.totals.proration.denominator}};
}

}  // namespace

base::Result<LiveRuns> run_live(const domain::Book& book, const LiveChoice& choice) {
    LiveRuns runs;
    for (const LiveChoice& one : {LiveChoice{false, false}, LiveChoice{true, false}, LiveChoice{false, true}, LiveChoice{true, true}}) {
        auto live = allocate_live(book, one);
        if (!live) return tl::unexpected(live.error());
        if (one == choice) runs.asked = *live;
        runs.all.push_back(std::move(*live));
    }
    return runs;
}

void print_live(std::ostream& out, const domain::Book& book, const LiveRuns& runs) {
    out << "What " << book.log() << " (" << to_text(stage_of(book)) << ") would allot now: " << words_of_choice(runs.asked.choice) << "\n";
    print_live_totals(out, runs.asked);
    out << "\nCOUNTED\n";
    for (const domain::LiveLine& line : runs.asked.lines) {
        out << "  " << line.id << "  " << grouped(line.basic_allotted.value) << " + " << grouped(line.over_allotted.value) << "  for claims of " << grouped(line.deemed_basic.value)
            << " and " << grouped(line.deemed_over.value) << ", " << domain::money_text(line.applied) << " applied, " << domain::money_text(line.refunded) << " to return\n";
    }
    out << "\nLEFT OUT\n";
    for (const domain::LeftOut& left : runs.asked.left_out) out << "  " << left.notice << "  " << left.why << "\n";
    print_swing(out, runs);
    out << "\nNothing is decided or recorded by this.\n";
}

runtime::Json live_document(const domain::Book& book, const LiveRuns& runs) {
    runtime::Json subscriptions = runtime::Json::array();
    for (const domain::LiveLine& line : runs.asked.lines) {
        subscriptions.push_back({{"id", line.id}, {"basic_allotted", line.basic_allotted.value}, {"over_allotted", line.over_allotted.value},
                                 {"applied_cents", line.applied.value}, {"refunded_cents", line.refunded.value}});
    }
    runtime::Json swing = runtime::Json::array();
    for (const LiveAllocation& live : runs.all) {
        swing.push_back({{"with_protects", live.choice.with_protects}, {"with_uncollected", live.choice.with_uncollected}, {"totals", live_totals_document(live)},
                         {"proration", proration_document(live)}});
    }
    return {{"subscriptions", subscriptions}, {"totals", live_totals_document(runs.asked)}, {"proration", proration_document(runs.asked)},
            {"offering", book.log()}, {"choice", runtime::to_json(runs.asked.choice)}, {"left_out", runtime::to_json(runs.asked.left_out)}, {"swing", swing}};
}

}  // namespace rightsdesk::tools
