// The stream of an offering: each event is a section of the board, whole. Sections are kept as they come and shown once a frame,
// however many came in it.
import { addresses, look } from "./server.js";
import { freshness } from "./freshness.js";
import { millis } from "./newyork.js";

export const SECTIONS = ["head", "clock", "funnel", "exceptions", "suspense", "guarantors", "alerts", "proposals", "projection", "happened", "desk"];
const REOPEN_MS = 2000;

export class Live {
    // `show(changed)` gets the names of the sections that came since the last frame; `signedOut()` when the session has ended.
    constructor({ show, signedOut }) {
        this.show = show;
        this.signedOut = signedOut;
        this.sections = {};
        this.source = null;
        this.broken = ""; // what the page failed at: from then on nothing that it shows may be believed
        this.changed = new Set();
        this.frame = 0;
        this.generation = 0;
    }

    open(offering) {
        this.close();
        this.offering = offering;
        this.sections = {};
        this.heard = null;
        this.closed = false;
        this.started = performance.now();
        this.connect();
    }

    connect() {
        const source = new EventSource(addresses.events(this.offering));
        this.source = source;
        for (const name of SECTIONS) source.addEventListener(name, (event) => this.came(name, event.data));
        source.addEventListener("signed_out", () => this.signedOut());
        source.addEventListener("error", () => {
            this.closed = true;
            // A refusal ends an EventSource for good; a broken connection it mends itself.
            if (source.readyState === EventSource.CLOSED && this.source === source) this.reopenSoon();
        });
        source.addEventListener("open", () => {
            this.closed = false;
        });
    }

    // Where the session has ended there is nothing to open again.
    reopenSoon() {
        this.reopening = setTimeout(async () => {
            const session = await look(addresses.session).catch((trouble) => trouble);
            if (session.status === 401) this.signedOut();
            else this.connect();
        }, REOPEN_MS);
    }

    close() {
        clearTimeout(this.reopening);
        cancelAnimationFrame(this.frame);
        this.frame = 0;
        this.changed.clear();
        this.source?.close();
        this.source = null;
    }

    came(name, data) {
        this.sections[name] = JSON.parse(data);
        if (name === "head") {
            this.heard = performance.now();
            this.closed = false;
        }
        this.changed.add(name);
        if (!this.frame) this.frame = requestAnimationFrame(() => this.flush());
    }

    flush() {
        this.frame = 0;
        const changed = this.changed;
        this.changed = new Set();
        this.show(changed);
    }

    // Milliseconds of the desk's time, or null before it is known. The stepped clock stands between steps.
    now() {
        const head = this.sections.head;
        const at = head ? millis(head.now) : null;
        if (at === null) return null;
        return head.clock === "real" ? at + (performance.now() - this.heard) : at;
    }

    freshness() {
        return freshness({
            now: performance.now(),
            started: this.started,
            heard: this.heard,
            head: this.sections.head,
            closed: this.closed,
            broken: this.broken,
        });
    }
}
