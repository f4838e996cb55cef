#include "domain/decision.h"

namespace rightsdesk::domain {

Decision try_later(std::string why) {
    Decision decision;
    decision.retry_later = std::move(why);
    return decision;
}

Decision being_opened(const Book& book) { return try_later("offering " + book.log() + " is being opened: send it again in a moment"); }

Decision refuse(const std::string& command, const std::string& subject, Refusal refusal, std::string detail) {
    Decision decision;
    decision.add(CommandRefused{command, subject, refusal, std::move(detail), {}});
    // It is final, and rests on what is not there as well: an instance that has not heard yet of what another took must not refuse what needs it.
    decision.rests_on_all = true;
    return decision;
}

}  // namespace rightsdesk::domain
