// The first screen: what can still be saved, and beside it what people are asked, the alerts and the proration.
import { el, fill, nextWords, say, sentence, showRows, table, words } from "./elements.js";
import { count, dollars, percent, ratioPercent } from "./exact.js";
import { prorationChart } from "./chart.js";
import { address, due, happenedItem, panel, saidBy, tag } from "./parts.js";
import { alertColumns, alertKey } from "./alert_acts.js";
import { proposalActs } from "./screen_proposals.js";

const ALERTS_BESIDE = 4;
const PROPOSALS_BESIDE = 3;
const HAPPENED_BESIDE = 6;

// `first`: columns before its own.
export function exceptionTable(app, caption, first = []) {
    const shown = table(caption, [...first, ...exceptionColumns(app)]);
    shown.element.classList.add("exceptions");
    return shown;
}

function exceptionColumns(app) {
    return [
        { head: "Too late in", cell: (row) => due(row.too_late_at) },
        {
            head: "Carries",
            number: true,
            cell: (row) => [
                el("span.money.figure", null, dollars(row.money_cents)),
                el("small.quiet.line", null, row.shares ? `${count(row.shares)} shares` : ""),
            ],
        },
        {
            head: "What",
            wide: true,
            cell: (row) =>
                el(
                    "div.what.two-and-one",
                    null,
                    el("a", { href: hrefOf(app, row), "data-focus": "subject" }, el("b", null, row.notice ?? row.payment ?? row.subject)),
                    " ",
                    tag(row.kind, kindWord(row)),
                    " ",
                    el("span", { title: restOf(row) }, restOf(row)),
                    whyLine(row),
                ),
        },
        { head: "Guarantor", minor: true, cell: (row) => el("div.two-lines", null, row.guarantor ?? "\u2013") },
        {
            head: "Next",
            wide: true,
            // Whose it is is never cut off.
            cell: (row) => [
                el("div.what.two-lines", { title: nextWords(row.next) }, nextWords(row.next)),
                row.in_hand ? el("small.quiet.one-line", null, `in hand: ${row.in_hand}`) : null,
            ],
        },
    ];
}

const next = (row) => nextWords(row.next, row.payment ? "match it, or ask the bank" : undefined);
const kindWord = (row) => row.kind.replace(/^(notice|payment)_/, "");

// What is said of it beyond what stands beside it: its id, its guarantor, the word of its kind.
function restOf(row) {
    let text = sentence(row.what);
    for (const said of [row.notice ?? row.payment, `by ${row.guarantor}:`, "is", kindWord(row).replaceAll("_", " "), ":"]) {
        if (said && text.startsWith(said)) text = text.slice(said.length).trimStart();
    }
    // When it is due stands in the first column.
    return text.replace(/, due \d{4}-.*$/, "");
}

// Why, where that is not said already. Of money and certificates the reasons are the notice's, and no part of this.
function whyLine(row) {
    if (!row.kind.startsWith("notice_")) return null;
    const reasons = row.reasons.map((reason) => reason.explanation).filter((reason) => !row.what.includes(reason));
    return reasons.length ? el("small.one-line", { title: reasons.join("\n") }, reasons.join("; ")) : null;
}

export function hrefOf(app, row) {
    if (row.notice) return address(app.offering, "notice", row.notice);
    if (row.payment) return address(app.offering, "payment", row.payment);
    return address(app.offering, "desk");
}

export function showExceptions(shown, section, empty = "Nothing is open: everything that can be saved is saved.") {
    showRows(shown, section.rows, (row) => row.key, empty);
}

export function boardScreen(app) {
    const exceptions = exceptionTable(app, "Exceptions that can still be saved, soonest too late first, then most money");
    const alerts = table("Open alerts", alertColumns(app, { brief: true }));
    const total = el("span", { id: "saved-total" });
    const more = el("a", { href: address(app.offering, "exceptions") }, "all of them");
    const alertsTotal = el("span.quiet");
    const proposals = el("div.inside.stack");
    const chart = el("div");
    const happened = el("ol.inside.history");
    const element = el(
        "div.columns",
        null,
        panel(["Can still be saved", total, el("span.space"), more], el("div.scroll", null, exceptions.element)),
        el(
            "div.stack",
            null,
            panel("Waiting for a second person", proposals),
            panel(
                ["Open alerts", alertsTotal, el("span.space"), el("a", { href: address(app.offering, "alerts") }, "all of them")],
                el("div.scroll", null, alerts.element),
            ),
            panel(["Projected proration", el("span.space"), el("a", { href: address(app.offering, "proration") }, "as numbers")], chart),
            panel(["Just happened", el("span.space"), el("a", { href: address(app.offering, "desk") }, "more")], happened),
        ),
    );

    function show(changed) {
        const s = app.sections;
        if (changed.has("exceptions") && s.exceptions) {
            showExceptions(exceptions, s.exceptions);
            fill(
                total,
                el("b.figure", null, count(s.exceptions.total)),
                ` ${s.exceptions.total === 1 ? "item" : "items"}, `,
                el("b.figure", null, dollars(s.exceptions.money_cents)),
            );
            more.hidden = s.exceptions.total <= s.exceptions.rows.length;
        }
        if (changed.has("alerts") && s.alerts) {
            showRows(alerts, s.alerts.rows.slice(0, ALERTS_BESIDE), alertKey, "No alert is open.");
            say(alertsTotal, `${count(s.alerts.open)} open, ${count(s.alerts.unacknowledged)} in nobody\u2019s hand`);
        }
        if (changed.has("proposals") && s.proposals) showProposals(app, proposals, s.proposals);
        if (changed.has("projection") && s.projection) showProjection(chart, s.projection);
        if (changed.has("happened") && s.happened)
            fill(
                happened,
                s.happened.rows.length
                    ? s.happened.rows.slice(0, HAPPENED_BESIDE).map((row) => happenedItem(app, row, row.civil.replace("T", " ")))
                    : el("li.quiet", null, "Nothing yet."),
            );
    }
    return { title: "Board", element, show, funnel: true };
}

function showProposals(app, element, section) {
    const open = section.rows.filter((row) => row.status === "open" || row.status === "preparing").slice(0, PROPOSALS_BESIDE);
    fill(
        element,
        open.length
            ? open.map((row) =>
                  el(
                      "div",
                      { "data-proposal": row.proposal },
                      el("p", null, el("b", null, row.proposal), ": ", sentence(row.words)),
                      el("p.quiet", null, `${saidBy(row)}; ${row.missing} more ${row.missing === 1 ? "person" : "people"} needed.`),
                      proposalActs(app, row),
                  ),
              )
            : el("p.quiet", null, "No proposal waits."),
    );
}

// What the picture says, for who does not see it, and beside it for who does.
export function projectionWords(projection) {
    const side = (name, projected) =>
        projected
            ? `${name}: ${projectedPercent(projected)} of ${count(projected.over_claimed)} claimed over-subscription shares, ${count(projected.unsubscribed)} unsubscribed`
            : `${name}: not known`;
    return [side("Covered and paid only", projection.sure), side("All that may still count", projection.all)];
}

function projectedPercent(projected) {
    return projected.over_claimed > 0 ? ratioPercent(projected.over_allotted, projected.over_claimed) : percent(0, 0);
}

export function showProjection(element, projection) {
    const sentences = projectionWords(projection);
    const drawn = prorationChart(projection.points, `Proration of the over-subscription over time. ${sentences.join(". ")}.`);
    fill(
        element,
        el(
            "figure.chart",
            null,
            drawn ?? el("p.quiet", null, "Nothing is claimed by over-subscription yet: there is no proration to draw."),
            el(
                "figcaption",
                null,
                el("p", null, el("span.key-line", { "aria-hidden": "true" }), sentences[1], "."),
                el("p", null, el("span.key-line.sure", { "aria-hidden": "true" }), sentences[0], "."),
            ),
        ),
    );
}
