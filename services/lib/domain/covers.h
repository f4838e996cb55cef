// Covers: the certificates that must follow a guaranteed notice, and the clock that waits for them (form: "within three
// business days after the date hereof"; rules.md section 1, "guarantee", and section 5).
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// Certificates for this many rights must come for the basic shares that the notice exercises: basic shares / ratio,
// rounded up, and never more than the rights that the notice says it holds. For all of them where it does not say how many shares.
Rights rights_to_cover(const Terms& terms, const Notice& notice);

struct CoverProgress {
    std::vector<Missing> missing;              // what is missing still; empty when complete
    std::optional<Instant> completed_at;       // the stamp of the delivery that completed it
    Rights rights;                             // that came
    Instant last;                              // the stamp of the last delivery; nothing where none came
};

// What the deliveries stamped at or before `until` amount to that count (counts_as_cover); each certificate number counts once.
CoverProgress cover_progress(const Terms& terms, const Notice& notice, Instant until);

// Whether it counts for the rights that came, though they are fewer than guaranteed: the terms let it (short_cover), nothing else is
// missing, and it is a guarantee. Not before its time is over: until then the rest may come.
bool counts_as_covered(const Terms& terms, const Notice& notice, const CoverProgress& progress);

// The basic shares that its certificates are good for, where it counts for fewer rights than guaranteed; else nothing.
std::optional<Shares> shares_covered(const Book& book, const Notice& notice);

// Whether certificates of it were sent back, and those that are left do not cover it.
bool certificates_went_back(const Terms& terms, const Notice& notice);

// The last instant at which certificates complete the notice: its cover deadline, or the hour where that is later
// (certificates received by the hour are an ordinary timely exercise).
Instant cover_until(const Life& life, const CoverClock& clock);

// Whether the notice counts, or may yet: nobody waits for the certificates of one that is refused, rejected, misdirected or
// finally late, until something makes it countable again. Late is final once the offering is counted.
bool may_count(const Life& life, const Notice& notice);

// Starts the notice's clock when it can run and does not, sets it anew when a cure changed the date that it is counted from,
// and says what the certificates received so far amount to. A cover that was complete runs again when an amendment asks for
// more than came; one that was missed is complete after all once a person has said that certificates count which were stamped in
// time, and so is one that counts for fewer rights once more of them count. No events when nothing changes.
//
// A notice let in without a date from which anybody could wait, none at all (waived) or one more than a year after the
// expiration (a person took it as it is), is counted from the day of expiration, the last day on which a guarantee in time
// can have been given; the clock's clause says so.
Decision follow_cover(const Book& book, const NoticeId& id);

// After an extension: the clocks whose deadline is counted from the expiration are set anew, because their terms say so; a
// notice's own deadline does not move (rules.md section 2). CoverClockMoved for each, in parts.
Decision follow_extension(const Book& book, const Context& context);

// After a closing: every clock that counts over that day is set anew, whatever it counts from; a deadline already missed by the
// old calendar runs again.
Decision follow_closing(const Book& book, const Context& context);

// Before this instant nothing is due of a running clock: its next reminder, or its deadline when all were sent.
Instant first_due(const CoverClock& clock);

// What is due for covers now: reminders, and deadlines missed once every gateway's watermark has passed them; only of notices
// that may count. As many as a part holds: asked again until there are none. `desk` holds the watermarks. None while the offering is suspended.
Decision due_cover(const Book& book, const Book& desk, const Context& context);
// The same as it will be once the offering has come to this point of its life.
Decision due_cover_in(const Life& life, const Book& book, const Book& desk, const Context& context);

// Whether no cover deadline is running any more for a notice that counts or may yet count.
bool covers_settled(const Book& book);

// Whether every source holds receipts for all that it stamped up to `instant`.
bool watermarks_past(const Book& desk, const std::vector<std::string>& sources, Instant instant);

}  // namespace rightsdesk::domain
