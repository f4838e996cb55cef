// Alerts as the command shows them, and what the log says of them.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "domain/book.h"
#include "runtime/json.h"

namespace rightsdesk::telling {

// "resolved", "alice has it in hand", "silenced until ...", "open": where it stands, in words. `now`: of the silences.
std::string standing_of(const domain::Book& book, const domain::Alert& alert, domain::Instant now);

// What one listener is told: the heading, then what, whom, next, and what became of it; a row each.
void print_alert(std::ostream& out, const std::string& log, const domain::Alert& alert);

// One more of a group whose first was shown: a line.
void print_member(std::ostream& out, const std::string& log, const domain::Alert& alert);

// With its log and its topic.
runtime::Json document_of(const std::string& log, const domain::Alert& alert);

// "acknowledged by alice, bob has it in hand: they send it again": what a record says of alerts, with the words that people gave; nothing where
// it is of something else.
std::optional<std::string> told_of_alerts(const domain::Event& event);

// Whether a record is of this alert: of itself, or of a silence that covers its topic. `topic`: the alert's.
bool concerns_alert(const domain::Event& event, std::uint64_t number, const std::string& topic);

}  // namespace rightsdesk::telling
