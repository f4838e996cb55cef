// What belongs to no offering yet, the sources' watermarks, what just happened; and the receipts of this browser's commands.
import { el, fill, sentence, showRows, table, words } from "./elements.js";
import { count } from "./exact.js";
import { moment } from "./newyork.js";
import { happenedItem, offered, panel, tag, whenText } from "./parts.js";
import { ask } from "./forms.js";
import { CLOCK_KINDS } from "./alert_acts.js";
import { standingStill } from "./sendings.js";
import { sources } from "./watermarks.js";

export function deskScreen(app) {
    const items = table("Items that belong to no offering yet", [
        { head: "Item", rowHead: true, cell: (row) => row.item },
        { head: "What", cell: (row) => words(row.kind) },
        {
            head: "Why it is here",
            wide: true,
            cell: (row) => [
                row.why,
                row.taken_back_from?.length ? el("small.quiet", null, el("br"), `taken back from ${row.taken_back_from.join(", ")}`) : null,
            ],
        },
        { head: "Do", cell: (row) => el("div.acts", null, itemActs(app, row)) },
    ]);
    const given = table("Items that were given to this offering", [
        { head: "Item", rowHead: true, cell: (row) => row.item },
        { head: "What", cell: (row) => words(row.kind) },
        { head: "Why it came to the desk", wide: true, cell: (row) => row.why },
        { head: "Do", cell: (row) => el("div.acts", null, givenActs(app, row)) },
    ]);
    const marks = sources(app);
    const quarantine = table("What a service could not decide", [
        { head: "Item", rowHead: true, cell: (row) => el("span.exact", null, row.item) },
        { head: "Whose", cell: (row) => [words(row.service), el("small.quiet.line", null, row.log)] },
        {
            head: "Why",
            wide: true,
            cell: (row) => [row.why, row.entity ? el("small.quiet.line", null, `${row.entity} stands still until then`) : null],
        },
        { head: "Since", cell: (row) => whenText(row.at) },
        { head: "Do", cell: (row) => el("div.acts", null, releaseAct(app, row)) },
    ]);
    const sendings = standingStill(app);
    const clock = el("div");
    const happened = el("ol.inside.history");
    const services = el("dl.facts.inside");
    const total = el("span.quiet");
    const element = el(
        "div.even",
        null,
        el(
            "div.stack",
            null,
            panel(["Nobody\u2019s yet", total], el("div.scroll", null, items.element)),
            panel("In quarantine", el("div.scroll", null, quarantine.element)),
            panel("Given to this offering by hand", el("div.scroll", null, given.element)),
            panel("Sources", marks.element),
            panel("How the desk is", services, clock),
            sendings.element,
        ),
        panel("Just happened, newest first", happened),
    );
    return {
        title: "Desk",
        element,
        refresh: () => sendings.refresh(),
        show(changed) {
            const s = app.sections;
            if (changed.has("desk") && s.desk) {
                showRows(items, s.desk.unattributed.rows, (row) => row.item, "Everything that came has an offering.");
                showRows(given, s.desk.unattributed.given, (row) => row.item, "Nothing was given to this offering by hand.");
                showRows(quarantine, s.desk.quarantine, (row) => `${row.log} ${row.item}`, "Every message and every record could be decided.");
                marks.show(s.desk.watermarks);
                fill(
                    total,
                    count(s.desk.unattributed.total),
                    s.desk.quarantined ? el("span.tag.bad", null, `${count(s.desk.quarantined)} in quarantine`) : null,
                );
            }
            if (changed.has("alerts") && s.alerts) showClock(app, clock, s.alerts);
            if (changed.has("happened") && s.happened)
                fill(
                    happened,
                    s.happened.rows.map((row) =>
                        happenedItem(app, row, moment(row.at), el("small", null, ` ${row.event}, record ${count(row.sequence)}, ${words(row.service)}`)),
                    ),
                );
            if (changed.has("head") && s.head)
                fill(
                    services,
                    s.head.services.map((service) => [
                        el("dt", null, words(service.service)),
                        el("dd", null, service.stale ? el("span.tag.bad", null, "silent") : el("span.tag.good", null, "heard")),
                    ]),
                    el("dt", null, "record"),
                    el("dd", null, `${count(s.head.sequence)} of ${count(s.head.log_head)}, epoch ${s.head.epoch}`),
                );
        },
    };
}

function releaseAct(app, row) {
    const title = `Release ${row.item}`;
    return offered(app, [
        {
            command: "release-item",
            label: "Release",
            aria: title,
            small: true,
            give: () =>
                ask(app, {
                    command: "release-item",
                    title,
                    intro: el(
                        "p",
                        null,
                        "It is decided once more, after the fix, and then what waits for the same notice or payment, in order. What fails again is in quarantine again.",
                    ),
                    fields: [{ name: "why", label: "Why: what was mended", kind: "text", required: true }],
                    body: (values) => ({ offering: row.log, item: row.item, service: row.service, why: values.why }),
                    words: title,
                }),
        },
    ]);
}

// Where the wall clock made a step, nothing is judged by it until a person vouches for it.
function showClock(app, element, alerts) {
    const doubts = alerts.rows.filter((row) => CLOCK_KINDS.includes(row.kind));
    const picture = JSON.stringify(doubts.map((row) => row.what));
    if (element.picture === picture) return;
    element.picture = picture;
    fill(
        element,
        doubts.length
            ? el(
                  "div.inside.stack",
                  null,
                  doubts.map((row) => el("p", null, el("b", null, words(row.kind)), `: ${sentence(row.what)}`)),
                  el("div.acts", null, offered(app, [{ command: "accept-clock", label: "Accept the clock", give: () => acceptClock(app) }])),
              )
            : null,
    );
}

// No value is offered for the time: what this host's clock shows may be what is wrong.
const acceptClock = (app) =>
    ask(app, {
        command: "accept-clock",
        title: "The clock is right as it is now",
        intro: el("p", null, "Every service whose clock shows the time that you give, to the minute that the command takes, acts by it again."),
        fields: [
            {
                name: "time",
                label: "The present time (New York), as you know it from elsewhere",
                kind: "civil",
                required: true,
                parse: app.instant,
                wrong: "No such time in New York.",
            },
            { name: "why", label: "Why, and what it was compared with", kind: "text", required: true },
        ],
        body: (values) => ({ time: values.time, why: values.why }),
        words: "Acceptance of the clock",
    });

// What takes a reason and nothing else.
function commandFor(app, command, title, body) {
    return () => ask(app, { command, title, fields: [{ name: "why", label: "Why", kind: "text", required: true }], body, words: title });
}

function itemActs(app, row) {
    if (row.kind !== "notice" && row.kind !== "payment") return el("span.not-offered", null, "rightsdesk desk show");
    const command = `attribute-${row.kind}`;
    const title = `Attribute ${row.item} to ${app.offering}`;
    const body = (values) => ({ item: row.item, offering: app.offering, why: values.why });
    return offered(app, [{ command, label: "To this offering", small: true, aria: title, give: commandFor(app, command, title, body) }]);
}

function givenActs(app, row) {
    const command = `take-back-${row.kind}`;
    const title = `Take ${row.item} back from ${app.offering}`;
    const body = (values) => ({ item: row.item, why: values.why });
    return offered(app, [{ command, label: "Take back", small: true, aria: `Take ${row.item} back`, give: commandFor(app, command, title, body) }]);
}

export function receiptsScreen(app) {
    const shown = table("Commands given in this browser, newest first", [
        { head: "Given", cell: (row) => el("time.nowrap", { datetime: row.at }, moment(row.at)) },
        { head: "Command", rowHead: true, wide: true, cell: (row) => [row.words, el("small.quiet.exact", null, el("br"), `${row.name} ${row.id}`)] },
        {
            head: "Receipt",
            cell: (row) => [tag(row.outcome), row.tries > 1 ? el("small.quiet", null, ` sent ${row.tries} times, the same command`) : null],
        },
        { head: "Why", wide: true, cell: (row) => [row.explanation || row.reasons.map(words).join(", ") || "\u2013"] },
        { head: "Record", cell: (row) => (row.sequence ? `${row.log} ${count(row.sequence)}` : "\u2013") },
        {
            head: "Do",
            cell: (row) =>
                row.outcome === "retry_later" ? el("button.small", { type: "button", onclick: () => app.again(row.id) }, "Send again") : "",
        },
    ]);
    return {
        title: "Receipts",
        element: panel("Receipts", el("div.scroll", null, shown.element)),
        receipts: true,
        show(changed) {
            if (changed.has("receipts")) showRows(shown, app.commanding.list, (row) => row.id, "No command was given yet.");
        },
    };
}
