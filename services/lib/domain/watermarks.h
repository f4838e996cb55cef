// Watermarks: a gateway or bank feed says that it holds receipts for everything that it stamped up to an instant. It never
// goes back, and the count waits for it (rules.md; the house's "counted"). A dead one's is declared by two people in its stead: they
// answer for it that nothing it stamped up to then is still to be handed over. All in the desk's book. Pure.
#pragma once

#include <string>
#include <vector>

#include "domain/decision.h"

namespace rightsdesk::domain {

// The source is the sender. A proposal to declare as much is moot then. Refuses: kBackwards.
Decision advance_watermark(const Book& desk, Instant through, const Context& context);

// The sources (`which`: Terms::gateways or Terms::bank_feeds) whose watermarks an offering of these waits for, or may yet. Sorted.
std::vector<std::string> sources_waited_for(const std::vector<const Book*>& offerings, std::vector<std::string> Terms::*which);

// `sources`: those whose watermarks come to this door. Refuses: kNotPermitted without a person; kValueUnusable without a reason, of a source
// that nothing here waits for, of an instant that lies ahead; kBackwards of one that the source itself has told; kAlreadyDecided where
// another person has proposed one, which is then to be approved or withdrawn. Proposing again replaces one's own.
Decision propose_watermark(const Book& desk, const ProposeWatermark& command, const std::vector<std::string>& sources, const Context& context);
// Refuses: kNotPermitted; kUnknownProposal where none waits that says the same; kSamePerson.
Decision approve_watermark(const Book& desk, const ApproveWatermark& command, const Context& context);
// By any person. Refuses: kNotPermitted; kNothingToDo.
Decision withdraw_watermark(const Book& desk, const WithdrawWatermark& command, const Context& context);

}  // namespace rightsdesk::domain
