#include "telling/contract_tables.h"

#include "base/check.h"
#include "domain/contract_reports.h"
#include "domain/tally.h"
#include "telling/past.h"

namespace rightsdesk::telling {

namespace {

struct TalliedLog {
    domain::Book book;
    std::vector<domain::TallyDay> days;
};

base::Result<TalliedLog> tally_log(store::Store& store, const std::string& offering) {
    TalliedLog tallied{domain::Book(offering), {}};
    domain::TallyKeeper keeper;
    const auto folded = fold_items(store, tallied.book, [&](const LoggedItem& item) { return keeper.before(tallied.book, item.at), true; }, [](const LoggedItem&) {});
    if (!folded) return tl::unexpected(folded.error());
    tallied.days = std::move(keeper).finish(tallied.book);
    return tallied;
}

base::Result<domain::Table> count_table(store::Store& store, const std::string& offering, const domain::Book& now) {
    if (now.allocation(domain::AllocationKind::kPreliminary) == nullptr) return domain::count_report(now);
    const auto then = fold_to_allocation(store, offering, domain::AllocationKind::kPreliminary);
    if (!then) return tl::unexpected(then.error());
    return domain::count_report(*then);
}

}  // namespace

base::Result<domain::Table> contract_table(store::Store& store, const std::string& offering, ReportKind kind) {
    const auto tallied = tally_log(store, offering);
    if (!tallied) return tl::unexpected(tallied.error());
    const domain::Book& book = tallied->book;
    if (book.life() == nullptr) return base::failure(base::ErrorKind::kNotFound, offering + " is not open yet");
    switch (kind) {
        case ReportKind::kTally: return domain::tally_table(book, tallied->days);
        case ReportKind::kCount: return count_table(store, offering, book);
        case ReportKind::kHolders: return domain::holders_report(book);
        case ReportKind::kGuarantors: return domain::guarantors_report(book);
        case ReportKind::kRefunds: return domain::refunds_report(book);
        case ReportKind::kExceptions: return domain::exceptions_report(book);
        case ReportKind::kSummary: break;
    }
    CHECK(false);
}

}  // namespace rightsdesk::telling
