// The alerts: those that are open as they stand, or any that are looked for, resolved ones too, page by page; the silences; and what each kind means.
import { el, fill, sentence, showRows, table, words } from "./elements.js";
import { count } from "./exact.js";
import { address, offered, panel, shortWhen, tag, whenText } from "./parts.js";
import { ask } from "./forms.js";
import { addresses } from "./server.js";
import { alertColumns, alertKey, severities, takeMany } from "./alert_acts.js";
import { askedFor, paging } from "./paging.js";
import { Selection } from "./selection.js";

const PAGE = 50;

// The closed list of kinds, asked for once.
let asking = null;
export function alertKinds(app) {
    asking ??= app.look(addresses.alertKinds).catch((trouble) => {
        asking = null;
        throw trouble;
    });
    return asking;
}

const states = [
    ["", "open, as they stand"],
    ["open", "open, newest first"],
    ["resolved", "resolved"],
    ["all", "open and resolved"],
];

function selectionOf(app) {
    return new Selection(alertKey, (row) => `alert ${row.number}`, (rows) => takeMany(app, rows, "alerts"));
}

export function alertsScreen(app, { parameters }) {
    const asked = askedFor(parameters, "state", "log", "severity", "kind", "before");
    // Without a question it is the section, kept up as it comes: grouped, the worst first.
    const live = !Object.values(asked).some(Boolean);
    const selection = selectionOf(app);
    const columns = alertColumns(app, { brief: false });
    if (!live) columns.splice(-1, 0, { head: "Resolved", cell: resolvedCell });
    const mayTake = (row) => row.number > 0 && !row.resolved_at && !app.whyNot("acknowledge-alert");
    const shown = table("Alerts", [selection.column(mayTake), ...columns]);
    const silences = table("Silences", silenceColumns(app));
    const total = el("span");
    const pages = paging(app, "alerts", asked, "before");
    const kinds = el("select", { onchange: (event) => pages.go({ kind: event.target.value }) });
    const element = el(
        "div.stack",
        null,
        panel(
            [
                live ? "Open alerts" : "Alerts",
                total,
                el("span.space"),
                el(
                    "div.acts.list",
                    null,
                    pages.choice("state", "Which", states),
                    pages.choice("severity", "Severity", severities),
                    el("label", null, "Kind ", kinds),
                    pages.choice("log", "Of", [
                        ["", app.offering],
                        ["desk", "the desk"],
                    ]),
                    el("a", { href: address(app.offering, "kinds") }, "what the kinds mean"),
                ),
            ],
            selection.bar,
            el("div.scroll", null, shown.element),
            live ? null : pages.buttons,
        ),
        panel("Silences", el("div.scroll", null, silences.element)),
    );

    async function fillKinds() {
        if (kinds.children.length) return;
        const all = (await alertKinds(app)).filter((one) => one.nature !== "health");
        fill(
            kinds,
            el("option", { value: "" }, "every kind"),
            all.map((one) => el("option", { value: one.kind, selected: one.kind === asked.kind }, words(one.kind))),
        );
    }

    function showSection(section) {
        selection.keep(section.rows);
        showRows(shown, section.rows, alertKey, "No alert is open.");
        fill(
            total,
            el("b.figure", null, count(section.open)),
            " open: ",
            ["critical", "warning", "info"].map((severity) => [
                el("span.tag." + severity, null, `${count(section.by_severity[severity] ?? 0)} ${severity}`),
                " ",
            ]),
            el("b.figure", null, count(section.unacknowledged)),
            " in nobody\u2019s hand",
            section.open > shownOf(section.rows) ? `; the first ${count(shownOf(section.rows))} are here` : "",
        );
    }

    return {
        title: "Alerts",
        element,
        show(changed) {
            const section = app.sections.alerts;
            if (!changed.has("alerts") || !section) return;
            showRows(silences, section.silences, (row) => row.log + row.prefix, "Nothing is silenced.");
            if (live) showSection(section);
        },
        async refresh() {
            await fillKinds();
            if (live) return;
            const open = { "": 1, open: 1, resolved: 0 }[asked.state];
            const found = await app.look(
                addresses.alerts(app.offering, { log: asked.log, severity: asked.severity, kind: asked.kind, before: asked.before, open, limit: PAGE }),
            );
            selection.keep(found.rows);
            showRows(shown, found.rows, alertKey, "No alert is like that.");
            fill(total, asked.kind || asked.severity ? "" : `${count(found.total)} in all`);
            pages.follows(found.next);
        },
    };
}

// A line may stand for its group.
const shownOf = (rows) => rows.reduce((sum, row) => sum + row.group_size, 0);

function resolvedCell(row) {
    return row.resolved_at ? [shortWhen(row.resolved_at), el("small.quiet.line", null, sentence(row.resolved_because))] : el("span.tag.warning", null, "open");
}

function silenceColumns(app) {
    return [
        { head: "Topic", rowHead: true, wide: true, cell: (row) => el("span.exact", null, row.prefix) },
        { head: "Until", cell: (row) => whenText(row.until) },
        { head: "By", cell: (row) => row.by },
        { head: "Why", cell: (row) => row.why },
        {
            head: "Do",
            cell: (row) =>
                el(
                    "div.acts",
                    null,
                    offered(app, [
                        {
                            command: "lift-silence",
                            label: "Lift",
                            aria: `Lift the silence of ${row.prefix}`,
                            small: true,
                            give: () =>
                                ask(app, {
                                    command: "lift-silence",
                                    title: `Lift the silence of ${row.prefix}`,
                                    fields: [{ name: "why", label: "Why", kind: "text", required: true }],
                                    body: (values) => ({ offering: row.log, prefix: row.prefix, why: values.why }),
                                    words: `Silence of ${row.prefix} lifted`,
                                }),
                        },
                    ]),
                ),
        },
    ];
}

// What an alert of each kind says, whom it concerns, what to do, by when it is too late, and what resolves it.
export function kindsScreen(app, { id }) {
    const shown = table("Kinds of alerts", [
        {
            head: "Kind",
            rowHead: true,
            cell: (row) => [
                el("b", null, words(row.kind)),
                " ",
                tag(row.severity),
                row.worse ? el("small.quiet.line", null, `${row.worse} ${row.worse_when}`) : null,
                row.acknowledge_within ? el("small.quiet.line", null, `where critical, in hand within ${row.acknowledge_within} minutes`) : null,
            ],
        },
        { head: "What it means", wide: true, cell: (row) => sentence(row.meaning) },
        { head: "For whom", cell: (row) => row.whom },
        { head: "What to do", wide: true, cell: (row) => sentence(row.next) },
        { head: "Too late", cell: (row) => sentence(row.too_late) },
        { head: "What resolves it", wide: true, cell: (row) => sentence(row.resolved_by) },
    ]);
    return {
        title: "Kinds of alerts",
        element: panel(id ? `What ${words(id)} means` : "What the kinds of alerts mean", el("div.scroll", null, shown.element)),
        show() {},
        async refresh() {
            const kinds = await alertKinds(app);
            showRows(shown, id ? kinds.filter((one) => one.kind === id) : kinds, (row) => row.kind, "There is no such kind.");
        },
    };
}
