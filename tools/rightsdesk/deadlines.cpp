#include "rightsdesk/deadlines.h"

#include "domain/calendar.h"
#include "domain/civil.h"
#include "runtime/json.h"
#include "terms/terms_file.h"

namespace rightsdesk::tools {

namespace {

constexpr int kDone = 0;
constexpr int kUnusable = 2;

base::Result<std::optional<domain::Date>> dated(const std::string& text, const domain::Terms& terms) {
    if (text.empty()) return std::nullopt;
    const auto date = domain::parse_date(text);
    if (!date) return base::invalid("--notice-date: " + date.error().message);
    if (terms.calendar.kind != domain::CalendarKind::kCustom && text < domain::kCalendarKnownFrom) {
        return base::invalid("--notice-date: holidays are known from " + std::string(domain::kCalendarKnownFrom) + ", and " + text + " is before that");
    }
    return *date;
}

}  // namespace

nlohmann::ordered_json deadlines_document(const std::vector<domain::StatedDeadline>& deadlines) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const domain::StatedDeadline& stated : deadlines) {
        list.push_back({{"kind", stated.kind},
                        {"civil", stated.deadline.civil},
                        {"zone", stated.deadline.zone},
                        {"utc", domain::instant_text(stated.deadline.instant)},
                        {"clause", stated.clause}});
    }
    return {{"deadlines", list}};
}

int deadlines(const std::string& terms_file, const std::string& notice_date, std::ostream& out, std::ostream& err) {
    const auto unusable = [&](const base::Error& error) { return err << error.message << '\n', kUnusable; };
    const auto terms = terms::load_terms(terms_file);
    if (!terms) return unusable(terms.error());
    const auto date = dated(notice_date, *terms);
    if (!date) return unusable(date.error());
    const auto made = domain::all_deadlines(*terms, *date);
    if (!made) return unusable(made.error());
    out << runtime::json_text(deadlines_document(*made)) << '\n';
    return kDone;
}

}  // namespace rightsdesk::tools
