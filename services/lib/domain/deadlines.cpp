#include "domain/deadlines.h"

#include <algorithm>

#include "domain/calendar.h"
#include "domain/civil.h"

namespace rightsdesk::domain {

namespace {

constexpr const char* kSharesReportTime = "15:30:00";  // rules.md section 7
constexpr std::int32_t kConfirmationDays = 5;          // rules.md section 7

std::string days_text(const CalendarTerms& calendar, std::int32_t count) {
    const std::string days = std::to_string(count) + (count == 1 ? " business day (" : " business days (");
    switch (calendar.kind) {
        case CalendarKind::kNyse: return days + "New York Stock Exchange open)";
        case CalendarKind::kFed: return days + "Federal Reserve Banks open)";
        case CalendarKind::kBoth: return days + "New York Stock Exchange and Federal Reserve Banks both open)";
        case CalendarKind::kEither: return days + "New York Stock Exchange or Federal Reserve Banks open)";
        case CalendarKind::kCustom: return days + "weekdays without the closings listed)";
    }
    return days;
}

base::Result<StatedDeadline> stated(const char* kind, Date day, const std::string& time, const std::string& zone, std::string clause) {
    const auto deadline = resolve(day, time, zone);
    if (!deadline) return base::invalid(std::string(kind) + ": " + deadline.error().message);
    return StatedDeadline{kind, *deadline, std::move(clause)};
}

// A day, and what makes it the day.
struct Start {
    Date day;
    std::string what;
};

base::Result<Start> counting_start(const GuaranteedDeliveryTerms& terms, std::optional<Date> notice_date, const Deadline& expiration) {
    switch (terms.counted_from) {
        case CountedFrom::kNoticeDate:
            if (!notice_date) return base::failure(base::ErrorKind::kNotFound, "certificates are due from the notice's date, and the notice has none");
            if (!is_within_reach(*notice_date)) return base::invalid("certificates are due from the notice's date, which no calendar reaches");
            return Start{*notice_date, "the notice's date"};
        case CountedFrom::kExpiration: return Start{civil_date(expiration), "the expiration"};
        case CountedFrom::kFixedDate:
            if (!terms.fixed_date) return base::invalid("certificates are due from a fixed date, and the terms give none");
            return Start{*terms.fixed_date, "the date that the terms fix"};
    }
    return base::invalid("certificates are due from an unknown start");
}

// The last day to which the expiration may be moved, and the key that says so: the stated one, or so many business days after the
// expiration first set; the lesser of two.
std::optional<Start> last_extension_date(const Terms& terms) {
    std::optional<Start> last;
    if (terms.extension.last_date) last = Start{*terms.extension.last_date, "last_date"};
    if (!terms.extension.most_business_days) return last;
    const Date counted = add_business_days(terms.calendar, civil_date(terms.expiration), *terms.extension.most_business_days);
    return last && last->day <= counted ? last : Start{counted, "most_business_days"};
}

std::string cover_clause(const Terms& terms, const Start& start) {
    const GuaranteedDeliveryTerms& delivery = terms.guaranteed_delivery;
    const std::string time = "at or prior to " + delivery.time;
    if (delivery.business_days == 0) return "guaranteed_delivery: certificates on " + start.what + ", " + to_text(start.day) + ", " + time;
    return "guaranteed_delivery: certificates within " + days_text(terms.calendar, delivery.business_days) + " after " + start.what + ", " +
           to_text(start.day) + ", which is not counted; " + time;
}

base::Result<StatedDeadline> payment_deadline(const Terms& terms, std::optional<Date> notice_date) {
    if (terms.guaranteed_delivery.enabled && terms.guaranteed_delivery.payment_due == PaymentDue::kCover) {
        auto cover = cover_deadline(terms, notice_date, terms.expiration);
        if (!cover) return cover;
        cover->kind = "payment";
        cover->clause = "guaranteed_delivery.payment_due: a guaranteed notice is paid in full with the certificates, any other by the expiration";
        // No guarantee, however old, takes from the holder the time that everybody has.
        if (cover->deadline.instant < terms.expiration.instant) cover->deadline = terms.expiration;
        return cover;
    }
    return StatedDeadline{"payment", terms.expiration,
                          std::string("guaranteed_delivery.payment_due: basic and over-subscription shares paid in full ") +
                              (terms.expiration_inclusive ? "at or prior to" : "before") + " the expiration"};
}

// The reminders are instants before the hour, whatever the clocks did in between.
std::vector<StatedDeadline> reminders(const Terms& terms) {
    std::vector<StatedDeadline> made;
    for (const std::int32_t minutes : terms.reminder_minutes) {
        const Instant at(terms.expiration.instant.value - minutes * kNanosecondsPerMinute);
        made.push_back({"reminder", Deadline{civil_text(at, terms.expiration.zone), terms.expiration.zone, at},
                        "expiration.reminders_minutes: " + std::to_string(minutes) + " minutes before the expiration"});
    }
    return made;
}

}  // namespace

base::Result<StatedDeadline> cover_deadline(const Terms& terms, std::optional<Date> notice_date, const Deadline& expiration) {
    if (!terms.guaranteed_delivery.enabled) return base::failure(base::ErrorKind::kNotFound, "the terms allow no guaranteed delivery");
    const auto start = counting_start(terms.guaranteed_delivery, notice_date, expiration);
    if (!start) return tl::unexpected(start.error());
    const Date due = add_business_days(terms.calendar, start->day, terms.guaranteed_delivery.business_days);
    return stated("cover", due, terms.guaranteed_delivery.time, expiration.zone, cover_clause(terms, *start));
}

base::Result<AnnounceBy> parse_announce_by(const std::string& text) {
    const std::size_t space = text.find(' ');
    const std::string day = space == std::string::npos ? "" : text.substr(space + 1);
    const auto time = parse_time_of_day(text.substr(0, space));
    if (!time || (day != "next business day" && day != "same day")) {
        return base::invalid("\"" + text + "\" is no hour of an announcement; write \"09:00 next business day\" or \"20:00 same day\"");
    }
    return AnnounceBy{*time, day == "same day" ? 0 : 1};
}

base::Result<StatedDeadline> announcement_deadline(const Terms& terms, const Deadline& expiration) {
    if (!terms.extension.allowed || !terms.extension.announce_by) {
        return base::failure(base::ErrorKind::kNotFound, "the terms state no hour for announcing an extension");
    }
    const auto by = parse_announce_by(*terms.extension.announce_by);
    if (!by) return tl::unexpected(by.error());
    const Date day = add_business_days(terms.calendar, civil_date(expiration), by->business_days);
    return stated("extension_announcement", day, by->time, expiration.zone,
                  "extension.announce_by: " + *terms.extension.announce_by + ", after the expiration on " + to_text(civil_date(expiration)));
}

base::Result<StatedDeadline> foreign_cut_off(const Terms& terms, const Deadline& expiration) {
    const ForeignTerms& foreign = terms.foreign;
    if (foreign.on) return stated("foreign_cut_off", *foreign.on, foreign.time, expiration.zone, "foreign.on: holders abroad and at army post offices");
    if (!foreign.business_days) return base::failure(base::ErrorKind::kNotFound, "the terms state no earlier hour for holders abroad");
    const Date day = subtract_business_days(terms.calendar, civil_date(expiration), *foreign.business_days);
    return stated("foreign_cut_off", day, foreign.time, expiration.zone,
                  "foreign.business_days: holders abroad and at army post offices, " + days_text(terms.calendar, *foreign.business_days) +
                      " before the expiration on " + to_text(civil_date(expiration)));
}

base::Result<StatedDeadline> shares_report_deadline(const Terms& terms, const Deadline& expiration) {
    return stated("shares_report", add_business_days(terms.calendar, civil_date(expiration), 1), kSharesReportTime, expiration.zone,
                  "shares subscribed, guarantees received and shares unsubscribed are reported by 3:30 p.m. on the business day after expiration");
}

base::Result<StatedDeadline> confirmations_deadline(const Terms& terms, const Deadline& expiration) {
    return stated("confirmations", add_business_days(terms.calendar, civil_date(expiration), kConfirmationDays), civil_time_of_day(expiration), expiration.zone,
                  "confirmations go out within " + days_text(terms.calendar, kConfirmationDays) + " after expiration");
}

std::vector<std::string> objections_to_extension(const Terms& terms, const Deadline& current, const Deadline& proposed, Instant now) {
    std::vector<std::string> objections;
    if (!terms.extension.allowed) objections.push_back("the terms allow no extension");
    if (proposed.instant <= current.instant) objections.push_back(proposed.civil + " is not later than the present expiration, " + current.civil);
    if (proposed.instant <= now) objections.push_back(proposed.civil + " is not in the future");
    if (const auto last = last_extension_date(terms); last && civil_date(proposed) > last->day) {
        objections.push_back(proposed.civil + " is past the last date to which the terms allow an extension, " + to_text(last->day));
    }
    const auto announcement = announcement_deadline(terms, current);
    const Deadline& announced_by = announcement ? announcement->deadline : current;
    if (now > announced_by.instant) objections.push_back("an extension had to be announced by " + announced_by.civil);
    return objections;
}

base::Result<std::vector<StatedDeadline>> all_deadlines(const Terms& terms, std::optional<Date> notice_date) {
    const Deadline& expiration = terms.expiration;
    const std::string hour = civil_time_of_day(expiration);
    std::vector<StatedDeadline> deadlines = reminders(terms);
    std::optional<base::Error> trouble;
    const auto add = [&](base::Result<StatedDeadline> made) {
        if (made) deadlines.push_back(std::move(*made));
        else if (made.error().kind != base::ErrorKind::kNotFound) trouble = made.error();
    };
    add(StatedDeadline{"expiration", expiration,
                       std::string("expiration.at: notices are received ") + (terms.expiration_inclusive ? "at or prior to" : "before") + " this instant"});
    add(payment_deadline(terms, notice_date));
    add(cover_deadline(terms, notice_date, expiration));
    add(foreign_cut_off(terms, expiration));
    add(announcement_deadline(terms, expiration));
    if (const auto last = last_extension_date(terms); last && terms.extension.allowed) {
        add(stated("extension_last", last->day, hour, expiration.zone, "extension." + last->what + ": the expiration may be moved to this day at the latest"));
    }
    add(shares_report_deadline(terms, expiration));
    add(confirmations_deadline(terms, expiration));
    if (trouble) return tl::unexpected(*trouble);
    std::stable_sort(deadlines.begin(), deadlines.end(), [](const StatedDeadline& left, const StatedDeadline& right) {
        return std::pair(left.deadline.instant, left.kind) < std::pair(right.deadline.instant, right.kind);
    });
    return deadlines;
}

}  // namespace rightsdesk::domain
