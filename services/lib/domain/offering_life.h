// The offering's life, as the deadline monitor decides it: opened, extended, expired, counted, tabulated, settled (rules.md
// section 2; the form's "as it may be extended, the Expiration Date").
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// Lists an offering on the desk; it is opened in its own log by `open_listed`. `terms` are those of the command.
Decision list_offering(const Book& desk, const OpenOffering& command, const Terms& terms);

// Opens a listed offering in its own log, once.
Decision open_listed(const Book& book, const Terms& terms, const std::string& terms_toml);

// `to`: the civil time proposed, resolved in the terms' zone. An open proposal of another hour is superseded. While the offering
// is suspended no announcement is too late.
Decision propose_extension(const Book& book, const ProposeExtension& command, const Deadline& to, const Context& context);

Decision approve_extension(const Book& book, const Approve& command, const Context& context);

// Once the final allocation is approved, or the offering terminated, and no refund waits for approval.
Decision settle_offering(const Book& book, const SettleOffering& command, const Context& context);

// `waiting`: who is not idle, in words.
Decision step_time(const Book& desk, const StepTime& command, const std::vector<std::string>& waiting);

// Whether the hour lies ahead, is near, and nobody need be reminded of that again: the last lead that has come was told.
bool is_reminded(const Life& life, Instant now);

// What is due in an offering's life now: a reminder, the hour, the count, tabulation. At most one of them; none while the
// offering is suspended.
Decision due_in_life(const Book& book, const Book& desk, const Context& context);

}  // namespace rightsdesk::domain
