#include "runtime/health.h"

#include <algorithm>

namespace rightsdesk::runtime {

bool Health::put(const std::string& kind, Problem problem) {
    const bool stops = problem.stops;
    const auto [at, fresh] = problems_.try_emplace(kind, problem);
    if (!fresh) at->second.what = std::move(problem.what);
    if (fresh && stops) ++stopping_;
    return fresh;
}

bool Health::raise(const std::string& kind, const std::string& what, const std::string& next, domain::Instant now) {
    return put(kind, Problem{what, next, now});
}

bool Health::warn(const std::string& kind, domain::Severity severity, const std::string& what, const std::string& next, domain::Instant now) {
    return put(kind, Problem{what, next, now, severity, false});
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

std::vector<domain::Alert> Health::alerts(const std::string& service) const {
    std::vector<domain::Alert> alerts;
    alerts.reserve(problems_.size());
    for (const auto& [kind, problem] : problems_) {
        domain::Alert alert;
        alert.severity = problem.severity;
        alert.kind = kind.substr(0, kind.find('/'));
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
