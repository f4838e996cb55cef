#include "runtime/measured.h"

namespace rightsdesk::runtime {

namespace {

double seconds_of(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

// A label's values are a closed list: what a receipt says in words of its own is one of them, "other".
template <class Known>
std::string reason_label(const std::string& reason) {
    return base::enum_from_text<Known>(reason) ? reason : "other";
}

}  // namespace

// From a commit into memory to a store that hangs.
const std::vector<double>& Measured::time_bounds() {
    static const std::vector<double> kBounds{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    return kBounds;
}

const std::vector<double>& Measured::size_bounds() {
    static const std::vector<double> kBounds{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1'024};
    return kBounds;
}

Measured::Measured() : stages_(base::enum_texts<Stage>().size(), Histogram<kTimes>(time_bounds())) {}

void Measured::took(Stage stage, std::chrono::nanoseconds time) { stages_[static_cast<std::size_t>(stage)].observe(seconds_of(time)); }

void Measured::answered(const domain::Receipt& receipt, bool repeat) {
    ++receipts_[repeat ? domain::ReceiptKind::kDuplicate : receipt.kind];
    if (repeat) return;
    if (receipt.kind == domain::ReceiptKind::kRefused) {
        for (const std::string& reason : receipt.reasons) ++refusals_[reason_label<domain::Refusal>(reason)];
    }
    if (receipt.kind == domain::ReceiptKind::kDefective) {
        for (const std::string& reason : receipt.reasons) ++defects_[reason_label<domain::Reason>(reason)];
    }
}

void Measured::committed(std::size_t items, std::chrono::nanoseconds time) {
    items_.observe(static_cast<double>(items));
    took(Stage::kCommit, time);
}

// What a closed list counts is told from the first moment, with 0: a series that appears with its first event shows no increase.
void Measured::tell(Figures& figures) const {
    using M = MetricKind;
    const auto count = [&](M kind, std::uint64_t value, std::vector<std::string> labels = {}) { figures.add(kind, static_cast<double>(value), std::move(labels)); };
    count(M::kTurnsTotal, turns);
    for (std::size_t at = 0; at < stages_.size(); ++at) figures.distributions.push_back(stages_[at].distribution(M::kStageSeconds, {base::enum_texts<Stage>()[at]}));
    for (std::size_t at = 0; at < base::enum_texts<domain::ReceiptKind>().size(); ++at) {
        const auto found = receipts_.find(static_cast<domain::ReceiptKind>(at));
        count(M::kReceiptsTotal, found == receipts_.end() ? 0 : found->second, {base::enum_texts<domain::ReceiptKind>()[at]});
    }
    for (const auto& [reason, times] : refusals_) count(M::kRefusalsTotal, times, {reason});
    for (const auto& [reason, times] : defects_) count(M::kDefectsTotal, times, {reason});
    count(M::kQuestionsTotal, questions);
    count(M::kDoorFullTurnsTotal, full_turns);
    count(M::kCommitsTotal, held_, {"held"});
    count(M::kCommitsTotal, stale_, {"stale"});
    count(M::kCommitsTotal, failed_, {"failed"});
    figures.distributions.push_back(items_.distribution(M::kCommitItems));
    count(M::kRecordsFoldedTotal, folded_own, {"itself"});
    count(M::kRecordsFoldedTotal, folded_of_others, {"others"});
    count(M::kReactionsTotal, reactions);
    count(M::kFollowedLinesLeftOutTotal, lines_left_out);
}

}  // namespace rightsdesk::runtime
