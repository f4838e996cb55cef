#include "runtime/consumer_watch.h"

namespace rightsdesk::runtime {

void ConsumerWatch::see(const std::string& consumer, const std::string& target, const std::string& source, store::Sequence cursor, store::Sequence head,
                        std::chrono::nanoseconds now) {
    const auto [at, fresh] = seen_.try_emplace({consumer, target, source}, Seen{cursor, head, now});
    Seen& seen = at->second;
    const bool moved = seen.cursor != cursor;
    const bool was_behind = seen.cursor < seen.head;
    if (fresh || moved || !was_behind) seen.since = now;
    seen.cursor = cursor;
    seen.head = head;
}

std::map<std::string, std::string> ConsumerWatch::stuck(std::chrono::nanoseconds now) const {
    std::map<std::string, std::string> found;
    for (const auto& [key, seen] : seen_) {
        const auto& [consumer, target, source] = key;
        if (seen.cursor >= seen.head || now - seen.since <= bound_) continue;
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - seen.since).count();
        found.try_emplace(consumer, consumer + " has taken in " + std::to_string(seen.cursor) + " of the " + std::to_string(seen.head) + " records of " + source +
                                        (target == source ? "" : " into " + target) + " and has not moved for " + std::to_string(seconds) + " s");
    }
    return found;
}

}  // namespace rightsdesk::runtime
