// What ails the desk itself goes outside without the store: a seat of notification that hears every process' troubles (domain/desk_troubles.h), keeps
// what it tells in a file (runtime/kept_book.h), and sends by transports of its own.
//
//     heard -> AlertRaised, SendingsIntended -> the file -> an attempt -> SendingsAttempted -> the file -> and on record, once the store answers
//
// Of several instances of notification on a host one tells: it holds the lock beside the file, and the next takes it when that one dies.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/desk_troubles.h"
#include "notification/going_out.h"
#include "runtime/kept_book.h"

namespace rightsdesk::notification {

inline constexpr std::int64_t kTriedAgain = domain::kNanosecondsPerSecond;  // for the lock

// What is told, and what becomes of it; a turn never waits for the other side. One thread.
class TellingTroubles {
public:
    TellingTroubles(std::string file, std::set<std::string> processes, GoingOut outside) : file_(std::move(file)), heard_(std::move(processes)), outside_(std::move(outside)) {}

    domain::HeardTroubles& heard() { return heard_; }

    // `now`: of a clock that does not jump.
    void turn(domain::Instant now);
    // What is under way may end, and is kept.
    void finish(domain::Instant now);

    // Null while another process tells.
    [[nodiscard]] const domain::Book* book() const { return kept_ ? &kept_->book() : nullptr; }
    [[nodiscard]] CountsByWay counts(domain::Instant now) const;

private:
    bool opens(domain::Instant now);
    void keep(const domain::Decision& decision);

    std::string file_;
    domain::HeardTroubles heard_;
    GoingOut outside_;
    std::optional<runtime::KeptBook> kept_;
    std::optional<domain::Instant> opened_at_;  // the last time that it was tried
    bool told_not_kept_ = false;
};

// What went out without the store, into the desk's log: read from the file when that has changed.
class TroubleRecords {
public:
    TroubleRecords() = default;  // there is no file
    explicit TroubleRecords(std::string file) : file_(std::move(file)) {}

    // SendingsIntended, as they ended; nothing where all are on record.
    domain::Decision due(const domain::Book& desk, const domain::Context& context);

private:
    std::string file_;
    std::string seen_;   // what the system says of the file as it was read last
    bool all_on_record_ = false;
    std::vector<std::unique_ptr<domain::Book>> books_;
};

}  // namespace rightsdesk::notification
