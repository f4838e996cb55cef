// An offering's board: its log followed, what people look at kept up to date, and the sections that are sent (README.md, "Sections").
#pragma once

#include <array>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "console/alert_list.h"
#include "console/facts.h"
#include "console/followed_log.h"
#include "domain/live_allocation.h"
#include "domain/natural_order.h"
#include "domain/tally.h"
#include "runtime/json.h"

namespace rightsdesk::console {

using runtime::Json;

RIGHTSDESK_ENUM(Section, kHead, kClock, kFunnel, kExceptions, kSuspense, kGuarantors, kAlerts, kProposals, kProjection, kHappened, kDesk)
inline constexpr std::size_t kSections = 11;

inline constexpr std::size_t kShownExceptions = 100;
inline constexpr std::size_t kShownAlerts = 100;
inline constexpr std::size_t kShownRows = 50;       // of the other lists
inline constexpr std::size_t kShownDeadlines = 20;
inline constexpr std::chrono::milliseconds kProjectionPause{500};
inline constexpr std::size_t kKeptPoints = 500;     // of the projection
inline constexpr std::size_t kFewNotices = 1'000;   // all of so many are looked at in one go
inline constexpr std::size_t kPreviewedAtOnce = 5'000;  // beyond it a board does not work out what a proposal would do to each
inline constexpr std::size_t kTalliedAtOnce = 5'000;  // beyond it the tally is made from the whole log

// What a projection was when it was made.
struct Projected {
    domain::Instant at;
    store::Sequence sequence = 0;
    domain::LiveTotals totals;
    std::size_t notices = 0, left_out = 0;
};

struct ProjectedPoint {
    Projected sure, all;
};

// All that a projection is made from, and what comes of it: neither holds anything of the board, so another thread may make it.
struct ProjectionAsked {
    using Claims = std::vector<std::shared_ptr<const domain::LiveClaim>>;  // by natural order of id
    domain::Terms terms;
    Claims sure, all;
    domain::Instant at;
    store::Sequence sequence = 0;
};
struct ProjectionMade {
    std::optional<ProjectedPoint> point;  // nothing where the claims are none that are allotted
    domain::LiveAllocation all;
};
ProjectionMade make_projection(const ProjectionAsked& asked);

// Soonest too late first, then most money.
struct ExceptionPlace {
    domain::Instant too_late;   // the last instant there is where nothing becomes too late
    domain::Money money;
    std::uint64_t alert = 0;
    auto operator<=>(const ExceptionPlace& other) const {
        return std::tie(too_late, other.money, alert) <=> std::tie(other.too_late, money, other.alert);
    }
    bool operator==(const ExceptionPlace&) const = default;
};

// Belongs to one thread.
class Board {
public:
    explicit Board(const domain::OfferingId& offering);

    // As FollowedLog::take.
    base::Result<bool> take(const store::LogRecord& record) { return log_.take(record); }

    [[nodiscard]] const domain::Book& book() const { return log_.book(); }
    [[nodiscard]] const FollowedLog& log() const { return log_; }
    [[nodiscard]] const Facts& facts() const { return facts_; }
    [[nodiscard]] std::string zone() const;
    // Open alerts of the log, by number.
    [[nodiscard]] const std::set<std::uint64_t>& open_alerts() const { return alerts_.open(); }
    [[nodiscard]] const AlertList& alerts() const { return alerts_; }
    // Those that are about a notice, a payment or an item, and not too late at `now`.
    [[nodiscard]] std::pair<std::set<ExceptionPlace>::const_iterator, std::set<ExceptionPlace>::const_iterator> exceptions(domain::Instant now) const;
    [[nodiscard]] std::pair<std::size_t, domain::Money> exceptions_sum(domain::Instant now) const;
    [[nodiscard]] std::vector<std::uint64_t> exceptions_of(const domain::EntityName& subject) const;
    // What a notice, a payment or an item carries.
    [[nodiscard]] domain::Money money_of(const domain::EntityName& subject) const;
    // Payments with money of no notice, most first.
    [[nodiscard]] const std::set<std::pair<domain::Money, domain::PaymentId>>& suspense() const { return suspense_; }
    [[nodiscard]] domain::Money suspense_sum() const { return suspense_sum_; }
    [[nodiscard]] const std::deque<FoldedRecord>& happened() const { return happened_; }  // the latest, oldest first
    [[nodiscard]] domain::Table tally() const;

    // Which sections have changed since they were asked for last.
    [[nodiscard]] bool changed(Section section) const { return changed_[static_cast<std::size_t>(section)]; }
    void change(Section section) { changed_[static_cast<std::size_t>(section)] = true; }
    void seen(Section section) { changed_[static_cast<std::size_t>(section)] = false; }

    // When the hour, the price or the stage changes every notice may be another. Of a large offering they are looked at again a slice at a
    // time: how many are not yet, and the next `most` of them. What a record says of a notice is looked at when it comes, whatever waits.
    [[nodiscard]] std::size_t to_look_at_again() const { return again_.size() - again_at_; }
    void look_again(std::size_t most);
    [[nodiscard]] bool is_small() const { return book().notice_ids().size() <= kFewNotices; }

    // Whether something has changed since the projection, and the last one did not take too long for another at `now` (monotonic).
    [[nodiscard]] bool projection_due(std::chrono::nanoseconds now) const { return projection_due_ && now >= project_next_ && book().life() != nullptr; }
    [[nodiscard]] ProjectionAsked ask_projection();
    // `took`: all that was spent on it; the next is due `pause` after `now` at the earliest.
    void take_projection(ProjectionMade made, std::chrono::nanoseconds now, std::chrono::nanoseconds took, std::chrono::nanoseconds pause);
    [[nodiscard]] const std::vector<ProjectedPoint>& points() const { return points_; }
    // Of one notice; nothing where it is among the others, or there is no projection.
    [[nodiscard]] const domain::LiveLine* projected_line(const domain::NoticeId& id) const;
    [[nodiscard]] const domain::LeftOut* projected_out(const domain::NoticeId& id) const;

private:
    void before(const FoldedItem& item);
    void after(const FoldedItem& item);
    void refresh_notice(const domain::NoticeId& id);
    void refresh_payment(const domain::PaymentId& id);
    void refresh_alert(std::uint64_t number);
    void refresh_sums(const domain::NoticeId& id);
    void refresh_all();
    void place_exceptions_of(const domain::EntityName& subject);
    void keep_point(const ProjectedPoint& point);

    FollowedLog log_;
    Facts facts_;
    domain::TallyKeeper tally_;
    std::array<bool, kSections> changed_{};
    AlertList alerts_;
    std::set<ExceptionPlace> exceptions_;
    domain::Money exceptions_money_;
    std::map<std::uint64_t, std::pair<ExceptionPlace, domain::EntityName>> placed_;
    std::map<domain::EntityName, std::set<std::uint64_t>> alerts_of_;
    std::set<std::pair<domain::Money, domain::PaymentId>> suspense_;
    std::map<domain::PaymentId, domain::Money> in_suspense_;
    std::map<domain::PaymentId, std::set<domain::NoticeId>> matched_;
    domain::Money suspense_sum_;
    std::deque<FoldedRecord> happened_;
    struct Claims {
        std::shared_ptr<const domain::LiveClaim> sure, all;
    };
    struct Naturally {
        bool operator()(const std::string& left, const std::string& right) const { return domain::natural_less(left, right); }
    };
    std::map<domain::NoticeId, Claims, Naturally> claims_;  // as the projection wants them, each kept up to date
    std::vector<domain::NoticeId> again_;                   // to be looked at again, from again_at_ on
    std::size_t again_at_ = 0;
    bool projection_due_ = false;
    domain::Instant at_;
    std::chrono::nanoseconds project_next_{0};
    std::vector<ProjectedPoint> points_;
    domain::LiveAllocation projected_;  // by what all have asked
};

// What an alert is about that people see to, one by one: not the offering as a whole, and not what is on record only.
bool is_exception(const domain::Alert& alert);

}  // namespace rightsdesk::console
