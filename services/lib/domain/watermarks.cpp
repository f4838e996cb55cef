#include "domain/watermarks.h"

#include <algorithm>
#include <set>

#include "base/texts.h"
#include "domain/civil.h"

namespace rightsdesk::domain {

Decision advance_watermark(const Book& desk, Instant through, const Context& context) {
    const Watermark* known = desk.watermark(context.principal);
    if (known != nullptr && through < known->through) {
        return refuse("AdvanceWatermark", watermark_name(context.principal), Refusal::kBackwards, "");
    }
    Decision decision;
    decision.add(WatermarkAdvanced{Watermark{context.principal, through}});
    const WatermarkProposal* proposal = desk.watermark_proposal(context.principal);
    if (proposal != nullptr && proposal->through <= through) decision.add(WatermarkWithdrawn{context.principal, "", "it has told as much itself"});
    return decision;
}

std::vector<std::string> sources_waited_for(const std::vector<const Book*>& offerings, std::vector<std::string> Terms::*which) {
    std::set<std::string> sources;
    for (const Book* offering : offerings) {
        const Life* life = offering->life();
        if (life != nullptr && !is_over(life->stage)) sources.insert((life->terms.*which).begin(), (life->terms.*which).end());
    }
    return {sources.begin(), sources.end()};
}

Decision propose_watermark(const Book& desk, const ProposeWatermark& command, const std::vector<std::string>& sources, const Context& context) {
    const auto refused = [&](Refusal why, const std::string& detail) { return refuse("ProposeWatermark", watermark_name(command.source), why, detail); };
    if (context.person.empty()) return refused(Refusal::kNotPermitted, "a person proposes it");
    if (command.why.empty()) return refused(Refusal::kValueUnusable, "say why, and how you know that nothing is left there");
    if (std::find(sources.begin(), sources.end(), command.source) == sources.end()) {
        return refused(Refusal::kValueUnusable, "no offering waits for a watermark of '" + command.source + "' at this door; " +
                                                    (sources.empty() ? "nor of any other" : "of these: " + base::joined(sources)));
    }
    if (command.through > context.now) return refused(Refusal::kValueUnusable, "it lies ahead: nobody can answer for what is still to come");
    const Watermark* known = desk.watermark(command.source);
    if (known != nullptr && command.through <= known->through) return refused(Refusal::kBackwards, "it stands at " + instant_text(known->through));
    const WatermarkProposal* waiting = desk.watermark_proposal(command.source);
    if (waiting != nullptr && waiting->by != context.person) {
        return refused(Refusal::kAlreadyDecided, waiting->by + " has proposed " + instant_text(waiting->through) + ": approve that, or withdraw it");
    }
    Decision decision;
    return decision.add(WatermarkProposed{WatermarkProposal{command.source, command.through, command.why, context.person, context.now}});
}

Decision approve_watermark(const Book& desk, const ApproveWatermark& command, const Context& context) {
    const auto refused = [&](Refusal why, const std::string& detail) { return refuse("ApproveWatermark", watermark_name(command.source), why, detail); };
    if (context.person.empty()) return refused(Refusal::kNotPermitted, "a person approves it");
    const WatermarkProposal* waiting = desk.watermark_proposal(command.source);
    if (waiting == nullptr || waiting->by != command.proposed_by || waiting->through != command.through) {
        return refused(Refusal::kUnknownProposal, waiting == nullptr ? "none waits of " + command.source : waiting->by + " proposes " + instant_text(waiting->through));
    }
    if (waiting->by == context.person) return refused(Refusal::kSamePerson, "");
    Decision decision;
    return decision.add(WatermarkDeclared{Watermark{waiting->source, waiting->through, {waiting->by, context.person}, waiting->why}, context.now});
}

Decision withdraw_watermark(const Book& desk, const WithdrawWatermark& command, const Context& context) {
    const auto refused = [&](Refusal why, const std::string& detail) { return refuse("WithdrawWatermark", watermark_name(command.source), why, detail); };
    if (context.person.empty()) return refused(Refusal::kNotPermitted, "a person withdraws it");
    if (desk.watermark_proposal(command.source) == nullptr) return refused(Refusal::kNothingToDo, "none waits of " + command.source);
    Decision decision;
    return decision.add(WatermarkWithdrawn{command.source, context.person, command.why});
}

}  // namespace rightsdesk::domain
