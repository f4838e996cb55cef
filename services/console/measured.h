// What the console counts of its own work, for its admin port. From any thread: what is counted here comes a few hundred times a second at most.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "console/board.h"
#include "runtime/measured.h"

namespace rightsdesk::console {

RIGHTSDESK_ENUM(SignIn, kGood, kFailed, kDelayed)
// Besides the kinds of receipts.
RIGHTSDESK_ENUM(NoReceipt, kUnanswered, kIdReused, kUnusable, kNotPermitted)

inline double seconds_of(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

class Measured {
public:
    void encoded(Section section, std::chrono::nanoseconds took);
    void signed_in(SignIn result);
    // `outcome`: a receipt's kind, or why there is none.
    void command_ended(const std::string& command, const std::string& outcome);
    void command_answered(const std::string& command, const std::string& outcome, std::chrono::nanoseconds took);

    void tell(runtime::Figures& figures) const;

private:
    using Times = runtime::Histogram<16>;
    static const std::vector<double>& bounds();

    mutable std::mutex mutex_;
    std::map<Section, Times> sections_;
    std::map<SignIn, std::uint64_t> sign_ins_;
    std::map<std::pair<std::string, std::string>, std::uint64_t> commands_;
    Times answered_{bounds()};
};

}  // namespace rightsdesk::console
