// What each notice amounts to, kept up to date one notice at a time, and the sums over all of them: on an offering of 100,000 notices
// nothing is added up anew because of one.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/book.h"

namespace rightsdesk::console {

// The way of a notice, in its order.
RIGHTSDESK_ENUM(FunnelStep, kReceived, kAccepted, kDefective, kFunded, kCovered)
inline constexpr std::size_t kFunnelSteps = 5;

struct NoticeFacts {
    domain::NoticeStatus status = domain::NoticeStatus::kAccepted;
    std::array<bool, kFunnelSteps> in{};   // by FunnelStep
    domain::Shares basic, over;            // as asked
    domain::Money due, good, uncollected;  // good: in time
    std::string guarantor;                 // as listed, else as written; empty: none
    std::string guarantor_key;             // folded; empty: nobody guarantees it
    std::optional<bool> eligible;          // nothing: on no list
    domain::Shares exercised;              // in all, as paid
    domain::Money exposure;                // their price
    bool owes_cover = false;
    bool missed_cover = false;
    std::optional<domain::Deadline> cover_due;  // while it owes it
    domain::Instant received;

    // What it takes to be paid as asked, with what is on its way; 0 where nothing is short.
    [[nodiscard]] domain::Money short_of() const { return std::max(due - good - uncollected, domain::Money(0)); }
};

// `book` must be opened.
NoticeFacts facts_of(const domain::Book& book, const domain::Notice& notice);

struct StepSum {
    std::int64_t notices = 0;
    domain::Shares basic, over;
    domain::Money money;
};

struct GuarantorSum {
    std::string guarantor;
    std::optional<bool> eligible;
    std::int64_t notices = 0, uncovered = 0, missed = 0;
    domain::Shares uncovered_shares;
    domain::Money exposure, missed_money;
    std::map<domain::Instant, std::pair<domain::Deadline, std::int64_t>> next;  // of those it owes
};

struct CoversDue {
    domain::Deadline deadline;
    std::int64_t notices = 0;
    domain::Shares shares;
    domain::Money money;
};

// Belongs to one thread.
class Facts {
public:
    // The notice as it is now in place of what it was.
    void refresh(const domain::Book& book, const domain::NoticeId& id);

    [[nodiscard]] const NoticeFacts* find(const domain::NoticeId& id) const;
    [[nodiscard]] const StepSum& step(FunnelStep step) const { return steps_[static_cast<std::size_t>(step)]; }
    [[nodiscard]] const std::map<domain::NoticeStatus, std::int64_t>& statuses() const { return statuses_; }
    [[nodiscard]] const std::map<std::string, GuarantorSum>& guarantors() const { return guarantors_; }
    [[nodiscard]] const std::map<domain::Instant, CoversDue>& covers() const { return covers_; }
    // Accepted notices that exactly this much is missing of, at most `most`, in order of id.
    [[nodiscard]] std::vector<domain::NoticeId> short_of(domain::Money money, std::size_t most) const;

private:
    void add(const domain::NoticeId& id, const NoticeFacts& facts, std::int64_t sign);
    void add_guarantee(const NoticeFacts& facts, std::int64_t sign);

    std::unordered_map<domain::NoticeId, NoticeFacts> notices_;
    std::array<StepSum, kFunnelSteps> steps_{};
    std::map<domain::NoticeStatus, std::int64_t> statuses_;
    std::map<std::string, GuarantorSum> guarantors_;
    std::map<domain::Instant, CoversDue> covers_;
    std::map<domain::Money, std::set<domain::NoticeId>> short_;
};

}  // namespace rightsdesk::console
