// The alerts, with what a person does about one: take it in hand, or keep its topic quiet for a while and say why.
import { el, fill, nextWords, sentence, showRows, table, words } from "./elements.js";
import { count } from "./exact.js";
import { civilField, moment } from "./newyork.js";
import { address, due, offered, panel, shortWhen, tag, whenText } from "./parts.js";
import { ask } from "./forms.js";
import { addresses } from "./server.js";

export const alertKey = (row) => `${row.log} ${row.number} ${row.kind} ${row.subject}`;

function subjectLink(app, row) {
    const [what, id] = row.subject.split("/");
    if (what === "notice") return el("a", { href: address(app.offering, "notice", id) }, id);
    if (what === "payment") return el("a", { href: address(app.offering, "payment", id) }, id);
    if (what === "proposal") return el("a", { href: address(app.offering, "proposals") }, id);
    return null;
}

// `brief`: for the side of the board.
export function alertColumns(app, { brief }) {
    const what = (row) =>
        el(
            "div.what",
            null,
            tag(row.severity),
            " ",
            row.number
                ? el("a", { href: address(app.offering, "alert", `${row.log}.${row.number}`), "data-focus": "alert" }, el("b", null, words(row.kind)))
                : el("b", null, words(row.kind)),
            " ",
            row.group_size > 1 ? el("span.tag", null, `${count(row.group_size)} alike`) : null,
            " ",
            brief ? el("span.two-lines", null, sentence(row.what)) : sentence(row.what),
            brief ? null : el("small", null, `Next: ${nextWords(row.next)}. For ${row.whom}.`),
            state(row),
        );
    const columns = [{ head: "Alert", wide: true, cell: what }];
    if (!brief) {
        columns.unshift({ head: "Too late in", cell: (row) => (row.too_late_at ? due(row.too_late_at) : "\u2013") });
        columns.push({ head: "About", cell: (row) => subjectLink(app, row) ?? row.subject });
        columns.push({ head: "Raised", minor: true, cell: (row) => shortWhen(row.raised_at) });
    }
    columns.push({ head: "Do", cell: (row) => el("div.acts", null, alertActs(app, row, brief)) });
    return columns;
}

function state(row) {
    const lines = [];
    if (row.acknowledged_by) lines.push(`In hand: ${row.owner || row.acknowledged_by}${row.comment ? `, \u201c${row.comment}\u201d` : ""}`);
    if (row.silenced) lines.push("Silenced");
    if (row.held_since) lines.push("Held while the offering is suspended");
    if (row.escalated_by) lines.push("Nobody took it in time: it was told again");
    return lines.length ? el("small", null, lines.join(". "), ".") : null;
}

function alertActs(app, row, brief) {
    if (!row.number) return brief ? null : el("span.not-offered", null, "about the desk itself: see the runbook");
    const offers = [];
    if (!row.acknowledged_by && !row.resolved_at) {
        offers.push({
            command: "acknowledge-alert",
            label: "Take in hand",
            aria: `Take alert ${row.number} in hand`,
            small: true,
            give: () => app.give("acknowledge-alert", { offering: row.log, number: row.number }, `Alert ${row.number} taken in hand`),
        });
    } else if (!row.resolved_at && !brief) {
        offers.push({
            command: "acknowledge-alert",
            label: "Hand over",
            aria: `Hand over alert ${row.number}`,
            small: true,
            give: () => handOver(app, row),
        });
    }
    if (!brief && !row.silenced && !row.resolved_at)
        offers.push({ command: "silence-alerts", label: "Silence", aria: `Silence ${row.topic}`, small: true, give: () => silence(app, row) });
    return brief && offers.some((offer) => app.whyNot(offer.command)) ? null : offered(app, offers);
}

function handOver(app, row) {
    return ask(app, {
        command: "acknowledge-alert",
        title: `Alert ${row.number}: who has it in hand`,
        intro: el("p", null, sentence(row.what)),
        give: "Record",
        fields: [
            { name: "owner", label: "Who has it in hand", kind: "text", value: app.session.operator, required: true },
            { name: "comment", label: "Comment", kind: "text" },
        ],
        body: (values) => ({ offering: row.log, number: row.number, owner: values.owner, comment: values.comment }),
        words: `Alert ${row.number} acknowledged`,
    });
}

export function silence(app, row) {
    const prefixes = [
        [row.topic, `this kind: ${row.topic}`],
        [row.topic.split("/").slice(0, 3).join("/") + "/", "this severity of this log"],
        [row.topic.split("/").slice(0, 2).join("/") + "/", "everything of this log"],
    ];
    return ask(app, {
        command: "silence-alerts",
        title: "Keep a topic quiet",
        intro: el("p", null, "What is silenced is still recorded and listed; it is not sent."),
        fields: [
            { name: "prefix", label: "What", kind: "choice", options: prefixes, value: row.topic, required: true },
            {
                name: "until",
                label: "Until (New York)",
                kind: "civil",
                value: civilField((app.now() ?? Date.now()) + 3600000),
                required: true,
                parse: app.instant,
                wrong: "No such time in New York.",
            },
            { name: "why", label: "Why", kind: "text", required: true },
        ],
        body: (values) => ({ offering: row.log, prefix: values.prefix, until: values.until, why: values.why }),
        words: `Silence of ${row.topic}`,
    });
}

export function alertsScreen(app) {
    const shown = table("Open alerts: critical first, then soonest too late, then newest", alertColumns(app, { brief: false }));
    const silences = table("Silences", silenceColumns(app));
    const total = el("span");
    const element = el(
        "div.stack",
        null,
        panel(["Open alerts", total], el("div.scroll", null, shown.element)),
        panel("Silences", el("div.scroll", null, silences.element)),
    );
    return {
        title: "Alerts",
        element,
        show(changed) {
            const section = app.sections.alerts;
            if (!changed.has("alerts") || !section) return;
            showRows(shown, section.rows, alertKey, "No alert is open.");
            showRows(silences, section.silences, (row) => row.log + row.prefix, "Nothing is silenced.");
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
                section.open > section.rows.length ? `; the first ${section.rows.length} are here` : "",
            );
        },
    };
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

// One alert with its history; its address is LOG.NUMBER.
export function alertScreen(app, { id }) {
    const cut = id.lastIndexOf(".");
    const [log, number] = [id.slice(0, cut), id.slice(cut + 1)];
    const element = el("div.stack", null, el("p.quiet", null, "Asking the desk\u2026"));
    return {
        title: `Alert ${number}`,
        element,
        show() {},
        async refresh() {
            const { alert, history } = await app.look(addresses.alert(app.offering, log, number));
            const facts = [
                ["About", subjectLink(app, alert) ?? alert.subject],
                ["For", alert.whom],
                ["Next", nextWords(alert.next)],
                ["Too late at", whenText(alert.too_late_at)],
                ["Raised", whenText(alert.raised_at)],
                ["Resolved", alert.resolved_at ? whenText(alert.resolved_at) : "no"],
                ["In hand", alert.acknowledged_by ? `${alert.owner || alert.acknowledged_by}, since ${moment(alert.acknowledged_at)}` : "nobody"],
                ["Topic", el("span.exact", null, alert.topic)],
            ];
            fill(
                element,
                panel(
                    [
                        `Alert ${alert.number}: ${words(alert.kind)}`,
                        tag(alert.severity),
                        el("span.space"),
                        el("div.acts", null, alertActs(app, alert, false)),
                    ],
                    el(
                        "div.inside.stack",
                        null,
                        el("p", null, el("b", null, sentence(alert.what))),
                        el(
                            "dl.facts",
                            null,
                            facts.map(([name, value]) => [el("dt", null, name), el("dd", null, value)]),
                        ),
                    ),
                ),
                panel(
                    "What was told and done",
                    el(
                        "ol.inside.history",
                        null,
                        history.map((row) => el("li", null, el("time", { datetime: row.at }, moment(row.at)), row.told)),
                    ),
                ),
            );
        },
    };
}
