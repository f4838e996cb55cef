#include "runtime/health.h"

namespace rightsdesk::runtime {

bool Health::raise(const std::string& kind, const std::string& what, const std::string& next, domain::Instant now) {
    const auto [at, fresh] = problems_.try_emplace(kind, Problem{what, next, now});
    if (!fresh) at->second.what = what;
    return fresh;
}

bool Health::clear(const std::string& kind) { return problems_.erase(kind) > 0; }

std::vector<domain::Alert> Health::alerts(const std::string& service) const {
    std::vector<domain::Alert> alerts;
    for (const auto& [kind, problem] : problems_) {
        domain::Alert alert;
        alert.severity = domain::Severity::kCritical;
        alert.kind = kind;
        alert.subject = "service/" + service;
        alert.cause = kind + "/" + service;
        alert.what = service + ": " + problem.what;
        alert.whom = "operations: nothing is acknowledged by " + service + " until this is mended";
        alert.next = problem.next;
        alert.raised_at = problem.since;
        alerts.push_back(alert);
    }
    return alerts;
}

}  // namespace rightsdesk::runtime
