// What comes first: what becomes too late soonest, and of equals what carries most money. What can no longer be saved comes
// after all that can.
import { compareWhole } from "./exact.js";
import { millis } from "./newyork.js";

// Minutes before the end at which a thing is shown as urgent, and as at the last.
export const SOON_MINUTES = 60;
export const NOW_MINUTES = 15;

// "past", "now", "soon", "later", or "open" without an end. A word beside the colour: nothing is said by colour alone.
export function urgency(tooLateAt, now) {
    const end = millis(tooLateAt);
    if (end === null || now === null) return "open";
    const minutes = (end - now) / 60000;
    if (minutes < 0) return "past";
    if (minutes <= NOW_MINUTES) return "now";
    return minutes <= SOON_MINUTES ? "soon" : "later";
}

const rank = { now: 0, soon: 0, later: 0, open: 1, past: 2 };

// Compares two exceptions, `{too_late_at, cents, id}`, as they stand at `now` (milliseconds).
export function byUrgency(now) {
    return (one, other) => {
        const order = rank[urgency(one.too_late_at, now)] - rank[urgency(other.too_late_at, now)];
        if (order !== 0) return order;
        const ends = (millis(one.too_late_at) ?? 0) - (millis(other.too_late_at) ?? 0);
        if (ends !== 0) return ends;
        return compareWhole(other.cents, one.cents) || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
    };
}
