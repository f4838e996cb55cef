// The deadlines that an offering's terms make. Pure: terms, dates and the zone database in, deadlines out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/terms.h"

namespace rightsdesk::domain {

// A deadline and the terms' words that make it, for a person.
struct StatedDeadline {
    std::string kind;     // see all_deadlines
    Deadline deadline;
    std::string clause;
    RIGHTSDESK_DESCRIBE(StatedDeadline, kind, deadline, clause)
};

// When a guaranteed notice's certificates are due (form: "within three (3) business days after the date hereof"; rules.md
// section 5): day N of the terms' calendar, the start day not counted, at guaranteed_delivery.time in the expiration's
// zone. The start is the notice's own date, the day of `expiration` (as it stands: with an extension such a deadline
// moves, because its terms say so; the others do not), or the fixed date. N = 0 is the start day itself, so that a fixed
// day is stated as counted from that day with N = 0. It may lie before the expiration: see covers.h for what that means.
// NotFound when the terms make none: no guaranteed delivery, or counted from the notice's date and there is none.
// Invalid when the clocks never show that time on that day, or the date is beyond the calendar's reach (civil.h).
base::Result<StatedDeadline> cover_deadline(const Terms& terms, std::optional<Date> notice_date, const Deadline& expiration);

// When an extension of `expiration` must be announced (extension.announce_by; form exhibit 99.1: by 9:00 a.m. on the next
// business day). NotFound when the terms do not say.
base::Result<StatedDeadline> announcement_deadline(const Terms& terms, const Deadline& expiration);

// By when the shares subscribed and unsubscribed and the guarantees received are reported, and confirmations are out, after
// `expiration` (rules.md section 7: 3:30 p.m. on the business day after; within five business days).
base::Result<StatedDeadline> shares_report_deadline(const Terms& terms, const Deadline& expiration);
base::Result<StatedDeadline> confirmations_deadline(const Terms& terms, const Deadline& expiration);

// The earlier hour for holders abroad and at army and fleet post offices (rules.md section 2), for an offering that expires at
// `expiration`. NotFound when the terms state none.
base::Result<StatedDeadline> foreign_cut_off(const Terms& terms, const Deadline& expiration);

// Why the offering, expiring at `current`, may not be extended to `proposed` at `now`; nothing when it may. Not allowed by
// the terms; not later; not in the future; past the last date (that day itself is within); announced too late: after the
// announcement deadline, or, where the terms state none, after the hour.
std::vector<std::string> objections_to_extension(const Terms& terms, const Deadline& current, const Deadline& proposed, Instant now);

// "09:00 next business day" or "20:00 same day", counted from the day of expiration. Invalid when it is neither.
struct AnnounceBy {
    std::string time;           // "09:00:00"
    std::int32_t business_days = 1;
    RIGHTSDESK_DESCRIBE(AnnounceBy, time, business_days)
};
base::Result<AnnounceBy> parse_announce_by(const std::string& text);

// Every deadline that the terms make for a notice with this date, by instant, then by kind. Kinds, one entry of each
// except of `reminder`:
//   expiration              the hour
//   payment                 payment in full: the hour, or with the certificates where those are due later (guaranteed_delivery.payment_due)
//   cover                   the certificates of a guaranteed notice; no entry without a date where it counts from that
//   foreign_cut_off         for holders abroad and at army post offices, where the terms state one
//   extension_announcement  when an extension must be announced
//   extension_last          the last date to which an extension may go, at the time of day of the hour
//   reminder                before the hour, one for each lead
//   shares_report           3:30 p.m. on the business day after expiration (rules.md section 7)
//   confirmations           five business days after expiration, at the time of day of the hour (rules.md section 7)
// Invalid when one of them cannot be resolved.
base::Result<std::vector<StatedDeadline>> all_deadlines(const Terms& terms, std::optional<Date> notice_date);

}  // namespace rightsdesk::domain
