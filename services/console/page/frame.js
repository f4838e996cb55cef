// What stands around every screen: whose board it is, where one can go, whether it may be believed, and what the last command came to.
import { el, fill, say, words } from "./elements.js";
import { count } from "./exact.js";
import { moment } from "./newyork.js";
import { address, tag } from "./parts.js";
import { placeOf } from "./places.js";
import { showHelp } from "./bindings.js";
import { switchSize, switchTheme } from "./preferences.js";
import { signOut } from "./server.js";

export function drawHead(element, app) {
    const clock = app.sections.clock;
    const drawn = JSON.stringify([clock?.issuer, clock?.stage, Boolean(clock?.suspended), app.offering, app.session, app.offerings.map((line) => line.offering)]);
    if (element.drawn === drawn) return;
    element.drawn = drawn;
    const choose =
        app.offerings.length > 1
            ? el(
                  "select",
                  { "aria-label": "Offering", onchange: (event) => app.go(address(event.target.value, "board")) },
                  app.offerings.map((line) => el("option", { value: line.offering, selected: line.offering === app.offering }, line.offering)),
              )
            : el("span.exact", null, app.offering);
    fill(
        element,
        el("span.brand", null, "rightsdesk"),
        el("b", null, clock?.issuer ?? ""),
        choose,
        clock ? el("span.stage", null, clock.suspended ? "suspended" : words(clock.stage)) : null,
        el("span.space"),
        el("span.connection", { id: "connection" }, "live"),
        el("span.who", { id: "who" }, el("b", null, app.session.operator), app.session.roles.join(", ")),
        el("button.small", { type: "button", onclick: switchTheme }, "Light or dark"),
        el("button.small", { type: "button", onclick: switchSize }, "Large"),
        el("button.small", { type: "button", "aria-keyshortcuts": "?", onclick: () => showHelp(app) }, "Keys"),
        el("button.small", { type: "button", onclick: () => leave(app) }, "Sign out"),
    );
}

async function leave(app) {
    await signOut(app.session.csrf).catch(() => null);
    app.signedOut("You have signed out.");
}

export function drawPlaces(element, app, places) {
    const here = placeOf(app.place);
    const numbers = places.map((one) => one.number?.(app.sections) ?? 0);
    const drawn = JSON.stringify([app.offering, here, numbers, places.map((one) => one.hot?.(app.sections))]);
    if (element.drawn === drawn) return;
    const focused = element.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    element.drawn = drawn;
    fill(
        element,
        el(
            "ul",
            null,
            places.map((one, at) =>
                el(
                    "li",
                    null,
                    el(
                        "a",
                        {
                            href: address(app.offering, one.place),
                            "aria-current": one.place === here ? "page" : null,
                            "aria-keyshortcuts": `g ${one.key}`,
                            "data-focus": one.place,
                        },
                        one.name,
                        numbers[at] ? el("span.count" + (one.hot?.(app.sections) ? ".hot" : ""), null, count(numbers[at])) : null,
                    ),
                ),
            ),
        ),
    );
    if (focused) element.querySelector(`[data-focus="${focused}"]`)?.focus();
}

// The banner cannot be dismissed: it goes when what it says is over.
export function drawStale(element, { stale, why }, now) {
    if (stale && element.hidden) fill(element, el("span", null, "STALE. Do not act on these figures."), el("small"));
    element.hidden = !stale;
    if (stale) say(element.lastElementChild, why + (now === null ? "" : ` Last known time at the desk: ${moment(new Date(now).toISOString())}.`));
    const connection = document.getElementById("connection");
    if (!connection) return;
    connection.classList.toggle("off", stale);
    say(connection, stale ? "stale" : "live");
}

// Whether what a command recorded is among what is shown.
function shownYet(app, command) {
    const seen = app.commanding.seen;
    if (!command.sequence || !seen || command.log !== seen.log) return "";
    return seen.sequence >= command.sequence ? ", shown" : ", not on the board yet";
}

export function drawFoot(element, app) {
    const last = app.commanding.list[0];
    const waiting = app.commanding.list.filter((command) => command.outcome === "sending" || command.outcome === "retry_later").length;
    const drawn = JSON.stringify([last?.id, last?.outcome, last && shownYet(app, last), waiting, app.offering]);
    if (element.drawn === drawn) return;
    element.drawn = drawn;
    fill(
        element,
        el(
            "span.last",
            { id: "last-receipt" },
            last
                ? [tag(last.outcome), ` ${last.words}`, last.explanation ? `: ${last.explanation}` : "", shownYet(app, last)]
                : el("span.quiet", null, "No command given yet. Press ? for the keys."),
        ),
        waiting ? el("span.tag.warning", null, `${waiting} without an answer`) : null,
        el("a", { href: address(app.offering, "receipts") }, "Receipts"),
    );
}
