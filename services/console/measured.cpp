#include "console/measured.h"

namespace rightsdesk::console {

using runtime::MetricKind;

const std::vector<double>& Measured::bounds() {
    static const std::vector<double> kBounds{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    return kBounds;
}

void Measured::encoded(Section section, std::chrono::nanoseconds took) {
    const std::lock_guard lock(mutex_);
    sections_.try_emplace(section, bounds()).first->second.observe(seconds_of(took));
}

void Measured::signed_in(SignIn result) {
    const std::lock_guard lock(mutex_);
    ++sign_ins_[result];
}

void Measured::command_ended(const std::string& command, const std::string& outcome) {
    const std::lock_guard lock(mutex_);
    ++commands_[{command, outcome}];
}

void Measured::command_answered(const std::string& command, const std::string& outcome, std::chrono::nanoseconds took) {
    const std::lock_guard lock(mutex_);
    ++commands_[{command, outcome}];
    answered_.observe(seconds_of(took));
}

// Whether somebody fails to sign in is asked before anybody has: each result is told from the start.
void Measured::tell(runtime::Figures& figures) const {
    const std::lock_guard lock(mutex_);
    for (const auto& [section, times] : sections_) figures.distributions.push_back(times.distribution(MetricKind::kSectionSeconds, {base::to_text(section)}));
    for (const SignIn result : {SignIn::kGood, SignIn::kFailed, SignIn::kDelayed}) {
        const auto known = sign_ins_.find(result);
        figures.add(MetricKind::kSignInsTotal, known == sign_ins_.end() ? 0 : static_cast<double>(known->second), {base::to_text(result)});
    }
    for (const auto& [one, count] : commands_) figures.add(MetricKind::kBoardCommandsTotal, static_cast<double>(count), {one.first, one.second});
    figures.distributions.push_back(answered_.distribution(MetricKind::kBoardCommandSeconds));
}

}  // namespace rightsdesk::console
