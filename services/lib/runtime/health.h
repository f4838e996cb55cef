// What is wrong with the desk itself: kept in memory, told at once and repeated until it is cleared, store or no store.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/entities.h"

namespace rightsdesk::runtime {

class Health {
public:
    // Raises or renews a problem; true when it was not there before.
    bool raise(const std::string& kind, const std::string& what, const std::string& next, domain::Instant now);
    // Clears it; true when it was there.
    bool clear(const std::string& kind);

    [[nodiscard]] bool good() const { return problems_.empty(); }
    // As alerts of number 0, for topic "alert/desk/critical/<kind>/".
    [[nodiscard]] std::vector<domain::Alert> alerts(const std::string& service) const;

private:
    struct Problem {
        std::string what;
        std::string next;
        domain::Instant since;
    };
    std::map<std::string, Problem> problems_;
};

}  // namespace rightsdesk::runtime
