#include "domain/decision.h"

namespace rightsdesk::domain {

namespace {

constexpr std::size_t kLongestName = 512;  // of an entity: a longer one is in no store

}  // namespace

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
    // By name too, beside others in one commit: where one of these did not hold, the log may be as long as it was to be, and hold something else.
    decision.reads = {life_name()};
    if (!subject.empty() && subject.size() <= kLongestName && subject != life_name()) decision.reads.push_back(subject);
    return decision;
}

}  // namespace rightsdesk::domain
