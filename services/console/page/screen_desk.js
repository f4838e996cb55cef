// What belongs to no offering yet, the sources' watermarks, what just happened; and the receipts of this browser's commands.
import { el, fill, showRows, table, words } from "./elements.js";
import { count } from "./exact.js";
import { moment } from "./newyork.js";
import { happenedItem, offered, panel, tag, whenText } from "./parts.js";
import { ask } from "./forms.js";

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
    const marks = table("Watermarks of the sources", [
        { head: "Source", rowHead: true, cell: (row) => row.source },
        { head: "Holds receipts for all up to", cell: (row) => whenText(row.through) },
    ]);
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
            panel("Given to this offering by hand", el("div.scroll", null, given.element)),
            panel("Sources", marks.element),
            panel("How the desk is", services),
        ),
        panel("Just happened, newest first", happened),
    );
    return {
        title: "Desk",
        element,
        show(changed) {
            const s = app.sections;
            if (changed.has("desk") && s.desk) {
                showRows(items, s.desk.unattributed.rows, (row) => row.item, "Everything that came has an offering.");
                showRows(given, s.desk.unattributed.given, (row) => row.item, "Nothing was given to this offering by hand.");
                showRows(marks, s.desk.watermarks, (row) => row.source, "No source has sent a watermark.");
                fill(
                    total,
                    count(s.desk.unattributed.total),
                    s.desk.quarantined ? el("span.tag.bad", null, `${count(s.desk.quarantined)} in quarantine`) : null,
                );
            }
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
