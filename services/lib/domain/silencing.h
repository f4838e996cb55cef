// What people do about alerts: somebody has it in hand, or a topic is kept quiet for a while.
#pragma once

#include <string>
#include <vector>

#include "domain/decision.h"

namespace rightsdesk::domain {

// Octets of an owner, a comment or a reason: a page of alerts has room for them.
inline constexpr std::size_t kMostWordsOfPeople = 1'000;

// AlertAcknowledged by `context.person`, whose it is then, or the owner's that it names; of one that somebody has already, handed over to another
// owner that it names. With one that escalates another goes the other. Refused: no
// such alert; it is in those hands already; words that are too long.
Decision acknowledge_alert(const Book& book, const AcknowledgeAlert& command, const Context& context);
// AlertsSilenced. Refused: a prefix that is not within this log's topics, or that names a trouble of the desk itself (it is told from memory), an instant that does not lie ahead, no reason, or one that is too long.
Decision silence_alerts(const Book& book, const SilenceAlerts& command, const Context& context);
// SilenceLifted, before its end. Refused: no silence of exactly that prefix is in force.
Decision lift_silence(const Book& book, const LiftSilence& command, const Context& context);

// Who has an alert in hand; empty: nobody.
std::string owner_of(const Alert& alert);

// Whether a silence covers the alert's topic now. A silenced alert is numbered and kept, and not sent.
bool is_silenced(const Book& book, const Alert& alert, Instant now);
// The first of those that do, in order of their prefixes; nothing when none does.
const Silence* silence_of(const Book& book, const Alert& alert, Instant now);
// Neither over nor lifted, in order of their prefixes.
std::vector<Silence> silences_in_force(const Book& book, Instant now);

}  // namespace rightsdesk::domain
