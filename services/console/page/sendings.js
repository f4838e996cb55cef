// What should go outside because of alerts (mail, webhooks, Alertmanager) and stands still: tried again at once, or let go.
import { el, fill, showRows, table, words } from "./elements.js";
import { count } from "./exact.js";
import { offered, panel, tag, whenText } from "./parts.js";
import { ask } from "./forms.js";
import { addresses } from "./server.js";
import { Selection } from "./selection.js";

function settle(app, rows, retry) {
    const what = rows.length === 1 ? rows[0].id : `${count(rows.length)} sendings`;
    const title = retry ? `Try ${what} again` : `Abandon ${what}`;
    return ask(app, {
        command: "settle-sending",
        title,
        give: retry ? "Try again" : "Abandon",
        intro: el("p", null, retry ? "It goes out at once, under the same id." : "It never goes out. The alerts stay as they are."),
        fields: [{ name: "why", label: "Why", kind: "text", required: true }],
        many: (values) =>
            rows.map((row) => ({
                body: { offering: row.log, way: row.way, number: row.number, retry, why: values.why },
                words: `${retry ? "Second try" : "End"} of ${row.id}`,
            })),
        words: title,
    });
}

const settleActs = (app, rows) =>
    offered(app, [
        { command: "settle-sending", label: "Try again", small: true, give: () => settle(app, rows, true) },
        { command: "settle-sending", label: "Abandon", small: true, give: () => settle(app, rows, false) },
    ]);

export function standingStill(app) {
    const selection = new Selection(
        (row) => row.id,
        (row) => row.id,
        (rows) => settleActs(app, rows),
    );
    const shown = table("Sendings that stand still", [
        selection.column(() => !app.whyNot("settle-sending")),
        { head: "Sending", rowHead: true, cell: (row) => [el("span.exact", null, row.id), " ", tag(row.status)] },
        { head: "To", wide: true, cell: (row) => row.to },
        { head: "Alerts", cell: (row) => row.items.map((item) => (item.alert ? `#${item.alert} ` : "") + words(item.news)).join(", ") },
        { head: "Tried", cell: (row) => [`${count(row.attempts)} times`, el("small.quiet.line", null, row.attempted_at ? whenText(row.attempted_at) : "")] },
        { head: "What came of it", wide: true, cell: (row) => row.result || "\u2013" },
    ]);
    const ways = el("p.inside.quiet");
    return {
        element: panel("What should go outside and stands still", ways, selection.bar, el("div.scroll", null, shown.element)),
        async refresh() {
            const found = await app.look(addresses.sendings(app.offering));
            selection.keep(found.rows);
            showRows(shown, found.rows, (row) => row.id, "Nothing stands still.");
            fill(
                ways,
                found.ways.length
                    ? found.ways
                          .map((way) => `${way.log}/${way.way}: ${count(way.sent)} sent, ${count(way.waiting)} wait, ${count(way.refused)} refused`)
                          .join("; ")
                    : "Nothing was to go out: no way out is configured, or no alert took one.",
            );
        },
    };
}
