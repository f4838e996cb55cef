#include "domain/decision.h"

namespace rightsdesk::domain {

Decision refuse(const std::string& command, const std::string& subject, Refusal refusal, std::string detail) {
    Decision decision;
    decision.add(CommandRefused{command, subject, refusal, std::move(detail), {}});
    return decision;
}

}  // namespace rightsdesk::domain
