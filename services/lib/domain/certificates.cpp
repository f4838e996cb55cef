#include "domain/certificates.h"

#include <algorithm>
#include <set>

#include "domain/guarantors.h"

namespace rightsdesk::domain {

bool is_on_file(const Notice& notice, const CertificatesReceived& received) {
    return std::any_of(notice.certificates.begin(), notice.certificates.end(), [&](CertificatesReceived known) {
        known.delivered_by = received.delivered_by;
        return known == received;
    });
}

bool is_from_another(const Terms& terms, const Notice& notice, const CertificatesReceived& received) {
    const std::string protecting = firm_key(terms, notice.content.guarantor_name.value_or(""));
    const std::string covering = firm_key(terms, received.delivered_by);
    return !protecting.empty() && !covering.empty() && protecting != covering;
}

std::vector<std::string> other_firms_covering(const Terms& terms, const Notice& notice, Instant until) {
    std::vector<std::string> firms;
    std::set<std::string> known;
    for (const CertificatesReceived& received : notice.certificates) {
        if (!received.listed || received.stamp > until || !is_from_another(terms, notice, received)) continue;
        if (known.insert(firm_key(terms, received.delivered_by)).second) firms.push_back(received.delivered_by);
    }
    return firms;
}

}  // namespace rightsdesk::domain
