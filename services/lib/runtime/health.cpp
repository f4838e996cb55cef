#include "runtime/health.h"

#include <algorithm>

#include "base/check.h"
#include "domain/alert_kinds.h"

namespace rightsdesk::runtime {

namespace {

std::string kind_of(const std::string& problem) { return problem.substr(0, problem.find('/')); }

}  // namespace

bool Health::put(const std::string& kind, Problem problem) {
    const domain::AlertKindRow* row = domain::find_alert_kind(kind_of(kind));
    CHECK(row != nullptr && row->nature == domain::AlertNature::kHealth);
    const bool stops = problem.stops;
    const auto [at, fresh] = problems_.try_emplace(kind, problem);
    if (!fresh) at->second.what = std::move(problem.what);
    if (fresh && stops) ++stopping_;
    return fresh;
}

bool Health::raise(const std::string& kind, const std::string& what, const std::string& next, domain::Instant now) {
    return put(kind, Problem{what, next, now});
}

bool Health::warn(const std::string& kind, const std::string& what, const std::string& next, domain::Instant now) {
    return put(kind, Problem{what, next, now, false});
}

bool Health::clear(const std::string& kind) {
    const auto found = problems_.find(kind);
    if (found == problems_.end()) return false;
    if (found->second.stops) --stopping_;
    problems_.erase(found);
    return true;
}

bool Health::only_the_clock() const {
    return stopping_ > 0 && std::all_of(problems_.begin(), problems_.end(), [](const auto& problem) {
               return !problem.second.stops || problem.first.starts_with("clock_");
           });
}

std::vector<Health::Standing> Health::standing() const {
    std::vector<Standing> all;
    all.reserve(problems_.size());
    for (const auto& [kind, problem] : problems_) all.push_back({kind_of(kind), problem.what, problem.stops});
    return all;
}

std::vector<domain::Alert> Health::alerts(const std::string& service) const {
    std::vector<domain::Alert> alerts;
    alerts.reserve(problems_.size());
    for (const auto& [kind, problem] : problems_) {
        domain::Alert alert;
        alert.kind = kind_of(kind);
        alert.severity = domain::find_alert_kind(alert.kind)->severity;
        alert.subject = "service/" + service;
        alert.cause = kind + "/" + service;
        alert.what = service + ": " + problem.what;
        alert.whom = problem.stops ? "operations: nothing is acknowledged by " + service + " until this is mended" : "operations: the desk goes on meanwhile";
        alert.next = problem.next;
        alert.raised_at = problem.since;
        alerts.push_back(alert);
    }
    return alerts;
}

}  // namespace rightsdesk::runtime
