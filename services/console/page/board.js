// The board's beginning: who is there, which offering, which screen; and what runs beside every screen: the stream, the clock
// that counts down, the word on whether all of it may be believed.
import { el, fill, say } from "./elements.js";
import { whyNot } from "./access.js";
import { Commanding, isRecorded } from "./commanding.js";
import { Keys } from "./keys.js";
import { Live } from "./live.js";
import { instantOfCivil } from "./newyork.js";
import { address, tick } from "./parts.js";
import { applyPreferences } from "./preferences.js";
import { addresses, look, send, Trouble } from "./server.js";
import { Announcer } from "./announcer.js";
import { bindKeys } from "./bindings.js";
import { keepReceipts, keptReceipts } from "./kept.js";
import { PLACES, screenOf } from "./places.js";
import { drawFoot, drawHead, drawPlaces, drawStale } from "./frame.js";
import { drawClock, drawFunnel, drawNow } from "./strip.js";
import { showSignIn } from "./sign_in.js";

const part = (id) => document.getElementById(id);
const TICK_MS = 250;
const REFRESH_MS = 2000;
const RENEW_MS = 60000;
const ASK_AGAIN_MS = 2000;

class Board {
    constructor() {
        this.session = null;
        this.offering = "";
        this.screen = null;
        this.wanting = false; // a screen that asks for itself wants to ask again
        this.asking = false;
        this.live = new Live({ show: (changed) => this.show(changed), signedOut: () => this.signedOut("Your session has ended.") });
        this.commanding = new Commanding({
            send: (name, body) => this.send(name, body),
            changed: () => this.receiptsChanged(),
            clock: () => performance.now(),
            kept: keptReceipts(),
        });
        this.announcer = new Announcer(part("said"));
        this.keys = new Keys();
    }

    // ---- what screens use ----
    get sections() {
        return this.live.sections;
    }
    now() {
        return this.live.now();
    }
    whyNot(command) {
        return whyNot(this.session, command);
    }
    instant(civil) {
        return instantOfCivil(civil);
    }
    go(hash) {
        location.hash = hash;
    }
    look(path) {
        return look(path);
    }

    async give(name, body, words) {
        this.announcer.say(`${words}: sent.`);
        const receipt = await this.commanding.give(name, body, words);
        this.announcer.say(`${words}: ${receipt.outcome.replaceAll("_", " ")}. ${receipt.explanation}`);
        this.refreshSoon();
        return receipt;
    }

    // Many by one press; said once.
    async giveAll(name, commands, words, told) {
        this.announcer.say(`${words}: ${commands.length} commands sent.`);
        const receipts = await this.commanding.giveAll(name, commands, told);
        const good = receipts.filter((receipt) => isRecorded(receipt.outcome)).length;
        this.announcer.say(`${words}: ${good} of ${commands.length} recorded.`);
        this.refreshSoon();
        return receipts;
    }

    again(id) {
        const command = this.commanding.list.find((one) => one.id === id);
        return command && this.commanding.again(command);
    }

    async send(name, body) {
        try {
            return await send(name, body, this.session.csrf);
        } catch (trouble) {
            if (trouble.word === "signed_out") this.signedOut("Your session has ended; the command was not given.");
            throw trouble;
        }
    }

    // ---- beginning and end ----
    async begin() {
        applyPreferences();
        bindKeys(this);
        this.keys.listen(document);
        part("skip").addEventListener("click", (event) => {
            event.preventDefault();
            part("main").focus();
        });
        addEventListener("hashchange", () => this.session && this.route());
        // A page that is left may be kept by the browser, with its stream; a few such take all the connections there are to a host.
        addEventListener("pagehide", () => this.live.close());
        addEventListener("pageshow", (event) => event.persisted && this.offering && this.live.open(this.offering));
        for (const kind of ["keydown", "pointerdown", "pointermove"]) addEventListener(kind, () => this.somebodyIsThere(), { passive: true });
        addEventListener("error", (event) => (this.live.broken ||= event.message));
        addEventListener("unhandledrejection", (event) => (this.live.broken ||= String(event.reason)));
        setInterval(() => this.tick(), TICK_MS);
        try {
            this.signedIn(await look(addresses.session));
        } catch (trouble) {
            this.signedOut(trouble instanceof Trouble && trouble.status !== 401 ? trouble.message : "");
        }
    }

    // The stream alone does not keep a session: a person does, whatever it is that they do.
    somebodyIsThere() {
        if (!this.session || performance.now() - (this.renewedAt ?? 0) < RENEW_MS) return;
        this.renewedAt = performance.now();
        look(addresses.session).catch((trouble) => trouble.status === 401 && this.signedOut("Your session has ended."));
    }

    async signedIn(session, again = false) {
        this.session = session;
        if (!again) fill(part("main"), el("p", null, "Asking the desk which offerings there are\u2026"));
        try {
            this.offerings = (await look(addresses.offerings)).offerings;
        } catch (trouble) {
            if (trouble.word === "signed_out") return this.signedOut("");
            fill(
                part("main"),
                el("p.problem", null, trouble.message),
                el("button", { type: "button", onclick: () => this.signedIn(session) }, "Try again"),
            );
            return;
        }
        if (this.offerings.length) return this.route();
        // The first that is opened comes without anybody's pressing a key.
        fill(part("main"), el("p", { id: "no-offering" }, "No offering is open at this desk. The first that is opened is shown here."));
        setTimeout(() => this.session === session && this.signedIn(session, true), ASK_AGAIN_MS);
    }

    signedOut(why) {
        this.live.close();
        this.live.sections = {};
        this.session = null;
        this.offering = "";
        this.screen = null;
        for (const id of ["head", "places", "clock", "funnel", "foot", "stale"]) part(id).hidden = true;
        document.querySelectorAll("dialog").forEach((dialog) => dialog.close());
        showSignIn(part("main"), why, (session) => this.signedIn(session));
    }

    // ---- places ----
    route() {
        const [path, parameters] = location.hash.replace(/^#\/?/, "").split("?");
        const [offering, screen, id] = path.split("/").map(decodeURIComponent);
        const known = this.offerings.some((line) => line.offering === offering);
        if (!known || !screenOf(screen)) return void location.replace(address(known ? offering : this.offerings[0].offering, "board"));
        if (offering !== this.offering) {
            this.offering = offering;
            this.live.open(offering);
        }
        this.place = screen;
        this.screen = screenOf(screen)(this, { id: id ?? "", parameters: new URLSearchParams(parameters ?? "") });
        document.title = `${this.screen.title} \u00b7 ${offering} \u00b7 rightsdesk`;
        for (const part_ of ["head", "places", "foot"]) part(part_).hidden = false;
        fill(part("main"), el("h1.hidden-text", null, `${this.screen.title}, ${offering}`), this.screen.element);
        drawHead(part("head"), this);
        this.show(new Set(["receipts", ...Object.keys(this.sections)]));
        drawPlaces(part("places"), this, PLACES);
        this.refresh();
        if (this.routedBefore) part("main").focus({ preventScroll: true });
        scrollTo(0, 0);
        this.routedBefore = true;
    }

    // ---- what comes ----
    show(changed) {
        if (!this.screen) return;
        const s = this.sections;
        if (changed.has("clock") && s.clock?.deadlines) drawClock(part("clock"), s.clock, this.now());
        if ((changed.has("funnel") || changed.has("receipts")) && s.funnel) drawFunnel(part("funnel"), s.funnel, this.offering);
        // One that was opened since is there to be chosen.
        if (changed.has("desk") && s.desk?.offerings) this.offerings = s.desk.offerings;
        part("clock").hidden = !s.clock?.deadlines;
        part("funnel").hidden = !s.funnel || !this.screen.funnel;
        if (["clock", "desk"].some((name) => changed.has(name))) drawHead(part("head"), this);
        if (["exceptions", "suspense", "alerts", "proposals", "funnel"].some((name) => changed.has(name))) drawPlaces(part("places"), this, PLACES);
        if (changed.has("head")) this.headCame(s.head);
        this.screen.show(changed);
        this.announcer.hear(changed, s);
        this.tick();
        drawFoot(part("foot"), this);
    }

    headCame(head) {
        // What the desk itself recorded is on some screens too: its sendings, its alerts.
        const recorded = `${head.sequence} ${head.desk_sequence}`;
        if (this.shownRecords !== recorded) this.refreshSoon();
        this.shownRecords = recorded;
        this.commanding.seen = { log: head.offering, sequence: head.sequence };
    }

    receiptsChanged() {
        keepReceipts(this.commanding.list);
        if (!this.screen) return;
        drawFoot(part("foot"), this);
        this.screen.show(new Set(["receipts"]));
    }

    // A screen that asks for itself does so at once when it opens, and then at most every two seconds, when something was recorded.
    refreshSoon() {
        this.wanting = true;
        const left = REFRESH_MS - (performance.now() - (this.refreshedAt ?? -REFRESH_MS));
        clearTimeout(this.refreshing);
        this.refreshing = setTimeout(() => this.wanting && this.refresh(), Math.max(left, 0));
    }

    async refresh() {
        const screen = this.screen;
        if (!screen?.refresh) return;
        if (this.asking === screen) return;
        this.asking = screen;
        this.wanting = false;
        this.refreshedAt = performance.now();
        try {
            await screen.refresh();
            screen.trouble?.remove();
        } catch (trouble) {
            if (!(trouble instanceof Trouble)) throw trouble;
            if (trouble.word === "signed_out") return this.signedOut("Your session has ended.");
            this.showTrouble(screen, trouble);
        } finally {
            if (this.asking === screen) this.asking = null;
        }
        this.tick();
        if (this.wanting) this.refreshSoon();
    }

    showTrouble(screen, trouble) {
        screen.trouble ??= el("p.problem", { role: "alert" });
        say(
            screen.trouble,
            trouble.status === 404 ? "There is no such thing at this desk." : `${trouble.message}. It is asked again when something is recorded.`,
        );
        if (screen === this.screen) part("main").prepend(screen.trouble);
    }

    tick() {
        if (!this.session || !this.offering) return;
        const now = this.now();
        tick(document, now);
        drawNow(now, this.sections.head?.clock === "stepped");
        drawStale(part("stale"), this.live.freshness(), this.now());
        document.body.classList.toggle("stale", !part("stale").hidden);
    }
}

new Board().begin();
