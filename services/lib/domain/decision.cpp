#include "domain/decision.h"

namespace rightsdesk::domain {

Decision being_opened(const Book& book) {
    Decision decision;
    decision.retry_later = "offering " + book.log() + " is being opened: send it again in a moment";
    return decision;
}

Decision refuse(const std::string& command, const std::string& subject, Refusal refusal, std::string detail) {
    Decision decision;
    decision.add(CommandRefused{command, subject, refusal, std::move(detail), {}});
    return decision;
}

}  // namespace rightsdesk::domain
