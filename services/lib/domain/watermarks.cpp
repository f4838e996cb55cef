#include "domain/watermarks.h"

namespace rightsdesk::domain {

Decision advance_watermark(const Book& desk, Instant through, const Context& context) {
    const Watermark* known = desk.watermark(context.principal);
    if (known != nullptr && through < known->through) {
        return refuse("AdvanceWatermark", watermark_name(context.principal), Refusal::kBackwards, "");
    }
    Decision decision;
    return decision.add(WatermarkAdvanced{Watermark{context.principal, through}});
}

}  // namespace rightsdesk::domain
