// One alert: what it says and means, what was told and done about it, and those that were raised together with it.
import { el, fill, MOST_ROWS, nextWords, sentence, showRows, table, words } from "./elements.js";
import { count } from "./exact.js";
import { moment } from "./newyork.js";
import { address, panel, tag, whenText } from "./parts.js";
import { addresses } from "./server.js";
import { alertActs, alertColumns, alertKey, groupOf, subjectLink, takeMany } from "./alert_acts.js";
import { alertKinds } from "./screen_alerts.js";
import { Selection } from "./selection.js";

function kindFacts(kind) {
    const facts = [
        ["Means", sentence(kind.meaning)],
        ["For", kind.whom],
        ["What to do", sentence(kind.next)],
        ["Too late", sentence(kind.too_late)],
        ["What resolves it", sentence(kind.resolved_by)],
    ];
    return el(
        "dl.facts.inside",
        null,
        facts.map(([name, value]) => [el("dt", null, name), el("dd", null, value)]),
    );
}

// One alert with its history; its address is LOG.NUMBER.
export function alertScreen(app, { id }) {
    const cut = id.lastIndexOf(".");
    const [log, number] = [id.slice(0, cut), id.slice(cut + 1)];
    const element = el("div.stack", null, el("p.quiet", null, "Asking the desk\u2026"));
    const selection = new Selection(alertKey, (row) => `alert ${row.number}`, (rows) => takeMany(app, rows, "alerts"));
    const group = table("Open alerts of the same group", [
        selection.column((row) => !row.resolved_at && !app.whyNot("acknowledge-alert")),
        ...alertColumns(app, { brief: false }),
    ]);
    const together = el("div", { hidden: true });
    const others = el("div.acts.list");
    fill(
        together,
        panel(
            ["Raised together", el("span.quiet", null, "of one kind, within ten minutes"), el("span.space"), others],
            selection.bar,
            el("div.scroll", null, group.element),
        ),
    );

    async function showGroup(alert) {
        const rows = alert.group ? (await groupOf(app, log, alert.group)).sort((one, other) => one.number - other.number) : [];
        together.hidden = rows.length < 2;
        selection.keep(rows.slice(0, MOST_ROWS));
        showRows(group, rows, alertKey, "None is open any more.");
        const left = rows.filter((row) => !row.acknowledged_by);
        const picture = JSON.stringify([rows.length, left.map((row) => row.number)]);
        if (others.picture === picture) return;
        others.picture = picture;
        fill(
            others,
            `${count(rows.length)} open${rows.length > MOST_ROWS ? `, the first ${MOST_ROWS} here` : ""}`,
            left.length ? takeMany(app, left, "alerts", `Take all ${count(left.length)} in hand`) : el("span.quiet", null, "all in somebody\u2019s hand"),
        );
    }

    return {
        title: `Alert ${number}`,
        element,
        show() {},
        async refresh() {
            const [{ alert, history }, kinds] = await Promise.all([app.look(addresses.alert(app.offering, log, number)), alertKinds(app)]);
            const kind = kinds.find((one) => one.kind === alert.kind);
            const facts = [
                ["About", subjectLink(app, alert) ?? alert.subject],
                ["For", alert.whom],
                ["Next", nextWords(alert.next)],
                ["Too late at", whenText(alert.too_late_at)],
                ["Raised", whenText(alert.raised_at)],
                ["Resolved", alert.resolved_at ? [whenText(alert.resolved_at), ": ", sentence(alert.resolved_because)] : "no"],
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
                kind ? panel([`What ${words(kind.kind)} means`, el("span.space"), el("a", { href: address(app.offering, "kinds") }, "all kinds")], kindFacts(kind)) : null,
                together,
                panel(
                    "What was told and done",
                    el(
                        "ol.inside.history",
                        null,
                        history.map((row) => el("li", null, el("time", { datetime: row.at }, moment(row.at)), row.told)),
                    ),
                ),
            );
            await showGroup(alert);
        },
    };
}
