// How urgent something is by the time that it has left. What comes first is the gateway's to say; this is how it looks.
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
