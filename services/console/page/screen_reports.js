// The proration as numbers, and what the issuer is owed: its reports as it gets them, to look at and to download.
import { el, fill, sentence, showRows, table, words } from "./elements.js";
import { count, dollars, ratioPercent } from "./exact.js";
import { address, panel, shortWhen } from "./parts.js";
import { addresses } from "./server.js";
import { projectionWords, showProjection } from "./screen_board.js";

const MOST_SHOWN = 200;
const KINDS = [
    ["tally", "Daily tally"],
    ["count", "Morning-after count"],
    ["holders", "Holders"],
    ["guarantors", "Guarantors"],
    ["refunds", "Refunds"],
    ["exceptions", "Exceptions"],
];

const rows = [
    ["Shares offered", "supply", count],
    ["Notices that count", "notices", count],
    ["Notices left out", "left_out", count],
    ["Basic allotted", "basic_allotted", count],
    ["Over-subscription requested", "over_requested", count],
    ["Over-subscription claimed", "over_claimed", count],
    ["Over-subscription allotted", "over_allotted", count],
    ["Unsubscribed", "unsubscribed", count],
    ["Rounds", "rounds", count],
    ["Applied", "applied_cents", dollars],
    ["To be refunded", "refunded_cents", dollars],
];

export function prorationScreen(app) {
    const chart = el("div");
    const body = el("tbody");
    const points = table("The chart as numbers, newest first", [
        { head: "At", rowHead: true, cell: (row) => shortWhen(row.at) },
        { head: "Sure: allotted of claimed", number: true, cell: (row) => side(row.sure) },
        { head: "All: allotted of claimed", number: true, cell: (row) => side(row.all) },
        { head: "Unsubscribed, sure", number: true, minor: true, cell: (row) => count(row.sure?.unsubscribed) },
        { head: "Unsubscribed, all", number: true, minor: true, cell: (row) => count(row.all?.unsubscribed) },
    ]);
    const element = el(
        "div.even",
        null,
        el(
            "div.stack",
            null,
            panel("Projected proration", chart),
            panel("As it moved", el("div.scroll", { tabindex: 0, role: "region", "aria-label": "The chart as numbers" }, points.element)),
        ),
        panel(
            "If it were allotted now",
            el(
                "table",
                null,
                el("caption.hidden-text", null, "The projected allocation"),
                el(
                    "thead",
                    null,
                    el(
                        "tr",
                        null,
                        ["Figure", "Covered and paid only", "All that may still count"].map((name, at) =>
                            el("th" + (at ? ".number" : ""), { scope: "col" }, name),
                        ),
                    ),
                ),
                body,
            ),
        ),
    );
    return {
        title: "Proration",
        element,
        show(changed) {
            const projection = app.sections.projection;
            if (!changed.has("projection") || !projection) return;
            showProjection(chart, projection);
            const { sure, all } = projection;
            fill(
                body,
                rows.map(([name, member, text]) =>
                    el(
                        "tr",
                        null,
                        el("th", { scope: "row" }, name),
                        [sure, all].map((one) => el("td.number.figure", null, one ? text(one[member]) : "\u2013")),
                    ),
                ),
                el(
                    "tr",
                    null,
                    el("th", { scope: "row" }, "Proration, first round"),
                    [sure, all].map((one) =>
                        el(
                            "td.number.figure",
                            null,
                            one
                                ? [ratioPercent(...one.proration), el("small.quiet", null, el("br"), one.proration.map(count).join(" / "))]
                                : "\u2013",
                        ),
                    ),
                ),
            );
            showRows(points, [...projection.points].reverse(), (row) => row.sequence, projectionWords(projection).join(". "));
        },
    };
}

function side(one) {
    if (!one || !one.over_claimed) return "\u2013";
    return [
        ratioPercent(one.over_allotted, one.over_claimed),
        el("small.quiet", null, el("br"), `${count(one.over_allotted)} of ${count(one.over_claimed)}`),
    ];
}

function cellText(value, column) {
    if (value === null || value === undefined || value === "") return "";
    if (column.unit === "money") return dollars(value);
    return column.unit === "text" ? String(value) : count(value);
}

export function reportScreen(app, { id }) {
    const kind = KINDS.some(([name]) => name === id) ? id : "tally";
    const label = KINDS.find(([name]) => name === kind)[1];
    const body = el("div");
    const choose = el(
        "div.acts.list",
        { role: "group", "aria-label": "Reports" },
        KINDS.map(([name, text]) =>
            el("a.button", { href: address(app.offering, "tally", name), "aria-current": name === kind ? "true" : null }, text),
        ),
    );
    const files = el(
        "div.acts.list",
        null,
        ["csv", "json"].map((format) =>
            el(
                "a.button",
                { href: addresses.report(app.offering, kind, format), download: `${app.offering}-${kind}.${format}`, id: `download-${format}` },
                `Download ${format.toUpperCase()}`,
            ),
        ),
    );
    return {
        title: label,
        element: panel([label, choose, el("span.space"), files], body),
        show() {},
        async refresh() {
            const report = await app.look(addresses.report(app.offering, kind, "json"));
            const cells = (row, tagName) =>
                row.map((value, at) =>
                    el(
                        (at === 0 ? "th" : tagName) + (report.columns[at].unit === "text" ? "" : ".number"),
                        { scope: at === 0 ? "row" : null },
                        cellText(value, report.columns[at]),
                    ),
                );
            const shown = report.rows.slice(0, MOST_SHOWN);
            fill(
                body,
                report.does_not_tie.length
                    ? el("p.inside.problem", { role: "alert" }, `It does not tie: ${report.does_not_tie.join("; ")}`)
                    : el("p.inside", null, el("span.tag.good", null, "ties"), " shares and cents, from the same records as the allocation"),
                el(
                    "div.scroll",
                    { tabindex: 0, role: "region", "aria-label": report.title },
                    el(
                        "table",
                        null,
                        el("caption.hidden-text", null, report.title),
                        el(
                            "thead",
                            null,
                            el(
                                "tr",
                                null,
                                report.columns.map((column) =>
                                    el("th" + (column.unit === "text" ? "" : ".number"), { scope: "col" }, words(column.name)),
                                ),
                            ),
                        ),
                        el(
                            "tbody",
                            null,
                            shown.map((row) => el("tr", null, cells(row, "td"))),
                            report.totals ? el("tr.total", null, cells(report.totals, "td")) : null,
                        ),
                    ),
                ),
                report.rows.length > shown.length
                    ? el("p.inside.quiet", null, `The first ${count(shown.length)} of ${count(report.rows.length)} rows; the file has all.`)
                    : null,
                report.notes.map((note) => el("p.inside.quiet", null, sentence(note))),
            );
        },
    };
}
