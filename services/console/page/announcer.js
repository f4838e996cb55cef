// What a screen reader is told without being asked: what changed, in one sentence at a time and not more often than somebody can
// listen. Countdowns are not told; they are asked for.
import { count, dollars } from "./exact.js";

const PAUSE_MS = 4000;

export class Announcer {
    constructor(element) {
        this.element = element;
        this.before = {};
        this.waiting = [];
        this.timer = 0;
    }

    hear(changed, sections) {
        const now = { exceptions: sections.exceptions?.total, critical: sections.alerts?.by_severity.critical, open: sections.proposals?.open };
        const before = this.before;
        if (changed.has("exceptions") && before.exceptions !== undefined && now.exceptions !== before.exceptions)
            this.later("exceptions", `${count(now.exceptions)} items can still be saved, ${dollars(sections.exceptions.money_cents)}.`);
        if (changed.has("alerts") && before.critical !== undefined && now.critical > before.critical)
            this.later("critical", `${count(now.critical)} critical alerts are open.`);
        if (changed.has("proposals") && before.open !== undefined && now.open > before.open)
            this.later("open", "A proposal waits for a second person.");
        this.before = now;
    }

    // At once: what somebody did.
    say(text) {
        this.element.textContent = text;
    }

    // One sentence of a kind, the newest.
    later(kind, text) {
        this.waiting = [...this.waiting.filter(([other]) => other !== kind), [kind, text]];
        if (this.timer) return;
        this.timer = setTimeout(() => {
            this.timer = 0;
            this.say(this.waiting.map(([, sentence]) => sentence).join(" "));
            this.waiting = [];
        }, PAUSE_MS);
    }
}
