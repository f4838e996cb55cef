#include "client/turn_after_taking.h"

#include <thread>

namespace rightsdesk::client {

base::Result<TakenAndSettled> turn_after_taking(Sender& sender, const base::Result<std::size_t>& taken, const TurnAfterTaking& turn,
                                                const std::function<void(const std::string&)>& trouble) {
    if (!taken) {
        if (taken.error().kind != base::ErrorKind::kUnavailable) return tl::unexpected(taken.error());
        trouble(std::string(turn.not_taken) + ": " + taken.error().message);
        if (turn.holds) {
            std::this_thread::sleep_for(turn.pause);  // then the disk is asked again
            return TakenAndSettled{};
        }
    }
    TakenAndSettled both{taken.value_or(0)};
    auto settled = sender.turn(turn.wait);
    if (settled) {
        both.done += settled->size();
        both.settled = std::move(*settled);
        return both;
    }
    if (settled.error().kind != base::ErrorKind::kUnavailable) return tl::unexpected(settled.error());
    trouble(std::string(turn.not_sent) + ": " + settled.error().message);
    std::this_thread::sleep_for(turn.pause);
    return both;
}

}  // namespace rightsdesk::client
