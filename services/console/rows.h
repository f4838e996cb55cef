// One thing as a row of JSON: an alert, an exception, a payment, a proposal, a record. The members are the contract of README.md.
#pragma once

#include <string>

#include "console/board.h"

namespace rightsdesk::console {

Json deadline_json(const domain::Deadline& deadline);
Json deadline_json(const std::optional<domain::Deadline>& deadline);
Json instant_json(const std::optional<domain::Instant>& instant);
Json civil_json(const std::optional<domain::Instant>& instant, const std::string& zone);
// `name` and `name`_civil of the row.
void add_instant(Json& row, const std::string& name, const std::optional<domain::Instant>& instant, const std::string& zone);

// `group_size`: of those that are open.
Json alert_row(const std::string& log, const domain::Alert& alert, const std::string& zone, std::size_t group_size);
Json exception_row(const Board& board, const domain::Alert& alert, domain::Money money);
Json candidate_row(const Board& board, const domain::NoticeId& notice, const std::vector<domain::Unmatched>& fell_short, domain::Money unmatched);
Json payment_row(const Board& board, const domain::Payment& payment);
Json proposal_row(const domain::Book& book, const domain::Proposal& proposal);
Json notice_line(const Board& board, const domain::Notice& notice);
// "sequence", "at", "civil", "service", "event", "by", "principal", "text".
Json record_row(const FoldedRecord& record, const std::string& zone);
Json offering_line(const Board& board, domain::Instant now, bool folded);
std::string evidence_words(domain::Evidence evidence);

}  // namespace rightsdesk::console
