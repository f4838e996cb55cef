// An offering's board: its log followed, what people look at kept up to date, and the sections that are sent (README.md, "Sections").
#pragma once

#include <array>
#include <chrono>
#include <deque>
#include <map>
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

    // Makes the projection anew where something has changed and the last one did not take too long for that; `now`: monotonic, `pause`: at least so long after it.
    void project(std::chrono::nanoseconds now, const std::function<std::chrono::nanoseconds()>& clock, std::chrono::nanoseconds pause);
    [[nodiscard]] const std::vector<ProjectedPoint>& points() const { return points_; }
    [[nodiscard]] const std::map<domain::NoticeId, domain::LiveLine>& projected_lines() const { return lines_; }
    [[nodiscard]] const std::map<domain::NoticeId, std::string>& projected_out() const { return left_out_; }

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
    struct Standings {
        domain::Standing sure, all;
    };
    struct Naturally {
        bool operator()(const std::string& left, const std::string& right) const { return domain::natural_less(left, right); }
    };
    std::map<domain::NoticeId, Standings, Naturally> standings_;  // as the projection wants them, each kept up to date
    bool projection_due_ = false;
    domain::Instant at_;
    std::chrono::nanoseconds project_next_{0};
    std::vector<ProjectedPoint> points_;
    std::map<domain::NoticeId, domain::LiveLine> lines_;
    std::map<domain::NoticeId, std::string> left_out_;
};

// What an alert is about that people see to, one by one: not the offering as a whole, and not what is on record only.
bool is_exception(const domain::Alert& alert);

}  // namespace rightsdesk::console
